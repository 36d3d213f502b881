//! Calendars as data: what is written can be read back, and nothing else can.

use crate::{CalendarError, Calendars, WorkingCalendar, YearPlan};
use chrono::Weekday;
use std::collections::BTreeMap;
use std::fmt;

/// A working-day calendar.
#[derive(serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "WorkingCalendar"))]
pub(crate) struct Written {
    /// The name that policies know it by.
    name: String,
    /// Its days off in each week, 1 for Monday.
    weekend: Vec<u8>,
    /// What the weekends of a year do not already say, for each year that it knows.
    years: BTreeMap<i32, YearPlan>,
}

/// Why a written calendar is none.
pub enum Unreadable {
    /// A day off that no week has.
    Weekday(u8),
    /// A year's plan that contradicts itself.
    Year(CalendarError),
    /// Two calendars of one name.
    Twice(String),
    /// More than can be told apart.
    TooMany,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Weekday(day) => write!(f, "{day} is no weekday, 1 for Monday to 7 for Sunday"),
            Self::Year(error) => error.fmt(f),
            Self::Twice(name) => write!(f, "two calendars are called `{name}`"),
            Self::TooMany => f.write_str("more than 65536 calendars"),
        }
    }
}

impl From<WorkingCalendar> for Written {
    fn from(calendar: WorkingCalendar) -> Self {
        let years = calendar.years();
        let plans = years.filter_map(|year| Some((year, calendar.year(year)?.clone())));
        Self {
            name: calendar.name().to_owned(),
            weekend: calendar.weekend().map(day_number).collect(),
            years: plans.collect(),
        }
    }
}

impl TryFrom<Written> for WorkingCalendar {
    type Error = Unreadable;

    fn try_from(written: Written) -> Result<Self, Unreadable> {
        let weekend: Vec<Weekday> = written
            .weekend
            .into_iter()
            .map(|day| weekday(day).ok_or(Unreadable::Weekday(day)))
            .collect::<Result<_, _>>()?;
        written.years.into_iter().try_fold(
            Self::new(written.name, weekend),
            |calendar, (year, plan)| calendar.with_year(year, plan).map_err(Unreadable::Year),
        )
    }
}

impl From<Calendars> for Vec<WorkingCalendar> {
    fn from(calendars: Calendars) -> Self {
        calendars.iter().cloned().collect()
    }
}

impl TryFrom<Vec<WorkingCalendar>> for Calendars {
    type Error = Unreadable;

    fn try_from(list: Vec<WorkingCalendar>) -> Result<Self, Unreadable> {
        let mut calendars = Self::default();
        for calendar in list {
            let name = calendar.name().to_owned();
            if calendars.find(&name).is_some() {
                return Err(Unreadable::Twice(name));
            }
            if calendars.push(calendar).is_none() {
                return Err(Unreadable::TooMany);
            }
        }
        Ok(calendars)
    }
}

const DAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

fn weekday(number: u8) -> Option<Weekday> {
    DAYS.get(usize::from(number).checked_sub(1)?).copied()
}

fn day_number(day: Weekday) -> u8 {
    u8::try_from(day.number_from_monday()).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let calendars = Calendars::from(WorkingCalendar::china());
        let text = serde_json::to_string(&calendars).unwrap();
        assert_eq!(serde_json::from_str::<Calendars>(&text).unwrap(), calendars);
    }

    #[test]
    fn a_calendar_that_cannot_be_is_refused() {
        let calendar = |weekend: &str, holidays: &str| {
            format!(
                r#"{{"name": "c", "weekend": {weekend}, "years": {{"2024":
                {{"source": "s", "holidays": {holidays}, "make_up": []}}}}}}"#
            )
        };
        let read =
            |list: &str| serde_json::from_str::<Calendars>(list).map_err(|it| it.to_string());
        let good = calendar("[6, 7]", r#"["2024-07-01"]"#);
        assert!(read(&format!("[{good}]")).is_ok());
        let refused = |list: &str| read(list).unwrap_err();
        assert!(refused(&format!("[{good}, {good}]")).contains("two calendars"));
        let no_day = calendar("[0]", "[]");
        assert!(refused(&format!("[{no_day}]")).contains("0 is no weekday"));
        let stray = calendar("[6, 7]", r#"["2023-07-01"]"#);
        assert!(
            refused(&format!("[{stray}]")).contains("2023-07-01 stands among the days of 2024")
        );
    }
}
