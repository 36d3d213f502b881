//! The module `policy`: who decides, rules, readings, phases, and the policy itself.

use crate::Generator;
use crate::choices::choice;
use crate::docs::title;
use crate::listed::Listed;
use crate::module::Module;
use pol::hir::Rule;
use pol_model::{BodyIx, EnumIx};
use std::collections::BTreeMap;

impl Generator<'_> {
    pub(crate) fn scales(&self, module: &mut Module) {
        let ladders: Vec<EnumIx> = self.policy.ladders.iter().map(|it| it.statuses).collect();
        for (set, declared) in (0_u16..).map(EnumIx).zip(&self.policy.enums) {
            if !ladders.contains(&set) && !declared.name.contains('.') {
                choice(
                    self,
                    module,
                    set,
                    &format!("The scale `{}`.", declared.name),
                );
            }
        }
    }

    pub(crate) fn itself(&self, plan: &str) -> Module {
        let about = "Who decides, by which rules, by which reading; and the policy itself.";
        let mut module = Module::new("policy", about);
        let policy = self.policy;
        let bodies = policy.bodies.iter();
        self.plain(
            &mut module,
            "Body",
            "The bodies.",
            &self.lexicon.bodies,
            bodies.collect(),
        );
        let rules = policy.rules.iter().map(|rule| &rule.named);
        self.plain(
            &mut module,
            "Rule",
            "The rules.",
            &self.lexicon.rules,
            rules.collect(),
        );
        self.proposals(&mut module);
        let phases = policy.phases.iter().map(|phase| &phase.named);
        self.plain(
            &mut module,
            "Phase",
            "The phases.",
            &self.lexicon.phases,
            phases.collect(),
        );
        self.readings(&mut module);
        self.implementation(&mut module, plan);
        module
    }

    fn proposals(&self, module: &mut Module) {
        let rules = self.policy.rules.iter().zip(&self.lexicon.rules);
        let decided: Vec<(&Rule, &String, BodyIx)> = rules
            .filter_map(|(rule, variant)| Some((rule, variant, rule.decided_by?)))
            .collect();
        let variants: Vec<String> = decided
            .iter()
            .map(|(_, variant, _)| (*variant).clone())
            .collect();
        let described = decided.iter().map(|(rule, variant, _)| {
            let mut docs = title(&rule.named);
            docs.extend([String::new(), format!("The rule [`Rule::{variant}`].")]);
            docs
        });
        let listed = Listed {
            name: "Proposal",
            docs: vec!["The rules that a body decides on.".to_owned()],
            variants: &variants,
            named: decided.iter().map(|(rule, ..)| &rule.named).collect(),
            described: described.collect(),
            ordered: true,
            defaults: false,
        };
        listed.write(module);
        module.uses("Proposed");
        let items = &mut module.items;
        items.gap();
        items.open("impl Proposed for Proposal {");
        items.line("type Rule = Rule;");
        items.line("type Body = Body;");
        items.gap();
        items.open("fn rule(self) -> Rule {");
        match &*variants {
            [one] => items.line(format!("Rule::{one}")),
            [] => items.line("match self {}"),
            several => {
                items.open("match self {");
                for variant in several {
                    items.arm(&[format!("Self::{variant}")], &format!("Rule::{variant}"));
                }
                items.close("}");
            }
        }
        items.close("}");
        items.gap();
        items.open("fn body(self) -> Body {");
        let mut by_body: BTreeMap<BodyIx, Vec<String>> = BTreeMap::new();
        for (_, variant, body) in &decided {
            by_body
                .entry(*body)
                .or_default()
                .push(format!("Self::{variant}"));
        }
        let body = |body: &BodyIx| format!("Body::{}", self.lexicon.bodies[body.at()]);
        match by_body.first_key_value() {
            None => items.line("match self {}"),
            Some((only, _)) if by_body.len() == 1 => items.line(body(only)),
            Some(_) => {
                items.open("match self {");
                for (at, patterns) in &by_body {
                    items.arm(patterns, &body(at));
                }
                items.close("}");
            }
        }
        items.close("}");
        items.close("}");
    }

    fn readings(&self, module: &mut Module) {
        for (reading, (_, names)) in self.policy.readings.iter().zip(&self.lexicon.readings) {
            let answers = &self.policy.enums[reading.answers.at()].values;
            let listed = Listed {
                name: &names.name,
                docs: self.docs.of(&reading.named, &names.name),
                variants: &names.variants,
                named: answers.iter().collect(),
                described: self.described(&names.variants, answers.iter()),
                ordered: false,
                defaults: true,
            };
            listed.write(module);
        }
        let fields = &self.lexicon.readings;
        let items = &mut module.items;
        items.gap();
        items.docs(&[
            "Answers to what the documents leave open; unless told otherwise, the first ones.",
        ]);
        items.line("#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]");
        if fields.is_empty() {
            items.line("pub struct Readings;");
        } else {
            items.open("pub struct Readings {");
            for (reading, (field, names)) in self.policy.readings.iter().zip(fields) {
                items.docs(&title(&reading.named));
                items.line(format!("pub {field}: {},", names.name));
            }
            items.close("}");
        }
        items.gap();
        items.open("impl pol_runtime::Readings for Readings {");
        items.open("fn answers(&self) -> Vec<u16> {");
        let places: Vec<String> = fields
            .iter()
            .map(|(field, _)| format!("self.{field}.place()"))
            .collect();
        if places.is_empty() {
            items.line("Vec::new()");
        } else {
            items.array("vec![", &places, "]");
        }
        items.close("}");
        items.gap();
        if fields.is_empty() {
            items.open("fn of(_: impl Fn(u16) -> u16) -> Option<Self> {");
            items.line("Some(Self)");
        } else {
            items.open("fn of(answer: impl Fn(u16) -> u16) -> Option<Self> {");
            let answers = fields.iter().enumerate();
            let answers: Vec<String> = answers
                .map(|(place, (field, names))| {
                    format!("{field}: {}::at(answer({place}))?", names.name)
                })
                .collect();
            items.literal("Some(Self", &answers, ")");
        }
        items.close("}");
        items.close("}");
    }

    fn implementation(&self, module: &mut Module, plan: &str) {
        let name = &self.lexicon.policy;
        let policy = self.policy;
        let carries = self.lexicon.imposed.iter().any(Option::is_some);
        let kind = if carries { "ImposedKind" } else { "Imposed" };
        module.uses("Policy Program Subject Entry Status Imposed Derived Duty Property");
        module.uses(kind);
        let items = &mut module.items;
        items.gap();
        items.docs(&["The digest of the plan that this crate was generated from."]);
        items.line(format!(
            "pub const DIGEST: &str = \"{}\";",
            self.plan.digest()
        ));
        items.gap();
        items.docs(&self.docs.of(&policy.named, name));
        items.line("#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]");
        items.line(format!("pub struct {name};"));
        items.gap();
        items.open(format!("impl Policy for {name} {{"));
        for (of, is) in [
            ("Subject", "Subject"),
            ("Entry", "Entry"),
            ("Status", "Status"),
            ("Imposed", "Imposed"),
            ("ImposedKind", kind),
            ("Derived", "Derived"),
            ("Body", "Body"),
            ("Duty", "Duty"),
            ("Rule", "Rule"),
            ("Proposal", "Proposal"),
            ("Property", "Property"),
            ("Phase", "Phase"),
            ("Readings", "Readings"),
        ] {
            items.line(format!("type {of} = {is};"));
        }
        items.gap();
        items.open("fn program() -> &'static Program {");
        items.line(format!(
            "static PROGRAM: Program = Program::new({plan}, DIGEST);"
        ));
        items.line("&PROGRAM");
        items.close("}");
        let kinds = (0_u16..).zip(&policy.kinds).zip(&self.lexicon.kinds);
        let opened: Vec<(u16, &str, Option<u16>)> = kinds
            .filter(|((_, kind), _)| kind.opened.is_some())
            .map(|((at, kind), names)| (at, &*names.name, kind.within.map(|outer| outer.0)))
            .collect();
        if !opened.is_empty() {
            members_that_come(module, &opened);
        }
        module.items.close("}");
    }
}

/// What members are that come with entries.
fn members_that_come(module: &mut Module, opened: &[(u16, &str, Option<u16>)]) {
    module.uses("Kind KindIx Value");
    let items = &mut module.items;
    items.gap();
    let within: Vec<_> = opened
        .iter()
        .filter_map(|(at, _, outer)| Some((at, (*outer)?)))
        .collect();
    if !within.is_empty() {
        items.open("fn within(kind: KindIx) -> Option<KindIx> {");
        items.open("match kind.0 {");
        for (at, outer) in &within {
            items.line(format!("{at} => Some(KindIx({outer})),"));
        }
        items.line("_ => None,");
        items.close("}");
        items.close("}");
        items.gap();
    }
    items.open("fn defaults(kind: KindIx) -> Vec<Option<Value>> {");
    items.open("match kind.0 {");
    for (at, name, _) in opened {
        items.arm(&[at.to_string()], &format!("{name}::defaults()"));
    }
    items.line("_ => Vec::new(),");
    items.close("}");
    items.close("}");
    for (_, name, _) in opened {
        module.uses(name);
    }
}
