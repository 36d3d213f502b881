//! From two files to outcomes as lines, without holding the files.
//!
//! Flat policies on plain files run on a few words a subject, in memory that does not grow with the
//! ledger; whatever is not plain is read and run as ever. The lines are the same either way.

mod flat;

use crate::{Outcome, Policy, Run, RunError, RunOptions, State};
use flat::Stop;
use pol_kernel::Flat;
use pol_ledger::{DataErrors, Input, Mark, Note, OutCell, OutTable, write_csv};
use pol_syntax::Text;
use std::fmt;
use std::io::{self, Read};

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
    /// True if something could not be decided.
    pub undetermined: bool,
    /// True if a property was broken that no ledger may break.
    pub broken: bool,
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
    /// The file of this name cannot be read.
    Io(String, io::Error),
    /// All that is wrong with the files.
    Data(DataErrors),
    /// The run cannot be made.
    Run(Vec<RunError>),
}

impl fmt::Display for LinesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(name, error) => write!(f, "{name}: {error}"),
            Self::Data(errors) => errors.fmt(f),
            Self::Run(errors) => errors
                .iter()
                .try_for_each(|error| writeln!(f, "{}", error.message.en)),
        }
    }
}

impl std::error::Error for LinesError {}

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
    /// What keeps the policy from being run on a few words a subject, in both languages; nothing if it
    /// is flat.
    pub fn not_flat(&self) -> Vec<Text> {
        let against = Flat::of(self.plan()).err().unwrap_or_default();
        let told = against
            .iter()
            .map(|reason| Text::new(reason.to_string(), reason.in_chinese()));
        told.collect()
    }

    /// The outcomes of a run as lines, from files.
    ///
    /// ```
    /// # let text = "policy p\n  effective 2024-01-01\nsubject market\nevent finding of market\n\
    /// #     ladder order for market\n  clear < warned\nrule warning\n  for market\n  on finding\n  then warned\n";
    /// # let policy = pol::Policy::compile("p.pol", text).unwrap();
    /// use std::io::Read;
    /// let register = || Ok(Box::new(&b"id\nM01\n"[..]) as Box<dyn Read + Send>);
    /// let ledger = || Ok(Box::new(&b"date,kind,of\n2024-03-04,finding,M01\n"[..]) as Box<dyn Read + Send>);
    /// let until = pol::Date::from_ymd_opt(2024, 12, 31).unwrap();
    /// let lines = policy.outcome_lines(
    ///     pol::File { name: "register.csv", open: &register },
    ///     pol::File { name: "ledger.csv", open: &ledger },
    ///     &pol::RunOptions::through(until),
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
        options: &RunOptions,
    ) -> Result<Lines, LinesError> {
        let mut csv = header();
        let told = flat::run(self, register, ledger, options, &mut csv);
        match told {
            Ok(told) => Ok(Lines {
                csv,
                notes: Vec::new(),
                undetermined: told.undetermined,
                broken: false,
                how: How::Flat { apart: told.apart },
            }),
            Err(Stop::Io(name, error)) => Err(LinesError::Io(name, error)),
            Err(Stop::Left(why)) => self.lines_of_whole(register, ledger, options, why),
        }
    }

    /// The same as ever: both files in memory.
    fn lines_of_whole(
        &self,
        register: File<'_>,
        ledger: File<'_>,
        options: &RunOptions,
        why: String,
    ) -> Result<Lines, LinesError> {
        let bytes = whole(register)?;
        let loaded = self.read_register(Input::new(register.name, &bytes))?;
        let mut notes = loaded.notes;
        let bytes = whole(ledger)?;
        let input = Input::new(ledger.name, &bytes);
        let loaded = self.read_ledger(&loaded.register, input, crate::Mode::Strict)?;
        notes.extend(loaded.notes);
        let run = self.run(&loaded.register, &loaded.entries, options)?;
        Ok(Lines {
            csv: run.outcome_lines(),
            notes,
            undetermined: run.undetermined(),
            broken: run.broken(),
            how: How::Whole(why),
        })
    }
}

impl Run<'_> {
    /// The outcomes as lines of CSV, `date,known,subject,what,name,state,until`, without what they
    /// rest on.
    pub fn outcome_lines(&self) -> Vec<u8> {
        let outcomes = self.outcomes();
        let rows = outcomes.iter().map(|outcome| {
            let cells = cells(outcome).map(OutCell::Text);
            cells.to_vec()
        });
        let table = OutTable {
            name: String::new(),
            headers: HEADER.map(ToOwned::to_owned).to_vec(),
            rows: rows.collect(),
        };
        write_csv(&table, Mark::Omitted)
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

fn whole(file: File<'_>) -> Result<Vec<u8>, LinesError> {
    let unread = |error| LinesError::Io(file.name.to_owned(), error);
    let mut bytes = Vec::new();
    // One byte more than is ever read, so that a larger file is told to be too large.
    let limit = u64::try_from(pol_ledger::MAX_BYTES).unwrap_or(u64::MAX);
    let opened = (file.open)().map_err(unread)?;
    let mut limited = opened.take(limit.saturating_add(1));
    limited.read_to_end(&mut bytes).map_err(unread)?;
    Ok(bytes)
}
