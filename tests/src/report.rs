//! The whole report on a policy, as its author would see it in a terminal without colours.

use miette::{GraphicalReportHandler, GraphicalTheme};
use pol_syntax::diagnostic::Rendered;
use pol_syntax::{Code, Diagnostic, Lang, SourceFile, ast::Spelling};
use std::path::Path;

/// What was found in a policy, and in which language it is told.
#[derive(Debug)]
pub struct Report {
    file: SourceFile,
    lang: Lang,
    findings: Vec<Diagnostic>,
}

impl Report {
    /// Reads and analyses a policy.
    ///
    /// # Panics
    /// If the file cannot be read: it belongs to the corpus.
    pub fn of(path: &Path) -> Self {
        let text = std::fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let parsed = pol_syntax::parse(&text);
        let mut findings = parsed.diagnostics;
        findings.extend(pol_semantics::analyse(&parsed.file).diagnostics);
        findings.sort_by_key(Diagnostic::span);
        Self {
            file: SourceFile::new(name, text),
            lang: match parsed.file.spelling {
                Spelling::English => Lang::En,
                Spelling::Chinese => Lang::Zh,
            },
            findings,
        }
    }

    /// The codes of the findings.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        self.findings.iter().map(|finding| finding.code)
    }

    /// The report as it is drawn.
    ///
    /// # Panics
    /// If a finding names a place that is not in the text.
    pub fn drawn(&self) -> String {
        let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor())
            .with_links(false)
            .with_width(100);
        let mut text = String::new();
        for finding in &self.findings {
            let rendered = Rendered::new(finding, self.lang, &self.file);
            handler
                .render_report(&mut text, &rendered)
                .unwrap_or_else(|error| panic!("{finding:?}: {error}"));
        }
        if text.is_empty() {
            "nothing to say\n".clone_into(&mut text);
        }
        text
    }
}
