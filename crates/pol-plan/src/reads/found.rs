//! What a condition reads, found in the plan.

use super::{Reach, Reads};
use crate::data::{Plan, Table};
use crate::node::{Function, Node, NodeIx, PatternIx, Period, Window};
use pol_model::ParamIx;

impl Reads {
    /// What some conditions read.
    pub(crate) fn of(plan: &Plan, nodes: impl IntoIterator<Item = NodeIx>) -> Self {
        let mut reads = Self::default();
        for node in nodes {
            reads.node(plan, node);
        }
        reads
    }

    pub(crate) fn node(&mut self, plan: &Plan, node: NodeIx) {
        let node = plan.node(node);
        match node {
            Node::Standing(ladder) => {
                self.ladders.insert(*ladder);
            }
            Node::InForce(outcome) => {
                self.outcomes.insert(*outcome);
            }
            Node::Param(param) => self.param(plan, *param),
            Node::Held(clock, _) => {
                let clock = &plan.clocks[clock.at()];
                self.ladders.extend(&clock.ladders);
                self.node(plan, clock.condition);
            }
            Node::Accumulated(at) | Node::Any(at) => {
                let accumulator = &plan.accumulators[at.at()];
                self.pattern(plan, accumulator.over);
                if let Function::Run(Some(filter)) = accumulator.function {
                    self.node(plan, filter);
                }
                for window in &accumulator.windows {
                    self.window(plan, window);
                }
            }
            Node::Share(_, condition) | Node::Members(_, condition) => {
                self.reach = self.reach.max(Reach::Within);
                self.node(plan, *condition);
            }
            Node::Rank(rank) => {
                self.reach = Reach::All;
                self.node(plan, rank.value);
                if let Some(filter) = rank.filter {
                    self.node(plan, filter);
                }
            }
            _ => {}
        }
        for part in node.parts() {
            self.node(plan, part);
        }
    }

    fn param(&mut self, plan: &Plan, param: ParamIx) {
        let param = plan.param(param);
        for by in &param.by {
            self.node(plan, *by);
        }
        self.table(plan, &param.table);
    }

    fn table(&mut self, plan: &Plan, table: &Table) {
        match table {
            Table::Value(value) => self.node(plan, *value),
            Table::Rows(_, rows) => {
                for row in rows {
                    for key in &row.keys {
                        self.node(plan, key.bound);
                    }
                    self.table(plan, &row.table);
                }
            }
            Table::Dates(rows) => {
                for row in rows {
                    self.table(plan, &row.table);
                }
            }
        }
    }

    pub(crate) fn pattern(&mut self, plan: &Plan, pattern: PatternIx) {
        self.patterns.insert(pattern);
        if let Some(filter) = plan.pattern(pattern).filter {
            self.node(plan, filter);
        }
    }

    fn window(&mut self, plan: &Plan, window: &Window) {
        match window {
            Window::In(period) | Window::Previous(period) | Window::AnyPeriod(period) => {
                self.period(plan, period);
            }
            Window::AnySpan(length) | Window::Last(length) => self.node(plan, *length),
            Window::LastEvents(count, pattern) => {
                self.node(plan, *count);
                self.pattern(plan, *pattern);
            }
            Window::During(_) => {}
            Window::Since(pattern) => self.pattern(plan, *pattern),
            Window::SinceLastTime => self.last_time = true,
        }
    }

    pub(crate) fn period(&mut self, plan: &Plan, period: &Period) {
        if let Period::Cycle(length, anchor) = period {
            self.node(plan, *length);
            self.node(plan, *anchor);
        }
    }
}
