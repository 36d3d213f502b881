//! What the policy says in several places stands in the plan once.

use crate::plan;
use pol_plan::{Node, Plan, Trigger};

/// Two rules that count the same, in one policy, in different places of their conditions.
const TWICE: &str = r"
policy market
  effective 2024-01-01
subject market
event inspection of market { result: good | poor }
define bad = inspection where (result is poor) in last 12 months >= 2
ladder order for market
  clear < warned < closed
rule warning
  for market
  on inspection
  if inspection where (result is poor) in last 12 months >= 2
  then warned
rule closing
  for market
  when order is warned and inspection where (result is poor) in last 12 months >= 3
  then closed
rule by_name
  for market
  when bad and order is clear
  then warned
rule longer
  for market
  when inspection where (result is poor) in last 24 months >= 3
  then closed
";

#[test]
fn equal_aggregates_of_two_rules_are_one() {
    let plan = plan(TWICE);
    assert_eq!(plan.accumulators.len(), 2, "12 months and 24 months");
    let counted = counted(&plan);
    assert_eq!(counted[0], counted[1], "warning and closing count the same");
    assert_eq!(
        counted[0], counted[2],
        "a definition stands for what it says"
    );
    assert_ne!(counted[0], counted[3], "another window");
}

#[test]
fn equal_conditions_are_one_node() {
    let plan = plan(TWICE);
    // `bad` in the third rule is the whole condition of the first.
    let Trigger::When(third) = plan.rules[2].trigger else {
        panic!("a watching rule");
    };
    let Node::And(bad, _) = plan.node(third) else {
        panic!("two conditions");
    };
    assert_eq!(plan.rules[0].condition, Some(*bad));
}

/// The aggregates of each rule's conditions.
fn counted(plan: &Plan) -> Vec<Vec<&Node>> {
    let conditions = plan.rules.iter().map(|rule| match rule.trigger {
        Trigger::When(condition) => condition,
        _ => rule.condition.expect("a condition"),
    });
    conditions
        .map(|condition| {
            let mut open = vec![condition];
            let mut found = Vec::new();
            while let Some(node) = open.pop() {
                let node = plan.node(node);
                open.extend(node.parts());
                if matches!(node, Node::Accumulated(_) | Node::Any(_)) {
                    found.push(node);
                }
            }
            found
        })
        .collect()
}
