//! The command line. English help texts stand here, Chinese ones in [`zh`].

mod usage;
mod zh;

use crate::language::{self, Choice};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use pol::{Date, Lang};
use std::ffi::OsString;
use std::num::NonZero;
use std::path::PathBuf;
pub use usage::Shown;

/// Escalation policies: check, run, explain and test them
#[derive(Debug, Parser)]
#[command(
    name = "pol",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
pub struct Cli {
    /// Language of messages and tables: zh, en, or auto (that of the policy's keywords, else the locale)
    #[arg(
        long,
        global = true,
        display_order = 900,
        value_enum,
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub lang: Choice,
    /// How findings are written: human, or json (one object on each line)
    #[arg(
        long,
        global = true,
        display_order = 901,
        value_enum,
        default_value = "human",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub message_format: MessageFormat,
    /// Show help
    #[arg(short, long, global = true, display_order = 902, action = ArgAction::Help)]
    help: Option<bool>,
    /// Show the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check policies and report all that is wrong, at once
    Check(Check),
    /// Write policies in the standard form, in either spelling
    Fmt(Fmt),
    /// Run a policy on a register and a ledger and show what follows, day by day
    Run(Run),
    /// Say why something happened to a subject, or why not yet
    Explain(Explain),
    /// Say which clauses of its documents a policy accounts for
    Coverage(Coverage),
    /// Run each other answer to each reading and show which outcomes differ
    Readings(Readings),
    /// Run the tests that policies declare
    Test(Test),
    /// Show what a policy is compiled to, or write a Rust crate of it
    Build(Build),
    /// Make an empty ledger workbook, or check a ledger
    Ledger {
        /// What to do with the ledger.
        #[command(subcommand)]
        command: Ledger,
    },
    /// Show the page of an error code
    Rule(Rule),
    /// Write a small policy with register and ledger that runs
    Init(Init),
    /// Write the completion script of a shell
    Completions(Completions),
    /// Write the manual pages
    Man(Man),
}

/// `pol check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Policy files; - is standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
}

/// `pol fmt`.
#[derive(Debug, Args)]
pub struct Fmt {
    /// Policy files; - is standard input, written to standard output
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Spelling of the keywords: zh or en; each file keeps its own unless said
    #[arg(long, value_enum, hide_possible_values = true)]
    pub spelling: Option<Spelling>,
    /// Write nothing; name the files that are not in the standard form
    #[arg(long)]
    pub check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    pub diff: bool,
}

/// Where the data of a run comes from.
#[derive(Debug, Args)]
pub struct Data {
    /// Ledger: CSV, XLSX or JSON Lines. Default: ledger.* beside the policy
    #[arg(long, short, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// Register: CSV, XLSX or JSON Lines. Default: register.* beside the policy
    #[arg(long, short, value_name = "FILE")]
    pub register: Option<PathBuf>,
    /// Encoding of CSV and JSON Lines: utf-8 or gb18030
    #[arg(
        long,
        value_enum,
        default_value = "utf-8",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub encoding: Encoding,
    /// Encoding of the register, where it is another
    #[arg(long, value_enum, hide_possible_values = true)]
    pub register_encoding: Option<Encoding>,
    /// The one sheet to read of a ledger workbook
    #[arg(long)]
    pub sheet: Option<String>,
    /// Set rows that cannot be read aside in this file, with their reasons, and go on
    #[arg(long, value_name = "FILE")]
    pub rejects: Option<PathBuf>,
}

/// How a run is made.
#[derive(Debug, Args)]
pub struct How {
    /// Last day of the run. Default: the day on which the last entry was recorded
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Know only what was recorded by this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub known_on: Option<Date>,
    /// Run as if everything had been recorded on the day it happened
    #[arg(long)]
    pub hindsight: bool,
    /// Run as if each proposal were approved on its day: --assume approved
    #[arg(long, value_enum, hide_possible_values = true)]
    pub assume: Option<Assume>,
    /// Take this answer to a reading: READING=ANSWER; may be given several times
    #[arg(long, value_name = "READING=ANSWER", value_parser = reading)]
    pub reading: Vec<(String, String)>,
    /// Which evaluator runs the policy: incremental or reference
    #[arg(
        long,
        value_enum,
        default_value = "incremental",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub evaluator: Evaluator,
    /// Run on at most so many threads; the result is the same for any number. Default: one for each
    /// processor
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZero<usize>>,
}

