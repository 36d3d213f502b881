//! Ledgers in CSV: what is read, and every mistake at its line and column.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod common;

use common::{day, errors, load, messages, policy, register};
use pol_ledger::{Encoding, Input, Mode, read_ledger, rejects_csv};
use pol_model::{EntryBody, EventIx, MemberIx, Number, RuleIx, Value, Verdict};
use pol_syntax::Lang;

const HEAD: &str = "编号,日期,录入日期,事项,对象,乡镇,责任部门,情形,户数,媒体曝光,结论,决定机构,规则,决定,撤回编号,更正编号";

fn with(rows: &[&str]) -> String {
    let mut text = HEAD.to_owned();
    for row in rows {
        text.push('\n');
        text.push_str(row);
    }
    text
}

#[test]
fn reads_every_kind_of_row() {
    let text = with(&[
        "1,2023-08-09,,检查,,嘉定镇,县林业局、D02,11,４户,,,,,,,",
        "2,2023/8/10,2023年8月11日,实地核查,T01,,,,,,合格,,,,,",
        "3,2023-10-12,,决定,嘉定镇,,,,,,,领导小组,首次黄牌(乡镇),批准,,",
        "4,2023-10-13,,撤回,,,,,,,,,,,1,",
        "5,2023-10-13,,inspection,,T02,,3,,是,,,,,,2",
    ]);
    let entries = load(&text).unwrap().entries;
    let bodies: Vec<_> = entries.iter().map(|entry| &entry.body).collect();
    let EntryBody::Event { event, of, fields } = bodies[0] else {
        panic!("not an event");
    };
    assert_eq!((*event, of.len()), (EventIx(0), 0));
    assert_eq!(fields[0], Some(Value::Member(MemberIx(0))));
    let departments = vec![Value::Member(MemberIx(3)), Value::Member(MemberIx(4))];
    assert_eq!(fields[1], Some(Value::List(departments)));
    assert_eq!(fields[2], Some(Value::Number(Number::whole(11))));
    assert_eq!(fields[3], None, "an optional field is absent");
    assert_eq!(fields[4], Some(Value::Number(Number::whole(4))));
    assert_eq!(fields[11], Some(Value::Bool(false)), "the default");
    let EntryBody::Event { of, .. } = bodies[1] else {
        panic!("not an event");
    };
    assert_eq!(of, &[MemberIx(0)]);
    assert_eq!(entries[1].date, day(2023, 8, 10));
    assert_eq!(entries[1].recorded, day(2023, 8, 11));
    let EntryBody::Decision { rule, verdict, .. } = bodies[2] else {
        panic!("not a decision");
    };
    assert_eq!((*rule, *verdict), (Some(RuleIx(0)), Verdict::Approve));
    let EntryBody::Withdrawal { entry } = bodies[3] else {
        panic!("not a withdrawal");
    };
    assert_eq!(&**entry, "1");
    assert_eq!(entries[4].instead_of.as_deref(), Some("2"));
    assert_eq!(entries[4].origin.line, 6);
}

#[test]
fn names_and_display_names_mean_the_same() {
    let zh = load("编号,日期,事项,乡镇,情形,级别\n1,2023-08-09,检查,嘉定镇,1,市级\n").unwrap();
    let en =
        load("id,date,kind,township,clause,level\n1,2023-08-09,inspection,T01,1,city\n").unwrap();
    let own =
        load("id,date,kind,检查.乡镇,inspection.clause,level\n1,2023-08-09,检查,T01,1,city\n");
    assert_eq!(zh.entries, en.entries);
    assert_eq!(zh.entries, own.unwrap().entries);
}

#[test]
fn a_mark_blank_lines_and_titles_are_no_hindrance() {
    let text = "\u{FEFF}县挂牌督办台账,,\n\n日期, 事项 ,对象\n,,\n2023-08-09,汇总,\n";
    let loaded = load(text).unwrap();
    assert_eq!(loaded.entries.len(), 1);
    assert_eq!(loaded.entries[0].origin.line, 5);
    let notes: Vec<_> = loaded
        .notes
        .iter()
        .map(|note| note.render(Lang::En))
        .collect();
    assert_eq!(
        notes,
        ["l.csv:1: this row stands above the header and was taken for a title: `县挂牌督办台账`"]
    );
}

