//! The ledger made ready: each entry once, on the day it is recorded, in the order of that day.

use crate::{Entry, EntryBody, EntryIx, Fault, MemberIx, Names, Options, Register, RuleIx, Value};
use pol_calendar::Date;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The entries that a run knows, by the day on which they are recorded. They may come in any order.
#[derive(Debug, Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Arrivals {
    /// The days with entries that have not been taken yet.
    pub days: BTreeMap<Date, Arrived>,
    /// The first day on which an entry is withdrawn.
    pub withdrawn: BTreeMap<EntryIx, Date>,
    /// The entries of each id: the first, and others that differ from it.
    by_id: BTreeMap<Arc<str>, EntryIx>,
    /// Of the entries without id those that are looked at when they come, by day and by what they say.
    nameless: BTreeMap<(Date, Date, EntryBody), Vec<EntryIx>>,
    /// Withdrawals and corrections of an id that has not come yet.
    unmet: BTreeMap<Arc<str>, Vec<EntryIx>>,
    /// What is wrong with what has come.
    faults: Vec<Fault>,
}

/// What is recorded on one day, in the order in which it is taken.
#[derive(Debug, Clone, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Arrived {
    /// Withdrawals: what is withdrawn, and the entry that corrects it. Those of decisions last.
    pub withdrawals: Vec<(EntryIx, Option<EntryIx>)>,
    /// Events.
    pub events: Vec<EntryIx>,
    /// Decisions.
    pub decisions: Vec<EntryIx>,
}

