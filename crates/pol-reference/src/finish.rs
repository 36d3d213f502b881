//! What is open on the last day, and the order in which a run tells its records.

use crate::history::Fate;
use crate::run::Run;
use pol_calendar::Date;
use pol_runtime::{InForce, OpenDuty, OpenProposal, Report, StandingLine};
use pol_runtime::{LadderIx, MemberIx, Record, State, What};
use std::sync::Arc;

impl Run<'_> {
    /// The report of a run that is over.
    pub(crate) fn report(mut self) -> Report {
        let mut records = std::mem::take(&mut self.records);
        records.sort_by_cached_key(|record| self.order(record));
        let mut report = Report {
            records,
            standings: self.standings(),
            in_force: self.in_force(),
            duties: self.open_duties(),
            proposals: self.open_proposals(),
        };
        report.in_force.sort_by_cached_key(|one| {
            (
                self.id(Some(one.subject)),
                self.name(What::Outcome(one.outcome)),
                one.from,
            )
        });
        report.duties.sort_by_cached_key(|one| {
            (
                self.id(one.subject),
                self.name(What::Duty(one.duty)),
                one.last_day,
            )
        });
        report.proposals.sort_by_cached_key(|one| {
            (
                self.id(Some(one.subject)),
                self.name(What::Proposal(one.rule)),
            )
        });
        report
    }

    fn standings(&self) -> Vec<StandingLine> {
        let today = self.today;
        let mut lines = Vec::new();
        for subject in self.world.register.indices() {
            for at in 0..u16::try_from(self.world.policy.ladders.len()).unwrap_or(u16::MAX) {
                let ladder = LadderIx(at);
                if self.world.has_ladder(subject, ladder) {
                    let status = self
                        .world
                        .standing_on(ladder, subject, self.world.present(today));
                    let since = (status > 0)
                        .then(|| self.stands_since(ladder, subject))
                        .flatten();
                    lines.push(StandingLine {
                        subject,
                        ladder,
                        status,
                        since,
                    });
                }
            }
        }
        lines.sort_by_cached_key(|line| (self.id(Some(line.subject)), line.ladder));
        lines
    }

    /// The day of the issue that last moved a standing.
    fn stands_since(&self, ladder: LadderIx, subject: MemberIx) -> Option<Date> {
        let view = self.world.present(self.today);
        let issues = self
            .world
            .history
            .about(subject)
            .iter()
            .map(|index| &self.world.history.happenings[*index]);
        let moved = issues.filter(|happening| view.shows(happening)).filter(|happening| {
            matches!(happening.what, crate::history::Occurrence::Status { ladder: on, was, now, .. }
                if on == ladder && was != now)
        });
        let from_register = || {
            let standings = self.world.register.member(subject).standings.iter();
            standings
                .filter(|standing| standing.ladder == ladder)
                .find_map(|standing| standing.since)
        };
        moved
            .max_by_key(|happening| happening.taken)
            .map(|happening| happening.date)
            .or_else(from_register)
    }

    fn in_force(&self) -> Vec<InForce> {
        let runs = self.world.history.intervals.iter().filter(|interval| {
            !interval.closed
                && interval.from <= self.today
                && interval.last.is_none_or(|last| self.today <= last)
        });
        runs.map(|interval| InForce {
            subject: interval.subject,
            outcome: interval.outcome,
            from: interval.from,
            until: interval.last,
            rule: interval.rule,
        })
        .collect()
    }

    fn open_duties(&self) -> Vec<OpenDuty> {
        let open = self
            .world
            .history
            .obligations
            .iter()
            .filter(|one| matches!(one.fate, Fate::Open | Fate::Missed));
        open.map(|one| OpenDuty {
            subject: one.subject,
            duty: one.duty,
            from: one.from,
            last_day: one.last,
            missed: one.fate == Fate::Missed,
        })
        .collect()
    }

    fn open_proposals(&self) -> Vec<OpenProposal> {
        let open = self
            .world
            .history
            .proposals
            .iter()
            .filter(|proposal| proposal.open);
        open.map(|proposal| OpenProposal {
            subject: proposal.subject,
            rule: proposal.rule,
            date: proposal.basis.day,
            evidence: proposal.basis.evidence.clone(),
            lost: proposal.lost,
        })
        .collect()
    }

    fn id(&self, subject: Option<MemberIx>) -> Option<Arc<str>> {
        subject.map(|subject| self.world.register.member(subject).id.clone())
    }

    /// The author's name for what a record speaks of.
    fn name(&self, what: What) -> String {
        let policy = self.world.policy;
        match what {
            What::Status(ladder, status) => self
                .world
                .source_name(&pol_semantics::hir::EventSource::Status(ladder, status)),
            What::Outcome(outcome) => policy.outcomes[outcome.at()].named.name.clone(),
            What::Event(event) => policy.events[event.at()].named.name.clone(),
            What::Duty(duty) | What::UndeterminedDuty(duty) => {
                policy.duties[duty.at()].named.name.clone()
            }
            What::Proposal(rule) | What::Undetermined(rule) => {
                policy.rules[rule.at()].named.name.clone()
            }
            What::Decision(body, _) => policy.bodies[body.at()].name.clone(),
            What::Never(never) => policy.nevers[never.at()].named.display().to_owned(),
            What::SetAside(entry) => {
                let entry = &self.world.entries[entry.at()];
                entry.id.as_deref().unwrap_or_default().to_owned()
            }
        }
    }

    /// The key by which records are told: day, step, subject, what brings the rest about first, and
    /// names; nothing that depends on the order of declarations.
    fn order(&self, record: &Record) -> impl Ord + use<> {
        let sort = match record.what {
            What::SetAside(_) => 0,
            What::Undetermined(_) | What::UndeterminedDuty(_) => 1,
            What::Proposal(_) => 2,
            What::Decision(..) => 3,
            What::Status(..) => 4,
            What::Event(_) => 5,
            What::Outcome(_) => 6,
            What::Duty(_) => 7,
            What::Never(_) => 8,
        };
        let became = match record.state {
            State::Ended { .. } | State::Missed { .. } | State::TakenBack | State::Lost => 0,
            State::Released => 1,
            State::Proposed | State::Renewed => 2,
            _ => 3,
        };
        (
            record.known,
            record.step,
            self.id(record.subject),
            sort,
            became,
            self.name(record.what),
            record.date,
        )
    }
}
