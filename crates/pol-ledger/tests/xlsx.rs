//! Ledgers in workbooks, as offices fill them in.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod common;

use common::{day, messages, policy, register};
use pol_ledger::{DataErrors, Input, Loaded, Mode, read_ledger};
use pol_model::{EntryBody, Number, Value};
use pol_syntax::Lang;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

fn save(book: &mut Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

fn read(bytes: &[u8]) -> Result<Loaded, DataErrors> {
    read_ledger(
        &policy(),
        &register(),
        Input::new("l.xlsx", bytes),
        Mode::Strict,
    )
}

fn one(rows: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("台账").unwrap();
    rows(sheet);
    save(&mut book)
}

fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        if !cell.is_empty() {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
}

fn date(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &str) {
    let date = ExcelDateTime::parse_from_str(text).unwrap();
    let format = Format::new().set_num_format(format);
    sheet
        .write_datetime_with_format(row, column, &date, &format)
        .unwrap();
}

fn notes(loaded: &Loaded) -> Vec<String> {
    loaded
        .notes
        .iter()
        .map(|note| note.render(Lang::En))
        .collect()
}

#[test]
fn real_dates_numbers_and_shares() {
    let bytes = one(|sheet| {
        texts(
            sheet,
            0,
            &["编号", "日期", "录入日期", "事项", "情形", "户数", "占比"],
        );
        sheet.write_number(1, 0, 12.0).unwrap();
        date(sheet, 1, 1, "2023-08-09 09:30:00", "yyyy-mm-dd hh:mm");
        date(sheet, 1, 2, "2023-08-10", "yyyy年m月d日");
        texts(sheet, 1, &["", "", "", "检查", "", "", ""]);
        sheet.write_number(1, 4, 3.0).unwrap();
        sheet.write_number(1, 5, 4.0).unwrap();
        let percent = Format::new().set_num_format("0%");
        sheet
            .write_number_with_format(1, 6, 0.25, &percent)
            .unwrap();
    });
    let entries = read(&bytes).unwrap().entries;
    let entry = &entries[0];
    assert_eq!(
        entry.id.as_deref(),
        Some("12"),
        "a whole number is no decimal"
    );
    assert_eq!(
        (entry.date, entry.recorded),
        (day(2023, 8, 9), day(2023, 8, 10))
    );
    assert_eq!(entry.time.unwrap().to_string(), "09:30:00");
    let EntryBody::Event { fields, .. } = &entry.body else {
        panic!("not an event");
    };
    assert_eq!(fields[2], Some(Value::Number(Number::whole(3))));
    assert_eq!(
        fields[6],
        Some(Value::Number(Number::decimal(25, 2).unwrap()))
    );
    assert_eq!(
        (entry.origin.sheet.as_deref(), entry.origin.line),
        (Some("台账"), 2)
    );
}

#[test]
fn a_title_above_the_header_and_dates_as_text() {
    let bytes = one(|sheet| {
        let centred = Format::new();
        sheet
            .merge_range(0, 0, 0, 2, "信丰县台账", &centred)
            .unwrap();
        texts(sheet, 2, &["日期", "事项", "对象"]);
        texts(sheet, 3, &["2023年8月9日", "汇总", ""]);
        texts(sheet, 5, &["2023/8/10", "汇总", ""]);
    });
    let loaded = read(&bytes).unwrap();
    let lines: Vec<_> = loaded
        .entries
        .iter()
        .map(|entry| entry.origin.line)
        .collect();
    assert_eq!(lines, [4, 6]);
    assert_eq!(
        notes(&loaded),
        [
            "l.xlsx[台账]:1: this row stands above the header and was taken for a title: `信丰县台账`",
            "l.xlsx[台账]: 2 dates in column `日期` are text; they were read as dates",
        ]
    );
}

#[test]
fn mistakes_name_sheet_row_and_column() {
    let bytes = one(|sheet| {
        texts(
            sheet,
            0,
            &["日期", "事项", "乡镇", "情形", "户数", "媒体曝光"],
        );
        sheet.write_number(1, 0, 45147.0).unwrap();
        texts(sheet, 1, &["", "检查", "嘉定真", "", "", ""]);
        sheet.write_number(1, 3, 3.5).unwrap();
        sheet.write_number(1, 4, -1.0).unwrap();
        sheet.write_number(1, 5, 1.0).unwrap();
        sheet
            .write_formula(
                2,
                0,
                rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!"),
            )
            .unwrap();
        texts(sheet, 2, &["", "检查", "", "1e3", "", "maybe"]);
        sheet
            .write_number(2, 4, 1_234_567_890_123_456_789.0)
            .unwrap();
    });
    let found = read(&bytes).unwrap_err();
    assert_eq!(
        messages(&found),
        [
            "l.xlsx[台账]:2:1: the cell holds the number `45147`, not a date",
            "l.xlsx[台账]:2:3: `嘉定真` is not in the register as one of `乡镇`",
            "l.xlsx[台账]:2:4: `3.5` is not a whole number from 1 to 15",
            "l.xlsx[台账]:2:5: `-1`: a count of `户` is never negative",
            "l.xlsx[台账]:2:6: `1` is neither yes nor no",
            "l.xlsx[台账]:3:1: the cell holds the spreadsheet's error `#DIV/0!`",
            "l.xlsx[台账]:3:4: `1e3` is written with an exponent",
            "l.xlsx[台账]:3:5: the number `1234567890123456800` has more digits than its cell holds exactly",
            "l.xlsx[台账]:3:6: `maybe` is neither yes nor no",
        ]
    );
    let shown = found.errors[0].render(Lang::Zh);
    let expected = "l.xlsx[台账]:2:1: POL0518: 单元格是数字`45147`，不是日期\n  A列`日期`，内容`45147`\n  办法：设为日期格式后是2023-08-09：请把单元格设为日期格式";
    assert_eq!(shown, expected);
}

#[test]
fn merged_cells_among_the_data_are_refused() {
    let bytes = one(|sheet| {
        texts(sheet, 0, &["日期", "事项", "乡镇", "情形"]);
        texts(sheet, 1, &["2023-08-09", "检查", "", "1"]);
        texts(sheet, 2, &["2023-08-09", "检查", "", "2"]);
        sheet
            .merge_range(1, 2, 2, 2, "嘉定镇", &Format::new())
            .unwrap();
    });
    assert_eq!(
        messages(&read(&bytes).unwrap_err()),
        [
            "l.xlsx[台账]:2:3: merged cells reach from here to row 3: only the first holds the value, the others are empty"
        ]
    );
}

#[test]
fn a_sheet_for_each_kind() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("说明").unwrap();
    texts(sheet, 0, &["本表说明填写办法"]);
    let sheet = book.add_worksheet().set_name("实地核查").unwrap();
    texts(sheet, 0, &["日期", "对象", "结论"]);
    texts(sheet, 1, &["2023-08-09", "嘉定镇", "合格"]);
    let sheet = book.add_worksheet().set_name("撤回").unwrap();
    texts(sheet, 0, &["编号", "日期", "撤回编号"]);
    let sheet = book.add_worksheet().set_name("汇总").unwrap();
    texts(sheet, 0, &["日期", "事项"]);
    texts(sheet, 1, &["2023-08-09", ""]);
    let bytes = save(&mut book);
    let loaded = read(&bytes).unwrap();
    assert_eq!(loaded.entries.len(), 2);
    assert!(notes(&loaded)[0].starts_with("l.xlsx[说明]: this sheet holds no entries"));
    let only = Input::new("l.xlsx", &bytes).sheet("汇总");
    let only = read_ledger(&policy(), &register(), only, Mode::Strict).unwrap();
    assert_eq!(only.entries.len(), 1);
    let none = Input::new("l.xlsx", &bytes).sheet("汇种");
    let none = read_ledger(&policy(), &register(), none, Mode::Strict).unwrap_err();
    assert_eq!(
        messages(&none),
        ["l.xlsx: the workbook has no sheet `汇种`"]
    );
    let help = &none.errors[0].help.as_ref().unwrap().en;
    assert_eq!(
        help,
        "did you mean `汇总`? its sheets are `说明` `实地核查` `撤回` `汇总`"
    );
}

