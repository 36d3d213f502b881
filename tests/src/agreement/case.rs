//! A case as a small file: the policy's text, a register and a ledger as CSV, and how it is run.

use super::pair::Pair;
use pol::hir;
use pol::{Policy, Register};
use pol_calendar::Duration;
use pol_model::{Date, Entry, EntryBody, MemberIx, Options, ReadingIx, Value, Verdict};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A case in words, as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What it shows.
    #[serde(default)]
    pub why: String,
    /// The last day of the run.
    pub as_of: Date,
    /// Only what was recorded by this day is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_on: Option<Date>,
    /// As if everything had been recorded on the day it happened.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hindsight: bool,
    /// As if each proposal were approved on its day.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assume_approved: bool,
    /// Readings that take their second answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub second_answers: Vec<String>,
    /// The policy.
    pub policy: String,
    /// The register as CSV.
    pub register: String,
    /// The ledger as CSV.
    pub ledger: String,
}

/// A case that can be run.
#[derive(Debug)]
pub struct Loaded {
    /// The policy.
    pub policy: Policy,
    /// What it is run on.
    pub pair: Pair,
}

impl Case {
    /// Puts a pair into words.
    pub fn of(text: &str, policy: &hir::Policy, pair: &Pair) -> Self {
        let second = |(reading, answer): (&ReadingIx, &u16)| {
            (*answer > 0).then(|| policy.readings[reading.at()].named.name.clone())
        };
        Self {
            why: String::new(),
            as_of: pair.options.as_of,
            known_on: pair.options.known_on,
            hindsight: pair.options.hindsight,
            assume_approved: pair.options.assume_approved,
            second_answers: pair.options.readings.iter().filter_map(second).collect(),
            policy: text.to_owned(),
            register: register(policy, &pair.register),
            ledger: ledger(policy, pair),
        }
    }

    /// Makes it ready to run.
    ///
    /// # Errors
    /// What was found in the policy, the register or the ledger.
    pub fn load(&self) -> Result<Loaded, String> {
        let policy = Policy::compile("case.pol", &*self.policy)
            .map_err(|findings| format!("{findings:#?}"))?;
        let register = policy
            .register_from_csv("register.csv", self.register.as_bytes())
            .map_err(|errors| format!("{errors:#?}"))?;
        let loaded = policy
            .ledger_from_csv(&register, "ledger.csv", self.ledger.as_bytes())
            .map_err(|errors| format!("{errors:#?}"))?;
        let mut options = Options::through(self.as_of);
        options.known_on = self.known_on;
        options.hindsight = self.hindsight;
        options.assume_approved = self.assume_approved;
        for (at, reading) in (0..).zip(&policy.hir().readings) {
            if self.second_answers.contains(&reading.named.name) {
                options.readings.insert(ReadingIx(at), 1);
            }
        }
        let pair = Pair {
            register: loaded.register,
            entries: loaded.entries,
            options,
        };
        Ok(Loaded { policy, pair })
    }
}

/// Lines of cells under a header; columns that are empty throughout are left out.
fn table(rows: &[BTreeMap<String, String>], first: &[&str]) -> String {
    let mut columns: Vec<String> = first.iter().map(|name| (*name).to_owned()).collect();
    let more: BTreeSet<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
    columns.extend(
        more.into_iter()
            .filter(|name| !first.contains(&name.as_str()))
            .cloned(),
    );
    let lines = rows.iter().map(|row| {
        let cells: Vec<&str> = columns
            .iter()
            .map(|column| row.get(column).map_or("", String::as_str))
            .collect();
        cells.join(",") + "\n"
    });
    columns.join(",") + "\n" + &lines.collect::<String>()
}

type Row = BTreeMap<String, String>;

fn register(policy: &hir::Policy, register: &Register) -> String {
    let mut rows: Vec<Row> = Vec::new();
    for member in &register.members {
        let kind = &policy.kinds[member.kind.at()];
        if kind.opened.is_some() {
            continue;
        }
        let mut base = Row::new();
        base.insert("id".to_owned(), member.id.to_string());
        base.insert("kind".to_owned(), kind.named.name.clone());
        if let Some(outer) = member.within {
            base.insert("within".to_owned(), register.member(outer).id.to_string());
        }
        for standing in &member.standings {
            let ladder = &policy.ladders[standing.ladder.at()];
            let status = &policy.enums[ladder.statuses.at()].values[usize::from(standing.status)];
            base.insert(ladder.named.name.clone(), status.name.clone());
            if let Some(since) = standing.since {
                base.insert(format!("{} since", ladder.named.name), since.to_string());
            }
        }
        rows.extend(spans(policy, register, member, &base));
    }
    for (phase, spans) in &register.phases {
        for (from, until) in spans {
            let mut row = Row::new();
            let name = &policy.phases[phase.at()].named.name;
            row.insert("id".to_owned(), name.clone());
            row.insert("kind".to_owned(), "phase".to_owned());
            row.insert("from".to_owned(), from.to_string());
            if let Some(until) = until {
                row.insert("until".to_owned(), until.to_string());
            }
            rows.push(row);
        }
    }
    table(&rows, &["id", "kind"])
}

