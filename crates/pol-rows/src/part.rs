//! The rows of a few subjects, copied out of files that were read before.

use crate::blocks::Blocks;
use crate::bytes::cell_end;
use crate::cell::unquoted;
use crate::ledger::header;
use crate::schema::{Column, RegisterColumn, RegisterSchema, Schema};
use crate::subjects::Subjects;
use crate::unread::{Stop, Unread, Why};
use std::collections::BTreeSet;
use std::io::Read;

/// A ledger with only the rows about these subjects, under its header.
///
/// # Errors
/// The file is not the one that was read before.
pub fn ledger_about(
    source: impl Read,
    schema: &Schema,
    subjects: &Subjects,
    about: &BTreeSet<u32>,
) -> Result<Vec<u8>, Stop> {
    let is_of = |word: &str| schema.columns.get(word) == Some(&Column::Of);
    copied(source, is_of, subjects, about)
}

/// A register with only the rows of these subjects, under its header.
///
/// # Errors
/// The file is not the one that was read before.
pub fn register_about(
    source: impl Read,
    schema: &RegisterSchema,
    subjects: &Subjects,
    about: &BTreeSet<u32>,
) -> Result<Vec<u8>, Stop> {
    let is_id = |word: &str| schema.columns.get(word) == Some(&RegisterColumn::Id);
    copied(source, is_id, subjects, about)
}

fn copied(
    source: impl Read,
    names_subject: impl Fn(&str) -> bool,
    subjects: &Subjects,
    about: &BTreeSet<u32>,
) -> Result<Vec<u8>, Stop> {
    let mut blocks = Blocks::new(source);
    let mut block = Vec::new();
    let mut copy = Vec::new();
    let mut column = None;
    while let Some(here) = blocks.next(&mut block)? {
        let changed = |why, at: usize| {
            Stop::Unread(Unread {
                why,
                at: here.at + at as u64,
            })
        };
        let mut at = 0;
        if here.number == 0 {
            let (words, next) = header(block.get(..here.stop).unwrap_or_default());
            let mut cells = words.split(|byte| *byte == b',');
            column = cells.position(|cell| {
                let word = unquoted(cell)
                    .ok()
                    .and_then(|cell| std::str::from_utf8(cell).ok());
                word.is_some_and(&names_subject)
            });
            copy.extend_from_slice(block.get(..next).unwrap_or_default());
            at = next;
        }
        let column = column.ok_or_else(|| changed(Why::Header, 0))?;
        while at < here.stop {
            let row = at;
            let rest = block.get(row..here.stop).unwrap_or_default();
            let len = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
            at += len;
            if matches!(rest, [b'\n', ..] | [b'\r', b'\n', ..]) {
                continue;
            }
            let id = cell(&block, row, column).map_err(|why| changed(why, row))?;
            let subject = subjects
                .find(id)
                .ok_or_else(|| changed(Why::Subject, row))?;
            if about.contains(&subject) {
                copy.extend_from_slice(rest.get(..len).unwrap_or_default());
            }
        }
    }
    Ok(copy)
}

/// The content of a cell of a row.
fn cell(block: &[u8], row: usize, column: usize) -> Result<&[u8], Why> {
    let mut at = row;
    for _ in 0..column {
        match cell_end(block, at) {
            Some((end, true)) => at = end + 1,
            _ => return Err(Why::Shape),
        }
    }
    let (end, more) = cell_end(block, at).ok_or(Why::Shape)?;
    let raw = block.get(at..end).unwrap_or_default();
    let raw = match raw.strip_suffix(b"\r") {
        Some(bare) if !more => bare,
        _ => raw,
    };
    unquoted(raw)
}
