//! Changes of all places of one sort in a policy, for faults to be planted.

use super::walk::{Place, Walk};
use pol::hir::{
    ActState, Action, Aggregate, BinaryOp, EventSource, Expr, ExprKind, Extent, FieldKey, Function,
    Pattern, Period, Point, Policy, Window,
};
use pol_calendar::Duration;
use pol_model::Value;

/// A fault: it changes a policy, and says whether there was anything to change.
pub(super) type Fault = (&'static str, fn(&mut Policy) -> bool);

pub(super) fn places(policy: &mut Policy, mut change: impl FnMut(Place<'_>) -> bool) -> bool {
    let mut changed = false;
    Walk(&mut |place| changed |= change(place)).policy(policy);
    changed
}

pub(super) fn exprs(policy: &mut Policy, mut change: impl FnMut(&mut Expr) -> bool) -> bool {
    places(policy, |place| match place {
        Place::Expr(expr) => change(expr),
        _ => false,
    })
}

pub(super) fn op(policy: &mut Policy, from: BinaryOp, to: BinaryOp) -> bool {
    exprs(policy, |expr| {
        if let ExprKind::Binary(op, ..) = &mut expr.kind
            && *op == from
        {
            *op = to;
            return true;
        }
        false
    })
}

pub(super) fn aggregates(
    policy: &mut Policy,
    mut change: impl FnMut(&mut Aggregate) -> bool,
) -> bool {
    places(policy, |place| match place {
        Place::Aggregate(one) => change(one),
        _ => false,
    })
}

pub(super) fn windows(
    policy: &mut Policy,
    mut change: impl FnMut(&Window) -> Option<Window>,
) -> bool {
    aggregates(policy, |aggregate| {
        let mut changed = false;
        for window in &mut aggregate.windows {
            if let Some(other) = change(window) {
                *window = other;
                changed = true;
            }
        }
        changed
    })
}

pub(super) fn no_window(policy: &mut Policy, gone: fn(&Window) -> bool) -> bool {
    aggregates(policy, |aggregate| {
        let before = aggregate.windows.len();
        aggregate.windows.retain(|window| !gone(window));
        aggregate.windows.len() < before
    })
}

pub(super) fn patterns(policy: &mut Policy, mut change: impl FnMut(&mut Pattern) -> bool) -> bool {
    places(policy, |place| match place {
        Place::Pattern(one) => change(one),
        _ => false,
    })
}

pub(super) fn points(policy: &mut Policy, mut change: impl FnMut(&mut Point) -> bool) -> bool {
    places(policy, |place| match place {
        Place::Point(one) => change(one),
        _ => false,
    })
}

pub(super) fn periods(
    policy: &mut Policy,
    from: pol_calendar::Period,
    to: pol_calendar::Period,
) -> bool {
    places(policy, |place| {
        if let Place::Period(Period::Calendar(period)) = place
            && *period == from
        {
            *period = to;
            return true;
        }
        false
    })
}

pub(super) fn fields(policy: &mut Policy, from: &FieldKey, to: &FieldKey) -> bool {
    exprs(policy, |expr| {
        if let ExprKind::Field(key) = &mut expr.kind
            && key == from
        {
            key.clone_from(to);
            return true;
        }
        false
    })
}

pub(super) fn functions(policy: &mut Policy, change: fn(&Function) -> Option<Function>) -> bool {
    aggregates(policy, |aggregate| match change(&aggregate.function) {
        Some(other) => {
            aggregate.function = other;
            true
        }
        None => false,
    })
}

pub(super) fn sources(
    policy: &mut Policy,
    change: fn(&EventSource) -> Option<EventSource>,
) -> bool {
    patterns(policy, |pattern| match change(&pattern.source) {
        Some(other) => {
            pattern.source = other;
            true
        }
        None => false,
    })
}

/// Every fixed length of time in places of one sort, changed.
pub(super) fn longer(length: &mut Expr, by: i64) -> bool {
    let ExprKind::Const(Value::Duration(duration)) = &mut length.kind else {
        return false;
    };
    let (Duration::Days(count)
    | Duration::Weeks(count)
    | Duration::Months(count)
    | Duration::Years(count)
    | Duration::WorkingDays { count, .. }) = duration;
    let changed = i64::from(*count) + by;
    match u32::try_from(changed) {
        Ok(changed) if changed > 0 => *count = changed,
        _ => return false,
    }
    true
}

pub(super) fn lengths(policy: &mut Policy, by: i64) -> bool {
    places(policy, |place| match place {
        Place::Length(one) => longer(one, by),
        _ => false,
    })
}

pub(super) fn held(policy: &mut Policy, by: i64) -> bool {
    exprs(policy, |expr| match &mut expr.kind {
        ExprKind::Held(_, length) => longer(length, by),
        _ => false,
    })
}

pub(super) fn last(policy: &mut Policy, by: i64) -> bool {
    aggregates(policy, |aggregate| {
        let mut changed = false;
        for window in &mut aggregate.windows {
            changed |= match window {
                Window::Last(length) => longer(length, by),
                _ => false,
            };
        }
        changed
    })
}

pub(super) fn extents(
    policy: &mut Policy,
    mut change: impl FnMut(&mut Option<Extent>) -> bool,
) -> bool {
    places(policy, |place| match place {
        Place::Imposition(one) => change(&mut one.extent),
        _ => false,
    })
}

pub(super) fn actions(
    policy: &mut Policy,
    mut change: impl FnMut(&mut Vec<Action>) -> bool,
) -> bool {
    places(policy, |place| match place {
        Place::Actions(one) => change(one),
        _ => false,
    })
}

pub(super) fn unwrapped(
    policy: &mut Policy,
    of: fn(&mut ExprKind) -> Option<&mut Box<Expr>>,
) -> bool {
    exprs(policy, |expr| {
        match of(&mut expr.kind).map(|inner| (**inner).clone()) {
            Some(inner) => {
                *expr = inner;
                true
            }
            None => false,
        }
    })
}

pub(super) fn constant(policy: &mut Policy, of: fn(&ExprKind) -> bool, holds: bool) -> bool {
    exprs(policy, |expr| {
        let found = of(&expr.kind);
        if found {
            expr.kind = ExprKind::Const(Value::Bool(holds));
        }
        found
    })
}

pub(super) fn rules(
    policy: &mut Policy,
    mut change: impl FnMut(&mut pol::hir::Rule) -> bool,
) -> bool {
    let mut changed = false;
    for rule in &mut policy.rules {
        changed |= change(rule);
    }
    changed
}

pub(super) fn duties(
    policy: &mut Policy,
    mut change: impl FnMut(&mut pol::hir::Duty) -> bool,
) -> bool {
    let mut changed = false;
    for duty in &mut policy.duties {
        changed |= change(duty);
    }
    changed
}

pub(super) fn duty_states(policy: &mut Policy, from: ActState, to: ActState) -> bool {
    patterns(policy, |pattern| {
        if let EventSource::Duty(_, state) = &mut pattern.source
            && *state == from
        {
            *state = to;
            return true;
        }
        false
    })
}

/// Empties a list.
pub(super) fn emptied<T>(list: &mut Vec<T>) -> bool {
    let changed = !list.is_empty();
    list.clear();
    changed
}

/// Leaves out all but the first.
pub(super) fn first_only<T>(list: &mut Vec<T>) -> bool {
    let changed = list.len() > 1;
    list.truncate(1);
    changed
}

pub(super) const WEEK: pol_calendar::Period = pol_calendar::Period::Week;
pub(super) const MONTH: pol_calendar::Period = pol_calendar::Period::Month;
pub(super) const QUARTER: pol_calendar::Period = pol_calendar::Period::Quarter;
pub(super) const HALF: pol_calendar::Period = pol_calendar::Period::Half;
pub(super) const YEAR: pol_calendar::Period = pol_calendar::Period::Year;
pub(super) const DAY: pol_calendar::Period = pol_calendar::Period::Day;
