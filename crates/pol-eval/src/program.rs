//! A plan made ready for many runs.

use crate::batch::Batch;
use crate::dispatch::Dispatch;
use crate::parts::SIZE;
use crate::stream::Evaluator;
use pol_model::{Entry, Fault, Options, Register, Report};
use pol_plan::Plan;
use std::borrow::Cow;
use std::num::NonZero;
use std::sync::Arc;

/// A plan made ready for many runs: what can be worked out once is worked out once.
#[derive(Debug, Clone)]
pub struct Program<'p> {
    plan: Cow<'p, Plan>,
    dispatch: Arc<Dispatch>,
}

impl<'p> Program<'p> {
    /// Makes a plan ready.
    pub fn of(plan: &'p Plan) -> Self {
        Self {
            dispatch: Arc::new(Dispatch::of(plan)),
            plan: Cow::Borrowed(plan),
        }
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// An evaluator that takes entries one by one: [`Evaluator::new`].
    pub fn evaluator<'a>(&'a self, register: &'a Register, options: Options) -> Evaluator<'a> {
        Evaluator::of(&self.plan, &self.dispatch, register, options)
    }

    /// Runs the plan on a register and a ledger, from the first recorded day through
    /// `options.as_of`, on at most so many threads. The report is the same for any number of them.
    ///
    /// The policy must be one that can be run: `Policy::runnable` is asked before.
    ///
    /// # Errors
    /// As [`crate::evaluate`].
    pub fn evaluate(
        &self,
        register: &Register,
        entries: &[Entry],
        options: &Options,
        threads: NonZero<usize>,
    ) -> Result<Report, Vec<Fault>> {
        self.in_parts_of(SIZE)
            .evaluate(register, entries, options, threads)
    }

    /// The same with another size of parts: small ledgers are one part otherwise.
    pub const fn in_parts_of(&self, size: usize) -> Parted<'_> {
        Parted {
            program: self,
            size,
        }
    }
}

/// A program that runs in parts of at least so many members and entries.
#[derive(Debug, Clone, Copy)]
pub struct Parted<'a> {
    program: &'a Program<'a>,
    size: usize,
}

impl Parted<'_> {
    /// As [`Program::evaluate`].
    ///
    /// # Errors
    /// As [`crate::evaluate`].
    pub fn evaluate(
        &self,
        register: &Register,
        entries: &[Entry],
        options: &Options,
        threads: NonZero<usize>,
    ) -> Result<Report, Vec<Fault>> {
        self.batch(register, entries, options).run(threads)
    }

    /// In how many parts that is done.
    ///
    /// # Errors
    /// What is wrong with the entries.
    pub fn parts(
        &self,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Result<usize, Vec<Fault>> {
        self.batch(register, entries, options).parts()
    }

    fn batch<'b>(
        &'b self,
        register: &'b Register,
        entries: &'b [Entry],
        options: &'b Options,
    ) -> Batch<'b> {
        Batch {
            plan: &self.program.plan,
            dispatch: &self.program.dispatch,
            register,
            entries,
            options,
            size: self.size,
        }
    }
}

impl Program<'static> {
    /// Makes a plan ready and keeps it.
    pub fn owning(plan: Plan) -> Self {
        Self {
            dispatch: Arc::new(Dispatch::of(&plan)),
            plan: Cow::Owned(plan),
        }
    }
}
