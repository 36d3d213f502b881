//! Every clause of every plan is accounted for, and what hangs on a reading is what the plan says.

use pol::readings::{Alternative, Said};
use pol::{Documents, Fate, Input, Mode, Policy, RunOptions};
use std::fs;
use std::path::{Path, PathBuf};

/// The policies whose every clause is accounted for, in both spellings.
const WHOLE: &[&str] = &[
    "xinfeng/xinfeng.en.pol",
    "xinfeng/xinfeng.zh.pol",
    "shenqiu/shenqiu.en.pol",
    "shenqiu/shenqiu.zh.pol",
    "fuliang/fuliang.en.pol",
    "fuliang/fuliang.zh.pol",
    "xx-county/xx-county.en.pol",
    "xx-county/xx-county.zh.pol",
];

fn policies() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies")
}

fn policy(path: &Path) -> Policy {
    let text = fs::read_to_string(path).expect("the policy is there");
    Policy::compile(path.to_string_lossy(), text).expect("the policy compiles")
}

fn documents(policy: &Policy, path: &Path) -> Documents {
    let sources = policy.hir().sources.iter();
    sources
        .filter_map(|source| {
            let file = path.parent()?.join(source.text.as_ref()?);
            let text = fs::read_to_string(file).expect("the text is there");
            Some((source.named.name.clone(), text))
        })
        .collect()
}

#[test]
fn every_clause_is_accounted_for() {
    for name in WHOLE {
        let path = policies().join(name);
        let policy = policy(&path);
        let coverage = policy.coverage(&documents(&policy, &path));
        assert!(coverage.is_whole(), "{name}: {:?}", coverage.unaccounted);
    }
}

/// Five sections, three and three below 四 and 五, sixteen situations, the glossary and its six terms.
#[test]
fn the_clauses_of_xinfeng() {
    let path = policies().join("xinfeng/xinfeng.en.pol");
    let policy = policy(&path);
    let coverage = policy.coverage(&documents(&policy, &path));
    assert_eq!(coverage.clauses.len(), 5 + 3 + 3 + 16 + 1 + 6);
    let of = |clause: &str| {
        let found = coverage.clauses.iter().find(|it| it.clause == clause);
        found.expect("the plan has this clause")
    };
    assert_eq!(of("五（二）").fate, Fate::Prose);
    assert_eq!(of("五").fate, Fate::Heading);
    assert_eq!(of("三.7").by, ["situation 7"]);
    assert_eq!(of("四（三）").fate, Fate::Encoded);
}

#[test]
fn what_is_forgotten_or_made_up_is_told() {
    let text = "policy p\n  source plan \"plan\" text \"plan.md\"\n  effective 2024-01-01\n\
        subject township cites plan \"一\", \"七\"\n\
        event visit of township cites plan \"二（一）\" { item: 1..2 }\n\
        catalogue kinds cites plan \"三\" from visit by item {\n  1 \"a\"\n  2 \"b\"\n}\n";
    let policy = Policy::compile("p.pol", text).expect("the policy compiles");
    let plan = "## 一、对象\n\n乡镇。\n\n1. 镇。\n\n## 二、管理\n\n### （一）走访\n\n每月。\n\n\
        ### （二）通报\n\n每季。\n\n## 三、情形\n\n下列：\n\n1. 甲。\n2. 乙。\n3. 丙。\n";
    let documents = Documents::from([("plan".to_owned(), plan.to_owned())]);
    let coverage = policy.coverage(&documents);
    let open: Vec<_> = coverage.unaccounted.iter().map(|it| &*it.clause).collect();
    // The township's citation is not of item 1, and the catalogue has no item 3.
    assert_eq!(open, ["一.1", "二（二）", "三.3"]);
    assert_eq!(coverage.unfounded.len(), 1);
    assert_eq!(coverage.unfounded[0].clause, "七");
    assert_eq!(coverage.unfounded[0].by, ["township"]);
    assert_eq!(policy.coverage(&Documents::new()).unread, ["plan"]);
}

/// 嘉定镇 is yellow on 12 October and red on 25 December: whether the second card suspends again is
/// the reading. 大塘埠镇, of the first class, has by the year's end three households under 5, two
/// under 11a, and 13b: 11a counts only if the bracket of three households is of 11b alone.
#[test]
fn what_hangs_on_two_readings_of_xinfeng() {
    let folder = policies().join("xinfeng");
    let policy = policy(&folder.join("xinfeng.en.pol"));
    let bytes = |name| fs::read(folder.join(name)).expect("the data are there");
    let register = bytes("register.csv");
    let register = policy.register_from_csv("register.csv", &register);
    let ledger = bytes("ledger.csv");
    let input = Input::new("ledger.csv", &ledger);
    let register = register.expect("the register can be read");
    let loaded = policy.read_ledger(&register, input, Mode::Strict);
    let loaded = loaded.expect("the ledger can be read");
    let until = pol::Date::from_ymd_opt(2023, 12, 31).expect("a day");
    let compared = policy
        .compare_readings(
            &loaded.register,
            &loaded.entries,
            &RunOptions::through(until),
        )
        .expect("the runs are meaningful");
    let first_issue = "suspensions first_issue";
    assert_eq!(
        told(&compared, first_issue, "T01"),
        "2023-12-25: suspension began / "
    );
    assert_eq!(told(&compared, first_issue, "D01"), "", "yellow alone");
    assert_eq!(
        told(&compared, "bracket last_branch", "T02"),
        "2023-12-31:  / first_card_township proposed"
    );
    assert_eq!(told(&compared, "bracket last_branch", "T01"), "");
}

/// What the two runs say about a subject on the first day on which they differ.
fn told(compared: &[Alternative], of: &str, subject: &str) -> String {
    let asked = compared
        .iter()
        .find(|it| format!("{} {}", it.reading, it.alternative) == of);
    let asked = asked.expect("the reading has this answer");
    let found = asked
        .differences
        .iter()
        .find(|it| it.subject.as_deref() == Some(subject));
    let said = |said: &[Said]| {
        let words: Vec<_> = said
            .iter()
            .map(|it| format!("{} {}", it.outcome.name, it.outcome.state.as_str()))
            .collect();
        words.join(", ")
    };
    found.map_or_else(String::new, |it| {
        format!(
            "{}: {} / {}",
            it.day,
            said(&it.under_default),
            said(&it.under_alternative)
        )
    })
}
