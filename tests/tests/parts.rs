//! A register is run in parts where members do not learn of each other, and only there.
//!
//! Four villages, three of them within one county and one within another: what ties them is worked out by hand. That a run in
//! parts says what a run of the whole says is asked of each case here, and of thousands made by
//! chance in `agreement.rs`.

use pol::Policy;
use pol_eval::Program;
use pol_model::{Date, Options};
use std::num::NonZero;

const POLICY: &str = "policy parts
  effective 2024-01-01

subject county
subject village within county

body office

event finding of village { grade: number = 1, involved: village* }
event notice  of every village
event bulletin
event report  of village

ladder card for village
  clear < yellow

outcome praised
";

const REGISTER: &str = "id,kind,within
K,county,
L,county,
A,village,K
B,village,K
C,village,K
D,village,L
";

const COLUMNS: &str = "id,date,recorded,kind,of,grade,involved,ref,instead_of\n";

/// Whoever has two findings in a year.
const OWN: &str = "rule warned
  for village
  on finding
  if finding in year >= 2
  counting again
  then yellow
";

/// In how many parts the four villages and two counties are run; each run in parts must say what the
/// judge says.
fn parts(rules: &str, rows: &[&str]) -> usize {
    let policy = Policy::compile("parts.pol", format!("{POLICY}\n{rules}")).expect("it compiles");
    let register = policy.register_from_csv("register", REGISTER.as_bytes());
    let register = register.expect("the register is sound");
    let ledger = format!("{COLUMNS}{}\n", rows.join("\n"));
    let loaded = policy.ledger_from_csv(&register, "ledger", ledger.as_bytes());
    let loaded = loaded.expect("the ledger is sound");
    let (register, entries) = (&loaded.register, &loaded.entries);
    let options = Options::through(Date::from_ymd_opt(2024, 12, 31).expect("there is such a day"));
    let judge = pol_reference::evaluate(policy.hir(), register, entries, &options);
    let judge = judge.expect("it runs");
    let program = Program::of(policy.plan());
    for size in [1, 3] {
        for threads in 1..=4 {
            let threads = NonZero::new(threads).expect("one at least");
            let parted = program.in_parts_of(size);
            let said = parted.evaluate(register, entries, &options, threads);
            assert_eq!(said.as_ref(), Ok(&judge), "{size} {threads}");
        }
    }
    let parts = program.in_parts_of(1).parts(register, entries, &options);
    parts.expect("the entries are sound")
}

const ROWS: [&str; 4] = [
    "a,2024-01-10,,finding,A,,,,",
    "b,2024-02-10,,finding,B,,,,",
    "c,2024-02-11,,finding,A,,,,",
    "d,2024-03-10,,finding,D,,,,",
];

#[test]
fn members_that_read_their_own_record_are_parts() {
    assert_eq!(parts(OWN, &ROWS), 6);
}

#[test]
fn an_entry_about_two_ties_them() {
    let rows = [ROWS[0], "b,2024-02-10,,finding,B,,D,,"];
    assert_eq!(parts(OWN, &rows), 5);
}

#[test]
fn an_entry_about_every_village_ties_the_villages() {
    let rows = [ROWS[0], "n,2024-02-10,,notice,,,,,"];
    assert_eq!(parts(OWN, &rows), 3);
}

#[test]
fn a_correction_ties_those_before_and_after() {
    let rows = [
        ROWS[0],
        ROWS[2],
        "e,2024-02-11,2024-03-01,finding,C,,,,c",
        ROWS[3],
    ];
    assert_eq!(parts(OWN, &rows), 5);
}

/// What stands is looked at again on the day of any withdrawal, in every part.
#[test]
fn a_withdrawal_ties_nobody() {
    let rows = [ROWS[0], ROWS[1], ROWS[2], "w,2024-03-01,,withdrawal,,,,a,"];
    assert_eq!(parts(OWN, &rows), 6);
}

#[test]
fn what_counts_within_ties_the_county_to_its_villages() {
    let rule = "rule praises
  for county
  at end of each month
  if finding within it in month >= 2
  then praised
";
    assert_eq!(parts(rule, &ROWS), 2);
}

#[test]
fn a_share_ties_the_county_to_its_villages() {
    let rule = "rule praises
  for county
  at end of each month
  if share of village where (finding in month) >= 60%
  then praised
";
    assert_eq!(parts(rule, &ROWS), 2);
}

#[test]
fn a_rank_ties_the_kind() {
    let rule = "rule praises
  for village
  at end of each month
  if rank of finding in month among village is 1
  then praised
";
    assert_eq!(parts(rule, &ROWS), 3);
}

#[test]
fn a_duty_of_nobody_keeps_all_together() {
    let duty = "duty monthly
  of office
  each month
  met by bulletin
";
    assert_eq!(parts(&format!("{OWN}\n{duty}"), &ROWS), 1);
}

#[test]
fn a_duty_that_an_entry_starts_ties_nobody() {
    let duty = "duty answer
  of office
  within 5 days of finding
  met by report
";
    let rows = [ROWS[0], ROWS[1], "r,2024-02-12,,report,B,,,,"];
    assert_eq!(parts(duty, &rows), 6);
}

/// An entry about nobody is told once.
#[test]
fn an_entry_about_nobody_is_told_in_one_part() {
    let rows = [ROWS[0], "x,2023-02-10,,bulletin,,,,,"];
    assert_eq!(parts(OWN, &rows), 6);
}
