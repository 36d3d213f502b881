//! Durations, and their addition to dates.

use chrono::{Days, Months};

use crate::{CalendarIx, Calendars, Date, DateError, WorkingCalendar, in_range};

/// A length of time as policies write it, in whole days or more.
///
/// Durations of different units have no length to compare: `1 month` is 28 to 31 days. Compare the
/// dates that they lead to; the order here only serves sorted collections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Duration {
    /// So many days.
    Days(u32),
    /// So many times seven days.
    Weeks(u32),
    /// So many months, each to the same day or the month's last.
    Months(u32),
    /// So many times twelve months.
    Years(u32),
    /// So many working days of a calendar.
    WorkingDays {
        /// How many.
        count: u32,
        /// By which of the policy's calendars.
        calendar: CalendarIx,
    },
}

/// The date that lies a duration after another: every limit of a policy is reckoned by this.
///
/// On the day `e + d` itself a deadline `within d of e` is still kept, a window `in last d` has
/// just let `e` go, and `held d` since `e` has just begun to be true.
///
/// # Units
/// Months go to the same day of the later month, or to its last day. Of working days, the start is
/// day 0: the result is the n-th working day after it, whether or not the start is one; 0 working
/// days later is the start itself.
///
/// ```
/// use pol_calendar::{Calendars, Date, Duration, add};
/// let day = |y, m, d| Date::from_ymd_opt(y, m, d).unwrap();
/// let plus = |date, duration| add(date, duration, &Calendars::default()).unwrap();
/// assert_eq!(plus(day(2023, 1, 31), Duration::Months(1)), day(2023, 2, 28));
/// assert_eq!(plus(day(2024, 2, 29), Duration::Years(1)), day(2025, 2, 28));
/// assert_eq!(plus(day(2024, 2, 28), Duration::Days(2)), day(2024, 3, 1));
/// ```
///
/// # Errors
/// [`DateError::OutOfRange`] if the start or the result lies outside the years that Pol reckons
/// with; [`DateError::MissingYear`] if a calendar does not know a year of the count;
/// [`DateError::NoCalendar`] if there is no such calendar.
///
/// # Source
/// The manual, chapter Time.
pub fn add(date: Date, duration: Duration, calendars: &Calendars) -> Result<Date, DateError> {
    reckon(date, duration, calendars, Direction::Forward)
}

/// The date that lies a duration before another, as in `deadline - 20 working days`.
///
/// This is not the reverse of [`add`] where months are cut: 31 March less a month is 28 or 29
/// February, and a month on from there is not 31 March. A limit that runs from an event is
/// therefore always reckoned by addition to the event's date.
///
/// ```
/// use pol_calendar::{Calendars, Date, Duration, sub};
/// let day = |y, m, d| Date::from_ymd_opt(y, m, d).unwrap();
/// let less = sub(day(2023, 3, 31), Duration::Months(1), &Calendars::default());
/// assert_eq!(less, Ok(day(2023, 2, 28)));
/// ```
///
/// # Errors
/// As [`add`].
pub fn sub(date: Date, duration: Duration, calendars: &Calendars) -> Result<Date, DateError> {
    reckon(date, duration, calendars, Direction::Back)
}

#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Back,
}

fn reckon(
    date: Date,
    duration: Duration,
    calendars: &Calendars,
    direction: Direction,
) -> Result<Date, DateError> {
    let reached = match duration {
        Duration::Days(n) => days(date, u64::from(n), direction),
        Duration::Weeks(n) => days(date, u64::from(n) * 7, direction),
        Duration::Months(n) => months(date, n, direction),
        Duration::Years(n) => n.checked_mul(12).and_then(|n| months(date, n, direction)),
        Duration::WorkingDays { count, calendar } => {
            let calendar = calendars
                .get(calendar)
                .ok_or(DateError::NoCalendar(calendar))?;
            Some(working_days(calendar, date, count, direction)?)
        }
    };
    reached
        .filter(|reached| in_range(date) && in_range(*reached))
        .ok_or(DateError::OutOfRange { from: date })
}

fn days(date: Date, n: u64, direction: Direction) -> Option<Date> {
    match direction {
        Direction::Forward => date.checked_add_days(Days::new(n)),
        Direction::Back => date.checked_sub_days(Days::new(n)),
    }
}

fn months(date: Date, n: u32, direction: Direction) -> Option<Date> {
    match direction {
        Direction::Forward => date.checked_add_months(Months::new(n)),
        Direction::Back => date.checked_sub_months(Months::new(n)),
    }
}

fn working_days(
    calendar: &WorkingCalendar,
    date: Date,
    count: u32,
    direction: Direction,
) -> Result<Date, DateError> {
    let mut day = date;
    let mut left = count;
    // INVARIANT: this ends, because a calendar knows finitely many years and the first day of a
    // year that it does not know is an error.
    while left > 0 {
        day = days(day, 1, direction).ok_or(DateError::OutOfRange { from: date })?;
        if calendar.is_working_day(day)? {
            left -= 1;
        }
    }
    Ok(day)
}
