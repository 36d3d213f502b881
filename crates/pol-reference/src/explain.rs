//! Why something happened, and why something else has not happened yet.
//!
//! The run is made once more; then every condition that counted is taken apart on the record as it
//! was seen at its moment, and every rule that has not fired on the record of the last day.

use crate::fire::Candidate;
use crate::history::{Basis, Fate, Gone, View};
use crate::proof::Proof;
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_calendar::{Date, Duration, Span};
use pol_model::Options;
use pol_model::{DutyIx, Entry, EntryIx, MemberIx, Record, Register, RuleIx};
use pol_model::{Fault, Report};
use pol_semantics::hir::{DutyTime, Policy, Trigger};

/// Why a subject stands where it stands on the last day of a run.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// The subject.
    pub subject: MemberIx,
    /// The day: the last of the run.
    pub day: Date,
    /// What was said about it, in order.
    pub records: Vec<Record>,
    /// The whole run's report, for what is open on the day.
    pub report: Report,
    /// Every firing to effect and every proposal, with the condition as it was seen.
    pub firings: Vec<FiringProof>,
    /// Every duty that was born.
    pub duties: Vec<DutyProof>,
    /// Every rule about the subject as it looks on the day.
    pub rules: Vec<RuleProof>,
}

/// A firing or a proposal, and why.
#[derive(Debug, Clone)]
pub struct FiringProof {
    /// The rule.
    pub rule: RuleIx,
    /// The day on which it looked.
    pub day: Date,
    /// The entry that triggered it.
    pub trigger: Option<EntryIx>,
    /// The decision's entry.
    pub decision: Option<EntryIx>,
    /// Its condition, taken apart; a rule without one fires at its trigger.
    pub conditions: Vec<Proof>,
}

/// A duty and its days.
#[derive(Debug, Clone)]
pub struct DutyProof {
    /// The duty.
    pub duty: DutyIx,
    /// First day on which it can be met.
    pub from: Date,
    /// Last day.
    pub last_day: Date,
    /// The entry behind the event that started it.
    pub cause: Option<EntryIx>,
    /// The entry that met it.
    pub met_by: Option<EntryIx>,
    /// What became of it.
    pub fate: DutyFate,
    /// The working days that were counted, where its limit counts them.
    pub working_days: Vec<Date>,
}

/// What became of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DutyFate {
    /// It runs.
    Open,
    /// It was met.
    Met,
    /// Its last day is over.
    Missed,
    /// It lapsed.
    Released,
}

/// A rule on the day of the explanation: what it asks, and how that stands.
#[derive(Debug, Clone)]
pub struct RuleProof {
    /// The rule.
    pub rule: RuleIx,
    /// True if it has fired to effect for the subject in this run.
    pub fired: bool,
    /// The next day on which it looks by itself, where it looks on certain days.
    pub next_look: Option<Date>,
    /// Its conditions on the record of the day.
    pub conditions: Vec<Proof>,
}

/// Explains where a subject stands on `options.as_of`.
///
/// # Errors
/// As [`crate::evaluate`].
pub fn explain(
    policy: &Policy,
    register: &Register,
    entries: &[Entry],
    options: &Options,
    subject: MemberIx,
) -> Result<Explanation, Vec<Fault>> {
    let run = crate::finished(policy, register, entries, options)?;
    let firings = run.firing_proofs(subject);
    let duties = run.duty_proofs(subject);
    let rules = run.rule_proofs(subject);
    let day = run.today;
    let report = run.report();
    let records = report
        .records
        .iter()
        .filter(|record| record.subject == Some(subject))
        .cloned()
        .collect();
    Ok(Explanation {
        subject,
        day,
        records,
        report,
        firings,
        duties,
        rules,
    })
}

