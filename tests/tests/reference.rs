//! Sentences and corners of the standard that a test inside a policy cannot say: what is reported
//! and why, errors, options, members that come and go. Worked out by hand, like the corpus.

use pol::{Entry, Policy, Register, RunError, RunOptions};
use pol_tests::runs::{self, day, expect, expect_none, judged};

const POLICY: &str = r#"policy sentences
  effective 2024-01-01
  calendar china
subject township { class: first | second }
body group
event finding of township
event motion of township
event application of township
event visit of township
param line by township.class { first = 3, second = 2 }
ladder card for township clear < yellow < red
outcome warned
outcome refused
outcome many
outcome eligible
rule listing
  for township
  at end of each quarter
  if finding >= 2 in any year since last time
  decided by group
  then yellow
  otherwise refused
rule moved
  for township
  on motion
  decided by group
  then red
rule over_the_line
  for township
  on finding
  if finding in year >= line
  counting again
  then warned
rule watched
  for township
  when card >= yellow held 1 month
  then eligible
rule there
  for township
  when finding < 1
  then many
duty check
  of township
  within 7 working days of application
  met by visit
test "empty"
  given township A { class = first }
  expect no red of A
"#;

fn policy() -> Policy {
    Policy::compile("sentences.pol", POLICY).expect("it compiles")
}

fn register(policy: &Policy, rows: &str) -> Register {
    let text = format!("id,kind,class,from,until\n{rows}");
    policy
        .register_from_csv("register.csv", text.as_bytes())
        .expect("the register is sound")
}

/// Rows of `id,date,recorded,kind,of,by,rule,verdict,ref`.
fn ledger(policy: &Policy, register: &Register, rows: &[&str]) -> Vec<Entry> {
    let text = format!("{COLUMNS}{}\n", rows.join("\n"));
    policy
        .ledger_from_csv(register, "ledger.csv", text.as_bytes())
        .expect("the ledger is sound")
        .entries
}

/// What is said, as lines.
fn said(
    policy: &Policy,
    members: &str,
    rows: &[&str],
    options: &RunOptions,
) -> Result<Vec<String>, Vec<RunError>> {
    let members = format!("id,kind,class,from,until\n{members}");
    let rows = format!("{COLUMNS}{}\n", rows.join("\n"));
    runs::run(policy, &members, &rows, options, runs::lines)
}

fn through(last: &str, members: &str, rows: &[&str]) -> Vec<String> {
    said(&policy(), members, rows, &RunOptions::through(day(last))).expect("it runs")
}

const COLUMNS: &str = "id,date,recorded,kind,of,by,rule,verdict,ref\n";

const A: &str = "A,township,first,,\n";

/// 7.5, 7.6, corners 2 and 8: with the reason.
#[test]
fn decisions_without_basis_say_why() {
    let said = through(
        "2024-06-30",
        A,
        &[
            "d1,2024-02-01,,decision,A,group,moved,approve,",
            "d2,2024-02-05,,decision,A,group,listing,decline,",
            "f1,2024-03-01,,finding,A,,,,",
            "f2,2024-03-02,,finding,A,,,,",
            ",2024-04-05,,withdrawal,,,,,f1",
            "d3,2024-04-10,,decision,A,group,listing,approve,",
        ],
    );
    let refused = through(
        "2024-06-30",
        A,
        &[
            "m1,2024-03-01,,motion,A,,,,",
            ",2024-03-05,,withdrawal,,,,,m1",
            "d1,2024-03-10,,decision,A,group,moved,decline,",
        ],
    );
    expect(
        &refused,
        &["2024-03-10 A moved without basis (basis lost) [d1]"],
    );
    expect(
        &said,
        &[
            "2024-02-01 A moved without basis (no proposal) [d1]",
            "2024-02-05 A listing without basis (no proposal) [d2]",
            // Corner 9: stands, and its basis is lost.
            "2024-03-31 A listing proposed [f1 f2]",
            "2024-04-05 A listing lost []",
            "2024-04-10 A listing without basis (basis lost) [f1 f2 d3]",
            "2024-04-10 A yellow issued [f1 f2]",
        ],
    );
    expect_none(&said, "refused");
}

