//! The formats of a result agree with each other.

use crate::{fresh, path, run};
use std::fs;

#[test]
fn csv_and_jsonl_have_a_line_for_each_outcome() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    let jsonl = run(&["run", &policy, "--format", "jsonl"]).out;
    let csv = run(&["run", &policy, "--format", "csv"]).out;
    let whole = run(&["run", &policy, "--format", "json"]).out;
    let whole: serde_json::Value = serde_json::from_str(&whole).unwrap();
    let outcomes = whole["outcomes"].as_array().unwrap();
    assert_eq!(jsonl.lines().count(), outcomes.len());
    assert_eq!(csv.lines().count(), outcomes.len() + 1);
    for (line, outcome) in jsonl.lines().zip(outcomes) {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(&line, outcome);
    }
    assert!(csv.starts_with("date,known,due,subject,what,name,state,was,now,"));
    assert!(csv.contains("2024-05-06,2024-05-06,,M01,status,warned,issued,clear,warned,"));
}

#[test]
fn a_csv_file_bears_the_mark_that_spreadsheets_need() {
    let (_keep, plan) = fresh("zh");
    let out = path(&plan, "结果.csv");
    assert_eq!(
        run(&["run", &path(&plan, "policy.pol"), "-o", &out]).code,
        0
    );
    assert!(fs::read(&out).unwrap().starts_with(b"\xef\xbb\xbfdate,"));
}

#[test]
fn the_table_of_an_office_is_in_its_language() {
    let (_keep, plan) = fresh("zh");
    let policy = path(&plan, "policy.pol");
    let chinese = run(&["run", &policy]).out;
    for said in [
        "逐日结果",
        "2024年5月6日",
        "M01 东门市场",
        "警示（原为正常）",
    ] {
        assert!(chinese.contains(said), "{said}: {chinese}");
    }
    let english = run(&["run", "--lang", "en", &policy]).out;
    for said in ["timeline", "2024-05-06", "警示 (was 正常)"] {
        assert!(english.contains(said), "{said}: {english}");
    }
}

#[test]
fn no_colours_where_there_is_no_terminal() {
    let (_keep, plan) = fresh("en");
    let ran = run(&["run", &path(&plan, "policy.pol")]);
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'));
}
