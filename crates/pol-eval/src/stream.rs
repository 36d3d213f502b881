//! Entries one by one: outcomes as soon as their day is over.

use crate::dispatch::Dispatch;
use crate::run::Run;
use pol_calendar::Date;
use pol_model::{Arrivals, Entry, EntryIx, Fault, Options, Record, Register, Report, sort_records};
use pol_plan::Plan;
use std::borrow::Cow;
use std::sync::Arc;

/// An evaluator that takes entries as they come, and says day by day what follows.
///
/// Entries may come in any order, as long as the day on which each is recorded is not over: within a
/// day their order is by time and id, whatever the order of arrival. What is said of a day is said
/// when it is over, and never again otherwise.
///
/// The same entries give the same records as [`crate::evaluate`] gives for all of them together.
pub struct Evaluator<'a> {
    pub(crate) run: Run<'a>,
    pub(crate) arrivals: Arrivals,
    pub(crate) options: Options,
    /// The last day that is over.
    pub(crate) closed: Option<Date>,
}

/// An entry came too late: the day on which it is recorded is over. It was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The entry.
    pub entry: Box<Entry>,
    /// The last day that is over.
    pub closed: Date,
}

impl<'a> Evaluator<'a> {
    /// An evaluator before its first day. The last day of `options` is not looked at: the evaluator
    /// goes as far as it is advanced.
    ///
    /// The policy must be one that can be run: `Policy::runnable` is asked before.
    pub fn new(plan: &'a Plan, register: &'a Register, options: Options) -> Self {
        Self::of(plan, &Arc::new(Dispatch::of(plan)), register, options)
    }

    pub(crate) fn of(
        plan: &'a Plan,
        dispatch: &Arc<Dispatch>,
        register: &'a Register,
        options: Options,
    ) -> Self {
        let entries = Cow::Owned(Vec::new());
        Self {
            run: Run::new(plan, dispatch, register, entries, &options),
            arrivals: Arrivals::default(),
            options,
            closed: None,
        }
    }

    /// Takes an entry. One that has come before is not taken again.
    ///
    /// # Errors
    /// The entry, if the day on which it is recorded is over.
    pub fn take(&mut self, entry: Entry) -> Result<(), Closed> {
        let day = if self.options.hindsight {
            entry.date
        } else {
            entry.recorded
        };
        if let Some(closed) = self.closed.filter(|closed| day <= *closed) {
            let entry = Box::new(entry);
            return Err(Closed { entry, closed });
        }
        let entries = self.run.world.entries.to_mut();
        let at = EntryIx(u32::try_from(entries.len()).unwrap_or(u32::MAX));
        entries.push(entry);
        self.arrivals.add(entries, at, &self.options);
        Ok(())
    }

    /// Lets a day and all days before it be over. What follows of these days, in order.
    ///
    /// # Errors
    /// What keeps the run from being meaningful. Nothing is said then; the evaluator says the same
    /// faults again whenever it is asked.
    pub fn advance_to(&mut self, day: Date) -> Result<Vec<Record>, Vec<Fault>> {
        // What a withdrawal names may still come.
        let comes_no_more = |fault: &Fault| !matches!(fault, Fault::WithdrawsNothing { .. });
        self.sound(comes_no_more)?;
        if self.closed.is_some_and(|closed| day <= closed) {
            return Ok(Vec::new());
        }
        let (plan, register) = (self.run.world.plan, self.run.world.register);
        for (_, arrived) in self.arrivals.days.range_mut(..=day) {
            arrived.sort(plan, register, &self.run.world.entries);
        }
        self.run.through(&mut self.arrivals, day);
        self.closed = Some(day);
        self.sound(comes_no_more)?;
        let mut said = std::mem::take(&mut self.run.said);
        sort_records(&mut said, plan, register, &self.run.world.entries);
        Ok(said)
    }

    /// The last day that is over.
    pub fn closed(&self) -> Option<Date> {
        self.closed
    }

    /// The entries that have come, in the order in which they came: records name them by their places.
    pub fn entries(&self) -> &[Entry] {
        &self.run.world.entries
    }

    /// What is open on the last day that is over; its records are empty.
    ///
    /// # Errors
    /// What keeps the run from being meaningful, withdrawals of what never came included.
    pub fn open(&mut self) -> Result<Report, Vec<Fault>> {
        self.sound(|_| true)?;
        Ok(self.run.report())
    }

    fn sound(&self, counts: impl Fn(&Fault) -> bool) -> Result<(), Vec<Fault>> {
        let mut faults = self.arrivals.faults();
        faults.extend(self.run.faults());
        faults.retain(counts);
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults)
        }
    }
}
