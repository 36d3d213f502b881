//! The crate of a small policy as a whole, to be read when what is generated changes; and what holds of
//! every crate.

use pol_codegen::{Compiled, Files, Settings, compile, generate};
use std::path::Path;

fn made(path: &str) -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let Compiled {
        policy, documents, ..
    } = compile(&root.join(path)).expect("the policy compiles");
    let settings = Settings {
        file: "policy.pol".to_owned(),
        documents,
        ..Settings::default()
    };
    generate(&policy, &settings)
}

/// The policy has Chinese names. `INSTA_UPDATE=always` takes what is generated now.
#[test]
fn the_crate_of_a_small_policy() {
    let files = made("crates/pol-macros/tests/market.pol");
    let code = files.iter().filter(|(path, _)| *path != "plan.json");
    let shown: Vec<String> = code
        .map(|(path, content)| format!("==> {path} <==\n{content}"))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn the_same_policy_gives_the_same_bytes() {
    let path = "policies/fuliang/fuliang.zh.pol";
    assert_eq!(made(path), made(path));
}

#[test]
fn clauses_are_quoted_from_their_documents() {
    let files = made("policies/xinfeng/xinfeng.en.pol");
    let (_, policy) = files
        .iter()
        .find(|(path, _)| *path == "src/policy.rs")
        .expect("there is such a module");
    // 三.16, whole; and the words that `says` quotes of 四（三） where a reading quotes them.
    assert!(
        policy.contains("/// > **三.16** 16. 发生其他情形，"),
        "{policy}"
    );
    assert!(policy.contains("/// > **四（三）** 停职1个月专抓巩固拓展脱贫攻坚成果工作"));
}
