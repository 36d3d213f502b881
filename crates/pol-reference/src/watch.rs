//! Watching rules: they fire when their condition becomes true.

use crate::fire::Candidate;
use crate::history::{Basis, Tick};
use crate::run::Run;
use crate::scope::Looking;
use pol_model::{MemberIx, RuleIx, What};
use pol_semantics::hir::Trigger;
use std::collections::BTreeSet;

impl Run<'_> {
    /// Asks the watching rules, round after round, until none fires. Rules that depend on each
    /// other see what the rounds before left; each fires at most once a day.
    pub(crate) fn watch(&mut self) {
        loop {
            let mut any = false;
            for stratum in &self.world.policy.strata {
                loop {
                    let candidates = self.becoming_true(stratum);
                    if candidates.is_empty() {
                        break;
                    }
                    any = true;
                    let found = self.world.history.now();
                    for candidate in &candidates {
                        self.fired.insert((candidate.rule, candidate.subject));
                    }
                    self.fire_round(&candidates, found);
                    self.decide_waiting();
                }
            }
            if !any {
                break;
            }
        }
    }

    /// The watching rules of a stratum whose condition becomes true.
    fn becoming_true(&self, stratum: &[RuleIx]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for rule in stratum {
            if !matches!(self.rule(*rule).trigger, Trigger::When(_)) {
                continue;
            }
            for subject in self.subjects_of(*rule) {
                let key = (*rule, subject);
                let already =
                    self.held_yesterday.contains(&key) && self.held_at_open.contains(&key);
                if already || self.fired.contains(&key) {
                    continue;
                }
                let candidate = Candidate {
                    rule: *rule,
                    subject,
                    trigger: None,
                    looking: Looking::Watching,
                    due: None,
                };
                if self
                    .condition_of(&candidate, &self.scope_of(&candidate, None))
                    .holds()
                {
                    candidates.push(candidate);
                }
            }
        }
        candidates
    }

    /// One round: all that became true fires on what the rounds before left.
    fn fire_round(&mut self, candidates: &[Candidate], found: Tick) {
        let bases: Vec<Basis> = candidates
            .iter()
            .map(|candidate| {
                let moved = self.moved_by(candidate.rule);
                self.basis_of(candidate, &self.scope_of(candidate, Some((&moved, found))))
            })
            .collect();
        let mut moves = Vec::new();
        for (candidate, basis) in candidates.iter().zip(bases) {
            self.fire(candidate, basis, &mut moves);
        }
        while let Some(next) = moves.first() {
            let (ladder, subject) = (next.ladder, next.subject);
            self.move_ladder(ladder, subject, &mut moves);
        }
        self.drain();
    }

    /// The watching rules whose condition holds now, with their subjects.
    pub(crate) fn watching_that_hold(&self) -> BTreeSet<(RuleIx, MemberIx)> {
        let mut holding = BTreeSet::new();
        for rule in self.rules() {
            if let Trigger::When(condition) = &self.rule(rule).trigger {
                for subject in self.subjects_of(rule) {
                    if self
                        .world
                        .truth(condition, &self.watching_scope(rule, subject))
                        .holds()
                    {
                        holding.insert((rule, subject));
                    }
                }
            }
        }
        holding
    }

    /// Reports the watching rules that cannot be decided at the close.
    pub(crate) fn report_watching_unknowns(&mut self) {
        for rule in self.rules() {
            let Trigger::When(condition) = &self.rule(rule).trigger else {
                continue;
            };
            for subject in self.subjects_of(rule) {
                let truth = self
                    .world
                    .truth(condition, &self.watching_scope(rule, subject));
                if truth.tri == pol_model::Tri::Unknown {
                    self.undetermined(
                        What::Undetermined(rule),
                        Some(subject),
                        truth.causes,
                        Some(rule),
                    );
                }
            }
        }
    }
}
