//! Evaluators agree on policies and ledgers made by chance.
//!
//! `AGREEMENT_PAIRS=200000 cargo test --release -p pol-tests --test agreement` tries so many pairs;
//! `AGREEMENT_SEED=7` starts chance elsewhere, `AGREEMENT_SMALL=0` stops at the first difference. A case in which two evaluators differ is made small
//! and written to `tests/agreement/cases/`, where it stays and is tried first from then on.

#[path = "agreement/arrivals.rs"]
mod arrivals;
#[path = "agreement/comparer.rs"]
mod comparer;
#[path = "agreement/exhaustive.rs"]
mod exhaustive;
#[path = "agreement/generator.rs"]
mod generator;

use pol_tests::agreement::{
    CONTESTS, Case, Contest, Difference, Evaluator, Plan, differences, drive,
};
use pol_tests::documents::root;
use std::fs;
use std::path::PathBuf;

fn number(name: &str, default: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.map_or(default, |text| text.parse().expect("a whole number"))
}

fn plan() -> Plan {
    let pairs = usize::try_from(number("AGREEMENT_PAIRS", 300)).expect("it fits");
    Plan {
        seed: number("AGREEMENT_SEED", 1),
        pairs,
        pairs_per_policy: (pairs / 75).clamp(4, 60),
        small: number("AGREEMENT_SMALL", 1) > 0,
    }
}

fn cases() -> PathBuf {
    root().join("tests/agreement/cases")
}

/// What two evaluators say differently of a case.
fn of_case(case: &Case, judge: &dyn Evaluator, other: &dyn Evaluator) -> Vec<Difference> {
    let loaded = case.load().expect("the case can be run");
    let given = loaded.pair.given(loaded.policy.hir());
    differences(&judge.evaluate(given), &other.evaluate(given))
}

fn told(differences: &[Difference]) -> String {
    let lines: Vec<String> = differences.iter().map(|one| format!("  {one}")).collect();
    lines.join("\n")
}

#[test]
fn cases_that_differed_once_agree() {
    let mut files: Vec<PathBuf> = fs::read_dir(cases())
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).expect("the case is there");
        let case: Case = toml::from_str(&text).expect("the case can be read");
        for Contest { judge, other, .. } in CONTESTS {
            let found = of_case(&case, *judge, *other);
            let (judge, other) = (judge.name(), other.name());
            let name = file.display();
            assert!(
                found.is_empty(),
                "{name}: {judge}, {other}:\n{}",
                told(&found)
            );
        }
    }
}

#[test]
#[expect(clippy::print_stderr, reason = "the shares are to be read")]
fn evaluators_agree() {
    let plan = plan();
    for Contest {
        judge,
        other,
        one_in,
    } in CONTESTS
    {
        let plan = Plan {
            pairs: (plan.pairs / one_in).max(150),
            ..plan
        };
        let start = std::time::Instant::now();
        let tally = drive(plan, *judge, *other);
        let percent = |part: usize| part * 100 / tally.pairs.max(1);
        let (near, fired) = (percent(tally.near), percent(tally.fired));
        let rate = tally.pairs * 1000
            / usize::try_from(start.elapsed().as_millis())
                .unwrap_or(1)
                .max(1);
        eprintln!(
            "{} and {}: {} pairs of {} policies, {rate} a second; {fired}% fire something, {near}% \
             sit at a threshold, {}% are undetermined somewhere, {}% are faults; {} texts refused",
            judge.name(),
            other.name(),
            tally.pairs,
            tally.policies,
            percent(tally.undetermined),
            percent(tally.faults),
            tally.refused,
        );
        let mut report = String::new();
        for (case, found) in &tally.failures {
            let place = if plan.small {
                write(case).display().to_string()
            } else {
                other.name().to_owned()
            };
            report = format!("{report}{place}:\n{}", told(found));
        }
        assert!(report.is_empty(), "{report}");
        // Of few pairs the shares say little.
        if *one_in == 1 {
            assert!(fired >= 30, "{fired}% fire something");
            assert!(near >= 20, "{near}% sit at a threshold");
        }
    }
}

/// Keeps a case under a name that its content gives.
fn write(case: &Case) -> PathBuf {
    let text = toml::to_string_pretty(case).expect("a case can be written");
    let sum = text.bytes().fold(5381_u32, |sum, byte| {
        sum.wrapping_mul(33).wrapping_add(u32::from(byte))
    });
    let file = cases().join(format!("{sum:08x}.toml"));
    fs::write(&file, text).expect("the case can be kept");
    file
}
