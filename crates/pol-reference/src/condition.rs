//! Conditions and values: the manual, chapter "Conditions and windows".

use crate::history::{Gone, Occurrence, View};
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::{Date, Duration};
use pol_model::compute::{self, Arithmetic, Comparison};
use pol_model::{
    Cause, EnumIx, LadderIx, MemberIx, Number, OutcomeIx, Quantity, Tri, Truth, Value,
};
use pol_semantics::hir::{BinaryOp, DefineBody, Expr, ExprKind, FieldKey, Sign};
use std::cmp::Ordering;

impl World<'_> {
    /// Whether a condition holds.
    pub(crate) fn truth(&self, expr: &Expr, scope: &Scope<'_>) -> Truth {
        match &expr.kind {
            ExprKind::Not(inner) => self.truth(inner, &scope.negated()).negated(),
            ExprKind::Binary(BinaryOp::And, left, right) => {
                self.truth(left, scope).and(self.truth(right, scope))
            }
            ExprKind::Binary(BinaryOp::Or, left, right) => {
                self.truth(left, scope).or(self.truth(right, scope))
            }
            ExprKind::Binary(op, left, right) if comparison_of(*op).is_some() => {
                let (left, right) = (self.quantity(left, scope), self.quantity(right, scope));
                compare(*op, left, right, scope)
            }
            ExprKind::In(value, among) => {
                let value = self.quantity(value, scope);
                among.iter().fold(Truth::of(false), |found, one| {
                    found.or(compare(
                        BinaryOp::Is,
                        value.clone(),
                        self.quantity(one, scope),
                        scope,
                    ))
                })
            }
            ExprKind::Held(condition, duration) => self.held(condition, duration, scope),
            ExprKind::InForce(outcome) => Truth::of(
                scope
                    .subject
                    .is_some_and(|subject| self.in_force(*outcome, subject, scope)),
            ),
            ExprKind::During(phases) => Truth::of(
                phases
                    .iter()
                    .any(|phase| self.phase_span(*phase, scope.day).is_some()),
            ),
            ExprKind::Define(define) => match &self.policy.defines[define.at()].body {
                DefineBody::Value(value) => self.truth(value, scope),
                DefineBody::Events(_) => Truth::of(false),
            },
            ExprKind::Aggregate(aggregate) if expr.ty == pol_semantics::hir::Type::Bool => {
                let count = self.aggregate(aggregate, scope);
                match count {
                    // `latest improved of round` is a yes or no of its own.
                    Quantity::Known(Value::Bool(known)) => Truth::of(known),
                    other => compare(
                        BinaryOp::Ge,
                        other,
                        Quantity::number(Number::whole(1)),
                        scope,
                    ),
                }
            }
            _ => match self.quantity(expr, scope) {
                Quantity::Known(Value::Bool(known)) => Truth::of(known),
                Quantity::Unknown(causes) => Truth::unknown(causes),
                Quantity::Known(_) | Quantity::Between(_) => Truth::of(false),
            },
        }
    }

    /// The value of an expression.
    pub(crate) fn quantity(&self, expr: &Expr, scope: &Scope<'_>) -> Quantity {
        match &expr.kind {
            ExprKind::Const(value) => Quantity::Known(value.clone()),
            // A policy with holes does not run; reached only while one is explained.
            ExprKind::Hole => Quantity::Unknown(Vec::new()),
            ExprKind::Field(key) => self.field(key, scope),
            ExprKind::FieldAttr(key, attribute) => match self.field(key, scope) {
                Quantity::Known(Value::Member(member)) => self.attribute(member, *attribute, scope),
                other => other,
            },
            ExprKind::Attr(kind, attribute) => match self.subject_of_kind(*kind, scope) {
                Some(member) => self.attribute(member, *attribute, scope),
                None => Quantity::Unknown(vec![Cause::NoAttribute {
                    attribute: self.attribute_name(*kind, *attribute),
                    day: scope.attribute_day(),
                }]),
            },
            ExprKind::Standing(ladder) => {
                let status = scope
                    .subject
                    .map_or(0, |subject| self.standing(*ladder, subject, scope));
                Quantity::Known(Value::Symbol(
                    self.policy.ladders[ladder.at()].statuses,
                    status,
                ))
            }
            ExprKind::Reading(reading) => Quantity::Known(self.answer(*reading)),
            ExprKind::Param(param) => self.param(*param, scope),
            ExprKind::Define(define) => match &self.policy.defines[define.at()].body {
                DefineBody::Value(value) if expr.ty == pol_semantics::hir::Type::Bool => {
                    truth_value(self.truth(value, scope))
                }
                DefineBody::Value(value) => self.quantity(value, scope),
                DefineBody::Events(_) => Quantity::Unknown(Vec::new()),
            },
            ExprKind::Negate(inner) => self.arithmetic(
                BinaryOp::Sub,
                Quantity::number(Number::ZERO),
                self.quantity(inner, scope),
                scope,
            ),
            ExprKind::Binary(op, left, right)
                if matches!(
                    op,
                    BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div
                ) =>
            {
                self.arithmetic(
                    *op,
                    self.quantity(left, scope),
                    self.quantity(right, scope),
                    scope,
                )
            }
            ExprKind::Higher(values) => self.extreme(values, Ordering::Greater, scope),
            ExprKind::Lower(values) => self.extreme(values, Ordering::Less, scope),
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, scope),
            ExprKind::Share(kind, condition) => self.share(*kind, condition, scope),
            ExprKind::Members(kind, condition) => self.members(*kind, condition, scope),
            ExprKind::Rank(rank) => self.rank(rank, scope),
            ExprKind::Not(_)
            | ExprKind::Binary(..)
            | ExprKind::In(..)
            | ExprKind::Held(..)
            | ExprKind::InForce(_)
            | ExprKind::During(_) => truth_value(self.truth(expr, scope)),
        }
    }

    /// The standing of a subject: the one that it came with, moved by every issue on the record.
    pub(crate) fn standing(&self, ladder: LadderIx, subject: MemberIx, scope: &Scope<'_>) -> u16 {
        let view = match scope.found {
            Some((ladders, moment)) if ladders.contains(&ladder) => View {
                limit: moment.min(scope.view.limit),
                ..scope.view
            },
            _ => scope.view,
        };
        self.standing_on(ladder, subject, view)
    }

    /// The standing on a given record.
    pub(crate) fn standing_on(&self, ladder: LadderIx, subject: MemberIx, view: View) -> u16 {
        let first = self.register.member(subject).standings.iter();
        let mut standing = first
            .filter(|s| s.ladder == ladder)
            .map(|s| s.status)
            .next_back()
            .unwrap_or(0);
        for index in self.history.about(subject) {
            let happening = &self.history.happenings[*index];
            if let Occurrence::Status {
                ladder: moved,
                status,
                way,
                ..
            } = happening.what
                && moved == ladder
                && view.shows(happening)
            {
                standing = match way {
                    crate::history::Way::Raise => standing.max(status),
                    crate::history::Way::Set => status,
                };
            }
        }
        standing
    }

    /// True if an outcome is in force for a subject on the scope's day.
    pub(crate) fn in_force(
        &self,
        outcome: OutcomeIx,
        subject: MemberIx,
        scope: &Scope<'_>,
    ) -> bool {
        self.history.intervals.iter().any(|interval| {
            let gone = self.history.happenings[interval.imposed].gone;
            interval.outcome == outcome
                && interval.subject == subject
                && interval.from <= scope.day
                && interval.last.is_none_or(|last| scope.day <= last)
                && scope
                    .view
                    .shows_made(interval.made, gone.filter(|_| scope.view.gone == Gone::Now))
        })
    }

    /// Left and right put together.
    fn arithmetic(
        &self,
        op: BinaryOp,
        left: Quantity,
        right: Quantity,
        scope: &Scope<'_>,
    ) -> Quantity {
        let Some(op) = arithmetic_of(op) else {
            return Quantity::Unknown(Vec::new());
        };
        let top = |scale: EnumIx| self.policy.enums[scale.at()].values.len().saturating_sub(1);
        let entry = Self::entry_in(scope);
        compute::arithmetic(op, left, right, entry, &self.policy.calendars, top)
    }

    /// A date moved by a duration.
    pub(crate) fn shift(&self, date: Date, sign: Sign, duration: Duration) -> Result<Date, Cause> {
        let calendars = &self.policy.calendars;
        match sign {
            Sign::Plus => compute::later(date, duration, calendars),
            Sign::Minus => compute::earlier(date, duration, calendars),
        }
    }

    /// The duration that an expression yields.
    pub(crate) fn duration(&self, expr: &Expr, scope: &Scope<'_>) -> Result<Duration, Vec<Cause>> {
        match self.quantity(expr, scope) {
            Quantity::Known(Value::Duration(duration)) => Ok(duration),
            Quantity::Unknown(causes) => Err(causes),
            Quantity::Known(_) | Quantity::Between(_) => Err(vec![Cause::DateRange]),
        }
    }

    fn extreme(&self, values: &[Expr], wanted: Ordering, scope: &Scope<'_>) -> Quantity {
        let mut best: Option<Value> = None;
        for value in values {
            match self.quantity(value, scope) {
                Quantity::Known(value) => {
                    if best.as_ref().is_none_or(|best| value.cmp(best) == wanted) {
                        best = Some(value);
                    }
                }
                Quantity::Between(between) => return Quantity::Unknown(between.causes),
                Quantity::Unknown(causes) => return Quantity::Unknown(causes),
            }
        }
        best.map_or(Quantity::Unknown(Vec::new()), Quantity::Known)
    }

    /// The value of a field of the event in scope.
    fn field(&self, key: &FieldKey, scope: &Scope<'_>) -> Quantity {
        match scope.event {
            Some(event) => self.field_of(event, key),
            None => Quantity::Unknown(Vec::new()),
        }
    }
}

