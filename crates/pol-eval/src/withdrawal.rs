//! Withdrawals, corrections, and bases that are lost.

use crate::fire::Candidate;
use crate::record::{Act, Basis, Fate, FiringIx, Gone, Happening, HappeningIx, Occurrence, View};
use crate::run::Run;
use crate::scope::Looking;
use pol_model::{EntryBody, EntryIx, MemberIx, RuleIx, State, What};
use pol_plan::Trigger;

impl Run<'_> {
    /// Takes off the record what is withdrawn today: decisions when all others are gone and what
    /// rests on these has been looked at again. Of an entry that is told in another part this one only
    /// knows that it was withdrawn: that is when everything that stands is looked at again.
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
            let old = &self.world.record.happenings[old];
            self.world.record.happenings[new].place = old.place.or(old.taken);
        }
    }

    /// Takes an entry off the record, from today on.
    fn withdraw(&mut self, old: EntryIx) {
        let on_record = self.taken.get(&old).copied();
        let stands = |at: &HappeningIx| self.world.record.happenings[*at].gone.is_none();
        if let Some(at) = on_record.filter(stands) {
            self.leave(at);
        }
        if let EntryBody::Decision { .. } = self.world.entries[old.at()].body {
            self.take_back(old);
        }
    }

    /// A happening leaves the record: what it started lapses, what it met is open again.
    fn leave(&mut self, at: HappeningIx) {
        self.world.record.happenings[at].gone = Some(self.today);
        self.touch_readers(at);
        self.release_caused_by(at);
        self.unmeet(at);
        self.extend_anew();
    }

    /// Takes back what a decision made, and what that triggered.
    fn take_back(&mut self, decision: EntryIx) {
        let mut firings = self.world.record.firings.iter();
        let made =
            firings.position(|firing| firing.decision == Some(decision) && firing.gone.is_none());
        let Some(firing) = made else { return };
        self.undo(firing);
        let Some(at) = self.world.record.firings[firing].proposal else {
            return;
        };
        let proposal = self.world.record.proposals[at].clone();
        let (rule, subject) = (proposal.rule, proposal.subject);
        let renewed = self.world.record.account(Some(subject)).proposals.iter();
        let renewed = renewed
            .map(|other| &self.world.record.proposals[*other])
            .any(|other| other.open && other.rule == rule);
        if !renewed && self.has_basis(rule, subject, &proposal.basis) {
            self.world.record.proposals[at].open = true;
            let (what, state) = (What::Proposal(rule), State::Proposed);
            let (day, evidence) = (proposal.basis.day, proposal.basis.evidence);
            self.say(day, Some(subject), what, state, Some(rule), evidence);
        }
    }

    fn undo(&mut self, firing: FiringIx) {
        let undone = &mut self.world.record.firings[firing];
        undone.gone = Some(self.today);
        let (rule, subject) = (undone.rule, undone.subject);
        self.touch_last_time(rule, subject);
        for act in self.acts_of(firing) {
            self.leave(act);
            let mut ended = false;
            let account = self.world.record.account(Some(subject));
            for at in account.intervals.clone() {
                if self.world.record.intervals[at].imposed == act {
                    self.close_interval(at, self.today, None);
                    ended = true;
                }
            }
            if !ended {
                self.say_of_act(act, State::TakenBack);
            }
            let firings = self.world.record.firings.iter().enumerate();
            let triggered: Vec<FiringIx> = firings
                .filter(|(_, firing)| {
                    firing.basis.trigger == Some(act)
                        && firing.gone.is_none()
                        && firing.proposal.is_none()
                })
                .map(|(at, _)| at)
                .collect();
            for firing in triggered {
                self.undo(firing);
            }
        }
    }

    fn acts_of(&self, firing: FiringIx) -> Vec<HappeningIx> {
        let acts = self.world.record.firings[firing].acts.iter().copied();
        acts.filter(|act| {
            let act = &self.world.record.happenings[*act];
            act.gone.is_none() && !matches!(act.what, Occurrence::Lost(_))
        })
        .collect()
    }

    /// Says what became of an act.
    fn say_of_act(&mut self, act: HappeningIx, state: State) {
        let happening = &self.world.record.happenings[act];
        let what = match happening.what {
            Occurrence::Status(issue) => What::Status(issue.ladder, issue.status),
            Occurrence::Outcome(outcome) => What::Outcome(outcome),
            Occurrence::Event(event) => What::Event(event),
            Occurrence::Duty(duty, ..) => What::Duty(duty),
            Occurrence::Lost(_) => return,
        };
        let subject = happening.subjects.first().copied();
        let fields = Self::field_values(&happening.fields);
        let rule = self.rule_behind(act);
        self.say(self.today, subject, what, state, rule, Vec::new())
            .fields = fields;
    }

    /// Looks again at every open proposal, and every act that stands or runs, as of its day.
    fn review(&mut self) {
        for at in 0..self.world.record.proposals.len() {
            let proposal = &self.world.record.proposals[at];
            if !proposal.open || proposal.lost {
                continue;
            }
            let (rule, subject, basis) = (proposal.rule, proposal.subject, proposal.basis.clone());
            if !self.has_basis(rule, subject, &basis) {
                self.world.record.proposals[at].lost = true;
                let what = What::Proposal(rule);
                self.say(
                    self.today,
                    Some(subject),
                    what,
                    State::Lost,
                    Some(rule),
                    Vec::new(),
                );
            }
        }
        for at in 0..self.world.record.firings.len() {
            let firing = &self.world.record.firings[at];
            if firing.baseless || firing.gone.is_some() {
                continue;
            }
            let (rule, subject, basis) = (firing.rule, firing.subject, firing.basis.clone());
            let mut acts = self.acts_of(at);
            acts.retain(|act| self.stands(*act));
            if acts.is_empty() || self.has_basis(rule, subject, &basis) {
                continue;
            }
            self.world.record.firings[at].baseless = true;
            for act in acts {
                self.lose(act);
            }
        }
    }

    /// An act's basis is lost: its event `lost` happens today; duties that it started lapse.
    fn lose(&mut self, act: HappeningIx) {
        self.say_of_act(act, State::Lost);
        self.release_caused_by(act);
        let happening = self.world.record.happenings[act].clone();
        let lost = match happening.what {
            Occurrence::Status(issue) => Act::Status(issue.ladder, issue.status),
            Occurrence::Outcome(outcome) => Act::Outcome(outcome),
            Occurrence::Event(event) => Act::Event(event),
            Occurrence::Duty(duty, state, _) => Act::Duty(duty, state),
            Occurrence::Lost(_) => return,
        };
        self.add_act(Happening {
            subjects: happening.subjects,
            fields: happening.fields,
            entry: happening.entry,
            firing: happening.firing,
            gone: happening.gone,
            ..Happening::on(Occurrence::Lost(lost), self.today, self.today)
        });
    }

    /// True if an act stands or runs: a status that no other has moved on from, an outcome that is
    /// not over, an outcome of a moment, a derived event.
    fn stands(&self, act: HappeningIx) -> bool {
        let happening = &self.world.record.happenings[act];
        match happening.what {
            Occurrence::Status(issue) => {
                let view = self.world.present(self.today);
                let mut later = happening
                    .subjects
                    .iter()
                    .flat_map(|subject| self.world.issues(issue.ladder, *subject));
                !later.any(|(later, other)| {
                    other.was != other.now && later.taken > happening.taken && view.shows(later)
                })
            }
            Occurrence::Outcome(_) => {
                let account = self
                    .world
                    .record
                    .account(happening.subjects.first().copied());
                let mut intervals = account
                    .intervals
                    .iter()
                    .map(|at| &self.world.record.intervals[*at]);
                intervals
                    .find(|interval| interval.imposed == act)
                    .is_none_or(|interval| interval.last.is_none_or(|last| last >= self.today))
            }
            Occurrence::Event(_) => true,
            Occurrence::Duty(..) | Occurrence::Lost(_) => false,
        }
    }

    /// Whether a rule would have fired on its day with what is left, corrections in the place of
    /// what they correct.
    fn has_basis(&self, rule: RuleIx, subject: MemberIx, basis: &Basis) -> bool {
        let trigger = match basis.trigger {
            None => None,
            Some(trigger) => match self.left_of(trigger, rule, subject) {
                Some(left) => Some(left),
                None => return false,
            },
        };
        let looking = match self.rule(rule).trigger {
            Trigger::On(_) => Looking::AtTrigger,
            Trigger::At(_) | Trigger::After { .. } => Looking::Scheduled(basis.looked),
            Trigger::When(_) | Trigger::While(_) => Looking::Watching,
        };
        let candidate = Candidate {
            trigger,
            ..Candidate::untriggered(rule, subject, looking)
        };
        let left = View {
            limit: basis.seen,
            gone: Gone::Now,
        };
        let scope = self.scope_as_of(&candidate, basis.day, left, None);
        self.condition_of(&candidate, &scope).holds()
    }

    /// A trigger if it is still on record, else the correction in its place, if it triggers the rule.
    fn left_of(
        &self,
        trigger: HappeningIx,
        rule: RuleIx,
        subject: MemberIx,
    ) -> Option<HappeningIx> {
        let happening = &self.world.record.happenings[trigger];
        if happening.gone.is_none() {
            return Some(trigger);
        }
        let (_, moment) = happening.order();
        let new = self.world.record.happenings.iter().position(|other| {
            other.gone.is_none() && other.place.is_some() && other.place == moment
        })?;
        let patterns = match &self.rule(rule).trigger {
            Trigger::On(patterns) | Trigger::After { from: patterns, .. } => patterns,
            Trigger::At(_) | Trigger::When(_) | Trigger::While(_) => return None,
        };
        self.triggers(patterns, new, subject).holds().then_some(new)
    }

    /// Duties that a happening started lapse.
    fn release_caused_by(&mut self, cause: HappeningIx) {
        for at in 0..self.world.record.obligations.len() {
            let obligation = &self.world.record.obligations[at];
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
