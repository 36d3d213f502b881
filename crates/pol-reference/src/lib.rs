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
mod entry;
mod error;
mod event;
mod evidence;
mod explain;
mod finish;
mod fire;
mod held;
mod history;
mod interval;
mod options;
mod param;
mod point;
mod proof;
mod report;
mod run;
mod schedule;
mod scope;
mod truth;
mod watch;
mod window;
mod withdrawal;
mod world;

pub use explain::{DutyFate, DutyProof, Explanation, FiringProof, RuleProof, explain};
pub use options::Options;
pub use proof::{CountedEvent, Finding, Found, Proof};
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
/// What keeps the run from being meaningful, all at once: holes, phases without dates, ids that repeat with different
/// content, withdrawals of nothing, decisions that fit two proposals, years that a calendar lacks.
pub fn evaluate(
    policy: &Policy,
    register: &Register,
    entries: &[Entry],
    options: &Options,
) -> Result<Report, Vec<RunError>> {
    finished(policy, register, entries, options).map(Run::report)
}

/// The most days of a run, from the policy's start: 100 years.
const MOST_DAYS: i64 = 36_525;

/// A run that has come to its last day.
fn finished<'a>(
    policy: &'a Policy,
    register: &'a Register,
    entries: &'a [Entry],
    options: &'a Options,
) -> Result<Run<'a>, Vec<RunError>> {
    let mut errors = RunError::holes(policy);
    errors.extend(RunError::phases_without_dates(policy, register));
    if !errors.is_empty() {
        return Err(errors);
    }
    if (options.as_of - policy.effective).num_days() > MOST_DAYS {
        return Err(vec![RunError::too_long(policy, options.as_of)]);
    }
    let arrivals = Arrivals::read(policy, register, entries, options)?;
    let mut run = Run::new(policy, register, entries, options);
    run.through(&arrivals);
    let mut errors: Vec<RunError> = Vec::new();
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
