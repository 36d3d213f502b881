//! Many pairs of policy and ledger, on all processors, and what was met on the way.

use super::case::Case;
use super::choices::Choices;
use super::compare::{Difference, differences};
use super::constructs::met;
use super::evaluator::{Evaluator, Prepared, Said};
use super::pair::{Ground, Pair, Variant, variants};
use super::{draft, shrink};
use pol::Policy;
use pol_model::{MemberIx, Report, State, What};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Where chance starts from.
    pub seed: u64,
    /// How many pairs at least.
    pub pairs: usize,
    /// How many pairs for each policy, about.
    pub pairs_per_policy: usize,
    /// True if cases in which the two differ are made small; else the first of them ends the run.
    pub small: bool,
}

/// What was met.
#[derive(Debug, Default)]
pub struct Tally {
    /// Policies that were generated.
    pub policies: usize,
    /// Texts that the checker refused.
    pub refused: usize,
    /// Pairs that were compared.
    pub pairs: usize,
    /// Pairs of which the judge says something that a rule did.
    pub fired: usize,
    /// Pairs that sit within one entry or one day of a threshold.
    pub near: usize,
    /// Pairs that are faults.
    pub faults: usize,
    /// Pairs in which something is undetermined.
    pub undetermined: usize,
    /// How often a construct of the typed policy was met, in so many policies.
    pub constructs: BTreeMap<&'static str, usize>,
    /// What became of things, over all records.
    pub states: BTreeMap<String, usize>,
    /// Cases in which the two differ, made small.
    pub failures: Vec<(Case, Vec<Difference>)>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.policies += other.policies;
        self.refused += other.refused;
        self.pairs += other.pairs;
        self.fired += other.fired;
        self.near += other.near;
        self.faults += other.faults;
        self.undetermined += other.undetermined;
        for (name, count) in other.constructs {
            *self.constructs.entry(name).or_default() += count;
        }
        for (name, count) in other.states {
            *self.states.entry(name).or_default() += count;
        }
        self.failures.extend(other.failures);
    }
}

/// The most failing cases that are made small in one run.
const MOST_FAILURES: usize = 5;

/// Runs pairs until there are enough, and compares what the judge and the other say.
pub fn drive(plan: Plan, judge: &dyn Evaluator, other: &dyn Evaluator) -> Tally {
    let next = AtomicUsize::new(0);
    let whole = Mutex::new(Tally::default());
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let lane = next.fetch_add(1, Ordering::Relaxed);
                    let enough = whole.lock().is_ok_and(|tally| {
                        let most = if plan.small { MOST_FAILURES } else { 1 };
                        tally.pairs >= plan.pairs || tally.failures.len() >= most
                    });
                    if enough || lane > plan.pairs * 2 {
                        break;
                    }
                    let tally = one_policy(plan, lane, judge, other);
                    if let Ok(mut whole) = whole.lock() {
                        whole.add(tally);
                    }
                }
            });
        }
    });
    whole.into_inner().unwrap_or_default()
}

/// One policy, compiled once, and its pairs.
fn one_policy(plan: Plan, lane: usize, judge: &dyn Evaluator, other: &dyn Evaluator) -> Tally {
    let mut tally = Tally {
        policies: 1,
        ..Tally::default()
    };
    let lane = u64::try_from(lane).unwrap_or(0);
    let text = draft::policy(Choices::new(plan.seed, 2 * lane));
    let Ok(policy) = Policy::compile("generated.pol", &*text) else {
        tally.refused = 1;
        return tally;
    };
    for name in met(policy.hir()) {
        *tally.constructs.entry(name).or_default() += 1;
    }
    let mut choices = Choices::new(plan.seed, 2 * lane + 1);
    let ground = Ground::of(policy.hir(), &text);
    let prepared = (judge.prepared(policy.hir()), other.prepared(policy.hir()));
    while tally.pairs < plan.pairs_per_policy && tally.failures.is_empty() {
        let pair = ground.pair(policy.hir(), &mut choices);
        let mut side = Side {
            text: &text,
            policy: &policy,
            judge,
            other,
            prepared: &prepared,
            small: plan.small,
            tally: &mut tally,
        };
        let said = side.compare(&pair);
        let before = said.as_ref().ok().map(gist);
        let mut near = false;
        for (variant, pair) in variants(policy.hir(), &pair, said.as_ref().ok(), &mut choices) {
            let said = side.compare(&pair);
            let after = said.as_ref().ok().map(gist);
            if variant != Variant::Answered && before != after {
                side.tally.near += 1;
                near = true;
            }
        }
        tally.near += usize::from(near);
    }
    tally
}

