//! The module `outcomes`: ladders, outcomes, derived events, duties, properties.

use crate::Generator;
use crate::choices::{choice, choices, own};
use crate::docs::title;
use crate::lexicon::{Enumeration, Struct};
use crate::listed::{Listed, words};
use crate::module::Module;
use pol::hir::{Field, Ladder, Named};

impl Generator<'_> {
    pub(crate) fn outcomes(&self) -> Module {
        let about =
            "What follows: statuses of ladders, outcomes, derived events, duties, properties.";
        let mut module = Module::new("outcomes", about);
        self.all_ladders(&mut module);
        self.imposed(&mut module);
        self.derived(&mut module);
        let policy = self.policy;
        let duties = policy.duties.iter().map(|duty| &duty.named);
        self.plain(
            &mut module,
            "Duty",
            "The duties.",
            &self.lexicon.duties,
            duties.collect(),
        );
        let nevers = policy.nevers.iter().map(|never| &never.named);
        self.plain(
            &mut module,
            "Property",
            "What no ledger may show.",
            &self.lexicon.nevers,
            nevers.collect(),
        );
        module
    }

    /// Ladders, each with its names.
    pub(crate) fn ladders(&self) -> impl Iterator<Item = (&Ladder, &Enumeration)> {
        let ladders = self.policy.ladders.iter();
        ladders.filter_map(|ladder| {
            let names = self.lexicon.enums[ladder.statuses.at()].as_ref()?;
            Some((ladder, names))
        })
    }

    fn all_ladders(&self, module: &mut Module) {
        for (place, (ladder, names)) in self.ladders().enumerate() {
            let docs = self.docs.of(&ladder.named, &names.name).join("\n");
            choice(self, module, ladder.statuses, &docs);
            module.uses("Ladder LadderIx");
            let items = &mut module.items;
            items.gap();
            items.open(format!("impl Ladder for {} {{", names.name));
            items.line(format!("const LADDER: LadderIx = LadderIx({place});"));
            items.close("}");
        }
        module.uses("Statuses LadderIx");
        let items = &mut module.items;
        items.gap();
        items.docs(&["A status of one of the ladders."]);
        items.line("#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]");
        let names: Vec<&str> = self.ladders().map(|(_, names)| &*names.name).collect();
        if names.is_empty() {
            items.line("pub enum Status {}");
        } else {
            items.open("pub enum Status {");
            for (ladder, names) in self.ladders() {
                items.docs(&title(&ladder.named));
                items.line(format!("{0}({0}),", names.name));
            }
            items.close("}");
        }
        items.gap();
        items.open("impl Statuses for Status {");
        if names.is_empty() {
            items.open("fn of(_: LadderIx, _: u16) -> Option<Self> {");
            items.line("None");
        } else {
            items.open("fn of(ladder: LadderIx, place: u16) -> Option<Self> {");
            items.open("match ladder.0 {");
            for (place, name) in names.iter().enumerate() {
                items.arm(
                    &[place.to_string()],
                    &format!("variant(place, Self::{name})"),
                );
            }
            items.line("_ => None,");
            items.close("}");
        }
        items.close("}");
        items.gap();
        items.open("fn name(self) -> &'static str {");
        if names.is_empty() {
            items.line("match self {}");
        } else {
            items.open("match self {");
            for name in &names {
                items.arm(&[format!("Self::{name}(status)")], "status.name()");
            }
            items.close("}");
        }
        items.close("}");
        items.close("}");
        for name in &names {
            items.gap();
            items.open(format!("impl From<{name}> for Status {{"));
            items.open(format!("fn from(status: {name}) -> Self {{"));
            items.line(format!("Self::{name}(status)"));
            items.close("}");
            items.close("}");
        }
        if !names.is_empty() {
            module.uses("variant");
        }
    }

    /// What is listed by name alone.
    pub(crate) fn plain(
        &self,
        module: &mut Module,
        name: &str,
        about: &str,
        variants: &[String],
        named: Vec<&pol::hir::Named>,
    ) {
        let listed = Listed {
            name,
            docs: vec![about.to_owned()],
            variants,
            described: self.described(variants, named.iter().copied()),
            named,
            ordered: true,
            defaults: false,
        };
        listed.write(module);
    }

    fn imposed(&self, module: &mut Module) {
        let outcomes = &self.policy.outcomes;
        let variants = &self.lexicon.outcomes;
        let carried = &self.lexicon.imposed;
        let carries = carried.iter().any(Option::is_some);
        let kinds = if carries { "ImposedKind" } else { "Imposed" };
        let named = outcomes.iter().map(|outcome| &outcome.named);
        self.plain(
            module,
            kinds,
            "The declared outcomes.",
            variants,
            named.collect(),
        );
        module.uses("Said Values");
        if !carries {
            let items = &mut module.items;
            items.gap();
            items.open("impl Said for Imposed {");
            items.open("fn said(place: u16, _: &Values<'_>) -> Option<Self> {");
            items.line("Self::at(place)");
            items.close("}");
            items.gap();
            items.open("fn name(&self) -> &'static str {");
            items.line("Declared::name(*self)");
            items.close("}");
            return items.close("}");
        }
        for (outcome, names) in outcomes.iter().zip(carried) {
            if let Some(names) = names {
                let about = format!(
                    "What `{}` carries; what is unknown is absent.",
                    outcome.named.name
                );
                self.values(module, &about, names, &outcome.fields);
            }
        }
        choices(
            self,
            module,
            "",
            &own(self, outcomes.iter().flat_map(|outcome| &outcome.fields)),
        );
        let places = (0_u16..).zip(variants).zip(carried.iter().zip(outcomes));
        let all: Vec<Told<'_>> = places
            .map(|((place, variant), (names, outcome))| Told {
                place,
                variant,
                carries: names.as_ref(),
                named: &outcome.named,
            })
            .collect();
        said(module, "Imposed", "An outcome, with what it carries.", &all);
        let items = &mut module.items;
        items.gap();
        items.open("impl Imposed {");
        items.docs(&["Which outcome it is."]);
        items.line("#[must_use]");
        items.open("pub const fn kind(&self) -> ImposedKind {");
        items.open("match self {");
        for told in &all {
            items.arm(&[told.pattern()], &format!("ImposedKind::{}", told.variant));
        }
        items.close("}");
        items.close("}");
        items.close("}");
    }

    fn derived(&self, module: &mut Module) {
        module.uses("Said Values");
        let mut all = Vec::new();
        for (at, names) in &self.lexicon.derived {
            let event = &self.policy.events[at.at()];
            if let Some(names) = names {
                let about = format!(
                    "What `{}` carries; what is unknown is absent.",
                    event.named.name
                );
                self.values(module, &about, names, &event.fields);
            }
            all.push(Told {
                place: at.0,
                variant: &self.lexicon.events[at.at()].name,
                carries: names.as_ref(),
                named: &event.named,
            });
        }
        said(
            module,
            "Derived",
            "An event that a rule brings about, with what it carries.",
            &all,
        );
    }

    /// A struct of values that are carried.
    fn values(&self, module: &mut Module, about: &str, names: &Struct, fields: &[Field]) {
        module.uses("Carried Values");
        let items = &mut module.items;
        items.gap();
        items.docs(&[about]);
        items.line("#[derive(Debug, Clone, PartialEq, Eq)]");
        items.open(format!("pub struct {} {{", names.name));
        for (name, field) in names.fields.iter().zip(fields) {
            items.docs(&self.docs.of(&field.named, name));
            items.line(format!("pub {name}: {},", self.lexicon.carried(field)));
        }
        items.close("}");
        items.gap();
        items.open(format!("impl Carried for {} {{", names.name));
        items.open("fn carried(values: &Values<'_>) -> Option<Self> {");
        let gets = names.fields.iter().enumerate();
        let gets: Vec<String> = gets
            .map(|(place, name)| format!("{name}: values.get({place})?"))
            .collect();
        items.literal("Some(Self", &gets, ")");
        items.close("}");
        items.close("}");
        for field in fields {
            module.uses(&self.lexicon.carried(field));
        }
    }
}

