//! The reference evaluator: the judge of every other one.
//!
//! Straight from the manual's chapter "How a policy runs": each day, each condition is computed
//! anew from the whole record. It reads the typed policy, never a plan, so that it judges the
//! lowering too. Slow on purpose; no clock, no file, no order of hashing reaches it.

mod act;
mod aggregate;
mod arrivals;
mod condition;
mod decision;
mod duty;
mod error;
mod event;
mod evidence;
mod finish;
mod fire;
mod held;
mod history;
mod interval;
mod options;
mod param;
mod point;
mod report;
mod run;
mod scope;
mod truth;
mod window;
mod withdrawal;
mod world;

pub use options::Options;
pub use report::{InForce, OpenDuty, OpenProposal, Report, RunError, StandingLine};

use arrivals::Arrivals;
use pol_runtime::{Entry, Register};
use pol_semantics::hir::Policy;
use run::Run;

/// Runs a policy on a register and a ledger, from the first recorded day through `options.as_of`.
///
/// The report is a function of the policy, the register and the *set* of entries.
///
/// # Errors
/// What keeps the run from being meaningful, all at once: holes, ids that repeat with different
/// content, withdrawals of nothing, decisions that fit two proposals, years that a calendar lacks.
pub fn evaluate(
    policy: &Policy,
    register: &Register,
    entries: &[Entry],
    options: &Options,
) -> Result<Report, Vec<RunError>> {
    let holes = RunError::holes(policy);
    if !holes.is_empty() {
        return Err(holes);
    }
    let arrivals = Arrivals::read(entries, options)?;
    let mut run = Run::new(policy, register, entries, options);
    run.through(&arrivals);
    if run.errors.is_empty() {
        Ok(run.report())
    } else {
        let mut errors = std::mem::take(&mut run.errors);
        let mut seen = Vec::new();
        errors.retain(|error| {
            let new = !seen.contains(error);
            if new {
                seen.push(error.clone());
            }
            new
        });
        Err(errors)
    }
}