/// The comparison that an operator is.
const fn comparison_of(op: BinaryOp) -> Option<Comparison> {
    Some(match op {
        BinaryOp::Is => Comparison::Is,
        BinaryOp::IsNot => Comparison::IsNot,
        BinaryOp::Lt => Comparison::Lt,
        BinaryOp::Le => Comparison::Le,
        BinaryOp::Gt => Comparison::Gt,
        BinaryOp::Ge => Comparison::Ge,
        _ => return None,
    })
}

/// The arithmetic that an operator is.
const fn arithmetic_of(op: BinaryOp) -> Option<Arithmetic> {
    Some(match op {
        BinaryOp::Add => Arithmetic::Add,
        BinaryOp::Sub => Arithmetic::Sub,
        BinaryOp::Mul => Arithmetic::Mul,
        BinaryOp::Div => Arithmetic::Div,
        _ => return None,
    })
}

/// Compares two quantities in a scope.
pub(crate) fn compare(op: BinaryOp, left: Quantity, right: Quantity, scope: &Scope<'_>) -> Truth {
    match comparison_of(op) {
        Some(op) => compute::compare(op, left, right, scope.negative),
        None => Truth::of(false),
    }
}

fn truth_value(truth: Truth) -> Quantity {
    match truth.tri {
        Tri::Yes => Quantity::Known(Value::Bool(true)),
        Tri::No => Quantity::Known(Value::Bool(false)),
        Tri::Unknown => Quantity::Unknown(truth.causes),
    }
}
