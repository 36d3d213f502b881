//! Periods: days, weeks, months, quarters, halves, years, and cycles from a date.
//!
//! All of them are cycles. 1 January 2001 was a Monday, so it anchors the weeks as well as the
//! months; one piece of arithmetic serves every period, and month ends are cut in one place.

use std::num::NonZeroU32;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::{Date, DateError, Duration, Span, in_range};

/// The length of a cycle, at least a day or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CycleLength {
    /// So many days.
    Days(NonZeroU32),
    /// So many months.
    Months(NonZeroU32),
}

/// A way to divide all days into spans that follow on each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "CalendarPeriod")
)]
pub enum Period {
    /// A single day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter of the calendar year.
    Quarter,
    /// A half of the calendar year.
    Half,
    /// A calendar year.
    Year,
    /// `cycle of 12 months from DATE`: spans of one length that run both ways from a date.
    Cycle {
        /// How long each is.
        length: CycleLength,
        /// The first day of one of them.
        anchor: Date,
    },
}

impl CycleLength {
    const DAY: Self = Self::Days(NonZeroU32::MIN);
    const WEEK: Self = Self::Days(NonZeroU32::new(7).expect("seven is not zero"));
    const MONTH: Self = Self::Months(NonZeroU32::MIN);
    const QUARTER: Self = Self::Months(NonZeroU32::new(3).expect("three is not zero"));
    const HALF: Self = Self::Months(NonZeroU32::new(6).expect("six is not zero"));
    const YEAR: Self = Self::Months(NonZeroU32::new(12).expect("twelve is not zero"));

    /// The cycle of a duration; nothing for a duration of zero, for working days, and for one of
    /// more than [`u32::MAX`] days or months.
    ///
    /// ```
    /// use pol_calendar::{CycleLength, Duration};
    /// assert!(CycleLength::of(Duration::Months(12)).is_some());
    /// assert_eq!(CycleLength::of(Duration::Years(1)), CycleLength::of(Duration::Months(12)));
    /// assert_eq!(CycleLength::of(Duration::Days(0)), None);
    /// ```
    #[must_use]
    pub fn of(duration: Duration) -> Option<Self> {
        let days = |n| NonZeroU32::new(n).map(Self::Days);
        let months = |n| NonZeroU32::new(n).map(Self::Months);
        match duration {
            Duration::Days(n) => days(n),
            Duration::Weeks(n) => days(n.checked_mul(7)?),
            Duration::Months(n) => months(n),
            Duration::Years(n) => months(n.checked_mul(12)?),
            Duration::WorkingDays { .. } => None,
        }
    }
}

impl Period {
    /// The span of this period that holds the day.
    ///
    /// For the years that Pol reckons with this is exact; a span that would leave what [`Date`]
    /// can hold, some 260000 years from now, is cut there.
    ///
    /// ```
    /// use pol_calendar::{Date, Period, Span};
    /// let day = |y, m, d| Date::from_ymd_opt(y, m, d).unwrap();
    /// let quarter = Period::Quarter.containing(day(2024, 2, 29));
    /// assert_eq!(Some(quarter), Span::new(day(2024, 1, 1), day(2024, 3, 31)));
    /// let week = Period::Week.containing(day(2023, 10, 1));
    /// assert_eq!(Some(week), Span::new(day(2023, 9, 25), day(2023, 10, 1)));
    /// ```
    #[must_use]
    pub fn containing(self, date: Date) -> Span {
        let cycle = self.cycle();
        cycle.span(cycle.index_of(date))
    }

    /// The span before the one that holds the day: `in previous PERIOD`.
    ///
    /// # Errors
    /// [`DateError::OutOfRange`] if it does not lie in the years that Pol reckons with.
    pub fn previous(self, date: Date) -> Result<Span, DateError> {
        let cycle = self.cycle();
        within_range(cycle.span(cycle.index_of(date) - 1), date)
    }

    /// The span after the one that holds the day.
    ///
    /// # Errors
    /// [`DateError::OutOfRange`] if it does not lie in the years that Pol reckons with.
    pub fn next(self, date: Date) -> Result<Span, DateError> {
        let cycle = self.cycle();
        within_range(cycle.span(cycle.index_of(date) + 1), date)
    }

