//! Ledgers in JSON Lines and from values.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod common;

use common::{messages, policy, register};
use pol_ledger::{DataErrors, Format, Input, Loaded, Mode, ledger_from_values, read_ledger};
use pol_model::{Entry, Origin};

fn read(text: &str) -> Result<Loaded, DataErrors> {
    let input = Input::new("l.jsonl", text.as_bytes());
    read_ledger(&policy(), &register(), input, Mode::Strict)
}

fn errors(text: &str) -> Vec<String> {
    let found = read(text).unwrap_err();
    let said = messages(&found).into_iter();
    let headers = found.errors.iter().map(|error| error.place.header.clone());
    said.zip(headers)
        .map(|(said, header)| header.map_or(said.clone(), |header| format!("{said} ({header})")))
        .collect()
}

fn entries(loaded: Loaded) -> Vec<Entry> {
    let entries = loaded.entries.into_iter();
    entries
        .map(|entry| Entry {
            origin: Origin::default(),
            ..entry
        })
        .collect()
}

#[test]
fn objects_are_rows() {
    let lines = "{\"id\": 7, \"date\": \"2023-08-09\", \"kind\": \"检查\", \"责任部门\": [\"县林业局\", \"D02\"], \"clause\": 3, \"exposed\": true, \"rate\": 0.25}\n\
        \n{\"日期\": \"2023-08-10\", \"事项\": \"汇总\", \"对象\": null}\n";
    let csv = "id,date,kind,责任部门,clause,exposed,rate\n7,2023-08-09,检查,县林业局;县水利局,3,yes,25%\n,2023-08-10,汇总,,,,\n";
    let input = Input::new("l.csv", csv.as_bytes());
    let of_csv = read_ledger(&policy(), &register(), input, Mode::Strict).unwrap();
    let of_json = read(lines).unwrap();
    assert_eq!(of_json.entries[1].origin.line, 3);
    let values: Vec<_> = lines
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let of_values =
        ledger_from_values(&policy(), &register(), "memory", &values, Mode::Strict).unwrap();
    let expected = entries(of_csv);
    assert_eq!(entries(of_json), expected);
    assert_eq!(entries(of_values), expected);
}

#[test]
fn mistakes_name_line_and_key() {
    let cases: &[(&str, &str)] = &[
        (
            "{\"date\": 45147, \"kind\": \"汇总\"}",
            "l.jsonl:1: the cell holds the number `45147`, not a date (date)",
        ),
        (
            "{\"date\": \"2023-08-09\", \"kind\": \"汇总\", \"x\": 1}",
            "l.jsonl:1: no column is called `x` (x)",
        ),
        (
            "{\"date\": \"2023-08-09\", \"kind\": \"汇总\", \"date\": \"2023-08-10\"}",
            "l.jsonl:1: the key `date` stands twice in one object",
        ),
        (
            "{\"date\": \"2023-08-09\", \"kind\": \"汇总\", \"日期\": \"2023-08-10\"}",
            "l.jsonl:1: `日期` means the same as `date` before it (日期)",
        ),
        (
            "{\"date\": \"2023-08-09\", \"kind\": \"检查\", \"clause\": {\"a\": 1}}",
            "l.jsonl:1: `{\"a\":1}` is no value that a cell can hold (clause)",
        ),
        (
            "{\"date\": \"2023-08-09\", \"kind\": \"检查\", \"clause\": [1, 2]}",
            "l.jsonl:1: `1; 2` are several values; this column takes one (clause)",
        ),
        (
            "{\"date\": \"2023-08-09\", \"kind\": \"检查\", \"clause\": 1e300}",
            "l.jsonl:1: the number `1e+300` has more digits than its cell holds exactly (clause)",
        ),
        (
            "{\"date\": \"2023-08-09\", \"kind\": \"检查\", \"clause\": 1, \"exposed\": 1}",
            "l.jsonl:1: `1` is neither yes nor no (exposed)",
        ),
        ("\n{\"kind\": \"汇总\"}", "l.jsonl:2: `date` is missing"),
    ];
    for (line, expected) in cases {
        assert_eq!(errors(line), [*expected], "{line}");
    }
}

#[test]
fn what_is_no_object_is_told() {
    let input = Input::new(
        "l",
        b"{\"date\": \"2023-08-09\", \"kind\": \"\xE6\xB1\x87\xE6\x80\xBB\"}\n[1]\n",
    );
    let input = input.format(Format::JsonLines);
    let found = read_ledger(&policy(), &register(), input, Mode::Strict).unwrap_err();
    let said = messages(&found);
    assert!(
        said[0].starts_with("l:2: this line is not a JSON object"),
        "{said:?}"
    );
}
