//! The typed policy: declarations as lists, names as indices into them, conditions with types.
//!
//! The order of every list is the order of the text; no evaluator lets an outcome depend on it.

mod condition;
mod data;
mod rule;
mod test;

pub use condition::*;
pub use data::*;
pub use rule::*;
pub use test::*;

use pol_calendar::{Calendars, Date};
use pol_syntax::Span;

/// A whole policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its name and title.
    pub named: Named,
    /// The documents that it implements.
    pub sources: Vec<Source>,
    /// The first day on which rules fire.
    pub effective: Date,
    /// The day from which the record counts as complete, never after `effective`.
    pub counting_from: Date,
    /// Its working-day calendars, the default one first.
    pub calendars: Calendars,
    /// Kinds of subject.
    pub kinds: Vec<Kind>,
    /// Bodies.
    pub bodies: Vec<Named>,
    /// Measure words.
    pub units: Vec<Unit>,
    /// Enumerations: scales, statuses, answers, values of fields.
    pub enums: Vec<Enum>,
    /// Kinds of entry and derived events.
    pub events: Vec<Event>,
    /// Parameters.
    pub params: Vec<Param>,
    /// Readings.
    pub readings: Vec<Reading>,
    /// Named conditions and values; a set of events has [`DefineBody::Events`].
    pub defines: Vec<Define>,
    /// Catalogues.
    pub catalogues: Vec<Catalogue>,
    /// Phases.
    pub phases: Vec<Phase>,
    /// Ladders.
    pub ladders: Vec<Ladder>,
    /// Outcomes.
    pub outcomes: Vec<Outcome>,
    /// Duties.
    pub duties: Vec<Duty>,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Properties of every ledger.
    pub nevers: Vec<Never>,
    /// Clauses that compute nothing.
    pub prose: Vec<Prose>,
    /// Tests.
    pub tests: Vec<Test>,
    /// The order in which rules look, independent of the order of declarations: a rule comes after
    /// those whose events it counts and, unless it moves that ladder itself, after those that move
    /// a ladder that it reads. Rules that depend on each other share a stratum; within one they
    /// stand by name.
    pub strata: Vec<Vec<pol_model::RuleIx>>,
    /// Holes (`?`) that keep the policy from running, by place.
    pub holes: Vec<Hole>,
}

/// A name with its display name, what it cites, and where it is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub name: String,
    /// The display name.
    pub label: Option<String>,
    /// What it cites.
    pub cites: Vec<Cite>,
    /// Where the name stands.
    pub span: Span,
}

impl Named {
    /// What outputs show: the display name, else the name.
    pub fn display(&self) -> &str {
        self.label.as_deref().unwrap_or(&self.name)
    }
}

/// A clause of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// Which source, as a place in [`Policy::sources`].
    pub source: usize,
    /// The clause, as the document numbers it.
    pub clause: String,
    /// Words that are said to stand in it.
    pub quote: Option<Quote>,
}

/// Words of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words; `…` stands for what is left out.
    pub words: String,
    /// Where they stand in the policy.
    pub span: Span,
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name; the label is its number or title.
    pub named: Named,
    /// The file of its text, beside the policy.
    pub text: Option<String>,
}

/// Clauses that compute nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// What they say.
    pub text: String,
    /// Which they are.
    pub cites: Vec<Cite>,
}

/// A value that the document leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// The declaration that holds it.
    pub declaration: String,
    /// Where it stands.
    pub span: Span,
}
