//! Faults that an evaluator may have in how it takes a register and a ledger.

use super::super::pair::Pair;
use pol_model::{EntryBody, Verdict};

/// A fault: it changes what a policy is run on, and says whether there was anything to change.
pub(super) type Fault = (&'static str, fn(&mut Pair) -> bool);

fn entries(pair: &mut Pair, mut change: impl FnMut(&mut pol_model::Entry) -> bool) -> bool {
    let mut changed = false;
    for entry in &mut pair.entries {
        changed |= change(entry);
    }
    changed
}

fn members(pair: &mut Pair, mut change: impl FnMut(&mut pol_model::Member) -> bool) -> bool {
    let mut changed = false;
    for member in &mut pair.register.members {
        changed |= change(member);
    }
    changed
}

/// All of them.
pub(super) const FAULTS: &[Fault] = &[
    ("late entries are known in time", |it| {
        entries(it, |entry| {
            let late = entry.recorded > entry.date;
            if late {
                entry.recorded = entry.date;
            }
            late
        })
    }),
    ("late entries happen when they are recorded", |it| {
        entries(it, |entry| {
            let late = entry.recorded > entry.date;
            if late {
                entry.date = entry.recorded;
            }
            late
        })
    }),
    ("times do not matter", |it| {
        entries(it, |entry| entry.time.take().is_some())
    }),
    ("entries of a day come in the opposite order", |it| {
        let count = it.entries.len();
        let named = it.entries.iter().any(|entry| {
            entry.instead_of.is_some() || matches!(entry.body, EntryBody::Withdrawal { .. })
        });
        if named
            || count < 2
            || it
                .register
                .members
                .iter()
                .any(|one| one.id.starts_with('n'))
        {
            return false;
        }
        for (at, entry) in it.entries.iter_mut().enumerate() {
            entry.time = None;
            entry.id = Some(format!("x{:03}", count - at).into());
        }
        true
    }),
    ("nothing is withdrawn", |it| {
        let before = it.entries.len();
        it.entries
            .retain(|entry| !matches!(entry.body, EntryBody::Withdrawal { .. }));
        it.entries.len() < before
    }),
    ("a correction leaves the old entry", |it| {
        entries(it, |entry| entry.instead_of.take().is_some())
    }),
    ("a correction only withdraws", |it| {
        entries(it, |entry| match entry.instead_of.take() {
            Some(old) => {
                entry.body = EntryBody::Withdrawal { entry: old };
                true
            }
            None => false,
        })
    }),
    ("decisions are turned round", |it| {
        entries(it, |entry| match &mut entry.body {
            EntryBody::Decision { verdict, .. } => {
                *verdict = match verdict {
                    Verdict::Approve => Verdict::Decline,
                    Verdict::Decline => Verdict::Approve,
                };
                true
            }
            _ => false,
        })
    }),
    ("decisions are left out", |it| {
        let before = it.entries.len();
        it.entries
            .retain(|entry| !matches!(entry.body, EntryBody::Decision { .. }));
        it.entries.len() < before
    }),
    ("optional fields are always absent", |it| {
        entries(it, |entry| match &mut entry.body {
            EntryBody::Event { fields, .. } => fields
                .last_mut()
                .is_some_and(|value| value.take().is_some()),
            _ => false,
        })
    }),
    ("an event is about the first only", |it| {
        entries(it, |entry| match &mut entry.body {
            EntryBody::Event { of, .. } if of.len() > 1 => {
                of.truncate(1);
                true
            }
            _ => false,
        })
    }),
    ("members belong always", |it| {
        members(it, |member| {
            let changed = !member.memberships.is_empty();
            member.memberships.clear();
            changed
        })
    }),
    ("members leave a day sooner", |it| {
        members(it, |member| {
            let mut changed = false;
            for span in &mut member.memberships {
                changed |= span.until.is_some();
                span.until = span.until.and_then(|until| until.pred_opt());
            }
            changed
        })
    }),
    ("attributes never change", |it| {
        members(it, |member| {
            let mut changed = false;
            for dated in &mut member.attributes {
                changed |= dated.len() > 1;
                dated.truncate(1);
            }
            changed
        })
    }),
    ("nobody stands anywhere at first", |it| {
        members(it, |member| {
            let changed = !member.standings.is_empty();
            member.standings.clear();
            changed
        })
    }),
    ("standings have no clock", |it| {
        members(it, |member| {
            let mut changed = false;
            for standing in &mut member.standings {
                changed |= standing.since.take().is_some();
            }
            changed
        })
    }),
    ("nobody lies within another", |it| {
        members(it, |member| member.within.take().is_some())
    }),
    ("hindsight is not taken", |it| {
        std::mem::take(&mut it.options.hindsight)
    }),
    ("nothing is assumed", |it| {
        std::mem::take(&mut it.options.assume_approved)
    }),
    ("everything is known", |it| {
        it.options.known_on.take().is_some()
    }),
    ("readings are the first", |it| {
        let changed = !it.options.readings.is_empty();
        it.options.readings.clear();
        changed
    }),
    ("phases of the register end a day sooner", |it| {
        let mut changed = false;
        for (_, until) in it.register.phases.values_mut().flatten() {
            changed |= until.is_some();
            *until = until.and_then(|until| until.pred_opt());
        }
        changed
    }),
];
