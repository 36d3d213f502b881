//! The Xinfeng plan, whole.

use super::{read, shape};
use pol_syntax::ast::Spelling;

const ENGLISH: &str = include_str!("../../../../policies/xinfeng/xinfeng.en.pol");
const CHINESE: &str = include_str!("../../../../policies/xinfeng/xinfeng.zh.pol");

#[test]
fn both_spellings_have_one_shape() {
    let english = read(ENGLISH);
    let chinese = read(CHINESE);
    assert_eq!(english.spelling, Spelling::English);
    assert_eq!(chinese.spelling, Spelling::Chinese);
    assert_eq!(english.declarations.len(), chinese.declarations.len());
    for (one, other) in english.declarations.iter().zip(&chinese.declarations) {
        let of = |declaration: &pol_syntax::ast::Node<_>| {
            shape(&pol_syntax::ast::File {
                declarations: vec![declaration.clone()],
                ..Default::default()
            })
        };
        assert_eq!(of(one), of(other));
    }
}

/// A made-up scheme of another field, with tabs, half- and full-width signs mixed.
#[test]
fn petitions_read_whole() {
    let file = read(include_str!("petitions.pol"));
    assert_eq!(file.declarations.len(), 39);
    assert_eq!(file.comments.len(), 1);
}
