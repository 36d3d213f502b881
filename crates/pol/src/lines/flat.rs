//! The way of flat policies on plain files.

use super::File;
use crate::run::resolve;
use crate::{Date, Evaluator, Mode, Outcome, Policy, RunOptions, State};
use pol_kernel::{Flat, Machine, Row, Said};
use pol_ledger::{Input, ledger_schema, register_schema, value_of};
use pol_model::{Dated, Member, Register, Step};
use pol_rows::{
    Line, Members, Reader, RegisterSchema, Schema, Subjects, Telling, Written, ledger_about,
    register_about,
};
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::num::NonZero;

/// So many rows are taken together.
const TOGETHER: usize = 64;

/// Room for one line, as most are.
const WIDTH: usize = 64;

/// Why this way was left.
pub(super) enum Stop {
    /// For the way of every other policy and file, which reports what is wrong if anything is.
    Left(String),
    /// The file of this name cannot be read.
    Io(String, io::Error),
}

impl Stop {
    fn at(file: File<'_>, stop: pol_rows::Stop) -> Self {
        match stop {
            pol_rows::Stop::Unread(_) => Self::Left(format!("{}: {stop}", file.name)),
            pol_rows::Stop::Io(error) => Self::Io(file.name.to_owned(), error),
        }
    }
}

/// Opens a file.
fn opened(file: File<'_>) -> Result<Box<dyn Read + Send>, Stop> {
    (file.open)().map_err(|error| Stop::Io(file.name.to_owned(), error))
}

/// A line with its days written.
struct Words<'t> {
    date: &'t str,
    known: &'t str,
    subject: &'t [u8],
    what: &'t str,
    name: &'t str,
    state: &'t str,
    until: &'t str,
}

/// Writes a line. Names and plain ids hold nothing that wants quotation marks.
fn write(csv: &mut Vec<u8>, line: &Words<'_>) {
    let cells = [
        line.date.as_bytes(),
        line.known.as_bytes(),
        line.subject,
        line.what.as_bytes(),
        line.name.as_bytes(),
        line.state.as_bytes(),
        line.until.as_bytes(),
    ];
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            csv.push(b',');
        }
        csv.extend_from_slice(cell);
    }
    csv.push(b'\n');
}

/// What a policy and its files are run with.
struct Flatly<'a> {
    policy: &'a Policy,
    schema: Schema,
    register_schema: RegisterSchema,
    members: Members,
    register: File<'a>,
    ledger: File<'a>,
    asked: &'a RunOptions,
}

/// What is to be known of lines besides them.
pub(super) struct Told {
    /// How many subjects were run as ever.
    pub apart: usize,
    /// True if something could not be decided.
    pub undetermined: bool,
}

