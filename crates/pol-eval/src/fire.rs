//! When a rule fires: triggered, scheduled, watching.

use crate::agenda::Due;
use crate::dispatch::Asker;
use crate::record::{Basis, Firing, FiringIx, HappeningIx, Tick};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::Date;
use pol_plan::{PatternIx, Trigger};
use pol_runtime::{EntryIx, LadderIx, MemberIx, RuleIx, Tri, Truth, What};
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
    /// Asks rules in order. Those that move one ladder see it as the moment `found` left it and move
    /// it once, together, before the first rule that comes after them.
    pub(crate) fn ask(&mut self, candidates: &[Candidate], found: Tick, scheduled: bool) {
        let mut last_mover: BTreeMap<(LadderIx, MemberIx), usize> = BTreeMap::new();
        for (at, candidate) in candidates.iter().enumerate() {
            for ladder in &self.rule(candidate.rule).moves {
                last_mover.insert((*ladder, candidate.subject), at);
            }
        }
        let mut moves: Vec<Move> = Vec::new();
        for (at, candidate) in candidates.iter().enumerate() {
            let moved = &self.rule(candidate.rule).moves;
            let scope = self.scope_of(candidate, Some((moved, found)));
            let (truth, until) = self.world.until(|| self.condition_of(candidate, &scope));
            let basis = truth.holds().then(|| self.basis_of(candidate, &scope));
            if scheduled && candidate.trigger.is_none() {
                self.lay_to_rest(candidate, truth.tri, until);
            }
            if let Some(basis) = basis {
                self.fire(candidate, basis, &mut moves);
            } else if truth.tri == Tri::Unknown {
                let what = What::Undetermined(candidate.rule);
                let (subject, rule) = (Some(candidate.subject), Some(candidate.rule));
                self.undetermined(what, subject, truth.causes, rule);
            }
            for ladder in moved {
                if last_mover.get(&(*ladder, candidate.subject)) == Some(&at) {
                    self.move_ladder(*ladder, candidate.subject, &mut moves);
                }
            }
            if scheduled {
                self.drain();
            }
        }
    }

    /// A scheduled rule whose condition does not hold is not asked again before something changes.
    fn lay_to_rest(&mut self, candidate: &Candidate, tri: Tri, until: Date) {
        let asker = Asker::Rule(candidate.rule);
        match tri {
            Tri::No => self.agenda.sleep(candidate.rule, until, candidate.subject),
            Tri::Yes | Tri::Unknown => self.agenda.ask(asker, Some(candidate.subject)),
        }
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
        let mut candidates = Vec::new();
        let dispatch = Arc::clone(&self.dispatch);
        let what = &self.world.record.happenings[event].what;
        for &rule in dispatch.triggered_by(what) {
            let Trigger::On(patterns) = &self.rule(rule).trigger else {
                continue;
            };
            for subject in self.reached(patterns, event) {
                let concerned = self
                    .world
                    .concerns(&self.rule(rule).subjects, subject, self.today);
                if !concerned {
                    continue;
                }
                let truth = self.triggers(patterns, event, subject);
                match truth.tri {
                    Tri::Yes => candidates.push(Candidate {
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
        }
        if !candidates.is_empty() {
            let found = self.world.record.now();
            self.ask(&candidates, found, false);
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
        reached.sort_by(|a, b| register.member(*a).id.cmp(&register.member(*b).id));
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

    /// Asks the scheduled rules whose moment has come.
    pub(crate) fn look_scheduled(&mut self, due: &BTreeSet<Due>) {
        let found = self.world.record.now();
        let mut together: BTreeSet<RuleIx> = BTreeSet::new();
        let mut alone: BTreeSet<(RuleIx, MemberIx)> = BTreeSet::new();
        for one in due {
            match one {
                Due::Together(rule) => {
                    together.insert(*rule);
                }
                Due::Alone(rule, member) => {
                    alone.insert((*rule, *member));
                }
                _ => {}
            }
        }
        let mut candidates = Vec::new();
        let mut looked_together = Vec::new();
        for rule in self.rules() {
            if together.contains(&rule) && self.look_together(rule, &mut candidates) {
                looked_together.push(rule);
            }
            let members = alone.range((rule, MemberIx(0))..=(rule, MemberIx(u32::MAX)));
            for (_, member) in members {
                self.look_alone(rule, *member, &mut candidates);
            }
        }
        self.ask(&candidates, found, true);
        let now = self.world.record.now();
        for rule in looked_together {
            self.looks.entry(rule).or_default().push((self.today, now));
        }
        for candidate in candidates {
            if candidate.trigger.is_none() && !self.dispatch.together.contains(&candidate.rule) {
                self.looked.insert((candidate.rule, candidate.subject), now);
            }
        }
    }

    /// A rule whose days are the same for all its subjects: those about whom its answer may have
    /// changed are asked. True if today is one of its days.
    fn look_together(&mut self, rule: RuleIx, candidates: &mut Vec<Candidate>) -> bool {
        let declared = self.rule(rule);
        let Trigger::At(points) = &declared.trigger else {
            return false;
        };
        let mut members = self.world.register.indices();
        let Some(any) =
            members.find(|member| self.world.concerns(&declared.subjects, *member, self.today))
        else {
            self.come_back(rule);
            return false;
        };
        let scope = self.watching_scope(rule, any);
        let mut is_due = false;
        for point in points {
            match self.world.is_point(point, Some(any), &scope) {
                Ok(lies) => is_due |= lies,
                Err(causes) => self.rule_fault(rule, &causes),
            }
            if is_due {
                break;
            }
        }
        self.come_back(rule);
        if !is_due {
            return false;
        }
        let asked: Vec<MemberIx> = if declared.condition.is_some() {
            self.agenda.awake(rule, self.today).into_iter().collect()
        } else {
            self.world.register.indices().collect()
        };
        for member in asked {
            if self.world.concerns(&declared.subjects, member, self.today) {
                let looking = Looking::Scheduled(self.looked_at(rule, member));
                candidates.push(Candidate::untriggered(rule, member, looking));
            }
        }
        true
    }

    /// Notes the next day on which a rule looks at all its subjects.
    fn come_back(&mut self, rule: RuleIx) {
        let Trigger::At(points) = &self.rule(rule).trigger else {
            return;
        };
        let scope = Scope::of(None, self.today, self.world.present(self.today));
        if let Some(next) = self.world.next_point(points, None, &scope) {
            self.agenda.note(next, Due::Together(rule));
        }
    }

    /// When a rule last looked at a subject.
    fn looked_at(&self, rule: RuleIx, subject: MemberIx) -> Option<Tick> {
        let member = self.world.register.member(subject);
        let mut looks = self.looks.get(&rule).into_iter().flatten().rev();
        looks
            .find(|(day, _)| member.belongs(*day))
            .map(|(_, tick)| *tick)
            .or_else(|| self.looked.get(&(rule, subject)).copied())
    }

    /// A rule whose days differ from subject to subject.
    fn look_alone(&mut self, rule: RuleIx, member: MemberIx, candidates: &mut Vec<Candidate>) {
        let declared = self.rule(rule);
        let concerned = self.world.concerns(&declared.subjects, member, self.today);
        match &declared.trigger {
            Trigger::At(points) => {
                let scope = self.watching_scope(rule, member);
                let (next, until) = self
                    .world
                    .until(|| self.world.next_point(points, Some(member), &scope));
                self.look_again(rule, member, next.into_iter().chain([until]).min());
                if !concerned {
                    return;
                }
                for point in points {
                    match self.world.is_point(point, Some(member), &scope) {
                        Ok(true) => {
                            let looking = Looking::Scheduled(self.looked_at(rule, member));
                            candidates.push(Candidate::untriggered(rule, member, looking));
                            return;
                        }
                        Ok(false) => {}
                        Err(causes) => self.rule_fault(rule, &causes),
                    }
                }
            }
            Trigger::After { .. } => {
                self.look_again(rule, member, None);
                if concerned {
                    self.look_after(rule, member, candidates);
                }
            }
            Trigger::On(_) | Trigger::When(_) | Trigger::While(_) => {}
        }
    }

    /// Notes the day on which a rule may look at a subject again.
    fn look_again(&mut self, rule: RuleIx, member: MemberIx, next: Option<Date>) {
        let tomorrow = self
            .today
            .succ_opt()
            .filter(|_| self.dispatch.daily.contains(&rule));
        let next = tomorrow.or(next).filter(|next| *next < Date::MAX);
        if let Some(next) = next {
            self.agenda.note(next, Due::Alone(rule, member));
        }
    }

    /// `D after E unless G`: the events whose day has come, or which became known after it.
    fn look_after(&mut self, rule: RuleIx, member: MemberIx, candidates: &mut Vec<Candidate>) {
        let Trigger::After {
            delay,
            from,
            unless,
        } = &self.rule(rule).trigger
        else {
            return;
        };
        let scope = self.watching_scope(rule, member);
        let meant = |patterns: &[PatternIx]| -> BTreeSet<HappeningIx> {
            patterns
                .iter()
                .flat_map(|pattern| self.world.meant(*pattern, Some(member), &scope))
                .filter(|(_, doubt)| doubt.is_none())
                .map(|(at, _)| at)
                .collect()
        };
        let preventing = meant(unless);
        let mut unclear = Vec::new();
        for event in meant(from) {
            let happening = &self.world.record.happenings[event];
            let baseless = happening
                .firing
                .is_some_and(|firing| self.world.record.firings[firing].baseless);
            if baseless {
                continue;
            }
            let due = self
                .world
                .duration(*delay, &scope.about(happening))
                .and_then(|delay| {
                    let due = self
                        .world
                        .shift(happening.date, pol_plan::Sign::Plus, delay);
                    due.map_err(|cause| vec![cause])
                });
            let due = match due {
                Ok(due) if due.max(happening.known) == self.today => due,
                Ok(_) => continue,
                Err(causes) => {
                    unclear.push(causes);
                    continue;
                }
            };
            let prevented = preventing.iter().any(|other| {
                let date = self.world.record.happenings[*other].date;
                *other != event && date >= happening.date && date <= due
            });
            if !prevented {
                candidates.push(Candidate {
                    trigger: Some(event),
                    due: (due < self.today).then_some(due),
                    ..Candidate::untriggered(rule, member, Looking::Scheduled(None))
                });
            }
        }
        for causes in unclear {
            self.rule_fault(rule, &causes);
        }
    }
}
