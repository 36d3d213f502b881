//! Kinds of subject: what lies around them, and which of them a condition fits.

use super::Lowering;
use crate::findings;
use crate::hir::{
    Action, DefineBody, EventSource, Expr, ExprKind, Pattern, PointBase, Trigger, Window,
};
use pol_model::{EventIx, KindIx, LadderIx};
use pol_syntax::Span;
use std::collections::BTreeSet;

/// The ladders and events that a rule or condition speaks of.
#[derive(Debug, Default)]
pub(super) struct Reach {
    /// Ladders that are read or moved, with a place.
    pub ladders: Vec<(LadderIx, Span)>,
    /// Events that are issued about the subject, with a place.
    pub issued: Vec<(EventIx, Span)>,
    /// Events of the subject itself.
    pub events: Vec<EventSource>,
    /// Events of those within the subject.
    pub inner: Vec<EventSource>,
}

impl Lowering<'_> {
    /// A kind and those that it lies within, innermost first.
    pub(super) fn outwards(&self, kind: KindIx) -> Vec<KindIx> {
        std::iter::successors(Some(kind), |inner| self.policy.kinds[inner.at()].within)
            .take(self.policy.kinds.len())
            .collect()
    }

    /// The kinds that all of this fits.
    pub(super) fn fitting(&self, reach: &Reach) -> Vec<KindIx> {
        self.all_kinds()
            .into_iter()
            .filter(|kind| {
                let ladders = reach
                    .ladders
                    .iter()
                    .all(|(ladder, _)| self.stands(*ladder, *kind));
                let issued = reach
                    .issued
                    .iter()
                    .map(|(event, _)| EventSource::Event(*event));
                let events = reach.events.iter().cloned().chain(issued).all(|source| {
                    let about = self.about(&source);
                    about.is_empty() || about.contains(kind)
                });
                let inner = reach.inner.iter().all(|source| {
                    self.about(source)
                        .iter()
                        .any(|inner| self.outwards(*inner).contains(kind))
                });
                ladders && events && inner
            })
            .collect()
    }

    fn stands(&self, ladder: LadderIx, kind: KindIx) -> bool {
        self.policy.ladders[ladder.at()].subjects.contains(&kind)
    }

    /// Reports ladders on which one of these kinds does not stand.
    pub(super) fn check_ladders(&mut self, reach: &Reach, subjects: &[KindIx]) {
        let mut seen = BTreeSet::new();
        for (ladder, span) in &reach.ladders {
            for kind in subjects {
                if !self.stands(*ladder, *kind) && seen.insert((*ladder, *kind)) {
                    let ladder = &self.policy.ladders[ladder.at()].named;
                    let kind = &self.policy.kinds[kind.at()].named;
                    let finding = findings::not_on_the_ladder(ladder, kind, *span);
                    self.report(finding);
                }
            }
        }
    }

    /// Reports events that are issued about a subject of a kind that they are not about.
    pub(super) fn check_issued(&mut self, reach: &Reach, subjects: &[KindIx]) {
        for (event, span) in &reach.issued {
            let about = self.about(&EventSource::Event(*event));
            let Some(kind) = subjects.iter().find(|kind| !about.contains(kind)) else {
                continue;
            };
            if !about.is_empty() {
                let event = &self.policy.events[event.at()].named;
                let kind = &self.policy.kinds[kind.at()].named;
                let finding = findings::not_about(event, kind, *span);
                self.report(finding);
            }
        }
    }

    /// What a trigger speaks of.
    pub(super) fn reach_trigger(&self, trigger: &Trigger, reach: &mut Reach) {
        match trigger {
            Trigger::On(patterns) | Trigger::After(_, patterns, _) => reach_any(patterns, reach),
            Trigger::At(points) => {
                for point in points {
                    if let PointBase::FieldOf(_, pattern) = &point.base {
                        reach_pattern(pattern, reach);
                    }
                }
            }
            Trigger::When(condition) | Trigger::While(condition) => {
                self.reach_expr(condition, reach);
            }
        }
    }

    /// What a condition speaks of.
    pub(super) fn reach_expr(&self, expr: &Expr, reach: &mut Reach) {
        match &expr.kind {
            ExprKind::Standing(ladder) => reach.ladders.push((*ladder, expr.span)),
            ExprKind::Define(define) => {
                if let DefineBody::Value(value) = &self.policy.defines[define.at()].body {
                    let mut inner = Reach::default();
                    self.reach_expr(value, &mut inner);
                    // The place is where the definition is asked.
                    let ladders = inner.ladders.into_iter();
                    reach
                        .ladders
                        .extend(ladders.map(|(ladder, _)| (ladder, expr.span)));
                    reach.events.append(&mut inner.events);
                    reach.inner.append(&mut inner.inner);
                }
            }
            ExprKind::Aggregate(aggregate) => {
                reach_pattern(&aggregate.over, reach);
                for window in &aggregate.windows {
                    if let Window::Last(length) | Window::AnySpan(length) = window {
                        self.reach_expr(length, reach);
                    }
                }
            }
            _ => {
                for part in expr.parts() {
                    self.reach_expr(part, reach);
                }
            }
        }
    }
}

/// What an action moves.
pub(super) fn reach_action(action: &Action, span: Span, reach: &mut Reach) {
    match action {
        Action::Status(ladder, _) | Action::Set(ladder, _) => {
            reach.ladders.push((*ladder, span));
        }
        Action::Event(event, _) => reach.issued.push((*event, span)),
        Action::Impose(_) | Action::End(_) => {}
    }
}

/// Any of the events may trigger: only a single one says whom the rule concerns.
fn reach_any(patterns: &[Pattern], reach: &mut Reach) {
    if let [pattern] = patterns {
        reach_pattern(pattern, reach);
    }
}

fn reach_pattern(pattern: &Pattern, reach: &mut Reach) {
    if pattern.within_it {
        reach.inner.push(pattern.source.clone());
    } else {
        reach.events.push(pattern.source.clone());
    }
}
