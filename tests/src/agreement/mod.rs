//! Evaluators of one policy and one ledger must say the same. This makes policies and ledgers by
//! chance, runs them on two evaluators, compares what they say, and makes what differs small.
//!
//! Promises: the same seed makes the same policies and ledgers; every text is well typed, and makes
//! use of the whole language. Refuses: to know how an evaluator works.

pub mod constructs;

mod case;
mod choices;
mod compare;
mod draft;
mod drive;
mod evaluator;
mod flat;
mod longer;
mod mutants;
mod pair;
mod parted;
mod shrink;
mod streamed;
mod turned;

pub use case::{Case, Loaded};
pub use choices::Choices;
pub use compare::{Difference, differences};
pub use draft::policy;
pub use drive::{Plan, Tally, drive};
pub use evaluator::{
    CONTESTS, Called, Contest, Evaluator, Given, Incremental, Prepared, REFERENCE, Said,
};
pub use flat::{Bare, Machine, of_machine};
pub use longer::{Crowded, Longer, Records};
pub use mutants::{Hunt, hunt};
pub use pair::{Ground, Pair, Variant, variants};
pub use parted::PARTED;
pub use shrink::shrink;
pub use streamed::{AsRecorded, SHUFFLED, STREAMED};
pub use turned::{Ordered, Places, Turned};
