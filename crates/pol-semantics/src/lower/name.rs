//! What a name means where it stands.
//!
//! In this order: a value of what the other side of a comparison is; a field of the event in scope;
//! a declared term; a field by its name alone, in parameters and definitions; a value that only
//! one enumeration has.

use super::condition::boolean;
use super::data::position;
use super::{Lowering, broken};
use crate::builtin;
use crate::findings;
use crate::hir::{Aggregate, Expr, ExprKind, FieldKey, Function, Pattern, Type};
use crate::literal::{place, symbol};
use crate::names::{Declared, Place, Space};
use crate::nearest::nearest;
use crate::scope::{Scope, Standpoint};
use pol_model::{AttrIx, EnumIx, EventIx, KindIx};
use pol_syntax::ast::Name;

impl Lowering<'_> {
    /// A bare name.
    pub(super) fn name(&mut self, scope: &Scope, name: &Name, want: Option<Type>) -> Expr {
        let span = name.span;
        if let Some(Type::Enum(ix)) = want
            && place(&self.policy.enums[ix.at()], &name.value).is_some()
        {
            return self.symbol(ix, name);
        }
        if let Some(found) = self.common_field(&scope.events, &name.value) {
            let kind = ExprKind::Field(found.key);
            let ty = found.ty;
            return Expr { kind, ty, span };
        }
        if let Some(place) = self.names.all(Space::Term, &name.value).first().copied() {
            return self.term(scope, name, place);
        }
        if scope.standpoint == Standpoint::Template
            && let Some(found) = self.field_by_name(name)
        {
            return found;
        }
        self.lone_value(scope, name, want)
    }

    fn symbol(&mut self, ix: EnumIx, name: &Name) -> Expr {
        match symbol(&self.policy, ix, name) {
            Ok(value) => Expr {
                kind: ExprKind::Const(value),
                ty: Type::Enum(ix),
                span: name.span,
            },
            Err(finding) => {
                self.report(finding);
                broken(name.span)
            }
        }
    }

    /// A declared term as a value.
    fn term(&mut self, scope: &Scope, name: &Name, found: Place) -> Expr {
        let span = name.span;
        match found.declared {
            Declared::Ladder(ladder) => {
                if !self.asks_subject(scope, span) {
                    return broken(span);
                }
                let ty = Type::Enum(self.policy.ladders[ladder.at()].statuses);
                let kind = ExprKind::Standing(ladder);
                Expr { kind, ty, span }
            }
            Declared::Reading(reading) => {
                let ty = Type::Enum(self.policy.readings[reading.at()].answers);
                let kind = ExprKind::Reading(reading);
                Expr { kind, ty, span }
            }
            Declared::Param(param) => {
                let Some(needs) = self.ensure_param(param, name) else {
                    return broken(span);
                };
                self.meet(scope, &needs, name);
                let ty = self.policy.params[param.at()].ty;
                let kind = ExprKind::Param(param);
                Expr { kind, ty, span }
            }
            Declared::Define(define) if !self.is_set(define) => {
                let Some((needs, ty)) = self.ensure_value(define, name) else {
                    return broken(span);
                };
                self.meet(scope, &needs, name);
                let kind = ExprKind::Define(define);
                Expr { kind, ty, span }
            }
            Declared::Phase(phase) => boolean(ExprKind::During(vec![phase]), span),
            Declared::Event(_)
            | Declared::Catalogue(_)
            | Declared::Define(_)
            | Declared::Status(..)
            | Declared::Outcome(_)
            | Declared::Duty(_) => self.count_of(scope, name),
            Declared::Kind(_)
            | Declared::Body(_)
            | Declared::Unit(_)
            | Declared::Scale(_)
            | Declared::Rule(_)
            | Declared::Source(_) => broken(span),
        }
    }

    /// A bare name of events: how many there are.
    fn count_of(&mut self, scope: &Scope, name: &Name) -> Expr {
        let span = name.span;
        if !self.asks_subject(scope, span) {
            return broken(span);
        }
        let Some(source) = self.source(name, None, &scope.subjects) else {
            return broken(span);
        };
        Expr {
            ty: self.count_type(pol_syntax::ast::Counts::Occurrences),
            kind: ExprKind::Aggregate(Box::new(Aggregate {
                function: Function::Count,
                over: Pattern {
                    source,
                    within_it: false,
                    filter: None,
                    span,
                },
                windows: Vec::new(),
            })),
            span,
        }
    }

    /// A field that a parameter or definition asks for by its name alone: of whichever event asks.
    fn field_by_name(&mut self, name: &Name) -> Option<Expr> {
        let built_in = builtin::field_named(&name.value);
        let mut types: Vec<Type> = self
            .policy
            .events
            .iter()
            .map(|event| &event.fields)
            .chain(self.policy.outcomes.iter().map(|outcome| &outcome.fields))
            .filter_map(|fields| Some(fields[position(fields, &name.value)?.at()].ty))
            .collect();
        types.dedup();
        let (key, ty) = match (types.as_slice(), built_in) {
            ([ty], _) => (FieldKey::Named(name.value.clone()), *ty),
            ([], Some(key @ (FieldKey::Date | FieldKey::Recorded | FieldKey::LastDay))) => {
                (key, Type::Date)
            }
            ([], Some(key)) => match self.policy.ladders.as_slice() {
                [ladder] => (key, Type::Enum(ladder.statuses)),
                _ => return None,
            },
            ([], None) => return None,
            _ => {
                let owners: Vec<&str> = self
                    .policy
                    .events
                    .iter()
                    .filter(|event| position(&event.fields, &name.value).is_some())
                    .map(|event| event.named.name.as_str())
                    .collect();
                let finding = findings::ambiguous(name, &owners);
                self.report(finding);
                return Some(broken(name.span));
            }
        };
        if let Some(step) = self.trail.last_mut() {
            step.needs
                .fields
                .entry(name.value.clone())
                .or_insert((ty, name.span));
        }
        Some(Expr {
            kind: ExprKind::Field(key),
            ty,
            span: name.span,
        })
    }

    /// Checks that a place has what a parameter or definition needs that is asked there.
    fn meet(&mut self, scope: &Scope, needs: &crate::scope::Needs, asked: &Name) {
        if scope.standpoint == Standpoint::Template {
            if let Some(step) = self.trail.last_mut() {
                step.needs.absorb(needs);
            }
            return;
        }
        if needs.counts.is_some() && scope.standpoint == Standpoint::Event {
            self.report(findings::not_of_the_event(asked.span));
            return;
        }
        for (field, (ty, span)) in &needs.fields {
            let here = self.common_field(&scope.events, field);
            if here.is_none_or(|here| here.ty != *ty) {
                self.report(findings::needs_field(asked, field, *span));
            }
        }
    }

    /// A name that is no field and no term: a value that only one enumeration has, or a mistake.
    fn lone_value(&mut self, scope: &Scope, name: &Name, want: Option<Type>) -> Expr {
        let word = name.value.as_str();
        if !matches!(want, Some(Type::Enum(_))) {
            let holders: Vec<usize> = (0..self.policy.enums.len())
                .filter(|at| place(&self.policy.enums[*at], word).is_some())
                .collect();
            match holders.as_slice() {
                [] => {}
                [one] => return self.symbol(EnumIx(super::index(*one)), name),
                several => {
                    let names: Vec<&str> = several
                        .iter()
                        .map(|at| self.policy.enums[*at].name.as_str())
                        .collect();
                    let finding = findings::ambiguous(name, &names);
                    self.report(finding);
                    return broken(name.span);
                }
            }
        }
        // It may be a field of an event that is not known; a value that is nearly right is none.
        let misspelt = match want {
            Some(Type::Enum(ix)) => {
                let values = self.policy.enums[ix.at()].values.iter();
                nearest(word, values.map(|value| value.name.as_str())).is_some()
            }
            _ => false,
        };
        if !scope.doubtful || misspelt {
            let finding = self.explain(scope, name, want);
            self.report(finding);
        }
        broken(name.span)
    }

    /// Why a name means nothing here.
    fn explain(&self, scope: &Scope, name: &Name, want: Option<Type>) -> pol_syntax::Diagnostic {
        let word = name.value.as_str();
        if scope.events.len() > 1
            && scope
                .events
                .iter()
                .any(|source| self.field(source, word).is_some())
        {
            return findings::not_common(name);
        }
        if scope.events.is_empty() {
            if builtin::field_named(word).is_some() {
                return findings::no_event(name, None);
            }
            let holder = self.holder(word);
            if let Some(event) = holder {
                let event = &self.policy.events[event.at()].named.name;
                return findings::no_event(name, Some(event));
            }
        }
        if let Some((kind, _)) = self.attribute_anywhere(word) {
            let kind = &self.policy.kinds[kind.at()].named.name;
            return findings::bare_attribute(name, kind);
        }
        let fields = scope
            .events
            .iter()
            .flat_map(|source| self.known_fields(source));
        if let Some(Type::Enum(ix)) = want {
            let of = &self.policy.enums[ix.at()];
            let values: Vec<&str> = of.values.iter().map(|value| value.name.as_str()).collect();
            let near_value = nearest(word, values.iter().copied());
            let near_field = nearest(word, fields);
            if near_value.is_some() || near_field.is_none() {
                return findings::unknown_value(name, &of.name, &values, near_value);
            }
            return findings::unknown(name, ("a field or value", "字段或取值"), near_field);
        }
        let built_in = builtin::FIELDS
            .into_iter()
            .filter(|_| !scope.events.is_empty());
        let terms = self.names.of_space(Space::Term).map(|(name, _)| name);
        let known = fields.chain(built_in).chain(terms);
        let wanted = if scope.standpoint == Standpoint::Event {
            ("a field or value", "字段或取值")
        } else {
            ("a field, event or value", "字段、事项或取值")
        };
        findings::unknown(name, wanted, nearest(word, known))
    }

    fn holder(&self, field: &str) -> Option<EventIx> {
        let at = self
            .policy
            .events
            .iter()
            .position(|event| position(&event.fields, field).is_some())?;
        Some(EventIx(super::index(at)))
    }

    fn attribute_anywhere(&self, name: &str) -> Option<(KindIx, AttrIx)> {
        (0..)
            .map(KindIx)
            .zip(&self.policy.kinds)
            .find_map(|(ix, kind)| Some((ix, AttrIx(position(&kind.attributes, name)?.0))))
    }
}
