//! Formatting with its proof: what was printed is read again and compared.

use super::{PrintError, builtins, print};
use crate::Parsed;
use crate::ast::{File, Node, Spelling};
use crate::diagnostic::{Diagnostic, Text};

/// Why a text is not formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormatError {
    /// It could not be read whole.
    Unreadable(Vec<Diagnostic>),
    /// It cannot be printed.
    Unprintable(PrintError),
    /// The printed text would not say the same: this line of it. A name may be a keyword where
    /// the other word order puts it.
    Changed(String),
}

impl FormatError {
    /// What is wrong, in both languages; of an unreadable text the diagnostics say more.
    pub fn text(&self) -> Text {
        match self {
            Self::Unreadable(_) => Text::new(
                "the text could not be read and is left as it is; mend what is reported first",
                "文本无法读懂，未作改动；请先改正所报告的错误",
            ),
            Self::Unprintable(error) => error.text(),
            Self::Changed(line) => Text::new(
                format!(
                    "the text is left as it is: formatted as `{line}` it would not say the same; a name in it may be a keyword there, and needs another name"
                ),
                format!(
                    "文本未作改动：排版为 `{line}` 后意思不同；其中的名称在该处可能被读作关键词，请改用别的名称"
                ),
            ),
        }
    }
}

/// Formats a text in a spelling, its own if none is asked for, and proves that it still says the
/// same.
pub fn format(text: &str, spelling: Option<Spelling>) -> Result<String, FormatError> {
    let parsed = crate::parse(text);
    if parsed.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(FormatError::Unreadable(parsed.diagnostics));
    }
    let file = parsed.file;
    let spelling = spelling.unwrap_or(file.spelling);
    let printed = print(&file, text, spelling).map_err(FormatError::Unprintable)?;
    let again = crate::parse(&printed);
    let meant = builtins::translated(&file, spelling);
    match changed(&again, &meant) {
        None => Ok(printed),
        Some(at) => Err(FormatError::Changed(line_at(&printed, at))),
    }
}

/// The first place of a printed text at which it does not say what was meant.
fn changed(printed: &Parsed, meant: &File) -> Option<u32> {
    let error = printed.diagnostics.iter().find(|it| it.is_error());
    if let Some(error) = error {
        return Some(error.span().start);
    }
    let Parsed { file, .. } = printed;
    if !comments(file).eq(comments(meant)) {
        return Some(file.comments.first().map_or(0, |it| it.span.start));
    }
    first_difference(&file.declarations, &meant.declarations)
        .or_else(|| first_difference(&file.one_liners, &meant.one_liners))
}

/// Where two lists begin to differ, as a place in the first.
fn first_difference<T: PartialEq>(printed: &[Node<T>], meant: &[Node<T>]) -> Option<u32> {
    let equal = printed
        .iter()
        .zip(meant)
        .take_while(|(a, b)| a == b)
        .count();
    (equal < printed.len().max(meant.len()))
        .then(|| printed.get(equal).map_or(0, |it| it.span.start))
}

/// The line of a text that holds a place.
fn line_at(text: &str, at: u32) -> String {
    let mut end = 0;
    let mut lines = text.split_inclusive('\n');
    let line = lines.find(|line| {
        end += line.len();
        at as usize <= end.saturating_sub(1)
    });
    line.unwrap_or_default().trim().to_owned()
}

/// What the comments of a file say.
fn comments(file: &File) -> impl Iterator<Item = &str> {
    file.comments.iter().map(|it| it.text.trim_end())
}
