//! The generator makes well-typed policies that make use of the whole language, and cases that can be
//! told in words.

use super::plan;
use pol::{Lang, Policy, RunOptions};
use pol_kernel::Flat;
use pol_plan::Plan;
use pol_tests::agreement::{Case, Choices, Ground, REFERENCE, constructs, hunt, policy};
use std::collections::BTreeMap;

#[test]
#[expect(clippy::print_stderr, reason = "the histogram is to be read")]
fn texts_compile_and_reach_every_construct() {
    let mut reached: BTreeMap<&str, u32> = constructs::all()
        .into_iter()
        .map(|name| (name, 0))
        .collect();
    let mut refused = Vec::new();
    let mut flat = 0;
    for lane in 0..600 {
        let text = policy(Choices::new(1, lane));
        match Policy::compile("generated.pol", &*text) {
            Ok(policy) => {
                flat += usize::from(Flat::of(&Plan::of(policy.hir())).is_ok());
                for name in constructs::met(policy.hir()) {
                    *reached.entry(name).or_default() += 1;
                }
            }
            Err(findings) => {
                let found = findings.iter().find(|finding| finding.is_error());
                refused.extend(found.map(|finding| finding.message.en.clone()));
            }
        }
    }
    let lines: Vec<String> = reached
        .iter()
        .map(|(name, count)| format!("{count:4} {name}"))
        .collect();
    eprintln!(
        "of 600 policies {flat} are flat, and so many make use of\n{}\n{} refused",
        lines.join("\n"),
        refused.len()
    );
    let missing: Vec<&&str> = reached
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(name, _)| name)
        .collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
    assert!(flat >= 60, "{flat} are flat");
    assert!(refused.len() <= 6, "{refused:#?}");
}

/// What is said does not depend on the spelling, nor on the order of declarations; and a pair that is
/// put into words is the same pair.
#[test]
fn spelling_and_order_of_declarations_never_matter() {
    for lane in 0..60 {
        let text = policy(Choices::new(2, 2 * lane));
        let Ok(policy) = Policy::compile("generated.pol", &*text) else {
            continue;
        };
        let mut choices = Choices::new(2, 2 * lane + 1);
        let pair = Ground::of(policy.hir(), &text).pair(policy.hir(), &mut choices);
        let case = Case::of(&text, policy.hir(), &pair);
        let hir = policy.hir();
        let direct = pol_reference::evaluate(hir, &pair.register, &pair.entries, &pair.options);
        if let (Err(_), Err(_)) = (&direct, case.load()) {
            // What the run refuses may be refused already when the ledger is read.
            continue;
        }
        let plain = said(&case);
        let count =
            |said: &Result<Vec<pol::Outcome>, usize>| said.as_ref().map(Vec::len).map_err(|n| *n);
        let records = direct
            .map(|report| report.records.len())
            .map_err(|faults| faults.len());
        assert_eq!(
            count(&plain),
            records,
            "{text}\n{}\n{}",
            case.register,
            case.ledger
        );
        let mut pieces: Vec<&str> = text.trim_end().split("\n\n").collect();
        pieces[1..].reverse();
        let turned = pieces.join("\n\n") + "\n";
        let chinese = pol::format(&text, Some(Lang::Zh)).expect("it can be written in Chinese");
        let english = pol::format(&chinese, Some(Lang::En)).expect("it can be written in English");
        for policy in [turned, chinese, english] {
            let other = Case {
                policy,
                ..case.clone()
            };
            assert_eq!(
                plain,
                said(&other),
                "{text}\n{}\n{}",
                other.policy,
                case.ledger
            );
        }
    }
}

/// What a case says, by names.
fn said(case: &Case) -> Result<Vec<pol::Outcome>, usize> {
    let loaded = case
        .load()
        .unwrap_or_else(|found| panic!("{case:#?}\n{found}"));
    let pair = &loaded.pair;
    let readings = pair.options.readings.keys();
    let readings = readings.map(|reading| {
        let declared = &loaded.policy.hir().readings[reading.at()];
        let answers = &loaded.policy.hir().enums[declared.answers.at()].values;
        (declared.named.name.clone(), answers[1].name.clone())
    });
    let options = RunOptions {
        known_on: pair.options.known_on,
        hindsight: pair.options.hindsight,
        assume_approved: pair.options.assume_approved,
        readings: readings.collect(),
        ..RunOptions::through(pair.options.as_of)
    };
    let run = loaded.policy.run(&pair.register, &pair.entries, &options);
    run.map(|run| run.outcomes()).map_err(|errors| errors.len())
}

/// An evaluator that understands one thing wrongly is found out: most of them soon, all but a few in
/// the long run.
#[test]
#[expect(clippy::print_stderr, reason = "what is missed is to be read")]
fn planted_faults_are_noticed() {
    let pairs = plan().pairs;
    let hunt = hunt(3, pairs.min(6000), &REFERENCE, &REFERENCE);
    let (caught, missed) = (hunt.caught.len(), hunt.missed.len());
    eprintln!(
        "{caught} of {} planted faults are noticed, the last after {:?} pairs; missed: {:#?}",
        caught + missed,
        hunt.caught.values().max(),
        hunt.missed
    );
    assert!(caught >= 100, "{caught}");
    let most = if pairs < 5000 { 60 } else { 95 };
    assert!(
        caught * 100 >= (caught + missed) * most,
        "{:#?}",
        hunt.missed
    );
}
