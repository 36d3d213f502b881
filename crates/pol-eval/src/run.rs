//! A run: the days on which anything is due, each in its four steps.
//!
//! The manual, chapter "How a policy runs", "One day, in order". A day on which nothing is recorded
//! and nothing can change is never looked at.

use crate::about::About;
use crate::agenda::{Agenda, Due};
use crate::dispatch::{Asker, Dispatch};
use crate::part::Part;
use crate::record::{HappeningIx, Subject, Tick};
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::Date;
use pol_model::{
    Arrivals, Arrived, Cause, DutyIx, Entry, EntryIx, Fault, FieldIx, Limit, MemberIx, NeverIx,
    Options, Record as Said, Register, RuleIx, Setback, State, Step, Value, What,
};
use pol_plan::{Plan, Reach, Rule, Trigger};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// A run in progress.
pub(crate) struct Run<'a> {
    /// All that a condition can see.
    pub world: World<'a>,
    /// Who asks what.
    pub dispatch: Arc<Dispatch>,
    /// What is due when.
    pub agenda: Agenda,
    /// True if each proposal is approved on its day.
    pub assume_approved: bool,
    /// The day.
    pub today: Date,
    /// The step of the day.
    pub step: Step,
    /// What was said.
    pub said: Vec<Said>,
    /// Events whose `on` rules have not been asked yet.
    pub queue: VecDeque<HappeningIx>,
    /// For each entry what it became on the record.
    pub taken: BTreeMap<EntryIx, HappeningIx>,
    /// True once the first day was noted.
    pub begun: bool,
    /// Decisions of the day that have found no proposal yet.
    pub waiting: Vec<EntryIx>,
    /// When each scheduled rule looked, at all its subjects together.
    pub looks: BTreeMap<RuleIx, Vec<(Date, Tick)>>,
    /// When each scheduled rule last looked at a subject alone.
    pub looked: BTreeMap<(RuleIx, MemberIx), Tick>,
    /// Rules that do not propose again today.
    pub refused: BTreeSet<(RuleIx, MemberIx)>,
    /// Proposals that an act triggered and that were assumed approved today.
    pub assumed: BTreeSet<(RuleIx, MemberIx)>,
    /// Watching rules whose condition held at the last close.
    pub held: BTreeSet<(RuleIx, MemberIx)>,
    /// Whether watching rules held when the day began, where that may differ from the last close.
    pub held_at_open: BTreeMap<(RuleIx, MemberIx), bool>,
    /// Watching rules that were asked today.
    pub watched: BTreeSet<(RuleIx, MemberIx)>,
    /// Watching rules that fired today.
    pub fired: BTreeSet<(RuleIx, MemberIx)>,
    /// Properties that were broken at the last close.
    pub broken: BTreeSet<(NeverIx, MemberIx)>,
    /// Unknowns that were reported.
    pub reported: BTreeSet<(What, Subject, Cause)>,
    /// Whom an entry is about.
    pub about: About<'a>,
    /// What keeps the run from being meaningful.
    pub faults: Vec<Fault>,
}

impl<'a> Run<'a> {
    /// A run about the whole register, before its first day.
    pub(crate) fn new(
        plan: &'a Plan,
        dispatch: &Arc<Dispatch>,
        register: &'a Register,
        entries: Cow<'a, [Entry]>,
        options: &Options,
    ) -> Self {
        let (about, part) = (About::of(plan, register), Part::everyone(register));
        Self::of_part(plan, dispatch, register, about, part, entries, options)
    }

