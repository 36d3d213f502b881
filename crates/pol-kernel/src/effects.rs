//! What entries and acts do to a row.

use crate::condition::room;
use crate::flat::Counts;
use crate::make::Filling;
use crate::reason::Reason;
use crate::tables::{Ask, Class, Count, Effect, len};
use pol_eval::Seen;
use pol_model::{EntryBody, EntryIx, EventIx, LadderIx, OutcomeIx, Tri, Value};
use pol_plan::{FieldKey, PatternIx, Trigger};

impl Filling<'_, '_> {
    /// The effects of all letters and acts, for each class.
    pub(crate) fn effects(&mut self) -> Result<(), Reason> {
        let plan = self.making.plan;
        // Nothing at all is the effect at place 0.
        self.tables.effects.push(Effect::default());
        let mut acts = 0;
        for ladder in &plan.ladders {
            let statuses = ladder.status_names.len();
            self.tables.issues.push((acts, statuses));
            acts += statuses * statuses;
        }
        self.tables.outcomes = acts;
        acts += plan.outcomes.len();
        self.tables.events = acts;
        self.tables.acts = acts + plan.events.len();
        for class in 0..self.tables.classes.len() {
            let class_of = self.tables.classes[class].clone();
            for letter in 0..self.tables.letters.count {
                let effect = self.effect(class, &class_of, Seen::Entry(EntryIx(letter)))?;
                self.tables.of_letter.push(effect);
            }
            for (ladder, declared) in (0_u16..).map(LadderIx).zip(&plan.ladders) {
                let statuses = u16::try_from(declared.status_names.len()).unwrap_or(u16::MAX);
                for status in 0..statuses {
                    for was in 0..statuses {
                        let now = if status == 0 { 0 } else { was.max(status) };
                        let seen = Seen::Issue {
                            ladder,
                            status,
                            was,
                            now,
                        };
                        let effect = self.effect(class, &class_of, seen)?;
                        self.tables.of_act.push(effect);
                    }
                }
            }
            let outcomes = u16::try_from(plan.outcomes.len()).unwrap_or(u16::MAX);
            for outcome in (0..outcomes).map(OutcomeIx) {
                let effect = self.effect(class, &class_of, Seen::Outcome(outcome))?;
                self.tables.of_act.push(effect);
            }
            let events = u16::try_from(plan.events.len()).unwrap_or(u16::MAX);
            for event in (0..events).map(EventIx) {
                let effect = if plan.events[event.at()].fields.is_empty() {
                    self.effect(class, &class_of, Seen::Event(event))?
                } else {
                    0
                };
                self.tables.of_act.push(effect);
            }
        }
        Ok(())
    }

    /// What something does to the row of a class, as a place in the list of effects.
    fn effect(&mut self, class: usize, class_of: &Class, seen: Seen) -> Result<u16, Reason> {
        let flat = self.making.flat;
        let model = class_of.model;
        let mut unclear = false;
        let mut means = |pattern: PatternIx| match self.fixed.means(pattern, seen, model) {
            Tri::Yes => true,
            Tri::No => false,
            Tri::Unknown => {
                unclear = true;
                false
            }
        };
        let counted: Vec<bool> = flat.counters.iter().map(|one| means(one.over)).collect();
        let reset: Vec<bool> = flat
            .counters
            .iter()
            .map(|one| one.since.iter().any(|since| means(*since)))
            .collect();
        let mut triggered = Vec::new();
        for (place, rule) in flat.rules().enumerate() {
            if let Trigger::On(patterns) = &self.making.plan.rule(rule).trigger {
                let concerned = self
                    .making
                    .plan
                    .rule(rule)
                    .subjects
                    .contains(&class_of.kind);
                if concerned && patterns.iter().any(|pattern| means(*pattern)) {
                    triggered.push(place);
                }
            }
        }
        let mut effect = Effect {
            unclear,
            ..Effect::default()
        };
        self.counts(&counted, seen, &mut effect)?;
        effect.resets.0 = len(&self.tables.resets);
        for (place, resets) in reset.iter().enumerate() {
            if *resets {
                let place = u8::try_from(place).map_err(|_| room("counters"))?;
                self.tables.resets.push(place);
            }
        }
        effect.resets.1 = len(&self.tables.resets);
        self.asks(class, &triggered, &mut effect)?;
        self.place(effect)
    }

