//! From what the parser reports to what an author can use.

use super::{expected, hints, mistakes, offset, words};
use crate::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use pest::error::{Error, ErrorVariant, InputLocation};
use pol_grammar::Rule;

/// The byte at which parsing went no further.
pub(super) fn position(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// Says what is wrong with a piece that starts at a byte of the text.
pub(super) fn diagnose(text: &str, start: u32, error: &Error<Rule>) -> Diagnostic {
    let at = position(error).min(text.len());
    let rules: &[Rule] = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    };
    let Some((before, meant)) = hints::misled(text, at, rules) else {
        return mistakes::known(text, start, at, rules)
            .unwrap_or_else(|| unexpected(text, start, at, rules));
    };
    mistakes::known(text, start, before, meant)
        .or_else(|| mistakes::known(text, start, at, rules))
        .unwrap_or_else(|| unexpected(text, start, before, meant))
}

/// The words or the sign at a byte, and their place; at the end of the piece, the end of its last
/// word.
pub(super) fn found(text: &str, start: u32, at: usize) -> (Option<&str>, Span) {
    let at = words::skip_space(text, at);
    let word = words::word_at(text, at);
    let found = if word.is_empty() {
        quoted_or_sign(&text[at..])
    } else {
        Some(word)
    };
    let (from, to) = found.map_or_else(
        || {
            let end = last_word_end(text);
            (end, end)
        },
        |found| (at, at + found.len()),
    );
    (found, Span::new(start + offset(from), start + offset(to)))
}

/// A text in quotes, the sign of an arrow or a comparison, or a single sign.
fn quoted_or_sign(rest: &str) -> Option<&str> {
    let first = rest.chars().next()?;
    let line = rest.lines().next().unwrap_or(rest);
    let length = match first {
        '"' | '＂' => line[first.len_utf8()..]
            .find(first)
            .map(|end| end + 2 * first.len_utf8()),
        '“' => line.find('”').map(|end| end + '”'.len_utf8()),
        _ => ["->", ">=", "<=", ".."]
            .iter()
            .find(|sign| rest.starts_with(**sign))
            .map(|sign| sign.len()),
    };
    rest.get(..length.unwrap_or(first.len_utf8()))
}

/// Where the last word of a piece ends: comments and white space behind it apart.
fn last_word_end(text: &str) -> usize {
    let mut end = 0;
    for (index, line) in text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    }) {
        let code = line
            .find("//")
            .map_or(line, |comment| &line[..comment])
            .trim_end();
        if !code.is_empty() {
            end = index + code.len();
        }
    }
    end
}

fn unexpected(text: &str, start: u32, at: usize, rules: &[Rule]) -> Diagnostic {
    let list = expected::list(rules);
    let (found, span) = found(text, start, at);
    let message = match found {
        None if list.en.is_empty() => Text::new("the declaration ends too early", "声明过早结束"),
        None => Text::new(
            format!("the declaration ends where {} is expected", list.en),
            format!("声明到此结束，而这里应有{}", list.zh),
        ),
        Some(found) if rules.contains(&Rule::EOI) => Text::new(
            format!("`{found}` does not continue the declaration"),
            format!("`{found}` 不能接在这个声明之后"),
        ),
        Some(found) => Text::new(
            format!("`{found}` cannot stand here"),
            format!("这里不能写 `{found}`"),
        ),
    };
    let label = if list.en.is_empty() {
        Text::new("not understood", "无法理解")
    } else {
        Text::new(format!("expected {}", list.en), format!("应为{}", list.zh))
    };
    let mut diagnostic = Diagnostic::error(Code::UNEXPECTED, message, span, label);
    diagnostic.help = hints::help(text, words::skip_space(text, at), rules);
    diagnostic
}

/// A word in column 0 that opens no declaration.
pub(super) fn unknown_declaration(text: &str, start: u32) -> Diagnostic {
    let (found, span) = found(text, start, 0);
    let word = found.unwrap_or_default();
    let diagnostic = Diagnostic::error(
        Code::UNKNOWN_DECLARATION,
        Text::new(
            format!("`{word}` opens no declaration"),
            format!("`{word}` 不能开始一个声明"),
        ),
        span,
        Text::new(
            "column 0 is for words such as `policy`, `event`, `rule`",
            "顶格处应是 `政策`、`事项`、`规则` 等词",
        ),
    );
    let near = mistakes::nearest(
        word,
        pol_grammar::keywords::table()
            .keywords
            .iter()
            .filter(|keyword| keyword.declares)
            .flat_map(|keyword| keyword.english.iter().chain(&keyword.chinese))
            .map(String::as_str),
    );
    let glued = mistakes::declaration_glued(word);
    if let Some(near) = near.map(str::to_owned).or(glued) {
        diagnostic.with_help(Text::new(
            format!("did you mean `{near}`?"),
            format!("是否应为 `{near}`？"),
        ))
    } else if text.contains('→') || text.contains("->") {
        diagnostic.with_help(Text::new(
            "lines such as `township finding ≥ 3 in year → yellow` form a file of their own, without declarations",
            "`乡镇 本年度 检查 ≥ 3次 → 黄牌` 这样的单行写法须自成一个文件，不与声明混用",
        ))
    } else {
        diagnostic.with_help(Text::new(
            "a line that belongs to the declaration above is indented",
            "属于上面声明的行须缩进",
        ))
    }
}

/// A piece that the grammar reads and the tree has no place for; a fault of ours.
pub(super) fn unreadable(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UNEXPECTED,
        Text::new("this declaration could not be read", "无法读取这个声明"),
        span,
        Text::new(
            "the reader fails here; please report it",
            "读取程序在此出错，请反馈",
        ),
    )
}
