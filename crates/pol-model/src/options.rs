//! How a run is to be made.

use crate::ReadingIx;
use pol_calendar::Date;
use std::collections::BTreeMap;

/// The most days of a run, from the policy's start: 100 years.
pub const MOST_DAYS: i64 = 36_525;

/// How a run is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Options {
    /// The last day of the run.
    pub as_of: Date,
    /// Only what was recorded by this day is known.
    pub known_on: Option<Date>,
    /// As if everything had been recorded on the day it happened.
    pub hindsight: bool,
    /// As if each proposal were approved on its day.
    pub assume_approved: bool,
    /// Answers to readings, as places in their lists; the default elsewhere.
    pub readings: BTreeMap<ReadingIx, u16>,
}

impl Options {
    /// A plain run through a day.
    pub const fn through(as_of: Date) -> Self {
        Self {
            as_of,
            known_on: None,
            hindsight: false,
            assume_approved: false,
            readings: BTreeMap::new(),
        }
    }
}
