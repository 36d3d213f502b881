//! The manual's examples are checked without a finding, and their own tests hold.

use pol_tests::documents;
use pol_tests::report::beside;

#[test]
fn every_manual_example_checks_and_its_tests_hold() {
    let examples = documents::examples();
    assert!(examples.len() >= 16, "only {} examples", examples.len());
    let mut wrong = Vec::new();
    for (name, text) in &examples {
        let path = documents::root().join(name);
        let checked = pol::Policy::check_bytes(name.as_str(), text.as_bytes(), &beside(&path));
        for found in &checked.diagnostics {
            wrong.push(pol::plain(found, &checked.file, pol::Lang::En));
        }
        let Some(policy) = checked.policy else {
            continue;
        };
        let tests = policy.test(None);
        let one_line = text.lines().count() == 1;
        if tests.is_empty() && !one_line {
            wrong.push(format!("{name}: has no test"));
        }
        for test in tests {
            for error in test.errors {
                wrong.push(format!("{name}: {}: {}", test.label, error.message.en));
            }
            for failure in test.failures {
                let came: Vec<&str> = failure.came.iter().map(|text| text.en.as_str()).collect();
                let (label, expected) = (&test.label, &failure.expected.en);
                wrong.push(format!(
                    "{name}: {label}: expected {expected}, came {came:?}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of the examples, `as-written` shows what `pol fmt` prints otherwise.
#[test]
fn examples_are_in_the_standard_form() {
    for (name, text) in documents::examples() {
        let formatted = pol::format(&text, None).unwrap();
        let free = name.contains("as-written");
        assert_eq!(
            formatted != text,
            free,
            "{name}: is it as `pol fmt` prints it?"
        );
    }
}

#[test]
fn the_smallest_policies_run() {
    let cases = [
        (
            "docs/examples/smallest.en.pol",
            "id,kind\nT01,township\n",
            "id,date,kind,of\na,2024-01-15,finding,T01\nb,2024-02-20,finding,T01\nc,2024-02-21,finding,T01\n",
            "yellow",
        ),
        (
            "docs/examples/smallest.zh.pol",
            "编号,种类\nT01,乡镇\n",
            "编号,日期,事项,对象\n甲,2024-01-15,检查,T01\n乙,2024-02-20,检查,T01\n丙,2024-02-21,检查,T01\n",
            "黄牌",
        ),
    ];
    for (path, members, entries, status) in cases {
        let text = documents::Document::read(path).text;
        let policy = pol::Policy::compile(path, text).unwrap();
        let register = policy.register_from_csv("register", members.as_bytes());
        let register = register.unwrap();
        let ledger = policy.ledger_from_csv(&register, "ledger", entries.as_bytes());
        let ledger = ledger.unwrap();
        let options = pol::RunOptions::default();
        let run = policy.run(&ledger.register, &ledger.entries, &options);
        let said: Vec<String> = run
            .unwrap()
            .outcomes()
            .into_iter()
            .map(|outcome| format!("{} {}", outcome.known, outcome.name))
            .collect();
        assert_eq!(said, [format!("2024-02-21 {status}")], "{path}");
    }
}
