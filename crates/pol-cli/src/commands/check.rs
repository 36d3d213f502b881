//! `pol check`: all that is wrong with policies, at once.

use crate::args::Check;
use crate::files;
use crate::report::{Reporter, Sink};
use crate::status::{Status, Trouble};
use pol::Diagnostic;

/// Checks every file; one that cannot be read does not keep the others from being checked.
pub fn run(args: &Check, reporter: &Reporter) -> Result<Status, Trouble> {
    let mut status = Status::Clean;
    let mut unreadable = None;
    for path in &args.files {
        match files::check(path) {
            Ok(mut checked) => {
                if let Some(policy) = &checked.policy {
                    let found = policy.misquoted(&files::documents(policy, path));
                    checked.diagnostics.extend(found);
                    checked.diagnostics.sort_by_key(Diagnostic::span);
                }
                reporter.checked(&checked, Sink::Result)?;
                let lang = reporter.lang(checked.lang);
                reporter.tally(&checked.diagnostics, checked.file.name(), lang);
                let errors = checked.diagnostics.iter().any(Diagnostic::is_error);
                status = status.and(Status::findings(errors || checked.policy.is_none()));
            }
            Err(trouble) => {
                if let Some(earlier) = unreadable.replace(trouble) {
                    reporter.trouble(&earlier);
                }
            }
        }
    }
    unreadable.map_or(Ok(status), Err)
}
