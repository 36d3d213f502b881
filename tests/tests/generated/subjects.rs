//! What is generated and run: policies made by chance, and those of the counties.

use pol::{Input, Mode, Policy};
use pol_model::{Entry, Fault, Options, Register, Report};
use pol_tests::agreement::{Choices, Ground, policy as drafted};
use pol_tests::documents::root;
use serde::Serialize;
use std::fs;
use std::path::Path;

/// How many ledgers each policy is run on.
const PAIRS: usize = 12;

/// A policy and what it is run on.
pub struct Subject {
    pub policy: Policy,
    pub documents: pol::Documents,
    pub pairs: Vec<Pair>,
}

/// A register, a ledger in the order in which it was recorded, and what the judge says.
#[derive(Serialize)]
pub struct Pair {
    register: Register,
    entries: Vec<Entry>,
    options: Options,
    said: Result<Report, Vec<Fault>>,
    from_files: bool,
}

impl Pair {
    fn judged(
        policy: &Policy,
        register: Register,
        mut entries: Vec<Entry>,
        options: Options,
        from_files: bool,
    ) -> Self {
        entries.sort_by_key(|entry| {
            if options.hindsight {
                entry.date
            } else {
                entry.recorded
            }
        });
        let said = pol_reference::evaluate(policy.hir(), &register, &entries, &options);
        Self {
            register,
            entries,
            options,
            said,
            from_files,
        }
    }
}

/// Policies made by chance.
pub fn by_chance(seed: u64, wanted: usize) -> Vec<Subject> {
    let lanes = 0..;
    let policies = lanes.filter_map(|lane: u64| {
        let text = drafted(Choices::new(seed, 2 * lane));
        let policy = Policy::compile("generated.pol", &*text).ok()?;
        let mut choices = Choices::new(seed, 2 * lane + 1);
        let ground = Ground::of(policy.hir(), &text);
        let pairs = (0..PAIRS).map(|_| {
            let pair = ground.pair(policy.hir(), &mut choices);
            Pair::judged(&policy, pair.register, pair.entries, pair.options, false)
        });
        Some(Subject {
            pairs: pairs.collect(),
            documents: pol::Documents::new(),
            policy,
        })
    });
    policies.take(wanted).collect()
}

/// The policies of the counties, with their sample ledgers.
pub fn of_counties() -> Vec<Subject> {
    let samples = [
        ("xinfeng/xinfeng.en.pol", "register.csv", "ledger.csv"),
        ("xinfeng/xinfeng.zh.pol", "register.csv", "ledger.xlsx"),
        ("shenqiu/shenqiu.en.pol", "register.csv", "ledger.csv"),
        ("fuliang/fuliang.en.pol", "register.csv", "ledger.csv"),
        ("xx-county/example.en.pol", "register.csv", "ledger.csv"),
    ];
    samples
        .map(|(path, register, ledger)| sample(path, register, ledger))
        .into()
}

fn sample(path: &str, register: &str, ledger: &str) -> Subject {
    let path = root().join("policies").join(path);
    let folder = path.parent().unwrap_or(Path::new(""));
    let compiled = pol_codegen::compile(&path).expect("the policy compiles");
    let policy = compiled.policy;
    let bytes = |name: &str| fs::read(folder.join(name)).expect("the file is there");
    let register = policy
        .read_register(Input::new(register, &bytes(register)))
        .expect("the register is sound")
        .register;
    let loaded = policy
        .read_ledger(&register, Input::new(ledger, &bytes(ledger)), Mode::Strict)
        .expect("the ledger is sound");
    let last = loaded.entries.iter().map(|entry| entry.recorded).max();
    let options = Options::through(last.expect("it has entries"));
    let pair = Pair::judged(&policy, loaded.register, loaded.entries, options, true);
    Subject {
        policy,
        documents: compiled.documents,
        pairs: vec![pair],
    }
}
