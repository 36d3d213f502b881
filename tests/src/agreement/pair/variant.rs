//! The same ledger, but for one thing: what sits within one entry or one day of a threshold shows.

use super::super::choices::Choices;
use super::{Pair, later};
use pol::hir::Policy;
use pol_model::{Entry, EntryBody, Origin, Report, Verdict};
use std::sync::Arc;

/// What is done to a ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variant {
    /// One entry is left out.
    Dropped,
    /// One entry happened and was recorded a day earlier or later.
    Moved,
    /// The bodies have decided what was proposed.
    Answered,
}

/// Variants of a pair of which it is known what comes of it.
pub fn variants(
    policy: &Policy,
    pair: &Pair,
    report: Option<&Report>,
    choices: &mut Choices,
) -> Vec<(Variant, Pair)> {
    let mut found = Vec::new();
    let movable: Vec<usize> = (0..pair.entries.len())
        .filter(|at| free(pair, *at))
        .collect();
    // What something was built on, first of all.
    let used: Vec<usize> = report
        .into_iter()
        .flat_map(|report| &report.records)
        .filter(|record| record.rule.is_some())
        .flat_map(|record| record.evidence.iter().map(|entry| entry.at()))
        .filter(|at| movable.contains(at))
        .collect();
    for variant in [Variant::Dropped, Variant::Dropped, Variant::Moved] {
        if movable.is_empty() {
            break;
        }
        let among = if used.is_empty() || choices.chance(35) {
            &movable
        } else {
            &used
        };
        let at = *choices.pick(among);
        let mut changed = pair.clone();
        if variant == Variant::Dropped {
            changed.entries.remove(at);
        } else {
            let entry = &mut changed.entries[at];
            let by = if choices.chance(50) { 1 } else { -1 };
            entry.date = later(entry.date, by);
            entry.recorded = later(entry.recorded, by).max(entry.date);
        }
        found.push((variant, changed));
    }
    if let Some(report) = report
        && policy.rules.iter().any(|rule| rule.decided_by.is_some())
    {
        found.extend(answered(policy, pair, report, choices).map(|pair| (Variant::Answered, pair)));
    }
    found
}

/// No other entry names it, and no member comes with it.
fn free(pair: &Pair, at: usize) -> bool {
    let Some(id) = &pair.entries[at].id else {
        return true;
    };
    let named = pair.entries.iter().any(|entry| {
        entry.instead_of.as_ref() == Some(id)
            || matches!(&entry.body, EntryBody::Withdrawal { entry } if entry == id)
    });
    !named && pair.register.find(id).is_none()
}

fn answered(policy: &Policy, pair: &Pair, report: &Report, choices: &mut Choices) -> Option<Pair> {
    let mut answered = pair.clone();
    let mut count = 0;
    for record in &report.records {
        let (pol_model::What::Proposal(rule), pol_model::State::Proposed) =
            (record.what, &record.state)
        else {
            continue;
        };
        let (Some(of), Some(body)) = (record.subject, policy.rules[rule.at()].decided_by) else {
            continue;
        };
        if count >= 6 || !choices.chance(75) {
            continue;
        }
        let day = later(record.known, *choices.pick(&[0, 0, 1, 3, 12, 30]));
        let recorded = later(day, *choices.pick(&[0, 0, 0, 2, 9]));
        answered.entries.push(Entry {
            id: Some(Arc::from(format!("d{count}"))),
            date: day,
            time: None,
            recorded,
            body: EntryBody::Decision {
                body,
                rule: Some(rule),
                of,
                verdict: if choices.chance(75) {
                    Verdict::Approve
                } else {
                    Verdict::Decline
                },
            },
            instead_of: None,
            origin: Origin::default(),
        });
        count += 1;
    }
    if count > 0 && choices.chance(30) {
        let id: Arc<str> = Arc::from("d0");
        let decided = answered
            .entries
            .iter()
            .find(|entry| entry.id.as_ref() == Some(&id));
        let day = decided.map(|entry| later(entry.recorded, choices.between(0, 25)))?;
        answered.entries.push(Entry {
            id: None,
            date: day,
            time: None,
            recorded: day,
            body: EntryBody::Withdrawal { entry: id },
            instead_of: None,
            origin: Origin::default(),
        });
    }
    (count > 0).then_some(answered)
}
