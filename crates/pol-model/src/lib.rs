//! What every evaluator of Pol and every generated crate share: exact values, three-valued logic,
//! entries, registers, and the records in which outcomes are told.
//!
//! Promises: arithmetic is exact or says that it cannot be ([`Number`]); order of values is total
//! and the same everywhere. Refuses: to know syntax, names or texts; to read a clock or a file.

pub mod compute;

mod arrivals;
mod entry;
mod fault;
mod ids;
mod number;
mod options;
mod order;
mod quantity;
mod record;
mod register;
mod report;
mod tri;
mod value;
#[cfg(feature = "serde")]
mod written;

pub use arrivals::{Arrivals, Arrived};
pub use entry::{Entry, EntryBody, Origin, Verdict};
pub use fault::{Fault, Limit};
pub use ids::*;
pub use number::Number;
pub use options::{MOST_DAYS, Options};
pub use order::{Names, sort_records};
pub use pol_calendar::Date;
pub use quantity::{Between, Quantity, Truth};
pub use record::{Cause, Record, Setback, State, Step, What};
pub use register::{Dated, Member, Membership, Register, Standing};
pub use report::{InForce, OpenDuty, OpenProposal, Report, StandingLine};
pub use tri::Tri;
pub use value::Value;
