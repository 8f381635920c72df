//! Days of the calendar: what the parts of a date say together, as first and last day.
//!
//! A part of the year that is not sharp (年底, 月初, 春) is told as the whole year or month that it lies in. A date that needs a day of
//! publication stays open without one.

use chrono::{Datelike, Days, Months, NaiveDate};

/// The days of a period, both inclusive.
pub(super) type Period = (NaiveDate, NaiveDate);

/// Which year a date has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Known(i32),
    /// The text leaves it to the reader.
    Missing,
    /// The text has one that can't be told.
    Open,
}

/// A part of a year or month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// 上旬, 中旬, 下旬 of a month: 0 to 2.
    Third(u32),
    /// 一季度 is 1.
    Quarter(u32),
    /// 上半年 is 1.
    Half(u32),
    /// The first so many months.
    Months(u32),
    /// From one month to another.
    Between(u32, u32),
    /// 底, 初, 中 and the seasons.
    Within,
}

/// A date as far as the text has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) year: Year,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    pub(super) part: Part,
}

impl Point {
    pub(super) const fn year(year: Year) -> Self {
        Self {
            year,
            month: None,
            day: None,
            part: Part::Whole,
        }
    }

    /// Its days. Without a year that of the day nearest to `published`.
    pub(super) fn days(&self, published: Option<NaiveDate>) -> Option<Period> {
        match self.year {
            Year::Known(year) => self.in_year(year),
            Year::Open => None,
            Year::Missing => {
                if self.month.is_some() {
                    return nearest(published, |year| self.in_year(year));
                }
                // 上半年 is that of the year, if it has begun.
                let published = published?;
                let days = self.in_year(published.year());
                days.filter(|days| days.0 <= published)
            }
        }
    }

    /// The days from this date of a year to another of the same or its own.
    pub(super) fn until(&self, last: &Self, year: i32) -> Option<Period> {
        let (start, _) = self.in_year(year)?;
        let (_, end) = match last.year {
            Year::Known(own) => last.in_year(own)?,
            _ => last.in_year(year)?,
        };
        (start <= end).then_some((start, end))
    }

    fn in_year(&self, year: i32) -> Option<Period> {
        match (self.month, self.day) {
            (Some(month), Some(day)) => {
                let day = NaiveDate::from_ymd_opt(year, month, day)?;
                Some((day, day))
            }
            (Some(month), None) => self.in_month(year, month),
            _ => match self.part {
                Part::Quarter(quarter) => months(year, 3 * quarter - 2, 3),
                Part::Half(half) => months(year, 6 * half - 5, 6),
                Part::Months(count) => months(year, 1, count),
                Part::Between(low, high) => months(year, low, high + 1 - low),
                _ => months(year, 1, 12),
            },
        }
    }

    fn in_month(&self, year: i32, month: u32) -> Option<Period> {
        let (first, last) = months(year, month, 1)?;
        match self.part {
            Part::Third(third) => {
                let start = first.with_day(10 * third + 1)?;
                let end = if third == 2 {
                    last
                } else {
                    start + Days::new(9)
                };
                Some((start, end))
            }
            _ => Some((first, last)),
        }
    }

    /// Whether there is such a date at all.
    pub(super) fn is_sound(&self) -> bool {
        let year = match self.year {
            Year::Known(year) => year,
            // A leap year: 2月29日 is sound.
            _ => 2000,
        };
        self.in_year(year).is_some()
    }
}

/// The days of the year that puts them nearest to `published`; what lies behind is nearer than what lies ahead, since reports tell
/// of what has happened.
pub(super) fn nearest(
    published: Option<NaiveDate>,
    days: impl Fn(i32) -> Option<Period>,
) -> Option<Period> {
    let published = published?;
    let far = |period: &Period| {
        let ahead = (period.0 - published).num_days().max(0) * 3;
        let behind = (published - period.1).num_days().max(0) * 2;
        ahead + behind
    };
    [-1, 0, 1]
        .into_iter()
        .filter_map(|offset| days(published.year() + offset))
        .min_by_key(far)
}

/// So many months from the first of one.
pub(super) fn months(year: i32, month: u32, count: u32) -> Option<Period> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    let next = first.checked_add_months(Months::new(count))?;
    Some((first, next.pred_opt()?))
}

/// The years from one to another.
pub(super) fn years(first: i32, last: i32) -> Option<Period> {
    Some((
        NaiveDate::from_ymd_opt(first, 1, 1)?,
        NaiveDate::from_ymd_opt(last, 12, 31)?,
    ))
}

/// The week that lies `offset` weeks from that of `day`, from Monday on.
pub(super) fn week(day: NaiveDate, offset: i64) -> Option<Period> {
    let monday = day
        .checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))?
        .checked_add_signed(chrono::TimeDelta::weeks(offset))?;
    Some((monday, monday.checked_add_days(Days::new(6))?))
}

/// The day of a month that is nearest to `published`.
pub(super) fn nearest_day(published: NaiveDate, day: u32) -> Option<NaiveDate> {
    let first = published.with_day(1)?;
    let firsts = [
        first.checked_sub_months(Months::new(1)),
        Some(first),
        first.checked_add_months(Months::new(1)),
    ];
    firsts
        .into_iter()
        .flatten()
        .filter_map(|first| first.with_day(day))
        .min_by_key(|day| (*day - published).num_days().abs())
}
