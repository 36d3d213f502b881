//! What keeps a run from being meaningful.

use crate::{DutyIx, EntryIx, PhaseIx, RuleIx};
use pol_calendar::Date;
use std::sync::Arc;

/// What keeps a run from being meaningful. It says nothing in words: whoever shows it knows the
/// policy and the ledger that the indices belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Fault {
    /// The policy leaves a value open, by its place in the list of holes.
    Hole(usize),
    /// A phase takes its dates from the register, which does not give them.
    PhaseWithoutDates(PhaseIx),
    /// More days than a run goes over.
    TooLong {
        /// The last day that was asked for.
        as_of: Date,
    },
    /// An id stands at two entries that differ.
    RepeatedId {
        /// The entry that bears it first.
        first: EntryIx,
        /// The other.
        second: EntryIx,
    },
    /// An entry is recorded before it happened.
    RecordedEarly(EntryIx),
    /// An entry withdraws or corrects an id that no entry has.
    WithdrawsNothing {
        /// The entry.
        entry: EntryIx,
        /// The id.
        id: Arc<str>,
    },
    /// An entry withdraws a withdrawal.
    WithdrawsWithdrawal {
        /// The entry.
        entry: EntryIx,
        /// The withdrawal.
        withdrawal: EntryIx,
    },
    /// A decision that names no rule fits several open proposals.
    TwoProposals {
        /// The decision.
        entry: EntryIx,
        /// The rules whose proposals are open.
        rules: Vec<RuleIx>,
    },
    /// An approval names no rule, no proposal is open, and several rules could be meant.
    WhichRule {
        /// The decision.
        entry: EntryIx,
        /// The rules that it could mean.
        rules: Vec<RuleIx>,
    },
    /// A day that a rule or duty needs cannot be computed.
    Undated {
        /// Whose day.
        limit: Limit,
        /// The calendar and the year that it lacks, where that is why.
        missing: Option<(String, i32)>,
    },
}

/// What has days of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Limit {
    /// A rule.
    Rule(RuleIx),
    /// A duty.
    Duty(DutyIx),
}

impl Fault {
    /// A day that cannot be computed, and what it lacks.
    pub fn undated(limit: Limit, causes: &[crate::Cause]) -> Self {
        let missing = causes.iter().find_map(|cause| match cause {
            crate::Cause::MissingYear { calendar, year } => Some((calendar.clone(), *year)),
            _ => None,
        });
        Self::Undated { limit, missing }
    }
}
