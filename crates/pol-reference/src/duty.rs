//! Duties: born, met, missed, released.

use crate::history::{Fate, Happening, HappeningIx, Obligation, Occurrence};
use crate::run::Run;
use crate::scope::Scope;
use chrono::Days;
use pol_calendar::{Date, Span};
use pol_model::Truth;
use pol_model::{Cause, DutyIx, MemberIx, State, Tri, What};
use pol_semantics::hir::{ActState, Duty, DutyTime, EventSource, Pattern, Sign};

/// How far ahead the next point of a duty or a rule is looked for, step by step, in days.
/// A calendar is asked for no year that the nearest point does not need.
pub(crate) const STEPS: [u64; 6] = [45, 100, 200, 400, 800, 2200];

/// The days on which a duty can be met, and the day from which its periods are counted.
type Due = Option<(Span, Option<Date>)>;

/// What a duty's condition and its days say of somebody, before anything begins or ends.
struct Look {
    duty: DutyIx,
    subject: Option<MemberIx>,
    belongs: bool,
    truth: Truth,
    /// The points of a duty `by POINT`.
    points: Option<Vec<Date>>,
    due: Result<Due, Vec<Cause>>,
}

impl<'a> Run<'a> {
    pub(crate) fn duty(&self, duty: DutyIx) -> &'a Duty {
        &self.world.policy.duties[duty.at()]
    }

    fn duties(&self) -> impl Iterator<Item = DutyIx> + use<> {
        (0..u16::try_from(self.world.policy.duties.len()).unwrap_or(u16::MAX)).map(DutyIx)
    }

    /// Step 1: duties whose last day is over and that are not met are missed.
    pub(crate) fn miss_duties(&mut self) {
        for at in 0..self.world.history.obligations.len() {
            let obligation = self.world.history.obligations[at].clone();
            if obligation.fate == Fate::Open && obligation.last < self.today {
                self.world.history.obligations[at].fate = Fate::Missed;
                let in_principle = self.duty(obligation.duty).in_principle;
                let day = obligation.last.succ_opt().unwrap_or(obligation.last);
                self.became(at, day, ActState::Missed, State::Missed { in_principle });
            }
        }
    }

    /// Says what became of a duty, and makes its event. Of a duty in principle a breach is said, and
    /// is no event.
    fn became(&mut self, at: usize, date: Date, state: ActState, said: State) {
        let obligation = self.world.history.obligations[at].clone();
        let noted_only = state == ActState::Missed && self.duty(obligation.duty).in_principle;
        let evidence = obligation
            .met_by
            .filter(|_| state == ActState::Met)
            .or(obligation.cause)
            .and_then(|behind| self.world.history.happenings[behind].entry);
        if !noted_only {
            self.world_add(Happening {
                what: Occurrence::Duty(obligation.duty, state, obligation.last),
                date,
                known: self.today,
                taken: None,
                place: None,
                subjects: obligation.subject.into_iter().collect(),
                fields: Vec::new(),
                entry: evidence,
                firing: None,
                decided: None,
                gone: None,
            });
        }
        let what = What::Duty(obligation.duty);
        self.say(
            date,
            obligation.subject,
            what,
            said,
            None,
            evidence.into_iter().collect(),
        );
        if let Some(record) = self.records.last_mut() {
            record.due = Some(obligation.last);
        }
    }

    /// A duty is born; what is on record already may meet it.
    fn owe(&mut self, obligation: Obligation) {
        let (duty, from, last) = (obligation.duty, obligation.from, obligation.last);
        self.world.history.obligations.push(obligation);
        let at = self.world.history.obligations.len() - 1;
        self.became(at, from, ActState::Owed, State::Owed { last_day: last });
        self.extend(at);
        let subject = self.world.history.obligations[at].subject;
        let within = self
            .duty(duty)
            .met_by
            .iter()
            .any(|pattern| pattern.within_it);
        let view = self.world.present(self.today);
        let before = self.world.about(subject, within).into_iter().find(|index| {
            let happening = &self.world.history.happenings[*index];
            view.shows(happening) && self.meets(at, *index) && !self.has_met(duty, subject, *index)
        });
        if let Some(meeting) = before {
            self.meet(at, meeting);
        }
    }

    fn has_met(&self, duty: DutyIx, subject: Option<MemberIx>, meeting: HappeningIx) -> bool {
        self.world.history.obligations.iter().any(|other| {
            other.duty == duty && other.subject == subject && other.met_by == Some(meeting)
        })
    }

    /// True if a happening is one that meets a duty, on one of its days.
    fn meets(&self, at: usize, event: HappeningIx) -> bool {
        let obligation = &self.world.history.obligations[at];
        let date = self.world.history.happenings[event].date;
        obligation.from <= date
            && date <= obligation.last
            && self.answers(
                &self.duty(obligation.duty).met_by,
                event,
                obligation.subject,
            )
    }

    /// True if a happening is one of these events about the subject of a duty.
    pub(crate) fn answers(
        &self,
        patterns: &[Pattern],
        event: HappeningIx,
        subject: Option<MemberIx>,
    ) -> bool {
        if let Some(subject) = subject {
            return self.triggered(patterns, event, subject).holds();
        }
        let scope = Scope::of(None, self.today, self.world.present(self.today));
        let happening = &self.world.history.happenings[event];
        patterns
            .iter()
            .any(|pattern| self.world.matches(pattern, happening, &scope).holds())
    }

    /// An event meets the oldest duty that it fits: one that runs, else one that was missed while
    /// the event was not yet recorded.
    pub(crate) fn meet_duties(&mut self, event: HappeningIx) {
        for duty in self.duties() {
            let mut served: Vec<Option<MemberIx>> = Vec::new();
            for fate in [Fate::Open, Fate::Missed] {
                let mut fitting: Vec<usize> = (0..self.world.history.obligations.len())
                    .filter(|at| {
                        let obligation = &self.world.history.obligations[*at];
                        obligation.duty == duty && obligation.fate == fate && self.meets(*at, event)
                    })
                    .collect();
                fitting.sort_by_key(|at| {
                    let obligation = &self.world.history.obligations[*at];
                    (obligation.from, obligation.last)
                });
                for at in fitting {
                    let subject = self.world.history.obligations[at].subject;
                    if !served.contains(&subject) {
                        served.push(subject);
                        self.meet(at, event);
                    }
                }
            }
        }
    }

    fn meet(&mut self, at: usize, event: HappeningIx) {
        let obligation = &mut self.world.history.obligations[at];
        let missed = obligation.fate == Fate::Missed;
        obligation.fate = Fate::Met;
        obligation.met_by = Some(event);
        let date = self.world.history.happenings[event].date;
        self.became(at, date, ActState::Met, State::Met);
        if missed {
            // What was missed by the record was met in time: the miss loses its basis.
            let source =
                EventSource::Duty(self.world.history.obligations[at].duty, ActState::Missed);
            self.became_lost(at, source);
        }
    }

    pub(crate) fn became_lost(&mut self, at: usize, source: EventSource) {
        let obligation = self.world.history.obligations[at].clone();
        let miss = matches!(source, EventSource::Duty(_, ActState::Missed));
        if !(miss && self.duty(obligation.duty).in_principle) {
            self.world_add(Happening {
                what: Occurrence::Lost(source),
                date: self.today,
                known: self.today,
                taken: None,
                place: None,
                subjects: obligation.subject.into_iter().collect(),
                fields: Vec::new(),
                entry: None,
                firing: None,
                decided: None,
                gone: None,
            });
        }
        self.say(
            self.today,
            obligation.subject,
            What::Duty(obligation.duty),
            State::Lost,
            None,
            Vec::new(),
        );
        if let Some(record) = self.records.last_mut() {
            record.due = Some(obligation.last);
        }
    }

    /// What met a duty is withdrawn: the duty runs again, or is missed when the day begins.
    pub(crate) fn unmeet(&mut self, event: HappeningIx) {
        for at in 0..self.world.history.obligations.len() {
            let obligation = &mut self.world.history.obligations[at];
            if obligation.met_by == Some(event) && obligation.fate == Fate::Met {
                obligation.fate = Fate::Open;
                obligation.met_by = None;
                let source = EventSource::Duty(obligation.duty, ActState::Met);
                self.became_lost(at, source);
            }
        }
    }

    /// A duty lapses.
    pub(crate) fn release(&mut self, at: usize) {
        self.world.history.obligations[at].fate = Fate::Released;
        self.became(at, self.today, ActState::Released, State::Released);
    }

    /// `within D of E`: an event starts a duty, for each subject that it concerns.
    pub(crate) fn owe_after(&mut self, event: HappeningIx) {
        for duty in self.duties() {
            let declared = self.duty(duty);
            let DutyTime::Within(length, patterns) = &declared.time else {
                continue;
            };
            for subject in self.reached(patterns, event) {
                let kinds = declared.kinds();
                let concerned =
                    kinds.is_empty() || self.world.concerns(&kinds, subject, self.today);
                if !concerned
                    || !self.triggered(patterns, event, subject).holds()
                    || !self.runs(duty, subject).holds()
                {
                    continue;
                }
                let happening = &self.world.history.happenings[event];
                let from = happening.date;
                let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
                let scope = Scope {
                    event: Some(happening),
                    ..scope
                };
                let last = self.world.duration(length, &scope).and_then(|length| {
                    self.world
                        .shift(from, Sign::Plus, length)
                        .map_err(|cause| vec![cause])
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
                    Err(causes) => self.duty_error(duty, &causes),
                }
            }
        }
    }

    /// Whether a duty runs for a subject by its `while` and `during`.
    fn runs(&self, duty: DutyIx, subject: MemberIx) -> Truth {
        let declared = self.duty(duty);
        let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
        let phase = declared.phases.is_empty()
            || declared
                .phases
                .iter()
                .any(|phase| self.world.phase_span(*phase, self.today).is_some());
        let holds = declared
            .condition
            .as_ref()
            .map_or(Truth::of(true), |condition| {
                self.world.truth(condition, &scope)
            });
        Truth::of(phase).and(holds)
    }

    /// Step 4: duties begin and end by the standing that the day leaves. All are asked before any of
    /// them begins or ends.
    pub(crate) fn settle_duties(&mut self) {
        let mut looks = Vec::new();
        for duty in self.duties() {
            for subject in self.bearers(duty) {
                looks.push(self.look_at_duty(duty, subject));
            }
        }
        for look in looks {
            self.settle_duty(look);
        }
    }

    /// About whom a duty is owed: the members of its kinds; without these all for whom its condition
    /// could hold, or nobody in particular.
    fn bearers(&self, duty: DutyIx) -> Vec<Option<MemberIx>> {
        let declared = self.duty(duty);
        let kinds = declared.kinds();
        if kinds.is_empty() && declared.condition.is_none() {
            return vec![None];
        }
        let members = self.members_in_turn().into_iter();
        members
            .filter(|member| {
                kinds.is_empty() || kinds.contains(&self.world.register.member(*member).kind)
            })
            .map(Some)
            .collect()
    }

    /// What a duty's condition and its days say.
    fn look_at_duty(&self, duty: DutyIx, subject: Option<MemberIx>) -> Look {
        let declared = self.duty(duty);
        let belongs =
            subject.is_none_or(|subject| self.world.register.member(subject).belongs(self.today));
        let truth = match subject {
            Some(subject) if belongs => self.runs(duty, subject),
            Some(_) => Truth::of(false),
            None => Truth::of(
                declared.phases.is_empty()
                    || declared
                        .phases
                        .iter()
                        .any(|phase| self.world.phase_span(*phase, self.today).is_some()),
            ),
        };
        let mut points = None;
        let due = match &declared.time {
            _ if !truth.holds() => Ok(None),
            DutyTime::Within(..) => Ok(None),
            DutyTime::Each(_) => self.period_due(duty, subject),
            DutyTime::By(_) => self.deadlines(duty, subject).map(|days| {
                let due = self.deadline_due(&days, subject);
                points = Some(days);
                due
            }),
            DutyTime::On(_) => self.day_due(duty, subject),
        };
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
            let limited = self.duty(duty).condition.is_some() || !look.belongs;
            if look.truth.tri == Tri::Unknown {
                let what = What::UndeterminedDuty(duty);
                self.undetermined(what, subject, look.truth.causes, None);
            }
            if limited {
                self.release_open(duty, subject, |_| true);
            }
            return;
        }
        if let Some(days) = &look.points {
            // A point that only a withdrawn entry named is undone, and its duty lapses.
            self.release_open(duty, subject, |owed| !days.contains(&owed.due));
        }
        match look.due {
            Ok(Some((span, clock))) => {
                if clock.is_some() {
                    // The clock started anew: an unfinished period lapses.
                    self.release_open(duty, subject, |obligation| obligation.clock != clock);
                }
                let known = self.world.history.obligations.iter().any(|obligation| {
                    obligation.duty == duty
                        && obligation.subject == subject
                        && obligation.due == span.last
                        && obligation.clock == clock
                        && obligation.fate != Fate::Released
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
            Ok(None) => {}
            Err(causes) => self.duty_error(duty, &causes),
        }
    }

    fn release_open(
        &mut self,
        duty: DutyIx,
        subject: Option<MemberIx>,
        which: impl Fn(&Obligation) -> bool,
    ) {
        for at in 0..self.world.history.obligations.len() {
            let obligation = &self.world.history.obligations[at];
            let open = obligation.duty == duty
                && obligation.subject == subject
                && obligation.fate == Fate::Open;
            if open && which(obligation) {
                self.release(at);
            }
        }
    }

    /// The first day on which anything can be owed by a subject today.
    fn start(&self, subject: Option<MemberIx>) -> Date {
        let effective = self.world.policy.effective;
        let joined = subject.and_then(|subject| {
            let memberships = &self.world.register.member(subject).memberships;
            memberships
                .iter()
                .find(|span| span.holds(self.today))
                .and_then(|span| span.from)
        });
        joined.map_or(effective, |joined| joined.max(effective))
    }

    /// `each PERIOD`: the period that runs today. With a `while` it is counted from the day on which
    /// the condition began to hold, which is its clock.
    fn period_due(&self, duty: DutyIx, subject: Option<MemberIx>) -> Result<Due, Vec<Cause>> {
        let declared = self.duty(duty);
        let DutyTime::Each(period) = &declared.time else {
            return Ok(None);
        };
        let scope = Scope::of(subject, self.today, self.world.present(self.today));
        let stretch = self.world.stretch(period, &scope)?;
        if let (Some(condition), Some(subject)) = (&declared.condition, subject) {
            let Some(clock) = self.world.clock(condition, subject, &scope).certain else {
                return Ok(None);
            };
            let mut k = 0;
            loop {
                let span = stretch
                    .nth_from(clock, k)
                    .map_err(|_| vec![Cause::DateRange])?;
                if span.last >= self.today {
                    return Ok(Some((span, Some(clock))));
                }
                k += 1;
            }
        }
        let mut span = stretch.containing(self.today);
        if let Some(phase) = declared
            .phases
            .iter()
            .find_map(|phase| self.world.phase_span(*phase, self.today))
        {
            span = Span {
                first: span.first.max(phase.first),
                last: span.last.min(phase.last),
            };
        }
        span.first = span.first.max(self.start(subject));
        Ok(Some((span, None)))
    }

    /// The points of a duty `by POINT`, in order, from the start on.
    fn deadlines(&self, duty: DutyIx, subject: Option<MemberIx>) -> Result<Vec<Date>, Vec<Cause>> {
        let DutyTime::By(points) = &self.duty(duty).time else {
            return Ok(Vec::new());
        };
        let scope = Scope::of(subject, self.today, self.world.present(self.today));
        let mut days = Vec::new();
        for ahead in STEPS {
            let horizon = self
                .today
                .checked_add_days(Days::new(ahead))
                .unwrap_or(Date::MAX);
            let Some(span) = Span::new(self.start(subject), horizon) else {
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
        Ok(days)
    }

    /// `by POINT`: from the day after the point before it, or from the start, to the next point.
    fn deadline_due(&self, days: &[Date], subject: Option<MemberIx>) -> Due {
        let next = days.iter().copied().find(|day| *day >= self.today)?;
        let before = days.iter().rev().copied().find(|day| *day < self.today);
        let first = before
            .and_then(|before| before.succ_opt())
            .unwrap_or_else(|| self.start(subject));
        Span::new(first, next).map(|span| (span, None))
    }

    /// `on POINT`: that day only.
    fn day_due(&self, duty: DutyIx, subject: Option<MemberIx>) -> Result<Due, Vec<Cause>> {
        let DutyTime::On(points) = &self.duty(duty).time else {
            return Ok(None);
        };
        let scope = Scope::of(subject, self.today, self.world.present(self.today));
        for point in points {
            if self.world.is_point(point, subject, &scope)? {
                return Ok(Span::new(self.today, self.today).map(|span| (span, None)));
            }
        }
        Ok(None)
    }
}