/// What is at hand while the pairs of one policy are run.
struct Side<'a> {
    text: &'a str,
    policy: &'a Policy,
    judge: &'a dyn Evaluator,
    other: &'a dyn Evaluator,
    prepared: &'a (Prepared<'a>, Prepared<'a>),
    small: bool,
    tally: &'a mut Tally,
}

impl Side<'_> {
    /// What the judge says; a difference is made small and kept.
    fn compare(&mut self, pair: &Pair) -> Said {
        let run =
            |evaluator: &Prepared<'_>| evaluator(&pair.register, &pair.entries, &pair.options);
        let said = run(&self.prepared.0);
        let found = differences(&said, &run(&self.prepared.1));
        self.tally.pairs += 1;
        match &said {
            Err(_) => self.tally.faults += 1,
            Ok(report) => self.count(report),
        }
        if !found.is_empty() && self.tally.failures.is_empty() {
            let failure = self.failure(pair, found);
            self.tally.failures.push(failure);
        }
        said
    }

    fn count(&mut self, report: &Report) {
        let acted = report
            .records
            .iter()
            .any(|record| record.rule.is_some() && !matches!(record.what, What::Undetermined(_)));
        self.tally.fired += usize::from(acted);
        let unknown = report
            .records
            .iter()
            .any(|record| matches!(record.state, State::Unknown(_)));
        self.tally.undetermined += usize::from(unknown);
        for record in &report.records {
            let name = format!("{:?}", record.what);
            let what = name.split('(').next().unwrap_or_default();
            let state = format!("{:?}", record.state);
            let state = state.split(['(', ' ']).next().unwrap_or_default();
            *self
                .tally
                .states
                .entry(format!("{what} {state}"))
                .or_default() += 1;
        }
    }

    /// The case in words, made small; as it is where it differs in words no more.
    fn failure(&self, pair: &Pair, differing: Vec<Difference>) -> (Case, Vec<Difference>) {
        let found = |case: &Case| {
            let Ok(loaded) = case.load() else {
                return Vec::new();
            };
            let run = |evaluator: &dyn Evaluator| {
                evaluator.evaluate(loaded.pair.given(loaded.policy.hir()))
            };
            differences(&run(self.judge), &run(self.other))
        };
        let case = Case::of(self.text, self.policy.hir(), pair);
        if !self.small || found(&case).is_empty() {
            return (case, differing);
        }
        let mut small = shrink::shrink(&case, |case| !found(case).is_empty());
        let differences = found(&small);
        if let Some(first) = differences.first() {
            let (judge, other) = (self.judge.name(), self.other.name());
            small.why = format!("{judge} and {other} differed in {first}");
        }
        (small, differences)
    }
}

/// Not decided, or not counted.
const fn is_aside(what: What) -> bool {
    matches!(
        what,
        What::Undetermined(_) | What::UndeterminedDuty(_) | What::SetAside(_)
    )
}

/// What a report says without its days: two of them differ if something happens in one of them only.
fn gist(report: &Report) -> Vec<(What, Option<MemberIx>, String)> {
    let mut gist: Vec<_> = report
        .records
        .iter()
        .filter(|record| !is_aside(record.what))
        .map(|record| {
            let state = match &record.state {
                State::Issued { was, now } => format!("{was:?} {now:?}"),
                other => {
                    let state = format!("{other:?}");
                    state
                        .split([' ', '{', '('])
                        .next()
                        .unwrap_or_default()
                        .to_owned()
                }
            };
            (record.what, record.subject, state)
        })
        .collect();
    gist.sort();
    gist
}
