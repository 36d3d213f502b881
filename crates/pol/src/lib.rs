//! The facade that embedders use: compile a policy, load a register and a ledger, run, explain.
//!
//! Promises: no file, clock or environment is read here; the same policy, register, set of entries
//! and options give the same answer, byte for byte. Everything that can go wrong with a policy or
//! its data is told at once, with a stable code, in Chinese and English. Refuses: to print, and to
//! guess what a text leaves open.
//!
//! ```
//! let text = r#"
//! policy market "Order in markets"
//!   source rules "Rules for markets"
//!   effective 2024-01-01
//!
//! subject market "market"
//! event inspection of market { result: good | poor }
//!
//! ladder order for market
//!   clear < warned
//!
//! rule warning cites rules "2"
//!   for market
//!   on inspection where result is poor
//!   if inspection where (result is poor) in year since last time >= 2
//!   then warned
//!
//! rule lifting cites rules "3"
//!   for market
//!   when order >= warned held 1 month
//!   then clear
//! "#;
//! let policy = pol::Policy::compile("market.pol", text).expect("the policy compiles");
//!
//! let register = policy
//!     .register_from_csv("register.csv", b"id,kind,name\nM01,market,East Gate\n")
//!     .expect("the register can be read");
//! let ledger = "id,date,kind,of,result
//! e1,2024-03-04,inspection,M01,poor
//! e2,2024-04-08,inspection,M01,poor
//! ";
//! let loaded = policy
//!     .ledger_from_csv(&register, "ledger.csv", ledger.as_bytes())
//!     .expect("the ledger can be read");
//!
//! let until = pol::Date::from_ymd_opt(2024, 5, 31).expect("a day");
//! let run = policy
//!     .run(&loaded.register, &loaded.entries, &pol::RunOptions::through(until))
//!     .expect("the run is meaningful");
//! let said: Vec<String> = run
//!     .outcomes()
//!     .iter()
//!     .map(|it| format!("{} {} {}", it.date, it.subject.as_deref().unwrap_or("-"), it.name))
//!     .collect();
//! assert_eq!(said, ["2024-04-08 M01 warned", "2024-05-08 M01 clear"]);
//! assert_eq!(run.outcomes()[0].evidence, ["e1", "e2"]);
//!
//! let why = run.explain("East Gate").expect("the run is meaningful").expect("it is registered");
//! let words = why.text(pol::Lang::En, &pol::Documents::new());
//! assert!(words.contains("M01 East Gate, 2024-05-31"));
//! ```

mod calendar;
mod calendars;
mod clause;
mod coverage;
mod data;
mod evaluator;
mod examples;
mod explain;
mod fault;
#[cfg(feature = "graphical")]
pub mod graphical;
mod lines;
mod live;
mod names;
mod open;
mod outcome;
mod policy;
mod quote;
pub mod readings;
mod run;
mod spelling;
pub mod text;
mod unread;

pub use clause::clause_words;
pub use coverage::{Coverage, Covered, Fate, Unfounded};
pub use evaluator::Evaluator;
pub use examples::{Failure, TestResult};
pub use explain::{Documents, Explained};
pub use fault::RunError;
pub use lines::{File, How, Lines, LinesError};
pub use live::Live;
pub use open::{InForce, Open, OpenDuty, OpenProposal, Standing};
pub use outcome::{Cite, Kind, Missing, Outcome, Reason, State};
pub use pol_calendar::Date;
pub use pol_ledger::{
    DataError, DataErrors, Encoding, Format as DataFormat, Input, Loaded, LoadedRegister, Mark,
    Mode, Note, OutCell, OutTable, Place, Reject, WriteError, rejects_csv, write_csv, write_xlsx,
};
pub use pol_model::{Entry, Record, Register};
pub use pol_plan as plan;
pub use pol_semantics::hir;
pub use pol_syntax::diagnostic::{CODES, Rendered};
pub use pol_syntax::{
    Code, Diagnostic, FormatError, Label, Lang, LineColumn, Severity, SourceFile, Span, Text,
};
pub use policy::{Beside, Checked, FileFindings, Policy, source_file};
pub use quote::Misquoted;
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
