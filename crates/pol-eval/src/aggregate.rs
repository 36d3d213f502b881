//! Aggregates over events, from the lists of their patterns.

use crate::record::HappeningIx;
use crate::scope::Scope;
use crate::window::Frame;
use crate::world::World;
use pol_calendar::{Date, Span};
use pol_model::{Between, Cause, Number, Quantity, Tri, Truth, Value};
use pol_plan::{Accumulator, AccumulatorIx, FieldKey, Function};
use std::collections::BTreeMap;

/// An event that an aggregate looks at.
struct Seen {
    at: HappeningIx,
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

impl Counted {
    fn new(quantity: Quantity, events: Vec<HappeningIx>) -> Self {
        Self { quantity, events }
    }
}

impl World<'_> {
    /// The value of an aggregate.
    pub(crate) fn accumulated(&self, at: AccumulatorIx, scope: &Scope<'_>) -> Quantity {
        self.counted(at, scope).quantity
    }

    /// The value of an aggregate with the events that it counted.
    pub(crate) fn counted(&self, at: AccumulatorIx, scope: &Scope<'_>) -> Counted {
        let accumulator = &self.plan.accumulators[at.at()];
        let frame = match self.frame(&accumulator.windows, scope) {
            Ok(frame) => frame,
            Err(causes) => return Counted::new(Quantity::Unknown(causes), Vec::new()),
        };
        let mut seen = self.seen(accumulator, &frame, scope);
        let mut first = None;
        for spread in &frame.spread {
            let events: Vec<HappeningIx> = seen.iter().map(|seen| seen.at).collect();
            let spans = self.spans(spread, &events, scope);
            let Some(best) = self.best_span(accumulator, &spans, &seen) else {
                seen.clear();
                continue;
            };
            first = Some(best.first);
            seen.retain(|seen| best.contains(self.date_of(seen)));
        }
        let uncovered = self.uncovered(&frame, first, scope);
        self.note_turns(accumulator, &frame, uncovered, scope);
        let uncovered = uncovered.then(|| Cause::BeforeRecord {
            event: self.plan.pattern(accumulator.over).name.clone(),
            from: self.plan.counting_from,
        });
        self.computed(accumulator, &seen, uncovered, scope)
    }

    /// A calendar window that goes on to its next stretch changes what is counted, if anything may
    /// lie in the one or in the other.
    fn note_turns(
        &self,
        accumulator: &Accumulator,
        frame: &Frame,
        uncovered: bool,
        scope: &Scope<'_>,
    ) {
        let listed = self.record.listed(accumulator.over, scope.subject).last();
        let latest = listed.map(|listed| self.record.happenings[listed.happening].date);
        let counts = latest.is_some_and(|latest| frame.reach.is_none_or(|first| first <= latest));
        if counts || uncovered {
            frame
                .turns
                .iter()
                .for_each(|last| self.changes_after(*last));
        }
        if let Some(latest) = latest.filter(|latest| *latest > scope.day) {
            self.changes(latest);
        }
    }

    /// The events on record that the pattern means and the windows hold, oldest first.
    fn seen(&self, accumulator: &Accumulator, frame: &Frame, scope: &Scope<'_>) -> Vec<Seen> {
        let listed = self.record.listed(accumulator.over, scope.subject);
        let happenings = &self.record.happenings;
        let start = frame.reach.map_or(0, |first| {
            listed.partition_point(|one| happenings[one.happening].date < first)
        });
        let mut seen: Vec<Seen> = Vec::new();
        for one in &listed[start..] {
            let happening = &happenings[one.happening];
            let there = scope.view.shows(happening)
                && frame
                    .bounds
                    .iter()
                    .all(|bound| self.lies_in(bound, happening, scope));
            if there && let Some(doubt) = self.doubt(accumulator.over, one, happening, scope) {
                seen.push(Seen {
                    at: one.happening,
                    doubt,
                });
            }
        }
        seen.sort_by_key(|seen| happenings[seen.at].order());
        seen
    }

