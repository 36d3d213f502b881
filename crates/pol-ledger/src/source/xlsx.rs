//! Workbooks. Cells are read one by one, so that a lone cell in the last row of a sheet costs no more
//! than any other.

use super::{Cell, Merge, Row, Sheet, Sheets, Tally, text_cell};
use crate::input::{Input, MAX_UNPACKED};
use crate::problem::{DataError, Place, Problem};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};
use chrono::{NaiveDate, NaiveTime};
use pol_syntax::Code;
use std::fmt::Display;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// How a workbook of before 2007, or one with a password, begins.
pub(super) const OLD_WORKBOOK: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// A day after the last that a spreadsheet knows, as it counts them.
const BEYOND: f64 = 2_958_466.0;

/// Reads all sheets, or the one that the input names.
pub(super) fn read(input: Input<'_>) -> Sheets {
    let whole = Place {
        file: input.name.into(),
        ..Place::default()
    };
    if input.bytes.starts_with(&OLD_WORKBOOK) {
        let problem = Problem::new(
            Code::DATA_FORMAT,
            "this is a workbook in the format of before 2007 (.xls), or one with a password",
            "这是旧格式的工作簿（.xls），或设有密码",
        );
        return Err(Box::new(
            problem
                .help(
                    "open it and save it as .xlsx without a password",
                    "请打开后另存为.xlsx，不设密码",
                )
                .at(whole, None),
        ));
    }
    unpacked(input.bytes, MAX_UNPACKED, &whole)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(input.bytes))
        .map_err(|error| broken(whole.clone(), &error))?;
    let names = sheet_names(&book);
    let wanted: Vec<String> = match input.sheet {
        None => names,
        Some(sheet) => vec![chosen(sheet, &names, whole)?],
    };
    let mut tally = Tally::default();
    wanted
        .iter()
        .map(|name| read_sheet(&mut book, input.name, name, &mut tally))
        .collect()
}

/// Unpacks every part of the workbook without keeping it: what a part declares of its size may be
/// a lie.
fn unpacked(bytes: &[u8], most: u64, whole: &Place) -> Result<(), Box<DataError>> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(whole.clone(), &error))?;
    let mut left = most;
    for at in 0..archive.len() {
        let mut part = archive
            .by_index(at)
            .map_err(|error| broken(whole.clone(), &error))?
            .take(left.saturating_add(1));
        let size = std::io::copy(&mut part, &mut std::io::sink())
            .map_err(|error| broken(whole.clone(), &error))?;
        if size > left {
            let mib = most >> 20;
            let problem = Problem::new(
                Code::DATA_LIMIT,
                format!("unpacked, the workbook has more than {mib} MiB"),
                format!("工作簿解压后超过{mib} MiB"),
            );
            return Err(Box::new(
                problem
                    .help("divide it into several files", "请分成几个文件")
                    .at(whole.clone(), None),
            ));
        }
        left -= size;
    }
    Ok(())
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

fn sheet_names(book: &Book<'_>) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect()
}

fn chosen(sheet: &str, names: &[String], place: Place) -> Result<String, Box<DataError>> {
    let wanted = crate::text::normal(sheet);
    if let Some(name) = names
        .iter()
        .find(|name| crate::text::normal(name) == wanted)
    {
        return Ok(name.clone());
    }
    let there = crate::text::listed(names.iter().map(String::as_str), 20);
    let problem = Problem::new(
        Code::DATA_SHEET,
        format!("the workbook has no sheet `{sheet}`"),
        format!("工作簿没有`{sheet}`表"),
    );
    let near = crate::text::nearest(sheet, names.iter().map(String::as_str));
    let (en, zh) = near.map_or_else(Default::default, |near| {
        (
            format!("did you mean `{near}`? "),
            format!("是否应为`{near}`？"),
        )
    });
    Err(Box::new(
        problem
            .help(
                format!("{en}its sheets are {there}"),
                format!("{zh}工作簿中有 {there}"),
            )
            .at(place, None),
    ))
}

fn broken(place: Place, error: &dyn Display) -> Box<DataError> {
    let problem = Problem::new(
        Code::DATA_FORMAT,
        format!("the workbook cannot be read: {error}"),
        format!("工作簿无法读取：{error}"),
    );
    Box::new(
        problem
            .help(
                "open it in a spreadsheet program and save it again as .xlsx",
                "请用表格软件打开，重新另存为.xlsx",
            )
            .at(place, None),
    )
}

fn read_sheet(
    book: &mut Book<'_>,
    file: &str,
    name: &str,
    tally: &mut Tally,
) -> Result<Sheet, Box<DataError>> {
    let mut sheet = Sheet {
        file: file.into(),
        name: Some(name.into()),
        keys: None,
        rows: Vec::new(),
        merged: Vec::new(),
    };
    let whole = sheet.place(0, 0, None);
    sheet.merged = merges(book, name).map_err(|error| broken(whole.clone(), &error))?;
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|error| broken(whole.clone(), &error))?;
    let mut row = Row {
        line: 0,
        cells: Vec::new(),
    };
    while let Some(cell) = cells
        .next_cell()
        .map_err(|error| broken(whole.clone(), &error))?
    {
        let (at, column) = cell.get_position();
        let place =
            |sheet: &Sheet| sheet.place(at.saturating_add(1), column.saturating_add(1), None);
        let read = read_cell(cell.get_value()).map_err(|p| Box::new(p.at(place(&sheet), None)))?;
        let Some(read) = read else { continue };
        if row.line != at.saturating_add(1) {
            finish(&mut sheet, &mut row, tally)?;
            row.line = at.saturating_add(1);
        }
        row.cells.push((column, read));
    }
    finish(&mut sheet, &mut row, tally)?;
    let rows = &mut sheet.rows;
    if !rows.is_sorted_by(|a, b| a.line < b.line) {
        return Err(broken(whole, &"its rows are out of order"));
    }
    Ok(sheet)
}

