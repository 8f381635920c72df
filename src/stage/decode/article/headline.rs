//! Which headlines belong to which article.
//!
//! On a page that was read column by column a headline may stand behind its article, or ahead of another one. Headlines repeat the words
//! of their article, so the share of a headline's pairs of characters that occur in an article tells. The neighbour below is
//! the usual owner; another one must have clearly more of its words.

use rustc_hash::{FxHashMap, FxHashSet};

use std::ops::Range;

use super::line::{Line, Role, is_author};
use super::phrase::is_within;
use super::split::{Head, in_gap};
use crate::text::{MarkerKind, is_han};

/// How many articles away the owner of a headline may be.
const NEAR: usize = 3;
/// Shares in thousandths: what another owner than the usual one has at least, and how much more than that one.
const OTHER: usize = 500;
const MORE: usize = 200;
/// Share of the words of a headline behind its article.
const BEHIND: usize = 400;
/// Pairs of characters below which words prove nothing.
const PAIRS: usize = 3;
/// Lines of a title at most.
const TITLE: usize = 3;
/// Characters of a joined title at most.
const LONGEST: usize = 120;

/// An article as lines.
#[derive(Clone, Debug)]
pub(super) struct Slice {
    /// All its lines.
    pub(super) lines: Range<usize>,
    /// How sure it is that it begins there.
    pub(super) confidence: f32,
    /// The lines of its title; they may stand in another article.
    pub(super) title: Vec<usize>,
}

