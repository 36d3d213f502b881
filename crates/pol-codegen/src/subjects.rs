//! The module `subjects`: kinds of subject with their attributes, and one of any kind.

use crate::Generator;
use crate::choices::choices;
use crate::constant::presumed;
use crate::docs::title;
use crate::module::Module;
use pol::hir::Kind;
use pol_model::KindIx;

impl Generator<'_> {
    pub(crate) fn subjects(&self) -> Module {
        let about = "Who is judged: kinds of subject, with the attributes that a register gives.";
        let mut module = Module::new("subjects", about);
        for (at, kind) in (0_u16..).zip(&self.policy.kinds) {
            self.kind(&mut module, KindIx(at), kind);
        }
        choices(self, &mut module, "", &self.kinds_of_attributes());
        let all: Vec<KindIx> = (0_u16..)
            .map(KindIx)
            .take(self.policy.kinds.len())
            .collect();
        self.whom(
            &mut module,
            "Subject",
            "A member of one of the kinds.",
            &all,
        );
        for (kinds, name) in &self.lexicon.several {
            self.whom(&mut module, name, "A member of one of some kinds.", kinds);
        }
        module
    }

    fn kind(&self, module: &mut Module, at: KindIx, kind: &Kind) {
        let names = &self.lexicon.kinds[at.at()];
        let name = &names.name;
        module.uses("Kind KindIx Value");
        let items = &mut module.items;
        items.gap();
        items.docs(&self.docs.of(&kind.named, name));
        let types: Vec<String> = kind
            .attributes
            .iter()
            .map(|it| self.lexicon.field(it))
            .collect();
        many_flags(module, &types);
        let items = &mut module.items;
        items.line("#[derive(Debug, Clone, PartialEq, Eq)]");
        if kind.attributes.is_empty() {
            items.line(format!("pub struct {name};"));
        } else {
            items.open(format!("pub struct {name} {{"));
            for ((field, ty), attribute) in names.fields.iter().zip(&types).zip(&kind.attributes) {
                items.docs(&self.docs.of(&attribute.named, field));
                items.line(format!("pub {field}: {ty},"));
            }
            items.close("}");
        }
        items.gap();
        items.open(format!("impl Kind for {name} {{"));
        items.line(format!("const KIND: KindIx = KindIx({});", at.0));
        items.gap();
        let within = kind
            .within
            .map_or("Nowhere", |outer| &self.lexicon.kinds[outer.at()].name);
        items.line(format!("type Within = {within};"));
        items.gap();
        items.open("fn into_values(self) -> Vec<Option<Value>> {");
        let values: Vec<String> = names
            .fields
            .iter()
            .map(|it| format!("self.{it}.put()"))
            .collect();
        if values.is_empty() {
            items.line("Vec::new()");
        } else {
            items.array("vec![", &values, "]");
        }
        items.close("}");
        if kind.opened.is_some() && !kind.attributes.is_empty() {
            items.gap();
            items.open("fn defaults() -> Vec<Option<Value>> {");
            let defaults = kind.attributes.iter().map(|attribute| {
                let given = attribute
                    .default
                    .as_ref()
                    .and_then(|_| presumed(&self.lexicon, attribute));
                given.map_or_else(|| "None".to_owned(), |value| format!("{value}.put()"))
            });
            let defaults: Vec<String> = defaults.collect();
            for value in &defaults {
                module.uses(value);
            }
            module.items.array("vec![", &defaults, "]");
            module.items.close("}");
        }
        module.items.close("}");
        if !values.is_empty() {
            module.uses("Field");
        }
        module.uses(within);
        for ty in &types {
            module.uses(ty);
        }
        for (ladder, names) in self.ladders() {
            if ladder.subjects.contains(&at) {
                module.uses("StandsOn");
                module.uses(&names.name);
                module.items.gap();
                module
                    .items
                    .line(format!("impl StandsOn<{}> for {name} {{}}", names.name));
            }
        }
    }

    /// An enumeration of members of some kinds.
    fn whom(&self, module: &mut Module, name: &str, about: &str, kinds: &[KindIx]) {
        module.uses("Subjects KindIx MemberIx");
        let named = |kind: &KindIx| &*self.lexicon.kinds[kind.at()].name;
        let items = &mut module.items;
        items.gap();
        items.docs(&[about]);
        items.line("#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]");
        if kinds.is_empty() {
            items.line(format!("pub enum {name} {{}}"));
        } else {
            items.open(format!("pub enum {name} {{"));
            for kind in kinds {
                items.docs(&title(&self.policy.kinds[kind.at()].named));
                let kind = named(kind);
                items.line(format!("{kind}(Id<{kind}>),"));
            }
            items.close("}");
        }
        items.gap();
        items.open(format!("impl Subjects for {name} {{"));
        if kinds.is_empty() {
            items.open("fn of(_: KindIx, _: MemberIx) -> Option<Self> {");
            items.line("None");
        } else {
            items.open("fn of(kind: KindIx, member: MemberIx) -> Option<Self> {");
            items.open("match kind.0 {");
            for kind in kinds {
                let pattern = kind.0.to_string();
                items.arm(&[pattern], &format!("id(member, Self::{})", named(kind)));
            }
            items.line("_ => None,");
            items.close("}");
        }
        items.close("}");
        items.gap();
        items.open("fn member(self) -> MemberIx {");
        if kinds.is_empty() {
            items.line("match self {}");
        } else {
            items.open("match self {");
            for kind in kinds {
                items.arm(&[format!("Self::{}(id)", named(kind))], "id.member()");
            }
            items.close("}");
        }
        items.close("}");
        items.close("}");
        for kind in kinds {
            let kind = named(kind);
            items.gap();
            items.open(format!("impl From<Id<{kind}>> for {name} {{"));
            items.open(format!("fn from(id: Id<{kind}>) -> Self {{"));
            items.line(format!("Self::{kind}(id)"));
            items.close("}");
            items.close("}");
        }
        if !kinds.is_empty() {
            module.uses("Id id");
        }
        for kind in kinds {
            module.uses(named(kind));
        }
    }
}

/// What clippy is told about a struct of many yes or no fields.
pub(crate) fn many_flags(module: &mut Module, types: &[String]) {
    let flags = types.iter().filter(|ty| *ty == "bool").count();
    if flags > 3 {
        module
            .items
            .line("#[expect(clippy::struct_excessive_bools, reason = \"so the policy asks\")]");
    }
}
