//! What is open on the last day, and the order in which a run tells its records.

use crate::history::Fate;
use crate::run::Run;
use pol_calendar::Date;
use pol_model::{InForce, OpenDuty, OpenProposal, Report, StandingLine};
use pol_model::{LadderIx, MemberIx};

impl Run<'_> {
    /// The report of a run that is over.
    pub(crate) fn report(mut self) -> Report {
        let mut report = Report {
            records: std::mem::take(&mut self.records),
            standings: self.standings(),
            in_force: self.in_force(),
            duties: self.open_duties(),
            proposals: self.open_proposals(),
        };
        report.sort(self.world.policy, self.world.register, self.world.entries);
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
}
