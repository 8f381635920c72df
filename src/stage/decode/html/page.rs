//! The visible text of a page, block by block, with the way back to the page's bytes.
//!
//! One pass over the tokens, no recursion, whatever the nesting. Tags end a block or are dropped, white space is collapsed as
//! a browser would, and what `hides` names is left out. The elements that hold the blocks go to `tree`, what the head says to
//! `head`.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{StringReader, Token, Tokenizer};
use rustc_hash::FxHashMap;

use std::ops::Range;

use super::super::reread::{hides, raw_state};
use super::head::Head;
use super::tree::{Tree, is_block};
use crate::record::SentenceKind;
use crate::text::{Alignment, AlignmentBuilder, is_han};

/// The longest name of a character reference (`&CounterClockwiseContourIntegral;`).
const REFERENCE: usize = 34;
/// The end tag of nothing. It is dropped by the standard, and the text around it is one piece to the tokenizer.
const NAMELESS: &str = "</>";

/// A stretch of text between two block boundaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Block {
    /// Bytes of the page's text.
    pub(in super::super) bytes: Range<usize>,
    /// Heading, list item, caption or body.
    pub(in super::super) kind: SentenceKind,
    /// Stands in an `h1`.
    pub(super) first_level: bool,
    /// The element of the tree that it stands in.
    pub(super) node: usize,
    /// Characters that are not white space.
    pub(super) chars: usize,
    /// Those of them that stand in links.
    pub(super) linked: usize,
}

/// What a reader of the page sees.
#[derive(Debug)]
pub(in super::super) struct Page {
    /// The blocks, a line each.
    pub(in super::super) text: String,
    /// From the text to the page.
    pub(super) alignment: Alignment,
    /// In order; together they are all of the text but its line breaks.
    pub(in super::super) blocks: Vec<Block>,
    /// The elements that hold the blocks.
    pub(super) tree: Tree,
    /// What the page says of itself.
    pub(super) head: Head,
}

impl Page {
    /// Reads a page.
    pub(super) fn read(html: &str) -> Self {
        Self::of(html, false)
    }

    /// Reads a page that is XML: there any element may close itself.
    pub(in super::super) fn read_xml(html: &str) -> Self {
        Self::of(html, true)
    }

    fn of(html: &str, xml: bool) -> Self {
        let mut reader = Reader::default();
        let emitter = DefaultEmitter::<usize>::new_with_span();
        let mut tokens: Tokenizer<StringReader<'_>, _> = Tokenizer::new_with_emitter(html, emitter);
        while let Some(Ok(token)) = tokens.next() {
            match token {
                Token::StartTag(tag) => {
                    let name: &[u8] = &tag.name;
                    if xml && tag.self_closing && hides(name, false) {
                        continue;
                    }
                    if let Some(state) = raw_state(name) {
                        tokens.set_state(state);
                    }
                    reader.start_tag(&tag);
                }
                Token::EndTag(tag) => reader.end_tag(&tag.name),
                Token::String(piece) => {
                    reader.string(html, piece.span.start..piece.span.end, &piece.value);
                }
                _ => {}
            }
        }
        reader.finish(html.len())
    }

    /// The text of a block.
    pub(super) fn text_of(&self, block: &Block) -> &str {
        self.text.get(block.bytes.clone()).unwrap_or_default()
    }
}

#[derive(Default)]
struct Reader {
    text: String,
    builder: AlignmentBuilder,
    blocks: Vec<Block>,
    tree: Tree,
    head: Head,
    /// Where the current block began; `None` before its first character.
    block: Option<usize>,
    /// White space was passed since the last character; whether with a line break.
    space: Option<bool>,
    hidden: Option<(Vec<u8>, u32)>,
    heading: u8,
    lists: u32,
    caption: bool,
    /// The depth of the tree at which a link began.
    link: Option<usize>,
    chars: usize,
    linked: usize,
    references: FxHashMap<String, Option<(usize, String)>>,
}

impl Reader {
    fn start_tag(&mut self, tag: &StartTag<usize>) {
        let (name, self_closing): (&[u8], bool) = (&tag.name, tag.self_closing);
        match name {
            b"meta" | b"time" => self.head.element(tag),
            b"a" => self.link = Some(self.tree.depth()),
            _ => {}
        }
        match &mut self.hidden {
            Some((outer, depth)) => *depth += u32::from(*outer == name && !self_closing),
            None if hides(name, self_closing) => self.hidden = Some((name.to_vec(), 1)),
            None => {}
        }
        if is_block(name) {
            self.end_block();
            self.tree.open(tag);
            self.leave_link();
            match name {
                [b'h', level @ b'1'..=b'6'] => self.heading = *level - b'0',
                b"ul" | b"ol" => self.lists += 1,
                b"figcaption" | b"caption" => self.caption = true,
                _ => {}
            }
        }
    }

