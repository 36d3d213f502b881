//! `run`, `explain`, `ledger`: what is done with registers and ledgers.

use crate::{fresh, path, run};
use std::fs;

#[test]
fn what_init_writes_runs_as_its_clauses_say() {
    let (_keep, plan) = fresh("en");
    let ran = run(&["run", "--format", "jsonl", &path(&plan, "policy.pol")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("(beside the policy)"), "{}", ran.err);
    assert!(ran.err.contains("run through 2024-07-08"), "{}", ran.err);
    let statuses: Vec<String> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|outcome| outcome["what"] == "status")
        .map(|outcome| {
            format!(
                "{} {} {}",
                outcome["date"].as_str().unwrap(),
                outcome["subject"].as_str().unwrap(),
                outcome["name"].as_str().unwrap()
            )
        })
        .collect();
    // Three poor inspections by 6 May, two months later clear (6 July); three more by 1 July warn
    // again, under the warning: its clock starts anew, and the office closes the market on 8 July.
    assert_eq!(
        statuses,
        [
            "2024-05-06 M01 warned",
            "2024-07-01 M01 warned",
            "2024-07-08 M01 closed",
        ]
    );
}

#[test]
fn each_spelling_may_have_data_of_its_own() {
    let (_keep, plan) = fresh("zh");
    for name in ["policy.pol", "register.csv", "ledger.csv"] {
        let own = name.replacen('.', ".zh.", 1);
        fs::copy(plan.join(name), plan.join(own)).unwrap();
    }
    let ran = run(&["run", &path(&plan, "policy.zh.pol")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("register.zh.csv"), "{}", ran.err);
    assert!(ran.err.contains("ledger.zh.csv"), "{}", ran.err);
    // The other spelling takes what belongs to both.
    let ran = run(&["run", &path(&plan, "policy.pol")]);
    assert!(ran.err.contains("ledger.csv"), "{}", ran.err);
}

#[test]
fn what_was_asked_in_vain_is_said() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    // The ledger beside the policy is no workbook.
    let ran = run(&["run", &policy, "--sheet", "entries"]);
    assert_eq!((ran.code, &*ran.out), (1, ""), "{}", ran.err);
    assert!(ran.err.contains("POL0507"), "{}", ran.err);
    // The policy takes effect on 1 January 2024.
    let ran = run(&["run", &policy, "--as-of", "2023-12-31"]);
    assert!(
        ran.err.contains("takes effect on 2024-01-01"),
        "{}",
        ran.err
    );
}

#[test]
fn equal_runs_give_equal_bytes() {
    let (_keep, plan) = fresh("zh");
    let policy = path(&plan, "policy.pol");
    for name in ["a.json", "a.csv", "a.xlsx", "a.md", "a.jsonl"] {
        let (first, second) = (path(&plan, name), path(&plan, &format!("second-{name}")));
        assert_eq!(run(&["run", &policy, "-o", &first]).code, 0);
        assert_eq!(run(&["run", &policy, "-o", &second]).code, 0);
        let first = fs::read(first).unwrap();
        assert!(!first.is_empty());
        assert!(first == fs::read(second).unwrap(), "{name}");
    }
}

#[test]
fn a_workbook_needs_a_file() {
    let (_keep, plan) = fresh("en");
    let ran = run(&["run", "--format", "xlsx", &path(&plan, "policy.pol")]);
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(ran.err.contains("-o FILE.xlsx"), "{}", ran.err);
}

