//! `coverage` and `readings`: what a policy makes of its documents, and what hangs on a reading.

use crate::{path, run};
use std::fs;

const POLICY: &str = "policy p \"plan\"\n  source plan \"plan\" text \"plan.md\"\n  effective 2024-01-01\n\
    subject township cites plan \"一\"\n\
    event finding of township\n\
    reading how \"how many\" = two \"two\" | one \"one\"\n\
    outcome told cites plan \"二\"\n\
    rule telling cites plan \"二\"\n  for township\n  on finding\n\
    \x20 if how is one or finding in year >= 2\n  counting again\n  then told\n";

#[test]
fn a_forgotten_clause_is_a_finding() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "p.pol");
    fs::write(&file, POLICY).unwrap();
    let text = folder.path().join("plan.md");
    fs::write(&text, "## 一、对象\n\n乡镇。\n\n## 二、通报\n\n两次的。\n").unwrap();
    let whole = run(&["coverage", "--clauses", &file]);
    assert_eq!(whole.code, 0, "{}{}", whole.out, whole.err);
    assert!(whole.out.contains("2 clauses, 0 not accounted for"));

    fs::write(&text, "## 一、对象\n\n乡镇。\n\n## 三、其他\n\n略。\n").unwrap();
    let json = run(&["coverage", "--clauses", "--format", "json", &file]);
    assert_eq!(json.code, 1, "{}", json.err);
    let found: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        found["unaccounted"],
        serde_json::json!([{ "source": "plan", "clause": "三" }])
    );
    assert_eq!(found["unfounded"][0]["clause"], "二");
    let page = run(&[
        "coverage",
        "--clauses",
        "--format",
        "md",
        "--lang",
        "zh",
        &file,
    ]);
    assert_eq!(page.code, 1);
    assert!(page.out.contains("| 三 "), "{}", page.out);
    assert!(page.out.contains("共2条，1条未交代"), "{}", page.out);

    fs::remove_file(&text).unwrap();
    let none = run(&["coverage", "--clauses", &file]);
    assert_eq!((none.code, &*none.out), (2, ""));
    assert!(none.err.contains("plan.md"), "{}", none.err);
}

#[test]
fn what_hangs_on_a_reading_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "p.pol");
    fs::write(&file, POLICY).unwrap();
    let register = folder.path().join("register.csv");
    fs::write(
        register,
        "id,kind,name\nT01,township,East\nT02,township,West\n",
    )
    .unwrap();
    let ledger = folder.path().join("ledger.csv");
    fs::write(
        ledger,
        "id,date,kind,of\ne1,2024-03-04,finding,T01\ne2,2024-04-08,finding,T01\n",
    )
    .unwrap();
    let json = run(&["readings", "--format", "json", &file]);
    assert_eq!(json.code, 0, "{}", json.err);
    let found: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    let [alternative] = found.as_array().unwrap().as_slice() else {
        panic!("{found}");
    };
    assert_eq!(alternative["alternative"], "one");
    let differences = alternative["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1, "nothing happened in T02: {found}");
    assert_eq!(differences[0]["subject"], "T01");
    // The second finding is told under both.
    assert_eq!(differences[0]["day"], "2024-03-04");
    assert_eq!(differences[0]["under_default"], serde_json::json!([]));
    assert_eq!(differences[0]["under_alternative"][0]["name"], "told");

    // Against a run that takes the other answer, the default is the alternative.
    let other = run(&["readings", "--reading", "how=one", &file]);
    assert!(other.out.contains("two instead of one"), "{}", other.out);
    let page = run(&["readings", "--lang", "zh", "--format", "md", &file]);
    assert!(page.out.contains("## how many：改为“one”"), "{}", page.out);
}

#[test]
fn a_quotation_is_compared_with_its_clause() {
    let folder = tempfile::tempdir().unwrap();
    let file = path(folder.path(), "p.pol");
    let quoted = POLICY.replace("cites plan \"一\"", "cites plan \"一\" says \"乡 镇\"");
    fs::write(&file, &quoted).unwrap();
    let text = folder.path().join("plan.md");
    fs::write(
        &text,
        "## 一、对象\n\n**乡镇**。\n\n## 二、通报\n\n两次的。\n",
    )
    .unwrap();
    for args in [&["check"][..], &["coverage", "--clauses"]] {
        let said = run(&[args, &[&file]].concat());
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    }
    fs::write(&file, quoted.replace("乡 镇", "两次")).unwrap();
    let checked = run(&["check", &file]);
    assert_eq!(checked.code, 1);
    assert!(checked.err.contains("POL0403"), "{}", checked.err);
    assert!(
        checked.err.contains("they stand in `二`"),
        "{}",
        checked.err
    );
    let json = run(&["coverage", "--clauses", "--format", "json", &file]);
    assert_eq!(json.code, 1);
    let found: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        found["misquoted"],
        serde_json::json!([{ "source": "plan", "clause": "一", "words": "两次", "stands_in": "二" }])
    );
    let shown = run(&["coverage", "--clauses", &file]);
    assert!(
        shown.out.contains("quoted, and not in the clause"),
        "{}",
        shown.out
    );
    // Without the text a check can only warn.
    fs::remove_file(&text).unwrap();
    let unread = run(&["check", &file]);
    assert_eq!(unread.code, 0, "{}", unread.err);
    assert!(unread.err.contains("1 warning"), "{}", unread.err);
}
