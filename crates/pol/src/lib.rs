//! The facade that embedders use: compile a policy, load a register and a ledger, run, explain.
//!
//! Promises: no file, clock or environment is read here; the same policy, register, set of entries
//! and options give the same answer, byte for byte. Everything that can go wrong with a policy or
//! its data is told at once, with a stable code, in Chinese and English. Refuses: to print, and to
//! guess what a text leaves open.

mod clause;
mod data;
mod examples;
mod explain;
#[cfg(feature = "graphical")]
pub mod graphical;
mod names;
mod open;
mod outcome;
mod policy;
mod run;
mod spelling;
pub mod text;
mod unread;

pub use clause::clause_words;
pub use examples::{Failure, TestResult};
pub use explain::{Documents, Explained};
pub use open::{InForce, Open, OpenDuty, OpenProposal, Standing};
pub use outcome::{Cite, Kind, Missing, Outcome, Reason, State};
pub use pol_calendar::Date;
pub use pol_ledger::{
    DataError, DataErrors, Encoding, Format as DataFormat, Input, Loaded, LoadedRegister, Mark,
    Mode, Note, OutCell, OutTable, Place, Reject, WriteError, rejects_csv, write_csv, write_xlsx,
};
pub use pol_reference::RunError;
pub use pol_runtime::{Entry, Record, Register};
pub use pol_semantics::hir;
pub use pol_syntax::diagnostic::{CODES, Rendered};
pub use pol_syntax::{
    Code, Diagnostic, FormatError, Label, Lang, LineColumn, Severity, SourceFile, Span, Text,
};
pub use policy::{Checked, Policy, source_file};
pub use run::{Run, RunOptions, run_finding};
pub use spelling::{format, language_of};

/// The schema of an [`Outcome`], as published in `docs/schema/outcome.schema.json`.
pub fn outcome_schema() -> serde_json::Value {
    schemars::schema_for!(Outcome).to_value()
}

/// A finding on one line, `name:line:column: CODE: message`, for logs and for hosts without a terminal.
pub fn plain(diagnostic: &Diagnostic, file: &SourceFile, lang: Lang) -> String {
    let place = file.line_column(diagnostic.span().start);
    let help = diagnostic
        .help
        .as_ref()
        .map_or_else(String::new, |help| match lang {
            Lang::En => format!(" (help: {})", help.get(lang)),
            Lang::Zh => format!("（办法：{}）", help.get(lang)),
        });
    format!(
        "{}:{}:{}: {}: {}{help}",
        file.name(),
        place.line,
        place.column,
        diagnostic.code,
        diagnostic.message.get(lang),
    )
}
