//! Pol in another program: a policy, members and entries that the program holds, and what follows.
#![expect(clippy::print_stdout, reason = "an example shows what came")]

use pol::{Date, Lang, Policy, RunOptions};
use serde_json::{Map, Value, json};

const POLICY: &str = include_str!("../../../docs/examples/decisions.en.pol");

fn main() -> Result<(), String> {
    // All findings at once, each with a code, in both languages.
    let policy = Policy::compile("decisions.pol", POLICY).map_err(|findings| {
        let texts = findings
            .iter()
            .map(|found| format!("{}: {}", found.code, found.message.get(Lang::En)));
        texts.collect::<Vec<_>>().join("\n")
    })?;

    // Headers are keys, as in a ledger's first row.
    let members = rows(&json!([{ "id": "T01", "kind": "township", "name": "Jiading" }]));
    let register = policy
        .register_from_values("members", &members)
        .map_err(|errors| errors.render(Lang::En))?;
    let entries = rows(&json!([
        { "id": "f1", "date": "2024-01-15", "kind": "finding", "of": "T01" },
        { "id": "f2", "date": "2024-02-20", "kind": "finding", "of": "T01" },
        { "id": "f3", "date": "2024-03-29", "kind": "finding", "of": "Jiading" },
        { "id": "d1", "date": "2024-04-08", "kind": "decision", "of": "T01",
          "by": "leading_group", "rule": "proposed_for_listing", "verdict": "approve" },
    ]));
    let ledger = policy
        .ledger_from_values(&register, "entries", &entries)
        .map_err(|errors| errors.render(Lang::En))?;

    // The last day is an argument: there is no "today" in here.
    let as_of = Date::from_ymd_opt(2024, 6, 30).ok_or("no such day")?;
    let run = policy
        .run(
            &ledger.register,
            &ledger.entries,
            &RunOptions::through(as_of),
        )
        .map_err(|errors| {
            errors
                .iter()
                .map(|error| error.message.en.clone())
                .collect::<String>()
        })?;

    for outcome in run.outcomes() {
        let subject = outcome.subject.as_deref().unwrap_or("-");
        let (name, state) = (&outcome.name, outcome.state.as_str());
        println!(
            "{} {subject} {name} {state}, by {:?}",
            outcome.date, outcome.evidence
        );
    }
    for standing in run.open().standings {
        println!(
            "{} stands at {} {}",
            standing.subject, standing.ladder, standing.status
        );
    }
    Ok(())
}

fn rows(list: &Value) -> Vec<Map<String, Value>> {
    let objects = list.as_array().cloned().unwrap_or_default();
    objects
        .into_iter()
        .filter_map(|row| row.as_object().cloned())
        .collect()
}
