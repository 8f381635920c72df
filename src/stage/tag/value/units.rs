//! What numbers count: measure words, units, currencies.
//!
//! `units.tsv` beside this file has a line for each form; it was written for this purpose and is under the licence of the whole. Names
//! are normalised where two forms mean the very same (千米 is 公里, TEU is 标准箱); no unit is converted into another, so 亩 stays 亩.

use rustc_hash::FxHashMap;

use super::cursor::char_at;

/// The table as written.
static TABLE: &str = include_str!("units.tsv");

/// What sort of thing a unit measures, and what may stand before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UnitKind {
    /// A currency.
    Money,
    /// Hundredths.
    Share,
    /// Differences of shares.
    Points,
    /// A length of time.
    Time,
    /// Measures whatever stands before it.
    Measure,
    /// The same in Latin letters, behind Arabic digits.
    Latin,
    /// A classifier: 一 before it is an article, 二 an ordinal.
    Count,
    /// A classifier that is one only behind Arabic digits.
    Digits,
    /// 点 and 分: points of an index or a score, behind Arabic digits; elsewhere clock times.
    Point,
}

/// A line of the table.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    form: Box<[char]>,
    pub(super) kind: UnitKind,
    /// As in the tables.
    pub(super) name: &'static str,
    /// What makes another word of it when it follows.
    not_before: &'static str,
}

/// All of them, by first character, longest first.
#[derive(Debug)]
pub(super) struct Units(FxHashMap<char, Vec<Unit>>);

impl Units {
    /// Reads the table.
    pub(super) fn new() -> Self {
        let mut units: FxHashMap<char, Vec<Unit>> = FxHashMap::default();
        for unit in TABLE.lines().filter_map(parse) {
            if let Some(first) = unit.form.first() {
                units.entry(*first).or_default().push(unit);
            }
        }
        for alike in units.values_mut() {
            alike.sort_by_key(|unit| std::cmp::Reverse(unit.form.len()));
        }
        Self(units)
    }

    /// Whether any of them begins so.
    pub(super) fn begin(&self, char: char) -> bool {
        self.0.contains_key(&char)
    }

    /// The longest unit that stands at `at`, and its end.
    pub(super) fn at(&self, chars: &[char], at: usize) -> Option<(&Unit, usize)> {
        let alike = self.0.get(&char_at(chars, at))?;
        alike.iter().find_map(|unit| {
            let end = at + unit.form.len();
            let next = char_at(chars, end);
            let stands = chars.get(at..end)? == &*unit.form && !unit.not_before.contains(next);
            // Latin units end where letters and digits do.
            let whole = unit.kind != UnitKind::Latin || !is_word(next);
            (stands && whole).then_some((unit, end))
        })
    }
}

fn is_word(next: char) -> bool {
    next.is_ascii_alphanumeric() || matches!(next, '²' | '³' | '-' | '_')
}

fn parse(line: &'static str) -> Option<Unit> {
    let mut fields = line.split('\t').filter(|_| !line.starts_with('#'));
    let form = fields.next()?.chars().collect();
    let kind = match fields.next()? {
        "money" => UnitKind::Money,
        "share" => UnitKind::Share,
        "points" => UnitKind::Points,
        "time" => UnitKind::Time,
        "measure" => UnitKind::Measure,
        "latin" => UnitKind::Latin,
        "count" => UnitKind::Count,
        "digits" => UnitKind::Digits,
        "point" => UnitKind::Point,
        _ => return None,
    };
    let name = fields.next()?;
    let not_before = fields.next().filter(|chars| *chars != "-").unwrap_or("");
    Some(Unit {
        form,
        kind,
        name,
        not_before,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_unit() {
        let lines = TABLE
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty());
        for line in lines {
            assert!(parse(line).is_some(), "no unit: {line}");
        }
    }

    #[test]
    fn the_longest_unit_is_found_unless_it_begins_another_word() {
        let units = Units::new();
        let name = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            units.at(&chars, 0).map(|(unit, _)| unit.name)
        };
        assert_eq!(name("元人民币"), Some("CNY"));
        assert_eq!(name("千瓦时"), Some("千瓦时"));
        assert_eq!(name("家庭"), None);
        assert_eq!(name("GB"), Some("GB"));
        assert_eq!(name("GBx"), None);
    }
}
