//! Runs the tests of every policy under `eval/` and under `policies/`.
//!
//! Those under `eval/` are worked out by hand from the manual's chapter "How a policy runs": a file
//! for a section, a test for a sentence, and `eval/corners/` for the manual's list of corners. A
//! policy there may draw warnings, since it holds only what its sentences need.

use pol::{Lang, Policy, TestResult, plain};
use pol_tests::report::beside;
use std::path::Path;

#[test]
fn every_case_holds() {
    let mut files = 0;
    let mut failures = Vec::new();
    insta::glob!("..", "eval/**/*.pol", |path| {
        files += 1;
        failures.extend(failure(path));
    });
    assert!(files >= 2, "only {files} files were run");
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

#[test]
fn every_policy_holds() {
    let mut files = 0;
    let mut failures = Vec::new();
    insta::glob!("../../policies", "**/*.pol", |path| {
        // What the document leaves blank keeps it from running; `example.*.pol` fills it in.
        if path.to_string_lossy().contains("xx-county/xx-county.") {
            return;
        }
        files += 1;
        failures.extend(failure(path));
    });
    assert!(files >= 7, "only {files} files were run");
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

/// What is wrong with a file; nothing where every test of it passes.
fn failure(path: &Path) -> Option<String> {
    let name = path.to_string_lossy();
    let name = ["/eval/", "/policies/"]
        .into_iter()
        .find_map(|folder| name.split_once(folder))
        .map_or(&*name, |(_, name)| name);
    let text = std::fs::read(path).expect("the case is there");
    let checked = Policy::check_bytes(name, &text, &beside(path));
    let Some(policy) = checked.policy else {
        let errors = checked
            .findings()
            .map(|(finding, file)| plain(finding, file, Lang::En));
        return Some(errors.collect::<Vec<_>>().join("\n"));
    };
    let results = policy.test(None);
    if results.is_empty() {
        return Some(format!("{name}: no test"));
    }
    let failed: Vec<String> = results
        .iter()
        .filter(|result| !result.passed())
        .map(|result| format!("{name}: {}", told(result, &policy)))
        .collect();
    (!failed.is_empty()).then(|| failed.join("\n"))
}

fn told(result: &TestResult, policy: &Policy) -> String {
    let errors = result
        .errors
        .iter()
        .map(|error| format!("\n    {}: {}", error.code, error.message.en));
    let failures = result.failures.iter().map(|failure| {
        let line = policy.file().line_column(failure.span.start).line;
        let came: Vec<&str> = failure.came.iter().map(|came| &*came.en).collect();
        let came = came.join("\n    came: ");
        format!(
            "\n  line {line}: expected {}\n    came: {came}",
            failure.expected.en
        )
    });
    let told: String = errors.chain(failures).collect();
    result.label.clone() + &told
}

#[test]
fn a_phase_without_dates_keeps_a_policy_from_running() {
    let text = "policy p\n  effective 2024-01-01\nsubject township\nphase campaign from register\n\
        event finding of township\nrule noted\n  for township\n  on finding\n  if during campaign\n  \
        then warned\noutcome warned\n";
    let policy = Policy::compile("p.pol", text).expect("nothing is wrong");
    let options = pol::RunOptions::default();
    let run = |register: &pol::Register| policy.run(register, &[], &options).err();
    let errors = run(&pol::Register::default()).expect("nobody said when it is");
    let said: Vec<_> = errors.iter().map(|error| error.code.as_str()).collect();
    assert_eq!(said, ["POL0610"]);
    let rows = b"id,kind,from\nT01,township,\ncampaign,phase,2024-06-01\n";
    let register = policy.register_from_csv("register.csv", rows);
    assert_eq!(run(&register.expect("it can be read")), None);
}
