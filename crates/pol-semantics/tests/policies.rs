//! The policies of the repository analyse without a finding.

use pol_syntax::{SourceFile, parse};

/// Every finding as `line:column CODE message`.
fn findings(path: &str) -> Vec<String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../");
    let text = std::fs::read_to_string(format!("{root}{path}")).expect("the policy is there");
    let file = SourceFile::new(path, text.as_str());
    let parsed = parse(&text);
    let mut found = parsed.diagnostics;
    found.extend(pol_semantics::analyse(&parsed.file).diagnostics);
    found
        .iter()
        .map(|finding| {
            let at = file.line_column(finding.span().start);
            let (line, column) = (at.line, at.column);
            format!("{line}:{column} {} {}", finding.code, finding.message.en)
        })
        .collect()
}

#[test]
fn xinfeng_in_english() {
    assert_eq!(findings("policies/xinfeng/xinfeng.en.pol"), [""; 0]);
}

#[test]
fn xinfeng_in_chinese() {
    assert_eq!(findings("policies/xinfeng/xinfeng.zh.pol"), [""; 0]);
}

/// The forms of conditions, points, actions and duties that no other policy here uses are lowered
/// without an error.
#[test]
fn every_form() {
    let errors: Vec<String> = findings("crates/pol-semantics/tests/every_form.pol")
        .into_iter()
        .filter(|finding| !finding.contains(" POL041"))
        .collect();
    assert_eq!(errors, [""; 0]);
}

/// What hangs on a declaration that is missing is not a mistake of its own: four names at most are
/// missed (the ladder and its statuses), wherever they stand.
#[test]
fn one_declaration_less() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../policies/xinfeng/xinfeng.zh.pol"
    );
    let text = std::fs::read_to_string(path).expect("the policy is there");
    let whole = parse(&text).file;
    for at in 0..whole.declarations.len() {
        let mut file = whole.clone();
        let missing = file.declarations.remove(at);
        let errors = pol_semantics::analyse(&file)
            .diagnostics
            .iter()
            .filter(|finding| finding.is_error())
            .count();
        assert!(errors <= 4, "{errors} errors without {missing:?}");
    }
}
