//! `pol run --format lines`: from files to lines, row by row where that is possible.

use super::data;
use crate::args::{Encoding, Run};
use crate::report::{Reporter, Sink};
use crate::status::{Status, Trouble};
use crate::{files, output};
use pol::{LinesError, Policy};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// True if nothing is asked for that needs the entries themselves, and the files can be read more than
/// once.
pub fn may_be_made(args: &Run) -> bool {
    let data = &args.data;
    let again = [&data.register, &data.ledger];
    let again = again
        .into_iter()
        .flatten()
        .all(|path| !files::is_stdin(path) && path.is_file());
    let utf8 = data.encoding == Encoding::Utf8
        && data
            .register_encoding
            .is_none_or(|encoding| encoding == Encoding::Utf8);
    let whole = args.subject.is_some() || data.rejects.is_some() || data.sheet.is_some();
    again && utf8 && !whole && args.how.as_of.is_some()
}

/// Runs the policy and writes its lines.
pub fn run(args: &Run, policy: &Policy, reporter: &Reporter) -> Result<Status, Trouble> {
    let lang = reporter.lang(policy.lang());
    let [register, ledger] = data::places(&args.policy, &args.data, lang, reporter)?;
    if let Some(path) = &args.output {
        data::apart(path, [&*args.policy, &register, &ledger].into_iter())?;
        output::writable(path)?;
    }
    let options = data::options(&args.how)?;
    let names = [files::name(&register), files::name(&ledger)];
    let opened = |path: &Path| Ok(Box::new(File::open(path)?) as Box<dyn Read + Send>);
    let [register, ledger] = [&*register, &*ledger].map(|path| move || opened(path));
    let lines = policy.outcome_lines(
        pol::File {
            name: &names[0],
            open: &register,
        },
        pol::File {
            name: &names[1],
            open: &ledger,
        },
        &options,
    );
    let lines = match lines {
        Ok(lines) => lines,
        Err(LinesError::Data(errors)) => {
            reporter.data_errors(&errors, lang, Sink::Remark)?;
            return Ok(Status::Findings);
        }
        Err(LinesError::Run(errors)) => return reporter.run_errors(&errors, policy),
        Err(LinesError::Io(name, error)) => return Err(files::unread(&name, &error)),
    };
    data::notes(&lines.notes, lang, reporter);
    if let Some(day) = options.as_of {
        data::too_early(policy, day, lang, reporter);
    }
    data::assumed(&options, lang, reporter);
    match &args.output {
        Some(path) => output::file(path, &lines.csv)?,
        None => output::result(&lines.csv)?,
    }
    let open = lines.broken || (args.strict && lines.undetermined);
    Ok(Status::findings(open))
}
