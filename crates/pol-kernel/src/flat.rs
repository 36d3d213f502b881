//! Which policies are flat, and what a subject's row of one holds.
//!
//! A policy is flat if all that its rules read is of their own subject and can be kept as a few
//! words: standings, clocks, counters, outcomes in force. Promises: what is called flat, the machine
//! runs as the incremental evaluator would. Refuses: to look at a register; what depends on it is
//! seen when a machine is made.

use crate::reason::{Reason, Why};
use pol_calendar::Period;
use pol_model::{EventIx, LadderIx, RuleIx};
use pol_plan::{
    AccumulatorIx, Action, ClockIx, Extent, FieldKey, FieldType, Function, Node, NodeIx, PatternIx,
    Plan, Point, PointBase, Reach, Source, Trigger, Window,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a subject's row holds, for a policy that is flat.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flat {
    /// The rules, in the order in which they look, stratum by stratum.
    pub strata: Vec<Vec<RuleIx>>,
    /// The counters.
    pub counters: Vec<Counter>,
    /// For each rule and aggregate that it reads the counter that keeps it.
    pub counted: BTreeMap<(RuleIx, AccumulatorIx), usize>,
    /// The clocks that rules ask, and the one ladder that each reads.
    pub clocks: BTreeMap<ClockIx, LadderIx>,
    /// The patterns that counters and rules look for.
    pub patterns: BTreeSet<PatternIx>,
}

/// An aggregate as a row keeps it: started anew by its period and by what it is counted since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The aggregate.
    pub accumulator: AccumulatorIx,
    /// The rule whose firing starts it anew: `since last time`.
    pub rule: Option<RuleIx>,
    /// What is counted.
    pub counts: Counts,
    /// Over which events.
    pub over: PatternIx,
    /// The period that starts it anew.
    pub period: Option<Period>,
    /// The length of a rolling window.
    pub last: Option<NodeIx>,
    /// The events whose day is the last that does not count.
    pub since: Vec<PatternIx>,
}

/// What a counter counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counts {
    /// Events.
    Events,
    /// Values of a field.
    Distinct(FieldKey),
    /// The most events that share one value of a field.
    Same(FieldKey),
    /// The sum of a field.
    Sum(FieldKey),
}

impl Flat {
    /// What rows of a policy hold.
    ///
    /// # Errors
    /// All that keeps the policy from being flat.
    pub fn of(plan: &Plan) -> Result<Self, Vec<Reason>> {
        let mut search = Search {
            plan,
            flat: Self {
                strata: plan.strata.clone(),
                ..Self::default()
            },
            against: Vec::new(),
        };
        search.whole();
        if search.against.is_empty() {
            Ok(search.flat)
        } else {
            Err(search.against)
        }
    }

    /// The rules, in the order in which they look.
    pub fn rules(&self) -> impl Iterator<Item = RuleIx> + '_ {
        self.strata.iter().flatten().copied()
    }
}

struct Search<'p> {
    plan: &'p Plan,
    flat: Flat,
    against: Vec<Reason>,
}

