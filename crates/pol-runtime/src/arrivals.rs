//! The ledger made ready: each entry once, on the day it is recorded, in the order of that day.

use crate::{Entry, EntryBody, EntryIx, Fault, MemberIx, Names, Options, Register};
use pol_calendar::Date;
use std::collections::BTreeMap;

/// The entries of a run, by the day on which they are recorded.
#[derive(Debug, Default)]
pub struct Arrivals {
    /// The days with entries.
    pub days: BTreeMap<Date, Arrived>,
    /// The first day on which an entry is withdrawn.
    pub withdrawn: BTreeMap<EntryIx, Date>,
}

/// What is recorded on one day, in the order in which it is taken.
#[derive(Debug, Default)]
pub struct Arrived {
    /// Withdrawals: what is withdrawn, and the entry that corrects it. Those of decisions last.
    pub withdrawals: Vec<(EntryIx, Option<EntryIx>)>,
    /// Events.
    pub events: Vec<EntryIx>,
    /// Decisions.
    pub decisions: Vec<EntryIx>,
}

impl Arrivals {
    /// Sorts the entries that a run knows.
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
        let mut errors = Vec::new();
        let once = each_once(entries, &mut errors);
        let mut arrivals = Self::default();
        let recorded = |entry: &Entry| {
            if options.hindsight {
                entry.date
            } else {
                entry.recorded
            }
        };
        for index in &once {
            let entry = &entries[index.at()];
            if entry.recorded < entry.date {
                errors.push(Fault::RecordedEarly(*index));
            }
            let day = recorded(entry);
            if options.known_on.is_some_and(|known| day > known) {
                continue;
            }
            let arrived = arrivals.days.entry(day).or_default();
            match &entry.body {
                EntryBody::Event { .. } => arrived.events.push(*index),
                EntryBody::Decision { .. } => arrived.decisions.push(*index),
                EntryBody::Withdrawal { .. } => {}
            }
            let named = match &entry.body {
                EntryBody::Withdrawal { entry } => Some((entry, None)),
                _ => entry.instead_of.as_ref().map(|id| (id, Some(*index))),
            };
            let Some((id, correction)) = named else {
                continue;
            };
            let old = once
                .iter()
                .find(|old| entries[old.at()].id.as_ref() == Some(id));
            match old {
                Some(old) if matches!(entries[old.at()].body, EntryBody::Withdrawal { .. }) => {
                    errors.push(Fault::WithdrawsWithdrawal {
                        entry: *index,
                        withdrawal: *old,
                    });
                }
                Some(old) => {
                    arrived.withdrawals.push((*old, correction));
                    let first = arrivals.withdrawn.entry(*old).or_insert(day);
                    *first = day.min(*first);
                }
                None => errors.push(Fault::WithdrawsNothing {
                    entry: *index,
                    id: id.clone(),
                }),
            }
        }
        let order = |a: &Entry, b: &Entry| {
            order(a, b).then_with(|| content(names, register, a).cmp(&content(names, register, b)))
        };
        for arrived in arrivals.days.values_mut() {
            arrived
                .events
                .sort_by(|a, b| order(&entries[a.at()], &entries[b.at()]));
            arrived
                .decisions
                .sort_by(|a, b| order(&entries[a.at()], &entries[b.at()]));
            arrived.withdrawals.sort_by(|(a, _), (b, _)| {
                let (a, b) = (&entries[a.at()], &entries[b.at()]);
                let decision = |entry: &Entry| matches!(entry.body, EntryBody::Decision { .. });
                decision(a).cmp(&decision(b)).then_with(|| order(a, b))
            });
        }
        if errors.is_empty() {
            Ok(arrivals)
        } else {
            Err(errors)
        }
    }
}

/// The order of a day: by time, those without one last; then by id, those without one last. File order
/// never matters.
fn order(a: &Entry, b: &Entry) -> std::cmp::Ordering {
    let key = |entry: &Entry| {
        (
            entry.time.is_none(),
            entry.time,
            entry.id.is_none(),
            entry.id.clone(),
        )
    };
    key(a).cmp(&key(b))
}

/// The content by which an entry without id is known, by names: the order of declarations never
/// matters.
fn content<'a, N: Names>(
    names: &'a N,
    register: &'a Register,
    entry: &'a Entry,
) -> impl Ord + use<'a, N> {
    let id = |member: MemberIx| &*register.member(member).id;
    let said = match &entry.body {
        EntryBody::Event { event, of, .. } => {
            let kind = names.event(*event);
            std::iter::once(kind)
                .chain(of.iter().map(|member| id(*member)))
                .collect()
        }
        EntryBody::Decision { body, rule, of, .. } => {
            let rule = rule.map_or("", |rule| names.rule(rule));
            vec![names.body(*body), id(*of), rule]
        }
        EntryBody::Withdrawal { .. } => Vec::new(),
    };
    (
        said,
        &entry.body,
        entry.date,
        entry.recorded,
        &entry.instead_of,
    )
}

/// Equal entries are one; the same id with different content is an error.
fn each_once(entries: &[Entry], errors: &mut Vec<Fault>) -> Vec<EntryIx> {
    let mut once: Vec<EntryIx> = Vec::new();
    let mut by_id: BTreeMap<&str, EntryIx> = BTreeMap::new();
    let mut nameless: BTreeMap<(&EntryBody, Date, Date), Vec<EntryIx>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let Ok(at) = u32::try_from(at) else { break };
        let index = EntryIx(at);
        if let Some(id) = &entry.id {
            match by_id.get(&**id) {
                None => {
                    by_id.insert(id, index);
                    once.push(index);
                }
                Some(first) if same(&entries[first.at()], entry) => {}
                Some(first) => {
                    errors.push(Fault::RepeatedId {
                        first: *first,
                        second: index,
                    });
                    // What else is wrong with it is told as well, whichever stands first.
                    once.push(index);
                }
            }
        } else {
            let twins = nameless
                .entry((&entry.body, entry.date, entry.recorded))
                .or_default();
            if !twins.iter().any(|twin| same(&entries[twin.at()], entry)) {
                twins.push(index);
                once.push(index);
            }
        }
    }
    once
}

/// Equal in everything but where they were read.
fn same(a: &Entry, b: &Entry) -> bool {
    let content = |entry: &Entry| {
        (
            entry.date,
            entry.time,
            entry.recorded,
            entry.instead_of.clone(),
        )
    };
    content(a) == content(b) && a.body == b.body
}
