//! Finding the header row and what its columns mean.
//!
//! The header is the first of a sheet's first ten filled rows in which two or more cells (or all
//! there are) name known columns; what stands above is a title, and is noted. Refuses: a header
//! that is not known, two columns that mean the same, values under no header, merged cells.

use crate::ledger::REJECTED;
use crate::problem::{DataErrors, Note, Problem};
use crate::source::{Cell, Row, Sheet};
use crate::text::{listed, nearest, normal, visible, without_blanks};
use pol_syntax::{Code, Text};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Among how many filled rows the header is looked for.
const SEARCHED: usize = 10;

/// What a header is known to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning<C> {
    /// A column.
    Column(C),
    /// A remark for people, which is not read.
    Remark,
}

/// Headers of remarks and row numbers.
pub(crate) const REMARKS: [&str; 8] = [
    "备注", "序号", "附注", "note", "notes", "remark", "remarks", "no.",
];

/// The columns that may stand in a header.
pub(crate) struct Known<C> {
    columns: BTreeMap<String, C>,
    /// The spellings to list and to suggest, most important first.
    spellings: Vec<String>,
}

impl<C: Clone + PartialEq> Known<C> {
    pub fn new() -> Self {
        Self {
            columns: BTreeMap::new(),
            spellings: Vec::new(),
        }
    }

    /// Makes a header known, unless it already is: what is added first wins.
    pub fn add(&mut self, spelling: &str, column: C) {
        let word = normal(spelling);
        if !self.columns.contains_key(&word) {
            self.spellings.push(spelling.to_owned());
            self.columns.insert(word, column);
        }
    }

    /// Makes a header known that is neither listed nor suggested.
    pub fn add_silently(&mut self, spelling: &str, column: C) {
        self.columns.entry(normal(spelling)).or_insert(column);
    }

    /// The column of a header that is already known, for more to be added to its meaning.
    pub fn get_mut(&mut self, spelling: &str) -> Option<&mut C> {
        self.columns.get_mut(&normal(spelling))
    }

    /// Headers that mean something, remarks included, in spellings that people use.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        let known = self.columns.keys().chain(&self.spellings);
        known.map(String::as_str).chain(REMARKS)
    }

    pub fn meaning(&self, title: &str) -> Option<Meaning<C>> {
        let word = normal(title);
        let lower = word.to_lowercase();
        let found = self
            .columns
            .get(&word)
            .or_else(|| self.columns.get(&without_blanks(title)))
            .or_else(|| self.columns.get(&lower));
        match found {
            Some(column) => Some(Meaning::Column(column.clone())),
            None if REMARKS
                .iter()
                .chain(REJECTED.as_flattened())
                .any(|r| *r == lower) =>
            {
                Some(Meaning::Remark)
            }
            None => None,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(crate) struct Column<C> {
    /// Its header as written.
    pub title: Arc<str>,
    /// What it means; none: nothing is read from it.
    pub is: Option<C>,
}

/// A sheet whose columns are known.
pub(crate) struct Table<'a, C> {
    pub sheet: &'a Sheet,
    pub columns: BTreeMap<u32, Column<C>>,
    pub rows: &'a [Row],
}

impl<C: Clone + PartialEq> Table<'_, C> {
    /// True if a column stands in the header.
    pub fn has(&self, wanted: &C) -> bool {
        self.columns
            .values()
            .any(|column| column.is.as_ref() == Some(wanted))
    }

    /// The header's place in the sheet, for what is missing from a row.
    pub fn column_of(&self, wanted: &C) -> Option<(u32, Arc<str>)> {
        self.columns
            .iter()
            .find(|(_, column)| column.is.as_ref() == Some(wanted))
            .map(|(at, column)| (*at, Arc::clone(&column.title)))
    }
}

/// What became of a sheet.
pub(crate) enum Headed<'a, C> {
    /// Its header was found.
    Table(Table<'a, C>),
    /// It has none; what its first rows hold instead.
    Not(Vec<String>),
    /// It is empty.
    Empty,
}