impl Search<'_> {
    fn whole(&mut self) {
        let plan = self.plan;
        let not = |why: Why, name: &String| Reason {
            why,
            name: name.clone(),
        };
        let duties = plan.duties.iter().map(|duty| not(Why::Duty, &duty.name));
        let nevers = plan.nevers.iter().map(|never| not(Why::Never, &never.name));
        let opened = plan.kinds.iter().filter(|kind| kind.opened.is_some());
        let opened = opened.map(|kind| not(Why::Opened, &kind.name));
        self.against = duties.chain(nevers).chain(opened).collect();
        for rule in plan.strata.iter().flatten() {
            self.rule(*rule);
        }
    }

    fn refuse(&mut self, why: Why, rule: RuleIx) {
        let reason = Reason {
            why,
            name: self.plan.rule(rule).name.clone(),
        };
        if !self.against.contains(&reason) {
            self.against.push(reason);
        }
    }

    fn rule(&mut self, at: RuleIx) {
        let rule = self.plan.rule(at);
        if rule.decided_by.is_some() || !rule.otherwise.is_empty() {
            self.refuse(Why::Decided, at);
        }
        if rule.reads.reach != Reach::Own {
            self.refuse(Why::Others, at);
        }
        let watched = match &rule.trigger {
            Trigger::On(patterns) => {
                for pattern in patterns {
                    self.pattern(at, *pattern);
                }
                None
            }
            Trigger::At(points) => {
                if !points.iter().all(|point| self.same_for_all(point)) {
                    self.refuse(Why::Point, at);
                }
                None
            }
            Trigger::When(condition) | Trigger::While(condition) => Some(*condition),
            Trigger::After { .. } => {
                self.refuse(Why::Delay, at);
                None
            }
        };
        for condition in watched.into_iter().chain(rule.condition) {
            self.condition(at, condition);
        }
        for action in &rule.then {
            if !self.simple(action) {
                self.refuse(Why::Action, at);
            }
        }
    }

    /// True if a point's days are the same for all subjects and need no working-day calendar.
    fn same_for_all(&self, point: &Point) -> bool {
        let base = match &point.base {
            PointBase::Date(_)
            | PointBase::EachYear(..)
            | PointBase::EachMonth(_)
            | PointBase::EachWeek(_) => true,
            PointBase::EndOfEach(period) => matches!(period, pol_plan::Period::Calendar(_)),
            PointBase::EndOfPhase(_) | PointBase::FieldOf(..) | PointBase::Attribute(_) => false,
        };
        let lengths = point.offsets.iter().map(|(_, length)| *length);
        base && lengths.into_iter().all(|length| {
            matches!(
                self.plan.node(length),
                Node::Const(pol_model::Value::Duration(length))
                    if !matches!(length, pol_calendar::Duration::WorkingDays { .. })
            )
        })
    }

    fn simple(&self, action: &Action) -> bool {
        match action {
            Action::Status(..) | Action::End(_) => true,
            Action::Event(event, fields) => {
                fields.is_empty() && self.plan.events[event.at()].fields.is_empty()
            }
            Action::Set(..) => false,
            Action::Impose(imposition) => {
                let declared = &self.plan.outcomes[imposition.outcome.at()].fields;
                let extent = match &imposition.extent {
                    None => true,
                    Some(Extent::For(length)) => self.told(*length),
                    Some(Extent::UntilEndOf(period)) => {
                        matches!(period, pol_plan::Period::Calendar(_))
                    }
                    Some(Extent::ForEvents(..) | Extent::UntilEndOfPhase(_) | Extent::Until(_)) => {
                        false
                    }
                };
                declared.is_empty() && imposition.fields.is_empty() && extent
            }
        }
    }

    /// True if a value asks neither record nor day: constants, fields of the event, attributes,
    /// readings and parameters without dates.
    fn fixed(&self, node: NodeIx) -> bool {
        self.plan.is_made_of(node, &|node| match node {
            Node::Field(FieldKey::Date | FieldKey::Recorded | FieldKey::LastDay)
            | Node::FieldAttr(..)
            | Node::Standing(_)
            | Node::Held(..)
            | Node::InForce(_)
            | Node::During(_)
            | Node::Accumulated(_)
            | Node::Any(_)
            | Node::Share(..)
            | Node::Members(..)
            | Node::Rank(_) => false,
            Node::Param(param) => !self.plan.param(*param).table.is_dated(),
            _ => true,
        })
    }

    /// True if a value asks neither record, day nor event.
    fn told(&self, node: NodeIx) -> bool {
        self.fixed(node) && !has_field(self.plan, node)
    }

    /// A condition of a rule: what is fixed, and comparisons of standings, clocks and counters with
    /// what is fixed.
    fn condition(&mut self, rule: RuleIx, node: NodeIx) {
        if self.fixed(node) {
            // A field of the event that triggers the rule would make of each letter a rule of its own.
            if !self.told(node) {
                self.refuse(Why::Condition, rule);
            }
            return;
        }
        match self.plan.node(node) {
            Node::Not(inner) => self.condition(rule, *inner),
            Node::And(left, right) | Node::Or(left, right) => {
                self.condition(rule, *left);
                self.condition(rule, *right);
            }
            Node::Compare(_, left, right) => {
                let (asked, bound) = if self.fixed(*right) {
                    (*left, *right)
                } else {
                    (*right, *left)
                };
                if !self.told(bound) {
                    self.refuse(Why::Condition, rule);
                }
                match self.plan.node(asked) {
                    Node::Standing(_) => {}
                    Node::Accumulated(accumulator) => self.counter(rule, *accumulator),
                    _ => self.refuse(Why::Condition, rule),
                }
            }
            Node::In(value, among) => {
                let told = among.iter().all(|one| self.told(*one));
                if !told || !matches!(self.plan.node(*value), Node::Standing(_)) {
                    self.refuse(Why::Condition, rule);
                }
            }
            Node::Any(accumulator) => self.counter(rule, *accumulator),
            Node::InForce(_) => {}
            Node::Held(clock, length) => {
                let declared = &self.plan.clocks[clock.at()];
                match declared.ladders.as_slice() {
                    [ladder] if self.of_ladder(declared.condition, *ladder) => {
                        self.flat.clocks.insert(*clock, *ladder);
                    }
                    _ => self.refuse(Why::Clock, rule),
                }
                if !self.told(*length) {
                    self.refuse(Why::Clock, rule);
                }
            }
            _ => self.refuse(Why::Condition, rule),
        }
    }

    /// True if a condition depends on nothing but the standing on one ladder.
    fn of_ladder(&self, node: NodeIx, ladder: LadderIx) -> bool {
        match self.plan.node(node) {
            Node::Standing(on) => *on == ladder,
            Node::Const(_) => true,
            Node::Not(inner) => self.of_ladder(*inner, ladder),
            Node::And(left, right) | Node::Or(left, right) | Node::Compare(_, left, right) => {
                self.of_ladder(*left, ladder) && self.of_ladder(*right, ladder)
            }
            Node::In(value, among) => {
                self.of_ladder(*value, ladder)
                    && among.iter().all(|one| self.of_ladder(*one, ladder))
            }
            _ => false,
        }
    }

    fn counter(&mut self, rule: RuleIx, at: AccumulatorIx) {
        let accumulator = &self.plan.accumulators[at.at()];
        let counts = match &accumulator.function {
            Function::Count => Counts::Events,
            Function::Distinct(field) => Counts::Distinct(field.clone()),
            Function::Same(field) => Counts::Same(field.clone()),
            Function::Sum(field) => Counts::Sum(field.clone()),
            Function::Max(_) | Function::Latest(_) | Function::Run(_) => {
                return self.refuse(Why::Counter, rule);
            }
        };
        let mut counter = Counter {
            accumulator: at,
            rule: None,
            counts,
            over: accumulator.over,
            period: None,
            last: None,
            since: Vec::new(),
        };
        for window in &accumulator.windows {
            match window {
                Window::In(pol_plan::Period::Calendar(period)) if counter.period.is_none() => {
                    counter.period = Some(*period);
                }
                Window::AnyPeriod(pol_plan::Period::Calendar(period))
                    if counter.period.is_none() && self.present_only(rule, *period) =>
                {
                    counter.period = Some(*period);
                }
                Window::Last(length) if counter.last.is_none() && self.told(*length) => {
                    counter.last = Some(*length);
                }
                Window::Since(pattern) => {
                    if self.triggers(rule, *pattern) {
                        return self.refuse(Why::SinceTrigger, rule);
                    }
                    self.pattern(rule, *pattern);
                    counter.since.push(*pattern);
                }
                Window::SinceLastTime => counter.rule = Some(rule),
                _ => return self.refuse(Why::Window, rule),
            }
        }
        if counter.period.is_some() && counter.last.is_some() {
            return self.refuse(Why::Window, rule);
        }
        self.pattern(rule, counter.over);
        let counters = &mut self.flat.counters;
        let place = counters.iter().position(|other| *other == counter);
        let place = place.unwrap_or_else(|| {
            counters.push(counter);
            counters.len() - 1
        });
        self.flat.counted.insert((rule, at), place);
    }

    /// True if of the periods of `in any PERIOD` a rule never looks at a passed one: it looks at those
    /// that hold its trigger's day, or on the last day of each.
    fn present_only(&self, rule: RuleIx, period: Period) -> bool {
        match &self.plan.rule(rule).trigger {
            Trigger::On(_) => true,
            Trigger::At(points) => {
                let starts = period.containing(self.plan.counting_from);
                let ends_it = |point: &Point| match &point.base {
                    PointBase::EndOfEach(pol_plan::Period::Calendar(looks)) => {
                        point.offsets.is_empty() && divides(*looks, period)
                    }
                    _ => false,
                };
                starts.contains(self.plan.effective) && points.iter().any(ends_it)
            }
            Trigger::When(_) | Trigger::While(_) | Trigger::After { .. } => false,
        }
    }

    /// True if something that triggers a rule may be one of a pattern's events.
    fn triggers(&self, rule: RuleIx, pattern: PatternIx) -> bool {
        let Trigger::On(patterns) = &self.plan.rule(rule).trigger else {
            return false;
        };
        let sorts = self.sorts(pattern);
        let mut triggers = patterns.iter();
        triggers.any(|trigger| !self.sorts(*trigger).is_disjoint(&sorts))
    }

    /// What may be one of a pattern's events: kinds of entry, ladders, outcomes.
    fn sorts(&self, pattern: PatternIx) -> BTreeSet<(u8, usize)> {
        match &self.plan.pattern(pattern).source {
            Source::Event(event) => BTreeSet::from([(0, event.at())]),
            Source::Catalogue(catalogue) => {
                BTreeSet::from([(0, self.plan.catalogues[catalogue.at()].event.at())])
            }
            Source::Set(patterns) => patterns.iter().flat_map(|one| self.sorts(*one)).collect(),
            Source::Status(ladder, _) | Source::Ladder(ladder) => {
                BTreeSet::from([(1, ladder.at())])
            }
            Source::Outcome(outcome) => BTreeSet::from([(2, outcome.at())]),
            Source::Duty(..) | Source::Lost(_) => BTreeSet::new(),
        }
    }

    /// A pattern that is settled by the event and the subject's attributes alone.
    fn pattern(&mut self, rule: RuleIx, at: PatternIx) {
        let pattern = self.plan.pattern(at);
        if pattern.within_it || pattern.filter.is_some_and(|filter| !self.fixed(filter)) {
            return self.refuse(Why::Pattern, rule);
        }
        let events: Vec<EventIx> = match &pattern.source {
            Source::Event(event) => vec![*event],
            Source::Catalogue(catalogue) => {
                let catalogue = &self.plan.catalogues[catalogue.at()];
                let branches = catalogue.items.iter().flat_map(|item| &item.branches);
                let mut conditions = branches.filter_map(|branch| branch.condition);
                if !conditions.all(|condition| self.fixed(condition)) {
                    self.refuse(Why::Pattern, rule);
                }
                vec![catalogue.event]
            }
            Source::Set(patterns) => {
                for pattern in patterns {
                    self.pattern(rule, *pattern);
                }
                Vec::new()
            }
            // A regular subject loses nothing.
            Source::Status(..) | Source::Ladder(_) | Source::Outcome(_) | Source::Lost(_) => {
                Vec::new()
            }
            Source::Duty(..) => return self.refuse(Why::Pattern, rule),
        };
        for event in events {
            let kind = &self.plan.events[event.at()];
            let mut of = kind.of.iter();
            let one = !kind.of.is_empty() && of.all(|of| !of.every && of.and_every.is_none());
            let names_members = kind
                .holds
                .iter()
                .any(|holds| matches!(holds, FieldType::Member(_)));
            if !one || names_members {
                self.refuse(Why::Several, rule);
            }
        }
        self.flat.patterns.insert(at);
    }
}

/// True if each of the longer periods ends on the last day of a shorter one.
fn divides(shorter: Period, longer: Period) -> bool {
    let rank = |period| match period {
        Period::Month => Some(0),
        Period::Quarter => Some(1),
        Period::Half => Some(2),
        Period::Year => Some(3),
        Period::Day | Period::Week | Period::Cycle { .. } => None,
    };
    shorter == longer
        || shorter == Period::Day
        || rank(shorter)
            .zip(rank(longer))
            .is_some_and(|(shorter, longer)| shorter <= longer)
}

/// True if a value reads a field of an event.
pub(crate) fn has_field(plan: &Plan, node: NodeIx) -> bool {
    !plan.is_made_of(node, &|node| {
        !matches!(node, Node::Field(_) | Node::FieldAttr(..))
    })
}
