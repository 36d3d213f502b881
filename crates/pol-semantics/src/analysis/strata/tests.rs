use super::strata;
use crate::analysis::fixture::*;
use crate::hir::{Define, DefineBody, EventSource, ExprKind, Policy, Rule, Trigger, Window};
use pol_model::DefineIx;
use pol_syntax::ast::BinaryOp;

/// A watching rule.
fn when(name: &str, condition: crate::hir::Expr, then: Vec<crate::hir::Action>) -> Rule {
    rule(name, Trigger::When(condition), then)
}

/// The names of the strata, the same whichever way the rules are declared.
fn order(policy: &mut Policy) -> Vec<Vec<String>> {
    let forwards = names(policy, &strata(policy));
    policy.rules.reverse();
    assert_eq!(names(policy, &strata(policy)), forwards);
    forwards
}

#[test]
fn independent_rules_stand_by_name() {
    let of = |name| rule(name, on(event("finding")), vec![issue(YELLOW)]);
    let mut policy = policy(vec![of("c"), of("a"), of("b")]);
    assert_eq!(order(&mut policy), [["a"], ["b"], ["c"]]);
}

#[test]
fn a_rule_comes_after_those_whose_events_it_counts() {
    let mut policy = policy(vec![
        when("a", at_least(status(RED), 2, vec![]), vec![impose(FREEZE)]),
        when("z", at_least(event("finding"), 3, vec![]), vec![issue(RED)]),
    ]);
    assert_eq!(order(&mut policy), [["z"], ["a"]]);
}

#[test]
fn a_window_since_an_event_is_a_look_at_it() {
    let since = vec![Window::Since(pattern(status(YELLOW)))];
    let mut policy = policy(vec![
        when(
            "a",
            at_least(event("finding"), 3, since),
            vec![impose(FREEZE)],
        ),
        when(
            "z",
            at_least(event("reply"), 3, vec![]),
            vec![issue(YELLOW)],
        ),
    ]);
    assert_eq!(order(&mut policy), [["z"], ["a"]]);
}

#[test]
fn sets_and_ladders_are_looked_through() {
    let set = EventSource::Set(DefineIx(0));
    let mut policy = policy(vec![
        when("a", at_least(set, 3, vec![]), vec![impose(FREEZE)]),
        when(
            "z",
            at_least(event("reply"), 3, vec![]),
            vec![issue(YELLOW)],
        ),
    ]);
    policy.defines = vec![Define {
        named: named("cards"),
        body: DefineBody::Events(vec![pattern(EventSource::Ladder(CARD))]),
    }];
    assert_eq!(order(&mut policy), [["z"], ["a"]]);
}

#[test]
fn a_rule_that_moves_the_ladder_does_not_wait_for_its_movers() {
    let is_clear = || card(BinaryOp::Is, CLEAR);
    let mut policy = policy(vec![
        when("a_reads", is_clear(), vec![impose(FREEZE)]),
        when("b_moves", is_clear(), vec![issue(YELLOW)]),
        when("c_moves", is_clear(), vec![issue(RED)]),
    ]);
    assert_eq!(order(&mut policy), [["b_moves"], ["c_moves"], ["a_reads"]]);
}

#[test]
fn a_rule_comes_after_those_that_govern_an_outcome_that_it_asks_for() {
    let asked = condition(ExprKind::InForce(FREEZE));
    let mut policy = policy(vec![
        when("a", asked, vec![issue(YELLOW)]),
        when(
            "z",
            at_least(event("finding"), 3, vec![]),
            vec![impose(FREEZE)],
        ),
    ]);
    assert_eq!(order(&mut policy), [["z"], ["a"]]);
}

#[test]
fn rules_that_depend_on_each_other_share_a_stratum() {
    let mut policy = policy(vec![
        when(
            "b",
            at_least(event("notice"), 1, vec![]),
            vec![derive("reply")],
        ),
        when(
            "a",
            at_least(event("reply"), 1, vec![]),
            vec![derive("notice")],
        ),
        when(
            "0_after",
            at_least(event("notice"), 1, vec![]),
            vec![impose(FREEZE)],
        ),
    ]);
    assert_eq!(order(&mut policy), [vec!["a", "b"], vec!["0_after"]]);
}
