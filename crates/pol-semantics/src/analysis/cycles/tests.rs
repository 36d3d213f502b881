use super::cycles;
use crate::analysis::fixture::*;
use crate::hir::{ActState, Duty, DutyTime, EventSource, Expr, ExprKind, Policy, Trigger, Type};
use pol_calendar::Duration;
use pol_model::{DutyIx, Value};

fn messages(policy: &Policy) -> Vec<String> {
    let found = cycles(policy);
    assert!(found.iter().all(pol_syntax::Diagnostic::is_error));
    found
        .into_iter()
        .map(|finding| finding.message.en)
        .collect()
}

#[test]
fn a_chain_is_no_cycle() {
    let policy = policy(vec![
        rule("a", on(event("finding")), vec![issue(YELLOW)]),
        rule("b", on(status(YELLOW)), vec![impose(FREEZE)]),
    ]);
    assert_eq!(messages(&policy), [""; 0]);
}

#[test]
fn two_rules_that_set_each_other_off() {
    let policy = policy(vec![
        rule("b", on(status(RED)), vec![derive("notice")]),
        rule("a", on(event("notice")), vec![impose(FREEZE), issue(RED)]),
    ]);
    let path = "these events set each other off without end: `notice → a → red → b → notice`";
    assert_eq!(messages(&policy), [path]);
    let labels = &cycles(&policy)[0].labels;
    assert_eq!(labels.len(), 2);
    assert_eq!(labels[0].text.en, "on `notice` this issues `red`");
}

#[test]
fn a_rule_on_its_own_ladder() {
    let whole = EventSource::Ladder(CARD);
    let policy = policy(vec![rule("up", on(whole), vec![issue(RED)])]);
    let path = "these events set each other off without end: `red → up → red`";
    assert_eq!(messages(&policy), [path]);
}

#[test]
fn a_decision_breaks_the_cycle() {
    let policy = policy(vec![
        rule("a", on(status(YELLOW)), vec![issue(RED)]),
        decided(rule("b", on(status(RED)), vec![issue(YELLOW)])),
    ]);
    assert_eq!(messages(&policy), [""; 0]);
}

#[test]
fn what_waits_for_the_close_breaks_the_cycle() {
    let asked = condition(ExprKind::InForce(FREEZE));
    let policy = policy(vec![
        rule("a", on(status(YELLOW)), vec![impose(FREEZE)]),
        rule("b", Trigger::When(asked), vec![issue(YELLOW)]),
    ]);
    assert_eq!(messages(&policy), [""; 0]);
}

/// `duty answer within 3 days of notice met by reply`.
fn answer() -> Duty {
    let three = Value::Duration(Duration::Days(3));
    let three = Expr {
        ty: Type::Duration,
        ..condition(ExprKind::Const(three))
    };
    Duty {
        named: named("answer"),
        about: vec![],
        of: vec![],
        to: vec![],
        in_principle: false,
        time: DutyTime::Within(three, vec![pattern(event("notice"))]),
        condition: None,
        phases: vec![],
        extended: vec![],
        met_by: vec![pattern(event("reply"))],
    }
}

#[test]
fn a_duty_that_is_owed_at_once_closes_a_cycle() {
    let owed = EventSource::Duty(DutyIx(0), ActState::Owed);
    let mut policy = policy(vec![rule("again", on(owed), vec![derive("notice")])]);
    policy.duties = vec![answer()];
    let path = "these events set each other off without end: `answer owed → again → notice → answer → answer owed`";
    assert_eq!(messages(&policy), [path]);
}

#[test]
fn a_missed_duty_takes_days() {
    let missed = EventSource::Duty(DutyIx(0), ActState::Missed);
    let mut policy = policy(vec![rule("remind", on(missed), vec![derive("notice")])]);
    policy.duties = vec![answer()];
    assert_eq!(messages(&policy), [""; 0]);
}

#[test]
fn lost_is_another_event() {
    let lost = EventSource::Lost(Box::new(status(YELLOW)));
    let policy = policy(vec![rule(
        "off",
        on(lost),
        vec![issue(CLEAR), issue(YELLOW)],
    )]);
    assert_eq!(messages(&policy), [""; 0]);
}
