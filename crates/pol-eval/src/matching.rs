//! Which events a pattern means, and what fields and attributes say.

use crate::record::{Act, Happening, Listed, Meant, Occurrence};
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::Date;
use pol_model::{
    AttrIx, CatalogueIx, Cause, EntryBody, EntryIx, FieldIx, KindIx, MemberIx, Quantity, Tri,
    Truth, Value,
};
use pol_plan::{ActState, Branch, FieldKey, PatternIx, Source};

impl World<'_> {
    /// Whether a pattern means a happening. Whom it is about is not asked here.
    pub(crate) fn matches(
        &self,
        pattern: PatternIx,
        happening: &Happening,
        scope: &Scope<'_>,
    ) -> Truth {
        let pattern = self.plan.pattern(pattern);
        let source = self.comes_from(&pattern.source, happening, scope);
        match pattern.filter {
            Some(filter) if source.tri != Tri::No => {
                source.and(self.truth(filter, &scope.about(happening)))
            }
            _ => source,
        }
    }

    /// What keeps a listed happening from being one that the pattern means: nothing, or some doubt;
    /// none if it is none.
    #[expect(
        clippy::option_option,
        reason = "not meant, meant for certain, meant perhaps"
    )]
    pub(crate) fn doubt(
        &self,
        pattern: PatternIx,
        listed: &Listed,
        happening: &Happening,
        scope: &Scope<'_>,
    ) -> Option<Option<Vec<Cause>>> {
        match &listed.meant {
            Meant::Yes => Some(None),
            Meant::Unknown(causes) => Some(Some(causes.clone())),
            Meant::Ask => {
                let truth = self.matches(pattern, happening, scope);
                match truth.tri {
                    Tri::Yes => Some(None),
                    Tri::No => None,
                    Tri::Unknown => Some(Some(truth.causes)),
                }
            }
        }
    }

    /// Whether a pattern means a happening for a subject, as it is listed; none if it does not.
    pub(crate) fn listing(
        &self,
        pattern: PatternIx,
        happening: &Happening,
        scope: &Scope<'_>,
    ) -> Option<Meant> {
        if !self.plan.pattern(pattern).settled {
            return Some(Meant::Ask);
        }
        let truth = self.matches(pattern, happening, scope);
        match truth.tri {
            Tri::Yes => Some(Meant::Yes),
            Tri::No => None,
            Tri::Unknown => Some(Meant::Unknown(truth.causes)),
        }
    }

    fn comes_from(&self, source: &Source, happening: &Happening, scope: &Scope<'_>) -> Truth {
        let same = match (source, &happening.what) {
            (Source::Event(event), Occurrence::Event(is)) => event == is,
            (Source::Catalogue(catalogue), Occurrence::Event(is)) => {
                if self.plan.catalogues[catalogue.at()].event == *is {
                    return self.qualifies(*catalogue, happening, scope);
                }
                false
            }
            (Source::Set(patterns), _) => {
                return patterns.iter().fold(Truth::of(false), |found, pattern| {
                    found.or(self.matches(*pattern, happening, scope))
                });
            }
            (Source::Status(ladder, status), Occurrence::Status(issue)) => {
                *ladder == issue.ladder && *status == issue.status
            }
            (Source::Ladder(ladder), Occurrence::Status(issue)) => *ladder == issue.ladder,
            (Source::Outcome(outcome), Occurrence::Outcome(is)) => outcome == is,
            (Source::Duty(duty, state), Occurrence::Duty(is, became, _)) => {
                duty == is && state == became
            }
            // A duty's `lost` is its miss: what was missed by the record was met in time.
            (
                Source::Duty(duty, ActState::Lost),
                Occurrence::Lost(Act::Duty(is, ActState::Missed)),
            ) => duty == is,
            (Source::Lost(acts), Occurrence::Lost(act)) => loses(acts, *act),
            _ => false,
        };
        Truth::of(same)
    }

    /// Whether an entry qualifies in a catalogue.
    fn qualifies(&self, at: CatalogueIx, happening: &Happening, scope: &Scope<'_>) -> Truth {
        let catalogue = &self.plan.catalogues[at.at()];
        let fields = self.fields(happening);
        let value = |field: FieldIx| fields.get(field.at()).and_then(Option::as_ref);
        let Some(key) = value(catalogue.item) else {
            let absent = self.absent(happening, &FieldKey::Declared(catalogue.item));
            return Truth::unknown(vec![absent]);
        };
        let Some(item) = catalogue.items.iter().find(|item| item.key == *key) else {
            return Truth::of(false);
        };
        let under = |branch: &Branch| match branch.condition {
            Some(condition) => self.truth(condition, &scope.about(happening)),
            None => Truth::of(true),
        };
        if let [only] = item.branches.as_slice() {
            return under(only);
        }
        if let Some(key) = catalogue.branch.and_then(value) {
            let mut branches = item.branches.iter();
            let named = branches.find(|branch| branch.key.as_ref() == Some(key));
            return named.map_or(Truth::of(false), under);
        }
        // Without a branch it qualifies if it would under every one, not if under none.
        let verdicts: Vec<Truth> = item.branches.iter().map(under).collect();
        if verdicts.iter().all(Truth::holds) {
            return Truth::of(true);
        }
        if verdicts.iter().all(|verdict| verdict.tri == Tri::No) {
            return Truth::of(false);
        }
        let causes = verdicts.into_iter().flat_map(|verdict| verdict.causes);
        let doubtful = happening.entry.map(|entry| Cause::MayQualify {
            catalogue: catalogue.name.clone(),
            entry,
        });
        Truth::unknown(causes.chain(doubtful).collect())
    }

    /// The values of a happening's declared fields: of an entry those that the ledger holds.
    fn fields<'s>(&'s self, happening: &'s Happening) -> &'s [Option<Value>] {
        match (happening.entry, &happening.what) {
            (Some(entry), Occurrence::Event(_)) if happening.firing.is_none() => {
                self.entry_fields(entry)
            }
            _ => &happening.fields,
        }
    }

    /// The values that an entry of the ledger gives its fields.
    pub(crate) fn entry_fields(&self, entry: EntryIx) -> &[Option<Value>] {
        match &self.entries[entry.at()].body {
            EntryBody::Event { fields, .. } => fields,
            EntryBody::Decision { .. } | EntryBody::Withdrawal { .. } => &[],
        }
    }

    /// The value of a field of a happening.
    pub(crate) fn field_of(&self, happening: &Happening, key: &FieldKey) -> Quantity {
        let declared = |at: usize| self.fields(happening).get(at).cloned().flatten();
        let symbol = |issue: &crate::record::Issue, place: u16| {
            Value::Symbol(self.plan.ladders[issue.ladder.at()].statuses, place)
        };
        let known = match (key, &happening.what) {
            (FieldKey::Date, _) => Some(Value::Date(happening.date)),
            (FieldKey::Recorded, _) => Some(Value::Date(happening.known)),
            (FieldKey::Was, Occurrence::Status(issue)) => Some(symbol(issue, issue.was)),
            (FieldKey::Now, Occurrence::Status(issue)) => Some(symbol(issue, issue.now)),
            (FieldKey::LastDay, Occurrence::Duty(_, _, last)) => Some(Value::Date(*last)),
            (FieldKey::Declared(field), _) => declared(field.at()),
            (FieldKey::Named(name), _) => {
                let mut names = self.field_names(happening).iter();
                names.position(|field| field == name).and_then(declared)
            }
            (FieldKey::Was | FieldKey::Now | FieldKey::LastDay, _) => None,
        };
        known.map_or_else(
            || Quantity::Unknown(vec![self.absent(happening, key)]),
            Quantity::Known,
        )
    }

    /// The value of a field of the event in scope.
    pub(crate) fn field(&self, key: &FieldKey, scope: &Scope<'_>) -> Quantity {
        match scope.event {
            Some(event) => self.field_of(event, key),
            None => Quantity::Unknown(Vec::new()),
        }
    }

    fn field_names(&self, happening: &Happening) -> &[String] {
        match &happening.what {
            Occurrence::Event(event) | Occurrence::Lost(Act::Event(event)) => {
                &self.plan.events[event.at()].fields
            }
            Occurrence::Outcome(outcome) | Occurrence::Lost(Act::Outcome(outcome)) => {
                &self.plan.outcomes[outcome.at()].fields
            }
            Occurrence::Status(_) | Occurrence::Duty(..) | Occurrence::Lost(_) => &[],
        }
    }

    fn absent(&self, happening: &Happening, key: &FieldKey) -> Cause {
        let field = match key {
            FieldKey::Declared(field) => self
                .field_names(happening)
                .get(field.at())
                .cloned()
                .unwrap_or_default(),
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
        let Some(event) = scope.event else {
            return own;
        };
        // Of several the subject's own is meant, else the first.
        let of = |several: &mut dyn Iterator<Item = MemberIx>| {
            let several: Vec<MemberIx> = several.filter(is).collect();
            own.filter(|own| several.contains(own))
                .or_else(|| several.first().copied())
        };
        let mut about = event.subjects.clone();
        about.sort_by_key(|member| &self.register.member(*member).id);
        let named = self.fields(event).iter().flatten();
        of(&mut named.flat_map(Value::members))
            .or_else(|| of(&mut about.iter().copied()))
            .or(own)
            .or_else(|| about.iter().copied().find_map(outwards))
    }

    /// An attribute of a member, as of the scope's day; without an event in scope it may change with
    /// the day.
    pub(crate) fn attribute(
        &self,
        member: MemberIx,
        attribute: AttrIx,
        scope: &Scope<'_>,
    ) -> Quantity {
        let day: Date = scope.attribute_day();
        let member = self.register.member(member);
        if scope.event.is_none() {
            let values = member.attributes.get(attribute.at());
            let begins = values.into_iter().flatten().filter_map(|dated| dated.from);
            begins
                .filter(|from| *from > day)
                .for_each(|from| self.changes(from));
        }
        match member.attribute(attribute, day) {
            Some(value) => Quantity::Known(value.clone()),
            None => self.no_attribute(member.kind, attribute, scope),
        }
    }

    /// An attribute that has no value on the scope's day; the cause names the day.
    pub(crate) fn no_attribute(
        &self,
        kind: KindIx,
        attribute: AttrIx,
        scope: &Scope<'_>,
    ) -> Quantity {
        let day = scope.attribute_day();
        if scope.event.is_none() {
            self.changes_after(day);
        }
        let names = &self.plan.kinds[kind.at()].attributes;
        Quantity::Unknown(vec![Cause::NoAttribute {
            attribute: names.get(attribute.at()).cloned().unwrap_or_default(),
            day,
        }])
    }
}

/// True if a lost act is one of a source's.
fn loses(acts: &Source, act: Act) -> bool {
    match (acts, act) {
        (Source::Event(event), Act::Event(is)) => *event == is,
        (Source::Status(ladder, status), Act::Status(on, is)) => *ladder == on && *status == is,
        (Source::Ladder(ladder), Act::Status(on, _)) => *ladder == on,
        (Source::Outcome(outcome), Act::Outcome(is)) => *outcome == is,
        (Source::Duty(duty, state), Act::Duty(is, became)) => *duty == is && *state == became,
        _ => false,
    }
}
