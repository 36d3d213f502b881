//! The command-line tool `pol`: the only part that prints, reads files and the clock, and sets
//! exit codes.
//!
//! Results go to standard output, findings and progress to standard error. Exit codes are a
//! contract: 0 clean, 1 findings (anything with a `POL` code, failed tests, differences,
//! `--strict`), 2 the tool could not do its job.

mod args;
mod commands;
mod files;
mod format;
mod language;
mod output;
mod report;
mod status;
mod table;

use report::Reporter;
use std::process::ExitCode;

fn main() -> ExitCode {
    let locale = language::of_the_place();
    let cli = match args::parse(std::env::args_os(), locale) {
        Ok(cli) => cli,
        Err(shown) => return shown.exit(),
    };
    let reporter = Reporter::new(&cli, locale);
    match commands::run(cli.command, &reporter) {
        Ok(status) => status.into(),
        Err(trouble) => {
            reporter.trouble(&trouble);
            ExitCode::from(2)
        }
    }
}
