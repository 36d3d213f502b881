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

mod calendars;
mod china;
mod duration;
mod error;
mod period;
mod span;
mod working;

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
