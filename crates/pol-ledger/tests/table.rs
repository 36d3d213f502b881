//! Tables out.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod common;

use calamine::{Data, DataType, Reader, Xlsx};
use common::day;
use pol_ledger::{Mark, OutCell, OutTable, write_csv, write_xlsx};
use pol_model::Number;
use std::io::Cursor;

fn table() -> OutTable {
    let third = Number::whole(1).over(Number::whole(3)).unwrap();
    OutTable {
        name: "结果".to_owned(),
        headers: ["日期", "对象", "数"].map(str::to_owned).to_vec(),
        rows: vec![
            vec![
                OutCell::Date(day(2023, 10, 12)),
                OutCell::Text("嘉定镇, \"黄牌\"".to_owned()),
                OutCell::Number(Number::decimal(25, 1).unwrap()),
            ],
            vec![
                OutCell::Empty,
                OutCell::Text("=1+1".to_owned()),
                OutCell::Number(third),
            ],
        ],
    }
}

#[test]
fn csv_quotes_what_needs_it() {
    let text = "日期,对象,数\n2023-10-12,\"嘉定镇, \"\"黄牌\"\"\",2.5\n,=1+1,1/3\n";
    assert_eq!(
        String::from_utf8(write_csv(&table(), Mark::Omitted)).unwrap(),
        text
    );
    let marked = String::from_utf8(write_csv(&table(), Mark::Written)).unwrap();
    assert_eq!(marked, format!("\u{FEFF}{text}"));
}

#[test]
fn dates_stay_dates_and_text_is_no_formula() {
    let bytes = write_xlsx(&[table()]).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("结果").unwrap();
    let date = range.get((1, 0)).unwrap();
    assert_eq!(date.as_date(), Some(day(2023, 10, 12)));
    assert_eq!(range.get((1, 2)), Some(&Data::Float(2.5)));
    assert_eq!(range.get((2, 1)), Some(&Data::String("=1+1".to_owned())));
    assert_eq!(range.get((2, 2)), Some(&Data::String("1/3".to_owned())));
}

#[test]
fn what_a_workbook_does_not_take_is_told() {
    let table = OutTable {
        name: "a/b".to_owned(),
        ..table()
    };
    let said = write_xlsx(&[table]).unwrap_err().to_string();
    assert!(said.starts_with("the workbook cannot be written"), "{said}");
}
