//! Templates: what they hold, and that they read back when filled in.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod common;

use calamine::{Reader, Xlsx};
use common::policy;
use pol_ledger::{Input, Loaded, LoadedRegister, Mode, read_ledger, read_register, template};
use pol_model::{EntryBody, MemberIx, Value};
use pol_semantics::hir::Policy;
use pol_syntax::Lang;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeMap;
use std::io::Cursor;

type Sheets = Vec<(String, Vec<Vec<String>>)>;

/// The cells of a workbook, by sheet and row.
fn cells(bytes: &[u8]) -> Sheets {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let rows = |range: calamine::Range<calamine::Data>| -> Vec<Vec<String>> {
        range
            .rows()
            .map(|row| row.iter().map(ToString::to_string).collect())
            .collect()
    };
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).unwrap();
            (name, rows(range))
        })
        .collect()
}

/// The same workbook with rows filled in: for each sheet the cells under their headers.
fn filled(bytes: &[u8], rows: &[(&str, &[(&str, &str)])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, mut lines) in cells(bytes) {
        for (_, filled) in rows.iter().filter(|(sheet, _)| *sheet == name) {
            let filled: BTreeMap<_, _> = filled.iter().copied().collect();
            let header = lines[0].clone();
            for title in filled.keys() {
                assert!(
                    header.iter().any(|head| head == title),
                    "{name} has {title}"
                );
            }
            let cell = |title: &String| filled.get(title.as_str()).copied().unwrap_or_default();
            lines.push(header.iter().map(|title| cell(title).to_owned()).collect());
        }
        let sheet = book.add_worksheet().set_name(&name).unwrap();
        for (row, line) in (0..).zip(lines) {
            for (column, text) in (0..).zip(line) {
                if !text.is_empty() {
                    sheet.write_string(row, column, text).unwrap();
                }
            }
        }
    }
    book.save_to_buffer().unwrap()
}

fn read(policy: &Policy, bytes: &[u8]) -> (LoadedRegister, Loaded) {
    let input = Input::new("t.xlsx", bytes);
    let register = read_register(policy, input).map_err(|errors| errors.render(Lang::En));
    let register = register.unwrap();
    let ledger = read_ledger(policy, &register.register, input, Mode::Strict);
    (
        register,
        ledger.map_err(|errors| errors.render(Lang::En)).unwrap(),
    )
}

#[test]
fn a_sheet_for_everything() {
    let bytes = template(&policy(), Lang::Zh).unwrap();
    let sheets = cells(&bytes);
    let names: Vec<_> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "说明",
        "检查",
        "实地核查",
        "汇总",
        "发现问题",
        "问题整改",
        "决定",
        "撤回",
        "名册",
    ];
    assert_eq!(names, expected);
    let header = |name: &str| {
        let sheet = sheets.iter().find(|(sheet, _)| sheet == name).unwrap();
        sheet.1[0].join(" ")
    };
    assert_eq!(
        header("实地核查"),
        "编号 日期 时间 录入日期 对象 结论 更正编号"
    );
    assert_eq!(
        header("决定"),
        "编号 日期 时间 录入日期 对象 决定机构 规则 决定 更正编号"
    );
    assert_eq!(header("撤回"), "编号 日期 时间 录入日期 撤回编号");
    assert_eq!(
        header("名册"),
        "编号 种类 名称 隶属 类别 挂牌 挂牌 自 起 止"
    );
}

#[test]
fn filled_in_it_reads_back_in_both_languages() {
    let policy = policy();
    let zh = filled(
        &template(&policy, Lang::Zh).unwrap(),
        &[
            (
                "名册",
                &[
                    ("编号", "T01"),
                    ("种类", "乡镇"),
                    ("名称", "嘉定镇"),
                    ("类别", "一类"),
                    ("挂牌", "黄牌"),
                    ("挂牌 自", "2023-06-01"),
                ],
            ),
            (
                "检查",
                &[
                    ("编号", "1"),
                    ("日期", "2023-08-09"),
                    ("乡镇", "嘉定镇"),
                    ("情形", "3"),
                    ("户数", "4户"),
                    ("媒体曝光", "是"),
                ],
            ),
            (
                "决定",
                &[
                    ("日期", "2023-10-12"),
                    ("对象", "嘉定镇"),
                    ("决定机构", "领导小组"),
                    ("规则", "首次黄牌（乡镇）"),
                    ("决定", "批准"),
                ],
            ),
            ("撤回", &[("日期", "2023-10-13"), ("撤回编号", "1")]),
        ],
    );
    let en = filled(
        &template(&policy, Lang::En).unwrap(),
        &[
            (
                "register",
                &[
                    ("id", "T01"),
                    ("kind", "township"),
                    ("name", "嘉定镇"),
                    ("class", "first"),
                    ("card", "yellow"),
                    ("card since", "2023-06-01"),
                ],
            ),
            (
                "inspection",
                &[
                    ("id", "1"),
                    ("date", "2023-08-09"),
                    ("township", "T01"),
                    ("clause", "3"),
                    ("households", "4"),
                    ("exposed", "yes"),
                ],
            ),
            (
                "decision",
                &[
                    ("date", "2023-10-12"),
                    ("of", "T01"),
                    ("by", "group"),
                    ("rule", "first_yellow"),
                    ("verdict", "approve"),
                ],
            ),
            ("withdrawal", &[("date", "2023-10-13"), ("ref", "1")]),
        ],
    );
    let (register, loaded) = read(&policy, &zh);
    let (of_en, loaded_en) = read(&policy, &en);
    assert_eq!(register.register, of_en.register);
    let bodies = |loaded: &Loaded| -> Vec<_> {
        let entries = loaded.entries.iter();
        entries
            .map(|entry| (entry.date, entry.body.clone()))
            .collect()
    };
    assert_eq!(bodies(&loaded), bodies(&loaded_en));
    assert_eq!(register.register.members[0].standings.len(), 1);
    let EntryBody::Event { fields, .. } = &loaded.entries[0].body else {
        panic!("not an event");
    };
    assert_eq!(fields[0], Some(Value::Member(MemberIx(0))));
    assert_eq!(fields[11], Some(Value::Bool(true)));
}

#[test]
fn empty_it_reads_as_empty() {
    let policy = policy();
    let bytes = template(&policy, Lang::Zh).unwrap();
    let (register, loaded) = read(&policy, &bytes);
    assert_eq!(
        (register.register.members.len(), loaded.entries.len()),
        (0, 0)
    );
}

#[test]
fn fields_that_fixed_columns_hide_are_qualified() {
    let mut policy = policy();
    policy.events[1].fields[0].named = common::named("date", "日期");
    policy.events[1].named = common::named(
        "verification",
        "这个事项的显示名称比一张表的名称所能有的三十一个字还要长所以不能用作表名",
    );
    let bytes = template(&policy, Lang::Zh).unwrap();
    let sheets = cells(&bytes);
    let (_, rows) = sheets
        .iter()
        .find(|(name, _)| name == "verification")
        .unwrap();
    assert_eq!(
        rows[0].join(" "),
        "编号 日期 时间 录入日期 对象 verification.date 更正编号"
    );
}

#[test]
fn equal_policies_give_equal_bytes() {
    let bytes = || template(&policy(), Lang::En).unwrap();
    assert_eq!(bytes(), bytes());
}
