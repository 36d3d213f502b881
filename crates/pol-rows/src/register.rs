//! A plain register: each subject in one row, with values that hold always.

use crate::blocks::Blocks;
use crate::bytes::cell_end;
use crate::cell::{text, unquoted, value};
use crate::ledger::header;
use crate::schema::{RegisterColumn, RegisterSchema};
use crate::subjects::Subjects;
use crate::unread::{Stop, Unread, Why};
use pol_model::KindIx;
use std::collections::BTreeMap;
use std::io::Read;

/// What a register tells of its subjects besides their ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    /// The kind.
    pub kind: KindIx,
    /// For each attribute its value; none: it has none.
    pub values: Vec<Option<i64>>,
}

/// Who there is, and of what shape: subjects that agree in everything but their ids are kept by
/// those alone.
#[derive(Debug, Clone, Default)]
pub struct Members {
    /// Ids and kinds.
    pub subjects: Subjects,
    /// The shapes.
    pub shapes: Vec<Shape>,
    /// For each subject the place of its shape.
    pub shape_of: Vec<u16>,
}

impl Members {
    /// Reads a register.
    ///
    /// # Errors
    /// The first thing that was not understood.
    pub fn read(source: impl Read, schema: &RegisterSchema) -> Result<Self, Stop> {
        let mut blocks = Blocks::new(source);
        let mut block = Vec::new();
        let Some(first) = blocks.next(&mut block)? else {
            return Err(stop(Why::Header, 0));
        };
        let (words, from) = header(block.get(..first.stop).unwrap_or_default());
        let columns = columns(schema, words).map_err(|why| stop(why, 0))?;
        let mut reading = Reading {
            schema,
            columns,
            members: Self::default(),
            shapes: BTreeMap::new(),
            row: Vec::new(),
        };
        let mut place = Some((first, from));
        while let Some((here, from)) = place {
            let mut at = from;
            while at < here.stop {
                let next = reading.row(&block, at);
                at = next.map_err(|why| stop(why, here.at + at as u64))?;
            }
            place = blocks.next(&mut block)?.map(|place| (place, 0));
        }
        let Reading {
            mut members,
            shapes,
            ..
        } = reading;
        let mut in_order: Vec<(u16, Shape)> = shapes.into_iter().map(|(s, at)| (at, s)).collect();
        in_order.sort_unstable();
        members.shapes = in_order.into_iter().map(|(_, shape)| shape).collect();
        members.subjects.ready().map_err(|why| stop(why, 0))?;
        Ok(members)
    }
}

/// What the columns of a register hold.
fn columns<'s>(schema: &'s RegisterSchema, header: &[u8]) -> Result<Vec<&'s RegisterColumn>, Why> {
    let mut columns = Vec::new();
    for cell in header.split(|byte| *byte == b',') {
        let word = std::str::from_utf8(unquoted(cell)?).map_err(|_| Why::Encoding)?;
        let column = schema.columns.get(word).ok_or(Why::Header)?;
        if *column != RegisterColumn::Remark && columns.contains(&column) {
            return Err(Why::Header);
        }
        columns.push(column);
    }
    let has = |wanted: RegisterColumn| columns.contains(&&wanted);
    if !has(RegisterColumn::Id) || !(has(RegisterColumn::Kind) || schema.only.is_some()) {
        return Err(Why::Header);
    }
    Ok(columns)
}

struct Reading<'s> {
    schema: &'s RegisterSchema,
    columns: Vec<&'s RegisterColumn>,
    members: Members,
    shapes: BTreeMap<Shape, u16>,
    /// The cells of the row at hand: where their content stands.
    row: Vec<(usize, usize)>,
}

impl Reading<'_> {
    /// Reads one row, and says where the next one begins.
    fn row(&mut self, block: &[u8], from: usize) -> Result<usize, Why> {
        match block.get(from) {
            Some(b'\n') => return Ok(from + 1),
            Some(b'\r') if block.get(from + 1) == Some(&b'\n') => return Ok(from + 2),
            _ => {}
        }
        let mut at = from;
        self.row.clear();
        loop {
            let (to, more) = cell_end(block, at).ok_or(Why::Shape)?;
            let raw = block.get(at..to).unwrap_or_default();
            let raw = match raw.strip_suffix(b"\r") {
                Some(bare) if !more => bare,
                _ => raw,
            };
            let cell = unquoted(raw)?;
            let begins = at + usize::from(cell.len() < raw.len());
            self.row.push((begins, begins + cell.len()));
            at = to + 1;
            if !more {
                break;
            }
        }
        if self.row.len() != self.columns.len() {
            return Err(Why::Shape);
        }
        self.member(block)?;
        Ok(at)
    }

    fn member(&mut self, block: &[u8]) -> Result<(), Why> {
        let cells = || self.columns.iter().zip(&self.row);
        let of = |(from, to): &(usize, usize)| block.get(*from..*to).unwrap_or_default();
        let mut id: &[u8] = &[];
        let mut kind = self.schema.only;
        for (column, place) in cells() {
            let cell = of(place);
            match column {
                RegisterColumn::Id => id = cell,
                RegisterColumn::Kind if !cell.is_empty() => {
                    let word = std::str::from_utf8(cell).map_err(|_| Why::Encoding)?;
                    kind = Some(*self.schema.kinds.get(word).ok_or(Why::Kind)?);
                }
                RegisterColumn::Name | RegisterColumn::Remark if !cell.is_empty() => {
                    text(cell)?;
                }
                RegisterColumn::Empty(_) if !cell.is_empty() => return Err(Why::Register),
                _ => {}
            }
        }
        let kind = kind.ok_or(Why::Kind)?;
        let attributes = self.schema.attributes.get(kind.at());
        let attributes = attributes.and_then(Option::as_ref).ok_or(Why::Register)?;
        let mut values: Vec<Option<Option<i64>>> = vec![None; attributes.len()];
        for (column, place) in cells() {
            let RegisterColumn::Attribute(meant) = column else {
                continue;
            };
            let cell = of(place);
            let Some((_, at)) = meant.iter().find(|(of, _)| *of == kind) else {
                if cell.is_empty() {
                    continue;
                }
                return Err(Why::Value);
            };
            let (Some(to), Some(schema)) = (values.get_mut(at.at()), attributes.get(at.at()))
            else {
                return Err(Why::Value);
            };
            if to.is_some() {
                return Err(Why::Value);
            }
            *to = Some(value(schema, cell)?);
        }
        let values = values
            .into_iter()
            .zip(attributes)
            .map(|(given, schema)| given.map_or_else(|| value(schema, &[]), Ok))
            .collect::<Result<_, Why>>()?;
        self.members.subjects.add(id, kind)?;
        let shape = Shape { kind, values };
        let next = u16::try_from(self.shapes.len()).map_err(|_| Why::Register)?;
        let shape = *self.shapes.entry(shape).or_insert(next);
        self.members.shape_of.push(shape);
        Ok(())
    }
}

fn stop(why: Why, at: u64) -> Stop {
    Stop::Unread(Unread { why, at })
}
