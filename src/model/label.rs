//! What a character can be: outside of names, or at a place inside one (BIOES).
//!
//! ```text
//! 0      1 2 3 4   5 6 7 8   9 10 11 12
//! O      B I E S   B I E S   B I  E  S
//!        person    place     organisation
//! ```

use crate::record::Label;

/// How many labels there are.
pub(super) const LABELS: usize = 13;
/// A row of weights: one for each label, filled up so that a row is one or two registers.
pub(super) const WIDTH: usize = 16;
/// The label of characters outside of names.
pub(super) const OUTSIDE: u8 = 0;

/// Kinds of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person.
    Person,
    /// A place.
    Location,
    /// An organisation.
    Organisation,
}

impl Kind {
    /// All of them, in the order of their labels.
    pub const ALL: [Self; 3] = [Self::Person, Self::Location, Self::Organisation];

    /// As in the tables: `PER`, `LOC`, `ORG`.
    pub const fn name(self) -> &'static str {
        self.label().name()
    }

    /// The label of an entity of this kind.
    pub const fn label(self) -> Label {
        match self {
            Self::Person => Label::Person,
            Self::Location => Label::Location,
            Self::Organisation => Label::Organisation,
        }
    }

    /// The kind that a corpus means by `name`, in the words of the corpora that are in use.
    ///
    /// ```
    /// use cihe::model::Kind;
    /// assert_eq!(Kind::named("GPE.NAM"), Some(Kind::Location));
    /// assert_eq!(Kind::named("company"), Some(Kind::Organisation));
    /// assert_eq!(Kind::named("PER.NOM"), None);
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "PER" | "PERSON" | "NAME" | "NR" | "PER.NAM" | "name" | "person" => Self::Person,
            "LOC" | "GPE" | "LOCATION" | "NS" | "LOC.NAM" | "GPE.NAM" | "address" | "location" => {
                Self::Location
            }
            "ORG" | "ORGANIZATION" | "NT" | "ORG.NAM" | "company" | "organization"
            | "government" => Self::Organisation,
            _ => return None,
        })
    }

    /// Its first label.
    pub(super) const fn begin(self) -> u8 {
        1 + 4 * self as u8
    }

    /// The labels that names of it begin with.
    pub(super) const fn begins(self) -> [u8; 2] {
        [self.begin(), self.begin() + 3]
    }
}

/// A name in a text, by its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// What it names.
    pub kind: Kind,
}

/// The labels of a text of `length` characters. Of names that overlap the earlier one stands.
pub(super) fn labels_of(length: usize, names: &[Name]) -> Vec<u8> {
    let mut labels = vec![OUTSIDE; length];
    for name in names {
        let begin = name.kind.begin();
        let Some(place) = labels.get_mut(name.start..name.end) else {
            continue;
        };
        if place.iter().any(|label| *label != OUTSIDE) {
            continue;
        }
        match place {
            [] => {}
            [only] => *only = begin + 3,
            [first, inner @ .., last] => {
                *first = begin;
                inner.fill(begin + 1);
                *last = begin + 2;
            }
        }
    }
    labels
}

/// The names that labels tell of; `labels` must be a legal sequence.
pub(super) fn names_of(labels: &[u8], mut name: impl FnMut(Name)) {
    let mut start = 0;
    for (at, &label) in labels.iter().enumerate() {
        let Some(inside) = label.checked_sub(1) else {
            continue;
        };
        let (kind, role) = (Kind::ALL[usize::from(inside / 4)], inside % 4);
        if role == 0 {
            start = at;
        }
        if role >= 2 {
            name(Name {
                start: if role == 3 { at } else { start },
                end: at + 1,
                kind,
            });
        }
    }
}

/// Whether `next` may stand behind `label`; a text's beginning and end are as `OUTSIDE`.
pub(super) const fn may_follow(label: u8, next: u8) -> bool {
    let opens = label != OUTSIDE && (label - 1) % 4 < 2;
    let goes_on = next != OUTSIDE && matches!((next - 1) % 4, 1 | 2);
    if opens || goes_on {
        opens && goes_on && (label - 1) / 4 == (next - 1) / 4
    } else {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_names_lead_to_each_other() {
        let names = [
            (0, 1, Kind::Location),
            (1, 4, Kind::Organisation),
            (5, 7, Kind::Person),
        ]
        .map(|(start, end, kind)| Name { start, end, kind });
        let labels = labels_of(8, &names);
        assert_eq!(labels, [8, 9, 10, 11, 0, 1, 3, 0]);
        let mut back = Vec::new();
        names_of(&labels, |name| back.push(name));
        assert_eq!(back, names);
    }

    #[test]
    fn a_name_that_has_begun_goes_on_to_its_end() {
        let legal: Vec<(u8, u8)> = (0..13)
            .flat_map(|label| (0..13).map(move |next| (label, next)))
            .filter(|(label, next)| may_follow(*label, *next))
            .collect();
        assert!(legal.contains(&(1, 2)) && legal.contains(&(1, 3)) && legal.contains(&(3, 5)));
        assert!(!legal.contains(&(1, 0)) && !legal.contains(&(0, 2)) && !legal.contains(&(1, 6)));
        assert_eq!(legal.len(), 7 * 7 + 6 * 2);
    }
}
