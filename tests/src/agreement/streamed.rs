//! The incremental evaluator fed entry by entry, stopped and taken up again after each day.

use super::choices::Choices;
use super::evaluator::{Called, Evaluator, Given, Incremental, Said};
use super::turned::Places;
use pol_calendar::Date;
use pol_model::{Entry, Options};
use std::collections::BTreeSet;

/// An evaluator that is given the ledger in the order in which it was recorded.
#[derive(Debug, Clone, Copy)]
pub struct AsRecorded<E>(pub E);

impl<E: Evaluator> Evaluator for AsRecorded<E> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        let mut entries = given.entries.to_vec();
        entries.sort_by_key(|entry| day(entry, given.options));
        let entries = &entries;
        self.0.evaluate(Given { entries, ..given })
    }
}

/// The incremental evaluator, to which each day's entries come on their day, and whose state is written
/// and read again after each day.
pub const STREAMED: Called = Called("streamed", |given| {
    // What is wrong with a whole ledger is wrong with it from the first day on.
    Incremental.evaluate(given)?;
    let (register, entries, options) = (given.register, given.entries, given.options);
    let plan = pol_plan::Plan::of(given.policy);
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

/// The incremental evaluator, to which each entry comes at some time before the day on which it is
/// recorded is over, and whose state is written and read again now and then.
pub const SHUFFLED: Called = Called("shuffled", |given| {
    Incremental.evaluate(given)?;
    let (register, entries, options) = (given.register, given.entries, given.options);
    let plan = pol_plan::Plan::of(given.policy);
    let days: BTreeSet<Date> = entries.iter().map(|entry| day(entry, options)).collect();
    let days: Vec<Date> = days.into_iter().collect();
    let mut choices = Choices::new(entries.len() as u64, days.len() as u64);
    // Before which of the days each comes, and when among those that come before that day.
    let mut arrivals: Vec<(usize, u64, usize)> = (entries.iter().enumerate())
        .map(|(at, entry)| {
            let own = days.binary_search(&day(entry, options)).unwrap_or(0);
            let early = if choices.chance(50) {
                choices.below(own + 1)
            } else {
                own
            };
            (early, choices.below(1000) as u64, at)
        })
        .collect();
    arrivals.sort_unstable();
    let order: Vec<usize> = arrivals.iter().map(|(_, _, at)| *at).collect();
    let places = Places::of(register.indices().collect(), entries, &order);
    let mut evaluator = pol_eval::Evaluator::new(&plan, register, options.clone());
    let mut records = Vec::new();
    let mut arrivals = arrivals.into_iter().peekable();
    for (at, closes) in days.iter().enumerate() {
        while let Some((_, _, entry)) = arrivals.next_if(|(before, _, _)| *before == at) {
            let taken = evaluator.take(entries[entry].clone());
            taken.expect("its day is not over yet");
            if choices.chance(25) {
                let bytes = evaluator.snapshot().expect("it can be written");
                evaluator = pol_eval::Evaluator::restore(&plan, register, &bytes)
                    .expect("it is read again");
            }
        }
        if *closes <= options.as_of {
            let said = evaluator.advance_to(*closes);
            records.extend(said.map_err(|faults| places.faults(faults))?);
        }
    }
    let said = evaluator.advance_to(options.as_of);
    records.extend(said.map_err(|faults| places.faults(faults))?);
    let mut report = evaluator.open().map_err(|faults| places.faults(faults))?;
    report.records = records;
    Ok(places.report(report))
});

fn day(entry: &Entry, options: &Options) -> Date {
    if options.hindsight {
        entry.date
    } else {
        entry.recorded
    }
}
