//! Everything that an entry can set going on its day.

use super::cost::{add, sum};
use crate::data::{ActState, Action, DutyTime, Plan, Rule, Trigger};
use crate::node::{AccumulatorIx, PatternIx, Source, Window};
use crate::reads::Reads;
use pol_runtime::{DutyIx, EventIx, LadderIx, NeverIx, OutcomeIx, RuleIx};
use std::collections::{BTreeMap, BTreeSet};

/// What can happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Happening {
    Event(EventIx),
    Status(LadderIx, u16),
    /// Any status of a ladder.
    Moved(LadderIx),
    Outcome(OutcomeIx),
    Duty(DutyIx, ActState),
}

/// Everything that can be set going, to the end, what follows from what follows included, and how
/// often at most.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Touched {
    happenings: BTreeMap<Happening, usize>,
    /// How many events may have to be held against a pattern.
    pub patterns: BTreeMap<PatternIx, usize>,
    /// How many events an aggregate may take up or be cut by.
    pub accumulators: BTreeMap<AccumulatorIx, usize>,
    /// How often a rule may look.
    pub rules: BTreeMap<RuleIx, usize>,
    /// How often a duty may be asked.
    pub duties: BTreeMap<DutyIx, usize>,
    pub nevers: BTreeSet<NeverIx>,
}

impl Touched {
    /// What an entry or derived event of a kind can set going. A rule whose proposal a body decides
    /// is taken to act at once.
    pub fn by(plan: &Plan, event: EventIx) -> Self {
        Self::following(plan, &BTreeMap::from([(Happening::Event(event), 1)]))
    }

    /// What a rule that fires can set going.
    pub fn by_firing(plan: &Plan, rule: &Rule) -> Self {
        let mut first: BTreeMap<Happening, usize> = BTreeMap::new();
        for action in rule.then.iter().chain(&rule.otherwise) {
            add(first.entry(happening(action)).or_default(), 1);
        }
        Self::following(plan, &first)
    }

    fn following(plan: &Plan, first: &BTreeMap<Happening, usize>) -> Self {
        let mut touched = Self {
            happenings: first.clone(),
            ..Self::default()
        };
        // Rules that events trigger never form a circle, and a watching rule fires once a day: each
        // round reaches one further link of the longest chain.
        for _ in 0..=plan.rules.len() + plan.duties.len() {
            let mut happenings = touched.follow(plan);
            for (happening, times) in first {
                add(happenings.entry(*happening).or_default(), *times);
            }
            if happenings == touched.happenings {
                break;
            }
            touched = Self {
                happenings,
                ..Self::default()
            };
        }
        touched.follow(plan);
        touched
    }

    /// Fills in what the happenings touch; what these in turn make happen.
    fn follow(&mut self, plan: &Plan) -> BTreeMap<Happening, usize> {
        for (at, pattern) in (0..).map(PatternIx).zip(&plan.patterns) {
            let times = self.times(plan, &pattern.source);
            if times > 0 {
                self.patterns.insert(at, times);
            }
        }
        for (at, accumulator) in (0..).map(AccumulatorIx).zip(&plan.accumulators) {
            let cut = accumulator.windows.iter().map(|window| match window {
                Window::Since(events) | Window::LastEvents(_, events) => self.of(&[*events]),
                _ => 0,
            });
            let times = sum(cut.chain([self.of(&[accumulator.over])]));
            if times > 0 {
                self.accumulators.insert(at, times);
            }
        }
        let mut happens: BTreeMap<Happening, usize> = BTreeMap::new();
        for (at, rule) in (0..).map(RuleIx).zip(&plan.rules) {
            let (looks, fires) = match &rule.trigger {
                Trigger::On(patterns) => (self.of(patterns), self.of(patterns)),
                Trigger::After { from, unless, .. } => {
                    (sum([self.of(from), self.of(unless)]), self.of(from))
                }
                Trigger::When(_) if self.changes(&rule.reads) => (rounds(plan, at), 1),
                Trigger::While(_) if self.changes(&rule.reads) => (1, 1),
                Trigger::When(_) | Trigger::While(_) | Trigger::At(_) => (0, 0),
            };
            if looks > 0 {
                self.rules.insert(at, looks);
                for action in rule.then.iter().chain(&rule.otherwise) {
                    add(happens.entry(happening(action)).or_default(), fires);
                }
            }
        }
        for (at, duty) in (0..).map(DutyIx).zip(&plan.duties) {
            let born = match &duty.time {
                DutyTime::Within(_, patterns) => self.of(patterns),
                DutyTime::Each(_) | DutyTime::By(_) | DutyTime::On(_) => 0,
            };
            let moved: Vec<PatternIx> = duty.extended.iter().map(|(by, _)| *by).collect();
            let asked = usize::from(self.changes(&duty.reads));
            let times = sum([born, self.of(&moved), self.of(&duty.met_by), asked]);
            if times > 0 {
                self.duties.insert(at, times);
                // A duty is missed on a later day.
                for state in [ActState::Owed, ActState::Met, ActState::Released] {
                    happens.insert(Happening::Duty(at, state), times);
                }
            }
        }
        for (at, never) in (0..).map(NeverIx).zip(&plan.nevers) {
            if self.changes(&never.reads) {
                self.nevers.insert(at);
            }
        }
        happens
    }

