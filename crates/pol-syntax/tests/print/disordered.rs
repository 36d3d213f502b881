//! Texts that are laid out at random, with comments anywhere: as long as they can be read, they can
//! be formatted, every comment is kept, and formatting what was formatted changes nothing.

use super::{SPELLINGS, format, parse, print};
use proptest::collection::vec;
use proptest::prelude::*;

/// Declarations of every kind, some with long lines.
const POLICY: &str = include_str!("disordered.pol");

/// How many layouts are tried.
const CASES: u32 = 8;

/// What may stand for a blank.
fn gaps() -> impl Strategy<Value = Vec<&'static str>> {
    let gap = prop_oneof![
        20 => Just(" "),
        4 => Just("\n  "),
        1 => Just("\n\n    "),
        1 => Just("  // beside\n  "),
        1 => Just("\n  // above\n  "),
        1 => Just("\n// above, in column 0\n  "),
    ];
    vec(gap, 700)
}

/// True before a blank that a line's end cannot replace: behind a number, whose unit stands on its
/// line, and in words of two words.
fn holds_together(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
        || text.ends_with(" in")
        || text.ends_with(" working")
}

/// The policy with its blanks replaced, those in quotes and comments apart.
fn disordered(gaps: &[&str]) -> String {
    let mut gaps = gaps.iter().cycle();
    let mut text = String::new();
    for line in POLICY.lines() {
        let indent = line.len() - line.trim_start().len();
        text.push_str(&line[..indent]);
        let mut quoted = false;
        let mut comment = false;
        for c in line.trim_start().chars() {
            quoted ^= c == '"';
            comment |= c == '/' && text.ends_with('/') && !quoted;
            match c {
                ' ' if !quoted && !comment && !holds_together(&text) => {
                    text.push_str(gaps.next().unwrap_or(&" "));
                }
                _ => text.push(c),
            }
        }
        text.push('\n');
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_layout_is_formatted(gaps in gaps()) {
        let text = disordered(&gaps);
        let parsed = parse(&text);
        // A number and its unit stand on one line, so not every layout can be read.
        prop_assume!(parsed.diagnostics.is_empty());
        for spelling in SPELLINGS {
            let once = format(&text, Some(spelling));
            prop_assert!(once.is_ok(), "{:?}\n{text}\n{:?}", once, print(&parsed.file, &text, spelling));
            let once = once.unwrap_or_default();
            let twice = format(&once, Some(spelling));
            prop_assert_eq!(twice.as_ref(), Ok(&once), "\n{}", text);
        }
    }
}
