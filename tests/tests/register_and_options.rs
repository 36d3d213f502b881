//! Sentences of the standard that need a register, an option, or the report itself: memberships with
//! gaps, readings, evidence, decisions that cannot be placed, what is said of a late limit. Worked out
//! by hand, like the corpus.

use pol::{Policy, RunError, RunOptions};
use pol_tests::runs::{self, day, expect, expect_none};

const POLICY: &str = r#"policy more
  effective 2024-01-01
  calendar china
subject township { class: first | second }
body group
body council
reading counted = each_one | each_kind
event finding of township { clause: 1..9 = 1 }
event motion of township
event designation of township
event bulletin of township
event answer of township
event question of township { size: number? }
param line by township.class { first = 3, second = 2 }
ladder card for township clear < yellow < red
outcome kept_in_view
outcome long
outcome greeted
outcome lined
outcome read
outcome same_of_year
outcome unanswered
outcome pressed
outcome bar
outcome sized
outcome heard
never "no red card" red
rule designated
  for township
  on designation
  then yellow
rule month_held
  for township
  when card >= yellow held 1 month
  then long
rule greets
  for township
  when finding < 1000
  then greeted
rule view
  for township
  while card >= yellow
  then kept_in_view
rule over_the_line
  for township
  at end of each month
  if finding in year >= line
  counting again
  then lined
rule reads
  for township
  at end of each quarter
  if counted is each_one and finding >= 2 in quarter
   or counted is each_kind and distinct clause of finding in quarter >= 2
  counting again
  then read
rule most
  for township
  at end of each half
  if same clause of finding in any year >= 2
  counting again
  decided by council
  then same_of_year
rule moved
  for township
  on motion
  if finding in year
  counting again
  decided by group
  then yellow, bar until end of month
rule reddened
  for township
  on bulletin
  decided by group
  then red
rule waits
  for township
  10 days after question unless answer
  then unanswered
rule presses
  for township
  10 days after question unless answer
  decided by council
  then pressed
rule marks
  for township
  10 days after question unless answer
  then yellow
rule sizes
  for township
  on question
  if size >= 3
  then sized
duty report
  of township
  each month
  met by bulletin
duty listed_report
  of township
  each month while card >= yellow
  met by answer
test "a red card"
  given township A { class = first }
  2024-01-10 bulletin of A
  2024-01-11 group approves reddened of A
  expect 2024-01-11 red of A
"#;

const COLUMNS: &str = "id,date,recorded,kind,of,clause,size,by,rule,verdict,ref\n";

const A: &str = "A,township,first,,\n";

fn policy() -> Policy {
    Policy::compile("more.pol", POLICY).expect("it compiles")
}

fn said(members: &str, rows: &[&str], options: &RunOptions) -> Result<Vec<String>, Vec<RunError>> {
    let members = format!("id,kind,class,from,until\n{members}");
    let rows = format!("{COLUMNS}{}\n", rows.join("\n"));
    runs::run(&policy(), &members, &rows, options, runs::lines)
}

fn through(last: &str, members: &str, rows: &[&str]) -> Vec<String> {
    said(members, rows, &RunOptions::through(day(last))).expect("it runs")
}

/// A member from January to March and again from June on.
const WITH_A_GAP: &str = "A,township,first,,2024-03-31\nA,township,first,2024-06-01,\n";

/// 4.5: on days on which the subject is no member the condition does not hold, so that the month
/// counts from 1 June. The standing is as it was. What holds fires on the first day of each
/// membership (6.2); what is in force while a condition holds ends with the membership (6.5), and so
/// do duties; each month begins with it.
#[test]
fn a_membership_with_a_gap() {
    let said = through(
        "2024-07-31",
        WITH_A_GAP,
        &["x,2024-03-20,,designation,A,,,,,,"],
    );
    expect(
        &said,
        &[
            "2024-01-01 A greeted issued []",
            "2024-06-01 A greeted issued []",
            "2024-03-20 A kept_in_view began []",
            "2024-04-01 A kept_in_view ended []",
            "2024-06-01 A kept_in_view began []",
            "2024-07-01 A long issued []",
            "2024-04-01 A listed_report released []",
            "2024-06-01 A listed_report owed []",
            "2024-07-01 A listed_report missed []",
            "2024-06-01 A report owed []",
            "2024-07-01 A report missed []",
        ],
    );
    expect_none(&said, "2024-04-20 A long");
    expect_none(&said, "2024-05-01 A report missed");
    expect_none(&said, "2024-05-01 A report owed");
}

