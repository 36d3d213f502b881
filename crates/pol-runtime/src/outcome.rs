//! What a run says, in the types of its policy.

use crate::declared::{Declared, proposal};
use crate::event::{Said, Values};
use crate::policy::{Policy, Statuses};
use crate::register::Register;
use crate::state::{Act, Imposition, Issue, Obligation, Proposing};
use pol_calendar::Date;
use pol_model::{self as model, Cause, EntryIx, Record, Setback, State};

/// One thing that a run says. Outcomes come in order of `known`, then the step of that day, then the
/// subject's id, then keys that do not depend on the order of declarations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome<P: Policy> {
    /// The day it happened.
    pub date: Date,
    /// The day of the run on which it was said.
    pub known: Date,
    /// The day on which it was due, where that became known only later.
    pub due: Option<Date>,
    /// About whom.
    pub subject: Option<P::Subject>,
    /// What it is, and what became of it.
    pub what: What<P>,
    /// The rule that brought it about.
    pub rule: Option<P::Rule>,
    /// The rows that were counted, by their places in the order in which they came.
    pub evidence: Vec<EntryIx>,
    /// True if a decision was assumed.
    pub assumed: bool,
}

/// What an outcome is, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What<P: Policy> {
    /// A status of a ladder.
    Status(P::Status, Issue<P::Status>),
    /// A declared outcome.
    Outcome(P::Imposed, Imposition),
    /// A derived event.
    Event(P::Derived, Act),
    /// A duty.
    Duty(P::Duty, Obligation),
    /// A rule's proposal to the body that decides.
    Proposal(P::Proposal, Proposing),
    /// A decision that finds no proposal.
    Decision(P::Body, Option<P::Proposal>, Setback),
    /// A condition that could not be decided, and what it lacked.
    Undetermined(Asker<P>, Vec<Cause>),
    /// A row that is not counted.
    SetAside(EntryIx, Setback),
    /// A property that does not hold.
    Broken(P::Property),
}

/// What asked a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker<P: Policy> {
    /// A rule.
    Rule(P::Rule),
    /// A duty.
    Duty(P::Duty),
}

impl<P: Policy> Outcome<P> {
    /// The typed outcome of a record; none if the record is of another policy or register.
    pub(crate) fn of(record: &Record, register: &Register<P>) -> Option<Self> {
        let subject = match record.subject {
            None => None,
            Some(member) => Some(register.subject(member)?),
        };
        let rule = match record.rule {
            None => None,
            Some(rule) => Some(P::Rule::at(rule.0)?),
        };
        Some(Self {
            date: record.date,
            known: record.known,
            due: record.due,
            subject,
            what: What::of(record)?,
            rule,
            evidence: record.evidence.clone(),
            assumed: record.assumed,
        })
    }
}

impl<P: Policy> What<P> {
    fn of(record: &Record) -> Option<Self> {
        let state = &record.state;
        let values = Values(&record.fields);
        match record.what {
            model::What::Status(ladder, status) => {
                let at = |place| P::Status::of(ladder, place);
                Some(Self::Status(at(status)?, Issue::of(state, at)?))
            }
            model::What::Outcome(outcome) => {
                let imposed = P::Imposed::said(outcome.0, &values)?;
                Some(Self::Outcome(imposed, Imposition::of(state)?))
            }
            model::What::Event(event) => {
                let derived = P::Derived::said(event.0, &values)?;
                Some(Self::Event(derived, Act::of(state)?))
            }
            model::What::Duty(duty) => {
                Some(Self::Duty(P::Duty::at(duty.0)?, Obligation::of(state)?))
            }
            model::What::Proposal(rule) => {
                Some(Self::Proposal(proposal(rule)?, Proposing::of(state)?))
            }
            model::What::Decision(body, rule) => {
                let rule = match rule {
                    None => None,
                    Some(rule) => Some(proposal(rule)?),
                };
                let State::WithoutBasis(why) = state else {
                    return None;
                };
                Some(Self::Decision(P::Body::at(body.0)?, rule, *why))
            }
            model::What::Undetermined(rule) => {
                Self::undetermined(Asker::Rule(P::Rule::at(rule.0)?), state)
            }
            model::What::UndeterminedDuty(duty) => {
                Self::undetermined(Asker::Duty(P::Duty::at(duty.0)?), state)
            }
            model::What::SetAside(entry) => match state {
                State::Aside(why) => Some(Self::SetAside(entry, *why)),
                _ => None,
            },
            model::What::Never(never) => Some(Self::Broken(P::Property::at(never.0)?)),
        }
    }

    fn undetermined(asker: Asker<P>, state: &State) -> Option<Self> {
        match state {
            State::Unknown(causes) => Some(Self::Undetermined(asker, causes.clone())),
            _ => None,
        }
    }
}
