//! Well-typed policies by chance, as text, so that parser, checker and lowering take part.
//!
//! A draft knows of everything that it has declared just what is needed to speak of it again: sort,
//! fields, whom it is about. Whatever may set off an `on` rule has a level, and a rule issues only
//! what is of a higher level than its trigger, so that nothing goes in a circle.

mod aggregate;
mod condition;
mod declare;
mod duty;
mod flat;
mod rule;
mod source;
mod table;

use super::choices::Choices;
use source::Source;

/// What sort of value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sort {
    YesNo,
    Number,
    Unit,
    Money,
    Share,
    Date,
    Span,
    /// An enumeration of its own, by its owner, with its values.
    Listed(String, Vec<String>),
    Scale,
    Ladder(usize),
    Text,
    Member(usize),
}

/// A field or attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Field {
    name: String,
    sort: Sort,
    optional: bool,
    several: bool,
    fallback: Option<&'static str>,
}

#[derive(Debug, Clone)]
struct Kind {
    name: &'static str,
    within: Option<usize>,
    attributes: Vec<Field>,
}

#[derive(Debug, Clone)]
struct Event {
    name: &'static str,
    fields: Vec<Field>,
    /// The kinds whose members see it.
    about: Vec<usize>,
    derived: bool,
    level: u32,
}

#[derive(Debug, Clone)]
struct Ladder {
    name: &'static str,
    statuses: Vec<&'static str>,
    kinds: Vec<usize>,
    level: u32,
}

#[derive(Debug, Clone)]
struct Outcome {
    name: &'static str,
    fields: Vec<Field>,
    level: u32,
}

#[derive(Debug, Clone)]
struct Duty {
    name: &'static str,
    kind: usize,
    level: u32,
}

/// A parameter or a value that is defined, and what it needs of the place that asks it.
#[derive(Debug, Clone)]
struct Term {
    name: String,
    sort: Sort,
    /// Only where this is the kind of subject.
    kind: Option<usize>,
    /// Only where an event has this field.
    field: Option<Field>,
    /// It counts or asks for a standing.
    counts: bool,
}

/// Where an expression stands.
#[derive(Debug, Clone)]
struct Scope {
    /// The kinds of the subject that is asked about.
    kinds: Vec<usize>,
    /// The fields that a bare name reaches.
    fields: Vec<Field>,
    /// Counts and standings may be asked for.
    counts: bool,
    /// There is a last time.
    fires: bool,
}

/// A policy in the making.
#[derive(Debug)]
pub struct Draft {
    choices: Choices,
    kinds: Vec<Kind>,
    scale: Vec<&'static str>,
    unit: bool,
    events: Vec<Event>,
    ladders: Vec<Ladder>,
    outcomes: Vec<Outcome>,
    duties: Vec<Duty>,
    bodies: Vec<&'static str>,
    terms: Vec<Term>,
    readings: Vec<&'static str>,
    phases: Vec<&'static str>,
    /// Sets and catalogues: what they are called as events.
    views: Vec<Source>,
    pieces: Vec<String>,
    /// The few days that the policy names.
    days: Vec<String>,
    /// How deep expressions may still go.
    depth: u32,
    /// True once some rule closes a circle by a delay.
    circle: bool,
}

/// The text of a well-typed policy, by chance.
pub fn policy(choices: Choices) -> String {
    let mut draft = Draft {
        choices,
        kinds: Vec::new(),
        scale: Vec::new(),
        unit: false,
        events: Vec::new(),
        ladders: Vec::new(),
        outcomes: Vec::new(),
        duties: Vec::new(),
        bodies: Vec::new(),
        terms: Vec::new(),
        readings: Vec::new(),
        phases: Vec::new(),
        views: Vec::new(),
        pieces: Vec::new(),
        days: Vec::new(),
        depth: 3,
        circle: false,
    };
    if draft.choices.chance(25) {
        draft.flat_policy();
    } else {
        draft.declare();
        draft.duties();
        draft.rules();
    }
    draft.pieces.join("\n\n") + "\n"
}

impl Draft {
    fn say(&mut self, piece: impl Into<String>) {
        self.pieces.push(piece.into());
    }

    /// A day near the policy's start: one of a few, so that the ledger can meet it.
    fn day(&mut self) -> String {
        if self.days.len() < 3 {
            let day = self.choices.between(1, 28);
            let months = [
                "2023-12", "2024-01", "2024-01", "2024-02", "2024-02", "2024-03",
            ];
            let month = *self.choices.pick(&months);
            self.days.push(format!("{month}-{day:02}"));
        }
        self.choices.pick(&self.days).clone()
    }

    /// A short span of time.
    fn span(&mut self) -> String {
        let spans = [
            "3 days",
            "5 days",
            "10 days",
            "10 days",
            "30 days",
            "1 week",
            "2 weeks",
            "1 month",
            "1 month",
            "2 months",
            "5 working days",
            "2 working days",
        ];
        (*self.choices.pick(&spans)).to_owned()
    }

    /// The kind itself and those that it lies within.
    fn outwards(&self, kind: usize) -> Vec<usize> {
        std::iter::successors(Some(kind), |inner| self.kinds[*inner].within).collect()
    }

    /// Fields that several lists have in common.
    fn common(lists: &[Vec<Field>]) -> Vec<Field> {
        let Some((first, others)) = lists.split_first() else {
            return Vec::new();
        };
        first
            .iter()
            .filter(|field| {
                others.iter().all(|list| {
                    list.iter().any(|other| {
                        (&other.name, &other.sort, other.several)
                            == (&field.name, &field.sort, field.several)
                    })
                })
            })
            .cloned()
            .collect()
    }
}
