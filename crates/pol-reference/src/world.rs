//! Everything that a condition can see.

use crate::held::Clock;
use crate::history::{Gone, HappeningIx, History, View};
use crate::scope::Scope;
use pol_calendar::Date;
use pol_model::{Entry, EnumIx, KindIx, LadderIx, MemberIx, ReadingIx, Register, Value};
use pol_semantics::hir::Policy;
use pol_syntax::Span;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Policy, register, ledger and record.
pub(crate) struct World<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The register.
    pub register: &'a Register,
    /// The ledger.
    pub entries: &'a [Entry],
    /// Answers to readings that differ from the default.
    pub readings: &'a BTreeMap<ReadingIx, u16>,
    /// The record.
    pub history: History,
    /// The clocks of `held` conditions at closes that are over; a close never changes again.
    pub clocks: RefCell<BTreeMap<(Span, MemberIx, Date), Clock>>,
}

impl World<'_> {
    /// The record as it is now, on a day.
    pub(crate) const fn present(&self, day: Date) -> View {
        View {
            limit: self.history.now(),
            gone: Gone::By(day),
        }
    }

    /// The record as a day's close left it.
    pub(crate) fn at_close(&self, day: Date, gone: Gone) -> View {
        let limit = self.history.closed(day).unwrap_or(0);
        View {
            limit,
            gone: if gone == Gone::Now {
                Gone::Now
            } else {
                Gone::By(day)
            },
        }
    }

    /// The answer that the run takes to a reading.
    pub(crate) fn answer(&self, reading: ReadingIx) -> Value {
        let answers: EnumIx = self.policy.readings[reading.at()].answers;
        Value::Symbol(answers, self.readings.get(&reading).copied().unwrap_or(0))
    }

    /// True if a member is of one of these kinds and belongs on a day.
    pub(crate) fn concerns(&self, kinds: &[KindIx], member: MemberIx, day: Date) -> bool {
        let member = self.register.member(member);
        kinds.contains(&member.kind) && member.belongs(day)
    }

    /// Happenings about a subject, or about it and all that lies within it, in the order of the
    /// record; about nobody in particular: all.
    pub(crate) fn about(&self, subject: Option<MemberIx>, within: bool) -> Vec<HappeningIx> {
        let Some(subject) = subject else {
            return (0..self.history.happenings.len()).collect();
        };
        if !within {
            return self.history.about(subject).to_vec();
        }
        let mut all: Vec<HappeningIx> = self
            .register
            .indices()
            .filter(|member| {
                self.register
                    .outwards(*member)
                    .any(|outer| outer == subject)
            })
            .flat_map(|member| self.history.about(member).iter().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// True if a subject stands on a ladder.
    pub(crate) fn has_ladder(&self, subject: MemberIx, ladder: LadderIx) -> bool {
        let kind = self.register.member(subject).kind;
        self.policy.ladders[ladder.at()].subjects.contains(&kind)
    }

    /// The entry of the event in scope, for causes.
    pub(crate) fn entry_in(scope: &Scope<'_>) -> Option<pol_model::EntryIx> {
        scope.event.and_then(|event| event.entry)
    }
}
