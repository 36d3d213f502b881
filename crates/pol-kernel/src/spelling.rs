//! The letters of a policy: which classes of values its filters distinguish.

use crate::flat::{Counts, Flat, has_field};
use crate::letter::{Digits, DigitsOf, KindLetters, Letters};
use crate::reason::{Reason, Why};
use pol_eval::Fixed;
use pol_model::{Entry, EntryBody, EventIx, FieldIx, MemberIx, Number, Origin, Value};
use pol_plan::{FieldKey, FieldType, Node, NodeIx, PatternIx, Plan, Source};
use std::collections::{BTreeMap, BTreeSet};

/// How many letters there may be.
const MOST: u32 = 1 << 15;
/// How many values of a field a counter tells apart.
const VALUES: i64 = 64;

/// How a field is looked at.
#[derive(Debug, Clone, Default)]
struct Looked {
    breaks: BTreeSet<Number>,
}

/// Finds the letters.
pub(crate) struct Spelling<'f, 'p> {
    pub plan: &'p Plan,
    pub flat: &'f Flat,
    /// What can be told of members.
    pub fixed: &'f Fixed<'p>,
    /// One member of each class.
    pub models: &'f [MemberIx],
    looked: BTreeMap<(EventIx, FieldIx), Looked>,
    amounts: BTreeMap<EventIx, FieldIx>,
    refused: Option<Reason>,
}

impl<'f, 'p> Spelling<'f, 'p> {
    pub(crate) fn new(
        plan: &'p Plan,
        flat: &'f Flat,
        fixed: &'f Fixed<'p>,
        models: &'f [MemberIx],
    ) -> Self {
        Self {
            plan,
            flat,
            fixed,
            models,
            looked: BTreeMap::new(),
            amounts: BTreeMap::new(),
            refused: None,
        }
    }

    /// The letters.
    ///
    /// # Errors
    /// A field whose values fall into too many classes.
    pub(crate) fn letters(mut self) -> Result<Letters, Reason> {
        for pattern in &self.flat.patterns {
            self.pattern(*pattern);
        }
        for counter in &self.flat.counters {
            match &counter.counts {
                Counts::Events => {}
                Counts::Distinct(field) | Counts::Same(field) => {
                    self.told_apart(counter.over, field);
                }
                Counts::Sum(field) => self.summed(counter.over, field),
            }
        }
        match self.refused.take() {
            Some(reason) => Err(reason),
            None => self.spelled(),
        }
    }

    fn spelled(&self) -> Result<Letters, Reason> {
        let mut letters = Letters::default();
        for (event, kind) in (0_u16..).map(EventIx).zip(&self.plan.events) {
            let mut fields = Vec::with_capacity(kind.fields.len());
            let mut size = 1_u32;
            for (field, holds) in (0_u16..).map(FieldIx).zip(&kind.holds) {
                let digits = self.looked.get(&(event, field)).map(|looked| {
                    let (count, of) = match holds {
                        FieldType::Bool => (2, DigitsOf::Bool),
                        FieldType::Choice(values) => {
                            let values = self.plan.enums[values.at()].values.len();
                            (values, DigitsOf::Symbols)
                        }
                        _ => {
                            let breaks: Vec<Number> = looked.breaks.iter().copied().collect();
                            (2 * breaks.len() + 1, DigitsOf::Numbers(breaks))
                        }
                    };
                    (u32::try_from(count).unwrap_or(u32::MAX - 1), of)
                });
                fields.push(match digits {
                    None => None,
                    Some((count, of)) => {
                        let stride = size;
                        size = size.saturating_mul(count + 1);
                        Some(Digits {
                            stride,
                            count: count + 1,
                            absent: count,
                            of,
                        })
                    }
                });
            }
            letters.kinds.push(KindLetters {
                first: letters.count,
                fields,
                amount: self.amounts.get(&event).copied(),
            });
            letters.count = letters.count.saturating_add(size);
            if letters.count > MOST {
                return Err(refusal(&kind.name));
            }
        }
        Ok(letters)
    }

    fn refuse(&mut self, name: &str) {
        let reason = refusal(name);
        self.refused.get_or_insert(reason);
    }

