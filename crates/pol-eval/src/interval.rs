//! Outcomes in force: how intervals end, and those that last while a condition holds.

use crate::act::Doing;
use crate::agenda::Due;
use crate::dispatch::Asker;
use crate::fire::Candidate;
use crate::record::{Happening, HappeningIx, Interval, IntervalIx, Occurrence};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::Date;
use pol_model::{MemberIx, Number, OutcomeIx, RuleIx, State, Tri, Truth, What};
use pol_plan::{Action, Extent, NodeIx, PatternIx, Trigger};
use std::collections::BTreeSet;

impl Run<'_> {
    /// `end OUTCOME`: all that is in force ends the day before.
    pub(crate) fn end_outcome(&mut self, outcome: OutcomeIx, doing: Doing) {
        let subject = Some(doing.candidate.subject);
        for at in self.world.record.account(subject).intervals.clone() {
            let interval = &self.world.record.intervals[at];
            if interval.outcome == outcome && !interval.bound {
                self.close_interval(at, self.today, Some(doing.candidate.rule));
            }
        }
    }

    /// Ends an interval the day before a day, if it still runs then, and says so.
    pub(crate) fn close_interval(&mut self, at: IntervalIx, day: Date, rule: Option<RuleIx>) {
        let interval = &mut self.world.record.intervals[at];
        if interval.closed || interval.last.is_some_and(|last| last < day) {
            return;
        }
        let until = day.pred_opt().unwrap_or(day);
        interval.last = Some(until);
        self.say_ended(at, day, until, rule);
    }

    /// Says that an interval ended.
    fn say_ended(&mut self, at: IntervalIx, day: Date, until: Date, rule: Option<RuleIx>) {
        let interval = &mut self.world.record.intervals[at];
        interval.closed = true;
        let (outcome, subject) = (interval.outcome, interval.subject);
        let rule = rule.or(Some(interval.rule));
        let state = State::Ended { until };
        let what = What::Outcome(outcome);
        self.say(day, Some(subject), what, state, rule, Vec::new());
        self.touch_outcome(outcome, subject);
    }

    /// Step 1: outcomes whose last day is over end.
    pub(crate) fn end_outcomes(&mut self, due: &BTreeSet<Due>) {
        for one in due {
            let Due::Interval(at) = one else {
                continue;
            };
            let interval = &self.world.record.intervals[*at];
            if let Some(until) = interval
                .last
                .filter(|last| !interval.closed && *last < self.today)
            {
                let day = until.succ_opt().unwrap_or(until);
                self.say_ended(*at, day, until, None);
            }
        }
    }

    /// `until E`, `for 2 E`: an event that has come ends what ran until it.
    pub(crate) fn end_until(&mut self, event: HappeningIx) {
        if !self.dispatch.until_events {
            return;
        }
        let subjects = self.world.record.happenings[event].subjects.clone();
        let outer = subjects
            .iter()
            .flat_map(|member| self.world.register.outwards(*member));
        let running: BTreeSet<IntervalIx> = outer
            .flat_map(|member| &self.world.record.account(Some(member)).intervals)
            .copied()
            .filter(|at| {
                let interval = &self.world.record.intervals[*at];
                !interval.closed && interval.last.is_none() && interval.imposed != event
            })
            .collect();
        for at in running {
            let interval = self.world.record.intervals[at].clone();
            match &interval.extent {
                Some(Extent::Until(pattern)) => {
                    if self.triggers(&[*pattern], event, interval.subject).holds() {
                        self.close_interval(at, self.today, None);
                    }
                }
                Some(Extent::ForEvents(count, pattern)) => {
                    if self.triggers(&[*pattern], event, interval.subject).holds() {
                        self.serve(at, *count, *pattern);
                    }
                }
                Some(Extent::For(_) | Extent::UntilEndOf(_) | Extent::UntilEndOfPhase(_))
                | None => {}
            }
        }
    }

    /// A penalty served in events: the last of them is its last day. One that is recorded late ends
    /// it the day before; what was said up to then stands.
    fn serve(&mut self, at: IntervalIx, count: NodeIx, pattern: PatternIx) {
        let interval = &self.world.record.intervals[at];
        let (outcome, subject, imposed) = (interval.outcome, interval.subject, interval.imposed);
        let began = self.world.record.happenings[imposed].date;
        match self.served_on(count, pattern, subject, began) {
            Some(day) if day < self.today => self.close_interval(at, self.today, None),
            Some(_) => {
                self.world.record.intervals[at].last = Some(self.today);
                if let Some(tomorrow) = self.today.succ_opt() {
                    self.agenda.note(tomorrow, Due::Interval(at));
                }
                self.touch_outcome(outcome, subject);
            }
            None => {}
        }
    }

    /// The day of the event with which a penalty is served: the last of so many that happened after
    /// the day on which it began, whenever they were recorded.
    pub(crate) fn served_on(
        &self,
        count: NodeIx,
        pattern: PatternIx,
        subject: MemberIx,
        began: Date,
    ) -> Option<Date> {
        let scope = Scope::of(Some(subject), self.today, self.world.present(self.today));
        let served = self.world.meant(pattern, Some(subject), &scope);
        let mut days: Vec<Date> = served
            .filter(|(_, doubt)| doubt.is_none())
            .map(|(at, _)| self.world.record.happenings[at].date)
            .filter(|date| *date > began)
            .collect();
        days.sort_unstable();
        let needed = self.world.quantity(count, &scope);
        let needed = needed.known()?.as_number().and_then(Number::to_whole)?;
        days.get(usize::try_from(needed).ok()?.saturating_sub(1))
            .copied()
    }

    /// Step 4: what is in force while a condition holds begins and ends by what the day leaves. A rule
    /// asks about all its subjects before anything begins or ends for any of them.
    pub(crate) fn settle_intervals(&mut self) {
        for rule in self.rules() {
            let Trigger::While(condition) = self.rule(rule).trigger else {
                continue;
            };
            let mut asked = Vec::new();
            for subject in self.take_in_turn(Asker::Rule(rule)) {
                let candidate = Candidate::untriggered(rule, subject, Looking::Watching);
                let truth = self.ask_while(&candidate, condition);
                asked.push((candidate, truth));
            }
            for (candidate, truth) in asked {
                self.settle_interval(&candidate, truth);
            }
        }
    }

    fn ask_while(&mut self, candidate: &Candidate, condition: NodeIx) -> Truth {
        let scope = self.scope_of(candidate, None);
        let (truth, until) = self.world.until(|| {
            let truth = self.world.truth(condition, &scope);
            match self.rule(candidate.rule).condition {
                Some(more) => truth.and(self.world.truth(more, &scope)),
                None => truth,
            }
        });
        let asker = Asker::Rule(candidate.rule);
        self.agenda.look(until, asker, Some(candidate.subject));
        truth
    }

    fn settle_interval(&mut self, candidate: &Candidate, truth: Truth) {
        let (rule, subject) = (candidate.rule, candidate.subject);
        let concerned = self
            .world
            .concerns(&self.rule(rule).subjects, subject, self.today);
        let account = self.world.record.account(Some(subject));
        let running: Vec<IntervalIx> = account
            .intervals
            .iter()
            .copied()
            .filter(|at| {
                let interval = &self.world.record.intervals[*at];
                interval.bound && !interval.closed && interval.rule == rule
            })
            .collect();
        if concerned && truth.holds() {
            if running.is_empty() {
                self.begin_bound(candidate);
            }
            return;
        }
        for at in running {
            self.close_interval(at, self.today, None);
        }
        if concerned && truth.tri == Tri::Unknown {
            let what = What::Undetermined(rule);
            self.undetermined(what, Some(subject), truth.causes, Some(rule));
        }
    }

    fn begin_bound(&mut self, candidate: &Candidate) {
        let (rule, subject) = (candidate.rule, candidate.subject);
        for action in &self.rule(rule).then {
            let Action::Impose(imposition) = action else {
                continue;
            };
            let outcome = imposition.outcome;
            let declared = self.world.plan.outcomes[outcome.at()].fields.len();
            let fields = self.fields_for(&imposition.fields, declared, candidate);
            let values = Self::field_values(&fields);
            let imposed = self.add_act(Happening {
                subjects: vec![subject],
                fields,
                ..Happening::on(Occurrence::Outcome(outcome), self.today, self.today)
            });
            let made = self.world.record.tick();
            self.begin_interval(Interval {
                outcome,
                subject,
                rule,
                from: self.today,
                last: None,
                made,
                imposed,
                closed: false,
                bound: true,
                extent: None,
            });
            let (what, state) = (What::Outcome(outcome), State::Began { until: None });
            self.say(
                self.today,
                Some(subject),
                what,
                state,
                Some(rule),
                Vec::new(),
            )
            .fields = values;
        }
    }
}
