//! Fixed values: numbers with their units, dates, spans of time, values of enumerations.

use crate::findings;
use crate::hir::{Enum, Policy, Type};
use crate::names::{Declared, Names, Space};
use crate::nearest::nearest;
use crate::types::common;
use pol_calendar::{CalendarIx, Duration, WorkingCalendar};
use pol_model::{EnumIx, Number, Value};
use pol_syntax::ast::{
    DurationLiteral, DurationUnit, Expr, ExprKind, Name, NumberLiteral, ShareSign,
};
use pol_syntax::{Diagnostic, Span};
use std::sync::Arc;

/// The value of an expression that may only be a fixed one, of the wanted type. Members are not
/// fixed values: who names one resolves it by the register.
pub(crate) fn constant(
    policy: &Policy,
    names: &Names,
    expr: &Expr,
    wanted: Type,
) -> Result<Value, Diagnostic> {
    if wanted == Type::Error {
        // What is wanted could not be resolved, which has been reported.
        return Ok(Value::Bool(false));
    }
    let (value, found) = match &expr.value {
        ExprKind::Name(name) => {
            let name = Name::new(name.clone(), expr.span);
            let Type::Enum(ix) = wanted else {
                return Err(findings::name_for_value(policy, &name, wanted));
            };
            (symbol(policy, ix, &name)?, wanted)
        }
        ExprKind::Negate(inner) => match (&inner.value, constant(policy, names, inner, wanted)?) {
            (ExprKind::Number(_), Value::Number(number)) => {
                let negative = Number::ZERO
                    .minus(number)
                    .ok_or_else(|| findings::too_large(expr.span))?;
                (Value::Number(negative), wanted)
            }
            _ => return Err(findings::not_fixed(policy, expr.span, wanted)),
        },
        kind => match plain(policy, names, kind, expr.span)? {
            Some(found) => found,
            None => return Err(findings::not_fixed(policy, expr.span, wanted)),
        },
    };
    match common(policy, found, wanted) {
        Some(_) => Ok(value),
        None => Err(findings::wrong_type(policy, expr.span, found, wanted)),
    }
}

/// A literal with its type; nothing for what is none.
pub(crate) fn plain(
    policy: &Policy,
    names: &Names,
    kind: &ExprKind,
    span: Span,
) -> Result<Option<(Value, Type)>, Diagnostic> {
    Ok(Some(match kind {
        ExprKind::Bool(yes) => (Value::Bool(*yes), Type::Bool),
        ExprKind::Date(date) => (Value::Date(*date), Type::Date),
        ExprKind::Text(text) => (Value::Text(Arc::from(text.as_str())), Type::Text),
        ExprKind::Number(literal) => number(names, literal, span)?,
        ExprKind::Duration(literal) => (
            Value::Duration(duration(policy, literal, span)?),
            Type::Duration,
        ),
        _ => return Ok(None),
    }))
}

/// A number as written, exactly: 25% is a quarter.
pub(crate) fn number(
    names: &Names,
    literal: &NumberLiteral,
    span: Span,
) -> Result<(Value, Type), Diagnostic> {
    let (more, ty) = match (literal.share, &literal.unit) {
        (Some(ShareSign::Percent), _) => (2, Type::Share),
        (Some(ShareSign::Permille), _) => (3, Type::Share),
        (None, None) => (0, Type::Number(None)),
        (None, Some(unit)) => (0, unit_type(names, unit)?),
    };
    let number = Number::decimal(literal.digits, u32::from(literal.scale) + more)
        .ok_or_else(|| findings::too_large(span))?;
    Ok((Value::Number(number), ty))
}

fn unit_type(names: &Names, unit: &Name) -> Result<Type, Diagnostic> {
    if let Some(Declared::Unit(ix)) = names.find(Space::Unit, &unit.value) {
        return Ok(Type::Number(Some(ix)));
    }
    let known = names.of_space(Space::Unit).map(|(name, _)| name);
    Err(findings::unknown_unit(unit, nearest(&unit.value, known)))
}

/// A span of time as written.
pub(crate) fn duration(
    policy: &Policy,
    literal: &DurationLiteral,
    span: Span,
) -> Result<Duration, Diagnostic> {
    let count = literal.count;
    Ok(match &literal.unit {
        DurationUnit::Days => Duration::Days(count),
        DurationUnit::Weeks => Duration::Weeks(count),
        DurationUnit::Months => Duration::Months(count),
        DurationUnit::Years => Duration::Years(count),
        DurationUnit::WorkingDays(None) => {
            let calendar = CalendarIx::DEFAULT;
            if policy.calendars.get(calendar).is_none() {
                return Err(findings::no_calendar(span));
            }
            Duration::WorkingDays { count, calendar }
        }
        DurationUnit::WorkingDays(Some(name)) => {
            let calendar = policy.calendars.find(&name.value).ok_or_else(|| {
                let calendars = policy.calendars.iter();
                let known: Vec<&str> = calendars.map(WorkingCalendar::name).collect();
                if known.is_empty() {
                    return findings::no_calendar(span);
                }
                let near = nearest(&name.value, known.iter().copied());
                findings::unknown_calendar(name, near, &known)
            })?;
            Duration::WorkingDays { count, calendar }
        }
    })
}

/// The value of an enumeration that a name stands for.
pub(crate) fn symbol(policy: &Policy, ix: EnumIx, name: &Name) -> Result<Value, Diagnostic> {
    let of = &policy.enums[ix.at()];
    if let Some(place) = place(of, &name.value) {
        return Ok(Value::Symbol(ix, place));
    }
    let known: Vec<&str> = of.values.iter().map(|value| value.name.as_str()).collect();
    Err(findings::unknown_value(
        name,
        &of.name,
        &known,
        nearest(&name.value, known.iter().copied()),
    ))
}

/// Where a value stands in its enumeration.
pub(crate) fn place(of: &Enum, name: &str) -> Option<u16> {
    let at = of.values.iter().position(|value| value.name == name)?;
    u16::try_from(at).ok()
}
