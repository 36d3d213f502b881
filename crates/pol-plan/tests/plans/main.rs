//! The plans of every policy there is: whole, shared, the same in both spellings, and read back as
//! they were written.

mod bounds;
mod json;
mod shared;
mod spellings;
mod text;
mod whole;

use pol_calendar::{Weekday, WorkingCalendar};
use pol_plan::Plan;
use std::path::Path;

/// The plan of a policy's text. A calendar of its own has weekends and no more.
fn plan(text: &str) -> Plan {
    let parsed = pol_syntax::parse(text);
    let school = WorkingCalendar::new("school", [Weekday::Sat, Weekday::Sun]);
    let analysis = pol_semantics::analyse_with(&parsed.file, &school.into());
    let findings = parsed.diagnostics.iter().chain(&analysis.diagnostics);
    let errors: Vec<&str> = findings
        .filter(|finding| finding.is_error())
        .map(|finding| finding.message.en.as_str())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    Plan::of(&analysis.policy.expect("a policy without errors"))
}

/// Does something with the name and text of every policy of the project.
fn every_policy(mut look: impl FnMut(&Path, &str)) {
    let mut files = 0;
    let mut each = |path: &Path| {
        files += 1;
        look(
            path,
            &std::fs::read_to_string(path).expect("the policy is there"),
        );
    };
    insta::glob!("../../../..", "policies/**/*.pol", &mut each);
    insta::glob!("../../../..", "docs/examples/*.pol", &mut each);
    insta::glob!("../../../..", "tests/eval/**/*.pol", &mut each);
    assert!(files >= 60, "only {files} policies were found");
}