/// A row and what is said of it.
const MISTAKES: &[(&str, &str)] = &[
    (
        "1,2023-02-30,,检查,,,,1,,,,,,,,",
        "l.csv:2:2: `2023-02-30`: there is no day 30 in 2023-02, which has 28 days",
    ),
    ("1,,,检查,,,,1,,,,,,,,", "l.csv:2:2: `date` is missing"),
    (
        "1,2023-08-09,2023-08-08,检查,,,,1,,,,,,,,",
        "l.csv:2:3: recorded on 2023-08-08, before it happened on 2023-08-09",
    ),
    (
        "1,2023-08-09,,检察,,,,1,,,,,,,,",
        "l.csv:2:4: no kind of entry is called `检察`",
    ),
    (
        "1,2023-08-09,,,,,,1,,,,,,,,",
        "l.csv:2:4: `kind` is missing",
    ),
    (
        "1,2023-08-09,,检查,,嘉定真,,1,,,,,,,,",
        "l.csv:2:6: `嘉定真` is not in the register as one of `乡镇`",
    ),
    (
        "1,2023-08-09,,检查,,嘉定\u{200B}镇,,1,,,,,,,,",
        "l.csv:2:6: `嘉定⟨U+200B⟩镇` is not in the register as one of `乡镇`",
    ),
    (
        "1,2023-08-09,,检查,,县林业局,,1,,,,,,,,",
        "l.csv:2:6: `县林业局` is a `部门`; here stands one of `乡镇`",
    ),
    (
        "1,2023-08-09,,检查,,嘉定镇、大阿镇,,1,,,,,,,,",
        "l.csv:2:6: `嘉定镇、大阿镇` are several values; this column takes one",
    ),
    (
        "1,2023-08-09,,检查,嘉定镇,,,1,,,,,,,,",
        "l.csv:2:5: `检查` takes nothing in `of`",
    ),
    (
        "1,2023-08-09,,检查,,,县林业局;D01,1,,,,,,,,",
        "l.csv:2:7: `D01` is named twice",
    ),
    (
        "1,2023-08-09,,检查,,,,,,,,,,,,",
        "l.csv:2:8: `情形` is missing",
    ),
    (
        "1,2023-08-09,,检查,,,,16,,,,,,,,",
        "l.csv:2:8: `16` is not a whole number from 1 to 15",
    ),
    (
        "1,2023-08-09,,检查,,,,1e1,,,,,,,,",
        "l.csv:2:8: `1e1` is written with an exponent",
    ),
    (
        "1,2023-08-09,,检查,,,,三,,,,,,,,",
        "l.csv:2:8: `三` is not a number",
    ),
    (
        "1,2023-08-09,,检查,,,,1,-1,,,,,,,",
        "l.csv:2:9: `-1`: a count of `户` is never negative",
    ),
    (
        "1,2023-08-09,,检查,,,,1,2.5,,,,,,,",
        "l.csv:2:9: `2.5`: a count of `户` is a whole number",
    ),
    (
        "1,2023-08-09,,检查,,,,1,3次,,,,,,,",
        "l.csv:2:9: `3次` is counted in `次`; this field counts `户`",
    ),
    (
        "1,2023-08-09,,检查,,,,1,\"1,000\",,,,,,,",
        "l.csv:2:9: `1,000`: it is not clear what the comma means",
    ),
    (
        "1,2023-08-09,,检查,,,,1,3左右,,,,,,,",
        "l.csv:2:9: `3左右`: `左右` behind the number has no meaning here",
    ),
    (
        "1,2023-08-09,,检查,,,,1,,1,,,,,,",
        "l.csv:2:10: `1` is neither yes nor no",
    ),
    (
        "1,2023-08-09,,检查,,,,1,,,合格,,,,,",
        "l.csv:2:11: `检查` has no field `结论`",
    ),
    (
        "1,2023-08-09,,检查,,,,1,,,,领导小组,,,,",
        "l.csv:2:12: `检查` takes nothing in `决定机构`",
    ),
    (
        "1,2023-08-09,,实地核查,T01,,,,,,合各,,,,,",
        "l.csv:2:11: no value of `结论` is called `合各`",
    ),
    (
        "1,2023-08-09,,实地核查,,,,,,,合格,,,,,",
        "l.csv:2:5: `of` is missing",
    ),
    (
        "1,2023-08-09,,实地核查,东村,,,,,,合格,,,,,",
        "l.csv:2:5: `东村` is a `村`; here stands one of `乡镇` `部门`",
    ),
    (
        "1,2023-08-09,,决定,T01,,,,,,,领导小祖,,批准,,",
        "l.csv:2:12: no body is called `领导小祖`",
    ),
    (
        "1,2023-08-09,,决定,T01,,,,,,,领导小组,首次黄盘（乡镇）,批准,,",
        "l.csv:2:13: no rule is called `首次黄盘（乡镇）`",
    ),
    (
        "1,2023-08-09,,决定,T01,,,,,,,办公室,first_yellow,批准,,",
        "l.csv:2:13: `首次黄牌（乡镇）` is decided by `领导小组`",
    ),
    (
        "1,2023-08-09,,决定,T01,,,,,,,领导小组,自动,批准,,",
        "l.csv:2:13: `自动` acts by itself; nobody decides it",
    ),
    (
        "1,2023-08-09,,决定,D01,,,,,,,领导小组,first_yellow,批准,,",
        "l.csv:2:13: `首次黄牌（乡镇）` is no rule for a `部门`",
    ),
    (
        "1,2023-08-09,,决定,T01,,,,,,,领导小组,,通过,,",
        "l.csv:2:14: `通过` is not a verdict",
    ),
    (
        "1,2023-08-09,,决定,东村,,,,,,,领导小组,,批准,,",
        "l.csv:2:5: `东村` is the name of more than one member: `V01` `V02`",
    ),
    (
        "1,2023-08-09,,撤回,,,,,,,,,,,2,",
        "l.csv:2: this withdrawal names `2`; no entry has that id",
    ),
    (
        "1,2023-08-09,,撤回,,,,,,,,,,,1,",
        "l.csv:2: this withdrawal names itself, `1`",
    ),
    (
        "1,2023-08-09,,撤回,,,,,,,,,,,,",
        "l.csv:2:15: `ref` is missing",
    ),
    (
        "1,2023-08-09,,检查,,,,1,,,,,,,,9",
        "l.csv:2: this correction names `9`; no entry has that id",
    ),
    (
        "1,2023-08-09,,检查,,,,1,,,,,,,,,x",
        "l.csv:2:17: this value stands in a column without a header",
    ),
    (
        "1,2023-08-09,,检查,,,,1,,,,,,,\"x,",
        "l.csv:2: a quotation mark is opened here and never closed",
    ),
];

