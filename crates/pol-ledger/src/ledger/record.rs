//! What entries say about each other: ids that repeat, withdrawals and corrections.

use crate::problem::{DataError, Note, Place, Problem};
use crate::text::{nearest, visible};
use pol_model::{Entry, EntryBody, Origin};
use pol_syntax::{Code, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many unknown ids are compared with all others, to suggest one.
const SUGGESTIONS: usize = 100;

/// What became of the entries.
pub(super) struct Checked {
    /// For each entry whether it stays.
    pub keeps: Vec<bool>,
    /// What is wrong, by entry.
    pub errors: Vec<(usize, DataError)>,
    pub notes: Vec<Note>,
}

/// Checks all entries of a ledger against each other. `unread` are the ids of rows that could not
/// be read: what names them is not at fault.
pub(super) fn check(entries: &[&Entry], unread: &BTreeSet<&str>) -> Checked {
    let mut checked = Checked {
        keeps: vec![true; entries.len()],
        errors: Vec::new(),
        notes: Vec::new(),
    };
    let by_id = repeated(entries, &mut checked);
    references(entries, &by_id, unread, &mut checked);
    corrections(entries, &by_id, &mut checked);
    checked
}

/// Rows of one id: equal ones count once, others are all wrong. Equal rows without an id count
/// once too: an entry without id is known by its content.
fn repeated<'e>(entries: &[&'e Entry], checked: &mut Checked) -> BTreeMap<&'e str, usize> {
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    let mut by_content: BTreeMap<_, usize> = BTreeMap::new();
    let mut differing: BTreeSet<usize> = BTreeSet::new();
    for (at, entry) in entries.iter().enumerate() {
        let before = match &entry.id {
            Some(id) => *by_id.entry(id).or_insert(at),
            None => *by_content
                .entry((
                    entry.date,
                    entry.time,
                    entry.recorded,
                    &entry.body,
                    &entry.instead_of,
                ))
                .or_insert(at),
        };
        let Some(first) = entries.get(before).filter(|_| before != at) else {
            continue;
        };
        let (here, there) = (place(&entry.origin), place(&first.origin));
        if same(entry, first) {
            if let Some(keeps) = checked.keeps.get_mut(at) {
                *keeps = false;
            }
            checked.notes.push(Note {
                text: Text::new(
                    format!("the same as {}; it counts once", line_of(&there, &here).0),
                    format!("与{}相同，只算一次", line_of(&there, &here).1),
                ),
                place: here,
            });
            continue;
        }
        let id = visible(entry.id.as_deref().unwrap_or_default());
        let mut conflict = |at: usize, here: &Place, there: &Place| {
            let (en, zh) = line_of(there, here);
            let problem = Problem::new(
                Code::DATA_ID,
                format!("the id `{id}` stands on {en} too, with other content"),
                format!("编号`{id}`在{zh}也有，内容不同"),
            )
            .help(
                "give one of them another id; a correction names the old entry in `instead_of`",
                "请改用不同的编号；更正的，另起编号并在`更正编号`中写明",
            );
            checked.errors.push((at, problem.at(here.clone(), None)));
        };
        if differing.insert(before) {
            conflict(before, &there, &here);
        }
        differing.insert(at);
        conflict(at, &here, &there);
    }
    by_id
}

fn same(a: &Entry, b: &Entry) -> bool {
    let said = |entry: &Entry| Entry {
        origin: Origin::default(),
        ..entry.clone()
    };
    said(a) == said(b)
}

/// The ids that an entry names, with what it does to them.
fn named(entry: &Entry) -> impl Iterator<Item = (&Arc<str>, &'static str, &'static str)> {
    let withdrawn = match &entry.body {
        EntryBody::Withdrawal { entry } => Some((entry, "withdrawal", "撤回")),
        EntryBody::Event { .. } | EntryBody::Decision { .. } => None,
    };
    let corrected = entry.instead_of.as_ref();
    let corrected = corrected.map(|id| (id, "correction", "更正"));
    withdrawn.into_iter().chain(corrected)
}

