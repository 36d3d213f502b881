//! The plan as text.

use crate::{POLICIES, plan};
use pol_syntax::Lang;

const MARKET: &str = "policy market
  effective 2024-01-01
subject market
event inspection of market { result: good | poor }
event appeal of market
param limit = 3
define bad = inspection where result is poor
ladder order for market
  clear < warned < closed
outcome bar
rule warning
  for market
  on bad
  if inspection where (result is poor) in last 12 months >= limit
  then warned
rule closing
  for market
  when inspection where (result is poor) in last 12 months >= 5 and not order is closed
  then closed
rule lifting
  for market
  when order >= warned held 6 months and inspection where (result is poor) in last 12 months < 1
  then clear
rule barred
  for market
  while order is closed
  then bar
never \"a market that is clear is not barred\" order is clear and bar in force
";

#[test]
fn each_rule_says_what_can_make_it_true() {
    let text = plan(MARKET).to_text(Lang::En);
    let wanted = "
  rule closing
    for market
    when inspection where (result is poor) in last 12 months >= 5 and not order is closed
    then closed
    can become true by
    - inspection where result is poor
    - a change of order
";
    assert!(text.contains(wanted), "{text}");
    let wanted = "
  rule lifting
    for market
    when order >= warned held 6 months and inspection where (result is poor) in last 12 months < 1
    then clear
    can become true by
    - the withdrawal of inspection where result is poor
    - days that pass in the window of inspection in last 12 months where result is poor
    - the day from which order >= warned held 6 months
";
    assert!(text.contains(wanted), "{text}");
    let wanted = "
  never \"a market that is clear is not barred\" for market order is clear and bar in force
    can become true by
    - a change of order
    - the beginning of bar
";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn what_is_shared_names_all_who_ask_it() {
    let text = plan(MARKET).to_text(Lang::En);
    let wanted = "
aggregates, each kept once whatever asks for it
  inspection in last 12 months where result is poor
    asked by closing, lifting, warning

clocks: since when a condition has held
  order >= warned
    asked by lifting
";
    assert!(text.contains(wanted), "{text}");
    assert!(text.contains("\n  param limit = 3\n"), "{text}");
}

#[test]
fn a_policy_in_chinese_has_its_plan_in_chinese() {
    let chinese = pol_syntax::format(MARKET, Some(pol_syntax::ast::Spelling::Chinese));
    let text = plan(&chinese.unwrap()).to_text(Lang::Zh);
    let wanted = "
  规则 closing
    适用 market
    当 最近12个月内 inspection 其中 （result 为 poor） ≥ 5 且 非 order 为 closed
    则 closed
    可因下列情形成立
    - inspection 其中 result 为 poor
    - order 变动
";
    assert!(text.contains(wanted), "{text}");
}

#[test]
fn every_plan_can_be_written_in_both_languages() {
    for known in POLICIES.iter() {
        let (path, plan) = (&known.path, &known.plan);
        for lang in [Lang::En, Lang::Zh] {
            let text = plan.to_text(lang);
            let bounds = plan.bounds_to_text(lang);
            let rules = text
                .lines()
                .filter(|line| line.starts_with("  rule ") || line.starts_with("  规则 "));
            assert_eq!(rules.count(), plan.rules.len(), "{}", path.display());
            // A field or attribute whose name is not known is written by its number.
            let mut lines = text.lines().chain(bounds.lines());
            let nameless = lines.find(|line| line.contains('#'));
            assert_eq!(nameless, None, "{}", path.display());
        }
    }
}
