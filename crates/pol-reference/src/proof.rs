//! A condition taken apart: what each of its parts comes to, and on which events.

use crate::history::{HappeningIx, Occurrence};
use crate::scope::Scope;
use crate::window::Bound;
use crate::world::World;
use pol_calendar::Date;
use pol_model::{Cause, EntryIx, Number, Tri, Value, What};
use pol_model::{Quantity, Truth};
use pol_semantics::hir::{Aggregate, BinaryOp, DefineBody, Expr, ExprKind, Function, Sign, Type};
use pol_syntax::Span;

/// A part of a condition and what it comes to. The author's words stand at `span`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Where the part stands in the policy.
    pub span: Span,
    /// What it comes to.
    pub finding: Finding,
    /// Its parts.
    pub parts: Vec<Proof>,
}

/// What a part of a condition comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A condition: whether it holds, and what an unknown lacks.
    Condition {
        /// The verdict.
        holds: Tri,
        /// What is missing; empty unless unknown.
        causes: Vec<Cause>,
    },
    /// `C held D`: since when, and from which day on it holds.
    Held {
        /// The verdict.
        holds: Tri,
        /// Since when the condition has held; none: it does not hold.
        since: Option<Date>,
        /// The day from which on it has held long enough.
        from: Option<Date>,
    },
    /// A value.
    Value(Found),
    /// An aggregate: its value, the events that make it up, and the days that it looked at.
    Aggregate {
        /// The value.
        value: Found,
        /// The events.
        events: Vec<CountedEvent>,
        /// The days of its windows, first and last; none: without beginning or end.
        windows: Vec<(Option<Date>, Option<Date>)>,
    },
}

/// A value, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This.
    Known(Value),
    /// Between two numbers.
    Between(Number, Number, Vec<Cause>),
    /// Unknown.
    Unknown(Vec<Cause>),
}

/// An event that an aggregate counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedEvent {
    /// The day it happened.
    pub date: Date,
    /// Its entry, or the entry behind it.
    pub entry: Option<EntryIx>,
    /// What it is, unless it is an entry.
    pub act: Option<What>,
    /// The value of the field that the aggregate asks for.
    pub value: Option<Value>,
}

