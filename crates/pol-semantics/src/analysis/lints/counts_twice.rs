//! POL0415: a count that may count the same events twice and does not say so.
//!
//! Without `since last time` or `since E`, everything in the window counts, again and again. That
//! matters where a rule can fire twice while the window still holds what it counted:
//! - a scheduled rule whose window is longer than the time from one look to the next;
//! - a `when` rule whose window slides, or whose condition also asks for a standing or an outcome,
//!   which may go and come back while the window holds the same events;
//! - an `on` rule that counts other events than its trigger.
//!
//! An `on` rule that counts its own trigger is not reported: each firing has a new event, and that
//! the second and the third make two firings is what it says. Nor is a comparison with one, which
//! asks whether there is any; nor a window that starts anew with each look.

use super::happening::{happenings, written};
use super::schedule::{Step, step};
use crate::hir::{
    Aggregate, BinaryOp, DefineBody, Expr, ExprKind, Function, Point, Policy, Rule, Trigger, Window,
};
use pol_model::{Number, Value};
use pol_syntax::{Code, Diagnostic, Label, Severity, Text};
use std::collections::BTreeSet;

pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    policy
        .rules
        .iter()
        .filter(|rule| !rule.counting_again)
        .filter_map(|rule| report(policy, rule, &counted_twice(policy, rule)))
        .collect()
}

fn counted_twice<'p>(policy: &'p Policy, rule: &'p Rule) -> Vec<&'p Aggregate> {
    let mut counts = Counts {
        policy,
        found: Vec::new(),
        states: false,
    };
    let watched = match &rule.trigger {
        Trigger::When(condition) => Some(condition),
        Trigger::While(_) => return Vec::new(),
        Trigger::On(_) | Trigger::At(_) | Trigger::After(..) => None,
    };
    for condition in watched.into_iter().chain(&rule.condition) {
        counts.condition(condition);
    }
    let states = counts.states;
    counts
        .found
        .into_iter()
        .filter(|count| !starts_anew(count))
        .filter(|count| match &rule.trigger {
            Trigger::On(patterns) | Trigger::After(_, patterns, _) => {
                let own: BTreeSet<_> = patterns
                    .iter()
                    .flat_map(|pattern| happenings(policy, &pattern.source))
                    .collect();
                own.is_disjoint(&happenings(policy, &count.over.source))
            }
            Trigger::At(points) => overlaps(points, count),
            Trigger::When(_) => states || slides(count),
            Trigger::While(_) => false,
        })
        .collect()
}

fn starts_anew(count: &Aggregate) -> bool {
    count
        .windows
        .iter()
        .any(|window| matches!(window, Window::Since(_) | Window::SinceLastTime))
}

/// True if the window lets events go one by one, so that a threshold can be crossed again with some
/// of the old ones.
fn slides(count: &Aggregate) -> bool {
    count
        .windows
        .iter()
        .any(|window| matches!(window, Window::Last(_) | Window::LastEvents(..)))
}

/// True if two looks may see one event.
fn overlaps(points: &[Point], count: &Aggregate) -> bool {
    let Some(step) = step(points) else {
        return false;
    };
    !count.windows.iter().any(|window| match window {
        Window::In(period) | Window::Previous(period) => {
            Step::of(period).is_none_or(|window| window <= step)
        }
        Window::Last(span) => match span.kind {
            ExprKind::Const(Value::Duration(span)) => step.covers(span),
            _ => true,
        },
        Window::During(_) => true,
        Window::AnyPeriod(_)
        | Window::AnySpan(_)
        | Window::LastEvents(..)
        | Window::Since(_)
        | Window::SinceLastTime => false,
    })
}

/// The counts of a condition that must reach more than one.
struct Counts<'p> {
    policy: &'p Policy,
    found: Vec<&'p Aggregate>,
    /// True if the condition also asks for a standing or for an outcome in force.
    states: bool,
}

impl<'p> Counts<'p> {
    fn condition(&mut self, expr: &'p Expr) {
        match &expr.kind {
            ExprKind::Binary(BinaryOp::And | BinaryOp::Or, left, right) => {
                self.condition(left);
                self.condition(right);
            }
            ExprKind::Binary(op, left, right) => {
                match op {
                    BinaryOp::Ge | BinaryOp::Gt => self.reaches(*op, left, right),
                    BinaryOp::Le => self.reaches(BinaryOp::Ge, right, left),
                    BinaryOp::Lt => self.reaches(BinaryOp::Gt, right, left),
                    _ => {}
                }
                self.states |= asks_state(left) || asks_state(right);
            }
            ExprKind::Held(inner, _) => self.condition(inner),
            ExprKind::Define(define) => {
                if let DefineBody::Value(value) = &self.policy.defines[define.at()].body {
                    self.condition(value);
                }
            }
            ExprKind::InForce(_) => self.states = true,
            ExprKind::In(value, _) => self.states |= asks_state(value),
            ExprKind::Not(inner) => {
                // What must not be reached is not counted towards anything.
                let kept = self.found.len();
                self.condition(inner);
                self.found.truncate(kept);
            }
            _ => {}
        }
    }

    fn reaches(&mut self, op: BinaryOp, counted: &'p Expr, bound: &Expr) {
        match &counted.kind {
            ExprKind::Aggregate(aggregate) => {
                let any = match aggregate.function {
                    Function::Count | Function::Distinct(_) | Function::Same(_) => {
                        asks_for_any(op, bound)
                    }
                    Function::Sum(_) => false,
                    Function::Max(_) | Function::Latest(_) | Function::Run => true,
                };
                if !any {
                    self.found.push(aggregate);
                }
            }
            ExprKind::Binary(BinaryOp::Add, left, right) => {
                self.reaches(BinaryOp::Gt, left, counted);
                self.reaches(BinaryOp::Gt, right, counted);
            }
            ExprKind::Define(define) => {
                if let DefineBody::Value(value) = &self.policy.defines[define.at()].body {
                    self.reaches(op, value, bound);
                }
            }
            _ => {}
        }
    }
}

/// `>= 1` and `> 0` ask whether there is any.
fn asks_for_any(op: BinaryOp, bound: &Expr) -> bool {
    let ExprKind::Const(Value::Number(bound)) = bound.kind else {
        return false;
    };
    let least = i128::from(op == BinaryOp::Ge);
    bound <= Number::whole(least)
}

fn asks_state(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Standing(_) | ExprKind::InForce(_))
}

fn report(policy: &Policy, rule: &Rule, counts: &[&Aggregate]) -> Option<Diagnostic> {
    let labels: Vec<_> = counts
        .iter()
        .map(|count| {
            let what = written(policy, &count.over.source);
            Label {
                span: count.over.span,
                text: Text::new(
                    format!("may count a `{}` again that it counted before", what.en),
                    format!("可能再次计入已经计过的`{}`", what.zh),
                ),
            }
        })
        .collect();
    if labels.is_empty() {
        return None;
    }
    let name = &rule.named.name;
    Some(Diagnostic {
        code: Code::COUNTS_TWICE,
        severity: Severity::Warning,
        message: Text::new(
            format!("`{name}` can fire twice on the same events"),
            format!("`{name}`可能因同样的事项触发两次"),
        ),
        labels,
        help: Some(Text::new(
            "add `since last time` to the window if each event counts once, or `counting again` \
             to the rule if it counts every time",
            "若每个事项只计一次，请在窗口中加上`自 上次 以来`；若每次都计，请在规则中写`重复计数`",
        )),
    })
}
