//! The calendar of China.

use crate::WorkingCalendar;
use chrono::Weekday;
pub(crate) fn calendar() -> WorkingCalendar {
    WorkingCalendar::new("china", [Weekday::Sat, Weekday::Sun])
}
