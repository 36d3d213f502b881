//! Which types fit together, and how messages name them.

use crate::hir::{Policy, Type};
use pol_syntax::Text;

/// Units that are amounts of money.
const MONEY: [&str; 4] = ["元", "yuan", "人民币", "CNY"];

/// The type that two sides have in common; none if they do not fit together. A bare number fits
/// every unit, a share and an amount of money; what an error left fits everything.
pub(crate) fn common(policy: &Policy, one: Type, other: Type) -> Option<Type> {
    match (one, other) {
        (Type::Error, ty) | (ty, Type::Error) => Some(ty),
        (one, other) if one == other => Some(one),
        (Type::Number(None), ty @ (Type::Number(_) | Type::Share | Type::Money))
        | (ty @ (Type::Number(_) | Type::Share | Type::Money), Type::Number(None)) => Some(ty),
        (Type::Money, Type::Number(Some(unit))) | (Type::Number(Some(unit)), Type::Money)
            if MONEY.contains(&policy.units[unit.at()].named.name.as_str()) =>
        {
            Some(Type::Money)
        }
        _ => None,
    }
}

/// True for what can be added, multiplied and counted.
pub(crate) const fn is_numeric(ty: Type) -> bool {
    matches!(
        ty,
        Type::Number(_) | Type::Share | Type::Money | Type::Error
    )
}

/// True if values of the type have an order.
pub(crate) fn is_ordered(policy: &Policy, ty: Type) -> bool {
    match ty {
        Type::Number(_) | Type::Share | Type::Money | Type::Date | Type::Error => true,
        Type::Enum(ix) => policy.enums[ix.at()].ordered,
        Type::Bool | Type::Duration | Type::Text | Type::Member(_) => false,
    }
}

/// A type as messages name it.
pub(crate) fn describe(policy: &Policy, ty: Type) -> Text {
    match ty {
        Type::Bool => Text::new("yes or no", "是或否"),
        Type::Number(None) => Text::new("a number", "数"),
        Type::Number(Some(unit)) => {
            let unit = &policy.units[unit.at()].named.name;
            Text::new(format!("a number of `{unit}`"), format!("以`{unit}`计的数"))
        }
        Type::Share => Text::new("a share", "比例"),
        Type::Money => Text::new("an amount of money", "金额"),
        Type::Date => Text::new("a date", "日期"),
        Type::Duration => Text::new("a span of time", "时长"),
        Type::Enum(ix) => {
            let name = &policy.enums[ix.at()].name;
            Text::new(format!("a value of `{name}`"), format!("`{name}`的取值"))
        }
        Type::Text => Text::new("text", "文本"),
        Type::Member(kind) => {
            let kind = &policy.kinds[kind.at()].named.name;
            Text::new(format!("a `{kind}`"), format!("一个`{kind}`"))
        }
        Type::Error => Text::new("anything", "任何内容"),
    }
}
