//! A run: day after day, each in its four steps.
//!
//! The manual, chapter "How a policy runs", "One day, in order".

use crate::history::{Gone, HappeningIx, History, Tick};
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::Date;
use pol_model::Options;
use pol_model::{Arrivals, Arrived};
use pol_model::{
    Cause, DutyIx, Entry, EntryIx, Fault, FieldIx, Limit, MemberIx, NeverIx, Record, Register,
    RuleIx, Setback, State, Step, Value, What,
};
use pol_semantics::hir::{Policy, Rule};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// A run in progress.
pub(crate) struct Run<'a> {
    /// All that a condition can see.
    pub world: World<'a>,
    /// How the run is made.
    pub options: &'a Options,
    /// The day.
    pub today: Date,
    /// The step of the day.
    pub step: Step,
    /// What was said.
    pub records: Vec<Record>,
    /// Events whose `on` rules have not been asked yet.
    pub queue: VecDeque<HappeningIx>,
    /// For each entry what it became on the record.
    pub taken: BTreeMap<EntryIx, HappeningIx>,
    /// Decisions of the day that have found no proposal yet.
    pub waiting: Vec<EntryIx>,
    /// When each scheduled rule last looked at a subject.
    pub looked: BTreeMap<(RuleIx, MemberIx), Tick>,
    /// Rules that do not propose again today.
    pub refused: BTreeSet<(RuleIx, MemberIx)>,
    /// Proposals that an act triggered and that were assumed approved today.
    pub assumed: BTreeSet<(RuleIx, MemberIx)>,
    /// Watching rules whose condition held at yesterday's close.
    pub held_yesterday: BTreeSet<(RuleIx, MemberIx)>,
    /// Watching rules whose condition holds on the day's opening state.
    pub held_at_open: BTreeSet<(RuleIx, MemberIx)>,
    /// Watching rules that fired today.
    pub fired: BTreeSet<(RuleIx, MemberIx)>,
    /// Properties that were broken at yesterday's close.
    pub broken: BTreeSet<(NeverIx, MemberIx)>,
    /// Unknowns that were reported.
    reported: BTreeSet<(What, Option<MemberIx>, Cause)>,
    /// The register's members by id.
    pub members: BTreeMap<Arc<str>, MemberIx>,
    /// What keeps the run from being meaningful.
    pub errors: Vec<Fault>,
}

impl<'a> Run<'a> {
    /// A run before its first day.
    pub(crate) fn new(
        policy: &'a Policy,
        register: &'a Register,
        entries: &'a [Entry],
        options: &'a Options,
    ) -> Self {
        let world = World {
            policy,
            register,
            entries,
            readings: &options.readings,
            history: History::new(register.members.len()),
            clocks: RefCell::default(),
        };
        Self {
            world,
            options,
            today: policy.counting_from,
            step: Step::Open,
            records: Vec::new(),
            queue: VecDeque::new(),
            taken: BTreeMap::new(),
            waiting: Vec::new(),
            looked: BTreeMap::new(),
            refused: BTreeSet::new(),
            assumed: BTreeSet::new(),
            held_yesterday: BTreeSet::new(),
            held_at_open: BTreeSet::new(),
            fired: BTreeSet::new(),
            broken: BTreeSet::new(),
            reported: BTreeSet::new(),
            members: register
                .indices()
                .map(|member| (register.member(member).id.clone(), member))
                .collect(),
            errors: Vec::new(),
        }
    }

    /// Runs from the first day on record through the as-of date.
    pub(crate) fn through(&mut self, arrivals: &Arrivals) {
        let first = arrivals.days.keys().next().copied();
        let mut day = first.map_or(self.world.policy.counting_from, |first| {
            first.min(self.world.policy.counting_from)
        });
        while day <= self.options.as_of {
            self.day(day, arrivals.days.get(&day), arrivals);
            let Some(next) = day.succ_opt() else { break };
            day = next;
        }
    }

    /// True once rules fire.
    pub(crate) fn effective(&self) -> bool {
        self.today >= self.world.policy.effective
    }

    fn day(&mut self, day: Date, arrived: Option<&Arrived>, arrivals: &Arrivals) {
        self.today = day;
        self.refused.clear();
        self.assumed.clear();
        self.fired.clear();
        self.open();
        if let Some(arrived) = arrived {
            self.step = Step::Entries;
            self.entries(arrived, arrivals);
        }
        if self.effective() {
            self.step = Step::Close;
            self.close();
            self.step = Step::Settle;
            self.settle();
        }
        self.world.history.close(day);
    }

    /// Step 1: what is over ends, what is due and not met is missed.
    fn open(&mut self) {
        self.step = Step::Open;
        self.end_outcomes();
        self.miss_duties();
        self.drain();
        self.held_at_open = if self.effective() {
            self.watching_that_hold()
        } else {
            BTreeSet::new()
        };
    }

