//! From two files to outcomes as lines, without holding the files.
//!
//! Flat policies on plain files run on a few words a subject, in memory that does not grow with the
//! ledger; whatever is not plain is read and run as ever. The lines are the same either way.

mod flat;

use crate::{Date, Outcome, Policy, RunError, RunOptions, State};
use flat::Stop;
use pol_ledger::{DataErrors, Input, Mark, Note, OutCell, OutTable, write_csv};
use std::fmt;
use std::io::{self, Read};
use std::num::NonZero;

/// A file that can be read from its beginning more than once.
#[derive(Clone, Copy)]
pub struct File<'a> {
    /// What messages call it.
    pub name: &'a str,
    /// Opens it.
    pub open: &'a (dyn Fn() -> io::Result<Box<dyn Read + Send>> + 'a),
}

/// The outcomes of a run as lines of CSV, without what they rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// `date,known,subject,what,name,state,until`, in the order of [`crate::Run::outcomes`].
    pub csv: Vec<u8>,
    /// What is worth knowing about the files, where they were read as a whole.
    pub notes: Vec<Note>,
    /// How they came about.
    pub how: How,
}

/// How lines came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum How {
    /// On a few words a subject; so many subjects were run as ever.
    Flat {
        /// Subjects with what a few words do not hold.
        apart: usize,
    },
    /// As ever: why not otherwise.
    Whole(String),
}

/// Why there are no lines.
#[derive(Debug)]
pub enum LinesError {
    /// A file cannot be read.
    Io(io::Error),
    /// All that is wrong with the files.
    Data(DataErrors),
    /// The run cannot be made.
    Run(Vec<RunError>),
}

impl fmt::Display for LinesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Data(errors) => errors.fmt(f),
            Self::Run(errors) => errors
                .iter()
                .try_for_each(|error| writeln!(f, "{}", error.message.en)),
        }
    }
}

impl std::error::Error for LinesError {}

impl From<io::Error> for LinesError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<DataErrors> for LinesError {
    fn from(errors: DataErrors) -> Self {
        Self::Data(errors)
    }
}

impl From<Vec<RunError>> for LinesError {
    fn from(errors: Vec<RunError>) -> Self {
        Self::Run(errors)
    }
}

impl Policy {
    /// The outcomes of a run through a day, as lines, made on at most so many threads: the
    /// same for any number.
    ///
    /// ```
    /// # let text = "policy p\n  effective 2024-01-01\nsubject market\nevent finding of market\n\
    /// #     ladder order for market\n  clear < warned\nrule warning\n  for market\n  on finding\n  then warned\n";
    /// # let policy = pol::Policy::compile("p.pol", text).unwrap();
    /// use std::io::Read;
    /// let register = || Ok(Box::new(&b"id\nM01\n"[..]) as Box<dyn Read + Send>);
    /// let ledger = || Ok(Box::new(&b"date,kind,of\n2024-03-04,finding,M01\n"[..]) as Box<dyn Read + Send>);
    /// let lines = policy.outcome_lines(
    ///     pol::File { name: "register.csv", open: &register },
    ///     pol::File { name: "ledger.csv", open: &ledger },
    ///     pol::Date::from_ymd_opt(2024, 12, 31).unwrap(),
    ///     std::num::NonZero::<usize>::MIN,
    /// )?;
    /// let expected = "date,known,subject,what,name,state,until\n\
    ///                 2024-03-04,2024-03-04,M01,status,warned,issued,\n";
    /// assert_eq!(lines.csv, expected.as_bytes());
    /// assert_eq!(lines.how, pol::How::Flat { apart: 0 });
    /// # Ok::<(), pol::LinesError>(())
    /// ```
    ///
    /// # Errors
    /// All that is wrong with the files, or what keeps the run from being made.
    pub fn outcome_lines(
        &self,
        register: File<'_>,
        ledger: File<'_>,
        through: Date,
        threads: NonZero<usize>,
    ) -> Result<Lines, LinesError> {
        let mut csv = header();
        let told = flat::run(self, register, ledger, through, threads, &mut |line| {
            flat::write(&mut csv, &line);
        });
        match told {
            Ok(apart) => Ok(Lines {
                csv,
                notes: Vec::new(),
                how: How::Flat { apart },
            }),
            Err(Stop::Io(error)) => Err(error.into()),
            Err(Stop::Left(why)) => self.lines_of_whole(register, ledger, through, why),
        }
    }

    /// The same as ever: both files in memory.
    fn lines_of_whole(
        &self,
        register: File<'_>,
        ledger: File<'_>,
        through: Date,
        why: String,
    ) -> Result<Lines, LinesError> {
        let bytes = whole(register)?;
        let loaded = self.read_register(Input::new(register.name, &bytes))?;
        let mut notes = loaded.notes;
        let bytes = whole(ledger)?;
        let input = Input::new(ledger.name, &bytes);
        let loaded = self.read_ledger(&loaded.register, input, crate::Mode::Strict)?;
        notes.extend(loaded.notes);
        let options = RunOptions::through(through);
        let run = self.run(&loaded.register, &loaded.entries, &options)?;
        let rows = run
            .outcomes()
            .iter()
            .map(|outcome| cells(outcome).map(OutCell::Text).to_vec())
            .collect();
        let table = OutTable {
            name: String::new(),
            headers: HEADER.map(ToOwned::to_owned).to_vec(),
            rows,
        };
        Ok(Lines {
            csv: write_csv(&table, Mark::Omitted),
            notes,
            how: How::Whole(why),
        })
    }
}

const HEADER: [&str; 7] = ["date", "known", "subject", "what", "name", "state", "until"];

fn header() -> Vec<u8> {
    let mut line = HEADER.join(",").into_bytes();
    line.push(b'\n');
    line
}

/// The cells of an outcome's line.
fn cells(outcome: &Outcome) -> [String; 7] {
    let until = match &outcome.state {
        State::Began { until } => until.map(|day| day.to_string()),
        State::Ended { until } | State::Over { until } => Some(until.to_string()),
        _ => None,
    };
    [
        outcome.date.to_string(),
        outcome.known.to_string(),
        outcome.subject.clone().unwrap_or_default(),
        outcome.what.as_str().to_owned(),
        outcome.name.clone(),
        outcome.state.as_str().to_owned(),
        until.unwrap_or_default(),
    ]
}

fn whole(file: File<'_>) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // One byte more than is ever read, so that a larger file is told to be too large.
    let limit = u64::try_from(pol_ledger::MAX_BYTES).unwrap_or(u64::MAX);
    (file.open)()?
        .take(limit.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
