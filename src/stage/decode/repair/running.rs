//! Whether lines are running text that was broken in mid-sentence, or things that stand on a line each.
//!
//! Lines of one width prove nothing: titles of notices, entries of a table of contents, names in columns and lines of verse are
//! of one width, too. What tells them apart are marks. A sentence goes on over its commas and ends where it ends, so that
//! running text has marks inside its lines, here and there, a full stop somewhere, and few of its lines end with one. Each such
//! fact adds to the odds or takes from them; nothing decides alone, but where no fact speaks for running text the lines stay as
//! they are, since a list that was glued can't be told apart again.

use super::lines::Line;
use super::marks::{End, is_figure};
use super::starts::Start;

/// Odds above which more evidence changes nothing.
const ENOUGH: f32 = 1.0;
/// Lines that begin alike before that means anything.
const ALIKE: usize = 3;
/// Characters that stand for one mark at most: running text has one every eight or so.
const CHARS_PER_MARK: u32 = 60;

/// Characters of a member of an enumeration at most, its comma included, and on average.
const CHARS_PER_MEMBER: u32 = 7;

/// What the lines of a region say together, as they are read one after another.
#[derive(Debug, Default)]
pub(super) struct Tally {
    lines: usize,
    /// Lines that another follows without an indentation.
    followed: u32,
    /// Those of them that end with a mark.
    complete: u32,
    /// Marks inside lines.
    marks: u32,
    stops: u32,
    /// Commas of enumerations inside lines.
    members: u32,
    /// Whether lines have different numbers of them.
    members_differ: bool,
    /// Those of the last line.
    last_members: Option<u16>,
    chars: u32,
    columns: u32,
    wide: u32,
    ruled: u32,
    /// Lines that begin with a speaker or a label.
    turns: usize,
    /// What more than half of the lines begin with, if anything is: the one that is left when lines that begin differently go out
    /// in pairs.
    leader: char,
    /// Lines with it that are left.
    led: usize,
    /// Place of the first mark, as long as it is the same in all lines.
    pause: Option<u16>,
    pauses_differ: bool,
    /// Marks in a line, as long as all have as many.
    cells: Option<u16>,
    cells_differ: bool,
}

impl Tally {
    /// Adds a line. `followed` tells whether another goes on where this one ends, as far as indentation and width say.
    pub(super) fn add(&mut self, line: &Line, followed: bool) {
        self.lines += 1;
        self.marks += u32::from(line.marks);
        self.stops += u32::from(line.stops) + u32::from(line.ends == End::Stop);
        self.members += u32::from(line.members);
        self.members_differ |= self.last_members.is_some_and(|last| last != line.members);
        self.last_members = Some(line.members);
        self.chars += u32::from(line.chars);
        self.columns += u32::from(line.columns);
        self.wide += u32::from(line.wide);
        self.ruled += u32::from(line.ruled);
        self.turns += usize::from(line.begins == Start::Turn);
        if followed {
            self.followed += 1;
            let complete = matches!(line.ends, End::Stop | End::Pause | End::Semicolon);
            let title = line.ends == End::Closed && line.last == '》';
            self.complete += u32::from(complete || title);
        }
        let leader = leader(line);
        if self.led == 0 {
            self.leader = leader;
        }
        self.led = if leader == self.leader {
            self.led + 1
        } else {
            self.led - 1
        };
        let pause = (line.marks > 0).then_some(line.pause);
        self.pauses_differ |= pause.is_none() || self.lines > 1 && pause != self.pause;
        self.pause = pause;
        self.cells_differ |= line.marks == 0 || self.cells.is_some_and(|cells| cells != line.marks);
        self.cells = Some(line.marks);
    }

    /// Lines added.
    pub(super) fn lines(&self) -> usize {
        self.lines
    }

    /// How much speaks for running text, as logarithm of the odds. `lines` are those that were added.
    pub(super) fn odds(&self, lines: &[Line]) -> f32 {
        if self.wide * 10 < self.columns * 6 {
            return -8.0;
        }
        self.marks_odds().min(ENOUGH + 1.0) - self.doubts(lines)
    }

    fn marks_odds(&self) -> f32 {
        if self.enumerates() {
            return 1.5;
        }
        let mut odds = match (self.marks, self.complete) {
            (0, _) => -3.0,
            (marks, complete) if marks > 2 * complete => 1.5,
            (marks, complete) if marks >= complete => 0.0,
            _ => -2.5,
        };
        odds += if self.stops > 0 { 0.5 } else { -1.5 };
        if self.marks * CHARS_PER_MARK < self.chars {
            odds -= 1.0;
        }
        odds
    }

    /// Whether it is one long enumeration, such as the names of a committee: full lines without a full stop, many of which
    /// happen to end behind a member, as members are short. Lists of a line each are as long as their members are, and
    /// tables have as many in each line.
    fn enumerates(&self) -> bool {
        let lines = u32::try_from(self.lines).unwrap_or(u32::MAX);
        self.members >= lines.saturating_mul(2)
            && self.members * CHARS_PER_MEMBER >= self.chars
            && self.members_differ
            && self.followed * 2 > lines
    }

    /// What speaks against it.
    fn doubts(&self, lines: &[Line]) -> f32 {
        let mut doubts = 0.0;
        if self.followed >= 3 && self.complete * 5 > self.followed * 4 {
            doubts += 4.0;
        } else if self.followed >= 3 && self.complete * 2 > self.followed && !self.enumerates() {
            doubts += 2.0;
        }
        let alike = |line: &&Line| leader(line) == self.leader;
        let alike = if self.led > 0 {
            lines.iter().filter(alike).count()
        } else {
            0
        };
        if alike >= ALIKE && alike * 2 > self.lines {
            doubts += 4.0;
        }
        if self.lines >= ALIKE && !self.pauses_differ {
            doubts += 4.0;
        }
        if self.lines >= ALIKE && !self.cells_differ && self.stops == 0 {
            doubts += 4.0;
        }
        if self.turns >= 2 && self.turns * 2 >= self.lines {
            doubts += 4.0;
        }
        if self.ruled * 3 > u32::try_from(self.lines).unwrap_or(u32::MAX) {
            doubts += 6.0;
        }
        doubts
    }
}

/// The first character of a line; all numerals are one.
fn leader(line: &Line) -> char {
    match line.first {
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' => '0',
        first if is_figure(first) => '0',
        first => first,
    }
}
