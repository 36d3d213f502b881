//! POL0410: a status that no rule enters. POL0411: a status that no rule takes a subject down from.

use crate::hir::{Action, ExprKind, Ladder, Policy};
use pol_model::{LadderIx, Value};
use pol_syntax::{Code, Diagnostic, Severity, Text};
use std::collections::BTreeSet;

pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    // A policy without rules has only just been begun.
    if policy.rules.is_empty() {
        return Vec::new();
    }
    (0..)
        .map(LadderIx)
        .zip(&policy.ladders)
        .flat_map(|(ix, ladder)| {
            let entered = entered(policy, ix);
            let mut findings = never_entered(policy, ladder, &entered);
            findings.extend(never_left(policy, ladder, &entered));
            findings
        })
        .collect()
}

/// The statuses that rules can bring a subject to.
pub(super) fn entered(policy: &Policy, ladder: LadderIx) -> BTreeSet<u16> {
    let statuses = policy.ladders[ladder.at()].statuses;
    let count = policy.enums[statuses.at()].values.len();
    let mut entered = BTreeSet::new();
    for action in policy
        .rules
        .iter()
        .flat_map(|rule| rule.then.iter().chain(&rule.otherwise))
    {
        match action {
            Action::Status(of, status) if *of == ladder => {
                entered.insert(*status);
            }
            Action::Set(of, value) if *of == ladder => match value.kind {
                ExprKind::Const(Value::Symbol(_, status)) => {
                    entered.insert(status);
                }
                _ => entered.extend((0..count).filter_map(|at| u16::try_from(at).ok())),
            },
            Action::Status(..)
            | Action::Set(..)
            | Action::Impose(_)
            | Action::End(_)
            | Action::Event(..) => {}
        }
    }
    entered
}

fn never_entered(policy: &Policy, ladder: &Ladder, entered: &BTreeSet<u16>) -> Vec<Diagnostic> {
    let values = &policy.enums[ladder.statuses.at()].values;
    (0..)
        .zip(values)
        .skip(1)
        .filter(|(at, _)| !entered.contains(at))
        .map(|(_, status)| {
            let name = &status.name;
            Diagnostic::warning(
                Code::STATUS_NEVER_ENTERED,
                Text::new(
                    format!("no rule ever issues `{name}`"),
                    format!("没有规则会发出`{name}`"),
                ),
                status.span,
                Text::new("nobody can come to stand here", "没有对象会到这一档"),
            )
            .with_help(Text::new(
                format!("write a rule with `then {name}`, or leave the status out"),
                format!("请写一条`则 {name}`的规则，或去掉这一档"),
            ))
        })
        .collect()
}

/// A ladder of one step is a mark, which may be meant to stay.
fn never_left(policy: &Policy, ladder: &Ladder, entered: &BTreeSet<u16>) -> Option<Diagnostic> {
    let values = &policy.enums[ladder.statuses.at()].values;
    let lowest = *entered.first()?;
    let (at, stuck) = (0..)
        .zip(values)
        .skip(1)
        .find(|(at, _)| entered.contains(at))
        .filter(|(at, _)| *at == lowest)?;
    let bottom = values.first()?;
    if values.len() < 3 {
        return None;
    }
    let (name, bottom, ladder) = (&stuck.name, &bottom.name, &ladder.named.name);
    let above = values.get(usize::from(at) + 1).is_some();
    let whence = if above {
        Text::new(
            format!("from `{name}` and above it"),
            format!("从`{name}`及以上"),
        )
    } else {
        Text::new(format!("from `{name}`"), format!("从`{name}`"))
    };
    let advice = Diagnostic::warning(
        Code::STATUS_NEVER_LEFT,
        Text::new(
            format!("no rule takes a subject down {} to `{bottom}`", whence.en),
            format!("没有规则让对象{}回到`{bottom}`", whence.zh),
        ),
        stuck.span,
        Text::new("whoever comes here stays", "到了这一档就下不来"),
    );
    Some(Diagnostic {
        severity: Severity::Advice,
        ..advice.with_help(Text::new(
            format!("if that is not meant, write a rule with `then {bottom}` for `{ladder}`"),
            format!("若非本意，请为`{ladder}`写一条`则 {bottom}`的规则"),
        ))
    })
}
