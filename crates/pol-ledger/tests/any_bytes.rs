//! Whatever bytes come in, a value or errors come out, and every error has its place.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod common;

use common::{REGISTER, policy, register};
use pol_ledger::{
    DataErrors, Encoding, Format, Input, Loaded, Mode, read_ledger, read_register, rejects_csv,
    template,
};
use pol_model::Register;
use pol_semantics::hir::Policy;
use pol_syntax::Lang;
use proptest::prelude::*;
use std::sync::LazyLock;

static POLICY: LazyLock<Policy> = LazyLock::new(policy);
static MEMBERS: LazyLock<Register> = LazyLock::new(register);
static TEMPLATE: LazyLock<Vec<u8>> = LazyLock::new(|| template(&POLICY, Lang::Zh).unwrap());

fn ledger(
    bytes: &[u8],
    format: Format,
    encoding: Encoding,
    mode: Mode,
) -> Result<Loaded, DataErrors> {
    let input = Input::new("x", bytes).format(format).encoding(encoding);
    let read = read_ledger(&POLICY, &MEMBERS, input, mode);
    if let Err(errors) = &read {
        assert!(!errors.is_empty());
        assert!(errors.errors.len() <= 100);
        for lang in [Lang::En, Lang::Zh] {
            assert!(errors.render(lang).contains("POL05"));
        }
    }
    read
}

/// Reads in every way there is.
fn all_ways(bytes: &[u8]) {
    for format in [Format::Auto, Format::Csv, Format::Xlsx, Format::JsonLines] {
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            let strict = ledger(bytes, format, encoding, Mode::Strict);
            let aside = ledger(bytes, format, encoding, Mode::Rejects);
            match (strict, aside) {
                (Ok(strict), Ok(aside)) => {
                    assert_eq!(strict.entries, aside.entries);
                    assert_eq!(aside.rejects, []);
                }
                (Ok(_), Err(_)) => panic!("what is read strictly is read otherwise too"),
                (Err(_), Ok(aside)) => {
                    assert!(!aside.rejects.is_empty(), "what is wrong is set aside");
                    let _ = rejects_csv(&aside.rejects, Lang::Zh);
                }
                (Err(_), Err(_)) => {}
            }
            let input = Input::new("x", bytes).format(format).encoding(encoding);
            let _ = read_register(&POLICY, input);
        }
    }
}

/// A cell as people might fill it in.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        prop::sample::select(vec![
            "检查",
            "决定",
            "撤回",
            "汇总",
            "嘉定镇",
            "T01",
            "1",
            "2",
            "-1",
            "1e3",
            "３",
            "2023-08-09",
            "2023-02-30",
            "2023年8月9日",
            "是",
            "批准",
            "领导小组",
            "合格",
            "县林业局;D02",
            "25%",
            "9:30",
            "1:",
            "：",
            "年月日",
            "T",
            "-",
            ".",
            "\"",
            "%",
            "2023-08-09T",
            "99999999999999999999999999999999999999999",
        ])
        .prop_map(str::to_owned),
        ".{0,6}",
    ]
}

const HEAD: &str = "编号,日期,时间,录入日期,事项,对象,乡镇,责任部门,情形,户数,占比,期限,时限,金额,媒体曝光,结论,决定机构,规则,决定,撤回编号,更正编号";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn of_any_kind(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        all_ways(&bytes);
    }

    #[test]
    fn of_any_text(text in "\\PC{0,200}") {
        all_ways(text.as_bytes());
    }

    #[test]
    fn of_likely_rows(rows in prop::collection::vec(prop::collection::vec(cell(), 21), 0..8)) {
        let mut text = HEAD.to_owned();
        for row in &rows {
            text.push('\n');
            text.push_str(&row.join(","));
        }
        all_ways(text.as_bytes());
    }

    #[test]
    fn of_likely_objects(rows in prop::collection::vec(prop::collection::vec(cell(), 21), 0..8)) {
        let mut text = String::new();
        for row in &rows {
            let object: serde_json::Map<String, serde_json::Value> = HEAD
                .split(',')
                .zip(row)
                .filter(|(_, cell)| !cell.is_empty())
                .map(|(head, cell)| (head.to_owned(), cell.clone().into()))
                .collect();
            text.push_str(&serde_json::to_string(&object).unwrap());
            text.push('\n');
        }
        all_ways(text.as_bytes());
    }

    #[test]
    fn of_damaged_registers(at in 0..REGISTER.len(), byte in any::<u8>()) {
        let mut bytes = REGISTER.as_bytes().to_vec();
        bytes[at] = byte;
        all_ways(&bytes);
    }

    #[test]
    fn of_damaged_workbooks(at in any::<prop::sample::Index>(), byte in any::<u8>(), end in any::<prop::sample::Index>()) {
        let mut bytes = TEMPLATE.clone();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = ledger(&bytes, Format::Auto, Encoding::Utf8, Mode::Strict);
        bytes.truncate(end.index(bytes.len()));
        let _ = ledger(&bytes, Format::Xlsx, Encoding::Utf8, Mode::Strict);
    }
}

#[test]
fn a_line_of_many_megabytes_is_refused_at_once() {
    let long = format!("日期,事项\n2023-08-09,{}\n", "汇".repeat(10 << 20));
    let found = ledger(long.as_bytes(), Format::Auto, Encoding::Utf8, Mode::Strict).unwrap_err();
    assert_eq!(found.errors[0].code.as_str(), "POL0501");
    let deep = format!("{{\"date\": {}", "[".repeat(1 << 20));
    let found = ledger(deep.as_bytes(), Format::Auto, Encoding::Utf8, Mode::Strict).unwrap_err();
    assert_eq!(found.errors[0].code.as_str(), "POL0503");
}

#[test]
fn rejects_are_mended_and_read_again() {
    let text = "编号,日期,事项,乡镇,情形\n1,2023-08-09,检查,嘉定真,1\n2,2023-08-09,检查,嘉定镇,1\n";
    let loaded = ledger(text.as_bytes(), Format::Csv, Encoding::Utf8, Mode::Rejects).unwrap();
    for lang in [Lang::Zh, Lang::En] {
        let csv = String::from_utf8(rejects_csv(&loaded.rejects, lang)).unwrap();
        let mended = csv.replace(",嘉定真,", ",嘉定镇,");
        let again = ledger(mended.as_bytes(), Format::Csv, Encoding::Utf8, Mode::Strict).unwrap();
        assert_eq!(again.entries.len(), 1);
    }
}