    /// The kinds of entry that may be one of a pattern's events.
    fn events(&self, pattern: PatternIx) -> BTreeSet<EventIx> {
        match &self.plan.pattern(pattern).source {
            Source::Event(event) => BTreeSet::from([*event]),
            Source::Catalogue(catalogue) => {
                BTreeSet::from([self.plan.catalogues[catalogue.at()].event])
            }
            Source::Set(patterns) => patterns.iter().flat_map(|one| self.events(*one)).collect(),
            Source::Status(..)
            | Source::Ladder(_)
            | Source::Outcome(_)
            | Source::Duty(..)
            | Source::Lost(_) => BTreeSet::new(),
        }
    }

    fn pattern(&mut self, at: PatternIx) {
        let pattern = self.plan.pattern(at);
        for event in self.events(at) {
            if let Some(filter) = pattern.filter {
                self.filter(event, filter);
            }
            if let Source::Catalogue(catalogue) = &pattern.source {
                let catalogue = &self.plan.catalogues[catalogue.at()];
                let keys = catalogue.items.iter().map(|item| item.key.clone());
                self.keyed(event, catalogue.item, &keys.collect::<Vec<_>>());
                let branches = || catalogue.items.iter().flat_map(|item| &item.branches);
                if let Some(field) = catalogue.branch {
                    let keys = branches().filter_map(|branch| branch.key.clone());
                    self.keyed(event, field, &keys.collect::<Vec<_>>());
                }
                for condition in branches().filter_map(|branch| branch.condition) {
                    self.filter(event, condition);
                }
            }
        }
    }

    /// A field that is looked up among values.
    fn keyed(&mut self, event: EventIx, field: FieldIx, keys: &[Value]) {
        let numbers = keys.iter().filter_map(Value::as_number);
        self.look(event, field, numbers.collect());
    }

    fn look(&mut self, event: EventIx, field: FieldIx, breaks: Vec<Number>) {
        let kind = &self.plan.events[event.at()];
        let few = matches!(
            kind.holds.get(field.at()),
            Some(FieldType::Bool | FieldType::Choice(_) | FieldType::Number)
        );
        if few {
            let looked = self.looked.entry((event, field)).or_default();
            looked.breaks.extend(breaks);
        } else {
            let name = kind.fields.get(field.at()).cloned().unwrap_or_default();
            self.refuse(&name);
        }
    }

    /// The field of a kind of entry that a key means.
    fn field(&self, event: EventIx, key: &FieldKey) -> Option<FieldIx> {
        match key {
            FieldKey::Declared(field) => Some(*field),
            FieldKey::Named(name) => {
                let mut fields = self.plan.events[event.at()].fields.iter();
                let at = fields.position(|field| field == name)?;
                u16::try_from(at).ok().map(FieldIx)
            }
            _ => None,
        }
    }

    fn is_number(&self, event: EventIx, field: FieldIx) -> bool {
        self.plan.events[event.at()].holds.get(field.at()) == Some(&FieldType::Number)
    }

    /// What a filter distinguishes.
    fn filter(&mut self, event: EventIx, node: NodeIx) {
        match self.plan.node(node) {
            Node::Compare(_, left, right) => {
                let pairs = [(*left, *right), (*right, *left)];
                for (one, other) in pairs {
                    if let Node::Field(key) = self.plan.node(one)
                        && let Some(field) = self.field(event, key)
                    {
                        let breaks = self.numbers(other);
                        match breaks {
                            Some(breaks) => self.look(event, field, breaks),
                            None if self.is_number(event, field) => {
                                self.refuse_field(event, field);
                            }
                            None => self.look(event, field, Vec::new()),
                        }
                    } else {
                        self.filter(event, one);
                    }
                }
            }
            Node::In(asked, among) => {
                if let Node::Field(key) = self.plan.node(*asked)
                    && let Some(field) = self.field(event, key)
                {
                    for one in among {
                        match self.numbers(*one) {
                            Some(breaks) => self.look(event, field, breaks),
                            None if self.is_number(event, field) => {
                                self.refuse_field(event, field);
                            }
                            None => {
                                self.look(event, field, Vec::new());
                                self.filter(event, *one);
                            }
                        }
                    }
                } else {
                    self.filter(event, *asked);
                    for one in among {
                        self.filter(event, *one);
                    }
                }
            }
            Node::Field(key) => {
                if let Some(field) = self.field(event, key) {
                    if self.is_number(event, field) {
                        self.refuse_field(event, field);
                    } else {
                        self.look(event, field, Vec::new());
                    }
                }
            }
            Node::Param(param) => {
                for by in &self.plan.param(*param).by {
                    self.filter(event, *by);
                }
            }
            other => {
                for part in other.parts() {
                    self.filter(event, part);
                }
            }
        }
    }

