//! POL0412: an outcome that nobody imposes.

use crate::hir::{Action, Policy};
use pol_model::OutcomeIx;
use pol_syntax::{Code, Diagnostic, Text};
use std::collections::BTreeSet;

pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    let imposed: BTreeSet<_> = policy
        .rules
        .iter()
        .flat_map(|rule| rule.then.iter().chain(&rule.otherwise))
        .filter_map(|action| match action {
            Action::Impose(imposition) => Some(imposition.outcome),
            Action::Status(..) | Action::Set(..) | Action::End(_) | Action::Event(..) => None,
        })
        .collect();
    (0..)
        .map(OutcomeIx)
        .zip(&policy.outcomes)
        .filter(|(ix, _)| !imposed.contains(ix))
        .map(|(_, outcome)| {
            let name = &outcome.named.name;
            Diagnostic::warning(
                Code::OUTCOME_NEVER_IMPOSED,
                Text::new(
                    format!("no rule imposes `{name}`"),
                    format!("没有规则会带来`{name}`"),
                ),
                outcome.named.span,
                Text::new("it never comes about", "它不会出现"),
            )
            .with_help(Text::new(
                format!("write a rule with `then {name}`, or leave the outcome out"),
                format!("请写一条`则 {name}`的规则，或去掉这一结果"),
            ))
        })
        .collect()
}
