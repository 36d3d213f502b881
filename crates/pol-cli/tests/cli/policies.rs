//! `check`, `fmt`, `test`, `init`, `rule`: what is done with policies alone.

use crate::{ended, fresh, path, pol, run};
use std::fs;

#[test]
fn what_init_writes_is_clean_formatted_and_tested() {
    for lang in ["en", "zh"] {
        let (_keep, plan) = fresh(lang);
        let policy = path(&plan, "policy.pol");
        let checked = run(&["check", &policy]);
        assert_eq!((checked.code, &*checked.out), (0, ""), "{}", checked.err);
        let formatted = run(&["fmt", "--check", &policy]);
        assert_eq!(formatted.code, 0, "{}", formatted.out);
        let tested = run(&["test", &policy]);
        assert_eq!(tested.code, 0, "{}", tested.out);
    }
}

#[test]
fn init_overwrites_nothing() {
    let (_keep, plan) = fresh("en");
    fs::write(plan.join("ledger.csv"), "mine").unwrap();
    let again = run(&["init", plan.to_str().unwrap()]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(fs::read_to_string(plan.join("ledger.csv")).unwrap(), "mine");
}

#[test]
fn a_mistake_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "bad.pol");
    fs::write(&file, "policy p\n  effective 2023-02-30\n").unwrap();
    let checked = run(&["check", &file]);
    assert_eq!((checked.code, &*checked.out), (1, ""));
    assert!(checked.err.contains("POL0108"), "{}", checked.err);
    assert!(checked.err.contains("bad.pol:2:13"), "{}", checked.err);
}

#[test]
fn findings_as_json_are_the_result_of_a_check() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "错.pol");
    fs::write(&file, "政策 甲\n  施行 2023年2月30日\n").unwrap();
    let checked = run(&["check", "--message-format", "json", &file]);
    assert_eq!((checked.code, &*checked.err), (1, ""));
    let finding: serde_json::Value =
        serde_json::from_str(checked.out.lines().next().unwrap()).unwrap();
    assert_eq!(finding["code"], "POL0108");
    assert_eq!(finding["severity"], "error");
    // 政策 甲 and the line's end take 11 bytes, the indent and 施行 and the blank 9 more.
    let start = serde_json::json!({ "byte": 20, "line": 2, "column": 6, "utf16": 5 });
    assert_eq!(finding["labels"][0]["start"], start);
}

#[test]
fn a_file_that_cannot_be_read_is_trouble_and_the_others_are_checked() {
    let (_keep, plan) = fresh("en");
    let checked = run(&["check", "nowhere.pol", &path(&plan, "policy.pol")]);
    assert_eq!(checked.code, 2);
    assert!(
        checked.err.contains("cannot read `nowhere.pol`"),
        "{}",
        checked.err
    );
    assert!(
        checked.err.contains("policy.pol: no errors"),
        "{}",
        checked.err
    );
}

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    let checked = ended(
        pol()
            .args(["check", "-"])
            .write_stdin(b"\xd5\xfe\xb2\xdf".to_vec()),
    );
    assert_eq!(checked.code, 1);
    assert!(checked.err.contains("POL0101"), "{}", checked.err);
}

#[test]
fn fmt_writes_the_other_spelling_and_back() {
    let (_keep, plan) = fresh("en");
    let file = path(&plan, "policy.pol");
    let english = fs::read_to_string(&file).unwrap();
    assert_eq!(run(&["fmt", "--spelling", "zh", &file]).code, 0);
    let chinese = fs::read_to_string(&file).unwrap();
    assert!(chinese.contains("规则 warning"), "{chinese}");
    assert_eq!(run(&["check", &file]).code, 0);
    assert_eq!(run(&["fmt", "--spelling", "en", &file]).code, 0);
    // Where a line is broken may differ; what it says may not.
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let back = fs::read_to_string(&file).unwrap();
    assert_eq!(words(&back), words(&english));
}

#[test]
fn fmt_of_standard_input_goes_to_standard_output() {
    let text = "township   finding >= 3 in year ->  yellow";
    let formatted = ended(pol().args(["fmt", "-"]).write_stdin(text));
    assert_eq!(formatted.code, 0, "{}", formatted.err);
    assert_eq!(formatted.out, "township finding >= 3 in year → yellow\n");
}

#[test]
fn fmt_shows_differences_and_writes_nothing() {
    let (_keep, plan) = fresh("en");
    let file = path(&plan, "policy.pol");
    let loose = fs::read_to_string(&file)
        .unwrap()
        .replace("  given", "      given");
    fs::write(&file, &loose).unwrap();
    let checked = run(&["fmt", "--check", &file]);
    assert_eq!((checked.code, checked.out), (1, format!("{file}\n")));
    let diff = run(&["fmt", "--diff", &file]);
    assert_eq!(diff.code, 1);
    assert!(diff.out.contains("-      given market M01"), "{}", diff.out);
    assert!(diff.out.contains("+  given market M01"), "{}", diff.out);
    assert_eq!(fs::read_to_string(&file).unwrap(), loose);
}