    /// How many events are held against some patterns.
    fn of(&self, patterns: &[PatternIx]) -> usize {
        let times = patterns
            .iter()
            .filter_map(|pattern| self.patterns.get(pattern));
        sum(times.copied())
    }

    /// How many of the events that happen may be of a source.
    fn times(&self, plan: &Plan, source: &Source) -> usize {
        if let Source::Set(members) = source {
            let members = members.iter();
            return sum(members.map(|member| self.times(plan, &plan.pattern(*member).source)));
        }
        let of = |(happening, times): (&Happening, &usize)| {
            let is_one = match (source, happening) {
                (Source::Event(event), Happening::Event(happened)) => event == happened,
                (Source::Catalogue(catalogue), Happening::Event(happened)) => {
                    plan.catalogues[catalogue.at()].event == *happened
                }
                (Source::Status(ladder, status), Happening::Status(moved, to)) => {
                    ladder == moved && status == to
                }
                (Source::Status(ladder, _) | Source::Ladder(ladder), Happening::Moved(moved))
                | (Source::Ladder(ladder), Happening::Status(moved, _)) => ladder == moved,
                (Source::Outcome(outcome), Happening::Outcome(imposed)) => outcome == imposed,
                (Source::Duty(duty, state), Happening::Duty(happened, became)) => {
                    duty == happened && state == became
                }
                // Nothing loses its basis by what comes.
                _ => false,
            };
            if is_one { *times } else { 0 }
        };
        sum(self.happenings.iter().map(of))
    }

    /// True if what has happened can change what is read.
    fn changes(&self, reads: &Reads) -> bool {
        let counted = reads
            .patterns
            .iter()
            .any(|pattern| self.patterns.contains_key(pattern));
        let moved = self.happenings.keys().any(|happening| match happening {
            Happening::Moved(ladder) | Happening::Status(ladder, _) => {
                reads.ladders.contains(ladder)
            }
            Happening::Outcome(outcome) => reads.outcomes.contains(outcome),
            Happening::Event(_) | Happening::Duty(..) => false,
        });
        counted || moved
    }
}

/// What an action makes happen.
fn happening(action: &Action) -> Happening {
    match action {
        Action::Status(ladder, status) => Happening::Status(*ladder, *status),
        Action::Set(ladder, _) => Happening::Moved(*ladder),
        Action::Impose(imposition) => Happening::Outcome(imposition.outcome),
        Action::End(outcome) => Happening::Outcome(*outcome),
        Action::Event(event, _) => Happening::Event(*event),
    }
}

/// How often a watching rule looks on one day: once for each rule that it depends on and that depends
/// on it, itself included.
fn rounds(plan: &Plan, rule: RuleIx) -> usize {
    let own = plan.strata.iter().find(|stratum| stratum.contains(&rule));
    own.map_or(1, Vec::len)
}
