//! Events that a condition counts: which, over which window, and what is computed.

use super::{Lowering, broken};
use crate::findings;
use crate::hir::{
    Aggregate, EventSource, Expr, ExprKind, FieldKey, Function, Pattern, Period, Type, Window,
};
use crate::names::{Declared, Place, Space};
use crate::nearest::nearest;
use crate::scope::Scope;
use crate::types::{is_numeric, is_ordered};
use pol_calendar::CycleLength;
use pol_model::{KindIx, LadderIx, UnitIx, Value};
use pol_syntax::ast::{self, ActState, AggregateFunction, Counts, EventPattern, EventRef, Name};
use pol_syntax::{Diagnostic, Span};

/// What an event is called where one is wanted.
const EVENT: findings::Wanted = ("an event", "事项");

impl Lowering<'_> {
    /// The unit that counts yield.
    pub(super) fn count_type(&self, counts: Counts) -> Type {
        let at = self
            .policy
            .units
            .iter()
            .position(|unit| unit.counts == Some(counts));
        Type::Number(at.map(|at| UnitIx(super::index(at))))
    }

    pub(super) fn aggregate(
        &mut self,
        scope: &Scope,
        aggregate: &ast::Aggregate,
        span: Span,
    ) -> Expr {
        if !self.asks_subject(scope, span) {
            return broken(span);
        }
        let over = self.counted(scope, aggregate);
        let windows: Vec<Window> = aggregate
            .windows
            .iter()
            .filter_map(|window| self.window(scope, window))
            .collect();
        let Some(over) = over else {
            return broken(span);
        };
        let Some((function, ty)) = self.function(&aggregate.function, &over, &aggregate.event)
        else {
            return broken(span);
        };
        Expr {
            kind: ExprKind::Aggregate(Box::new(Aggregate {
                function,
                over,
                windows,
            })),
            ty,
            span,
        }
    }

    /// The events that an aggregate is over.
    fn counted(&mut self, scope: &Scope, aggregate: &ast::Aggregate) -> Option<Pattern> {
        let name = &aggregate.event.name;
        // In `red >= threshold in year` the window has gone to `threshold`.
        if let Some(place) = self.names.all(Space::Term, &name.value).first().copied()
            && !aggregate.windows.is_empty()
            && self.is_value(place)
        {
            self.report(findings::window_of_a_value(name, place));
            return None;
        }
        self.pattern_of(&aggregate.event, aggregate.filter.as_ref(), &scope.subjects)
    }

    fn is_value(&self, place: Place) -> bool {
        match place.declared {
            Declared::Param(_) | Declared::Reading(_) | Declared::Phase(_) => true,
            Declared::Define(define) => !self.is_set(define),
            _ => false,
        }
    }

    fn function(
        &mut self,
        function: &AggregateFunction,
        over: &Pattern,
        event: &EventRef,
    ) -> Option<(Function, Type)> {
        Some(match function {
            AggregateFunction::Count => (Function::Count, self.count_type(Counts::Occurrences)),
            AggregateFunction::Run => (Function::Run, self.count_type(Counts::Occurrences)),
            AggregateFunction::Distinct(field) => {
                let (key, _) = self.counted_field(over, event, field)?;
                (Function::Distinct(key), self.count_type(Counts::Kinds))
            }
            AggregateFunction::Same(field) => {
                let (key, _) = self.counted_field(over, event, field)?;
                (Function::Same(key), self.count_type(Counts::Occurrences))
            }
            AggregateFunction::Sum(field) => {
                let (key, ty) = self.counted_field(over, event, field)?;
                if !is_numeric(ty) {
                    let finding = findings::no_arithmetic(&self.policy, field.span, ty);
                    self.report(finding);
                    return None;
                }
                (Function::Sum(key), ty)
            }
            AggregateFunction::Max(field) => {
                let (key, ty) = self.counted_field(over, event, field)?;
                if !is_ordered(&self.policy, ty) {
                    let finding = findings::no_order(&self.policy, field.span, ty);
                    self.report(finding);
                    return None;
                }
                (Function::Max(key), ty)
            }
            AggregateFunction::Latest(field) => {
                let (key, ty) = self.counted_field(over, event, field)?;
                (Function::Latest(key), ty)
            }
        })
    }

    fn counted_field(
        &mut self,
        over: &Pattern,
        event: &EventRef,
        field: &Name,
    ) -> Option<(FieldKey, Type)> {
        if let Some(found) = self.field(&over.source, &field.value) {
            return Some((found.key, found.ty));
        }
        let known = self.known_fields(&over.source);
        let near = nearest(&field.value, known.iter().copied());
        let finding = findings::unknown_field(field, &event.name.value, &known, near);
        self.report(finding);
        None
    }

    /// Events with what they must satisfy.
    pub(super) fn pattern(
        &mut self,
        pattern: &EventPattern,
        subjects: &[KindIx],
    ) -> Option<Pattern> {
        self.pattern_of(&pattern.event, pattern.filter.as_ref(), subjects)
    }

    /// Several of them; those that are wrong are reported.
    pub(super) fn patterns(
        &mut self,
        patterns: &[EventPattern],
        subjects: &[KindIx],
    ) -> Vec<Pattern> {
        patterns
            .iter()
            .filter_map(|pattern| self.pattern(pattern, subjects))
            .collect()
    }

    pub(super) fn pattern_of(
        &mut self,
        event: &EventRef,
        filter: Option<&ast::Expr>,
        subjects: &[KindIx],
    ) -> Option<Pattern> {
        let source = self.source(&event.name, event.state, subjects)?;
        let scope = Scope::of_events(vec![source.clone()], subjects);
        let filter = filter.map(|filter| self.condition(&scope, filter));
        Some(Pattern {
            source,
            within_it: event.within_it,
            filter,
            span: event.name.span,
        })
    }

    /// The events of a name; a wrong one is reported.
    pub(super) fn source(
        &mut self,
        name: &Name,
        state: Option<ActState>,
        subjects: &[KindIx],
    ) -> Option<EventSource> {
        match self.source_of(name, state, subjects) {
            Ok(source) => source,
            Err(finding) => {
                self.report(finding);
                None
            }
        }
    }

    /// The events of a name. Nothing for a set whose circle is reported.
    pub(super) fn source_of(
        &mut self,
        name: &Name,
        state: Option<ActState>,
        subjects: &[KindIx],
    ) -> Result<Option<EventSource>, Diagnostic> {
        let Some(place) = self.names.all(Space::Term, &name.value).first().copied() else {
            return Err(self.unknown(name, Space::Term, EVENT));
        };
        let act = match place.declared {
            Declared::Duty(duty) => {
                return match state {
                    Some(state) => Ok(Some(EventSource::Duty(duty, state))),
                    None => Err(findings::duty_alone(name)),
                };
            }
            Declared::Event(event) => EventSource::Event(event),
            Declared::Outcome(outcome) => EventSource::Outcome(outcome),
            Declared::Ladder(ladder) => EventSource::Ladder(ladder),
            Declared::Status(..) => {
                let (ladder, status) = self.status(name, subjects)?;
                EventSource::Status(ladder, status)
            }
            Declared::Catalogue(catalogue) if state.is_none() => {
                return Ok(Some(EventSource::Catalogue(catalogue)));
            }
            Declared::Define(define) if state.is_none() && self.is_set(define) => {
                return Ok(self
                    .ensure_set(define, name)
                    .then_some(EventSource::Set(define)));
            }
            _ if state.is_some() => {
                let wanted = ("a status, outcome or duty", "状态、结果或职责");
                return Err(findings::wrong_sort(name, place, wanted));
            }
            _ => return Err(findings::wrong_sort(name, place, EVENT)),
        };
        match state {
            None => Ok(Some(act)),
            Some(ActState::Lost) => Ok(Some(EventSource::Lost(Box::new(act)))),
            Some(ActState::Owed | ActState::Met | ActState::Missed | ActState::Released) => {
                Err(findings::wrong_sort(name, place, ("a duty", "职责")))
            }
        }
    }

    /// The status of a name: of the one ladder on which these subjects stand.
    pub(super) fn status(
        &self,
        name: &Name,
        subjects: &[KindIx],
    ) -> Result<(LadderIx, u16), Diagnostic> {
        let all: Vec<(LadderIx, u16)> = self
            .names
            .all(Space::Term, &name.value)
            .iter()
            .filter_map(|place| match place.declared {
                Declared::Status(ladder, status) => Some((ladder, status)),
                _ => None,
            })
            .collect();
        let fitting: Vec<(LadderIx, u16)> = all
            .iter()
            .copied()
            .filter(|(ladder, _)| {
                let stands = &self.policy.ladders[ladder.at()].subjects;
                subjects.iter().all(|kind| stands.contains(kind))
            })
            .collect();
        match (fitting.as_slice(), all.as_slice()) {
            ([one], _) | ([], [one, ..]) => Ok(*one),
            ([], []) => Err(self.not_wanted(name, Space::Term, ("a status", "状态"))),
            (several, _) => {
                let ladders: Vec<&str> = several
                    .iter()
                    .map(|(ladder, _)| self.policy.ladders[ladder.at()].named.name.as_str())
                    .collect();
                Err(findings::ambiguous(name, &ladders))
            }
        }
    }

    fn window(&mut self, scope: &Scope, window: &ast::Node<ast::Window>) -> Option<Window> {
        Some(match &window.value {
            ast::Window::In(period) => Window::In(self.period(scope, period, window.span)?),
            ast::Window::Previous(period) => {
                Window::Previous(self.period(scope, period, window.span)?)
            }
            ast::Window::AnyPeriod(period) => {
                Window::AnyPeriod(self.period(scope, period, window.span)?)
            }
            ast::Window::AnySpan(length) => {
                Window::AnySpan(self.value_of(scope, length, Type::Duration))
            }
            ast::Window::Last(length) => Window::Last(self.value_of(scope, length, Type::Duration)),
            ast::Window::LastEvents(count, event) => {
                let count = self.value_of(scope, count, Type::Number(None));
                Window::LastEvents(count, self.pattern_of(event, None, &scope.subjects)?)
            }
            ast::Window::During(names) => Window::During(self.phases(names)),
            ast::Window::Since(event) => {
                Window::Since(self.pattern_of(event, None, &scope.subjects)?)
            }
            ast::Window::SinceLastTime => {
                if !scope.fires {
                    self.report(findings::no_last_time(window.span));
                    return None;
                }
                Window::SinceLastTime
            }
        })
    }

    /// A stretch of the calendar.
    pub(super) fn period(
        &mut self,
        scope: &Scope,
        period: &ast::Period,
        span: Span,
    ) -> Option<Period> {
        use pol_calendar::Period as Calendar;
        let plain = match period {
            ast::Period::Day => Calendar::Day,
            ast::Period::Week => Calendar::Week,
            ast::Period::Month => Calendar::Month,
            ast::Period::Quarter => Calendar::Quarter,
            ast::Period::Half => Calendar::Half,
            ast::Period::Year => Calendar::Year,
            ast::Period::Cycle(length, start) => return self.cycle(scope, length, start, span),
        };
        Some(Period::Calendar(plain))
    }

    fn cycle(
        &mut self,
        scope: &Scope,
        length: &ast::Expr,
        start: &ast::Expr,
        span: Span,
    ) -> Option<Period> {
        let length = self.value_of(scope, length, Type::Duration);
        let start = self.value_of(scope, start, Type::Date);
        let ExprKind::Const(Value::Duration(fixed)) = &length.kind else {
            return Some(Period::Cycle(Box::new(length), Box::new(start)));
        };
        let Some(steps) = CycleLength::of(*fixed) else {
            self.report(findings::no_cycle(length.span, span));
            return None;
        };
        let ExprKind::Const(Value::Date(anchor)) = &start.kind else {
            return Some(Period::Cycle(Box::new(length), Box::new(start)));
        };
        Some(Period::Calendar(pol_calendar::Period::Cycle {
            length: steps,
            anchor: *anchor,
        }))
    }
}
