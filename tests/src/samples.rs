//! The sample ledgers of the policies: what follows from one, and its turning points as lines.

use crate::documents::root;
use crate::runs::judged;
use pol::{Input, Mode, Outcome, Policy, RunOptions, State};
use std::fs;

/// One reading of a sample: file names in a folder under `policies/`.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// The folder.
    pub folder: &'a str,
    /// The policy.
    pub policy: &'a str,
    /// The register.
    pub register: &'a str,
    /// The ledger.
    pub ledger: &'a str,
    /// The last day of the run.
    pub as_of: &'a str,
}

impl Sample<'_> {
    /// Everything that the run says.
    ///
    /// # Panics
    /// If a file cannot be read, the policy does not compile, or the ledger cannot be run.
    pub fn outcomes(self) -> Vec<Outcome> {
        let folder = root().join("policies").join(self.folder);
        let read = |name: &str| fs::read(folder.join(name)).expect("the file is there");
        let text = String::from_utf8(read(self.policy)).expect("the policy is UTF-8");
        let policy = Policy::compile(self.policy, text).expect("the policy compiles");
        let register = policy
            .read_register(Input::new(self.register, &read(self.register)))
            .expect("the register is sound")
            .register;
        let bytes = read(self.ledger);
        let loaded = policy
            .read_ledger(&register, Input::new(self.ledger, &bytes), Mode::Strict)
            .expect("the ledger is sound");
        let end = self.as_of.parse().expect("a day");
        let options = judged(&RunOptions::through(end));
        policy
            .run(&loaded.register, &loaded.entries, &options)
            .expect("the ledger can be run")
            .outcomes()
    }

    /// The turning points: each move of a ladder with what it moved from, each consequence, proposal,
    /// refusal, miss, loss and unknown, but for what follows from many entries alike: `of_many` names
    /// it, alone or with what became of it.
    ///
    /// # Panics
    /// As [`Sample::outcomes`].
    pub fn turns(self, of_many: &[&str]) -> Vec<String> {
        let outcomes = self.outcomes();
        let told = outcomes.iter().filter(|outcome| {
            let name = &*outcome.name;
            let became = format!("{name} {}", outcome.state.as_str());
            !of_many.contains(&name) && !of_many.contains(&&*became)
        });
        let mut turns: Vec<String> = told.filter_map(turn).collect();
        turns.sort_unstable();
        turns
    }

    /// What does not change with the spelling of the policy and the form of the ledger.
    ///
    /// # Panics
    /// As [`Sample::outcomes`].
    pub fn shape(self) -> Vec<String> {
        let outcomes = self.outcomes();
        let mut lines: Vec<String> = outcomes
            .iter()
            .map(|outcome| {
                let mut evidence = outcome.evidence.clone();
                evidence.sort_unstable();
                format!(
                    "{} {} {:?} {} {} {evidence:?}",
                    outcome.known,
                    outcome.date,
                    outcome.subject,
                    outcome.what.as_str(),
                    outcome.state.as_str(),
                )
            })
            .collect();
        lines.sort_unstable();
        lines
    }
}

/// An outcome as a line; none where it is no turning point.
fn turn(outcome: &Outcome) -> Option<String> {
    let state = match &outcome.state {
        State::Issued { was: Some(was), .. } => format!("from {was}"),
        State::Began { until: Some(until) } => format!("until {until}"),
        state @ (State::Issued { .. }
        | State::Began { .. }
        | State::Lost
        | State::TakenBack
        | State::Proposed
        | State::Refused
        | State::Missed { .. }
        | State::Unknown { .. }) => state.as_str().to_owned(),
        _ => return None,
    };
    let subject = outcome.subject.as_deref()?;
    Some(format!(
        "{} {subject} {} {state}",
        outcome.known, outcome.name
    ))
}

/// Asserts that the turning points are those that were worked out by hand.
///
/// # Panics
/// If they are not.
#[track_caller]
pub fn assert_turns(came: &[String], expected: &[&str]) {
    let missing: Vec<_> = expected
        .iter()
        .filter(|line| !came.iter().any(|found| found == *line))
        .collect();
    let more: Vec<_> = came
        .iter()
        .filter(|line| !expected.contains(&&***line))
        .collect();
    assert!(
        missing.is_empty() && more.is_empty(),
        "expected and did not come: {missing:#?}\ncame and was not expected: {more:#?}"
    );
    assert_eq!(came.len(), expected.len(), "a line came or stands twice");
}
