//! What a generated policy says of ledgers, against what the judge said of them.
//!
//! Every row goes through the policy's own types, and so does everything that is said. The run is made
//! twice: of the whole ledger, and row by row with the state written and read again in between.

use pol_runtime::model::{self, Entry, Fault, Names, Record};
use pol_runtime::{
    Asker, Date, Declared, Error, Evaluator, Options, Policy, Register, Report, Row, Said,
    Statuses, What, evaluate,
};
use serde::Deserialize;

/// A register, a ledger in the order in which it was recorded, and what the judge says of it.
#[derive(Deserialize)]
pub struct Pair {
    register: model::Register,
    entries: Vec<Entry>,
    options: model::Options,
    said: Result<model::Report, Vec<Fault>>,
    /// True if the register was read from files, and members came with entries.
    from_files: bool,
}

/// The policy that a register is of: what a generated module calls `Register` says it.
pub trait OfPolicy {
    /// The policy.
    type Is: Policy;
}

impl<P: Policy> OfPolicy for Register<P> {
    type Is = P;
}

/// All that differs of the pairs in a file, in words.
pub fn differences<R: OfPolicy>(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("the pairs are there");
    let pairs: Vec<Pair> = serde_json::from_str(&text).expect("the pairs can be read");
    let compared = pairs.iter().enumerate().map(|(at, pair)| {
        let found = compare::<R::Is>(pair);
        found.err().map(|why| format!("{file}, pair {at}: {why}"))
    });
    compared.flatten().collect()
}

fn compare<P: Policy>(pair: &Pair) -> Result<(), String> {
    let told = |error: Error| error.to_string();
    let register: Register<P> = Register::from_model(&pair.register).map_err(told)?;
    let rows = pair
        .entries
        .iter()
        .map(|entry| Row::from_model(entry, &register));
    let rows: Vec<Row<P::Entry>> = rows.collect::<Result<_, _>>().map_err(told)?;
    for (row, entry) in rows.iter().zip(&pair.entries) {
        let again = row.clone().into_model();
        same("an entry", &without_origin(entry), &again)?;
    }
    if pair.from_files {
        let grown = grown::<P>(&pair.register, &rows)?;
        same("the members", &by_id(&pair.register), &by_id(grown.model()))?;
    }
    let options = Options::<P>::from_model(&pair.options).map_err(told)?;
    let as_of = pair.options.as_of;
    same("the options", &pair.options, &options.through(as_of))?;
    let whole = evaluate(&register, rows.clone(), &options, as_of);
    let (expected, report) = match (&pair.said, whole) {
        (Ok(expected), Ok(report)) => (expected, report),
        (Err(expected), Err(Error::Faults(found))) => {
            let found = found.into_iter().map(|trouble| trouble.fault);
            return same(
                "the faults",
                &in_order(expected.iter().cloned()),
                &in_order(found),
            );
        }
        (expected, found) => return Err(format!("expected {expected:?}, found {found:?}")),
    };
    let typed = Report::from_model(expected, &register).map_err(told)?;
    same("the report", &typed, &report)?;
    for (record, outcome) in expected.records.iter().zip(&report.outcomes) {
        same("a name", &named::<P>(record)?, &name(&outcome.what))?;
    }
    let streamed = stream(&register, rows, &options, as_of).map_err(told)?;
    same("the report of the run that goes on", &typed, &streamed)
}

/// A register without the members that come with entries, and then with them.
fn grown<P: Policy>(
    whole: &model::Register,
    rows: &[Row<P::Entry>],
) -> Result<Register<P>, String> {
    let plan = P::program().plan().map_err(|error| error.to_string())?;
    let mut before = whole.clone();
    before
        .members
        .retain(|member| plan.kinds[member.kind.at()].opened.is_none());
    let mut register = Register::from_model(&before).map_err(|error| error.to_string())?;
    for row in rows {
        let came = register.come_with(row);
        came.map_err(|error| error.to_string())?;
    }
    Ok(register)
}

