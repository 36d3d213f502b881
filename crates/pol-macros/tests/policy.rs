//! A policy whose names are Chinese, as a module of a program.

/// A county's rules for its markets.
mod market {
    pol_macros::policy!("tests/market.pol");
}

use market::state::Issue;
use market::{Date, Declared as _, Evaluator, Member, Options, Register, Row, Status, What};

/// Two findings in a year warn a market; the clause counts both.
#[test]
fn a_policy_runs_that_is_a_module() {
    let day = |day| Date::from_ymd_opt(2024, 3, day).unwrap();
    let mut register = Register::new();
    let east = register.add(Member::new("M01", market::ShiChang)).unwrap();
    let mut run = Evaluator::start(&register, &Options::default()).unwrap();
    let found = || market::JianCha::new(east, market::JianChaJieLun::Cha);
    run.take(Row::new(day(4), found()).id("e1")).unwrap();
    run.take(Row::new(day(8), found()).id("e2")).unwrap();
    let said = run.advance_to(day(31)).unwrap();
    assert_eq!(said.len(), 1);
    let warned = market::ZhiXu::JingGao;
    let was = Status::ZhiXu(market::ZhiXu::ZhengChang);
    let now = Status::ZhiXu(warned);
    assert_eq!(said[0].date, day(8));
    assert_eq!(said[0].subject, Some(east.into()));
    assert_eq!(said[0].what, What::Status(now, Issue::Issued { was, now }));
    assert_eq!(said[0].rule, Some(market::Rule::JingGao));
    let evidence: Vec<&str> = run.evidence(&said[0]).collect();
    assert_eq!(evidence, ["e1", "e2"]);
    assert_eq!((warned.name(), warned.display()), ("警告", "警告"));
}
