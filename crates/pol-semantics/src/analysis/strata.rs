//! The order in which rules look.

use super::effects::{Effects, duty_effects};
use super::reads::Reads;
use crate::hir::{EventSource, Policy};
use petgraph::Direction::{Incoming, Outgoing};
use petgraph::algo::condensation;
use petgraph::graph::{DiGraph, NodeIndex};
use pol_model::{DutyIx, LadderIx, OutcomeIx, RuleIx};
use std::collections::{BTreeMap, BTreeSet};

/// A rule, or something through which one rule depends on another. With these in between, the graph
/// stays as small as the policy's text, however many rules count what many others issue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Node {
    Rule(RuleIx),
    Happening(EventSource),
    Standing(LadderIx),
    Force(OutcomeIx),
}

/// [`Policy::strata`]: a rule comes after those whose events it counts, after those that move a
/// ladder that it reads unless it moves that ladder itself, and after those that impose or end an
/// outcome that it asks to be in force. Rules that depend on each other share a stratum; of those
/// that may come next, the first by name does.
pub(super) fn strata(policy: &Policy) -> Vec<Vec<RuleIx>> {
    let order = condensation(dependencies(policy), true);
    let names = order.map(|_, nodes| rules_by_name(policy, nodes), |_, ()| ());
    let key = |at: NodeIndex| {
        let first = names[at].first();
        (first.map(|rule| name(policy, *rule)), at)
    };
    let mut waits: BTreeMap<NodeIndex, usize> = names
        .node_indices()
        .map(|at| (at, names.edges_directed(at, Incoming).count()))
        .collect();
    let mut ready: BTreeSet<_> = names
        .node_indices()
        .filter(|at| waits.get(at) == Some(&0))
        .map(key)
        .collect();
    let mut strata = Vec::new();
    while let Some((_, at)) = ready.pop_first() {
        if !names[at].is_empty() {
            strata.push(names[at].clone());
        }
        for next in names.neighbors_directed(at, Outgoing) {
            let left = waits.entry(next).or_default();
            *left = left.saturating_sub(1);
            if *left == 0 {
                ready.insert(key(next));
            }
        }
    }
    strata
}

fn dependencies(policy: &Policy) -> DiGraph<Node, ()> {
    let mut graph = Builder::default();
    for (rule, declared) in (0..).map(RuleIx).zip(&policy.rules) {
        let here = graph.node(Node::Rule(rule));
        let effects = Effects::of_rule(policy, declared);
        let reads = Reads::of_rule(policy, declared);
        let read = reads.ladders.difference(&effects.moves);
        for node in (reads.counted.into_iter().map(Node::Happening))
            .chain(read.copied().map(Node::Standing))
            .chain(reads.in_force.into_iter().map(Node::Force))
        {
            let before = graph.node(node);
            graph.edge(before, here);
        }
        for node in (effects.issues.into_iter().map(Node::Happening))
            .chain(effects.moves.into_iter().map(Node::Standing))
            .chain(effects.governs.into_iter().map(Node::Force))
        {
            let after = graph.node(node);
            graph.edge(here, after);
        }
    }
    for (duty, _) in (0..).map(DutyIx).zip(&policy.duties) {
        for (cause, effect) in duty_effects(policy, duty) {
            let cause = graph.node(Node::Happening(cause));
            let effect = graph.node(Node::Happening(effect));
            graph.edge(cause, effect);
        }
    }
    graph.graph
}

#[derive(Default)]
struct Builder {
    graph: DiGraph<Node, ()>,
    places: BTreeMap<Node, NodeIndex>,
}

impl Builder {
    fn node(&mut self, node: Node) -> NodeIndex {
        *self
            .places
            .entry(node)
            .or_insert_with_key(|node| self.graph.add_node(node.clone()))
    }

    fn edge(&mut self, before: NodeIndex, after: NodeIndex) {
        self.graph.add_edge(before, after, ());
    }
}

fn rules_by_name(policy: &Policy, nodes: &[Node]) -> Vec<RuleIx> {
    let mut rules: Vec<_> = nodes
        .iter()
        .filter_map(|node| match node {
            Node::Rule(rule) => Some(*rule),
            Node::Happening(_) | Node::Standing(_) | Node::Force(_) => None,
        })
        .collect();
    rules.sort_by_key(|rule| name(policy, *rule));
    rules
}

fn name(policy: &Policy, rule: RuleIx) -> &str {
    &policy.rules[rule.at()].named.name
}

#[cfg(test)]
mod tests;