/// 11.2: in the gap, entries and decisions are set aside; on its edges they are not. Counts do not
/// see what was set aside: one finding of April, two others; three would have been enough.
#[test]
fn entries_in_the_gap_are_set_aside() {
    let said = through(
        "2024-07-31",
        WITH_A_GAP,
        &[
            "a,2024-03-31,,finding,A,,,,,,",
            "b,2024-04-01,,finding,A,,,,,,",
            "c,2024-05-31,2024-06-05,finding,A,,,,,,",
            "d,2024-06-01,,finding,A,,,,,,",
            "e,2024-05-10,,decision,A,,,group,moved,approve,",
        ],
    );
    let aside: Vec<&String> = said
        .iter()
        .filter(|line| line.contains("set aside"))
        .collect();
    assert_eq!(
        aside,
        [
            "2024-04-01 A finding set aside (not a member) [b]",
            "2024-05-10 A moved set aside (not a member) [e]",
            "2024-06-05 A finding set aside (not a member) [c]",
        ]
    );
    expect_none(&said, "lined");
    expect_none(&said, "yellow");
}

/// 11.4: in the condition of a scheduled rule attributes are those of the day of the run: two
/// findings are enough from July on, when the class changes, and not in June.
#[test]
fn attributes_are_those_of_the_day_of_the_run() {
    let said = through(
        "2024-07-31",
        "A,township,first,,\nA,township,second,2024-07-01,\n",
        &[
            "a,2024-06-01,,finding,A,,,,,,",
            "b,2024-06-02,,finding,A,,,,,,",
        ],
    );
    expect(&said, &["2024-07-31 A lined issued [a b]"]);
    expect_none(&said, "2024-06-30 A lined");
}

/// Readings: the first answer unless the run switches it. Two findings of one clause are two, and of
/// one kind.
#[test]
fn a_reading_is_switched_by_the_run() {
    let rows = [
        "a,2024-01-10,,finding,A,1,,,,,",
        "b,2024-01-11,,finding,A,1,,,,,",
        "c,2024-04-10,,finding,A,1,,,,,",
        "d,2024-04-11,,finding,A,2,,,,,",
    ];
    let plain = through("2024-06-30", A, &rows);
    expect(
        &plain,
        &[
            "2024-03-31 A read issued [a b]",
            "2024-06-30 A read issued [c d]",
        ],
    );
    let options = RunOptions {
        readings: [("counted".to_owned(), "each_kind".to_owned())].into(),
        ..RunOptions::through(day("2024-06-30"))
    };
    let kinds = said(A, &rows, &options).expect("it runs");
    expect(&kinds, &["2024-06-30 A read issued [c d]"]);
    expect_none(&kinds, "2024-03-31 A read");
}

/// 7.10: for `same` the entries of the value that has most, and if several have as many, of the
/// smallest; for `in any year` of the year that has most, and if several have as many, of the earliest.
#[test]
fn evidence_of_ties() {
    let said = through(
        "2025-06-30",
        A,
        &[
            "a,2024-01-10,,finding,A,4,,,,,",
            "b,2024-01-11,,finding,A,4,,,,,",
            "c,2024-01-12,,finding,A,2,,,,,",
            "d,2024-01-13,,finding,A,2,,,,,",
            "e,2025-01-12,,finding,A,1,,,,,",
            "f,2025-01-13,,finding,A,1,,,,,",
            "g,2024-12-13,2025-02-01,finding,A,7,,,,,",
        ],
    );
    expect(
        &said,
        &[
            "2024-06-30 A most proposed [c d]",
            "2024-12-31 A most renewed [c d]",
            // 2024 has a late entry, so it is looked at again; both years have two of a value.
            "2025-06-30 A most renewed [c d]",
        ],
    );
}

/// 7.10: the trigger's entry, and those that were counted.
#[test]
fn evidence_of_trigger_and_counts() {
    let rows = [
        "a,2024-01-10,,finding,A,,,,,,",
        "m,2024-01-20,,motion,A,,,,,,",
    ];
    let said = through("2024-01-31", A, &rows);
    expect(&said, &["2024-01-20 A moved proposed [a m]"]);
}

/// 7.7: where none is open, several rules of that body are an error that lists them.
#[test]
fn a_decision_that_could_be_of_several_rules_is_an_error() {
    let rows = ["d,2024-01-20,,decision,A,,,group,,approve,"];
    let options = RunOptions::through(day("2024-01-31"));
    let errors = said(A, &rows, &options).expect_err("it must not run");
    assert_eq!(errors[0].code.as_str(), "POL0606");
    let message = &errors[0].message.en;
    assert!(
        message.contains("moved") && message.contains("reddened"),
        "{message}"
    );
}