    /// The span whose events make the most; ties: the earliest.
    fn best_span(&self, accumulator: &Accumulator, spans: &[Span], seen: &[Seen]) -> Option<Span> {
        let weight = |span: &Span| {
            let within: Vec<&Seen> = seen
                .iter()
                .filter(|seen| span.contains(self.date_of(seen)))
                .collect();
            self.weight(&accumulator.function, &within)
        };
        // `max_by_key` takes the last of equals: look from the end, so that the earliest wins.
        spans.iter().rev().max_by_key(|span| weight(span)).copied()
    }

    fn weight(&self, function: &Function, within: &[&Seen]) -> Number {
        let groups = |field: &FieldKey| {
            let mut groups: BTreeMap<Value, usize> = BTreeMap::new();
            for one in within {
                if let Quantity::Known(value) = self.value_of(one, field) {
                    *groups.entry(value).or_default() += 1;
                }
            }
            groups
        };
        let numbers = |field: &FieldKey| -> Vec<Number> {
            let values = within
                .iter()
                .filter_map(|one| self.value_of(one, field).known()?.as_number());
            values.collect()
        };
        match function {
            Function::Distinct(field) => count(groups(field).len()),
            Function::Same(field) => count(groups(field).into_values().max().unwrap_or(0)),
            Function::Sum(field) => numbers(field)
                .into_iter()
                .try_fold(Number::ZERO, Number::plus)
                .unwrap_or(Number::ZERO),
            Function::Max(field) => numbers(field).into_iter().max().unwrap_or(Number::ZERO),
            Function::Count | Function::Latest(_) | Function::Run(_) => count(within.len()),
        }
    }

