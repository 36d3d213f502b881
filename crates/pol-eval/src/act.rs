//! What a firing does: statuses, outcomes, derived events.

use crate::agenda::Due;
use crate::fire::{Candidate, Move};
use crate::record::{FiringIx, Happening, HappeningIx, Interval, Issue, Occurrence};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::Date;
use pol_model::{
    Cause, EntryIx, EventIx, FieldIx, LadderIx, MemberIx, OutcomeIx, Quantity, Record, RuleIx,
    State, Value, What,
};
use pol_plan::{Action, Extent, Imposition, NodeIx, Sign, Trigger};
use std::sync::Arc;

/// A firing's act: which firing, on which day, behind which decision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Doing {
    /// The firing.
    pub firing: FiringIx,
    /// The rule and subject in whose scope its values are worked out.
    pub candidate: Candidate,
    /// The day on which it happens.
    pub date: Date,
    /// The decision's date, where one stands behind it.
    pub decided: Option<Date>,
}

impl Run<'_> {
    /// Does a rule's actions. Issues of statuses join `moves`, to be made together with others.
    pub(crate) fn act(
        &mut self,
        firing: FiringIx,
        actions: &[Action],
        decided: Option<Date>,
        due: Option<Date>,
        moves: &mut Vec<Move>,
    ) {
        let fired = &self.world.record.firings[firing];
        let doing = Doing {
            firing,
            candidate: Candidate {
                trigger: fired.basis.trigger,
                due,
                ..Candidate::untriggered(fired.rule, fired.subject, Looking::Watching)
            },
            date: decided.unwrap_or(self.today),
            decided,
        };
        let issue = |ladder: LadderIx, status: u16, raises: bool| Move {
            ladder,
            subject: doing.candidate.subject,
            status,
            raises,
            firing,
            date: doing.date,
            decided,
            due,
        };
        for action in actions {
            match action {
                Action::Status(ladder, status) => moves.push(issue(*ladder, *status, *status > 0)),
                Action::Set(ladder, value) => match self.value_for(*value, &doing.candidate) {
                    Quantity::Known(Value::Symbol(_, status)) => {
                        moves.push(issue(*ladder, status, false));
                    }
                    unknown => self.unknown_for(&doing.candidate, unknown),
                },
                Action::Impose(imposition) => self.impose(imposition, doing),
                Action::End(outcome) => self.end_outcome(*outcome, doing),
                Action::Event(event, fields) => {
                    let count = self.world.plan.events[event.at()].fields.len();
                    let fields = self.fields_for(fields, count, &doing.candidate);
                    self.bring_about(*event, fields, doing);
                }
            }
        }
    }

    fn value_for(&self, value: NodeIx, candidate: &Candidate) -> Quantity {
        self.world.quantity(value, &self.scope_of(candidate, None))
    }

    fn unknown_for(&mut self, candidate: &Candidate, unknown: Quantity) {
        if let Quantity::Unknown(causes) = unknown {
            let what = What::Undetermined(candidate.rule);
            let (subject, rule) = (Some(candidate.subject), Some(candidate.rule));
            self.undetermined(what, subject, causes, rule);
        }
    }

    /// The values of an act's fields; what is unknown is reported and stays absent.
    pub(crate) fn fields_for(
        &mut self,
        fields: &[(FieldIx, NodeIx)],
        count: usize,
        candidate: &Candidate,
    ) -> Vec<Option<Value>> {
        let mut values = vec![None; count];
        for (field, value) in fields {
            match self.value_for(*value, candidate) {
                Quantity::Known(value) => {
                    if let Some(place) = values.get_mut(field.at()) {
                        *place = Some(value);
                    }
                }
                unknown => self.unknown_for(candidate, unknown),
            }
        }
        values
    }

    /// Makes every move that waits.
    pub(crate) fn move_all(&mut self, moves: &mut Vec<Move>) {
        while let Some(next) = moves.first() {
            let (ladder, subject) = (next.ladder, next.subject);
            self.move_ladder(ladder, subject, moves);
        }
    }

    /// Makes the joint move of a ladder out of all that were issued at one moment: the highest raise
    /// wins, a raise wins over a way down; where nothing moves, the highest is issued again.
    pub(crate) fn move_ladder(
        &mut self,
        ladder: LadderIx,
        subject: MemberIx,
        moves: &mut Vec<Move>,
    ) {
        let (issued, later): (Vec<Move>, Vec<Move>) = moves
            .drain(..)
            .partition(|one| one.ladder == ladder && one.subject == subject);
        *moves = later;
        let view = self.world.present(self.today);
        let was = self.world.standing_on(ladder, subject, view);
        let highest = |of: &dyn Fn(&Move) -> bool| {
            let wanted = issued.iter().rev().filter(|one| of(one));
            wanted.max_by_key(|one| one.status).copied()
        };
        let up = highest(&|one| one.status > was);
        let down = || highest(&|one| !one.raises && one.status < was);
        let Some(one) = up.or_else(down).or_else(|| highest(&|_| true)) else {
            return;
        };
        if one.status == 0 && was == 0 {
            // At the bottom nothing happens.
            return;
        }
        let now = if one.raises {
            was.max(one.status)
        } else {
            one.status
        };
        let fired = &self.world.record.firings[one.firing];
        let (rule, evidence) = (fired.rule, fired.basis.evidence.clone());
        let issue = Issue {
            ladder,
            status: one.status,
            raises: one.raises,
            was,
            now,
        };
        self.add_act(Happening {
            subjects: vec![subject],
            entry: self.entry_behind(one.firing),
            firing: Some(one.firing),
            decided: one.decided,
            ..Happening::on(Occurrence::Status(issue), one.date, self.today)
        });
        let state = State::Issued {
            was: Some(was),
            now: Some(now),
        };
        let assumed = self.is_assumed(one.firing);
        let what = What::Status(ladder, one.status);
        let record = self.say(one.date, Some(subject), what, state, Some(rule), evidence);
        record.assumed = assumed;
        record.due = one.due;
    }

    /// The entry behind a firing: the decision's, else the trigger's.
    fn entry_behind(&self, firing: FiringIx) -> Option<EntryIx> {
        let fired = &self.world.record.firings[firing];
        let trigger = fired.basis.trigger;
        fired
            .decision
            .or_else(|| trigger.and_then(|trigger| self.world.record.happenings[trigger].entry))
    }

    fn is_assumed(&self, firing: FiringIx) -> bool {
        let fired = &self.world.record.firings[firing];
        fired.proposal.is_some() && fired.decision.is_none()
    }

    /// Puts a firing's act on record.
    fn add_doing(
        &mut self,
        what: Occurrence,
        date: Date,
        fields: Vec<Option<Value>>,
        doing: Doing,
    ) -> HappeningIx {
        self.add_act(Happening {
            subjects: vec![doing.candidate.subject],
            fields,
            entry: self.entry_behind(doing.firing),
            firing: Some(doing.firing),
            decided: doing.decided,
            ..Happening::on(what, date, self.today)
        })
    }

    /// Says what a firing did.
    fn say_doing(
        &mut self,
        date: Date,
        what: What,
        state: State,
        fields: Vec<(FieldIx, Value)>,
        doing: Doing,
    ) {
        let evidence = self.world.record.firings[doing.firing]
            .basis
            .evidence
            .clone();
        let assumed = self.is_assumed(doing.firing);
        let (subject, rule) = (doing.candidate.subject, doing.candidate.rule);
        let record = self.say(date, Some(subject), what, state, Some(rule), evidence);
        *record = Record {
            fields,
            assumed,
            due: doing.candidate.due,
            ..record.clone()
        };
    }

    /// A derived event: on its trigger's date; of a decision, on the decision's.
    fn bring_about(&mut self, event: EventIx, fields: Vec<Option<Value>>, doing: Doing) {
        let on_trigger = matches!(self.rule(doing.candidate.rule).trigger, Trigger::On(_));
        let trigger = doing.candidate.trigger.filter(|_| on_trigger);
        let triggered = trigger.map(|trigger| self.world.record.happenings[trigger].date);
        let date = doing.decided.or(triggered).unwrap_or(doing.date);
        let values = Self::field_values(&fields);
        self.add_doing(Occurrence::Event(event), date, fields, doing);
        let state = State::Issued {
            was: None,
            now: None,
        };
        self.say_doing(date, What::Event(event), state, values, doing);
    }

    /// Imposes an outcome: for a time, until something ends it, or for the moment.
    fn impose(&mut self, imposition: &Imposition, doing: Doing) {
        let outcome = imposition.outcome;
        let declared = &self.world.plan.outcomes[outcome.at()];
        let lasts = imposition.extent.is_some() || declared.ended;
        let fields = self.fields_for(&imposition.fields, declared.fields.len(), &doing.candidate);
        let values = Self::field_values(&fields);
        let last = match self.last_day(imposition.extent.as_ref(), doing) {
            Ok(last) => last,
            Err(causes) => {
                return self.unknown_for(&doing.candidate, Quantity::Unknown(causes));
            }
        };
        let imposed = self.add_doing(Occurrence::Outcome(outcome), doing.date, fields, doing);
        let state = match last {
            _ if !lasts => State::Issued {
                was: None,
                now: None,
            },
            // Over before it was known: reported, never in force.
            Some(until) if until < self.today => State::Over { until },
            until => State::Began { until },
        };
        if matches!(state, State::Began { .. }) {
            let made = self.world.record.tick();
            self.begin_interval(Interval {
                outcome,
                subject: doing.candidate.subject,
                rule: doing.candidate.rule,
                from: doing.date.max(self.today),
                last,
                made,
                imposed,
                closed: false,
                bound: false,
                extent: imposition.extent.clone(),
            });
        }
        self.say_doing(doing.date, What::Outcome(outcome), state, values, doing);
    }

    /// Puts an interval on record.
    pub(crate) fn begin_interval(&mut self, interval: Interval) {
        let at = self.world.record.intervals.len();
        let (outcome, subject, last) = (interval.outcome, interval.subject, interval.last);
        self.world.record.intervals.push(interval);
        let account = self.world.record.account_mut(Some(subject));
        account.intervals.push(at);
        if let Some(after) = last.and_then(|last| last.succ_opt()) {
            self.agenda.note(after, Due::Interval(at));
        }
        self.touch_outcome(outcome, subject);
    }

    /// Whoever asks whether an outcome is in force is asked again.
    pub(crate) fn touch_outcome(&mut self, outcome: OutcomeIx, subject: MemberIx) {
        let dispatch = Arc::clone(&self.dispatch);
        for (asker, reach) in &dispatch.by_outcome[outcome.at()] {
            self.touch(*asker, *reach, subject);
        }
    }

    /// The last day of an imposition, where its extent gives one.
    fn last_day(&self, extent: Option<&Extent>, doing: Doing) -> Result<Option<Date>, Vec<Cause>> {
        match extent {
            Some(Extent::For(length)) => {
                let length = match self.value_for(*length, &doing.candidate) {
                    Quantity::Known(Value::Duration(length)) => length,
                    Quantity::Unknown(causes) => return Err(causes),
                    Quantity::Known(_) | Quantity::Between(_) => {
                        return Err(vec![Cause::DateRange]);
                    }
                };
                let end = self.world.shift(doing.date, Sign::Plus, length);
                Ok(end.map_err(|cause| vec![cause])?.pred_opt())
            }
            Some(Extent::UntilEndOf(period)) => {
                let subject = Some(doing.candidate.subject);
                let scope = Scope {
                    around: doing.date,
                    ..Scope::of(subject, self.today, self.world.present(self.today))
                };
                let stretch = self.world.stretch(period, &scope)?;
                Ok(Some(stretch.containing(doing.date).last))
            }
            Some(Extent::UntilEndOfPhase(phase)) => {
                let span = self.world.phase_span(*phase, doing.date);
                Ok(span.map(|span| span.last))
            }
            Some(Extent::ForEvents(count, pattern)) => {
                let subject = doing.candidate.subject;
                Ok(self.served_on(*count, *pattern, subject, doing.date))
            }
            Some(Extent::Until(_)) | None => Ok(None),
        }
    }

    /// The rule behind an act, where a firing made it.
    pub(crate) fn rule_behind(&self, act: HappeningIx) -> Option<RuleIx> {
        let firing = self.world.record.happenings[act].firing?;
        Some(self.world.record.firings[firing].rule)
    }
}
