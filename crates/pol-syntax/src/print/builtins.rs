//! Built-in names in the other spelling: types, and the fields that every event has.
//!
//! Names of the policy's own stay. So does a built-in one, in both spellings, if the policy declares
//! a thing of that name: translated it might come to mean that thing.

use super::names::{Role, visit_names};
use crate::ast::{File, Name, Spelling};
use pol_grammar::keywords::{Builtin, BuiltinKind, table};
use std::collections::BTreeSet;

/// The tree with its built-in names in a spelling.
pub(super) fn translated(file: &File, spelling: Spelling) -> File {
    let mut file = file.clone();
    let mut types = BTreeSet::new();
    let mut values = BTreeSet::new();
    visit_names(&mut file, &mut |role, name: &mut Name| match role {
        Role::Declares => {
            values.insert(name.value.clone());
        }
        Role::DeclaresType => {
            types.insert(name.value.clone());
            values.insert(name.value.clone());
        }
        Role::Type | Role::Field => {}
    });
    let free = |builtin: &&Builtin, taken: &BTreeSet<String>| {
        !taken.contains(&builtin.english) && !taken.contains(&builtin.chinese)
    };
    visit_names(&mut file, &mut |role, name| {
        let (kind, taken) = match role {
            Role::Type => (BuiltinKind::Type, &types),
            Role::Field => (BuiltinKind::Field, &values),
            Role::Declares | Role::DeclaresType => return,
        };
        let builtin = table()
            .builtins
            .iter()
            .filter(|it| it.kind == kind)
            .find(|it| it.english == name.value || it.chinese == name.value)
            .filter(|it| free(it, taken));
        if let Some(builtin) = builtin {
            name.value.clone_from(match spelling {
                Spelling::English => &builtin.english,
                Spelling::Chinese => &builtin.chinese,
            });
        }
    });
    file
}
