//! What becomes of what a policy says.

use pol_calendar::Date;
use pol_model::State;
pub use pol_model::{Cause, Setback};

/// What became of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue<S> {
    /// It was issued.
    Issued {
        /// The standing before.
        was: S,
        /// The standing that it leaves.
        now: S,
    },
    /// Its basis is lost.
    Lost,
    /// It was taken back with the decision that made it.
    TakenBack,
}

/// What became of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imposition {
    /// It was imposed, and is of a moment.
    Imposed,
    /// It came into force.
    Began {
        /// Its last day, where it is known.
        until: Option<Date>,
    },
    /// It is no longer in force.
    Ended {
        /// Its last day in force.
        until: Date,
    },
    /// It was over before it was known.
    Over {
        /// The last day that it would have been in force.
        until: Date,
    },
    /// Its basis is lost.
    Lost,
    /// It was taken back with the decision that made it.
    TakenBack,
}

/// What became of a derived event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It was brought about.
    Made,
    /// Its basis is lost.
    Lost,
    /// It was taken back with the decision that made it.
    TakenBack,
}

/// What became of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obligation {
    /// It was born.
    Owed {
        /// Its last day.
        last_day: Date,
    },
    /// It was met.
    Met,
    /// It was missed.
    Missed {
        /// True where it stands in principle: a breach is noted, not missed.
        in_principle: bool,
    },
    /// It was released.
    Released,
    /// Its basis is lost.
    Lost,
}

/// What became of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proposing {
    /// It was opened.
    Proposed,
    /// It was open and is renewed.
    Renewed,
    /// It was approved.
    Approved,
    /// It was refused.
    Refused,
    /// It was approved without basis.
    WithoutBasis(Setback),
    /// Its basis is lost.
    Lost,
}

impl<S> Issue<S> {
    pub(crate) fn of(state: &State, status: impl Fn(u16) -> Option<S>) -> Option<Self> {
        match state {
            State::Issued { was, now } => Some(Self::Issued {
                was: status((*was)?)?,
                now: status((*now)?)?,
            }),
            State::Lost => Some(Self::Lost),
            State::TakenBack => Some(Self::TakenBack),
            _ => None,
        }
    }
}

impl Imposition {
    pub(crate) const fn of(state: &State) -> Option<Self> {
        match state {
            State::Issued { .. } => Some(Self::Imposed),
            State::Began { until } => Some(Self::Began { until: *until }),
            State::Ended { until } => Some(Self::Ended { until: *until }),
            State::Over { until } => Some(Self::Over { until: *until }),
            State::Lost => Some(Self::Lost),
            State::TakenBack => Some(Self::TakenBack),
            _ => None,
        }
    }
}

impl Act {
    pub(crate) const fn of(state: &State) -> Option<Self> {
        match state {
            State::Issued { .. } => Some(Self::Made),
            State::Lost => Some(Self::Lost),
            State::TakenBack => Some(Self::TakenBack),
            _ => None,
        }
    }
}

impl Obligation {
    pub(crate) const fn of(state: &State) -> Option<Self> {
        match state {
            State::Owed { last_day } => Some(Self::Owed {
                last_day: *last_day,
            }),
            State::Met => Some(Self::Met),
            State::Missed { in_principle } => Some(Self::Missed {
                in_principle: *in_principle,
            }),
            State::Released => Some(Self::Released),
            State::Lost => Some(Self::Lost),
            _ => None,
        }
    }
}

impl Proposing {
    pub(crate) const fn of(state: &State) -> Option<Self> {
        match state {
            State::Proposed => Some(Self::Proposed),
            State::Renewed => Some(Self::Renewed),
            State::Approved => Some(Self::Approved),
            State::Refused => Some(Self::Refused),
            State::WithoutBasis(why) => Some(Self::WithoutBasis(*why)),
            State::Lost => Some(Self::Lost),
            _ => None,
        }
    }
}
