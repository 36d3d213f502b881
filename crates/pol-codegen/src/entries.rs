//! The module `entries`: kinds of entry with their fields, and all that can be put on record.

use crate::Generator;
use crate::choices::choices;
use crate::constant::presumed;
use crate::docs::title;
use crate::lexicon::{is_of, whom};
use crate::module::Module;
use crate::subjects::many_flags;
use pol::hir::{Event, Field};
use pol_model::EventIx;

/// The most parameters of a function that clippy lets pass.
const PARAMETERS: usize = 7;

impl Generator<'_> {
    pub(crate) fn entries(&self) -> Module {
        let about =
            "What is put on record: kinds of entry with their fields, decisions, withdrawals.";
        let mut module = Module::new("entries", about);
        for (at, event) in (0_u16..).zip(&self.policy.events) {
            self.event(&mut module, EventIx(at), event);
        }
        choices(self, &mut module, "", &self.kinds_of_fields());
        self.scales(&mut module);
        self.entry(&mut module);
        module
    }

    fn event(&self, module: &mut Module, at: EventIx, event: &Event) {
        let names = &self.lexicon.events[at.at()];
        let name = &names.name;
        let of = is_of(event).then(|| self.lexicon.whom(&whom(event)));
        let types: Vec<String> = event
            .fields
            .iter()
            .map(|it| self.lexicon.field(it))
            .collect();
        for ty in types.iter().chain(&of) {
            module.uses(ty);
        }
        module.items.gap();
        module.items.docs(&self.docs.of(&event.named, name));
        many_flags(module, &types);
        let items = &mut module.items;
        items.line("#[derive(Debug, Clone, PartialEq, Eq)]");
        if of.is_none() && types.is_empty() {
            items.line(format!("pub struct {name};"));
        } else {
            items.open(format!("pub struct {name} {{"));
            if let Some(of) = &of {
                module.uses("Of");
                let items = &mut module.items;
                items.docs(&["Whom it is about."]);
                items.line(format!("pub of: Of<{of}>,"));
            }
            let items = &mut module.items;
            for ((field, ty), declared) in names.fields.iter().zip(&types).zip(&event.fields) {
                items.docs(&self.docs.of(&declared.named, field));
                items.line(format!("pub {field}: {ty},"));
            }
            items.close("}");
            self.constructor(module, event, at, of.as_deref(), &types);
        }
        self.parts(module, at, event, of.is_some());
        let items = &mut module.items;
        items.gap();
        items.open(format!("impl From<{name}> for Entry {{"));
        items.open(format!("fn from(entry: {name}) -> Self {{"));
        items.line(format!("Self::{name}(entry)"));
        items.close("}");
        items.close("}");
    }

    /// `new`, from what an entry must have; none where that is too much for one line of arguments.
    fn constructor(
        &self,
        module: &mut Module,
        event: &Event,
        at: EventIx,
        of: Option<&str>,
        types: &[String],
    ) {
        let names = &self.lexicon.events[at.at()];
        let given = |field: &Field| presumed(&self.lexicon, field).is_none();
        let mut parameters = Vec::new();
        let mut values = Vec::new();
        if let Some(of) = of {
            if of.starts_with("Id<") {
                parameters.push(format!("of: {of}"));
                values.push("of: Of::One(of)".to_owned());
            } else {
                parameters.push(format!("of: impl Into<{of}>"));
                values.push("of: Of::One(of.into())".to_owned());
            }
        }
        let mut flags = 0;
        for ((name, ty), field) in names.fields.iter().zip(types).zip(&event.fields) {
            if given(field) {
                flags += usize::from(ty == "bool");
                parameters.push(format!("{name}: {ty}"));
                values.push(name.clone());
            } else if let Some(value) = presumed(&self.lexicon, field) {
                module.uses(&value);
                values.push(format!("{name}: {value}"));
            }
        }
        if parameters.len() > PARAMETERS || flags > 3 {
            return;
        }
        let items = &mut module.items;
        items.gap();
        items.open(format!("impl {} {{", names.name));
        let rest = event.fields.iter().any(|field| !given(field));
        items.docs(&[if rest {
            "With what it must say; the rest is absent, or as the policy presumes."
        } else {
            "With what it must say."
        }]);
        items.line("#[must_use]");
        items.function("pub fn new", &parameters, " -> Self {");
        items.literal("Self", &values, "");
        items.close("}");
        items.close("}");
    }

    fn parts(&self, module: &mut Module, at: EventIx, event: &Event, of: bool) {
        let names = &self.lexicon.events[at.at()];
        module.uses("Event EventIx Parts Read");
        if !event.fields.is_empty() {
            module.uses("Field");
        }
        let items = &mut module.items;
        items.gap();
        items.open(format!("impl Event for {} {{", names.name));
        items.line(format!("const EVENT: EventIx = EventIx({});", at.0));
        items.gap();
        items.open("fn into_parts(self) -> Parts {");
        let whom = if of {
            "of: self.of.members(),"
        } else {
            "of: Vec::new(),"
        };
        if of || !event.fields.is_empty() {
            items.open("Parts {");
            items.line(whom);
            let puts: Vec<String> = names
                .fields
                .iter()
                .map(|it| format!("self.{it}.put()"))
                .collect();
            if puts.is_empty() {
                items.line("fields: Vec::new(),");
            } else {
                items.array("fields: vec![", &puts, "],");
            }
            items.close("}");
        } else {
            items.line("Parts::default()");
        }
        items.close("}");
        items.gap();
        if of || !event.fields.is_empty() {
            items.open("fn from_parts(parts: &Read<'_>) -> Option<Self> {");
            let mut values: Vec<String> = Vec::new();
            if of {
                values.push("of: parts.of()?".to_owned());
            }
            for (place, field) in names.fields.iter().enumerate() {
                values.push(format!("{field}: parts.get({place})?"));
            }
            items.literal("Some(Self", &values, ")");
        } else {
            items.open("fn from_parts(_: &Read<'_>) -> Option<Self> {");
            items.line("Some(Self)");
        }
        items.close("}");
        items.close("}");
    }

    fn entry(&self, module: &mut Module) {
        let names: Vec<&str> = self.lexicon.events.iter().map(|it| &*it.name).collect();
        let policy = &self.lexicon.policy;
        module.uses("Decision Entries Withdrawal EntryBody EventIx Read");
        module.uses(policy);
        if !names.is_empty() {
            module.uses("body read");
        }
        let items = &mut module.items;
        items.gap();
        items.docs(&["Everything that can be put on record."]);
        items.line("#[derive(Debug, Clone, PartialEq, Eq)]");
        items.line("#[allow(clippy::large_enum_variant, reason = \"entries are not boxed\")]");
        items.open("pub enum Entry {");
        for (name, event) in names.iter().zip(&self.policy.events) {
            items.docs(&title(&event.named));
            items.line(format!("{name}({name}),"));
        }
        items.docs(&["A body decided."]);
        items.line("Decision(Decision),");
        items.docs(&["A row is withdrawn."]);
        items.line("Withdrawal(Withdrawal),");
        items.close("}");
        items.gap();
        items.open(format!("impl Entries<{policy}> for Entry {{"));
        items.open("fn into_body(self) -> EntryBody {");
        items.open("match self {");
        for name in &names {
            items.arm(&[format!("Self::{name}(entry)")], "body(entry)");
        }
        items.line("Self::Decision(decision) => decision.into_body(),");
        items.line("Self::Withdrawal(withdrawal) => withdrawal.into_body(),");
        items.close("}");
        items.close("}");
        items.gap();
        if names.is_empty() {
            items.open("fn event(_: EventIx, _: &Read<'_>) -> Option<Self> {");
            items.line("None");
        } else {
            items.open("fn event(event: EventIx, parts: &Read<'_>) -> Option<Self> {");
            items.open("match event.0 {");
            for (place, name) in names.iter().enumerate() {
                items.arm(&[place.to_string()], &format!("read(parts, Self::{name})"));
            }
            items.line("_ => None,");
            items.close("}");
        }
        items.close("}");
        items.gap();
        for (name, variant) in [("decision", "Decision"), ("withdrawal", "Withdrawal")] {
            items.open(format!("fn {name}({name}: {variant}) -> Self {{"));
            items.line(format!("Self::{variant}({name})"));
            items.close("}");
            if name == "decision" {
                items.gap();
            }
        }
        items.close("}");
        for (name, variant) in [("decision", "Decision"), ("withdrawal", "Withdrawal")] {
            items.gap();
            items.open(format!("impl From<{variant}> for Entry {{"));
            items.open(format!("fn from({name}: {variant}) -> Self {{"));
            items.line(format!("Self::{variant}({name})"));
            items.close("}");
            items.close("}");
        }
    }
}
