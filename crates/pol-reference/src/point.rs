//! Points in time.

use crate::history::Happening;
use crate::scope::Scope;
use crate::world::World;
use chrono::{Datelike, Days};
use pol_calendar::{Date, Duration, Span};
use pol_model::Quantity;
use pol_model::{Cause, MemberIx, Value};
use pol_semantics::hir::{Point, PointBase, Sign};

/// How many days a duration reaches at most; of working days, where the calendar does not say, at
/// least one in three, a holiday of half a month aside.
fn reach(length: Duration) -> u64 {
    match length {
        Duration::Days(count) => u64::from(count),
        Duration::Weeks(count) => u64::from(count) * 7,
        Duration::Months(count) => u64::from(count) * 31,
        Duration::Years(count) => u64::from(count) * 366,
        Duration::WorkingDays { count, .. } => u64::from(count) * 3 + 15,
    }
}

impl World<'_> {
    /// The days within a span on which a point lies for a subject, in order.
    ///
    /// # Errors
    /// What keeps a point from being computed.
    pub(crate) fn occurrences(
        &self,
        point: &Point,
        subject: Option<MemberIx>,
        within: Span,
        scope: &Scope<'_>,
    ) -> Result<Vec<Date>, Vec<Cause>> {
        // The base of a point lies no farther off than its offsets carry it, backwards from the
        // days that are asked for: so no calendar is asked for years far off.
        let (mut first, mut last) = (within.first, within.last);
        for (sign, length) in point.offsets.iter().rev() {
            let length = self.duration(length, scope)?;
            match sign {
                Sign::Minus => last = self.farthest(last, Sign::Plus, length),
                Sign::Plus => first = self.farthest(first, Sign::Minus, length),
            }
        }
        let mut days = Vec::new();
        for base in self.bases(point, subject, Span::new(first, last), scope)? {
            let day = self.offset(point, base, scope)?;
            if within.contains(day) {
                days.push(day);
            }
        }
        days.sort_unstable();
        days.dedup();
        Ok(days)
    }

    /// The farthest day from which a duration can lead to a day.
    fn farthest(&self, day: Date, sign: Sign, length: Duration) -> Date {
        if let Duration::WorkingDays { .. } = length
            && let Ok(exact) = self.shift(day, sign, length)
        {
            return exact;
        }
        let days = Days::new(reach(length));
        match sign {
            Sign::Plus => day.checked_add_days(days).unwrap_or(Date::MAX),
            Sign::Minus => day.checked_sub_days(days).unwrap_or(Date::MIN),
        }
    }

    /// True if a point lies on the scope's day. A point that becomes known only after its day, a
    /// field of a late entry, counts on the day on which it becomes known.
    pub(crate) fn is_point(
        &self,
        point: &Point,
        subject: Option<MemberIx>,
        scope: &Scope<'_>,
    ) -> Result<bool, Vec<Cause>> {
        let today = scope.day;
        if let PointBase::FieldOf(key, pattern) = &point.base {
            for index in self.about(subject, pattern.within_it) {
                let happening = &self.history.happenings[index];
                if !scope.view.shows(happening) || !self.matches(pattern, happening, scope).holds()
                {
                    continue;
                }
                if let Some(base) = self.date_field(happening, key) {
                    let day = self.offset(point, base, scope)?;
                    if day.max(happening.known) == today {
                        return Ok(true);
                    }
                }
            }
            return Ok(false);
        }
        let Some(only) = Span::new(today, today) else {
            return Ok(false);
        };
        Ok(!self.occurrences(point, subject, only, scope)?.is_empty())
    }

    fn date_field(
        &self,
        happening: &Happening,
        key: &pol_semantics::hir::FieldKey,
    ) -> Option<Date> {
        if let Quantity::Known(Value::Date(date)) = self.field_of(happening, key) {
            Some(date)
        } else {
            None
        }
    }

    fn offset(&self, point: &Point, base: Date, scope: &Scope<'_>) -> Result<Date, Vec<Cause>> {
        point.offsets.iter().try_fold(base, |day, (sign, length)| {
            let length = self.duration(length, scope)?;
            self.shift(day, *sign, length).map_err(|cause| vec![cause])
        })
    }

    /// The days that a point starts from, within a span.
    fn bases(
        &self,
        point: &Point,
        subject: Option<MemberIx>,
        within: Option<Span>,
        scope: &Scope<'_>,
    ) -> Result<Vec<Date>, Vec<Cause>> {
        let Some(within) = within else {
            return Ok(Vec::new());
        };
        let days = || {
            within
                .first
                .iter_days()
                .take_while(|day| *day <= within.last)
        };
        Ok(match &point.base {
            PointBase::Date(date) => vec![*date],
            PointBase::EachYear(month, day) => (within.first.year()..=within.last.year())
                .filter_map(|year| day_or_last(year, *month, *day))
                .filter(|date| within.contains(*date))
                .collect(),
            PointBase::EachMonth(day) => days()
                .filter(|date| day_or_last(date.year(), date.month(), *day) == Some(*date))
                .collect(),
            PointBase::EachWeek(weekday) => days()
                .filter(|date| date.weekday().number_from_monday() == *weekday)
                .collect(),
            PointBase::EndOfEach(period) => {
                let stretch = self.stretch(period, scope)?;
                days().filter(|date| stretch.is_last_day(*date)).collect()
            }
            PointBase::EndOfPhase(phase) => self
                .phase_spans(*phase)
                .iter()
                .filter_map(|(_, last)| *last)
                .collect(),
            // Without a value there is no day, as with a field.
            PointBase::Attribute(attribute) => {
                self.day_value(attribute, scope).into_iter().collect()
            }
            PointBase::FieldOf(key, pattern) => self
                .about(subject, pattern.within_it)
                .into_iter()
                .map(|index| &self.history.happenings[index])
                .filter(|happening| {
                    scope.view.shows(happening) && self.matches(pattern, happening, scope).holds()
                })
                .filter_map(|happening| self.date_field(happening, key))
                .collect(),
        })
    }
}

/// A day of a month, or the month's last day where it has no such day.
fn day_or_last(year: i32, month: u32, day: u32) -> Option<Date> {
    (28..=day)
        .rev()
        .chain([day])
        .find_map(|day| Date::from_ymd_opt(year, month, day))
}
