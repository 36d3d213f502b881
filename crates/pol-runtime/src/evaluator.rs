//! Rows in, outcomes out.

use crate::entry::Row;
use crate::fault::{Error, faults};
use crate::open::{Open, Report};
use crate::options::Options;
use crate::outcome::Outcome;
use crate::policy::Policy;
use crate::register::Register;
use pol_calendar::Date;
use pol_model::{Entry, EntryIx, Fault, PhaseIx};
use pol_plan::Plan;

/// A run that goes on: rows come as they come, and what is said of a day is said when it is over.
///
/// Rows may come in any order, as long as the day on which each was recorded is not over. The same
/// rows give the same outcomes as [`evaluate`] gives for all of them together.
pub struct Evaluator<'r, P: Policy> {
    register: &'r Register<P>,
    plan: &'static Plan,
    inner: pol_eval::Evaluator<'r>,
}

impl<'r, P: Policy> Evaluator<'r, P> {
    /// A run before its first day.
    ///
    /// # Errors
    /// The crate's plan is not the one that it was generated from, or the register lacks the dates of
    /// a phase.
    pub fn start(register: &'r Register<P>, options: &Options<P>) -> Result<Self, Error> {
        let plan = P::program().plan()?;
        sound(plan, register, plan.effective)?;
        let options = options.through(plan.effective);
        Ok(Self {
            register,
            plan,
            inner: pol_eval::Evaluator::new(plan, register.model(), options),
        })
    }

    /// Goes on where a snapshot was taken.
    ///
    /// # Errors
    /// Bytes that are no snapshot, or one of another policy, calendar or register.
    pub fn resume(register: &'r Register<P>, state: &[u8]) -> Result<Self, Error> {
        let plan = P::program().plan()?;
        Ok(Self {
            register,
            plan,
            inner: pol_eval::Evaluator::restore(plan, register.model(), state)?,
        })
    }

    /// Takes a row; one that has come before is not taken again.
    ///
    /// # Errors
    /// The day on which it was recorded is over, or it names a member that the register does not
    /// have. It is not taken then.
    pub fn take(&mut self, row: Row<P::Entry>) -> Result<(), Error> {
        let entry = row.into_model();
        self.register.knows(&entry)?;
        self.inner.take(entry).map_err(|late| Error::DayOver {
            recorded: late.entry.recorded,
            closed: late.closed,
        })
    }

    /// Lets a day and all days before it be over, and says what follows of them.
    ///
    /// # Errors
    /// What keeps the run from being meaningful, all at once. Nothing is said then.
    pub fn advance_to(&mut self, day: Date) -> Result<Vec<Outcome<P>>, Error> {
        sound(self.plan, self.register, day)?;
        let records = match self.inner.advance_to(day) {
            Ok(records) => records,
            Err(found) => return Err(faults(self.plan, self.inner.entries(), found)),
        };
        let outcomes = records
            .iter()
            .map(|record| Outcome::of(record, self.register));
        outcomes.collect::<Option<_>>().ok_or(Error::Unfit)
    }

    /// The last day that is over.
    pub fn closed(&self) -> Option<Date> {
        self.inner.closed()
    }

    /// What is open on the last day that is over.
    ///
    /// # Errors
    /// What keeps the run from being meaningful, withdrawals of what never came included.
    pub fn open(&mut self) -> Result<Open<P>, Error> {
        let report = match self.inner.open() {
            Ok(report) => report,
            Err(found) => return Err(faults(self.plan, self.inner.entries(), found)),
        };
        Open::of(&report, self.register).ok_or(Error::Unfit)
    }

    /// The row at a place in the order in which rows came; none if fewer came.
    pub fn row(&self, place: EntryIx) -> Option<Row<P::Entry>> {
        let entry = self.inner.entries().get(place.at())?;
        Row::from_model(entry, self.register).ok()
    }

    /// The ids of the rows that an outcome counted; a row without an id is left out.
    pub fn evidence<'s>(&'s self, outcome: &'s Outcome<P>) -> impl Iterator<Item = &'s str> {
        let rows = outcome.evidence.iter();
        rows.filter_map(|row| self.inner.entries().get(row.at())?.id.as_deref())
    }

    /// The whole state as bytes, for [`Evaluator::resume`].
    ///
    /// # Errors
    /// What the writer says.
    pub fn snapshot(&self) -> Result<Vec<u8>, Error> {
        Ok(self.inner.snapshot()?)
    }
}

/// Runs a policy on a register and a whole ledger, through a day.
///
/// # Errors
/// What keeps the run from being meaningful, all at once.
pub fn evaluate<P: Policy>(
    register: &Register<P>,
    rows: impl IntoIterator<Item = Row<P::Entry>>,
    options: &Options<P>,
    as_of: Date,
) -> Result<Report<P>, Error> {
    let plan = P::program().plan()?;
    sound(plan, register, as_of)?;
    let entries: Vec<Entry> = rows.into_iter().map(Row::into_model).collect();
    for entry in &entries {
        register.knows(entry)?;
    }
    let options = options.through(as_of);
    match pol_eval::evaluate(plan, register.model(), &entries, &options) {
        Ok(report) => Report::from_model(&report, register),
        Err(found) => Err(faults(plan, &entries, found)),
    }
}

/// Whether a plan can be run with a register through a day.
fn sound<P: Policy>(plan: &Plan, register: &Register<P>, as_of: Date) -> Result<(), Error> {
    let phases = (0_u16..).map(PhaseIx).zip(&plan.phases);
    let given = &register.model().phases;
    let without = phases.filter(|(phase, declared)| {
        declared.from_register && given.get(phase).is_none_or(Vec::is_empty)
    });
    let mut found: Vec<Fault> = without
        .map(|(phase, _)| Fault::PhaseWithoutDates(phase))
        .collect();
    if found.is_empty() && (as_of - plan.effective).num_days() > pol_model::MOST_DAYS {
        found.push(Fault::TooLong { as_of });
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(faults(plan, &[], found))
    }
}
