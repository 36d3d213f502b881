//! Names that the language brings along, in both languages. A policy may use them for its own
//! things, which then come first.

use crate::hir::{FieldKey, Type};

/// A built-in type.
pub(crate) fn type_named(name: &str) -> Option<Type> {
    Some(match name {
        "yes/no" | "是否" => Type::Bool,
        "number" | "数" => Type::Number(None),
        "share" | "比例" => Type::Share,
        "money" | "金额" => Type::Money,
        "date" | "日期" => Type::Date,
        "duration" | "时长" => Type::Duration,
        "text" | "文本" => Type::Text,
        _ => return None,
    })
}

/// The names of the built-in types, for suggestions.
pub(crate) const TYPES: [&str; 14] = [
    "date", "duration", "money", "number", "share", "text", "yes/no", "数", "文本", "日期", "时长",
    "是否", "比例", "金额",
];

/// A built-in field.
pub(crate) fn field_named(name: &str) -> Option<FieldKey> {
    Some(match name {
        "date" | "日期" => FieldKey::Date,
        "recorded" | "录入日" => FieldKey::Recorded,
        "was" | "原状态" => FieldKey::Was,
        "now" | "现状态" => FieldKey::Now,
        "last_day" | "截止日" => FieldKey::LastDay,
        _ => return None,
    })
}

/// The names of the built-in fields, for suggestions.
pub(crate) const FIELDS: [&str; 10] = [
    "date",
    "last_day",
    "now",
    "recorded",
    "was",
    "原状态",
    "录入日",
    "截止日",
    "日期",
    "现状态",
];
