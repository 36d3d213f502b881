//! Points in time.

use super::Lowering;
use crate::findings;
use crate::hir::{FieldKey, Pattern, Point, PointBase, Type};
use crate::names::{Declared, Space};
use crate::nearest::nearest;
use crate::scope::Scope;
use pol_model::KindIx;
use pol_syntax::Span;
use pol_syntax::ast::{self, EventRef, Name};

impl Lowering<'_> {
    /// Points; those that are wrong are reported.
    pub(super) fn points(&mut self, scope: &Scope, points: &[ast::Node<ast::Point>]) -> Vec<Point> {
        points
            .iter()
            .filter_map(|point| self.point(scope, &point.value, point.span))
            .collect()
    }

    fn point(&mut self, scope: &Scope, point: &ast::Point, span: Span) -> Option<Point> {
        let base = match &point.base {
            ast::PointBase::Date(date) => PointBase::Date(*date),
            ast::PointBase::EachYear(month, day) => {
                self.check(1..=12, *month, span);
                self.check(1..=longest(*month), *day, span);
                PointBase::EachYear(*month, *day)
            }
            ast::PointBase::EachMonth(day) => {
                self.check(1..=31, *day, span);
                PointBase::EachMonth(*day)
            }
            ast::PointBase::EachWeek(day) => {
                self.check(1..=7, *day, span);
                PointBase::EachWeek(*day)
            }
            ast::PointBase::EndOfEach(period) => {
                PointBase::EndOfEach(self.period(scope, period, span)?)
            }
            ast::PointBase::EndOf(name) => self.end_of(name, &scope.subjects)?,
            ast::PointBase::FieldOf(field, event) => {
                self.date_field(field, event, &scope.subjects)?
            }
            ast::PointBase::Attribute(path) => {
                PointBase::Attribute(self.value_of(scope, path, Type::Date))
            }
        };
        let offsets = point
            .offsets
            .iter()
            .map(|(sign, length)| (*sign, self.value_of(scope, length, Type::Duration)))
            .collect();
        Some(Point {
            base,
            offsets,
            span,
        })
    }

    fn check(&mut self, range: std::ops::RangeInclusive<u32>, number: u32, span: Span) {
        if !range.contains(&number) {
            let greatest = i64::from(*range.end());
            self.report(findings::out_of_range(span, 1, greatest));
        }
    }

    /// `end of X`: of a phase, or the field `end` of an event.
    fn end_of(&mut self, name: &Name, subjects: &[KindIx]) -> Option<PointBase> {
        match self.names.find(Space::Term, &name.value) {
            Some(Declared::Phase(phase)) => Some(PointBase::EndOfPhase(phase)),
            Some(Declared::Event(_) | Declared::Catalogue(_) | Declared::Outcome(_)) => {
                let end = Name::new("end".to_owned(), name.span);
                self.date_field(&end, name, subjects)
            }
            _ => {
                let wanted = ("a phase", "阶段");
                let finding = self.not_wanted(name, Space::Term, wanted);
                self.report(finding);
                None
            }
        }
    }

    fn date_field(&mut self, field: &Name, event: &Name, subjects: &[KindIx]) -> Option<PointBase> {
        let event_ref = EventRef {
            name: event.clone(),
            state: None,
            within_it: false,
        };
        let pattern: Pattern = self.pattern_of(&event_ref, None, subjects)?;
        let Some(found) = self.field(&pattern.source, &field.value) else {
            let known = self.known_fields(&pattern.source);
            let near = nearest(&field.value, known.iter().copied());
            let finding = findings::unknown_field(field, &event.value, &known, near);
            self.report(finding);
            return None;
        };
        if !matches!(found.ty, Type::Date | Type::Error) {
            let finding = findings::wrong_type(&self.policy, field.span, found.ty, Type::Date);
            self.report(finding);
            return None;
        }
        let key: FieldKey = found.key;
        Some(PointBase::FieldOf(key, pattern))
    }
}

/// The most days that a month has in any year.
const fn longest(month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => 31,
    }
}