impl Run<'_> {
    fn firing_proofs(&self, subject: MemberIx) -> Vec<FiringProof> {
        let history = &self.world.history;
        let fired = history
            .firings
            .iter()
            .filter(|firing| firing.subject == subject);
        let mut proofs: Vec<FiringProof> = fired
            .map(|firing| self.firing_proof(firing.rule, subject, &firing.basis, firing.decision))
            .collect();
        let open = history
            .proposals
            .iter()
            .filter(|proposal| proposal.subject == subject && proposal.open);
        proofs.extend(
            open.map(|proposal| self.firing_proof(proposal.rule, subject, &proposal.basis, None)),
        );
        proofs.sort_by_key(|proof| proof.day);
        proofs
    }

    fn firing_proof(
        &self,
        rule: RuleIx,
        subject: MemberIx,
        basis: &Basis,
        decision: Option<EntryIx>,
    ) -> FiringProof {
        let view = View {
            limit: basis.seen,
            gone: Gone::By(basis.day),
        };
        let event = basis
            .trigger
            .map(|trigger| &self.world.history.happenings[trigger]);
        let (looking, around) = match (&self.rule(rule).trigger, event) {
            (Trigger::On(_), Some(event)) => (Looking::AtTrigger, event.date),
            (Trigger::On(_), None) => (Looking::AtTrigger, basis.day),
            (Trigger::At(_) | Trigger::After(..), _) => {
                (Looking::Scheduled(basis.looked), basis.day)
            }
            (Trigger::When(_) | Trigger::While(_), _) => (Looking::Watching, basis.day),
        };
        let scope = Scope::of(Some(subject), basis.day, view);
        let scope = Scope {
            around,
            event,
            trigger: basis.trigger,
            rule: Some(rule),
            looking,
            ..scope
        };
        FiringProof {
            rule,
            day: basis.day,
            trigger: event.and_then(|event| event.entry),
            decision,
            conditions: self.conditions(rule, &scope),
        }
    }

    fn conditions(&self, rule: RuleIx, scope: &Scope<'_>) -> Vec<Proof> {
        let rule = self.rule(rule);
        let watched = match &rule.trigger {
            Trigger::When(condition) | Trigger::While(condition) => Some(condition),
            Trigger::On(_) | Trigger::At(_) | Trigger::After(..) => None,
        };
        watched
            .into_iter()
            .chain(&rule.condition)
            .map(|condition| self.world.proof(condition, scope))
            .collect()
    }

    fn duty_proofs(&self, subject: MemberIx) -> Vec<DutyProof> {
        let entry = |happening: Option<usize>| {
            happening.and_then(|at| self.world.history.happenings[at].entry)
        };
        let born = self
            .world
            .history
            .obligations
            .iter()
            .filter(|one| one.subject == Some(subject));
        born.map(|one| DutyProof {
            duty: one.duty,
            from: one.from,
            last_day: one.last,
            cause: entry(one.cause),
            met_by: entry(one.met_by),
            fate: match one.fate {
                Fate::Open => DutyFate::Open,
                Fate::Met => DutyFate::Met,
                Fate::Missed => DutyFate::Missed,
                Fate::Released => DutyFate::Released,
            },
            working_days: self.counted_days(one.duty, one.from, one.last),
        })
        .collect()
    }

    /// The working days behind a limit: those after the first day, through the last.
    fn counted_days(&self, duty: DutyIx, from: Date, last: Date) -> Vec<Date> {
        let DutyTime::Within(length, _) = &self.world.policy.duties[duty.at()].time else {
            return Vec::new();
        };
        let scope = Scope::of(None, from, self.world.present(self.today));
        let Ok(Duration::WorkingDays { calendar, .. }) = self.world.duration(length, &scope) else {
            return Vec::new();
        };
        let first = from.succ_opt().unwrap_or(from);
        let (Some(calendar), Some(span)) = (
            self.world.policy.calendars.get(calendar),
            Span::new(first, last),
        ) else {
            return Vec::new();
        };
        calendar.working_days_in(span).unwrap_or_default()
    }

    fn rule_proofs(&self, subject: MemberIx) -> Vec<RuleProof> {
        let mut rules = self.rules();
        rules.retain(|rule| {
            self.world
                .concerns(&self.rule(*rule).subjects, subject, self.today)
        });
        rules
            .into_iter()
            .map(|rule| {
                let looking = match self.rule(rule).trigger {
                    Trigger::At(_) => {
                        Looking::Scheduled(self.looked.get(&(rule, subject)).copied())
                    }
                    Trigger::On(_) | Trigger::After(..) | Trigger::When(_) | Trigger::While(_) => {
                        Looking::Watching
                    }
                };
                let candidate = Candidate {
                    rule,
                    subject,
                    trigger: None,
                    looking,
                    due: None,
                };
                let scope = self.scope_of(&candidate, None);
                let fired = self.world.history.firings.iter().any(|firing| {
                    firing.rule == rule
                        && firing.subject == subject
                        && firing.approved
                        && firing.gone.is_none()
                });
                RuleProof {
                    rule,
                    fired,
                    next_look: self.next_look(rule, subject),
                    conditions: self.conditions(rule, &scope),
                }
            })
            .collect()
    }

    /// The next day on which a scheduled rule looks, within about six years.
    fn next_look(&self, rule: RuleIx, subject: MemberIx) -> Option<Date> {
        let Trigger::At(points) = &self.rule(rule).trigger else {
            return None;
        };
        let tomorrow = self.today.succ_opt()?;
        let scope = self.watching_scope(rule, subject);
        crate::duty::STEPS.iter().find_map(|ahead| {
            let horizon = tomorrow.checked_add_days(chrono::Days::new(*ahead))?;
            let span = Span::new(tomorrow, horizon)?;
            let days = points.iter().filter_map(|point| {
                self.world
                    .occurrences(point, Some(subject), span, &scope)
                    .ok()
            });
            days.flatten().min()
        })
    }
}