/// What is said: its place, its variant, what it carries.
struct Told<'a> {
    place: u16,
    variant: &'a str,
    carries: Option<&'a Struct>,
    named: &'a Named,
}

impl Told<'_> {
    /// The pattern of its variant.
    fn pattern(&self) -> String {
        let holds = if self.carries.is_some() { "(_)" } else { "" };
        format!("Self::{}{holds}", self.variant)
    }
}

/// An enumeration of what is said, with what each carries.
fn said(module: &mut Module, name: &str, about: &str, all: &[Told<'_>]) {
    let items = &mut module.items;
    items.gap();
    items.docs(&[about]);
    items.line("#[derive(Debug, Clone, PartialEq, Eq)]");
    if all.is_empty() {
        items.line(format!("pub enum {name} {{}}"));
    } else {
        items.open(format!("pub enum {name} {{"));
        for told in all {
            items.docs(&title(told.named));
            match told.carries {
                Some(names) => items.line(format!("{}({}),", told.variant, names.name)),
                None => items.line(format!("{},", told.variant)),
            }
        }
        items.close("}");
    }
    items.gap();
    items.open(format!("impl Said for {name} {{"));
    let carries = all.iter().any(|told| told.carries.is_some());
    let (place, values) = match (all.is_empty(), carries) {
        (true, _) => ("_", "_"),
        (false, false) => ("place", "_"),
        (false, true) => ("place", "values"),
    };
    items.open(format!(
        "fn said({place}: u16, {values}: &Values<'_>) -> Option<Self> {{"
    ));
    if all.is_empty() {
        items.line("None");
    } else {
        items.open("match place {");
        for told in all {
            let value = if told.carries.is_some() {
                format!("carry(values, Self::{})", told.variant)
            } else {
                format!("Some(Self::{})", told.variant)
            };
            items.arm(&[told.place.to_string()], &value);
        }
        items.line("_ => None,");
        items.close("}");
    }
    items.close("}");
    items.gap();
    let patterns: Vec<String> = all.iter().map(Told::pattern).collect();
    let names: Vec<&str> = all.iter().map(|told| &*told.named.name).collect();
    words(module, "fn name(&self)", &patterns, &names);
    module.items.close("}");
    if carries {
        module.uses("carry");
    }
}