    /// A run about a part of the register, before its first day.
    pub(crate) fn of_part(
        plan: &'a Plan,
        dispatch: &Arc<Dispatch>,
        register: &'a Register,
        about: About<'a>,
        part: Part,
        entries: Cow<'a, [Entry]>,
        options: &Options,
    ) -> Self {
        let world = World::new(plan, register, part, entries, options);
        Self {
            world,
            dispatch: Arc::clone(dispatch),
            agenda: Agenda::default(),
            assume_approved: options.assume_approved,
            today: plan.counting_from,
            step: Step::Open,
            said: Vec::new(),
            queue: VecDeque::new(),
            taken: BTreeMap::new(),
            begun: false,
            waiting: Vec::new(),
            looks: BTreeMap::new(),
            looked: BTreeMap::new(),
            refused: BTreeSet::new(),
            assumed: BTreeSet::new(),
            held: BTreeSet::new(),
            held_at_open: BTreeMap::new(),
            watched: BTreeSet::new(),
            fired: BTreeSet::new(),
            broken: BTreeSet::new(),
            reported: BTreeSet::new(),
            about,
            faults: Vec::new(),
        }
    }

    /// Notes what is due from the first day on.
    fn begin(&mut self, first: Date) {
        for member in self.world.part.members() {
            for membership in &self.world.register.member(member).memberships {
                let after = membership.until.and_then(|until| until.succ_opt());
                for day in membership.from.into_iter().chain(after) {
                    if day > first {
                        self.agenda.note(day, Due::Membership(member));
                    }
                }
            }
        }
        self.agenda.note(first, Due::Again);
        let effective = self.world.plan.effective;
        if effective >= first {
            self.agenda.note(effective, Due::Again);
        }
        for asker in self.askers() {
            if matches!(asker, Asker::Clock(_)) {
                self.ask_all(asker);
            }
        }
    }

    /// Everyone is asked when rules begin to fire.
    fn take_effect(&mut self) {
        for asker in self.askers() {
            if !matches!(asker, Asker::Clock(_)) {
                self.ask_all(asker);
            }
        }
        for rule in self.rules() {
            match &self.rule(rule).trigger {
                Trigger::At(_) if self.dispatch.together.contains(&rule) => {
                    self.agenda.note(self.today, Due::Together(rule));
                }
                Trigger::At(_) | Trigger::After { .. } => {
                    for member in self.world.part.members() {
                        self.agenda.note(self.today, Due::Alone(rule, member));
                    }
                }
                Trigger::On(_) | Trigger::When(_) | Trigger::While(_) => {}
            }
        }
    }

    fn ask_all(&mut self, asker: Asker) {
        for member in self.world.part.members() {
            self.ask_about(asker, member);
        }
        if let Asker::Duty(duty) = asker
            && self.of_nobody(duty)
        {
            self.agenda.ask(asker, None);
        }
    }

    /// An answer about a member may have changed.
    fn ask_about(&mut self, asker: Asker, member: MemberIx) {
        let kind = self.world.register.member(member).kind;
        let plan = self.world.plan;
        let kinds = match asker {
            Asker::Rule(rule) => &plan.rule(rule).subjects,
            Asker::Never(never) => &plan.nevers[never.at()].subjects,
            Asker::Duty(duty) if !plan.duties[duty.at()].kinds.is_empty() => {
                &plan.duties[duty.at()].kinds
            }
            Asker::Duty(duty) if self.of_nobody(duty) => return self.agenda.ask(asker, None),
            Asker::Duty(_) | Asker::Clock(_) => return self.agenda.ask(asker, Some(member)),
        };
        if kinds.contains(&kind) {
            self.agenda.ask(asker, Some(member));
        }
    }

    /// What an asker reads of a member has changed.
    pub(crate) fn touch(&mut self, asker: Asker, reach: Reach, member: MemberIx) {
        match reach {
            Reach::Own => self.ask_about(asker, member),
            Reach::Within => {
                let outer: Vec<MemberIx> = self.world.register.outwards(member).collect();
                for member in outer {
                    self.ask_about(asker, member);
                }
            }
            Reach::All => self.ask_all(asker),
        }
    }

    /// True if a duty is owed about nobody in particular.
    pub(crate) fn of_nobody(&self, duty: DutyIx) -> bool {
        let duty = &self.world.plan.duties[duty.at()];
        duty.kinds.is_empty() && duty.condition.is_none()
    }