    fn computed(
        &self,
        accumulator: &Accumulator,
        seen: &[Seen],
        uncovered: Option<Cause>,
        scope: &Scope<'_>,
    ) -> Counted {
        let certain = || -> Vec<HappeningIx> {
            let certain = seen.iter().filter(|seen| seen.doubt.is_none());
            certain.map(|seen| seen.at).collect()
        };
        match &accumulator.function {
            Function::Count => {
                let doubts = seen.iter().filter_map(|seen| seen.doubt.clone()).flatten();
                let certain = certain();
                let quantity = between(certain.len(), seen.len(), doubts.collect(), uncovered);
                Counted::new(quantity, certain)
            }
            Function::Distinct(field) => self.grouped(false, field, seen, uncovered),
            Function::Same(field) => self.grouped(true, field, seen, uncovered),
            Function::Sum(field) => Counted::new(self.sum(field, seen, uncovered), certain()),
            Function::Max(field) => {
                let quantity = self.max(field, seen, accumulator);
                let highest =
                    |seen: &&Seen| seen.doubt.is_none() && self.value_of(seen, field) == quantity;
                let events = seen.iter().filter(highest).map(|seen| seen.at).collect();
                Counted::new(quantity, events)
            }
            Function::Latest(field) => match seen.last() {
                Some(last) => {
                    let quantity = match &last.doubt {
                        Some(doubt) => Quantity::Unknown(doubt.clone()),
                        None => self.value_of(last, field),
                    };
                    Counted::new(quantity, vec![last.at])
                }
                None => Counted::new(self.of_nothing(accumulator), Vec::new()),
            },
            Function::Run(filter) => {
                let asked = |at: HappeningIx| match filter {
                    Some(filter) => self.truth(*filter, &scope.about(&self.record.happenings[at])),
                    None => Truth::of(true),
                };
                run(seen, asked, uncovered)
            }
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
        let mut named: Vec<(Value, &Seen)> = Vec::with_capacity(seen.len());
        let mut nameless = 0;
        let mut causes = Vec::new();
        for one in seen {
            match self.value_of(one, field) {
                Quantity::Known(value) => named.push((value, one)),
                Quantity::Unknown(missing) => {
                    nameless += 1;
                    causes.extend(missing);
                }
                Quantity::Between(_) => continue,
            }
            causes.extend(one.doubt.iter().flatten().cloned());
        }
        // Stable: the events of a value stay in their order.
        named.sort_by(|(a, _), (b, _)| self.register.compare(a, b));
        let groups = || named.chunk_by(|(a, _), (b, _)| a == b);
        let sure = |group: &[(Value, &Seen)]| -> usize {
            group.iter().filter(|(_, one)| one.doubt.is_none()).count()
        };
        let events_of = |group: &[(Value, &Seen)]| -> Vec<HappeningIx> {
            let sure = group.iter().filter(|(_, one)| one.doubt.is_none());
            sure.map(|(_, one)| one.at).collect()
        };
        if same {
            let most = groups().map(sure).max().unwrap_or(0);
            let high = groups().map(<[_]>::len).max().unwrap_or(0) + nameless;
            let events = groups().find(|group| sure(group) == most).map(events_of);
            let quantity = between(most, high, causes, uncovered);
            return Counted::new(quantity, events.unwrap_or_default());
        }
        let low = groups().filter(|group| sure(group) > 0).count();
        let quantity = between(low, groups().count() + nameless, causes, uncovered);
        let mut events = events_of(&named);
        events.sort_unstable();
        Counted::new(quantity, events)
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
        let (Some(low), Some(high)) = (low, high) else {
            return Quantity::Unknown(vec![Cause::Overflow]);
        };
        Between {
            low,
            high,
            causes,
            uncovered,
        }
        .settle()
    }

    fn max(&self, field: &FieldKey, seen: &[Seen], accumulator: &Accumulator) -> Quantity {
        let mut best: Option<Value> = None;
        for one in seen.iter().filter(|one| one.doubt.is_none()) {
            match self.value_of(one, field) {
                Quantity::Known(value) => best = best.max(Some(value)),
                unknown => return unknown,
            }
        }
        for (one, doubt) in seen
            .iter()
            .filter_map(|one| Some((one, one.doubt.as_ref()?)))
        {
            let value = self.value_of(one, field);
            if value
                .known()
                .is_none_or(|value| Some(value) > best.as_ref())
            {
                return Quantity::Unknown(doubt.clone());
            }
        }
        best.map_or_else(|| self.of_nothing(accumulator), Quantity::Known)
    }

    fn value_of(&self, seen: &Seen, field: &FieldKey) -> Quantity {
        self.field_of(&self.record.happenings[seen.at], field)
    }

    fn date_of(&self, seen: &Seen) -> Date {
        self.record.happenings[seen.at].date
    }

    fn of_nothing(&self, accumulator: &Accumulator) -> Quantity {
        Quantity::Unknown(vec![Cause::OfNothing {
            event: self.plan.pattern(accumulator.over).name.clone(),
        }])
    }
}

/// How many of the latest events in a row satisfy the `where`.
fn run(seen: &[Seen], asked: impl Fn(HappeningIx) -> Truth, uncovered: Option<Cause>) -> Counted {
    let (mut low, mut high) = (0, 0);
    let mut causes = Vec::new();
    let mut events = Vec::new();
    for one in seen.iter().rev() {
        let truth = match &one.doubt {
            Some(doubt) => Truth::unknown(doubt.clone()),
            None => asked(one.at),
        };
        match truth.tri {
            Tri::No => return Counted::new(between(low, high, causes, None), events),
            Tri::Yes => {
                high += 1;
                if causes.is_empty() {
                    low += 1;
                    events.push(one.at);
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
    Counted::new(between(low, high, causes, uncovered), events)
}

fn count(n: usize) -> Number {
    Number::whole(i128::try_from(n).unwrap_or(i128::MAX))
}

fn between(low: usize, high: usize, causes: Vec<Cause>, uncovered: Option<Cause>) -> Quantity {
    Between {
        low: count(low),
        high: count(high),
        causes,
        uncovered,
    }
    .settle()
}
