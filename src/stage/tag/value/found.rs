//! What the parts of the grammar read, and what they say.

use chrono::NaiveDate;

use super::decimal::Decimal;
use super::marks::Marks;
use super::qualifier::{Bound, Qualifier};
use super::units::Units;
use crate::record::{Label, Quantity};

/// A sentence, and what is known beside it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) chars: &'a [char],
    pub(super) units: &'a Units,
    pub(super) marks: &'a Marks,
    /// What relative dates refer to.
    pub(super) published: Option<NaiveDate>,
    /// The last year and month that the sentence names in full.
    pub(super) month: Option<(i32, u32)>,
}

/// A value, by the characters of its sentence.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) label: Label,
    pub(super) quantity: Quantity,
}

impl Found {
    pub(super) fn new(label: Label, start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            label,
            quantity: Quantity::default(),
        }
    }

    /// A date with its first and last day, where they are known.
    pub(super) fn date(start: usize, end: usize, days: Option<(NaiveDate, NaiveDate)>) -> Self {
        let mut found = Self::new(Label::Date, start, end);
        found.quantity.date_start = days.map(|(first, _)| first);
        found.quantity.date_end = days.map(|(_, last)| last);
        found
    }

    pub(super) fn with_unit(mut self, unit: &str) -> Self {
        self.quantity.unit = Some(unit.to_owned());
        self
    }

    pub(super) fn with_value(mut self, value: Option<Decimal>) -> Self {
        self.quantity.value = value.and_then(finite);
        self
    }

    pub(super) fn with_bounds(mut self, low: Option<Decimal>, high: Option<Decimal>) -> Self {
        self.quantity.low = low.and_then(finite);
        self.quantity.high = high.and_then(finite);
        self
    }

    /// Qualified by a word; the bound that it implies is the value.
    pub(super) fn qualify(&mut self, word: &str, bound: Bound) {
        if self.quantity.qualifier.is_none() {
            self.quantity.qualifier = Some(word.to_owned());
        }
        let value = self.quantity.value;
        match bound {
            Bound::Low if self.quantity.low.is_none() => self.quantity.low = value,
            Bound::High if self.quantity.high.is_none() => self.quantity.high = value,
            _ => {}
        }
    }

    /// The same with a qualifier that belongs to the entity.
    pub(super) fn take(&mut self, qualifier: &Qualifier) {
        self.qualify(&qualifier.word, qualifier.bound);
        self.start = self.start.min(qualifier.edge);
        self.end = self.end.max(qualifier.edge);
    }
}

/// The nearest number there is, unless that is no longer one.
pub(super) fn finite(number: Decimal) -> Option<f64> {
    Some(number.nearest()).filter(|number| number.is_finite())
}
