//! The manual's examples are checked without a finding, and their own tests hold.

use pol_tests::documents;

#[test]
fn every_manual_example_checks_and_its_tests_hold() {
    let examples = documents::examples();
    assert!(examples.len() >= 16, "only {} examples", examples.len());
    let mut wrong = Vec::new();
    for (name, text) in &examples {
        let checked = pol::Policy::check(name.as_str(), text.as_str());
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
