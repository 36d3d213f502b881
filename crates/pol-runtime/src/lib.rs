//! All that a generated crate needs, and the only crate that it depends on.
//!
//! A generated crate declares the types of its policy: subjects, entries, statuses, outcomes. This
//! crate runs them. A [`Policy`] names its types; a [`Register`] holds members and gives typed
//! [`Id`]s; an [`Evaluator`] takes typed [`Row`]s and says typed [`Outcome`]s.
//!
//! Promises: what is said is what the reference evaluator says; nothing panics, whatever is handed
//! in; it builds for `wasm32-unknown-unknown`. Refuses: to know the language. No parser, no checker
//! and no compiler is part of it.

pub mod constant;
mod declared;
mod entry;
mod evaluator;
mod event;
mod fault;
mod field;
mod id;
mod open;
mod options;
mod outcome;
mod policy;
mod register;
pub mod state;
mod whole;

pub use chrono::NaiveTime as Time;
pub use declared::{Declared, Ladder, Proposed, Symbol, id, variant};
pub use entry::{Decision, Entries, Of, Row, Withdrawal};
pub use evaluator::{Evaluator, evaluate};
pub use event::{Carried, Event, Parts, Read, Said, Values, body, carry, read};
pub use fault::{Error, Trouble};
pub use field::{Field, Scalar};
pub use id::{Id, Kind, Nowhere, StandsOn};
pub use open::{InForce, Open, OpenDuty, OpenProposal, Report, Standing};
pub use options::{Options, Readings};
pub use outcome::{Asker, Outcome, What};
pub use pol_calendar::{Date, Duration};
pub use pol_model::{EntryIx, Number, Value, Verdict};
pub use policy::{Policy, Program, Statuses, Subjects};
pub use register::{Member, Register, RegisterError};
pub use std::sync::Arc;
pub use whole::{OutOfRange, Whole};

/// Dates, durations, and working-day calendars.
pub use pol_calendar as calendar;
/// The evaluator, without types of a policy.
pub use pol_eval as eval;
/// Entries, registers, records and indices, without types of a policy.
pub use pol_model as model;
/// The plan that an evaluator runs.
pub use pol_plan as plan;

/// Takes in a policy that `pol_codegen::build` wrote in the build script, by the policy's name.
///
/// ```ignore
/// mod xinfeng {
///     pol_runtime::include_policy!("xinfeng");
/// }
/// ```
#[macro_export]
macro_rules! include_policy {
    ($name:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $name, ".rs"));
    };
}
