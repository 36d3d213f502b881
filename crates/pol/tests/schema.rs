//! The published schema is that of the types, and real outcomes follow it.

use std::path::Path;

#[test]
fn the_published_schema_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema/outcome.schema.json");
    let schema = format!("{:#}\n", pol::outcome_schema());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &schema).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        published == schema,
        "{} is stale: run the test with UPDATE=1, and look at it",
        path.display()
    );
}

#[test]
fn outcomes_follow_the_schema_and_come_back_from_json() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/xinfeng");
    let text = std::fs::read_to_string(root.join("xinfeng.en.pol")).unwrap();
    let policy = pol::Policy::compile("xinfeng.en.pol", text).unwrap();
    let register = std::fs::read(root.join("register.csv")).unwrap();
    let register = policy.register_from_csv("register.csv", &register).unwrap();
    let ledger = std::fs::read(root.join("ledger.csv")).unwrap();
    let loaded = policy
        .ledger_from_csv(&register, "ledger.csv", &ledger)
        .unwrap();
    let run = policy
        .run(
            &loaded.register,
            &loaded.entries,
            &pol::RunOptions::default(),
        )
        .unwrap();
    let outcomes = run.outcomes();
    assert!(outcomes.len() > 100);
    let validator = jsonschema::validator_for(&pol::outcome_schema()).unwrap();
    for outcome in outcomes {
        let json = serde_json::to_value(&outcome).unwrap();
        if let Err(error) = validator.validate(&json) {
            panic!("{error}: {json:#}");
        }
        assert_eq!(
            serde_json::from_value::<pol::Outcome>(json).unwrap(),
            outcome
        );
    }
    let mut wrong = serde_json::to_value(&run.outcomes()[0]).unwrap();
    wrong["state"] = "happened".into();
    assert!(!validator.is_valid(&wrong), "a state that does not exist");
}
