//! CSV: one line for each outcome, with the fields of the JSON record as columns.

use pol::{Lang, Mark, OutCell, OutTable, Outcome, Run, State, write_csv};

const HEADER: [&str; 18] = [
    "date", "known", "due", "subject", "what", "name", "state", "was", "now", "until", "last_day",
    "reason", "missing", "fields", "rule", "cites", "evidence", "assumed",
];

pub fn write(run: &Run<'_>, mark: Mark) -> Vec<u8> {
    let outcomes = run.outcomes();
    let rows = outcomes.iter().map(|outcome| {
        let cells = row(outcome).map(OutCell::Text);
        cells.to_vec()
    });
    let table = OutTable {
        name: String::new(),
        headers: HEADER.map(ToOwned::to_owned).to_vec(),
        rows: rows.collect(),
    };
    write_csv(&table, mark)
}

fn row(outcome: &Outcome) -> [String; 18] {
    let state = Columns::of(&outcome.state);
    let fields = outcome.fields.iter().map(|(name, value)| {
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned);
        format!("{name}={value}")
    });
    [
        outcome.date.to_string(),
        outcome.known.to_string(),
        outcome.due.map(|due| due.to_string()).unwrap_or_default(),
        outcome.subject.clone().unwrap_or_default(),
        outcome.what.as_str().to_owned(),
        outcome.name.clone(),
        outcome.state.as_str().to_owned(),
        state.was,
        state.now,
        state.until,
        state.last_day,
        state.reason,
        state.missing,
        fields.collect::<Vec<_>>().join("; "),
        outcome.rule.clone().unwrap_or_default(),
        outcome
            .cites
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; "),
        outcome.evidence.join("; "),
        if outcome.assumed { "yes" } else { "no" }.to_owned(),
    ]
}

/// What a state carries, each in the column of its name.
#[derive(Default)]
struct Columns {
    was: String,
    now: String,
    until: String,
    last_day: String,
    reason: String,
    missing: String,
}

impl Columns {
    fn of(state: &State) -> Self {
        let mut columns = Self::default();
        match state {
            State::Issued { was, now } => {
                columns.was = was.clone().unwrap_or_default();
                columns.now = now.clone().unwrap_or_default();
            }
            State::Began { until } => {
                columns.until = until.map_or_else(String::new, |day| day.to_string());
            }
            State::Ended { until } | State::Over { until } => columns.until = until.to_string(),
            State::Owed { last_day } => columns.last_day = last_day.to_string(),
            State::WithoutBasis { reason } | State::SetAside { reason } => {
                reason.as_str().clone_into(&mut columns.reason);
            }
            State::Unknown { missing } => {
                let missing: Vec<String> = missing.iter().map(|it| it.text(Lang::En)).collect();
                columns.missing = missing.join("; ");
            }
            State::Missed { in_principle: true } => "in principle".clone_into(&mut columns.reason),
            State::Met
            | State::Missed { .. }
            | State::Released
            | State::Proposed
            | State::Renewed
            | State::Approved
            | State::Refused
            | State::Lost
            | State::TakenBack
            | State::Broken => {}
        }
        columns
    }
}