    /// Step 2: withdrawals, events, decisions.
    fn entries(&mut self, arrived: &Arrived, arrivals: &Arrivals) {
        let today = self.today;
        let lapses = |entry: &EntryIx| {
            let withdrawn = arrivals.withdrawn.get(entry);
            withdrawn.is_some_and(|day| *day <= today)
        };
        self.withdrawals(&arrived.withdrawals, lapses);
        self.drain();
        let (gone, events): (Vec<EntryIx>, Vec<EntryIx>) =
            arrived.events.iter().copied().partition(lapses);
        let (lapsed, decisions): (Vec<EntryIx>, Vec<EntryIx>) =
            arrived.decisions.iter().copied().partition(lapses);
        for entry in gone.into_iter().chain(lapsed) {
            let subjects = self.subjects_of_entry(&self.world.entries[entry.at()]);
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
    fn close(&mut self) {
        self.look_scheduled();
        self.decide_waiting();
        self.watch();
        if self.decide_without_proposal() {
            self.watch();
        }
        self.report_watching_unknowns();
        self.held_yesterday = self.watching_that_hold();
    }

    /// Step 4: intervals and duties by the standing that the day leaves.
    fn settle(&mut self) {
        self.settle_intervals();
        self.settle_duties();
        self.ask_nevers();
        self.drain();
    }

    /// Says something.
    pub(crate) fn say(
        &mut self,
        date: Date,
        subject: Option<MemberIx>,
        what: What,
        state: State,
        rule: Option<RuleIx>,
        evidence: Vec<EntryIx>,
    ) {
        self.records.push(Record {
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
    }

    /// Reports what could not be decided, once per cause.
    pub(crate) fn undetermined(
        &mut self,
        what: What,
        subject: Option<MemberIx>,
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

    /// The rules, in the order in which they look.
    pub(crate) fn rules(&self) -> Vec<RuleIx> {
        self.world.policy.strata.iter().flatten().copied().collect()
    }

    /// A rule of the policy.
    pub(crate) fn rule(&self, rule: RuleIx) -> &'a Rule {
        &self.world.policy.rules[rule.at()]
    }

    /// The members that a rule looks at today, in the order of their ids.
    pub(crate) fn subjects_of(&self, rule: RuleIx) -> Vec<MemberIx> {
        let kinds = &self.rule(rule).subjects;
        let mut members = self.members_in_turn();
        members.retain(|member| self.world.concerns(kinds, *member, self.today));
        members
    }

    /// All members in the order of their ids.
    pub(crate) fn members_in_turn(&self) -> Vec<MemberIx> {
        let mut members: Vec<MemberIx> = self.world.register.indices().collect();
        self.world.register.in_turn(&mut members);
        members
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
        let mut broken = BTreeSet::new();
        for (at, never) in self.world.policy.nevers.iter().enumerate() {
            let Ok(at) = u16::try_from(at) else { break };
            for subject in self.world.register.indices() {
                if !self.world.concerns(&never.subjects, subject, self.today) {
                    continue;
                }
                let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
                if self.world.truth(&never.condition, &scope).holds() {
                    let evidence = self.world.evidence(&never.condition, &scope);
                    if !self.broken.contains(&(NeverIx(at), subject)) {
                        self.say(
                            self.today,
                            Some(subject),
                            What::Never(NeverIx(at)),
                            State::Broken,
                            None,
                            evidence,
                        );
                    }
                    broken.insert((NeverIx(at), subject));
                }
            }
        }
        self.broken = broken;
    }

    /// Values of a happening's fields, for records.
    pub(crate) fn field_values(fields: &[Option<Value>]) -> Vec<(FieldIx, Value)> {
        let index = |at: usize| FieldIx(u16::try_from(at).unwrap_or(u16::MAX));
        fields
            .iter()
            .enumerate()
            .filter_map(|(at, value)| Some((index(at), value.clone()?)))
            .collect()
    }

    /// The view of all that is left, in the light of what was withdrawn.
    pub(crate) const fn left(seen: Tick) -> crate::history::View {
        crate::history::View {
            limit: seen,
            gone: Gone::Now,
        }
    }

    /// A duty that could not be dated keeps the run from being meaningful.
    pub(crate) fn duty_error(&mut self, duty: DutyIx, causes: &[Cause]) {
        self.errors.push(Fault::undated(Limit::Duty(duty), causes));
    }

    /// A rule whose day could not be computed keeps the run from being meaningful.
    pub(crate) fn rule_error(&mut self, rule: RuleIx, causes: &[Cause]) {
        self.errors.push(Fault::undated(Limit::Rule(rule), causes));
    }
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
