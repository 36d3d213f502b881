//! Comparing and reckoning with quantities that may not be known to the last: the manual, chapter
//! "How a policy runs", "Unknown is neither yes nor no".

use crate::{Between, Cause, EntryIx, EnumIx, Number, Quantity, Tri, Truth, Value};
use pol_calendar::{Calendars, Date, DateError, Duration};
use std::cmp::Ordering;

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparison {
    /// The same.
    Is,
    /// Not the same.
    IsNot,
    /// Less.
    Lt,
    /// Not more.
    Le,
    /// More.
    Gt,
    /// Not less.
    Ge,
}

/// What is reckoned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Arithmetic {
    /// A sum.
    Add,
    /// A difference.
    Sub,
    /// A product.
    Mul,
    /// A quotient.
    Div,
}

/// The day that lies a duration after another.
///
/// # Errors
/// What the calendar lacks, or a day that it does not reach.
pub fn later(date: Date, duration: Duration, calendars: &Calendars) -> Result<Date, Cause> {
    pol_calendar::add(date, duration, calendars).map_err(cause)
}

/// The day that lies a duration before another.
///
/// # Errors
/// What the calendar lacks, or a day that it does not reach.
pub fn earlier(date: Date, duration: Duration, calendars: &Calendars) -> Result<Date, Cause> {
    pol_calendar::sub(date, duration, calendars).map_err(cause)
}

fn cause(error: DateError) -> Cause {
    match error {
        DateError::MissingYear(missing) => Cause::MissingYear {
            calendar: missing.calendar.clone(),
            year: missing.year,
        },
        DateError::OutOfRange { .. } | DateError::NoCalendar(_) => Cause::DateRange,
    }
}

/// Left and right put together: numbers; a date and a duration; two dates, in days; two values of a
/// scale, in steps; a value of a scale and steps, held at its ends, of which `top` gives the higher.
pub fn arithmetic(
    op: Arithmetic,
    left: Quantity,
    right: Quantity,
    entry: Option<EntryIx>,
    calendars: &Calendars,
    top: impl Fn(EnumIx) -> usize,
) -> Quantity {
    match (left, right) {
        (Quantity::Unknown(mut causes), Quantity::Unknown(more)) => {
            causes.extend(more);
            Quantity::Unknown(causes)
        }
        (Quantity::Unknown(causes), _) | (_, Quantity::Unknown(causes)) => {
            Quantity::Unknown(causes)
        }
        (Quantity::Known(Value::Date(date)), Quantity::Known(Value::Duration(duration))) => {
            let moved = if op == Arithmetic::Sub {
                earlier(date, duration, calendars)
            } else {
                later(date, duration, calendars)
            };
            moved.map_or_else(
                |cause| Quantity::Unknown(vec![cause]),
                |date| Quantity::Known(Value::Date(date)),
            )
        }
        (Quantity::Known(Value::Date(later)), Quantity::Known(Value::Date(earlier))) => {
            Quantity::number(Number::whole((later - earlier).num_days().into()))
        }
        (Quantity::Known(Value::Symbol(_, a)), Quantity::Known(Value::Symbol(_, b))) => {
            Quantity::number(Number::whole(i128::from(a) - i128::from(b)))
        }
        (Quantity::Known(Value::Symbol(scale, at)), Quantity::Known(Value::Number(steps))) => {
            let steps = steps.to_whole().unwrap_or(0);
            let steps = if op == Arithmetic::Sub {
                steps.saturating_neg()
            } else {
                steps
            };
            let place = i128::from(at)
                .saturating_add(steps)
                .clamp(0, i128::try_from(top(scale)).unwrap_or(0));
            Quantity::Known(Value::Symbol(scale, u16::try_from(place).unwrap_or(at)))
        }
        (left, right) => match (left.bounds(), right.bounds()) {
            (Ok(left), Ok(right)) => number_arithmetic(op, &left, &right, entry),
            (Err(causes), _) | (_, Err(causes)) => Quantity::Unknown(causes),
        },
    }
}

/// Compares two quantities. A comparison that a further entry could make false (under `not`: true)
/// is unknown while its window begins before the record does.
pub fn compare(op: Comparison, left: Quantity, right: Quantity, negative: bool) -> Truth {
    match (left, right) {
        (Quantity::Unknown(mut causes), Quantity::Unknown(more)) => {
            causes.extend(more);
            Truth::unknown(causes)
        }
        (Quantity::Unknown(causes), _) | (_, Quantity::Unknown(causes)) => Truth::unknown(causes),
        (Quantity::Known(left), Quantity::Known(right)) => Truth::of(holds(op, left.cmp(&right))),
        (left, right) => match (left.bounds(), right.bounds()) {
            (Ok(left), Ok(right)) => compare_bounds(op, &left, &right, negative),
            (Err(causes), _) | (_, Err(causes)) => Truth::unknown(causes),
        },
    }
}

