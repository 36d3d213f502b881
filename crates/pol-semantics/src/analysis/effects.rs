//! What a rule brings about.

use super::happening::happenings;
use crate::hir::{ActState, Action, Duty, DutyTime, EventSource, ExprKind, Policy, Rule};
use pol_model::{DutyIx, LadderIx, OutcomeIx, Value};
use std::collections::BTreeSet;

/// What actions bring about.
#[derive(Debug, Default)]
pub(super) struct Effects {
    /// The happenings that they issue.
    pub issues: BTreeSet<EventSource>,
    /// The ladders that they move.
    pub moves: BTreeSet<LadderIx>,
    /// The outcomes that they impose or end.
    pub governs: BTreeSet<OutcomeIx>,
}

impl Effects {
    /// What a rule brings about, whether by itself or through a decision.
    pub fn of_rule(policy: &Policy, rule: &Rule) -> Self {
        let mut effects = Self::default();
        for action in rule.then.iter().chain(&rule.otherwise) {
            effects.add(policy, action);
        }
        effects
    }

    fn add(&mut self, policy: &Policy, action: &Action) {
        match action {
            Action::Status(ladder, status) => {
                self.moves.insert(*ladder);
                self.issues.insert(EventSource::Status(*ladder, *status));
            }
            Action::Set(ladder, value) => {
                self.moves.insert(*ladder);
                if let ExprKind::Const(Value::Symbol(_, status)) = value.kind {
                    self.issues.insert(EventSource::Status(*ladder, status));
                } else {
                    let any = EventSource::Ladder(*ladder);
                    self.issues.extend(happenings(policy, &any));
                }
            }
            Action::Impose(imposition) => {
                self.governs.insert(imposition.outcome);
                self.issues.insert(EventSource::Outcome(imposition.outcome));
            }
            Action::End(outcome) => {
                self.governs.insert(*outcome);
            }
            Action::Event(event, _) => {
                self.issues.insert(EventSource::Event(*event));
            }
        }
    }
}

/// What follows for duties, at once, from a happening: one that is owed `within D of` it is born,
/// one that is `met by` it is met, and an earlier miss may lose its basis. A miss itself takes a
/// day at least; what begins and ends `while` a condition holds waits for the day's end.
pub(super) fn duty_effects(policy: &Policy, duty: DutyIx) -> Vec<(EventSource, EventSource)> {
    let Duty { time, met_by, .. } = &policy.duties[duty.at()];
    let causes: &[_] = if let DutyTime::Within(_, causes) = time {
        causes
    } else {
        &[]
    };
    let born = causes.iter().map(|cause| (cause, ActState::Owed));
    let met = met_by
        .iter()
        .flat_map(|meeting| [(meeting, ActState::Met), (meeting, ActState::Lost)]);
    born.chain(met)
        .flat_map(|(pattern, state)| {
            happenings(policy, &pattern.source)
                .into_iter()
                .map(move |from| (from, EventSource::Duty(duty, state)))
        })
        .collect()
}
