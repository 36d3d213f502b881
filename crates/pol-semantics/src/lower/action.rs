//! Actions: statuses, outcomes, derived events.

use super::Lowering;
use super::data::{field_names, position};
use crate::findings;
use crate::hir::{Action, Expr, Extent, Field, Imposition, Type};
use crate::names::{Declared, Space};
use crate::nearest::nearest;
use crate::scope::Scope;
use pol_model::FieldIx;
use pol_syntax::Span;
use pol_syntax::ast::{self, Name};
use std::collections::BTreeMap;

impl Lowering<'_> {
    /// Actions, each with its place; those that are wrong are reported.
    pub(super) fn actions(
        &mut self,
        scope: &Scope,
        actions: &[ast::Action],
    ) -> Vec<(Action, Span)> {
        actions
            .iter()
            .filter_map(|action| self.action(scope, action))
            .collect()
    }

    fn action(&mut self, scope: &Scope, action: &ast::Action) -> Option<(Action, Span)> {
        match action {
            ast::Action::Issue(issue) => Some((self.issue(scope, issue)?, issue.name.span)),
            ast::Action::Set(name, value) => {
                let Some(Declared::Ladder(ladder)) = self.names.find(Space::Term, &name.value)
                else {
                    let finding = self.not_wanted(name, Space::Term, ("a ladder", "阶梯"));
                    self.report(finding);
                    return None;
                };
                let statuses = Type::Enum(self.policy.ladders[ladder.at()].statuses);
                let value = self.value_of(scope, value, statuses);
                Some((Action::Set(ladder, value), name.span))
            }
            ast::Action::End(name) => {
                let Some(Declared::Outcome(outcome)) = self.names.find(Space::Term, &name.value)
                else {
                    let finding = self.not_wanted(name, Space::Term, ("an outcome", "结果"));
                    self.report(finding);
                    return None;
                };
                Some((Action::End(outcome), name.span))
            }
        }
    }

    fn issue(&mut self, scope: &Scope, issue: &ast::Issue) -> Option<Action> {
        let name = &issue.name;
        match self.names.find(Space::Term, &name.value) {
            Some(Declared::Status(..)) => {
                self.bare(issue, issue.fields.is_empty());
                match self.status(name, &scope.subjects) {
                    Ok((ladder, status)) => Some(Action::Status(ladder, status)),
                    Err(finding) => {
                        self.report(finding);
                        None
                    }
                }
            }
            Some(Declared::Outcome(outcome)) => {
                let declared = self.policy.outcomes[outcome.at()].fields.clone();
                let fields = self.values(scope, issue, &declared);
                let extent = match &issue.extent {
                    Some(extent) => Some(self.extent(scope, extent, name)?),
                    None => None,
                };
                Some(Action::Impose(Imposition {
                    outcome,
                    fields,
                    extent,
                }))
            }
            Some(Declared::Event(event)) => {
                self.bare(issue, true);
                let declared = self.policy.events[event.at()].fields.clone();
                let fields = self.values(scope, issue, &declared);
                Some(Action::Event(event, fields))
            }
            _ => {
                let wanted = ("a status, outcome or event", "状态、结果或事项");
                let finding = self.not_wanted(name, Space::Term, wanted);
                self.report(finding);
                None
            }
        }
    }

    /// A status has neither fields nor an extent, a derived event no extent.
    fn bare(&mut self, issue: &ast::Issue, fields_fit: bool) {
        if !fields_fit {
            self.report(findings::status_with_fields(&issue.name));
        }
        if issue.extent.is_some() {
            self.report(findings::no_extent(&issue.name));
        }
    }

    fn values(
        &mut self,
        scope: &Scope,
        issue: &ast::Issue,
        declared: &[Field],
    ) -> Vec<(FieldIx, Expr)> {
        let mut given: BTreeMap<FieldIx, Span> = BTreeMap::new();
        let mut values = Vec::new();
        let mut wrong = false;
        for (name, value) in &issue.fields {
            let Some(at) = position(declared, &name.value) else {
                let known = field_names(declared);
                let near = nearest(&name.value, known.iter().copied());
                self.report(findings::unknown_field(
                    name,
                    &issue.name.value,
                    &known,
                    near,
                ));
                wrong = true;
                continue;
            };
            if let Some(first) = given.insert(at, name.span) {
                self.report(findings::given_twice(name, first));
                continue;
            }
            let field = &declared[at.at()];
            let value = self.value_of(scope, value, field.ty);
            self.check_range(field, &value);
            values.push((at, value));
        }
        let missing: Vec<&str> = declared
            .iter()
            .filter(|field| {
                let needed = !field.optional && !field.several && field.default.is_none();
                // Whom the act is about need not be said again.
                needed && !matches!(field.ty, Type::Member(_))
            })
            .filter(|field| {
                issue
                    .fields
                    .iter()
                    .all(|(name, _)| name.value != field.named.name)
            })
            .map(|field| field.named.name.as_str())
            .collect();
        if !missing.is_empty() && !wrong {
            self.report(findings::fields_missing(&issue.name, &missing));
        }
        values
    }

    fn check_range(&mut self, field: &Field, value: &Expr) {
        if let (Some((least, greatest)), crate::hir::ExprKind::Const(fixed)) =
            (field.range, &value.kind)
            && value.ty != Type::Error
            && !super::data::within(fixed, least, greatest)
        {
            self.report(findings::out_of_range(value.span, least, greatest));
        }
    }

    fn extent(&mut self, scope: &Scope, extent: &ast::Extent, issued: &Name) -> Option<Extent> {
        Some(match extent {
            ast::Extent::For(length) => Extent::For(self.value_of(scope, length, Type::Duration)),
            ast::Extent::ForEvents(count, event) => {
                let count = self.value_of(scope, count, Type::Number(None));
                Extent::ForEvents(count, self.pattern_of(event, None, &scope.subjects)?)
            }
            ast::Extent::UntilEndOf(period) => {
                Extent::UntilEndOf(self.period(scope, period, issued.span)?)
            }
            ast::Extent::UntilEndOfPhase(name) => {
                let phases = self.phases(std::slice::from_ref(name));
                Extent::UntilEndOfPhase(*phases.first()?)
            }
            ast::Extent::Until(pattern) => Extent::Until(self.pattern(pattern, &scope.subjects)?),
        })
    }
}
