//! Faults that an evaluator may have in how it understands conditions, counts, windows and events.

use super::places::{
    DAY, Fault, HALF, MONTH, QUARTER, WEEK, YEAR, aggregates, constant, duty_states, exprs, fields,
    first_only, functions, held, last, lengths, no_window, op, patterns, periods, places, sources,
    unwrapped, windows,
};
use super::walk::Place;
use pol::hir::{ActState, BinaryOp, EventSource, ExprKind, FieldKey, Function, Period, Window};
use pol_calendar::CycleLength;
use pol_model::{Number, Value};

/// All of them.
pub(super) const FAULTS: &[Fault] = &[
    ("at least is more", |it| op(it, BinaryOp::Ge, BinaryOp::Gt)),
    ("at least is at most", |it| {
        op(it, BinaryOp::Ge, BinaryOp::Le)
    }),
    ("more is at least", |it| op(it, BinaryOp::Gt, BinaryOp::Ge)),
    ("less is at most", |it| op(it, BinaryOp::Lt, BinaryOp::Le)),
    ("at most is less", |it| op(it, BinaryOp::Le, BinaryOp::Lt)),
    ("is becomes is not", |it| {
        op(it, BinaryOp::Is, BinaryOp::IsNot)
    }),
    ("is not becomes is", |it| {
        op(it, BinaryOp::IsNot, BinaryOp::Is)
    }),
    ("and is or", |it| op(it, BinaryOp::And, BinaryOp::Or)),
    ("or is and", |it| op(it, BinaryOp::Or, BinaryOp::And)),
    ("plus is minus", |it| op(it, BinaryOp::Add, BinaryOp::Sub)),
    ("minus is plus", |it| op(it, BinaryOp::Sub, BinaryOp::Add)),
    ("times is plus", |it| op(it, BinaryOp::Mul, BinaryOp::Add)),
    ("divided is times", |it| {
        op(it, BinaryOp::Div, BinaryOp::Mul)
    }),
    ("not is left out", |it| {
        unwrapped(it, |kind| match kind {
            ExprKind::Not(inner) => Some(inner),
            _ => None,
        })
    }),
    ("the sign is left out", |it| {
        unwrapped(it, |kind| match kind {
            ExprKind::Negate(inner) => Some(inner),
            _ => None,
        })
    }),
    ("held is left out", |it| {
        unwrapped(it, |kind| match kind {
            ExprKind::Held(inner, _) => Some(inner),
            _ => None,
        })
    }),
    ("held one longer", |it| held(it, 1)),
    ("held one shorter", |it| held(it, -1)),
    ("every length one longer", |it| lengths(it, 1)),
    ("every length one shorter", |it| lengths(it, -1)),
    ("rolling one longer", |it| last(it, 1)),
    ("rolling one shorter", |it| last(it, -1)),
    ("in force is never", |it| {
        constant(it, |kind| matches!(kind, ExprKind::InForce(_)), false)
    }),
    ("in force is always", |it| {
        constant(it, |kind| matches!(kind, ExprKind::InForce(_)), true)
    }),
    ("during is never", |it| {
        constant(it, |kind| matches!(kind, ExprKind::During(_)), false)
    }),
    ("during is always", |it| {
        constant(it, |kind| matches!(kind, ExprKind::During(_)), true)
    }),
    ("higher is lower", |it| {
        exprs(it, |expr| match &expr.kind {
            ExprKind::Higher(values) => {
                expr.kind = ExprKind::Lower(values.clone());
                true
            }
            _ => false,
        })
    }),
    ("lower is higher", |it| {
        exprs(it, |expr| match &expr.kind {
            ExprKind::Lower(values) => {
                expr.kind = ExprKind::Higher(values.clone());
                true
            }
            _ => false,
        })
    }),
    ("only the first of a list", |it| {
        exprs(it, |expr| match &mut expr.kind {
            ExprKind::In(_, among) => first_only(among),
            _ => false,
        })
    }),
    ("a number is one more", |it| {
        exprs(it, |expr| {
            if let ExprKind::Const(Value::Number(number)) = &mut expr.kind
                && let Some(more) = number.plus(Number::whole(1))
            {
                *number = more;
                return true;
            }
            false
        })
    }),
    ("a date is a day later", |it| {
        exprs(it, |expr| {
            if let ExprKind::Const(Value::Date(day)) = &mut expr.kind
                && let Some(next) = day.succ_opt()
            {
                *day = next;
                return true;
            }
            false
        })
    }),
    ("a value of an enumeration is another", |it| {
        exprs(it, |expr| {
            if let ExprKind::Const(Value::Symbol(_, place)) = &mut expr.kind {
                *place = u16::from(*place == 0);
                return true;
            }
            false
        })
    }),
    ("an attribute is another's", |it| {
        exprs(it, |expr| {
            if let ExprKind::FieldAttr(_, attribute) = expr.kind
                && let pol::hir::Type::Enum(_) = expr.ty
            {
                expr.kind = ExprKind::Attr(pol_model::KindIx(0), attribute);
                return true;
            }
            false
        })
    }),
    ("a rank from the other end", |it| {
        places(it, |place| {
            if let Place::Rank(rank) = place {
                rank.from_last = !rank.from_last;
                return true;
            }
            false
        })
    }),
    ("a rank among all", |it| {
        places(it, |place| match place {
            Place::Rank(rank) => rank.filter.take().is_some(),
            _ => false,
        })
    }),
    ("a share is a count", |it| {
        exprs(it, |expr| match &expr.kind {
            ExprKind::Share(kind, inner) => {
                expr.kind = ExprKind::Members(*kind, inner.clone());
                true
            }
            _ => false,
        })
    }),
    ("a count of members is a share", |it| {
        exprs(it, |expr| match &expr.kind {
            ExprKind::Members(kind, inner) => {
                expr.kind = ExprKind::Share(*kind, inner.clone());
                true
            }
            _ => false,
        })
    }),
    ("distinct is a count", |it| {
        functions(it, |of| {
            matches!(of, Function::Distinct(_)).then_some(Function::Count)
        })
    }),
    ("same is a count", |it| {
        functions(it, |of| {
            matches!(of, Function::Same(_)).then_some(Function::Count)
        })
    }),
    ("a count is a run", |it| {
        aggregates(it, |aggregate| {
            let narrowed = aggregate.over.filter.is_some();
            let changed = narrowed && aggregate.function == Function::Count;
            if changed {
                aggregate.function = Function::Run;
            }
            changed
        })
    }),
    ("a run is a count", |it| {
        functions(it, |of| {
            matches!(of, Function::Run).then_some(Function::Count)
        })
    }),
    ("distinct is same", |it| {
        functions(it, |of| match of {
            Function::Distinct(field) => Some(Function::Same(field.clone())),
            _ => None,
        })
    }),
    ("same is distinct", |it| {
        functions(it, |of| match of {
            Function::Same(field) => Some(Function::Distinct(field.clone())),
            _ => None,
        })
    }),
    ("a sum is the highest", |it| {
        functions(it, |of| match of {
            Function::Sum(field) => Some(Function::Max(field.clone())),
            _ => None,
        })
    }),
    ("the highest is the latest", |it| {
        functions(it, |of| match of {
            Function::Max(field) => Some(Function::Latest(field.clone())),
            _ => None,
        })
    }),
    ("no window by period", |it| {
        no_window(it, |of| matches!(of, Window::In(_)))
    }),
    ("no window of the previous period", |it| {
        no_window(it, |of| matches!(of, Window::Previous(_)))
    }),
    ("no window of any period", |it| {
        no_window(it, |of| matches!(of, Window::AnyPeriod(_)))
    }),
    ("no window of any span", |it| {
        no_window(it, |of| matches!(of, Window::AnySpan(_)))
    }),
    ("no rolling window", |it| {
        no_window(it, |of| matches!(of, Window::Last(_)))
    }),
    ("no window of last events", |it| {
        no_window(it, |of| matches!(of, Window::LastEvents(..)))
    }),
    ("no window by phase", |it| {
        no_window(it, |of| matches!(of, Window::During(_)))
    }),
    ("no since an event", |it| {
        no_window(it, |of| matches!(of, Window::Since(_)))
    }),
    ("no since last time", |it| {
        no_window(it, |of| matches!(of, Window::SinceLastTime))
    }),
    ("the previous period is the present", |it| {
        windows(it, |of| match of {
            Window::Previous(period) => Some(Window::In(period.clone())),
            _ => None,
        })
    }),
    ("the present period is the previous", |it| {
        windows(it, |of| match of {
            Window::In(period) => Some(Window::Previous(period.clone())),
            _ => None,
        })
    }),
    ("any period is the present", |it| {
        windows(it, |of| match of {
            Window::AnyPeriod(period) => Some(Window::In(period.clone())),
            _ => None,
        })
    }),
    ("the present period is any", |it| {
        windows(it, |of| match of {
            Window::In(period) => Some(Window::AnyPeriod(period.clone())),
            _ => None,
        })
    }),
    ("any span is the last", |it| {
        windows(it, |of| match of {
            Window::AnySpan(length) => Some(Window::Last(length.clone())),
            _ => None,
        })
    }),
    ("a day is a week", |it| periods(it, DAY, WEEK)),
    ("a week is a month", |it| periods(it, WEEK, MONTH)),
    ("a month is a quarter", |it| periods(it, MONTH, QUARTER)),
    ("a quarter is a month", |it| periods(it, QUARTER, MONTH)),
    ("a half is a quarter", |it| periods(it, HALF, QUARTER)),
    ("a year is a quarter", |it| periods(it, YEAR, QUARTER)),
    ("a cycle starts a day later", |it| {
        places(it, |place| {
            if let Place::Period(Period::Calendar(pol_calendar::Period::Cycle { anchor, .. })) =
                place
                && let Some(next) = anchor.succ_opt()
            {
                *anchor = next;
                return true;
            }
            false
        })
    }),
    ("a cycle has no months", |it| {
        places(it, |place| {
            if let Place::Period(Period::Calendar(pol_calendar::Period::Cycle { length, .. })) =
                place
                && let CycleLength::Months(months) = *length
            {
                *length = CycleLength::Days(months.saturating_mul(
                    std::num::NonZeroU32::new(30).unwrap_or(std::num::NonZeroU32::MIN),
                ));
                return true;
            }
            false
        })
    }),
    ("what events must satisfy is left out", |it| {
        patterns(it, |pattern| pattern.filter.take().is_some())
    }),
    ("within it is left out", |it| {
        patterns(it, |pattern| std::mem::take(&mut pattern.within_it))
    }),
    ("within it everywhere", |it| {
        patterns(it, |pattern| {
            !std::mem::replace(&mut pattern.within_it, true)
        })
    }),
    ("a lost act is the act", |it| {
        sources(it, |of| match of {
            EventSource::Lost(act) => Some((**act).clone()),
            _ => None,
        })
    }),
    ("a status is any of its ladder", |it| {
        sources(it, |of| match of {
            EventSource::Status(ladder, _) => Some(EventSource::Ladder(*ladder)),
            _ => None,
        })
    }),
    ("any of a ladder is its bottom", |it| {
        sources(it, |of| match of {
            EventSource::Ladder(ladder) => Some(EventSource::Status(*ladder, 0)),
            _ => None,
        })
    }),
    ("owed is met", |it| {
        duty_states(it, ActState::Owed, ActState::Met)
    }),
    ("met is missed", |it| {
        duty_states(it, ActState::Met, ActState::Missed)
    }),
    ("missed is owed", |it| {
        duty_states(it, ActState::Missed, ActState::Owed)
    }),
    ("released is missed", |it| {
        duty_states(it, ActState::Released, ActState::Missed)
    }),
    ("was is now", |it| {
        fields(it, &FieldKey::Was, &FieldKey::Now)
    }),
    ("now is was", |it| {
        fields(it, &FieldKey::Now, &FieldKey::Was)
    }),
    ("happened is recorded", |it| {
        fields(it, &FieldKey::Date, &FieldKey::Recorded)
    }),
    ("recorded is happened", |it| {
        fields(it, &FieldKey::Recorded, &FieldKey::Date)
    }),
    ("the last day is the first", |it| {
        fields(it, &FieldKey::LastDay, &FieldKey::Date)
    }),
];
