//! Constants that generated crates write down. The generator writes none that does not exist.

use pol_calendar::{CalendarIx, Date, Duration};
use pol_model::Number;

/// A fraction.
pub fn ratio(over: i128, under: i128) -> Number {
    let quotient = Number::whole(over).over(Number::whole(under));
    quotient.unwrap_or(Number::ZERO)
}

/// A day.
pub fn date(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// So many working days of one of the policy's calendars.
pub const fn working_days(count: u32, calendar: u16) -> Duration {
    Duration::WorkingDays {
        count,
        calendar: CalendarIx(calendar),
    }
}
