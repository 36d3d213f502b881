//! The flat machine, where a policy is flat: of regular subjects it says what the judge says, without
//! evidence.

use super::evaluator::{Evaluator, Given, Said};
use super::longer::Records;
use pol_kernel::{Flat, replay};
use pol_model::{MemberIx, Record, Report, sort_records};
use pol_plan::Plan;
use std::collections::BTreeSet;

/// What is left of a run for comparison with the machine: records of subjects that are regular to it,
/// without what they rest on. Of a policy that is not flat nothing is left.
#[derive(Debug, Clone, Copy)]
pub struct Bare<E>(pub E);

impl<E: Evaluator> Evaluator for Bare<E> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        let said = Records(&self.0).evaluate(given)?;
        let Some((_, irregular)) = of_machine(given) else {
            return Ok(Report::default());
        };
        let regular = |record: &Record| {
            record
                .subject
                .is_some_and(|subject| !irregular.contains(&subject.0))
        };
        let bare = |record: Record| Record {
            fields: Vec::new(),
            rule: None,
            evidence: Vec::new(),
            ..record
        };
        let records = said.records.into_iter().filter(regular).map(bare);
        Ok(Report {
            records: sorted(given, records.collect()),
            ..Report::default()
        })
    }
}

/// The machine; of a policy that is not flat it says nothing.
#[derive(Debug, Clone, Copy)]
pub struct Machine<E>(pub E);

impl<E: Evaluator> Evaluator for Machine<E> {
    fn name(&self) -> &'static str {
        "machine"
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        // What keeps a run from being meaningful is told by the one that stands in for it.
        self.0.evaluate(given)?;
        let records = of_machine(given).map(|(records, _)| records);
        Ok(Report {
            records: sorted(given, records.unwrap_or_default()),
            ..Report::default()
        })
    }
}

/// An evaluator that is given only what the machine does not refuse as a whole: entries of the time of
/// the record, each id once, in a run of today.
#[derive(Debug, Clone, Copy)]
pub struct Plain<E>(pub E);

impl<E: Evaluator> Evaluator for Plain<E> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        let mut ids = BTreeSet::new();
        let mut entries = given.entries.to_vec();
        entries.retain(|entry| {
            let first = entry.id.as_ref().is_none_or(|id| ids.insert(id.clone()));
            first && entry.date >= given.policy.counting_from && entry.recorded >= entry.date
        });
        let mut options = given.options.clone();
        options.hindsight = false;
        options.assume_approved = false;
        options.known_on = None;
        self.0.evaluate(Given {
            entries: &entries,
            options: &options,
            ..given
        })
    }
}

fn sorted(given: Given<'_>, mut records: Vec<Record>) -> Vec<Record> {
    sort_records(&mut records, &Plan::of(given.policy), given.register, &[]);
    records
}

/// What the machine says, and of whom it says nothing; none if it does not run this.
pub fn of_machine(given: Given<'_>) -> Option<(Vec<Record>, BTreeSet<u32>)> {
    let plan = Plan::of(given.policy);
    let flat = Flat::of(&plan).ok()?;
    let replayed = replay(&plan, &flat, given.register, given.entries, given.options).ok()?;
    let day = |number: u16| plan.counting_from + chrono::Days::new(number.into());
    let records = replayed.said.iter().map(|said| {
        let (what, state) = said.record(day);
        Record {
            date: day(said.day),
            known: day(said.day),
            step: said.step,
            subject: Some(MemberIx(said.subject)),
            what,
            state,
            fields: Vec::new(),
            rule: None,
            evidence: Vec::new(),
            assumed: false,
            due: None,
        }
    });
    Some((records.collect(), replayed.irregular))
}
