//! Attributes of members, and fields of the triggering event by its name.

use super::data::position;
use super::{Lowering, broken};
use crate::findings;
use crate::hir::{Expr, ExprKind, FieldKey, Type};
use crate::nearest::nearest;
use crate::scope::Scope;
use pol_model::{AttrIx, KindIx};
use pol_syntax::Span;
use pol_syntax::ast::Name;

impl Lowering<'_> {
    /// `township.class`: of the member that a field names, else of a kind.
    pub(super) fn path(
        &mut self,
        scope: &Scope,
        owner: &Name,
        attribute: &Name,
        span: Span,
    ) -> Expr {
        let field = self
            .common_field(&scope.events, &owner.value)
            .and_then(|found| match found.ty {
                Type::Member(kind) => Some((found.key, kind)),
                _ => None,
            });
        let kind = match &field {
            Some((_, kind)) => *kind,
            None => match self.kind(owner) {
                Some(kind) => kind,
                None => return broken(span),
            },
        };
        let attributes = &self.policy.kinds[kind.at()].attributes;
        let Some(at) = position(attributes, &attribute.value) else {
            let known = super::data::field_names(attributes);
            let near = nearest(&attribute.value, known.iter().copied());
            let of = self.policy.kinds[kind.at()].named.name.clone();
            let finding = findings::unknown_field(attribute, &of, &known, near);
            self.report(finding);
            return broken(span);
        };
        let ty = attributes[at.at()].ty;
        let at = AttrIx(at.0);
        if field.is_none() && !self.within_reach(scope, kind) {
            let finding = findings::not_of_the_subject(owner, span);
            self.report(finding);
        }
        let kind = match field {
            Some((key, _)) => ExprKind::FieldAttr(key, at),
            None => ExprKind::Attr(kind, at),
        };
        Expr { kind, ty, span }
    }

    /// True if a subject in scope, one that it lies within, or one that the event in scope concerns
    /// may be of the kind.
    fn within_reach(&self, scope: &Scope, kind: KindIx) -> bool {
        if scope.events.is_empty() && scope.subjects.is_empty() {
            return true;
        }
        scope
            .events
            .iter()
            .flat_map(|source| self.about(source))
            .chain(scope.subjects.iter().copied())
            .any(|inner| self.outwards(inner).contains(&kind))
            || scope
                .events
                .iter()
                .any(|source| self.about(source).is_empty())
    }

    /// `deadline of notice` alone: a field of the triggering event of that kind.
    pub(super) fn field_of(
        &mut self,
        scope: &Scope,
        field: &Name,
        event: &Name,
        span: Span,
    ) -> Expr {
        let Some(source) = self.source(event, None, &scope.subjects) else {
            return broken(span);
        };
        if !scope.events.contains(&source) {
            self.report(findings::not_the_trigger(field, event, span));
            return broken(span);
        }
        let Some(found) = self.field(&source, &field.value) else {
            let known = self.known_fields(&source);
            let near = nearest(&field.value, known.iter().copied());
            let finding = findings::unknown_field(field, &event.value, &known, near);
            self.report(finding);
            return broken(span);
        };
        // Where other events trigger as well, the field is looked for by its name.
        let key = match found.key {
            FieldKey::Declared(_) if scope.events.iter().any(|other| *other != source) => {
                FieldKey::Named(field.value.clone())
            }
            key => key,
        };
        let kind = ExprKind::Field(key);
        let ty = found.ty;
        Expr { kind, ty, span }
    }
}
