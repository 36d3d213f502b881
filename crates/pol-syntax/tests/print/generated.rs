//! For every well-formed tree: what is printed, in either spelling, gives the tree again, and
//! printing what was printed changes nothing.

use super::trees::{declarations, exprs, node, rules, steps};
use super::{SPELLINGS, format, parse};
use pol_syntax::ast::{Declaration, File, OneLiner};
use pol_syntax::print;
use proptest::collection::vec;
use proptest::prelude::*;

/// How many trees of each kind are tried; thousands have been.
const CASES: u32 = 48;

/// Prints and reads a file in both spellings.
fn comes_back(file: &File) -> Result<(), TestCaseError> {
    for spelling in SPELLINGS {
        let text =
            print(file, "", spelling).map_err(|error| TestCaseError::fail(format!("{error:?}")))?;
        let parsed = parse(&text);
        prop_assert!(
            parsed.diagnostics.is_empty(),
            "{:?}\n{text}",
            parsed.diagnostics
        );
        prop_assert_eq!(&parsed.file.declarations, &file.declarations, "\n{}", text);
        prop_assert_eq!(&parsed.file.one_liners, &file.one_liners, "\n{}", text);
        let again = format(&text, Some(spelling));
        prop_assert_eq!(again.as_ref(), Ok(&text), "\n{}", text);
    }
    Ok(())
}

fn file(declaration: Declaration) -> File {
    File {
        declarations: vec![node(declaration)],
        ..File::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn declarations_come_back(declarations in vec(declarations::short().prop_map(node), 1..3)) {
        comes_back(&File { declarations, ..File::default() })?;
    }

    #[test]
    fn rules_come_back(rule in rules::rule()) {
        comes_back(&file(Declaration::Rule(rule)))?;
    }

    #[test]
    fn duties_come_back(duty in rules::duty()) {
        comes_back(&file(Declaration::Duty(duty)))?;
    }

    #[test]
    fn properties_come_back(never in rules::never()) {
        comes_back(&file(Declaration::Never(never)))?;
    }

    #[test]
    fn tests_come_back(test in steps::test()) {
        comes_back(&file(Declaration::Test(test)))?;
    }

    #[test]
    fn one_liners_come_back(
        subject in super::trees::name(),
        condition in exprs::expr(),
        then in rules::actions(1),
    ) {
        let line = OneLiner { subject, condition, then };
        comes_back(&File { one_liners: vec![node(line)], ..File::default() })?;
    }
}
