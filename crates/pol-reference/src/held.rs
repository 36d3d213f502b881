//! `C held D`: since when a condition has held without a break.

use crate::history::{Gone, Occurrence, View};
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::Date;
use pol_model::Truth;
use pol_model::{Cause, LadderIx, MemberIx, Tri};
use pol_semantics::hir::{DefineBody, Expr, ExprKind, Sign};

/// Since when a condition has held.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Clock {
    /// It has held for certain since this day.
    pub certain: Option<Date>,
    /// It may have held since this day; never after `certain`.
    pub possible: Option<Date>,
    /// What keeps it from being certain.
    pub causes: Vec<Cause>,
}

impl World<'_> {
    /// Whether a condition has held for so long: at the close of every day from some day s on, and
    /// now, and today is s + D or later.
    pub(crate) fn held(&self, condition: &Expr, duration: &Expr, scope: &Scope<'_>) -> Truth {
        let Some(subject) = scope.subject else {
            return Truth::of(false);
        };
        let clock = self.clock(condition, subject, scope);
        let length = match self.duration(duration, scope) {
            Ok(length) => length,
            Err(causes) => return Truth::unknown(causes),
        };
        let reached = |since: Option<Date>| match since {
            Some(since) => self
                .shift(since, Sign::Plus, length)
                .map(|end| end <= scope.day),
            None => Ok(false),
        };
        match (reached(clock.certain), reached(clock.possible)) {
            (Ok(true), _) => Truth::of(true),
            (_, Ok(false)) => Truth::of(false),
            (_, Ok(true)) => Truth::unknown(clock.causes),
            (_, Err(cause)) => Truth::unknown(vec![cause]),
        }
    }

    /// The clock of a condition: since when it has held, up to now. Each issue of a ladder that it
    /// reads starts the clock anew, on the day that the issue happened.
    pub(crate) fn clock(&self, condition: &Expr, subject: MemberIx, scope: &Scope<'_>) -> Clock {
        let first = self.history.first_day();
        let yesterday = scope
            .day
            .pred_opt()
            .filter(|day| first.is_some_and(|first| first <= *day));
        let before =
            yesterday.map(|day| self.clock_at_close(condition, subject, day, scope.view.gone));
        let ladders = self.ladders_read(condition);
        let now = self.truth(condition, scope);
        self.go_on(
            before.as_ref(),
            now,
            &ladders,
            subject,
            scope.day,
            scope.view,
        )
    }

    /// The clock at the close of a day that is over. As it was known then it never changes.
    fn clock_at_close(&self, condition: &Expr, subject: MemberIx, day: Date, gone: Gone) -> Clock {
        let as_known = gone != Gone::Now;
        let ladders = self.ladders_read(condition);
        let key = |day| (condition.span, subject, day);
        let known = as_known
            .then(|| {
                let clocks = self.clocks.borrow();
                let latest = clocks.range(key(Date::MIN)..=key(day)).next_back();
                latest.map(|((_, _, day), clock)| (*day, clock.clone()))
            })
            .flatten();
        let mut next = match &known {
            Some((day, _)) => day.succ_opt().unwrap_or(*day),
            None => self.history.first_day().unwrap_or(day),
        };
        let mut clock = known.map(|(_, clock)| clock);
        while next <= day {
            let view = self.at_close(next, gone);
            let truth = if self.register.member(subject).belongs(next) {
                self.truth(condition, &Scope::of(Some(subject), next, view))
            } else {
                Truth::of(false)
            };
            let went_on = self.go_on(clock.as_ref(), truth, &ladders, subject, next, view);
            if as_known {
                self.clocks.borrow_mut().insert(key(next), went_on.clone());
            }
            clock = Some(went_on);
            let Some(after) = next.succ_opt() else { break };
            next = after;
        }
        clock.unwrap_or_default()
    }

    /// What a clock shows on a day, after what it showed at the close of the day before; none: the
    /// record begins on the day, and a standing from the register has a clock of its own.
    fn go_on(
        &self,
        before: Option<&Clock>,
        now: Truth,
        ladders: &[LadderIx],
        subject: MemberIx,
        day: Date,
        view: View,
    ) -> Clock {
        if now.tri == Tri::No {
            return Clock::default();
        }
        let issued = self.issue_on(ladders, subject, day, view);
        let anew = match before {
            Some(_) => issued,
            None => issued.or_else(|| self.register_since(ladders, subject)),
        };
        let since = |before: Option<Date>| anew.or(before).unwrap_or(day);
        Clock {
            certain: now
                .holds()
                .then(|| since(before.and_then(|before| before.certain))),
            possible: Some(since(before.and_then(|before| before.possible))),
            causes: now.causes,
        }
    }

    /// The happened day of the last issue of one of these ladders that became known on a day.
    fn issue_on(
        &self,
        ladders: &[LadderIx],
        subject: MemberIx,
        day: Date,
        view: View,
    ) -> Option<Date> {
        let issues = self
            .history
            .about(subject)
            .iter()
            .map(|index| &self.history.happenings[*index]);
        issues
            .filter(|happening| happening.known == day && view.shows(happening))
            .filter(|happening| {
                // A re-issue below the standing leaves the clock alone.
                matches!(happening.what, Occurrence::Status { ladder, status, now, .. }
                    if ladders.contains(&ladder) && status == now)
            })
            .max_by_key(|happening| happening.taken)
            .map(|happening| happening.date)
    }

    fn register_since(&self, ladders: &[LadderIx], subject: MemberIx) -> Option<Date> {
        let standings = self.register.member(subject).standings.iter();
        standings
            .filter(|standing| ladders.contains(&standing.ladder))
            .filter_map(|standing| standing.since)
            .max()
    }

    /// The ladders that a condition reads.
    fn ladders_read(&self, expr: &Expr) -> Vec<LadderIx> {
        let mut ladders = Vec::new();
        self.collect_ladders(expr, &mut ladders);
        ladders
    }

    fn collect_ladders(&self, expr: &Expr, ladders: &mut Vec<LadderIx>) {
        match &expr.kind {
            ExprKind::Standing(ladder) => ladders.push(*ladder),
            ExprKind::Define(define) => {
                if let DefineBody::Value(value) = &self.policy.defines[define.at()].body {
                    self.collect_ladders(value, ladders);
                }
            }
            _ => {
                for part in expr.parts() {
                    self.collect_ladders(part, ladders);
                }
            }
        }
    }
}
