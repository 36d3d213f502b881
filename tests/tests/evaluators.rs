//! Every evaluator says what the reference says, on every test of every policy.

use pol::Policy;
use pol_model::{Fault, Options, Report};
use pol_plan::Plan;
use pol_tests::report::beside;
use std::path::Path;

/// The first record or line in which two results differ.
fn difference(
    judge: &Result<Report, Vec<Fault>>,
    other: &Result<Report, Vec<Fault>>,
) -> Option<String> {
    if judge == other {
        return None;
    }
    let (Ok(judge), Ok(other)) = (judge, other) else {
        return Some(format!("judge {judge:?}\nother {other:?}"));
    };
    let records = judge.records.len().max(other.records.len());
    let record = (0..records).find(|at| judge.records.get(*at) != other.records.get(*at));
    Some(record.map_or_else(
        || format!("open: judge {judge:#?}\nother {other:#?}"),
        |at| {
            format!(
                "record {at}\njudge {:?}\nother {:?}",
                judge.records.get(at),
                other.records.get(at)
            )
        },
    ))
}

fn differences(path: &Path) -> Vec<String> {
    let name = path.to_string_lossy();
    let text = std::fs::read(path).expect("the policy is there");
    let Some(policy) = Policy::check_bytes(&*name, &text, &beside(path)).policy else {
        return Vec::new();
    };
    let hir = policy.hir();
    let plan = Plan::of(hir);
    let mut found: Vec<String> = plan.broken();
    for test in &hir.tests {
        let runnable = hir.runnable(&test.register, test.as_of);
        if runnable.is_err() {
            continue;
        }
        let options = Options::through(test.as_of);
        let judge = pol_reference::evaluate(hir, &test.register, &test.entries, &options);
        let other = pol_eval::evaluate(&plan, &test.register, &test.entries, &options);
        let said = difference(&judge, &other);
        found.extend(said.map(|said| format!("{name}: {}\n{said}\n", test.label)));
    }
    found
}

#[test]
fn the_incremental_evaluator_says_what_the_reference_says() {
    let mut found = Vec::new();
    let mut files = 0;
    for folder in ["../eval", "../../policies"] {
        insta::glob!(folder, "**/*.pol", |path| {
            files += 1;
            found.extend(differences(path));
        });
    }
    assert!(files > 40, "only {files} files were run");
    assert!(
        found.is_empty(),
        "{} differ\n{}",
        found.len(),
        found.join("\n")
    );
}
