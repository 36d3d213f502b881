//! Entries of a ledger: what is on record, when it happened and when it became known.

use crate::{BodyIx, EventIx, MemberIx, RuleIx, Value};
use chrono::NaiveTime;
use pol_calendar::Date;
use std::sync::Arc;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Entry {
    /// Its id. An entry without one is known by its content.
    pub id: Option<Arc<str>>,
    /// The day it happened.
    pub date: Date,
    /// The time, which only orders entries of one day.
    pub time: Option<NaiveTime>,
    /// The day it was recorded; never before `date`.
    pub recorded: Date,
    /// What it says.
    pub body: EntryBody,
    /// The id of the entry that it corrects.
    pub instead_of: Option<Arc<str>>,
    /// Where it was read; takes no part in a decision.
    pub origin: Origin,
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum EntryBody {
    /// Something happened.
    Event {
        /// Its kind.
        event: EventIx,
        /// Whom it is about, besides the members that its fields name.
        of: Vec<MemberIx>,
        /// A value for each declared field, defaults filled in; none where an optional one is absent.
        fields: Vec<Option<Value>>,
    },
    /// A body decided.
    Decision {
        /// Who.
        body: BodyIx,
        /// On which rule's proposal; none where the subject has one open proposal of that body.
        rule: Option<RuleIx>,
        /// About whom.
        of: MemberIx,
        /// How.
        verdict: Verdict,
    },
    /// An entry is withdrawn.
    Withdrawal {
        /// Its id.
        entry: Arc<str>,
    },
}

/// How a body decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Verdict {
    /// Approved: the rule's actions are done.
    Approve,
    /// Refused.
    Decline,
}

/// Where an entry was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Origin {
    /// The file's name; empty for entries that were made in memory.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The line of the file or the row of the sheet, from 1; 0 for none.
    pub line: u32,
}
