//! What a rule does: `POL0312`.

use super::names::list;
use pol_syntax::ast::Name;
use pol_syntax::{Code, Diagnostic, Span, Text};

/// Fields that an action must give.
pub(crate) fn fields_missing(name: &Name, missing: &[&str]) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::ACTION_FIELDS,
        Text::new(
            format!("`{word}` is issued without {}", list(missing, ", ")),
            format!("`{word}`缺少{}", list(missing, "、")),
        ),
        name.span,
        Text::new("these fields have no other value", "这些字段没有别的值可用"),
    )
    .with_help(Text::new(
        format!(
            "write `{word} {{ {} = … }}`, or make it optional with `?`",
            missing[0]
        ),
        format!("请写`{word} ｛ {} = … ｝`，或用`？`声明为可缺", missing[0]),
    ))
}

/// A field that an action gives twice.
pub(crate) fn given_twice(name: &Name, first: Span) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::ACTION_FIELDS,
        Text::new(
            format!("`{word}` is given twice"),
            format!("`{word}`给了两次"),
        ),
        name.span,
        Text::new("again here", "此处又给一次"),
    )
    .with_label(first, Text::new("first here", "最初在此"))
    .with_help(Text::new("leave one of them out", "请去掉其中一个"))
}

/// A status has no fields.
pub(crate) fn status_with_fields(name: &Name) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::ACTION_FIELDS,
        Text::new(
            format!("`{word}` is a status and has no fields"),
            format!("`{word}`是状态，没有字段"),
        ),
        name.span,
        Text::new("fields are given to it", "此处给了它字段"),
    )
    .with_help(Text::new(
        "leave them out, or issue an outcome that has them beside it",
        "请去掉字段，或另给一个带字段的结果",
    ))
}

/// Only an outcome is in force for a time.
pub(crate) fn no_extent(name: &Name) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::ACTION_FIELDS,
        Text::new(
            format!("`{word}` is no outcome, and cannot be for a time"),
            format!("`{word}`不是结果，不能定期限"),
        ),
        name.span,
        Text::new(
            "only an outcome is in force for a time",
            "只有结果才有有效期",
        ),
    )
    .with_help(Text::new(
        "leave the time out, or issue an outcome for that time",
        "请去掉期限，或另给一个有期限的结果",
    ))
}
