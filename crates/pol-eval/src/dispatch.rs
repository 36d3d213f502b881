//! Who asks what: for each happening the patterns that may mean it, for each pattern, ladder and
//! outcome those whose answer it can change.

use crate::record::{Act, Occurrence};
use pol_model::{DutyIx, NeverIx, RuleIx};
use pol_plan::{
    Accumulator, Action, ClockIx, DutyTime, Extent, Node, NodeIx, PatternIx, Period, Plan, Point,
    PointBase, Reach, Reads, Source, Table, Trigger, Window,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is asked again when something that it reads has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Asker {
    /// A rule's condition.
    Rule(RuleIx),
    /// A duty's span.
    Duty(DutyIx),
    /// A property of every ledger.
    Never(NeverIx),
    /// The clock of a `held` condition.
    Clock(ClockIx),
}

/// What a happening is, as far as its sort tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Event(u16),
    Ladder(u16),
    Outcome(u16),
    Duty(u16),
    Lost,
}

/// Who asks what.
#[derive(Debug, Default)]
pub(crate) struct Dispatch {
    /// For each sort of happening the patterns that are listed.
    listed: BTreeMap<Sort, Vec<PatternIx>>,
    /// For each sort the duties that one may meet, and those that one may start.
    met: BTreeMap<Sort, Vec<DutyIx>>,
    started: BTreeMap<Sort, Vec<DutyIx>>,
    /// For each sort the rules that one may trigger, in the order in which they look.
    triggered: BTreeMap<Sort, Vec<RuleIx>>,
    /// For each pattern who reads it.
    pub by_pattern: Vec<Vec<(Asker, Reach)>>,
    /// For each ladder who reads it.
    pub by_ladder: Vec<Vec<(Asker, Reach)>>,
    /// For each outcome who reads it.
    pub by_outcome: Vec<Vec<(Asker, Reach)>>,
    /// All askers.
    pub askers: Vec<Asker>,
    /// The clocks.
    pub clocks: Vec<ClockIx>,
    /// True if some outcome is in force until an event.
    pub until_events: bool,
    /// Rules that look on days that are the same for all subjects.
    pub together: BTreeSet<RuleIx>,
    /// Rules whose days cannot be told ahead.
    pub daily: BTreeSet<RuleIx>,
    /// For each pattern the scheduled rules whose days its events give.
    pub gives_days: BTreeMap<PatternIx, Vec<RuleIx>>,
    /// Patterns that a duty of nobody in particular looks for.
    pub nobody: BTreeSet<PatternIx>,
}

impl Dispatch {
    /// What a plan asks.
    pub(crate) fn of(plan: &Plan) -> Self {
        let mut dispatch = Self {
            by_pattern: vec![Vec::new(); plan.patterns.len()],
            by_ladder: vec![Vec::new(); plan.ladders.len()],
            by_outcome: vec![Vec::new(); plan.outcomes.len()],
            ..Self::default()
        };
        let mut listed: BTreeSet<PatternIx> = plan.accumulators.iter().flat_map(counted).collect();
        for (at, reads) in plan.clock_reads.iter().enumerate() {
            let clock = ClockIx(small(at));
            dispatch.clocks.push(clock);
            dispatch.asks(Asker::Clock(clock), reads, &mut listed);
        }
        for rule in plan.strata.iter().flatten() {
            dispatch.rule(plan, *rule, &mut listed);
        }
        for (at, duty) in (0_u16..).map(DutyIx).zip(&plan.duties) {
            dispatch.asks(Asker::Duty(at), &duty.reads, &mut listed);
            listed.extend(&duty.met_by);
            listed.extend(duty.extended.iter().map(|(by, _)| *by));
            dispatch.note(plan, &duty.met_by, |dispatch| dispatch.met_entry(), at);
            if let DutyTime::Within(_, patterns) = &duty.time {
                dispatch.note(plan, patterns, |dispatch| dispatch.started_entry(), at);
            }
            if duty.kinds.is_empty() && duty.condition.is_none() {
                dispatch.nobody.extend(&duty.met_by);
                dispatch
                    .nobody
                    .extend(duty.extended.iter().map(|(by, _)| *by));
                dispatch.nobody.extend(&duty.reads.patterns);
            }
        }
        for (at, never) in (0_u16..).map(NeverIx).zip(&plan.nevers) {
            dispatch.asks(Asker::Never(at), &never.reads, &mut listed);
        }
        for pattern in listed {
            for sort in sorts(plan, pattern) {
                dispatch.listed.entry(sort).or_default().push(pattern);
            }
        }
        dispatch
    }

