//! Working-day calendars: weekends, holidays, and the weekend days that are worked to make up.

use std::collections::{BTreeMap, BTreeSet};

use crate::{CalendarError, Date, Datelike, MissingYear, Span, Weekday, china};

/// A named calendar that says of each day of the years it knows whether it is a working day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(try_from = "crate::written::Written", into = "crate::written::Written")
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WorkingCalendar {
    name: String,
    /// By days from Monday.
    weekend: [bool; 7],
    years: BTreeMap<i32, YearPlan>,
}

/// The exceptions of one year: what its weekends do not already say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct YearPlan {
    /// Where the days come from: a notice and its number, a school's plan.
    pub source: String,
    /// Days off. Those that fall on a weekend may be listed or left out.
    pub holidays: BTreeSet<Date>,
    /// Days of a weekend that are worked (调休).
    pub make_up: BTreeSet<Date>,
}

/// What a day is in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum DayKind {
    /// A plain working day.
    Working,
    /// A day of a weekend that is worked (调休上班).
    MakeUp,
    /// A plain day of a weekend.
    Weekend,
    /// A holiday, on whatever day of the week it falls.
    Holiday,
}

impl WorkingCalendar {
    /// A calendar that knows its weekends, and no year yet.
    ///
    /// ```
    /// use pol_calendar::{Date, Weekday, WorkingCalendar, YearPlan};
    /// let day = |m, d| Date::from_ymd_opt(2024, m, d).unwrap();
    /// let plan = YearPlan {
    ///     source: "the school's plan for 2024".to_owned(),
    ///     holidays: (1..=31).map(|d| day(7, d)).collect(),
    ///     make_up: [day(8, 31)].into(),
    /// };
    /// let school = WorkingCalendar::new("school", [Weekday::Sat, Weekday::Sun])
    ///     .with_year(2024, plan)
    ///     .unwrap();
    /// assert_eq!(school.is_working_day(day(7, 1)), Ok(false));
    /// assert_eq!(school.is_working_day(day(8, 31)), Ok(true));
    /// assert!(school.is_working_day(Date::from_ymd_opt(2025, 1, 6).unwrap()).is_err());
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>, weekend: impl IntoIterator<Item = Weekday>) -> Self {
        let mut days = [false; 7];
        for day in weekend {
            days[day.num_days_from_monday() as usize] = true;
        }
        Self {
            name: name.into(),
            weekend: days,
            years: BTreeMap::new(),
        }
    }

    /// The calendar `china`: the public holidays of China and their make-up working days, from 2004
    /// on, after the yearly notices of the State Council's General Office.
    ///
    /// ```
    /// use pol_calendar::{Date, WorkingCalendar};
    /// let china = WorkingCalendar::china();
    /// let working = |y, m, d| china.is_working_day(Date::from_ymd_opt(y, m, d).unwrap());
    /// assert_eq!(working(2024, 2, 9), Ok(true)); // Friday, the eve of Spring Festival
    /// assert_eq!(working(2024, 2, 18), Ok(true)); // Sunday, worked to make up
    /// assert_eq!(working(2024, 2, 12), Ok(false)); // Monday, Spring Festival
    /// assert_eq!(working(2003, 12, 31).unwrap_err().year, 2003);
    /// ```
    #[must_use]
    pub fn china() -> Self {
        china::calendar()
    }

    /// A calendar of years that are known to be right.
    pub(crate) fn of_years(self, years: BTreeMap<i32, YearPlan>) -> Self {
        Self { years, ..self }
    }

    /// The calendar with a year added, or replaced.
    ///
    /// # Errors
    /// [`CalendarError`] if the plan holds a day of another year, or one day in both lists.
    pub fn with_year(mut self, year: i32, plan: YearPlan) -> Result<Self, CalendarError> {
        if let Some(&date) = plan
            .holidays
            .iter()
            .chain(&plan.make_up)
            .find(|date| date.year() != year)
        {
            return Err(CalendarError::OtherYear { year, date });
        }
        if let Some(&date) = plan.holidays.intersection(&plan.make_up).next() {
            return Err(CalendarError::Both(date));
        }
        self.years.insert(year, plan);
        Ok(self)
    }

    /// The name that policies know it by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its days off in each week, from Monday on.
    pub fn weekend(&self) -> impl Iterator<Item = Weekday> {
        let monday = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ()));
        let days = monday.zip(self.weekend);
        days.filter_map(|(day, off)| off.then_some(day))
    }

    /// The years that it knows, in order.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        self.years.keys().copied()
    }

    /// The exceptions of a year and their source.
    #[must_use]
    pub fn year(&self, year: i32) -> Option<&YearPlan> {
        self.years.get(&year)
    }

    /// What the day is.
    ///
    /// # Errors
    /// [`MissingYear`] if the calendar does not know the day's year.
    pub fn day_kind(&self, date: Date) -> Result<DayKind, MissingYear> {
        let Some(plan) = self.years.get(&date.year()) else {
            return Err(MissingYear {
                calendar: self.name.clone(),
                year: date.year(),
            });
        };
        let weekend = self.weekend[date.weekday().num_days_from_monday() as usize];
        Ok(if plan.holidays.contains(&date) {
            DayKind::Holiday
        } else if !weekend {
            DayKind::Working
        } else if plan.make_up.contains(&date) {
            DayKind::MakeUp
        } else {
            DayKind::Weekend
        })
    }

    /// Whether the day is worked.
    ///
    /// # Errors
    /// [`MissingYear`] if the calendar does not know the day's year.
    pub fn is_working_day(&self, date: Date) -> Result<bool, MissingYear> {
        self.day_kind(date).map(DayKind::is_working)
    }

    /// The working days of a span, in order, as a proof of a count lists them.
    ///
    /// # Errors
    /// [`MissingYear`] for the first year of the span that the calendar does not know.
    pub fn working_days_in(&self, span: Span) -> Result<Vec<Date>, MissingYear> {
        let mut days = Vec::new();
        for day in span.days() {
            if self.is_working_day(day)? {
                days.push(day);
            }
        }
        Ok(days)
    }
}

impl DayKind {
    /// Whether such a day is worked.
    #[must_use]
    pub fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::MakeUp)
    }

    /// The name in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            Self::Working => "working day",
            Self::MakeUp => "make-up working day",
            Self::Weekend => "weekend",
            Self::Holiday => "holiday",
        }
    }

    /// The name in Chinese.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            Self::Working => "工作日",
            Self::MakeUp => "调休上班日",
            Self::Weekend => "周末",
            Self::Holiday => "放假日",
        }
    }
}
