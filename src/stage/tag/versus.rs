//! Who plays whom: what `vs` stands between are teams, whatever else their names are.
//!
//! Towns give their names to clubs, and a model that is shown 霁澜vs云溪 can't tell, or takes the `vs` for a part of a name. So what touches it is
//! made an organisation: what the model has there, cut at the `vs`; a name that ends with 队; or all that stands between it and the next mark, if
//! that is short, is more than common words (线上vs线下), and the model has a name on either side. Where the model has a person on both sides, or one with a Chinese name, people play, and all stays as it is.

use std::ops::Range;

use super::consistent::Find;
use super::names::has_surname;
use super::phrases::{is_common_word, is_phrase, text};
use crate::lexicon::Lexicon;
use crate::model::Kind;
use crate::record::Method;
use crate::text::is_han;

/// Characters of a team's name, at most.
const TEAM: usize = 8;
/// Characters behind a `vs` that are looked at.
const RUN: usize = 32;
/// What questions begin with, and no name but 哪吒 has.
const QUESTIONS: &str = "谁哪孰怎";
/// What the model's score of a name is at least, that it draws the line.
const SCORE: f32 = 0.8;
/// Characters of a person's Chinese name, at most.
const PERSON: usize = 3;

/// Where a `vs`, or a team, begins and ends.
type Mark = (usize, usize);

/// Makes teams of what stands on both sides of each `vs` in a sentence; its finds stand in `finds` from `first` on.
pub(super) fn correct(
    sentence: u32,
    chars: &[char],
    finds: &mut Vec<Find>,
    first: usize,
    lexicon: &Lexicon,
) {
    let marks: Vec<Mark> = marks(chars).collect();
    let (mut teams, mut from) = (Vec::new(), 0);
    for (number, (start, end)) in marks.iter().enumerate() {
        let own = finds.get(first..).unwrap_or_default();
        let to = marks.get(number + 1).map_or(chars.len(), |next| next.0);
        let left = left(chars, from..*start, own, lexicon);
        let right = right(chars, *end..to, own);
        if let (Some(left), Some(right)) = (left, right)
            && are_teams(chars, own, [left, right], teams.last(), lexicon)
            && !are_persons(chars, own, [left, right])
        {
            teams.extend([left, right]);
        }
        from = *end;
    }
    // Of three in a row the middle one is on both sides.
    teams.dedup_by(|next, last| next.0 < last.1);
    if teams.is_empty() {
        return;
    }
    super::consistent::keep(finds, first, |find| {
        let near = teams.get(teams.partition_point(|(_, end)| *end <= find.start));
        near.is_none_or(|(start, _)| *start >= find.end)
    });
    finds.extend(teams.iter().map(|(start, end)| Find {
        sentence,
        start: *start,
        end: *end,
        kind: Kind::Organisation,
        score: SCORE,
        method: Method::Rule,
    }));
    if let Some(own) = finds.get_mut(first..) {
        own.sort_by_key(|find| find.start);
    }
}

/// Where each `vs` between Han characters begins and ends, white space beside it and a full stop behind it included.
fn marks(chars: &[char]) -> impl Iterator<Item = Mark> {
    let places = chars.windows(2).enumerate();
    let found = places.filter(|(_, pair)| matches!(pair, ['v' | 'V', 's' | 'S']));
    found.filter_map(|(at, _)| {
        let mut start = at;
        while start > 0 && chars[start - 1] == ' ' {
            start -= 1;
        }
        let mut end = at + 2;
        // VSCode and VSAT are words.
        let is_word = chars.get(end).is_some_and(char::is_ascii_alphabetic);
        while chars.get(end).is_some_and(|ch| matches!(ch, ' ' | '.')) {
            end += 1;
        }
        let before = start.checked_sub(1).and_then(|at| chars.get(at));
        let alone = before.is_some_and(|ch| is_han(*ch));
        (alone && !is_word && chars.get(end).is_some_and(|ch| is_part(*ch))).then_some((start, end))
    })
}

/// Whether a team's name has such characters.
fn is_part(ch: char) -> bool {
    is_han(ch) || ch.is_ascii_alphabetic() || ch == '·'
}

