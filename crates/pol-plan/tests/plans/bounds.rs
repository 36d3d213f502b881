//! Bounds, counted by hand.

use crate::plan;
use pol_plan::{AccumulatorIx, Bounds, EntryBound, Held, SubjectBound};
use pol_syntax::Lang;

const MARKET: &str = "policy market
  effective 2024-01-01
subject town
subject market within town
event inspection of market { result: good | poor, inspector: text }
event note of market
ladder order for market
  clear < warned
ladder card for town
  clean < marked
rule warning
  for market
  on inspection where result is poor
  if inspection where (result is poor) in last 12 months >= 3
  then warned
rule lifting
  for market
  when order >= warned held 6 months
  then clear
";

fn bounds(text: &str) -> Bounds {
    plan(text).bounds()
}

fn entry<'b>(bounds: &'b Bounds, event: &str) -> &'b EntryBound {
    let mut entries = bounds.entries.iter();
    entries
        .find(|entry| entry.event == event)
        .expect("the event is declared")
}

fn subject<'b>(bounds: &'b Bounds, kind: &str) -> &'b SubjectBound {
    let mut subjects = bounds.subjects.iter();
    subjects
        .find(|subject| subject.kind == kind)
        .expect("the kind is declared")
}

#[test]
fn the_steps_of_an_entry() {
    let bounds = bounds(MARKET);
    let inspection = entry(&bounds, "inspection");
    assert_eq!(inspection.patterns, 1);
    assert_eq!(inspection.aggregates, 1);
    assert_eq!(inspection.rules, ["warning", "lifting"]);
    // The pattern and `result is poor`: 1 + 3. The aggregate: 1. The first rule's trigger,
    // `COUNT >= 3` and its status: 1 + 3 + 1. The other's `order >= warned`, its duration, `held`
    // and status, because the first may move the ladder: 3 + 1 + 1 + 1.
    assert_eq!(inspection.steps.fixed, 4 + 1 + 5 + 6);
    // The window's list, when the entry comes in and when it is counted.
    assert_eq!(inspection.steps.searched, [(AccumulatorIx(0), 2)]);
    assert_eq!(entry(&bounds, "note").steps.fixed, 0);
}

#[test]
fn a_rule_that_waits_has_a_day_of_its_own() {
    let bounds = bounds(MARKET);
    let rules: Vec<&str> = bounds.days.iter().map(|day| day.rule.as_str()).collect();
    assert_eq!(rules, ["lifting"]);
    // It looks, and once more at what it has done.
    assert_eq!(bounds.days[0].steps.fixed, 6 + 6);
}

#[test]
fn what_is_kept_of_a_subject() {
    let bounds = bounds(MARKET);
    let market = subject(&bounds, "market");
    assert_eq!((market.ladders, market.clocks), (1, 1));
    // A standing, its day, and the day since which `order >= warned` has held.
    assert_eq!(market.fixed(), 3);
    assert!(matches!(
        market.aggregates[..],
        [(AccumulatorIx(0), Held::Within(_))]
    ));
    let town = subject(&bounds, "town");
    assert_eq!((town.fixed(), town.aggregates.len()), (2, 0));
}

#[test]
fn how_often_a_rule_may_look_is_the_number_of_its_events() {
    let bounds = bounds(
        "policy market
  effective 2024-01-01
subject market
event complaint of market
event found of market
ladder order for market
  clear < warned
rule first
  for market
  on complaint
  then found
rule second
  for market
  on complaint
  then found
rule third
  for market
  on found
  then warned
",
    );
    let complaint = entry(&bounds, "complaint");
    assert_eq!(complaint.rules, ["first", "second", "third"]);
    // One complaint and two findings are held against a pattern; two rules of a trigger and an
    // action; the third twice.
    assert_eq!(complaint.steps.fixed, 3 + 2 + 2 + 2 * 2);
    assert_eq!(entry(&bounds, "found").steps.fixed, 1 + 2);
}

/// What is kept of the one aggregate of a rule.
fn held(aggregate: &str) -> Held {
    let rule = format!("rule town_too\n  for market\n  when {aggregate} >= 2\n  then warned\n");
    let text = MARKET
        .split("rule warning")
        .next()
        .expect("a part before it")
        .to_owned()
        + &rule;
    let bounds = bounds(&text);
    let aggregates = &subject(&bounds, "market").aggregates;
    assert_eq!(aggregates.len(), 1, "{aggregate}");
    aggregates[0].1.clone()
}

#[test]
fn what_is_kept_of_an_aggregate() {
    // A count and the period that it is of.
    assert_eq!(held("inspection in year"), Held::Numbers(2));
    assert_eq!(held("inspection"), Held::Numbers(1));
    // The year that runs and the best before it.
    assert_eq!(held("inspection in any year"), Held::Numbers(3));
    // Good and poor.
    assert_eq!(held("same result of inspection in year"), Held::Numbers(3));
    // Anything may stand there.
    assert_eq!(
        held("distinct inspector of inspection in year"),
        Held::EachValue
    );
    assert!(matches!(
        held("inspection in last 12 months"),
        Held::Within(_)
    ));
    assert!(matches!(held("inspection in any 3 years"), Held::Within(_)));
    assert!(matches!(
        held("inspection in last 5 inspection"),
        Held::LastEvents(_)
    ));
    assert!(matches!(
        held("inspection in last 5 note"),
        Held::SinceLastEvents(..)
    ));
}

#[test]
fn members_are_counted_each() {
    let rule = "rule town_too
  for town
  when share of market where order is warned >= 50%
  then marked
";
    let bounds = bounds(&(MARKET.to_owned() + rule));
    let inspection = entry(&bounds, "inspection");
    let [(kind, steps)] = &inspection.steps.members[..] else {
        panic!("{:?}", inspection.steps.members);
    };
    assert_eq!(kind, "market");
    assert_eq!(steps.fixed, 3, "`order is warned`");
}

#[test]
fn bounds_are_told_in_both_languages() {
    let plan = plan(MARKET);
    let english = plan.bounds_to_text(Lang::En);
    let wanted = "
  inspection
    at most 16 steps
    + 2 × log₂ of the number of: entries of `inspection where result is poor` within 12 months
    patterns: 1, aggregates: 1
    rules that may look (2): warning, lifting
  note
    nothing looks for it
";
    assert!(english.contains(wanted), "{english}");
    let wanted = "
  market
    numbers and dates, whatever the record holds: 3
    - ladders, a standing and its day each: 1
    - clocks, a day each: 1
    lists, as long as the record makes them
    - entries of `inspection where result is poor` within 12 months
";
    assert!(english.ends_with(wanted), "{english}");
    let chinese = plan.bounds_to_text(Lang::Zh);
    assert!(
        chinese.contains("\n  inspection\n    至多16步\n"),
        "{chinese}"
    );
}