    fn end_tag(&mut self, name: &[u8]) {
        if name == b"a" {
            self.link = None;
        }
        if let Some((outer, depth)) = &mut self.hidden
            && *outer == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.hidden = None;
            }
        }
        if is_block(name) {
            self.end_block();
            self.tree.close(name);
            self.leave_link();
            match name {
                [b'h', b'1'..=b'6'] => self.heading = 0,
                b"ul" | b"ol" => self.lists = self.lists.saturating_sub(1),
                b"figcaption" | b"caption" => self.caption = false,
                _ => {}
            }
        }
    }

    /// A link that was never closed ends with the element around it.
    fn leave_link(&mut self) {
        let depth = self.tree.depth();
        self.link = self.link.filter(|began| *began <= depth);
    }

    fn count(&mut self, chars: usize) {
        self.chars += chars;
        self.linked += if self.link.is_some() { chars } else { 0 };
    }

    fn end_block(&mut self) {
        self.space = None;
        if let Some(start) = self.block.take() {
            let kind = if self.heading > 0 {
                SentenceKind::Heading
            } else if self.caption {
                SentenceKind::Caption
            } else if self.lists > 0 {
                SentenceKind::List
            } else {
                SentenceKind::Body
            };
            self.blocks.push(Block {
                bytes: start..self.text.len(),
                kind,
                first_level: self.heading == 1,
                node: self.tree.node(),
                chars: std::mem::take(&mut self.chars),
                linked: std::mem::take(&mut self.linked),
            });
        }
    }

    fn string(&mut self, html: &str, at: Range<usize>, value: &[u8]) {
        if let Some((hidden, _)) = &self.hidden {
            self.head.hidden_text(hidden, value);
            return;
        }
        let raw = html.get(at.clone()).unwrap_or_default();
        if raw.as_bytes() == value {
            return self.verbatim(raw, at.start);
        }
        let mut at = at.start;
        for piece in raw.split(NAMELESS) {
            self.referring(piece, at);
            at += piece.len() + NAMELESS.len();
        }
    }

    /// Text in which character references stand for others.
    fn referring(&mut self, raw: &str, at: usize) {
        let mut done = 0;
        while let Some(found) = raw.get(done..).and_then(|rest| rest.find('&')) {
            let start = done + found;
            self.verbatim(raw.get(done..start).unwrap_or_default(), at + done);
            let rest = raw.get(start..).unwrap_or_default();
            if let Some((len, text)) = self.reference(rest) {
                self.replaced(&text, at + start, len);
                done = start + len;
            } else {
                self.verbatim("&", at + start);
                done = start + 1;
            }
        }
        self.verbatim(raw.get(done..).unwrap_or_default(), at + done);
    }

    /// The length of the character reference at the head of `raw`, and what it stands for.
    fn reference(&mut self, raw: &str) -> Option<(usize, String)> {
        let name = raw.bytes().skip(1).take(REFERENCE);
        let len = 1 + name
            .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
            .count();
        let len = len + usize::from(raw.as_bytes().get(len) == Some(&b';'));
        let candidate = raw.get(..len).filter(|candidate| candidate.len() > 2)?;
        if let Some(known) = self.references.get(candidate) {
            return known.clone();
        }
        let found = resolve(candidate);
        self.references.insert(candidate.to_owned(), found.clone());
        found
    }

    fn verbatim(&mut self, raw: &str, at: usize) {
        let mut rest = raw;
        while !rest.is_empty() {
            let visible = rest.trim_start();
            let blank = rest.get(..rest.len() - visible.len()).unwrap_or_default();
            self.blank(blank);
            let end = visible.find(char::is_whitespace).unwrap_or(visible.len());
            let word = visible.get(..end).unwrap_or_default();
            if !word.is_empty() {
                self.lead_up(word, at + (raw.len() - visible.len()));
                self.text.push_str(word);
                self.builder.verbatim(word.len());
                self.count(word.chars().count());
            }
            rest = visible.get(end..).unwrap_or_default();
        }
    }

    fn replaced(&mut self, text: &str, at: usize, len: usize) {
        if text.trim().is_empty() {
            return self.blank(text);
        }
        self.lead_up(text, at);
        self.text.push_str(text);
        self.builder.replaced(text.len(), len);
        self.count(text.chars().count());
    }

    fn blank(&mut self, blank: &str) {
        if !blank.is_empty() {
            let broken = self.space.unwrap_or(false) || blank.contains(['\n', '\r']);
            self.space = Some(broken);
        }
    }

    /// What comes before the visible text `next`, which stands at `at` of the page: tags, white space, the end of the last
    /// block.
    fn lead_up(&mut self, next: &str, at: usize) {
        let gap = at.saturating_sub(self.builder.source_len());
        let before = if self.block.is_none() {
            (!self.text.is_empty()).then_some('\n')
        } else {
            let glued = self.space == Some(true) && joins(self.text.chars().next_back(), next);
            (self.space.is_some() && !glued).then_some(' ')
        };
        self.space = None;
        self.text.extend(before);
        self.builder.replaced(usize::from(before.is_some()), gap);
        self.block.get_or_insert(self.text.len());
    }

    fn finish(mut self, len: usize) -> Page {
        self.end_block();
        let rest = len.saturating_sub(self.builder.source_len());
        self.builder.replaced(0, rest);
        Page {
            text: self.text,
            alignment: self.builder.build(),
            blocks: self.blocks,
            tree: self.tree,
            head: self.head,
        }
    }
}

/// A line break of the page's source between two Chinese characters is no space.
fn joins(last: Option<char>, next: &str) -> bool {
    let wide = |char: char| {
        is_han(char) || matches!(char, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF60}')
    };
    last.is_some_and(wide) && next.chars().next().is_some_and(wide)
}

/// What the reference at the head of `candidate` stands for. Without `;` only its first letters may be one.
fn resolve(candidate: &str) -> Option<(usize, String)> {
    let mut value = String::new();
    let mut tokens = Tokenizer::new(candidate);
    while let Some(Ok(token)) = tokens.next() {
        if let Token::String(piece) = token {
            value.extend(std::str::from_utf8(&piece));
        }
    }
    if value == candidate || value.is_empty() {
        return None;
    }
    // What both end with was no part of the reference; but at least one character stands for it.
    let first = value.chars().next().map_or(0, char::len_utf8);
    let tail = value.get(first..).unwrap_or_default().bytes().rev();
    let same = tail
        .zip(candidate.bytes().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let text = value.get(..value.len() - same)?.to_owned();
    Some((candidate.len() - same, text))
}
