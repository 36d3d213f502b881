//! `pol explain`: why something happened to a subject, or why not yet.

use super::data;
use crate::args::Explain;
use crate::output;
use crate::report::{Reporter, Sink};
use crate::status::{Status, Trouble};
use pol::{Documents, Policy};
use std::path::Path;

/// Runs the policy through the day and explains it for the subject.
pub fn run(args: &Explain, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let Some(read) = data::read(&policy, &args.policy, &args.data, reporter, Sink::Remark)? else {
        return Ok(Status::Findings);
    };
    let lang = reporter.lang(policy.lang());
    let mut options = data::options(&args.how);
    options.as_of = args.on.or(options.as_of);
    let run = match policy.run(&read.register, &read.entries, &options) {
        Ok(run) => run,
        Err(errors) => return reporter.run_errors(&errors, &policy),
    };
    let explained = match run.explain(&args.subject) {
        Ok(Some(explained)) => explained,
        Ok(None) => return Err(data::nobody(&args.subject)),
        Err(errors) => return reporter.run_errors(&errors, &policy),
    };
    let documents = documents(&policy, &args.policy);
    output::result(explained.text(lang, &documents).as_bytes())?;
    Ok(Status::Clean)
}

/// The texts of the documents that the policy names and that lie where it says. One that cannot be
/// read is not quoted; nothing else depends on it.
fn documents(policy: &Policy, path: &Path) -> Documents {
    let folder = path.parent().unwrap_or(Path::new(""));
    let sources = policy.hir().sources.iter();
    sources
        .filter_map(|source| {
            let text = std::fs::read_to_string(folder.join(source.text.as_ref()?)).ok()?;
            Some((source.named.name.clone(), text))
        })
        .collect()
}
