//! POL0402: clauses of a rule that do not go together.
//!
//! A `while` rule has no firing: its outcomes are in force on exactly the days at whose close the
//! condition holds. So nothing of it can be decided, refused or counted again, it issues nothing,
//! and how long an outcome lasts is said already. And only what a body decides can be refused.

use crate::hir::{Action, Policy, Rule, Trigger};
use pol_syntax::{Code, Diagnostic, Text};

pub(super) fn clauses(policy: &Policy) -> Vec<Diagnostic> {
    policy.rules.iter().filter_map(disagreement).collect()
}

fn disagreement(rule: &Rule) -> Option<Diagnostic> {
    let interval = matches!(rule.trigger, Trigger::While(_));
    let only_imposes = rule.then.iter().all(|action| match action {
        Action::Impose(_) => true,
        Action::Status(..) | Action::Set(..) | Action::End(_) | Action::Event(..) => false,
    });
    let limited = rule.then.iter().any(|action| match action {
        Action::Impose(imposition) => imposition.extent.is_some(),
        Action::Status(..) | Action::Set(..) | Action::End(_) | Action::Event(..) => false,
    });
    let (message, help) = if !rule.otherwise.is_empty() && rule.decided_by.is_none() {
        (
            Text::new(
                "`otherwise` stands in a rule that nobody decides",
                "此规则无需决定，却写了`否则`",
            ),
            Text::new(
                "say who decides (`decided by BODY`), or leave `otherwise` out",
                "请写明由谁决定（`由 机构 决定`），或去掉`否则`",
            ),
        )
    } else if interval && (rule.decided_by.is_some() || rule.counting_again) {
        (
            Text::new(
                "a `while` rule is not decided and does not count: it holds as long as its condition",
                "`在 … 期间`的规则不经决定、也不计数：条件成立就有效",
            ),
            Text::new(
                "leave that clause out, or let the rule fire: `when …`",
                "请去掉这一条款，或让规则触发：`当 …`",
            ),
        )
    } else if interval && !only_imposes {
        (
            Text::new(
                "a `while` rule can only keep outcomes in force",
                "`在 … 期间`的规则只能使结果有效",
            ),
            Text::new(
                "statuses and events are issued when something becomes true: write `when …`",
                "状态和事项是在某个条件成立时发出的：请写`当 …`",
            ),
        )
    } else if interval && limited {
        (
            Text::new(
                "an outcome of a `while` rule lasts as long as its condition",
                "`在 … 期间`的结果，条件成立多久就有效多久",
            ),
            Text::new(
                "leave `for` or `until` out, or let the rule fire: `when …`",
                "请去掉`为期`或`至`，或让规则触发：`当 …`",
            ),
        )
    } else {
        return None;
    };
    let label = Text::new("in this rule", "在此规则中");
    let error = Diagnostic::error(Code::CLAUSES, message, rule.named.span, label);
    Some(error.with_help(help))
}
