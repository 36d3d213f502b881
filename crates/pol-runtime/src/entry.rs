//! Rows of a ledger: an entry, when it happened, and when it became known.

use crate::Time;
use crate::declared::Declared;
use crate::declared::Proposed;
use crate::event::Read;
use crate::fault::Error;
use crate::policy::{Policy, Subjects};
use crate::register::Register;
use pol_calendar::Date;
use pol_model::{self as model, BodyIx, EntryBody, EventIx, MemberIx, Origin, RuleIx, Verdict};
use std::sync::Arc;

/// Everything that can be put on record under a policy.
pub trait Entries<P: Policy>: Sized {
    /// What an evaluator reads.
    fn into_body(self) -> EntryBody;

    /// The entry of a kind; none if its parts are of another kind.
    fn event(event: EventIx, parts: &Read<'_>) -> Option<Self>;

    /// A decision.
    fn decision(decision: Decision<P>) -> Self;

    /// A withdrawal.
    fn withdrawal(withdrawal: Withdrawal) -> Self;
}

/// A row of a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<E> {
    /// Its id; a row without one is known by its content.
    pub id: Option<Arc<str>>,
    /// The day it happened.
    pub date: Date,
    /// The time, which only orders entries of one day.
    pub time: Option<Time>,
    /// The day it was recorded; never before `date`.
    pub recorded: Date,
    /// The id of the row that it corrects.
    pub instead_of: Option<Arc<str>>,
    /// What it says.
    pub entry: E,
}

impl<E> Row<E> {
    /// An entry that was recorded on the day it happened.
    pub fn new(date: Date, entry: impl Into<E>) -> Self {
        Self {
            id: None,
            date,
            time: None,
            recorded: date,
            instead_of: None,
            entry: entry.into(),
        }
    }

    /// With an id.
    #[must_use]
    pub fn id(self, id: impl Into<Arc<str>>) -> Self {
        let id = Some(id.into());
        Self { id, ..self }
    }

    /// With a time of the day.
    #[must_use]
    pub fn time(self, time: Time) -> Self {
        let time = Some(time);
        Self { time, ..self }
    }

    /// Recorded on a later day.
    #[must_use]
    pub fn recorded(self, recorded: Date) -> Self {
        Self { recorded, ..self }
    }

    /// In place of another row, which it corrects.
    #[must_use]
    pub fn instead_of(self, id: impl Into<Arc<str>>) -> Self {
        let instead_of = Some(id.into());
        Self { instead_of, ..self }
    }

    /// The row as an evaluator reads it.
    pub fn into_model<P: Policy<Entry = E>>(self) -> model::Entry
    where
        E: Entries<P>,
    {
        model::Entry {
            id: self.id,
            date: self.date,
            time: self.time,
            recorded: self.recorded,
            body: self.entry.into_body(),
            instead_of: self.instead_of,
            origin: Origin::default(),
        }
    }

    /// The row that an evaluator's entry stands for.
    ///
    /// # Errors
    /// The entry is of another policy, or of another register.
    pub fn from_model<P: Policy<Entry = E>>(
        entry: &model::Entry,
        register: &Register<P>,
    ) -> Result<Self, Error>
    where
        E: Entries<P>,
    {
        let said = read(&entry.body, register).ok_or(Error::Unfit)?;
        Ok(Self {
            id: entry.id.clone(),
            date: entry.date,
            time: entry.time,
            recorded: entry.recorded,
            instead_of: entry.instead_of.clone(),
            entry: said,
        })
    }
}

fn read<P: Policy>(body: &EntryBody, register: &Register<P>) -> Option<P::Entry> {
    match body {
        EntryBody::Event { event, of, fields } => {
            let parts = Read {
                register: register.model(),
                of,
                fields,
            };
            P::Entry::event(*event, &parts)
        }
        EntryBody::Decision {
            body,
            rule,
            of,
            verdict,
        } => {
            let on = match rule {
                None => None,
                Some(rule) => Some(crate::declared::proposal(*rule)?),
            };
            Some(P::Entry::decision(Decision {
                by: P::Body::at(body.0)?,
                on,
                of: register.subject(*of)?,
                verdict: *verdict,
            }))
        }
        EntryBody::Withdrawal { entry } => Some(P::Entry::withdrawal(Withdrawal::of(&**entry))),
    }
}

/// Whom an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Of<S> {
    /// One subject.
    One(S),
    /// Any number of them.
    Several(Vec<S>),
}

impl<S> From<S> for Of<S> {
    fn from(one: S) -> Self {
        Self::One(one)
    }
}

impl<S: Subjects> Of<S> {
    /// The subjects.
    pub fn as_slice(&self) -> &[S] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Several(several) => several,
        }
    }

    /// Their places in the register.
    pub fn members(&self) -> Vec<MemberIx> {
        self.as_slice().iter().map(|one| one.member()).collect()
    }
}

/// A body decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision<P: Policy> {
    /// Who.
    pub by: P::Body,
    /// On what; none where the subject has one open proposal of that body.
    pub on: Option<P::Proposal>,
    /// About whom.
    pub of: P::Subject,
    /// How.
    pub verdict: Verdict,
}

impl<P: Policy> Decision<P> {
    /// The decision on a proposal, by the body that decides on it.
    pub fn on(proposal: P::Proposal, of: impl Into<P::Subject>, verdict: Verdict) -> Self {
        Self {
            by: proposal.body(),
            on: Some(proposal),
            of: of.into(),
            verdict,
        }
    }

    /// What an evaluator reads.
    pub fn into_body(self) -> EntryBody {
        EntryBody::Decision {
            body: BodyIx(self.by.place()),
            rule: self.on.map(|proposal| RuleIx(proposal.rule().place())),
            of: self.of.member(),
            verdict: self.verdict,
        }
    }
}

/// A row is withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The id of the row.
    pub entry: Arc<str>,
}

impl Withdrawal {
    /// The withdrawal of the row with an id.
    pub fn of(id: impl Into<Arc<str>>) -> Self {
        Self { entry: id.into() }
    }

    /// What an evaluator reads.
    pub fn into_body(self) -> EntryBody {
        EntryBody::Withdrawal { entry: self.entry }
    }
}
