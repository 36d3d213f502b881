//! What is open on the last day.

use crate::record::Fate;
use crate::run::Run;
use pol_calendar::Date;
use pol_model::{InForce, LadderIx, MemberIx, OpenDuty, OpenProposal, Report, StandingLine};

impl Run<'_> {
    /// The report of a run that has come to its last day: what was said since it was last asked for,
    /// and what is open.
    pub(crate) fn report(&mut self) -> Report {
        let mut report = Report {
            records: std::mem::take(&mut self.said),
            standings: self.standings(),
            in_force: self.in_force(),
            duties: self.open_duties(),
            proposals: self.waiting_proposals(),
        };
        report.sort(self.world.plan, self.world.register, &self.world.entries);
        report
    }

    fn standings(&self) -> Vec<StandingLine> {
        let view = self.world.present(self.today);
        let ladders = (0_u16..).map(LadderIx).take(self.world.plan.ladders.len());
        let ladders: Vec<LadderIx> = ladders.collect();
        let mut lines = Vec::new();
        for subject in self.world.part.members() {
            for ladder in &ladders {
                if !self.world.has_ladder(subject, *ladder) {
                    continue;
                }
                let status = self.world.standing_on(*ladder, subject, view);
                let since = (status > 0).then(|| self.stands_since(*ladder, subject));
                lines.push(StandingLine {
                    subject,
                    ladder: *ladder,
                    status,
                    since: since.flatten(),
                });
            }
        }
        lines
    }

    /// The day of the issue that last moved a standing.
    fn stands_since(&self, ladder: LadderIx, subject: MemberIx) -> Option<Date> {
        let view = self.world.present(self.today);
        let moved = self
            .world
            .issues(ladder, subject)
            .filter(|(happening, issue)| issue.was != issue.now && view.shows(happening))
            .max_by_key(|(happening, _)| happening.taken);
        let mut came = self.world.register.member(subject).standings.iter();
        moved.map(|(happening, _)| happening.date).or_else(|| {
            came.find_map(|standing| standing.since.filter(|_| standing.ladder == ladder))
        })
    }

    fn in_force(&self) -> Vec<InForce> {
        let intervals = self.world.record.intervals.iter();
        intervals
            .filter(|interval| {
                !interval.closed
                    && interval.from <= self.today
                    && interval.last.is_none_or(|last| self.today <= last)
            })
            .map(|interval| InForce {
                subject: interval.subject,
                outcome: interval.outcome,
                from: interval.from,
                until: interval.last,
                rule: interval.rule,
            })
            .collect()
    }

    fn open_duties(&self) -> Vec<OpenDuty> {
        let obligations = self.world.record.obligations.iter();
        obligations
            .filter(|owed| matches!(owed.fate, Fate::Open | Fate::Missed))
            .map(|owed| OpenDuty {
                subject: owed.subject,
                duty: owed.duty,
                from: owed.from,
                last_day: owed.last,
                missed: owed.fate == Fate::Missed,
            })
            .collect()
    }

    fn waiting_proposals(&self) -> Vec<OpenProposal> {
        let proposals = self.world.record.proposals.iter();
        proposals
            .filter(|proposal| proposal.open)
            .map(|proposal| OpenProposal {
                subject: proposal.subject,
                rule: proposal.rule,
                date: proposal.basis.day,
                evidence: proposal.basis.evidence.clone(),
                lost: proposal.lost,
            })
            .collect()
    }
}
