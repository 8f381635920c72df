//! The main text of a page, led back to the page's bytes.

use std::ops::Range;

use chrono::NaiveDate;

use super::super::paragraph::Paragraph;
use super::choose::choose;
use super::head::day;
use super::page::{Block, Page};
use crate::record::SentenceKind;
use crate::text::{Alignment, AlignmentBuilder, ByteOffset};

/// Bytes of left-out text that are spelled out; its range tells the rest.
const SPELLED: usize = 4096;
/// Characters up to which a block beside the article may be a line with its day.
const DAYLINE: usize = 60;
/// Bytes of a title above which it is looked for nowhere.
const TITLE: usize = 600;
/// How many blocks before the article may give its day.
const BEFORE: usize = 24;
/// How many blocks behind the article may give its day.
const BEHIND: usize = 3;
/// How sure the choice of the main text is: an estimate, since menus and notices are told from articles by their shape alone.
pub(in super::super) const CONFIDENCE: f32 = 0.8;

/// Visible text between two paragraphs of the main text that is not in it.
#[derive(Debug)]
pub(in super::super) struct LeftOut {
    /// Its blocks, a line each; of long ones the beginning.
    pub(in super::super) text: String,
    /// Where in the page, from its first visible character to its last.
    pub(in super::super) bytes: Range<usize>,
}

/// The text of a page.
#[derive(Debug)]
pub(in super::super) struct MainText {
    /// Paragraphs, a line each.
    pub(in super::super) text: String,
    /// From the text to the page.
    pub(in super::super) alignment: Alignment,
    /// In order.
    pub(in super::super) paragraphs: Vec<Paragraph>,
    /// What is visible besides, in order.
    pub(in super::super) left_out: Vec<LeftOut>,
    /// What the page says its title is.
    pub(in super::super) title: Option<String>,
    /// When the page says it was published.
    pub(in super::super) published: Option<NaiveDate>,
}

/// Finds the main text of `html`.
pub(in super::super) fn main_text(html: &str) -> MainText {
    let page = Page::read(html);
    let mut chosen = choose(&page);
    let (headline, title) = title(&page);
    let first = chosen.iter().position(|chosen| *chosen);
    let published = page.head.published().or_else(|| {
        let last = chosen.iter().rposition(|chosen| *chosen)?;
        dayline(&page, first?..last + 1)
    });
    // A headline in a heading belongs to the text below it; one that is but a label of the page is told by `title` alone.
    if let Some(at) = headline
        && first.is_some_and(|first| at < first)
        && let (Some(block), Some(mark)) = (page.blocks.get(at), chosen.get_mut(at))
    {
        *mark = block.kind == SentenceKind::Heading;
    }
    let (text, alignment, paragraphs) = assemble(&page, &chosen, headline);
    MainText {
        text,
        alignment,
        paragraphs,
        left_out: left_out(&page, &chosen),
        title,
        published,
    }
}

/// A block's text without white space.
fn key(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

/// The block that is the page's title, and the title: a block that says what the head says or a part of it that an `h1`
/// says; else what the head says, else the first `h1`.
fn title(page: &Page) -> (Option<usize>, Option<String>) {
    let titles = page.head.titles();
    let sane = titles.iter().filter(|title| title.len() <= TITLE);
    let keys: Vec<String> = sane.map(|title| key(title)).collect();
    let longest = keys.iter().map(|key| key.chars().count()).max();
    let says = |block: &Block| {
        if block.chars > longest.unwrap_or(0) {
            return false;
        }
        let own = key(page.text_of(block));
        let part = block.first_level && block.chars >= 4;
        keys.iter()
            .any(|title| own == *title || part && title.contains(&own))
    };
    let blocks = &page.blocks;
    let heading = |block: &Block| block.kind == SentenceKind::Heading && says(block);
    let headline = blocks
        .iter()
        .position(heading)
        .or_else(|| blocks.iter().position(says));
    let headline = match titles.first() {
        None => blocks.iter().position(|block| block.first_level),
        Some(_) => headline,
    };
    let said = headline
        .and_then(|at| blocks.get(at))
        .map(|block| page.text_of(block))
        .or(titles.first().copied());
    let title = said.map(|title| title.trim().to_owned());
    (headline, title.filter(|title| !title.is_empty()))
}

/// The day in a short block before the main text, nearest first, or shortly behind it.
fn dayline(page: &Page, main: Range<usize>) -> Option<NaiveDate> {
    let short = |block: &Block| {
        let short = block.chars <= DAYLINE && block.linked == 0;
        short.then(|| day(page.text_of(block))).flatten()
    };
    let before = page.blocks.get(..main.start).unwrap_or_default();
    let behind = page.blocks.get(main.end..).unwrap_or_default();
    before
        .iter()
        .rev()
        .take(BEFORE)
        .chain(behind.iter().take(BEHIND))
        .find_map(short)
}

/// The blocks that are not chosen, those that follow each other as one.
fn left_out(page: &Page, chosen: &[bool]) -> Vec<LeftOut> {
    let marked: Vec<(&Block, &bool)> = page.blocks.iter().zip(chosen).collect();
    let runs = marked.chunk_by(|(_, one), (_, next)| one == next);
    let dropped = runs.filter_map(|run| match run {
        [(first, false), .., (last, _)] | [(first @ last, false)] => {
            Some(first.bytes.start..last.bytes.end)
        }
        _ => None,
    });
    let mut to_page = page.alignment.cursor();
    dropped
        .map(|bytes| {
            let text = page.text.get(bytes.clone()).unwrap_or_default();
            let text = text.get(..text.floor_char_boundary(SPELLED));
            let source =
                to_page.source_range(&(ByteOffset::of(bytes.start)..ByteOffset::of(bytes.end)));
            LeftOut {
                text: text.unwrap_or_default().to_owned(),
                bytes: source.start.get()..source.end.get(),
            }
        })
        .collect()
}

fn assemble(
    page: &Page,
    chosen: &[bool],
    headline: Option<usize>,
) -> (String, Alignment, Vec<Paragraph>) {
    let mut text = String::new();
    let mut builder = AlignmentBuilder::default();
    let mut paragraphs = Vec::new();
    for (at, block) in page.blocks.iter().enumerate() {
        if chosen.get(at) != Some(&true) {
            continue;
        }
        let gap = block.bytes.start - builder.source_len();
        let joined = !text.is_empty();
        text.extend(joined.then_some('\n'));
        builder.replaced(usize::from(joined), gap);
        let start = text.len();
        text.push_str(page.text_of(block));
        builder.verbatim(block.bytes.len());
        let kind = if headline == Some(at) && paragraphs.is_empty() {
            SentenceKind::Title
        } else {
            block.kind
        };
        paragraphs.push(Paragraph::new(start..text.len(), kind));
    }
    builder.replaced(0, page.text.len() - builder.source_len());
    let alignment = page.alignment.compose(&builder.build());
    (text, alignment, paragraphs)
}
