//! The ledger: what happened.
//!
//! Columns: `id`, `date`, `time`, `recorded`, `kind`, `of`, a column for each field; for decisions
//! `by`, `rule`, `verdict`; for withdrawals `ref`; for corrections `instead_of`. A sheet that is
//! called after a kind of entry needs no `kind`. A field that a fixed column hides is headed
//! `event.field`.
//!
//! Promises: every row becomes an entry, or an error, or a reject with its reasons; rows that are
//! equal count once, and a note says so. Values are exact.

pub(crate) mod columns;
mod record;
mod rejects;
mod row;

pub(crate) use rejects::{REJECTED, write_rows};
pub use rejects::{Reject, rejects_csv};

use crate::header::{Headed, Table, find};
use crate::input::Input;
use crate::problem::{DataError, DataErrors, Note, Problem};
use crate::register::{ASIDE, SHEETS, no_table, set_aside, skipped};
use crate::row::View;
use crate::source::{self, Cell, Sheet};
use crate::text::visible;
use crate::value::{Reader, word};
use crate::words::{Members, Vocabulary};
use columns::{Col, Kind, known};
use pol_model::{Dated, Entry, EntryBody, KindIx, Member, MemberIx, Membership, Register, Value};
use pol_semantics::hir::{Field, Policy, Type};
use pol_syntax::{Code, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is done with rows that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// Nothing is loaded while anything is wrong.
    #[default]
    Strict,
    /// Bad rows are set aside with their reasons, the others are loaded.
    Rejects,
}

/// A ledger that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The entries, in the order of the file.
    pub entries: Vec<Entry>,
    /// The register, with the members that entries opened behind those that it had.
    pub register: Register,
    /// The rows that were set aside; none in [`Mode::Strict`].
    pub rejects: Vec<Reject>,
    /// Titles that were skipped, rows that count once, dates that are text, and the like.
    pub notes: Vec<Note>,
}

/// Reads a ledger.
///
/// # Errors
/// All that is wrong with it, each with its place; in [`Mode::Rejects`] only what is wrong with the
/// file as a whole.
pub fn read_ledger(
    policy: &Policy,
    register: &Register,
    input: Input<'_>,
    mode: Mode,
) -> Result<Loaded, DataErrors> {
    read_sheets(policy, register, input.name, source::read(input)?, mode)
}

/// Reads a ledger from rows that the caller holds, headers being the keys.
///
/// # Errors
/// As [`read_ledger`]; lines are the rows' numbers from 1.
pub fn ledger_from_values(
    policy: &Policy,
    register: &Register,
    name: &str,
    rows: &[serde_json::Map<String, serde_json::Value>],
    mode: Mode,
) -> Result<Loaded, DataErrors> {
    let sheets = source::rows_of_values(name, rows)?;
    read_sheets(policy, register, name, sheets, mode)
}

/// A row that was read or not, with what is needed to set it aside.
struct Read {
    /// Its id, where it could not be read.
    id: Option<Arc<str>>,
    entry: Option<Entry>,
    errors: Vec<DataError>,
    cells: Vec<(Arc<str>, String)>,
}

fn read_sheets(
    policy: &Policy,
    register: &Register,
    file: &str,
    mut sheets: Vec<Sheet>,
    mode: Mode,
) -> Result<Loaded, DataErrors> {
    let words = Vocabulary::new(policy);
    let mut errors = DataErrors::default();
    let mut notes = Vec::new();
    let aside: Vec<&str> = SHEETS.into_iter().chain(ASIDE).collect();
    set_aside(&mut sheets, &aside, &mut notes);
    let tables = tables(&words, file, &sheets, &mut errors, &mut notes);
    let mut register = register.clone();
    let mut members = Members::of(&register);
    let opened = open(&words, &tables, &mut register, &mut members);
    let mut rows = Vec::new();
    for table in &tables {
        rows.extend(read_table(&words, &members, table, mode, &mut notes));
    }
    // Of a large file they are most of what is held.
    drop(tables);
    drop(sheets);
    finish_opened(policy, &opened, &rows, &mut register);
    settle(&mut rows, mode, &mut notes);
    let mut entries = Vec::new();
    let mut rejects = Vec::new();
    for row in rows {
        match (row.entry, mode) {
            (Some(entry), _) if row.errors.is_empty() => entries.push(entry),
            (_, Mode::Strict) => errors.extend(row.errors),
            // An equal row before it counts.
            (None, Mode::Rejects) if row.errors.is_empty() => {}
            (_, Mode::Rejects) => rejects.push(Reject {
                reasons: row.errors,
                cells: row.cells,
            }),
        }
    }
    errors.or(Loaded {
        entries,
        register,
        rejects,
        notes,
    })
}

