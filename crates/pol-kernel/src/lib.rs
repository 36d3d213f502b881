//! The flat machine: policies whose rules look at one subject alone, on a few words a subject.
//!
//! Promises: of each subject that stays regular the same outcomes as the incremental evaluator gives,
//! without evidence; a subject that does not is named and left to that evaluator. Refuses: policies
//! that are not flat, and says why.

mod letter;

pub use letter::{Digits, DigitsOf, KindLetters, Letters, Row};
