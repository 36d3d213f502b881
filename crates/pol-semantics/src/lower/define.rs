//! Definitions: a condition or value, or a set of events.

use super::{Lowering, Progress, Step};
use crate::findings;
use crate::hir::{DefineBody, Type};
use crate::limit::DEEPEST;
use crate::names::{Declared, Space};
use crate::scope::{Needs, Scope};
use pol_model::DefineIx;
use pol_syntax::ast::{self, AggregateFunction, EventPattern, EventRef, Name};

impl Lowering<'_> {
    pub(super) fn lower_defines(&mut self) {
        for at in 0..self.source.defines.len() {
            let name = self.source.defines[at].head.name.clone();
            self.ensure_define(DefineIx(super::index(at)), &name);
        }
    }

    /// True for a set of events: by what is written, not by what it says. A bare name is one if it
    /// is the name of events.
    pub(super) fn is_set(&self, define: DefineIx) -> bool {
        let mut at = define;
        // A chain of names is at most as long as there are definitions.
        for _ in 0..=self.source.defines.len() {
            let name = match &self.source.defines[at.at()].body {
                ast::DefineBody::Events(_) => return true,
                ast::DefineBody::Expr(expr) => match &expr.value {
                    ast::ExprKind::Name(name) => name,
                    kind => return plain_events(kind).is_some(),
                },
            };
            match self.names.find(Space::Term, name) {
                Some(Declared::Define(next)) => at = next,
                Some(
                    Declared::Event(_)
                    | Declared::Catalogue(_)
                    | Declared::Status(..)
                    | Declared::Outcome(_)
                    | Declared::Duty(_),
                ) => return true,
                _ => return false,
            }
        }
        false
    }

    /// Lowers a set, if it is not lowered yet; false in a circle, which is reported.
    pub(super) fn ensure_set(&mut self, define: DefineIx, asked: &Name) -> bool {
        self.ensure_define(define, asked).is_some()
    }

    /// Lowers a condition or value, if it is not lowered yet: what it needs, and what it yields.
    pub(super) fn ensure_value(&mut self, define: DefineIx, asked: &Name) -> Option<(Needs, Type)> {
        let needs = self.ensure_define(define, asked)?;
        match &self.policy.defines[define.at()].body {
            DefineBody::Value(expr) => Some((needs, expr.ty)),
            DefineBody::Events(_) => None,
        }
    }

    fn ensure_define(&mut self, define: DefineIx, asked: &Name) -> Option<Needs> {
        match self.defines[define.at()].clone() {
            Progress::Done(needs) => return Some(needs),
            Progress::Doing => {
                self.circle(asked);
                return None;
            }
            Progress::Todo if self.too_deep(asked) => return None,
            Progress::Todo => {}
        }
        self.defines[define.at()] = Progress::Doing;
        let declared = self.source.defines[define.at()];
        let owner = self.begin(&declared.head.name.value);
        let body = match &declared.body {
            ast::DefineBody::Events(patterns) => DefineBody::Events(self.patterns(patterns, &[])),
            ast::DefineBody::Expr(expr) if self.is_set(define) => {
                let event = match &expr.value {
                    ast::ExprKind::Name(name) => Some(EventRef {
                        name: Name::new(name.clone(), expr.span),
                        state: None,
                        within_it: false,
                    }),
                    kind => plain_events(kind),
                };
                let pattern = event.map(|event| EventPattern {
                    event,
                    filter: None,
                });
                DefineBody::Events(self.patterns(pattern.as_slice(), &[]))
            }
            ast::DefineBody::Expr(expr) => {
                let value = self.expr(&Scope::template(), expr, None);
                DefineBody::Value(value)
            }
        };
        self.policy.defines[define.at()].body = body;
        let needs = self.finish(owner);
        self.defines[define.at()] = Progress::Done(needs.clone());
        Some(needs)
    }

    /// True, and reported, if definitions lean on each other so deep that nobody could follow.
    pub(super) fn too_deep(&mut self, asked: &Name) -> bool {
        let deep = self.trail.len() >= DEEPEST;
        if deep {
            self.report(findings::leans_too_deep(asked, DEEPEST));
        }
        deep
    }

    /// Begins a parameter or definition; the declaration before it is handed back.
    pub(super) fn begin(&mut self, name: &str) -> String {
        self.trail.push(Step {
            name: name.to_owned(),
            needs: Needs::default(),
        });
        std::mem::replace(&mut self.owner, name.to_owned())
    }

    /// Ends it, and goes back to the declaration before it.
    pub(super) fn finish(&mut self, owner: String) -> Needs {
        self.owner = owner;
        self.trail.pop().map(|step| step.needs).unwrap_or_default()
    }

    /// Reports that what is being lowered asks for itself.
    pub(super) fn circle(&mut self, asked: &Name) {
        let from = self
            .trail
            .iter()
            .position(|step| step.name == asked.value)
            .unwrap_or(0);
        let path: Vec<String> = self.trail[from..]
            .iter()
            .map(|step| step.name.clone())
            .chain([asked.value.clone()])
            .collect();
        self.report(findings::circular(asked, &path));
    }
}

/// `yellow lost` alone, which is a set of events too.
fn plain_events(kind: &ast::ExprKind) -> Option<EventRef> {
    match kind {
        ast::ExprKind::Aggregate(aggregate)
            if aggregate.function == AggregateFunction::Count
                && aggregate.windows.is_empty()
                && aggregate.filter.is_none() =>
        {
            Some(aggregate.event.clone())
        }
        _ => None,
    }
}
