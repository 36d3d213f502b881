//! What a firing does: statuses, outcomes, derived events.

use crate::fire::{Candidate, Move};
use crate::history::{FiringIx, Happening, HappeningIx, Interval, Occurrence, Way};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::Date;
use pol_model::Quantity;
use pol_model::{EventIx, LadderIx, MemberIx, OutcomeIx, RuleIx, State, Value, What};
use pol_semantics::hir::{Action, Expr, Extent, Imposition, Sign, Trigger};

/// A firing's act: which firing, on which day, behind which decision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Act {
    /// The firing.
    pub firing: FiringIx,
    /// Its rule.
    pub rule: RuleIx,
    /// For whom.
    pub subject: MemberIx,
    /// What triggered it.
    pub trigger: Option<HappeningIx>,
    /// The day on which it happens.
    pub date: Date,
    /// The decision's date, where one stands behind it.
    pub decided: Option<Date>,
    /// The day on which it was due, where it became known only later.
    pub due: Option<Date>,
}

impl Act {
    /// The rule and subject in whose scope the act's values are worked out.
    const fn candidate(self) -> Candidate {
        Candidate {
            rule: self.rule,
            subject: self.subject,
            trigger: self.trigger,
            looking: Looking::Watching,
            due: self.due,
        }
    }
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
        let fired = &self.world.history.firings[firing];
        let act = Act {
            firing,
            rule: fired.rule,
            subject: fired.subject,
            trigger: fired.basis.trigger,
            date: decided.unwrap_or(self.today),
            decided,
            due,
        };
        for action in actions {
            let issue = |ladder: LadderIx, status: u16, way: Way| Move {
                ladder,
                subject: act.subject,
                status,
                way,
                firing,
                date: act.date,
                decided,
                due,
            };
            match action {
                Action::Status(ladder, 0) => moves.push(issue(*ladder, 0, Way::Set)),
                Action::Status(ladder, status) => moves.push(issue(*ladder, *status, Way::Raise)),
                Action::Set(ladder, value) => match self.value_of_act(value, act) {
                    Quantity::Known(Value::Symbol(_, status)) => {
                        moves.push(issue(*ladder, status, Way::Set));
                    }
                    unknown => self.unknown_act(act, unknown),
                },
                Action::Impose(imposition) => self.impose(imposition, act),
                Action::End(outcome) => self.end_outcome(*outcome, act),
                Action::Event(event, fields) => {
                    let fields = self.fields_of_act(
                        fields,
                        self.world.policy.events[event.at()].fields.len(),
                        act,
                    );
                    self.bring_about(*event, fields, act);
                }
            }
        }
    }

    fn value_of_act(&self, value: &Expr, act: Act) -> Quantity {
        self.value_for(value, &act.candidate())
    }

    fn value_for(&self, value: &Expr, candidate: &Candidate) -> Quantity {
        self.world.quantity(value, &self.scope_of(candidate, None))
    }

    fn unknown_act(&mut self, act: Act, unknown: Quantity) {
        self.unknown_for(&act.candidate(), unknown);
    }

    fn unknown_for(&mut self, candidate: &Candidate, unknown: Quantity) {
        if let Quantity::Unknown(causes) = unknown {
            self.undetermined(
                What::Undetermined(candidate.rule),
                Some(candidate.subject),
                causes,
                Some(candidate.rule),
            );
        }
    }

    fn fields_of_act(
        &mut self,
        fields: &[(pol_model::FieldIx, Expr)],
        count: usize,
        act: Act,
    ) -> Vec<Option<Value>> {
        self.fields_for(fields, count, &act.candidate())
    }

    /// The values of an act's fields; what is unknown is reported and stays absent.
    pub(crate) fn fields_for(
        &mut self,
        fields: &[(pol_model::FieldIx, Expr)],
        count: usize,
        candidate: &Candidate,
    ) -> Vec<Option<Value>> {
        let mut values = vec![None; count];
        for (field, value) in fields {
            match self.value_for(value, candidate) {
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

    /// Makes the joint move of a ladder out of all that were issued at one moment: the highest raise
    /// wins, a raise wins over a way down; where nothing moves, the highest is issued again.
    pub(crate) fn move_ladder(
        &mut self,
        ladder: LadderIx,
        subject: MemberIx,
        moves: &mut Vec<Move>,
    ) {
        let (now, later): (Vec<Move>, Vec<Move>) = moves
            .drain(..)
            .partition(|one| one.ladder == ladder && one.subject == subject);
        *moves = later;
        let was = self
            .world
            .standing_on(ladder, subject, self.world.present(self.today));
        let raise = now
            .iter()
            .rev()
            .filter(|one| one.status > was)
            .max_by_key(|one| one.status);
        let down = now
            .iter()
            .rev()
            .filter(|one| one.way == Way::Set && one.status < was)
            .max_by_key(|one| one.status);
        let again = now.iter().rev().max_by_key(|one| one.status);
        let Some(one) = raise.or(down).or(again).copied() else {
            return;
        };
        if one.status == 0 && was == 0 {
            // At the bottom nothing happens.
            return;
        }
        let stands = if one.way == Way::Set {
            one.status
        } else {
            was.max(one.status)
        };
        let fired = &self.world.history.firings[one.firing];
        let (rule, evidence) = (fired.rule, fired.basis.evidence.clone());
        let entry = self.entry_behind(one.firing);
        self.world_add(Happening {
            what: Occurrence::Status {
                ladder,
                status: one.status,
                way: one.way,
                was,
                now: stands,
            },
            date: one.date,
            known: self.today,
            taken: None,
            place: None,
            subjects: vec![subject],
            fields: Vec::new(),
            entry,
            firing: Some(one.firing),
            decided: one.decided,
            gone: None,
        });
        let state = State::Issued {
            was: Some(was),
            now: Some(stands),
        };
        self.say(
            one.date,
            Some(subject),
            What::Status(ladder, one.status),
            state,
            Some(rule),
            evidence,
        );
        self.mark_act(one.firing);
        if let Some(record) = self.records.last_mut() {
            record.due = one.due;
        }
    }

    /// The entry behind a firing: the decision's, else the trigger's.
    fn entry_behind(&self, firing: FiringIx) -> Option<pol_model::EntryIx> {
        let fired = &self.world.history.firings[firing];
        let trigger = fired
            .basis
            .trigger
            .and_then(|trigger| self.world.history.happenings[trigger].entry);
        fired.decision.or(trigger)
    }

    /// Puts an act on record; its `on` rules are asked in turn.
    pub(crate) fn world_add(&mut self, happening: Happening) -> HappeningIx {
        let taken = Some(self.world.history.tick());
        let index = self.world.history.add(Happening { taken, ..happening });
        self.queue.push_back(index);
        index
    }

    /// Marks the record just said with what its firing assumed.
    fn mark_act(&mut self, firing: FiringIx) {
        let fired = &self.world.history.firings[firing];
        let assumed = fired.proposal.is_some() && fired.decision.is_none();
        if let Some(record) = self.records.last_mut() {
            record.assumed = assumed;
        }
    }

    fn happening_of(
        &self,
        what: Occurrence,
        date: Date,
        fields: Vec<Option<Value>>,
        act: Act,
    ) -> Happening {
        Happening {
            what,
            date,
            known: self.today,
            taken: None,
            place: None,
            subjects: vec![act.subject],
            fields,
            entry: self.entry_behind(act.firing),
            firing: Some(act.firing),
            decided: act.decided,
            gone: None,
        }
    }

    /// A derived event: on its trigger's date; of a decision, on the decision's.
    fn bring_about(&mut self, event: EventIx, fields: Vec<Option<Value>>, act: Act) {
        let trigger = act
            .trigger
            .map(|trigger| self.world.history.happenings[trigger].date);
        let on_trigger = matches!(self.rule(act.rule).trigger, Trigger::On(_));
        let date = act
            .decided
            .or(trigger.filter(|_| on_trigger))
            .unwrap_or(act.date);
        let values = Self::field_values(&fields);
        let happening = self.happening_of(Occurrence::Event(event), date, fields, act);
        self.world_add(happening);
        let evidence = self.world.history.firings[act.firing]
            .basis
            .evidence
            .clone();
        let state = State::Issued {
            was: None,
            now: None,
        };
        self.say(
            date,
            Some(act.subject),
            What::Event(event),
            state,
            Some(act.rule),
            evidence,
        );
        self.finish_act(act, values);
    }

    fn finish_act(&mut self, act: Act, fields: Vec<(pol_model::FieldIx, Value)>) {
        self.mark_act(act.firing);
        if let Some(record) = self.records.last_mut() {
            record.fields = fields;
            record.due = act.due;
        }
    }

    /// Imposes an outcome: for a time, until something ends it, or for the moment.
    fn impose(&mut self, imposition: &Imposition, act: Act) {
        let outcome = imposition.outcome;
        let declared = &self.world.policy.outcomes[outcome.at()];
        let fields = self.fields_of_act(&imposition.fields, declared.fields.len(), act);
        let values = Self::field_values(&fields);
        let last = match self.last_day(imposition.extent.as_ref(), act) {
            Ok(last) => last,
            Err(causes) => return self.unknown_act(act, Quantity::Unknown(causes)),
        };
        let happening = self.happening_of(Occurrence::Outcome(outcome), act.date, fields, act);
        let imposed = self.world_add(happening);
        let lasts = imposition.extent.is_some() || self.is_ended_somewhere(outcome);
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
            let made = self.world.history.tick();
            self.world.history.intervals.push(Interval {
                outcome,
                subject: act.subject,
                rule: act.rule,
                from: act.date.max(self.today),
                last,
                made,
                imposed,
                closed: false,
                bound: false,
                extent: imposition.extent.clone(),
            });
        }
        let evidence = self.world.history.firings[act.firing]
            .basis
            .evidence
            .clone();
        self.say(
            act.date,
            Some(act.subject),
            What::Outcome(outcome),
            state,
            Some(act.rule),
            evidence,
        );
        self.finish_act(act, values);
    }

    /// The last day of an imposition, where its extent gives one.
    fn last_day(
        &self,
        extent: Option<&Extent>,
        act: Act,
    ) -> Result<Option<Date>, Vec<pol_model::Cause>> {
        let scope = Scope::of(
            Some(act.subject),
            self.today,
            self.world.present(self.today),
        );
        let scope = Scope {
            around: act.date,
            ..scope
        };
        match extent {
            Some(Extent::For(length)) => {
                let length = match self.value_of_act(length, act) {
                    Quantity::Known(Value::Duration(length)) => length,
                    Quantity::Unknown(causes) => return Err(causes),
                    Quantity::Known(_) | Quantity::Between(_) => {
                        return Err(vec![pol_model::Cause::DateRange]);
                    }
                };
                let end = self
                    .world
                    .shift(act.date, Sign::Plus, length)
                    .map_err(|cause| vec![cause])?;
                Ok(end.pred_opt())
            }
            Some(Extent::UntilEndOf(period)) => Ok(Some(
                self.world
                    .stretch(period, &scope)?
                    .containing(act.date)
                    .last,
            )),
            Some(Extent::UntilEndOfPhase(phase)) => Ok(self
                .world
                .phase_span(*phase, act.date)
                .map(|span| span.last)),
            Some(Extent::ForEvents(count, pattern)) => {
                Ok(self.served_on(count, pattern, act.subject, act.date))
            }
            Some(Extent::Until(_)) | None => Ok(None),
        }
    }

    /// True if some rule ends an outcome: then one that is imposed without an extent lasts.
    fn is_ended_somewhere(&self, outcome: OutcomeIx) -> bool {
        let mut actions = self
            .world
            .policy
            .rules
            .iter()
            .flat_map(|rule| rule.then.iter().chain(&rule.otherwise));
        actions.any(|action| *action == Action::End(outcome))
    }
}
