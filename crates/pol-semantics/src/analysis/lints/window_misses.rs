//! POL0420: a window shorter than the step at which it is looked at.

use super::schedule::Step;
use crate::hir::{Aggregate, Expr, ExprKind, PointBase, Policy, Rule, Trigger, Window};
use pol_syntax::{Code, Diagnostic, Text};

pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    policy
        .rules
        .iter()
        .filter_map(|rule| {
            let looks = looks(rule)?;
            let mut missing = Vec::new();
            aggregates(rule.condition.as_ref()?, &mut missing);
            let missed = missing.into_iter().find(|aggregate| {
                aggregate.windows.iter().any(|window| match window {
                    Window::In(period) => Step::of(period).is_some_and(|window| window < looks),
                    _ => false,
                })
            })?;
            Some(report(rule, missed))
        })
        .collect()
}

/// The period at each of whose ends the rule looks, and at no other time.
fn looks(rule: &Rule) -> Option<Step> {
    let Trigger::At(points) = &rule.trigger else {
        return None;
    };
    match points.as_slice() {
        [point] if point.offsets.is_empty() => match &point.base {
            PointBase::EndOfEach(period) => Step::of(period),
            _ => None,
        },
        _ => None,
    }
}

fn aggregates<'e>(expr: &'e Expr, found: &mut Vec<&'e Aggregate>) {
    match &expr.kind {
        ExprKind::Aggregate(aggregate) => found.push(aggregate),
        ExprKind::Not(inner) | ExprKind::Negate(inner) => aggregates(inner, found),
        ExprKind::Binary(_, left, right) => {
            aggregates(left, found);
            aggregates(right, found);
        }
        _ => {}
    }
}

fn report(rule: &Rule, missed: &Aggregate) -> Diagnostic {
    let name = &rule.named.name;
    Diagnostic::warning(
        Code::WINDOW_MISSES,
        Text::new(
            format!("`{name}` looks less often than its window turns"),
            format!("`{name}`查看的间隔比窗口长"),
        ),
        missed.over.span,
        Text::new(
            "what happens in the windows before the last one is never seen",
            "最后一个窗口之前发生的，永远看不到",
        ),
    )
    .with_label(
        rule.named.span,
        Text::new(
            "looks at the end of a longer period",
            "在更长时段结束时才看",
        ),
    )
    .with_help(Text::new(
        "look at the end of the window's own period, or count in the longer one",
        "请改在窗口本身的时段结束时看，或改用更长的窗口",
    ))
}