/// A sheet that is called after its kind, nearly.
#[test]
fn a_sheet_whose_name_is_misspelt() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("实地核察").unwrap();
    texts(sheet, 0, &["日期", "对象"]);
    texts(sheet, 1, &["2023-08-09", "嘉定镇"]);
    let errors = read(&save(&mut book)).unwrap_err();
    assert!(messages(&errors)[0].contains("no column `kind`"));
    let help = &errors.errors[0].help.as_ref().unwrap().zh;
    assert_eq!(
        help,
        "以事项命名的工作表可以没有这一列：表名是否应为`实地核查`？"
    );
}

#[test]
fn a_row_on_the_sheet_of_another_kind() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("汇总").unwrap();
    texts(sheet, 0, &["日期", "事项"]);
    texts(sheet, 1, &["2023-08-09", "检查"]);
    assert_eq!(
        messages(&read(&save(&mut book)).unwrap_err()),
        ["l.xlsx[汇总]:2:2: `检查` stands on the sheet of `汇总`"]
    );
}

#[test]
fn no_header_says_what_is_there() {
    let bytes = one(|sheet| {
        texts(sheet, 0, &["信丰县"]);
        texts(sheet, 1, &["时候", "事情"]);
    });
    let found = read(&bytes).unwrap_err();
    assert_eq!(
        messages(&found),
        [
            "l.xlsx[台账]:1: no header was found in the first 10 rows; they begin with `信丰县` `时候` `事情`"
        ]
    );
}

#[test]
fn what_is_no_workbook_is_told() {
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0];
    let said = messages(&read(&old).unwrap_err());
    assert!(said[0].contains(".xls"), "{said:?}");
    let said = messages(&read(b"PK\x03\x04 nothing").unwrap_err());
    assert!(
        said[0].starts_with("l.xlsx: the workbook cannot be read"),
        "{said:?}"
    );
}

#[test]
fn a_lone_cell_at_the_end_of_a_sheet_costs_nothing() {
    let bytes = one(|sheet| {
        texts(sheet, 0, &["日期", "事项"]);
        texts(sheet, 1, &["2023-08-09", "汇总"]);
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
    });
    let said = messages(&read(&bytes).unwrap_err());
    assert_eq!(
        said,
        ["l.xlsx[台账]:1048576:16384: this value stands in a column without a header",]
    );
}
