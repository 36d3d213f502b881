//! What can make a condition true.
//!
//! Narrower than [`Reads`](crate::Reads), which holds all that can change an answer: a count that
//! must be high is raised by entries and never by a day that passes, one that must be low the other
//! way round. What is listed here may turn out not to make it true; what is not listed never does.
//! Of the record it is supposed that entries come late, are withdrawn and corrected.

use crate::data::{Plan, Table};
use crate::node::{
    Accumulator, AccumulatorIx, ClockIx, Function, Node, NodeIx, PatternIx, Period, Window,
};
use pol_model::compute::{Arithmetic, Comparison};
use pol_model::{AttrIx, KindIx, LadderIx, OutcomeIx, ParamIx, PhaseIx};
use std::collections::BTreeSet;

/// Something that can make a condition true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Such an event comes.
    Comes(PatternIx),
    /// Such an event is withdrawn.
    Withdrawn(PatternIx),
    /// A standing on this ladder changes.
    Moves(LadderIx),
    /// This outcome comes into force.
    Begins(OutcomeIx),
    /// This outcome is no longer in force.
    Ends(OutcomeIx),
    /// A day on which the window of this aggregate has moved on.
    Window(AccumulatorIx),
    /// A clock has run for so long.
    Held(ClockIx, NodeIx),
    /// One of the spans of a phase begins.
    PhaseBegins(PhaseIx),
    /// One of the spans of a phase is over.
    PhaseEnds(PhaseIx),
    /// An attribute has another value in the register from a day on.
    Attribute(KindIx, AttrIx),
    /// Another row of a parameter's table is in force.
    Row(ParamIx),
    /// A member of this kind comes or goes.
    Member(KindIx),
    /// The rule itself fires, so that it counts anew.
    Fires,
}

/// Where a value has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// Up, or from no to yes.
    Up,
    /// Down, or from yes to no.
    Down,
    /// Either.
    Any,
}

impl Way {
    const fn back(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            Self::Any => Self::Any,
        }
    }

    const fn up(self) -> bool {
        !matches!(self, Self::Down)
    }

    const fn down(self) -> bool {
        !matches!(self, Self::Up)
    }
}

impl Plan {
    /// What can make a condition true.
    pub fn causes(&self, condition: NodeIx) -> BTreeSet<Cause> {
        let mut search = Search {
            plan: self,
            seen: BTreeSet::new(),
            found: BTreeSet::new(),
        };
        search.node(condition, Way::Up);
        search.found
    }
}

struct Search<'p> {
    plan: &'p Plan,
    seen: BTreeSet<(NodeIx, Way)>,
    found: BTreeSet<Cause>,
}