    fn met_entry(&mut self) -> &mut BTreeMap<Sort, Vec<DutyIx>> {
        &mut self.met
    }

    fn started_entry(&mut self) -> &mut BTreeMap<Sort, Vec<DutyIx>> {
        &mut self.started
    }

    fn note(
        &mut self,
        plan: &Plan,
        patterns: &[PatternIx],
        list: impl Fn(&mut Self) -> &mut BTreeMap<Sort, Vec<DutyIx>>,
        duty: DutyIx,
    ) {
        let sorts: BTreeSet<Sort> = patterns
            .iter()
            .flat_map(|pattern| sorts(plan, *pattern))
            .collect();
        for sort in sorts {
            list(self).entry(sort).or_default().push(duty);
        }
    }

    fn rule(&mut self, plan: &Plan, at: RuleIx, listed: &mut BTreeSet<PatternIx>) {
        let rule = plan.rule(at);
        if !matches!(rule.trigger, Trigger::On(_) | Trigger::After { .. }) {
            self.asks(Asker::Rule(at), &rule.reads, listed);
        }
        for action in rule.then.iter().chain(&rule.otherwise) {
            let Action::Impose(imposition) = action else {
                continue;
            };
            match &imposition.extent {
                Some(Extent::ForEvents(_, pattern)) => {
                    self.until_events = true;
                    listed.insert(*pattern);
                }
                Some(Extent::Until(_)) => self.until_events = true,
                Some(Extent::For(_) | Extent::UntilEndOf(_) | Extent::UntilEndOfPhase(_))
                | None => {}
            }
        }
        match &rule.trigger {
            Trigger::On(patterns) => {
                let sorts: BTreeSet<Sort> = patterns
                    .iter()
                    .flat_map(|pattern| sorts(plan, *pattern))
                    .collect();
                for sort in sorts {
                    self.triggered.entry(sort).or_default().push(at);
                }
            }
            Trigger::At(points) => {
                if !points
                    .iter()
                    .all(|point| point_is(plan, point, true, still))
                {
                    self.daily.insert(at);
                } else if points
                    .iter()
                    .all(|point| point_is(plan, point, false, fixed))
                {
                    self.together.insert(at);
                }
                for point in points {
                    if let PointBase::FieldOf(_, pattern) = &point.base {
                        listed.insert(*pattern);
                        self.gives_days.entry(*pattern).or_default().push(at);
                    }
                }
            }
            Trigger::After {
                delay,
                from,
                unless,
            } => {
                listed.extend(from.iter().chain(unless));
                if !still(plan, *delay) {
                    self.daily.insert(at);
                }
                for pattern in from {
                    self.gives_days.entry(*pattern).or_default().push(at);
                }
            }
            Trigger::When(_) | Trigger::While(_) => {}
        }
    }

    fn asks(&mut self, asker: Asker, reads: &Reads, listed: &mut BTreeSet<PatternIx>) {
        self.askers.push(asker);
        listed.extend(&reads.patterns);
        for pattern in &reads.patterns {
            self.by_pattern[pattern.at()].push((asker, reads.reach));
        }
        for ladder in &reads.ladders {
            self.by_ladder[ladder.at()].push((asker, reads.reach));
        }
        for outcome in &reads.outcomes {
            self.by_outcome[outcome.at()].push((asker, reads.reach));
        }
    }

    /// The listed patterns that may mean a happening.
    pub(crate) fn patterns(&self, what: &Occurrence) -> &[PatternIx] {
        self.listed.get(&sort_of(what)).map_or(&[], Vec::as_slice)
    }

    /// The duties that a happening may meet.
    pub(crate) fn met_by(&self, what: &Occurrence) -> &[DutyIx] {
        self.met.get(&sort_of(what)).map_or(&[], Vec::as_slice)
    }