#[test]
fn each_mistake_stands_at_its_line_and_column() {
    for (row, expected) in MISTAKES {
        assert_eq!(errors(&with(&[row])), [*expected], "{row}");
    }
}

#[test]
fn suggestions_name_what_was_meant() {
    let found = load(&with(&["1,2023-08-09,,检查,,嘉定真,,1,,,,,,,,"])).unwrap_err();
    let expected = "l.csv:2:6: POL0512: 名册中没有`嘉定真`，此处应填 `乡镇`\n  6列`乡镇`，内容`嘉定真`\n  办法：是否应为`嘉定镇`？";
    assert_eq!(found.render(Lang::Zh), expected);
    let found = load("编号,日期,事项,情行\n1,2023-08-09,检查,1\n").unwrap_err();
    assert_eq!(messages(&found)[0], "l.csv:1:4: no column is called `情行`");
    assert_eq!(
        found.errors[0].help.as_ref().unwrap().zh,
        "是否应为`情形`？"
    );
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let rows = vec!["1,2023-13-01,,检查,,嘉定真,,99,,,,,,,,"; 50];
    let found = load(&with(&rows)).unwrap_err();
    assert_eq!((found.errors.len(), found.more), (150, 0));
    assert_eq!(found.render(Lang::En).matches("POL").count(), 150);
    let first = found.render_first(100, Lang::En);
    assert_eq!(first.matches("POL").count(), 100);
    assert!(first.ends_with("\nand 50 more"));
}

#[test]
fn ids_that_repeat() {
    let same = "1,2023-08-09,,检查,,,,1,,,,,,,,";
    let loaded = load(&with(&[same, same])).unwrap();
    assert_eq!(loaded.entries.len(), 1);
    assert_eq!(
        loaded.notes[0].render(Lang::En),
        "l.csv:3: the same as line 2; it counts once"
    );
    let without = ",2023-08-09,,检查,,,,1,,,,,,,,";
    assert_eq!(load(&with(&[without, without])).unwrap().entries.len(), 1);
    let other = "1,2023-08-09,,检查,,,,2,,,,,,,,";
    assert_eq!(
        errors(&with(&[same, "2,2023-08-09,,检查,,,,2,,,,,,,,", other])),
        [
            "l.csv:2: the id `1` stands on line 4 too, with other content",
            "l.csv:4: the id `1` stands on line 2 too, with other content",
        ]
    );
}

