//! When a rule fires: asked by an event, or by others.

use crate::dispatch::Asker;
use crate::record::{Basis, Firing, FiringIx, HappeningIx, Tick};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::Date;
use pol_model::{EntryIx, LadderIx, MemberIx, RuleIx, Tri, Truth, What};
use pol_plan::{PatternIx, Trigger};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

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

impl Candidate {
    /// One that nothing triggered.
    pub(crate) const fn untriggered(rule: RuleIx, subject: MemberIx, looking: Looking) -> Self {
        Self {
            rule,
            subject,
            trigger: None,
            looking,
            due: None,
        }
    }
}

/// Candidates of one rule that are all asked before it acts for any of them, a subject once.
pub(crate) type Round = Vec<Candidate>;

/// What comes out when a rule is asked about a subject.
pub(crate) struct Answer {
    /// Whether its condition holds.
    pub tri: Tri,
    /// The first day on which something else may come out though nothing happens.
    pub until: Date,
    /// What its firing rests on, where it fires.
    pub basis: Option<Basis>,
}

/// An issue of a status that waits for the others of its moment.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    /// On which ladder.
    pub ladder: LadderIx,
    /// Whose.
    pub subject: MemberIx,
    /// Which status.
    pub status: u16,
    /// Up only.
    pub raises: bool,
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
    /// Asks the rules that one event triggers, in order, of each all its subjects before it acts for
    /// any of them. Those that move one ladder see it as the moment `found` left it and move it once,
    /// together, before the first rule that comes after them.
    fn ask(&mut self, rounds: &[Round], found: Tick) {
        let mut last_mover: BTreeMap<(LadderIx, MemberIx), usize> = BTreeMap::new();
        for (at, round) in rounds.iter().enumerate() {
            for candidate in round {
                for ladder in &self.rule(candidate.rule).moves {
                    last_mover.insert((*ladder, candidate.subject), at);
                }
            }
        }
        let mut moves: Vec<Move> = Vec::new();
        for (at, round) in rounds.iter().enumerate() {
            let answers: Vec<Answer> = round
                .iter()
                .map(|candidate| self.answer_to(candidate, found))
                .collect();
            for (candidate, answer) in round.iter().zip(answers) {
                if let Some(basis) = answer.basis {
                    self.fire(candidate, basis, &mut moves);
                }
                for ladder in &self.rule(candidate.rule).moves {
                    if last_mover.get(&(*ladder, candidate.subject)) == Some(&at) {
                        self.move_ladder(*ladder, candidate.subject, &mut moves);
                    }
                }
            }
        }
    }

    /// Asks a rule about a subject.
    pub(crate) fn answer_to(&mut self, candidate: &Candidate, found: Tick) -> Answer {
        let moved = &self.rule(candidate.rule).moves;
        let scope = self.scope_of(candidate, Some((moved, found)));
        let (truth, until) = self.world.until(|| self.condition_of(candidate, &scope));
        let basis = truth.holds().then(|| self.basis_of(candidate, &scope));
        let tri = truth.tri;
        if tri == Tri::Unknown {
            let what = What::Undetermined(candidate.rule);
            let (subject, rule) = (Some(candidate.subject), Some(candidate.rule));
            self.undetermined(what, subject, truth.causes, rule);
        }
        Answer { tri, until, basis }
    }

    /// The scope in which a rule looks at a subject today.
    pub(crate) fn scope_of<'s>(
        &'s self,
        candidate: &Candidate,
        found: Option<(&'s [LadderIx], Tick)>,
    ) -> Scope<'s> {
        let view = self.world.present(self.today);
        self.scope_as_of(candidate, self.today, view, found)
    }

    /// The scope in which a rule looks at a subject on a day, with a record.
    pub(crate) fn scope_as_of<'s>(
        &'s self,
        candidate: &Candidate,
        day: Date,
        view: crate::record::View,
        found: Option<(&'s [LadderIx], Tick)>,
    ) -> Scope<'s> {
        let event = candidate
            .trigger
            .map(|trigger| &self.world.record.happenings[trigger]);
        let around = match (&self.rule(candidate.rule).trigger, event) {
            (Trigger::On(_), Some(event)) => event.date,
            _ => day,
        };
        Scope {
            around,
            event,
            trigger: candidate.trigger,
            rule: Some(candidate.rule),
            looking: candidate.looking,
            found,
            ..Scope::of(Some(candidate.subject), day, view)
        }
    }

    /// Whether a rule's condition holds.
    pub(crate) fn condition_of(&self, candidate: &Candidate, scope: &Scope<'_>) -> Truth {
        let rule = self.rule(candidate.rule);
        let watched = match rule.trigger {
            Trigger::When(condition) => self.world.truth(condition, scope),
            Trigger::On(_) | Trigger::At(_) | Trigger::While(_) | Trigger::After { .. } => {
                Truth::of(true)
            }
        };
        match rule.condition {
            Some(condition) if watched.tri != Tri::No => {
                watched.and(self.world.truth(condition, scope))
            }
            _ => watched,
        }
    }

    /// What a firing rests on.
    pub(crate) fn basis_of(&self, candidate: &Candidate, scope: &Scope<'_>) -> Basis {
        let rule = self.rule(candidate.rule);
        let watched = match rule.trigger {
            Trigger::When(condition) => Some(condition),
            _ => None,
        };
        let conditions = watched.into_iter().chain(rule.condition);
        let mut evidence: BTreeSet<EntryIx> = conditions
            .flat_map(|condition| self.world.evidence(condition, scope))
            .collect();
        evidence.extend(scope.event.and_then(|event| event.entry));
        Basis {
            day: self.today,
            seen: self.world.record.now(),
            trigger: candidate.trigger,
            looked: match candidate.looking {
                Looking::Scheduled(looked) => looked,
                Looking::AtTrigger | Looking::Watching => None,
            },
            evidence: evidence.into_iter().collect(),
        }
    }

    /// A rule fires: it acts, or proposes.
    pub(crate) fn fire(&mut self, candidate: &Candidate, basis: Basis, moves: &mut Vec<Move>) {
        let rule = self.rule(candidate.rule);
        if rule.decided_by.is_some() {
            self.propose(candidate, basis);
            return;
        }
        // What a decision sets off is of the decision's day; anything else is of the day it is issued.
        let trigger = candidate
            .trigger
            .filter(|_| matches!(rule.trigger, Trigger::On(_)));
        let decided = trigger.and_then(|trigger| self.world.record.happenings[trigger].decided);
        let firing = self.note_firing(Firing {
            rule: candidate.rule,
            subject: candidate.subject,
            basis,
            effect: 0,
            approved: true,
            decision: None,
            proposal: None,
            baseless: false,
            gone: None,
            acts: Vec::new(),
        });
        self.act(firing, &rule.then, decided, candidate.due, moves);
    }

    /// Notes a firing to effect; `since last time` asks anew.
    pub(crate) fn note_firing(&mut self, firing: Firing) -> FiringIx {
        let effect = self.world.record.tick();
        let at = self.world.record.firings.len();
        let (rule, subject) = (firing.rule, firing.subject);
        self.world.record.firings.push(Firing { effect, ..firing });
        let account = self.world.record.account_mut(Some(subject));
        account.firings.entry(rule).or_default().push(at);
        self.touch_last_time(rule, subject);
        at
    }

    /// What came since a rule last fired is asked anew.
    pub(crate) fn touch_last_time(&mut self, rule: RuleIx, subject: MemberIx) {
        let reads = &self.rule(rule).reads;
        let waits = matches!(
            self.rule(rule).trigger,
            Trigger::At(_) | Trigger::When(_) | Trigger::While(_)
        );
        if reads.last_time && waits {
            self.touch(Asker::Rule(rule), reads.reach, subject);
        }
    }

    /// Asks the `on` rules of every event that has not been answered yet, in the order of events.
    pub(crate) fn drain(&mut self) {
        while let Some(event) = self.queue.pop_front() {
            if self.effective() {
                self.answer(event);
            }
        }
    }

    fn answer(&mut self, event: HappeningIx) {
        self.extend_by(event);
        self.meet_duties(event);
        self.owe_after(event);
        self.end_until(event);
        let mut rounds = Vec::new();
        let dispatch = Arc::clone(&self.dispatch);
        let what = &self.world.record.happenings[event].what;
        for &rule in dispatch.triggered_by(what) {
            let Trigger::On(patterns) = &self.rule(rule).trigger else {
                continue;
            };
            let mut round = Round::new();
            for subject in self.reached(patterns, event) {
                let concerned = self
                    .world
                    .concerns(&self.rule(rule).subjects, subject, self.today);
                if !concerned {
                    continue;
                }
                let truth = self.triggers(patterns, event, subject);
                match truth.tri {
                    Tri::Yes => round.push(Candidate {
                        trigger: Some(event),
                        ..Candidate::untriggered(rule, subject, Looking::AtTrigger)
                    }),
                    Tri::No => {}
                    Tri::Unknown => {
                        let what = What::Undetermined(rule);
                        self.undetermined(what, Some(subject), truth.causes, Some(rule));
                    }
                }
            }
            if !round.is_empty() {
                rounds.push(round);
            }
        }
        if !rounds.is_empty() {
            let found = self.world.record.now();
            self.ask(&rounds, found);
        }
    }

    /// The subjects that an event reaches: its own, and for patterns `within it` those outside them.
    pub(crate) fn reached(&self, patterns: &[PatternIx], event: HappeningIx) -> Vec<MemberIx> {
        let register = self.world.register;
        let own = &self.world.record.happenings[event].subjects;
        let mut reached = own.clone();
        if self.look_outwards(patterns) {
            reached.extend(own.iter().flat_map(|member| register.outwards(*member)));
        }
        register.in_turn(&mut reached);
        reached.dedup();
        reached
    }

    /// True if one of these patterns means also what happens to those within.
    pub(crate) fn look_outwards(&self, patterns: &[PatternIx]) -> bool {
        let mut patterns = patterns.iter();
        patterns.any(|pattern| self.world.plan.pattern(*pattern).within_it)
    }

    /// Whether one of these patterns means an event, for a subject.
    pub(crate) fn triggers(
        &self,
        patterns: &[PatternIx],
        event: HappeningIx,
        subject: MemberIx,
    ) -> Truth {
        let happening = &self.world.record.happenings[event];
        let scope = Scope {
            around: happening.date,
            ..Scope::of(Some(subject), self.today, self.world.present(self.today))
        };
        let own = happening.subjects.contains(&subject);
        patterns
            .iter()
            .filter(|pattern| own || self.world.plan.pattern(**pattern).within_it)
            .fold(Truth::of(false), |found, pattern| {
                found.or(self.world.matches(*pattern, happening, &scope))
            })
    }
}
