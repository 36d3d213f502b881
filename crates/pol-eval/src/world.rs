//! Everything that a condition can see, and until when an answer stays as it is.

use crate::clock::Clocks;
use crate::part::Part;
use crate::record::{Gone, HappeningIx, Record, Subject, View};
use crate::scope::Scope;
use pol_calendar::{Date, Duration, Span};
use pol_model::compute;
use pol_model::{
    Cause, Entry, EntryIx, KindIx, LadderIx, MemberIx, Options, PhaseIx, Quantity, ReadingIx,
    Register, Value,
};
use pol_plan::{NodeIx, PatternIx, Plan, Sign};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;

/// Plan, register, ledger and record.
pub(crate) struct World<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The register.
    pub register: &'a Register,
    /// The members that the run is about.
    pub part: Part,
    /// The ledger.
    pub entries: Cow<'a, [Entry]>,
    /// Answers to readings that differ from the default.
    pub readings: BTreeMap<ReadingIx, u16>,
    /// The record.
    pub record: Record,
    /// The clocks of `held` conditions, at the last close.
    pub clocks: Clocks,
    /// The first day on which something just asked may answer otherwise though nothing happens.
    pub until: Cell<Date>,
}

impl<'a> World<'a> {
    /// One in which nothing has happened.
    pub(crate) fn new(
        plan: &'a Plan,
        register: &'a Register,
        part: Part,
        entries: Cow<'a, [Entry]>,
        options: &Options,
    ) -> Self {
        Self {
            plan,
            register,
            entries,
            readings: options.readings.clone(),
            record: Record::new(&part),
            part,
            clocks: Clocks::default(),
            until: Date::MAX.into(),
        }
    }
}

impl World<'_> {
    /// The record as it is now, on a day.
    pub(crate) const fn present(&self, day: Date) -> View {
        View {
            limit: self.record.now(),
            gone: Gone::By(day),
        }
    }

    /// Asks something, and says with the answer the first day on which it may be another though
    /// nothing happens.
    pub(crate) fn until<T>(&self, ask: impl FnOnce() -> T) -> (T, Date) {
        let outer = self.until.replace(Date::MAX);
        let answer = ask();
        let until = self.until.replace(outer);
        self.changes(until);
        (answer, until)
    }

    /// Notes a day on which the answer that is being worked out may change by itself.
    pub(crate) fn changes(&self, day: Date) {
        self.until.set(self.until.get().min(day));
    }

    /// Notes that an answer may change on the day after a day.
    pub(crate) fn changes_after(&self, day: Date) {
        if let Some(next) = day.succ_opt() {
            self.changes(next);
        }
    }

    /// The answer that the run takes to a reading.
    pub(crate) fn answer(&self, reading: ReadingIx) -> Value {
        let place = self.readings.get(&reading).copied().unwrap_or(0);
        Value::Symbol(self.plan.readings[reading.at()], place)
    }

    /// True if a member is of one of these kinds and belongs on a day.
    pub(crate) fn concerns(&self, kinds: &[KindIx], member: MemberIx, day: Date) -> bool {
        let member = self.register.member(member);
        kinds.contains(&member.kind) && member.belongs(day)
    }

    /// True if a subject stands on a ladder.
    pub(crate) fn has_ladder(&self, subject: MemberIx, ladder: LadderIx) -> bool {
        let kind = self.register.member(subject).kind;
        self.plan.ladders[ladder.at()].subjects.contains(&kind)
    }

    /// The entry of the event in scope, for causes.
    pub(crate) fn entry_in(scope: &Scope<'_>) -> Option<EntryIx> {
        scope.event.and_then(|event| event.entry)
    }

    /// The happenings that a pattern means for a subject, as far as the view shows them, by day:
    /// those that it may mean come with what keeps that from being certain.
    pub(crate) fn meant<'s>(
        &'s self,
        pattern: PatternIx,
        subject: Subject,
        scope: &'s Scope<'_>,
    ) -> impl DoubleEndedIterator<Item = (HappeningIx, Option<Vec<Cause>>)> + 's {
        let listed = self.record.listed(pattern, subject).iter();
        listed.filter_map(move |listed| {
            let happening = &self.record.happenings[listed.happening];
            if !scope.view.shows(happening) {
                return None;
            }
            let doubt = self.doubt(pattern, listed, happening, scope)?;
            Some((listed.happening, doubt))
        })
    }

    /// A date moved by a duration.
    pub(crate) fn shift(&self, date: Date, sign: Sign, duration: Duration) -> Result<Date, Cause> {
        match sign {
            Sign::Plus => compute::later(date, duration, &self.plan.calendars),
            Sign::Minus => compute::earlier(date, duration, &self.plan.calendars),
        }
    }

    /// The duration that a value is.
    pub(crate) fn duration(&self, node: NodeIx, scope: &Scope<'_>) -> Result<Duration, Vec<Cause>> {
        match self.quantity(node, scope) {
            Quantity::Known(Value::Duration(duration)) => Ok(duration),
            Quantity::Unknown(causes) => Err(causes),
            Quantity::Known(_) | Quantity::Between(_) => Err(vec![Cause::DateRange]),
        }
    }

    /// The day that a value is.
    pub(crate) fn day_value(&self, node: NodeIx, scope: &Scope<'_>) -> Result<Date, Vec<Cause>> {
        match self.quantity(node, scope) {
            Quantity::Known(Value::Date(date)) => Ok(date),
            Quantity::Unknown(causes) => Err(causes),
            Quantity::Known(_) | Quantity::Between(_) => Err(vec![Cause::DateRange]),
        }
    }

    /// The spans of a phase, from the policy or from the register.
    pub(crate) fn phase_spans(&self, phase: PhaseIx) -> &[(Date, Option<Date>)] {
        let declared = &self.plan.phases[phase.at()];
        if declared.from_register {
            self.register.phases.get(&phase).map_or(&[], Vec::as_slice)
        } else {
            &declared.spans
        }
    }

    /// The span of a phase that holds a day; an open end is the calendar's own.
    pub(crate) fn phase_span(&self, phase: PhaseIx, day: Date) -> Option<Span> {
        self.phase_spans(phase)
            .iter()
            .filter_map(|(from, to)| Span::new(*from, to.unwrap_or(Date::MAX)))
            .find(|span| span.contains(day))
    }

    /// True if a day lies in one of some phases; that may change on the day on which one begins or
    /// ends.
    pub(crate) fn in_phases(&self, phases: &[PhaseIx], day: Date) -> bool {
        for (from, to) in phases.iter().flat_map(|phase| self.phase_spans(*phase)) {
            if *from > day {
                self.changes(*from);
            } else if let Some(to) = to.filter(|to| *to >= day) {
                self.changes_after(to);
            }
        }
        phases
            .iter()
            .any(|phase| self.phase_span(*phase, day).is_some())
    }
}
