//! Comparisons and arithmetic: which types they take and yield.

use super::condition::{at_least_one, binary};
use super::{Lowering, broken};
use crate::findings;
use crate::hir::{BinaryOp, Expr, ExprKind, Type};
use crate::scope::Scope;
use crate::types::{common, is_numeric, is_ordered};
use pol_syntax::ast;
use pol_syntax::{Diagnostic, Span};

impl Lowering<'_> {
    /// Two sides with a comparison or an arithmetic sign between them.
    pub(super) fn operation(
        &mut self,
        scope: &Scope,
        op: BinaryOp,
        (left, right): (&ast::Expr, &ast::Expr),
        span: Span,
        want: Option<Type>,
    ) -> Expr {
        let arithmetic = matches!(
            op,
            BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div
        );
        // `yellow + 1` beside a ladder is a status: the left side is what is wanted of the whole.
        let outer = want.filter(|ty| arithmetic && *ty != Type::Bool);
        let left_want = self.peek(scope, left).or_else(|| match op {
            BinaryOp::Add => outer,
            BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => {
                outer.filter(|ty| matches!(ty, Type::Enum(_)))
            }
            _ => self.peek(scope, right),
        });
        let left = self.expr(scope, left, left_want);
        // A side that is wrong still says what the other one is.
        let right_want = match left.ty {
            Type::Error => left_want,
            ty => Some(ty),
        };
        let right = self.expr(scope, right, right_want);
        if arithmetic {
            return self.arithmetic(op, left, right, span);
        }
        let (left, right) = match (left.ty, right.ty) {
            (Type::Bool, _) => (left, at_least_one(right)),
            (_, Type::Bool) => (at_least_one(left), right),
            _ => (left, right),
        };
        self.compare(op, &left, &right);
        binary(op, left, right, Type::Bool, span)
    }

    fn compare(&mut self, op: BinaryOp, left: &Expr, right: &Expr) {
        if left.ty == Type::Error || right.ty == Type::Error {
            return;
        }
        let Some(ty) = common(&self.policy, left.ty, right.ty) else {
            if let Some((days, _)) = [(left, right), (right, left)]
                .into_iter()
                .find(|(days, span)| is_difference_of_dates(days) && span.ty == Type::Duration)
            {
                self.report(findings::days_and_span(days.span));
                return;
            }
            let sides = ((left.span, left.ty), (right.span, right.ty));
            let finding = findings::mismatch(&self.policy, sides.0, sides.1);
            self.report(finding);
            return;
        };
        let by_size = !matches!(op, BinaryOp::Is | BinaryOp::IsNot);
        if by_size && !is_ordered(&self.policy, ty) {
            let finding = findings::no_order(&self.policy, left.span.to(right.span), ty);
            self.report(finding);
        }
    }

    fn arithmetic(&mut self, op: BinaryOp, left: Expr, right: Expr, span: Span) -> Expr {
        match self.result(op, &left, &right) {
            Ok(ty) => binary(op, left, right, ty, span),
            Err(finding) => {
                self.report(finding);
                broken(span)
            }
        }
    }

    /// The type of a sum, difference, product or quotient.
    fn result(&self, op: BinaryOp, left: &Expr, right: &Expr) -> Result<Type, Diagnostic> {
        let policy = &self.policy;
        let mismatch = || findings::mismatch(policy, (left.span, left.ty), (right.span, right.ty));
        if left.ty == Type::Error || right.ty == Type::Error {
            return Ok(Type::Error);
        }
        match (op, left.ty, right.ty) {
            (BinaryOp::Add | BinaryOp::Sub, Type::Date, Type::Duration) => Ok(Type::Date),
            // In days: what a fine for each day of delay is reckoned from.
            (BinaryOp::Sub, Type::Date, Type::Date) => Ok(Type::Number(None)),
            (BinaryOp::Add | BinaryOp::Sub, Type::Date, other) => Err(findings::wrong_type(
                policy,
                right.span,
                other,
                Type::Duration,
            )),
            (BinaryOp::Sub, Type::Enum(one), Type::Enum(other))
                if one == other && is_ordered(policy, left.ty) =>
            {
                Ok(Type::Number(None))
            }
            (BinaryOp::Add | BinaryOp::Sub, Type::Enum(_), Type::Number(None))
                if is_ordered(policy, left.ty) =>
            {
                Ok(left.ty)
            }
            (_, one, _) if !is_numeric(one) => Err(findings::no_arithmetic(policy, left.span, one)),
            (_, _, other) if !is_numeric(other) => {
                Err(findings::no_arithmetic(policy, right.span, other))
            }
            (BinaryOp::Mul, one, other) => self.product(one, other).ok_or_else(mismatch),
            // A quotient of two measures is a bare number, be they alike (a part of the whole) or not
            // (accidents for each vehicle).
            (BinaryOp::Div, one, Type::Number(None) | Type::Share) => Ok(one),
            (BinaryOp::Div, ..) => Ok(Type::Number(None)),
            (_, one, other) => common(policy, one, other).ok_or_else(mismatch),
        }
    }

    /// A product has the unit of one side, and the other none; so many times a measure is a measure.
    fn product(&self, one: Type, other: Type) -> Option<Type> {
        let bare = |ty: Type| match ty {
            Type::Number(Some(unit)) => self.policy.units[unit.at()].counts.is_some(),
            ty => matches!(ty, Type::Number(None) | Type::Share),
        };
        match (one, other) {
            (Type::Number(None) | Type::Share, ty) | (ty, Type::Number(None) | Type::Share) => {
                Some(ty)
            }
            (one, ty) | (ty, one) if bare(one) => Some(ty),
            _ => None,
        }
    }
}

/// True for a date less a date, which is a number of days.
fn is_difference_of_dates(expr: &Expr) -> bool {
    matches!(
        &expr.kind,
        ExprKind::Binary(BinaryOp::Sub, left, right)
            if left.ty == Type::Date && right.ty == Type::Date
    )
}