/// Finds a sheet's header, and says what is wrong with it.
pub(crate) fn find<'a, C: Clone + PartialEq>(
    sheet: &'a Sheet,
    known: &Known<C>,
    errors: &mut DataErrors,
    notes: &mut Vec<Note>,
) -> Headed<'a, C> {
    let (titles, line, rows) = if let Some(keys) = &sheet.keys {
        if sheet.rows.is_empty() {
            return Headed::Empty;
        }
        let titles = (0_u32..).zip(keys.iter().cloned()).collect();
        (titles, 0, sheet.rows.as_slice())
    } else {
        if sheet.rows.is_empty() {
            return Headed::Empty;
        }
        let Some(at) = header_row(sheet, known) else {
            return Headed::Not(first_words(sheet));
        };
        let (above, from) = sheet.rows.split_at(at);
        for row in above {
            notes.push(title_note(sheet, row));
        }
        let Some((header, rows)) = from.split_first() else {
            return Headed::Empty;
        };
        (titles_of(header), header.line, rows)
    };
    let columns = columns(sheet, line, titles, known, errors, notes);
    beyond(sheet, &columns, rows, errors);
    if sheet.keys.is_some() {
        doubles(sheet, &columns, rows, errors);
    }
    merged(sheet, &columns, rows, errors);
    Headed::Table(Table {
        sheet,
        columns,
        rows,
    })
}

fn titles_of(row: &Row) -> BTreeMap<u32, Arc<str>> {
    row.cells
        .iter()
        .map(|(at, cell)| (*at, cell.shown().into()))
        .collect()
}

fn header_row<C: Clone + PartialEq>(sheet: &Sheet, known: &Known<C>) -> Option<usize> {
    sheet.rows.iter().take(SEARCHED).position(|row| {
        let named = row
            .cells
            .iter()
            .filter(|(_, cell)| matches!(cell, Cell::Text(text) if known.meaning(text).is_some()))
            .count();
        named >= 2 || (named == 1 && row.cells.len() == 1)
    })
}

fn first_words(sheet: &Sheet) -> Vec<String> {
    sheet
        .rows
        .iter()
        .take(2)
        .flat_map(|row| row.cells.iter().take(8))
        .map(|(_, cell)| cell.shown())
        .collect()
}

fn title_note(sheet: &Sheet, row: &Row) -> Note {
    let shown = row.cells.first().map(|(_, cell)| visible(&cell.shown()));
    let shown = shown.unwrap_or_default();
    Note {
        place: sheet.place(row.line, 0, None),
        text: Text::new(
            format!("this row stands above the header and was taken for a title: `{shown}`"),
            format!("此行在表头之上，作为标题略过：`{shown}`"),
        ),
    }
}

fn columns<C: Clone + PartialEq>(
    sheet: &Sheet,
    line: u32,
    titles: BTreeMap<u32, Arc<str>>,
    known: &Known<C>,
    errors: &mut DataErrors,
    notes: &mut Vec<Note>,
) -> BTreeMap<u32, Column<C>> {
    let mut columns: BTreeMap<u32, Column<C>> = BTreeMap::new();
    for (at, title) in titles {
        let line = if sheet.keys.is_some() {
            first_with(sheet, at)
        } else {
            line
        };
        let place = sheet.place(line, number(sheet, at), Some(Arc::clone(&title)));
        let shown = visible(&title);
        let is = match known.meaning(&title) {
            Some(Meaning::Column(column)) => {
                // Each object of JSON has its own keys; see `doubles`.
                let twin = columns
                    .values()
                    .find(|other| sheet.keys.is_none() && other.is.as_ref() == Some(&column));
                if let Some(twin) = twin {
                    let twin = visible(&twin.title);
                    let problem = Problem::new(
                        Code::DATA_DOUBLE_COLUMN,
                        format!("`{shown}` means the same as the column `{twin}` before it"),
                        format!("`{shown}`与前面的`{twin}`列是同一列"),
                    )
                    .help("leave one of them", "只留一列");
                    errors.push(problem.at(place, None));
                    None
                } else {
                    Some(column)
                }
            }
            Some(Meaning::Remark) => {
                notes.push(Note {
                    place,
                    text: Text::new(
                        format!("the column `{shown}` is for people and is not read"),
                        format!("`{shown}`列仅供人看，不读取"),
                    ),
                });
                None
            }
            None => {
                let near = nearest(&title, known.spellings.iter().map(String::as_str));
                let problem = Problem::new(
                    Code::DATA_COLUMN,
                    format!("no column is called `{shown}`"),
                    format!("没有名为`{shown}`的列"),
                );
                let problem = if near.is_some() {
                    problem.did_you_mean(near)
                } else {
                    let some = listed(known.spellings.iter().map(String::as_str), 24);
                    problem.help(
                        format!(
                            "known columns are {some}; a column for people may be headed `note`"
                        ),
                        format!("可用的列有 {some}；只供人看的列可题为`备注`"),
                    )
                };
                errors.push(problem.at(place, None));
                None
            }
        };
        columns.insert(at, Column { title, is });
    }
    columns
}