/// The first of the finds, which are in order, that ends at a place or behind it.
fn ending(end: usize, finds: &[Find]) -> Option<&Find> {
    finds.get(finds.partition_point(|find| find.end < end))
}

/// The team that ends where a text does.
fn left(chars: &[char], text: Range<usize>, finds: &[Find], lexicon: &Lexicon) -> Option<Mark> {
    let end = text.end;
    let run = chars.get(text)?.iter().rev().take(TEAM + 1);
    let length = run.take_while(|ch| is_part(**ch)).count();
    let find = ending(end, finds).filter(|find| find.start < end);
    let short = (2..=TEAM).contains(&length).then_some((end - length, end));
    match (find, short) {
        // 昨晚 in 昨晚霁澜vs云溪 is no part of the name.
        (Some(find), Some((start, _)))
            if is_words(chars.get(start..find.start).unwrap_or_default(), lexicon) =>
        {
            Some((find.start, end))
        }
        (_, Some(run)) => Some(run),
        (Some(find), None) if length > TEAM => Some((find.start, end)),
        _ => None,
    }
}

/// Whether `chars` are common words.
fn is_words(chars: &[char], lexicon: &Lexicon) -> bool {
    is_common_word(&text(chars), lexicon) || chars.len() > 1 && is_phrase(chars, lexicon)
}

/// Whether the model has a name on one side, or it is the last team that was told, and what stands on the other is a name of its own, or may be one.
fn are_teams(
    chars: &[char],
    finds: &[Find],
    sides: [Mark; 2],
    last: Option<&Mark>,
    lexicon: &Lexicon,
) -> bool {
    let is_found = |(start, end): Mark| {
        let find = finds.get(finds.partition_point(|find| find.end <= start));
        find.is_some_and(|find| find.start < end)
    };
    let found = sides.map(|side| last == Some(&side) || is_found(side));
    let named = |(start, end): Mark| {
        let name = chars.get(start..end).unwrap_or_default();
        name.last() == Some(&'队') || !is_words(name, lexicon)
    };
    let mut unknown = sides.into_iter().zip(found).filter(|(_, found)| !found);
    let teams = sides
        .iter()
        .all(|(_, end)| chars.get(end - 1) == Some(&'队'));
    (teams || found.contains(&true)) && unknown.all(|(side, _)| named(side))
}

/// The team that begins where a text does.
fn right(chars: &[char], text: Range<usize>, finds: &[Find]) -> Option<Mark> {
    let start = text.start;
    let run = chars.get(text)?.iter().take(RUN);
    // 霁澜vs云溪谁更强: a question begins behind the name.
    let asks = |at: usize, ch: char| {
        QUESTIONS.contains(ch) && !(ch == '哪' && chars.get(start + at + 1) == Some(&'吒'))
    };
    let mut name = run.clone().enumerate();
    let end = name.position(|(at, ch)| !is_part(*ch) || asks(at, *ch));
    let length = end.unwrap_or(run.len());
    let near = run.take(length.min(TEAM + 1));
    let team = near.skip(2).position(|ch| *ch == '队');
    let find = ending(start + 2, finds).filter(|find| find.start <= start);
    let end = match (team, find) {
        (Some(team), _) => start + team + 3,
        (None, Some(find)) => find.end.min(start + length),
        (None, None) if (2..=TEAM).contains(&length) => start + length,
        (None, None) => return None,
    };
    (start + 2..=start + length)
        .contains(&end)
        .then_some((start, end))
}