/// The sheets that hold entries.
fn tables<'s>(
    words: &Vocabulary<'_>,
    file: &str,
    sheets: &'s [Sheet],
    errors: &mut DataErrors,
    notes: &mut Vec<Note>,
) -> Vec<Table<'s, Col>> {
    let known = known(words);
    let mut tables = Vec::new();
    let mut found = Vec::new();
    for sheet in sheets {
        match find(sheet, &known, errors, notes) {
            Headed::Table(table) => {
                // In JSON each object has its own keys.
                if table.sheet.keys.is_none() {
                    required(words, &table, errors);
                }
                tables.push(table);
            }
            Headed::Not(first) => found.push((sheet, first)),
            Headed::Empty => {}
        }
    }
    let mut left = found.into_iter();
    if tables.is_empty() {
        errors.push(no_table(
            file,
            left.next(),
            "`date` `kind` `of`",
            "`日期` `事项` `对象`",
        ));
    }
    notes.extend(left.map(|(sheet, _)| skipped(sheet)));
    tables
}

/// Columns without which no row can be read.
fn required(words: &Vocabulary<'_>, table: &Table<'_, Col>, errors: &mut DataErrors) {
    let of_sheet = table
        .sheet
        .name
        .as_deref()
        .and_then(|name| Kind::of_sheet(words, name));
    for column in [Col::Date, Col::Kind] {
        if table.has(&column) || (column == Col::Kind && of_sheet.is_some()) {
            continue;
        }
        let (en, zh) = row::title(&column);
        let there = table.columns.values().map(|column| &*column.title);
        let there = crate::text::listed(there, 24);
        let problem = Problem::new(
            Code::DATA_HEADER,
            format!("the header has no column `{en}`; it has {there}"),
            format!("表头缺少`{zh}`列，现有 {there}"),
        );
        let sheet = table.sheet.name.as_deref();
        let near = sheet.and_then(|name| Kind::near_sheet(words, name));
        let problem = match near {
            Some(near) if column == Col::Kind => problem.help(
                format!("a sheet may do without it if it is called after its kind: `{near}`?"),
                format!("以事项命名的工作表可以没有这一列：表名是否应为`{near}`？"),
            ),
            _ => problem,
        };
        let line = table
            .rows
            .first()
            .map_or(0, |row| row.line.saturating_sub(1));
        errors.push(problem.at(table.sheet.place(line, 0, None), None));
    }
}

fn read_table(
    words: &Vocabulary<'_>,
    members: &Members,
    table: &Table<'_, Col>,
    mode: Mode,
    notes: &mut Vec<Note>,
) -> Vec<Read> {
    let sheet = table.sheet;
    let rows = row::Rows {
        reader: Reader { words, members },
        sheet,
        kind: sheet
            .name
            .as_deref()
            .and_then(|name| Kind::of_sheet(words, name)),
        has_time: table.has(&Col::Time),
    };
    let mut written = BTreeMap::new();
    let without_header = |column: &Col| !table.has(column);
    // The header has said so; not once more for each row.
    let told = sheet.keys.is_none()
        && (without_header(&Col::Date) || (rows.kind.is_none() && without_header(&Col::Kind)));
    let mut read = Vec::new();
    for row in table.rows {
        let view = View::new(table, row);
        if view.is_blank() {
            continue;
        }
        let cells = match mode {
            Mode::Strict => Vec::new(),
            Mode::Rejects => view
                .cells()
                .map(|(_, column, cell)| (Arc::clone(&column.title), cell.shown()))
                .collect(),
        };
        let (entry, mut errors) = match rows.entry(&view) {
            Ok(entry) => (Some(entry), Vec::new()),
            Err(errors) => (None, errors),
        };
        if told {
            errors.retain(|error| error.code != Code::DATA_MISSING);
        }
        if entry.is_some() {
            count_written_dates(words, &view, &mut written);
        }
        let id = view.cell(&Col::Id).filter(|_| entry.is_none());
        read.push(Read {
            id: id.and_then(|cell| word(cell).ok()).map(Into::into),
            entry,
            errors,
            cells,
        });
    }
    if sheet.name.is_some() {
        for (at, (title, count)) in written {
            let place = sheet.place(0, at + 1, Some(Arc::clone(&title)));
            let title = visible(&title);
            notes.push(Note {
                place,
                text: Text::new(
                    format!("{count} dates in column `{title}` are text; they were read as dates"),
                    format!("`{title}`列有{count}个日期是文本，已按日期读取"),
                ),
            });
        }
    }
    read
}

/// Dates that a spreadsheet holds as text, by column.
fn count_written_dates(
    words: &Vocabulary<'_>,
    view: &View<'_, Col>,
    written: &mut BTreeMap<u32, (Arc<str>, usize)>,
) {
    for (at, column, cell) in view.cells() {
        let is_date = match &column.is {
            Some(Col::Date | Col::Recorded) => true,
            Some(Col::Field(meant)) => meant.iter().any(|(event, field)| {
                let field = words
                    .event(*event)
                    .and_then(|event| event.fields.get(field.at()));
                field.is_some_and(|field| field.ty == Type::Date)
            }),
            _ => false,
        };
        if is_date && matches!(cell, Cell::Text(_)) {
            let count = written
                .entry(at)
                .or_insert_with(|| (Arc::clone(&column.title), 0));
            count.1 += 1;
        }
    }
}