    /// What is counted, and where.
    fn counts(&mut self, counted: &[bool], seen: Seen, effect: &mut Effect) -> Result<(), Reason> {
        effect.counts.0 = len(&self.tables.counts);
        for (place, counter) in self.making.flat.counters.iter().enumerate() {
            if !counted[place] {
                continue;
            }
            let counting = u8::try_from(place).map_err(|_| room("counters"))?;
            let value = match &counter.counts {
                Counts::Events => Some(0),
                Counts::Sum(_) => match seen {
                    Seen::Entry(entry) if self.has_amount(entry) => Some(0),
                    _ => None,
                },
                Counts::Distinct(key) | Counts::Same(key) => self.value(place, key, seen)?,
            };
            match value {
                Some(value) => self.tables.counts.push(Count {
                    counter: counting,
                    value,
                }),
                None => effect.unclear = true,
            }
        }
        effect.counts.1 = len(&self.tables.counts);
        Ok(())
    }

    /// The rules that are asked, in the order in which they look.
    fn asks(
        &mut self,
        class: usize,
        triggered: &[usize],
        effect: &mut Effect,
    ) -> Result<(), Reason> {
        let mut later = 0;
        let mut asks = Vec::new();
        for place in triggered.iter().rev() {
            let table = &self.tables.rules[*place];
            asks.push(Ask {
                rule: u16::try_from(*place).map_err(|_| room("rules"))?,
                condition: table.condition[class],
                settles: table.moves & !later,
            });
            later |= table.moves;
        }
        effect.asks.0 = len(&self.tables.asks);
        self.tables.asks.extend(asks.into_iter().rev());
        effect.asks.1 = len(&self.tables.asks);
        Ok(())
    }

    /// The place of an effect among those that are known; 0 for one that does nothing.
    fn place(&mut self, effect: Effect) -> Result<u16, Reason> {
        let empty = |list: (u32, u32)| list.0 == list.1;
        if empty(effect.counts) && empty(effect.resets) && empty(effect.asks) && !effect.unclear {
            return Ok(0);
        }
        let tables = &mut self.tables;
        let stretch = |list: (u32, u32)| list.0 as usize..list.1 as usize;
        let same = tables.effects.iter().skip(1).position(|other| {
            other.unclear == effect.unclear
                && tables.counts[stretch(other.counts)] == tables.counts[stretch(effect.counts)]
                && tables.resets[stretch(other.resets)] == tables.resets[stretch(effect.resets)]
                && tables.asks[stretch(other.asks)] == tables.asks[stretch(effect.asks)]
        });
        let place = if let Some(same) = same {
            tables.counts.truncate(effect.counts.0 as usize);
            tables.resets.truncate(effect.resets.0 as usize);
            tables.asks.truncate(effect.asks.0 as usize);
            same + 1
        } else {
            tables.effects.push(effect);
            tables.effects.len() - 1
        };
        u16::try_from(place).map_err(|_| room("effects"))
    }

    /// True if an entry's kind has the one amount that is summed.
    fn has_amount(&self, entry: EntryIx) -> bool {
        match &self.entries[entry.at()].body {
            EntryBody::Event { event, .. } => {
                self.tables.letters.kinds[event.at()].amount.is_some()
            }
            EntryBody::Decision { .. } | EntryBody::Withdrawal { .. } => false,
        }
    }

    /// The place of the value that a counter tells apart; nothing if it is unknown.
    fn value(&mut self, counter: usize, key: &FieldKey, seen: Seen) -> Result<Option<u8>, Reason> {
        let plan = self.making.plan;
        let value = match (key, seen) {
            (FieldKey::Declared(_) | FieldKey::Named(_), Seen::Entry(entry)) => {
                match &self.entries[entry.at()].body {
                    EntryBody::Event { event, fields, .. } => {
                        let at = match key {
                            FieldKey::Declared(field) => Some(field.at()),
                            FieldKey::Named(name) => {
                                let mut names = plan.events[event.at()].fields.iter();
                                names.position(|field| field == name)
                            }
                            _ => None,
                        };
                        at.and_then(|at| fields.get(at)?.clone())
                    }
                    EntryBody::Decision { .. } | EntryBody::Withdrawal { .. } => None,
                }
            }
            (FieldKey::Was, Seen::Issue { ladder, was, .. }) => {
                Some(Value::Symbol(plan.ladders[ladder.at()].statuses, was))
            }
            (FieldKey::Now, Seen::Issue { ladder, now, .. }) => {
                Some(Value::Symbol(plan.ladders[ladder.at()].statuses, now))
            }
            _ => None,
        };
        let Some(value) = value else {
            return Ok(None);
        };
        let values = &mut self.values[counter];
        if let Some(place) = values.get(&value) {
            return Ok(Some(*place));
        }
        let place = u8::try_from(values.len()).ok().filter(|place| *place < 64);
        let place = place.ok_or_else(|| room("values"))?;
        values.insert(value, place);
        Ok(Some(place))
    }
}