/// Runs a policy, and adds its lines in order.
pub(super) fn run(
    policy: &Policy,
    register: File<'_>,
    ledger: File<'_>,
    asked: &RunOptions,
    csv: &mut Vec<u8>,
) -> Result<Told, Stop> {
    let left = |why: &str| Stop::Left(why.to_owned());
    let Some(through) = asked.as_of.filter(|_| plainly(asked)) else {
        return Err(left("only a plain run through a given day is made so"));
    };
    let options = resolve(policy, &[], asked).map_err(|_| left("the readings"))?;
    let threads = asked.threads.unwrap_or(NonZero::<usize>::MIN);
    let plan = policy.plan();
    let flat = Flat::of(plan).map_err(|reasons| {
        let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
        Stop::Left(reasons.join("; "))
    })?;
    let telling = telling(policy).ok_or_else(|| left("two things have one name"))?;
    let schema = ledger_schema(policy.hir()).ok_or_else(|| left("entries open members"))?;
    let register_schema = register_schema(policy.hir());
    let members = Members::read(opened(register)?, &register_schema)
        .map_err(|stop| Stop::at(register, stop))?;
    let models = models(policy, &members).ok_or_else(|| left("attributes"))?;
    let runnable = policy.hir().runnable(&models, through);
    runnable.map_err(|_| left("the policy cannot be run"))?;
    let count = members.shape_of.len();
    let share = count.div_ceil(threads.get()).max(1);
    let mut parts = Vec::new();
    let mut begin = Vec::new();
    for (at, models_of) in members.shape_of.chunks(share).enumerate() {
        let machine = Machine::of_models(plan, &flat, &models, models_of, &options);
        parts.push(machine.map_err(|reason| Stop::Left(reason.to_string()))?);
        begin.push(u32::try_from(at * share).map_err(|_| left("too many subjects"))?);
    }
    let Some(letters) = parts.first().map(|machine| machine.letters().clone()) else {
        return Err(left("an empty register"));
    };
    let reader = Reader {
        schema: &schema,
        letters: &letters,
        subjects: &members.subjects,
        since: plan.counting_from,
    };
    let mut takers: Vec<_> = parts
        .iter_mut()
        .zip(&begin)
        .map(|(machine, begin)| {
            let mut own = Vec::new();
            move |rows: &[Row]| {
                if *begin == 0 {
                    rows.chunks(TOGETHER)
                        .for_each(|rows| machine.take_all(rows));
                    return;
                }
                own.clear();
                own.extend(rows.iter().map(|row| Row {
                    subject: row.subject - begin,
                    ..*row
                }));
                own.chunks(TOGETHER).for_each(|rows| machine.take_all(rows));
            }
        })
        .collect();
    let source = opened(ledger)?;
    let read = match takers.as_mut_slice() {
        [only] => reader.read(source, only),
        several => reader.read_in_parts(source, &begin, several),
    };
    drop(takers);
    read.map_err(|stop| Stop::at(ledger, stop))?;
    let (said, irregular) = finished(parts, &begin);
    let flatly = Flatly {
        policy,
        schema,
        register_schema,
        members,
        register,
        ledger,
        asked,
    };
    let apart = flatly.apart(&irregular)?;
    let count: usize = said.iter().map(Vec::len).sum();
    csv.reserve(count * WIDTH);
    let subjects = &flatly.members.subjects;
    tell(&telling, &said, subjects, plan.counting_from, &apart, csv);
    Ok(Told {
        apart: irregular.len(),
        undetermined: apart
            .iter()
            .any(|one| matches!(one.outcome.state, State::Unknown { .. })),
    })
}

/// True for a run in which each entry is known on its day and decisions are those on record.
fn plainly(asked: &RunOptions) -> bool {
    let known = asked.known_on.is_none() && !asked.hindsight && !asked.assume_approved;
    known && asked.evaluator == Evaluator::Incremental
}

/// What machines said of regular subjects, and the others; each machine's subjects begin at one of
/// these.
fn finished(machines: Vec<Machine>, begin: &[u32]) -> (Vec<Vec<Said>>, BTreeSet<u32>) {
    let mut irregular = BTreeSet::new();
    let mut all = Vec::new();
    for (mut machine, begin) in machines.into_iter().zip(begin) {
        machine.finish();
        let mut said = machine.said();
        let own: BTreeSet<u32> = machine.irregular().iter().copied().collect();
        if !own.is_empty() {
            said.retain(|said| !own.contains(&said.subject));
        }
        for said in &mut said {
            said.subject += begin;
        }
        irregular.extend(own.into_iter().map(|subject| subject + begin));
        all.push(said);
    }
    (all, irregular)
}

/// The names of what a machine of this policy says.
fn telling(policy: &Policy) -> Option<Telling> {
    let plan = policy.plan();
    let ladders: Vec<&[String]> = plan
        .ladders
        .iter()
        .map(|ladder| ladder.status_names.as_slice())
        .collect();
    let events: Vec<&str> = plan.events.iter().map(|event| &*event.name).collect();
    let outcomes: Vec<&str> = plan.outcomes.iter().map(|one| &*one.name).collect();
    Telling::new(&ladders, &events, &outcomes)
}

