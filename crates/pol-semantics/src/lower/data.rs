//! The shapes of data: attributes, fields and their types, ladders' subjects, phases.

use super::{Lowering, index};
use crate::builtin;
use crate::findings;
use crate::hir::{EventOf, Field, Hole, Named, Type};
use crate::limit::DEEPEST;
use crate::literal::constant;
use crate::names::{Declared, Space};
use crate::nearest::nearest;
use pol_model::{EventIx, FieldIx, KindIx, Value};
use pol_syntax::Span;
use pol_syntax::ast::{self, Multiplicity, Name, TypeExpr};
use std::collections::BTreeMap;

impl Lowering<'_> {
    pub(super) fn lower_data(&mut self) {
        for (at, subject) in self.source.kinds.clone().into_iter().enumerate() {
            self.policy.kinds[at].attributes =
                self.fields(&subject.head.name.value, &subject.attributes);
            self.policy.kinds[at].within =
                subject.within.as_ref().and_then(|outer| self.kind(outer));
        }
        for (at, event) in self.source.events.clone().into_iter().enumerate() {
            self.policy.events[at].of = self.concerned(&event.of);
            self.policy.events[at].fields = self.fields(&event.head.name.value, &event.fields);
        }
        for (at, outcome) in self.source.outcomes.clone().into_iter().enumerate() {
            self.policy.outcomes[at].fields =
                self.fields(&outcome.head.name.value, &outcome.fields);
        }
        for (at, ladder) in self.source.ladders.clone().into_iter().enumerate() {
            let mut subjects = self.kinds(&ladder.subjects);
            // A kind that could not be resolved has been reported.
            if ladder.subjects.is_empty() || subjects.len() < ladder.subjects.len() {
                subjects = self.all_kinds();
            }
            self.policy.ladders[at].subjects = subjects;
        }
        for (at, phase) in self.source.phases.clone().into_iter().enumerate() {
            self.phase_dates(at, phase);
        }
        self.catalogue_shapes();
        self.openings();
    }

    /// The kinds with which a member comes by an entry: asked for once events have their fields.
    fn openings(&mut self) {
        for (at, subject) in self.source.kinds.clone().into_iter().enumerate() {
            let Some(opened) = &subject.opened else {
                continue;
            };
            let Some(event) = self.event_kind(&opened.event) else {
                continue;
            };
            let field = match &opened.field {
                Some(name) => match self.declared_field(event, name) {
                    Some(field) => Some(field),
                    None => continue,
                },
                None => None,
            };
            self.policy.kinds[at].opened = Some((event, field));
        }
        self.circle_of_kinds();
    }

    /// A kind that lies within itself.
    fn circle_of_kinds(&mut self) {
        for at in 0..self.policy.kinds.len() {
            let mut path = vec![self.policy.kinds[at].named.name.clone()];
            let mut outer = self.policy.kinds[at].within;
            while let Some(kind) = outer {
                path.push(self.policy.kinds[kind.at()].named.name.clone());
                if kind.at() == at {
                    let name = Name::new(path[0].clone(), self.policy.kinds[at].named.span);
                    self.report(findings::circular(&name, &path));
                    self.policy.kinds[at].within = None;
                    break;
                }
                if path.len() > DEEPEST {
                    let named = &self.policy.kinds[at].named;
                    let name = Name::new(named.name.clone(), named.span);
                    self.report(findings::leans_too_deep(&name, DEEPEST));
                    self.policy.kinds[at].within = None;
                    break;
                }
                outer = self.policy.kinds[kind.at()].within;
            }
        }
    }

    /// A kind of subject by its name.
    pub(super) fn kind(&mut self, name: &Name) -> Option<KindIx> {
        let kind = self.names.kind(&name.value);
        if kind.is_none() {
            let wanted = ("a kind of subject", "对象");
            let finding = self.not_wanted(name, Space::Who, wanted);
            self.report(finding);
        }
        kind
    }

    /// Kinds of subject by their names; those that are none are reported.
    pub(super) fn kinds(&mut self, names: &[Name]) -> Vec<KindIx> {
        let mut kinds: Vec<KindIx> = Vec::new();
        for name in names {
            if let Some(kind) = self.kind(name) {
                if kinds.contains(&kind) {
                    self.report(findings::listed_twice(name, names[0].span));
                } else {
                    kinds.push(kind);
                }
            }
        }
        kinds
    }

    pub(super) fn all_kinds(&self) -> Vec<KindIx> {
        (0..index(self.policy.kinds.len())).map(KindIx).collect()
    }

    /// A kind of entry by its name.
    pub(super) fn event_kind(&mut self, name: &Name) -> Option<EventIx> {
        if let Some(Declared::Event(event)) = self.names.find(Space::Term, &name.value) {
            return Some(event);
        }
        let finding = self.not_wanted(name, Space::Term, ("an event", "事项"));
        self.report(finding);
        None
    }

    /// A declared field of a kind of entry.
    pub(super) fn declared_field(&mut self, event: EventIx, name: &Name) -> Option<FieldIx> {
        let event = &self.policy.events[event.at()];
        let found = position(&event.fields, &name.value);
        if found.is_none() {
            let known: Vec<&str> = field_names(&event.fields);
            let near = nearest(&name.value, known.iter().copied());
            let finding = findings::unknown_field(name, &event.named.name, &known, near);
            self.report(finding);
        }
        found
    }

    fn concerned(&mut self, of: &[ast::EventOf]) -> Vec<EventOf> {
        let mut concerned = Vec::new();
        for term in of {
            let and_every = term.and_every.as_ref().and_then(|inner| self.kind(inner));
            if let Some(kind) = self.kind(&term.kind) {
                let every = term.every;
                concerned.push(EventOf {
                    kind,
                    every,
                    and_every,
                });
            }
        }
        concerned
    }

    fn fields(&mut self, owner: &str, fields: &[ast::Field]) -> Vec<Field> {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut lowered = Vec::new();
        for field in fields {
            if let Some(first) = seen.insert(&field.name.value, field.name.span) {
                self.report(findings::listed_twice(&field.name, first));
            }
            lowered.push(self.field_shape(owner, field));
        }
        lowered
    }

    fn field_shape(&mut self, owner: &str, field: &ast::Field) -> Field {
        let (ty, range) = self.type_of(owner, field);
        let default = match &field.default {
            Some(expr) if ty != Type::Error => {
                match constant(&self.policy, &self.names, expr, ty) {
                    Ok(value) => {
                        if let Some((least, greatest)) = range
                            && !within(&value, least, greatest)
                        {
                            self.report(findings::out_of_range(expr.span, least, greatest));
                        }
                        Some(value)
                    }
                    Err(finding) => {
                        self.report(finding);
                        None
                    }
                }
            }
            _ => None,
        };
        Field {
            named: Named {
                name: field.name.value.clone(),
                label: field.label.as_ref().map(|label| label.value.clone()),
                cites: Vec::new(),
                span: field.name.span,
            },
            ty,
            range,
            optional: field.multiplicity == Multiplicity::Optional,
            several: field.multiplicity == Multiplicity::Several,
            default,
        }
    }

    fn type_of(&mut self, owner: &str, field: &ast::Field) -> (Type, Option<(i64, i64)>) {
        match &field.ty {
            TypeExpr::Named(name) => (self.type_named(name), None),
            TypeExpr::Values(values) => {
                let name = format!("{owner}.{}", field.name.value);
                (Type::Enum(self.enumeration(&name, values, false)), None)
            }
            TypeExpr::Range(range) => {
                let (least, greatest) = range.value;
                if least > greatest {
                    self.report(findings::empty_range(range.span, least, greatest));
                }
                (Type::Number(None), Some(range.value))
            }
        }
    }

    fn type_named(&mut self, name: &Name) -> Type {
        match self.names.find(Space::Type, &name.value) {
            Some(Declared::Kind(kind)) => return Type::Member(kind),
            Some(Declared::Unit(unit)) => return Type::Number(Some(unit)),
            Some(Declared::Scale(scale)) => return Type::Enum(scale),
            _ => {}
        }
        if let Some(ty) = builtin::type_named(&name.value) {
            return ty;
        }
        if let Some(Declared::Ladder(ladder)) = self.names.find(Space::Term, &name.value) {
            return Type::Enum(self.policy.ladders[ladder.at()].statuses);
        }
        let known = self
            .names
            .of_space(Space::Type)
            .map(|(name, _)| name)
            .chain(builtin::TYPES);
        let finding = findings::unknown_type(name, nearest(&name.value, known));
        self.report(finding);
        Type::Error
    }

    fn phase_dates(&mut self, at: usize, phase: &ast::Phase) {
        match &phase.dates {
            ast::PhaseDates::FromRegister => {
                self.policy.phases[at].from_register = true;
            }
            ast::PhaseDates::Spans(spans) => {
                for span in spans {
                    let until = span.to.as_ref().map(|to| to.value);
                    let Some(from) = &span.from else {
                        let declaration = phase.head.name.value.clone();
                        let span = span.to.as_ref().map_or(phase.head.name.span, |to| to.span);
                        self.policy.holes.push(Hole { declaration, span });
                        continue;
                    };
                    if let Some(to) = &span.to
                        && to.value < from.value
                    {
                        self.report(findings::backwards(from.span, to.span));
                    }
                    self.policy.phases[at].spans.push((from.value, until));
                }
            }
        }
    }
}

/// The place of a field in a list.
pub(super) fn position(fields: &[Field], name: &str) -> Option<FieldIx> {
    let at = fields.iter().position(|field| field.named.name == name)?;
    Some(FieldIx(index(at)))
}

/// The names of fields.
pub(super) fn field_names(fields: &[Field]) -> Vec<&str> {
    fields
        .iter()
        .map(|field| field.named.name.as_str())
        .collect()
}

/// True for a whole number of a range.
pub(super) fn within(value: &Value, least: i64, greatest: i64) -> bool {
    value
        .as_number()
        .and_then(pol_model::Number::to_whole)
        .is_some_and(|whole| (i128::from(least)..=i128::from(greatest)).contains(&whole))
}