/// A row for each stretch in which a member's attributes stay as they are.
fn spans(
    policy: &hir::Policy,
    register: &Register,
    member: &pol_model::Member,
    base: &Row,
) -> Vec<Row> {
    let membership = member.memberships.first();
    let (from, until) = (
        membership.and_then(|span| span.from),
        membership.and_then(|span| span.until),
    );
    let mut starts: BTreeSet<Option<Date>> = [from].into();
    for dated in member.attributes.iter().flatten() {
        let within = dated.from.is_some_and(|day| {
            from.is_none_or(|from| day > from) && until.is_none_or(|until| day <= until)
        });
        if within {
            starts.insert(dated.from);
        }
    }
    let starts: Vec<Option<Date>> = starts.into_iter().collect();
    let mut rows = Vec::new();
    for (at, start) in starts.iter().enumerate() {
        let mut row = if at == 0 {
            base.clone()
        } else {
            let kept =
                |(name, _): &(&String, &String)| matches!(name.as_str(), "id" | "kind" | "within");
            base.iter()
                .filter(kept)
                .map(|(name, cell)| (name.clone(), cell.clone()))
                .collect()
        };
        if let Some(start) = start {
            row.insert("from".to_owned(), start.to_string());
        }
        let last = match starts.get(at + 1).copied().flatten() {
            Some(next) => next.pred_opt(),
            None => until,
        };
        if let Some(last) = last
            && (until.is_some() || at + 1 < starts.len())
        {
            row.insert("until".to_owned(), last.to_string());
        }
        let day = start.unwrap_or(Date::MIN);
        let kind = &policy.kinds[member.kind.at()];
        for (ix, attribute) in (0..).map(pol_model::AttrIx).zip(&kind.attributes) {
            if let Some(value) = member.attribute(ix, day) {
                let cell = cell(policy, register, attribute, value);
                row.insert(attribute.named.name.clone(), cell);
            }
        }
        rows.push(row);
    }
    rows
}

fn ledger(policy: &hir::Policy, pair: &Pair) -> String {
    let id = |member: MemberIx| pair.register.member(member).id.to_string();
    let row = |entry: &Entry| {
        let mut row = Row::new();
        let mut put = |name: &str, cell: String| {
            row.insert(name.to_owned(), cell);
        };
        put("date", entry.date.to_string());
        if let Some(id) = &entry.id {
            put("id", id.to_string());
        }
        if let Some(time) = entry.time {
            put("time", time.format("%H:%M").to_string());
        }
        if entry.recorded != entry.date {
            put("recorded", entry.recorded.to_string());
        }
        if let Some(old) = &entry.instead_of {
            put("instead_of", old.to_string());
        }
        match &entry.body {
            EntryBody::Event { event, of, fields } => {
                let declared = &policy.events[event.at()];
                put("kind", declared.named.name.clone());
                let of: Vec<String> = of.iter().map(|member| id(*member)).collect();
                put("of", of.join("; "));
                for (field, value) in declared.fields.iter().zip(fields) {
                    if let Some(value) = value {
                        let name = format!("{}.{}", declared.named.name, field.named.name);
                        put(&name, cell(policy, &pair.register, field, value));
                    }
                }
            }
            EntryBody::Decision {
                body,
                rule,
                of,
                verdict,
            } => {
                put("kind", "decision".to_owned());
                put("of", id(*of));
                put("by", policy.bodies[body.at()].name.clone());
                if let Some(rule) = rule {
                    put("rule", policy.rules[rule.at()].named.name.clone());
                }
                let verdict = match verdict {
                    Verdict::Approve => "approve",
                    Verdict::Decline => "decline",
                };
                put("verdict", verdict.to_owned());
            }
            EntryBody::Withdrawal { entry } => {
                put("kind", "withdrawal".to_owned());
                put("ref", entry.to_string());
            }
        }
        row
    };
    let rows: Vec<Row> = pair.entries.iter().map(row).collect();
    table(&rows, &["id", "date", "recorded", "kind", "of"])
}

fn cell(policy: &hir::Policy, register: &Register, field: &hir::Field, value: &Value) -> String {
    match value {
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::Number(number) => {
            let (over, under) = number.parts();
            if field.ty == hir::Type::Share {
                return format!("{}‰", over * 1000 / under);
            }
            if under == 1 {
                over.to_string()
            } else {
                format!("{}.{}", over / under, (over * 10 / under).abs() % 10)
            }
        }
        Value::Date(day) => day.to_string(),
        Value::Duration(duration) => match duration {
            Duration::Days(count) => format!("{count} days"),
            Duration::Weeks(count) => format!("{count} weeks"),
            Duration::Months(count) => format!("{count} months"),
            Duration::Years(count) => format!("{count} years"),
            Duration::WorkingDays { count, .. } => format!("{count} working days"),
        },
        Value::Symbol(list, at) => policy.enums[list.at()].values[usize::from(*at)]
            .name
            .clone(),
        Value::Text(text) => text.to_string(),
        Value::Member(member) => register.member(*member).id.to_string(),
        Value::List(values) => {
            let cells: Vec<String> = values
                .iter()
                .map(|value| cell(policy, register, field, value))
                .collect();
            cells.join("; ")
        }
    }
}
