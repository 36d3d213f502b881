//! Patterns, aggregates and catalogues, each once.

use super::Lowering;
use super::condition::{field, place};
use crate::data::{ActState, Branch, Catalogue, Item};
use crate::node::{
    Accumulator, AccumulatorIx, Function, Node, NodeIx, Pattern, PatternIx, Source, Window,
};
use pol_model::CatalogueIx;
use pol_semantics::hir::{self, DefineBody, EventSource};

impl Lowering<'_> {
    /// Catalogues, which patterns name.
    pub(crate) fn catalogues(&mut self) {
        let policy = self.policy;
        for catalogue in &policy.catalogues {
            let items = catalogue
                .items
                .iter()
                .map(|item| Item {
                    key: item.key.clone(),
                    branches: item
                        .branches
                        .iter()
                        .map(|branch| Branch {
                            key: branch.key.clone(),
                            condition: self.optional(branch.condition.as_ref()),
                        })
                        .collect(),
                })
                .collect();
            self.plan.catalogues.push(Catalogue {
                name: catalogue.named.name.clone(),
                event: catalogue.event,
                item: catalogue.item,
                branch: catalogue.branch,
                items,
            });
        }
    }

    pub(crate) fn patterns(&mut self, patterns: &[hir::Pattern]) -> Vec<PatternIx> {
        patterns
            .iter()
            .map(|pattern| self.pattern(pattern))
            .collect()
    }

    /// The place of a pattern.
    pub(crate) fn pattern(&mut self, pattern: &hir::Pattern) -> PatternIx {
        let filter = self.optional(pattern.filter.as_ref());
        self.filtered(pattern, filter)
    }

    fn filtered(&mut self, pattern: &hir::Pattern, filter: Option<NodeIx>) -> PatternIx {
        let source = self.source(&pattern.source);
        let settled =
            self.source_settled(&source) && filter.is_none_or(|filter| self.settled(filter));
        let pattern = Pattern {
            name: self.source_name(&pattern.source),
            source,
            within_it: pattern.within_it,
            filter,
            settled,
        };
        PatternIx(place(&mut self.plan.patterns, pattern))
    }

    fn source(&mut self, source: &EventSource) -> Source {
        match source {
            EventSource::Event(event) => Source::Event(*event),
            EventSource::Catalogue(catalogue) => Source::Catalogue(*catalogue),
            EventSource::Set(define) => match &self.policy.defines[define.at()].body {
                DefineBody::Events(patterns) => Source::Set(self.patterns(patterns)),
                DefineBody::Value(_) => Source::Set(Vec::new()),
            },
            EventSource::Status(ladder, status) => Source::Status(*ladder, *status),
            EventSource::Ladder(ladder) => Source::Ladder(*ladder),
            EventSource::Outcome(outcome) => Source::Outcome(*outcome),
            EventSource::Duty(duty, state) => Source::Duty(*duty, became(*state)),
            EventSource::Lost(acts) => Source::Lost(Box::new(self.source(acts))),
        }
    }

    /// The author's name for a source of events.
    fn source_name(&self, source: &EventSource) -> String {
        let policy = self.policy;
        match source {
            EventSource::Event(event) => policy.events[event.at()].named.name.clone(),
            EventSource::Catalogue(catalogue) => {
                policy.catalogues[catalogue.at()].named.name.clone()
            }
            EventSource::Set(define) => policy.defines[define.at()].named.name.clone(),
            EventSource::Status(ladder, status) => {
                self.plan.ladders[ladder.at()].status_names[usize::from(*status)].clone()
            }
            EventSource::Ladder(ladder) => policy.ladders[ladder.at()].named.name.clone(),
            EventSource::Outcome(outcome) => policy.outcomes[outcome.at()].named.name.clone(),
            EventSource::Duty(duty, _) => policy.duties[duty.at()].named.name.clone(),
            EventSource::Lost(acts) => self.source_name(acts),
        }
    }

    /// The place of an aggregate. A run asks its `where` of each event in turn.
    pub(crate) fn accumulator(&mut self, aggregate: &hir::Aggregate) -> AccumulatorIx {
        let filter = self.optional(aggregate.over.filter.as_ref());
        let run = matches!(aggregate.function, hir::Function::Run);
        let over = self.filtered(&aggregate.over, filter.filter(|_| !run));
        let function = match &aggregate.function {
            hir::Function::Count => Function::Count,
            hir::Function::Distinct(key) => Function::Distinct(field(key)),
            hir::Function::Same(key) => Function::Same(field(key)),
            hir::Function::Sum(key) => Function::Sum(field(key)),
            hir::Function::Max(key) => Function::Max(field(key)),
            hir::Function::Latest(key) => Function::Latest(field(key)),
            hir::Function::Run => Function::Run(filter),
        };
        let windows = aggregate
            .windows
            .iter()
            .map(|window| self.window(window))
            .collect();
        let accumulator = Accumulator {
            function,
            over,
            windows,
        };
        AccumulatorIx(place(&mut self.plan.accumulators, accumulator))
    }

    fn window(&mut self, window: &hir::Window) -> Window {
        match window {
            hir::Window::In(period) => Window::In(self.period(period)),
            hir::Window::Previous(period) => Window::Previous(self.period(period)),
            hir::Window::AnyPeriod(period) => Window::AnyPeriod(self.period(period)),
            hir::Window::AnySpan(length) => Window::AnySpan(self.expr(length)),
            hir::Window::Last(length) => Window::Last(self.expr(length)),
            hir::Window::LastEvents(count, pattern) => {
                Window::LastEvents(self.expr(count), self.pattern(pattern))
            }
            hir::Window::During(phases) => Window::During(phases.clone()),
            hir::Window::Since(pattern) => Window::Since(self.pattern(pattern)),
            hir::Window::SinceLastTime => Window::SinceLastTime,
        }
    }

    fn source_settled(&self, source: &Source) -> bool {
        match source {
            Source::Catalogue(catalogue) => self.catalogue_settled(*catalogue),
            Source::Set(patterns) => patterns
                .iter()
                .all(|pattern| self.plan.pattern(*pattern).settled),
            Source::Lost(acts) => self.source_settled(acts),
            Source::Event(_)
            | Source::Status(..)
            | Source::Ladder(_)
            | Source::Outcome(_)
            | Source::Duty(..) => true,
        }
    }

    fn catalogue_settled(&self, catalogue: CatalogueIx) -> bool {
        // A parameter that counts in a catalogue comes before it; then it is asked anew each time.
        let Some(catalogue) = self.plan.catalogues.get(catalogue.at()) else {
            return false;
        };
        let mut branches = catalogue.items.iter().flat_map(|item| &item.branches);
        branches.all(|branch| {
            branch
                .condition
                .is_none_or(|condition| self.settled(condition))
        })
    }

    /// True if the answer to a condition on an event depends on nothing but the event: its fields,
    /// attributes as of its day, parameters by these.
    fn settled(&self, node: NodeIx) -> bool {
        self.plan.is_made_of(node, &|node| match node {
            // One that is not lowered yet is asked anew each time.
            Node::Param(param) => self.plan.params.get(param.at()).is_some(),
            Node::Standing(_)
            | Node::Held(..)
            | Node::InForce(_)
            | Node::During(_)
            | Node::Accumulated(_)
            | Node::Any(_)
            | Node::Share(..)
            | Node::Members(..)
            | Node::Rank(_) => false,
            _ => true,
        })
    }
}

fn became(state: hir::ActState) -> ActState {
    match state {
        hir::ActState::Lost => ActState::Lost,
        hir::ActState::Owed => ActState::Owed,
        hir::ActState::Met => ActState::Met,
        hir::ActState::Missed => ActState::Missed,
        hir::ActState::Released => ActState::Released,
    }
}
