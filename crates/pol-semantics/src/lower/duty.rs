//! Duties.

use super::Lowering;
use super::rule::sources;
use super::subject::Reach;
use crate::hir::{Bearer, Duty, DutyTime, EventSource, Expr, Extension, Limit, Type};
use crate::names::{Declared, Space};
use crate::scope::Scope;
use pol_model::{KindIx, PhaseIx};
use pol_syntax::ast::{self, ExprKind, Name};
use std::collections::BTreeSet;

impl Lowering<'_> {
    pub(super) fn lower_duties(&mut self) {
        for duty in self.source.duties.clone() {
            self.owner.clone_from(&duty.head.name.value);
            // INVARIANT: the place in the list is the index that names have; a duty with mistakes
            // keeps its place.
            let lowered = self.duty(duty);
            self.policy.duties.push(lowered);
        }
    }

    fn duty(&mut self, duty: &ast::Duty) -> Duty {
        let named = self.named(&duty.head);
        let of = self.bearers(&duty.of);
        let to = self.bearers(&duty.to);
        let mut lowered = Duty {
            named,
            about: self.kinds(&duty.about),
            of,
            to,
            in_principle: duty.in_principle,
            time: DutyTime::By(Vec::new()),
            condition: None,
            phases: Vec::new(),
            extended: Vec::new(),
            met_by: Vec::new(),
        };
        let said = lowered.kinds();
        lowered.time = self.duty_time(&Scope::of_subjects(&said), duty);
        let subjects = if said.is_empty() {
            self.caused(&lowered.time)
        } else {
            said
        };
        let scope = Scope::of_subjects(&subjects);
        let (condition, phases) = self.duty_span(&scope, duty.span.as_ref());
        if let Some(condition) = &condition {
            let mut reach = Reach::default();
            self.reach_expr(condition, &mut reach);
            self.check_ladders(&reach, &subjects);
        }
        Duty {
            condition,
            phases,
            extended: duty
                .extended
                .iter()
                .filter_map(|extension| self.extension(&extension.value, &subjects))
                .collect(),
            met_by: self.patterns(&duty.met_by, &subjects),
            ..lowered
        }
    }

    fn bearers(&mut self, names: &[Name]) -> Vec<Bearer> {
        let mut bearers = Vec::new();
        for name in names {
            match self.names.find(Space::Who, &name.value) {
                Some(Declared::Kind(kind)) => bearers.push(Bearer::Kind(kind)),
                Some(Declared::Body(body)) => bearers.push(Bearer::Body(body)),
                _ => {
                    let wanted = ("a body or kind of subject", "机构或对象");
                    let finding = self.unknown(name, Space::Who, wanted);
                    self.report(finding);
                }
            }
        }
        bearers
    }

    fn duty_time(&mut self, scope: &Scope, duty: &ast::Duty) -> DutyTime {
        match &duty.time.value {
            ast::DutyTime::Each(period) => {
                match self.period(scope, period, duty.time.span) {
                    Some(period) => DutyTime::Each(period),
                    // A period that is wrong is reported.
                    None => DutyTime::By(Vec::new()),
                }
            }
            ast::DutyTime::By(points) => DutyTime::By(self.points(scope, points)),
            ast::DutyTime::On(points) => DutyTime::On(self.points(scope, points)),
            ast::DutyTime::Within(length, announced) => {
                let patterns = self.patterns(announced, &scope.subjects);
                let mut of_event = scope.clone();
                of_event.doubtful = patterns.len() < announced.len();
                of_event.events = sources(&patterns);
                let length = self.value_of(&of_event, length, Type::Duration);
                DutyTime::Within(length, patterns)
            }
        }
    }

    fn extension(&mut self, extension: &ast::Extension, subjects: &[KindIx]) -> Option<Extension> {
        let by = self.pattern(&extension.by, subjects)?;
        let mut scope = Scope::of_subjects(subjects);
        scope.events = vec![by.source.clone()];
        let limit = match &extension.limit {
            ast::Limit::To(date) => Limit::To(self.value_of(&scope, date, Type::Date)),
            ast::Limit::For(length) => Limit::For(self.value_of(&scope, length, Type::Duration)),
        };
        Some(Extension { by, limit })
    }

    /// The kinds that the events concern from which a body's duty runs.
    fn caused(&self, time: &DutyTime) -> Vec<KindIx> {
        let events: Vec<&EventSource> = match time {
            DutyTime::Within(_, patterns) => {
                patterns.iter().map(|pattern| &pattern.source).collect()
            }
            DutyTime::Each(_) | DutyTime::By(_) | DutyTime::On(_) => Vec::new(),
        };
        let kinds: BTreeSet<KindIx> = events
            .into_iter()
            .flat_map(|source| self.about(source))
            .collect();
        kinds.into_iter().collect()
    }

    fn duty_span(
        &mut self,
        scope: &Scope,
        span: Option<&ast::DutySpan>,
    ) -> (Option<Expr>, Vec<PhaseIx>) {
        match span {
            None => (None, Vec::new()),
            Some(ast::DutySpan::During(names)) => (None, self.phases(names)),
            Some(ast::DutySpan::While(condition)) => {
                if let ExprKind::Name(name) = &condition.value
                    && let Some(Declared::Phase(phase)) = self.names.find(Space::Term, name)
                {
                    return (None, vec![phase]);
                }
                (Some(self.condition(scope, condition)), Vec::new())
            }
        }
    }
}
