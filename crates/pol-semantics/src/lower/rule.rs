//! Rules, and what no ledger may show.

use super::Lowering;
use super::subject::{Reach, reach_action};
use crate::findings;
use crate::hir::{Action, EventSource, ExprKind, Named, Never, Rule, Trigger, Type};
use crate::names::{Declared, Space};
use crate::scope::Scope;
use pol_model::{BodyIx, KindIx};
use pol_syntax::Span;
use pol_syntax::ast::{self, Name};

impl Lowering<'_> {
    pub(super) fn lower_rules(&mut self) {
        for rule in self.source.rules.clone() {
            self.owner.clone_from(&rule.head.name.value);
            // INVARIANT: the place in the list is the index that names have; a rule with mistakes
            // keeps its place.
            let lowered = self.rule(rule);
            self.policy.rules.push(lowered);
        }
        self.lasting();
    }

    fn rule(&mut self, rule: &ast::Rule) -> Rule {
        let named = self.named(&rule.head);
        let known = self.kinds(&rule.subjects);
        let mut scope = Scope::of_subjects(&known);
        scope.fires = true;
        let trigger = self.trigger(&scope, &rule.trigger.value);
        scope.events = triggering(&trigger);
        scope.doubtful = scope.events.len() < announced(&rule.trigger.value);
        let condition = rule
            .condition
            .as_ref()
            .map(|condition| self.condition(&scope, condition));
        let decided_by = rule.decided_by.as_ref().and_then(|body| self.body(body));
        let then = self.actions(&scope, &rule.then);
        let otherwise = self.actions(&scope, &rule.otherwise);

        let mut reach = Reach::default();
        self.reach_trigger(&trigger, &mut reach);
        if let Some(condition) = &condition {
            self.reach_expr(condition, &mut reach);
        }
        for (action, span) in then.iter().chain(&otherwise) {
            reach_action(action, *span, &mut reach);
        }
        let subjects = self.concerning(&rule.subjects, known, &reach, rule.head.name.span);
        Rule {
            named,
            subjects,
            in_principle: rule.in_principle,
            trigger,
            condition,
            counting_again: rule.counting_again,
            decided_by,
            then: without_places(then),
            otherwise: without_places(otherwise),
        }
    }

    /// The kinds that are named, or all that fit.
    fn concerning(
        &mut self,
        named: &[Name],
        known: Vec<KindIx>,
        reach: &Reach,
        span: Span,
    ) -> Vec<KindIx> {
        if !named.is_empty() {
            self.check_ladders(reach, &known);
            self.check_issued(reach, &known);
            return known;
        }
        let fitting = self.fitting(reach);
        if fitting.is_empty() {
            self.report(findings::fits_nobody(span));
        }
        fitting
    }

    fn trigger(&mut self, scope: &Scope, trigger: &ast::Trigger) -> Trigger {
        match trigger {
            ast::Trigger::On(patterns) => Trigger::On(self.patterns(patterns, &scope.subjects)),
            ast::Trigger::At(points) => Trigger::At(self.points(scope, points)),
            ast::Trigger::When(condition) => Trigger::When(self.condition(scope, condition)),
            ast::Trigger::While(condition) => Trigger::While(self.condition(scope, condition)),
            ast::Trigger::During(names) => {
                let span = names
                    .iter()
                    .map(|name| name.span)
                    .reduce(Span::to)
                    .unwrap_or_default();
                let kind = ExprKind::During(self.phases(names));
                Trigger::While(super::condition::boolean(kind, span))
            }
            ast::Trigger::After(length, patterns, unless) => {
                let patterns = self.patterns(patterns, &scope.subjects);
                let unless = self.patterns(unless, &scope.subjects);
                let mut of_event = scope.clone();
                of_event.doubtful = patterns.len() < announced(trigger);
                of_event.events = sources(&patterns);
                let length = self.value_of(&of_event, length, Type::Duration);
                Trigger::After(length, patterns, unless)
            }
        }
    }

    fn body(&mut self, name: &Name) -> Option<BodyIx> {
        if let Some(Declared::Body(body)) = self.names.find(Space::Who, &name.value) {
            return Some(body);
        }
        let finding = self.not_wanted(name, Space::Who, ("a body", "机构"));
        self.report(finding);
        None
    }

    /// An outcome lasts if some rule imposes it for a time or while a condition holds, or ends it.
    fn lasting(&mut self) {
        for rule in &self.policy.rules {
            let interval = matches!(rule.trigger, Trigger::While(_));
            for action in rule.then.iter().chain(&rule.otherwise) {
                match action {
                    Action::Impose(imposed) if interval || imposed.extent.is_some() => {
                        self.policy.outcomes[imposed.outcome.at()].lasts = true;
                    }
                    Action::End(outcome) => {
                        self.policy.outcomes[outcome.at()].lasts = true;
                    }
                    Action::Impose(_)
                    | Action::Status(..)
                    | Action::Set(..)
                    | Action::Event(..) => {}
                }
            }
        }
    }

    pub(super) fn lower_nevers(&mut self) {
        for never in self.source.nevers.clone() {
            self.owner.clone_from(&never.label.value);
            let known = self.kinds(&never.subjects);
            let condition = self.condition(&Scope::of_subjects(&known), &never.condition);
            let mut reach = Reach::default();
            self.reach_expr(&condition, &mut reach);
            let span = never.label.span;
            let subjects = self.concerning(&never.subjects, known, &reach, span);
            self.policy.nevers.push(Never {
                named: Named {
                    name: String::new(),
                    label: Some(never.label.value.clone()),
                    cites: Vec::new(),
                    span,
                },
                subjects,
                condition,
            });
        }
    }
}

fn without_places(actions: Vec<(Action, Span)>) -> Vec<Action> {
    actions.into_iter().map(|(action, _)| action).collect()
}

/// The events whose fields a rule sees.
fn triggering(trigger: &Trigger) -> Vec<EventSource> {
    match trigger {
        Trigger::On(patterns) | Trigger::After(_, patterns, _) => sources(patterns),
        Trigger::At(_) | Trigger::When(_) | Trigger::While(_) => Vec::new(),
    }
}

/// How many events a trigger names.
const fn announced(trigger: &ast::Trigger) -> usize {
    match trigger {
        ast::Trigger::On(patterns) | ast::Trigger::After(_, patterns, _) => patterns.len(),
        ast::Trigger::At(_)
        | ast::Trigger::When(_)
        | ast::Trigger::While(_)
        | ast::Trigger::During(_) => 0,
    }
}

/// The sources of patterns.
pub(super) fn sources(patterns: &[crate::hir::Pattern]) -> Vec<EventSource> {
    patterns
        .iter()
        .map(|pattern| pattern.source.clone())
        .collect()
}
