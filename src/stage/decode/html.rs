//! The main text of a page, led back to the page's bytes.
//!
//! `dom_smoothie` decides what belongs to the article; it keeps no positions and rewrites markup as it goes. So its answer is only
//! taken as a selection: its paragraphs are looked up among the page's own blocks, and the text comes from those.
//! What can't be looked up is left out; where too little is left, all blocks are the text.
//!
//! A page that is very large or very deeply nested is not given to a tree builder at all.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use chrono::NaiveDate;
use dom_smoothie::{Article, Config, Readability};
use rustc_hash::FxHashMap;

use super::page::{Block, Page};
use super::paragraph::Paragraph;
use crate::record::SentenceKind;
use crate::text::{Alignment, AlignmentBuilder, ByteOffset};

/// Bytes of a page above which no tree is built.
const TREE_BYTES: usize = 4 << 20;
/// Nesting above which no tree is built: tree builders and their users recurse.
const TREE_DEPTH: usize = 256;
/// Errors in the markup above which no tree is built: each costs a tree builder more than a tag.
const TREE_ERRORS: usize = 10_000;
/// Elements above which the main text is not looked for.
const TREE_ELEMENTS: usize = 10_000;
/// A selection shorter than this …
const SHORT: usize = 140;
/// … and than this part of the visible text has missed the article.
const TINY: usize = 20;
/// Characters by which blocks are looked up that differ further on.
const PREFIX: usize = 10;

/// Bytes of left-out text that are spelled out; its range tells the rest.
const SPELLED: usize = 4096;
/// How sure the choice of the main text is: an estimate, since menus and notices are told from articles by their shape alone.
pub(super) const CONFIDENCE: f32 = 0.8;

/// Visible text between two paragraphs of the main text that is not in it.
#[derive(Debug)]
pub(super) struct LeftOut {
    /// Its blocks, a line each; of long ones the beginning.
    pub(super) text: String,
    /// Where in the page, from its first visible character to its last.
    pub(super) bytes: Range<usize>,
}

/// The text of a page.
#[derive(Debug)]
pub(super) struct MainText {
    /// Paragraphs, a line each.
    pub(super) text: String,
    /// From the text to the page.
    pub(super) alignment: Alignment,
    /// In order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// What is visible besides, in order.
    pub(super) left_out: Vec<LeftOut>,
    /// What the page says its title is.
    pub(super) title: Option<String>,
    /// When the page says it was published.
    pub(super) published: Option<NaiveDate>,
}

/// Finds the main text of `html`.
pub(super) fn main_text(html: &str) -> MainText {
    let page = Page::read(html);
    let tame = html.len() <= TREE_BYTES && page.depth <= TREE_DEPTH && page.errors <= TREE_ERRORS;
    let article = tame.then(|| article(html)).flatten();
    let keys: Vec<String> = page
        .blocks
        .iter()
        .map(|block| key(page.text_of(block)))
        .collect();
    let mut chosen = match &article {
        Some(article) => select(&keys, &Page::read(&article.content)),
        None => vec![true; keys.len()],
    };
    let chars = |all: bool| -> usize {
        let blocks = keys
            .iter()
            .zip(&chosen)
            .filter(|(_, chosen)| all || **chosen);
        blocks.map(|(key, _)| key.chars().count()).sum()
    };
    let (selected, visible) = (chars(false), chars(true));
    if selected == 0 || selected < SHORT && selected * TINY < visible {
        chosen.fill(true);
    }
    let said = article
        .as_ref()
        .map_or(page.title.as_str(), |article| &article.title);
    let headline = headline(&page, &keys, &key(said));
    let first = chosen
        .iter()
        .position(|chosen| *chosen)
        .unwrap_or(keys.len());
    if let Some(at) = headline.filter(|at| *at < first) {
        chosen
            .iter_mut()
            .skip(at)
            .take(1)
            .for_each(|chosen| *chosen = true);
    }
    let title = headline
        .and_then(|at| page.blocks.get(at))
        .map_or(said, |block| page.text_of(block));
    let title = (!title.trim().is_empty()).then(|| title.trim().to_owned());
    let published = article
        .as_ref()
        .and_then(|article| date(article.published_time.as_deref()?));
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

/// Asks for the article; `None` where there is none, or where the library gives up.
fn article(html: &str) -> Option<Article> {
    let config = Config {
        max_elements_to_parse: TREE_ELEMENTS,
        ..Config::default()
    };
    // A page that trips the library over is a page without a known main text.
    catch_unwind(AssertUnwindSafe(|| {
        Readability::new(html, None, Some(config))
            .ok()?
            .parse()
            .ok()
    }))
    .ok()
    .flatten()
}

/// A block's text without white space.
fn key(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

fn prefix(key: &str) -> &str {
    let end = key
        .char_indices()
        .nth(PREFIX)
        .map_or(key.len(), |(at, _)| at);
    key.get(..end).unwrap_or(key)
}

/// Which of the page's blocks, whose keys are given, the article has.
fn select(keys: &[String], article: &Page) -> Vec<bool> {
    let mut exact: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut similar: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, key) in keys.iter().enumerate() {
        exact.entry(key).or_default().push(at);
        similar.entry(prefix(key)).or_default().push(at);
    }
    let next = |places: Option<&Vec<usize>>, from: usize| {
        let places = places?;
        let at = places.partition_point(|place| *place < from);
        places.get(at).or(places.first()).copied()
    };
    let mut chosen = vec![false; keys.len()];
    let mut cursor = 0;
    for block in &article.blocks {
        let wanted = key(article.text_of(block));
        if let Some(at) = next(exact.get(wanted.as_str()), cursor) {
            chosen
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|chosen| *chosen = true);
            cursor = at + 1;
        } else if let Some(at) = next(similar.get(prefix(&wanted)), cursor) {
            // Cut in other places: take the blocks that this paragraph spells out one after the other.
            let mut rest = wanted.as_str();
            cursor = at;
            for (own, chosen) in keys.iter().zip(&mut chosen).skip(at) {
                let Some(left) = rest.strip_prefix(own.as_str()) else {
                    break;
                };
                (*chosen, rest, cursor) = (true, left, cursor + 1);
            }
            if cursor == at && wanted.chars().count() >= PREFIX {
                chosen
                    .iter_mut()
                    .skip(at)
                    .take(1)
                    .for_each(|chosen| *chosen = true);
                cursor = at + 1;
            }
        }
    }
    chosen
}

/// The block that is the page's title: a heading that the title repeats, or any block that says the same.
fn headline(page: &Page, keys: &[String], title: &str) -> Option<usize> {
    if title.is_empty() {
        return None;
    }
    let mut blocks = page.blocks.iter().zip(keys);
    let repeats = |(block, key): (&Block, &String)| {
        key == title
            || block.first_level && key.chars().count() >= 4 && title.contains(key.as_str())
    };
    blocks.position(repeats)
}

/// An ISO date at the head of a time stamp.
fn date(stamp: &str) -> Option<NaiveDate> {
    stamp.trim().get(..10)?.parse().ok()
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
