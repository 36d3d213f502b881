//! `C held D`: since when a condition has held without a break.

use crate::history::{Gone, Occurrence, View};
use crate::scope::Scope;
use crate::truth::Truth;
use crate::world::World;
use pol_calendar::Date;
use pol_runtime::{Cause, LadderIx, MemberIx, Tri};
use pol_semantics::hir::{DefineBody, Expr, ExprKind, Sign};

/// Since when a condition has held.
#[derive(Debug, Clone, PartialEq, Eq)]
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
        let now = self.truth(condition, scope);
        if now.tri == Tri::No {
            return Clock {
                certain: None,
                possible: None,
                causes: Vec::new(),
            };
        }
        let ladders = self.ladders_read(condition);
        let first = self.history.first_day().unwrap_or(scope.day).min(scope.day);
        let (mut certain, mut possible) = (scope.day, scope.day);
        let mut sure = now.holds();
        let mut day = scope.day;
        let mut issued = self.issue_on(&ladders, subject, day, scope.view);
        while issued.is_none() && day > first {
            let Some(before) = day.pred_opt() else { break };
            match self.at_close_was(condition, subject, before, scope) {
                Tri::Yes => {}
                Tri::Unknown => sure = false,
                Tri::No => break,
            }
            day = before;
            possible = day;
            if sure {
                certain = day;
            }
            issued = self.issue_on(&ladders, subject, day, scope.view);
        }
        let start = issued.or_else(|| {
            // It was so when the record began: a standing from the register has a clock of its own.
            (day == first)
                .then(|| self.register_since(&ladders, subject))
                .flatten()
        });
        if let Some(start) = start {
            if certain == day {
                certain = start;
            }
            possible = start;
        }
        Clock {
            certain: now.holds().then_some(certain),
            possible: Some(possible),
            causes: now.causes,
        }
    }

    /// What a condition was at a close that is over. As it was known then it never changes.
    fn at_close_was(
        &self,
        condition: &Expr,
        subject: MemberIx,
        day: Date,
        scope: &Scope<'_>,
    ) -> Tri {
        let as_known = scope.view.gone != Gone::Now;
        let key = (condition.span, subject, day);
        if as_known && let Some(known) = self.closes.borrow().get(&key) {
            return *known;
        }
        let belongs = self.register.member(subject).belongs(day);
        let view = self.at_close(day, scope.view.gone);
        let tri = if belongs {
            self.truth(condition, &Scope::of(Some(subject), day, view))
                .tri
        } else {
            Tri::No
        };
        if as_known {
            self.closes.borrow_mut().insert(key, tri);
        }
        tri
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
