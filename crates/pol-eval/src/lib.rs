//! The incremental evaluator: the same answers as the reference, with the work of what changes.
//!
//! Each happening is listed once under every pattern that means it; each condition is asked again
//! only when something that it reads has come or gone, or on the first day on which its answer may
//! change by itself; a day on which neither is due is never looked at. Promises: equal reports to the
//! reference, whatever the policy, register and ledger. Refuses: to read a clock, a file or the
//! typed policy.

mod about;
mod act;
mod agenda;
mod aggregate;
mod batch;
mod clock;
mod condition;
mod decision;
mod dispatch;
mod duty;
mod entry;
mod fire;
mod fixed;
mod interval;
mod matching;
mod part;
mod parts;
mod point;
mod program;
mod record;
mod report;
mod run;
mod schedule;
mod scope;
mod snapshot;
mod span;
mod stream;
mod watch;
mod window;
mod withdrawal;
mod world;

pub use fixed::{Fixed, Seen};
pub use snapshot::SnapshotError;
pub use stream::{Closed, Evaluator};

pub use program::{Parted, Program};

use pol_model::{Entry, Fault, Options, Register, Report};
use pol_plan::Plan;
use std::num::NonZero;

/// Runs a plan on a register and a ledger, from the first recorded day through `options.as_of`.
///
/// The policy must be one that can be run: `Policy::runnable` is asked before. Who runs a plan more
/// than once makes a [`Program`] of it.
///
/// # Errors
/// What keeps the run from being meaningful, all at once: ids that repeat with different content,
/// withdrawals of nothing, decisions that fit two proposals, years that a calendar lacks.
pub fn evaluate(
    plan: &Plan,
    register: &Register,
    entries: &[Entry],
    options: &Options,
) -> Result<Report, Vec<Fault>> {
    Program::of(plan).evaluate(register, entries, options, NonZero::<usize>::MIN)
}
