//! What a run reports: the evidence of each kind of condition, the rule behind an end, what is open on
//! the last day, and entries that cannot be. Worked out by hand, like the corpus.

use pol::{Entry, Open, Policy, Run, RunOptions};
use pol_tests::runs::{self, day, expect, expect_none, judged};

const POLICY: &str = r"policy reported
  effective 2024-01-01
subject township
body group
event finding of township { clause: 1..9 = 1, points: number = 1 }
event fault of township
event ask of township
event motion of township
event removal of township
event order of township
event stop of township
ladder card for township clear < yellow < red
outcome most
outcome newest
outcome row
outcome kinds
outcome total
outcome either
outcome both
outcome not_any
outcome ban
outcome week
outcome hung
rule most_points for township
  on ask
  if max points of finding >= 5
  counting again
  then most
rule latest_points for township
  on ask
  if latest points of finding >= 5
  counting again
  then newest
rule in_a_row for township
  on ask
  if run of finding where points >= 5 >= 2
  counting again
  then row
rule two_kinds for township
  on ask
  if distinct clause of finding >= 2
  counting again
  then kinds
rule sums for township
  on ask
  if sum points of finding >= 10
  counting again
  then total
rule one_side for township
  on ask
  if finding >= 2 or fault >= 2
  counting again
  then either
rule all_sides for township
  on ask
  if finding >= 2 and fault
  counting again
  then both
rule none for township
  on ask
  if not fault >= 2 and finding
  counting again
  then not_any
rule orders for township
  on order
  then ban, week for 1 week
rule stops for township
  on stop
  then end ban
rule moves for township
  on motion
  decided by group
  then yellow
rule twice for township
  on fault
  then red
rule takes_off for township
  on removal
  then clear
rule hangs for township
  while card >= yellow
  then hung
duty reply
  of township
  within 10 days of order
  met by ask
";

const COLUMNS: &str = "id,date,recorded,kind,of,clause,points,by,rule,verdict,ref\n";

const MEMBERS: &str = "id,kind,card,card since\nA,township,,\nB,township,yellow,2023-10-01\n";

fn policy() -> Policy {
    Policy::compile("reported.pol", POLICY).expect("it compiles")
}

/// What is open on a run's last day.
fn open(run: &Run<'_>) -> Open {
    run.open()
}

fn ledger(rows: &[&str]) -> String {
    format!("{COLUMNS}{}\n", rows.join("\n"))
}

fn through(last: &str, rows: &[&str]) -> Vec<String> {
    let options = RunOptions::through(day(last));
    runs::run(&policy(), MEMBERS, &ledger(rows), &options, runs::lines).expect("it runs")
}

/// 7.10: what each aggregate counted, and the trigger's entry.
#[test]
fn the_evidence_of_each_aggregate() {
    let said = through(
        "2024-01-31",
        &[
            "a,2024-01-01,,finding,A,1,9,,,,",
            "b,2024-01-02,,finding,A,1,1,,,,",
            "c,2024-01-03,,finding,A,2,5,,,,",
            "d,2024-01-04,,finding,A,2,6,,,,",
            "q,2024-01-10,,ask,A,,,,,,",
        ],
    );
    expect(
        &said,
        &[
            "2024-01-10 A most issued [a q]",
            "2024-01-10 A newest issued [d q]",
            "2024-01-10 A row issued [c d q]",
            "2024-01-10 A kinds issued [a b c d q]",
            "2024-01-10 A total issued [a b c d q]",
        ],
    );
}

/// 7.10: of an `or` the sides that hold; what stands under `not` counts nothing.
#[test]
fn the_evidence_of_either_side_and_of_none() {
    let said = through(
        "2024-01-31",
        &[
            "a,2024-01-01,,finding,A,,,,,,",
            "b,2024-01-02,,finding,A,,,,,,",
            "f,2024-01-03,,fault,A,,,,,,",
            "q,2024-01-10,,ask,A,,,,,,",
        ],
    );
    expect(
        &said,
        &[
            "2024-01-10 A either issued [a b q]",
            "2024-01-10 A both issued [a b f q]",
            "2024-01-10 A not_any issued [a b q]",
        ],
    );
}