impl Slice {
    /// The lines before the first that holds a sentence, and those behind the last.
    pub(super) fn edges(&self, lines: &[Line<'_>]) -> (Range<usize>, Range<usize>) {
        let own = lines.get(self.lines.clone()).unwrap_or_default();
        let first = own
            .iter()
            .position(|line| !in_gap(line))
            .unwrap_or(own.len());
        let last = own
            .iter()
            .rposition(|line| !in_gap(line))
            .map_or(own.len(), |last| last + 1);
        let start = self.lines.start;
        (start..start + first, start + last..self.lines.end)
    }
}

/// The articles that begin with `heads`, each with the lines of its title.
pub(super) fn slices(lines: &[Line<'_>], heads: &[Head]) -> Vec<Slice> {
    if let [_] = heads {
        let mut slice = Slice {
            lines: 0..lines.len(),
            confidence: 1.0,
            title: Vec::new(),
        };
        slice.title = own_title(lines, &slice);
        return vec![slice];
    }
    let words = Words::of(lines, heads);
    let mut slices: Vec<Slice> = Vec::with_capacity(heads.len());
    for (number, head) in heads.iter().enumerate() {
        let start = if number == 0 {
            0
        } else {
            words.cut(lines, head, number)
        };
        if let Some(last) = slices.last_mut() {
            last.lines.end = start;
        }
        slices.push(Slice {
            lines: start..lines.len(),
            confidence: head.confidence,
            title: Vec::new(),
        });
    }
    assign(lines, &mut slices, &words);
    slices
}

/// The pairs of characters of headlines, and which articles have which.
struct Words {
    /// The pairs of each line that may be a headline or a caption.
    pairs: FxHashMap<usize, Vec<u32>>,
    /// Those of them that an article has in its running text.
    found: Vec<FxHashSet<u32>>,
}

impl Words {
    fn of(lines: &[Line<'_>], heads: &[Head]) -> Self {
        let mut ids: FxHashMap<(char, char), u32> = FxHashMap::default();
        let mut pairs = FxHashMap::default();
        let mut sieve = Sieve::default();
        for (at, line) in lines.iter().enumerate() {
            if matches!(line.role, Role::Headline | Role::Caption) {
                let id = |pair| {
                    sieve.add(pair);
                    let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                    *ids.entry(pair).or_insert(next)
                };
                pairs.insert(at, pairs_of(line.text).map(id).collect());
            }
        }
        let ends = heads
            .iter()
            .skip(1)
            .map(|head| head.gap)
            .chain([lines.len()]);
        let body = |(head, end): (&Head, usize)| {
            let own = lines.get(head.line..end).unwrap_or_default().iter();
            own.filter(|line| line.is_body())
                .flat_map(|line| pairs_of(line.text))
                .filter(|pair| sieve.may_have(*pair))
                .filter_map(|pair| ids.get(&pair).copied())
                .collect()
        };
        let found = heads.iter().zip(ends).map(body).collect();
        Self { pairs, found }
    }

    /// Thousandths of a line's words that an article has; `None` where the line has too few.
    fn share(&self, line: usize, article: usize) -> Option<usize> {
        let pairs = self.pairs.get(&line).filter(|pairs| pairs.len() >= PAIRS)?;
        let found = self.found.get(article)?;
        let there = pairs.iter().filter(|pair| found.contains(pair)).count();
        Some(there * 1000 / pairs.len())
    }

    /// The line at which article `number` begins: of its gap, the first lines may belong to the article before.
    fn cut(&self, lines: &[Line<'_>], head: &Head, number: usize) -> usize {
        let mut titled = false;
        let votes: Vec<i32> = (head.gap..head.line)
            .map(|at| {
                let role = lines.get(at).map(|line| line.role);
                let before = self.share(at, number - 1).unwrap_or(0);
                let behind = self.share(at, number).unwrap_or(0);
                let closes =
                    !titled && matches!(role, Some(Role::Boilerplate | Role::Byline | Role::Day));
                titled |= role == Some(Role::Headline);
                let elsewhere = before >= OTHER && before >= behind + MORE;
                match role {
                    _ if closes || elsewhere => -1,
                    Some(Role::Headline | Role::Caption) => 1,
                    _ => 0,
                }
            })
            .collect();
        let mut best = (0, head.gap);
        let mut sum = 0;
        for (vote, at) in votes.iter().zip(head.gap + 1..) {
            sum -= vote;
            if sum > best.0 {
                best = (sum, at);
            }
        }
        best.1
    }

    /// The article that a headline belongs to, given where it stands.
    fn owner(&self, line: usize, home: usize, leads: bool) -> Option<usize> {
        let near = home.saturating_sub(NEAR)..=home + NEAR;
        let at_home = self.share(line, home);
        let Some(at_home) = at_home else {
            return leads.then_some(home);
        };
        let others = near.filter(|article| *article != home);
        let best = others
            .filter_map(|article| Some((self.share(line, article)?, article)))
            .max_by_key(|(share, article)| (*share, usize::MAX - article));
        match best {
            Some((share, article)) if share >= OTHER && share >= at_home + MORE => Some(article),
            _ => (leads || at_home >= BEHIND).then_some(home),
        }
    }
}

/// What most pairs of a running text fall through: looking each up in a map would cost more than all else.
struct Sieve(Vec<u64>);

impl Default for Sieve {
    fn default() -> Self {
        Self(vec![0; 1 << 10])
    }
}

impl Sieve {
    fn place((first, second): (char, char)) -> (usize, u64) {
        let mixed = u32::from(first).wrapping_mul(31) ^ u32::from(second);
        let place = usize::try_from(mixed >> 6 & 0x3FF).unwrap_or(0);
        (place, 1 << (mixed & 63))
    }

    fn add(&mut self, pair: (char, char)) {
        let (place, bit) = Self::place(pair);
        if let Some(bits) = self.0.get_mut(place) {
            *bits |= bit;
        }
    }

    fn may_have(&self, pair: (char, char)) -> bool {
        let (place, bit) = Self::place(pair);
        self.0.get(place).is_some_and(|bits| bits & bit != 0)
    }
}

fn pairs_of(text: &str) -> impl Iterator<Item = (char, char)> {
    let mut last = None;
    text.chars()
        .filter(|char| is_han(*char) || char.is_ascii_digit())
        .filter_map(move |char| last.replace(char).map(|last| (last, char)))
}

/// Whether a line says what `title` says, or a part of it.
pub(super) fn repeats(line: &str, title: &str) -> bool {
    let known: FxHashSet<(char, char)> = pairs_of(title).collect();
    let (mut there, mut all) = (0, 0);
    for pair in pairs_of(line) {
        there += usize::from(known.contains(&pair));
        all += 1;
    }
    there * 1000 >= all * OTHER && (there > 0 || title.contains(line) || line.contains(title))
}

/// Gives each headline at the edges of an article to its owner.
fn assign(lines: &[Line<'_>], slices: &mut [Slice], words: &Words) {
    let mut groups: Vec<Vec<(usize, Vec<usize>)>> = vec![Vec::new(); slices.len()];
    for (home, slice) in slices.iter().enumerate() {
        let (lead, trail) = slice.edges(lines);
        for (leads, edge) in [(true, lead), (false, trail)] {
            let mut last = None;
            for at in edge {
                let Some(line) = lines.get(at) else { continue };
                if line.role != Role::Headline || last.is_some() && is_author(line) {
                    continue;
                }
                let Some(owner) = words.owner(at, home, leads) else {
                    continue;
                };
                let share = words.share(at, owner).unwrap_or(0);
                let bonus = if leads && owner == home { MORE } else { 0 };
                let group = groups.get_mut(owner).expect("an owner is an article");
                match group.last_mut() {
                    Some((score, title)) if last == Some(owner) => {
                        *score = (*score).max(share + bonus);
                        title.push(at);
                    }
                    _ => group.push((share + bonus, vec![at])),
                }
                last = Some(owner);
            }
        }
    }
    for (slice, group) in slices.iter_mut().zip(groups) {
        let best = group.into_iter().rev().max_by_key(|(score, _)| *score);
        slice.title = best.map(|(_, title)| title).unwrap_or_default();
        slice.title.truncate(TITLE);
    }
}

/// The title of a text that is one article: its first lines, where they are short and something else follows.
fn own_title(lines: &[Line<'_>], slice: &Slice) -> Vec<usize> {
    let (lead, _) = slice.edges(lines);
    let part = |line: &Line<'_>| line.role == Role::Marked(MarkerKind::Chapter) && line.is_short();
    if lines.len() > 1 && lines.first().is_some_and(part) {
        return vec![0];
    }
    let headline = |at: &usize| {
        lines
            .get(*at)
            .is_some_and(|line| line.role == Role::Headline)
    };
    let Some(first) = lead.clone().find(headline) else {
        return Vec::new();
    };
    let run = (first..lead.end).take_while(headline).count();
    let apart = |at: usize| {
        lines
            .get(at)
            .is_none_or(|line| line.apart || !matches!(line.role, Role::Headline | Role::Body))
    };
    let exclaims = lines
        .get(first)
        .is_some_and(|line| line.text.ends_with(['！', '？', '!', '?']));
    if lead.end == lines.len() {
        // Nothing but short lines: a poem, names, a list. Its title is set apart from them.
        let poem = apart(first + 1) && lines.len() > first + 2 && !apart(first + 2);
        return if poem { vec![first] } else { Vec::new() };
    }
    if exclaims && !apart(first + 1) {
        return Vec::new();
    }
    let mut title: Vec<usize> = vec![first];
    for at in first + 1..first + run {
        let set_apart = run > TITLE && apart(at);
        if set_apart || title.len() == TITLE || lines.get(at).is_some_and(is_author) {
            break;
        }
        title.push(at);
    }
    title
}

/// The lines of a title as one: a line that comes twice once, an office and what it is about without a space.
pub(super) fn title_of(lines: &[Line<'_>], title: &[usize]) -> Option<String> {
    let mut joined = String::new();
    let mut parts: Vec<&str> = Vec::with_capacity(title.len());
    for line in title.iter().filter_map(|at| lines.get(*at)) {
        let part = line.text.trim_start_matches('#').trim();
        if parts.contains(&part) || part.is_empty() {
            continue;
        }
        let glued = joined.is_empty() || part.starts_with("关于") || part.starts_with("關於");
        joined.extend((!glued).then_some(' '));
        joined.push_str(part);
        parts.push(part);
    }
    (!joined.is_empty() && is_within(&joined, LONGEST)).then_some(joined)
}
