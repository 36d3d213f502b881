//! Outcomes as data: every name written out, the same fields in every format.

use crate::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One thing that a run says.
///
/// Outcomes come in order of `known`, then the step of that day, then the subject's id, then keys
/// that do not depend on the order of declarations: equal runs give equal bytes. Names are the
/// policy's names, not its display names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// The day it happened.
    pub date: Date,
    /// The day of the run on which it was said.
    pub known: Date,
    /// The day on which it was due, where that was over before it became known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// The id of the subject that it is about; absent where it is about none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What sort of thing it is.
    pub what: Kind,
    /// Its name in the policy; of an undetermined or set-aside entry, the entry's kind.
    pub name: String,
    /// What became of it.
    #[serde(flatten)]
    pub state: State,
    /// The values that it carries, by field. Whole numbers are numbers, others exact decimals or
    /// fractions in a string; dates are `2023-08-07`, subjects their ids.
    pub fields: Map<String, Value>,
    /// The rule that brought it about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The clauses that it rests on: the rule's, then its own.
    pub cites: Vec<Cite>,
    /// The entries that were counted, by id; an entry without one as `line N`.
    pub evidence: Vec<String>,
    /// True if the run assumed a decision for it.
    pub assumed: bool,
}

/// What sort of thing an outcome is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A status of a ladder.
    Status,
    /// A declared outcome.
    Outcome,
    /// A derived event.
    Event,
    /// A duty.
    Duty,
    /// A rule's proposal to the body that decides.
    Proposal,
    /// A body's decision that names no rule and finds no proposal.
    Decision,
    /// A condition that could not be decided.
    Undetermined,
    /// An entry that is not counted.
    #[serde(rename = "set aside")]
    SetAside,
    /// A property that no ledger may break.
    Never,
}

impl Kind {
    /// The word that every format writes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Outcome => "outcome",
            Self::Event => "event",
            Self::Duty => "duty",
            Self::Proposal => "proposal",
            Self::Decision => "decision",
            Self::Undetermined => "undetermined",
            Self::SetAside => "set aside",
            Self::Never => "never",
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum State {
    /// Issued. A status names the standing before and the one that it leaves.
    Issued {
        /// The standing before.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        was: Option<String>,
        /// The standing that it leaves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        now: Option<String>,
    },
    /// Came into force.
    Began {
        /// Its last day, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// Is no longer in force.
    Ended {
        /// Its last day in force.
        until: Date,
    },
    /// Was over before it was known.
    Over {
        /// The last day that it would have been in force.
        until: Date,
    },
    /// A duty was born.
    Owed {
        /// Its last day.
        last_day: Date,
    },
    /// A duty was met.
    Met,
    /// A duty was missed.
    Missed {
        /// The duty stands in principle: the breach is noted, no more.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        in_principle: bool,
    },
    /// A duty was released.
    Released,
    /// A proposal was opened.
    Proposed,
    /// An open proposal was renewed.
    Renewed,
    /// A proposal was approved.
    Approved,
    /// A proposal was refused.
    Refused,
    /// A decision stands without basis.
    #[serde(rename = "without basis")]
    WithoutBasis {
        /// Why.
        reason: Reason,
    },
    /// Its basis is lost.
    Lost,
    /// It was taken back with the decision that made it.
    #[serde(rename = "taken back")]
    TakenBack,
    /// It could not be decided.
    Unknown {
        /// What was missing.
        missing: Vec<Missing>,
    },
    /// It was set aside.
    #[serde(rename = "set aside")]
    SetAside {
        /// Why.
        reason: Reason,
    },
    /// A property was broken.
    Broken,
}

impl State {
    /// The word that every format writes.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Issued { .. } => "issued",
            Self::Began { .. } => "began",
            Self::Ended { .. } => "ended",
            Self::Over { .. } => "over",
            Self::Owed { .. } => "owed",
            Self::Met => "met",
            Self::Missed { .. } => "missed",
            Self::Released => "released",
            Self::Proposed => "proposed",
            Self::Renewed => "renewed",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::WithoutBasis { .. } => "without basis",
            Self::Lost => "lost",
            Self::TakenBack => "taken back",
            Self::Unknown { .. } => "unknown",
            Self::SetAside { .. } => "set aside",
            Self::Broken => "broken",
        }
    }
}

/// Why something was set aside or stands without basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// It happened before the record begins.
    #[serde(rename = "before start")]
    BeforeStart,
    /// It happened while the subject was no member.
    #[serde(rename = "not a member")]
    NotMember,
    /// No proposal was open.
    #[serde(rename = "no proposal")]
    NoProposal,
    /// The proposal's basis was lost.
    #[serde(rename = "basis lost")]
    BasisLost,
    /// It was withdrawn by the day it was recorded.
    Withdrawn,
    /// The run assumes decisions: those on record are left aside.
    Assumed,
}

impl Reason {
    /// The word that every format writes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeforeStart => "before start",
            Self::NotMember => "not a member",
            Self::NoProposal => "no proposal",
            Self::BasisLost => "basis lost",
            Self::Withdrawn => "withdrawn",
            Self::Assumed => "assumed",
        }
    }
}

/// What a condition lacked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "lacks", rename_all = "snake_case")]
pub enum Missing {
    /// An optional field is absent.
    Field {
        /// The field.
        field: String,
        /// The entry that lacks it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<String>,
    },
    /// An attribute has no value on the day.
    Attribute {
        /// The attribute.
        attribute: String,
        /// The day.
        day: Date,
    },
    /// A division by zero has no result.
    Quotient {
        /// The entry whose numbers were divided.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<String>,
    },
    /// A number that does not fit.
    Number,
    /// A year that the working-day calendar does not have.
    CalendarYear {
        /// The calendar.
        calendar: String,
        /// The year.
        year: i32,
    },
    /// A value that no row of a table covers.
    TableRow {
        /// The parameter.
        param: String,
    },
    /// The highest or latest of nothing.
    Event {
        /// The event.
        event: String,
    },
    /// The record does not reach back far enough.
    Record {
        /// The event.
        event: String,
        /// The day from which the record counts as complete.
        from: Date,
    },
    /// An entry that may or may not qualify.
    Qualification {
        /// The catalogue.
        catalogue: String,
        /// The entry.
        entry: String,
    },
    /// A date that cannot be computed.
    Date,
    /// A subject has no value to be ranked by.
    Rank,
}

/// A clause of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cite {
    /// The document's name in the policy.
    pub source: String,
    /// The clause as the document numbers it.
    pub clause: String,
}

impl std::fmt::Display for Cite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.source, self.clause)
    }
}
