//! `pol completions`: the completion script of a shell.

use crate::args::{self, Completions};
use crate::output;
use crate::report::Reporter;
use crate::status::{Status, Trouble};

/// Writes the script to standard output.
pub fn run(args: &Completions, reporter: &Reporter) -> Result<Status, Trouble> {
    let mut command = args::command(reporter.lang_of_the_place());
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "pol", &mut script);
    output::result(&script)?;
    Ok(Status::Clean)
}