    /// Begins on a day, if that is not after the last.
    pub(crate) fn begin_on(&mut self, first: Date, last: Date) {
        if first <= last {
            self.begun = true;
            self.begin(first);
        }
    }

    /// Looks at each day on which something is recorded or due, from the first through the last.
    pub(crate) fn through(&mut self, arrivals: &mut Arrivals, last: Date) {
        if !self.begun {
            self.begin_on(first_day(self.world.plan, arrivals), last);
        }
        if !self.begun {
            return;
        }
        loop {
            let arrival = arrivals.days.keys().next().copied();
            let next = self.agenda.next().into_iter().chain(arrival).min();
            let Some(next) = next.filter(|next| *next <= last) else {
                break;
            };
            let arrived = arrivals.days.remove(&next);
            self.day(next, arrived.as_ref(), &arrivals.withdrawn);
        }
        self.today = last;
    }

    /// True once rules fire.
    pub(crate) fn effective(&self) -> bool {
        self.today >= self.world.plan.effective
    }

    /// One day.
    fn day(&mut self, day: Date, arrived: Option<&Arrived>, withdrawn: &BTreeMap<EntryIx, Date>) {
        self.today = day;
        self.refused.clear();
        self.assumed.clear();
        self.fired.clear();
        self.watched.clear();
        self.held_at_open.clear();
        let due = self.agenda.take(day);
        self.join_and_leave(&due);
        let begins = day == self.world.plan.effective
            || (self.effective() && self.world.record.first_day().is_none());
        if begins {
            self.take_effect();
        }
        let mut due = due;
        due.extend(self.agenda.take(day));
        self.open(&due);
        if let Some(arrived) = arrived {
            self.step = Step::Entries;
            self.entries(arrived, withdrawn);
        }
        due.extend(self.agenda.take(day));
        if self.effective() {
            self.step = Step::Close;
            self.close(&due);
            self.step = Step::Settle;
            self.settle();
        }
        self.read_clocks();
        self.world.record.close_day(day);
        // What became due after its step of the day was over is not looked at any more.
        self.agenda.take(day);
        self.leave_for_tomorrow();
    }

    fn join_and_leave(&mut self, due: &BTreeSet<Due>) {
        for one in due {
            let Due::Membership(member) = one else {
                continue;
            };
            for asker in self.askers() {
                self.touch(asker, self.reach_of(asker), *member);
            }
            for rule in self.rules() {
                let alone = matches!(
                    self.rule(rule).trigger,
                    Trigger::At(_) | Trigger::After { .. }
                ) && !self.dispatch.together.contains(&rule);
                if alone {
                    self.agenda.note(self.today, Due::Alone(rule, *member));
                }
            }
        }
    }

    fn reach_of(&self, asker: Asker) -> Reach {
        let plan = self.world.plan;
        match asker {
            Asker::Rule(rule) => plan.rule(rule).reads.reach,
            Asker::Duty(duty) => plan.duties[duty.at()].reads.reach,
            Asker::Never(never) => plan.nevers[never.at()].reads.reach,
            Asker::Clock(clock) => plan.clock_reads[clock.at()].reach,
        }
    }

    /// Step 1: what is over ends, what is due and not met is missed.
    fn open(&mut self, due: &BTreeSet<Due>) {
        self.step = Step::Open;
        self.end_outcomes(due);
        self.miss_duties(due);
        self.drain();
        if self.effective() {
            self.watch_opening();
        }
    }

