//! `--assume approved` ends on every policy that compiles, also where rules set each other off
//! through decisions.

use pol::{Policy, RunOptions};

const CIRCLE: &str = "policy circle
  effective 2024-01-01
subject township
body group
event report of township
event censure of township
ladder card for township clear < yellow
rule first for township
  on report
  then yellow
rule announce for township
  on yellow
  then censure
rule again for township
  on censure
  decided by group
  then yellow
test \"one report\"
  given township T01
  2024-02-01 report of T01
  expect 2024-02-01 again proposed of T01
";

#[test]
fn a_circle_through_decisions_is_taken_once_a_day() {
    let policy = Policy::compile("circle.pol", CIRCLE).expect("decisions break the cycle");
    let test = &policy.hir().tests[0];
    let day = |date: &str| date.parse().expect("there is such a day");
    let options = RunOptions {
        assume_approved: true,
        ..RunOptions::through(day("2024-02-03"))
    };
    let run = policy
        .run(&test.register, &test.entries, &options)
        .expect("nothing is open");
    // The report brings the first card and its censure; the assumed approval one more of each; the
    // proposal that this censure opens waits.
    let outcomes = run.outcomes();
    let issued = |name: &str| outcomes.iter().filter(|one| one.name == name).count();
    assert_eq!((issued("yellow"), issued("censure")), (2, 2));
    assert!(outcomes.iter().all(|one| one.known == day("2024-02-01")));
    assert_eq!(run.open().proposals.len(), 1);
}

#[test]
fn once_a_day_is_once_each_day() {
    let text = CIRCLE.replace(
        "  expect 2024-02-01 again",
        "  2024-02-02 report of T01\n  expect 2024-02-01 again",
    );
    let policy = Policy::compile("circle.pol", text).expect("decisions break the cycle");
    let test = &policy.hir().tests[0];
    let options = RunOptions {
        assume_approved: true,
        ..RunOptions::through("2024-02-03".parse().expect("there is such a day"))
    };
    let run = policy
        .run(&test.register, &test.entries, &options)
        .expect("nothing is open");
    // Each day the report brings a card and a censure, and one approval one more of each.
    let outcomes = run.outcomes();
    for day in ["2024-02-01", "2024-02-02"] {
        let issued = |name: &str| {
            let of_name = outcomes.iter().filter(|one| one.name == name);
            of_name.filter(|one| one.known.to_string() == day).count()
        };
        assert_eq!((issued("yellow"), issued("censure")), (2, 2), "{day}");
    }
}
