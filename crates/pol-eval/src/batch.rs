//! A whole ledger at once, part by part, on as many threads as are allowed.

use crate::about::About;
use crate::dispatch::Dispatch;
use crate::part::Part;
use crate::parts::Parts;
use crate::run::{Run, first_day};
use pol_calendar::Date;
use pol_model::{Arrivals, Entry, Fault, Options, Register, Report};
use pol_plan::Plan;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What all parts of a run have in common.
pub(crate) struct Batch<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Who asks what in it.
    pub dispatch: &'a Arc<Dispatch>,
    /// The register.
    pub register: &'a Register,
    /// The ledger.
    pub entries: &'a [Entry],
    /// How the run is made.
    pub options: &'a Options,
    /// How many members and entries a part holds at least.
    pub size: usize,
}

/// A part that waits to be run.
type Waiting = Mutex<Option<(Part, Arrivals)>>;

impl Batch<'_> {
    /// Runs the plan on all entries. The report is the same for any number of threads.
    pub(crate) fn run(&self, threads: NonZero<usize>) -> Result<Report, Vec<Fault>> {
        let Self {
            plan,
            register,
            entries,
            options,
            ..
        } = *self;
        let arrivals = Arrivals::unsorted(entries, options)?;
        let first = first_day(plan, &arrivals);
        let about = About::of(plan, register);
        let parts = match Parts::of(self.size, &about, entries, arrivals) {
            Ok(parts) => parts,
            Err(arrivals) => return self.whole(about, arrivals, first),
        };
        let waiting = parts.members.into_iter().zip(parts.arrivals);
        let waiting: Vec<Waiting> = waiting.map(|part| Mutex::new(Some(part))).collect();
        match self.all(&about, &waiting, first, threads) {
            Some(reports) => Ok(self.together(reports)),
            // Faults are told in the order in which a run of the whole comes to them.
            None => self.whole(about, Arrivals::unsorted(entries, options)?, first),
        }
    }

    /// How many parts there are.
    pub(crate) fn parts(&self) -> Result<usize, Vec<Fault>> {
        let arrivals = Arrivals::unsorted(self.entries, self.options)?;
        let about = About::of(self.plan, self.register);
        let parts = Parts::of(self.size, &about, self.entries, arrivals);
        Ok(parts.map_or(1, |parts| parts.members.len()))
    }

    fn whole(
        &self,
        about: About<'_>,
        arrivals: Arrivals,
        first: Date,
    ) -> Result<Report, Vec<Fault>> {
        self.one(about, Part::everyone(self.register), arrivals, first)
    }

    fn one(
        &self,
        about: About<'_>,
        part: Part,
        mut arrivals: Arrivals,
        first: Date,
    ) -> Result<Report, Vec<Fault>> {
        let (plan, register) = (self.plan, self.register);
        arrivals.sort(plan, register, self.entries);
        let entries = self.entries.into();
        let mut run = Run::of_part(
            plan,
            self.dispatch,
            register,
            about,
            part,
            entries,
            self.options,
        );
        run.begin_on(first, self.options.as_of);
        run.through(&mut arrivals, self.options.as_of);
        let faults = run.faults();
        if faults.is_empty() {
            Ok(run.report())
        } else {
            Err(faults)
        }
    }

    /// The reports of all parts, in their order; none if one of them is faulty.
    fn all(
        &self,
        about: &About<'_>,
        waiting: &[Waiting],
        first: Date,
        threads: NonZero<usize>,
    ) -> Option<Vec<Report>> {
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(part) = waiting.get(at) else {
                    return Some(done);
                };
                let taken = part.lock().unwrap_or_else(PoisonError::into_inner).take();
                let (part, arrivals) = taken?;
                if let Ok(report) = self.one(about.clone(), part, arrivals, first) {
                    done.push((at, report));
                } else {
                    // The others need not go on.
                    next.store(waiting.len(), Ordering::Relaxed);
                    return None;
                }
            }
        };
        let threads = threads.get().min(waiting.len());
        let mut done = if threads == 1 {
            work()?
        } else {
            std::thread::scope(|scope| {
                let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
                let done = workers.into_iter().map(|worker| {
                    let ended = worker.join();
                    ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                });
                // Every thread is waited for, a faulty one or not.
                let done: Vec<Option<Vec<(usize, Report)>>> = done.collect();
                let done: Option<Vec<Vec<(usize, Report)>>> = done.into_iter().collect();
                done.map(|done| done.into_iter().flatten().collect::<Vec<_>>())
            })?
        };
        done.sort_by_key(|(at, _)| *at);
        Some(done.into_iter().map(|(_, report)| report).collect())
    }

    /// One report of all parts.
    fn together(&self, reports: Vec<Report>) -> Report {
        let mut whole = Report::default();
        for report in reports {
            // Taken apart whole, so that a new list cannot be forgotten here.
            let Report {
                records,
                standings,
                in_force,
                duties,
                proposals,
            } = report;
            whole.records.extend(records);
            whole.standings.extend(standings);
            whole.in_force.extend(in_force);
            whole.duties.extend(duties);
            whole.proposals.extend(proposals);
        }
        whole.sort(self.plan, self.register, self.entries);
        whole
    }
}