    /// Step 2: withdrawals, events, decisions.
    fn entries(&mut self, arrived: &Arrived, withdrawn: &BTreeMap<EntryIx, Date>) {
        let today = self.today;
        let lapses = |entry: &EntryIx| withdrawn.get(entry).is_some_and(|day| *day <= today);
        if !arrived.withdrawals.is_empty() {
            self.withdrawals(&arrived.withdrawals, lapses);
            self.drain();
        }
        let (gone, events): (Vec<EntryIx>, Vec<EntryIx>) =
            arrived.events.iter().copied().partition(lapses);
        let (lapsed, decisions): (Vec<EntryIx>, Vec<EntryIx>) =
            arrived.decisions.iter().copied().partition(lapses);
        for entry in gone.into_iter().chain(lapsed) {
            let subjects = self.subjects_of_entry(entry);
            self.set_aside_about(entry, &subjects, Setback::Withdrawn);
        }
        for entry in events {
            self.take(entry);
            self.drain();
        }
        self.waiting = decisions;
        self.place_decisions();
        self.decide_waiting();
    }

    /// Step 3: scheduled rules, then the watching ones, and decisions as soon as they can be taken.
    fn close(&mut self, due: &BTreeSet<Due>) {
        self.look_scheduled(due);
        self.decide_waiting();
        self.watch();
        if self.decide_without_proposal() {
            self.watch();
        }
        self.watch_close();
    }

    /// Step 4: intervals and duties by the standing that the day leaves.
    fn settle(&mut self) {
        self.settle_intervals();
        self.settle_duties();
        self.ask_nevers();
        self.drain();
    }

    /// What the clocks show at the day's end. All are read before any is noted: a clock that asks
    /// another sees it as it was at the close before.
    fn read_clocks(&mut self) {
        let mut read = Vec::new();
        let dispatch = Arc::clone(&self.dispatch);
        for &clock in &dispatch.clocks {
            let asker = Asker::Clock(clock);
            for subject in self.agenda.take_open(asker).into_iter().flatten() {
                let (reading, until) = self
                    .world
                    .until(|| self.world.at_close(clock, subject, self.today));
                read.push((clock, subject, reading));
                self.agenda.look(until, asker, Some(subject));
            }
        }
        for (clock, subject, reading) in read {
            self.world.clocks.note(clock, subject, reading);
        }
    }

    /// Who is still to be asked when the day is over is asked tomorrow; before rules fire nobody is.
    fn leave_for_tomorrow(&mut self) {
        let mut any = false;
        for asker in self.askers() {
            if !self.effective() {
                self.agenda.take_open(asker);
                continue;
            }
            let waits_for_its_day = match asker {
                Asker::Rule(rule) => matches!(self.rule(rule).trigger, Trigger::At(_)),
                Asker::Duty(_) | Asker::Never(_) | Asker::Clock(_) => false,
            };
            any |= !waits_for_its_day && self.agenda.any_open(asker);
        }
        if any && let Some(tomorrow) = self.today.succ_opt() {
            self.agenda.note(tomorrow, Due::Again);
        }
    }

    /// Says something.
    pub(crate) fn say(
        &mut self,
        date: Date,
        subject: Subject,
        what: What,
        state: State,
        rule: Option<RuleIx>,
        evidence: Vec<EntryIx>,
    ) -> &mut Said {
        self.said.push(Said {
            date,
            known: self.today,
            step: self.step,
            subject,
            what,
            state,
            fields: Vec::new(),
            rule,
            evidence,
            assumed: false,
            due: None,
        });
        let last = self.said.len() - 1;
        &mut self.said[last]
    }

    /// Reports what could not be decided, once per cause.
    pub(crate) fn undetermined(
        &mut self,
        what: What,
        subject: Subject,
        causes: Vec<Cause>,
        rule: Option<RuleIx>,
    ) {
        let new: Vec<Cause> = causes
            .into_iter()
            .filter(|cause| self.reported.insert((what, subject, cause.clone())))
            .collect();
        if !new.is_empty() {
            let evidence = new.iter().filter_map(cause_entry).collect();
            self.say(
                self.today,
                subject,
                what,
                State::Unknown(new),
                rule,
                evidence,
            );
        }
    }

    /// All askers.
    fn askers(&self) -> impl Iterator<Item = Asker> + use<> {
        let dispatch = Arc::clone(&self.dispatch);
        (0..dispatch.askers.len()).map(move |at| dispatch.askers[at])
    }

