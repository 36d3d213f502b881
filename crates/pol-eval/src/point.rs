//! Points in time: on which days they lie, and which is the next.

use crate::record::{Happening, Subject};
use crate::scope::Scope;
use crate::world::World;
use chrono::{Datelike, Days};
use pol_calendar::{Date, Span};
use pol_model::{Cause, Quantity, Value};
use pol_plan::{FieldKey, Point, PointBase, Sign};

/// How far ahead the next day of a point is looked for, step by step, in days, so that no calendar is
/// asked for years that the nearest does not need.
pub(crate) const STEPS: [u64; 6] = [45, 100, 200, 400, 800, 2200];

impl World<'_> {
    /// The days within a span on which a point lies for a subject, in order.
    ///
    /// # Errors
    /// What keeps a point from being computed.
    pub(crate) fn occurrences(
        &self,
        point: &Point,
        subject: Subject,
        within: Span,
        scope: &Scope<'_>,
    ) -> Result<Vec<Date>, Vec<Cause>> {
        // The base of a point lies no farther off than its offsets carry it, backwards from the
        // days that are asked for: so no calendar is asked for years far off.
        let (mut first, mut last) = (within.first, within.last);
        for (sign, length) in point.offsets.iter().rev() {
            let length = self.duration(*length, scope)?;
            match sign {
                Sign::Minus => last = self.farthest(last, Sign::Plus, length),
                Sign::Plus => first = self.farthest(first, Sign::Minus, length),
            }
        }
        let Some(around) = Span::new(first, last) else {
            return Ok(Vec::new());
        };
        let mut days = Vec::new();
        for base in self.bases(point, subject, around, scope)? {
            let day = self.offset(point, base, scope)?;
            if within.contains(day) {
                days.push(day);
            }
        }
        days.sort_unstable();
        days.dedup();
        Ok(days)
    }

    /// True if a point lies on the scope's day. A point that becomes known only after its day, a
    /// field of a late entry, counts on the day on which it becomes known.
    pub(crate) fn is_point(
        &self,
        point: &Point,
        subject: Subject,
        scope: &Scope<'_>,
    ) -> Result<bool, Vec<Cause>> {
        let today = scope.day;
        let PointBase::FieldOf(key, pattern) = &point.base else {
            let days = self.occurrences(point, subject, Span::day(today), scope)?;
            return Ok(!days.is_empty());
        };
        // In the order of the record, as the first that lies today settles it.
        let mut meant: Vec<_> = self.meant(*pattern, subject, scope).collect();
        meant.sort_by_key(|(at, _)| *at);
        for (at, doubt) in meant {
            let happening = &self.record.happenings[at];
            if doubt.is_none()
                && let Some(base) = self.date_field(happening, key)
            {
                let day = self.offset(point, base, scope)?;
                if day.max(happening.known) == today {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The first day after the scope's on which one of some points lies for a subject, as far as that
    /// can be told today. Where it cannot, that is tomorrow: it is looked at day by day.
    pub(crate) fn next_point(
        &self,
        points: &[Point],
        subject: Subject,
        scope: &Scope<'_>,
    ) -> Option<Date> {
        let tomorrow = scope.day.succ_opt()?;
        let next = |point: &Point| {
            self.next_of(point, subject, tomorrow, scope)
                .unwrap_or(Some(tomorrow))
        };
        points.iter().filter_map(next).min()
    }

    fn next_of(
        &self,
        point: &Point,
        subject: Subject,
        tomorrow: Date,
        scope: &Scope<'_>,
    ) -> Result<Option<Date>, Vec<Cause>> {
        match &point.base {
            PointBase::FieldOf(key, pattern) => {
                let mut next = None;
                for (at, _) in self.meant(*pattern, subject, scope) {
                    let happening = &self.record.happenings[at];
                    if let Some(base) = self.date_field(happening, key) {
                        let day = self.offset(point, base, scope)?;
                        if day >= tomorrow {
                            next = Some(next.map_or(day, |next: Date| next.min(day)));
                        }
                    }
                }
                Ok(next)
            }
            PointBase::Date(_) | PointBase::EndOfPhase(_) | PointBase::Attribute(_) => {
                let mut next = None;
                for base in self.bases(point, subject, Span::day(tomorrow), scope)? {
                    let day = self.offset(point, base, scope)?;
                    next = next
                        .into_iter()
                        .chain((day >= tomorrow).then_some(day))
                        .min();
                }
                Ok(next)
            }
            PointBase::EachYear(..)
            | PointBase::EachMonth(_)
            | PointBase::EachWeek(_)
            | PointBase::EndOfEach(_) => {
                for ahead in STEPS {
                    let last = tomorrow.checked_add_days(Days::new(ahead));
                    let Some(span) = last.and_then(|last| Span::new(tomorrow, last)) else {
                        continue;
                    };
                    let days = self.occurrences(point, subject, span, scope)?;
                    if let Some(next) = days.first() {
                        return Ok(Some(*next));
                    }
                }
                Ok(Some(tomorrow))
            }
        }
    }

    /// The day that a point makes of a happening that it starts from.
    pub(crate) fn point_of(
        &self,
        point: &Point,
        key: &FieldKey,
        happening: &Happening,
        scope: &Scope<'_>,
    ) -> Option<Result<Date, Vec<Cause>>> {
        let base = self.date_field(happening, key)?;
        Some(self.offset(point, base, scope))
    }

    fn date_field(&self, happening: &Happening, key: &FieldKey) -> Option<Date> {
        match self.field_of(happening, key) {
            Quantity::Known(Value::Date(date)) => Some(date),
            _ => None,
        }
    }

    fn offset(&self, point: &Point, base: Date, scope: &Scope<'_>) -> Result<Date, Vec<Cause>> {
        point.offsets.iter().try_fold(base, |day, (sign, length)| {
            let length = self.duration(*length, scope)?;
            self.shift(day, *sign, length).map_err(|cause| vec![cause])
        })
    }

    /// The days that a point starts from, within a span.
    fn bases(
        &self,
        point: &Point,
        subject: Subject,
        within: Span,
        scope: &Scope<'_>,
    ) -> Result<Vec<Date>, Vec<Cause>> {
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
                let last = |day: Date| stretch.containing(day).last;
                let next = |end: &Date| end.succ_opt().filter(|day| *day <= within.last).map(last);
                std::iter::successors(Some(last(within.first)), next)
                    .take_while(|end| *end <= within.last)
                    .collect()
            }
            PointBase::EndOfPhase(phase) => {
                let spans = self.phase_spans(*phase).iter();
                spans.filter_map(|(_, last)| *last).collect()
            }
            // Without a value there is no day, as with a field.
            PointBase::Attribute(attribute) => {
                self.day_value(*attribute, scope).into_iter().collect()
            }
            PointBase::FieldOf(key, pattern) => self
                .meant(*pattern, subject, scope)
                .filter(|(_, doubt)| doubt.is_none())
                .filter_map(|(at, _)| self.date_field(&self.record.happenings[at], key))
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
