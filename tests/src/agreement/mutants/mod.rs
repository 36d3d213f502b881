//! Planted faults: an evaluator that understands one thing of a policy or a ledger wrongly. How many of
//! them are noticed says how sharp the generated pairs are.

mod acts;
mod conditions;
mod input;
mod places;
mod walk;

use super::choices::Choices;
use super::compare::differences;
use super::draft;
use super::evaluator::Evaluator;
use super::pair::{Ground, Pair, variants};
use pol::Policy;
use pol::hir;
use std::collections::BTreeMap;

/// A planted fault.
#[derive(Clone, Copy)]
enum Mutant {
    Policy(fn(&mut hir::Policy) -> bool),
    Input(fn(&mut Pair) -> bool),
}

/// What became of the planted faults.
#[derive(Debug, Default)]
pub struct Hunt {
    /// Those that were noticed, with the number of the pair that showed it.
    pub caught: BTreeMap<&'static str, usize>,
    /// Those that nothing showed, with the number of pairs that they could have changed.
    pub missed: BTreeMap<&'static str, usize>,
}

/// Runs pairs until every planted fault is noticed, or there were enough.
pub fn hunt(seed: u64, pairs: usize, judge: &dyn Evaluator, other: &dyn Evaluator) -> Hunt {
    let planted = conditions::FAULTS
        .iter()
        .chain(acts::FAULTS)
        .map(|(name, change)| (*name, Mutant::Policy(*change)))
        .chain(
            input::FAULTS
                .iter()
                .map(|(name, change)| (*name, Mutant::Input(*change))),
        );
    let mut alive: Vec<(&'static str, Mutant)> = planted.collect();
    let mut hunt = Hunt {
        missed: alive.iter().map(|(name, _)| (*name, 0)).collect(),
        ..Hunt::default()
    };
    let mut tried = 0;
    for lane in 0.. {
        if alive.is_empty() || tried >= pairs {
            break;
        }
        let text = draft::policy(Choices::new(seed, 2 * lane));
        let Ok(policy) = Policy::compile("generated.pol", &*text) else {
            continue;
        };
        let mut choices = Choices::new(seed, 2 * lane + 1);
        let ground = Ground::of(policy.hir(), &text);
        let plain = ground.pair(policy.hir(), &mut choices);
        let run =
            |policy: &hir::Policy, pair: &Pair, by: &dyn Evaluator| by.evaluate(pair.given(policy));
        let said = run(policy.hir(), &plain, judge);
        let more = variants(policy.hir(), &plain, said.as_ref().ok(), &mut choices);
        let family = std::iter::once(plain).chain(more.into_iter().map(|(_, pair)| pair));
        for pair in family {
            tried += 1;
            let said = run(policy.hir(), &pair, judge);
            alive.retain(|(name, mutant)| {
                let (mut faulty, mut pair) = (policy.hir().clone(), pair.clone());
                let changed = match mutant {
                    Mutant::Policy(change) => change(&mut faulty),
                    Mutant::Input(change) => change(&mut pair),
                };
                if !changed {
                    return true;
                }
                *hunt.missed.entry(name).or_default() += 1;
                let again = run(&faulty, &pair, other);
                if differences(&said, &again).is_empty() {
                    return true;
                }
                hunt.missed.remove(name);
                hunt.caught.insert(name, tried);
                false
            });
        }
    }
    hunt
}