/// `pol run`.
#[derive(Debug, Args)]
pub struct Run {
    /// Policy file
    pub policy: PathBuf,
    #[command(flatten)]
    pub data: Data,
    #[command(flatten)]
    pub how: How,
    /// Show only this subject, by id or name
    #[arg(long)]
    pub subject: Option<String>,
    /// Exit with 1 if something could not be decided
    #[arg(long)]
    pub strict: bool,
    /// Format of the result: human, json, jsonl, csv, lines, xlsx or md. Default: by the ending of -o, else human
    #[arg(long, value_enum, hide_possible_values = true)]
    pub format: Option<Format>,
    /// Write the result to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `pol explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// Policy file
    pub policy: PathBuf,
    /// Subject, by id or name
    pub subject: String,
    /// The day to explain. Default: the last day of the run
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<Date>,
    /// Explain the test of the policy whose name contains this text, in place of a ledger
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["ledger", "register"])]
    pub test: Option<String>,
    #[command(flatten)]
    pub data: Data,
    #[command(flatten)]
    pub how: How,
}

/// `pol coverage`.
#[derive(Debug, Args)]
pub struct Coverage {
    /// Policy file; the texts of its documents lie where it says
    pub policy: PathBuf,
    /// Read the numbered clauses of the documents
    #[arg(long, required = true)]
    pub clauses: bool,
    /// Format of the result: human, json or md
    #[arg(
        long,
        value_enum,
        default_value = "human",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Table,
}

/// `pol readings`.
#[derive(Debug, Args)]
pub struct Readings {
    /// Policy file
    pub policy: PathBuf,
    #[command(flatten)]
    pub data: Data,
    #[command(flatten)]
    pub how: How,
    /// Format of the result: human, json or md
    #[arg(
        long,
        value_enum,
        default_value = "human",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Table,
}

/// `pol test`.
#[derive(Debug, Args)]
pub struct Test {
    /// Policy files; - is standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Run only tests whose label contains this
    #[arg(long)]
    pub filter: Option<String>,
}

/// `pol build`.
#[derive(Debug, Args)]
pub struct Build {
    /// Policy file; - is standard input
    pub policy: PathBuf,
    /// What to write: plan, or bounds (of the steps for an entry and of what is kept of a subject)
    #[arg(
        long,
        value_enum,
        hide_possible_values = true,
        required_unless_present = "out",
        conflicts_with = "out"
    )]
    pub emit: Option<Emit>,
    /// Format of the result: human or json
    #[arg(
        long,
        value_enum,
        default_value = "human",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub format: Form,
    /// Write a Rust crate of the policy into this folder
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write nothing: name the files of the crate that are not as the policy gives them
    #[arg(long, requires = "out")]
    pub check: bool,
    /// Folder of pol-runtime, as the crate's manifest is to name it; otherwise its version
    #[arg(long, value_name = "DIR", requires = "out")]
    pub runtime_path: Option<String>,
}

/// `pol ledger`.
#[derive(Debug, Subcommand)]
pub enum Ledger {
    /// Write an empty workbook with headers, choices and a sheet that explains them
    Template(Template),
    /// Read a register and a ledger and report all that is wrong with them
    Check(LedgerCheck),
}

/// `pol ledger template`.
#[derive(Debug, Args)]
pub struct Template {
    /// Policy file
    pub policy: PathBuf,
    /// The workbook to write
    #[arg(long, short, value_name = "FILE.xlsx")]
    pub output: PathBuf,
}

/// `pol ledger check`.
#[derive(Debug, Args)]
pub struct LedgerCheck {
    /// Policy file
    pub policy: PathBuf,
    #[command(flatten)]
    pub data: Data,
}

/// `pol rule`.
#[derive(Debug, Args)]
pub struct Rule {
    /// Code, such as POL0103 or 0103; without one, all codes are listed
    pub code: Option<String>,
}

/// `pol init`.
#[derive(Debug, Args)]
pub struct Init {
    /// Folder to write into
    #[arg(default_value = ".", hide_default_value = true)]
    pub folder: PathBuf,
}

/// `pol completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Shell: bash, zsh, fish, elvish or powershell
    #[arg(value_enum, hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

