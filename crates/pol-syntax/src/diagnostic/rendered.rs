//! A finding made ready for miette's handlers: one language, one source.

use super::{Diagnostic, Lang, Severity};
use crate::span::SourceFile;
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use std::fmt;

/// A [`Diagnostic`] in one language with the text that it speaks of.
#[derive(Debug)]
pub struct Rendered<'a> {
    diagnostic: &'a Diagnostic,
    lang: Lang,
    source: Source<'a>,
}

impl<'a> Rendered<'a> {
    /// Makes a finding ready. The header names line and column as an editor shows them; miette's
    /// own would count bytes.
    pub fn new(diagnostic: &'a Diagnostic, lang: Lang, file: &'a SourceFile) -> Self {
        Self {
            diagnostic,
            lang,
            source: Source(file),
        }
    }
}

/// A text whose places are told to miette in the columns that people count.
#[derive(Debug)]
struct Source<'a>(&'a SourceFile);

impl SourceCode for Source<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = self.0.text();
        let inner = text.read_span(span, lines_before, lines_after)?;
        // Without lines around it, a span is read for the header alone: there the column is shown.
        let column = if lines_before == 0 {
            let byte = u32::try_from(span.offset()).unwrap_or(u32::MAX);
            self.0.line_column(byte).column as usize - 1
        } else {
            inner.column()
        };
        // miette's own count begins at the top of the text, so that labels far apart would be shown
        // with every line between them.
        let lines = String::from_utf8_lossy(inner.data()).lines().count();
        Ok(Box::new(MietteSpanContents::new_named(
            self.0.name().to_owned(),
            inner.data(),
            *inner.span(),
            inner.line(),
            column,
            lines,
        )))
    }
}

impl fmt::Display for Rendered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.diagnostic.message.get(self.lang))
    }
}

impl std::error::Error for Rendered<'_> {}

impl miette::Diagnostic for Rendered<'_> {
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
                // miette shows nothing at all for a place outside the text.
                let end = self.source.0.text().len();
                let range = label.span.range();
                let start = range.start.min(end);
                let range = start..range.end.clamp(start, end);
                if index == 0 {
                    LabeledSpan::new_primary_with_span(text, range)
                } else {
                    LabeledSpan::new_with_span(text, range)
                }
            });
        Some(Box::new(labels))
    }
}

#[cfg(test)]
mod tests {
    use super::Source;
    use crate::span::SourceFile;
    use miette::SourceCode;

    /// Two places far apart are shown without the lines between them: what is read around a place is
    /// counted from its own first line.
    #[test]
    fn lines_are_counted_where_they_begin() {
        let text = "line\n".repeat(60);
        let file = SourceFile::new("case.pol", &text);
        let source = Source(&file);
        let read = source.read_span(&(40 * 5, 4).into(), 1, 1).unwrap();
        assert_eq!((read.line(), read.line_count()), (39, 3));
    }
}
