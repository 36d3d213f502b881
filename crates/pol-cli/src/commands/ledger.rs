//! `pol ledger`: an empty workbook to fill in, and all that is wrong with a filled one.

use super::data;
use crate::args::{LedgerCheck, Template};
use crate::output;
use crate::report::{Reporter, Sink, plural};
use crate::status::{Status, Trouble};
use pol::Lang;

/// Writes an empty workbook.
pub fn template(args: &Template, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let lang = reporter.lang(policy.lang());
    let bytes = policy.ledger_template(lang).map_err(|error| {
        Trouble::new(
            format!("cannot make the workbook: {error}"),
            format!("无法生成工作簿：{error}"),
        )
    })?;
    output::file(&args.output, &bytes)?;
    let name = args.output.display();
    reporter.note(&match lang {
        Lang::En => format!("written: {name}"),
        Lang::Zh => format!("已写入{name}"),
    });
    Ok(Status::Clean)
}

/// Reads register and ledger and says what is wrong.
pub fn check(args: &LedgerCheck, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let lang = reporter.lang(policy.lang());
    let Some(read) = data::read(&policy, &args.policy, &args.data, reporter, Sink::Result)? else {
        return Ok(Status::Findings);
    };
    read.write(None, lang, reporter)?;
    let (members, entries) = (read.register.members.len(), read.entries.len());
    reporter.note(&match lang {
        Lang::En => format!(
            "{}, {entries} entries: can be run",
            plural(members, "subject")
        ),
        Lang::Zh => format!("{members}个对象，{entries}条：可以运行"),
    });
    Ok(read.status)
}
