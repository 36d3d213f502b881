//! What conditions answer on a row, and when that changes by itself.

use crate::condition::{Answer, Cond, CondIx};
use crate::machine::Machine;
use pol_model::OutcomeIx;
use pol_model::compute::Comparison;

impl Machine {
    /// What a condition answers about a subject today.
    #[inline]
    pub(crate) fn answer(&self, condition: CondIx, subject: usize) -> Answer {
        match self.tables.conditions.list[usize::from(condition)] {
            Cond::Fixed(answer) => answer,
            Cond::Not(inner) => self.answer(inner, subject).negated(),
            Cond::And(left, right) => match self.answer(left, subject) {
                Answer::No => Answer::No,
                Answer::Yes => self.answer(right, subject),
                Answer::Unknown => match self.answer(right, subject) {
                    Answer::No => Answer::No,
                    Answer::Yes | Answer::Unknown => Answer::Unknown,
                },
            },
            Cond::Or(left, right) => match self.answer(left, subject) {
                Answer::Yes => Answer::Yes,
                Answer::No => self.answer(right, subject),
                Answer::Unknown => match self.answer(right, subject) {
                    Answer::Yes => Answer::Yes,
                    Answer::No | Answer::Unknown => Answer::Unknown,
                },
            },
            Cond::Standing { ladder, among } => {
                let word = self.tables.layout.ladders[usize::from(ladder)];
                Answer::of(among >> self.rows.get(subject, word) & 1 != 0)
            }
            Cond::Held { clock, length } => match self.due(clock, length, subject) {
                None => Answer::No,
                Some(u16::MAX) => Answer::Unknown,
                Some(due) => Answer::of(due <= self.today),
            },
            Cond::InForce { outcome } => {
                Answer::of(self.rows.in_force(subject, OutcomeIx(outcome)))
            }
            Cond::Count {
                counter,
                comparison,
                bound,
                fragile,
            } => {
                let value = self.rows.value(&self.tables, self.today, subject, counter);
                let bound = self.tables.conditions.bounds[usize::from(bound)];
                let holds = match comparison {
                    Comparison::Is => value == bound,
                    Comparison::IsNot => value != bound,
                    Comparison::Lt => value < bound,
                    Comparison::Le => value <= bound,
                    Comparison::Gt => value > bound,
                    Comparison::Ge => value >= bound,
                };
                if fragile == Some(holds) && !self.covered(counter, subject) {
                    Answer::Unknown
                } else {
                    Answer::of(holds)
                }
            }
        }
    }

    /// True if no entry from before the record lies in a counter's window.
    fn covered(&self, counter: u8, subject: usize) -> bool {
        self.today >= self.tables.layout.counters[usize::from(counter)].covered
            || self.rows.since(subject, counter)
    }

    /// The day on which a clock has run for a length; none if it does not run.
    #[inline]
    fn due(&self, clock: u8, length: u8, subject: usize) -> Option<u16> {
        let word = self.tables.layout.clocks[usize::from(clock)].word;
        let since = (self.rows.get(subject, word) as usize).checked_sub(1)?;
        let later = &self.tables.days.later[usize::from(length)];
        later.get(since).copied()
    }

    /// The first day after today on which a condition may answer otherwise though nothing happens.
    pub(crate) fn turn(&self, condition: CondIx, subject: usize) -> Option<u16> {
        match self.tables.conditions.list[usize::from(condition)] {
            Cond::Fixed(_) | Cond::Standing { .. } | Cond::InForce { .. } => None,
            Cond::Not(inner) => self.turn(inner, subject),
            Cond::And(left, right) | Cond::Or(left, right) => {
                let left = self.turn(left, subject);
                left.into_iter().chain(self.turn(right, subject)).min()
            }
            Cond::Held { clock, length } => {
                let due = self.due(clock, length, subject)?;
                (due > self.today).then_some(due)
            }
            Cond::Count {
                counter, fragile, ..
            } => {
                let counting = self.tables.layout.counters[usize::from(counter)];
                let covered = Some(counting.covered)
                    .filter(|covered| fragile.is_some() && *covered > self.today);
                let less = match (counting.period, counting.last) {
                    (Some(period), _) => {
                        let ends = &self.tables.days.ends[usize::from(period)];
                        ends[usize::from(self.today)].checked_add(1)
                    }
                    (_, Some(length)) => {
                        let (tables, today) = (&self.tables, self.today);
                        self.rows
                            .holds_less(tables, today, subject, counter, length)
                    }
                    (None, None) => None,
                };
                covered.into_iter().chain(less).min()
            }
        }
    }
}
