//! What `aggregate` can be told: the `[aggregate]` table of a pipeline.

use chrono::{Datelike, NaiveDate};

use crate::stage::duplicates::{Duplicates, WINDOW};

/// Distinct items kept before the partial sums are written and forgotten.
pub(crate) const FLUSH_ITEMS: usize = 500_000;

/// How publication dates are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// One figure a day.
    Day,
    /// One figure a month, dated on its first day.
    #[default]
    Month,
    /// One figure a year, dated on 1 January.
    Year,
}

impl Period {
    /// The first day of the period that `day` lies in.
    ///
    /// ```
    /// use chrono::NaiveDate;
    /// use cihe::stage::aggregate::Period;
    /// let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    /// assert_eq!(Period::Month.first_day(day).to_string(), "2024-02-01");
    /// assert_eq!(Period::Year.first_day(day).to_string(), "2024-01-01");
    /// ```
    pub fn first_day(self, day: NaiveDate) -> NaiveDate {
        let first = match self {
            Self::Day => Some(day),
            Self::Month => day.with_day0(0),
            Self::Year => day.with_ordinal0(0),
        };
        first.unwrap_or(day)
    }
}

/// Options of the `aggregate` hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AggregateOptions {
    /// Whether corpus and period figures count terms, or only parts of speech and entities.
    pub terms: bool,
    /// How publication dates are grouped.
    pub period: Period,
    /// Distinct items kept in memory before partial sums are written.
    pub flush_items: usize,
    /// Which duplicates are looked for.
    pub duplicates: Duplicates,
    /// Documents among which they are looked for: so many before each one.
    pub duplicate_window: usize,
}

impl Default for AggregateOptions {
    fn default() -> Self {
        Self {
            terms: true,
            period: Period::Month,
            flush_items: FLUSH_ITEMS,
            duplicates: Duplicates::Near,
            duplicate_window: WINDOW,
        }
    }
}
