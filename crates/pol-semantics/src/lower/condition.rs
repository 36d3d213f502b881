//! Conditions and values.

use super::{Lowering, broken};
use crate::findings;
use crate::hir::{BinaryOp, Expr, ExprKind, Function, Rank, Type};
use crate::literal::plain;
use crate::names::{Declared, Space};
use crate::scope::{Scope, Standpoint};
use crate::types::{common, is_numeric, is_ordered};
use pol_model::{Number, PhaseIx, Value};
use pol_syntax::Span;
use pol_syntax::ast::{self, Name};

impl Lowering<'_> {
    /// A condition: yields yes or no. A count that stands alone asks for at least one.
    pub(super) fn condition(&mut self, scope: &Scope, expr: &ast::Expr) -> Expr {
        let lowered = self.expr(scope, expr, Some(Type::Bool));
        let lowered = at_least_one(lowered);
        match lowered.ty {
            Type::Bool | Type::Error => lowered,
            found => {
                let finding = findings::not_a_condition(&self.policy, expr.span, found);
                self.report(finding);
                broken(expr.span)
            }
        }
    }

    /// A value that must have a type.
    pub(super) fn value_of(&mut self, scope: &Scope, expr: &ast::Expr, wanted: Type) -> Expr {
        let lowered = if wanted == Type::Bool {
            at_least_one(self.expr(scope, expr, Some(wanted)))
        } else {
            self.expr(scope, expr, Some(wanted))
        };
        if common(&self.policy, wanted, lowered.ty).is_none() {
            let finding = findings::wrong_type(&self.policy, expr.span, lowered.ty, wanted);
            self.report(finding);
            return broken(expr.span);
        }
        lowered
    }

    /// An expression. What the other side of a comparison is, is wanted: it decides what the names
    /// of values and statuses mean, and is not checked here.
    pub(super) fn expr(&mut self, scope: &Scope, expr: &ast::Expr, want: Option<Type>) -> Expr {
        let span = expr.span;
        match &expr.value {
            ast::ExprKind::Bool(_)
            | ast::ExprKind::Number(_)
            | ast::ExprKind::Date(_)
            | ast::ExprKind::Duration(_)
            | ast::ExprKind::Text(_) => self.literal(&expr.value, span),
            ast::ExprKind::Hole => self.hole(span, want),
            ast::ExprKind::Name(name) => self.name(scope, &Name::new(name.clone(), span), want),
            ast::ExprKind::Path(owner, attribute) => self.path(scope, owner, attribute, span),
            ast::ExprKind::FieldOf(field, event) => self.field_of(scope, field, event, span),
            ast::ExprKind::Not(inner) => {
                let inner = self.condition(scope, inner);
                boolean(ExprKind::Not(Box::new(inner)), span)
            }
            ast::ExprKind::Negate(inner) => self.negate(scope, inner, span, want),
            ast::ExprKind::Binary(op @ (BinaryOp::Or | BinaryOp::And), left, right) => {
                let left = self.condition(scope, left);
                let right = self.condition(scope, right);
                binary(*op, left, right, Type::Bool, span)
            }
            ast::ExprKind::Binary(op, left, right) => {
                self.operation(scope, *op, (left, right), span, want)
            }
            ast::ExprKind::In(value, set) => self.one_of(scope, value, set, span),
            ast::ExprKind::HigherOf(values) => {
                let (values, ty) = self.alike(scope, values, want);
                let kind = ExprKind::Higher(values);
                Expr { kind, ty, span }
            }
            ast::ExprKind::LowerOf(values) => {
                let (values, ty) = self.alike(scope, values, want);
                let kind = ExprKind::Lower(values);
                Expr { kind, ty, span }
            }
            ast::ExprKind::Held(condition, span_of_time) => {
                if !self.asks_subject(scope, span) {
                    return broken(span);
                }
                let condition = self.condition(scope, condition);
                let length = self.value_of(scope, span_of_time, Type::Duration);
                boolean(ExprKind::Held(Box::new(condition), Box::new(length)), span)
            }
            ast::ExprKind::InForce(name) => {
                if !self.asks_subject(scope, span) {
                    return broken(span);
                }
                if let Some(Declared::Outcome(outcome)) = self.names.find(Space::Term, &name.value)
                {
                    boolean(ExprKind::InForce(outcome), span)
                } else {
                    let finding = self.not_wanted(name, Space::Term, ("an outcome", "结果"));
                    self.report(finding);
                    broken(span)
                }
            }
            ast::ExprKind::During(names) => boolean(ExprKind::During(self.phases(names)), span),
            ast::ExprKind::Aggregate(aggregate) => self.aggregate(scope, aggregate, span),
            ast::ExprKind::Share(share) => self.share(scope, share, span),
            ast::ExprKind::Rank(rank) => self.rank(scope, rank, span),
        }
    }

    fn literal(&mut self, kind: &ast::ExprKind, span: Span) -> Expr {
        match plain(&self.policy, &self.names, kind, span) {
            Ok(Some((value, ty))) => Expr {
                kind: ExprKind::Const(value),
                ty,
                span,
            },
            Ok(None) => broken(span),
            Err(finding) => {
                self.report(finding);
                broken(span)
            }
        }
    }

    fn negate(&mut self, scope: &Scope, inner: &ast::Expr, span: Span, want: Option<Type>) -> Expr {
        let inner = self.expr(scope, inner, want);
        if !is_numeric(inner.ty) {
            let finding =
                findings::wrong_type(&self.policy, inner.span, inner.ty, Type::Number(None));
            self.report(finding);
            return broken(span);
        }
        let ty = inner.ty;
        let kind = match inner.kind {
            ExprKind::Const(Value::Number(number)) if Number::ZERO.minus(number).is_some() => {
                ExprKind::Const(Value::Number(Number::ZERO.minus(number).unwrap_or(number)))
            }
            _ => ExprKind::Negate(Box::new(inner)),
        };
        Expr { kind, ty, span }
    }

    fn one_of(&mut self, scope: &Scope, value: &ast::Expr, set: &[ast::Expr], span: Span) -> Expr {
        let want = self
            .peek(scope, value)
            .or_else(|| set.iter().find_map(|member| self.peek(scope, member)));
        let value = self.expr(scope, value, want);
        let mut members = Vec::new();
        for member in set {
            let member = self.expr(scope, member, Some(value.ty));
            if common(&self.policy, value.ty, member.ty).is_none() {
                let (left, right) = ((value.span, value.ty), (member.span, member.ty));
                let finding = findings::mismatch(&self.policy, left, right);
                self.report(finding);
            }
            members.push(member);
        }
        boolean(ExprKind::In(Box::new(value), members), span)
    }

    /// Values that are compared with each other, and the type that they have in common.
    fn alike(
        &mut self,
        scope: &Scope,
        values: &[ast::Expr],
        want: Option<Type>,
    ) -> (Vec<Expr>, Type) {
        let peeked = values.iter().find_map(|value| self.peek(scope, value));
        let want = peeked.or(want);
        let mut lowered: Vec<Expr> = Vec::new();
        let mut ty = Type::Error;
        for value in values {
            let value = self.expr(scope, value, want);
            if let Some(both) = common(&self.policy, ty, value.ty) {
                ty = both;
            } else {
                let left = lowered
                    .last()
                    .map_or((value.span, ty), |last| (last.span, ty));
                let right = (value.span, value.ty);
                let finding = findings::mismatch(&self.policy, left, right);
                self.report(finding);
            }
            lowered.push(value);
        }
        if !is_ordered(&self.policy, ty) {
            let span = lowered.first().map(|first| first.span).unwrap_or_default();
            let finding = findings::no_order(&self.policy, span, ty);
            self.report(finding);
            ty = Type::Error;
        }
        (lowered, ty)
    }

    /// Phases by their names; others are reported.
    pub(super) fn phases(&mut self, names: &[Name]) -> Vec<PhaseIx> {
        let mut phases = Vec::new();
        for name in names {
            if let Some(Declared::Phase(phase)) = self.names.find(Space::Term, &name.value) {
                phases.push(phase);
            } else {
                let finding = self.not_wanted(name, Space::Term, ("a phase", "阶段"));
                self.report(finding);
            }
        }
        phases
    }

    fn share(&mut self, scope: &Scope, share: &ast::Share, span: Span) -> Expr {
        if !self.asks_subject(scope, span) {
            return broken(span);
        }
        let Some(kind) = self.kind(&share.kind) else {
            return broken(span);
        };
        let filter = Box::new(self.condition(&Scope::of_subjects(&[kind]), &share.filter));
        let (kind, ty) = if share.counted {
            (ExprKind::Members(kind, filter), Type::Number(None))
        } else {
            (ExprKind::Share(kind, filter), Type::Share)
        };
        Expr { kind, ty, span }
    }

    fn rank(&mut self, scope: &Scope, rank: &ast::Rank, span: Span) -> Expr {
        if !self.asks_subject(scope, span) {
            return broken(span);
        }
        let Some(among) = self.kind(&rank.among) else {
            return broken(span);
        };
        let members = Scope::of_subjects(&[among]);
        let value = self.expr(&members, &rank.value, None);
        if !is_ordered(&self.policy, value.ty) {
            let finding = findings::no_order(&self.policy, value.span, value.ty);
            self.report(finding);
        }
        let filter = rank
            .filter
            .as_ref()
            .map(|filter| self.condition(&members, filter));
        let from_last = rank.from_last;
        Expr {
            kind: ExprKind::Rank(Box::new(Rank {
                value,
                among,
                filter,
                from_last,
            })),
            ty: Type::Number(None),
            span,
        }
    }

    /// Counts and standings are asked of a subject, not of an event.
    pub(super) fn asks_subject(&mut self, scope: &Scope, span: Span) -> bool {
        match scope.standpoint {
            Standpoint::Subject => true,
            Standpoint::Template => {
                if let Some(step) = self.trail.last_mut() {
                    step.needs.counts = step.needs.counts.or(Some(span));
                }
                true
            }
            Standpoint::Event => {
                self.report(findings::not_of_the_event(span));
                false
            }
        }
    }
}

/// A count that stands where a condition is wanted.
pub(super) fn at_least_one(expr: Expr) -> Expr {
    match &expr.kind {
        ExprKind::Aggregate(aggregate) if aggregate.function == Function::Count => {
            let span = expr.span;
            let ty = expr.ty;
            let one = Expr {
                kind: ExprKind::Const(Value::Number(Number::whole(1))),
                ty,
                span,
            };
            binary(BinaryOp::Ge, expr, one, Type::Bool, span)
        }
        _ => expr,
    }
}

/// A condition.
pub(super) const fn boolean(kind: ExprKind, span: Span) -> Expr {
    Expr {
        kind,
        ty: Type::Bool,
        span,
    }
}

/// Two sides and what stands between them.
pub(super) fn binary(op: BinaryOp, left: Expr, right: Expr, ty: Type, span: Span) -> Expr {
    Expr {
        kind: ExprKind::Binary(op, Box::new(left), Box::new(right)),
        ty,
        span,
    }
}
