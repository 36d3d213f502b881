//! Watching rules: they fire when their condition becomes true.

use crate::dispatch::Asker;
use crate::fire::Candidate;
use crate::record::{Basis, Tick};
use crate::run::Run;
use crate::scope::Looking;
use pol_model::{MemberIx, RuleIx, Tri, What};
use pol_plan::Trigger;

impl Run<'_> {
    /// Whether the conditions that may have changed hold on the day's opening state.
    pub(crate) fn watch_opening(&mut self) {
        for rule in self.rules() {
            let Trigger::When(condition) = self.rule(rule).trigger else {
                continue;
            };
            let open: Vec<MemberIx> = self.agenda.open(Asker::Rule(rule)).flatten().collect();
            for subject in open {
                let concerned = self
                    .world
                    .concerns(&self.rule(rule).subjects, subject, self.today);
                let scope = self.watching_scope(rule, subject);
                let holds = concerned && self.world.truth(condition, &scope).holds();
                self.held_at_open.insert((rule, subject), holds);
            }
        }
    }

    /// Asks the watching rules, round after round, until none fires. Rules that depend on each
    /// other see what the rounds before left; each fires at most once a day.
    pub(crate) fn watch(&mut self) {
        let plan = self.world.plan;
        loop {
            let mut any = false;
            for stratum in &plan.strata {
                loop {
                    let candidates = self.becoming_true(stratum);
                    if candidates.is_empty() {
                        break;
                    }
                    any = true;
                    let found = self.world.record.now();
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

    /// The watching rules of a stratum whose condition becomes true, of those that may have changed.
    fn becoming_true(&mut self, stratum: &[RuleIx]) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        for rule in stratum {
            if !matches!(self.rule(*rule).trigger, Trigger::When(_)) {
                continue;
            }
            for subject in self.take_in_turn(Asker::Rule(*rule)) {
                let key = (*rule, subject);
                self.watched.insert(key);
                let concerned =
                    self.world
                        .concerns(&self.rule(*rule).subjects, subject, self.today);
                let held = self.held.contains(&key);
                let already = held && self.held_at_open.get(&key).copied().unwrap_or(held);
                if !concerned || already || self.fired.contains(&key) {
                    continue;
                }
                let candidate = Candidate::untriggered(*rule, subject, Looking::Watching);
                let scope = self.scope_of(&candidate, None);
                if self.condition_of(&candidate, &scope).holds() {
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
                let moved = &self.rule(candidate.rule).moves;
                self.basis_of(candidate, &self.scope_of(candidate, Some((moved, found))))
            })
            .collect();
        let mut moves = Vec::new();
        for (candidate, basis) in candidates.iter().zip(bases) {
            self.fire(candidate, basis, &mut moves);
        }
        self.move_all(&mut moves);
        self.drain();
    }

    /// What the watching rules that were asked show at the close: whether they hold, what could not
    /// be decided, and when that changes by itself.
    pub(crate) fn watch_close(&mut self) {
        for rule in self.rules() {
            let Trigger::When(condition) = self.rule(rule).trigger else {
                continue;
            };
            let open = self.agenda.take_open(Asker::Rule(rule));
            let watched = self.watched.iter().filter(|(asked, _)| *asked == rule);
            let mut subjects: Vec<MemberIx> = watched.map(|(_, subject)| *subject).collect();
            subjects.extend(open.into_iter().flatten());
            subjects.sort_unstable();
            subjects.dedup();
            for subject in subjects {
                let key = (rule, subject);
                if !self
                    .world
                    .concerns(&self.rule(rule).subjects, subject, self.today)
                {
                    self.held.remove(&key);
                    continue;
                }
                let scope = self.watching_scope(rule, subject);
                let (truth, until) = self.world.until(|| self.world.truth(condition, &scope));
                self.agenda.look(until, Asker::Rule(rule), Some(subject));
                if truth.holds() {
                    self.held.insert(key);
                } else {
                    self.held.remove(&key);
                }
                if truth.tri == Tri::Unknown {
                    let what = What::Undetermined(rule);
                    self.undetermined(what, Some(subject), truth.causes, Some(rule));
                }
            }
        }
    }
}
