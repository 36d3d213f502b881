//! A policy whose calendar lies in a file beside it.

use crate::{path, run};
use std::path::Path;

const POLICY: &str = r#"policy plan "plan"
  effective 2024-01-01
  calendar china, school from "days/school.toml"

subject pupil

event complaint of pupil { allowed: duration }

outcome overdue

rule late
  for pupil
  allowed after complaint
  then overdue
"#;

/// A folder with the policy, a register, a ledger of one complaint on Wednesday 3 July, and the days.
fn folder(policy: &str, allowed: &str, days: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("the folder is our own");
    };
    std::fs::create_dir(folder.path().join("days")).expect("the folder is our own");
    write("plan.pol", policy);
    write("register.csv", "id,kind\nP1,pupil\n");
    write(
        "ledger.csv",
        &format!("id,date,kind,of,allowed\ne1,2024-07-03,complaint,P1,{allowed}\n"),
    );
    write("days/school.toml", days);
    folder
}

fn ran(folder: &Path, until: &str) -> crate::Ended {
    let policy = path(folder, "plan.pol");
    let ledger = path(folder, "ledger.csv");
    run(&[
        "run", &policy, "--ledger", &ledger, "--as-of", until, "--format", "csv",
    ])
}

const DAYS: &str = "[2024]\nsource = \"the plan\"\noff = [{ from = 2024-07-08, to = 2024-08-30 }]\nmake_up = [2024-08-31]\n";

#[test]
fn days_are_counted_by_the_calendar_that_is_named() {
    // 4 and 5 July, 31 August, 2 and 3 September are days of the school.
    let folder_of_school = folder(POLICY, "5 school days", DAYS);
    let said = ran(folder_of_school.path(), "2024-12-31");
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("2024-09-03"), "{}", said.out);
    // 4, 5, 8, 9 and 10 July are working days.
    let folder_of_china = folder(POLICY, "5 working days", DAYS);
    let said = ran(folder_of_china.path(), "2024-12-31");
    assert!(said.out.contains("2024-07-10"), "{}", said.out);
    assert!(!said.out.contains("2024-09-03"), "{}", said.out);
}

#[test]
fn both_spellings_read_the_same_days() {
    let folder = folder(POLICY, "5个工作日（school）", DAYS);
    let policy = path(folder.path(), "plan.pol");
    assert_eq!(run(&["fmt", "--spelling", "zh", &policy]).code, 0);
    let text = std::fs::read_to_string(&policy).expect("it is there");
    assert!(
        text.contains("日历 china、school 取自 “days/school.toml”"),
        "{text}"
    );
    let said = ran(folder.path(), "2024-12-31");
    assert!(said.out.contains("2024-09-03"), "{}{}", said.out, said.err);
}

#[test]
fn a_year_that_the_file_lacks_is_named_with_the_calendar() {
    let folder = folder(POLICY, "100 school days", DAYS);
    let said = ran(folder.path(), "2024-12-31");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("POL0607"), "{}", said.err);
    assert!(said.err.contains("2025"), "{}", said.err);
    assert!(said.err.contains("`school`"), "{}", said.err);
}

#[test]
fn what_is_wrong_with_the_file_is_said_with_its_line() {
    let days = "[2024]\nsource = \"the plan\"\noff = [2024-07-06, 2023-12-25]\n";
    let folder = folder(POLICY, "5 school days", days);
    let policy = path(folder.path(), "plan.pol");
    let said = run(&["check", "--message-format", "json", &policy]);
    assert_eq!(said.code, 1);
    let found: Vec<(String, u64, u64)> = said
        .out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a JSON line"))
        .map(|finding| {
            let at = &finding["labels"][0]["start"];
            let file = finding["file"].as_str().unwrap_or_default();
            let name = file.rsplit('/').next().unwrap_or_default();
            (
                name.to_owned(),
                at["line"].as_u64().unwrap_or_default(),
                at["column"].as_u64().unwrap_or_default(),
            )
        })
        .collect();
    let at = |name: &str, line, column| (name.to_owned(), line, column);
    assert_eq!(
        found,
        [
            at("plan.pol", 3, 31),
            at("school.toml", 3, 8),
            at("school.toml", 3, 20)
        ],
        "{}",
        said.out
    );
    assert_eq!(ran(folder.path(), "2024-12-31").code, 1);
    std::fs::remove_file(folder.path().join("days/school.toml")).expect("it is there");
    let said = run(&["check", &policy]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("school.toml` beside the policy"),
        "{}",
        said.err
    );
}
