//! What the cases share.

mod comments;
mod disordered;
mod forms;
mod generated;
mod trees;
mod xinfeng;

use pol_syntax::ast::Spelling;
use pol_syntax::{format, parse, print};

const SPELLINGS: [Spelling; 2] = [Spelling::English, Spelling::Chinese];

/// A text as it is formatted in a spelling; formatted once more, it stays.
fn formatted(text: &str, spelling: Spelling) -> String {
    let once = format(text, Some(spelling)).unwrap_or_else(|error| panic!("{error:?}\n{text}"));
    let twice = format(&once, Some(spelling)).unwrap_or_else(|error| panic!("{error:?}\n{once}"));
    assert_eq!(once, twice);
    once
}