/// 7.10: for `in any year` those of the year that has most; corner 6: the closed year's entries.
#[test]
fn evidence_is_of_the_year_that_has_most() {
    let said = through(
        "2025-03-31",
        A,
        &[
            "f1,2024-12-01,,finding,A,,,,",
            "f2,2024-12-20,2025-01-10,finding,A,,,,",
            "f3,2025-02-01,,finding,A,,,,",
        ],
    );
    expect(&said, &["2025-03-31 A listing proposed [f1 f2]"]);
    expect_none(&said, "2024-12-31 A listing");
}

/// Corner 29: two equal entries without id are one.
#[test]
fn equal_entries_without_id_are_one() {
    let policy = policy();
    let register = register(&policy, A);
    let one = ledger(&policy, &register, &[",2024-03-01,,finding,A,,,,"]);
    let twice = [one.clone(), one.clone()].concat();
    let run = |entries: &[Entry]| {
        let options = RunOptions::through(day("2024-03-31"));
        policy
            .run(&register, entries, &judged(&options))
            .expect("it runs")
            .outcomes()
    };
    assert_eq!(run(&one), run(&twice));
}

/// Corner 29: one id with different content is an error that names both lines.
#[test]
fn one_id_with_different_content_is_an_error() {
    let policy = policy();
    let register = register(&policy, A);
    let rows = [
        "f1,2024-03-01,,finding,A,,,,",
        "f2,2024-03-02,,finding,A,,,,",
    ];
    let mut entries = ledger(&policy, &register, &rows);
    entries[1].id = entries[0].id.clone();
    let options = RunOptions::through(day("2024-03-31"));
    let errors = policy
        .run(&register, &entries, &judged(&options))
        .expect_err("it must not run");
    let lines: Vec<u32> = errors[0].origins.iter().map(|origin| origin.line).collect();
    assert_eq!((errors.len(), errors[0].code.as_str()), (1, "POL0602"));
    assert_eq!(lines, [2, 3]);
}

/// Corner 31: a year that the calendar does not have, and the rule that asked.
#[test]
fn a_year_that_the_calendar_lacks_is_an_error() {
    let rows = ["a1,2095-03-01,,application,A,,,,"];
    let options = RunOptions::through(day("2095-03-02"));
    let errors = said(&policy(), A, &rows, &options).expect_err("it must not run");
    assert_eq!(errors[0].code.as_str(), "POL0607");
    for text in [&errors[0].message.en, &errors[0].message.zh] {
        assert!(text.contains("2095") && text.contains("check"), "{text}");
    }
}

/// Corner 32: of the first class three make a warning, of the second two. The class changes on 1 July;
/// the finding of 30 June, recorded on 5 July, is of the first class and the second of the year.
#[test]
fn attributes_are_those_of_the_events_day() {
    let members = "A,township,first,,\nA,township,second,2024-07-01,\n\
                   B,township,first,,\nB,township,second,2024-07-01,\n";
    let said = through(
        "2024-07-31",
        members,
        &[
            "f1,2024-06-01,,finding,A,,,,",
            "f2,2024-06-30,2024-07-05,finding,A,,,,",
            "g1,2024-06-01,,finding,B,,,,",
            "g2,2024-07-01,2024-07-05,finding,B,,,,",
        ],
    );
    expect_none(&said, "A warned");
    expect(&said, &["2024-07-05 B warned issued [g1 g2]"]);
}

/// 11.2: before it joins and after it leaves; 6.2: what holds on a membership's first day fires.
#[test]
fn entries_outside_a_membership_are_set_aside() {
    let said = through(
        "2024-07-31",
        "A,township,second,2024-03-01,2024-05-31\n",
        &[
            "f1,2024-02-29,,finding,A,,,,",
            "f2,2024-03-02,,finding,A,,,,",
            "f3,2024-06-01,,finding,A,,,,",
        ],
    );
    expect(
        &said,
        &[
            "2024-02-29 A finding set aside (not a member) [f1]",
            "2024-03-01 A many issued []",
            "2024-06-01 A finding set aside (not a member) [f3]",
        ],
    );
    expect_none(&said, "warned");
}

