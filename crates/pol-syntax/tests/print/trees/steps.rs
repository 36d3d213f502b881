//! Tests inside policies.

use super::events::state;
use super::exprs::{expr, filter};
use super::rules::record;
use super::{dated, name, node, quoted};
use chrono::NaiveTime;
use pol_syntax::ast::{
    Check, Decision, EntryTail, Expect, ExpectItem, GivenField, GivenMember, Name, Step, Test,
    TestEntry, Withdrawal,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

fn id() -> BoxedStrategy<Name> {
    prop_oneof![
        3 => name(),
        1 => Just(node("2-1".to_owned())),
        1 => Just(node("where".to_owned())),
    ]
    .boxed()
}

fn tail() -> BoxedStrategy<EntryTail> {
    (of(id()), of(dated()), of(id()))
        .prop_map(|(id, recorded, instead_of)| EntryTail {
            id,
            recorded,
            instead_of,
        })
        .boxed()
}

fn member() -> BoxedStrategy<GivenMember> {
    let field = (name(), any::<bool>(), expr()).prop_map(|(name, since, value)| GivenField {
        name,
        since,
        value,
    });
    (name(), id(), of(id()), vec(field, 0..3))
        .prop_map(|(kind, id, within, fields)| GivenMember {
            kind,
            id,
            within,
            fields,
        })
        .boxed()
}

fn check() -> BoxedStrategy<Check> {
    prop_oneof![
        record().prop_map(Check::Happens),
        state().prop_map(Check::State),
        filter().prop_map(Check::Is),
        Just(Check::InForce),
        Just(Check::Proposed),
        Just(Check::Undetermined),
    ]
    .boxed()
}

fn step() -> BoxedStrategy<Step> {
    let time = (0..24u32, 0..60u32)
        .prop_filter_map("a time", |(hour, minute)| {
            NaiveTime::from_hms_opt(hour, minute, 0)
        })
        .prop_map(node);
    let values = vec((name(), vec(expr(), 1..3)), 0..3);
    let entry = (dated(), of(time), name(), vec(id(), 0..3), values, tail()).prop_map(
        |(date, time, event, of, fields, tail)| TestEntry {
            date,
            time,
            event,
            of,
            fields,
            tail,
        },
    );
    let decision = (dated(), name(), any::<bool>(), of(name()), id(), tail()).prop_map(
        |(date, body, approves, rule, of, tail)| Decision {
            date,
            body,
            approves,
            rule,
            of,
            tail,
        },
    );
    let item = (any::<bool>(), name(), of(id()), check()).prop_map(|(no, name, of, check)| {
        node(ExpectItem {
            no,
            name,
            of,
            check,
        })
    });
    prop_oneof![
        vec(member(), 1..3).prop_map(Step::Given),
        entry.prop_map(Step::Entry),
        (dated(), id(), tail()).prop_map(|(date, entry, tail)| Step::Withdrawal(Withdrawal {
            date,
            entry,
            tail
        })),
        decision.prop_map(Step::Decision),
        (of(dated()), vec(item, 1..3))
            .prop_map(|(date, items)| Step::Expect(Expect { date, items })),
    ]
    .boxed()
}

pub fn test() -> BoxedStrategy<Test> {
    (quoted(), vec(step().prop_map(node), 0..5))
        .prop_map(|(label, steps)| Test { label, steps })
        .boxed()
}
