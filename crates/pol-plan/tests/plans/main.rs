//! The plans of every policy there is: whole, shared, the same in both spellings, and read back as
//! they were written.

mod bounds;
mod causes;
mod json;
mod shared;
mod spellings;
mod text;
mod whole;

use pol_calendar::{Calendars, Weekday, WorkingCalendar};
use pol_plan::Plan;
use pol_syntax::ast::{Calendar, Declaration};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The plan of a policy's text. Its own calendars have weekends and no more.
fn plan(text: &str) -> Plan {
    let parsed = pol_syntax::parse(text);
    let mut calendars = Calendars::default();
    for declaration in &parsed.file.declarations {
        let Declaration::Policy(policy) = &declaration.value else {
            continue;
        };
        let own = policy.calendars.iter().filter(|it| it.file.is_some());
        for Calendar { name, .. } in own {
            let days = WorkingCalendar::new(&name.value, [Weekday::Sat, Weekday::Sun]);
            assert!(
                calendars.push(days).is_some(),
                "{} stands twice",
                name.value
            );
        }
    }
    let analysis = pol_semantics::analyse_with(&parsed.file, &calendars);
    let findings = parsed.diagnostics.iter().chain(&analysis.diagnostics);
    let errors: Vec<&str> = findings
        .filter(|finding| finding.is_error())
        .map(|finding| finding.message.en.as_str())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    Plan::of(&analysis.policy.expect("a policy without errors"))
}

/// A policy of the project.
struct Known {
    path: PathBuf,
    text: String,
    plan: Plan,
}

/// Every policy of the project.
static POLICIES: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut known = Vec::new();
    let mut each = |path: &Path| {
        let text = std::fs::read_to_string(path).expect("the policy is there");
        known.push(Known {
            path: path.to_owned(),
            plan: plan(&text),
            text,
        });
    };
    insta::glob!("../../../..", "policies/**/*.pol", &mut each);
    insta::glob!("../../../..", "docs/examples/*.pol", &mut each);
    insta::glob!("../../../..", "tests/eval/**/*.pol", &mut each);
    assert!(
        known.len() >= 60,
        "only {} policies were found",
        known.len()
    );
    known
});
