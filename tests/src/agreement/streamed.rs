//! The incremental evaluator fed entry by entry, stopped and taken up again after each day.

use super::evaluator::{Called, Evaluator, Incremental, Said};
use pol::hir::Policy;
use pol_calendar::Date;
use pol_model::{Entry, Options, Register};

/// An evaluator that is given the ledger in the order in which it was recorded.
#[derive(Debug, Clone, Copy)]
pub struct AsRecorded<E>(pub E);

impl<E: Evaluator> Evaluator for AsRecorded<E> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        let mut entries = entries.to_vec();
        entries.sort_by_key(|entry| day(entry, options));
        self.0.evaluate(policy, register, &entries, options)
    }
}

/// The incremental evaluator, to which each day's entries come on their day, and whose state is written
/// and read again after each day.
pub const STREAMED: Called = Called("streamed", |policy, register, entries, options| {
    policy.runnable(register, options.as_of)?;
    let plan = pol_plan::Plan::of(policy);
    // What is wrong with a whole ledger is wrong with it from the first day on.
    Incremental.evaluate(policy, register, entries, options)?;
    let mut evaluator = pol_eval::Evaluator::new(&plan, register, options.clone());
    let mut records = Vec::new();
    let mut waiting = entries.iter().peekable();
    while let Some(next) = waiting.peek().map(|entry| day(entry, options)) {
        while let Some(entry) = waiting.next_if(|entry| day(entry, options) == next) {
            evaluator
                .take(entry.clone())
                .expect("its day is not over yet");
        }
        if next <= options.as_of {
            records.extend(evaluator.advance_to(next)?);
        }
        let bytes = evaluator.snapshot().expect("it can be written");
        evaluator =
            pol_eval::Evaluator::restore(&plan, register, &bytes).expect("it is read again");
    }
    records.extend(evaluator.advance_to(options.as_of)?);
    let mut report = evaluator.open()?;
    report.records = records;
    Ok(report)
});

fn day(entry: &Entry, options: &Options) -> Date {
    if options.hindsight {
        entry.date
    } else {
        entry.recorded
    }
}
