//! A dictionary as a list: what tries are built of, and where users' words meet those of the embedded dictionary.

use std::cmp::Ordering;

use crate::record::Pos;

/// Words as codes, in the order of their codes.
#[derive(Default)]
pub(super) struct Words {
    /// All words back to back.
    codes: Vec<u32>,
    items: Vec<Item>,
}

/// One word.
#[derive(Clone, Copy)]
pub(super) struct Item {
    start: usize,
    end: usize,
    /// None: a place kept for a word that is not in the dictionary yet.
    pub(super) frequency: Option<u64>,
    /// None: no word of its own; `x` unless another list says more.
    pub(super) pos: Option<Pos>,
}

impl Words {
    pub(super) fn push(&mut self, codes: &[u32], frequency: Option<u64>, pos: Option<Pos>) {
        let start = self.codes.len();
        self.codes.extend_from_slice(codes);
        self.items.push(Item {
            start,
            end: self.codes.len(),
            frequency,
            pos,
        });
    }

    /// Puts the words in order; equal ones stay in the order they came in.
    pub(super) fn sort(&mut self) {
        let codes = &self.codes;
        let of = |item: &Item| codes.get(item.start..item.end);
        self.items.sort_by(|one, other| of(one).cmp(&of(other)));
    }

    /// Whether a word of the list, which is in order, comes twice.
    pub(super) fn has_twins(&self) -> bool {
        self.items.windows(2).any(|pair| match pair {
            [one, other] => self.codes(one) == self.codes(other),
            _ => false,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn items(&self) -> &[Item] {
        &self.items
    }

    pub(super) fn codes(&self, item: &Item) -> &[u32] {
        self.codes.get(item.start..item.end).unwrap_or_default()
    }

    /// The word with these codes.
    pub(super) fn find(&mut self, codes: &[u32]) -> Option<&mut Item> {
        let Self { codes: all, items } = self;
        let found = items.binary_search_by(|item| {
            let word: &[u32] = all.get(item.start..item.end).unwrap_or_default();
            word.cmp(codes)
        });
        found.ok().and_then(|at| items.get_mut(at))
    }

    /// The sum of all frequencies.
    pub(super) fn total(&self) -> u64 {
        self.items.iter().filter_map(|item| item.frequency).sum()
    }

    /// These words with `over` merged in, both in order. A word of both has the frequency of `self`, and the part of
    /// speech of `over` if that has one.
    pub(super) fn merged(&self, over: &Self) -> Self {
        let mut merged = Self::default();
        merged.codes.reserve(self.codes.len() + over.codes.len());
        merged.items.reserve(self.len() + over.len());
        let mut rest = over.items.iter().peekable();
        for item in &self.items {
            let codes = self.codes(item);
            let mut pos = item.pos;
            while let Some(other) = rest.peek() {
                let order = over.codes(other).cmp(codes);
                if order == Ordering::Greater {
                    break;
                }
                if order == Ordering::Less {
                    merged.push(over.codes(other), other.frequency, other.pos);
                } else {
                    pos = other.pos.or(pos);
                }
                rest.next();
            }
            merged.push(codes, item.frequency, pos);
        }
        for other in rest {
            merged.push(over.codes(other), other.frequency, other.pos);
        }
        merged
    }
}
