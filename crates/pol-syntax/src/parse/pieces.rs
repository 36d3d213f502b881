//! The pieces that a text is cut into at the words of column 0.

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Declarations.
    Declarations,
    /// One rule per line, nothing declared.
    OneLiners,
}

/// One piece: from a word in column 0 to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// A fault of it is reported already: its brackets, its quotes.
    pub broken: bool,
}

/// The form of a text: one-liners if no declaration begins in column 0 and a line has a `then`.
pub(super) fn form(text: &str) -> Form {
    let mut arrow = false;
    for line in text.lines() {
        let line = line.trim_start_matches('\u{FEFF}');
        if line.starts_with("//") || line.starts_with("／／") {
            continue;
        }
        if starts_in_column_0(line) && super::words::declares(super::words::first_word(line)) {
            return Form::Declarations;
        }
        arrow |= line.contains('→')
            || line.contains("->")
            || line
                .split(super::words::is_blank)
                .any(|word| word == "then" || word == "则");
    }
    if arrow {
        Form::OneLiners
    } else {
        Form::Declarations
    }
}

/// True for a line whose first character is neither white space, nor a brace, nor a comment.
pub(super) fn starts_in_column_0(line: &str) -> bool {
    let Some(first) = line.chars().next() else {
        return false;
    };
    !(first.is_whitespace()
        || super::words::is_blank(first)
        || matches!(first, '{' | '}' | '｛' | '｝' | ')' | '）')
        || line.starts_with("//")
        || line.starts_with("／／"))
}