    /// Whether the day ends its span: `end of each PERIOD`.
    #[must_use]
    pub fn is_last_day(self, date: Date) -> bool {
        self.containing(date).last == date
    }

    /// The `k`-th full period counted from a day, the first being number 0: `each month while C`,
    /// where the months run from the day on which C began to hold.
    ///
    /// Each is reckoned from that day, so a short month does not shorten those after it. Of a
    /// [`Period::Cycle`] only the length matters.
    ///
    /// ```
    /// use pol_calendar::{Date, Period, Span};
    /// let day = |m, d| Date::from_ymd_opt(2024, m, d).unwrap();
    /// let month = |k| Period::Month.nth_from(day(1, 31), k).unwrap();
    /// assert_eq!((month(0).first, month(0).last), (day(1, 31), day(2, 28)));
    /// assert_eq!((month(1).first, month(1).last), (day(2, 29), day(3, 30)));
    /// assert_eq!((month(2).first, month(2).last), (day(3, 31), day(4, 29)));
    /// ```
    ///
    /// # Errors
    /// [`DateError::OutOfRange`] if it does not lie in the years that Pol reckons with.
    pub fn nth_from(self, from: Date, k: u32) -> Result<Span, DateError> {
        let cycle = Cycle {
            length: self.cycle().length,
            anchor: from,
        };
        within_range(cycle.span(i64::from(k)), from)
    }

    fn cycle(self) -> Cycle {
        let length = match self {
            Self::Day => CycleLength::DAY,
            Self::Week => CycleLength::WEEK,
            Self::Month => CycleLength::MONTH,
            Self::Quarter => CycleLength::QUARTER,
            Self::Half => CycleLength::HALF,
            Self::Year => CycleLength::YEAR,
            Self::Cycle { length, anchor } => return Cycle { length, anchor },
        };
        Cycle {
            length,
            anchor: A_MONDAY_AND_NEW_YEAR,
        }
    }
}

/// Weeks, months, quarters, halves and years all have a boundary here.
const A_MONDAY_AND_NEW_YEAR: Date =
    NaiveDate::from_ymd_opt(2001, 1, 1).expect("1 January exists in every year");

#[derive(Clone, Copy)]
struct Cycle {
    length: CycleLength,
    anchor: Date,
}

impl Cycle {
    /// The number of the span that holds the day, counted from the anchor's span, which is 0.
    fn index_of(self, date: Date) -> i64 {
        match self.length {
            CycleLength::Days(n) => date
                .signed_duration_since(self.anchor)
                .num_days()
                .div_euclid(n.get().into()),
            CycleLength::Months(n) => {
                let index = (months_of(date) - months_of(self.anchor)).div_euclid(n.get().into());
                // The span of that number begins in the day's month or before it; if it begins
                // later in the month than the day, the day still belongs to the span before.
                if self.start(index).is_some_and(|start| start > date) {
                    index - 1
                } else {
                    index
                }
            }
        }
    }

    /// The first day of a span, counted from the anchor in one step; nothing if [`Date`] cannot
    /// hold it.
    fn start(self, index: i64) -> Option<Date> {
        let steps = index.unsigned_abs();
        match self.length {
            CycleLength::Days(n) => {
                let days = Days::new(steps.checked_mul(n.get().into())?);
                if index < 0 {
                    self.anchor.checked_sub_days(days)
                } else {
                    self.anchor.checked_add_days(days)
                }
            }
            CycleLength::Months(n) => {
                let months = steps.checked_mul(n.get().into())?;
                let months = Months::new(u32::try_from(months).ok()?);
                if index < 0 {
                    self.anchor.checked_sub_months(months)
                } else {
                    self.anchor.checked_add_months(months)
                }
            }
        }
    }

    fn span(self, index: i64) -> Span {
        let beyond = |index: i64| if index < 0 { Date::MIN } else { Date::MAX };
        let first = self.start(index).unwrap_or(beyond(index));
        let last = match self.start(index + 1) {
            Some(next) => next.pred_opt().unwrap_or(Date::MIN),
            None => beyond(index + 1),
        };
        Span { first, last }
    }
}

fn months_of(date: Date) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

fn within_range(span: Span, from: Date) -> Result<Span, DateError> {
    if in_range(span.first) && in_range(span.last) {
        Ok(span)
    } else {
        Err(DateError::OutOfRange { from })
    }
}
