//! Checks every policy under `check/`; the snapshot beside it is what the author would see.

use pol_syntax::diagnostic::CODES;
use pol_tests::report::Report;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn every_case_says_what_it_said() {
    insta::glob!("..", "check/*.pol", |path| {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(path.parent().unwrap());
        settings.set_prepend_module_to_snapshot(false);
        settings.remove_snapshot_suffix();
        settings.set_omit_expression(true);
        let name = path.file_stem().unwrap().to_str().unwrap();
        settings.bind(|| insta::assert_snapshot!(name, Report::of(path).drawn()));
    });
}

/// Codes of names, types and the whole. The parser, ledgers and runs show theirs in their own tests.
#[test]
fn every_code_about_a_policy_has_a_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("check");
    let shown: BTreeSet<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pol"))
        .flat_map(|path| Report::of(&path).codes().collect::<Vec<_>>())
        .collect();
    let missing: Vec<_> = CODES
        .iter()
        .map(|(code, _)| *code)
        .filter(|code| ("POL02".."POL05").contains(&code.as_str()) && !shown.contains(code))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_page_about_the_whole_policy_says_why_and_how() {
    for (code, page) in CODES {
        if code.as_str().starts_with("POL04") {
            assert!(page.starts_with(&format!("# {code}\n")), "{code}");
            for heading in ["\n## 中文\n", "\n## English\n"] {
                assert!(page.contains(heading), "{code} lacks {heading}");
            }
            assert_eq!(
                page.matches("```pol\n").count(),
                4,
                "{code}: wrong and better, twice"
            );
        }
    }
}
