//! Entries taken on record: whom they are about, and what is set aside.

use crate::history::{Happening, HappeningIx, Occurrence};
use crate::run::Run;
use pol_calendar::Date;
use pol_model::{Entry, EntryBody, EntryIx, EventIx, MemberIx, Setback, State, Value, What};
use pol_semantics::hir::EventOf;

impl Run<'_> {
    /// Takes an event on record, or sets it aside.
    pub(crate) fn take(&mut self, index: EntryIx) {
        self.report_set_aside(index);
        let happening = match self.taken.get(&index) {
            // A correction was put on record, in the old entry's place, when the day began.
            Some(waiting) => *waiting,
            None => match self.on_record(index) {
                Some(happening) => happening,
                None => return,
            },
        };
        let tick = self.world.history.tick();
        self.world.history.happenings[happening].taken = Some(tick);
        self.queue.push_back(happening);
    }

    /// Reports for whom an event's entry is not counted.
    fn report_set_aside(&mut self, index: EntryIx) {
        let entry = &self.world.entries[index.at()];
        let mut subjects = self.subjects_of_entry(entry);
        if entry.date < self.world.policy.counting_from {
            self.set_aside_about(index, &subjects, Setback::BeforeStart);
            return;
        }
        subjects.retain(|subject| !self.world.register.member(*subject).belongs(entry.date));
        for stranger in subjects {
            self.set_aside(index, Some(stranger), Setback::NotMember);
        }
    }

    /// Puts an event's entry on record, not yet taken; none if it is set aside.
    pub(crate) fn on_record(&mut self, index: EntryIx) -> Option<HappeningIx> {
        let entry = &self.world.entries[index.at()];
        let EntryBody::Event { event, .. } = &entry.body else {
            return None;
        };
        let fields = entry_fields(entry);
        if entry.date < self.world.policy.counting_from {
            return None;
        }
        let subjects = self.subjects_of_entry(entry);
        let named = !subjects.is_empty();
        let belongs = |subject: &MemberIx| self.world.register.member(*subject).belongs(entry.date);
        let members: Vec<MemberIx> = subjects.into_iter().filter(belongs).collect();
        if members.is_empty() && named {
            return None;
        }
        let happening = Happening {
            what: Occurrence::Event(*event),
            date: entry.date,
            known: self.today,
            taken: None,
            place: None,
            subjects: members,
            fields: fields.to_vec(),
            entry: Some(index),
            firing: None,
            decided: None,
            gone: None,
        };
        let happening = self.world.history.add(happening);
        self.taken.insert(index, happening);
        Some(happening)
    }

    /// Whom an entry is about: the subjects that it names, and the members that see it.
    pub(crate) fn subjects_of_entry(&self, entry: &Entry) -> Vec<MemberIx> {
        let (event, of) = match &entry.body {
            EntryBody::Event { event, of, .. } => (event, of),
            EntryBody::Decision { of, .. } => return vec![*of],
            EntryBody::Withdrawal { .. } => return Vec::new(),
        };
        let named = entry_fields(entry)
            .iter()
            .flatten()
            .flat_map(Value::members);
        let mut subjects: Vec<MemberIx> = of.iter().copied().chain(named).collect();
        let terms = &self.world.policy.events[event.at()].of;
        subjects.extend(self.every_member(terms, of, entry.date));
        subjects.extend(self.opened_by(*event, entry));
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }

    /// The members that come with an entry: `opened by E`, `opened by F of E`.
    fn opened_by(&self, event: EventIx, entry: &Entry) -> Vec<MemberIx> {
        let kinds = self
            .world
            .policy
            .kinds
            .iter()
            .filter_map(|kind| kind.opened);
        let ids = kinds
            .filter(|(opens, _)| *opens == event)
            .filter_map(|(_, field)| match field {
                None => entry.id.clone(),
                Some(field) => match entry_fields(entry).get(field.at()) {
                    Some(Some(Value::Text(id))) => Some(id.clone()),
                    _ => None,
                },
            });
        ids.filter_map(|id| self.members.get(&id).copied())
            .collect()
    }

    /// The members that see an event `of every K`, or within a subject of `of K and every L`.
    fn every_member(&self, terms: &[EventOf], of: &[MemberIx], date: Date) -> Vec<MemberIx> {
        let register = self.world.register;
        let sees = |member: MemberIx| {
            terms.iter().any(|term| {
                let kind = register.member(member).kind;
                (term.every && kind == term.kind)
                    || (term.and_every == Some(kind)
                        && register.outwards(member).any(|outer| of.contains(&outer)))
            })
        };
        register
            .indices()
            .filter(|member| register.member(*member).belongs(date) && sees(*member))
            .collect()
    }

    /// Reports an entry that is not counted, for all that it is about.
    pub(crate) fn set_aside_about(&mut self, entry: EntryIx, subjects: &[MemberIx], why: Setback) {
        if subjects.is_empty() {
            self.set_aside(entry, None, why);
        }
        for subject in subjects {
            self.set_aside(entry, Some(*subject), why);
        }
    }

    /// Reports an entry that is not counted, for one subject.
    pub(crate) fn set_aside(&mut self, entry: EntryIx, subject: Option<MemberIx>, why: Setback) {
        let date = self.world.entries[entry.at()].date;
        self.say(
            date,
            subject,
            What::SetAside(entry),
            State::Aside(why),
            None,
            vec![entry],
        );
    }
}

fn entry_fields(entry: &Entry) -> &[Option<Value>] {
    if let EntryBody::Event { fields, .. } = &entry.body {
        fields
    } else {
        &[]
    }
}