/// Members by id: they come in the order in which their entries do.
fn by_id(register: &model::Register) -> Vec<model::Member> {
    let mut members = register.members.clone();
    members.sort_by(|a, b| a.id.cmp(&b.id));
    members
}

/// The run that goes on: each day's rows on their day, and the state read again after each.
fn stream<P: Policy>(
    register: &Register<P>,
    rows: Vec<Row<P::Entry>>,
    options: &Options<P>,
    as_of: Date,
) -> Result<Report<P>, Error> {
    let day = |row: &Row<P::Entry>| {
        if options.hindsight {
            row.date
        } else {
            row.recorded
        }
    };
    let mut run = Evaluator::start(register, options)?;
    let mut outcomes = Vec::new();
    let mut waiting = rows.into_iter().peekable();
    while let Some(next) = waiting.peek().map(day) {
        while let Some(row) = waiting.next_if(|row| day(row) == next) {
            run.take(row)?;
        }
        if next <= as_of {
            outcomes.extend(run.advance_to(next)?);
        }
        let state = run.snapshot()?;
        run = Evaluator::resume(register, &state)?;
    }
    outcomes.extend(run.advance_to(as_of)?);
    Ok(Report {
        outcomes,
        open: run.open()?,
    })
}

/// The name that the plan has for what a record speaks of.
fn named<P: Policy>(record: &Record) -> Result<String, String> {
    let plan = P::program().plan().map_err(|error| error.to_string())?;
    Ok(match record.what {
        model::What::Status(ladder, status) => plan.status(ladder, status).to_owned(),
        model::What::Outcome(outcome) => plan.outcome(outcome).to_owned(),
        model::What::Event(event) => plan.event(event).to_owned(),
        model::What::Duty(duty) | model::What::UndeterminedDuty(duty) => plan.duty(duty).to_owned(),
        model::What::Proposal(rule) | model::What::Undetermined(rule) => {
            Names::rule(plan, rule).to_owned()
        }
        model::What::Decision(body, None) => plan.body(body).to_owned(),
        model::What::Decision(body, Some(rule)) => {
            format!("{} {}", plan.body(body), Names::rule(plan, rule))
        }
        model::What::SetAside(entry) => format!("{entry:?}"),
        model::What::Never(never) => plan.never(never).to_owned(),
    })
}

/// The name that the crate has for it.
fn name<P: Policy>(what: &What<P>) -> String {
    match what {
        What::Status(status, _) => Statuses::name(*status).to_owned(),
        What::Outcome(outcome, _) => Said::name(outcome).to_owned(),
        What::Event(event, _) => Said::name(event).to_owned(),
        What::Duty(duty, _) | What::Undetermined(Asker::Duty(duty), _) => duty.name().to_owned(),
        What::Proposal(proposal, _) => proposal.name().to_owned(),
        What::Undetermined(Asker::Rule(rule), _) => rule.name().to_owned(),
        What::Decision(body, None, _) => body.name().to_owned(),
        What::Decision(body, Some(proposal), _) => format!("{} {}", body.name(), proposal.name()),
        What::SetAside(entry, _) => format!("{entry:?}"),
        What::Broken(property) => property.display().to_owned(),
    }
}

fn without_origin(entry: &Entry) -> Entry {
    Entry {
        origin: model::Origin::default(),
        ..entry.clone()
    }
}

fn in_order(faults: impl Iterator<Item = Fault>) -> Vec<String> {
    let mut words: Vec<String> = faults.map(|fault| format!("{fault:?}")).collect();
    words.sort();
    words.dedup();
    words
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, expected: &T, found: &T) -> Result<(), String> {
    if expected == found {
        Ok(())
    } else {
        Err(format!(
            "{what}:\n  expected {expected:?}\n  found    {found:?}"
        ))
    }
}
