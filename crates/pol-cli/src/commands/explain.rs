//! `pol explain`: why something happened to a subject, or why not yet.

use super::data;
use crate::args::Explain;
use crate::report::{Reporter, Sink};
use crate::status::{Status, Trouble};
use crate::{files, output};
use pol::{Entry, Policy, Register, RunOptions};

/// Runs the policy through the day and explains it for the subject.
pub fn run(args: &Explain, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let mut options = data::options(&args.how)?;
    if let Some(part) = &args.test {
        let test = test(&policy, part)?;
        options.as_of = args.on.or(options.as_of).or(Some(test.as_of));
        return explain(
            args,
            reporter,
            &policy,
            (&test.register, &test.entries),
            &options,
        );
    }
    let Some(read) = data::read(&policy, &args.policy, &args.data, reporter, Sink::Remark)? else {
        return Ok(Status::Findings);
    };
    read.write(None, reporter.lang(policy.lang()), reporter)?;
    options.as_of = args.on.or(options.as_of);
    explain(
        args,
        reporter,
        &policy,
        (&read.register, &read.entries),
        &options,
    )
}

fn explain(
    args: &Explain,
    reporter: &Reporter,
    policy: &Policy,
    (register, entries): (&Register, &[Entry]),
    options: &RunOptions,
) -> Result<Status, Trouble> {
    let run = match policy.run(register, entries, options) {
        Ok(run) => run,
        Err(errors) => return reporter.run_errors(&errors, policy),
    };
    let explained = match run.explain(&args.subject) {
        Ok(Some(explained)) => explained,
        Ok(None) => return Err(data::nobody(&args.subject)),
        Err(errors) => return reporter.run_errors(&errors, policy),
    };
    let documents = files::documents(policy, &args.policy);
    let lang = reporter.lang(policy.lang());
    output::result(explained.text(lang, &documents).as_bytes())?;
    Ok(Status::Clean)
}

/// The one test whose name contains a text.
fn test<'a>(policy: &'a Policy, part: &str) -> Result<&'a pol::hir::Test, Trouble> {
    let tests = policy.hir().tests.iter();
    let fitting: Vec<_> = tests.filter(|test| test.label.contains(part)).collect();
    match fitting[..] {
        [one] => Ok(one),
        [] => Err(Trouble::new(
            format!("no test of the policy has `{part}` in its name"),
            format!("政策中没有名称含有 `{part}` 的用例"),
        )),
        [..] => Err(Trouble::new(
            format!("{} tests have `{part}` in their names", fitting.len()),
            format!("有{}个用例的名称含有 `{part}`", fitting.len()),
        )
        .help("write more of the name", "请多写几个字")),
    }
}