    /// The rules, in the order in which they look.
    pub(crate) fn rules(&self) -> impl Iterator<Item = RuleIx> + use<'a> {
        let plan = self.world.plan;
        plan.strata.iter().flatten().copied()
    }

    /// Takes those about whom an asker is to be asked, in the order of their ids.
    pub(crate) fn take_in_turn(&mut self, asker: Asker) -> Vec<MemberIx> {
        let open = self.agenda.take_open(asker);
        let mut members: Vec<MemberIx> = open.into_iter().flatten().collect();
        self.world.register.in_turn(&mut members);
        members
    }

    /// A rule of the policy.
    pub(crate) fn rule(&self, rule: RuleIx) -> &'a Rule {
        self.world.plan.rule(rule)
    }

    /// The scope in which a watching rule looks at a subject today.
    pub(crate) fn watching_scope(&self, rule: RuleIx, subject: MemberIx) -> Scope<'static> {
        let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
        Scope {
            rule: Some(rule),
            ..scope
        }
    }

    /// Asks at the day's end whether every property holds; says once when one does not.
    fn ask_nevers(&mut self) {
        let plan = self.world.plan;
        for (at, never) in (0_u16..).map(NeverIx).zip(&plan.nevers) {
            for subject in self
                .agenda
                .take_open(Asker::Never(at))
                .into_iter()
                .flatten()
            {
                if !self.world.concerns(&never.subjects, subject, self.today) {
                    self.broken.remove(&(at, subject));
                    continue;
                }
                let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
                let (broken, until) = self
                    .world
                    .until(|| self.world.truth(never.condition, &scope).holds());
                self.agenda.look(until, Asker::Never(at), Some(subject));
                if !broken {
                    self.broken.remove(&(at, subject));
                } else if self.broken.insert((at, subject)) {
                    let evidence = self.world.evidence(never.condition, &scope);
                    let evidence = evidence.into_iter().collect();
                    let what = What::Never(at);
                    self.say(
                        self.today,
                        Some(subject),
                        what,
                        State::Broken,
                        None,
                        evidence,
                    );
                }
            }
        }
    }

    /// Values of a happening's fields, for records.
    pub(crate) fn field_values(fields: &[Option<Value>]) -> Vec<(FieldIx, Value)> {
        (0_u16..)
            .map(FieldIx)
            .zip(fields)
            .filter_map(|(at, value)| Some((at, value.clone()?)))
            .collect()
    }

    /// What keeps the run from being meaningful, each thing once.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        for fault in &self.faults {
            if !faults.contains(fault) {
                faults.push(fault.clone());
            }
        }
        faults
    }

    /// A duty that cannot be dated keeps the run from being meaningful.
    pub(crate) fn duty_fault(&mut self, duty: DutyIx, causes: &[Cause]) {
        self.faults.push(Fault::undated(Limit::Duty(duty), causes));
    }

    /// A rule whose day cannot be computed keeps the run from being meaningful.
    pub(crate) fn rule_fault(&mut self, rule: RuleIx, causes: &[Cause]) {
        self.faults.push(Fault::undated(Limit::Rule(rule), causes));
    }
}

/// The day on which a run begins that knows these entries first.
pub(crate) fn first_day(plan: &Plan, arrivals: &Arrivals) -> Date {
    let recorded = arrivals.days.keys().next().copied();
    recorded.map_or(plan.counting_from, |day| day.min(plan.counting_from))
}

fn cause_entry(cause: &Cause) -> Option<EntryIx> {
    match cause {
        Cause::Absent { entry, .. } | Cause::DivisionByZero { entry } => *entry,
        Cause::MayQualify { entry, .. } => Some(*entry),
        Cause::NoAttribute { .. }
        | Cause::Overflow
        | Cause::MissingYear { .. }
        | Cause::NoRow { .. }
        | Cause::OfNothing { .. }
        | Cause::BeforeRecord { .. }
        | Cause::DateRange
        | Cause::NoRank => None,
    }
}
