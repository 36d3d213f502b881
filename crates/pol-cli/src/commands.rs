//! One subcommand per file.

mod build;
mod check;
mod completions;
mod coverage;
mod data;
mod explain;
mod fmt;
mod init;
mod ledger;
mod lines;
mod man;
mod readings;
mod rule;
mod run;
mod test;

use crate::args::{Command, Ledger};
use crate::report::Reporter;
use crate::status::{Status, Trouble};

/// Does what was asked for.
pub fn run(command: Command, reporter: &Reporter) -> Result<Status, Trouble> {
    match command {
        Command::Check(args) => check::run(&args, reporter),
        Command::Fmt(args) => fmt::run(&args, reporter),
        Command::Run(args) => run::run(&args, reporter),
        Command::Explain(args) => explain::run(&args, reporter),
        Command::Coverage(args) => coverage::run(&args, reporter),
        Command::Readings(args) => readings::run(&args, reporter),
        Command::Test(args) => test::run(&args, reporter),
        Command::Build(args) => build::run(&args, reporter),
        Command::Ledger { command } => match command {
            Ledger::Template(args) => ledger::template(&args, reporter),
            Ledger::Check(args) => ledger::check(&args, reporter),
        },
        Command::Rule(args) => rule::run(&args, reporter),
        Command::Init(args) => init::run(&args, reporter),
        Command::Completions(args) => completions::run(&args, reporter),
        Command::Man(args) => man::run(&args, reporter),
    }
}
