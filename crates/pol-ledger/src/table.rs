//! Tables out: rows that are already in words, as CSV or as a workbook.
//!
//! Promises: dates stay dates and numbers numbers where a workbook holds them exactly, else they
//! are text; equal tables give equal bytes. Refuses: to know what a table is about.

use crate::ledger::write_rows;
use chrono::Datelike;
use pol_calendar::Date;
use pol_model::Number;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::fmt;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutTable {
    /// What its sheet is called in a workbook, at most 31 characters.
    pub name: String,
    /// Its headers.
    pub headers: Vec<String>,
    /// Its rows, each with a cell for every header.
    pub rows: Vec<Vec<OutCell>>,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OutCell {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A day.
    Date(Date),
    /// A number.
    Number(Number),
}

impl fmt::Display for OutCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => date.fmt(f),
            Self::Number(number) => number.fmt(f),
        }
    }
}

/// Why a workbook could not be written.
#[derive(Debug)]
pub struct WriteError(XlsxError);

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the workbook cannot be written: {}", self.0)
    }
}

impl std::error::Error for WriteError {}

impl From<XlsxError> for WriteError {
    fn from(error: XlsxError) -> Self {
        Self(error)
    }
}

/// Whether CSV begins with the mark by which spreadsheets tell UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// With it: for files that people open.
    Written,
    /// Without: for pipes.
    Omitted,
}

/// A table as CSV in UTF-8.
pub fn write_csv(table: &OutTable, mark: Mark) -> Vec<u8> {
    let mut rows = vec![table.headers.clone()];
    rows.extend(
        table
            .rows
            .iter()
            .map(|row| row.iter().map(ToString::to_string).collect()),
    );
    write_rows(&rows, mark)
}

/// Tables as the sheets of a workbook.
///
/// # Errors
/// A sheet name that a workbook does not take, more rows than a sheet holds (1,048,576), or a text
/// longer than a cell holds (32,767 characters).
pub fn write_xlsx(tables: &[OutTable]) -> Result<Vec<u8>, WriteError> {
    let mut book = new_workbook()?;
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for table in tables {
        let sheet = book.add_worksheet().set_name(&table.name)?;
        header(sheet, 0, table.headers.iter().map(String::as_str))?;
        sheet.set_freeze_panes(1, 0)?;
        for (row, cells) in (1_u32..).zip(&table.rows) {
            for (column, cell) in (0_u16..=u16::MAX).zip(cells) {
                write_cell(sheet, row, column, cell, &day)?;
            }
        }
        sheet.set_autofit_max_width(400).autofit();
    }
    Ok(book.save_to_buffer()?)
}

/// An empty workbook that does not say when it was made: equal content gives equal bytes.
pub(crate) fn new_workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(book)
}

/// Writes a header row.
pub(crate) fn header<'a>(
    sheet: &mut Worksheet,
    row: u32,
    titles: impl IntoIterator<Item = &'a str>,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, title) in (0_u16..=u16::MAX).zip(titles) {
        sheet.write_string_with_format(row, column, title, &bold)?;
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &OutCell,
    day: &Format,
) -> Result<(), XlsxError> {
    match cell {
        OutCell::Empty => {}
        OutCell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        OutCell::Date(date) => match real_date(*date) {
            Some(real) => {
                sheet.write_datetime_with_format(row, column, &real, day)?;
            }
            None => {
                sheet.write_string(row, column, date.to_string())?;
            }
        },
        OutCell::Number(number) => {
            let text = number.to_string();
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            // A cell holds 15 digits; a fraction such as 1/3 is no decimal at all.
            match text.parse::<f64>() {
                Ok(float) if digits <= 15 => {
                    sheet.write_number(row, column, float)?;
                }
                _ => {
                    sheet.write_string(row, column, text)?;
                }
            }
        }
    }
    Ok(())
}

fn real_date(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok()?;
    let month = u8::try_from(date.month()).ok()?;
    let day = u8::try_from(date.day()).ok()?;
    ExcelDateTime::from_ymd(year, month, day).ok()
}