    fn refuse_field(&mut self, event: EventIx, field: FieldIx) {
        let name = self.plan.events[event.at()].fields[field.at()].clone();
        self.refuse(&name);
    }

    /// The numbers that a value without fields may be, one for each class; nothing if it has fields
    /// or is no number. A class for which it is unknown adds none.
    fn numbers(&self, node: NodeIx) -> Option<Vec<Number>> {
        if has_field(self.plan, node) {
            return None;
        }
        let mut numbers = Vec::new();
        for model in self.models {
            match self.fixed.value(node, Some(*model), None) {
                Some(Value::Number(number)) => numbers.push(number),
                Some(_) => return None,
                None => {}
            }
        }
        Some(numbers)
    }

    /// A field whose every value a counter tells apart.
    fn told_apart(&mut self, over: PatternIx, key: &FieldKey) {
        for event in self.events(over) {
            let Some(field) = self.field(event, key) else {
                continue;
            };
            let breaks = if self.is_number(event, field) {
                let range = self.plan.events[event.at()].ranges.get(field.at());
                match range.copied().flatten() {
                    Some((least, greatest)) if greatest.saturating_sub(least) < VALUES => (least
                        ..=greatest)
                        .map(|n| Number::whole(n.into()))
                        .collect(),
                    _ => return self.refuse_field(event, field),
                }
            } else {
                Vec::new()
            };
            self.look(event, field, breaks);
        }
    }

    /// A field that is summed: one of each kind of entry.
    fn summed(&mut self, over: PatternIx, key: &FieldKey) {
        for event in self.events(over) {
            let Some(field) = self.field(event, key) else {
                continue;
            };
            if *self.amounts.entry(event).or_insert(field) != field || !self.is_number(event, field)
            {
                self.refuse_field(event, field);
            }
        }
    }
}

/// For each letter an entry that is spelled so.
pub(crate) fn models(plan: &Plan, letters: &Letters) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(letters.count as usize);
    for (event, spelled) in (0_u16..).map(EventIx).zip(&letters.kinds) {
        let kind = &plan.events[event.at()];
        let digits = spelled.fields.iter().flatten();
        let size: u32 = digits.map(|digits| digits.count).product();
        for letter in 0..size {
            let fields = spelled
                .fields
                .iter()
                .zip(&kind.holds)
                .map(|(digits, holds)| {
                    let digits = digits.as_ref()?;
                    value(digits, *holds, letter / digits.stride % digits.count)
                });
            entries.push(Entry {
                id: None,
                date: plan.counting_from,
                time: None,
                recorded: plan.counting_from,
                body: EntryBody::Event {
                    event,
                    of: Vec::new(),
                    fields: fields.collect(),
                },
                instead_of: None,
                origin: Origin::default(),
            });
        }
    }
    entries
}

/// A value of a digit.
fn value(digits: &Digits, holds: FieldType, digit: u32) -> Option<Value> {
    if digit == digits.absent {
        return None;
    }
    match (&digits.of, holds) {
        (DigitsOf::Bool, _) => Some(Value::Bool(digit == 1)),
        (DigitsOf::Symbols, FieldType::Choice(values)) => {
            Some(Value::Symbol(values, u16::try_from(digit).ok()?))
        }
        (DigitsOf::Symbols, _) => None,
        (DigitsOf::Numbers(breaks), _) => {
            let at = (digit / 2) as usize;
            let number = if digit % 2 == 1 {
                *breaks.get(at)?
            } else {
                between(
                    at.checked_sub(1).and_then(|at| breaks.get(at)),
                    breaks.get(at),
                )?
            };
            Some(Value::Number(number))
        }
    }
}

/// A number between two; without a lower one one less, without a higher one one more.
fn between(low: Option<&Number>, high: Option<&Number>) -> Option<Number> {
    let one = Number::whole(1);
    match (low, high) {
        (None, None) => Some(Number::ZERO),
        (None, Some(high)) => high.minus(one),
        (Some(low), None) => low.plus(one),
        (Some(low), Some(high)) => low.plus(*high)?.over(Number::whole(2)),
    }
}

fn refusal(name: &str) -> Reason {
    Reason {
        why: Why::Letters,
        name: name.to_owned(),
    }
}
