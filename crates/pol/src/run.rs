//! One run: its outcomes, and what is open on its last day.

use crate::names::Names;
use crate::open::Open;
use crate::{Date, Outcome, Policy};
use crate::{Evaluator, RunError};
use pol_model::{Entry, Member, MemberIx, Options, ReadingIx, Record, Register, Report, State};
use pol_syntax::{Code, Diagnostic, Label, Severity, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::num::NonZero;

/// How a run is to be made. Everything is said by name; nothing is read from a clock.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RunOptions {
    /// The last day of the run; none: the day on which the last known entry was recorded.
    pub as_of: Option<Date>,
    /// Only what was recorded by this day is known.
    pub known_on: Option<Date>,
    /// As if everything had been recorded on the day it happened.
    pub hindsight: bool,
    /// As if each proposal were approved on its day.
    pub assume_approved: bool,
    /// Which evaluator makes the run.
    pub evaluator: Evaluator,
    /// On how many threads at most it is made; none: one. What is said is the same for any number, so
    /// that it is no part of what a result says of its run.
    #[serde(skip)]
    pub threads: Option<NonZero<usize>>,
    /// Answers to readings, by name; the default elsewhere.
    pub readings: BTreeMap<String, String>,
}

impl RunOptions {
    /// A plain run through a day.
    pub fn through(as_of: Date) -> Self {
        Self {
            as_of: Some(as_of),
            ..Self::default()
        }
    }
}

/// A finished run of a policy on a register and a ledger.
#[derive(Debug, Clone)]
pub struct Run<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) register: &'a Register,
    pub(crate) entries: &'a [Entry],
    pub(crate) options: Options,
    asked: RunOptions,
    pub(crate) report: Report,
}

impl<'a> Run<'a> {
    pub(crate) fn new(
        policy: &'a Policy,
        register: &'a Register,
        entries: &'a [Entry],
        asked: &RunOptions,
    ) -> Result<Self, Vec<RunError>> {
        let options = resolve(policy, entries, asked)?;
        let threads = asked.threads.unwrap_or(NonZero::<usize>::MIN);
        let names = Names {
            policy: policy.hir(),
            register,
            entries,
        };
        let report = asked
            .evaluator
            .evaluate(policy, register, entries, &options, threads)
            .map_err(|faults| names.errors(&faults))?;
        Ok(Self {
            policy,
            register,
            entries,
            asked: RunOptions {
                as_of: Some(options.as_of),
                ..asked.clone()
            },
            options,
            report,
        })
    }

    /// The last day of the run.
    pub fn as_of(&self) -> Date {
        self.options.as_of
    }

    /// The policy that was run.
    pub fn policy(&self) -> &'a Policy {
        self.policy
    }

    /// Everything that was said, in order.
    pub fn outcomes(&self) -> Vec<Outcome> {
        let names = self.names();
        self.report
            .records
            .iter()
            .map(|record| names.outcome(record))
            .collect()
    }

    /// The same as the evaluator made it, in indices into the typed policy and the register.
    pub fn records(&self) -> &[Record] {
        &self.report.records
    }

    /// What is open on the last day.
    pub fn open(&self) -> Open {
        Open::of(&self.report, self.names())
    }

    /// What is said about one subject alone, by its id or name; none if the register has no such
    /// subject. A name that several members bear stands for none of them.
    pub fn about(&self, subject: &str) -> Option<Self> {
        let member = self.member(subject)?;
        let mut run = self.clone();
        let report = &mut run.report;
        report
            .records
            .retain(|record| record.subject == Some(member));
        report.standings.retain(|line| line.subject == member);
        report.in_force.retain(|line| line.subject == member);
        report.duties.retain(|line| line.subject == Some(member));
        report.proposals.retain(|line| line.subject == member);
        Some(run)
    }

    /// The member of an id or name; a name that several members bear stands for none of them.
    pub(crate) fn member(&self, subject: &str) -> Option<MemberIx> {
        let named = |member: &&Member| member.name.as_deref() == Some(subject);
        self.register.find(subject).or_else(|| {
            let mut bearers = self.register.members.iter().filter(named);
            let only = bearers.next().filter(|_| bearers.next().is_none())?;
            self.register.find(&only.id)
        })
    }

    /// True if something could not be decided.
    pub fn undetermined(&self) -> bool {
        let unknown = |record: &Record| matches!(record.state, State::Unknown(_));
        self.report.records.iter().any(unknown)
    }

    /// True if a property was broken that no ledger may break.
    pub fn broken(&self) -> bool {
        let broken = |record: &Record| matches!(record.state, State::Broken);
        self.report.records.iter().any(broken)
    }

    /// The options that the run was made with, `as_of` filled in.
    pub fn options(&self) -> &RunOptions {
        &self.asked
    }

    pub(crate) fn names(&self) -> Names<'_> {
        Names {
            policy: self.policy.hir(),
            register: self.register,
            entries: self.entries,
        }
    }
}

