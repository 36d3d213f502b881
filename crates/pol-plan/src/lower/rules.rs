//! Rules, duties and properties, each with what can change its answer.

use super::Lowering;
use crate::data::{
    Action, Duty, DutyTime, Extent, Imposition, Limit, Never, Point, PointBase, Rule, Sign, Trigger,
};
use crate::node::{NodeIx, Period};
use crate::reads::Reads;
use pol_model::{FieldIx, LadderIx};
use pol_semantics::hir::{self, Expr};

impl Lowering<'_> {
    pub(crate) fn rules(&mut self) {
        let policy = self.policy;
        for rule in &policy.rules {
            let trigger = self.trigger(&rule.trigger);
            let condition = self.optional(rule.condition.as_ref());
            let watched = match trigger {
                Trigger::When(condition) | Trigger::While(condition) => Some(condition),
                Trigger::On(_) | Trigger::At(_) | Trigger::After { .. } => None,
            };
            let reads = Reads::of(&self.plan, watched.into_iter().chain(condition));
            let then = self.actions(&rule.then);
            let otherwise = self.actions(&rule.otherwise);
            let moves = moved(&then);
            self.plan.rules.push(Rule {
                name: rule.named.name.clone(),
                subjects: rule.subjects.clone(),
                trigger,
                condition,
                decided_by: rule.decided_by,
                then,
                otherwise,
                moves,
                reads,
            });
        }
    }

    fn trigger(&mut self, trigger: &hir::Trigger) -> Trigger {
        match trigger {
            hir::Trigger::On(patterns) => Trigger::On(self.patterns(patterns)),
            hir::Trigger::At(points) => Trigger::At(self.points(points)),
            hir::Trigger::When(condition) => Trigger::When(self.expr(condition)),
            hir::Trigger::While(condition) => Trigger::While(self.expr(condition)),
            hir::Trigger::After(delay, from, unless) => Trigger::After {
                delay: self.expr(delay),
                from: self.patterns(from),
                unless: self.patterns(unless),
            },
        }
    }

    fn points(&mut self, points: &[hir::Point]) -> Vec<Point> {
        points.iter().map(|point| self.point(point)).collect()
    }

    fn point(&mut self, point: &hir::Point) -> Point {
        let base = match &point.base {
            hir::PointBase::Date(date) => PointBase::Date(*date),
            hir::PointBase::EachYear(month, day) => PointBase::EachYear(*month, *day),
            hir::PointBase::EachMonth(day) => PointBase::EachMonth(*day),
            hir::PointBase::EachWeek(weekday) => PointBase::EachWeek(*weekday),
            hir::PointBase::EndOfEach(period) => PointBase::EndOfEach(self.period(period)),
            hir::PointBase::EndOfPhase(phase) => PointBase::EndOfPhase(*phase),
            hir::PointBase::FieldOf(key, pattern) => {
                PointBase::FieldOf(super::condition::field(key), self.pattern(pattern))
            }
            hir::PointBase::Attribute(attribute) => PointBase::Attribute(self.expr(attribute)),
        };
        let offsets = point
            .offsets
            .iter()
            .map(|(sign, length)| {
                let sign = match sign {
                    hir::Sign::Plus => Sign::Plus,
                    hir::Sign::Minus => Sign::Minus,
                };
                (sign, self.expr(length))
            })
            .collect();
        Point { base, offsets }
    }

    fn actions(&mut self, actions: &[hir::Action]) -> Vec<Action> {
        actions.iter().map(|action| self.action(action)).collect()
    }

    fn action(&mut self, action: &hir::Action) -> Action {
        match action {
            hir::Action::Status(ladder, status) => Action::Status(*ladder, *status),
            hir::Action::Set(ladder, value) => Action::Set(*ladder, self.expr(value)),
            hir::Action::Impose(imposition) => Action::Impose(Imposition {
                outcome: imposition.outcome,
                fields: self.fields(&imposition.fields),
                extent: imposition.extent.as_ref().map(|extent| self.extent(extent)),
            }),
            hir::Action::End(outcome) => Action::End(*outcome),
            hir::Action::Event(event, fields) => Action::Event(*event, self.fields(fields)),
        }
    }

    fn fields(&mut self, fields: &[(FieldIx, Expr)]) -> Vec<(FieldIx, NodeIx)> {
        fields
            .iter()
            .map(|(field, value)| (*field, self.expr(value)))
            .collect()
    }

    fn extent(&mut self, extent: &hir::Extent) -> Extent {
        match extent {
            hir::Extent::For(length) => Extent::For(self.expr(length)),
            hir::Extent::ForEvents(count, pattern) => {
                Extent::ForEvents(self.expr(count), self.pattern(pattern))
            }
            hir::Extent::UntilEndOf(period) => Extent::UntilEndOf(self.period(period)),
            hir::Extent::UntilEndOfPhase(phase) => Extent::UntilEndOfPhase(*phase),
            hir::Extent::Until(pattern) => Extent::Until(self.pattern(pattern)),
        }
    }

    pub(crate) fn duties(&mut self) {
        let policy = self.policy;
        for duty in &policy.duties {
            let time = self.duty_time(&duty.time);
            let condition = self.optional(duty.condition.as_ref());
            let clock = match (&time, &duty.condition) {
                (DutyTime::Each(_), Some(condition)) => Some(self.clock(condition)),
                _ => None,
            };
            let mut reads = Reads::of(&self.plan, condition);
            if let Some(clock) = clock {
                reads.ladders.extend(&self.plan.clocks[clock.at()].ladders);
            }
            self.time_reads(&time, &mut reads);
            let extended = duty.extended.iter().map(|extension| {
                let limit = match &extension.limit {
                    hir::Limit::To(date) => Limit::To(self.expr(date)),
                    hir::Limit::For(length) => Limit::For(self.expr(length)),
                };
                (self.pattern(&extension.by), limit)
            });
            let extended = extended.collect();
            let met_by = self.patterns(&duty.met_by);
            self.plan.duties.push(Duty {
                name: duty.named.name.clone(),
                kinds: duty.kinds(),
                in_principle: duty.in_principle,
                time,
                condition,
                clock,
                phases: duty.phases.clone(),
                extended,
                met_by,
                reads,
            });
        }
    }

    fn duty_time(&mut self, time: &hir::DutyTime) -> DutyTime {
        match time {
            hir::DutyTime::Each(period) => DutyTime::Each(self.period(period)),
            hir::DutyTime::By(points) => DutyTime::By(self.points(points)),
            hir::DutyTime::On(points) => DutyTime::On(self.points(points)),
            hir::DutyTime::Within(length, patterns) => {
                DutyTime::Within(self.expr(length), self.patterns(patterns))
            }
        }
    }

    fn time_reads(&self, time: &DutyTime, reads: &mut Reads) {
        let period = |period: &Period, reads: &mut Reads| reads.period(&self.plan, period);
        match time {
            DutyTime::Each(each) => period(each, reads),
            DutyTime::By(points) | DutyTime::On(points) => {
                for point in points {
                    match &point.base {
                        PointBase::FieldOf(_, pattern) => reads.pattern(&self.plan, *pattern),
                        PointBase::EndOfEach(each) => period(each, reads),
                        PointBase::Attribute(attribute) => reads.node(&self.plan, *attribute),
                        PointBase::Date(_)
                        | PointBase::EachYear(..)
                        | PointBase::EachMonth(_)
                        | PointBase::EachWeek(_)
                        | PointBase::EndOfPhase(_) => {}
                    }
                    for (_, length) in &point.offsets {
                        reads.node(&self.plan, *length);
                    }
                }
            }
            DutyTime::Within(..) => {}
        }
    }

    pub(crate) fn nevers(&mut self) {
        let policy = self.policy;
        for never in &policy.nevers {
            let condition = self.expr(&never.condition);
            let reads = Reads::of(&self.plan, [condition]);
            self.plan.nevers.push(Never {
                name: never.named.display().to_owned(),
                subjects: never.subjects.clone(),
                condition,
                reads,
            });
        }
    }
}

/// The ladders that some actions move.
fn moved(actions: &[Action]) -> Vec<LadderIx> {
    let mut ladders: Vec<LadderIx> = actions
        .iter()
        .filter_map(|action| match action {
            Action::Status(ladder, _) | Action::Set(ladder, _) => Some(*ladder),
            Action::Impose(_) | Action::End(_) | Action::Event(..) => None,
        })
        .collect();
    ladders.sort_unstable();
    ladders.dedup();
    ladders
}
