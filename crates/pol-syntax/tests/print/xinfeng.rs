//! The Xinfeng plan stands as it is printed, and comes back from the other spelling.

use super::{SPELLINGS, formatted, parse};
use pol_syntax::ast::Spelling;

const ENGLISH: &str = include_str!("../../../../policies/xinfeng/xinfeng.en.pol");
const CHINESE: &str = include_str!("../../../../policies/xinfeng/xinfeng.zh.pol");

#[test]
fn the_plan_stands_as_it_is_printed() {
    for (text, spelling) in [(ENGLISH, Spelling::English), (CHINESE, Spelling::Chinese)] {
        let printed = formatted(text, spelling);
        let mut lines = text.lines().zip(printed.lines());
        let first = lines.find(|(one, other)| one != other);
        assert_eq!(first, None, "`pol fmt policies/xinfeng/*.pol` mends it");
        assert_eq!(text, printed);
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
