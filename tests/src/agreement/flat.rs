//! The flat machine, where a policy is flat: of regular subjects it says what the judge says, without
//! evidence.

use super::evaluator::{Evaluator, Said};
use super::longer::Records;
use pol::hir::Policy;
use pol_kernel::{Flat, replay};
use pol_model::{Entry, MemberIx, Options, Record, Register, Report, sort_records};
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

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        let said = Records(&self.0).evaluate(policy, register, entries, options)?;
        let Some((_, irregular)) = of_machine(policy, register, entries, options) else {
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
            records: sorted(policy, records.collect(), register),
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

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        // What keeps a run from being meaningful is told by the one that stands in for it.
        self.0.evaluate(policy, register, entries, options)?;
        let records = of_machine(policy, register, entries, options).map(|(records, _)| records);
        Ok(Report {
            records: sorted(policy, records.unwrap_or_default(), register),
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

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        let mut ids = BTreeSet::new();
        let mut entries = entries.to_vec();
        entries.retain(|entry| {
            let first = entry.id.as_ref().is_none_or(|id| ids.insert(id.clone()));
            first && entry.date >= policy.counting_from && entry.recorded >= entry.date
        });
        let mut options = options.clone();
        options.hindsight = false;
        options.assume_approved = false;
        options.known_on = None;
        self.0.evaluate(policy, register, &entries, &options)
    }
}

fn sorted(policy: &Policy, mut records: Vec<Record>, register: &Register) -> Vec<Record> {
    sort_records(&mut records, &Plan::of(policy), register, &[]);
    records
}

/// What the machine says, and of whom it says nothing; none if it does not run this.
pub fn of_machine(
    policy: &Policy,
    register: &Register,
    entries: &[Entry],
    options: &Options,
) -> Option<(Vec<Record>, BTreeSet<u32>)> {
    let plan = Plan::of(policy);
    let flat = Flat::of(&plan).ok()?;
    let replayed = replay(&plan, &flat, register, entries, options).ok()?;
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
