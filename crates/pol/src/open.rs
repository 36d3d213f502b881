//! What is open on the last day of a run, every name written out.

use crate::Date;
use crate::names::Names;
use pol_model::Report;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is open on the last day of a run. Subjects are ids, everything else has its name in the policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Open {
    /// Where each subject stands that stands above the bottom of a ladder.
    pub standings: Vec<Standing>,
    /// Outcomes in force.
    pub in_force: Vec<InForce>,
    /// Duties that run, or that were missed and not met since.
    pub duties: Vec<OpenDuty>,
    /// Proposals that wait for a decision.
    pub proposals: Vec<OpenProposal>,
}

/// Where a subject stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// Who.
    pub subject: String,
    /// On which ladder.
    pub ladder: String,
    /// At which status.
    pub status: String,
    /// Since when; absent where the register does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
}

/// An outcome in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InForce {
    /// For whom.
    pub subject: String,
    /// Which.
    pub outcome: String,
    /// First day.
    pub from: Date,
    /// Last day, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// The rule that imposed it.
    pub rule: String,
}

/// A duty that is neither met nor released.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpenDuty {
    /// About whom; absent where a body owes it about nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Which.
    pub duty: String,
    /// First day on which it can be met.
    pub from: Date,
    /// Last day.
    pub last_day: Date,
    /// True if the last day is over.
    pub missed: bool,
}

/// A proposal that waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpenProposal {
    /// About whom.
    pub subject: String,
    /// Which rule proposes.
    pub rule: String,
    /// Who is to decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The day on which it was opened or last renewed.
    pub date: Date,
    /// The entries that it stands on.
    pub evidence: Vec<String>,
}

impl Open {
    pub(crate) fn of(report: &Report, names: Names<'_>) -> Self {
        let subject = |member| names.subject(member).to_owned();
        let policy = names.policy;
        Self {
            standings: report
                .standings
                .iter()
                .filter(|line| line.status > 0)
                .map(|line| Standing {
                    subject: subject(line.subject),
                    ladder: policy.ladders[line.ladder.at()].named.name.clone(),
                    status: names.status(line.ladder, line.status).name.clone(),
                    since: line.since,
                })
                .collect(),
            in_force: report
                .in_force
                .iter()
                .map(|line| InForce {
                    subject: subject(line.subject),
                    outcome: policy.outcomes[line.outcome.at()].named.name.clone(),
                    from: line.from,
                    until: line.until,
                    rule: names.rule(line.rule).name.clone(),
                })
                .collect(),
            duties: report
                .duties
                .iter()
                .map(|line| OpenDuty {
                    subject: line.subject.map(subject),
                    duty: policy.duties[line.duty.at()].named.name.clone(),
                    from: line.from,
                    last_day: line.last_day,
                    missed: line.missed,
                })
                .collect(),
            proposals: report
                .proposals
                .iter()
                .map(|line| OpenProposal {
                    subject: subject(line.subject),
                    rule: names.rule(line.rule).name.clone(),
                    body: policy.rules[line.rule.at()]
                        .decided_by
                        .map(|body| names.body(body).name.clone()),
                    date: line.date,
                    evidence: line
                        .evidence
                        .iter()
                        .map(|entry| names.entry(*entry))
                        .collect(),
                })
                .collect(),
        }
    }
}
