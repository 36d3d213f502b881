//! What is open at the end of a day, in the types of a policy.

use crate::declared::{Declared, proposal};
use crate::fault::Error;
use crate::outcome::Outcome;
use crate::policy::{Policy, Statuses};
use crate::register::Register;
use pol_calendar::Date;
use pol_model::{self as model, EntryIx};

/// A finished run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report<P: Policy> {
    /// Everything that was said, in order.
    pub outcomes: Vec<Outcome<P>>,
    /// What is open on the last day.
    pub open: Open<P>,
}

/// What is open at the end of a day. Lists are ordered by subject id, then by names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open<P: Policy> {
    /// Where each subject stands on each of its ladders.
    pub standings: Vec<Standing<P>>,
    /// Outcomes in force.
    pub in_force: Vec<InForce<P>>,
    /// Duties that are neither met nor released.
    pub duties: Vec<OpenDuty<P>>,
    /// Proposals that wait for a decision.
    pub proposals: Vec<OpenProposal<P>>,
}

/// Where a subject stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing<P: Policy> {
    /// Who.
    pub subject: P::Subject,
    /// At which status of which ladder.
    pub status: P::Status,
    /// Since when; none: at the bottom from the beginning.
    pub since: Option<Date>,
}

/// An outcome in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce<P: Policy> {
    /// For whom.
    pub subject: P::Subject,
    /// Which.
    pub outcome: P::ImposedKind,
    /// First day.
    pub from: Date,
    /// Last day, where it is known.
    pub until: Option<Date>,
    /// The rule that imposed it.
    pub rule: P::Rule,
}

/// A duty that is neither met nor released.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenDuty<P: Policy> {
    /// About whom; none where a body bears it alone.
    pub subject: Option<P::Subject>,
    /// Which.
    pub duty: P::Duty,
    /// First day on which it can be met.
    pub from: Date,
    /// Last day.
    pub last_day: Date,
    /// True if the last day is over.
    pub missed: bool,
}

/// A proposal that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenProposal<P: Policy> {
    /// About whom.
    pub subject: P::Subject,
    /// Which.
    pub proposal: P::Proposal,
    /// The day on which it was opened or last renewed.
    pub date: Date,
    /// The rows that it stands on.
    pub evidence: Vec<EntryIx>,
    /// True if its basis is lost.
    pub lost: bool,
}

impl<P: Policy> Report<P> {
    /// The report that an evaluator's report stands for.
    ///
    /// # Errors
    /// It is of another policy or of another register.
    pub fn from_model(report: &model::Report, register: &Register<P>) -> Result<Self, Error> {
        let outcomes = report.records.iter();
        let outcomes = outcomes.map(|record| Outcome::of(record, register));
        Ok(Self {
            outcomes: outcomes.collect::<Option<_>>().ok_or(Error::Unfit)?,
            open: Open::of(report, register).ok_or(Error::Unfit)?,
        })
    }
}

impl<P: Policy> Open<P> {
    pub(crate) fn of(report: &model::Report, register: &Register<P>) -> Option<Self> {
        let standings = report.standings.iter().map(|line| {
            Some(Standing {
                subject: register.subject(line.subject)?,
                status: P::Status::of(line.ladder, line.status)?,
                since: line.since,
            })
        });
        let in_force = report.in_force.iter().map(|line| {
            Some(InForce {
                subject: register.subject(line.subject)?,
                outcome: P::ImposedKind::at(line.outcome.0)?,
                from: line.from,
                until: line.until,
                rule: P::Rule::at(line.rule.0)?,
            })
        });
        let duties = report.duties.iter().map(|line| {
            Some(OpenDuty {
                subject: match line.subject {
                    None => None,
                    Some(subject) => Some(register.subject(subject)?),
                },
                duty: P::Duty::at(line.duty.0)?,
                from: line.from,
                last_day: line.last_day,
                missed: line.missed,
            })
        });
        let proposals = report.proposals.iter().map(|line| {
            Some(OpenProposal {
                subject: register.subject(line.subject)?,
                proposal: proposal(line.rule)?,
                date: line.date,
                evidence: line.evidence.clone(),
                lost: line.lost,
            })
        });
        Some(Self {
            standings: standings.collect::<Option<_>>()?,
            in_force: in_force.collect::<Option<_>>()?,
            duties: duties.collect::<Option<_>>()?,
            proposals: proposals.collect::<Option<_>>()?,
        })
    }
}