fn references(
    entries: &[&Entry],
    by_id: &BTreeMap<&str, usize>,
    unread: &BTreeSet<&str>,
    checked: &mut Checked,
) {
    for (at, entry) in entries.iter().enumerate() {
        for (id, en, zh) in named(entry) {
            let target = by_id.get(&**id).and_then(|at| entries.get(*at));
            let shown = visible(id);
            let problem = match target {
                None if unread.contains(&**id) => continue,
                None => Problem::new(
                    Code::DATA_REFERENCE,
                    format!("this {en} names `{shown}`; no entry has that id"),
                    format!("{zh}所指的编号`{shown}`不存在"),
                )
                .did_you_mean(if checked.errors.len() < SUGGESTIONS {
                    nearest(id, by_id.keys().copied())
                } else {
                    None
                }),
                Some(_) if entry.id.as_deref() == Some(&**id) => Problem::new(
                    Code::DATA_REFERENCE,
                    format!("this {en} names itself, `{shown}`"),
                    format!("{zh}所指的`{shown}`就是它自己"),
                ),
                Some(target) if matches!(target.body, EntryBody::Withdrawal { .. }) => {
                    let here = place(&entry.origin);
                    let (line_en, line_zh) = line_of(&place(&target.origin), &here);
                    Problem::new(
                        Code::DATA_REFERENCE,
                        format!(
                            "this {en} names `{shown}` on {line_en}, which is itself a withdrawal"
                        ),
                        format!("{zh}所指的`{shown}`（{line_zh}）本身就是撤回"),
                    )
                    .help(
                        "a withdrawal stands; enter again what it took away",
                        "撤回不能再撤回；请重新登记被撤回的内容",
                    )
                }
                Some(_) => continue,
            };
            let error = problem.at(place(&entry.origin), None);
            checked.errors.push((at, error));
        }
    }
}

/// The entries that name rows which were set aside, directly or through others; they are set aside
/// too. `bad` are the entries that were set aside, `unread` the ids of rows that could not be read.
pub(super) fn dependents(
    entries: &[&Entry],
    mut bad: BTreeSet<usize>,
    unread: &BTreeSet<&str>,
) -> Vec<(usize, DataError)> {
    let mut naming: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut good: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        for (id, ..) in named(entry) {
            naming.entry(id).or_default().push(at);
        }
        if let Some(id) = entry.id.as_deref().filter(|_| !bad.contains(&at)) {
            *good.entry(id).or_default() += 1;
        }
    }
    let ids_of_bad = bad.iter().filter_map(|at| entries.get(*at)?.id.as_deref());
    let mut gone: Vec<&str> = unread.iter().copied().chain(ids_of_bad).collect();
    let mut errors = Vec::new();
    while let Some(id) = gone.pop() {
        if good.get(id).is_some_and(|count| *count > 0) {
            continue;
        }
        for at in naming.get(id).into_iter().flatten() {
            let Some(entry) = entries.get(*at).filter(|_| bad.insert(*at)) else {
                continue;
            };
            if let Some(own) = entry.id.as_deref() {
                if let Some(count) = good.get_mut(own) {
                    *count = count.saturating_sub(1);
                }
                gone.push(own);
            }
            let shown = visible(id);
            let problem = Problem::new(
                Code::DATA_REFERENCE,
                format!("it names `{shown}`, which was set aside"),
                format!("所指的`{shown}`已退回"),
            );
            errors.push((*at, problem.at(place(&entry.origin), None)));
        }
    }
    errors
}

/// Corrections that correct each other in a circle.
fn corrections(entries: &[&Entry], by_id: &BTreeMap<&str, usize>, checked: &mut Checked) {
    let corrects = |at: usize| -> Option<usize> {
        let id = entries.get(at)?.instead_of.as_deref()?;
        by_id.get(id).copied()
    };
    let mut done = BTreeSet::new();
    for start in 0..entries.len() {
        let mut path = Vec::new();
        let mut next = corrects(start);
        while let Some(at) = next {
            if at == start {
                // One that names itself has been told so.
                if path.is_empty() {
                    break;
                }
                let ids = std::iter::once(start)
                    .chain(path.iter().copied())
                    .chain([start])
                    .filter_map(|at| entries.get(at)?.id.as_deref().map(visible));
                let circle = ids.collect::<Vec<_>>().join(" → ");
                let problem = Problem::new(
                    Code::DATA_REFERENCE,
                    format!("these entries correct each other: {circle}"),
                    format!("更正成环：{circle}"),
                );
                if let Some(entry) = entries.get(start) {
                    let place = place(&entry.origin);
                    checked.errors.push((start, problem.at(place, None)));
                }
                break;
            }
            if done.contains(&at) || path.contains(&at) {
                break;
            }
            path.push(at);
            next = corrects(at);
        }
        done.insert(start);
    }
}

/// Where an entry was read.
pub(super) fn place(origin: &Origin) -> Place {
    Place {
        file: Arc::clone(&origin.file),
        sheet: origin.sheet.clone(),
        line: origin.line,
        ..Place::default()
    }
}

/// The other line in words, with its sheet if it is another one.
fn line_of(there: &Place, here: &Place) -> (String, String) {
    let line = there.line;
    match &there.sheet {
        Some(sheet) if there.sheet != here.sheet => (
            format!("line {line} of sheet `{sheet}`"),
            format!("`{sheet}`表第{line}行"),
        ),
        _ => (format!("line {line}"), format!("第{line}行")),
    }
}