/// `pol man`.
#[derive(Debug, Args)]
pub struct Man {
    /// Folder to write one page for each command into; without it, the first page goes to standard output
    pub folder: Option<PathBuf>,
}

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people.
    Human,
    /// One JSON object on each line.
    Json,
}

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for people.
    Human,
    /// One JSON object.
    Json,
    /// One JSON object for each outcome.
    Jsonl,
    /// One line for each outcome.
    Csv,
    /// The same in few columns, without what they rest on, made row by row where that is possible.
    Lines,
    /// A workbook for people.
    Xlsx,
    /// Tables in Markdown.
    Md,
}

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Table {
    /// For people.
    Human,
    /// As one JSON value.
    Json,
    /// In Markdown.
    Md,
}

/// How something that is no table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    Human,
    /// As one JSON value.
    Json,
}

/// What a policy is built into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Emit {
    /// What evaluators run.
    Plan,
    /// What bounds the steps for an entry and what is kept of a subject.
    Bounds,
}

/// The spelling of keywords.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Spelling {
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// The encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Encoding {
    /// UTF-8.
    #[value(name = "utf-8", alias = "utf8")]
    Utf8,
    /// GB18030, which GBK and GB2312 are part of.
    #[value(alias = "gbk", alias = "gb2312")]
    Gb18030,
}

/// What to assume of open proposals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Assume {
    /// Each is approved on its day.
    Approved,
}

/// Which evaluator runs the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Evaluator {
    /// Looks only at what can have changed.
    Incremental,
    /// The judge of all others.
    Reference,
}

impl From<Evaluator> for pol::Evaluator {
    fn from(evaluator: Evaluator) -> Self {
        match evaluator {
            Evaluator::Incremental => Self::Incremental,
            Evaluator::Reference => Self::Reference,
        }
    }
}

/// Reads the arguments, in the language that they or the place ask for.
pub fn parse(args: impl Iterator<Item = OsString>, locale: Lang) -> Result<Cli, Shown> {
    let args: Vec<OsString> = args.collect();
    let asked = language::asked_in(&args);
    read(&args, asked.unwrap_or(locale)).or_else(|shown| {
        // A complaint is in the language of the policy that it is about.
        let policys = asked.is_none().then(|| crate::files::language_of(&args));
        match policys.flatten() {
            Some(lang) if lang != locale => read(&args, lang),
            _ => Err(shown),
        }
    })
}

fn read(args: &[OsString], lang: Lang) -> Result<Cli, Shown> {
    command(lang)
        .try_get_matches_from(args)
        .and_then(|matches| Cli::from_arg_matches(&matches))
        .map_err(|error| Shown::new(error, lang))
}

/// The whole command with its help texts in one language.
pub fn command(lang: Lang) -> clap::Command {
    match lang {
        Lang::En => Cli::command(),
        Lang::Zh => zh::translate(Cli::command()),
    }
}

/// A date as people write it: `2023-10-12`, `2023/10/12`, `2023.10.12`, `2023年10月12日`.
fn date(text: &str) -> Result<Date, String> {
    let plain = text.trim().trim_end_matches('日');
    let parts: Vec<&str> = plain.split(['-', '/', '.', '年', '月']).collect();
    let [year, month, day] = parts[..] else {
        return Err("2023-10-12 / 2023年10月12日".to_owned());
    };
    year.parse()
        .ok()
        .zip(month.parse().ok())
        .zip(day.parse().ok())
        .and_then(|((year, month), day)| Date::from_ymd_opt(year, month, day))
        .ok_or_else(|| "no such day / 没有这一天：2023-10-12, 2023年10月12日".to_owned())
}

fn reading(text: &str) -> Result<(String, String), String> {
    let (reading, answer) = text
        .split_once(['=', '＝'])
        .ok_or_else(|| "READING=ANSWER".to_owned())?;
    Ok((reading.trim().to_owned(), answer.trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_well_formed_in_both_languages() {
        command(Lang::En).debug_assert();
        command(Lang::Zh).debug_assert();
    }

    #[test]
    fn dates_are_taken_as_people_write_them() {
        let day = Date::from_ymd_opt(2023, 10, 2);
        for text in [
            "2023-10-02",
            "2023-10-2",
            "2023/10/2",
            "2023.10.02",
            "2023年10月2日",
        ] {
            assert_eq!(date(text).ok(), day, "{text}");
        }
        for text in ["2023-02-30", "2023-10", "today", "", "10-02"] {
            assert!(date(text).is_err(), "{text}");
        }
    }
}
