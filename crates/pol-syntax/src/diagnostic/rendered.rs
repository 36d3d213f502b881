//! A finding made ready for miette's handlers: one language, one source.

use super::{Diagnostic, Lang, Severity};
use crate::span::SourceFile;
use miette::{LabeledSpan, NamedSource, SourceCode};
use std::fmt;

/// A [`Diagnostic`] in one language with the text that it speaks of.
#[derive(Debug)]
pub struct Rendered {
    diagnostic: Diagnostic,
    lang: Lang,
    source: NamedSource<String>,
}

impl Rendered {
    /// Makes a finding ready. The header names line and column as an editor shows them; miette's
    /// own would count bytes.
    pub fn new(diagnostic: Diagnostic, lang: Lang, file: &SourceFile) -> Self {
        let source = NamedSource::new(file.name(), file.text().to_owned());
        Self {
            diagnostic,
            lang,
            source,
        }
    }
}

impl fmt::Display for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.diagnostic.message.get(self.lang))
    }
}

impl std::error::Error for Rendered {}

impl miette::Diagnostic for Rendered {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.diagnostic.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            Severity::Advice => miette::Severity::Advice,
            Severity::Warning => miette::Severity::Warning,
            Severity::Error => miette::Severity::Error,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        let help = self.diagnostic.help.as_ref()?;
        Some(Box::new(help.get(self.lang)))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self
            .diagnostic
            .labels
            .iter()
            .enumerate()
            .map(|(index, label)| {
                let text = Some(label.text.get(self.lang).to_owned());
                if index == 0 {
                    LabeledSpan::new_primary_with_span(text, label.span.range())
                } else {
                    LabeledSpan::new_with_span(text, label.span.range())
                }
            });
        Some(Box::new(labels))
    }
}
