//! The whole report on a policy, as its author would see it in a terminal without colours.

use pol::graphical::{Style, draw};
use pol::{Checked, Code, Diagnostic, Policy, Text};
use std::path::Path;

/// A policy of the corpus, with the calendars that lie beside it.
///
/// # Panics
/// If it does not compile.
pub fn compiled(path: &Path, text: &str) -> Policy {
    let name = path.to_string_lossy();
    let checked = Policy::check_bytes(name, text.as_bytes(), &beside(path));
    checked.policy.expect("it compiles")
}

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
        let read = beside(path);
        let mut checked = Policy::check_bytes(name, &bytes, &read);
        if let Some(policy) = &checked.policy {
            let sources = policy.hir().sources.iter();
            let documents = sources
                .filter_map(|source| {
                    let text = String::from_utf8(read(source.text.as_ref()?).ok()?).ok()?;
                    Some((source.named.name.clone(), text))
                })
                .collect();
            checked.diagnostics.extend(policy.misquoted(&documents));
            checked.diagnostics.sort_by_key(Diagnostic::span);
        }
        Self(checked)
    }

    /// The codes of the findings.
    pub fn codes(&self) -> impl Iterator<Item = Code> {
        self.0.diagnostics.iter().map(|finding| finding.code)
    }

    /// The report as it is drawn.
    pub fn drawn(&self) -> String {
        let findings = self.0.findings();
        let drawn: String = findings
            .map(|(finding, file)| draw(finding, file, self.0.lang, Style::default()))
            .collect();
        if drawn.is_empty() {
            return "nothing to say\n".to_owned();
        }
        drawn
    }
}

/// Reads what lies beside a policy of the corpus.
pub fn beside(policy: &Path) -> impl Fn(&str) -> Result<Vec<u8>, Text> {
    let folder = policy.parent().unwrap_or(policy).to_owned();
    move |name| {
        std::fs::read(folder.join(name))
            .map_err(|_| Text::new(format!("no file `{name}`"), format!("没有文件`{name}`")))
    }
}
