//! A whole ledger in memory through a machine.

use crate::flat::Flat;
use crate::letter::Row;
use crate::machine::Machine;
use crate::reason::Reason;
use crate::said::Said;
use pol_model::{Entry, EntryBody, MemberIx, Options, Register, Value};
use pol_plan::Plan;
use std::collections::{BTreeMap, BTreeSet};

/// What a machine said of a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replayed {
    /// What was said of regular subjects, by day; in no particular order within one.
    pub said: Vec<Said>,
    /// The places of the subjects that are left to the incremental evaluator.
    pub irregular: BTreeSet<u32>,
}

/// Why a machine does not run a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The policy cannot be run so with this register.
    Policy(Reason),
    /// The run is one of hindsight, of what was known on an earlier day, or of assumed decisions.
    Options,
    /// An entry lies before the day from which the record is complete, or an id comes twice: what
    /// follows from that is not told subject by subject.
    Entry(usize),
}

/// Runs a ledger, in whatever order its entries stand.
///
/// # Errors
/// What keeps the whole of it from being run so.
pub fn replay(
    plan: &Plan,
    flat: &Flat,
    register: &Register,
    entries: &[Entry],
    options: &Options,
) -> Result<Replayed, Refusal> {
    if options.hindsight || options.assume_approved || options.known_on.is_some() {
        return Err(Refusal::Options);
    }
    let mut machine = Machine::new(plan, flat, register, options).map_err(Refusal::Policy)?;
    let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if entry.date < plan.counting_from || entry.recorded < entry.date {
            return Err(Refusal::Entry(at));
        }
        if let Some(id) = &entry.id
            && ids.insert(id, at).is_some()
        {
            return Err(Refusal::Entry(at));
        }
    }
    let mut rows: Vec<Row> = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        if let Some(row) = row(plan, &machine, entry) {
            rows.push(row);
            continue;
        }
        for member in concerned(entry, entries, &ids).ok_or(Refusal::Entry(at))? {
            machine.leave(member.0);
        }
    }
    rows.sort_by_key(|row| row.day);
    for row in rows {
        machine.take(row);
    }
    machine.finish();
    let irregular: BTreeSet<u32> = machine.irregular().iter().copied().collect();
    let mut said = machine.said();
    said.retain(|said| !irregular.contains(&said.subject));
    Ok(Replayed { said, irregular })
}

/// An entry as a machine takes it, if it is a plain one of one subject, recorded on its day.
pub fn row(plan: &Plan, machine: &Machine, entry: &Entry) -> Option<Row> {
    let EntryBody::Event { event, of, fields } = &entry.body else {
        return None;
    };
    let [subject] = of.as_slice() else {
        return None;
    };
    let names_members = fields
        .iter()
        .flatten()
        .any(|value| value.members().next().is_some());
    if entry.recorded != entry.date || entry.instead_of.is_some() || names_members {
        return None;
    }
    let spelled = machine.letters().kinds.get(event.at())?;
    let day = (entry.date - plan.counting_from).num_days();
    Some(Row {
        // A day beyond all that can be counted is one beyond the last.
        day: u16::try_from(day).unwrap_or(u16::MAX),
        subject: subject.0,
        letter: spelled.letter(fields)?,
        amount: spelled.amount(fields)?,
        content: if entry.id.is_some() {
            0
        } else {
            content(entry)
        },
    })
}

/// Whom an entry that is not plain concerns; nothing if that cannot be told.
fn concerned(
    entry: &Entry,
    entries: &[Entry],
    ids: &BTreeMap<&str, usize>,
) -> Option<Vec<MemberIx>> {
    let corrected = entry.instead_of.as_deref();
    let mut about: Vec<MemberIx> = match &entry.body {
        EntryBody::Event { of, fields, .. } => {
            let named = fields.iter().flatten().flat_map(Value::members);
            of.iter().copied().chain(named).collect()
        }
        EntryBody::Decision { of, .. } => vec![*of],
        EntryBody::Withdrawal { .. } => Vec::new(),
    };
    let other = match &entry.body {
        EntryBody::Withdrawal { entry } => Some(&**entry),
        EntryBody::Event { .. } | EntryBody::Decision { .. } => corrected,
    };
    if let Some(other) = other {
        match &entries[*ids.get(other)?].body {
            EntryBody::Event { of, fields, .. } => {
                about.extend(of);
                about.extend(fields.iter().flatten().flat_map(Value::members));
            }
            EntryBody::Decision { of, .. } => about.push(*of),
            EntryBody::Withdrawal { .. } => return None,
        }
    }
    (!about.is_empty()).then_some(about)
}

/// A hash of what an entry says, never nought: 64-bit FNV-1a over its written form.
fn content(entry: &Entry) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let written = format!("{:?}", entry.body);
    for byte in written.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash.max(1)
}
