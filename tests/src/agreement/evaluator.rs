//! What is compared: something that runs a policy on a register and a ledger.

use super::longer::{Crowded, Longer, Records};
use super::streamed::{AsRecorded, STREAMED};
use super::turned::{Ordered, Turned};
use pol::hir::Policy;
use pol_runtime::{Entry, Fault, Options, Register, Report};

/// What came of a run.
pub type Said = Result<Report, Vec<Fault>>;

/// Something that runs a policy.
pub trait Evaluator: Sync {
    /// What it is called in a report.
    fn name(&self) -> &'static str;

    /// Runs a policy.
    ///
    /// # Errors
    /// What keeps the run from being meaningful.
    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said;
}

/// A function that evaluates: `Called("reference", pol_reference::evaluate)`.
#[derive(Debug, Clone, Copy)]
pub struct Called(
    /// What it is called.
    pub &'static str,
    /// What it does.
    pub fn(&Policy, &Register, &[Entry], &Options) -> Said,
);

impl Evaluator for Called {
    fn name(&self) -> &'static str {
        self.0
    }

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        (self.1)(policy, register, entries, options)
    }
}

/// The judge of all others.
pub const REFERENCE: Called = Called("reference", pol_reference::evaluate);

/// The one that asks again only what can have changed.
pub const INCREMENTAL: Called = Called("incremental", |policy, register, entries, options| {
    policy.runnable(register, options.as_of)?;
    pol_eval::evaluate(&pol_plan::Plan::of(policy), register, entries, options)
});

/// Who is compared with whom: the judge first. A further evaluator is one more line.
pub const CONTESTS: &[(&dyn Evaluator, &dyn Evaluator)] = &[
    (&REFERENCE, &INCREMENTAL),
    (&Ordered(REFERENCE), &Turned(INCREMENTAL)),
    (&AsRecorded(REFERENCE), &AsRecorded(STREAMED)),
    (&Ordered(REFERENCE), &Turned(REFERENCE)),
    (&Records(REFERENCE), &Longer(REFERENCE)),
    (&REFERENCE, &Crowded(REFERENCE)),
];
