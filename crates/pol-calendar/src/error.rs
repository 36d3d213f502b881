//! What can go wrong with dates and with calendars, said in English and in Chinese.
//!
//! Each error has its sentence in both languages, lower-case and without a full stop, so that a
//! diagnostic can take it as it is. `Display` is the English one.

use std::error::Error;
use std::fmt;

use crate::{CalendarIx, Date, FIRST_YEAR, LAST_YEAR};

/// A working day was asked for in a year that the calendar has no data for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MissingYear {
    /// The calendar's name.
    pub calendar: String,
    /// The year that it does not have.
    pub year: i32,
}

/// Why a date could not be reckoned.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DateError {
    /// The result lies outside the years that Pol reckons with.
    OutOfRange {
        /// The date that was counted from.
        from: Date,
    },
    /// The calendar does not know a year that the count runs through.
    MissingYear(MissingYear),
    /// The duration names a calendar that the list does not hold.
    NoCalendar(CalendarIx),
}

/// Why a year's plan was refused by a working-day calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CalendarError {
    /// A day of another year stands in a year's plan.
    OtherYear {
        /// The year of the plan.
        year: i32,
        /// The day that does not belong to it.
        date: Date,
    },
    /// One day is given both as a holiday and as a make-up working day.
    Both(Date),
}

impl MissingYear {
    /// The sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        format!(
            "calendar `{}` has no working days for the year {}",
            self.calendar, self.year
        )
    }

    /// The sentence in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        format!("日历`{}`没有{}年的工作日数据", self.calendar, self.year)
    }
}

impl DateError {
    /// The sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::OutOfRange { from } => {
                format!("counting from {from} leaves the years {FIRST_YEAR} to {LAST_YEAR}")
            }
            Self::MissingYear(missing) => missing.en(),
            Self::NoCalendar(CalendarIx(0)) => {
                "working days are counted, but the policy names no calendar".to_owned()
            }
            Self::NoCalendar(CalendarIx(ix)) => {
                format!("the policy has no calendar number {}", u32::from(*ix) + 1)
            }
        }
    }

    /// The sentence in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::OutOfRange { from } => {
                format!("从{from}起算的日期超出{FIRST_YEAR}年至{LAST_YEAR}年的范围")
            }
            Self::MissingYear(missing) => missing.zh(),
            Self::NoCalendar(CalendarIx(0)) => "按工作日计算，但政策没有指定日历".to_owned(),
            Self::NoCalendar(CalendarIx(ix)) => {
                format!("政策没有第{}个日历", u32::from(*ix) + 1)
            }
        }
    }
}

impl CalendarError {
    /// The sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        match self {
            Self::OtherYear { year, date } => {
                format!("{date} stands among the days of {year}")
            }
            Self::Both(date) => {
                format!("{date} is given both as a holiday and as a make-up working day")
            }
        }
    }

    /// The sentence in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::OtherYear { year, date } => format!("{date}列在{year}年的日子里"),
            Self::Both(date) => format!("{date}既列为放假日，又列为调休上班日"),
        }
    }
}

impl From<MissingYear> for DateError {
    fn from(missing: MissingYear) -> Self {
        Self::MissingYear(missing)
    }
}

impl fmt::Display for MissingYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

impl Error for MissingYear {}
impl Error for DateError {}
impl Error for CalendarError {}
