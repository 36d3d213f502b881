//! A run that goes on: entries one by one, and a state that is written and read again.

use pol::{Date, Outcome, Policy, RunOptions};
use pol_tests::runs::{day, expect};

/// Two findings within a year make a yellow card; a card that has hung a month is lifted.
const POLICY: &str = r#"policy cards "cards"
  effective 2024-01-01

subject township

event finding of township

ladder card for township
  clear < yellow

rule warn for township
  on finding
  if finding >= 2 in year since last time
  then yellow

rule lift for township
  when card >= yellow held 1 month
  then clear
"#;

const REGISTER: &str = "id,kind\nA,township\nB,township\n";

fn policy() -> Policy {
    Policy::compile("cards.pol", POLICY).unwrap_or_else(|found| panic!("{found:#?}"))
}

fn said(outcomes: &[Outcome]) -> Vec<String> {
    outcomes.iter().map(pol_tests::runs::line).collect()
}

/// Worked out by hand: the second finding of A is on record on 3 February, so its card is yellow from
/// that day, and has been held a month on 3 March.
#[test]
fn what_follows_is_said_when_its_day_is_over() {
    let policy = policy();
    let register = policy
        .register_from_csv("register.csv", REGISTER.as_bytes())
        .expect("the register is sound");
    let ledger = "id,date,recorded,kind,of\n\
                  f1,2024-01-10,2024-01-10,finding,A\n\
                  f2,2024-02-01,2024-02-03,finding,A\n";
    let loaded = policy
        .ledger_from_csv(&register, "ledger.csv", ledger.as_bytes())
        .expect("the ledger is sound");
    let register = &loaded.register;
    let [first, second] = loaded.entries.as_slice() else {
        panic!("two entries");
    };
    let options = RunOptions::default();
    let mut live = policy.start(register, &options).expect("it can be run");
    live.take(first.clone()).expect("its day is not over");
    let before = live.advance_to(day("2024-01-31")).expect("it is sound");
    assert!(before.is_empty(), "{before:?}");

    let state = live.snapshot().expect("it can be written");
    let mut live = policy
        .resume(register, &state)
        .expect("it is the same policy");
    live.take(second.clone()).expect("its day is not over");
    let yellow = live.advance_to(day("2024-02-03")).expect("it is sound");
    expect(&said(&yellow), &["2024-02-03 A yellow issued [f1 f2]"]);
    let none = live.advance_to(day("2024-03-02")).expect("it is sound");
    assert!(none.is_empty(), "{none:?}");
    let lifted = live.advance_to(day("2024-03-03")).expect("it is sound");
    expect(&said(&lifted), &["2024-03-03 A clear issued []"]);
    assert_eq!(live.closed(), Some(day("2024-03-03")));
}

#[test]
fn an_entry_of_a_day_that_is_over_is_refused() {
    let policy = policy();
    let register = policy
        .register_from_csv("register.csv", REGISTER.as_bytes())
        .expect("the register is sound");
    let ledger = "id,date,kind,of\nf1,2024-01-10,finding,A\n";
    let loaded = policy
        .ledger_from_csv(&register, "ledger.csv", ledger.as_bytes())
        .expect("the ledger is sound");
    let options = RunOptions::default();
    let mut live = policy
        .start(&loaded.register, &options)
        .expect("it can be run");
    let closed: Date = day("2024-01-10");
    live.advance_to(closed).expect("it is sound");
    let refused = live.take(loaded.entries[0].clone()).expect_err("too late");
    assert_eq!(refused.code.as_str(), "POL0611");
    assert_eq!(
        refused.message.en,
        "an entry recorded on 2024-01-10 came when 2024-01-10 was already over"
    );
    assert_eq!(refused.origins[0].line, 2);
}

#[test]
fn a_state_of_another_policy_is_refused_with_both_named() {
    let policy = policy();
    let register = policy
        .register_from_csv("register.csv", REGISTER.as_bytes())
        .expect("the register is sound");
    let live = policy
        .start(&register, &RunOptions::default())
        .expect("it can be run");
    let state = live.snapshot().expect("it can be written");
    let text = POLICY
        .replace("policy cards", "policy plates")
        .replace(">= 2", ">= 3");
    let other = Policy::compile("plates.pol", text).expect("it compiles");
    let Err(refused) = other.resume(&register, &state) else {
        panic!("it is another policy");
    };
    assert_eq!(refused.code.as_str(), "POL0612");
    let message = &refused.message.en;
    assert!(
        message.contains("`cards`") && message.contains("`plates`"),
        "{message}"
    );
    let Err(refused) = policy.resume(&register, &state[1..]) else {
        panic!("it is cut");
    };
    assert_eq!(refused.code.as_str(), "POL0612");
    let fewer = policy
        .register_from_csv("register.csv", "id,kind\nA,township\n".as_bytes())
        .expect("the register is sound");
    let Err(refused) = policy.resume(&fewer, &state) else {
        panic!("it is another register");
    };
    assert_eq!(
        refused.message.en,
        "the state was saved with another register"
    );
}
