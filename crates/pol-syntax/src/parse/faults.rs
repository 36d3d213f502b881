//! The messages of the look over the text: brackets, quotes, limits, what cannot be seen.

use super::offset;
use crate::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;

/// A text in quotes that does not end on its line.
pub(super) fn unclosed_quote(at: usize, open: char, closing: char, line_end: usize) -> Diagnostic {
    Diagnostic::error(
        Code::UNCLOSED_QUOTE,
        Text::new(
            format!("`{open}` is not closed on its line"),
            format!("`{open}` 在本行没有闭合"),
        ),
        Span::new(offset(at), offset(at + open.len_utf8())),
        Text::new("opened here", "在此打开"),
    )
    .with_label(
        Span::new(offset(line_end), offset(line_end)),
        Text::new(
            format!("no `{closing}` up to here"),
            format!("到此没有 `{closing}`"),
        ),
    )
    .with_help(Text::new(
        format!("close the text with `{closing}`"),
        format!("请用 `{closing}` 结束这段文字"),
    ))
}

/// A closing quote without an opening one.
pub(super) fn stray_quote(at: usize, c: char) -> Diagnostic {
    Diagnostic::error(
        Code::UNCLOSED_QUOTE,
        Text::new(
            format!("`{c}` closes nothing"),
            format!("`{c}` 没有对应的开引号"),
        ),
        Span::new(offset(at), offset(at + c.len_utf8())),
        Text::new("no text is open here", "此处没有打开的引号"),
    )
    .with_help(Text::new(
        "a text begins with `“` or `\"`",
        "文字以 `“` 开头",
    ))
}

/// A character that cannot be seen.
pub(super) fn invisible(at: usize, c: char) -> Diagnostic {
    let code = u32::from(c);
    Diagnostic::error(
        Code::INVISIBLE,
        Text::new(
            format!("an invisible character, U+{code:04X}, stands outside a text"),
            format!("引号之外有不可见字符 U+{code:04X}"),
        ),
        Span::new(offset(at), offset(at + c.len_utf8())),
        Text::new("it would hide what is written", "它会掩盖实际所写的内容"),
    )
    .with_help(Text::new("delete it", "请将其删除"))
}

/// More than is read.
pub(super) fn limit(span: Span, message: Text, help: Text) -> Diagnostic {
    Diagnostic::error(
        Code::LIMIT,
        message,
        span,
        Text::new("more than is read", "超出可读的范围"),
    )
    .with_help(help)
}

/// A closing bracket without an opening one.
pub(super) fn stray_bracket(at: usize, c: char) -> Diagnostic {
    Diagnostic::error(
        Code::UNCLOSED_BRACKET,
        Text::new(
            format!("`{c}` closes nothing"),
            format!("`{c}` 没有对应的开括号"),
        ),
        Span::new(offset(at), offset(at + c.len_utf8())),
        Text::new("nothing is open here", "此处没有打开的括号"),
    )
    .with_help(Text::new(
        "remove it, or add the bracket that it closes",
        "请删去它，或补上它所闭合的括号",
    ))
}

/// A brace closed by a parenthesis, or the other way round.
pub(super) fn crossed(open_at: usize, open: char, at: usize, c: char) -> Diagnostic {
    let expected = closing(open);
    Diagnostic::error(
        Code::UNCLOSED_BRACKET,
        Text::new(
            format!("`{open}` is closed by `{c}`"),
            format!("`{open}` 被 `{c}` 闭合"),
        ),
        Span::new(offset(at), offset(at + c.len_utf8())),
        Text::new(
            format!("`{expected}` is missing before this"),
            format!("此前缺少 `{expected}`"),
        ),
    )
    .with_label(
        Span::new(offset(open_at), offset(open_at + open.len_utf8())),
        Text::new("opened here", "在此打开"),
    )
}

/// A bracket that is open where the declaration ends.
pub(super) fn unclosed_bracket(culprit: usize, sign: char, last: usize) -> Diagnostic {
    let closing = closing(sign);
    let place = Span::new(offset(culprit), offset(culprit + sign.len_utf8()));
    Diagnostic::error(
        Code::UNCLOSED_BRACKET,
        Text::new(
            format!("`{sign}` is never closed"),
            format!("`{sign}` 没有闭合"),
        ),
        place,
        Text::new("opened here", "在此打开"),
    )
    .with_label(
        Span::new(offset(last), offset(last)),
        Text::new(
            format!("the declaration ends here without `{closing}`"),
            format!("声明到此结束，没有 `{closing}`"),
        ),
    )
    .with_help(Text::new(
        format!("add `{closing}` where it ends"),
        format!("请在其结束处补上 `{closing}`"),
    ))
}

/// A clause that is not indented.
pub(super) fn clause_in_column_0(at: usize, shown: &str) -> Diagnostic {
    let span = Span::new(offset(at), offset(at + shown.len()));
    Diagnostic::error(
        Code::INDENTATION,
        Text::new(
            format!("`{shown}` stands in column 0, where only a declaration begins"),
            format!("`{shown}` 顶格书写，而顶格处只能开始一个声明"),
        ),
        span,
        Text::new("part of the declaration above?", "属于上面的声明？"),
    )
    .with_help(Text::new("indent the line", "请将这一行缩进"))
}

/// The bracket that closes another.
fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '（' => '）',
        '{' => '}',
        _ => '｝',
    }
}
