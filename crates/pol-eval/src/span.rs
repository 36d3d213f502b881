//! The days of duties: which period or limit runs today, and what moves a last day.

use crate::dispatch::Asker;
use crate::point::STEPS;
use crate::record::{Fate, HappeningIx, Obligation, ObligationIx, Subject};
use crate::run::Run;
use crate::scope::Scope;
use chrono::Days;
use pol_calendar::{Date, Span};
use pol_model::{Cause, DutyIx, State, Tri, Truth, What};
use pol_plan::{ActState, DutyTime, Limit, PatternIx, Point, Sign};
use std::collections::BTreeSet;

/// The days on which a duty can be met, and the day from which its periods are counted.
type Due = Option<(Span, Option<Date>)>;

/// What a duty's condition and its days say of somebody, before anything begins or ends.
struct Look {
    duty: DutyIx,
    subject: Subject,
    belongs: bool,
    truth: Truth,
    /// The points of a duty `by POINT`.
    points: Option<Vec<Date>>,
    due: Result<Due, Vec<Cause>>,
}

impl Run<'_> {
    /// Step 4: duties begin and end by the standing that the day leaves. All are asked before any of
    /// them begins or ends.
    pub(crate) fn settle_duties(&mut self) {
        let mut looks = Vec::new();
        for at in 0..self.world.plan.duties.len() {
            let Ok(at) = u16::try_from(at) else { break };
            let (duty, asker) = (DutyIx(at), Asker::Duty(DutyIx(at)));
            let nobody = self.agenda.is_open(asker, None).then_some(None);
            let members = self.take_in_turn(asker).into_iter().map(Some);
            for subject in nobody.into_iter().chain(members) {
                let (look, until) = self.world.until(|| self.look_at_duty(duty, subject));
                self.agenda.look(until, asker, subject);
                looks.push(look);
            }
        }
        for look in looks {
            self.settle_duty(look);
        }
    }

    /// What a duty's condition and its days say.
    fn look_at_duty(&self, duty: DutyIx, subject: Subject) -> Look {
        let declared = self.duty(duty);
        let belongs =
            subject.is_none_or(|subject| self.world.register.member(subject).belongs(self.today));
        let truth = match subject {
            Some(subject) if belongs => self.runs(duty, subject),
            Some(_) => Truth::of(false),
            None => self.in_its_phases(declared),
        };
        let mut points = None;
        let due = match &declared.time {
            _ if !truth.holds() => Ok(None),
            DutyTime::Within(..) => Ok(None),
            DutyTime::Each(_) => self.period_due(duty, subject),
            DutyTime::By(by) => self.deadlines(by, subject).map(|days| {
                let due = self.deadline_due(&days, subject);
                points = Some(days);
                due
            }),
            DutyTime::On(points) => self.day_due(points, subject),
        };
        if due.is_err() {
            self.world.changes_after(self.today);
        }
        Look {
            duty,
            subject,
            belongs,
            truth,
            points,
            due,
        }
    }

    fn settle_duty(&mut self, look: Look) {
        let (duty, subject) = (look.duty, look.subject);
        if !look.truth.holds() {
            if look.truth.tri == Tri::Unknown {
                let what = What::UndeterminedDuty(duty);
                self.undetermined(what, subject, look.truth.causes, None);
            }
            if self.duty(duty).condition.is_some() || !look.belongs {
                self.release_open(duty, subject, |_| true);
            }
            return;
        }
        if let Some(days) = &look.points {
            // A point that only a withdrawn entry named is undone, and its duty lapses.
            self.release_open(duty, subject, |owed| !days.contains(&owed.due));
        }
        match look.due {
            Ok(Some((span, clock))) => self.owe_once(duty, subject, span, clock),
            Ok(None) => {}
            Err(causes) => self.duty_fault(duty, &causes),
        }
    }

    /// A duty is owed over these days, unless it is already.
    fn owe_once(&mut self, duty: DutyIx, subject: Subject, span: Span, clock: Option<Date>) {
        if clock.is_some() {
            // The clock started anew: an unfinished period lapses.
            self.release_open(duty, subject, |owed| owed.clock != clock);
        }
        let owed = self.world.record.owed(duty, subject).iter();
        let known = owed
            .map(|at| &self.world.record.obligations[*at])
            .any(|owed| {
                owed.due == span.last && owed.clock == clock && owed.fate != Fate::Released
            });
        if !known {
            self.owe(Obligation {
                duty,
                subject,
                from: span.first,
                due: span.last,
                last: span.last,
                cause: None,
                clock,
                fate: Fate::Open,
                met_by: None,
            });
        }
    }

    fn release_open(
        &mut self,
        duty: DutyIx,
        subject: Subject,
        which: impl Fn(&Obligation) -> bool,
    ) {
        for at in self.world.record.owed(duty, subject).to_vec() {
            let obligation = &self.world.record.obligations[at];
            if obligation.fate == Fate::Open && which(obligation) {
                self.release(at);
            }
        }
    }

    /// The first day on which anything can be owed by a subject today.
    fn start(&self, subject: Subject) -> Date {
        let effective = self.world.plan.effective;
        let joined = subject.and_then(|subject| {
            let mut spans = self.world.register.member(subject).memberships.iter();
            spans.find(|span| span.holds(self.today))?.from
        });
        joined.map_or(effective, |joined| joined.max(effective))
    }

    /// `each PERIOD`: the period that runs today. With a `while` it is counted from the day on which
    /// the condition began to hold, which is its clock.
    fn period_due(&self, duty: DutyIx, subject: Subject) -> Result<Due, Vec<Cause>> {
        let declared = self.duty(duty);
        let DutyTime::Each(period) = &declared.time else {
            return Ok(None);
        };
        let scope = Scope::of(subject, self.today, self.world.present(self.today));
        let stretch = self.world.stretch(period, &scope)?;
        if let (Some(clock), Some(subject)) = (declared.clock, subject) {
            let Some(since) = self.world.clock(clock, subject, &scope).certain else {
                return Ok(None);
            };
            for k in 0.. {
                let span = stretch.nth_from(since, k);
                let span = span.map_err(|_| vec![Cause::DateRange])?;
                if span.last >= self.today {
                    self.world.changes_after(span.last);
                    return Ok(Some((span, Some(since))));
                }
            }
        }
        let mut span = stretch.containing(self.today);
        let mut phases = declared.phases.iter();
        if let Some(phase) = phases.find_map(|phase| self.world.phase_span(*phase, self.today)) {
            span = Span {
                first: span.first.max(phase.first),
                last: span.last.min(phase.last),
            };
        }
        self.world.changes_after(span.last);
        span.first = span.first.max(self.start(subject));
        Ok(Some((span, None)))
    }

    /// The points of a duty `by POINT`, in order, from the start on.
    fn deadlines(&self, points: &[Point], subject: Subject) -> Result<Vec<Date>, Vec<Cause>> {
        let scope = Scope::of(subject, self.today, self.world.present(self.today));
        let mut days = Vec::new();
        for ahead in STEPS {
            let horizon = self.today.checked_add_days(Days::new(ahead));
            let Some(span) = Span::new(self.start(subject), horizon.unwrap_or(Date::MAX)) else {
                continue;
            };
            days.clear();
            for point in points {
                days.extend(self.world.occurrences(point, subject, span, &scope)?);
            }
            if days.iter().any(|day| *day >= self.today) {
                break;
            }
        }
        days.sort_unstable();
        match days.iter().find(|day| **day >= self.today) {
            Some(next) => self.world.changes_after(*next),
            // A point too far off comes into sight some day.
            None => {
                if let Some(next) = self.world.next_point(points, subject, &scope) {
                    let seen = next.checked_sub_days(Days::new(STEPS[5]));
                    let tomorrow = self.today.succ_opt().unwrap_or(self.today);
                    self.world.changes(seen.unwrap_or(tomorrow).max(tomorrow));
                }
            }
        }
        Ok(days)
    }

    /// `by POINT`: from the day after the point before it, or from the start, to the next point.
    fn deadline_due(&self, days: &[Date], subject: Subject) -> Due {
        let next = days.iter().copied().find(|day| *day >= self.today)?;
        let mut before = days.iter().rev().copied();
        let first = before
            .find(|day| *day < self.today)
            .and_then(|before| before.succ_opt())
            .unwrap_or_else(|| self.start(subject));
        Span::new(first, next).map(|span| (span, None))
    }

    /// `on POINT`: that day only.
    fn day_due(&self, points: &[Point], subject: Subject) -> Result<Due, Vec<Cause>> {
        let scope = Scope::of(subject, self.today, self.world.present(self.today));
        if let Some(next) = self.world.next_point(points, subject, &scope) {
            self.world.changes(next);
        }
        for point in points {
            if self.world.is_point(point, subject, &scope)? {
                return Ok(Some((Span::day(self.today), None)));
            }
        }
        Ok(None)
    }

    /// An event may extend the duties that it is about.
    pub(crate) fn extend_by(&mut self, event: HappeningIx) {
        let plan = self.world.plan;
        let mut moved: BTreeSet<ObligationIx> = BTreeSet::new();
        for (duty, declared) in (0_u16..).map(DutyIx).zip(&plan.duties) {
            let by: Vec<PatternIx> = declared.extended.iter().map(|(by, _)| *by).collect();
            if by.is_empty() {
                continue;
            }
            let owed = self.owed_around(event, duty).into_iter();
            moved.extend(
                owed.filter(|at| {
                    self.answers(&by, event, self.world.record.obligations[*at].subject)
                }),
            );
        }
        for at in moved {
            self.extend(at);
        }
    }

    /// Extensions may have been withdrawn.
    pub(crate) fn extend_anew(&mut self) {
        for at in 0..self.world.record.obligations.len() {
            self.extend(at);
        }
    }

    /// Moves the last day of a duty to where its extensions put it. One that was missed while they
    /// were not yet recorded runs again, and its miss loses its basis.
    pub(crate) fn extend(&mut self, at: ObligationIx) {
        let obligation = self.world.record.obligations[at].clone();
        let missed = obligation.fate == Fate::Missed;
        let runs = missed || obligation.fate == Fate::Open;
        if self.duty(obligation.duty).extended.is_empty() || !runs {
            return;
        }
        let (duty, subject) = (obligation.duty, obligation.subject);
        let last = match self.extended(&obligation) {
            Ok(last) => last,
            Err(causes) => {
                self.undetermined(What::UndeterminedDuty(duty), subject, causes, None);
                return;
            }
        };
        if last == obligation.last || missed && last < obligation.last {
            return;
        }
        if missed {
            self.became_lost(at, ActState::Missed);
        }
        let moved = &mut self.world.record.obligations[at];
        moved.fate = Fate::Open;
        moved.last = last;
        self.note_end(at);
        self.ask_duty(duty, subject);
        let state = State::Owed { last_day: last };
        self.say(
            self.today,
            subject,
            What::Duty(duty),
            state,
            None,
            Vec::new(),
        )
        .due = Some(last);
    }

    /// The last day by the extensions on record, in the order in which they happened; each counts if
    /// the duty was not over by the ones before it.
    fn extended(&self, obligation: &Obligation) -> Result<Date, Vec<Cause>> {
        let extended = &self.duty(obligation.duty).extended;
        let subject = obligation.subject;
        let scope = Scope::of(subject, self.today, self.world.present(self.today));
        let mut events: Vec<HappeningIx> = extended
            .iter()
            .flat_map(|(by, _)| self.world.meant(*by, subject, &scope))
            .filter(|(_, doubt)| doubt.is_none())
            .map(|(event, _)| event)
            .collect();
        events.sort_by_key(|event| (self.world.record.happenings[*event].order(), *event));
        events.dedup();
        let mut last = obligation.due;
        for event in events {
            let happening = &self.world.record.happenings[event];
            if happening.date < obligation.from || last < happening.date {
                continue;
            }
            let mut by = extended.iter();
            let limit = by.find(|(by, _)| self.answers(&[*by], event, subject));
            let scope = scope.about(happening);
            last = match limit {
                Some((_, Limit::To(date))) => self.world.day_value(*date, &scope)?,
                Some((_, Limit::For(length))) => {
                    let length = self.world.duration(*length, &scope)?;
                    let moved = self.world.shift(last, Sign::Plus, length);
                    moved.map_err(|cause| vec![cause])?
                }
                None => last,
            };
        }
        Ok(last)
    }
}