    /// The duties that a happening may start.
    pub(crate) fn started_by(&self, what: &Occurrence) -> &[DutyIx] {
        self.started.get(&sort_of(what)).map_or(&[], Vec::as_slice)
    }

    /// The rules that a happening may trigger, in the order in which they look.
    pub(crate) fn triggered_by(&self, what: &Occurrence) -> &[RuleIx] {
        self.triggered
            .get(&sort_of(what))
            .map_or(&[], Vec::as_slice)
    }
}

/// The patterns that an aggregate looks for.
fn counted(accumulator: &Accumulator) -> Vec<PatternIx> {
    let windows = accumulator.windows.iter();
    let looked_for = windows.filter_map(|window| match window {
        Window::Since(pattern) | Window::LastEvents(_, pattern) => Some(*pattern),
        _ => None,
    });
    looked_for.chain([accumulator.over]).collect()
}

fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn sort_of(what: &Occurrence) -> Sort {
    match what {
        Occurrence::Event(event) => Sort::Event(event.0),
        Occurrence::Status(issue) => Sort::Ladder(issue.ladder.0),
        Occurrence::Outcome(outcome) => Sort::Outcome(outcome.0),
        Occurrence::Duty(duty, ..) => Sort::Duty(duty.0),
        Occurrence::Lost(Act::Duty(..) | Act::Event(_) | Act::Status(..) | Act::Outcome(_)) => {
            Sort::Lost
        }
    }
}

/// The sorts of happening that a pattern may mean.
fn sorts(plan: &Plan, pattern: PatternIx) -> BTreeSet<Sort> {
    let mut sorts = BTreeSet::new();
    match &plan.pattern(pattern).source {
        Source::Event(event) => {
            sorts.insert(Sort::Event(event.0));
        }
        Source::Catalogue(catalogue) => {
            sorts.insert(Sort::Event(plan.catalogues[catalogue.at()].event.0));
        }
        Source::Set(patterns) => {
            for pattern in patterns {
                sorts.extend(self::sorts(plan, *pattern));
            }
        }
        Source::Status(ladder, _) | Source::Ladder(ladder) => {
            sorts.insert(Sort::Ladder(ladder.0));
        }
        Source::Outcome(outcome) => {
            sorts.insert(Sort::Outcome(outcome.0));
        }
        // What a duty loses is its miss.
        Source::Duty(duty, _) => {
            sorts.extend([Sort::Duty(duty.0), Sort::Lost]);
        }
        Source::Lost(_) => {
            sorts.insert(Sort::Lost);
        }
    }
    sorts
}

/// True if what a point is reckoned from is of a sort; `events` says whether the days that events give
/// are.
fn point_is(plan: &Plan, point: &Point, events: bool, of: fn(&Plan, NodeIx) -> bool) -> bool {
    let base = match &point.base {
        PointBase::EndOfEach(Period::Cycle(length, anchor)) => {
            of(plan, *length) && of(plan, *anchor)
        }
        // The days that events give differ from subject to subject, and come with the events.
        PointBase::FieldOf(..) => events,
        // The register may change the attribute on any day: it is looked at day by day.
        PointBase::Attribute(_) => false,
        _ => true,
    };
    base && point.offsets.iter().all(|(_, length)| of(plan, *length))
}

/// True for a value that is the same for all subjects on all days.
fn fixed(plan: &Plan, node: NodeIx) -> bool {
    match plan.nodes.get(node.at()) {
        Some(Node::Const(_)) => true,
        Some(Node::Param(param)) => {
            matches!(plan.param(*param).table, Table::Value(value) if fixed(plan, value))
        }
        _ => false,
    }
}

/// True for a value that changes on days that can be told ahead only.
fn still(plan: &Plan, node: NodeIx) -> bool {
    plan.is_made_of(node, &|node| {
        !matches!(
            node,
            Node::Standing(_)
                | Node::Held(..)
                | Node::InForce(_)
                | Node::Accumulated(_)
                | Node::Any(_)
                | Node::Share(..)
                | Node::Members(..)
                | Node::Rank(_)
        )
    })
}
