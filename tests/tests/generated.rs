//! Generated crates are formatted, compile without a warning, and say what the judge says.
//!
//! `GENERATED_POLICIES=200 cargo test -p pol-tests --test generated` tries so many policies made by
//! chance, besides those of the counties; `AGREEMENT_SEED=7` starts chance elsewhere.

#[path = "generated/project.rs"]
mod project;
#[path = "generated/subjects.rs"]
mod subjects;

use project::Project;

/// How many policies are compiled together.
const BATCH: usize = 50;

fn number(name: &str, default: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(default, |text| text.parse().expect("a whole number"))
}

#[test]
fn generated_policies_say_what_the_judge_says() {
    let wanted = usize::try_from(number("GENERATED_POLICIES", 12)).expect("it fits");
    let mut policies = subjects::by_chance(number("AGREEMENT_SEED", 1), wanted);
    policies.extend(subjects::of_counties());
    for (at, batch) in policies.chunks(BATCH).enumerate() {
        let project = Project::write(&format!("agree{at}"), batch);
        project.is_formatted();
        let said = project.run();
        assert_eq!(said, format!("{} policies agree\n", batch.len()));
    }
}
