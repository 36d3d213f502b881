//! Events: their fields, their subjects, and which of them a pattern means.

use crate::history::{Happening, Occurrence};
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::Date;
use pol_model::{AttrIx, CatalogueIx, Cause, FieldIx, KindIx, MemberIx, Value};
use pol_model::{Quantity, Truth};
use pol_semantics::hir::{ActState, Branch, DefineBody, EventSource, Field, FieldKey, Pattern};

impl World<'_> {
    /// Whether a happening is one that a pattern means. Whom it is about is not asked here.
    pub(crate) fn matches(
        &self,
        pattern: &Pattern,
        happening: &Happening,
        scope: &Scope<'_>,
    ) -> Truth {
        let source = self.is_from(&pattern.source, happening, scope);
        match &pattern.filter {
            Some(filter) if source.tri != pol_model::Tri::No => {
                source.and(self.truth(filter, &scope.about(happening)))
            }
            _ => source,
        }
    }

    /// Whether a happening comes from a source.
    fn is_from(&self, source: &EventSource, happening: &Happening, scope: &Scope<'_>) -> Truth {
        let same = match (source, &happening.what) {
            (EventSource::Event(event), Occurrence::Event(is)) => event == is,
            (EventSource::Catalogue(catalogue), Occurrence::Event(is)) => {
                if self.policy.catalogues[catalogue.at()].event == *is {
                    return self.qualifies(*catalogue, happening, scope);
                }
                false
            }
            (EventSource::Set(define), _) => match &self.policy.defines[define.at()].body {
                DefineBody::Events(patterns) => {
                    return patterns.iter().fold(Truth::of(false), |found, pattern| {
                        found.or(self.matches(pattern, happening, scope))
                    });
                }
                DefineBody::Value(_) => false,
            },
            (
                EventSource::Status(ladder, status),
                Occurrence::Status {
                    ladder: on,
                    status: is,
                    ..
                },
            ) => ladder == on && status == is,
            (EventSource::Ladder(ladder), Occurrence::Status { ladder: on, .. }) => ladder == on,
            (EventSource::Outcome(outcome), Occurrence::Outcome(is)) => outcome == is,
            (EventSource::Duty(duty, state), Occurrence::Duty(is, became, _)) => {
                duty == is && state == became
            }
            // A duty's `lost` is its miss: what was missed by the record was met in time.
            (
                EventSource::Duty(duty, ActState::Lost),
                Occurrence::Lost(EventSource::Duty(is, ActState::Missed)),
            ) => duty == is,
            (EventSource::Lost(acts), Occurrence::Lost(of)) => match (&**acts, of) {
                (EventSource::Ladder(ladder), EventSource::Status(on, _)) => ladder == on,
                (acts, of) => acts == of,
            },
            _ => false,
        };
        Truth::of(same)
    }

    /// Whether an entry qualifies in a catalogue. One without a branch qualifies if it would under
    /// every branch, not if under none, else it is unknown.
    fn qualifies(&self, catalogue: CatalogueIx, happening: &Happening, scope: &Scope<'_>) -> Truth {
        let catalogue_ix = catalogue;
        let catalogue = &self.policy.catalogues[catalogue.at()];
        let value = |field: FieldIx| happening.fields.get(field.at()).and_then(Option::as_ref);
        let Some(key) = value(catalogue.item) else {
            return Truth::unknown(vec![
                self.absent(happening, &FieldKey::Declared(catalogue.item)),
            ]);
        };
        let Some(item) = catalogue.items.iter().find(|item| item.key == *key) else {
            return Truth::of(false);
        };
        let under = |branch: &Branch| match &branch.condition {
            Some(condition) => self.truth(condition, &scope.about(happening)),
            None => Truth::of(true),
        };
        let branches = &item.branches;
        if let [only] = branches.as_slice() {
            return under(only);
        }
        if let Some(branch) = catalogue.branch.and_then(value) {
            let named = branches.iter().find(|one| one.key.as_ref() == Some(branch));
            return named.map_or(Truth::of(false), under);
        }
        let verdicts: Vec<Truth> = branches.iter().map(under).collect();
        if verdicts.iter().all(Truth::holds) {
            Truth::of(true)
        } else if verdicts
            .iter()
            .all(|verdict| verdict.tri == pol_model::Tri::No)
        {
            Truth::of(false)
        } else {
            let mut causes: Vec<Cause> = verdicts
                .into_iter()
                .flat_map(|verdict| verdict.causes)
                .collect();
            if let Some(entry) = happening.entry {
                let catalogue = self.policy.catalogues[catalogue_ix.at()].named.name.clone();
                causes.push(Cause::MayQualify { catalogue, entry });
            }
            Truth::unknown(causes)
        }
    }

    /// The value of a field of a happening.
    pub(crate) fn field_of(&self, happening: &Happening, key: &FieldKey) -> Quantity {
        let known = match (key, &happening.what) {
            (FieldKey::Date, _) => Some(Value::Date(happening.date)),
            (FieldKey::Recorded, _) => Some(Value::Date(happening.known)),
            (
                FieldKey::Was | FieldKey::Now,
                Occurrence::Status {
                    ladder, was, now, ..
                },
            ) => {
                let statuses = self.policy.ladders[ladder.at()].statuses;
                let status = if *key == FieldKey::Was { *was } else { *now };
                Some(Value::Symbol(statuses, status))
            }
            (FieldKey::LastDay, Occurrence::Duty(_, _, last)) => Some(Value::Date(*last)),
            (FieldKey::Declared(field), _) => happening.fields.get(field.at()).cloned().flatten(),
            (FieldKey::Named(name), _) => {
                let at = self
                    .fields_of(happening)
                    .iter()
                    .position(|field| field.named.name == *name);
                at.and_then(|at| happening.fields.get(at).cloned().flatten())
            }
            (FieldKey::Was | FieldKey::Now | FieldKey::LastDay, _) => None,
        };
        known.map_or_else(
            || Quantity::Unknown(vec![self.absent(happening, key)]),
            Quantity::Known,
        )
    }

    /// The declared fields of a happening.
    fn fields_of(&self, happening: &Happening) -> &[Field] {
        match &happening.what {
            Occurrence::Event(event) | Occurrence::Lost(EventSource::Event(event)) => {
                &self.policy.events[event.at()].fields
            }
            Occurrence::Outcome(outcome) | Occurrence::Lost(EventSource::Outcome(outcome)) => {
                &self.policy.outcomes[outcome.at()].fields
            }
            Occurrence::Status { .. } | Occurrence::Duty(..) | Occurrence::Lost(_) => &[],
        }
    }

    fn absent(&self, happening: &Happening, key: &FieldKey) -> Cause {
        let field = match key {
            FieldKey::Declared(field) => self
                .fields_of(happening)
                .get(field.at())
                .map_or_else(String::new, |field| field.named.name.clone()),
            FieldKey::Named(name) => name.clone(),
            FieldKey::Date => "date".to_owned(),
            FieldKey::Recorded => "recorded".to_owned(),
            FieldKey::Was => "was".to_owned(),
            FieldKey::Now => "now".to_owned(),
            FieldKey::LastDay => "last_day".to_owned(),
        };
        Cause::Absent {
            field,
            entry: happening.entry,
        }
    }

    /// The subject of a kind that a scope means: one that a field of the event names, one that the
    /// event is about, the subject itself, one that it lies within. Where the event names or is about
    /// several, the subject itself or what it lies within is meant, if it is one of them; else the
    /// first that is named, else the first by id.
    pub(crate) fn subject_of_kind(&self, kind: KindIx, scope: &Scope<'_>) -> Option<MemberIx> {
        let is = |member: &MemberIx| self.register.member(*member).kind == kind;
        let outwards = |member| self.register.outwards(member).find(is);
        let own = scope.subject.and_then(outwards);
        let one_of = |several: Vec<MemberIx>| {
            own.filter(|own| several.contains(own))
                .or_else(|| several.first().copied())
        };
        let Some(event) = scope.event else {
            return own;
        };
        let fields = event.fields.iter().flatten().flat_map(Value::members);
        let mut about = event.subjects.clone();
        about.sort_by_key(|member| &self.register.member(*member).id);
        one_of(fields.filter(is).collect())
            .or_else(|| one_of(about.iter().copied().filter(is).collect()))
            .or(own)
            .or_else(|| about.iter().copied().find_map(outwards))
    }

    /// An attribute of a member, as of the scope's day.
    pub(crate) fn attribute(
        &self,
        member: MemberIx,
        attribute: AttrIx,
        scope: &Scope<'_>,
    ) -> Quantity {
        let day: Date = scope.attribute_day();
        let member = self.register.member(member);
        match member.attribute(attribute, day) {
            Some(value) => Quantity::Known(value.clone()),
            None => Quantity::Unknown(vec![Cause::NoAttribute {
                attribute: self.attribute_name(member.kind, attribute),
                day,
            }]),
        }
    }

    /// An attribute's name.
    pub(crate) fn attribute_name(&self, kind: KindIx, attribute: AttrIx) -> String {
        let attributes = &self.policy.kinds[kind.at()].attributes;
        attributes
            .get(attribute.at())
            .map_or_else(String::new, |field| field.named.name.clone())
    }
}