const fn holds(op: Comparison, order: Ordering) -> bool {
    match op {
        Comparison::Is => order.is_eq(),
        Comparison::IsNot => order.is_ne(),
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
    }
}

fn compare_bounds(op: Comparison, left: &Between, right: &Between, negative: bool) -> Truth {
    let certain = |low: bool, high: bool| match (low, high) {
        (true, true) => Tri::Yes,
        (false, false) => Tri::No,
        _ => Tri::Unknown,
    };
    // The two extreme cases of an order comparison are the pairs of opposite ends.
    let tri = match op {
        Comparison::Is | Comparison::IsNot => {
            let apart = left.high < right.low || right.high < left.low;
            let same = left.low == left.high && right.low == right.high && left.low == right.low;
            let is = if apart {
                Tri::No
            } else if same {
                Tri::Yes
            } else {
                Tri::Unknown
            };
            if op == Comparison::Is {
                is
            } else {
                is.negated()
            }
        }
        _ => certain(
            holds(op, left.low.cmp(&right.high)),
            holds(op, left.high.cmp(&right.low)),
        ),
    };
    if tri == Tri::Unknown {
        return Truth::unknown(left.causes.iter().chain(&right.causes).cloned().collect());
    }
    // Entries from before the record can only raise a side whose window is not covered. Under `not`
    // the verdict in question is the opposite one.
    let asked = if negative { Tri::No } else { Tri::Yes };
    let overturned = |side: &Between, other: &Between, is_left: bool| match op {
        Comparison::Lt | Comparison::Le => is_left != negative,
        Comparison::Gt | Comparison::Ge => is_left == negative,
        _ => side.low <= other.high,
    };
    let open: Vec<Cause> = [(left, right, true), (right, left, false)]
        .into_iter()
        .filter(|(side, other, is_left)| tri == asked && overturned(side, other, *is_left))
        .filter_map(|(side, ..)| side.uncovered.clone())
        .collect();
    if open.is_empty() {
        Truth::known(tri)
    } else {
        Truth::unknown(open)
    }
}

fn number_arithmetic(
    op: Arithmetic,
    left: &Between,
    right: &Between,
    entry: Option<EntryIx>,
) -> Quantity {
    let exact = |between: &Between| between.low == between.high && between.uncovered.is_none();
    if op == Arithmetic::Div && right.low == Number::ZERO && right.high == Number::ZERO {
        return Quantity::Unknown(vec![Cause::DivisionByZero { entry }]);
    }
    if exact(left) && exact(right) {
        let result = match op {
            Arithmetic::Add => left.low.plus(right.low),
            Arithmetic::Sub => left.low.minus(right.low),
            Arithmetic::Mul => left.low.times(right.low),
            Arithmetic::Div => left.low.over(right.low),
        };
        return Quantity::or_unknown(result, Cause::Overflow);
    }
    let causes = || {
        left.causes
            .iter()
            .chain(&right.causes)
            .cloned()
            .collect::<Vec<_>>()
    };
    let uncovered = || left.uncovered.clone().or_else(|| right.uncovered.clone());
    let open = |low: Option<Number>, high: Option<Number>| match (low, high) {
        (Some(low), Some(high)) => Quantity::Between(Between {
            low,
            high,
            causes: causes(),
            uncovered: uncovered(),
        }),
        _ => Quantity::Unknown(vec![Cause::Overflow]),
    };
    let positive = |between: &Between| exact(between) && between.low > Number::ZERO;
    match op {
        Arithmetic::Add => open(left.low.plus(right.low), left.high.plus(right.high)),
        Arithmetic::Sub if exact(right) => {
            open(left.low.minus(right.low), left.high.minus(right.low))
        }
        Arithmetic::Mul if positive(right) => {
            open(left.low.times(right.low), left.high.times(right.low))
        }
        Arithmetic::Mul if positive(left) => {
            open(right.low.times(left.low), right.high.times(left.low))
        }
        Arithmetic::Div if positive(right) => {
            open(left.low.over(right.low), left.high.over(right.low))
        }
        _ => {
            let mut all = causes();
            all.extend(uncovered());
            Quantity::Unknown(all)
        }
    }
}