impl Search<'_> {
    fn node(&mut self, at: NodeIx, way: Way) {
        if !self.seen.insert((at, way)) {
            return;
        }
        match self.plan.node(at) {
            Node::Const(_) | Node::Field(_) | Node::FieldAttr(..) | Node::Reading(_) => {}
            Node::Attr(kind, attribute) => {
                self.found.insert(Cause::Attribute(*kind, *attribute));
            }
            Node::Standing(ladder) => {
                self.found.insert(Cause::Moves(*ladder));
            }
            Node::Param(param) => self.param(*param),
            Node::Not(inner) | Node::Negate(inner) => self.node(*inner, way.back()),
            Node::And(left, right) | Node::Or(left, right) => {
                self.node(*left, way);
                self.node(*right, way);
            }
            Node::Compare(comparison, left, right) => {
                let way = match comparison {
                    Comparison::Is | Comparison::IsNot => Way::Any,
                    Comparison::Gt | Comparison::Ge => way,
                    Comparison::Lt | Comparison::Le => way.back(),
                };
                self.node(*left, way);
                self.node(*right, way.back());
            }
            Node::Reckon(how, left, right) => {
                let (one, other) = match how {
                    Arithmetic::Add => (way, way),
                    Arithmetic::Sub => (way, way.back()),
                    Arithmetic::Mul | Arithmetic::Div => (Way::Any, Way::Any),
                };
                self.node(*left, one);
                self.node(*right, other);
            }
            Node::In(value, among) => {
                self.node(*value, Way::Any);
                self.nodes(among, Way::Any);
            }
            Node::Higher(values) | Node::Lower(values) => self.nodes(values, way),
            Node::Held(clock, length) => {
                if way.up() {
                    self.found.insert(Cause::Held(*clock, *length));
                }
                if way.down() {
                    let clock = &self.plan.clocks[clock.at()];
                    let moves = clock.ladders.iter().copied().map(Cause::Moves);
                    self.found.extend(moves);
                    self.node(clock.condition, Way::Down);
                }
            }
            Node::InForce(outcome) => {
                if way.up() {
                    self.found.insert(Cause::Begins(*outcome));
                }
                if way.down() {
                    self.found.insert(Cause::Ends(*outcome));
                }
            }
            Node::During(phases) => self.phases(phases, way),
            Node::Accumulated(at) | Node::Any(at) => self.accumulator(*at, way),
            Node::Share(kind, condition) => {
                self.found.insert(Cause::Member(*kind));
                self.node(*condition, Way::Any);
            }
            Node::Members(kind, condition) => {
                self.found.insert(Cause::Member(*kind));
                self.node(*condition, way);
            }
            Node::Rank(rank) => {
                self.found.insert(Cause::Member(rank.among));
                self.node(rank.value, Way::Any);
                if let Some(filter) = rank.filter {
                    self.node(filter, Way::Any);
                }
            }
        }
    }

    fn nodes(&mut self, nodes: &[NodeIx], way: Way) {
        for node in nodes {
            self.node(*node, way);
        }
    }

    fn phases(&mut self, phases: &[PhaseIx], way: Way) {
        for phase in phases {
            if way.up() {
                self.found.insert(Cause::PhaseBegins(*phase));
            }
            if way.down() {
                self.found.insert(Cause::PhaseEnds(*phase));
            }
        }
    }

    fn param(&mut self, at: ParamIx) {
        let param = self.plan.param(at);
        self.nodes(&param.by, Way::Any);
        self.table(at, &param.table);
    }

    fn table(&mut self, at: ParamIx, table: &Table) {
        match table {
            Table::Value(value) => self.node(*value, Way::Any),
            Table::Rows(_, rows) => {
                for row in rows {
                    for key in &row.keys {
                        self.node(key.bound, Way::Any);
                    }
                    self.table(at, &row.table);
                }
            }
            Table::Dates(rows) => {
                self.found.insert(Cause::Row(at));
                for row in rows {
                    self.table(at, &row.table);
                }
            }
        }
    }

    fn accumulator(&mut self, at: AccumulatorIx, way: Way) {
        let accumulator = &self.plan.accumulators[at.at()];
        let way = if rises_only(accumulator) {
            way
        } else {
            Way::Any
        };
        if way.up() {
            self.found.insert(Cause::Comes(accumulator.over));
        }
        if way.down() {
            self.found.insert(Cause::Withdrawn(accumulator.over));
        }
        if let Function::Run(Some(filter)) = accumulator.function {
            self.node(filter, Way::Any);
        }
        let over = self.plan.pattern(accumulator.over);
        if let (false, Some(filter)) = (over.settled, over.filter) {
            self.node(filter, Way::Any);
        }
        for window in &accumulator.windows {
            self.window(at, window, way);
        }
    }

    fn window(&mut self, at: AccumulatorIx, window: &Window, way: Way) {
        match window {
            // When the period turns, or the days move on, entries leave.
            Window::In(period) => {
                if way.down() {
                    self.found.insert(Cause::Window(at));
                }
                self.period(period);
            }
            // The events of the period that has just ended come in, those before it leave.
            Window::Previous(period) => {
                self.found.insert(Cause::Window(at));
                self.period(period);
            }
            // The best of all periods and spans only grows.
            Window::AnyPeriod(period) => self.period(period),
            Window::AnySpan(length) => self.node(*length, Way::Any),
            Window::Last(length) => {
                if way.down() {
                    self.found.insert(Cause::Window(at));
                }
                self.node(*length, Way::Any);
            }
            Window::LastEvents(count, pattern) => {
                self.pushed_out(*pattern, way);
                self.node(*count, Way::Any);
            }
            // An event lies in a phase or does not, whatever the day.
            Window::During(_) => {}
            Window::Since(pattern) => self.pushed_out(*pattern, way),
            Window::SinceLastTime => {
                if way.down() {
                    self.found.insert(Cause::Fires);
                }
                if way.up() {
                    // The last time may have lost its basis.
                    let over = self.plan.accumulators[at.at()].over;
                    self.found.insert(Cause::Withdrawn(over));
                }
            }
        }
    }

    /// Events that push others out of a window: those leave when one comes and are back when it is
    /// withdrawn.
    fn pushed_out(&mut self, pattern: PatternIx, way: Way) {
        if way.down() {
            self.found.insert(Cause::Comes(pattern));
        }
        if way.up() {
            self.found.insert(Cause::Withdrawn(pattern));
        }
    }

    fn period(&mut self, period: &Period) {
        if let Period::Cycle(length, anchor) = period {
            self.node(*length, Way::Any);
            self.node(*anchor, Way::Any);
        }
    }
}

/// True if no event that comes lowers the value of an aggregate.
const fn rises_only(accumulator: &Accumulator) -> bool {
    match &accumulator.function {
        Function::Count | Function::Distinct(_) | Function::Same(_) | Function::Max(_) => true,
        // A field of numbers may hold one below nought.
        Function::Sum(_) | Function::Latest(_) | Function::Run(_) => false,
    }
}
