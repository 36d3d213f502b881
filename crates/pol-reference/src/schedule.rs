//! Scheduled rules: points in time, and limits after events.

use crate::fire::{Candidate, Round};
use crate::history::HappeningIx;
use crate::run::Run;
use crate::scope::{Looking, Scope};
use pol_model::{MemberIx, RuleIx};
use pol_semantics::hir::Trigger;

impl Run<'_> {
    /// Asks the scheduled rules whose moment has come.
    pub(crate) fn look_scheduled(&mut self) {
        let found = self.world.history.now();
        let mut rounds = Vec::new();
        for rule in self.rules() {
            match &self.rule(rule).trigger {
                Trigger::At(_) => {
                    let mut round = Round::new();
                    for subject in self.subjects_of(rule) {
                        if self.is_due(rule, subject) {
                            let looked = self.looked.get(&(rule, subject)).copied();
                            let looking = Looking::Scheduled(looked);
                            round.push(Candidate {
                                rule,
                                subject,
                                trigger: None,
                                looking,
                                due: None,
                            });
                        }
                    }
                    rounds.push(round);
                }
                Trigger::After(..) => rounds.extend(self.due_after(rule)),
                Trigger::On(_) | Trigger::When(_) | Trigger::While(_) => {}
            }
        }
        self.ask(&rounds, found, true);
        let now = self.world.history.now();
        for candidate in rounds
            .iter()
            .flatten()
            .filter(|candidate| candidate.trigger.is_none())
        {
            self.looked.insert((candidate.rule, candidate.subject), now);
        }
    }

    fn is_due(&mut self, rule: RuleIx, subject: MemberIx) -> bool {
        let Trigger::At(points) = &self.rule(rule).trigger else {
            return false;
        };
        for point in points {
            let scope = self.watching_scope(rule, subject);
            match self.world.is_point(point, Some(subject), &scope) {
                Ok(true) => return true,
                Ok(false) => {}
                Err(causes) => self.rule_error(rule, &causes),
            }
        }
        false
    }

    /// `D after E unless G`: the events whose day has come, or which became known after it. Several of
    /// one subject come one after another.
    fn due_after(&mut self, rule: RuleIx) -> Vec<Round> {
        let Trigger::After(delay, from, unless) = &self.rule(rule).trigger else {
            return Vec::new();
        };
        let mut rounds: Vec<Round> = Vec::new();
        let mut unclear = Vec::new();
        for subject in self.subjects_of(rule) {
            let mut turn = 0;
            let scope = self.watching_scope(rule, subject);
            let within = from.iter().chain(unless).any(|pattern| pattern.within_it);
            let about: Vec<HappeningIx> = self
                .world
                .about(Some(subject), within)
                .into_iter()
                .filter(|index| scope.view.shows(&self.world.history.happenings[*index]))
                .collect();
            for event in &about {
                let happening = &self.world.history.happenings[*event];
                let lost = happening
                    .firing
                    .is_some_and(|firing| self.world.history.firings[firing].baseless);
                if lost || !self.triggered(from, *event, subject).holds() {
                    continue;
                }
                let due = self
                    .world
                    .duration(
                        delay,
                        &Scope {
                            event: Some(happening),
                            ..scope
                        },
                    )
                    .and_then(|delay| {
                        let sign = pol_semantics::hir::Sign::Plus;
                        self.world
                            .shift(happening.date, sign, delay)
                            .map_err(|cause| vec![cause])
                    });
                match due {
                    Ok(due) if due.max(happening.known) == self.today => {
                        let prevented = about.iter().any(|other| {
                            let date = self.world.history.happenings[*other].date;
                            *other != *event
                                && date >= happening.date
                                && date <= due
                                && self.triggered(unless, *other, subject).holds()
                        });
                        if !prevented {
                            rounds.resize(rounds.len().max(turn + 1), Round::new());
                            rounds[turn].push(Candidate {
                                rule,
                                subject,
                                trigger: Some(*event),
                                looking: Looking::Scheduled(None),
                                due: (due < self.today).then_some(due),
                            });
                            turn += 1;
                        }
                    }
                    Ok(_) => {}
                    Err(causes) => unclear.push(causes),
                }
            }
        }
        for causes in unclear {
            self.rule_error(rule, &causes);
        }
        rounds
    }
}
