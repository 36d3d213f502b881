//! The scenarios of the policies: small ledgers with everything that must follow from them,
//! worked out by hand. Nothing more may follow, and nothing less.

use pol::{Date, Kind, Outcome, Policy, RunOptions, State};
use pol_tests::runs::judged;
use serde::Deserialize;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

/// One file of `tests/POLICY/`. Fields that only people read are not taken.
#[derive(Deserialize)]
struct Scenario {
    register: String,
    ledger: String,
    as_of: toml::value::Datetime,
    #[serde(default)]
    readings: BTreeMap<String, String>,
    expect: Vec<String>,
}

/// Where the scenarios lie: each folder, its policy in the folder of that name under `policies/`, and how
/// many scenarios there must be at least.
const FOLDERS: &[(&str, &str, usize)] = &[
    ("fuliang", "fuliang.en.pol", 18),
    ("shenqiu", "shenqiu.en.pol", 30),
    ("xinfeng", "xinfeng.en.pol", 60),
    ("xx-county", "example.en.pol", 16),
];

#[test]
fn everything_follows_and_nothing_else() {
    let mut failures = String::new();
    for (folder, file, least) in FOLDERS {
        let ran = check(folder, file, &mut failures);
        assert!(
            ran >= *least,
            "only {ran} scenarios were found in tests/{folder}"
        );
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// Runs the scenarios of one policy, and counts them.
fn check(folder: &str, file: &str, failures: &mut String) -> usize {
    let root = pol_tests::documents::root();
    let text = fs::read_to_string(root.join("policies").join(folder).join(file))
        .expect("the policy is there");
    let policy = Policy::compile(file, text).expect("the policy compiles");
    let mut paths: Vec<_> = fs::read_dir(root.join("tests").join(folder))
        .expect("the folder is there")
        .map(|entry| entry.expect("a folder can be read").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    paths.sort();
    for path in &paths {
        let name = format!(
            "{folder}/{}",
            path.file_name()
                .expect("a file has a name")
                .to_string_lossy()
        );
        let scenario: Scenario = toml::from_str(&fs::read_to_string(path).expect("UTF-8"))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        match said(&policy, &scenario) {
            Ok(came) => compare(&name, &scenario.expect, came, failures),
            Err(error) => {
                let _ = writeln!(failures, "{name}: {error}\n");
            }
        }
    }
    paths.len()
}

/// Everything that a run says, as lines.
fn said(policy: &Policy, scenario: &Scenario) -> Result<Vec<String>, String> {
    let register = policy
        .register_from_csv("register", scenario.register.trim_start().as_bytes())
        .map_err(|errors| errors.to_string())?;
    let loaded = policy
        .ledger_from_csv(&register, "ledger", scenario.ledger.trim_start().as_bytes())
        .map_err(|errors| errors.to_string())?;
    let as_of: Date = scenario.as_of.to_string().parse().expect("a day");
    let options = RunOptions {
        readings: scenario.readings.clone(),
        ..RunOptions::through(as_of)
    };
    let options = judged(&options);
    let run = policy
        .run(&loaded.register, &loaded.entries, &options)
        .map_err(|errors| format!("{errors:#?}"))?;
    Ok(run.outcomes().iter().map(line).collect())
}

/// An outcome as a line of `expect`; the grammar stands in `tests/xinfeng/README.md`.
fn line(outcome: &Outcome) -> String {
    let subject = outcome.subject.as_deref().unwrap_or("-");
    let (what, name) = match outcome.what {
        Kind::SetAside => ("set_aside", outcome.evidence.first().map_or("-", |id| id)),
        kind => (kind.as_str(), &*outcome.name),
    };
    let state = match &outcome.state {
        State::Issued { was: Some(was), .. } => format!(" was {was}"),
        State::Began { until: Some(until) } => format!(" began until {until}"),
        State::Over { until } => format!(" over until {until}"),
        State::Owed { last_day } => format!(" owed last_day {last_day}"),
        State::WithoutBasis { reason } => {
            format!(" without_basis {}", reason.as_str().replace(' ', "_"))
        }
        State::SetAside { reason } => match reason.as_str() {
            "not a member" => " not_member".to_owned(),
            reason => format!(" {}", reason.replace(' ', "_")),
        },
        State::Unknown { .. } => String::new(),
        state => format!(" {}", state.as_str().replace(' ', "_")),
    };
    let mut line = format!("{} {subject} {what} {name}{state}", outcome.known);
    if outcome.date != outcome.known {
        let _ = write!(line, " on {}", outcome.date);
    }
    line
}

/// Compares the complete lists, in any order, and tells every difference.
fn compare(name: &str, expected: &[String], mut came: Vec<String>, failures: &mut String) {
    let mut expected = expected.to_vec();
    expected.sort();
    came.sort();
    if expected == came {
        return;
    }
    let _ = writeln!(failures, "{name}: - was expected, + came");
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    let came: Vec<&str> = came.iter().map(String::as_str).collect();
    for change in TextDiff::from_slices(&expected, &came).iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        };
        let _ = writeln!(failures, "  {sign} {}", change.value());
    }
    failures.push('\n');
}
