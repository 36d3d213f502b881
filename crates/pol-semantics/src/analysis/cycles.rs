//! POL0401: events that set each other off without end.
//!
//! The graph "event triggers `on` rule, which produces event" must have no cycle, so that every day
//! ends. Duties take part where they react at once: one is owed `within D of` an event, met by
//! another. A rule that is `decided by` a body produces nothing by itself: its trigger opens a
//! proposal, and the act comes from the entry of the decision, of which a ledger has finitely many;
//! so no edge runs through it. (A run that assumes decisions takes such a circle once a day.) Nor
//! does one run through a rule that waits for a later day or for the day's close.

use super::effects::{Effects, duty_effects};
use super::happening::{happenings, written};
use crate::hir::{EventSource, Policy, Trigger};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;
use pol_model::{DutyIx, RuleIx};
use pol_syntax::{Code, Diagnostic, Label, Severity, Text};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What leads from one event to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Via {
    Rule(RuleIx),
    Duty(DutyIx),
}

/// A step of a cycle: the event, and what leads on from it.
type Step = (NodeIndex, Via);

type Graph = DiGraph<EventSource, Via>;

/// One error for each knot of events, which shows its shortest cycle through the event whose name
/// comes first.
pub(super) fn cycles(policy: &Policy) -> Vec<Diagnostic> {
    let graph = triggers(policy);
    kosaraju_scc(&graph)
        .into_iter()
        .filter_map(|knot| {
            let start = *knot
                .iter()
                .min_by_key(|at| written(policy, &graph[**at]).en)?;
            let knot = knot.into_iter().collect();
            Some(report(
                policy,
                &graph,
                &shortest(policy, &graph, start, &knot)?,
            ))
        })
        .collect()
}

fn triggers(policy: &Policy) -> Graph {
    let mut graph = Graph::new();
    let mut places = BTreeMap::new();
    let mut edge = |from: EventSource, to: EventSource, via| {
        let mut place = |event: EventSource| {
            *places
                .entry(event)
                .or_insert_with_key(|event| graph.add_node(event.clone()))
        };
        let (from, to) = (place(from), place(to));
        graph.update_edge(from, to, via);
    };
    let mut rules: Vec<_> = (0..).map(RuleIx).zip(&policy.rules).collect();
    // Of two rules that lead from one event to the other, the first by name is shown.
    rules.sort_by(|(_, a), (_, b)| b.named.name.cmp(&a.named.name));
    for (ix, rule) in rules {
        let Trigger::On(patterns) = &rule.trigger else {
            continue;
        };
        if rule.decided_by.is_some() {
            continue;
        }
        let causes: BTreeSet<_> = patterns
            .iter()
            .flat_map(|pattern| happenings(policy, &pattern.source))
            .collect();
        for effect in Effects::of_rule(policy, rule).issues {
            for cause in &causes {
                edge(cause.clone(), effect.clone(), Via::Rule(ix));
            }
        }
    }
    for (duty, _) in (0..).map(DutyIx).zip(&policy.duties) {
        for (cause, effect) in duty_effects(policy, duty) {
            edge(cause, effect, Via::Duty(duty));
        }
    }
    graph
}

/// The shortest way from an event back to itself, if there is one.
fn shortest(
    policy: &Policy,
    graph: &Graph,
    start: NodeIndex,
    knot: &BTreeSet<NodeIndex>,
) -> Option<Vec<Step>> {
    let mut came_by: BTreeMap<NodeIndex, Step> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        let mut edges: Vec<_> = graph.edges(at).collect();
        edges.sort_by_cached_key(|edge| written(policy, &graph[edge.target()]).en);
        for edge in edges {
            let next = edge.target();
            if knot.contains(&next) && !came_by.contains_key(&next) {
                came_by.insert(next, (at, *edge.weight()));
                queue.push_back(next);
            }
        }
        if came_by.contains_key(&start) {
            break;
        }
    }
    let mut way = Vec::new();
    let mut at = start;
    loop {
        let step = *came_by.get(&at)?;
        way.push(step);
        at = step.0;
        if at == start {
            way.reverse();
            return Some(way);
        }
    }
}

fn report(policy: &Policy, graph: &Graph, way: &[Step]) -> Diagnostic {
    let event = |at: usize| written(policy, &graph[way[at % way.len()].0]);
    let mut path = event(0);
    let mut labels = Vec::new();
    for (at, (_, via)) in way.iter().enumerate() {
        let (from, to) = (event(at), event(at + 1));
        let (named, text) = match via {
            Via::Rule(rule) => (
                &policy.rules[rule.at()].named,
                Text::new(
                    format!("on `{}` this issues `{}`", from.en, to.en),
                    format!("遇 `{}` 即产生 `{}`", from.zh, to.zh),
                ),
            ),
            Via::Duty(duty) => (
                &policy.duties[duty.at()].named,
                Text::new(
                    format!("`{}` brings about `{}`", from.en, to.en),
                    format!("`{}` 引起 `{}`", from.zh, to.zh),
                ),
            ),
        };
        path.en = format!("{} → {} → {}", path.en, named.name, to.en);
        path.zh = format!("{} → {} → {}", path.zh, named.name, to.zh);
        labels.push(Label {
            span: named.span,
            text,
        });
    }
    Diagnostic {
        code: Code::TRIGGER_CYCLE,
        severity: Severity::Error,
        message: Text::new(
            format!("these events set each other off without end: `{}`", path.en),
            format!("事项互相触发，没有尽头：`{}`", path.zh),
        ),
        labels,
        help: Some(Text::new(
            "let one of these rules wait for another event, look at the close of the day (`when`, \
             `at`), or be decided by a body",
            "让其中一条规则改等别的事项，或改在每日结束时看（`当`、`于`），或改由机关决定",
        )),
    }
}

#[cfg(test)]
mod tests;
