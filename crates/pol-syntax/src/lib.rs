//! The syntax of Pol: the tree with its spans and comments, the parser with its recovery, the
//! printer in both spellings, and the diagnostics that every later stage reports with.
//!
//! Promises: a tree is returned for every text, with a diagnostic for each piece that could not be
//! read; spans are byte offsets into the text as given; both spellings of one policy give equal
//! trees up to names. Refuses: to know what a name means. The printer formats policies that do not
//! type-check.

pub mod ast;
pub mod diagnostic;
mod parse;
mod print;
pub mod span;

pub use diagnostic::{Code, Diagnostic, Label, Lang, Severity, Text};
pub use parse::parse;
pub use print::{FormatError, Part, PrintError, format, print, print_part};
pub use span::{LineColumn, SourceFile, Span};

/// What came of reading a text.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The tree: every declaration that could be read.
    pub file: ast::File,
    /// What could not be read, and what is doubtful, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}
