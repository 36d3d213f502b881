//! Proposals and decisions.

use crate::history::{Basis, Firing, Proposal};
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

impl Run<'_> {
    /// A decided rule fires: its proposal is opened, or renewed.
    pub(crate) fn propose(
        &mut self,
        rule: RuleIx,
        subject: MemberIx,
        basis: Basis,
        due: Option<Date>,
    ) {
        if self.refused.contains(&(rule, subject)) {
            return;
        }
        let evidence = basis.evidence.clone();
        let by_an_act = basis
            .trigger
            .is_some_and(|trigger| self.world.history.happenings[trigger].firing.is_some());
        let open = self.open_proposal(rule, subject);
        let state = if open.is_some() {
            State::Renewed
        } else {
            State::Proposed
        };
        let at = if let Some(at) = open {
            let proposal = &mut self.world.history.proposals[at];
            proposal.basis = basis;
            proposal.lost = false;
            at
        } else {
            self.world.history.proposals.push(Proposal {
                rule,
                subject,
                basis,
                open: true,
                lost: false,
            });
            self.world.history.proposals.len() - 1
        };
        self.say(
            self.today,
            Some(subject),
            What::Proposal(rule),
            state,
            Some(rule),
            evidence,
        );
        if let Some(record) = self.records.last_mut() {
            record.due = due;
        }
        // Rules may set each other off through decisions, of which a ledger has finitely many. A run
        // that assumes them takes such a circle once a day, so that the day ends.
        if self.options.assume_approved && (!by_an_act || self.assumed.insert((rule, subject))) {
            self.approve(at, self.today, None);
        }
    }

    fn open_proposal(&self, rule: RuleIx, subject: MemberIx) -> Option<usize> {
        let mut proposals = self.world.history.proposals.iter();
        proposals.position(|proposal| {
            proposal.open && proposal.rule == rule && proposal.subject == subject
        })
    }

    fn decision(&self, entry: EntryIx) -> Option<Decision> {
        let read = &self.world.entries[entry.at()];
        let EntryBody::Decision {
            body,
            rule,
            of,
            verdict,
        } = read.body
        else {
            return None;
        };
        Some(Decision {
            entry,
            body,
            rule,
            of,
            verdict,
            date: read.date,
        })
    }

    /// Sets aside the day's decisions that are none: before the start, about strangers, or in a run
    /// that assumes them.
    pub(crate) fn place_decisions(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        for entry in waiting {
            let Some(decision) = self.decision(entry) else {
                continue;
            };
            let belongs = self
                .world
                .register
                .member(decision.of)
                .belongs(decision.date);
            let early = decision.date < self.world.policy.counting_from || !self.effective();
            let why = if self.options.assume_approved {
                Setback::Assumed
            } else if early {
                Setback::BeforeStart
            } else if !belongs {
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
            let open = self.proposals_for(decision);
            match open.as_slice() {
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
                    let rules = several
                        .iter()
                        .map(|at| self.world.history.proposals[*at].rule)
                        .collect();
                    self.errors.push(Fault::TwoProposals { entry, rules });
                }
            }
        }
    }

    fn proposals_for(&self, decision: Decision) -> Vec<usize> {
        let fits = |proposal: &Proposal| {
            proposal.open
                && proposal.subject == decision.of
                && self.rule(proposal.rule).decided_by == Some(decision.body)
                && decision.rule.is_none_or(|rule| rule == proposal.rule)
        };
        let proposals = self.world.history.proposals.iter().enumerate();
        proposals
            .filter(|(_, proposal)| fits(proposal))
            .map(|(at, _)| at)
            .collect()
    }

    fn decide(&mut self, decision: Decision, at: usize) {
        let proposal = &mut self.world.history.proposals[at];
        let lost = proposal.lost;
        match decision.verdict {
            Verdict::Approve => self.approve(at, decision.date, Some(decision.entry)),
            Verdict::Decline => {
                proposal.open = false;
                let (rule, subject) = (proposal.rule, proposal.subject);
                self.refused.insert((rule, subject));
                if lost {
                    self.without_basis(decision, Some(rule), Setback::BasisLost);
                    return;
                }
                let basis = self.world.history.proposals[at].basis.clone();
                self.say(
                    decision.date,
                    Some(subject),
                    What::Proposal(rule),
                    State::Refused,
                    Some(rule),
                    vec![decision.entry],
                );
                self.carry_out(
                    rule,
                    subject,
                    basis,
                    Some(decision.entry),
                    Some(at),
                    decision.date,
                    Verdict::Decline,
                );
            }
        }
    }

    fn approve(&mut self, at: usize, date: Date, entry: Option<EntryIx>) {
        let proposal = &mut self.world.history.proposals[at];
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
        self.say(
            date,
            Some(subject),
            What::Proposal(rule),
            state,
            Some(rule),
            evidence,
        );
        if let Some(record) = self.records.last_mut() {
            record.assumed = entry.is_none();
        }
        self.carry_out(
            rule,
            subject,
            basis,
            entry,
            Some(at),
            date,
            Verdict::Approve,
        );
        if lost && let Some(firing) = self.world.history.firings.last_mut() {
            firing.baseless = true;
        }
    }

    /// Does what a decision makes of a rule, on the decision's date.
    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one decision, each used once"
    )]
    fn carry_out(
        &mut self,
        rule: RuleIx,
        subject: MemberIx,
        basis: Basis,
        decision: Option<EntryIx>,
        proposal: Option<usize>,
        date: Date,
        verdict: Verdict,
    ) {
        let approved = verdict == Verdict::Approve;
        let declared = self.rule(rule);
        let firing = self.firing(Firing {
            rule,
            subject,
            basis,
            effect: 0,
            approved,
            decision,
            proposal,
            baseless: false,
            gone: None,
        });
        let actions = if approved {
            &declared.then
        } else {
            &declared.otherwise
        };
        let mut moves = Vec::new();
        self.act(firing, actions, Some(date), None, &mut moves);
        while let Some(next) = moves.first() {
            let (ladder, subject) = (next.ladder, next.subject);
            self.move_ladder(ladder, subject, &mut moves);
        }
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
            let Some(rule) = decision.rule.or_else(|| self.only_rule_of(decision)) else {
                let rules = self.rules_of(decision);
                self.errors.push(Fault::WhichRule { entry, rules });
                continue;
            };
            self.without_basis(decision, Some(rule), Setback::NoProposal);
            let seen = self.world.history.now();
            let basis = Basis {
                day: self.today,
                seen,
                trigger: None,
                looked: None,
                evidence: vec![entry],
            };
            self.carry_out(
                rule,
                decision.of,
                basis,
                Some(entry),
                None,
                decision.date,
                Verdict::Approve,
            );
            if let Some(firing) = self.world.history.firings.last_mut() {
                firing.baseless = true;
            }
            self.drain();
        }
        any
    }

    fn without_basis(&mut self, decision: Decision, rule: Option<RuleIx>, why: Setback) {
        let what = What::Decision(decision.body, rule);
        let state = State::WithoutBasis(why);
        self.say(
            decision.date,
            Some(decision.of),
            what,
            state,
            rule,
            vec![decision.entry],
        );
    }

    fn rules_of(&self, decision: Decision) -> Vec<RuleIx> {
        let kind = self.world.register.member(decision.of).kind;
        let mut rules = self.rules();
        rules.retain(|rule| {
            let rule = self.rule(*rule);
            rule.decided_by == Some(decision.body) && rule.subjects.contains(&kind)
        });
        rules
    }

    fn only_rule_of(&self, decision: Decision) -> Option<RuleIx> {
        if let [only] = self.rules_of(decision).as_slice() {
            Some(*only)
        } else {
            None
        }
    }
}
