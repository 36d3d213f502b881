//! The Xinfeng plan's own files: what is twice the same reads as the same.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use pol_ledger::{Input, Loaded, Mode, read_ledger, read_register, template};
use pol_model::{Entry, EntryBody, Origin, Register};
use pol_semantics::hir::Policy;
use pol_syntax::Lang;
use std::path::Path;

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/xinfeng");
    std::fs::read(folder.join(name)).unwrap()
}

fn policy(name: &str) -> Policy {
    let text = String::from_utf8(bytes(name)).unwrap();
    let parsed = pol_syntax::parse(&text);
    let analysis = pol_semantics::analyse(&parsed.file);
    let found: Vec<_> = parsed
        .diagnostics
        .iter()
        .chain(&analysis.diagnostics)
        .collect();
    analysis.policy.ok_or(found).unwrap()
}

fn register(policy: &Policy, name: &str) -> Register {
    let read = read_register(policy, Input::new(name, &bytes(name)));
    read.map_err(|errors| errors.render(Lang::En))
        .unwrap()
        .register
}

fn ledger(policy: &Policy, register: &Register, name: &str) -> Loaded {
    let bytes = bytes(name);
    let read = read_ledger(policy, register, Input::new(name, &bytes), Mode::Strict);
    read.map_err(|errors| errors.render(Lang::En)).unwrap()
}

fn without_origin(loaded: &Loaded) -> Vec<Entry> {
    let entries = loaded.entries.iter().cloned();
    entries
        .map(|entry| Entry {
            origin: Origin::default(),
            ..entry
        })
        .collect()
}

#[test]
fn one_register_serves_both_spellings() {
    let en = register(&policy("xinfeng.en.pol"), "register.csv");
    assert_eq!(en, register(&policy("xinfeng.zh.pol"), "register.csv"));
    // 16 townships, 15 departments, 4 made-up pairing units, the leading group's office.
    assert_eq!(en.members.len(), 36);
}

#[test]
fn workbook_and_csv_are_one_ledger() {
    let policy = policy("xinfeng.zh.pol");
    let register = register(&policy, "register.csv");
    let csv = ledger(&policy, &register, "ledger.csv");
    let workbook = ledger(&policy, &register, "ledger.xlsx");
    assert_eq!(without_origin(&csv), without_origin(&workbook));
    assert_eq!(csv.entries.len(), 356);
    assert_eq!(csv.notes, []);
    let notes: Vec<_> = workbook
        .notes
        .iter()
        .map(|note| note.render(Lang::Zh))
        .collect();
    assert_eq!(notes, ["ledger.xlsx[说明]: 从表名看，此表不是数据，未读取"]);
    let withdrawn = csv.entries.iter().filter_map(|entry| match &entry.body {
        EntryBody::Withdrawal { entry } => Some(&**entry),
        _ => None,
    });
    assert_eq!(withdrawn.collect::<Vec<_>>(), ["2023-085", "2024-003"]);
}

#[test]
fn the_english_policy_reads_the_chinese_ledger_alike() {
    let (zh, en) = (policy("xinfeng.zh.pol"), policy("xinfeng.en.pol"));
    let of_zh = ledger(&zh, &register(&zh, "register.csv"), "ledger.csv");
    let of_en = ledger(&en, &register(&en, "register.csv"), "ledger.csv");
    let dates = |loaded: &Loaded| -> Vec<_> {
        let entries = loaded.entries.iter();
        entries
            .map(|e| (e.id.clone(), e.date, e.recorded))
            .collect()
    };
    assert_eq!(dates(&of_zh), dates(&of_en));
}

#[test]
fn the_template_of_the_plan_reads_as_empty() {
    for name in ["xinfeng.zh.pol", "xinfeng.en.pol"] {
        let policy = policy(name);
        for lang in [Lang::Zh, Lang::En] {
            let bytes = template(&policy, lang).unwrap();
            let input = Input::new("t.xlsx", &bytes);
            let read = read_ledger(&policy, &Register::default(), input, Mode::Strict);
            let read = read.map_err(|errors| errors.render(Lang::En)).unwrap();
            assert_eq!(read.entries, []);
            let register = read_register(&policy, input).map_err(|errors| errors.render(Lang::En));
            assert_eq!(register.unwrap().register, Register::default());
        }
    }
}
