//! The Xinfeng plan keeps its look, and comes back from the other spelling.

use super::{SPELLINGS, formatted, parse};
use pol_syntax::ast::Spelling;

const ENGLISH: &str = include_str!("../../../../policies/xinfeng/xinfeng.en.pol");
const CHINESE: &str = include_str!("../../../../policies/xinfeng/xinfeng.zh.pol");

/// Lines without the blanks that set them in columns.
fn lines(text: &str) -> Vec<String> {
    let squeeze = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(squeeze).collect()
}

/// How many lines of the second text are not in the first.
fn changed(before: &str, after: &str) -> usize {
    let before = lines(before);
    let after = lines(after);
    after.iter().filter(|line| !before.contains(line)).count()
}

#[test]
fn the_plan_keeps_its_look() {
    for (text, spelling) in [(ENGLISH, Spelling::English), (CHINESE, Spelling::Chinese)] {
        let after = formatted(text, spelling);
        let count = changed(text, &after);
        // What is left: lines that were too wide.
        assert!(count * 20 < after.lines().count(), "{count} lines changed");
    }
}

#[test]
fn the_plan_comes_back_from_the_other_spelling() {
    for text in [ENGLISH, CHINESE] {
        let tree = parse(text).file;
        for first in SPELLINGS {
            for second in SPELLINGS {
                let back = formatted(&formatted(text, first), second);
                if second == tree.spelling {
                    assert_eq!(parse(&back).file.declarations, tree.declarations);
                }
            }
        }
    }
}
