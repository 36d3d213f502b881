//! What can change the answer to a condition.

#[cfg(feature = "compile")]
mod found;

use crate::node::PatternIx;
use pol_model::{LadderIx, OutcomeIx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a condition reads of the record: as long as nothing of it comes and the day on which it may
/// change by itself has not come, its answer stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Reads {
    /// The events that it counts or looks for.
    pub patterns: BTreeSet<PatternIx>,
    /// The ladders on which it reads a standing.
    pub ladders: BTreeSet<LadderIx>,
    /// The outcomes that it asks to be in force.
    pub outcomes: BTreeSet<OutcomeIx>,
    /// True if it asks what came since its rule last fired.
    pub last_time: bool,
    /// Whose record it reads.
    pub reach: Reach,
}

/// Whose record a condition reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// The subject's own.
    #[default]
    Own,
    /// That of the members within the subject as well.
    Within,
    /// That of all members.
    All,
}
