//! A header and a policy: how each row of a file is read.

use crate::bytes::mixed;
use crate::cell::{Field, Spelled, unquoted};
use crate::schema::{Column, Schema};
use crate::subjects::Subjects;
use crate::unread::Why;
use pol_kernel::Letters;
use pol_model::{EventIx, FieldIx, KindIx};
use std::collections::BTreeMap;

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Id,
    Date,
    Recorded,
    Kind,
    Of,
    Empty,
    Remark,
    Field,
}

/// How the rows of a file are read.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// Its columns, up to the last that differs from row to row: date, subject, id.
    pub start: Vec<Part>,
    /// Those behind, which are the same again and again.
    pub end: Vec<Part>,
    kinds: BTreeMap<Box<[u8]>, u16>,
    events: Vec<Option<Event>>,
    /// True if some rows may name subjects that they cannot be about.
    pub sorts_subjects: bool,
}

/// How rows of a kind are read.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    /// What they all have in common; none: they lack a column.
    pub base: Option<Spelled>,
    /// By column the field that stands there.
    columns: Vec<Option<usize>>,
    fields: Vec<Field>,
    /// The kinds that its subjects may be of.
    pub of: Vec<KindIx>,
}

impl Layout {
    /// The layout of a file with this header.
    pub fn new(
        schema: &Schema,
        letters: &Letters,
        subjects: &Subjects,
        header: &[u8],
    ) -> Result<Self, Why> {
        let mut columns = Vec::new();
        for cell in header.split(|byte| *byte == b',') {
            let word = std::str::from_utf8(unquoted(cell)?).map_err(|_| Why::Encoding)?;
            let column = schema.columns.get(word).ok_or(Why::Header)?;
            // Two columns that mean the same are a mistake; remarks are not.
            if *column != Column::Remark && columns.contains(&column) {
                return Err(Why::Header);
            }
            columns.push(column);
        }
        for needed in [Column::Date, Column::Kind, Column::Of] {
            if !columns.contains(&&needed) {
                return Err(Why::Header);
            }
        }
        let mut parts: Vec<Part> = columns.iter().map(|column| part(column)).collect();
        let differs =
            |part: &Part| matches!(part, Part::Id | Part::Date | Part::Recorded | Part::Of);
        let cut = parts.iter().rposition(differs).map_or(0, |last| last + 1);
        let end = parts.split_off(cut);
        let events = (0_u16..=u16::MAX)
            .zip(&schema.events)
            .map(|(at, _)| Event::new(schema, letters, EventIx(at), &columns))
            .collect::<Result<Vec<_>, Why>>()?;
        let only = subjects.only_kind();
        let all = |event: &Event| only.is_some_and(|only| event.of.contains(&only));
        let kinds = schema.kinds.iter();
        Ok(Self {
            start: parts,
            end,
            kinds: kinds
                .map(|(word, event)| (word.as_bytes().into(), event.0))
                .collect(),
            sorts_subjects: !events.iter().flatten().all(all),
            events,
        })
    }

    /// The kind that a word names.
    pub fn kind(&self, word: &[u8]) -> Result<u16, Why> {
        self.kinds.get(word).copied().ok_or(Why::Kind)
    }

    /// How rows of a kind are read.
    pub fn event(&self, event: u16) -> Result<&Event, Why> {
        self.events
            .get(usize::from(event))
            .and_then(Option::as_ref)
            .ok_or(Why::Kind)
    }
}

impl Event {
    fn new(
        schema: &Schema,
        letters: &Letters,
        event: EventIx,
        header: &[&Column],
    ) -> Result<Option<Self>, Why> {
        let declared = schema.events.get(event.at()).and_then(Option::as_ref);
        let spelled = letters.kinds.get(event.at());
        let (Some(declared), Some(spelled)) = (declared, spelled) else {
            return Ok(None);
        };
        let seed = mixed(1, u64::from(event.0));
        let mut fields = Vec::with_capacity(declared.fields.len());
        for (field, at) in declared.fields.iter().zip(0_u16..) {
            let digits = spelled.fields.get(usize::from(at)).and_then(Option::as_ref);
            let is_amount = spelled.amount == Some(FieldIx(at));
            let seed = mixed(seed, u64::from(at));
            let Some(field) = Field::new(field, seed, digits, is_amount) else {
                return Ok(None);
            };
            fields.push(field);
        }
        let columns: Vec<Option<usize>> = header
            .iter()
            .map(|column| match column {
                Column::Field(meant) => meant
                    .iter()
                    .find(|(of, _)| *of == event)
                    .map(|(_, field)| field.at()),
                _ => None,
            })
            .collect();
        let mut base = Some(Spelled {
            letter: spelled.first,
            amount: 0,
            content: seed,
        });
        for (at, field) in fields.iter().enumerate() {
            match columns.iter().filter(|column| **column == Some(at)).count() {
                0 => {
                    let empty = field.empty().ok();
                    base = base.and_then(|base| Some(base.and(empty?)));
                }
                1 => {}
                _ => return Err(Why::Header),
            }
        }
        Ok(Some(Self {
            base,
            columns,
            fields,
            of: declared.of.clone(),
        }))
    }

    /// What a cell of a column adds.
    pub fn cell(&self, column: usize, cell: &[u8]) -> Result<Spelled, Why> {
        let field = self.columns.get(column).copied().flatten();
        let field = field.and_then(|at| self.fields.get(at));
        match (field, cell) {
            (Some(field), []) => field.empty(),
            (Some(field), _) => field.filled(cell),
            (None, []) => Ok(Spelled::default()),
            (None, _) => Err(Why::Value),
        }
    }
}

fn part(column: &Column) -> Part {
    match column {
        Column::Id => Part::Id,
        Column::Date => Part::Date,
        Column::Recorded => Part::Recorded,
        Column::Kind => Part::Kind,
        Column::Of => Part::Of,
        Column::Empty(_) => Part::Empty,
        Column::Remark => Part::Remark,
        Column::Field(_) => Part::Field,
    }
}
