//! The ledger made ready: each entry once, on the day it is recorded, in the order of that day.

use crate::options::Options;
use crate::report::RunError;
use pol_calendar::Date;
use pol_runtime::{Entry, EntryBody, EntryIx, MemberIx, Register};
use pol_semantics::hir::Policy;
use pol_syntax::{Code, Text};
use std::collections::BTreeMap;

/// The entries of a run, by the day on which they are recorded.
#[derive(Debug, Default)]
pub(crate) struct Arrivals {
    /// The days with entries.
    pub days: BTreeMap<Date, Arrived>,
    /// The first day on which an entry is withdrawn.
    pub withdrawn: BTreeMap<EntryIx, Date>,
}

/// What is recorded on one day, in the order in which it is taken.
#[derive(Debug, Default)]
pub(crate) struct Arrived {
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
    pub(crate) fn read(
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Result<Self, Vec<RunError>> {
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
                errors.push(recorded_early(entry));
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
                    errors.push(of_withdrawal(entry, &entries[old.at()], id));
                }
                Some(old) => {
                    arrived.withdrawals.push((*old, correction));
                    let first = arrivals.withdrawn.entry(*old).or_insert(day);
                    *first = day.min(*first);
                }
                None => errors.push(of_nothing(entry, id)),
            }
        }
        let order = |a: &Entry, b: &Entry| {
            order(a, b)
                .then_with(|| content(policy, register, a).cmp(&content(policy, register, b)))
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
fn content<'a>(policy: &'a Policy, register: &'a Register, entry: &'a Entry) -> impl Ord + use<'a> {
    let id = |member: MemberIx| &*register.member(member).id;
    let names = match &entry.body {
        EntryBody::Event { event, of, .. } => {
            let kind = &*policy.events[event.at()].named.name;
            std::iter::once(kind)
                .chain(of.iter().map(|member| id(*member)))
                .collect()
        }
        EntryBody::Decision { body, rule, of, .. } => {
            let rule = rule.map_or("", |rule| &*policy.rules[rule.at()].named.name);
            vec![&*policy.bodies[body.at()].name, id(*of), rule]
        }
        EntryBody::Withdrawal { .. } => Vec::new(),
    };
    (
        names,
        &entry.body,
        entry.date,
        entry.recorded,
        &entry.instead_of,
    )
}

/// Equal entries are one; the same id with different content is an error.
fn each_once(entries: &[Entry], errors: &mut Vec<RunError>) -> Vec<EntryIx> {
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
                Some(first) => errors.push(repeated(&entries[first.at()], entry, id)),
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

fn error(code: Code, message: Text, help: Text, entries: &[&Entry]) -> RunError {
    let origins = entries.iter().map(|entry| entry.origin.clone()).collect();
    RunError {
        code,
        message,
        help: Some(help),
        origins,
        span: None,
    }
}

fn repeated(first: &Entry, second: &Entry, id: &str) -> RunError {
    error(
        Code::REPEATED_ID,
        Text::new(
            format!("the id `{id}` stands at two entries that differ"),
            format!("编号 `{id}` 出现在两条内容不同的记录上"),
        ),
        Text::new("give each entry an id of its own", "请给每条记录各自的编号"),
        &[first, second],
    )
}

fn recorded_early(entry: &Entry) -> RunError {
    error(
        Code::RECORDED_EARLY,
        Text::new(
            format!(
                "an entry of {} is recorded on {}, before it happened",
                entry.date, entry.recorded
            ),
            format!(
                "发生于 {} 的记录录入于 {}，早于发生日期",
                entry.date, entry.recorded
            ),
        ),
        Text::new("correct one of the two dates", "请更正其中一个日期"),
        &[entry],
    )
}

fn of_nothing(entry: &Entry, id: &str) -> RunError {
    error(
        Code::WITHDRAWS_NOTHING,
        Text::new(
            format!("`{id}` is withdrawn or corrected, but no entry has this id"),
            format!("撤回或更正的编号 `{id}` 没有对应的记录"),
        ),
        Text::new(
            "name the id of an entry of this ledger",
            "请填写本台账中已有记录的编号",
        ),
        &[entry],
    )
}

fn of_withdrawal(entry: &Entry, withdrawal: &Entry, id: &str) -> RunError {
    error(
        Code::WITHDRAWS_WITHDRAWAL,
        Text::new(
            format!("`{id}` is itself a withdrawal and cannot be withdrawn"),
            format!("`{id}` 本身是撤回记录，不能再撤回"),
        ),
        Text::new(
            "enter again what was withdrawn by mistake",
            "如系误撤，请重新录入原记录",
        ),
        &[entry, withdrawal],
    )
}
