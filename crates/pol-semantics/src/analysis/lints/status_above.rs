//! POL0416: `then S` that can meet a standing above S.

use super::Reads;
use super::ladder_moves::entered;
use super::possible::Subject;
use crate::hir::{Action, EventSource, ExprKind, FieldKey, Pattern, Policy, Rule, Trigger};
use pol_model::LadderIx;
use pol_syntax::{Code, Diagnostic, Severity, Text};
use std::collections::BTreeSet;

pub(super) fn check(policy: &Policy, reads: &Reads<'_>) -> Vec<Diagnostic> {
    let ladders = (0..).map(LadderIx).take(policy.ladders.len());
    let entered: Vec<_> = ladders.map(|ladder| entered(policy, ladder)).collect();
    let mut findings = Vec::new();
    for rule in &policy.rules {
        for action in rule.then.iter().chain(&rule.otherwise) {
            // The bottom status takes off the ladder from wherever the subject stands.
            if let Action::Status(ladder, status @ 1..) = action {
                let entered = entered[ladder.at()].iter().copied();
                let above = entered.filter(|entered| entered > status).collect();
                findings.extend(meets(policy, reads, rule, (*ladder, *status), above));
            }
        }
    }
    findings
}

/// The finding that a rule can issue a status at one of the standings above it, if it can.
fn meets(
    policy: &Policy,
    reads: &Reads<'_>,
    rule: &Rule,
    (ladder, status): (LadderIx, u16),
    above: BTreeSet<u16>,
) -> Option<Diagnostic> {
    let statuses = policy.ladders[ladder.at()].statuses;
    let standing = Subject {
        is: ExprKind::Standing(ladder),
        values: statuses,
    };
    let mut may = above;
    let watched = match &rule.trigger {
        Trigger::When(condition) | Trigger::While(condition) => Some(condition),
        Trigger::On(patterns) => {
            let from = patterns
                .iter()
                .flat_map(|pattern| left_by(policy, pattern, ladder, &standing));
            may = &may & &from.collect();
            None
        }
        Trigger::At(_) | Trigger::After(..) => None,
    };
    for condition in watched.into_iter().chain(&rule.condition) {
        may = &may & &standing.possible(policy, condition).may;
    }
    let above = *may.first()?;
    let values = &policy.enums[statuses.at()].values;
    let name = &values.get(usize::from(status))?.name;
    let above = &values.get(usize::from(above))?.name;
    let ladder_name = &policy.ladders[ladder.at()].named.name;
    let event = EventSource::Status(ladder, status);
    let heard = reads.counted.contains(&event) || reads.awaited.contains(&event);
    let warning = Diagnostic::warning(
        Code::STATUS_ABOVE,
        Text::new(
            format!("this rule can issue `{name}` to one that stands at `{above}`"),
            format!("此规则可能对处于`{above}`的对象发出`{name}`"),
        ),
        rule.named.span,
        Text::new(
            format!("does not ask how high `{ladder_name}` is"),
            format!("没有问`{ladder_name}`处于哪一档"),
        ),
    )
    .with_help(Text::new(
        format!(
            "the standing stays `{above}`, yet a `{name}` happens; ask for `{ladder_name} <= \
             {name}` if that is not meant"
        ),
        format!(
            "状态仍为`{above}`，但会记下一次`{name}`；若非本意，请加上条件`{ladder_name} ≤ {name}`"
        ),
    ));
    Some(Diagnostic {
        severity: if heard {
            Severity::Warning
        } else {
            Severity::Advice
        },
        ..warning
    })
}

/// The standings that an event may find or leave. An issue of a status from below it leaves just
/// that; any other event may come at any standing.
fn left_by(
    policy: &Policy,
    pattern: &Pattern,
    ladder: LadderIx,
    standing: &Subject,
) -> BTreeSet<u16> {
    let all = standing.all(policy);
    let EventSource::Status(of, status) = &pattern.source else {
        return all;
    };
    let (true, Some(filter)) = (*of == ladder, &pattern.filter) else {
        return all;
    };
    let was = Subject {
        is: ExprKind::Field(FieldKey::Was),
        values: standing.values,
    };
    let before = was.possible(policy, filter).may;
    if before.iter().all(|was| was <= status) {
        all.into_iter().filter(|now| now <= status).collect()
    } else {
        all
    }
}
