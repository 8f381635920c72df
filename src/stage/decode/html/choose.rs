//! Which blocks are the main text.
//!
//! The article's element is the one whose blocks are worth most together, the innermost of several. In it the run of blocks that
//! is worth most is taken, and what stands beside its ends as an equal: a dateline, a last line without a full stop.
//! Links, remarks and labels that end up outside of the run are not the article's.
//!
//! A page without running text (a table, a poem, a list of names) has no article; its text is all that is no link and no
//! remark. So is that of a page where the run is but a sliver of such a text.

use std::ops::Range;

use super::page::Page;
use super::weigh::{Worth, value, weigh};

/// A run shorter than this …
const SHORT: usize = 140;
/// … and than this part of what could be main text has missed it.
const SLIVER: usize = 8;
/// How many elements that hold nothing else stand around a text that is apart from the rest.
const FAR: usize = 3;
/// Links of at least so many characters inside the article are read as its text, if they are sentences.
const LONG_LINK: usize = 30;

/// Marks the blocks of the main text.
pub(super) fn choose(page: &Page) -> Vec<bool> {
    let worths = weigh(page);
    let chosen = run(page, &worths);
    let content: Vec<bool> = worths.iter().map(|worth| worth.is_content()).collect();
    let (selected, possible) = (chars(page, &chosen), chars(page, &content));
    if selected > 0 && (selected >= SHORT || selected * SLIVER >= possible) {
        return chosen;
    }
    if possible > 0 {
        return content;
    }
    vec![true; page.blocks.len()]
}

fn chars(page: &Page, chosen: &[bool]) -> usize {
    let blocks = page.blocks.iter().zip(chosen);
    blocks
        .filter(|(_, chosen)| **chosen)
        .map(|(block, _)| block.chars)
        .sum()
}

/// The run of blocks that is worth most, in the element that is worth most.
fn run(page: &Page, worths: &[Worth]) -> Vec<bool> {
    let mut chosen = vec![false; worths.len()];
    let values: Vec<f64> = page
        .blocks
        .iter()
        .zip(worths)
        .map(|(block, worth)| value(*worth, block))
        .collect();
    let Some(home) = best(page, &values) else {
        return chosen;
    };
    let home = narrow(page, worths, home);
    // A page of lists may have but one paragraph of sentences; those beside it are its equals.
    let home = if page.tree.are_paragraphs(home, home) {
        page.tree.nodes.get(home).map_or(home, |node| node.parent)
    } else {
        home
    };
    let within = descends(page, home);
    let inside = |at: usize| {
        let block = page.blocks.get(at);
        block.is_some_and(|block| within.get(block.node) == Some(&true))
    };
    let places: Vec<usize> = (0..values.len()).filter(|at| inside(*at)).collect();
    let weights: Vec<f64> = places
        .iter()
        .map(|at| values.get(*at).copied().unwrap_or(0.0))
        .collect();
    let run = heaviest(&weights);
    let run = widen(page, worths, &places, run);
    for at in places.get(run).unwrap_or_default() {
        if let (Some(mark), Some(worth), Some(block)) =
            (chosen.get_mut(*at), worths.get(*at), page.blocks.get(*at))
        {
            *mark = worth.is_content() || *worth == Worth::Link && block.chars >= LONG_LINK;
        }
    }
    chosen
}

/// The element with the highest sum of values, if any has a positive one; the innermost of several.
fn best(page: &Page, values: &[f64]) -> Option<usize> {
    let mut sums = vec![0.0; page.tree.nodes.len()];
    for (block, value) in page.blocks.iter().zip(values) {
        if let Some(sum) = sums.get_mut(block.node) {
            *sum += value;
        }
    }
    let mut best: Option<(usize, f64)> = None;
    // Children come after their parents, so that backwards every sum is whole when its turn comes.
    for at in (0..sums.len()).rev() {
        let sum = sums.get(at).copied().unwrap_or(0.0);
        if sum > 0.0 && best.is_none_or(|(_, highest)| sum > highest) {
            best = Some((at, sum));
        }
        let parent = page.tree.nodes.get(at).map_or(0, |node| node.parent);
        if at > 0
            && let Some(outer) = sums.get_mut(parent)
        {
            *outer += sum;
        }
    }
    best.map(|(at, _)| at)
}

/// The element in `home` that holds most of its sentences, where the rest of them stands too far away to be of one article: a
/// summary in another box of the page, a teaser.
fn narrow(page: &Page, worths: &[Worth], home: usize) -> usize {
    let nodes = &page.tree.nodes;
    let mut text = vec![0; nodes.len()];
    for (block, worth) in page.blocks.iter().zip(worths) {
        if *worth == Worth::Text
            && let Some(sum) = text.get_mut(block.node)
        {
            *sum += block.chars;
        }
    }
    let mut heaviest = vec![(0, 0); nodes.len()];
    for at in (1..nodes.len()).rev() {
        let parent = nodes.get(at).map_or(0, |node| node.parent);
        let sum = text.get(at).copied().unwrap_or(0);
        if let (Some(outer), Some(child)) = (text.get_mut(parent), heaviest.get_mut(parent)) {
            *outer += sum;
            if sum > child.0 {
                *child = (sum, at);
            }
        }
    }
    let all = text.get(home).copied().unwrap_or(0);
    let (mut found, mut here, mut sum, mut alone) = (home, home, all, 0);
    while let Some((below, child)) = heaviest
        .get(here)
        .copied()
        .filter(|(below, _)| below * 2 > all)
    {
        alone = if below == sum { alone + 1 } else { 0 };
        (here, sum) = (child, below);
        if alone == FAR {
            found = child;
        }
    }
    found
}

/// Which elements are `home` or stand in it.
fn descends(page: &Page, home: usize) -> Vec<bool> {
    let mut within = vec![false; page.tree.nodes.len()];
    for (at, node) in page.tree.nodes.iter().enumerate() {
        let own = at == home || at > home && within.get(node.parent) == Some(&true);
        if let Some(mark) = within.get_mut(at) {
            *mark = own;
        }
    }
    within
}

/// The run with the highest sum.
fn heaviest(weights: &[f64]) -> Range<usize> {
    let (mut best, mut highest) = (0..0, 0.0);
    let (mut start, mut sum) = (0, 0.0);
    for (at, weight) in weights.iter().enumerate() {
        sum += weight;
        if sum > highest {
            (best, highest) = (start..at + 1, sum);
        }
        if sum <= 0.0 {
            (start, sum) = (at + 1, 0.0);
        }
    }
    best
}

/// The run with its equals on both sides: content in the same element, or in elements of one parent.
fn widen(page: &Page, worths: &[Worth], places: &[usize], run: Range<usize>) -> Range<usize> {
    let at = |place: usize| {
        let block = page.blocks.get(*places.get(place)?)?;
        Some((block, *worths.get(*places.get(place)?)?))
    };
    let parent = |node: usize| page.tree.nodes.get(node).map_or(0, |node| node.parent);
    let equal = |inner: usize, outer: usize| {
        let Some(((inner, _), (outer, worth))) = at(inner).zip(at(outer)) else {
            return false;
        };
        let together = inner.node == outer.node
            || parent(inner.node) == parent(outer.node)
                && page.tree.are_paragraphs(inner.node, outer.node);
        worth.is_content() && together
    };
    let Range { mut start, mut end } = run;
    if start == end {
        return start..end;
    }
    while start > 0 && equal(start, start - 1) {
        start -= 1;
    }
    while equal(end - 1, end) {
        end += 1;
    }
    start..end
}