impl Arrivals {
    /// The entries that a run knows, in the order in which they are taken.
    ///
    /// # Errors
    /// Ids that repeat with different content, withdrawals and corrections of nothing or of a
    /// withdrawal, entries recorded before they happened.
    pub fn read(
        names: &impl Names,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Result<Self, Vec<Fault>> {
        let mut arrivals = Self::unsorted(entries, options)?;
        arrivals.sort(names, register, entries);
        Ok(arrivals)
    }

    /// The entries that a run knows, by day, and within a day as they stand in the ledger.
    ///
    /// # Errors
    /// As [`Arrivals::read`].
    pub fn unsorted(entries: &[Entry], options: &Options) -> Result<Self, Vec<Fault>> {
        let mut arrivals = Self::default();
        for at in (0..u32::try_from(entries.len()).unwrap_or(u32::MAX)).map(EntryIx) {
            arrivals.add(entries, at, options);
        }
        let faults = arrivals.faults();
        if faults.is_empty() {
            Ok(arrivals)
        } else {
            Err(faults)
        }
    }

    /// Puts each day into the order in which its entries are taken.
    pub fn sort(&mut self, names: &impl Names, register: &Register, entries: &[Entry]) {
        for arrived in self.days.values_mut() {
            arrived.sort(names, register, entries);
        }
    }

    /// Adds an entry of the ledger, if it is known in this run. One that is already there is not added
    /// again, or goes when its day is sorted.
    pub fn add(&mut self, entries: &[Entry], at: EntryIx, options: &Options) {
        if !self.is_new(entries, at) {
            return;
        }
        let entry = &entries[at.at()];
        if entry.recorded < entry.date {
            self.faults.push(Fault::RecordedEarly(at));
        }
        let Some(day) = known(entry, options) else {
            return;
        };
        let arrived = self.days.entry(day).or_default();
        match &entry.body {
            EntryBody::Event { .. } => arrived.events.push(at),
            EntryBody::Decision { .. } => arrived.decisions.push(at),
            EntryBody::Withdrawal { .. } => {}
        }
        if let Some(id) = withdraws(entry) {
            match self.by_id.get(id) {
                Some(old) => self.withdraw(entries, *old, at, options),
                None => self.unmet.entry(id.clone()).or_default().push(at),
            }
        }
        let waiting = entry.id.as_ref().and_then(|id| self.unmet.remove(id));
        for withdrawal in waiting.into_iter().flatten() {
            self.withdraw(entries, at, withdrawal, options);
        }
    }

    /// What is wrong with all that has come, in the order of the ledger; each thing once.
    pub fn faults(&self) -> Vec<Fault> {
        let unmet = self.unmet.iter().flat_map(|(id, entries)| {
            let nothing = |entry: &EntryIx| Fault::WithdrawsNothing {
                entry: *entry,
                id: id.clone(),
            };
            entries.iter().map(nothing)
        });
        let mut faults: Vec<Fault> = self.faults.iter().cloned().chain(unmet).collect();
        faults.sort_by_key(|fault| match fault {
            Fault::RepeatedId { second, .. } => (0, *second),
            Fault::RecordedEarly(entry)
            | Fault::WithdrawsNothing { entry, .. }
            | Fault::WithdrawsWithdrawal { entry, .. } => (1, *entry),
            _ => (2, EntryIx(0)),
        });
        faults
    }

    /// Deals what has come out to parts, each entry to its own; withdrawals come to all parts, as what
    /// stands is looked at again everywhere. The parts take no more entries.
    pub fn deal(self, parts: usize, part_of: impl Fn(EntryIx) -> usize) -> Vec<Self> {
        let mut dealt = vec![Self::default(); parts];
        for (entry, day) in self.withdrawn {
            dealt[part_of(entry)].withdrawn.insert(entry, day);
        }
        for (day, arrived) in self.days {
            if !arrived.withdrawals.is_empty() {
                for part in &mut dealt {
                    let of_day = part.days.entry(day).or_default();
                    of_day.withdrawals.clone_from(&arrived.withdrawals);
                }
            }
            for entry in arrived.events {
                let part = &mut dealt[part_of(entry)];
                part.days.entry(day).or_default().events.push(entry);
            }
            for entry in arrived.decisions {
                let part = &mut dealt[part_of(entry)];
                part.days.entry(day).or_default().decisions.push(entry);
            }
        }
        dealt
    }

    fn withdraw(&mut self, entries: &[Entry], old: EntryIx, by: EntryIx, options: &Options) {
        if let EntryBody::Withdrawal { .. } = entries[old.at()].body {
            self.faults.push(Fault::WithdrawsWithdrawal {
                entry: by,
                withdrawal: old,
            });
            return;
        }
        let entry = &entries[by.at()];
        let Some(day) = known(entry, options) else {
            return;
        };
        let correction = entry.instead_of.as_ref().map(|_| by);
        let arrived = self.days.entry(day).or_default();
        arrived.withdrawals.push((old, correction));
        let first = self.withdrawn.entry(old).or_insert(day);
        *first = day.min(*first);
    }

    /// True unless an equal entry has come: equal entries are one; the same id with different content
    /// is wrong.
    fn is_new(&mut self, entries: &[Entry], at: EntryIx) -> bool {
        let entry = &entries[at.at()];
        if let Some(id) = &entry.id {
            let first = *self.by_id.entry(id.clone()).or_insert(at);
            if first == at {
                return true;
            }
            if same(&entries[first.at()], entry) {
                return false;
            }
            // What else is wrong with it is told as well, whichever stands first.
            let second = at;
            self.faults.push(Fault::RepeatedId { first, second });
            return true;
        }
        if entry.recorded >= entry.date && withdraws(entry).is_none() {
            // Equal ones stand side by side when the day is sorted.
            return true;
        }
        let key = (entry.date, entry.recorded, entry.body.clone());
        let twins = self.nameless.entry(key).or_default();
        if twins.iter().any(|twin| same(&entries[twin.at()], entry)) {
            return false;
        }
        twins.push(at);
        true
    }
}

impl Arrived {
    /// Puts what is recorded on a day into the order in which it is taken.
    pub fn sort(&mut self, names: &impl Names, register: &Register, entries: &[Entry]) {
        let by_content = |a: &EntryIx, b: &EntryIx| {
            let (a, b) = (&entries[a.at()], &entries[b.at()]);
            order(a, b).then_with(|| content(names, register, a, b))
        };
        for list in [&mut self.events, &mut self.decisions] {
            list.sort_by(by_content);
            // An entry without id is known by its content: equal ones are one, the first of the ledger.
            list.dedup_by(|later, first| {
                let (later, first) = (&entries[later.at()], &entries[first.at()]);
                later.id.is_none() && first.id.is_none() && same(later, first)
            });
        }
        self.withdrawals.sort_by(|(a, one), (b, other)| {
            let (a, b) = (&entries[a.at()], &entries[b.at()]);
            let decision = |entry: &Entry| matches!(entry.body, EntryBody::Decision { .. });
            let by_old = decision(a).cmp(&decision(b)).then_with(|| order(a, b));
            by_old.then_with(|| match (one, other) {
                (Some(one), Some(other)) => by_content(one, other),
                (one, other) => one.cmp(other),
            })
        });
    }
}

/// The day on which a run knows an entry; none if it does not.
fn known(entry: &Entry, options: &Options) -> Option<Date> {
    let day = if options.hindsight {
        entry.date
    } else {
        entry.recorded
    };
    options
        .known_on
        .is_none_or(|known| day <= known)
        .then_some(day)
}

/// The id that an entry withdraws or corrects.
fn withdraws(entry: &Entry) -> Option<&Arc<str>> {
    match &entry.body {
        EntryBody::Withdrawal { entry } => Some(entry),
        EntryBody::Event { .. } | EntryBody::Decision { .. } => entry.instead_of.as_ref(),
    }
}

/// The order of a day: by time, those without one last; then by id, those without one last. File order
/// never matters.
fn order(a: &Entry, b: &Entry) -> Ordering {
    fn key(entry: &Entry) -> impl Ord {
        let id = entry.id.as_deref();
        (entry.time.is_none(), entry.time, id.is_none(), id)
    }
    if let ((None, None), (None, None)) = ((a.time, &a.id), (b.time, &b.id)) {
        return Ordering::Equal;
    }
    key(a).cmp(&key(b))
}

/// The order by the content by which an entry without id is known, by names: the order of
/// declarations never matters.
fn content(names: &impl Names, register: &Register, a: &Entry, b: &Entry) -> Ordering {
    fn fields(entry: &Entry) -> &[Option<Value>] {
        match &entry.body {
            EntryBody::Event { fields, .. } => fields,
            EntryBody::Decision { .. } | EntryBody::Withdrawal { .. } => &[],
        }
    }
    fn rest(entry: &Entry) -> impl Ord {
        let Entry {
            body,
            date,
            recorded,
            instead_of,
            ..
        } = entry;
        (body, *date, *recorded, instead_of)
    }
    let ids = |members: &[MemberIx], others: &[MemberIx]| {
        fn of<'r>(members: &[MemberIx], register: &'r Register) -> impl Iterator<Item = &'r str> {
            members.iter().map(|member| &*register.member(*member).id)
        }
        if members == others {
            return Ordering::Equal;
        }
        if let ([member], [other]) = (members, others) {
            return register.member(*member).id.cmp(&register.member(*other).id);
        }
        of(members, register).cmp(of(others, register))
    };
    // The names that an entry mentions: its kind and its subjects; of a decision the body, the subject
    // and the rule.
    let by_name = match (&a.body, &b.body) {
        (
            EntryBody::Event { event, of, .. },
            EntryBody::Event {
                event: other,
                of: others,
                ..
            },
        ) => if event == other {
            Ordering::Equal
        } else {
            names.event(*event).cmp(names.event(*other))
        }
        .then_with(|| ids(of, others)),
        (
            EntryBody::Decision { body, rule, of, .. },
            EntryBody::Decision {
                body: other,
                rule: for_rule,
                of: for_subject,
                ..
            },
        ) => {
            let rule_of = |rule: Option<RuleIx>| rule.map_or("", |rule| names.rule(rule));
            names
                .body(*body)
                .cmp(names.body(*other))
                .then_with(|| ids(&[*of], &[*for_subject]))
                .then_with(|| rule_of(*rule).cmp(rule_of(*for_rule)))
        }
        // Others never stand in one list.
        _ => Ordering::Equal,
    };
    by_name
        .then_with(|| by_fields(register, fields(a), fields(b)))
        .then_with(|| rest(a).cmp(&rest(b)))
}

/// The order of fields by their values; those that are absent come first.
fn by_fields(register: &Register, a: &[Option<Value>], b: &[Option<Value>]) -> Ordering {
    let mut fields = a.iter().zip(b).map(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => register.compare(a, b),
        (a, b) => a.is_some().cmp(&b.is_some()),
    });
    fields
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

/// Equal in everything but where they were read.
fn same(a: &Entry, b: &Entry) -> bool {
    let content = |entry: &Entry| (entry.date, entry.time, entry.recorded);
    content(a) == content(b) && a.body == b.body && a.instead_of == b.instead_of
}
