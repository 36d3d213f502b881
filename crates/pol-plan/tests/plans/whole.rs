//! Nothing is broken in any plan, and what is broken is found.

use crate::{POLICIES, plan};
use pol_calendar::CalendarIx;
use pol_model::{EnumIx, LadderIx, ParamIx, RuleIx, Value};
use pol_plan::{
    Accumulator, AccumulatorIx, Clock, ClockIx, Function, Node, NodeIx, PatternIx, Plan, Reach,
    Reads,
};

#[test]
fn nothing_is_broken() {
    let mut broken = Vec::new();
    for known in POLICIES.iter() {
        for found in known.plan.broken() {
            broken.push(format!("{}: {found}", known.path.display()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

const MARKET: &str = r"
policy market
  effective 2024-01-01
subject market
event inspection of market { result: good | poor }
ladder order for market
  clear < warned < closed
param limit = 3
rule warning
  for market
  on inspection where result is poor
  if inspection where (result is poor) in year >= limit
  then warned
rule closing
  for market
  when order >= warned held 2 months
  then closed
rule lifting
  for market
  when (order >= warned held 1 month) held 6 months
  then clear
";

/// What is found when something is changed.
fn changed(change: impl FnOnce(&mut Plan)) -> String {
    let mut plan = plan(MARKET);
    assert_eq!(plan.broken(), Vec::<String>::new());
    change(&mut plan);
    plan.broken().join("\n")
}

#[test]
fn a_place_that_is_not_there_is_found() {
    let nodes = [
        Node::Accumulated(AccumulatorIx(99)),
        Node::Held(ClockIx(99), NodeIx(0)),
        Node::Param(ParamIx(99)),
        Node::Standing(LadderIx(99)),
        Node::Const(Value::Symbol(EnumIx(0), 99)),
        Node::Const(Value::Duration(pol_calendar::Duration::WorkingDays {
            count: 1,
            calendar: CalendarIx(99),
        })),
        Node::Not(NodeIx(99)),
    ];
    for node in nodes {
        let said = format!("{node:?}");
        let found = changed(|plan| plan.nodes.push(node));
        assert!(found.contains("names what is not there"), "{said}: {found}");
    }
    let found = changed(|plan| plan.accumulators[0].over = PatternIx(99));
    assert!(
        found.contains("`accumulator 0` names what is not there"),
        "{found}"
    );
    let found = changed(|plan| plan.rules[0].condition = Some(NodeIx(99)));
    assert!(
        found.contains("`warning` names what is not there"),
        "{found}"
    );
    let found = changed(|plan| plan.tops[0] = 7);
    assert!(found.contains("enumeration 0"), "{found}");
}

#[test]
fn a_wrong_order_is_found() {
    let found = changed(|plan| {
        let last = plan.nodes.len() - 1;
        plan.nodes.swap(0, last);
    });
    assert!(found.contains("stands before its parts"), "{found}");
    let found = changed(|plan| plan.clocks.swap(0, 1));
    assert!(
        found.contains("clock 0 stands before one that it asks"),
        "{found}"
    );
    let found = changed(|plan| plan.strata[0].push(RuleIx(1)));
    assert!(found.contains("does not hold each rule once"), "{found}");
    let found = changed(|plan| {
        plan.strata.pop();
    });
    assert!(found.contains("does not hold each rule once"), "{found}");
}

#[test]
fn what_stands_twice_is_found() {
    let found = changed(|plan| plan.nodes.push(plan.nodes[0].clone()));
    assert!(found.contains("node"), "{found}");
    let found = changed(|plan| plan.patterns.push(plan.patterns[0].clone()));
    assert!(found.contains("pattern 1 stands twice"), "{found}");
    let found = changed(|plan| plan.accumulators.push(plan.accumulators[0].clone()));
    assert!(found.contains("accumulator 1 stands twice"), "{found}");
    let found = changed(|plan| {
        let Clock { condition, ladders } = plan.clocks[0].clone();
        plan.clocks.push(Clock { condition, ladders });
        plan.clock_reads.push(plan.clock_reads[0].clone());
    });
    assert!(found.contains("clock 2 stands twice"), "{found}");
}

#[test]
fn what_is_named_and_not_read_is_found() {
    let rules = ["warning", "closing", "lifting"];
    for (at, rule) in rules.into_iter().enumerate() {
        let found = changed(|plan| plan.rules[at].reads = Reads::default());
        let wanted = format!("`{rule}` does not read what it names");
        assert!(found.contains(&wanted), "{found}");
    }
    let found = changed(|plan| plan.clock_reads[1] = Reads::default());
    assert!(
        found.contains("`clock 1` does not read what it names"),
        "{found}"
    );
    let found = changed(|plan| {
        let share = Node::Share(plan.rules[0].subjects[0], NodeIx(0));
        plan.nodes.push(share);
        plan.rules[0].condition = Some(NodeIx(u32::try_from(plan.nodes.len() - 1).unwrap()));
    });
    assert!(found.contains("`warning` does not read"), "{found}");
    let found = changed(|plan| {
        // Read by a parameter, behind the rule's condition.
        plan.accumulators.push(Accumulator {
            function: Function::Count,
            over: PatternIx(0),
            windows: Vec::new(),
        });
        let asked = NodeIx(u32::try_from(plan.nodes.len()).unwrap());
        let last = u32::try_from(plan.accumulators.len() - 1).unwrap();
        plan.nodes.push(Node::Any(AccumulatorIx(last)));
        plan.params[0].by = vec![asked];
        plan.rules[0].reads.patterns.clear();
        plan.rules[0].reads.reach = Reach::All;
    });
    assert!(
        found.contains("`warning` does not read what it names: Pattern"),
        "{found}"
    );
}
