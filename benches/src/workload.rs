//! The workload through the evaluators: its files as register and entries, its outcomes as lines.

use fnv::FnvHasher;
use pol::{Date, Entry, Lines, Policy, Record, Register, RunOptions};
use pol_eval::Program;
use pol_model::{EntryBody, Fault, MemberIx, Options, Report, What};
use pol_plan::Plan;
use std::fmt::Write;
use std::fs::File;
use std::hash::Hasher;
use std::io::{self, BufRead, BufReader, Read};
use std::num::NonZero;
use std::path::Path;
use std::time::{Duration, Instant};

/// The rules with cards, and those without.
pub(crate) const CARDS: (&str, &str) = ("w1.en.pol", include_str!("../w1.en.pol"));
pub(crate) const QUARTERS: (&str, &str) = ("y0.en.pol", include_str!("../y0.en.pol"));

/// The workload's last day.
const LAST: Date = Date::from_ymd_opt(2025, 12, 31).expect("the day is in the calendar");

/// A policy, ready to run.
pub(crate) struct Rules {
    policy: Policy,
    /// The plan, made ready.
    pub program: Program<'static>,
}

/// Who there is and what happened.
pub(crate) struct Data {
    /// Who there is.
    pub register: Register,
    /// What happened.
    pub entries: Vec<Entry>,
}

impl Rules {
    /// Compiles one of the policies beside this program.
    pub(crate) fn of((name, text): (&str, &str)) -> io::Result<Self> {
        let policy =
            Policy::compile(name, text).map_err(|_| wrong("the policy does not compile"))?;
        let program = Program::owning(Plan::of(policy.hir()));
        Ok(Self { policy, program })
    }

    /// Reads `subjects.csv` and `ledger.csv` of a folder; the header `subject` is `id` in the one
    /// and `of` in the other.
    pub(crate) fn read(&self, folder: &Path) -> io::Result<Data> {
        let subjects = renamed(&std::fs::read(folder.join("subjects.csv"))?, "id");
        let ledger = renamed(&std::fs::read(folder.join("ledger.csv"))?, "of");
        let register = self
            .policy
            .register_from_csv("subjects.csv", &subjects)
            .map_err(|errors| wrong(errors.to_string()))?;
        let loaded = self
            .policy
            .ledger_from_csv(&register, "ledger.csv", &ledger)
            .map_err(|errors| wrong(errors.to_string()))?;
        Ok(Data {
            register: loaded.register,
            entries: loaded.entries,
        })
    }

    /// Runs the policy from the files of a folder, row by row.
    pub(crate) fn stream(&self, folder: &Path, threads: NonZero<usize>) -> io::Result<Lines> {
        let register = || opened(&folder.join("subjects.csv"), "id");
        let ledger = || opened(&folder.join("ledger.csv"), "of");
        let register = pol::File {
            name: "subjects.csv",
            open: &register,
        };
        let ledger = pol::File {
            name: "ledger.csv",
            open: &ledger,
        };
        let options = RunOptions {
            threads: Some(threads),
            ..RunOptions::through(LAST)
        };
        self.policy
            .outcome_lines(register, ledger, &options)
            .map_err(|error| wrong(error.to_string()))
    }

    /// Runs the policy through the last day of the workload.
    pub(crate) fn evaluate(&self, data: &Data, threads: NonZero<usize>) -> io::Result<Report> {
        let options = Options::through(LAST);
        let (register, entries) = (&data.register, &data.entries);
        let said = self.program.evaluate(register, entries, &options, threads);
        said.map_err(faulty)
    }

    /// Hands the entries over one by one, and lets each day be over when the next one begins: all
    /// that is said, and how long each entry took, the days that it ended included.
    pub(crate) fn evaluate_each(&self, data: &Data) -> io::Result<(Report, Vec<Duration>)> {
        let mut evaluator = self
            .program
            .evaluator(&data.register, Options::through(LAST));
        let mut report = Report::default();
        let mut taken = Vec::with_capacity(data.entries.len());
        for entry in data.entries.iter().cloned() {
            let begun = Instant::now();
            if let Some(before) = entry.recorded.pred_opt() {
                let said = evaluator.advance_to(before).map_err(faulty)?;
                report.records.extend(said);
            }
            evaluator.take(entry).map_err(|_| wrong("not by day"))?;
            taken.push(begun.elapsed());
        }
        let said = evaluator.advance_to(LAST).map_err(faulty)?;
        report.records.extend(said);
        Ok((report, taken))
    }

