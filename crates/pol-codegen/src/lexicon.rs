//! The names that a policy's declarations have in Rust, each found once.

use crate::names::Scope;
use crate::whole::REEXPORTED;
use pol::hir::{Action, Event, Field, Named, Policy, Type};
use pol_model::{EnumIx, EventIx, KindIx};
use std::collections::{BTreeMap, BTreeSet};

/// Types that a generated crate has by itself, or that it takes from elsewhere.
const TAKEN: &[&str] = &[
    "Arc",
    "Asker",
    "Body",
    "Box",
    "Carried",
    "Clone",
    "Copy",
    "Date",
    "Debug",
    "Decision",
    "Declared",
    "Default",
    "Derived",
    "Duration",
    "Duty",
    "Entries",
    "Entry",
    "EnumIx",
    "Eq",
    "Err",
    "Error",
    "Evaluator",
    "Event",
    "EventIx",
    "Field",
    "From",
    "Hash",
    "Id",
    "Imposed",
    "ImposedKind",
    "Into",
    "Kind",
    "KindIx",
    "Ladder",
    "LadderIx",
    "Member",
    "MemberIx",
    "None",
    "Nowhere",
    "Number",
    "Of",
    "Ok",
    "Open",
    "Option",
    "Options",
    "Ord",
    "Outcome",
    "PartialEq",
    "PartialOrd",
    "Parts",
    "Phase",
    "Policy",
    "Program",
    "Property",
    "Proposal",
    "Proposed",
    "Read",
    "Reading",
    "Readings",
    "Register",
    "Report",
    "Result",
    "Row",
    "Rule",
    "Said",
    "Scalar",
    "Self",
    "Some",
    "StandsOn",
    "Status",
    "Statuses",
    "String",
    "Subject",
    "Subjects",
    "Symbol",
    "Time",
    "Value",
    "Values",
    "Vec",
    "Verdict",
    "What",
    "Whole",
    "Withdrawal",
];

/// A struct: its name, and its fields in the order of declaration.
#[derive(Debug)]
pub(crate) struct Struct {
    pub name: String,
    pub fields: Vec<String>,
}

/// An enumeration: its name, and its variants in the order of declaration.
#[derive(Debug)]
pub(crate) struct Enumeration {
    pub name: String,
    pub variants: Vec<String>,
}

/// The names of a policy in Rust.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The policy.
    pub policy: String,
    /// Its kinds of subject.
    pub kinds: Vec<Struct>,
    /// Its kinds of entry.
    pub events: Vec<Struct>,
    /// Its enumerations; none for the answers of a reading.
    pub enums: Vec<Option<Enumeration>>,
    /// Its readings: the field, and the answers.
    pub readings: Vec<(String, Enumeration)>,
    /// Variants for outcomes.
    pub outcomes: Vec<String>,
    /// What outcomes carry, where they carry anything.
    pub imposed: Vec<Option<Struct>>,
    /// What derived events carry; events that no rule makes are not there.
    pub derived: BTreeMap<EventIx, Option<Struct>>,
    /// Variants for bodies.
    pub bodies: Vec<String>,
    /// Variants for duties.
    pub duties: Vec<String>,
    /// Variants for rules.
    pub rules: Vec<String>,
    /// Variants for properties.
    pub nevers: Vec<String>,
    /// Variants for phases.
    pub phases: Vec<String>,
    /// Types for one of several kinds of subject, by the kinds.
    pub several: BTreeMap<Vec<KindIx>, String>,
}

