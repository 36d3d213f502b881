//! What can be said of a text that could be read only in part.

use pol_syntax::ast::{Declaration, File};
use pol_syntax::{Code, Diagnostic, SourceFile};

/// True if a finding of the analysis holds whatever the unreadable pieces of the text say: it is an
/// error, and none of the words that it points at stands in them. A piece that could not be read
/// may have declared the names that the rest uses.
pub(crate) fn stands_alone(finding: &Diagnostic, source: &SourceFile, file: &File) -> bool {
    let unread = unread(source.text(), file);
    let words = finding.labels.iter().map(|label| source.slice(label.span));
    let header = file
        .declarations
        .iter()
        .any(|it| matches!(it.value, Declaration::Policy(_)));
    // Working days ask for the calendar that the header names; names never begin with a digit.
    let asks_header = source
        .slice(finding.span())
        .starts_with(|first: char| first.is_ascii_digit());
    finding.is_error()
        && (header || !asks_header)
        && finding.code != Code::NO_HEADER
        && words
            .filter(|word| !word.trim().is_empty())
            .all(|word| !unread.contains(word))
}

/// The text without the declarations that were read.
fn unread(text: &str, file: &File) -> String {
    let mut unread = String::new();
    let mut at = 0;
    for declaration in &file.declarations {
        let span = declaration.span.range();
        unread.push_str(text.get(at..span.start).unwrap_or_default());
        at = at.max(span.end);
    }
    unread.push_str(text.get(at..).unwrap_or_default());
    unread
}

#[cfg(test)]
mod tests {
    use crate::Policy;

    /// The codes of what is found in a text, in order.
    fn codes(text: &str) -> Vec<String> {
        let checked = Policy::check("a.pol", text);
        checked
            .diagnostics
            .iter()
            .map(|finding| finding.code.to_string())
            .collect()
    }

    const HEAD: &str = "policy p\n  effective 2024-01-01\nsubject township\nevent visit of township\n\
                        event score of township { points: number }\n";

    #[test]
    fn a_mistake_elsewhere_does_not_hide_a_mistake_of_names() {
        let text = format!(
            "{HEAD}ladder card for township\n  clear < < yellow\n\
             rule a\n  for township\n  on visitt\n  then yellow\n"
        );
        // The ladder cannot be read; `visitt` is wrong all the same; `yellow` may stand in the ladder.
        assert_eq!(codes(&text), ["POL0102", "POL0201"]);
    }

    #[test]
    fn a_header_that_cannot_be_read_is_one_finding() {
        let text = "policy p\n  effective 2024-02-30\n  calendar china\nsubject township\n\
                    event visit of township\nduty d\n  of township\n  within 7 working days of visit\n  \
                    met by visit\n";
        assert_eq!(codes(text), ["POL0108"]);
    }
}
