//! Brings the findings in order: one for each name that is not declared, with the places where it
//! stands.

use crate::limit::FINDINGS;
use pol_syntax::{Code, Diagnostic, Text};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// How many further places one finding shows.
const PLACES: usize = 5;

/// True for a name that is not declared and much like one that is.
pub(crate) fn is_misspelt(finding: &Diagnostic) -> bool {
    is_about_a_name(finding)
        && finding
            .help
            .as_ref()
            .is_some_and(|help| help.en.starts_with("did you mean"))
}

/// The findings in the order of the text, as many as are shown.
pub(crate) fn in_order(mut findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    findings.sort_by_key(|finding| (finding.span(), Reverse(finding.severity)));
    findings.dedup();
    let mut findings = by_name(findings);
    // Where there are more than can be shown, errors come before warnings.
    if findings.len() > FINDINGS {
        findings.sort_by_key(|finding| Reverse(finding.severity));
        findings.truncate(FINDINGS);
        findings.sort_by_key(Diagnostic::span);
    }
    findings
}

/// Joins the findings about one name, which are one mistake or the same mistake again.
fn by_name(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut gathered: Vec<Diagnostic> = Vec::new();
    for finding in findings {
        if !is_about_a_name(&finding) {
            gathered.push(finding);
            continue;
        }
        match first.entry(subject(&finding)) {
            Entry::Vacant(entry) => {
                entry.insert(gathered.len());
                gathered.push(finding);
            }
            Entry::Occupied(entry) => {
                let before = &mut gathered[*entry.get()];
                if before.labels.len() <= PLACES {
                    let span = finding.span();
                    before.labels.push(pol_syntax::Label {
                        span,
                        text: Text::new("and here", "此处也是"),
                    });
                }
            }
        }
    }
    gathered
}

fn is_about_a_name(finding: &Diagnostic) -> bool {
    matches!(finding.code, Code::UNKNOWN_NAME | Code::UNKNOWN_FIELD)
}

/// What a finding is about: `called X`, whatever it was wanted as, else the whole sentence.
fn subject(finding: &Diagnostic) -> String {
    let message = &finding.message.en;
    let called = message.find("called").map(|at| &message[at..]);
    called.unwrap_or(message).to_owned()
}