impl World<'_> {
    /// Takes a condition apart.
    pub(crate) fn proof(&self, expr: &Expr, scope: &Scope<'_>) -> Proof {
        let part = |inner: &Expr| self.proof(inner, scope);
        let condition = |truth: Truth| Finding::Condition {
            holds: truth.tri,
            causes: truth.causes,
        };
        let (finding, parts) = match &expr.kind {
            ExprKind::Binary(op, left, right) if expr.ty == Type::Bool => {
                let parts = match op {
                    BinaryOp::And | BinaryOp::Or => vec![part(left), part(right)],
                    _ => [left, right]
                        .into_iter()
                        .filter(|side| !is_fixed(side))
                        .map(|side| part(side))
                        .collect(),
                };
                (condition(self.truth(expr, scope)), parts)
            }
            ExprKind::Not(inner) => (
                condition(self.truth(expr, scope)),
                vec![self.proof(inner, &scope.negated())],
            ),
            ExprKind::In(inner, _) => (condition(self.truth(expr, scope)), vec![part(inner)]),
            ExprKind::Held(inner, length) => {
                let since = scope
                    .subject
                    .and_then(|subject| self.clock(inner, subject, scope).certain);
                let length = self.duration(length, scope).ok();
                let from = since
                    .zip(length)
                    .and_then(|(since, length)| self.shift(since, Sign::Plus, length).ok());
                let holds = self.truth(expr, scope).tri;
                (Finding::Held { holds, since, from }, vec![part(inner)])
            }
            ExprKind::Define(define) => match &self.policy.defines[define.at()].body {
                DefineBody::Value(value) => {
                    let inner = part(value);
                    (inner.finding.clone(), vec![inner])
                }
                DefineBody::Events(_) => (condition(Truth::of(false)), Vec::new()),
            },
            ExprKind::Aggregate(aggregate) => (self.counted_finding(aggregate, scope), Vec::new()),
            _ if expr.ty == Type::Bool => (condition(self.truth(expr, scope)), Vec::new()),
            ExprKind::Binary(_, left, right) => {
                let sides = [left, right].into_iter().filter(|side| !is_fixed(side));
                (
                    Finding::Value(found(self.quantity(expr, scope))),
                    sides.map(|side| part(side)).collect(),
                )
            }
            ExprKind::Higher(values) | ExprKind::Lower(values) => (
                Finding::Value(found(self.quantity(expr, scope))),
                values.iter().map(part).collect(),
            ),
            _ => (
                Finding::Value(found(self.quantity(expr, scope))),
                Vec::new(),
            ),
        };
        Proof {
            span: expr.span,
            finding,
            parts,
        }
    }

    fn counted_finding(&self, aggregate: &Aggregate, scope: &Scope<'_>) -> Finding {
        let counted = self.counted(aggregate, scope);
        let field = match &aggregate.function {
            Function::Distinct(field)
            | Function::Same(field)
            | Function::Sum(field)
            | Function::Max(field)
            | Function::Latest(field) => Some(field),
            Function::Count | Function::Run => None,
        };
        let events = counted.events.iter().map(|index| {
            let happening = &self.history.happenings[*index];
            CountedEvent {
                date: happening.date,
                entry: happening.entry,
                act: self.act_of(*index),
                value: field.and_then(|field| self.field_of(happening, field).known().cloned()),
            }
        });
        Finding::Aggregate {
            value: found(counted.quantity),
            events: events.collect(),
            windows: self.window_days(aggregate, scope),
        }
    }

    fn act_of(&self, index: HappeningIx) -> Option<What> {
        match self.history.happenings[index].what {
            Occurrence::Status { ladder, status, .. } => Some(What::Status(ladder, status)),
            Occurrence::Outcome(outcome) => Some(What::Outcome(outcome)),
            Occurrence::Duty(duty, ..) => Some(What::Duty(duty)),
            Occurrence::Event(event) => self.history.happenings[index]
                .firing
                .map(|_| What::Event(event)),
            Occurrence::Lost(_) => None,
        }
    }

    /// The days that an aggregate's windows hold, as far as they have ends.
    fn window_days(
        &self,
        aggregate: &Aggregate,
        scope: &Scope<'_>,
    ) -> Vec<(Option<Date>, Option<Date>)> {
        let Ok(frame) = self.frame(&aggregate.windows, scope) else {
            return Vec::new();
        };
        frame
            .bounds
            .iter()
            .filter_map(|bound| match bound {
                Bound::Days(span) => Some((Some(span.first), Some(span.last))),
                Bound::Rolling(length) => {
                    // The first day whose E + D lies after the day: found by steps, for months are uneven.
                    let back = self.shift(scope.around, Sign::Minus, *length).ok()?;
                    let reaches = |day: Date| {
                        self.shift(day, Sign::Plus, *length)
                            .is_ok_and(|end| scope.around < end)
                    };
                    let first = back.iter_days().take(5).find(|day| reaches(*day));
                    Some((first, Some(scope.around)))
                }
                Bound::After(day) => Some((day.succ_opt(), None)),
                Bound::From(first) => {
                    let first = first.map(|first| self.history.happenings[first].date);
                    Some((first, Some(scope.around)))
                }
                Bound::Phases(_) | Bound::NotOnRecord(_) | Bound::Nothing => None,
            })
            .collect()
    }
}

/// A side that says itself what it is.
fn is_fixed(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Const(_))
}

fn found(quantity: Quantity) -> Found {
    match quantity {
        Quantity::Known(value) => Found::Known(value),
        Quantity::Between(between) => {
            let causes = between
                .causes
                .into_iter()
                .chain(between.uncovered)
                .collect();
            Found::Between(between.low, between.high, causes)
        }
        Quantity::Unknown(causes) => Found::Unknown(causes),
    }
}
