//! Steps, summed up.

use super::{Held, Steps};
use crate::data::Plan;
use crate::mention::{Mention, closure};
use crate::node::{AccumulatorIx, Node, NodeIx, PatternIx, Source};
use pol_model::KindIx;
use std::collections::BTreeMap;

/// Steps being summed up. A part that several ask is asked anew by each.
#[derive(Debug, Default)]
pub(super) struct Cost {
    fixed: usize,
    searched: BTreeMap<AccumulatorIx, usize>,
    anew: BTreeMap<AccumulatorIx, usize>,
    members: BTreeMap<KindIx, Cost>,
}

impl Cost {
    /// Adds another so many times.
    pub fn add(&mut self, other: Self, times: usize) {
        add(&mut self.fixed, other.fixed.saturating_mul(times));
        for (at, searches) in other.searched {
            add(
                self.searched.entry(at).or_default(),
                searches.saturating_mul(times),
            );
        }
        for (at, passes) in other.anew {
            add(
                self.anew.entry(at).or_default(),
                passes.saturating_mul(times),
            );
        }
        for (kind, cost) in other.members {
            self.members.entry(kind).or_default().add(cost, times);
        }
    }

    /// What some mentions cost so many times.
    pub fn times(&mut self, plan: &Plan, times: usize, mentions: Vec<Mention>) {
        let mut cost = Self::default();
        cost.all(plan, mentions);
        self.add(cost, times);
    }

    /// An event held against a pattern.
    pub fn pattern(&mut self, plan: &Plan, at: PatternIx) {
        let pattern = plan.pattern(at);
        add(&mut self.fixed, 1);
        if let Some(filter) = pattern.filter {
            self.node(plan, filter);
        }
        if let Source::Catalogue(catalogue) = pattern.source {
            // The item and the branch are looked up; of their conditions one is asked.
            let branches = plan.catalogues[catalogue.at()]
                .items
                .iter()
                .flat_map(|item| &item.branches);
            let costs = branches
                .filter_map(|branch| branch.condition)
                .map(|condition| {
                    let mut cost = Self::default();
                    cost.node(plan, condition);
                    cost.fixed
                });
            add(&mut self.fixed, 2 + costs.max().unwrap_or(0));
        }
    }

    /// An aggregate that takes an event up.
    pub fn taken_up(&mut self, plan: &Plan, at: AccumulatorIx) {
        add(&mut self.fixed, 1);
        self.list(plan, at);
    }

    fn list(&mut self, plan: &Plan, at: AccumulatorIx) {
        match Held::of(plan, at) {
            Held::Numbers(_) => {}
            Held::EachValue | Held::Within(_) | Held::LastEvents(_) | Held::SinceLastEvents(..) => {
                add(self.searched.entry(at).or_default(), 1);
            }
            Held::Every => {
                add(self.anew.entry(at).or_default(), 1);
            }
        }
    }

    /// Conditions and values among some mentions.
    fn all(&mut self, plan: &Plan, mentions: Vec<Mention>) {
        for mention in mentions {
            match mention {
                Mention::Node(node) => self.node(plan, node),
                Mention::Clock(clock) => self.node(plan, plan.clocks[clock.at()].condition),
                _ => add(&mut self.fixed, 1),
            }
        }
    }

    /// A condition or value that is asked: each of its parts once.
    pub fn node(&mut self, plan: &Plan, at: NodeIx) {
        let node = plan.node(at);
        add(&mut self.fixed, 1);
        match node {
            Node::Accumulated(accumulator) | Node::Any(accumulator) => {
                self.list(plan, *accumulator);
            }
            Node::Held(clock, _) => self.node(plan, plan.clocks[clock.at()].condition),
            Node::Param(param) => {
                // A table is looked up once for each of its levels.
                let of = closure(plan, [Mention::Param(*param)]);
                let nodes = of
                    .iter()
                    .filter(|mention| matches!(mention, Mention::Node(_)));
                add(&mut self.fixed, nodes.count());
            }
            Node::Share(kind, condition) | Node::Members(kind, condition) => {
                self.member(plan, *kind, [*condition]);
            }
            Node::Rank(rank) => {
                self.member(
                    plan,
                    rank.among,
                    std::iter::once(rank.value).chain(rank.filter),
                );
            }
            _ => {}
        }
        for part in node.parts() {
            self.node(plan, part);
        }
    }

    /// What is asked of each member of a kind.
    fn member(&mut self, plan: &Plan, kind: KindIx, asked: impl IntoIterator<Item = NodeIx>) {
        let mut cost = Self::default();
        for node in asked {
            cost.node(plan, node);
        }
        self.members.entry(kind).or_default().add(cost, 1);
    }

    pub fn steps(self, plan: &Plan) -> Steps {
        let name = |kind: KindIx| plan.kinds[kind.at()].name.clone();
        let members = self.members.into_iter();
        Steps {
            fixed: self.fixed,
            searched: self.searched.into_iter().collect(),
            anew: self.anew.into_iter().collect(),
            members: members
                .map(|(kind, cost)| (name(kind), cost.steps(plan)))
                .collect(),
        }
    }
}

/// Adds, up to the greatest number there is: a bound that is too great to write is still one.
pub(super) fn add(to: &mut usize, more: usize) {
    *to = to.saturating_add(more);
}
