//! Conditions and values: the manual, chapter "Conditions and windows".

use crate::history::{Gone, Occurrence, View};
use crate::scope::Scope;
use crate::truth::{Between, Quantity, Truth};
use crate::world::World;
use pol_calendar::{Date, Duration};
use pol_runtime::{Cause, LadderIx, MemberIx, Number, OutcomeIx, Tri, Value};
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
            ExprKind::Binary(op, left, right) if is_comparison(*op) => {
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
        let entry = Self::entry_in(scope);
        match (left, right) {
            (Quantity::Unknown(mut causes), Quantity::Unknown(more)) => {
                causes.extend(more);
                Quantity::Unknown(causes)
            }
            (Quantity::Unknown(causes), _) | (_, Quantity::Unknown(causes)) => {
                Quantity::Unknown(causes)
            }
            (Quantity::Known(Value::Date(date)), Quantity::Known(Value::Duration(duration))) => {
                let sign = if op == BinaryOp::Sub {
                    Sign::Minus
                } else {
                    Sign::Plus
                };
                match self.shift(date, sign, duration) {
                    Ok(date) => Quantity::Known(Value::Date(date)),
                    Err(cause) => Quantity::Unknown(vec![cause]),
                }
            }
            (Quantity::Known(Value::Date(later)), Quantity::Known(Value::Date(earlier))) => {
                Quantity::number(Number::whole((later - earlier).num_days().into()))
            }
            (Quantity::Known(Value::Symbol(_, a)), Quantity::Known(Value::Symbol(_, b))) => {
                Quantity::number(Number::whole(i128::from(a) - i128::from(b)))
            }
            (Quantity::Known(Value::Symbol(scale, at)), Quantity::Known(Value::Number(steps))) => {
                let top = self.policy.enums[scale.at()].values.len().saturating_sub(1);
                let steps = steps.to_whole().unwrap_or(0);
                let steps = if op == BinaryOp::Sub {
                    steps.saturating_neg()
                } else {
                    steps
                };
                let place = i128::from(at)
                    .saturating_add(steps)
                    .clamp(0, i128::try_from(top).unwrap_or(0));
                Quantity::Known(Value::Symbol(scale, u16::try_from(place).unwrap_or(at)))
            }
            (left, right) => match (left.bounds(), right.bounds()) {
                (Ok(left), Ok(right)) => number_arithmetic(op, &left, &right, entry),
                (Err(causes), _) | (_, Err(causes)) => Quantity::Unknown(causes),
            },
        }
    }

    /// A date moved by a duration.
    pub(crate) fn shift(&self, date: Date, sign: Sign, duration: Duration) -> Result<Date, Cause> {
        let calendars = &self.policy.calendars;
        let moved = match sign {
            Sign::Plus => pol_calendar::add(date, duration, calendars),
            Sign::Minus => pol_calendar::sub(date, duration, calendars),
        };
        moved.map_err(|error| match error {
            pol_calendar::DateError::MissingYear(missing) => Cause::MissingYear {
                calendar: missing.calendar.clone(),
                year: missing.year,
            },
            pol_calendar::DateError::OutOfRange { .. } | pol_calendar::DateError::NoCalendar(_) => {
                Cause::DateRange
            }
        })
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

/// True for the six comparisons.
const fn is_comparison(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Is | BinaryOp::IsNot | BinaryOp::Lt | BinaryOp::Le | BinaryOp::Gt | BinaryOp::Ge
    )
}

fn truth_value(truth: Truth) -> Quantity {
    match truth.tri {
        Tri::Yes => Quantity::Known(Value::Bool(true)),
        Tri::No => Quantity::Known(Value::Bool(false)),
        Tri::Unknown => Quantity::Unknown(truth.causes),
    }
}

/// Compares two quantities. A comparison that a further entry could make false (under `not`: true)
/// is unknown while its window begins before the record does.
pub(crate) fn compare(op: BinaryOp, left: Quantity, right: Quantity, scope: &Scope<'_>) -> Truth {
    match (left, right) {
        (Quantity::Unknown(mut causes), Quantity::Unknown(more)) => {
            causes.extend(more);
            Truth::unknown(causes)
        }
        (Quantity::Unknown(causes), _) | (_, Quantity::Unknown(causes)) => Truth::unknown(causes),
        (Quantity::Known(left), Quantity::Known(right)) => Truth::of(holds(op, left.cmp(&right))),
        (left, right) => match (left.bounds(), right.bounds()) {
            (Ok(left), Ok(right)) => compare_bounds(op, &left, &right, scope.negative),
            (Err(causes), _) | (_, Err(causes)) => Truth::unknown(causes),
        },
    }
}

