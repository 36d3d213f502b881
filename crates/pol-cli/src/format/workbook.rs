//! A workbook for people: the timeline on the first sheet, what is open on one sheet each.

use super::{impossible, nothing, timeline, timeline_title};
use crate::status::Trouble;
use pol::{Lang, Run};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

pub fn write(run: &Run<'_>, lang: Lang) -> Result<Vec<u8>, Trouble> {
    fill(run, lang).map_err(|error| impossible(&error))
}

fn fill(run: &Run<'_>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Equal runs give equal bytes: the file bears the day of the run, not the time of writing.
    let day = ExcelDateTime::parse_from_str(&run.as_of().to_string())?;
    let properties = DocProperties::new()
        .set_title(run.policy().title())
        .set_creation_datetime(&day);
    workbook.set_properties(&properties);

    let sheet = workbook.add_worksheet().set_name(timeline_title(lang))?;
    let head = std::iter::once(run.policy().title().to_owned()).chain(run.head(lang));
    let mut row = 0;
    for line in head {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    let (header, rows) = timeline(run, lang);
    if rows.is_empty() {
        sheet.write_string(row, 0, nothing(lang))?;
    }
    table(sheet, row + 1, &header, &rows)?;
    for section in run.sections(lang) {
        let sheet = workbook.add_worksheet().set_name(&section.title)?;
        table(sheet, 0, &section.header, &section.rows)?;
    }
    workbook.save_to_buffer()
}

fn table(
    sheet: &mut Worksheet,
    first: u32,
    header: &[String],
    rows: &[Vec<String>],
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let mut column = 0;
    for head in header {
        sheet.write_string_with_format(first, column, head, &bold)?;
        column += 1;
    }
    let mut row = first;
    for cells in rows {
        row += 1;
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    sheet.set_freeze_panes(first + 1, 0)?;
    if let Some(last) = column.checked_sub(1).filter(|_| row > first) {
        sheet.autofilter(first, 0, row, last)?;
    }
    sheet.autofit();
    Ok(())
}
