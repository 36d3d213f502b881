//! Aggregates over events: the manual, chapter "Conditions and windows".

use crate::history::HappeningIx;
use crate::scope::Scope;
use crate::window::Frame;
use crate::world::World;
use pol_calendar::{Date, Span};
use pol_model::{Between, Quantity};
use pol_model::{Cause, Number, Tri, Value};
use pol_semantics::hir::{Aggregate, EventSource, FieldKey, Function};
use std::collections::{BTreeMap, BTreeSet};

/// An event that an aggregate looks at.
struct Seen {
    index: HappeningIx,
    /// What keeps it from being certain; none if it is.
    doubt: Option<Vec<Cause>>,
}

/// What an aggregate makes of the events that it looks at.
pub(crate) struct Counted {
    /// The result.
    pub quantity: Quantity,
    /// The events that make it up.
    pub events: Vec<HappeningIx>,
}

impl World<'_> {
    /// The value of an aggregate.
    pub(crate) fn aggregate(&self, aggregate: &Aggregate, scope: &Scope<'_>) -> Quantity {
        self.counted(aggregate, scope).quantity
    }

    /// The value of an aggregate with the events that it counted.
    pub(crate) fn counted(&self, aggregate: &Aggregate, scope: &Scope<'_>) -> Counted {
        let frame = match self.frame(&aggregate.windows, scope) {
            Ok(frame) => frame,
            Err(causes) => {
                return Counted {
                    quantity: Quantity::Unknown(causes),
                    events: Vec::new(),
                };
            }
        };
        let mut seen = self.seen(aggregate, &frame, scope);
        let mut first = None;
        for spread in &frame.spread {
            let events: Vec<HappeningIx> = seen.iter().map(|seen| seen.index).collect();
            let spans = self.spans(spread, &events, scope);
            let Some(best) = self.best_span(aggregate, &spans, &seen) else {
                seen.clear();
                continue;
            };
            first = Some(best.first);
            seen.retain(|seen| best.contains(self.date_of(seen)));
        }
        let uncovered = self
            .uncovered(&frame, first, scope)
            .then(|| Cause::BeforeRecord {
                event: self.source_name(&aggregate.over.source),
                from: self.policy.counting_from,
            });
        self.computed(aggregate, &seen, uncovered, scope)
    }

    /// The events on record that the pattern means and the windows hold, oldest first.
    fn seen(&self, aggregate: &Aggregate, frame: &Frame, scope: &Scope<'_>) -> Vec<Seen> {
        let over = &aggregate.over;
        let mut pattern = over.clone();
        if aggregate.function == Function::Run {
            // A run asks its `where` of each event in turn.
            pattern.filter = None;
        }
        let mut seen: Vec<Seen> = self
            .about(scope.subject, over.within_it)
            .into_iter()
            .filter_map(|index| {
                let happening = &self.history.happenings[index];
                let there = scope.view.shows(happening)
                    && frame
                        .bounds
                        .iter()
                        .all(|bound| self.lies_in(bound, happening, scope));
                if !there {
                    return None;
                }
                let truth = self.matches(&pattern, happening, scope);
                match truth.tri {
                    Tri::Yes => Some(Seen { index, doubt: None }),
                    Tri::No => None,
                    Tri::Unknown => Some(Seen {
                        index,
                        doubt: Some(truth.causes),
                    }),
                }
            })
            .collect();
        seen.sort_by_key(|seen| self.history.happenings[seen.index].order());
        seen
    }

    /// The span whose events make the most; ties: the earliest.
    fn best_span(&self, aggregate: &Aggregate, spans: &[Span], seen: &[Seen]) -> Option<Span> {
        let weight = |span: &Span| {
            let within = || seen.iter().filter(|seen| span.contains(self.date_of(seen)));
            let most = |field: &FieldKey, same: bool| {
                let mut groups: BTreeMap<Value, usize> = BTreeMap::new();
                for one in within() {
                    if let Quantity::Known(value) = self.value_of(one, field) {
                        *groups.entry(value).or_default() += 1;
                    }
                }
                if same {
                    groups.values().copied().max().unwrap_or(0)
                } else {
                    groups.len()
                }
            };
            match &aggregate.function {
                Function::Distinct(field) => Number::whole(as_count(most(field, false))),
                Function::Same(field) => Number::whole(as_count(most(field, true))),
                Function::Sum(field) | Function::Max(field) => {
                    let numbers =
                        within().filter_map(|one| self.value_of(one, field).known()?.as_number());
                    let numbers: Vec<Number> = numbers.collect();
                    if matches!(aggregate.function, Function::Max(_)) {
                        numbers.into_iter().max().unwrap_or(Number::ZERO)
                    } else {
                        numbers
                            .into_iter()
                            .try_fold(Number::ZERO, Number::plus)
                            .unwrap_or(Number::ZERO)
                    }
                }
                Function::Count | Function::Latest(_) | Function::Run => {
                    Number::whole(as_count(within().count()))
                }
            }
        };
        // `max_by_key` takes the last of equals: look from the end, so that the earliest wins.
        spans.iter().rev().max_by_key(|span| weight(span)).copied()
    }

    fn computed(
        &self,
        aggregate: &Aggregate,
        seen: &[Seen],
        uncovered: Option<Cause>,
        scope: &Scope<'_>,
    ) -> Counted {
        let sure = || seen.iter().filter(|seen| seen.doubt.is_none());
        let doubts = || {
            seen.iter()
                .filter_map(|seen| seen.doubt.clone())
                .flatten()
                .collect::<Vec<_>>()
        };
        let events =
            |of: &mut dyn Iterator<Item = &Seen>| of.map(|seen| seen.index).collect::<Vec<_>>();
        let all = events(&mut sure());
        match &aggregate.function {
            Function::Count => Counted {
                quantity: between(sure().count(), seen.len(), doubts(), uncovered),
                events: all,
            },
            Function::Distinct(field) | Function::Same(field) => self.grouped(
                matches!(aggregate.function, Function::Same(_)),
                field,
                seen,
                uncovered,
            ),
            Function::Sum(field) => Counted {
                quantity: self.sum(field, seen, uncovered),
                events: all,
            },
            Function::Max(field) => {
                let quantity = self.max(field, seen, &aggregate.over.source);
                let events =
                    events(&mut sure().filter(|seen| self.value_of(seen, field) == quantity));
                Counted { quantity, events }
            }
            Function::Latest(field) => match seen.last() {
                Some(last) => {
                    let quantity = last
                        .doubt
                        .clone()
                        .map_or_else(|| self.value_of(last, field), Quantity::Unknown);
                    Counted {
                        quantity,
                        events: vec![last.index],
                    }
                }
                None => Counted {
                    quantity: self.of_nothing(&aggregate.over.source),
                    events: Vec::new(),
                },
            },
            Function::Run => self.run(aggregate, seen, uncovered, scope),
        }
    }

    /// `distinct` and `same`: how many values, or the most events of one value.
    fn grouped(
        &self,
        same: bool,
        field: &FieldKey,
        seen: &[Seen],
        uncovered: Option<Cause>,
    ) -> Counted {
        let mut sure: BTreeMap<Value, Vec<HappeningIx>> = BTreeMap::new();
        let mut possible: BTreeMap<Value, usize> = BTreeMap::new();
        let mut nameless = 0;
        let mut causes = Vec::new();
        for one in seen {
            match self.value_of(one, field) {
                Quantity::Known(value) => {
                    *possible.entry(value.clone()).or_default() += 1;
                    match &one.doubt {
                        None => sure.entry(value).or_default().push(one.index),
                        Some(doubt) => causes.extend(doubt.iter().cloned()),
                    }
                }
                Quantity::Unknown(missing) => {
                    nameless += 1;
                    causes.extend(missing);
                    causes.extend(one.doubt.iter().flatten().cloned());
                }
                Quantity::Between(_) => {}
            }
        }
        if same {
            let most = sure.values().map(Vec::len).max().unwrap_or(0);
            let high = possible.values().copied().max().unwrap_or(0) + nameless;
            let events = sure
                .into_iter()
                .filter(|(_, events)| events.len() == most)
                .min_by(|(a, _), (b, _)| self.register.compare(a, b))
                .map(|(_, events)| events)
                .unwrap_or_default();
            Counted {
                quantity: between(most, high, causes, uncovered),
                events,
            }
        } else {
            let quantity = between(sure.len(), possible.len() + nameless, causes, uncovered);
            Counted {
                quantity,
                events: sure
                    .into_values()
                    .flatten()
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect(),
            }
        }
    }

    fn sum(&self, field: &FieldKey, seen: &[Seen], uncovered: Option<Cause>) -> Quantity {
        let (mut low, mut high) = (Some(Number::ZERO), Some(Number::ZERO));
        let mut causes = Vec::new();
        for one in seen {
            let value = match self.value_of(one, field) {
                Quantity::Known(Value::Number(value)) => value,
                Quantity::Unknown(missing) => return Quantity::Unknown(missing),
                Quantity::Known(_) | Quantity::Between(_) => continue,
            };
            let certain = one.doubt.is_none();
            causes.extend(one.doubt.iter().flatten().cloned());
            if certain || value < Number::ZERO {
                low = low.and_then(|low| low.plus(value));
            }
            if certain || value > Number::ZERO {
                high = high.and_then(|high| high.plus(value));
            }
        }
        match (low, high) {
            (Some(low), Some(high)) => Between {
                low,
                high,
                causes,
                uncovered,
            }
            .settle(),
            _ => Quantity::Unknown(vec![Cause::Overflow]),
        }
    }

    fn max(&self, field: &FieldKey, seen: &[Seen], source: &EventSource) -> Quantity {
        let mut best: Option<Value> = None;
        for one in seen.iter().filter(|one| one.doubt.is_none()) {
            match self.value_of(one, field) {
                Quantity::Known(value) => best = best.max(Some(value)),
                unknown => return unknown,
            }
        }
        let higher = |one: &&Seen| {
            self.value_of(one, field)
                .known()
                .is_none_or(|value| Some(value) > best.as_ref())
        };
        if let Some(doubtful) = seen.iter().filter(|one| one.doubt.is_some()).find(higher) {
            return Quantity::Unknown(doubtful.doubt.clone().unwrap_or_default());
        }
        best.map_or_else(|| self.of_nothing(source), Quantity::Known)
    }

    /// How many of the latest events in a row satisfy the `where`.
    fn run(
        &self,
        aggregate: &Aggregate,
        seen: &[Seen],
        uncovered: Option<Cause>,
        scope: &Scope<'_>,
    ) -> Counted {
        let (mut low, mut high) = (0, 0);
        let mut causes = Vec::new();
        let mut events = Vec::new();
        for one in seen.iter().rev() {
            let happening = &self.history.happenings[one.index];
            let mut truth = match &aggregate.over.filter {
                Some(filter) => self.truth(filter, &scope.about(happening)),
                None => pol_model::Truth::of(true),
            };
            if let Some(doubt) = &one.doubt {
                truth = pol_model::Truth::unknown(doubt.clone());
            }
            match truth.tri {
                Tri::No => {
                    return Counted {
                        quantity: between(low, high, causes, None),
                        events,
                    };
                }
                Tri::Yes => {
                    high += 1;
                    if causes.is_empty() {
                        low += 1;
                        events.push(one.index);
                    }
                }
                Tri::Unknown => {
                    high += 1;
                    causes.extend(truth.causes);
                }
            }
        }
        // The run reaches back to the beginning: entries from before it could make it longer.
        events.reverse();
        Counted {
            quantity: between(low, high, causes, uncovered),
            events,
        }
    }

    fn value_of(&self, seen: &Seen, field: &FieldKey) -> Quantity {
        self.field_of(&self.history.happenings[seen.index], field)
    }

    fn date_of(&self, seen: &Seen) -> Date {
        self.history.happenings[seen.index].date
    }

    fn of_nothing(&self, source: &EventSource) -> Quantity {
        Quantity::Unknown(vec![Cause::OfNothing {
            event: self.source_name(source),
        }])
    }

    /// The author's name for a source of events.
    pub(crate) fn source_name(&self, source: &EventSource) -> String {
        let policy = self.policy;
        match source {
            EventSource::Event(event) => policy.events[event.at()].named.name.clone(),
            EventSource::Catalogue(catalogue) => {
                policy.catalogues[catalogue.at()].named.name.clone()
            }
            EventSource::Set(define) => policy.defines[define.at()].named.name.clone(),
            EventSource::Status(ladder, status) => {
                let statuses = &policy.enums[policy.ladders[ladder.at()].statuses.at()];
                statuses.values[usize::from(*status)].name.clone()
            }
            EventSource::Ladder(ladder) => policy.ladders[ladder.at()].named.name.clone(),
            EventSource::Outcome(outcome) => policy.outcomes[outcome.at()].named.name.clone(),
            EventSource::Duty(duty, _) => policy.duties[duty.at()].named.name.clone(),
            EventSource::Lost(acts) => self.source_name(acts),
        }
    }
}

fn as_count(n: usize) -> i128 {
    i128::try_from(n).unwrap_or(i128::MAX)
}

fn between(low: usize, high: usize, causes: Vec<Cause>, uncovered: Option<Cause>) -> Quantity {
    let (low, high) = (Number::whole(as_count(low)), Number::whole(as_count(high)));
    Between {
        low,
        high,
        causes,
        uncovered,
    }
    .settle()
}
