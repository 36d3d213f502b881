//! The whole report on a policy, as its author would see it in a terminal without colours.

use pol::graphical::{Style, draw};
use pol::{Checked, Code, Policy};
use std::path::Path;

/// What was found in a policy, and in which language it is told.
#[derive(Debug)]
pub struct Report(Checked);

impl Report {
    /// Reads and checks a policy.
    ///
    /// # Panics
    /// If the file cannot be read: it belongs to the corpus.
    pub fn of(path: &Path) -> Self {
        let bytes =
            std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Self(Policy::check_bytes(name, &bytes))
    }

    /// The codes of the findings.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        self.0.diagnostics.iter().map(|finding| finding.code)
    }

    /// The report as it is drawn.
    pub fn drawn(&self) -> String {
        let findings = &self.0.diagnostics;
        if findings.is_empty() {
            return "nothing to say\n".to_owned();
        }
        findings
            .iter()
            .map(|finding| draw(finding, &self.0.file, self.0.lang, Style::default()))
            .collect()
    }
}
