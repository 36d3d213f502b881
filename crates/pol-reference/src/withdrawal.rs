//! Withdrawals, corrections, and bases that are lost.

use crate::fire::Candidate;
use crate::history::{Basis, Fate, FiringIx, Happening, HappeningIx, Occurrence};
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_model::{EntryBody, EntryIx, MemberIx, RuleIx, State, What};
use pol_semantics::hir::{EventSource, Trigger};

impl Run<'_> {
    /// Takes off the record what is withdrawn today: decisions when all others are gone and what
    /// rests on these has been looked at again.
    pub(crate) fn withdrawals(
        &mut self,
        withdrawals: &[(EntryIx, Option<EntryIx>)],
        lapses: impl Fn(&EntryIx) -> bool,
    ) {
        let is_decision = |(old, _): &(EntryIx, Option<EntryIx>)| {
            let body = &self.world.entries[old.at()].body;
            matches!(body, EntryBody::Decision { .. })
        };
        let (decisions, others): (Vec<_>, Vec<_>) =
            withdrawals.iter().copied().partition(is_decision);
        for part in [others, decisions] {
            for (old, correction) in &part {
                self.withdraw(*old);
                for correction in standing(*correction, withdrawals, &lapses) {
                    self.put_in_place(*old, correction);
                }
            }
            if !part.is_empty() {
                self.review();
            }
        }
    }

    /// A correction comes on record where the old entry stood. One of what is not on record is an
    /// entry like any other.
    fn put_in_place(&mut self, old: EntryIx, correction: EntryIx) {
        let Some(old) = self.taken.get(&old).copied() else {
            return;
        };
        if let Some(new) = self.on_record(correction) {
            let old = &self.world.history.happenings[old];
            self.world.history.happenings[new].place = old.place.or(old.taken);
        }
    }

    /// Takes an entry off the record, from today on.
    fn withdraw(&mut self, old: EntryIx) {
        let on_record = self.taken.get(&old).copied();
        let stands = |old: &HappeningIx| self.world.history.happenings[*old].gone.is_none();
        if let Some(old) = on_record.filter(stands) {
            self.world.history.happenings[old].gone = Some(self.today);
            self.release_caused_by(old);
            self.unmeet(old);
            self.extend_anew();
        }
        if matches!(
            self.world.entries[old.at()].body,
            EntryBody::Decision { .. }
        ) {
            self.take_back(old);
        }
    }

    /// Takes back what a decision made, and what that triggered.
    fn take_back(&mut self, decision: EntryIx) {
        let made = self
            .world
            .history
            .firings
            .iter()
            .position(|firing| firing.decision == Some(decision) && firing.gone.is_none());
        let Some(firing) = made else { return };
        self.undo(firing);
        let proposal = self.world.history.firings[firing].proposal;
        if let Some(at) = proposal {
            let (rule, subject) = {
                let proposal = &self.world.history.proposals[at];
                (proposal.rule, proposal.subject)
            };
            let renewed = self
                .world
                .history
                .proposals
                .iter()
                .any(|other| other.open && other.rule == rule && other.subject == subject);
            let basis = self.world.history.proposals[at].basis.clone();
            if !renewed && self.has_basis(rule, subject, &basis) {
                self.world.history.proposals[at].open = true;
                let state = State::Proposed;
                self.say(
                    basis.day,
                    Some(subject),
                    What::Proposal(rule),
                    state,
                    Some(rule),
                    basis.evidence,
                );
            }
        }
    }

    fn undo(&mut self, firing: FiringIx) {
        self.world.history.firings[firing].gone = Some(self.today);
        let acts = self.acts_of(firing);
        for act in acts {
            self.world.history.happenings[act].gone = Some(self.today);
            self.release_caused_by(act);
            self.unmeet(act);
            self.extend_anew();
            let mut ended = false;
            for at in 0..self.world.history.intervals.len() {
                if self.world.history.intervals[at].imposed == act {
                    self.close_interval(at, self.today, None);
                    ended = true;
                }
            }
            if !ended {
                self.say_of_act(act, State::TakenBack);
            }
            let triggered: Vec<FiringIx> = (0..self.world.history.firings.len())
                .filter(|at| {
                    let firing = &self.world.history.firings[*at];
                    firing.basis.trigger == Some(act)
                        && firing.gone.is_none()
                        && firing.proposal.is_none()
                })
                .collect();
            for firing in triggered {
                self.undo(firing);
            }
        }
    }

    fn acts_of(&self, firing: FiringIx) -> Vec<HappeningIx> {
        let happenings = self.world.history.happenings.iter().enumerate();
        happenings
            .filter(|(_, happening)| happening.firing == Some(firing) && happening.gone.is_none())
            .filter(|(_, happening)| !matches!(happening.what, Occurrence::Lost(_)))
            .map(|(at, _)| at)
            .collect()
    }

    /// Says what became of an act.
    fn say_of_act(&mut self, act: HappeningIx, state: State) {
        let happening = &self.world.history.happenings[act];
        let what = match happening.what {
            Occurrence::Status { ladder, status, .. } => What::Status(ladder, status),
            Occurrence::Outcome(outcome) => What::Outcome(outcome),
            Occurrence::Event(event) => What::Event(event),
            Occurrence::Duty(duty, ..) => What::Duty(duty),
            Occurrence::Lost(_) => return,
        };
        let subject = happening.subjects.first().copied();
        let rule = happening
            .firing
            .map(|firing| self.world.history.firings[firing].rule);
        let fields = Self::field_values(&happening.fields);
        self.say(self.today, subject, what, state, rule, Vec::new());
        if let Some(record) = self.records.last_mut() {
            record.fields = fields;
        }
    }

    /// Looks again at every open proposal, and every act that stands or runs, as of its day.
    fn review(&mut self) {
        for at in 0..self.world.history.proposals.len() {
            let proposal = self.world.history.proposals[at].clone();
            if proposal.open
                && !proposal.lost
                && !self.has_basis(proposal.rule, proposal.subject, &proposal.basis)
            {
                self.world.history.proposals[at].lost = true;
                let what = What::Proposal(proposal.rule);
                self.say(
                    self.today,
                    Some(proposal.subject),
                    what,
                    State::Lost,
                    Some(proposal.rule),
                    Vec::new(),
                );
            }
        }
        for at in 0..self.world.history.firings.len() {
            let firing = self.world.history.firings[at].clone();
            if firing.baseless || firing.gone.is_some() {
                continue;
            }
            let acts: Vec<HappeningIx> = self
                .acts_of(at)
                .into_iter()
                .filter(|act| self.stands(*act))
                .collect();
            if acts.is_empty() || self.has_basis(firing.rule, firing.subject, &firing.basis) {
                continue;
            }
            self.world.history.firings[at].baseless = true;
            for act in acts {
                self.lose(act);
            }
        }
    }

    /// An act's basis is lost: its event `lost` happens today; duties that it started lapse.
    fn lose(&mut self, act: HappeningIx) {
        self.say_of_act(act, State::Lost);
        self.release_caused_by(act);
        let happening = self.world.history.happenings[act].clone();
        let source = match happening.what {
            Occurrence::Status { ladder, status, .. } => EventSource::Status(ladder, status),
            Occurrence::Outcome(outcome) => EventSource::Outcome(outcome),
            Occurrence::Event(event) => EventSource::Event(event),
            Occurrence::Duty(duty, state, _) => EventSource::Duty(duty, state),
            Occurrence::Lost(_) => return,
        };
        self.world_add(Happening {
            what: Occurrence::Lost(source),
            date: self.today,
            known: self.today,
            taken: None,
            place: None,
            decided: None,
            ..happening
        });
    }

    /// True if an act stands or runs: a status that no other has moved on from, an outcome that is
    /// not over, an outcome of a moment, a derived event.
    fn stands(&self, act: HappeningIx) -> bool {
        let happening = &self.world.history.happenings[act];
        match happening.what {
            Occurrence::Status { ladder, .. } => {
                let view = self.world.present(self.today);
                !happening.subjects.iter().flat_map(|subject| self.world.history.about(*subject)).any(|later| {
                    let later = &self.world.history.happenings[*later];
                    matches!(later.what, Occurrence::Status { ladder: on, was, now, .. } if on == ladder && was != now)
                        && later.taken > happening.taken
                        && view.shows(later)
                })
            }
            Occurrence::Outcome(_) => {
                let mut intervals = self
                    .world
                    .history
                    .intervals
                    .iter()
                    .filter(|interval| interval.imposed == act);
                intervals
                    .next()
                    .is_none_or(|interval| interval.last.is_none_or(|last| last >= self.today))
            }
            Occurrence::Event(_) => true,
            Occurrence::Duty(..) | Occurrence::Lost(_) => false,
        }
    }

    /// Whether a rule would have fired on its day with what is left, corrections in the place of
    /// what they correct.
    pub(crate) fn has_basis(&self, rule: RuleIx, subject: MemberIx, basis: &Basis) -> bool {
        let trigger = match basis.trigger {
            None => None,
            Some(trigger) => match self.left_of(trigger, rule, subject) {
                Some(left) => Some(left),
                None => return false,
            },
        };
        let looking = match self.rule(rule).trigger {
            Trigger::On(_) => Looking::AtTrigger,
            Trigger::At(_) | Trigger::After(..) => Looking::Scheduled(basis.looked),
            Trigger::When(_) | Trigger::While(_) => Looking::Watching,
        };
        let candidate = Candidate {
            rule,
            subject,
            trigger,
            looking,
            due: None,
        };
        let event = trigger.map(|trigger| &self.world.history.happenings[trigger]);
        let scope = Scope::of(Some(subject), basis.day, Self::left(basis.seen));
        let around = match (&self.rule(rule).trigger, event) {
            (Trigger::On(_), Some(event)) => event.date,
            _ => basis.day,
        };
        let scope = Scope {
            around,
            event,
            trigger,
            rule: Some(rule),
            looking,
            ..scope
        };
        self.condition_of(&candidate, &scope).holds()
    }

    /// A trigger if it is still on record, else the correction in its place, if it triggers the rule.
    fn left_of(
        &self,
        trigger: HappeningIx,
        rule: RuleIx,
        subject: MemberIx,
    ) -> Option<HappeningIx> {
        let happening = &self.world.history.happenings[trigger];
        if happening.gone.is_none() {
            return Some(trigger);
        }
        let moment = happening.place.or(happening.taken);
        let new = self.world.history.happenings.iter().position(|other| {
            other.gone.is_none() && other.place.is_some() && other.place == moment
        })?;
        let patterns = match &self.rule(rule).trigger {
            Trigger::On(patterns) | Trigger::After(_, patterns, _) => patterns,
            Trigger::At(_) | Trigger::When(_) | Trigger::While(_) => return None,
        };
        self.triggered(patterns, new, subject)
            .holds()
            .then_some(new)
    }

    /// Duties that a happening started lapse.
    fn release_caused_by(&mut self, cause: HappeningIx) {
        for at in 0..self.world.history.obligations.len() {
            let obligation = &self.world.history.obligations[at];
            if obligation.cause == Some(cause) && obligation.fate == Fate::Open {
                self.release(at);
            }
        }
    }
}

/// The corrections that stand: of one that is itself withdrawn by today, those that correct it.
fn standing(
    correction: Option<EntryIx>,
    withdrawals: &[(EntryIx, Option<EntryIx>)],
    lapses: &impl Fn(&EntryIx) -> bool,
) -> Vec<EntryIx> {
    let mut seen: Vec<EntryIx> = correction.into_iter().collect();
    let mut at = 0;
    while let Some(one) = seen.get(at).copied() {
        if lapses(&one) {
            let corrects = |(old, by): &(EntryIx, Option<EntryIx>)| by.filter(|_| *old == one);
            let new = withdrawals.iter().filter_map(corrects);
            let new: Vec<EntryIx> = new.filter(|by| !seen.contains(by)).collect();
            seen.extend(new);
        }
        at += 1;
    }
    seen.retain(|one| !lapses(one));
    seen
}
