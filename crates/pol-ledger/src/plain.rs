//! What plain registers and ledgers of a policy look like, for the fast reader.
//!
//! Each word in a schema was given to the reader of this crate, and stands for what that took it for:
//! there is one source of what words mean. What is left out is read by this crate's reader.

use crate::header::{Known, Meaning};
use crate::ledger::columns::{self as ledger, Kind};
use crate::register::{self, Col};
use crate::source::Cell;
use crate::value::Reader;
use crate::words::{Members, Vocabulary};
use pol_model::{KindIx, Number, Value};
use pol_rows::{
    Cells, Column, Empty, EventSchema, FieldSchema, RegisterColumn, RegisterSchema, Schema,
};
use pol_semantics::hir::{Event, Field, Policy, Type};
use std::collections::BTreeMap;

/// Words for yes and no, as programs write them too.
const YES_AND_NO: [&str; 12] = [
    "是", "否", "yes", "no", "true", "false", "Yes", "No", "True", "False", "TRUE", "FALSE",
];

/// How plain ledgers of a policy look; none where entries open members.
pub fn ledger_schema(policy: &Policy) -> Option<Schema> {
    if policy.kinds.iter().any(|kind| kind.opened.is_some()) {
        return None;
    }
    let words = Vocabulary::new(policy);
    let members = Members::empty();
    let reader = Reader {
        words: &words,
        members: &members,
    };
    let kinds = words
        .events
        .spellings()
        .filter_map(|word| match Kind::find(&words, word) {
            Ok(Kind::Event(event)) => Some((word.to_owned(), event)),
            _ => None,
        });
    Some(Schema {
        columns: titles(&ledger::known(&words), ledger_column),
        kinds: kinds.collect(),
        events: policy
            .events
            .iter()
            .map(|event| event_schema(&reader, event))
            .collect(),
    })
}

/// How plain registers of a policy look.
pub fn register_schema(policy: &Policy) -> RegisterSchema {
    let words = Vocabulary::new(policy);
    let members = Members::empty();
    let reader = Reader {
        words: &words,
        members: &members,
    };
    let kinds = words
        .kinds
        .spellings()
        .filter_map(|word| match words.kinds.find(word) {
            [kind] => Some((word.to_owned(), *kind)),
            _ => None,
        });
    RegisterSchema {
        columns: titles(&register::known(&words), register_column),
        kinds: kinds.collect(),
        only: (policy.kinds.len() == 1).then_some(KindIx(0)),
        attributes: policy
            .kinds
            .iter()
            .map(|kind| {
                let attributes = kind.attributes.iter();
                let attributes = attributes.map(|field| attribute(&reader, field));
                attributes
                    .collect::<Option<_>>()
                    .filter(|_| kind.within.is_none())
            })
            .collect(),
    }
}

/// The value of a field that a schema gives as a number; none for a field of another type.
pub fn value_of(field: &Field, value: i64) -> Option<Value> {
    match field.ty {
        Type::Bool => Some(Value::Bool(value != 0)),
        Type::Enum(list) => Some(Value::Symbol(list, u16::try_from(value).ok()?)),
        Type::Number(_) | Type::Share | Type::Money => {
            Some(Value::Number(Number::whole(value.into())))
        }
        Type::Date | Type::Duration | Type::Text | Type::Member(_) | Type::Error => None,
    }
}

/// The number of a value; none where it has none.
fn number_of(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(yes) => Some(i64::from(*yes)),
        Value::Symbol(_, place) => Some(i64::from(*place)),
        Value::Number(number) => i64::try_from(number.to_whole()?).ok(),
        _ => None,
    }
}

/// All headers and what they mean.
fn titles<C: Clone + PartialEq, T>(
    known: &Known<C>,
    meant: impl Fn(Meaning<C>) -> T,
) -> BTreeMap<String, T> {
    let titles = known.titles().filter(|title| !title.trim().is_empty());
    titles
        .filter_map(|title| Some((title.to_owned(), meant(known.meaning(title)?))))
        .collect()
}