/// What became of a duty rests on the entry that met it, and else on the one that started it.
#[test]
fn the_evidence_of_a_duty() {
    let said = through(
        "2024-01-31",
        &[
            "o,2024-01-10,,order,A,,,,,,",
            "q,2024-01-12,,ask,A,,,,,,",
            "p,2024-01-10,,order,B,,,,,,",
            "r,2024-01-20,,order,B,,,,,,",
            "w,2024-01-25,,withdrawal,,,,,,,r",
        ],
    );
    expect(
        &said,
        &[
            "2024-01-10 A reply owed [o]",
            "2024-01-12 A reply met [q]",
            "2024-01-10 B reply owed [p]",
            "2024-01-21 B reply missed [p]",
            "2024-01-25 B reply released [r]",
        ],
    );
}

/// An outcome that a rule ends names that rule, one that runs out names the rule that imposed it, and one that
/// was bound to a condition its own. What is not in force cannot be ended.
#[test]
fn the_rule_behind_an_end() {
    let rows = ledger(&[
        "s,2024-01-05,,stop,A,,,,,,",
        "o,2024-01-10,,order,A,,,,,,",
        "t,2024-01-20,,stop,A,,,,,,",
        "u,2024-01-21,,stop,A,,,,,,",
        "r,2024-01-25,,removal,B,,,,,,",
    ]);
    let options = RunOptions::through(day("2024-01-31"));
    let ended = runs::run(&policy(), MEMBERS, &rows, &options, |run| {
        let outcomes = run.outcomes().into_iter();
        outcomes
            .filter(|outcome| outcome.state.as_str() == "ended")
            .map(|outcome| {
                let rule = outcome.rule.unwrap_or_default();
                format!("{} {} {rule}", outcome.known, outcome.name)
            })
            .collect::<Vec<_>>()
    });
    let ended = ended.expect("it runs");
    assert_eq!(
        ended,
        [
            "2024-01-17 week orders",
            "2024-01-20 ban stops",
            "2024-01-25 hung hangs",
        ]
    );
}

/// What is open on the last day: where each stands and since when, what is in force, duties that run or
/// were missed.
#[test]
fn what_is_open_on_the_last_day() {
    let rows = ledger(&[
        "a,2024-01-05,,fault,A,,,,,,",
        "b,2024-01-08,,fault,A,,,,,,",
        "o,2024-01-10,,order,A,,,,,,",
        "p,2024-01-25,,order,B,,,,,,",
        "m,2024-01-26,,motion,B,,,,,,",
        // One that was met and one that was released are not open.
        "c,2024-01-02,,order,B,,,,,,",
        "q,2024-01-03,,ask,B,,,,,,",
        "e,2024-01-04,,order,B,,,,,,",
        "w,2024-01-06,,withdrawal,,,,,,,e",
    ]);
    let options = RunOptions::through(day("2024-01-28"));
    let open = runs::run(&policy(), MEMBERS, &rows, &options, open);
    let open = open.expect("it runs");
    let standings: Vec<_> = open
        .standings
        .iter()
        .map(|line| (&*line.subject, &*line.status, line.since))
        .collect();
    // The second red moved nothing; B has stood since October.
    assert_eq!(
        standings,
        [
            ("A", "red", Some(day("2024-01-05"))),
            ("B", "yellow", Some(day("2023-10-01"))),
        ]
    );
    let in_force: Vec<_> = open
        .in_force
        .iter()
        .map(|line| (&*line.subject, &*line.outcome, line.from, line.until))
        .collect();
    // A's week was over with 16 January.
    assert_eq!(
        in_force,
        [
            ("A", "ban", day("2024-01-10"), None),
            ("A", "hung", day("2024-01-05"), None),
            ("B", "ban", day("2024-01-02"), None),
            // Its basis is lost, which ends nothing.
            ("B", "ban", day("2024-01-04"), None),
            ("B", "ban", day("2024-01-25"), None),
            ("B", "hung", day("2024-01-01"), None),
            ("B", "week", day("2024-01-25"), Some(day("2024-01-31"))),
        ]
    );
    let duties: Vec<_> = open
        .duties
        .iter()
        .map(|line| {
            (
                line.subject.as_deref(),
                line.from,
                line.last_day,
                line.missed,
            )
        })
        .collect();
    assert_eq!(
        duties,
        [
            (Some("A"), day("2024-01-10"), day("2024-01-20"), true),
            (Some("B"), day("2024-01-25"), day("2024-02-04"), false),
        ]
    );
    assert_eq!(open.proposals.len(), 1);
}

