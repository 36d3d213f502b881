//! The same run with everything in another order: ledger and register upside down. Nothing of it may
//! matter.

use super::evaluator::{Evaluator, Given, Said};
use pol_model::{
    Cause, Entry, EntryBody, EntryIx, Fault, MemberIx, Record, Report, State, Value, What,
};

/// An evaluator whose evidence stands in the order of the ledger, as that of [`Turned`] does.
#[derive(Debug, Clone, Copy)]
pub struct Ordered<E>(pub E);

impl<E: Evaluator> Evaluator for Ordered<E> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        let mut report = self.0.evaluate(given)?;
        for record in &mut report.records {
            in_order(&mut record.evidence);
            if let State::Unknown(causes) = &mut record.state {
                causes.sort();
            }
        }
        for line in &mut report.proposals {
            in_order(&mut line.evidence);
        }
        Ok(report)
    }
}

fn in_order(evidence: &mut Vec<EntryIx>) {
    evidence.sort_unstable();
    evidence.dedup();
}

/// An evaluator that is given ledger and register upside down.
#[derive(Debug, Clone, Copy)]
pub struct Turned<E>(pub E);

impl<E: Evaluator> Evaluator for Turned<E> {
    fn name(&self) -> &'static str {
        "turned"
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        let Given {
            register, entries, ..
        } = given;
        let mut members: Vec<MemberIx> = register.indices().collect();
        members.reverse();
        let order: Vec<usize> = (0..entries.len()).rev().collect();
        let places = Places::of(members, entries, &order);
        let mut register = register.clone();
        register.members.reverse();
        for member in &mut register.members {
            member.within = member.within.map(|outer| places.member(outer));
            for dated in member.attributes.iter_mut().flatten() {
                if let Some(value) = &mut dated.value {
                    places.value(value);
                }
            }
        }
        let mut entries: Vec<Entry> = entries.iter().rev().cloned().collect();
        for entry in &mut entries {
            match &mut entry.body {
                EntryBody::Event { of, fields, .. } => {
                    for member in of {
                        *member = places.member(*member);
                    }
                    for value in fields.iter_mut().flatten() {
                        places.value(value);
                    }
                }
                EntryBody::Decision { of, .. } => *of = places.member(*of),
                EntryBody::Withdrawal { .. } => {}
            }
        }
        let said = self.0.evaluate(Given {
            register: &register,
            entries: &entries,
            ..given
        });
        said.map(|report| places.report(report))
            .map_err(|faults| places.faults(faults))
    }
}

/// Where members and entries stood before they came into another order.
#[derive(Debug, Clone)]
pub struct Places {
    members: Vec<MemberIx>,
    entries: Vec<usize>,
}

impl Places {
    /// Of members that stand so, and of entries that came in this order. Entries that are equal are
    /// one; the first of them in the ledger stands for all.
    pub fn of(members: Vec<MemberIx>, entries: &[Entry], order: &[usize]) -> Self {
        let first = |at: &usize| {
            let same = |other: &Entry| *other == entries[*at];
            entries.iter().position(same).unwrap_or(*at)
        };
        Self {
            members,
            entries: order.iter().map(first).collect(),
        }
    }

    fn member(&self, member: MemberIx) -> MemberIx {
        self.members
            .get(member.at())
            .copied()
            .unwrap_or(MemberIx(u32::MAX))
    }

    fn entry(&self, entry: EntryIx) -> EntryIx {
        let at = self.entries.get(entry.at()).copied().unwrap_or(usize::MAX);
        EntryIx(u32::try_from(at).unwrap_or(u32::MAX))
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::Member(member) => *member = self.member(*member),
            Value::List(values) => {
                for value in values {
                    self.value(value);
                }
            }
            Value::Bool(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Duration(_)
            | Value::Symbol(..)
            | Value::Text(_) => {}
        }
    }

    /// A report by the places of the ledger, evidence in its order.
    pub fn report(&self, mut report: Report) -> Report {
        for record in &mut report.records {
            self.record(record);
        }
        for line in &mut report.standings {
            line.subject = self.member(line.subject);
        }
        for line in &mut report.in_force {
            line.subject = self.member(line.subject);
        }
        for line in &mut report.duties {
            line.subject = line.subject.map(|subject| self.member(subject));
        }
        for line in &mut report.proposals {
            line.subject = self.member(line.subject);
            self.evidence(&mut line.evidence);
        }
        report
    }

    fn record(&self, record: &mut Record) {
        record.subject = record.subject.map(|subject| self.member(subject));
        if let What::SetAside(entry) = &mut record.what {
            *entry = self.entry(*entry);
        }
        for (_, value) in &mut record.fields {
            self.value(value);
        }
        self.evidence(&mut record.evidence);
        if let State::Unknown(causes) = &mut record.state {
            for cause in causes.iter_mut() {
                if let Cause::Absent { entry, .. } | Cause::DivisionByZero { entry } = cause {
                    *entry = entry.map(|entry| self.entry(entry));
                }
                if let Cause::MayQualify { entry, .. } = cause {
                    *entry = self.entry(*entry);
                }
            }
            causes.sort();
        }
    }

    /// Evidence stands in the order of the ledger.
    fn evidence(&self, evidence: &mut Vec<EntryIx>) {
        for entry in evidence.iter_mut() {
            *entry = self.entry(*entry);
        }
        in_order(evidence);
    }

    pub(super) fn faults(&self, faults: Vec<Fault>) -> Vec<Fault> {
        let faults = faults.into_iter();
        faults.map(|fault| self.fault(fault)).collect()
    }

    fn fault(&self, fault: Fault) -> Fault {
        match fault {
            Fault::RecordedEarly(entry) => Fault::RecordedEarly(self.entry(entry)),
            Fault::RepeatedId { first, second } => Fault::RepeatedId {
                first: self.entry(second),
                second: self.entry(first),
            },
            Fault::WithdrawsNothing { entry, id } => Fault::WithdrawsNothing {
                entry: self.entry(entry),
                id,
            },
            Fault::WithdrawsWithdrawal { entry, withdrawal } => Fault::WithdrawsWithdrawal {
                entry: self.entry(entry),
                withdrawal: self.entry(withdrawal),
            },
            Fault::TwoProposals { entry, rules } => Fault::TwoProposals {
                entry: self.entry(entry),
                rules,
            },
            Fault::WhichRule { entry, rules } => Fault::WhichRule {
                entry: self.entry(entry),
                rules,
            },
            other => other,
        }
    }
}
