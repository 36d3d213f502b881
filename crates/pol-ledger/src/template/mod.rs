//! An empty workbook to fill in: a sheet for each kind of entry, for decisions, withdrawals and the
//! register, one that explains every column, and lists to choose from.
//!
//! Promises: filled in as it says, it reads back; two equal policies give equal bytes.

mod layout;

use crate::register::ASIDE;
use crate::table::{WriteError, header, new_workbook};
use crate::words::Vocabulary;
use layout::{Column, Layout, Speaker, Takes, register_sheet, sheets};
use pol_semantics::hir::Policy;
use pol_syntax::Lang;
use rust_xlsxwriter::{DataValidation, Format, Formula, Workbook, Worksheet, XlsxError};

/// The last row, from 0, to which lists to choose from reach.
const LAST: u32 = 5000;

/// How wide columns are, in characters.
const WIDTH: u16 = 16;

/// Writes the template of a policy's register and ledger. Headers and choices are the policy's names
/// in English, its display names in Chinese.
///
/// # Errors
/// None that a policy is known to cause; a workbook that cannot be written says why.
pub fn template(policy: &Policy, lang: Lang) -> Result<Vec<u8>, WriteError> {
    let words = Vocabulary::new(policy);
    let speaker = Speaker {
        words: &words,
        lang,
    };
    let mut book = new_workbook()?;
    let entries = sheets(&speaker);
    let register = register_sheet(&speaker);
    explain(&speaker, &mut book, &entries, &register)?;
    let mut lists = Lists {
        sheet: speaker.say(ASIDE[3], ASIDE[2]),
        columns: Vec::new(),
    };
    for layout in entries.iter().chain([&register]) {
        let sheet = book.add_worksheet().set_name(&layout.name)?;
        fill(sheet, layout, &register, &mut lists)?;
    }
    lists.write(&mut book)?;
    Ok(book.save_to_buffer()?)
}

/// Choices that are too long to stand in the cells' own rules.
struct Lists {
    sheet: String,
    columns: Vec<Vec<String>>,
}

impl Lists {
    /// The range of a list, as a formula.
    fn range(&mut self, choices: &[String]) -> Formula {
        let known = self.columns.iter().position(|list| list == choices);
        let at = known.unwrap_or_else(|| {
            self.columns.push(choices.to_vec());
            self.columns.len() - 1
        });
        let column = letters(at);
        Formula::new(format!(
            "='{}'!${column}$1:${column}${}",
            self.sheet,
            choices.len()
        ))
    }

    fn write(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let sheet = book.add_worksheet().set_name(&self.sheet)?;
        for (column, choices) in (0_u16..=u16::MAX).zip(&self.columns) {
            for (row, choice) in (0_u32..).zip(choices) {
                sheet.write_string(row, column, choice)?;
            }
        }
        sheet.set_hidden(true);
        Ok(())
    }
}

fn letters(at: usize) -> String {
    let place = crate::problem::Place {
        column: u32::try_from(at).unwrap_or(0).saturating_add(1),
        ..crate::problem::Place::default()
    };
    place.letters()
}

fn fill(
    sheet: &mut Worksheet,
    layout: &Layout,
    register: &Layout,
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    let titles = layout.columns.iter().map(|column| column.header.as_str());
    header(sheet, 0, titles)?;
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0_u16..=u16::MAX).zip(&layout.columns) {
        sheet.set_column_width(at, WIDTH)?;
        match &column.takes {
            Takes::Text => {
                sheet.set_column_format(at, &Format::new().set_num_format("@"))?;
            }
            Takes::Date => {
                sheet.set_column_format(at, &Format::new().set_num_format("yyyy-mm-dd"))?;
            }
            Takes::Plain => {}
            Takes::Choice(choices) => {
                let rule = DataValidation::new().allow_list_strings(choices);
                let rule = match rule {
                    Ok(rule) if choices.iter().all(|choice| !choice.contains(',')) => rule,
                    _ => DataValidation::new().allow_list_formula(lists.range(choices)),
                };
                sheet.add_data_validation(1, at, LAST, at, &rule)?;
            }
            Takes::Member => {
                // A help, not a limit: ids are taken too, and several members in one cell.
                let names = Formula::new(format!("='{}'!$C$2:$C${}", register.name, LAST));
                let rule = DataValidation::new()
                    .allow_list_formula(names)
                    .show_error_message(false);
                sheet.add_data_validation(1, at, LAST, at, &rule)?;
            }
        }
    }
    Ok(())
}

fn explain(
    speaker: &Speaker<'_>,
    book: &mut Workbook,
    entries: &[Layout],
    register: &Layout,
) -> Result<(), XlsxError> {
    let sheet = book
        .add_worksheet()
        .set_name(speaker.say(ASIDE[1], ASIDE[0]))?;
    let title = speaker.words.policy.named.display();
    let prose = [
        speaker.say(&format!("Ledger of: {title}"), &format!("台账：{title}")),
        speaker.say("One row is one entry; each kind of entry has its sheet. Add no rows above the headers, and merge no cells.", "一行一件事，每种事项一张表。表头上方不要加行，不要合并单元格。"),
        speaker.say("Dates are real dates, or written 2023-08-07. Empty cells are absent values.", "日期用日期格式，或写作2023-08-07。空格表示没有。"),
        speaker.say("A column headed `note` may be added anywhere and is not read.", "可以在任何表中加一列“备注”，不读取。"),
    ];
    for (row, line) in (0_u32..).zip(&prose) {
        sheet.write_string(row, 0, line)?;
    }
    let start = u32::try_from(prose.len()).unwrap_or(0) + 1;
    let titles = [
        speaker.say("sheet", "表"),
        speaker.say("column", "列"),
        speaker.say("must be filled in", "必填"),
        speaker.say("meaning", "说明"),
    ];
    header(sheet, start, titles.iter().map(String::as_str))?;
    let columns = entries
        .iter()
        .chain([register])
        .flat_map(|layout| layout.columns.iter().map(move |column| (layout, column)));
    for (row, (layout, column)) in (start + 1..).zip(columns) {
        let Column {
            header,
            required,
            meaning,
            ..
        } = column;
        let required = if *required {
            speaker.say("yes", "是")
        } else {
            String::new()
        };
        for (at, text) in (0_u16..).zip([&layout.name, header, &required, meaning]) {
            sheet.write_string(row, at, text)?;
        }
    }
    sheet.set_column_width(0, WIDTH)?;
    sheet.set_column_width(1, WIDTH)?;
    sheet.set_column_width(3, 80)?;
    Ok(())
}