/// Members that come with entries: known before any row is read, so that rows may name them in any
/// order. Each with the line of the row that opens it.
fn open(
    words: &Vocabulary<'_>,
    tables: &[Table<'_, Col>],
    register: &mut Register,
    members: &mut Members,
) -> BTreeMap<(Option<Arc<str>>, u32), Vec<MemberIx>> {
    let mut opened: BTreeMap<(Option<Arc<str>>, u32), Vec<MemberIx>> = BTreeMap::new();
    for (at, kind) in (0_u16..).zip(&words.policy.kinds) {
        let Some((event, field)) = kind.opened else {
            continue;
        };
        for table in tables {
            let name = table.sheet.name.as_deref();
            let of_sheet = name.and_then(|name| Kind::of_sheet(words, name));
            for row in table.rows {
                let view = View::new(table, row);
                let written = view
                    .cell(&Col::Kind)
                    .and_then(|cell| Kind::find(words, &word(cell).ok()?).ok());
                if written.or(of_sheet) != Some(Kind::Event(event)) {
                    continue;
                }
                let cell = match field {
                    None => view.cell(&Col::Id),
                    Some(field) => view.cells().find_map(|(_, column, cell)| {
                        let Some(Col::Field(meant)) = &column.is else {
                            return None;
                        };
                        meant.contains(&(event, field)).then_some(cell)
                    }),
                };
                let Some(id) = cell.and_then(|cell| word(cell).ok()) else {
                    continue;
                };
                if members.by_id(&id).is_some() {
                    continue;
                }
                let kind_ix = KindIx(at);
                let Ok(place) = u32::try_from(register.members.len()) else {
                    continue;
                };
                members.add(&id, kind_ix, None);
                register.members.push(Member {
                    id: id.into(),
                    kind: kind_ix,
                    name: None,
                    within: None,
                    memberships: Vec::new(),
                    attributes: kind.attributes.iter().map(default_of).collect(),
                    standings: Vec::new(),
                });
                opened
                    .entry((table.sheet.name.clone(), row.line))
                    .or_default()
                    .push(MemberIx(place));
            }
        }
    }
    opened
}

/// What an attribute holds that nobody gave.
fn default_of(attribute: &Field) -> Vec<Dated<Option<Value>>> {
    let default = attribute.default.clone().into_iter();
    default
        .map(|value| Dated {
            from: None,
            value: Some(value),
        })
        .collect()
}

/// A member that an entry opened belongs from the entry's day on, and lies within the entry's `of`.
fn finish_opened(
    policy: &Policy,
    opened: &BTreeMap<(Option<Arc<str>>, u32), Vec<MemberIx>>,
    rows: &[Read],
    register: &mut Register,
) {
    let mut within = Vec::new();
    for entry in rows.iter().filter_map(|row| row.entry.as_ref()) {
        let key = (entry.origin.sheet.clone(), entry.origin.line);
        let Some(members) = opened.get(&key) else {
            continue;
        };
        for at in members {
            let Some(member) = register.members.get_mut(at.at()) else {
                continue;
            };
            member.memberships = vec![Membership {
                from: Some(entry.date),
                until: None,
            }];
            let lies = policy.kinds.get(member.kind.at()).and_then(|k| k.within);
            if let (Some(_), EntryBody::Event { of, .. }) = (lies, &entry.body) {
                within.push((*at, of.first().copied(), lies));
            }
        }
    }
    for (inner, outer, lies) in within {
        let fits = |outer: &MemberIx| Some(register.member(*outer).kind) == lies;
        let outer = outer.filter(fits);
        if let Some(member) = register.members.get_mut(inner.at()) {
            member.within = outer;
        }
    }
}

/// Checks the rows against each other: drops repeats, adds errors.
fn settle(rows: &mut [Read], mode: Mode, notes: &mut Vec<Note>) {
    let sound = |row: &Read| row.entry.is_some();
    let at: Vec<usize> = (0..rows.len()).filter(|at| sound(&rows[*at])).collect();
    let entries: Vec<&Entry> = rows.iter().filter_map(|row| row.entry.as_ref()).collect();
    let unread: BTreeSet<&str> = rows
        .iter()
        .filter(|row| !sound(row))
        .filter_map(|row| row.id.as_deref())
        .collect();
    let checked = record::check(&entries, &unread);
    let mut errors = checked.errors;
    if mode == Mode::Rejects {
        let bad: BTreeSet<usize> = errors.iter().map(|(at, _)| *at).collect();
        errors.extend(record::dependents(&entries, bad, &unread));
    }
    for (entry, error) in errors {
        rows[at[entry]].errors.push(error);
    }
    for (entry, keeps) in checked.keeps.into_iter().enumerate() {
        if !keeps {
            rows[at[entry]].entry = None;
        }
    }
    notes.extend(checked.notes);
}
