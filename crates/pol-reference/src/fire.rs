//! When a rule fires: the manual, chapter "How a policy runs".

use crate::history::{Basis, Firing, FiringIx, HappeningIx, Tick, Way};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::Date;
use pol_model::Truth;
use pol_model::{LadderIx, MemberIx, RuleIx, Tri, What};
use pol_semantics::hir::{Action, Trigger};
use std::collections::BTreeMap;

/// A rule that is asked about a subject.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate {
    /// The rule.
    pub rule: RuleIx,
    /// The subject.
    pub subject: MemberIx,
    /// What triggered it.
    pub trigger: Option<HappeningIx>,
    /// How it looks at `in any PERIOD`.
    pub looking: Looking,
    /// The day on which it was due, where it became known only later.
    pub due: Option<Date>,
}

/// Candidates of one rule that are all asked before it acts for any of them, a subject once.
pub(crate) type Round = Vec<Candidate>;

/// An issue of a status that waits for the others of its moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    /// On which ladder.
    pub ladder: LadderIx,
    /// Whose.
    pub subject: MemberIx,
    /// Which status.
    pub status: u16,
    /// Up only, or up and down.
    pub way: Way,
    /// The firing that issues it.
    pub firing: FiringIx,
    /// The day on which it happens.
    pub date: Date,
    /// The decision's date, where one stands behind it.
    pub decided: Option<Date>,
    /// The day on which it was due, where it became known only later.
    pub due: Option<Date>,
}

