//! The plan as JSON: what is written is read back, and nothing else is.

use crate::{POLICIES, plan};
use pol_plan::{Plan, PlanError};
use std::path::Path;

#[test]
fn the_published_schemas_are_up_to_date() {
    let published = [
        ("plan.schema.json", pol_plan::schema()),
        ("bounds.schema.json", pol_plan::bounds_schema()),
    ];
    for (file, schema) in published {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema");
        let path = folder.join(file);
        let schema = format!("{schema:#}\n");
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
}

#[test]
fn bounds_follow_their_schema() {
    let validator = jsonschema::validator_for(&pol_plan::bounds_schema()).unwrap();
    for known in POLICIES.iter() {
        let (path, plan) = (&known.path, &known.plan);
        let mut value: serde_json::Value = serde_json::from_str(&plan.bounds_to_json()).unwrap();
        if let Err(error) = validator.validate(&value) {
            panic!("{}: {error}", path.display());
        }
        assert_eq!(value["digest"], plan.digest().to_string());
        value["bounds"]["entries"] = 3.into();
        assert!(!validator.is_valid(&value));
    }
}

#[test]
fn plans_follow_the_schema_and_come_back_from_json() {
    let validator = jsonschema::validator_for(&pol_plan::schema()).unwrap();
    for known in POLICIES.iter() {
        let (path, plan) = (&known.path, &known.plan);
        let json = plan.to_json();
        assert_eq!(
            Plan::from_json(&json).as_ref(),
            Ok(plan),
            "{}",
            path.display()
        );
        let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
        if let Err(error) = validator.validate(&value) {
            panic!("{}: {error}", path.display());
        }
        assert_eq!(value["version"], 1);
        assert_eq!(value["policy"], plan.name.as_str());
        assert_eq!(value["digest"], plan.digest().to_string());
        value["plan"]["rules"] = "none".into();
        assert!(!validator.is_valid(&value));
    }
}

const ONE: &str = "policy p
  effective 2024-01-01
  calendar china
subject market
event finding of market
ladder order for market
  clear < warned
rule warning
  for market
  on finding
  if finding in last 12 months >= 2
  then warned
";

#[test]
fn another_version_is_refused() {
    let json = plan(ONE)
        .to_json()
        .replacen("\"version\": 1", "\"version\": 2", 1);
    assert_eq!(Plan::from_json(&json), Err(PlanError::Version(2)));
    let error = PlanError::Version(2);
    assert!(error.to_string().contains("version 2") && error.in_chinese().contains('2'));
}

#[test]
fn what_was_changed_by_hand_is_refused() {
    let json = plan(ONE).to_json();
    let changed = json.replacen("\"2\"", "\"3\"", 1);
    assert_ne!(changed, json, "the threshold stands in the plan");
    assert_eq!(Plan::from_json(&changed), Err(PlanError::Changed));
    let renamed = json.replacen("\"policy\": \"p\"", "\"policy\": \"q\"", 1);
    assert_eq!(Plan::from_json(&renamed), Err(PlanError::Changed));
}

#[test]
fn what_is_no_plan_is_refused() {
    for text in [
        "",
        "{}",
        "[1]",
        "{\"version\": 1}",
        "{\"version\": -1}",
        "{\"version\": 1, \"policy\": 3}",
    ] {
        let error = Plan::from_json(text).unwrap_err();
        assert!(matches!(error, PlanError::Unreadable(_)), "{text}");
    }
    let mut plan = plan(ONE);
    plan.nodes.push(plan.nodes[0].clone());
    assert!(matches!(
        Plan::from_json(&plan.to_json()),
        Err(PlanError::Broken(_))
    ));
}

#[test]
fn the_digest_tells_policies_apart_and_sees_no_display_names() {
    let digest = |text: &str| plan(text).digest().to_string();
    let one = digest(ONE);
    assert_eq!(one.len(), 64);
    let labelled = ONE
        .replace("subject market", "subject market \"菜市场\"")
        .replace("rule warning", "rule warning \"警告\"");
    assert_eq!(digest(&labelled), one);
    let changes = [
        (">= 2", ">= 3"),
        ("12 months", "11 months"),
        ("2024-01-01", "2024-01-02"),
        ("then warned", "then clear"),
        ("rule warning", "rule warning_again"),
    ];
    for (from, to) in changes {
        let other = ONE.replace(from, to);
        assert_ne!(other, ONE);
        assert_ne!(digest(&other), one, "{to}");
    }
    let mut other = plan(ONE);
    other.calendars = pol_calendar::Calendars::default();
    assert_ne!(other.digest().to_string(), one, "other days off");
}