const fn holds(op: BinaryOp, order: Ordering) -> bool {
    match op {
        BinaryOp::Is => order.is_eq(),
        BinaryOp::IsNot => order.is_ne(),
        BinaryOp::Lt => order.is_lt(),
        BinaryOp::Le => order.is_le(),
        BinaryOp::Gt => order.is_gt(),
        BinaryOp::Ge => order.is_ge(),
        BinaryOp::Or
        | BinaryOp::And
        | BinaryOp::Add
        | BinaryOp::Sub
        | BinaryOp::Mul
        | BinaryOp::Div => false,
    }
}

fn compare_bounds(op: BinaryOp, left: &Between, right: &Between, negative: bool) -> Truth {
    let certain = |low: bool, high: bool| match (low, high) {
        (true, true) => Tri::Yes,
        (false, false) => Tri::No,
        _ => Tri::Unknown,
    };
    // The two extreme cases of an order comparison are the pairs of opposite ends.
    let tri = match op {
        BinaryOp::Is | BinaryOp::IsNot => {
            let apart = left.high < right.low || right.high < left.low;
            let same = left.low == left.high && right.low == right.high && left.low == right.low;
            let is = if apart {
                Tri::No
            } else if same {
                Tri::Yes
            } else {
                Tri::Unknown
            };
            if op == BinaryOp::Is { is } else { is.negated() }
        }
        _ => certain(
            holds(op, left.low.cmp(&right.high)),
            holds(op, left.high.cmp(&right.low)),
        ),
    };
    if tri == Tri::Unknown {
        return Truth::unknown(left.causes.iter().chain(&right.causes).cloned().collect());
    }
    // Entries from before the record can only raise a side whose window is not covered. Under `not`
    // the verdict in question is the opposite one.
    let asked = if negative { Tri::No } else { Tri::Yes };
    let overturned = |side: &Between, other: &Between, is_left: bool| match op {
        BinaryOp::Lt | BinaryOp::Le => is_left != negative,
        BinaryOp::Gt | BinaryOp::Ge => is_left == negative,
        _ => side.low <= other.high,
    };
    let open: Vec<Cause> = [(left, right, true), (right, left, false)]
        .into_iter()
        .filter(|(side, other, is_left)| tri == asked && overturned(side, other, *is_left))
        .filter_map(|(side, ..)| side.uncovered.clone())
        .collect();
    if open.is_empty() {
        Truth::known(tri)
    } else {
        Truth::unknown(open)
    }
}

fn number_arithmetic(
    op: BinaryOp,
    left: &Between,
    right: &Between,
    entry: Option<pol_runtime::EntryIx>,
) -> Quantity {
    let exact = |between: &Between| between.low == between.high && between.uncovered.is_none();
    if op == BinaryOp::Div && right.low == Number::ZERO && right.high == Number::ZERO {
        return Quantity::Unknown(vec![Cause::DivisionByZero { entry }]);
    }
    if exact(left) && exact(right) {
        let result = match op {
            BinaryOp::Add => left.low.plus(right.low),
            BinaryOp::Sub => left.low.minus(right.low),
            BinaryOp::Mul => left.low.times(right.low),
            _ => left.low.over(right.low),
        };
        return Quantity::or_unknown(result, Cause::Overflow);
    }
    let causes = || {
        left.causes
            .iter()
            .chain(&right.causes)
            .cloned()
            .collect::<Vec<_>>()
    };
    let uncovered = || left.uncovered.clone().or_else(|| right.uncovered.clone());
    let open = |low: Option<Number>, high: Option<Number>| match (low, high) {
        (Some(low), Some(high)) => Quantity::Between(Between {
            low,
            high,
            causes: causes(),
            uncovered: uncovered(),
        }),
        _ => Quantity::Unknown(vec![Cause::Overflow]),
    };
    let positive = |between: &Between| exact(between) && between.low > Number::ZERO;
    match op {
        BinaryOp::Add => open(left.low.plus(right.low), left.high.plus(right.high)),
        BinaryOp::Sub if exact(right) => {
            open(left.low.minus(right.low), left.high.minus(right.low))
        }
        BinaryOp::Mul if positive(right) => {
            open(left.low.times(right.low), left.high.times(right.low))
        }
        BinaryOp::Mul if positive(left) => {
            open(right.low.times(left.low), right.high.times(left.low))
        }
        BinaryOp::Div if positive(right) => {
            open(left.low.over(right.low), left.high.over(right.low))
        }
        _ => {
            let mut all = causes();
            all.extend(uncovered());
            Quantity::Unknown(all)
        }
    }
}
