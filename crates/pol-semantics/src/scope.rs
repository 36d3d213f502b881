//! What an expression may speak of, by where it stands.

use crate::hir::{EventSource, Type};
use pol_model::KindIx;
use pol_syntax::Span;
use std::collections::BTreeMap;

/// Where an expression stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standpoint {
    /// In an event's `where`, in a catalogue: fields and attributes, no counts.
    Event,
    /// In a condition on a subject: counts, standings, and the trigger's fields.
    Subject,
    /// In a parameter or definition, which is asked from elsewhere: whatever is there.
    Template,
}

/// What an expression may speak of.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// Where it stands.
    pub standpoint: Standpoint,
    /// The events whose fields are seen: those of which a `where` speaks, else the trigger's.
    pub events: Vec<EventSource>,
    /// The kinds of subject of whom it is asked; empty where that is not known.
    pub subjects: Vec<KindIx>,
    /// `since last time` has a meaning: there is a rule that may have fired before.
    pub fires: bool,
    /// Some of the events could not be resolved, which has been reported: names that are not
    /// found may be their fields.
    pub doubtful: bool,
}

impl Scope {
    /// A condition on events of these sources.
    pub(crate) fn of_events(events: Vec<EventSource>, subjects: &[KindIx]) -> Self {
        Self {
            standpoint: Standpoint::Event,
            events,
            subjects: subjects.to_vec(),
            fires: false,
            doubtful: false,
        }
    }

    /// A condition on subjects of these kinds.
    pub(crate) fn of_subjects(subjects: &[KindIx]) -> Self {
        Self {
            standpoint: Standpoint::Subject,
            events: Vec::new(),
            subjects: subjects.to_vec(),
            fires: false,
            doubtful: false,
        }
    }

    /// What is asked from elsewhere.
    pub(crate) fn template() -> Self {
        Self {
            standpoint: Standpoint::Template,
            events: Vec::new(),
            subjects: Vec::new(),
            fires: true,
            doubtful: false,
        }
    }
}

/// What a parameter or definition needs of the place that asks it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Needs {
    /// Fields of an event, by name.
    pub fields: BTreeMap<String, (Type, Span)>,
    /// It counts, or asks for a standing, here.
    pub counts: Option<Span>,
}

impl Needs {
    /// What one needs that asks another.
    pub(crate) fn absorb(&mut self, other: &Self) {
        for (name, need) in &other.fields {
            self.fields.entry(name.clone()).or_insert(*need);
        }
        self.counts = self.counts.or(other.counts);
    }
}
