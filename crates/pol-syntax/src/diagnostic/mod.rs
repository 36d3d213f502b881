//! What every stage reports with: a stable code, a sentence, places with labels, and what to do.
//!
//! Every text exists in both languages from the moment it is made ([`Text`]); which one is shown
//! is decided by who prints it. Nothing here prints; [`Rendered`] is what miette's handlers take.

mod codes;
mod rendered;

pub use codes::{CODES, Code};
pub use rendered::Rendered;

use crate::span::Span;

/// The language of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// English: lower case, no full stop.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Text {
    /// A text in both languages.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            zh: zh.into(),
        }
    }

    /// The text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the policy stands.
    Advice,
    /// The policy stands, but probably says something else than meant.
    Warning,
    /// The policy does not compile, or the data cannot be read.
    Error,
}

/// A place and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said of it.
    pub text: Text,
}

/// One finding about a policy's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its stable code.
    pub code: Code,
    /// Its weight.
    pub severity: Severity,
    /// What is wrong, in the author's words.
    pub message: Text,
    /// Where; the first is the place that the header names.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<Text>,
}

impl Diagnostic {
    /// An error at a place, which is labelled.
    pub fn error(code: Code, message: Text, span: Span, label: Text) -> Self {
        let labels = vec![Label { span, text: label }];
        Self {
            code,
            severity: Severity::Error,
            message,
            labels,
            help: None,
        }
    }

    /// A warning at a place, which is labelled.
    pub fn warning(code: Code, message: Text, span: Span, label: Text) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message, span, label)
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_help(mut self, help: Text) -> Self {
        self.help = Some(help);
        self
    }

    /// Adds a further place: the other half of the story.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// The place that the header names.
    pub fn span(&self) -> Span {
        self.labels
            .first()
            .map(|label| label.span)
            .unwrap_or_default()
    }

    /// True for an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