/// One member for each shape; none if an attribute's value cannot be told.
fn models(policy: &Policy, members: &Members) -> Option<Register> {
    let kinds = &policy.hir().kinds;
    let model = |(at, shape): (usize, &pol_rows::Shape)| {
        let declared = &kinds.get(shape.kind.at())?.attributes;
        let attributes = shape.values.iter().zip(declared).map(|(value, field)| {
            let value = match value {
                Some(value) => Some(value_of(field, *value)?),
                None => None,
            };
            Some(vec![Dated { from: None, value }])
        });
        Some(Member {
            id: at.to_string().into(),
            kind: shape.kind,
            name: None,
            within: None,
            memberships: Vec::new(),
            attributes: attributes.collect::<Option<_>>()?,
            standings: Vec::new(),
        })
    };
    Some(Register {
        members: members
            .shapes
            .iter()
            .enumerate()
            .map(model)
            .collect::<Option<_>>()?,
        phases: std::collections::BTreeMap::new(),
    })
}

/// What is told of a subject that was run as ever, and where.
struct Apart {
    place: (Date, Step, String),
    outcome: Outcome,
}

impl Flatly<'_> {
    /// What is told of some subjects, which are read and run as ever: of a flat policy nothing that is
    /// said of one depends on another.
    fn apart(&self, subjects: &BTreeSet<u32>) -> Result<Vec<Apart>, Stop> {
        if subjects.is_empty() {
            return Ok(Vec::new());
        }
        let all = &self.members.subjects;
        let register = opened(self.register)?;
        let register = register_about(register, &self.register_schema, all, subjects)
            .map_err(|stop| Stop::at(self.register, stop))?;
        let ledger = opened(self.ledger)?;
        let ledger = ledger_about(ledger, &self.schema, all, subjects)
            .map_err(|stop| Stop::at(self.ledger, stop))?;
        let left = |why: String| Stop::Left(why);
        let policy = self.policy;
        let register = policy.read_register(Input::new(self.register.name, &register));
        let register = register
            .map_err(|errors| left(errors.to_string()))?
            .register;
        let input = Input::new(self.ledger.name, &ledger);
        let loaded = policy.read_ledger(&register, input, Mode::Strict);
        let loaded = loaded.map_err(|errors| left(errors.to_string()))?;
        let run = policy.run(&loaded.register, &loaded.entries, self.asked);
        let run = run.map_err(|_| left("the run cannot be made".to_owned()))?;
        let records = run.records().iter().zip(run.outcomes());
        let told = records.map(|(record, outcome)| Apart {
            place: (
                record.known,
                record.step,
                outcome.subject.clone().unwrap_or_default(),
            ),
            outcome,
        });
        Ok(told.collect())
    }
}

/// Adds all lines in order: those of machines, and in their places those of subjects that were run
/// as ever, of whom no machine says anything.
fn tell(
    telling: &Telling,
    said: &[Vec<Said>],
    subjects: &Subjects,
    since: Date,
    apart: &[Apart],
    csv: &mut Vec<u8>,
) {
    let mut apart = apart.iter().peekable();
    let (mut today, mut until) = (Written::new(since), Written::new(since));
    telling.tell(said, subjects, &mut |line: Line<'_>| {
        while let Some(other) = apart.next_if(|other| {
            let (known, step, subject) = &other.place;
            let day = known.signed_duration_since(since).num_days();
            (day, *step, subject.as_bytes()) < (line.day.into(), line.step, line.subject)
        }) {
            add(&other.outcome, csv);
        }
        let today = today.day(line.day);
        write(
            csv,
            &Words {
                date: today,
                known: today,
                subject: line.subject,
                what: line.what,
                name: line.name,
                state: line.state,
                until: line.until.map_or("", |day| until.day(day)),
            },
        );
    });
    for other in apart {
        add(&other.outcome, csv);
    }
}

fn add(outcome: &Outcome, csv: &mut Vec<u8>) {
    let [date, known, subject, what, name, state, until] = super::cells(outcome);
    write(
        csv,
        &Words {
            date: &date,
            known: &known,
            subject: subject.as_bytes(),
            what: &what,
            name: &name,
            state: &state,
            until: &until,
        },
    );
}
