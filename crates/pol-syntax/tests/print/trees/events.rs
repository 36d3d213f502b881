//! Events, windows, periods, points in time.

use super::exprs::filter;
use super::{date, name, names, node, reference, span};
use pol_syntax::ast::{
    ActState, EventPattern, EventRef, Expr, ExprKind, Node, NumberLiteral, Period, Point,
    PointBase, Sign, Window,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

pub fn state() -> BoxedStrategy<ActState> {
    select(
        [
            ActState::Lost,
            ActState::Owed,
            ActState::Met,
            ActState::Missed,
            ActState::Released,
        ]
        .as_slice(),
    )
    .boxed()
}

pub fn event_ref() -> BoxedStrategy<EventRef> {
    (
        name(),
        prop_oneof![3 => Just(None), 1 => state().prop_map(Some)],
        prop::bool::weighted(0.2),
    )
        .prop_map(|(name, state, within_it)| EventRef {
            name,
            state,
            within_it,
        })
        .boxed()
}

pub fn pattern() -> BoxedStrategy<EventPattern> {
    (event_ref(), of(filter()))
        .prop_map(|(event, filter)| EventPattern { event, filter })
        .boxed()
}

pub fn patterns() -> BoxedStrategy<Vec<EventPattern>> {
    vec(pattern(), 1..4).boxed()
}

fn cycle_start() -> BoxedStrategy<Expr> {
    prop_oneof![
        date().prop_map(ExprKind::Date),
        Just(ExprKind::Hole),
        reference(),
    ]
    .prop_map(node)
    .boxed()
}

pub fn period() -> BoxedStrategy<Period> {
    prop_oneof![
        Just(Period::Day),
        Just(Period::Week),
        Just(Period::Month),
        Just(Period::Quarter),
        Just(Period::Half),
        Just(Period::Year),
        (span(), cycle_start())
            .prop_map(|(length, start)| Period::Cycle(Box::new(length), Box::new(start))),
    ]
    .boxed()
}

/// A number of events.
pub fn count() -> BoxedStrategy<Expr> {
    (1..20i128)
        .prop_map(|digits| {
            node(ExprKind::Number(NumberLiteral {
                digits,
                scale: 0,
                share: None,
                unit: None,
            }))
        })
        .boxed()
}

pub fn window() -> BoxedStrategy<Node<Window>> {
    prop_oneof![
        period().prop_map(Window::In),
        period().prop_map(Window::Previous),
        period().prop_map(Window::AnyPeriod),
        span().prop_map(Window::AnySpan),
        span().prop_map(Window::Last),
        (count(), event_ref()).prop_map(|(count, event)| Window::LastEvents(count, event)),
        names(1).prop_map(Window::During),
        event_ref().prop_map(Window::Since),
        Just(Window::SinceLastTime),
    ]
    .prop_map(node)
    .boxed()
}

pub fn points() -> BoxedStrategy<Vec<Node<Point>>> {
    let base = prop_oneof![
        date().prop_map(PointBase::Date),
        (1..=12u32, 1..=28u32).prop_map(|(month, day)| PointBase::EachYear(month, day)),
        (1..=31u32).prop_map(PointBase::EachMonth),
        (1..=7u32).prop_map(PointBase::EachWeek),
        period().prop_map(PointBase::EndOfEach),
        name().prop_map(PointBase::EndOf),
        (name(), name()).prop_map(
            |(kind, attribute)| PointBase::Attribute(node(ExprKind::Path(kind, attribute)))
        ),
        (name(), name()).prop_map(|(field, event)| PointBase::FieldOf(field, event)),
    ];
    let offset = (select([Sign::Plus, Sign::Minus].as_slice()), span());
    let point = (base, vec(offset, 0..3)).prop_map(|(base, offsets)| node(Point { base, offsets }));
    vec(point, 1..3).boxed()
}
