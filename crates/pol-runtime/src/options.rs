//! How a run is to be made.

use crate::fault::Error;
use crate::policy::Policy;
use pol_calendar::Date;
use pol_model::ReadingIx;

/// Answers to the readings of a policy.
pub trait Readings: Default + Clone + std::fmt::Debug + PartialEq {
    /// For each reading the place of its answer.
    fn answers(&self) -> Vec<u16>;

    /// The answers at these places, by the place of their reading; none if there is no such answer.
    fn of(answer: impl Fn(u16) -> u16) -> Option<Self>;
}

/// How a run is to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Options<P: Policy> {
    /// Answers to readings.
    pub readings: P::Readings,
    /// Only what was recorded by this day is known.
    pub known_on: Option<Date>,
    /// As if everything had been recorded on the day it happened.
    pub hindsight: bool,
    /// As if each proposal were approved on its day.
    pub assume_approved: bool,
}

impl<P: Policy> Default for Options<P> {
    fn default() -> Self {
        Self {
            readings: P::Readings::default(),
            known_on: None,
            hindsight: false,
            assume_approved: false,
        }
    }
}

impl<P: Policy> Options<P> {
    /// With answers to readings.
    #[must_use]
    pub fn readings(self, readings: P::Readings) -> Self {
        Self { readings, ..self }
    }

    /// The options that an evaluator's options stand for.
    ///
    /// # Errors
    /// They answer a reading as this policy does not.
    pub fn from_model(options: &pol_model::Options) -> Result<Self, Error> {
        let answer = |reading| options.readings.get(&ReadingIx(reading)).copied();
        let readings = P::Readings::of(|reading| answer(reading).unwrap_or(0));
        Ok(Self {
            readings: readings.ok_or(Error::Unfit)?,
            known_on: options.known_on,
            hindsight: options.hindsight,
            assume_approved: options.assume_approved,
        })
    }

    /// The options of an evaluator, for a run through a day.
    pub fn through(&self, as_of: Date) -> pol_model::Options {
        let answers = self.readings.answers();
        let others = (0_u16..).map(ReadingIx).zip(answers);
        pol_model::Options {
            as_of,
            known_on: self.known_on,
            hindsight: self.hindsight,
            assume_approved: self.assume_approved,
            // The first answer is the default.
            readings: others.filter(|(_, answer)| *answer > 0).collect(),
        }
    }
}