#[test]
fn withdrawals_of_withdrawals_and_circles_of_corrections() {
    let rows = [
        "1,2023-08-09,,检查,,,,1,,,,,,,,",
        "2,2023-08-10,,撤回,,,,,,,,,,,1,",
        "3,2023-08-11,,撤回,,,,,,,,,,,2,",
    ];
    assert_eq!(
        errors(&with(&rows)),
        ["l.csv:4: this withdrawal names `2` on line 3, which is itself a withdrawal"]
    );
    let rows = [
        "1,2023-08-09,,检查,,,,1,,,,,,,,2",
        "2,2023-08-09,,检查,,,,1,,,,,,,,1",
    ];
    assert_eq!(
        errors(&with(&rows)),
        ["l.csv:2: these entries correct each other: 1 → 2 → 1"]
    );
}

#[test]
fn headers_that_are_missing_or_double() {
    assert_eq!(
        errors("县挂牌督办台账\n甲,乙\n1,2\n"),
        [
            "l.csv:1: no header was found in the first 10 rows; they begin with `县挂牌督办台账` `甲` `乙`"
        ]
    );
    assert_eq!(errors(""), ["l.csv: there is nothing to read"]);
    assert_eq!(
        errors("编号,事项,情形\n1,检查,1\n"),
        ["l.csv:1: the header has no column `date`; it has `编号` `事项` `情形`"]
    );
    assert_eq!(
        errors("日期,事项,情形,clause\n2023-08-09,检查,1,1\n"),
        ["l.csv:1:4: `clause` means the same as the column `情形` before it"]
    );
}

#[test]
fn values_of_other_types() {
    let head = "日期,事项,情形,收入,占比,期限,时限,金额,文号";
    let of = |row: &str| {
        let loaded = load(&format!("{head}\n2023-08-09,检查,1,{row}\n"));
        loaded.map(|loaded| match &loaded.entries[0].body {
            EntryBody::Event { fields, .. } => fields.clone(),
            _ => panic!("not an event"),
        })
    };
    let fields = of("7800.5元,25%,2024年2月29日,7个工作日,3万元,〔2023〕7号").unwrap();
    assert_eq!(
        fields[5],
        Some(Value::Number(Number::decimal(78_005, 1).unwrap()))
    );
    assert_eq!(
        fields[6],
        Some(Value::Number(Number::decimal(25, 2).unwrap()))
    );
    assert_eq!(fields[7], Some(Value::Date(day(2024, 2, 29))));
    assert_eq!(fields[9], Some(Value::Number(Number::whole(30_000))));
    assert_eq!(fields[10], Some(Value::Text("〔2023〕7号".into())));
    let wrong = messages(&of("-5,25,2024-02-29 9:30,几天,3美元,x").unwrap_err());
    assert_eq!(
        wrong,
        [
            "l.csv:2:4: `-5`: a count of `元` is never negative",
            "l.csv:2:5: `25`: it is not clear whether this is a percentage",
            "l.csv:2:6: `2024-02-29 9:30` holds a time; only the day is taken here",
            "l.csv:2:7: `几天` is not a span of time",
            "l.csv:2:8: `3美元`: `美元` behind the number has no meaning here",
        ]
    );
}

#[test]
fn rows_that_are_only_numbered_are_blank() {
    let loaded = load("序号,日期,事项\n1,2023-08-09,汇总\n2,,\n3,,\n").unwrap();
    assert_eq!(loaded.entries.len(), 1);
    let note = loaded.notes[0].render(Lang::En);
    assert_eq!(
        note,
        "l.csv:1:1: the column `序号` is for people and is not read"
    );
}

#[test]
fn times_stand_in_their_column_or_in_the_date() {
    let own = load("日期,时间,事项\n2023-08-09,9:30,汇总\n")
        .unwrap()
        .entries;
    let within = load("日期,事项\n2023-08-09 09:30,汇总\n").unwrap().entries;
    assert_eq!(own[0].time, within[0].time);
    assert!(own[0].time.is_some());
    assert_eq!(
        errors("日期,时间,事项\n2023-08-09 9:30,,汇总\n"),
        ["l.csv:2:1: `2023-08-09 9:30` holds a time; only the day is taken here"]
    );
    assert_eq!(
        errors("日期,时间,事项\n2023-08-09,25:00,汇总\n"),
        ["l.csv:2:2: `25:00` is not a time of day"]
    );
}

