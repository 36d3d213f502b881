//! The order in which a run tells what it says: by names, so that it never depends on the order of
//! declarations.

use crate::{
    BodyIx, DutyIx, Entry, EventIx, LadderIx, MemberIx, NeverIx, OutcomeIx, Record, Register,
    Report, RuleIx, State, What,
};
use std::sync::Arc;

/// The names that a policy gives.
pub trait Names {
    /// Of a kind of entry.
    fn event(&self, event: EventIx) -> &str;
    /// Of a rule.
    fn rule(&self, rule: RuleIx) -> &str;
    /// Of a body.
    fn body(&self, body: BodyIx) -> &str;
    /// Of a status.
    fn status(&self, ladder: LadderIx, status: u16) -> &str;
    /// Of an outcome.
    fn outcome(&self, outcome: OutcomeIx) -> &str;
    /// Of a duty.
    fn duty(&self, duty: DutyIx) -> &str;
    /// Of a property.
    fn never(&self, never: NeverIx) -> &str;
}

impl Report {
    /// Puts everything into the order in which it is told: records by day, step, subject, what brings
    /// the rest about first, and names; what is open by subject and name.
    pub fn sort(&mut self, names: &impl Names, register: &Register, entries: &[Entry]) {
        let id = |subject: Option<MemberIx>| subject.map(|subject| id(register, subject));
        sort_records(&mut self.records, names, register, entries);
        self.standings
            .sort_by_cached_key(|line| (id(Some(line.subject)), line.ladder));
        self.in_force.sort_by_cached_key(|one| {
            let name = names.outcome(one.outcome).to_owned();
            (id(Some(one.subject)), name, one.from)
        });
        self.duties.sort_by_cached_key(|one| {
            let name = names.duty(one.duty).to_owned();
            (id(one.subject), name, one.last_day)
        });
        self.proposals.sort_by_cached_key(|one| {
            let name = names.rule(one.rule).to_owned();
            (id(Some(one.subject)), name)
        });
    }
}

/// Puts records into the order in which they are told.
pub fn sort_records(
    records: &mut [Record],
    names: &impl Names,
    register: &Register,
    entries: &[Entry],
) {
    records.sort_by_cached_key(|record| order(record, names, register, entries));
}

fn id(register: &Register, subject: MemberIx) -> Arc<str> {
    register.member(subject).id.clone()
}

fn order<N: Names>(
    record: &Record,
    names: &N,
    register: &Register,
    entries: &[Entry],
) -> impl Ord + use<N> {
    let (sort, name) = match record.what {
        What::SetAside(entry) => (0, entries[entry.at()].id.as_deref().unwrap_or_default()),
        What::Undetermined(rule) => (1, names.rule(rule)),
        What::UndeterminedDuty(duty) => (1, names.duty(duty)),
        What::Proposal(rule) => (2, names.rule(rule)),
        What::Decision(body, _) => (3, names.body(body)),
        What::Status(ladder, status) => (4, names.status(ladder, status)),
        What::Event(event) => (5, names.event(event)),
        What::Outcome(outcome) => (6, names.outcome(outcome)),
        What::Duty(duty) => (7, names.duty(duty)),
        What::Never(never) => (8, names.never(never)),
    };
    let became = match record.state {
        State::Ended { .. } | State::Missed { .. } | State::TakenBack | State::Lost => 0,
        State::Released => 1,
        State::Proposed | State::Renewed => 2,
        _ => 3,
    };
    (
        record.known,
        record.step,
        record.subject.map(|subject| id(register, subject)),
        sort,
        became,
        name.to_owned(),
        record.date,
    )
}
