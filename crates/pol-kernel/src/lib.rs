//! The flat machine: policies whose rules look at one subject alone, on a few words a subject.
//!
//! Promises: of each subject that stays regular the same outcomes as the incremental evaluator gives,
//! without evidence; a subject that does not is named and left to that evaluator. Refuses: policies
//! that are not flat, and says why.

mod answer;
mod calendar;
mod condition;
mod effects;
mod fire;
mod flat;
mod footprint;
mod layout;
mod letter;
mod look;
mod machine;
mod make;
mod reason;
mod replay;
mod row;
mod said;
mod spelling;
mod tables;

pub use flat::{Counter, Counts, Flat};
pub use letter::{Digits, DigitsOf, KindLetters, Letters, Row};
pub use machine::Machine;
pub use reason::{Reason, Why};
pub use replay::{Refusal, Replayed, replay, row};
pub use said::{Said, Told};
