//! Fields of events, whichever sort of event it is, and whom an event concerns.

use super::Lowering;
use super::collect::UNKNOWN_EVENT;
use super::data::position;
use crate::builtin;
use crate::hir::{DefineBody, EventSource, Field, FieldKey, Type};
use pol_model::{DefineIx, FieldIx, KindIx};
use std::collections::BTreeSet;

/// A field that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Which.
    pub key: FieldKey,
    /// Its type.
    pub ty: Type,
}

impl Lowering<'_> {
    /// The field that all of these sources have under a name.
    pub(super) fn common_field(&self, sources: &[EventSource], name: &str) -> Option<Found> {
        let mut found: Option<Found> = None;
        for source in sources {
            let here = self.field(source, name)?;
            found = match found {
                None => Some(here),
                Some(before) if before.ty != here.ty => return None,
                Some(before) if before.key == here.key && same_kind(sources) => Some(before),
                Some(before) if before.key == here.key && !declared(&here.key) => Some(before),
                Some(before) => Some(Found {
                    key: FieldKey::Named(name.to_owned()),
                    ty: before.ty,
                }),
            };
        }
        found
    }

    /// A field of one source; those that the policy declares come before those built in.
    pub(super) fn field(&self, source: &EventSource, name: &str) -> Option<Found> {
        match source {
            EventSource::Event(event) => {
                listed(&self.policy.events[event.at()].fields, name).or_else(|| dated(name))
            }
            EventSource::Outcome(outcome) => {
                listed(&self.policy.outcomes[outcome.at()].fields, name).or_else(|| dated(name))
            }
            EventSource::Catalogue(catalogue) => {
                match self.policy.catalogues[catalogue.at()].event {
                    UNKNOWN_EVENT => Some(anything(name)),
                    event => self.field(&EventSource::Event(event), name),
                }
            }
            EventSource::Set(define) => match self.members(*define).as_slice() {
                [] => Some(anything(name)),
                members => self.common_field(members, name),
            },
            EventSource::Status(ladder, _) | EventSource::Ladder(ladder) => {
                let key = builtin::field_named(name)?;
                match key {
                    FieldKey::Was | FieldKey::Now => {
                        let ty = Type::Enum(self.policy.ladders[ladder.at()].statuses);
                        Some(Found { key, ty })
                    }
                    _ => dated(name),
                }
            }
            EventSource::Duty(..) => match builtin::field_named(name)? {
                FieldKey::LastDay => Some(Found {
                    key: FieldKey::LastDay,
                    ty: Type::Date,
                }),
                _ => dated(name),
            },
            EventSource::Lost(act) => self.field(act, name),
        }
    }

    /// The names of a source's fields, for suggestions.
    pub(super) fn known_fields(&self, source: &EventSource) -> Vec<&str> {
        let fields = match source {
            EventSource::Event(event) => &self.policy.events[event.at()].fields,
            EventSource::Outcome(outcome) => &self.policy.outcomes[outcome.at()].fields,
            EventSource::Catalogue(catalogue) => {
                match self.policy.catalogues[catalogue.at()].event {
                    UNKNOWN_EVENT => return Vec::new(),
                    event => &self.policy.events[event.at()].fields,
                }
            }
            EventSource::Lost(act) => return self.known_fields(act),
            EventSource::Set(define) => {
                let DefineBody::Events(patterns) = &self.policy.defines[define.at()].body else {
                    return Vec::new();
                };
                return patterns
                    .first()
                    .map_or_else(Vec::new, |pattern| self.known_fields(&pattern.source));
            }
            EventSource::Status(..) | EventSource::Ladder(_) => {
                return vec!["was", "now", "date", "recorded"];
            }
            EventSource::Duty(..) => return vec!["last_day", "date", "recorded"],
        };
        super::data::field_names(fields)
    }

    /// The sources that a set unites, sets within it opened.
    fn members(&self, define: DefineIx) -> Vec<EventSource> {
        let DefineBody::Events(patterns) = &self.policy.defines[define.at()].body else {
            return Vec::new();
        };
        patterns
            .iter()
            .map(|pattern| pattern.source.clone())
            .collect()
    }

    /// The kinds of subject that a source's events may concern; none for those that concern nobody
    /// in particular.
    pub(super) fn about(&self, source: &EventSource) -> BTreeSet<KindIx> {
        match source {
            EventSource::Event(event) => {
                let event = &self.policy.events[event.at()];
                let of = event
                    .of
                    .iter()
                    .flat_map(|of| std::iter::once(of.kind).chain(of.and_every));
                let named = event.fields.iter().filter_map(|field| match field.ty {
                    Type::Member(kind) => Some(kind),
                    _ => None,
                });
                of.chain(named).collect()
            }
            EventSource::Catalogue(catalogue) => {
                match self.policy.catalogues[catalogue.at()].event {
                    UNKNOWN_EVENT => BTreeSet::new(),
                    event => self.about(&EventSource::Event(event)),
                }
            }
            EventSource::Set(define) => self
                .members(*define)
                .iter()
                .flat_map(|source| self.about(source))
                .collect(),
            EventSource::Status(ladder, _) | EventSource::Ladder(ladder) => {
                let ladder = &self.policy.ladders[ladder.at()];
                ladder.subjects.iter().copied().collect()
            }
            EventSource::Outcome(_) | EventSource::Duty(..) => BTreeSet::new(),
            EventSource::Lost(act) => self.about(act),
        }
    }
}

/// A field of events that could not be resolved, which has been reported.
fn anything(name: &str) -> Found {
    Found {
        key: FieldKey::Named(name.to_owned()),
        ty: Type::Error,
    }
}

fn listed(fields: &[Field], name: &str) -> Option<Found> {
    let at: FieldIx = position(fields, name)?;
    Some(Found {
        key: FieldKey::Declared(at),
        ty: fields[at.at()].ty,
    })
}

/// `date` and `recorded`, which every event has.
fn dated(name: &str) -> Option<Found> {
    let key = builtin::field_named(name)?;
    matches!(key, FieldKey::Date | FieldKey::Recorded).then_some(Found {
        key,
        ty: Type::Date,
    })
}

const fn declared(key: &FieldKey) -> bool {
    matches!(key, FieldKey::Declared(_))
}

/// True if all sources are one.
fn same_kind(sources: &[EventSource]) -> bool {
    sources.windows(2).all(|pair| pair[0] == pair[1])
}
