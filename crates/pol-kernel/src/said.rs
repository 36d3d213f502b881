//! What a machine says.

use pol_model::{EventIx, LadderIx, MemberIx, OutcomeIx, State, Step, What};

/// One thing that a machine says, of a day and a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The day on which it happens and is known.
    pub day: u16,
    /// The place of the subject in the register.
    pub subject: u32,
    /// The step of the day.
    pub step: Step,
    /// What it is.
    pub told: Told,
}

/// What is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// A status was issued.
    Issued {
        /// On which ladder.
        ladder: LadderIx,
        /// Which status.
        status: u16,
        /// The standing before.
        was: u16,
        /// The standing after.
        now: u16,
    },
    /// A derived event.
    Event(EventIx),
    /// An outcome of the moment.
    Moment(OutcomeIx),
    /// An outcome came into force; its last day, where it is known.
    Began(OutcomeIx, Option<u16>),
    /// An outcome whose last day was the day before, over before it was known.
    Over(OutcomeIx),
    /// An outcome is no longer in force: its last day was the day before.
    Ended(OutcomeIx),
}

impl Said {
    /// The subject.
    pub const fn member(&self) -> MemberIx {
        MemberIx(self.subject)
    }

    /// What it is and what became of it, as records say it; `day` turns the number of a day into one.
    pub fn record(&self, day: impl Fn(u16) -> pol_calendar::Date) -> (What, State) {
        let moment = State::Issued {
            was: None,
            now: None,
        };
        let before = || {
            let today = day(self.day);
            today.pred_opt().unwrap_or(today)
        };
        match self.told {
            Told::Issued {
                ladder,
                status,
                was,
                now,
            } => (
                What::Status(ladder, status),
                State::Issued {
                    was: Some(was),
                    now: Some(now),
                },
            ),
            Told::Event(event) => (What::Event(event), moment),
            Told::Moment(outcome) => (What::Outcome(outcome), moment),
            Told::Began(outcome, until) => (
                What::Outcome(outcome),
                State::Began {
                    until: until.map(&day),
                },
            ),
            Told::Over(outcome) => (What::Outcome(outcome), State::Over { until: before() }),
            Told::Ended(outcome) => (What::Outcome(outcome), State::Ended { until: before() }),
        }
    }
}
