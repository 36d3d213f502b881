//! Long and deep texts end in an answer.

use pol_syntax::parse;
use std::fmt::Write;

fn codes(text: &str) -> Vec<String> {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "the text itself is read");
    let found = pol_semantics::analyse(&parsed.file).diagnostics;
    found
        .iter()
        .filter(|finding| finding.is_error())
        .map(|finding| finding.code.to_string())
        .collect()
}

const HEADER: &str = "policy p\n  effective 2024-01-01\n";

/// Parameters that each ask the next one: the 65th of a row is one too many.
#[test]
fn a_long_row_of_parameters() {
    let mut text = HEADER.to_owned();
    for at in 0..2000 {
        writeln!(text, "param p{at} = p{}", at + 1).unwrap();
    }
    text.push_str("param p2000 = 3\n");
    assert_eq!(codes(&text), vec!["POL0101"; 2000 / 64]);
}

#[test]
fn kinds_within_kinds() {
    let mut text = HEADER.to_owned();
    for at in 0..200 {
        writeln!(text, "subject k{at} within k{}", at + 1).unwrap();
    }
    text.push_str("subject k200\n");
    let found = codes(&text);
    assert!(!found.is_empty() && found.iter().all(|code| code == "POL0101"));
}

#[test]
fn thousands_of_mistakes_are_a_hundred_messages() {
    let mut text = HEADER.to_owned();
    for at in 0..3000 {
        writeln!(text, "subject k{at} within unknown{at}").unwrap();
    }
    assert_eq!(codes(&text), ["POL0201"; 100]);
}

#[test]
fn too_many_declarations() {
    let mut text = HEADER.to_owned();
    for at in 0..20_000 {
        writeln!(text, "unit u{at}").unwrap();
    }
    assert_eq!(codes(&text), ["POL0101"]);
}
