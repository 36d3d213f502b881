//! Well-formed trees of every construct, for property tests: what the parser can give, and all of
//! it. Names are plain words, none built-in, so that both spellings keep them.

pub mod declarations;
pub mod events;
pub mod exprs;
pub mod rules;
pub mod steps;

use chrono::NaiveDate;
use pol_syntax::Span;
use pol_syntax::ast::{
    Cite, CitedClause, DurationLiteral, DurationUnit, Expr, ExprKind, Head, Labelled, Name, Node,
    NumberLiteral, Quoted, ShareSign,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

/// Words that a policy may use for names.
const WORDS: &[&str] = &["a", "b2", "long_name", "甲", "乙丙", "户数线", "A级"];

/// Texts in quotes.
const TEXTS: &[&str] = &["三", "四（一）", "say \"hi\"", "说“好”", "a // b { c", ""];

/// A piece of a tree that stands nowhere.
pub fn node<T>(value: T) -> Node<T> {
    Node::new(value, Span::default())
}

pub fn name() -> BoxedStrategy<Name> {
    select(WORDS).prop_map(|word| node(word.to_owned())).boxed()
}

pub fn names(least: usize) -> BoxedStrategy<Vec<Name>> {
    vec(name(), least..4).boxed()
}

pub fn quoted() -> BoxedStrategy<Quoted> {
    select(TEXTS).prop_map(|text| node(text.to_owned())).boxed()
}

pub fn cites() -> BoxedStrategy<Vec<Cite>> {
    let clause = (quoted(), of(quoted())).prop_map(|(number, quote)| CitedClause { number, quote });
    let cite = (name(), vec(clause, 1..3));
    vec(
        cite.prop_map(|(source, clauses)| Cite { source, clauses }),
        0..3,
    )
    .boxed()
}

pub fn head() -> BoxedStrategy<Head> {
    (name(), of(quoted()), cites())
        .prop_map(|(name, label, cites)| Head { name, label, cites })
        .boxed()
}

/// The head of a declaration that cites nothing.
pub fn bare_head() -> BoxedStrategy<Head> {
    (name(), of(quoted()))
        .prop_map(|(name, label)| Head {
            name,
            label,
            cites: Vec::new(),
        })
        .boxed()
}

pub fn labelled(least: usize) -> BoxedStrategy<Vec<Labelled>> {
    let one = (name(), of(quoted())).prop_map(|(name, label)| Labelled { name, label });
    vec(one, least..5).boxed()
}

pub fn date() -> BoxedStrategy<NaiveDate> {
    (1990..2100, 1..=366u32)
        .prop_filter_map("a day of the year", |(year, day)| {
            NaiveDate::from_yo_opt(year, day)
        })
        .boxed()
}

pub fn dated() -> BoxedStrategy<Node<NaiveDate>> {
    date().prop_map(node).boxed()
}

pub fn number() -> BoxedStrategy<NumberLiteral> {
    let measure = prop_oneof![
        Just((None, None)),
        select(["户", "次", "item", "A级"].as_slice())
            .prop_map(|unit| (None, Some(node(unit.to_owned())))),
        Just((Some(ShareSign::Percent), None)),
        Just((Some(ShareSign::Permille), None)),
    ];
    (0..100_000i128, 0..4u8, measure)
        .prop_map(|(digits, scale, (share, unit))| NumberLiteral {
            digits,
            scale,
            share,
            unit,
        })
        .boxed()
}

pub fn duration() -> BoxedStrategy<DurationLiteral> {
    let unit = prop_oneof![
        Just(DurationUnit::Days),
        Just(DurationUnit::Weeks),
        Just(DurationUnit::Months),
        Just(DurationUnit::Years),
        Just(DurationUnit::WorkingDays(None)),
        name().prop_map(|name| DurationUnit::WorkingDays(Some(name))),
    ];
    (0..60u32, unit)
        .prop_map(|(count, unit)| DurationLiteral { count, unit })
        .boxed()
}

/// A path or a name alone.
pub fn reference() -> BoxedStrategy<ExprKind> {
    prop_oneof![
        name().prop_map(|name| ExprKind::Name(name.value)),
        (name(), name()).prop_map(|(of, name)| ExprKind::Path(of, name)),
    ]
    .boxed()
}

/// A duration, or a value of that type.
pub fn span() -> BoxedStrategy<Expr> {
    prop_oneof![
        3 => duration().prop_map(ExprKind::Duration),
        1 => Just(ExprKind::Hole),
        2 => reference(),
        1 => (duration(), name()).prop_map(|(duration, name)| ExprKind::Binary(
            pol_syntax::ast::BinaryOp::Add,
            Box::new(node(ExprKind::Duration(duration))),
            Box::new(node(ExprKind::Name(name.value))),
        )),
    ]
    .prop_map(node)
    .boxed()
}