    /// The outcomes as the workload writes them: `date,subject,ACTION`, sorted.
    pub(crate) fn lines(&self, report: &Report, register: &Register) -> String {
        let mut said: Vec<(Date, &str, String)> = report
            .records
            .iter()
            .filter_map(|record| self.said(record, register))
            .collect();
        said.sort_unstable();
        let mut lines = String::with_capacity(said.len() * 26);
        for (date, subject, action) in said {
            writeln!(lines, "{date},{subject},{action}")
                .expect("a string takes all that is written");
        }
        lines
    }

    fn said<'r>(&self, record: &Record, register: &'r Register) -> Option<(Date, &'r str, String)> {
        let hir = self.policy.hir();
        let name = match record.what {
            What::Status(ladder, status) if status > 0 => {
                let statuses = hir.ladders[ladder.at()].statuses;
                &hir.enums[statuses.at()].values[usize::from(status)].name
            }
            What::Outcome(outcome) => &hir.outcomes[outcome.at()].named.name,
            _ => return None,
        };
        let subject = &register.member(record.subject?).id;
        Some((record.date, subject, name.to_uppercase()))
    }
}

impl Data {
    /// The same, cut into one register and ledger for each subject.
    pub(crate) fn apart(&self) -> Vec<Self> {
        let mut apart: Vec<Self> = self
            .register
            .members
            .iter()
            .map(|member| Self {
                register: Register {
                    members: vec![member.clone()],
                    phases: self.register.phases.clone(),
                },
                entries: Vec::new(),
            })
            .collect();
        for entry in &self.entries {
            let mut own = entry.clone();
            if let EntryBody::Event { of, .. } = &mut own.body
                && let [member] = of.as_mut_slice()
            {
                apart[member.at()].entries.push({
                    *member = MemberIx(0);
                    own
                });
            }
        }
        apart
    }
}

/// How many lines, and the sum of their FNV-1a hashes, by which any two programs can be compared.
pub(crate) fn checksum(lines: &str) -> String {
    let sum = lines.lines().fold(0_u64, |sum, line| {
        let mut hasher = FnvHasher::default();
        hasher.write(line.as_bytes());
        sum.wrapping_add(hasher.finish())
    });
    format!("{} rows {sum:016x}", lines.lines().count())
}

/// Lines of outcomes as the workload writes them.
pub(crate) fn as_workload(csv: &str) -> String {
    let mut lines: Vec<String> = csv
        .lines()
        .skip(1)
        .filter_map(|line| {
            let [date, _, subject, what, name, ..] = line.split(',').collect::<Vec<_>>()[..] else {
                return None;
            };
            let counts = what == "outcome" || name != "clear";
            counts.then(|| format!("{date},{subject},{}\n", name.to_uppercase()))
        })
        .collect();
    lines.sort_unstable();
    lines.concat()
}

/// A file with another word for `subject` in its first line, opened.
fn opened(path: &Path, word: &str) -> io::Result<Box<dyn Read + Send>> {
    let mut file = BufReader::new(File::open(path)?);
    let mut header = Vec::new();
    file.read_until(b'\n', &mut header)?;
    let rest = file.buffer().to_vec();
    let start = io::Cursor::new([renamed(&header, word), rest].concat());
    Ok(Box::new(start.chain(file.into_inner())))
}

/// A file with another word for `subject` in its first line.
fn renamed(bytes: &[u8], word: &str) -> Vec<u8> {
    let end = bytes
        .iter()
        .position(|byte| *byte == b'\n')
        .unwrap_or(bytes.len());
    let header = String::from_utf8_lossy(&bytes[..end]).replace("subject", word);
    let mut file = header.into_bytes();
    file.extend_from_slice(&bytes[end..]);
    file
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
fn faulty(faults: Vec<Fault>) -> io::Error {
    wrong(format!("{faults:?}"))
}

/// Anything that keeps a measurement from being made.
pub(crate) fn wrong(why: impl Into<String>) -> io::Error {
    io::Error::other(why.into())
}
