//! Unbroken runs of days, first and last included.

use crate::Date;

/// Days from `first` to `last`, both included. Never empty, if built by [`Span::new`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// The first day.
    pub first: Date,
    /// The last day; not before the first.
    pub last: Date,
}

impl Span {
    /// The days from `first` to `last`, or nothing if the last lies before the first.
    #[must_use]
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// A single day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Self {
            first: date,
            last: date,
        }
    }

    /// Whether the day is one of the span's days.
    #[must_use]
    pub fn contains(&self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// The days that both spans hold, if there are any.
    ///
    /// ```
    /// use pol_calendar::{Date, Span};
    /// let january = |d| Date::from_ymd_opt(2024, 1, d).unwrap();
    /// let span = |first, last| Span::new(january(first), january(last)).unwrap();
    /// assert_eq!(span(1, 10).intersection(span(10, 20)), Some(Span::day(january(10))));
    /// assert_eq!(span(1, 9).intersection(span(10, 20)), None);
    /// ```
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.first.max(other.first), self.last.min(other.last))
    }

    /// Every day of the span, in order.
    pub fn days(self) -> impl Iterator<Item = Date> {
        self.first
            .iter_days()
            .take_while(move |day| *day <= self.last)
    }
}
