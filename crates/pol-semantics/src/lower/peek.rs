//! What an expression certainly is, before its names are looked up: this decides what the names on
//! the other side of a comparison mean.

use super::Lowering;
use super::data::position;
use super::field::Found;
use crate::hir::Type;
use crate::names::{Declared, Space};
use crate::scope::Scope;
use pol_syntax::ast::{self, BinaryOp, Name};

impl Lowering<'_> {
    /// The type that an expression certainly has, whatever stands on the other side; nothing is
    /// reported.
    pub(super) fn peek(&mut self, scope: &Scope, expr: &ast::Expr) -> Option<Type> {
        match &expr.value {
            ast::ExprKind::Name(name) => {
                if let Some(found) = self.common_field(&scope.events, name) {
                    return Some(found.ty);
                }
                match self.names.find(Space::Term, name)? {
                    Declared::Ladder(ladder) => {
                        Some(Type::Enum(self.policy.ladders[ladder.at()].statuses))
                    }
                    Declared::Reading(reading) => {
                        Some(Type::Enum(self.policy.readings[reading.at()].answers))
                    }
                    Declared::Param(param) => {
                        let name = Name::new(name.clone(), expr.span);
                        self.ensure_param(param, &name)?;
                        Some(self.policy.params[param.at()].ty)
                    }
                    Declared::Define(define) if !self.is_set(define) => {
                        let name = Name::new(name.clone(), expr.span);
                        self.ensure_value(define, &name).map(|(_, ty)| ty)
                    }
                    _ => None,
                }
            }
            ast::ExprKind::Path(owner, attribute) => {
                let kind = match self.common_field(&scope.events, &owner.value) {
                    Some(Found {
                        ty: Type::Member(kind),
                        ..
                    }) => kind,
                    _ => self.names.kind(&owner.value)?,
                };
                let attributes = &self.policy.kinds[kind.at()].attributes;
                Some(attributes[position(attributes, &attribute.value)?.at()].ty)
            }
            ast::ExprKind::Binary(BinaryOp::Add | BinaryOp::Sub, left, right) => {
                let left = self.peek(scope, left)?;
                match (left, self.peek(scope, right)) {
                    (Type::Enum(_), Some(Type::Enum(_))) => Some(Type::Number(None)),
                    _ => Some(left),
                }
            }
            ast::ExprKind::HigherOf(values) | ast::ExprKind::LowerOf(values) => {
                values.iter().find_map(|value| self.peek(scope, value))
            }
            ast::ExprKind::Aggregate(aggregate) => match &aggregate.function {
                ast::AggregateFunction::Max(field) | ast::AggregateFunction::Latest(field) => {
                    let event = &aggregate.event;
                    let source = self.source_of(&event.name, event.state, &[]).ok()??;
                    self.field(&source, &field.value).map(|found| found.ty)
                }
                _ => None,
            },
            _ => None,
        }
    }
}