/// The first line that fills in a column.
fn first_with(sheet: &Sheet, at: u32) -> u32 {
    let fills = |row: &&Row| row.cells.iter().any(|(column, _)| *column == at);
    sheet.rows.iter().find(fills).map_or(0, |row| row.line)
}

/// Objects of JSON in which two keys mean the same.
fn doubles<C: PartialEq>(
    sheet: &Sheet,
    columns: &BTreeMap<u32, Column<C>>,
    rows: &[Row],
    errors: &mut DataErrors,
) {
    for row in rows {
        let mut seen: Vec<&Column<C>> = Vec::new();
        for column in row.cells.iter().filter_map(|(at, _)| columns.get(at)) {
            let twin = seen
                .iter()
                .find(|other| column.is.is_some() && other.is == column.is);
            if let Some(twin) = twin {
                let (here, there) = (visible(&column.title), visible(&twin.title));
                let problem = Problem::new(
                    Code::DATA_DOUBLE_COLUMN,
                    format!("`{here}` means the same as `{there}` before it"),
                    format!("`{here}`与前面的`{there}`是同一列"),
                )
                .help("leave one of them", "只留一个");
                let place = sheet.place(row.line, 0, Some(Arc::clone(&column.title)));
                errors.push(problem.at(place, None));
            }
            seen.push(column);
        }
    }
}

/// Values under no header: once a column.
fn beyond<C>(
    sheet: &Sheet,
    columns: &BTreeMap<u32, Column<C>>,
    rows: &[Row],
    errors: &mut DataErrors,
) {
    let mut seen = std::collections::BTreeSet::new();
    for row in rows {
        for (at, cell) in &row.cells {
            if columns.contains_key(at) || !seen.insert(*at) {
                continue;
            }
            let problem = Problem::new(
                Code::DATA_COLUMN,
                "this value stands in a column without a header",
                "此值所在的列没有表头",
            )
            .help(
                "give the column a header, or quote a value that holds a comma",
                "请补上表头；内容中有逗号的，加上引号",
            );
            let place = sheet.place(row.line, number(sheet, *at), None);
            errors.push(problem.at(place, Some(visible(&cell.shown()))));
        }
    }
}

/// Merged cells among the data: all but the first are empty, whatever they look like.
fn merged<C>(
    sheet: &Sheet,
    columns: &BTreeMap<u32, Column<C>>,
    rows: &[Row],
    errors: &mut DataErrors,
) {
    let Some(first) = rows.first() else { return };
    for merge in &sheet.merged {
        let (top, bottom) = merge.lines;
        let (left, right) = merge.columns;
        let single = top == bottom && left == right;
        let under_header = columns.range(left..=right.max(left)).next();
        if single || bottom < first.line {
            continue;
        }
        let Some((_, column)) = under_header else {
            continue;
        };
        let filled = rows
            .iter()
            .filter(|row| (top..=bottom).contains(&row.line))
            .flat_map(|row| row.cells.iter())
            .find(|(at, _)| (left..=right).contains(at));
        let Some((_, cell)) = filled else { continue };
        let place = sheet.place(top, left.saturating_add(1), Some(Arc::clone(&column.title)));
        let problem = Problem::new(
            Code::DATA_MERGED,
            format!("merged cells reach from here to row {bottom}: only the first holds the value, the others are empty"),
            format!("从这里到第{bottom}行是合并单元格：只有第一格有内容，其余都是空的"),
        )
        .help(
            "unmerge them and fill in each row",
            "请取消合并，逐行填写",
        );
        errors.push(problem.at(place, Some(visible(&cell.shown()))));
    }
}

/// The number of a column as messages show it; keys of JSON have none.
pub(crate) fn number(sheet: &Sheet, at: u32) -> u32 {
    if sheet.keys.is_some() {
        0
    } else {
        at.saturating_add(1)
    }
}
