//! Declarations without clauses.

use super::events::patterns;
use super::exprs::{expr, filter};
use super::{
    bare_head, cites, date, dated, head, labelled, name, names, node, number, quoted, reference,
};
use pol_syntax::ast::{
    BinaryOp, Calendar, Catalogue, CatalogueItem, Counts, Declaration, Define, DefineBody, Event,
    EventOf, Expr, ExprKind, Field, Ladder, Multiplicity, NumberLiteral, Opened, Outcome, Param,
    Phase, PhaseDates, PhaseSpan, Policy, Prose, Reading, Scale, Source, Subject, Table, TableKey,
    TableRow, TypeExpr, Unit,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn fields() -> BoxedStrategy<Vec<Field>> {
    let ty = prop_oneof![
        name().prop_map(TypeExpr::Named),
        (-20..20i64, 20..40i64).prop_map(|range| TypeExpr::Range(node(range))),
        labelled(2).prop_map(TypeExpr::Values),
    ];
    let multiplicity = select(
        [
            Multiplicity::One,
            Multiplicity::Optional,
            Multiplicity::Several,
        ]
        .as_slice(),
    );
    let field = (name(), of(quoted()), ty, multiplicity, of(expr())).prop_map(
        |(name, label, ty, multiplicity, default)| Field {
            name,
            label,
            ty,
            multiplicity,
            default,
        },
    );
    vec(field, 0..4).boxed()
}

fn policy() -> BoxedStrategy<Policy> {
    let source = (name(), of(quoted()), of(quoted())).prop_map(|(name, title, text)| Source {
        name,
        title,
        text,
    });
    let calendar = (name(), of(quoted())).prop_map(|(name, file)| Calendar { name, file });
    (
        head(),
        vec(source, 0..3),
        of((dated(), of(dated()))),
        vec(calendar, 0..3),
    )
        .prop_map(|(head, sources, start, calendars)| {
            let (effective, counting_from) = start.unzip();
            Policy {
                head,
                sources,
                effective,
                counting_from: counting_from.flatten(),
                calendars,
            }
        })
        .boxed()
}

fn subject() -> BoxedStrategy<Subject> {
    let opened = (name(), of(name())).prop_map(|(event, field)| Opened { event, field });
    (head(), fields(), of(name()), of(opened))
        .prop_map(|(head, attributes, within, opened)| Subject {
            head,
            attributes,
            within,
            opened,
        })
        .boxed()
}

fn event() -> BoxedStrategy<Event> {
    let about = (any::<bool>(), name(), of(name())).prop_map(|(every, kind, and_every)| EventOf {
        every,
        kind,
        and_every,
    });
    (head(), vec(about, 0..3), fields())
        .prop_map(|(head, of, fields)| Event { head, of, fields })
        .boxed()
}

fn row_key() -> BoxedStrategy<TableKey> {
    let key = prop_oneof![
        number().prop_map(ExprKind::Number),
        name().prop_map(|name| ExprKind::Name(name.value)),
        date().prop_map(ExprKind::Date),
        quoted().prop_map(|text| ExprKind::Text(text.value)),
        any::<bool>().prop_map(ExprKind::Bool),
    ]
    .prop_map(node);
    let bound = prop_oneof![
        number().prop_map(ExprKind::Number),
        name().prop_map(|name| ExprKind::Name(name.value)),
        date().prop_map(ExprKind::Date),
        Just(ExprKind::Hole),
    ]
    .prop_map(node);
    let sign = select([BinaryOp::Lt, BinaryOp::Le, BinaryOp::Gt, BinaryOp::Ge].as_slice());
    prop_oneof![
        key.prop_map(TableKey::Is),
        (sign, bound).prop_map(|(sign, bound)| TableKey::Band(sign, bound)),
        (date(), of(date())).prop_map(|(from, to)| TableKey::Dates(from, to)),
        Just(TableKey::Else),
    ]
    .boxed()
}

fn table() -> BoxedStrategy<Table> {
    expr()
        .prop_map(Table::Value)
        .prop_recursive(3, 10, 3, |inner| {
            let row =
                (vec(row_key().prop_map(node), 1..3), inner).prop_map(|(keys, value)| TableRow {
                    keys,
                    value: node(value),
                });
            vec(row, 1..4).prop_map(Table::Rows)
        })
        .boxed()
}

fn param() -> BoxedStrategy<Param> {
    (head(), vec(reference().prop_map(node), 0..3), table())
        .prop_map(|(head, by, value)| Param {
            head,
            by,
            value: node(value),
        })
        .boxed()
}

fn define() -> BoxedStrategy<Define> {
    let body = prop_oneof![
        patterns()
            .prop_filter("a set", |set| set.len() > 1 || set[0].filter.is_some())
            .prop_map(DefineBody::Events),
        expr()
            .prop_filter("a set of events is one", |expr| !is_set(expr))
            .prop_map(DefineBody::Expr),
    ];
    (head(), body)
        .prop_map(|(head, body)| Define { head, body })
        .boxed()
}

/// True for events with a `where` and nothing else, which a definition reads as a set.
fn is_set(expr: &Expr) -> bool {
    matches!(&expr.value, ExprKind::Aggregate(it)
        if it.function == pol_syntax::ast::AggregateFunction::Count
            && it.windows.is_empty()
            && it.filter.is_some())
}

fn item_key() -> BoxedStrategy<Expr> {
    prop_oneof![
        (1..30i128).prop_map(|digits| ExprKind::Number(NumberLiteral {
            digits,
            scale: 0,
            share: None,
            unit: None
        })),
        name().prop_map(|name| ExprKind::Name(name.value)),
    ]
    .prop_map(node)
    .boxed()
}

fn items() -> BoxedStrategy<Vec<CatalogueItem>> {
    let leaf = (
        item_key(),
        of(quoted()),
        cites(),
        of(filter()),
        of(expr()),
        of(expr()),
    )
        .prop_map(
            |(key, label, cites, filter, condition, unless)| CatalogueItem {
                key,
                label,
                cites,
                filter,
                condition,
                unless,
                branches: Vec::new(),
            },
        );
    let item = leaf.prop_recursive(2, 6, 3, |inner| {
        (inner.clone(), vec(inner, 1..3))
            .prop_map(|(item, branches)| CatalogueItem { branches, ..item })
    });
    vec(item, 0..4).boxed()
}

fn catalogue() -> BoxedStrategy<Catalogue> {
    (head(), name(), names(1), of(filter()), items())
        .prop_map(|(head, from, by, filter, items)| Catalogue {
            head,
            from,
            by,
            filter,
            items,
        })
        .boxed()
}

fn phase() -> BoxedStrategy<Phase> {
    let span = (of(dated()), of(dated())).prop_map(|(from, to)| PhaseSpan { from, to });
    let dates = prop_oneof![
        vec(span, 1..3).prop_map(PhaseDates::Spans),
        Just(PhaseDates::FromRegister),
    ];
    (head(), dates)
        .prop_map(|(head, dates)| Phase { head, dates })
        .boxed()
}

/// Any declaration that has no clauses.
pub fn short() -> BoxedStrategy<Declaration> {
    let counts = select([None, Some(Counts::Kinds), Some(Counts::Occurrences)].as_slice());
    prop_oneof![
        policy().prop_map(Declaration::Policy),
        (quoted(), cites()).prop_map(|(text, cites)| Declaration::Prose(Prose { text, cites })),
        subject().prop_map(Declaration::Subject),
        head().prop_map(Declaration::Body),
        (head(), labelled(2)).prop_map(|(head, values)| Declaration::Scale(Scale { head, values })),
        (bare_head(), counts).prop_map(|(head, counts)| Declaration::Unit(Unit { head, counts })),
        event().prop_map(Declaration::Event),
        param().prop_map(Declaration::Param),
        (head(), labelled(2))
            .prop_map(|(head, answers)| Declaration::Reading(Reading { head, answers })),
        define().prop_map(Declaration::Define),
        catalogue().prop_map(Declaration::Catalogue),
        phase().prop_map(Declaration::Phase),
        (head(), names(0), labelled(2)).prop_map(|(head, subjects, statuses)| {
            Declaration::Ladder(Ladder {
                head,
                subjects,
                statuses,
            })
        }),
        (head(), fields(), of(quoted())).prop_map(|(head, fields, concerns)| {
            Declaration::Outcome(Outcome {
                head,
                fields,
                concerns,
            })
        }),
    ]
    .boxed()
}