pub(crate) fn resolve(
    policy: &Policy,
    entries: &[Entry],
    asked: &RunOptions,
) -> Result<Options, Vec<RunError>> {
    let mut readings = BTreeMap::new();
    let mut errors = Vec::new();
    for (name, answer) in &asked.readings {
        match reading(policy, name, answer) {
            Ok((reading, place)) => {
                if let Some((first, _)) = readings.insert(reading, (name, place)) {
                    errors.push(asked_twice(first, name));
                }
            }
            Err(error) => errors.push(*error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Options {
        as_of: asked
            .as_of
            .unwrap_or_else(|| last_day(policy, entries, asked)),
        known_on: asked.known_on,
        hindsight: asked.hindsight,
        assume_approved: asked.assume_approved,
        readings: readings
            .into_iter()
            .map(|(reading, (_, place))| (reading, place))
            .collect(),
    })
}

/// A reading by its name and by its display name.
fn asked_twice(first: &str, second: &str) -> RunError {
    RunError {
        code: Code::UNKNOWN_READING,
        message: Text::new(
            format!("`{first}` and `{second}` are one reading, asked for twice"),
            format!("`{first}` 和 `{second}` 是同一读法，写了两次"),
        ),
        help: Some(Text::new("leave one of them out", "请去掉其中一个")),
        origins: Vec::new(),
        span: None,
    }
}

/// The day on which the last known entry was taken; without entries the policy's first day.
fn last_day(policy: &Policy, entries: &[Entry], asked: &RunOptions) -> Date {
    let known = entries
        .iter()
        .filter(|entry| asked.known_on.is_none_or(|day| entry.recorded <= day));
    let taken = known.map(|entry| {
        if asked.hindsight {
            entry.date
        } else {
            entry.recorded
        }
    });
    taken.max().unwrap_or(policy.hir().effective)
}

fn reading(policy: &Policy, name: &str, answer: &str) -> Result<(ReadingIx, u16), Box<RunError>> {
    let hir = policy.hir();
    let called = |named: &pol_semantics::hir::Named, word: &str| {
        named.name == word || named.label.as_deref() == Some(word)
    };
    let Some(at) = hir
        .readings
        .iter()
        .position(|reading| called(&reading.named, name))
    else {
        let known: Vec<&str> = hir
            .readings
            .iter()
            .map(|reading| &*reading.named.name)
            .collect();
        return Err(unknown_reading(
            Text::new(
                format!("the policy has no reading `{name}`"),
                format!("政策中没有读法 `{name}`"),
            ),
            &known,
        ));
    };
    let answers = &hir.enums[hir.readings[at].answers.at()].values;
    let Some(place) = answers.iter().position(|value| called(value, answer)) else {
        let known: Vec<&str> = answers.iter().map(|value| &*value.name).collect();
        return Err(unknown_reading(
            Text::new(
                format!("the reading `{name}` has no answer `{answer}`"),
                format!("读法 `{name}` 没有 `{answer}` 这个答案"),
            ),
            &known,
        ));
    };
    let reading = ReadingIx(u16::try_from(at).unwrap_or(u16::MAX));
    Ok((reading, u16::try_from(place).unwrap_or(u16::MAX)))
}

fn unknown_reading(message: Text, known: &[&str]) -> Box<RunError> {
    let known = known
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>();
    Box::new(RunError {
        code: Code::UNKNOWN_READING,
        message,
        help: Some(Text::new(
            format!("write one of {}", known.join(", ")),
            format!("可写：{}", known.join("、")),
        )),
        origins: Vec::new(),
        span: None,
    })
}

/// What keeps a run from being made, as a finding about the policy's text; entries that it concerns
/// are named in the sentence by file and line.
pub fn run_finding(error: &RunError) -> Diagnostic {
    let places: Vec<String> = error
        .origins
        .iter()
        .filter(|origin| origin.line > 0)
        .map(|origin| match &origin.sheet {
            Some(sheet) => format!("{}[{sheet}]:{}", origin.file, origin.line),
            None => format!("{}:{}", origin.file, origin.line),
        })
        .collect();
    let mut message = error.message.clone();
    if !places.is_empty() {
        message.en = format!("{} ({})", message.en, places.join(", "));
        message.zh = format!("{}（{}）", message.zh, places.join("、"));
    }
    let here = Text::new("here", "在此处");
    let labels = error.span.map(|span| Label { span, text: here });
    Diagnostic {
        code: error.code,
        severity: Severity::Error,
        message,
        labels: labels.into_iter().collect(),
        help: error.help.clone(),
    }
}
