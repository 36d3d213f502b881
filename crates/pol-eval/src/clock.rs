//! Clocks: since when a condition has held without a break.

use crate::record::{Gone, View};
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::Date;
use pol_model::{Cause, LadderIx, MemberIx, Tri, Truth};
use pol_plan::{ClockIx, NodeIx, Sign};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Since when a condition has held.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Reading {
    /// It has held for certain since this day.
    pub certain: Option<Date>,
    /// It may have held since this day; never after `certain`.
    pub possible: Option<Date>,
    /// What keeps it from being certain.
    pub causes: Vec<Cause>,
}

/// What the clocks showed at the last close; a clock that does not run has no reading.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Clocks {
    readings: BTreeMap<(ClockIx, MemberIx), Reading>,
}

impl Clocks {
    /// What a clock showed.
    fn at_last_close(&self, clock: ClockIx, subject: MemberIx) -> Reading {
        self.readings
            .get(&(clock, subject))
            .cloned()
            .unwrap_or_default()
    }

    /// Notes what a clock shows at a close.
    pub(crate) fn note(&mut self, clock: ClockIx, subject: MemberIx, reading: Reading) {
        if reading == Reading::default() {
            self.readings.remove(&(clock, subject));
        } else {
            self.readings.insert((clock, subject), reading);
        }
    }
}

impl World<'_> {
    /// Whether a clock has run for so long.
    pub(crate) fn held(&self, clock: ClockIx, duration: NodeIx, scope: &Scope<'_>) -> Truth {
        let Some(subject) = scope.subject else {
            return Truth::of(false);
        };
        let reading = self.clock(clock, subject, scope);
        let length = match self.duration(duration, scope) {
            Ok(length) => length,
            Err(causes) => return Truth::unknown(causes),
        };
        let reached = |since: Option<Date>| {
            let Some(since) = since else {
                return Ok(false);
            };
            let end = self.shift(since, Sign::Plus, length)?;
            if end > scope.day {
                self.changes(end);
            }
            Ok(end <= scope.day)
        };
        match (reached(reading.certain), reached(reading.possible)) {
            (Ok(true), _) => Truth::of(true),
            (_, Ok(false)) => Truth::of(false),
            (_, Ok(true)) => Truth::unknown(reading.causes),
            (_, Err(cause)) => Truth::unknown(vec![cause]),
        }
    }

    /// What a clock shows in a scope, up to now.
    pub(crate) fn clock(&self, clock: ClockIx, subject: MemberIx, scope: &Scope<'_>) -> Reading {
        let begun = self.record.first_day();
        let yesterday = scope
            .day
            .pred_opt()
            .filter(|day| begun.is_some_and(|begun| begun <= *day));
        let before = match (yesterday, scope.view.gone) {
            (None, _) => None,
            (Some(_), Gone::By(_)) => Some(self.clocks.at_last_close(clock, subject)),
            (Some(day), Gone::Now) => Some(self.replayed(clock, subject, day)),
        };
        let now = self.truth(self.plan.clocks[clock.at()].condition, scope);
        self.go_on(clock, before, now, subject, scope)
    }

    /// What a clock shows at the close of the day that a run is at.
    pub(crate) fn at_close(&self, clock: ClockIx, subject: MemberIx, today: Date) -> Reading {
        let scope = Scope::of(Some(subject), today, self.present(today));
        if self.register.member(subject).belongs(today) {
            self.clock(clock, subject, &scope)
        } else {
            Reading::default()
        }
    }

    /// What a clock would have shown at the close of a day with what is left by now: looked at anew
    /// on each day on which anything happened, or on which the answer changes by itself.
    fn replayed(&self, clock: ClockIx, subject: MemberIx, last: Date) -> Reading {
        let mut reading: Option<Reading> = None;
        let mut days = self
            .record
            .closes
            .range(..=last)
            .map(|(day, _)| *day)
            .peekable();
        let mut next = days.next();
        while let Some(day) = next {
            let view = View {
                limit: self.record.closed(day),
                gone: Gone::Now,
            };
            let scope = Scope::of(Some(subject), day, view);
            let condition = self.plan.clocks[clock.at()].condition;
            let (now, until) = self.until(|| {
                if self.register.member(subject).belongs(day) {
                    self.truth(condition, &scope)
                } else {
                    Truth::of(false)
                }
            });
            reading = Some(self.go_on(clock, reading, now, subject, &scope));
            let visited = days.peek().copied();
            next = if until <= last && visited.is_none_or(|visited| until < visited) {
                Some(until)
            } else {
                days.next()
            };
        }
        reading.unwrap_or_default()
    }

    /// What a clock shows on a day, after what it showed at the close of the day before; none: the
    /// record begins on the day, and a standing from the register has a clock of its own.
    fn go_on(
        &self,
        clock: ClockIx,
        before: Option<Reading>,
        now: Truth,
        subject: MemberIx,
        scope: &Scope<'_>,
    ) -> Reading {
        if now.tri == Tri::No {
            return Reading::default();
        }
        let ladders = &self.plan.clocks[clock.at()].ladders;
        let issued = self.issued_on(ladders, subject, scope.day, scope.view);
        let anew = match before {
            Some(_) => issued,
            None => issued.or_else(|| self.came_with(ladders, subject)),
        };
        let before = before.unwrap_or_default();
        let since = |before: Option<Date>| anew.or(before).unwrap_or(scope.day);
        Reading {
            certain: now.holds().then(|| since(before.certain)),
            possible: Some(since(before.possible)),
            causes: now.causes,
        }
    }

    /// The day on which the last issue of one of these ladders that became known on a day happened.
    /// A re-issue below the standing leaves the clock alone.
    fn issued_on(
        &self,
        ladders: &[LadderIx],
        subject: MemberIx,
        day: Date,
        view: View,
    ) -> Option<Date> {
        ladders
            .iter()
            .flat_map(|ladder| self.issues(*ladder, subject))
            .filter(|(happening, issue)| {
                happening.known == day && issue.status == issue.now && view.shows(happening)
            })
            .max_by_key(|(happening, _)| happening.taken)
            .map(|(happening, _)| happening.date)
    }

    fn came_with(&self, ladders: &[LadderIx], subject: MemberIx) -> Option<Date> {
        let standings = self.register.member(subject).standings.iter();
        standings
            .filter(|standing| ladders.contains(&standing.ladder))
            .filter_map(|standing| standing.since)
            .max()
    }
}