/// 11.1: what happened before the record begins.
#[test]
fn entries_before_the_record_are_set_aside() {
    let said = through("2024-01-31", A, &["f1,2023-12-31,,finding,A,,,,"]);
    expect(
        &said,
        &["2023-12-31 A finding set aside (before start) [f1]"],
    );
}

/// 5.3: what is withdrawn by the day it is recorded is set aside and reported.
#[test]
fn what_is_never_taken_is_reported() {
    let rows = [
        "f1,2024-02-01,,finding,A,,,,",
        ",2024-02-01,,withdrawal,,,,,f1",
    ];
    let said = through("2024-02-28", A, &rows);
    expect(&said, &["2024-02-01 A finding set aside (withdrawn) [f1]"]);
}

const LATE: &[&str] = &[
    "f1,2024-03-01,,finding,A,,,,",
    "f2,2024-03-20,2024-04-10,finding,A,,,,",
];

/// 2.3, 2.4: a late entry is taken on the day it was recorded; hindsight shows what would have been said.
#[test]
fn hindsight_takes_each_entry_on_its_day() {
    let plain = through("2024-06-30", A, LATE);
    expect_none(&plain, "2024-03-31 A listing");
    expect(&plain, &["2024-06-30 A listing proposed [f1 f2]"]);
    let options = RunOptions {
        hindsight: true,
        ..RunOptions::through(day("2024-06-30"))
    };
    let hindsight = said(&policy(), A, LATE, &options).expect("it runs");
    expect(&hindsight, &["2024-03-31 A listing proposed [f1 f2]"]);
}

/// What was recorded after the day that is asked about is not known.
#[test]
fn what_was_known_on_a_day() {
    let options = RunOptions {
        known_on: Some(day("2024-04-09")),
        ..RunOptions::through(day("2024-06-30"))
    };
    let said = said(&policy(), A, LATE, &options).expect("it runs");
    expect_none(&said, "listing");
}

/// 7.9: each proposal is approved on its day, and the decisions on record are set aside.
#[test]
fn decisions_may_be_assumed() {
    let rows = [
        "f1,2024-03-01,,finding,A,,,,",
        "f2,2024-03-02,,finding,A,,,,",
        "d1,2024-04-10,,decision,A,group,listing,decline,",
    ];
    let options = RunOptions {
        assume_approved: true,
        ..RunOptions::through(day("2024-06-30"))
    };
    let policy = policy();
    let register = register(&policy, A);
    let entries = ledger(&policy, &register, &rows);
    let run = policy
        .run(&register, &entries, &judged(&options))
        .expect("it runs");
    let outcomes = run.outcomes();
    let yellow: Vec<_> = outcomes
        .iter()
        .filter(|outcome| outcome.name == "yellow")
        .collect();
    assert_eq!(yellow.len(), 1);
    assert!(yellow[0].assumed);
    assert_eq!(yellow[0].date, day("2024-03-31"));
    assert!(!outcomes.iter().any(|outcome| outcome.name == "refused"));
}

/// 7.7: two open proposals of a body, and a decision that does not say which.
#[test]
fn a_decision_that_fits_two_proposals_is_an_error() {
    let rows = [
        "f1,2024-03-01,,finding,A,,,,",
        "f2,2024-03-02,,finding,A,,,,",
        "m1,2024-03-03,,motion,A,,,,",
        "d1,2024-04-10,,decision,A,group,,approve,",
    ];
    let options = RunOptions::through(day("2024-06-30"));
    let errors = said(&policy(), A, &rows, &options).expect_err("it must not run");
    assert_eq!(errors[0].code.as_str(), "POL0606");
    assert!(errors[0].message.en.contains("listing") && errors[0].message.en.contains("moved"));
}
