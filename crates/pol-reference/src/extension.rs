//! What moves the last day of a duty. A day that has been moved is reckoned anew, from the one that the
//! duty's own time names, whenever an extension is recorded or withdrawn.

use crate::history::{Fate, HappeningIx, Obligation};
use crate::run::Run;
use crate::scope::Scope;
use pol_calendar::Date;
use pol_model::{Cause, State, What};
use pol_semantics::hir::{ActState, EventSource, Extension, Limit, Sign};

impl Run<'_> {
    /// An event may extend the duties that it is about.
    pub(crate) fn extend_by(&mut self, event: HappeningIx) {
        for at in 0..self.world.history.obligations.len() {
            let obligation = &self.world.history.obligations[at];
            let extensions = &self.duty(obligation.duty).extended;
            let extends = extensions.iter().any(|extension| {
                self.answers(
                    std::slice::from_ref(&extension.by),
                    event,
                    obligation.subject,
                )
            });
            if extends {
                self.extend(at);
            }
        }
    }

    /// Extensions have been withdrawn.
    pub(crate) fn extend_anew(&mut self) {
        for at in 0..self.world.history.obligations.len() {
            self.extend(at);
        }
    }

    /// Moves the last day of a duty to where its extensions put it. One that was missed while they
    /// were not yet recorded runs again, and its miss loses its basis.
    pub(crate) fn extend(&mut self, at: usize) {
        let obligation = self.world.history.obligations[at].clone();
        let missed = obligation.fate == Fate::Missed;
        if self.duty(obligation.duty).extended.is_empty()
            || !(missed || obligation.fate == Fate::Open)
        {
            return;
        }
        let last = match self.extended(&obligation) {
            Ok(last) => last,
            Err(causes) => {
                let what = What::UndeterminedDuty(obligation.duty);
                self.undetermined(what, obligation.subject, causes, None);
                return;
            }
        };
        if last == obligation.last || missed && last < obligation.last {
            return;
        }
        if missed {
            self.became_lost(at, EventSource::Duty(obligation.duty, ActState::Missed));
        }
        let moved = &mut self.world.history.obligations[at];
        moved.fate = Fate::Open;
        moved.last = last;
        self.say(
            self.today,
            obligation.subject,
            What::Duty(obligation.duty),
            State::Owed { last_day: last },
            None,
            Vec::new(),
        );
        if let Some(record) = self.records.last_mut() {
            record.due = Some(last);
        }
    }

    /// The last day by the extensions on record, in the order in which they happened; each counts if
    /// the duty was not over by the ones before it.
    fn extended(&self, obligation: &Obligation) -> Result<Date, Vec<Cause>> {
        let extensions = &self.duty(obligation.duty).extended;
        let within = extensions.iter().any(|extension| extension.by.within_it);
        let view = self.world.present(self.today);
        let mut events = self.world.about(obligation.subject, within);
        events.retain(|event| view.shows(&self.world.history.happenings[*event]));
        events.sort_by_key(|event| self.world.history.happenings[*event].order());
        let mut last = obligation.due;
        for event in events {
            let date = self.world.history.happenings[event].date;
            if date < obligation.from || last < date {
                continue;
            }
            let by = extensions.iter().find(|extension| {
                self.answers(
                    std::slice::from_ref(&extension.by),
                    event,
                    obligation.subject,
                )
            });
            if let Some(extension) = by {
                last = self.moved(last, extension, event, obligation)?;
            }
        }
        Ok(last)
    }

    fn moved(
        &self,
        last: Date,
        extension: &Extension,
        event: HappeningIx,
        obligation: &Obligation,
    ) -> Result<Date, Vec<Cause>> {
        let scope = Scope::of(
            obligation.subject,
            self.today,
            self.world.present(self.today),
        );
        let scope = Scope {
            event: Some(&self.world.history.happenings[event]),
            ..scope
        };
        match &extension.limit {
            Limit::To(date) => self.world.day_value(date, &scope),
            Limit::For(length) => self.world.duration(length, &scope).and_then(|length| {
                let moved = self.world.shift(last, Sign::Plus, length);
                moved.map_err(|cause| vec![cause])
            }),
        }
    }
}
