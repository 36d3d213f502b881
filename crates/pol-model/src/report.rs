//! What a run yields: the records, and what is open on its last day.

use crate::{DutyIx, EntryIx, LadderIx, MemberIx, OutcomeIx, Record, RuleIx};
use pol_calendar::Date;

/// What a run yields. Lists are ordered by subject id, then by the names of what they hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Report {
    /// Everything that was said, in order.
    pub records: Vec<Record>,
    /// Where each subject stands on each of its ladders.
    pub standings: Vec<StandingLine>,
    /// Outcomes in force.
    pub in_force: Vec<InForce>,
    /// Duties that are neither met nor released: running, or missed.
    pub duties: Vec<OpenDuty>,
    /// Proposals that wait for a decision.
    pub proposals: Vec<OpenProposal>,
}

/// Where a subject stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StandingLine {
    /// Who.
    pub subject: MemberIx,
    /// On which ladder.
    pub ladder: LadderIx,
    /// At which status.
    pub status: u16,
    /// Since when; none: at the bottom from the beginning.
    pub since: Option<Date>,
}

/// An outcome in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct InForce {
    /// For whom.
    pub subject: MemberIx,
    /// Which.
    pub outcome: OutcomeIx,
    /// First day.
    pub from: Date,
    /// Last day, where it is known.
    pub until: Option<Date>,
    /// The rule that imposed it.
    pub rule: RuleIx,
}

/// A duty that is neither met nor released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OpenDuty {
    /// About whom; none where a body bears it alone.
    pub subject: Option<MemberIx>,
    /// Which.
    pub duty: DutyIx,
    /// First day on which it can be met.
    pub from: Date,
    /// Last day.
    pub last_day: Date,
    /// True if the last day is over.
    pub missed: bool,
}

/// A proposal that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OpenProposal {
    /// About whom.
    pub subject: MemberIx,
    /// Whose.
    pub rule: RuleIx,
    /// The day on which it was opened or last renewed.
    pub date: Date,
    /// The entries that it stands on.
    pub evidence: Vec<EntryIx>,
    /// True if its basis is lost.
    pub lost: bool,
}
