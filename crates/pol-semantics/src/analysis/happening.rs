//! Happenings: the finest events that rules tell apart by name.

use crate::hir::{ActState, DefineBody, EventSource, Policy};
use pol_model::DefineIx;
use pol_syntax::Text;
use std::collections::BTreeSet;

/// The happenings that a source stands for: kinds of entry, single statuses, outcomes, states of
/// duties, and those of them whose basis is lost. Catalogues, sets and ladders are taken apart.
pub(super) fn happenings(policy: &Policy, source: &EventSource) -> BTreeSet<EventSource> {
    let mut found = BTreeSet::new();
    collect(policy, source, &mut BTreeSet::new(), &mut found);
    found
}

fn collect(
    policy: &Policy,
    source: &EventSource,
    open: &mut BTreeSet<DefineIx>,
    found: &mut BTreeSet<EventSource>,
) {
    match source {
        EventSource::Event(_)
        | EventSource::Status(..)
        | EventSource::Outcome(_)
        | EventSource::Duty(..) => {
            found.insert(source.clone());
        }
        EventSource::Catalogue(catalogue) => {
            let event = policy.catalogues[catalogue.at()].event;
            found.insert(EventSource::Event(event));
        }
        EventSource::Ladder(ladder) => {
            let statuses = policy.ladders[ladder.at()].statuses;
            let count = policy.enums[statuses.at()].values.len();
            found.extend(
                (0..count)
                    .filter_map(|at| u16::try_from(at).ok())
                    .map(|at| EventSource::Status(*ladder, at)),
            );
        }
        EventSource::Set(define) => {
            if let DefineBody::Events(patterns) = &policy.defines[define.at()].body
                && open.insert(*define)
            {
                for pattern in patterns {
                    collect(policy, &pattern.source, open, found);
                }
            }
        }
        EventSource::Lost(of) => {
            let mut acts = BTreeSet::new();
            collect(policy, of, open, &mut acts);
            found.extend(acts.into_iter().map(|act| EventSource::Lost(Box::new(act))));
        }
    }
}

/// How the author writes a happening, in both spellings.
pub(super) fn written(policy: &Policy, source: &EventSource) -> Text {
    let plain = |name: &str| Text::new(name, name);
    match source {
        EventSource::Event(event) => plain(&policy.events[event.at()].named.name),
        EventSource::Catalogue(catalogue) => plain(&policy.catalogues[catalogue.at()].named.name),
        EventSource::Set(define) => plain(&policy.defines[define.at()].named.name),
        EventSource::Status(ladder, status) => {
            let statuses = policy.ladders[ladder.at()].statuses;
            let values = &policy.enums[statuses.at()].values;
            plain(
                values
                    .get(usize::from(*status))
                    .map_or("", |status| &status.name),
            )
        }
        EventSource::Ladder(ladder) => plain(&policy.ladders[ladder.at()].named.name),
        EventSource::Outcome(outcome) => plain(&policy.outcomes[outcome.at()].named.name),
        EventSource::Duty(duty, state) => {
            let name = &policy.duties[duty.at()].named.name;
            let (en, zh) = match state {
                ActState::Lost => ("lost", "依据丧失"),
                ActState::Owed => ("owed", "应履行"),
                ActState::Met => ("met", "已履行"),
                ActState::Missed => ("missed", "逾期"),
                ActState::Released => ("released", "免除"),
            };
            Text::new(format!("{name} {en}"), format!("{name} {zh}"))
        }
        EventSource::Lost(of) => {
            let of = written(policy, of);
            Text::new(format!("{} lost", of.en), format!("{} 依据丧失", of.zh))
        }
    }
}
