//! Conditions and values.

use super::events::{event_ref, window};
use super::{date, duration, name, names, node, number, quoted, reference, span};
use pol_syntax::ast::{Aggregate, AggregateFunction, BinaryOp, Expr, ExprKind, Rank, Share};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

fn literal() -> BoxedStrategy<ExprKind> {
    prop_oneof![
        any::<bool>().prop_map(ExprKind::Bool),
        number().prop_map(ExprKind::Number),
        date().prop_map(ExprKind::Date),
        duration().prop_map(ExprKind::Duration),
        quoted().prop_map(|text| ExprKind::Text(text.value)),
        Just(ExprKind::Hole),
    ]
    .boxed()
}

fn operator() -> BoxedStrategy<BinaryOp> {
    prop_oneof![
        3 => Just(BinaryOp::Or),
        3 => Just(BinaryOp::And),
        1 => Just(BinaryOp::Is),
        1 => Just(BinaryOp::IsNot),
        1 => Just(BinaryOp::Lt),
        1 => Just(BinaryOp::Le),
        1 => Just(BinaryOp::Gt),
        3 => Just(BinaryOp::Ge),
        1 => Just(BinaryOp::Add),
        1 => Just(BinaryOp::Sub),
        1 => Just(BinaryOp::Mul),
        1 => Just(BinaryOp::Div),
    ]
    .boxed()
}

/// What both full conditions and those of a `where` are built of.
fn composed(inner: BoxedStrategy<Expr>) -> BoxedStrategy<ExprKind> {
    let boxed = inner.clone().prop_map(Box::new);
    prop_oneof![
        6 => (operator(), boxed.clone(), boxed.clone())
            .prop_map(|(op, left, right)| ExprKind::Binary(op, left, right)),
        2 => boxed.clone().prop_map(ExprKind::Not),
        1 => boxed.clone().prop_map(ExprKind::Negate),
        1 => (boxed, vec(inner.clone(), 1..3)).prop_map(|(value, set)| ExprKind::In(value, set)),
        1 => vec(inner.clone(), 2..4).prop_map(ExprKind::HigherOf),
        1 => vec(inner, 2..4).prop_map(ExprKind::LowerOf),
    ]
    .boxed()
}

/// A condition in an event's `where`: fields and attributes only.
pub fn filter() -> BoxedStrategy<Expr> {
    prop_oneof![1 => literal(), 3 => reference()]
        .prop_map(node)
        .prop_recursive(3, 12, 3, |inner| composed(inner).prop_map(node))
        .boxed()
}

fn function() -> BoxedStrategy<AggregateFunction> {
    prop_oneof![
        4 => Just(AggregateFunction::Count),
        1 => name().prop_map(AggregateFunction::Distinct),
        1 => name().prop_map(AggregateFunction::Same),
        1 => name().prop_map(AggregateFunction::Sum),
        1 => name().prop_map(AggregateFunction::Max),
        1 => name().prop_map(AggregateFunction::Latest),
        1 => Just(AggregateFunction::Run),
    ]
    .boxed()
}

fn aggregate() -> BoxedStrategy<ExprKind> {
    (function(), event_ref(), of(filter()), vec(window(), 0..3))
        .prop_map(|(function, event, filter, windows)| {
            let bare = function == AggregateFunction::Count
                && filter.is_none()
                && windows.is_empty()
                && event.state.is_none()
                && !event.within_it;
            if bare {
                return ExprKind::Name(event.name.value);
            }
            ExprKind::Aggregate(Box::new(Aggregate {
                function,
                event,
                filter,
                windows,
            }))
        })
        .boxed()
}

/// A condition or a value of any form.
pub fn expr() -> BoxedStrategy<Expr> {
    prop_oneof![
        2 => literal(),
        3 => reference(),
        3 => aggregate(),
        1 => (name(), name()).prop_map(|(field, event)| ExprKind::FieldOf(field, event)),
        1 => name().prop_map(ExprKind::InForce),
        1 => names(1).prop_map(ExprKind::During),
    ]
    .prop_map(node)
    .prop_recursive(4, 20, 3, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        prop_oneof![
            6 => composed(inner.clone().boxed()),
            1 => (boxed, span().prop_map(Box::new))
                .prop_map(|(condition, span)| ExprKind::Held(condition, span)),
            1 => (any::<bool>(), name(), inner.clone()).prop_map(|(counted, kind, filter)| {
                ExprKind::Share(Box::new(Share { counted, kind, filter }))
            }),
            1 => (inner.clone(), name(), any::<bool>()).prop_map(|(value, among, from_last)| {
                let filter = None;
                ExprKind::Rank(Box::new(Rank { value, among, filter, from_last }))
            }),
            1 => (inner, name(), filter(), any::<bool>()).prop_map(
                |(value, among, filter, from_last)| {
                    let filter = Some(filter);
                    ExprKind::Rank(Box::new(Rank { value, among, filter, from_last }))
                }
            ),
        ]
        .prop_map(node)
    })
    .boxed()
}