impl Lexicon {
    /// Finds them.
    pub fn of(policy: &Policy) -> Self {
        let mut types = Scope::with(TAKEN);
        types.take(REEXPORTED);
        let mut kinds = Vec::new();
        for kind in &policy.kinds {
            let name = types.ty(&kind.named.name, "Subject");
            kinds.push(structure(name, &kind.attributes, &[]));
        }
        let mut enums: Vec<Option<Enumeration>> = Vec::new();
        let ladders: BTreeSet<EnumIx> = policy.ladders.iter().map(|it| it.statuses).collect();
        let answers: BTreeSet<EnumIx> = policy.readings.iter().map(|it| it.answers).collect();
        for (at, declared) in (0_u16..).map(EnumIx).zip(&policy.enums) {
            let sort = if ladders.contains(&at) {
                "Ladder"
            } else {
                "Scale"
            };
            let named = !answers.contains(&at) && !declared.name.contains('.');
            enums
                .push(named.then(|| enumeration(types.ty(&declared.name, sort), &declared.values)));
        }
        let mut events = Vec::new();
        for event in &policy.events {
            let name = types.ty(&event.named.name, "Entry");
            let own: &[&str] = if is_of(event) { &["of"] } else { &[] };
            events.push(structure(name, &event.fields, own));
        }
        for (at, declared) in (0_u16..).map(EnumIx).zip(&policy.enums) {
            if !answers.contains(&at) && declared.name.contains('.') {
                let name = types.ty(&declared.name.replace('.', "_"), "Choice");
                enums[at.at()] = Some(enumeration(name, &declared.values));
            }
        }
        let mut fields = Scope::default();
        let mut readings = Vec::new();
        for reading in &policy.readings {
            let name = types.ty(&format!("{}_reading", reading.named.name), "Answer");
            let values = &policy.enums[reading.answers.at()].values;
            readings.push((fields.field(&reading.named.name), enumeration(name, values)));
        }
        let mut imposed = Vec::new();
        for outcome in &policy.outcomes {
            imposed.push((!outcome.fields.is_empty()).then(|| {
                let name = types.ty(&format!("{}_values", outcome.named.name), "Outcome");
                structure(name, &outcome.fields, &[])
            }));
        }
        let mut derived = BTreeMap::new();
        for at in made(policy) {
            let event = &policy.events[at.at()];
            let carried = (!event.fields.is_empty()).then(|| {
                let name = types.ty(&format!("{}_values", event.named.name), "Event");
                structure(name, &event.fields, &[])
            });
            derived.insert(at, carried);
        }
        let mut several = BTreeMap::new();
        for of in policy.events.iter().map(whom) {
            if of.len() > 1 && of.len() < kinds.len() && !several.contains_key(&of) {
                let names: Vec<&str> = of.iter().map(|kind| &*kinds[kind.at()].name).collect();
                several.insert(of, types.ty(&names.join("_or_"), "Subject"));
            }
        }
        let name = types.ty(&policy.named.name, "Policy");
        Self {
            policy: name,
            kinds,
            events,
            enums,
            readings,
            outcomes: variants(policy.outcomes.iter().map(|it| &*it.named.name)),
            imposed,
            derived,
            bodies: variants(policy.bodies.iter().map(|it| &*it.name)),
            duties: variants(policy.duties.iter().map(|it| &*it.named.name)),
            rules: variants(policy.rules.iter().map(|it| &*it.named.name)),
            nevers: variants(policy.nevers.iter().map(|it| it.named.display())),
            phases: variants(policy.phases.iter().map(|it| &*it.named.name)),
            several,
        }
    }

    /// The type of one of some kinds of subject.
    pub fn whom(&self, kinds: &[KindIx]) -> String {
        match kinds {
            [one] => format!("Id<{}>", self.kinds[one.at()].name),
            several => self
                .several
                .get(several)
                .map_or("Subject", |name| name)
                .to_owned(),
        }
    }

    /// The type of one value.
    pub fn scalar(&self, field: &Field) -> String {
        match field.ty {
            Type::Bool => "bool".to_owned(),
            Type::Number(_) | Type::Share | Type::Money | Type::Error => match field.range {
                Some((least, greatest)) => format!("Whole<{least}, {greatest}>"),
                None => "Number".to_owned(),
            },
            Type::Date => "Date".to_owned(),
            Type::Duration => "Duration".to_owned(),
            Type::Enum(set) => self.enums[set.at()]
                .as_ref()
                .map_or_else(|| "Value".to_owned(), |set| set.name.clone()),
            Type::Text => "Arc<str>".to_owned(),
            Type::Member(kind) => format!("Id<{}>", self.kinds[kind.at()].name),
        }
    }

    /// The type of a field: a value, perhaps one, or several.
    pub fn field(&self, field: &Field) -> String {
        let scalar = self.scalar(field);
        if field.several {
            format!("Vec<{scalar}>")
        } else if field.optional && field.default.is_none() {
            format!("Option<{scalar}>")
        } else {
            scalar
        }
    }

    /// The type of a value that is carried: it may be unknown, and lies in no range.
    pub fn carried(&self, field: &Field) -> String {
        let open = Field {
            range: None,
            optional: true,
            default: None,
            ..field.clone()
        };
        self.field(&open)
    }
}

/// The kinds of subject that an entry names.
pub(crate) fn whom(event: &Event) -> Vec<KindIx> {
    let mut kinds: Vec<KindIx> = event
        .of
        .iter()
        .filter(|of| !of.every)
        .map(|of| of.kind)
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// True if an entry names whom it is about.
pub(crate) fn is_of(event: &Event) -> bool {
    event.of.iter().any(|of| !of.every)
}

/// The events that rules make.
fn made(policy: &Policy) -> BTreeSet<EventIx> {
    let actions = policy
        .rules
        .iter()
        .flat_map(|rule| rule.then.iter().chain(&rule.otherwise));
    actions
        .filter_map(|action| match action {
            Action::Event(event, _) => Some(*event),
            Action::Status(..) | Action::Set(..) | Action::Impose(_) | Action::End(_) => None,
        })
        .collect()
}

fn structure(name: String, fields: &[Field], taken: &[&str]) -> Struct {
    let mut scope = Scope::with(taken);
    let fields = fields.iter().map(|field| scope.field(&field.named.name));
    Struct {
        name,
        fields: fields.collect(),
    }
}

fn enumeration(name: String, values: &[Named]) -> Enumeration {
    Enumeration {
        name,
        variants: variants(values.iter().map(|value| &*value.name)),
    }
}

fn variants<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut scope = Scope::default();
    names.map(|name| scope.variant(name)).collect()
}