#[test]
fn fmt_leaves_alone_what_it_cannot_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "bad.pol");
    fs::write(&file, "policy p\n  effective 2023-02-30\n").unwrap();
    let formatted = run(&["fmt", &file]);
    assert_eq!(formatted.code, 1);
    assert!(formatted.err.contains("POL0108"), "{}", formatted.err);
    let left = fs::read_to_string(&file).unwrap();
    assert_eq!(left, "policy p\n  effective 2023-02-30\n");
}

#[test]
fn a_failed_test_says_what_was_expected_and_what_came() {
    let (_keep, plan) = fresh("en");
    let file = path(&plan, "policy.pol");
    let text = fs::read_to_string(&file).unwrap();
    let wrong = text.replace(
        "expect 2024-05-06 warned of M01",
        "expect 2024-05-07 warned of M01",
    );
    fs::write(&file, wrong).unwrap();
    let tested = run(&["test", &file]);
    assert_eq!(tested.code, 1);
    assert!(
        tested.out.contains("expected: 2024-05-07 M01 warned"),
        "{}",
        tested.out
    );
    assert!(
        tested.out.contains("2024-05-06 M01 warned (was clear)"),
        "{}",
        tested.out
    );
    assert!(
        tested.out.ends_with("2 tests run: 1 passed, 1 failed\n"),
        "{}",
        tested.out
    );
}

#[test]
fn no_test_is_a_failure() {
    let (_keep, plan) = fresh("zh");
    let tested = run(&["test", "--filter", "没有这一个", &path(&plan, "policy.pol")]);
    assert_eq!((tested.code, &*tested.out), (1, "没有运行任何用例\n"));
}

#[test]
fn the_page_of_a_code_is_shown() {
    let page = run(&["rule", "pol0103"]);
    assert_eq!(page.code, 0);
    assert!(page.out.starts_with("# POL0103\n"), "{}", page.out);
    assert_eq!(run(&["rule", "POL9999"]).code, 2);
    assert!(run(&["rule"]).out.lines().count() > 20);
}

#[test]
fn a_plan_is_shown_in_the_language_of_its_policy_and_as_json() {
    let (_keep, plan) = fresh("zh");
    let policy = path(&plan, "policy.pol");
    let shown = run(&["build", &policy, "--emit", "plan"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.out.contains("规则，按判断的先后"), "{}", shown.out);
    let english = run(&["build", &policy, "--emit", "plan", "--lang", "en"]);
    assert!(
        english.out.contains("rules, in the order"),
        "{}",
        english.out
    );
    let json = run(&["build", &policy, "--emit", "plan", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json["version"], 1);
    let digest = json["digest"].as_str().unwrap();
    assert!(shown.out.contains(digest), "{digest}: {}", shown.out);
    let bounds = run(&["build", &policy, "--emit", "bounds", "--format", "json"]);
    let bounds: serde_json::Value = serde_json::from_str(&bounds.out).unwrap();
    assert_eq!(bounds["digest"], digest);
    let bounds = run(&["build", &policy, "--emit", "bounds"]);
    assert!(bounds.out.contains("至多"), "{}", bounds.out);
}

#[test]
fn what_cannot_be_built_is_told() {
    let (_keep, plan) = fresh("en");
    let policy = path(&plan, "policy.pol");
    let unknown = run(&["build", &policy, "--emit", "assembly"]);
    assert_eq!((unknown.code, &*unknown.out), (2, ""));
    assert!(
        unknown.err.contains("[possible values: plan, bounds]"),
        "{}",
        unknown.err
    );
    let chinese = run(&["--lang", "zh", "build", &policy, "--emit", "assembly"]);
    assert_eq!(chinese.code, 2);
    assert!(
        chinese.err.contains("`--emit <EMIT>` 不能写 `assembly`"),
        "{}",
        chinese.err
    );
    assert!(chinese.err.contains("可写 plan, bounds"), "{}", chinese.err);
    let nothing = run(&["build", &policy]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.err.contains("--emit"), "{}", nothing.err);
    let bad = path(&plan, "bad.pol");
    fs::write(&bad, "policy p\n  effective 2023-02-30\n").unwrap();
    let wrong = run(&["build", &bad, "--emit", "plan"]);
    assert_eq!((wrong.code, &*wrong.out), (1, ""));
    assert!(wrong.err.contains("POL0108"), "{}", wrong.err);
}
