//! The two spellings of a policy give one plan.

use crate::{Known, POLICIES, plan};
use pol_plan::Plan;
use pol_syntax::ast::Spelling;
use serde_json::Value;
use std::path::Path;

#[test]
fn the_other_spelling_gives_the_same_plan_and_digest() {
    let mut spelt = 0;
    for Known {
        path,
        text,
        plan: one,
    } in POLICIES.iter()
    {
        for spelling in [Spelling::English, Spelling::Chinese] {
            let Ok(other) = pol_syntax::format(text, Some(spelling)) else {
                continue;
            };
            spelt += 1;
            let other = plan(&other);
            assert_eq!(*one, other, "{} as {spelling:?}", path.display());
            assert_eq!(one.digest(), other.digest());
        }
    }
    assert!(
        spelt >= 120,
        "only {spelt} texts could be spelt in the other way"
    );
}

#[test]
fn a_policy_and_its_translation_give_the_same_plan_up_to_names() {
    let mut pairs = 0;
    for Known {
        path, plan: one, ..
    } in POLICIES.iter()
    {
        let Some(translated) = translation(path) else {
            continue;
        };
        pairs += 1;
        let one = nameless(one);
        let other = nameless(&plan(&std::fs::read_to_string(translated).unwrap()));
        let (one, other) = (format!("{one:#}"), format!("{other:#}"));
        let lines = one.lines().zip(other.lines()).enumerate();
        let apart = lines.into_iter().find(|(_, (one, other))| one != other);
        assert!(
            apart.is_none() && one.len() == other.len(),
            "{}: {apart:?}",
            path.display()
        );
    }
    assert!(pairs >= 10, "only {pairs} policies have a translation");
}

/// The Chinese policy that lies beside an English one.
fn translation(path: &Path) -> Option<std::path::PathBuf> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".en.pol")?;
    let other = path.with_file_name(format!("{stem}.zh.pol"));
    other.exists().then_some(other)
}

/// A plan without the names that a policy gives, and with the rules in the order of the text: where
/// nothing else orders them, the plan does so by name.
fn nameless(plan: &Plan) -> Value {
    let mut plan = plan.clone();
    for stratum in &mut plan.strata {
        stratum.sort_unstable();
    }
    plan.strata.sort_unstable();
    let mut json = serde_json::to_value(&plan).expect("a plan is data");
    forget(&mut json);
    json
}

/// Where names stand.
const NAMES: [&str; 9] = [
    "name",
    "attributes",
    "bodies",
    "fields",
    "values",
    "reading_names",
    "status_names",
    "named",
    "text",
];

fn forget(json: &mut Value) {
    match json {
        Value::Object(members) => {
            for (key, value) in members {
                if NAMES.contains(&key.as_str()) && blank(value) {
                    continue;
                }
                forget(value);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(forget),
        _ => {}
    }
}

/// Blanks a name or a list of names; false if it is neither.
fn blank(value: &mut Value) -> bool {
    match value {
        Value::String(name) => {
            name.clear();
            true
        }
        Value::Array(names) if names.iter().all(Value::is_string) => {
            *value = names.len().into();
            true
        }
        _ => false,
    }
}
