//! The reference evaluator: the judge of every other one.
//!
//! Straight from the manual's chapter "How a policy runs": each day, each condition is computed
//! anew from the whole record. It reads the typed policy, never a plan, so that it judges the
//! lowering too. Slow on purpose; no clock, no file, no order of hashing reaches it.

mod act;
mod aggregate;
mod condition;
mod decision;
mod duty;
mod entry;
mod event;
mod evidence;
mod explain;
mod extension;
mod finish;
mod fire;
mod held;
mod history;
mod interval;
mod param;
mod point;
mod proof;
mod run;
mod schedule;
mod scope;
mod watch;
mod window;
mod withdrawal;
mod world;

pub use explain::{DutyFate, DutyProof, Explanation, FiringProof, RuleProof, explain};
pub use proof::{CountedEvent, Finding, Found, Proof};

use pol_model::{Arrivals, Entry, Fault, Options, Register, Report};
use pol_semantics::hir::Policy;
use run::Run;

/// Runs a policy on a register and a ledger, from the first recorded day through `options.as_of`.
///
/// The report is a function of the policy, the register and the *set* of entries.
///
/// # Errors
/// What keeps the run from being meaningful, all at once: holes, phases without dates, ids that repeat with different
/// content, withdrawals of nothing, decisions that fit two proposals, years that a calendar lacks.
pub fn evaluate(
    policy: &Policy,
    register: &Register,
    entries: &[Entry],
    options: &Options,
) -> Result<Report, Vec<Fault>> {
    finished(policy, register, entries, options).map(Run::report)
}

/// A run that has come to its last day.
fn finished<'a>(
    policy: &'a Policy,
    register: &'a Register,
    entries: &'a [Entry],
    options: &'a Options,
) -> Result<Run<'a>, Vec<Fault>> {
    policy.runnable(register, options.as_of)?;
    let arrivals = Arrivals::read(policy, register, entries, options)?;
    let mut run = Run::new(policy, register, entries, options);
    run.through(&arrivals);
    let mut errors = Vec::new();
    for error in std::mem::take(&mut run.errors) {
        if !errors.contains(&error) {
            errors.push(error);
        }
    }
    if errors.is_empty() {
        Ok(run)
    } else {
        Err(errors)
    }
}
