//! Rules, duties, properties, actions.

use super::events::{count, event_ref, pattern, patterns, period, points};
use super::exprs::expr;
use super::{head, name, names, node, quoted, span};
use pol_syntax::ast::{
    Action, Duty, DutySpan, DutyTime, Expr, Extension, Extent, Issue, Limit, Name, Never, Node,
    Rule, Trigger,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

/// A value behind `=`: whatever is not a condition stands there without parentheses.
pub fn record() -> BoxedStrategy<Vec<(Name, Expr)>> {
    vec((name(), expr()), 0..3).boxed()
}

fn extent() -> BoxedStrategy<Extent> {
    prop_oneof![
        span().prop_map(Extent::For),
        (count(), event_ref()).prop_map(|(count, event)| Extent::ForEvents(count, event)),
        period().prop_map(Extent::UntilEndOf),
        name().prop_map(Extent::UntilEndOfPhase),
        pattern().prop_map(Extent::Until),
    ]
    .boxed()
}

pub fn actions(least: usize) -> BoxedStrategy<Vec<Action>> {
    let action = prop_oneof![
        3 => (name(), record(), of(extent())).prop_map(|(name, fields, extent)| {
            Action::Issue(Issue { name, fields, extent })
        }),
        1 => (name(), expr()).prop_map(|(ladder, value)| Action::Set(ladder, value)),
        1 => name().prop_map(Action::End),
    ];
    vec(action, least..4).boxed()
}

fn trigger() -> BoxedStrategy<Trigger> {
    prop_oneof![
        patterns().prop_map(Trigger::On),
        points().prop_map(Trigger::At),
        expr().prop_map(Trigger::When),
        expr().prop_map(Trigger::While),
        names(2).prop_map(Trigger::During),
        (
            span(),
            patterns(),
            prop_oneof![Just(Vec::new()), patterns()]
        )
            .prop_map(|(span, events, unless)| Trigger::After(span, events, unless)),
    ]
    .boxed()
}

prop_compose! {
    pub fn rule()(
        head in head(),
        subjects in names(0),
        in_principle in any::<bool>(),
        trigger in trigger(),
        condition in of(expr()),
        counting_again in any::<bool>(),
        decided_by in of(name()),
        then in actions(1),
        otherwise in actions(0),
    ) -> Rule {
        Rule {
            head,
            subjects,
            in_principle,
            trigger: node(trigger),
            condition,
            counting_again,
            decided_by,
            then,
            otherwise,
        }
    }
}

fn extension() -> BoxedStrategy<Node<Extension>> {
    let limit = prop_oneof![span().prop_map(Limit::For), expr().prop_map(Limit::To)];
    (pattern(), limit)
        .prop_map(|(by, limit)| node(Extension { by, limit }))
        .boxed()
}

prop_compose! {
    pub fn duty()(
        head in head(),
        about in names(0),
        of in names(1),
        to in names(0),
        in_principle in any::<bool>(),
        time in prop_oneof![
            period().prop_map(DutyTime::Each),
            points().prop_map(DutyTime::By),
            points().prop_map(DutyTime::On),
            (span(), patterns()).prop_map(|(span, events)| DutyTime::Within(span, events)),
        ],
        span in of(prop_oneof![
            expr().prop_map(DutySpan::While),
            names(2).prop_map(DutySpan::During),
        ]),
        extended in vec(extension(), 0..2),
        met_by in prop_oneof![Just(Vec::new()), patterns()],
    ) -> Duty {
        Duty {
            head,
            about,
            of,
            to,
            in_principle,
            time: node(time),
            span,
            extended,
            met_by,
        }
    }
}

pub fn never() -> BoxedStrategy<Never> {
    (quoted(), names(0), expr())
        .prop_map(|(label, subjects, condition)| Never {
            label,
            subjects,
            condition,
        })
        .boxed()
}
