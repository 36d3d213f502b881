//! Which language is spoken, and what happens with wrong arguments.

use crate::{ended, fresh, path, pol, run};
use std::process::{Command, Stdio};

#[test]
fn help_is_in_the_language_asked_for() {
    let english = run(&["run", "--help"]);
    assert_eq!(english.code, 0);
    assert!(
        english.out.contains("Last day of the run"),
        "{}",
        english.out
    );
    let chinese = run(&["run", "--help", "--lang", "zh"]);
    assert!(chinese.out.contains("运行到哪一天"), "{}", chinese.out);
    let by_locale = ended(pol().env("LANG", "zh_CN.UTF-8").arg("--help"));
    assert!(by_locale.out.contains("用法"), "{}", by_locale.out);
}

#[test]
fn wrong_arguments_are_trouble_in_both_languages() {
    let english = run(&["rn"]);
    assert_eq!((english.code, &*english.out), (2, ""));
    assert!(english.err.contains("rn"), "{}", english.err);
    let chinese = run(&["--lang", "zh", "run"]);
    assert_eq!(chinese.code, 2);
    assert!(chinese.err.contains("缺少"), "{}", chinese.err);
    let date = run(&["--lang", "zh", "run", "x.pol", "--as-of", "2023-02-30"]);
    assert_eq!(date.code, 2);
    assert!(date.err.contains("不能写 `2023-02-30`"), "{}", date.err);
}

#[test]
fn messages_follow_the_file_then_the_locale() {
    let (_keep, plan) = fresh("zh");
    let checked = run(&["check", &path(&plan, "policy.pol")]);
    assert!(checked.err.contains("没有错误"), "{}", checked.err);
    let missing = ended(pol().env("LANG", "zh_CN.UTF-8").args(["check", "无.pol"]));
    assert!(missing.err.contains("无法读取"), "{}", missing.err);
}

#[test]
fn complaints_about_arguments_follow_the_policy() {
    let (_keep, plan) = fresh("zh");
    let policy = path(&plan, "policy.pol");
    let wrong = run(&["run", &policy, "--as-off", "2024-01-01"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("没有 `--as-off` 这个选项"),
        "{}",
        wrong.err
    );
    let asked = run(&["run", &policy, "--as-off", "2024-01-01", "--lang", "en"]);
    assert!(asked.err.contains("unexpected argument"), "{}", asked.err);
}

#[test]
fn completions_and_pages_are_written() {
    for shell in ["bash", "zsh", "fish"] {
        let script = run(&["completions", shell]);
        assert_eq!(script.code, 0);
        assert!(script.out.contains("explain"), "{shell}");
    }
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(&["man", folder.path().to_str().unwrap()]).code, 0);
    assert!(folder.path().join("pol-ledger-check.1").is_file());
    assert!(run(&["man"]).out.contains(".TH pol 1"));
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let (_keep, plan) = fresh("en");
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("pol"))
        .args(["run", "--format", "jsonl", &path(&plan, "policy.pol")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{err}");
    assert!(!err.contains("panicked"), "{err}");
}