fn ledger_column(meaning: Meaning<ledger::Col>) -> Column {
    let Meaning::Column(column) = meaning else {
        return Column::Remark;
    };
    match column {
        ledger::Col::Id => Column::Id,
        ledger::Col::Date => Column::Date,
        ledger::Col::Recorded => Column::Recorded,
        ledger::Col::Kind => Column::Kind,
        ledger::Col::Of => Column::Of,
        ledger::Col::Time => Column::Empty(0),
        ledger::Col::By => Column::Empty(1),
        ledger::Col::Rule => Column::Empty(2),
        ledger::Col::Verdict => Column::Empty(3),
        ledger::Col::Ref => Column::Empty(4),
        ledger::Col::InsteadOf => Column::Empty(5),
        ledger::Col::Field(meant) => Column::Field(meant),
    }
}

fn register_column(meaning: Meaning<Col>) -> RegisterColumn {
    let Meaning::Column(column) = meaning else {
        return RegisterColumn::Remark;
    };
    // Numbers that do not fit meet in one, and two columns of one number are left to others.
    let of_ladder = |ladder: u16, since: u16| ladder.saturating_mul(2).saturating_add(3 + since);
    match column {
        Col::Id => RegisterColumn::Id,
        Col::Kind => RegisterColumn::Kind,
        Col::Name => RegisterColumn::Name,
        Col::Within => RegisterColumn::Empty(0),
        Col::From => RegisterColumn::Empty(1),
        Col::Until => RegisterColumn::Empty(2),
        Col::Standing(ladder) => RegisterColumn::Empty(of_ladder(ladder.0, 0)),
        Col::Since(ladder) => RegisterColumn::Empty(of_ladder(ladder.0, 1)),
        Col::Attribute(meant) => RegisterColumn::Attribute(meant),
    }
}

fn event_schema(reader: &Reader<'_>, event: &Event) -> Option<EventSchema> {
    if event.of.is_empty() || event.of.iter().any(|of| of.every) {
        return None;
    }
    Some(EventSchema {
        of: event.of.iter().map(|of| of.kind).collect(),
        fields: event
            .fields
            .iter()
            .map(|field| field_schema(reader, field))
            .collect(),
    })
}

/// How cells of an attribute look; none where an empty one is no value and not absent either.
fn attribute(reader: &Reader<'_>, field: &Field) -> Option<FieldSchema> {
    (!field.several).then(|| field_schema(reader, field))
}

fn field_schema(reader: &Reader<'_>, field: &Field) -> FieldSchema {
    let empty = match &field.default {
        Some(default) => number_of(default).map_or(Empty::Missing, Empty::Value),
        None if field.optional && !field.several => Empty::Absent,
        None => Empty::Missing,
    };
    FieldSchema {
        cells: if field.several {
            Cells::Foreign
        } else {
            cells(reader, field)
        },
        empty,
    }
}

fn cells(reader: &Reader<'_>, field: &Field) -> Cells {
    let meant = |words: &mut dyn Iterator<Item = &str>| {
        let read = words.filter_map(|word| {
            let value = reader.field(field, &Cell::Text(word.into())).ok()?;
            Some((word.to_owned(), number_of(&value)?))
        });
        Cells::Words(read.collect())
    };
    match field.ty {
        Type::Bool => meant(&mut YES_AND_NO.into_iter()),
        Type::Enum(list) => match reader.words.enums.get(list.at()) {
            Some(values) => meant(&mut values.spellings()),
            None => Cells::Foreign,
        },
        Type::Share => meant(&mut ["0", "1"].into_iter()),
        Type::Number(_) | Type::Money => {
            let (least, most) = field.range.unwrap_or((0, i64::MAX));
            Cells::Whole(least, most)
        }
        Type::Text => Cells::Text,
        Type::Date | Type::Duration | Type::Member(_) | Type::Error => Cells::Foreign,
    }
}
