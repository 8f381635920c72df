//! Line ends: which of them a person made, and which a machine.
//!
//! Each pair of lines gets a score. In a region of running text it comes from the line's fullness, its last mark, the next line's
//! beginning, open quotations and blank lines between; a paragraph that was put together already (a long line) has no width to be
//! measured by, and only goes on where its sentence is plainly unfinished and the document shows that its lines were broken.

use super::apply::{Confidences, Cut};
use super::lines::Line;
use super::marks::{End, is_latin};
use super::pair::{Pair, Paragraph};
use super::regions::{Region, regions};
use super::starts::Start;
use super::words::{Seam, Words};
use super::wrapped::{ends, wrapped};
use crate::record::EditRule;
use crate::text::is_han;

/// Scores nearer to zero than this are a doubt on which the dictionary is asked.
const DOUBT: f32 = 2.5;
/// Odds below which a region's line ends need not be looked at.
const HOPELESS: f32 = -4.0;
/// What speaks against going on from a line that had room for more.
const STOPS_SHORT: f32 = -3.0;
/// Line ends of a region on which the dictionary is asked at most, to settle what the region is.
const SAMPLE: u32 = 16;
/// What is known when line ends are judged.
pub(super) struct Joiner<'t> {
    text: &'t str,
    words: &'t mut Words,
    /// How sure it is that the document's lines were broken, 0 to 1.
    broken: f32,
    /// Whether Han characters and Latin words have spaces between them.
    spaced_latin: bool,
    /// Whether all paragraphs have blank lines between them.
    gapped: bool,
    confidences: Confidences,
}

impl<'t> Joiner<'t> {
    /// A judge for `text`.
    pub(super) fn new(
        text: &'t str,
        words: &'t mut Words,
        broken: f32,
        spaced_latin: bool,
    ) -> Self {
        Self {
            text,
            words,
            broken,
            spaced_latin,
            gapped: false,
            confidences: Confidences::default(),
        }
    }

    /// Adds to `cuts` the line ends between `lines` that are to be taken out. `top` tells whether the text begins with them.
    pub(super) fn join(&mut self, lines: &[Line], top: bool, cuts: &mut Vec<Cut>) {
        let mut regions = Self::regions_of(lines);
        for region in &mut regions {
            self.settle(region, lines);
        }
        if is_broken(lines, &regions) {
            self.broken = 1.0;
        }
        self.gapped = is_gapped(lines, &regions);
        let mut region = regions.iter().peekable();
        let mut paragraph = lines.first().map(Paragraph::new);
        for (at, pair) in lines.windows(2).enumerate() {
            let [line, next] = pair else { continue };
            while region.next_if(|region| region.lines.end <= at).is_some() {}
            let own = region
                .peek()
                .copied()
                .filter(|region| region.lines.contains(&at));
            let state = paragraph.unwrap_or_else(|| Paragraph::new(line));
            let pair = Pair {
                line,
                next,
                behind: lines.get(at + 2),
                top: top && at == 0,
                paragraph: state,
            };
            let score = self.score(&pair, own);
            paragraph = Some(if score > 0.0 {
                cuts.push(self.cut(&pair, own, score));
                state.goes_on(next)
            } else {
                Paragraph::new(next)
            });
        }
    }

    /// Regions lie between long lines.
    fn regions_of(lines: &[Line]) -> Vec<Region> {
        let mut found = Vec::new();
        let mut at = 0;
        for stretch in lines.split(Line::is_long) {
            for mut region in regions(stretch) {
                region.lines = region.lines.start + at..region.lines.end + at;
                found.push(region);
            }
            at += stretch.len() + 1;
        }
        found
    }

    /// Asks the dictionary about a region that marks alone leave in doubt.
    fn settle(&mut self, region: &mut Region, lines: &[Line]) {
        if region.odds <= HOPELESS || region.odds >= 1.0 || region.lines.len() < 3 {
            return;
        }
        let own = lines.get(region.lines.clone()).unwrap_or_default();
        let (mut asked, mut across) = (0, 0);
        for pair in own.windows(2) {
            let [line, next] = pair else { continue };
            if asked == SAMPLE {
                break;
            }
            if line.ends == End::Han && region.slack(line) <= 4 && is_han(next.first) {
                asked += 1;
                across += u32::from(self.seam(line, next) == Seam::Across);
            }
        }
        region.odds += match (asked, across) {
            (_, 2..) if across * 4 >= asked => 1.5,
            (3.., 0) => -3.0,
            (6.., across) if across * 8 < asked => -2.0,
            _ => 0.0,
        };
    }

    fn seam(&mut self, line: &Line, next: &Line) -> Seam {
        self.words.seam(line.of(self.text), next.of(self.text))
    }

    fn score(&mut self, pair: &Pair<'_>, region: Option<&Region>) -> f32 {
        let score = match region {
            Some(region) if region.odds > HOPELESS => wrapped(pair, region, self.text, self.gapped),
            _ => f32::NEG_INFINITY,
        };
        let score = if region.is_some_and(|region| stops_short(pair, region)) {
            score + STOPS_SHORT
        } else {
            score.max(self.unfinished(pair))
        };
        if score.abs() >= DOUBT {
            return score;
        }
        score
            + match self.seam(pair.line, pair.next) {
                Seam::Across => 2.5,
                Seam::Between => -0.7,
                Seam::Unknown => 0.0,
            }
    }

