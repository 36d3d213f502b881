//! Bytes in, rows of cells out: what a file holds before anyone asks what it means.

mod csv;
mod decode;
mod json;
mod xlsx;

use crate::input::{Format, Input, MAX_BYTES, MAX_CELL, MAX_CELLS, MAX_ROWS};
use crate::problem::{DataError, DataErrors, Place, Problem};
use crate::text::visible;
use chrono::{NaiveDateTime, NaiveTime};
use pol_syntax::Code;
use std::sync::Arc;

pub(crate) use json::rows_of_values;

/// What a cell holds. Empty cells are not kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Text, as written.
    Text(Box<str>),
    /// A number of a spreadsheet or of JSON, in decimal digits.
    Number(Box<str>),
    /// A number that its cell does not hold exactly.
    Inexact(Box<str>),
    /// A real date of a spreadsheet, midnight where it has no time.
    Stamp(NaiveDateTime),
    /// A time of day.
    Clock(NaiveTime),
    /// Yes or no.
    Bool(bool),
    /// An error of a spreadsheet, such as `#N/A`.
    Fault(Box<str>),
    /// Several values, in JSON.
    List(Vec<Cell>),
    /// What no cell can hold: a JSON object, a date that no calendar has.
    Alien(Box<str>),
}

impl Cell {
    /// The cell as a person sees it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text)
            | Self::Number(text)
            | Self::Inexact(text)
            | Self::Fault(text)
            | Self::Alien(text) => text.to_string(),
            Self::Stamp(stamp) if stamp.time() == NaiveTime::MIN => stamp.date().to_string(),
            Self::Stamp(stamp) => stamp.to_string(),
            Self::Clock(time) => time.to_string(),
            Self::Bool(yes) => yes.to_string(),
            Self::List(cells) => cells.iter().map(Self::shown).collect::<Vec<_>>().join("; "),
        }
    }
}

/// A row with its filled cells, by column from 0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub line: u32,
    pub cells: Vec<(u32, Cell)>,
}

/// A sheet, or a whole file of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sheet {
    pub file: Arc<str>,
    pub name: Option<Arc<str>>,
    /// The keys of JSON rows; none where a header row is to be found.
    pub keys: Option<Vec<Arc<str>>>,
    /// The rows that hold anything, in order.
    pub rows: Vec<Row>,
    /// Its merged cells.
    pub merged: Vec<Merge>,
}

/// Merged cells: first and last line, from 1, and column, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub lines: (u32, u32),
    pub columns: (u32, u32),
}

impl Sheet {
    /// A place on this sheet; line and column from 1.
    pub fn place(&self, line: u32, column: u32, header: Option<Arc<str>>) -> Place {
        Place {
            file: Arc::clone(&self.file),
            sheet: self.name.clone(),
            line,
            column,
            header,
        }
    }
}

/// Reads a file into its sheets.
pub(crate) fn read(input: Input<'_>) -> Result<Vec<Sheet>, DataErrors> {
    let whole = Place {
        file: input.name.into(),
        ..Place::default()
    };
    if input.bytes.len() > MAX_BYTES {
        let problem = Problem::new(
            Code::DATA_LIMIT,
            format!(
                "the file has {} bytes; at most {MAX_BYTES} are read",
                input.bytes.len()
            ),
            format!("文件有{}字节，最多读取{MAX_BYTES}字节", input.bytes.len()),
        )
        .help("divide it into several files", "请分成几个文件");
        return Err(problem.at(whole, None).into());
    }
    let format = match input.format {
        Format::Auto => told_by_beginning(input.bytes),
        given => given,
    };
    if let (Some(sheet), Format::Csv | Format::JsonLines) = (input.sheet, format) {
        let problem = Problem::new(
            Code::DATA_SHEET,
            format!("sheet `{sheet}` was asked for, and the file is no workbook"),
            format!("指定了`{sheet}`表，而文件不是工作簿"),
        )
        .help(
            "leave the sheet out, or name a workbook",
            "请不要指定表，或改用工作簿",
        );
        return Err(problem.at(whole, None).into());
    }
    let sheets = match format {
        Format::Xlsx => xlsx::read(input),
        Format::JsonLines => decode::text(input).and_then(|text| json::read(input.name, &text)),
        Format::Csv | Format::Auto => {
            decode::text(input).and_then(|text| csv::read(input.name, &text))
        }
    };
    sheets.map_err(|error| DataErrors::from(*error))
}

fn told_by_beginning(bytes: &[u8]) -> Format {
    let mark = [0xEF, 0xBB, 0xBF];
    let text = bytes.strip_prefix(&mark).unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&xlsx::OLD_WORKBOOK) {
        Format::Xlsx
    } else if text.trim_ascii_start().starts_with(b"{") {
        Format::JsonLines
    } else {
        Format::Csv
    }
}

/// What a reader of one format returns: its sheets, or the first thing that keeps it from going on.
type Sheets = Result<Vec<Sheet>, Box<DataError>>;

/// Counts what is read against the limits.
#[derive(Default)]
struct Tally {
    rows: usize,
    cells: usize,
}

impl Tally {
    fn row(&mut self, row: &Row) -> Result<(), Problem> {
        self.rows += 1;
        self.cells += row.cells.len();
        if self.rows > MAX_ROWS {
            return Err(too_many(MAX_ROWS, "rows", "行"));
        }
        if self.cells > MAX_CELLS {
            return Err(too_many(MAX_CELLS, "filled cells", "个单元格"));
        }
        Ok(())
    }
}

fn too_many(most: usize, en: &str, zh: &str) -> Problem {
    Problem::new(
        Code::DATA_LIMIT,
        format!("more than {most} {en}"),
        format!("超过{most}{zh}"),
    )
    .help("divide it into several files", "请分成几个文件")
}

/// A text as a cell; none if it is blank.
fn text_cell(text: &str) -> Result<Option<Cell>, Problem> {
    if text.len() > MAX_CELL {
        let start: String = text.chars().take(20).collect();
        return Err(Problem::new(
            Code::DATA_LIMIT,
            format!(
                "a cell of {} bytes (`{}…`); at most {MAX_CELL} are read",
                text.len(),
                visible(&start)
            ),
            format!(
                "一个单元格有{}字节（`{}…`），最多{MAX_CELL}字节",
                text.len(),
                visible(&start)
            ),
        )
        .help(
            "a quotation mark that is never closed runs cells together: look for one here",
            "引号没有配对会把后面的内容连成一格，请检查此处",
        ));
    }
    let blank = text.chars().all(char::is_whitespace);
    Ok((!blank).then(|| Cell::Text(text.into())))
}