impl Run<'_> {
    /// Asks rules in order, of each all its subjects before it acts for any of them. Those that move
    /// one ladder see it as the moment `found` left it and move it once, together, before the first
    /// rule that comes after them.
    pub(crate) fn ask(&mut self, rounds: &[Round], found: Tick, at_once: bool) {
        let mut last_mover: BTreeMap<(LadderIx, MemberIx), usize> = BTreeMap::new();
        for (at, round) in rounds.iter().enumerate() {
            for candidate in round {
                for ladder in self.moved_by(candidate.rule) {
                    last_mover.insert((ladder, candidate.subject), at);
                }
            }
        }
        let mut moves: Vec<Move> = Vec::new();
        for (at, round) in rounds.iter().enumerate() {
            let bases: Vec<Option<Basis>> = round
                .iter()
                .map(|candidate| self.basis_found(candidate, found))
                .collect();
            for (candidate, basis) in round.iter().zip(bases) {
                if let Some(basis) = basis {
                    self.fire(candidate, basis, &mut moves);
                }
                for ladder in self.moved_by(candidate.rule) {
                    if last_mover.get(&(ladder, candidate.subject)) == Some(&at) {
                        self.move_ladder(ladder, candidate.subject, &mut moves);
                    }
                }
                if at_once {
                    self.drain();
                }
            }
        }
    }

    /// What a rule's firing would rest on; none if its condition does not hold.
    fn basis_found(&mut self, candidate: &Candidate, found: Tick) -> Option<Basis> {
        let moved = self.moved_by(candidate.rule);
        let scope = self.scope_of(candidate, Some((&moved, found)));
        let truth = self.condition_of(candidate, &scope);
        if truth.holds() {
            return Some(self.basis_of(candidate, &scope));
        }
        if truth.tri == Tri::Unknown {
            self.undetermined(
                What::Undetermined(candidate.rule),
                Some(candidate.subject),
                truth.causes,
                Some(candidate.rule),
            );
        }
        None
    }

    /// The ladders that a rule moves.
    pub(crate) fn moved_by(&self, rule: RuleIx) -> Vec<LadderIx> {
        let rule = self.rule(rule);
        let mut ladders: Vec<LadderIx> = rule
            .then
            .iter()
            .filter_map(|action| match action {
                Action::Status(ladder, _) | Action::Set(ladder, _) => Some(*ladder),
                Action::Impose(_) | Action::End(_) | Action::Event(..) => None,
            })
            .collect();
        ladders.sort_unstable();
        ladders.dedup();
        ladders
    }

    /// The scope in which a rule looks at a subject today.
    pub(crate) fn scope_of<'s>(
        &'s self,
        candidate: &Candidate,
        found: Option<(&'s [LadderIx], Tick)>,
    ) -> Scope<'s> {
        let event = candidate
            .trigger
            .map(|trigger| &self.world.history.happenings[trigger]);
        let scope = Scope::of(
            Some(candidate.subject),
            self.today,
            self.world.present(self.today),
        );
        let around = match (&self.rule(candidate.rule).trigger, event) {
            (Trigger::On(_), Some(event)) => event.date,
            _ => self.today,
        };
        Scope {
            around,
            event,
            trigger: candidate.trigger,
            rule: Some(candidate.rule),
            looking: candidate.looking,
            found,
            ..scope
        }
    }

    /// Whether a rule's condition holds.
    pub(crate) fn condition_of(&self, candidate: &Candidate, scope: &Scope<'_>) -> Truth {
        let rule = self.rule(candidate.rule);
        let watched = match &rule.trigger {
            Trigger::When(condition) => self.world.truth(condition, scope),
            Trigger::On(_) | Trigger::At(_) | Trigger::While(_) | Trigger::After(..) => {
                Truth::of(true)
            }
        };
        match &rule.condition {
            Some(condition) if watched.tri != Tri::No => {
                watched.and(self.world.truth(condition, scope))
            }
            _ => watched,
        }
    }

    pub(crate) fn basis_of(&self, candidate: &Candidate, scope: &Scope<'_>) -> Basis {
        let rule = self.rule(candidate.rule);
        let watched = if let Trigger::When(condition) = &rule.trigger {
            Some(condition)
        } else {
            None
        };
        let mut evidence: Vec<_> = watched
            .into_iter()
            .chain(&rule.condition)
            .flat_map(|condition| self.world.evidence(condition, scope))
            .collect();
        evidence.extend(scope.event.and_then(|event| event.entry));
        evidence.sort_unstable();
        evidence.dedup();
        let looked = if let Looking::Scheduled(looked) = candidate.looking {
            looked
        } else {
            None
        };
        Basis {
            day: self.today,
            seen: self.world.history.now(),
            trigger: candidate.trigger,
            looked,
            evidence,
        }
    }

    /// A rule fires: it acts, or proposes.
    pub(crate) fn fire(&mut self, candidate: &Candidate, basis: Basis, moves: &mut Vec<Move>) {
        let rule = self.rule(candidate.rule);
        if rule.decided_by.is_some() {
            self.propose(candidate.rule, candidate.subject, basis, candidate.due);
            return;
        }
        let trigger = candidate
            .trigger
            .map(|trigger| &self.world.history.happenings[trigger]);
        // What a decision sets off is of the decision's day; anything else is of the day it is issued.
        let decided = match &rule.trigger {
            Trigger::On(_) => trigger.and_then(|trigger| trigger.decided),
            Trigger::At(_) | Trigger::When(_) | Trigger::While(_) | Trigger::After(..) => None,
        };
        let firing = self.firing(Firing {
            rule: candidate.rule,
            subject: candidate.subject,
            basis,
            effect: 0,
            approved: true,
            decision: None,
            proposal: None,
            baseless: false,
            gone: None,
        });
        self.act(firing, &rule.then, decided, candidate.due, moves);
    }

    /// Notes a firing to effect.
    pub(crate) fn firing(&mut self, firing: Firing) -> FiringIx {
        let effect = self.world.history.tick();
        self.world.history.firings.push(Firing { effect, ..firing });
        self.world.history.firings.len() - 1
    }

    /// Asks the `on` rules of every event that has not been answered yet, in the order of events.
    pub(crate) fn drain(&mut self) {
        while let Some(event) = self.queue.pop_front() {
            if self.effective() {
                self.answer_event(event);
            }
        }
    }

    fn answer_event(&mut self, event: HappeningIx) {
        self.extend_by(event);
        self.meet_duties(event);
        self.owe_after(event);
        self.end_until(event);
        let mut rounds = Vec::new();
        for rule in self.rules() {
            let Trigger::On(patterns) = &self.rule(rule).trigger else {
                continue;
            };
            let mut round = Round::new();
            for subject in self.reached(patterns, event) {
                if !self
                    .world
                    .concerns(&self.rule(rule).subjects, subject, self.today)
                {
                    continue;
                }
                match self.triggered(patterns, event, subject) {
                    Truth { tri: Tri::Yes, .. } => round.push(Candidate {
                        rule,
                        subject,
                        trigger: Some(event),
                        looking: Looking::AtTrigger,
                        due: None,
                    }),
                    Truth { tri: Tri::No, .. } => {}
                    Truth {
                        tri: Tri::Unknown,
                        causes,
                    } => {
                        self.undetermined(
                            What::Undetermined(rule),
                            Some(subject),
                            causes,
                            Some(rule),
                        );
                    }
                }
            }
            rounds.push(round);
        }
        let found = self.world.history.now();
        self.ask(&rounds, found, false);
    }

    /// The subjects that an event reaches: its own, and for patterns `within it` those outside them.
    pub(crate) fn reached(
        &self,
        patterns: &[pol_semantics::hir::Pattern],
        event: HappeningIx,
    ) -> Vec<MemberIx> {
        let own = &self.world.history.happenings[event].subjects;
        let mut reached = own.clone();
        if patterns.iter().any(|pattern| pattern.within_it) {
            reached.extend(
                own.iter()
                    .flat_map(|member| self.world.register.outwards(*member)),
            );
        }
        self.world.register.in_turn(&mut reached);
        reached.dedup();
        reached
    }

    /// Whether one of these patterns means an event, for a subject.
    pub(crate) fn triggered(
        &self,
        patterns: &[pol_semantics::hir::Pattern],
        event: HappeningIx,
        subject: MemberIx,
    ) -> Truth {
        let happening = &self.world.history.happenings[event];
        let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
        let scope = Scope {
            around: happening.date,
            ..scope
        };
        patterns
            .iter()
            .filter(|pattern| {
                let mut own = happening.subjects.iter();
                own.any(|member| {
                    *member == subject
                        || pattern.within_it
                            && self
                                .world
                                .register
                                .outwards(*member)
                                .any(|outer| outer == subject)
                })
            })
            .fold(Truth::of(false), |found, pattern| {
                found.or(self.world.matches(pattern, happening, &scope))
            })
    }
}