/// Whether people play: both sides are persons, or one has a Chinese name.
fn are_persons(chars: &[char], finds: &[Find], sides: [Mark; 2]) -> bool {
    let persons = sides.map(|(start, end)| {
        let same = |find: &&Find| find.start == start && find.end == end;
        ending(end, finds).filter(|find| same(find) && find.kind == Kind::Person)
    });
    let chinese = |find: &Find| {
        let name: String = chars.iter().take(find.end).skip(find.start).collect();
        find.end - find.start <= PERSON && has_surname(&name)
    };
    persons.iter().all(Option::is_some) || persons.into_iter().flatten().any(chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of the names between brackets, all of one kind.
    fn check(marked: &str, kind: Kind, expected: &[(&str, Kind)]) {
        let (mut chars, mut finds) = (Vec::new(), Vec::new());
        let mut start = 0;
        for ch in marked.chars() {
            match ch {
                '[' => start = chars.len(),
                ']' => finds.push(Find {
                    sentence: 0,
                    start,
                    end: chars.len(),
                    kind,
                    score: 0.7,
                    method: Method::Model,
                }),
                ch => chars.push(ch),
            }
        }
        correct(0, &chars, &mut finds, 0, &Lexicon::default_shared());
        let names: Vec<(String, Kind)> = finds
            .iter()
            .map(|find| (chars[find.start..find.end].iter().collect(), find.kind))
            .collect();
        let names: Vec<(&str, Kind)> = names
            .iter()
            .map(|(name, kind)| (name.as_str(), *kind))
            .collect();
        assert_eq!(names, expected, "{marked}");
    }

    #[test]
    fn teams_play_teams() {
        let teams = &[("霁澜", Kind::Organisation), ("云溪", Kind::Organisation)];
        check("[霁澜]vs[云溪]", Kind::Location, teams);
        check("第3场，[霁澜vs]云溪：2比1", Kind::Location, teams);
        check("[霁澜 VS 云溪]。", Kind::Organisation, teams);
        check("霁澜vs[云溪]推荐：3", Kind::Person, teams);
        let evening = &[("霁澜", Kind::Organisation), ("云溪", Kind::Organisation)];
        check("昨晚[霁澜]vs云溪", Kind::Location, evening);
        let clubs = &[
            ("霁澜队", Kind::Organisation),
            ("云溪队", Kind::Organisation),
        ];
        check(
            "[霁澜队vs云溪队]两队在联赛里只见过两次",
            Kind::Organisation,
            clubs,
        );
        check("[霁澜]vs云溪谁更强", Kind::Location, teams);
        check("[霁澜]vs[云溪谁]更强", Kind::Organisation, teams);
        let hero = &[
            ("霁澜队", Kind::Organisation),
            ("哪吒队", Kind::Organisation),
        ];
        check("霁澜队vs哪吒队", Kind::Location, hero);
        let bare = &[("霁澜", Kind::Organisation), ("哪吒", Kind::Organisation)];
        check("[霁澜]vs哪吒哪个更强", Kind::Location, bare);
        let three = &[
            ("霁澜", Kind::Organisation),
            ("云溪", Kind::Organisation),
            ("汀洲", Kind::Organisation),
        ];
        check("[霁澜]vs云溪vs汀洲", Kind::Location, three);
        let named = &[
            ("霁澜", Kind::Organisation),
            ("ac云溪", Kind::Organisation),
            ("汀洲", Kind::Location),
        ];
        check("霁澜vs ac[云溪]，[汀洲]的雨", Kind::Location, named);
    }

    #[test]
    fn people_play_people() {
        let people = &[("金玉", Kind::Person)];
        check("[金玉]vs某某", Kind::Person, people);
        let people = &[("阿斯兰", Kind::Person), ("赛里木", Kind::Person)];
        check("[阿斯兰]vs[赛里木]", Kind::Person, people);
    }

    #[test]
    fn where_nothing_tells_the_line_there_is_no_team() {
        check("那天晚上大家都去看霁澜vs云溪", Kind::Location, &[]);
        check("霁澜vs那天晚上大家都去看的云溪", Kind::Location, &[]);
        check(
            "线上vs线下，[霁澜]",
            Kind::Location,
            &[("霁澜", Kind::Location)],
        );
        check(
            "[霁澜]vs谁更强",
            Kind::Location,
            &[("霁澜", Kind::Location)],
        );
        check(
            "霁澜VSCode[云溪]",
            Kind::Location,
            &[("云溪", Kind::Location)],
        );
        check("霁澜vs云溪", Kind::Location, &[]);
        check("vs", Kind::Location, &[]);
        check("a vs b", Kind::Location, &[]);
    }
}
