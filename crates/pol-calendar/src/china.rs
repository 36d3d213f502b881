//! The calendar of China: the State Council's yearly notices, applied in the order of their issue.
//!
//! The notices stand in `data/china.toml`, for people to read against the printed ones; `table.rs` is
//! that file as constants, so that nothing has to be read, or can fail, when a policy runs. A test
//! writes the table from the file and fails while they differ.

mod table;

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};

use crate::{Date, Datelike, Span, WorkingCalendar, YearPlan};

struct Notice {
    source: &'static str,
    holidays: &'static [Holiday],
}

struct Holiday {
    off: Span,
    work: &'static [Date],
}

/// A date of the table; one that does not exist would not compile.
const fn day(year: i32, month: u32, day: u32) -> Date {
    NaiveDate::from_ymd_opt(year, month, day).expect("the table holds dates that exist")
}

const fn off(first: Date, last: Date, work: &'static [Date]) -> Holiday {
    Holiday {
        off: Span { first, last },
        work,
    }
}

/// The calendar `china`.
pub(crate) fn calendar() -> WorkingCalendar {
    let mut years: BTreeMap<i32, YearPlan> = BTreeMap::new();
    for notice in table::NOTICES {
        for holiday in notice.holidays {
            // The later notice prevails: each day is taken out of the other list.
            for date in holiday.off.days() {
                let plan = plan_of(&mut years, date, notice);
                plan.make_up.remove(&date);
                plan.holidays.insert(date);
            }
            for &date in holiday.work {
                let plan = plan_of(&mut years, date, notice);
                plan.holidays.remove(&date);
                plan.make_up.insert(date);
            }
        }
    }
    WorkingCalendar::new("china", [Weekday::Sat, Weekday::Sun]).of_years(years)
}

/// The plan of a date's year, which owes something to the notice.
fn plan_of<'a>(
    years: &'a mut BTreeMap<i32, YearPlan>,
    date: Date,
    notice: &Notice,
) -> &'a mut YearPlan {
    let plan = years.entry(date.year()).or_default();
    if !plan.source.contains(notice.source) {
        if !plan.source.is_empty() {
            plan.source.push('；');
        }
        plan.source.push_str(notice.source);
    }
    plan
}
