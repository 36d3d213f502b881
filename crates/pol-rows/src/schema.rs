//! What the reader is told of a policy: the words of its headers, kinds and values, as exact bytes.
//!
//! It is made from the typed policy by whoever knows how people write words; every word in it stands
//! for what the general reader takes it for. A word that is missing here costs time, never truth: the
//! file is then read by the general reader.

use pol_model::{AttrIx, EventIx, FieldIx, KindIx};
use std::collections::BTreeMap;

/// How the ledgers of a policy look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema {
    /// Headers.
    pub columns: BTreeMap<String, Column>,
    /// Words for kinds of entry.
    pub kinds: BTreeMap<String, EventIx>,
    /// By kind of entry; none: its rows are left to the general reader.
    pub events: Vec<Option<EventSchema>>,
}

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// The entry's id.
    Id,
    /// The day.
    Date,
    /// The day it was recorded: the day itself, or empty.
    Recorded,
    /// The kind of entry.
    Kind,
    /// The subject.
    Of,
    /// Something that only the general reader understands, by a number of its own: empty.
    Empty(u16),
    /// A remark: any text.
    Remark,
    /// A field, of the kinds of entry that have one of this name.
    Field(Vec<(EventIx, FieldIx)>),
}

/// How rows of a kind look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventSchema {
    /// The kinds of subject that `of` takes.
    pub of: Vec<KindIx>,
    /// The fields.
    pub fields: Vec<FieldSchema>,
}

/// How the cells of a field look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSchema {
    /// Filled ones.
    pub cells: Cells,
    /// Empty ones.
    pub empty: Empty,
}

/// What a filled cell may hold. A value is a place in an enumeration, no (0) or yes (1), or a whole
/// number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells {
    /// One of these words.
    Words(BTreeMap<String, i64>),
    /// Digits alone, of a number between these.
    Whole(i64, i64),
    /// Any text.
    Text,
    /// Nothing that the fast reader understands.
    Foreign,
}

/// What an empty cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// A mistake, for the general reader to report.
    Missing,
    /// That there is no value.
    Absent,
    /// This value.
    Value(i64),
}

/// How the registers of a policy look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegisterSchema {
    /// Headers.
    pub columns: BTreeMap<String, RegisterColumn>,
    /// Words for kinds of subject.
    pub kinds: BTreeMap<String, KindIx>,
    /// The kind of a row that names none.
    pub only: Option<KindIx>,
    /// By kind of subject its attributes; none: the register is left to the general reader.
    pub attributes: Vec<Option<Vec<FieldSchema>>>,
}

/// What a column of a register holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterColumn {
    /// The id.
    Id,
    /// The kind of subject.
    Kind,
    /// The display name: any text.
    Name,
    /// Something that only the general reader understands, by a number of its own: empty.
    Empty(u16),
    /// A remark: any text.
    Remark,
    /// An attribute, of the kinds that have one of this name.
    Attribute(Vec<(KindIx, AttrIx)>),
}