/// 7.8: proposals that are open at the end of a run are reported, with the day of the last renewal.
#[test]
fn open_proposals_are_reported() {
    let rows = format!(
        "{COLUMNS}{}\n",
        [
            "a,2024-01-10,,finding,A,,,,,,",
            "m,2024-01-20,,motion,A,,,,,,",
            "n,2024-01-25,,motion,A,,,,,,",
            "b,2024-01-26,,bulletin,A,,,,,,",
            "d,2024-01-27,,decision,A,,,group,reddened,decline,",
        ]
        .join("\n")
    );
    let members = format!("id,kind,class,from,until\n{A}");
    let options = RunOptions::through(day("2024-01-31"));
    let open = runs::run(&policy(), &members, &rows, &options, |run| {
        let proposals = run.open().proposals.into_iter();
        proposals
            .map(|one| format!("{} {} {:?}", one.date, one.rule, one.evidence))
            .collect::<Vec<_>>()
    });
    let open = open.expect("it runs");
    assert_eq!(open, [r#"2024-01-25 moved ["a", "n"]"#]);
}

/// 7.9: the decisions on record are set aside, and said to be; what follows is marked as assumed.
#[test]
fn decisions_that_are_assumed_are_set_aside() {
    let rows = [
        "a,2024-01-10,,finding,A,,,,,,",
        "m,2024-01-20,,motion,A,,,,,,",
        "d,2024-01-25,,decision,A,,,group,moved,decline,",
    ];
    let options = RunOptions {
        assume_approved: true,
        ..RunOptions::through(day("2024-01-31"))
    };
    let said = said(A, &rows, &options).expect("it runs");
    expect(
        &said,
        &[
            "2024-01-20 A moved approved [a m]",
            "2024-01-20 A yellow issued [a m]",
            "2024-01-25 A moved set aside (assumed) [d]",
        ],
    );
}

/// 7.9: "and says so in every output": of the decision, the status and the outcome that it made; not of what a rule did
/// alone, nor of anything in a run that assumes nothing.
#[test]
fn what_is_assumed_is_marked() {
    let rows = format!(
        "{COLUMNS}{}\n",
        [
            "a,2024-01-10,,finding,A,,,,,,",
            "m,2024-01-20,,motion,A,,,,,,",
            "d,2024-01-25,,decision,A,,,group,moved,approve,",
        ]
        .join("\n")
    );
    let members = format!("id,kind,class,from,until\n{A}");
    let of_one = |assume_approved| {
        let options = RunOptions {
            assume_approved,
            ..RunOptions::through(day("2024-01-31"))
        };
        let marked = runs::run(&policy(), &members, &rows, &options, |run| {
            let outcomes = run.outcomes().into_iter();
            let marked = outcomes.filter(|outcome| outcome.assumed);
            marked
                .map(|outcome| format!("{} {}", outcome.name, outcome.state.as_str()))
                .collect::<Vec<_>>()
        });
        marked.expect("it runs")
    };
    assert_eq!(
        of_one(true),
        ["moved approved", "yellow issued", "bar began"]
    );
    assert_eq!(of_one(false), [""; 0]);
}

/// 6.4: a limit that is over when it becomes known fires on that day, and its due date is said: of an
/// outcome, of a status, of a proposal. In time there is nothing to say.
#[test]
fn the_due_date_of_a_late_limit_is_said() {
    let rows = format!(
        "{COLUMNS}q,2024-01-10,2024-02-05,question,A,,3,,,,\nr,2024-03-01,,question,A,,3,,,,\n"
    );
    let members = format!("id,kind,class,from,until\n{A}");
    let options = RunOptions::through(day("2024-03-31"));
    let due = runs::run(&policy(), &members, &rows, &options, |run| {
        let outcomes = run.outcomes().into_iter();
        outcomes
            .filter(|outcome| ["unanswered", "yellow", "presses"].contains(&&*outcome.name))
            .map(|outcome| (outcome.name, outcome.known, outcome.due))
            .collect::<Vec<_>>()
    });
    let due = due.expect("it runs");
    for name in ["unanswered", "yellow", "presses"] {
        let of: Vec<_> = due.iter().filter(|line| line.0 == name).collect();
        assert_eq!(of.len(), 2, "{name}");
        let said = [(of[0].1, of[0].2), (of[1].1, of[1].2)];
        let late = (day("2024-02-05"), Some(day("2024-01-20")));
        assert_eq!(said, [late, (day("2024-03-11"), None)], "{name}");
    }
}

/// 2.9: what is over by the day it is known is reported and is never in force.
#[test]
fn what_was_over_before_it_was_known_is_reported() {
    let rows = [
        "a,2024-01-10,,finding,A,,,,,,",
        "m,2024-01-20,,motion,A,,,,,,",
        "d,2024-01-25,2024-02-03,decision,A,,,group,moved,approve,",
    ];
    let said = through("2024-02-29", A, &rows);
    expect(&said, &["2024-02-03 A bar over [a m]"]);
    expect_none(&said, "bar began");
    expect_none(&said, "bar ended");
}

/// 10.3: rule, date, entry, and what is missing.
#[test]
fn what_is_missing_is_said() {
    let rows = format!("{COLUMNS}q,2024-01-10,,question,A,,,,,,\n");
    let members = format!("id,kind,class,from,until\n{A}");
    let options = RunOptions::through(day("2024-01-31"));
    let missing = runs::run(&policy(), &members, &rows, &options, |run| {
        let outcomes = run.outcomes().into_iter();
        outcomes
            .filter(|outcome| outcome.state.as_str() == "unknown")
            .map(|outcome| (runs::line(&outcome), format!("{:?}", outcome.state)))
            .collect::<Vec<_>>()
    });
    let missing = missing.expect("it runs");
    assert_eq!(missing.len(), 1);
    assert_eq!(missing[0].0, "2024-01-10 A sizes unknown [q]");
    assert!(missing[0].1.contains(r#"field: "size""#), "{missing:?}");
}

/// 5.14: each `never` is asked, and said once while it is broken; a test in which it happens fails.
#[test]
fn a_property_that_is_broken_is_said_and_fails_a_test() {
    let rows = [
        "b,2024-01-10,,bulletin,A,,,,,,",
        "d,2024-01-11,,decision,A,,,group,reddened,approve,",
    ];
    let said = through("2024-01-31", A, &rows);
    let broken: Vec<&String> = said.iter().filter(|line| line.contains("broken")).collect();
    assert_eq!(broken, ["2024-01-11 A no red card broken [d]"]);
    let results = policy().test(None);
    assert_eq!(results.len(), 1);
    assert!(!results[0].passed());
}

/// 2.4: as if each entry, a withdrawal too, had been recorded on the day it happened. What was
/// recorded after the day that a run knows is not known, a withdrawal neither.
#[test]
fn withdrawals_in_hindsight_and_as_known() {
    let rows = [
        "a,2024-01-10,,finding,A,,,,,,",
        "b,2024-01-11,,finding,A,,,,,,",
        "w,2024-03-20,2024-04-10,withdrawal,,,,,,,b",
    ];
    let plain = through("2024-06-30", A, &rows);
    expect(
        &plain,
        &[
            "2024-03-31 A read issued [a b]",
            "2024-04-10 A read lost []",
        ],
    );
    let options = RunOptions {
        hindsight: true,
        ..RunOptions::through(day("2024-06-30"))
    };
    let hindsight = said(A, &rows, &options).expect("it runs");
    expect_none(&hindsight, "read");
    let options = RunOptions {
        known_on: Some(day("2024-04-09")),
        ..RunOptions::through(day("2024-06-30"))
    };
    let known = said(A, &rows, &options).expect("it runs");
    expect(&known, &["2024-03-31 A read issued [a b]"]);
    expect_none(&known, "lost");
    // What was recorded on that day itself is known.
    let options = RunOptions {
        known_on: Some(day("2024-04-10")),
        ..options
    };
    let known = said(A, &rows, &options).expect("it runs");
    expect(&known, &["2024-04-10 A read lost []"]);
}

/// 2.4: what a late decision issues is of its own day in both views; in hindsight it was known then.
#[test]
fn a_late_decision_in_hindsight() {
    let rows = [
        "a,2024-01-10,,finding,A,,,,,,",
        "m,2024-01-20,,motion,A,,,,,,",
        "d,2024-01-25,2024-02-03,decision,A,,,group,moved,approve,",
    ];
    let options = RunOptions {
        hindsight: true,
        ..RunOptions::through(day("2024-02-29"))
    };
    let said = said(A, &rows, &options).expect("it runs");
    expect(
        &said,
        &[
            "2024-01-25 A yellow issued [a m]",
            "2024-01-25 A bar began [a m]",
            "2024-02-01 A bar ended []",
        ],
    );
}

/// 2.7, 3.6: what is taken back is said, on the day it is taken back.
#[test]
fn what_is_taken_back_is_said() {
    let rows = [
        "a,2024-01-10,,finding,A,,,,,,",
        "m,2024-01-20,,motion,A,,,,,,",
        "d,2024-01-22,,decision,A,,,group,moved,approve,",
        "w,2024-01-25,,withdrawal,,,,,,,d",
    ];
    let said = through("2024-02-29", A, &rows);
    expect(
        &said,
        &[
            "2024-01-25 A yellow taken back []",
            "2024-01-25 A bar ended []",
            "2024-01-25 A kept_in_view ended []",
            "2024-01-25 A moved proposed [a m]",
        ],
    );
}

/// 11.1: decisions of before the start are set aside, and said to be.
#[test]
fn a_decision_before_the_start_is_set_aside() {
    let rows = ["d,2023-12-20,2024-01-05,decision,A,,,group,moved,approve,"];
    let said = through("2024-01-31", A, &rows);
    expect(&said, &["2024-01-05 A moved set aside (before start) [d]"]);
    expect_none(&said, "yellow");
}
