//! How a command ended: the contract of exit codes.

use pol::{Lang, Text};
use std::process::ExitCode;

/// How a command that did its job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing to report: 0.
    Clean,
    /// Findings: 1.
    Findings,
}

impl Status {
    /// Findings if there are any.
    pub const fn findings(any: bool) -> Self {
        if any { Self::Findings } else { Self::Clean }
    }

    /// The graver of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::findings(self == Self::Findings || other == Self::Findings)
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clean => Self::SUCCESS,
            Status::Findings => Self::from(1),
        }
    }
}

/// The tool could not do its job: 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What went wrong.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
}

impl Trouble {
    /// What went wrong, in both languages.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            message: Text::new(en, zh),
            help: None,
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, en: impl Into<String>, zh: impl Into<String>) -> Self {
        self.help = Some(Text::new(en, zh));
        self
    }

    /// The message as it is shown.
    pub fn text(&self, lang: Lang) -> String {
        let (head, help) = match lang {
            Lang::En => ("error: ", "\n  help: "),
            Lang::Zh => ("错误：", "\n  办法："),
        };
        let mut text = format!("{head}{}", self.message.get(lang));
        if let Some(more) = &self.help {
            text.push_str(help);
            text.push_str(more.get(lang));
        }
        text
    }
}
