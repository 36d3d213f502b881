//! The evaluators: one that is the judge, and one that is fast.

use crate::Policy;
use pol_model::{Entry, Fault, Options, Register, Report};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::num::NonZero;

/// Which evaluator makes a run. Both say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Evaluator {
    /// Looks only at what can have changed.
    #[default]
    Incremental,
    /// Computes every condition anew from the whole record each day: the judge of every other. It runs
    /// on one thread.
    Reference,
}

impl Evaluator {
    /// Runs a policy, on at most so many threads.
    pub(crate) fn evaluate(
        self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
        threads: NonZero<usize>,
    ) -> Result<Report, Vec<Fault>> {
        match self {
            Self::Reference => pol_reference::evaluate(policy.hir(), register, entries, options),
            Self::Incremental => {
                policy.hir().runnable(register, options.as_of)?;
                let program = policy.program();
                program.evaluate(register, entries, options, threads)
            }
        }
    }
}