#[test]
fn every_bad_cell_is_reported_and_nothing_is_written() {
    let (_keep, plan) = fresh("en");
    let ledger = plan.join("ledger.csv");
    let text = fs::read_to_string(&ledger).unwrap();
    let bad = text
        .replace(
            "1,2024-03-04,inspection,M01,poor",
            "1,2024-02-30,inspection,M01,poor",
        )
        .replace(
            "2,2024-03-05,inspection,M02,fair",
            "2,2024-03-05,inspection,M09,fine",
        );
    fs::write(&ledger, &bad).unwrap();
    let (policy, out) = (path(&plan, "policy.pol"), path(&plan, "out.json"));
    let ran = run(&["run", &policy, "-o", &out]);
    assert_eq!(ran.code, 1);
    for said in [
        "ledger.csv:2:2",
        "2024-02-30",
        "ledger.csv:3:4",
        "M09",
        "ledger.csv:3:5",
        "fine",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    assert!(!fs::exists(&out).unwrap());
    assert_eq!(run(&["ledger", "check", &policy]).code, 1);

    let rejects = path(&plan, "rejects.csv");
    let ran = run(&["run", &policy, "--rejects", &rejects, "-o", &out]);
    assert_eq!(ran.code, 1, "rows that were set aside are findings");
    assert!(ran.err.contains("2 rows set aside"), "{}", ran.err);
    assert!(fs::read_to_string(&rejects).unwrap().contains("M09"));
    assert!(fs::exists(&out).unwrap());
}

#[test]
fn gb18030_is_read_where_it_is_declared() {
    let (_keep, plan) = fresh("zh");
    let policy = path(&plan, "policy.pol");
    for name in ["register.csv", "ledger.csv"] {
        let text = fs::read_to_string(plan.join(name)).unwrap();
        let (bytes, _, bad) = encoding_rs::GB18030.encode(&text);
        assert!(!bad);
        fs::write(plan.join(name), bytes).unwrap();
    }
    assert_eq!(run(&["run", &policy]).code, 1);
    let ran = run(&["run", &policy, "--encoding", "gb18030"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("东门市场"));
}

/// A register in UTF-8 beside a ledger in GBK: each message leads on, and the last run reads both.
#[test]
fn register_and_ledger_may_be_encoded_otherwise() {
    let (_keep, plan) = fresh("zh");
    let policy = path(&plan, "policy.pol");
    let text = fs::read_to_string(plan.join("ledger.csv")).unwrap();
    let (bytes, _, _) = encoding_rs::GB18030.encode(&text);
    fs::write(plan.join("ledger.csv"), bytes).unwrap();
    let plain = run(&["run", &policy]);
    assert_eq!(plain.code, 1);
    assert!(plain.err.contains("--encoding gb18030"), "{}", plain.err);
    let both = run(&["run", &policy, "--encoding", "gb18030"]);
    assert_eq!(both.code, 1);
    assert!(
        both.err.contains("--register-encoding utf-8"),
        "{}",
        both.err
    );
    let each = [
        "run",
        &policy,
        "--encoding",
        "gb18030",
        "--register-encoding",
        "utf-8",
    ];
    let ran = run(&each);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("东门市场"));
}

/// Which day a run ends on, and why, where nobody says.
#[test]
fn the_last_day_has_its_reason() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    let reason = |more: &[&str]| run(&[&["run", &policy], more].concat()).err;
    assert!(reason(&[]).contains("the last entry was recorded"));
    let none = reason(&["--known-on", "1990-01-01"]);
    assert!(none.contains("no entry was on record"), "{none}");
    let hindsight = reason(&["--hindsight"]);
    assert!(hindsight.contains("the last entry happened"), "{hindsight}");
}

#[test]
fn one_subject_by_id_or_name() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    let by_id = run(&["run", &policy, "--subject", "M01"]);
    let by_name = run(&["run", &policy, "--subject", "East Gate Market"]);
    assert_eq!(by_id.out, by_name.out);
    assert!(!by_id.out.contains("M02"));
    assert_eq!(run(&["run", &policy, "--subject", "M03"]).code, 2);
}

#[test]
fn a_reading_that_does_not_exist_is_a_finding() {
    let (_keep, plan) = fresh("en");
    let ran = run(&["run", &path(&plan, "policy.pol"), "--reading", "x=y"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("POL0690"), "{}", ran.err);
}

#[test]
fn a_reading_asked_for_twice_is_refused() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    let twice = ["--reading", "x=y", "--reading", "x=z"];
    let ran = run(&[&["run", &policy], &twice[..]].concat());
    assert_eq!((ran.code, &*ran.out), (2, ""));
    assert!(ran.err.contains("`x=y` and `x=z`"), "{}", ran.err);
}

/// Advice is no warning, for a run as for a check.
#[test]
fn a_run_counts_warnings_as_a_check_does() {
    let folder = tempfile::tempdir().unwrap();
    let policy = path(folder.path(), "plan.pol");
    let text = "policy p\n  effective 2024-01-01\nsubject market\nevent finding of market { grave: yes/no }\n\
        ladder order for market\n  clear < warned < closed\n\
        rule warning\n  for market\n  on finding\n  then warned\n\
        rule closing\n  for market\n  on finding where grave\n  then closed\n";
    fs::write(&policy, text).unwrap();
    fs::write(folder.path().join("register.csv"), "id,kind\nM1,market\n").unwrap();
    fs::write(folder.path().join("ledger.csv"), "id,date,kind,of,grave\n").unwrap();
    let checked = run(&["check", &policy]);
    assert!(checked.err.contains("POL0411"), "{}", checked.err);
    assert!(checked.err.contains("no errors"), "{}", checked.err);
    let ran = run(&["run", &policy]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.err.contains("warning"), "{}", ran.err);
}

