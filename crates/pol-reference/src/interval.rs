//! Outcomes in force: how intervals end, and those that last while a condition holds.

use crate::act::Act;
use crate::fire::Candidate;
use crate::history::{Happening, HappeningIx, Interval, Occurrence};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::Date;
use pol_model::{MemberIx, Number, OutcomeIx, RuleIx, State, Truth, What};
use pol_semantics::hir::{Action, Expr, Extent, Pattern, Trigger};

impl Run<'_> {
    /// `end OUTCOME`: all that is in force ends the day before.
    pub(crate) fn end_outcome(&mut self, outcome: OutcomeIx, act: Act) {
        for at in 0..self.world.history.intervals.len() {
            let interval = &self.world.history.intervals[at];
            if interval.outcome == outcome && interval.subject == act.subject && !interval.bound {
                self.close_interval(at, self.today, Some(act.rule));
            }
        }
    }

    /// Ends an interval the day before a day, if it still runs then, and says so.
    pub(crate) fn close_interval(&mut self, at: usize, day: Date, rule: Option<RuleIx>) {
        let interval = &mut self.world.history.intervals[at];
        if interval.closed || interval.last.is_some_and(|last| last < day) {
            return;
        }
        let until = day.pred_opt().unwrap_or(day);
        interval.last = Some(until);
        interval.closed = true;
        let (outcome, subject, imposed_by) = (interval.outcome, interval.subject, interval.rule);
        let state = State::Ended { until };
        self.say(
            day,
            Some(subject),
            What::Outcome(outcome),
            state,
            rule.or(Some(imposed_by)),
            Vec::new(),
        );
    }

    /// Step 1: outcomes whose last day is over end.
    pub(crate) fn end_outcomes(&mut self) {
        for at in 0..self.world.history.intervals.len() {
            let interval = &mut self.world.history.intervals[at];
            let Some(until) = interval
                .last
                .filter(|last| !interval.closed && *last < self.today)
            else {
                continue;
            };
            interval.closed = true;
            let (outcome, subject, rule) = (interval.outcome, interval.subject, interval.rule);
            let day = until.succ_opt().unwrap_or(until);
            self.say(
                day,
                Some(subject),
                What::Outcome(outcome),
                State::Ended { until },
                Some(rule),
                Vec::new(),
            );
        }
    }

    /// `until E`, `for 2 E`: an event that has come ends what ran until it.
    pub(crate) fn end_until(&mut self, event: HappeningIx) {
        for at in 0..self.world.history.intervals.len() {
            let interval = self.world.history.intervals[at].clone();
            if interval.closed || interval.last.is_some() || interval.imposed == event {
                continue;
            }
            match &interval.extent {
                Some(Extent::Until(pattern)) => {
                    let patterns = std::slice::from_ref(pattern);
                    if self.triggered(patterns, event, interval.subject).holds() {
                        self.close_interval(at, self.today, None);
                    }
                }
                Some(Extent::ForEvents(count, pattern)) => self.serve(at, count, pattern, event),
                Some(Extent::For(_) | Extent::UntilEndOf(_) | Extent::UntilEndOfPhase(_))
                | None => {}
            }
        }
    }

    /// A penalty served in events: the last of them is its last day. One that is recorded late ends
    /// it the day before; what was said up to then stands.
    fn serve(&mut self, at: usize, count: &Expr, pattern: &Pattern, event: HappeningIx) {
        let interval = &self.world.history.intervals[at];
        let (subject, imposed) = (interval.subject, interval.imposed);
        let patterns = std::slice::from_ref(pattern);
        if !self.triggered(patterns, event, subject).holds() {
            return;
        }
        let began = self.world.history.happenings[imposed].date;
        match self.served_on(count, pattern, subject, began) {
            Some(day) if day < self.today => self.close_interval(at, self.today, None),
            Some(_) => self.world.history.intervals[at].last = Some(self.today),
            None => {}
        }
    }

    /// The day of the event with which a penalty is served: the last of so many that happened after
    /// the day on which it began, whenever they were recorded.
    pub(crate) fn served_on(
        &self,
        count: &Expr,
        pattern: &Pattern,
        subject: MemberIx,
        began: Date,
    ) -> Option<Date> {
        let view = self.world.present(self.today);
        let patterns = std::slice::from_ref(pattern);
        let mut days: Vec<Date> = self
            .world
            .about(Some(subject), pattern.within_it)
            .into_iter()
            .filter(|index| {
                let happening = &self.world.history.happenings[*index];
                view.shows(happening)
                    && happening.date > began
                    && self.triggered(patterns, *index, subject).holds()
            })
            .map(|index| self.world.history.happenings[index].date)
            .collect();
        days.sort_unstable();
        let scope = Scope::of(Some(subject), self.today, view);
        let needed = self.world.quantity(count, &scope);
        let needed = needed.known()?.as_number().and_then(Number::to_whole)?;
        days.get(usize::try_from(needed).ok()?.saturating_sub(1))
            .copied()
    }

    /// Step 4: what is in force while a condition holds begins and ends by what the day leaves. A rule
    /// asks about all its subjects before anything begins or ends for any of them.
    pub(crate) fn settle_intervals(&mut self) {
        for rule in self.rules() {
            let Trigger::While(condition) = &self.rule(rule).trigger else {
                continue;
            };
            let mut asked: Vec<(Candidate, Truth)> = Vec::new();
            for subject in self.members_in_turn() {
                let candidate = Candidate {
                    rule,
                    subject,
                    trigger: None,
                    looking: Looking::Watching,
                    due: None,
                };
                let scope = self.scope_of(&candidate, None);
                let truth = self.world.truth(condition, &scope);
                let truth = match &self.rule(rule).condition {
                    Some(more) => truth.and(self.world.truth(more, &scope)),
                    None => truth,
                };
                asked.push((candidate, truth));
            }
            for (candidate, truth) in asked {
                let subject = candidate.subject;
                let concerned = self
                    .world
                    .concerns(&self.rule(rule).subjects, subject, self.today);
                let runs: Vec<usize> = (0..self.world.history.intervals.len())
                    .filter(|at| {
                        let interval = &self.world.history.intervals[*at];
                        interval.bound
                            && !interval.closed
                            && interval.rule == rule
                            && interval.subject == subject
                    })
                    .collect();
                if concerned && truth.holds() {
                    if runs.is_empty() {
                        self.begin_bound(&candidate);
                    }
                } else {
                    for at in runs {
                        self.close_interval(at, self.today, None);
                    }
                    if concerned && truth.tri == pol_model::Tri::Unknown {
                        self.undetermined(
                            What::Undetermined(rule),
                            Some(subject),
                            truth.causes,
                            Some(rule),
                        );
                    }
                }
            }
        }
    }

    fn begin_bound(&mut self, candidate: &Candidate) {
        for action in &self.rule(candidate.rule).then {
            let Action::Impose(imposition) = action else {
                continue;
            };
            let declared = self.world.policy.outcomes[imposition.outcome.at()]
                .fields
                .len();
            let fields = self.fields_for(&imposition.fields, declared, candidate);
            let values = Self::field_values(&fields);
            let happening = Happening {
                what: Occurrence::Outcome(imposition.outcome),
                date: self.today,
                known: self.today,
                taken: None,
                place: None,
                subjects: vec![candidate.subject],
                fields,
                entry: None,
                firing: None,
                decided: None,
                gone: None,
            };
            let imposed = self.world_add(happening);
            let made = self.world.history.tick();
            self.world.history.intervals.push(Interval {
                outcome: imposition.outcome,
                subject: candidate.subject,
                rule: candidate.rule,
                from: self.today,
                last: None,
                made,
                imposed,
                closed: false,
                bound: true,
                extent: None,
            });
            let what = What::Outcome(imposition.outcome);
            let state = State::Began { until: None };
            self.say(
                self.today,
                Some(candidate.subject),
                what,
                state,
                Some(candidate.rule),
                Vec::new(),
            );
            if let Some(record) = self.records.last_mut() {
                record.fields = values;
            }
        }
    }
}
