//! Proposals and decisions.

use crate::fire::Candidate;
use crate::record::{Basis, Firing, FiringIx, Proposal};
use crate::run::Run;
use pol_calendar::Date;
use pol_model::{
    BodyIx, EntryBody, EntryIx, Fault, MemberIx, RuleIx, Setback, State, Verdict, What,
};

/// A decision's entry, read.
#[derive(Debug, Clone, Copy)]
struct Decision {
    entry: EntryIx,
    body: BodyIx,
    rule: Option<RuleIx>,
    of: MemberIx,
    verdict: Verdict,
    date: Date,
}

/// What is decided: a rule about a subject, on a basis, by an entry on a day.
struct Decided {
    rule: RuleIx,
    subject: MemberIx,
    basis: Basis,
    entry: Option<EntryIx>,
    proposal: Option<usize>,
    date: Date,
    baseless: bool,
}

impl Run<'_> {
    /// A decided rule fires: its proposal is opened, or renewed.
    pub(crate) fn propose(&mut self, candidate: &Candidate, basis: Basis) {
        let (rule, subject) = (candidate.rule, candidate.subject);
        if self.refused.contains(&(rule, subject)) {
            return;
        }
        let evidence = basis.evidence.clone();
        let by_an_act = basis
            .trigger
            .is_some_and(|trigger| self.world.record.happenings[trigger].firing.is_some());
        let open = self
            .open_proposals(subject)
            .find(|at| self.world.record.proposals[*at].rule == rule);
        let (at, state) = if let Some(at) = open {
            let proposal = &mut self.world.record.proposals[at];
            proposal.basis = basis;
            proposal.lost = false;
            (at, State::Renewed)
        } else {
            let at = self.world.record.proposals.len();
            self.world.record.proposals.push(Proposal {
                rule,
                subject,
                basis,
                open: true,
                lost: false,
            });
            let account = self.world.record.account_mut(Some(subject));
            account.proposals.push(at);
            (at, State::Proposed)
        };
        let what = What::Proposal(rule);
        self.say(self.today, Some(subject), what, state, Some(rule), evidence)
            .due = candidate.due;
        // Rules may set each other off through decisions, of which a ledger has finitely many. A run
        // that assumes them takes such a circle once a day, so that the day ends.
        if self.assume_approved && (!by_an_act || self.assumed.insert((rule, subject))) {
            self.approve(at, self.today, None);
        }
    }

    fn open_proposals(&self, subject: MemberIx) -> impl Iterator<Item = usize> + '_ {
        let proposals = self.world.record.account(Some(subject)).proposals.iter();
        proposals
            .copied()
            .filter(|at| self.world.record.proposals[*at].open)
    }

    fn decision(&self, entry: EntryIx) -> Option<Decision> {
        let read = &self.world.entries[entry.at()];
        match read.body {
            EntryBody::Decision {
                body,
                rule,
                of,
                verdict,
            } => Some(Decision {
                entry,
                body,
                rule,
                of,
                verdict,
                date: read.date,
            }),
            EntryBody::Event { .. } | EntryBody::Withdrawal { .. } => None,
        }
    }

    /// Sets aside the day's decisions that are none: before the start, about strangers, or in a run
    /// that assumes them.
    pub(crate) fn place_decisions(&mut self) {
        for entry in std::mem::take(&mut self.waiting) {
            let Some(decision) = self.decision(entry) else {
                continue;
            };
            let member = self.world.register.member(decision.of);
            let early = decision.date < self.world.plan.counting_from || !self.effective();
            let why = if self.assume_approved {
                Setback::Assumed
            } else if early {
                Setback::BeforeStart
            } else if !member.belongs(decision.date) {
                Setback::NotMember
            } else {
                self.waiting.push(entry);
                continue;
            };
            self.set_aside(entry, Some(decision.of), why);
        }
    }

    /// Takes the waiting decisions that find an open proposal.
    pub(crate) fn decide_waiting(&mut self) {
        let mut at = 0;
        while let Some(entry) = self.waiting.get(at).copied() {
            let Some(decision) = self.decision(entry) else {
                break;
            };
            match self.proposals_for(decision).as_slice() {
                [] => at += 1,
                [one] => {
                    self.waiting.remove(at);
                    self.decide(decision, *one);
                    self.drain();
                    // What it set off may have opened a proposal that another decision waits for.
                    at = 0;
                }
                several => {
                    self.waiting.remove(at);
                    let proposals = &self.world.record.proposals;
                    let rules = several.iter().map(|at| proposals[*at].rule).collect();
                    self.faults.push(Fault::TwoProposals { entry, rules });
                }
            }
        }
    }

    fn proposals_for(&self, decision: Decision) -> Vec<usize> {
        self.open_proposals(decision.of)
            .filter(|at| {
                let rule = self.world.record.proposals[*at].rule;
                self.rule(rule).decided_by == Some(decision.body)
                    && decision.rule.is_none_or(|named| named == rule)
            })
            .collect()
    }

    fn decide(&mut self, decision: Decision, at: usize) {
        if decision.verdict == Verdict::Approve {
            return self.approve(at, decision.date, Some(decision.entry));
        }
        let proposal = &mut self.world.record.proposals[at];
        proposal.open = false;
        let (rule, subject, lost) = (proposal.rule, proposal.subject, proposal.lost);
        let basis = proposal.basis.clone();
        self.refused.insert((rule, subject));
        if lost {
            self.without_basis(decision, Some(rule), Setback::BasisLost);
            return;
        }
        let (what, state) = (What::Proposal(rule), State::Refused);
        let evidence = vec![decision.entry];
        self.say(
            decision.date,
            Some(subject),
            what,
            state,
            Some(rule),
            evidence,
        );
        let decided = Decided {
            rule,
            subject,
            basis,
            entry: Some(decision.entry),
            proposal: Some(at),
            date: decision.date,
            baseless: false,
        };
        self.carry_out(decided, Verdict::Decline);
    }

    fn approve(&mut self, at: usize, date: Date, entry: Option<EntryIx>) {
        let proposal = &mut self.world.record.proposals[at];
        proposal.open = false;
        let (rule, subject, lost) = (proposal.rule, proposal.subject, proposal.lost);
        let basis = proposal.basis.clone();
        let mut evidence = basis.evidence.clone();
        evidence.extend(entry);
        let state = if lost {
            State::WithoutBasis(Setback::BasisLost)
        } else {
            State::Approved
        };
        let what = What::Proposal(rule);
        self.say(date, Some(subject), what, state, Some(rule), evidence)
            .assumed = entry.is_none();
        let decided = Decided {
            rule,
            subject,
            basis,
            entry,
            proposal: Some(at),
            date,
            baseless: lost,
        };
        self.carry_out(decided, Verdict::Approve);
    }

    /// Does what a decision makes of a rule, on the decision's date.
    fn carry_out(&mut self, decided: Decided, verdict: Verdict) {
        let approved = verdict == Verdict::Approve;
        let declared = self.rule(decided.rule);
        let firing: FiringIx = self.note_firing(Firing {
            rule: decided.rule,
            subject: decided.subject,
            basis: decided.basis,
            effect: 0,
            approved,
            decision: decided.entry,
            proposal: decided.proposal,
            baseless: false,
            gone: None,
            acts: Vec::new(),
        });
        let actions = if approved {
            &declared.then
        } else {
            &declared.otherwise
        };
        let mut moves = Vec::new();
        self.act(firing, actions, Some(decided.date), None, &mut moves);
        self.move_all(&mut moves);
        self.world.record.firings[firing].baseless |= decided.baseless;
    }

    /// Takes the decisions that find no proposal: an approval stands all the same, a refusal does
    /// nothing; both are reported. True if any was taken.
    pub(crate) fn decide_without_proposal(&mut self) -> bool {
        let waiting = std::mem::take(&mut self.waiting);
        let any = !waiting.is_empty();
        for entry in waiting {
            let Some(decision) = self.decision(entry) else {
                continue;
            };
            if decision.verdict == Verdict::Decline {
                self.without_basis(decision, decision.rule, Setback::NoProposal);
                continue;
            }
            let rules = self.rules_of(decision);
            let rule = match (decision.rule, rules.as_slice()) {
                (Some(rule), _) => rule,
                (None, [only]) => *only,
                (None, _) => {
                    self.faults.push(Fault::WhichRule { entry, rules });
                    continue;
                }
            };
            self.without_basis(decision, Some(rule), Setback::NoProposal);
            let basis = Basis {
                day: self.today,
                seen: self.world.record.now(),
                trigger: None,
                looked: None,
                evidence: vec![entry],
            };
            let decided = Decided {
                rule,
                subject: decision.of,
                basis,
                entry: Some(entry),
                proposal: None,
                date: decision.date,
                baseless: true,
            };
            self.carry_out(decided, Verdict::Approve);
            self.drain();
        }
        any
    }

    fn without_basis(&mut self, decision: Decision, rule: Option<RuleIx>, why: Setback) {
        let what = What::Decision(decision.body, rule);
        let (state, evidence) = (State::WithoutBasis(why), vec![decision.entry]);
        self.say(
            decision.date,
            Some(decision.of),
            what,
            state,
            rule,
            evidence,
        );
    }

    fn rules_of(&self, decision: Decision) -> Vec<RuleIx> {
        let kind = self.world.register.member(decision.of).kind;
        self.rules()
            .filter(|rule| {
                let rule = self.rule(*rule);
                rule.decided_by == Some(decision.body) && rule.subjects.contains(&kind)
            })
            .collect()
    }
}
