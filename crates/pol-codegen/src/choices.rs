//! Enumerations that fields choose from, scales and ladders.

use crate::Generator;
use crate::listed::Listed;
use crate::module::Module;
use pol::hir::{Field, Type};
use pol_model::EnumIx;
use std::collections::BTreeSet;

/// The enumerations that fields declare for themselves.
pub(crate) fn own<'f>(
    generator: &Generator<'_>,
    fields: impl Iterator<Item = &'f Field>,
) -> BTreeSet<EnumIx> {
    let sets = fields.filter_map(|field| match field.ty {
        Type::Enum(set) => Some(set),
        _ => None,
    });
    sets.filter(|set| generator.policy.enums[set.at()].name.contains('.'))
        .collect()
}

impl Generator<'_> {
    /// What the attributes of subjects choose from.
    pub(crate) fn kinds_of_attributes(&self) -> BTreeSet<EnumIx> {
        own(
            self,
            self.policy.kinds.iter().flat_map(|kind| &kind.attributes),
        )
    }

    /// What the fields of entries choose from.
    pub(crate) fn kinds_of_fields(&self) -> BTreeSet<EnumIx> {
        own(
            self,
            self.policy.events.iter().flat_map(|event| &event.fields),
        )
    }
}

/// Writes enumerations.
pub(crate) fn choices(
    generator: &Generator<'_>,
    module: &mut Module,
    docs: &str,
    sets: &BTreeSet<EnumIx>,
) {
    for set in sets {
        choice(generator, module, *set, docs);
    }
}

/// Writes an enumeration; without documentation it says what chooses from it.
pub(crate) fn choice(generator: &Generator<'_>, module: &mut Module, set: EnumIx, docs: &str) {
    let declared = &generator.policy.enums[set.at()];
    let Some(names) = &generator.lexicon.enums[set.at()] else {
        return;
    };
    let docs = if docs.is_empty() {
        vec![format!("What `{}` may be.", declared.name)]
    } else {
        docs.lines().map(str::to_owned).collect()
    };
    let listed = Listed {
        name: &names.name,
        docs,
        variants: &names.variants,
        named: declared.values.iter().collect(),
        described: generator.described(&names.variants, declared.values.iter()),
        ordered: declared.ordered,
        defaults: false,
    };
    listed.write(module);
    module.uses("Symbol EnumIx");
    let items = &mut module.items;
    items.gap();
    items.open(format!("impl Symbol for {} {{", names.name));
    items.line(format!("const ENUM: EnumIx = EnumIx({});", set.0));
    items.close("}");
}
