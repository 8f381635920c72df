//! Columns: a character or a word a line with its tag.

use super::Sample;
use super::sample::Assembler;

/// Reads `piece tag` lines; blank lines end a sentence.
pub(super) fn columns(text: &str) -> Vec<Sample> {
    let places = has_places(text);
    let mut samples = Vec::new();
    let mut current = Assembler::default();
    for line in text.lines() {
        let mut cells = line.split([' ', '\t']).filter(|cell| !cell.is_empty());
        let Some(piece) = cells.next() else {
            finish(&mut current, &mut samples);
            continue;
        };
        let tag = cells.next_back().unwrap_or("O");
        // The character itself may be a digit.
        let length = piece.chars().next().map_or(0, char::len_utf8);
        let piece = match piece.split_at_checked(length) {
            Some((first, place)) if places && place.bytes().all(|at| at.is_ascii_digit()) => first,
            _ => piece,
        };
        current.push(piece, tag);
    }
    finish(&mut current, &mut samples);
    samples
}

fn finish(current: &mut Assembler, samples: &mut Vec<Sample>) {
    if !current.is_empty() {
        samples.push(current.take());
    }
}

/// Whether first cells are a character and then a digit.
fn has_places(text: &str) -> bool {
    let has_place = |line: &&str| {
        let piece = line.split([' ', '\t']).next().unwrap_or_default();
        let mut chars = piece.chars();
        chars.next();
        chars.next().is_some_and(|ch| ch.is_ascii_digit())
    };
    let lines = || text.lines().filter(|line| !line.trim().is_empty());
    // Nearly all: white space is sometimes lost.
    lines().filter(has_place).count() * 100 > lines().count() * 95
}

/// Reads numbered words with IOB2 tags in the third column; the text above tells where words are apart.
pub(super) fn conllu(text: &str) -> Vec<Sample> {
    let mut samples = Vec::new();
    let mut current = Assembler::default();
    let mut rest = "";
    for line in text.lines() {
        if let Some(whole) = line.strip_prefix("# text = ") {
            rest = whole;
        } else if line.starts_with('#') {
        } else if line.is_empty() {
            finish(&mut current, &mut samples);
        } else {
            word(line, &mut rest, &mut current);
        }
    }
    finish(&mut current, &mut samples);
    samples
}

fn word(line: &str, rest: &mut &str, current: &mut Assembler) {
    let mut cells = line.split('\t');
    let number = cells.next().unwrap_or_default();
    let (Some(form), Some(tag)) = (cells.next(), cells.next()) else {
        return;
    };
    // Ranges (1-2) and empty nodes (1.1) have no text of their own.
    if number.parse::<u32>().is_err() {
        return;
    }
    if let Some((gap, behind)) = rest.split_once(form)
        && gap.trim().is_empty()
    {
        current.glue(gap);
        *rest = behind;
    }
    current.push(form, tag);
}
