//! What can make a condition true, thought through by hand.

use crate::{POLICIES, plan};
use pol_plan::{Cause, Plan, Trigger};
use pol_syntax::Lang;

/// What the plan says can make a condition true.
fn causes(condition: &str) -> Vec<String> {
    let text = format!(
        "policy market
  effective 2024-01-01
subject town
subject market {{ class: big | small }} within town
event inspection of market {{ result: good | poor, points: number }}
event review of market
phase season 2024-03-01 to 2024-05-31
param limit {{ 2024-01-01 to 2024-06-30 = 3, 2024-07-01 to ? = 5 }}
ladder order for market
  clear < warned
ladder card for town
  clean < marked
outcome bar
rule barred
  for market
  while order is warned
  then bar
rule watched
  for market
  when {condition}
  then warned
"
    );
    listed(&plan(&text), "watched")
}

/// The lines of a rule behind the words for it.
fn listed(plan: &Plan, rule: &str) -> Vec<String> {
    let text = plan.to_text(Lang::En);
    let rule = format!("  rule {rule}\n");
    let (_, behind) = text.split_once(&rule).expect("the rule is shown");
    let lines = behind
        .lines()
        .skip_while(|line| !line.trim().starts_with("can become"));
    let causes = lines.skip(1).map_while(|line| line.strip_prefix("    - "));
    causes.map(str::to_owned).collect()
}

const PASSING: &str = "days that pass in the window of inspection in year";

#[test]
fn a_count_that_must_be_high_waits_for_entries() {
    assert_eq!(causes("inspection in year >= 3"), ["inspection"]);
    assert_eq!(causes("not inspection in year < 3"), ["inspection"]);
    assert_eq!(causes("3 <= inspection in year"), ["inspection"]);
    assert_eq!(causes("inspection in any year >= 3"), ["inspection"]);
}

#[test]
fn a_count_that_must_be_low_waits_for_days_and_withdrawals() {
    let low = ["the withdrawal of inspection", PASSING];
    assert_eq!(causes("inspection in year < 3"), low);
    assert_eq!(causes("not inspection in year >= 3"), low);
    // Only a withdrawal makes the best year less.
    assert_eq!(
        causes("inspection in any year < 3"),
        ["the withdrawal of inspection"]
    );
    // What is to be equal may come from either side.
    let either = ["inspection", "the withdrawal of inspection", PASSING];
    assert_eq!(causes("inspection in year is 3"), either);
}

#[test]
fn a_period_that_ends_raises_the_count_of_the_previous_one() {
    let previous = "days that pass in the window of inspection in previous year";
    assert_eq!(
        causes("inspection in previous year >= 3"),
        ["inspection", previous]
    );
}

#[test]
fn an_event_since_which_is_counted_cuts_and_its_withdrawal_does_not() {
    assert_eq!(
        causes("inspection since review >= 3"),
        ["inspection", "the withdrawal of review"]
    );
    assert_eq!(
        causes("inspection since review < 3"),
        ["review", "the withdrawal of inspection"]
    );
}

#[test]
fn a_sum_may_go_either_way() {
    let either = [
        "inspection",
        "the withdrawal of inspection",
        "days that pass in the window of sum points of inspection in year",
    ];
    assert_eq!(causes("sum points of inspection in year >= 10"), either);
}

#[test]
fn what_lasts_begins_or_ends() {
    assert_eq!(causes("bar in force"), ["the beginning of bar"]);
    assert_eq!(causes("not bar in force"), ["the end of bar"]);
    assert_eq!(causes("during season"), ["the beginning of season"]);
    assert_eq!(causes("not during season"), ["the end of season"]);
}

#[test]
fn what_is_held_waits_for_its_day_and_is_broken_by_a_change() {
    assert_eq!(
        causes("order is warned held 2 months"),
        ["the day from which order is warned held 2 months"]
    );
    assert_eq!(
        causes("not order is warned held 2 months"),
        ["a change of order"]
    );
}

#[test]
fn what_does_not_lie_in_the_ledger_changes_by_days() {
    assert_eq!(
        causes("market.class is big"),
        ["another market.class in the register"]
    );
    assert_eq!(
        causes("inspection in year >= limit"),
        ["inspection", "the first day of another row of limit"]
    );
}

#[test]
fn what_is_listed_is_read() {
    let mut rules = 0;
    for known in POLICIES.iter() {
        for rule in &known.plan.rules {
            let (Trigger::When(condition) | Trigger::While(condition)) = rule.trigger else {
                continue;
            };
            rules += 1;
            for cause in known.plan.causes(condition) {
                let read = match cause {
                    Cause::Comes(pattern) | Cause::Withdrawn(pattern) => {
                        rule.reads.patterns.contains(&pattern)
                    }
                    Cause::Moves(ladder) => rule.reads.ladders.contains(&ladder),
                    Cause::Begins(outcome) | Cause::Ends(outcome) => {
                        rule.reads.outcomes.contains(&outcome)
                    }
                    Cause::Fires => rule.reads.last_time,
                    _ => true,
                };
                assert!(read, "{}: {}: {cause:?}", known.path.display(), rule.name);
            }
        }
    }
    assert!(rules >= 50, "only {rules} rules watch");
}
