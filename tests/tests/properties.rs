//! What holds of every case of the corpus, whatever it is about: the order of entries, of the
//! register and of declarations never matters, and hindsight adds nothing to a ledger that was kept in time.

use pol::{Entry, Outcome, Policy, RunError, RunOptions, hir::Test};
use pol_model::Options;
use pol_tests::agreement::{
    Evaluator, Given, Incremental, Ordered, REFERENCE, Turned, differences,
};
use pol_tests::report::compiled;
use std::fs;
use std::path::Path;

/// Calls `each` with every policy of the corpus, its text, and where it lies.
fn every_policy(each: impl Fn(&Policy, &str, &Path)) {
    insta::glob!("..", "eval/**/*.pol", |path| {
        let text = fs::read_to_string(path).expect("the case is there");
        each(&compiled(path, &text), &text, path);
    });
}

/// The tests of a policy that do not run over more than a year: each is run several times.
fn tests(policy: &Policy) -> impl Iterator<Item = &Test> {
    let policy = policy.hir();
    let short = |test: &&Test| (test.as_of - policy.effective).num_days() <= 366;
    policy.tests.iter().filter(short)
}

fn outcomes(
    policy: &Policy,
    test: &Test,
    entries: &[Entry],
    hindsight: bool,
) -> Result<Vec<Outcome>, Vec<RunError>> {
    let options = RunOptions {
        hindsight,
        ..RunOptions::through(test.as_of)
    };
    let run = policy.run(&test.register, entries, &options)?;
    let mut outcomes = run.outcomes();
    // An entry without id is shown by its line, which a test's entries do not have.
    for outcome in &mut outcomes {
        outcome.evidence.sort();
    }
    Ok(outcomes)
}

#[test]
fn the_order_of_entries_never_matters() {
    every_policy(|policy, _, _| {
        for test in tests(policy) {
            let plain = outcomes(policy, test, &test.entries, false);
            let mut turned = test.entries.clone();
            turned.reverse();
            let turned = outcomes(policy, test, &turned, false);
            assert_eq!(plain, turned, "{}", test.label);
        }
    });
}

#[test]
fn the_order_of_the_register_never_matters() {
    every_policy(|policy, _, _| {
        let hir = policy.hir();
        for test in tests(policy) {
            let options = Options::through(test.as_of);
            let run = |evaluator: &dyn Evaluator| {
                evaluator.evaluate(Given {
                    policy: hir,
                    register: &test.register,
                    entries: &test.entries,
                    options: &options,
                })
            };
            let plain = run(&Ordered(REFERENCE));
            for turned in [run(&Turned(REFERENCE)), run(&Turned(Incremental))] {
                let found = differences(&plain, &turned);
                assert!(found.is_empty(), "{}: {found:#?}", test.label);
            }
        }
    });
}

#[test]
fn hindsight_adds_nothing_to_a_ledger_kept_in_time() {
    every_policy(|policy, _, _| {
        let in_time = |test: &&Test| {
            test.entries
                .iter()
                .all(|entry| entry.recorded == entry.date)
        };
        for test in tests(policy).filter(in_time) {
            let plain = outcomes(policy, test, &test.entries, false);
            let hindsight = outcomes(policy, test, &test.entries, true);
            assert_eq!(plain, hindsight, "{}", test.label);
        }
    });
}

/// The declarations of a policy from the last to the first; the policy's own and the tests stay.
fn turned(text: &str) -> String {
    let mut pieces: Vec<String> = Vec::new();
    for line in text.lines() {
        let opens = line
            .chars()
            .next()
            .is_some_and(|first| !first.is_whitespace() && !"/}｝{".contains(first));
        if opens || pieces.is_empty() {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut().filter(|_| !line.starts_with('/')) {
            piece.push_str(line);
            piece.push('\n');
        }
    }
    let stays = |piece: &String| {
        ["test ", "用例 "]
            .iter()
            .any(|word| piece.starts_with(word))
    };
    let (tests, mut declared): (Vec<_>, Vec<_>) = pieces.into_iter().partition(stays);
    declared.reverse();
    declared.concat() + &tests.concat()
}

#[test]
fn the_order_of_declarations_never_matters() {
    every_policy(|policy, text, path| {
        let other = compiled(path, &turned(text));
        for (test, again) in tests(policy).zip(tests(&other)) {
            assert_eq!(
                outcomes(policy, test, &test.entries, false),
                outcomes(&other, again, &again.entries, false),
                "{}: {}",
                policy.name(),
                test.label
            );
        }
    });
}