#[test]
fn encodings_are_declared() {
    // `日期,事项` and `2023-08-09,汇总` in GBK.
    let mut gbk = b"\xC8\xD5\xC6\xDA,\xCA\xC2\xCF\xEE\n".to_vec();
    gbk.extend_from_slice(b"2023-08-09,\xBB\xE3\xD7\xDC\n");
    let read = |bytes: &[u8], encoding| {
        let input = Input::new("l.csv", bytes).encoding(encoding);
        read_ledger(&policy(), &register(), input, Mode::Strict)
    };
    assert_eq!(read(&gbk, Encoding::Gb18030).unwrap().entries.len(), 1);
    let wrong = read(&gbk, Encoding::Utf8).unwrap_err();
    assert_eq!(messages(&wrong), ["l.csv:1: byte 0xC8 is not UTF-8"]);
    let help = &wrong.errors[0].help.as_ref().unwrap().en;
    assert!(help.contains("--encoding gb18030"), "{help}");
    let wrong = read("日期,事项\n".as_bytes(), Encoding::Gb18030);
    assert!(
        wrong.is_err(),
        "UTF-8 read as GB18030 is not taken for a header"
    );
    let wrong = read("编号,日期,事项,对象\n".as_bytes(), Encoding::Gb18030).unwrap_err();
    assert_eq!(
        messages(&wrong),
        ["l.csv: the file is in UTF-8, but GB18030 was declared"]
    );
    let wrong = read(b"a,b\n\xC8\xFF\n", Encoding::Gb18030).unwrap_err();
    assert_eq!(messages(&wrong), ["l.csv:2: byte 0xC8 is not GB18030"]);
}

#[test]
fn bad_rows_are_set_aside_with_their_reasons() {
    let text = with(&[
        "1,2023-08-09,,检查,,嘉定真,,1,,,,,,,,",
        "2,2023-08-09,,检查,,嘉定镇,,1,,,,,,,,",
        "3,2023-08-10,,撤回,,,,,,,,,,,1,",
        "4,2023-08-10,,撤回,,,,,,,,,,,3,",
    ]);
    let input = Input::new("l.csv", text.as_bytes());
    let loaded = read_ledger(&policy(), &register(), input, Mode::Rejects).unwrap();
    assert_eq!(loaded.entries.len(), 1);
    let lines: Vec<_> = loaded
        .rejects
        .iter()
        .map(|r| r.reasons[0].place.line)
        .collect();
    assert_eq!(lines, [2, 4, 5]);
    let third = &loaded.rejects[2].reasons[0].message.en;
    assert_eq!(
        third,
        "this withdrawal names `3` on line 4, which is itself a withdrawal"
    );
    let second = &loaded.rejects[1].reasons[0].message.en;
    assert_eq!(second, "it names `1`, which was set aside");
    let strict = errors(&text);
    assert_eq!(
        strict.len(),
        2,
        "who names a row that is at fault is not at fault: {strict:?}"
    );
    let csv = String::from_utf8(rejects_csv(&loaded.rejects[..1], Lang::Zh)).unwrap();
    let expected = "\u{FEFF}原文件,原表,原行号,退回原因,编号,日期,事项,乡镇,情形\n\
        l.csv,,2,乡镇：名册中没有`嘉定真`，此处应填 `乡镇`（是否应为`嘉定镇`？）,1,2023-08-09,检查,嘉定真,1\n";
    assert_eq!(csv, expected);
}

#[test]
fn entries_open_members() {
    let text = "编号,日期,事项,对象\nW2,2023-08-12,问题整改,P7\nP7,2023-08-09,发现问题,嘉定镇\n";
    let loaded = load(text).unwrap();
    let issue = loaded.register.find("P7").unwrap();
    let member = loaded.register.member(issue);
    assert_eq!(member.within, Some(MemberIx(0)));
    assert!(!member.belongs(day(2023, 8, 8)) && member.belongs(day(2023, 8, 9)));
    let EntryBody::Event { of, .. } = &loaded.entries[0].body else {
        panic!("not an event");
    };
    assert_eq!(of, &[issue]);
    assert_eq!(
        errors("编号,日期,事项,对象\n,2023-08-09,发现问题,嘉定镇\n"),
        ["l.csv:2:1: `id` is missing"]
    );
}