/// 3.6, 9.1: after a decision is withdrawn the standing is what the remaining events leave, since the day
/// of the one that moved it.
#[test]
fn a_standing_after_a_withdrawal_is_since_the_event_that_is_left() {
    let rows = ledger(&[
        "m,2024-01-05,,motion,A,,,,,,",
        "d,2024-01-06,,decision,A,,,group,moves,approve,",
        "f,2024-01-10,,fault,A,,,,,,",
        "w,2024-01-15,,withdrawal,,,,,,,d",
    ]);
    let options = RunOptions::through(day("2024-01-28"));
    let open = runs::run(&policy(), MEMBERS, &rows, &options, open);
    let open = open.expect("it runs");
    let first = &open.standings[0];
    assert_eq!(
        (&*first.subject, &*first.status, first.since),
        ("A", "red", Some(day("2024-01-10")))
    );
}

fn entries(policy: &Policy, register: &pol::Register, rows: &[&str]) -> Vec<Entry> {
    let loaded = policy.ledger_from_csv(register, "ledger.csv", ledger(rows).as_bytes());
    loaded.expect("the ledger is sound").entries
}

/// The code of the only error of a run on these entries, made wrong by `wrong`.
fn fault(rows: &[&str], wrong: impl Fn(&mut [Entry])) -> String {
    let policy = policy();
    let register = policy.register_from_csv("register.csv", MEMBERS.as_bytes());
    let register = register.expect("the register is sound");
    let mut entries = entries(&policy, &register, rows);
    wrong(&mut entries);
    let options = RunOptions::through(day("2024-01-31"));
    let errors = policy.run(&register, &entries, &judged(&options));
    let errors = errors.expect_err("it must not run");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors[0].code.as_str().to_owned()
}

/// Entries that come from another hand than the reader's: recorded before they happened, withdrawals of
/// nothing and of withdrawals.
#[test]
fn entries_that_cannot_be() {
    let two = &[
        "a,2024-01-05,,fault,A,,,,,,",
        "w,2024-01-06,,withdrawal,,,,,,,a",
    ];
    let early = fault(two, |entries| entries[0].recorded = day("2024-01-04"));
    assert_eq!(early, "POL0603");
    let nothing = fault(two, |entries| entries[0].id = Some("b".into()));
    assert_eq!(nothing, "POL0604");
    let three = &[two[0], two[1], "x,2024-01-07,,fault,A,,,,,,"];
    let again = fault(three, |entries| entries[2].instead_of = Some("w".into()));
    assert_eq!(again, "POL0605");
}

/// 5.3: withdrawn twice, an entry is never taken if the first withdrawal was there by its own day, in whatever
/// order they stand.
#[test]
fn withdrawn_twice() {
    for order in [[1, 2], [2, 1]] {
        let rows = [
            "a,2024-01-05,,fault,A,,,,,,",
            "v,2024-01-05,,withdrawal,,,,,,,a",
            "w,2024-01-06,,withdrawal,,,,,,,a",
        ];
        let said = through("2024-01-31", &[rows[0], rows[order[0]], rows[order[1]]]);
        expect(&said, &["2024-01-05 A fault set aside (withdrawn) [a]"]);
        expect_none(&said, "red");
    }
}
