//! What a generated policy refuses, and in which words.

/// A county's rules for its markets.
mod market {
    pol_macros::policy!("tests/market.pol");
}

use market::{
    Date, Entry, Error, Evaluator, Id, JianCha, JianChaJieLun, Member, Options, Register, Row,
    ShiChang, Withdrawal, evaluate,
};
use pol_runtime::plan::{Plan, PlanError};
use pol_runtime::{Program, RegisterError};

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2024, 3, day).expect("a day")
}

fn with(ids: &[&str]) -> (Register, Vec<Id<ShiChang>>) {
    let mut register = Register::new();
    let ids = ids.iter().map(|id| {
        register
            .add(Member::new(*id, ShiChang))
            .expect("an id of its own")
    });
    let ids = ids.collect();
    (register, ids)
}

fn poor(on: u32, of: Id<ShiChang>) -> Row {
    Row::new(day(on), JianCha::new(of, JianChaJieLun::Cha))
}

#[test]
fn a_row_of_another_registers_member_is_not_taken() {
    let (_, more) = with(&["M01", "M02"]);
    let (register, _) = with(&["M01"]);
    let mut run = Evaluator::start(&register, &Options::default()).unwrap();
    assert_eq!(run.take(poor(4, more[1])), Err(Error::Stranger));
    let whole = evaluate(&register, [poor(4, more[1])], &Options::default(), day(31));
    assert_eq!(whole, Err(Error::Stranger));
}

#[test]
fn a_row_of_a_day_that_is_over_is_not_taken() {
    let (register, ids) = with(&["M01"]);
    let mut run = Evaluator::start(&register, &Options::default()).unwrap();
    run.advance_to(day(10)).unwrap();
    let late = run.take(poor(10, ids[0])).unwrap_err();
    let (recorded, closed) = (day(10), day(10));
    assert_eq!(late, Error::DayOver { recorded, closed });
    assert!(
        late.to_string()
            .starts_with("a row recorded on 2024-03-10 came when 2024-03-10")
    );
    assert!(
        late.in_chinese()
            .starts_with("录入日期为2024-03-10的记录到达时")
    );
    run.take(poor(10, ids[0]).recorded(day(11))).unwrap();
}

#[test]
fn a_row_of_no_year_is_not_taken() {
    let (register, ids) = with(&["M01"]);
    let mut run = Evaluator::start(&register, &Options::default()).unwrap();
    let row = Row::new(Date::MAX, JianCha::new(ids[0], JianChaJieLun::Cha));
    assert_eq!(run.take(row), Err(Error::NoSuchYear(Date::MAX)));
}

#[test]
fn a_state_of_another_register_is_not_gone_on_with() {
    let (register, _) = with(&["M01"]);
    let state = Evaluator::start(&register, &Options::default())
        .unwrap()
        .snapshot()
        .unwrap();
    assert!(Evaluator::resume(&register, &state).is_ok());
    let (other, _) = with(&["M02"]);
    let refused = Evaluator::resume(&other, &state).err().unwrap();
    assert!(refused.to_string().contains("saved with another register"));
    assert!(refused.in_chinese().contains("另一份名册"));
    assert!(Evaluator::resume(&register, &state[1..]).is_err());
}

#[test]
fn faults_of_a_ledger_are_told_in_both_languages() {
    let (register, ids) = with(&["M01"]);
    let rows = [
        poor(4, ids[0]).id("e1"),
        poor(5, ids[0]).id("e1"),
        Row::new(day(6), Entry::from(Withdrawal::of("e9"))),
    ];
    let refused = evaluate(&register, rows, &Options::default(), day(31)).unwrap_err();
    let said = refused.to_string();
    assert!(
        said.contains("the id `e1` stands at two rows that differ"),
        "{said}"
    );
    assert!(said.contains("`e9` is withdrawn or corrected"), "{said}");
    assert!(
        refused
            .in_chinese()
            .contains("撤回或更正的编号`e9`没有对应的记录")
    );
}

#[test]
fn an_id_is_one_members() {
    let (mut register, ids) = with(&["M01"]);
    let again = register.add(Member::new("M01", ShiChang));
    assert_eq!(again, Err(RegisterError::RepeatedId("M01".into())));
    assert_eq!(register.find("M01"), Some(ids[0]));
    assert_eq!(register.find::<ShiChang>("M02"), None);
}

#[test]
fn a_plan_that_is_not_that_of_the_code_is_refused() {
    use pol_runtime::Policy as _;
    let plan = market::ShiChangPolicy::program().plan().unwrap();
    let json: &'static str = plan.to_json().leak();
    let read = |json, digest| Program::new(json, digest).plan().map(Plan::digest);
    assert_eq!(read(json, market::DIGEST), Ok(plan.digest()));
    assert_eq!(read(json, ""), Err(PlanError::Changed));
    let changed: &'static str = json.replace("2024-01-01", "2024-01-02").leak();
    assert_eq!(read(changed, market::DIGEST), Err(PlanError::Changed));
}
