//! Every stable code has a page that speaks both languages, and a test that asks for it.

use pol::CODES;
use pol_tests::documents::root;
use std::fs;
use std::path::Path;

#[test]
fn every_code_has_a_page_in_both_languages() {
    for (code, page) in CODES {
        assert!(page.starts_with(&format!("# {code}\n")), "{code}");
        // Most of it counts: an English sentence may name Chinese words.
        let is_chinese = |line: &&str| {
            let chinese = line
                .chars()
                .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
            chinese.count() * 3 > line.chars().filter(char::is_ascii_alphabetic).count()
        };
        let prose = || page.lines().skip(1).filter(|line| !line.trim().is_empty());
        assert!(prose().any(|line| is_chinese(&line)), "{code}: no Chinese");
        let english = prose().any(|line| line.split_whitespace().count() > 4 && !is_chinese(&line));
        assert!(english, "{code}: no English");
    }
}

#[test]
fn every_code_is_asked_for_by_a_test() {
    let root = root();
    let registry = root.join("crates/pol-syntax/src/diagnostic/codes.rs");
    let registry = fs::read_to_string(registry).unwrap();
    let mut tests = String::new();
    gather(&root.join("tests"), &mut tests);
    gather(&root.join("crates"), &mut tests);
    let missing: Vec<_> = CODES
        .iter()
        .map(|(code, _)| code.as_str())
        .filter(|code| {
            let constant = registry
                .lines()
                .find_map(|line| line.trim().strip_suffix(&format!(" = \"{code}\";")))
                .unwrap_or("?");
            !tests.contains(code) && !tests.contains(&format!("Code::{constant}"))
        })
        .collect();
    assert!(missing.is_empty(), "no test asks for {missing:?}");
}

/// Everything that tests say below a folder: files of `tests` folders, and the test modules beside
/// the code.
fn gather(folder: &Path, tests: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("a folder of the project").path();
        if path.is_dir() {
            gather(&path, tests);
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let of_tests = path.iter().any(|part| part == "tests") || path.ends_with("tests.rs");
        if of_tests {
            tests.push_str(&text);
        } else if let Some((_, module)) = text.split_once("#[cfg(test)]") {
            tests.push_str(module);
        }
    }
}
