//! Tables and catalogues: `POL0309`, `POL0310`.

use super::names::list;
use pol_syntax::ast::Name;
use pol_syntax::{Code, Diagnostic, Span, Text};

/// A table without a row for some values.
pub(crate) fn missing_rows(name: &Name, missing: &[Text], span: Span) -> Diagnostic {
    let word = &name.value;
    let en: Vec<&str> = missing.iter().map(|row| row.en.as_str()).collect();
    let zh: Vec<&str> = missing.iter().map(|row| row.zh.as_str()).collect();
    Diagnostic::warning(
        Code::MISSING_ROW,
        Text::new(
            format!("`{word}` has no row for {}", list(&en, ", ")),
            format!("`{word}`缺少{}的一行", list(&zh, "、")),
        ),
        span,
        Text::new(
            "conditions that ask for it are undetermined",
            "用到它的条件将无法判断",
        ),
    )
    .with_help(Text::new(
        "add the row, or `else = …`; `= ?` says that the document leaves it open",
        "请补上这一行，或写`其余 = …`；文件没有规定的写`= ？`",
    ))
}

/// A table with more levels than `by` names.
pub(crate) fn too_deep(name: &Name, levels: usize, span: Span) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::TABLE,
        Text::new(
            format!("the table of `{word}` goes by more than its `by` names"),
            format!("`{word}`的表比`按`所列的层数多"),
        ),
        span,
        Text::new(
            format!("level {} of the table", levels + 1),
            format!("表的第{}层", levels + 1),
        ),
    )
    .with_help(Text::new(
        "name in `by` what this level goes by, such as `by township.class, authority`",
        "请在`按`后写明这一层依据什么，例如`按 乡镇.类别、级别`",
    ))
}

/// A key that stands twice.
pub(crate) fn key_twice(span: Span, first: Span) -> Diagnostic {
    Diagnostic::error(
        Code::DUPLICATE,
        Text::new("this key stands twice", "这个键写了两次"),
        span,
        Text::new("again here", "此处又写一次"),
    )
    .with_label(first, Text::new("first here", "最初在此"))
    .with_help(Text::new("leave one of them out", "请去掉其中一个"))
}

/// A catalogue goes by one field, or by two.
pub(crate) fn catalogue_by(name: &Name) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::TABLE,
        Text::new(
            format!(
                "the catalogue `{word}` needs the field of its items, and may have one of branches"
            ),
            format!("清单`{word}`须写明情形的字段，还可写分项的字段"),
        ),
        name.span,
        Text::new("goes by one field or two", "依据一个或两个字段"),
    )
    .with_help(Text::new(
        "write `by ITEM_FIELD`, or `by ITEM_FIELD, BRANCH_FIELD`",
        "请写`按 情形`，或`按 情形、分项`",
    ))
}

/// An item has branches and no field names them.
pub(crate) fn no_branch_field(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TABLE,
        Text::new(
            "this item has branches, and the catalogue names no field for them",
            "此情形有分项，清单没有写明分项的字段",
        ),
        span,
        Text::new("told apart by which field?", "由哪个字段区分？"),
    )
    .with_help(Text::new(
        "add the field to the catalogue: `by ITEM_FIELD, BRANCH_FIELD`",
        "请在清单中加上字段：`按 情形、分项`",
    ))
}

/// A branch has branches of its own.
pub(crate) fn branches_of_a_branch(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TABLE,
        Text::new(
            "a branch has no branches of its own",
            "分项之下不能再有分项",
        ),
        span,
        Text::new("two levels too deep", "层数过多"),
    )
    .with_help(Text::new(
        "make each of them a branch of the item",
        "请把它们都写成该情形的分项",
    ))
}
