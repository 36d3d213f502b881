//! What is compared: something that runs a policy on a register and a ledger.

use super::flat::{Bare, Machine, Plain};
use super::longer::{Crowded, Longer, Records};
use super::parted::PARTED;
use super::streamed::{AsRecorded, SHUFFLED, STREAMED};
use super::turned::{Ordered, Turned};
use pol::hir::Policy;
use pol_model::{Entry, Fault, Options, Register, Report};
use pol_plan::Plan;

/// What came of a run.
pub type Said = Result<Report, Vec<Fault>>;

/// What is run, on what, and how.
#[derive(Debug, Clone, Copy)]
pub struct Given<'g> {
    /// The policy.
    pub policy: &'g Policy,
    /// Who there is.
    pub register: &'g Register,
    /// What happened.
    pub entries: &'g [Entry],
    /// How it is run.
    pub options: &'g Options,
}

/// Something that runs a policy.
pub trait Evaluator: Sync {
    /// What it is called in a report.
    fn name(&self) -> &'static str;

    /// Runs a policy.
    ///
    /// # Errors
    /// What keeps the run from being meaningful.
    fn evaluate(&self, given: Given<'_>) -> Said;

    /// The same for many ledgers of one policy: what can be done once is done here.
    fn prepared<'p>(&'p self, policy: &'p Policy) -> Prepared<'p> {
        Box::new(move |register, entries, options| {
            self.evaluate(Given {
                policy,
                register,
                entries,
                options,
            })
        })
    }
}

/// An evaluator that is ready for one policy.
pub type Prepared<'p> = Box<dyn Fn(&Register, &[Entry], &Options) -> Said + 'p>;

/// A function that evaluates.
#[derive(Debug, Clone, Copy)]
pub struct Called(
    /// What it is called.
    pub &'static str,
    /// What it does.
    pub fn(Given<'_>) -> Said,
);

impl Evaluator for Called {
    fn name(&self) -> &'static str {
        self.0
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        (self.1)(given)
    }
}

/// The judge of all others.
pub const REFERENCE: Called = Called("reference", |given| {
    pol_reference::evaluate(given.policy, given.register, given.entries, given.options)
});

/// The one that asks again only what can have changed.
#[derive(Debug, Clone, Copy)]
pub struct Incremental;

impl Evaluator for Incremental {
    fn name(&self) -> &'static str {
        "incremental"
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        self.prepared(given.policy)(given.register, given.entries, given.options)
    }

    fn prepared<'p>(&'p self, policy: &'p Policy) -> Prepared<'p> {
        let plan = Plan::of(policy);
        Box::new(move |register, entries, options| {
            policy.runnable(register, options.as_of)?;
            pol_eval::evaluate(&plan, register, entries, options)
        })
    }
}

/// Two evaluators of which one is judged by the other.
#[derive(Clone, Copy)]
pub struct Contest {
    /// The judge.
    pub judge: &'static dyn Evaluator,
    /// The one that is judged.
    pub other: &'static dyn Evaluator,
    /// One pair in so many is tried.
    pub one_in: usize,
}

/// Who is compared with whom. A further evaluator is one more line; the others ask of the judge what
/// must hold of it by itself.
pub const CONTESTS: &[Contest] = &[
    contest(&REFERENCE, &Incremental, 1),
    contest(&Ordered(REFERENCE), &Turned(Incremental), 4),
    contest(&Incremental, &PARTED, 2),
    contest(&Plain(Bare(Incremental)), &Plain(Machine(Incremental)), 2),
    contest(&Ordered(REFERENCE), &Turned(PARTED), 10),
    contest(&AsRecorded(REFERENCE), &AsRecorded(STREAMED), 10),
    contest(&Ordered(REFERENCE), &SHUFFLED, 10),
    contest(&Ordered(REFERENCE), &Turned(REFERENCE), 20),
    contest(&Records(REFERENCE), &Longer(REFERENCE), 20),
    contest(&REFERENCE, &Crowded(REFERENCE), 20),
];

const fn contest(
    judge: &'static dyn Evaluator,
    other: &'static dyn Evaluator,
    one_in: usize,
) -> Contest {
    Contest {
        judge,
        other,
        one_in,
    }
}