    /// The score of a line whose sentence is plainly unfinished, whatever its width.
    fn unfinished(&self, pair: &Pair<'_>) -> f32 {
        let Pair { line, next, .. } = *pair;
        let begins = next.begins;
        let paused = line.ends == End::Pause && line.columns >= 20 && self.broken > 0.5;
        if !line.is_open_ended() || next.indent > line.indent + 1 {
            return f32::NEG_INFINITY;
        }
        let plain = begins == Start::Never || line.ends == End::Open || paused;
        if !plain && !line.is_prose(self.text) {
            return f32::NEG_INFINITY;
        }
        let mut score = 4.5 * self.broken - 3.0;
        score += match line.ends {
            End::Open => 4.0,
            End::Pause => 2.5,
            End::Han => 1.5,
            End::Latin => 1.0,
            _ => 0.0,
        };
        let open = if line.is_long() {
            is_unbalanced(line.of(self.text))
        } else {
            pair.paragraph.is_open()
        };
        if open {
            score += 1.5;
        }
        if next.gap > 0 {
            score -= 1.0;
        }
        if !line.is_long() {
            score -= 0.5;
        }
        if next.is_long() || next.marks > 0 {
            score += 0.5;
        } else if next.is_open_ended() {
            score -= 2.0;
        }
        score
            + ends(pair)
            + match begins {
                Start::Never => 3.0,
                Start::Tail => 2.0,
                Start::Item => -3.0,
                Start::Dateline => -4.5,
                Start::Turn => -2.0,
                Start::Opener => -2.5,
                Start::Plain => 0.0,
            }
    }

    fn cut(&mut self, pair: &Pair<'_>, region: Option<&Region>, score: f32) -> Cut {
        let Pair { line, next, .. } = *pair;
        let (last, first) = (line.last, next.first);
        let before = || line.of(self.text).chars().nth_back(1);
        let figure = || before().is_some_and(|char| char.is_ascii_digit());
        let exact = region.is_some_and(|region| region.exact && region.slack(line) <= 1);
        let blank = line.trailing || next.indent == 1;
        let space = match (last, first) {
            (last, first) if last.is_ascii_digit() && first.is_ascii_digit() => exact && blank,
            ('.', first) if first.is_ascii_digit() => !figure(),
            ('-' | '/', _) | (_, '-' | '/') => false,
            (last, first) if is_word(last) && (is_latin(first) || first == '(') => !exact || blank,
            (last, first) if is_han(last) && is_latin(first) || is_latin(last) && is_han(first) => {
                self.spaced_latin && (!exact || blank)
            }
            _ => false,
        };
        let rule = if next.gap > 0 {
            EditRule::ColumnBreak
        } else {
            EditRule::HardWrap
        };
        Cut::new(line.end, next.start, rule, self.confidences.of(score)).with_space(space)
    }
}

/// Whether columns of running text show that the document's lines were broken: lines that go on are full.
fn is_broken(lines: &[Line], regions: &[Region]) -> bool {
    let (mut full, mut short) = (0_u32, 0_u32);
    for region in regions.iter().filter(|region| region.odds > 0.0) {
        let own = lines.get(region.lines.clone()).unwrap_or_default();
        for line in own.iter().filter(|line| line.is_open_ended()) {
            let slack = region.slack(line);
            full += u32::from(slack <= 2);
            short += u32::from(slack > 6);
        }
    }
    full >= 4 && full > 3 * short
}

/// Whether a blank line stands wherever a paragraph surely ends: a sentence, long before the margin.
fn is_gapped(lines: &[Line], regions: &[Region]) -> bool {
    let (mut with, mut without) = (0_u32, 0_u32);
    for region in regions.iter().filter(|region| region.odds > 0.0) {
        let own = lines.get(region.lines.start..lines.len().min(region.lines.end + 1));
        for pair in own.unwrap_or_default().windows(2) {
            if let [line, next] = pair
                && line.ends == End::Stop
                && region.slack(line) > 6
            {
                with += u32::from(next.gap > 0);
                without += u32::from(next.gap == 0);
            }
        }
    }
    with >= 2 && without * 8 <= with
}

/// Belongs to a Latin word, or is a mark behind one.
fn is_word(char: char) -> bool {
    is_latin(char) || matches!(char, '.' | ',' | ';' | ':' | ')' | '(' | '&' | '\'')
}

/// Whether something opened in a long line stays open.
fn is_unbalanced(line: &str) -> bool {
    let mut depth = 0_i32;
    let mut straight = false;
    for char in line.chars() {
        match char {
            '"' => straight = !straight,
            '“' | '「' | '『' | '（' | '《' => depth += 1,
            '”' | '」' | '』' | '）' | '》' => depth = (depth - 1).max(0),
            _ => {}
        }
    }
    straight || depth > 0
}

/// Whether a line ends well before the edge of a column whose other lines all reach it, although the next begins with a
/// character that had room: no machine broke it there. One character less is what recognition may have lost.
fn stops_short(pair: &Pair<'_>, region: &Region) -> bool {
    region.exact
        && !(region.sheds && pair.paragraph.first)
        && region.least_slack(pair.line) >= 4
        && pair.line.ends == End::Han
        && is_han(pair.next.first)
}