fn finish(sheet: &mut Sheet, row: &mut Row, tally: &mut Tally) -> Result<(), Box<DataError>> {
    if row.cells.is_empty() {
        return Ok(());
    }
    row.cells.sort_by_key(|(column, _)| *column);
    if let Some(twice) = row.cells.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let place = sheet.place(row.line, twice[0].0.saturating_add(1), None);
        return Err(broken(place, &"one cell stands there twice"));
    }
    tally
        .row(row)
        .map_err(|problem| Box::new(problem.at(sheet.place(row.line, 0, None), None)))?;
    sheet.rows.push(Row {
        line: row.line,
        cells: std::mem::take(&mut row.cells),
    });
    Ok(())
}

fn merges(book: &mut Book<'_>, name: &str) -> Result<Vec<Merge>, calamine::XlsxError> {
    let regions = book.merge_cells_by_sheet_name(name)?;
    Ok(regions
        .into_iter()
        .map(|region| Merge {
            lines: (
                region.start.0.saturating_add(1),
                region.end.0.saturating_add(1),
            ),
            columns: (region.start.1, region.end.1),
        })
        .collect())
}

fn read_cell(data: &DataRef<'_>) -> Result<Option<Cell>, Problem> {
    Ok(match data {
        DataRef::Empty => None,
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text_cell(text)?
        }
        DataRef::SharedString(text) => text_cell(text)?,
        DataRef::Bool(yes) => Some(Cell::Bool(*yes)),
        DataRef::Int(whole) => Some(Cell::Number(whole.to_string().into())),
        DataRef::Float(float) => Some(number(*float)),
        DataRef::DateTime(stamp) => Some(stamped(stamp)),
        DataRef::Error(error) => Some(Cell::Fault(error.to_string().into())),
    })
}

/// A spreadsheet computes and shows 15 digits: 0.1 + 0.2 is 0.3 there, and here. A whole number
/// of more digits is not what was typed.
fn number(float: f64) -> Cell {
    let shown = float.to_string();
    if !float.is_finite() || float.abs() >= 1e15 {
        return Cell::Inexact(shown.into());
    }
    let digits = shown.bytes().filter(u8::is_ascii_digit).count();
    if digits <= 15 {
        return Cell::Number(shown.into());
    }
    let rounded = format!("{float:.14e}");
    match rounded.parse::<f64>() {
        Ok(rounded) if rounded.to_string().len() <= 40 => Cell::Number(rounded.to_string().into()),
        _ => Cell::Inexact(shown.into()),
    }
}

fn stamped(stamp: &ExcelDateTime) -> Cell {
    let serial = stamp.as_f64();
    if !(0.0..BEYOND).contains(&serial) {
        return Cell::Alien(serial.to_string().into());
    }
    let (year, month, day, hour, minute, second, _) = stamp.to_ymd_hms_milli();
    let time = NaiveTime::from_hms_opt(hour.into(), minute.into(), second.into());
    let date = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    match (date, time) {
        (_, Some(time)) if serial < 1.0 => Cell::Clock(time),
        (Some(date), Some(time)) => Cell::Stamp(date.and_time(time)),
        _ => Cell::Alien(format!("{year:04}-{month:02}-{day:02}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_unpacks_to_too_much_is_refused() {
        let bytes = crate::table::write_xlsx(&[]).unwrap();
        assert!(unpacked(&bytes, MAX_UNPACKED, &Place::default()).is_ok());
        let error = unpacked(&bytes, 1 << 10, &Place::default()).unwrap_err();
        assert_eq!(error.code, Code::DATA_LIMIT);
    }

    fn shown(float: f64) -> String {
        number(float).shown()
    }

    #[test]
    fn numbers_are_what_the_spreadsheet_shows() {
        assert_eq!(shown(12.0), "12");
        assert_eq!(shown(0.25), "0.25");
        assert_eq!(shown(0.300_000_000_000_000_04), "0.3");
        assert!(matches!(number(1e15), Cell::Inexact(_)));
        assert!(matches!(number(f64::NAN), Cell::Inexact(_)));
    }

    #[test]
    fn dates_of_both_systems() {
        use calamine::ExcelDateTimeType::DateTime;
        // 7 August 2023 is day 45145 of the system that begins in 1900, 1462 less in the other.
        let of = |serial, since_1904| stamped(&ExcelDateTime::new(serial, DateTime, since_1904));
        let day = NaiveDate::from_ymd_opt(2023, 8, 7).unwrap();
        assert_eq!(
            of(45145.0, false),
            Cell::Stamp(day.and_time(NaiveTime::MIN))
        );
        assert_eq!(of(43683.0, true), Cell::Stamp(day.and_time(NaiveTime::MIN)));
        assert_eq!(
            of(0.5, false),
            Cell::Clock(NaiveTime::from_hms_opt(12, 0, 0).unwrap())
        );
        assert!(matches!(of(60.0, false), Cell::Alien(_)));
        assert!(matches!(of(f64::NEG_INFINITY, false), Cell::Alien(_)));
    }
}
