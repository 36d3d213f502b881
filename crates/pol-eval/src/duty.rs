//! Duties: born, met, missed, released.

use crate::agenda::Due;
use crate::dispatch::Asker;
use crate::record::{
    Act, Fate, Happening, HappeningIx, Obligation, ObligationIx, Occurrence, Subject,
};
use crate::run::Run;
use crate::scope::Scope;
use pol_calendar::Date;
use pol_model::{DutyIx, MemberIx, State, Truth, What};
use pol_plan::{ActState, Duty, DutyTime, PatternIx, Sign};
use std::collections::BTreeSet;
use std::sync::Arc;

impl<'a> Run<'a> {
    pub(crate) fn duty(&self, duty: DutyIx) -> &'a Duty {
        &self.world.plan.duties[duty.at()]
    }

    /// Step 1: duties whose last day is over and that are not met are missed.
    pub(crate) fn miss_duties(&mut self, due: &BTreeSet<Due>) {
        for one in due {
            let Due::Obligation(at) = one else {
                continue;
            };
            let obligation = &self.world.record.obligations[*at];
            if obligation.fate == Fate::Open && obligation.last < self.today {
                let in_principle = self.duty(obligation.duty).in_principle;
                let day = obligation.last.succ_opt().unwrap_or(obligation.last);
                self.world.record.obligations[*at].fate = Fate::Missed;
                self.became(*at, day, ActState::Missed, State::Missed { in_principle });
            }
        }
    }

    /// Notes when a duty that runs will be missed: the day after its last one opens.
    pub(crate) fn note_end(&mut self, at: ObligationIx) {
        let after = self.world.record.obligations[at].last.succ_opt();
        if let (Some(after), Some(tomorrow)) = (after, self.today.succ_opt()) {
            self.agenda.note(after.max(tomorrow), Due::Obligation(at));
        }
    }

    /// Says what became of a duty, and makes its event. Of a duty in principle a breach is said, and
    /// is no event.
    pub(crate) fn became(&mut self, at: ObligationIx, date: Date, state: ActState, said: State) {
        let obligation = self.world.record.obligations[at].clone();
        let behind = obligation
            .met_by
            .filter(|_| state == ActState::Met)
            .or(obligation.cause);
        let entry = behind.and_then(|behind| self.world.record.happenings[behind].entry);
        if !(state == ActState::Missed && self.duty(obligation.duty).in_principle) {
            let what = Occurrence::Duty(obligation.duty, state, obligation.last);
            self.add_act(Happening {
                subjects: obligation.subject.into_iter().collect(),
                entry,
                ..Happening::on(what, date, self.today)
            });
        }
        let what = What::Duty(obligation.duty);
        let evidence = entry.into_iter().collect();
        self.say(date, obligation.subject, what, said, None, evidence)
            .due = Some(obligation.last);
    }

    /// A duty is born; what is on record already may meet it.
    pub(crate) fn owe(&mut self, obligation: Obligation) {
        let (duty, subject) = (obligation.duty, obligation.subject);
        let (from, last) = (obligation.from, obligation.last);
        let at = self.world.record.obligations.len();
        self.world.record.obligations.push(obligation);
        let account = self.world.record.account_mut(subject);
        account.obligations.entry(duty).or_default().push(at);
        self.note_end(at);
        self.became(at, from, ActState::Owed, State::Owed { last_day: last });
        self.extend(at);
        let scope = Scope::of(subject, self.today, self.world.present(self.today));
        let on_record: BTreeSet<HappeningIx> = self
            .duty(duty)
            .met_by
            .iter()
            .flat_map(|pattern| self.world.meant(*pattern, subject, &scope))
            .filter(|(_, doubt)| doubt.is_none())
            .map(|(event, _)| event)
            .collect();
        let before = on_record
            .into_iter()
            .find(|event| self.meets(at, *event) && !self.has_met(duty, subject, *event));
        if let Some(meeting) = before {
            self.meet(at, meeting);
        }
    }

    fn has_met(&self, duty: DutyIx, subject: Subject, meeting: HappeningIx) -> bool {
        let owed = self.world.record.owed(duty, subject).iter();
        owed.map(|at| &self.world.record.obligations[*at])
            .any(|other| other.met_by == Some(meeting))
    }

    /// True if a happening is one that meets a duty, on one of its days.
    fn meets(&self, at: ObligationIx, event: HappeningIx) -> bool {
        let obligation = &self.world.record.obligations[at];
        let date = self.world.record.happenings[event].date;
        let patterns = &self.duty(obligation.duty).met_by;
        obligation.from <= date
            && date <= obligation.last
            && self.answers(patterns, event, obligation.subject)
    }

    /// True if a happening is one of these events about the subject of a duty.
    pub(crate) fn answers(
        &self,
        patterns: &[PatternIx],
        event: HappeningIx,
        subject: Subject,
    ) -> bool {
        if let Some(subject) = subject {
            return self.triggers(patterns, event, subject).holds();
        }
        let scope = Scope::of(None, self.today, self.world.present(self.today));
        let happening = &self.world.record.happenings[event];
        let mut patterns = patterns.iter();
        patterns.any(|pattern| self.world.matches(*pattern, happening, &scope).holds())
    }

    /// An event meets the oldest duty that it fits: one that runs, else one that was missed while
    /// the event was not yet recorded.
    pub(crate) fn meet_duties(&mut self, event: HappeningIx) {
        let dispatch = Arc::clone(&self.dispatch);
        let what = &self.world.record.happenings[event].what;
        for &duty in dispatch.met_by(what) {
            let mut served: BTreeSet<Subject> = BTreeSet::new();
            for fate in [Fate::Open, Fate::Missed] {
                let mut fitting = self.owed_around(event, duty);
                fitting.retain(|at| {
                    self.world.record.obligations[*at].fate == fate && self.meets(*at, event)
                });
                fitting.sort_by_key(|at| {
                    let obligation = &self.world.record.obligations[*at];
                    (obligation.from, obligation.last)
                });
                for at in fitting {
                    if served.insert(self.world.record.obligations[at].subject) {
                        self.meet(at, event);
                    }
                }
            }
        }
    }

    /// The obligations of a duty about those whom an event may concern, and about nobody in
    /// particular.
    pub(crate) fn owed_around(&self, event: HappeningIx, duty: DutyIx) -> Vec<ObligationIx> {
        let subjects = &self.world.record.happenings[event].subjects;
        let outer = subjects
            .iter()
            .flat_map(|member| self.world.register.outwards(*member));
        let subjects: BTreeSet<Subject> = outer.map(Some).chain([None]).collect();
        let owed: BTreeSet<ObligationIx> = subjects
            .into_iter()
            .flat_map(|subject| self.world.record.owed(duty, subject))
            .copied()
            .collect();
        owed.into_iter().collect()
    }

    fn meet(&mut self, at: ObligationIx, event: HappeningIx) {
        let obligation = &mut self.world.record.obligations[at];
        let missed = obligation.fate == Fate::Missed;
        obligation.fate = Fate::Met;
        obligation.met_by = Some(event);
        let date = self.world.record.happenings[event].date;
        self.became(at, date, ActState::Met, State::Met);
        if missed {
            // What was missed by the record was met in time: the miss loses its basis.
            self.became_lost(at, ActState::Missed);
        }
    }

    /// What became of a duty loses its basis. A breach of a duty in principle was no event, and loses
    /// none.
    pub(crate) fn became_lost(&mut self, at: ObligationIx, state: ActState) {
        let obligation = self.world.record.obligations[at].clone();
        if !(state == ActState::Missed && self.duty(obligation.duty).in_principle) {
            let lost = Occurrence::Lost(Act::Duty(obligation.duty, state));
            self.add_act(Happening {
                subjects: obligation.subject.into_iter().collect(),
                ..Happening::on(lost, self.today, self.today)
            });
        }
        let what = What::Duty(obligation.duty);
        self.say(
            self.today,
            obligation.subject,
            what,
            State::Lost,
            None,
            Vec::new(),
        )
        .due = Some(obligation.last);
    }

    /// What met a duty is withdrawn: the duty runs again, or is missed when the day begins.
    pub(crate) fn unmeet(&mut self, event: HappeningIx) {
        for at in 0..self.world.record.obligations.len() {
            let obligation = &mut self.world.record.obligations[at];
            if obligation.met_by == Some(event) && obligation.fate == Fate::Met {
                obligation.fate = Fate::Open;
                obligation.met_by = None;
                let (duty, subject) = (obligation.duty, obligation.subject);
                self.note_end(at);
                self.ask_duty(duty, subject);
                self.became_lost(at, ActState::Met);
            }
        }
    }

    /// Whether a duty runs may have changed.
    pub(crate) fn ask_duty(&mut self, duty: DutyIx, subject: Subject) {
        if self.of_nobody(duty) == subject.is_none() {
            self.agenda.ask(Asker::Duty(duty), subject);
        }
    }

    /// A duty lapses.
    pub(crate) fn release(&mut self, at: ObligationIx) {
        let obligation = &mut self.world.record.obligations[at];
        obligation.fate = Fate::Released;
        let (duty, subject) = (obligation.duty, obligation.subject);
        self.ask_duty(duty, subject);
        self.became(at, self.today, ActState::Released, State::Released);
    }

    /// `within D of E`: an event starts a duty, for each subject that it concerns.
    pub(crate) fn owe_after(&mut self, event: HappeningIx) {
        let dispatch = Arc::clone(&self.dispatch);
        let what = &self.world.record.happenings[event].what;
        for &duty in dispatch.started_by(what) {
            let declared = self.duty(duty);
            let DutyTime::Within(length, patterns) = &declared.time else {
                continue;
            };
            for subject in self.reached(patterns, event) {
                let concerned = declared.kinds.is_empty()
                    || self.world.concerns(&declared.kinds, subject, self.today);
                if !concerned
                    || !self.triggers(patterns, event, subject).holds()
                    || !self.runs(duty, subject).holds()
                {
                    continue;
                }
                let happening = &self.world.record.happenings[event];
                let from = happening.date;
                let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
                let length = self.world.duration(*length, &scope.about(happening));
                let last = length.and_then(|length| {
                    let last = self.world.shift(from, Sign::Plus, length);
                    last.map_err(|cause| vec![cause])
                });
                match last {
                    Ok(last) => self.owe(Obligation {
                        duty,
                        subject: Some(subject),
                        from,
                        due: last,
                        last,
                        cause: Some(event),
                        clock: None,
                        fate: Fate::Open,
                        met_by: None,
                    }),
                    Err(causes) => self.duty_fault(duty, &causes),
                }
            }
        }
    }

    /// Whether a duty runs for a subject by its `while` and `during`.
    pub(crate) fn runs(&self, duty: DutyIx, subject: MemberIx) -> Truth {
        let declared = self.duty(duty);
        let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
        let holds = declared.condition.map_or(Truth::of(true), |condition| {
            self.world.truth(condition, &scope)
        });
        self.in_its_phases(declared).and(holds)
    }

    /// Whether a duty runs by its `during`.
    pub(crate) fn in_its_phases(&self, duty: &Duty) -> Truth {
        Truth::of(duty.phases.is_empty() || self.world.in_phases(&duty.phases, self.today))
    }
}
