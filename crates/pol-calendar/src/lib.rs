//! Civil dates, durations, periods and working-day calendars.
//!
//! Promises: every limit is by addition; `d + n months` is the same day n months on, or the last
//! day of that month; weeks run from Monday to Sunday; a cycle is counted from its anchor each
//! time, never from the cycle before. Whoever counts working days gets the calendar's own answer or
//! an error that names the missing year, never a guess from the weekend alone.
//!
//! Refuses: clocks, files, time zones, hours. A date is a civil day; results outside the years
//! [`FIRST_YEAR`] to [`LAST_YEAR`] are errors. Nothing here panics on any date that [`Date`] holds.
//!
//! Source: the manual, chapter Time.
//!
//! ```
//! use pol_calendar::{CalendarIx, Calendars, Date, Duration, WorkingCalendar, add};
//!
//! let calendars = Calendars::from(WorkingCalendar::china());
//! let day = |y, m, d| Date::from_ymd_opt(y, m, d).unwrap();
//!
//! // 7 working days from 28 September 2023, over Mid-Autumn and National Day: the 7th and the 8th
//! // of October, a weekend, are worked.
//! let seven = Duration::WorkingDays { count: 7, calendar: CalendarIx::DEFAULT };
//! assert_eq!(add(day(2023, 9, 28), seven, &calendars), Ok(day(2023, 10, 13)));
//! assert_eq!(add(day(2023, 12, 31), Duration::Months(2), &calendars), Ok(day(2024, 2, 29)));
//! ```

mod calendars;
mod china;
mod duration;
mod error;
mod period;
mod span;
mod working;
#[cfg(feature = "serde")]
mod written;

pub use calendars::{CalendarIx, Calendars};
pub use chrono::{Datelike, NaiveDate as Date, Weekday};
pub use duration::{Duration, add, sub};
pub use error::{CalendarError, DateError, MissingYear};
pub use period::{CycleLength, Period};
pub use span::Span;
pub use working::{DayKind, WorkingCalendar, YearPlan};

/// The first year that dates may lie in.
pub const FIRST_YEAR: i32 = 1900;

/// The last year that dates may lie in.
pub const LAST_YEAR: i32 = 9999;

/// Whether a date lies in the years that Pol reckons with, [`FIRST_YEAR`] to [`LAST_YEAR`].
///
/// ```
/// use pol_calendar::{Date, in_range};
/// assert!(in_range(Date::from_ymd_opt(1900, 1, 1).unwrap()));
/// assert!(!in_range(Date::from_ymd_opt(1899, 12, 31).unwrap()));
/// ```
#[must_use]
pub fn in_range(date: Date) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&date.year())
}