#[test]
fn an_assumed_decision_says_so() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    let assumed = run(&["run", &policy, "--assume", "approved", "--format", "json"]);
    assert_eq!(assumed.code, 0, "{}", assumed.err);
    let whole: serde_json::Value = serde_json::from_str(&assumed.out).unwrap();
    assert_eq!(whole["run"]["assume_approved"], true);
    let assumed = |outcome: &&serde_json::Value| outcome["assumed"] == true;
    assert!(
        whole["outcomes"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| assumed(&it))
    );
    let human = run(&["run", &policy, "--assume", "approved"]);
    assert!(human.out.contains("no real decisions"), "{}", human.out);
}

#[test]
fn explain_names_the_entries_and_what_is_lacking() {
    let (_keep, plan) = fresh("zh");
    let policy = path(&plan, "policy.pol");
    let why = run(&["explain", &policy, "东门市场", "--on", "2024-05-06"]);
    assert_eq!(why.code, 0, "{}", why.err);
    for said in [
        "警示（原为正常）",
        "2024年3月4日",
        "2024年4月8日",
        "工作日：2024年5月7日",
    ] {
        assert!(why.out.contains(said), "{said}: {}", why.out);
    }
    let not = run(&["explain", &policy, "M02", "--on", "2024-05-06"]);
    assert!(not.out.contains("至今没有任何结果"), "{}", not.out);
    assert!(not.out.contains("= 1"), "{}", not.out);
}

#[test]
fn the_template_is_a_workbook_that_reads_back_empty() {
    let (_keep, plan) = fresh("zh");
    let (policy, book) = (path(&plan, "policy.pol"), path(&plan, "空白.xlsx"));
    assert_eq!(run(&["ledger", "template", &policy, "-o", &book]).code, 0);
    assert!(fs::read(&book).unwrap().starts_with(b"PK"));
    let checked = run(&["ledger", "check", &policy, "--ledger", &book]);
    assert_eq!(checked.code, 0, "{}", checked.err);
    assert!(checked.err.contains("0条"), "{}", checked.err);
}

#[test]
fn without_a_register_it_says_what_to_name() {
    let (_keep, plan) = fresh("en");
    fs::remove_file(plan.join("register.csv")).unwrap();
    let ran = run(&["run", &path(&plan, "policy.pol")]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--register FILE"), "{}", ran.err);
}

const FLAT: &str = "policy order
  effective 2024-01-01

subject market

event finding of market { grade: 1..5 }

ladder card for market
  clear < warned

rule warning
  for market
  on finding
  if finding where (grade >= 3) in year >= 2
  then warned
";

/// Lines that are made row by row, and those of the ordinary way, which a run takes that asks for
/// something that is not plain.
#[test]
fn lines_are_the_same_however_they_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        path(folder.path(), name)
    };
    let policy = file("policy.pol", FLAT);
    file("register.csv", "id\nM1\nM2\n");
    file(
        "ledger.csv",
        "date,of,kind,grade\n2024-02-01,M2,finding,3\n2024-02-02,M1,finding,2\n2024-02-03,M2,finding,5\n",
    );
    let expected = "date,known,subject,what,name,state,until\n\
                    2024-02-03,2024-02-03,M2,status,warned,issued,\n";
    let out = path(folder.path(), "lines.csv");
    for more in [
        &["--as-of", "2024-12-31"][..],
        &["--as-of", "2024-12-31", "--threads", "1"],
        &["--as-of", "2024-12-31", "--evaluator", "reference"],
        &["--as-of", "2024-12-31", "--subject", "M2"],
        &[],
    ] {
        let args = [&["run", &policy, "--format", "lines"], more].concat();
        let ran = run(&args);
        assert_eq!(
            (ran.code, &*ran.out),
            (0, expected),
            "{more:?}: {}",
            ran.err
        );
        let ran = run(&[&args[..], &["-o", &out]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(fs::read_to_string(&out).unwrap(), expected);
    }
}

/// What the short way does not understand is told as it ever was.
#[test]
fn mistakes_are_told_where_lines_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).unwrap();
        path(folder.path(), name)
    };
    let policy = file("policy.pol", FLAT);
    file("register.csv", "id\nM1\n");
    let ledger = file(
        "ledger.csv",
        "date,of,kind,grade\n2024-02-01,M1,finding,9\n",
    );
    let args = ["run", &policy, "--format", "lines", "--as-of", "2024-12-31"];
    let ran = run(&args);
    assert_eq!((ran.code, &*ran.out), (1, ""));
    assert!(ran.err.contains("ledger.csv:2:4"), "{}", ran.err);
    let ran = run(&[&args[..], &["-o", &ledger]].concat());
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("would be overwritten"), "{}", ran.err);
}
