//! Runs of small registers and ledgers in CSV, and what they say as lines.

use pol::{Date, Evaluator, Outcome, Policy, Run, RunError, RunOptions, State};

/// A day.
///
/// # Panics
/// If there is none.
pub fn day(text: &str) -> Date {
    text.parse().expect("there is such a day")
}

/// Options of a run by the judge, which the hand-worked tests test; the other evaluators are compared
/// with it.
pub fn judged(options: &RunOptions) -> RunOptions {
    RunOptions {
        evaluator: Evaluator::Reference,
        ..options.clone()
    }
}

/// Runs a policy on a register and a ledger, and hands the run to `look`.
///
/// # Errors
/// What keeps the run from being meaningful.
///
/// # Panics
/// If register or ledger cannot be read.
pub fn run<T>(
    policy: &Policy,
    register: &str,
    ledger: &str,
    options: &RunOptions,
    look: impl FnOnce(&Run<'_>) -> T,
) -> Result<T, Vec<RunError>> {
    let register = policy
        .register_from_csv("register.csv", register.as_bytes())
        .expect("the register is sound");
    let loaded = policy
        .ledger_from_csv(&register, "ledger.csv", ledger.as_bytes())
        .expect("the ledger is sound");
    let options = judged(options);
    let run = policy.run(&loaded.register, &loaded.entries, &options)?;
    Ok(look(&run))
}

/// What a run says.
pub fn lines(run: &Run<'_>) -> Vec<String> {
    run.outcomes().iter().map(line).collect()
}

/// The day it was said, the subject, the name, what became of it and why, and the evidence.
pub fn line(outcome: &Outcome) -> String {
    let subject = outcome.subject.as_deref().unwrap_or_default();
    let reason = match &outcome.state {
        State::WithoutBasis { reason } | State::SetAside { reason } => {
            format!(" ({})", reason.as_str())
        }
        _ => String::new(),
    };
    let state = outcome.state.as_str();
    let evidence = outcome.evidence.join(" ");
    format!(
        "{} {subject} {} {state}{reason} [{evidence}]",
        outcome.known, outcome.name
    )
}

/// Asserts that all these lines were said.
///
/// # Panics
/// If one was not.
#[track_caller]
pub fn expect(said: &[String], lines: &[&str]) {
    for line in lines {
        assert!(
            said.iter().any(|found| found == line),
            "no `{line}` in {said:#?}"
        );
    }
}

/// Asserts that no line has a part.
///
/// # Panics
/// If one has.
#[track_caller]
pub fn expect_none(said: &[String], part: &str) {
    assert!(
        !said.iter().any(|found| found.contains(part)),
        "`{part}` in {said:#?}"
    );
}
