//! `pol run`: what follows from a ledger, day by day, and what is open on the last day.

use super::{data, lines};
use crate::args::{Format, Run};
use crate::report::{Reporter, Sink};
use crate::status::{Status, Trouble};
use crate::{format, output};
use indicatif::ProgressBar;
use pol::{Lang, Mark};
use std::time::Duration;

/// Runs the policy and writes the result.
pub fn run(args: &Run, reporter: &Reporter) -> Result<Status, Trouble> {
    let format = chosen(args)?;
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let lang = reporter.lang(policy.lang());
    if format == Format::Lines && lines::may_be_made(args) {
        return lines::run(args, &policy, reporter);
    }
    let Some(read) = data::read(&policy, &args.policy, &args.data, reporter, Sink::Remark)? else {
        return Ok(Status::Findings);
    };
    if let Some(path) = &args.output {
        read.may_write(path)?;
    }
    let progress = progress(read.entries.len(), lang);
    let run = policy.run(&read.register, &read.entries, &data::options(&args.how)?);
    progress.finish_and_clear();
    let mut run = match run {
        Ok(run) => run,
        Err(errors) => {
            read.write(None, lang, reporter)?;
            return reporter.run_errors(&errors, &policy);
        }
    };
    if let Some(subject) = &args.subject {
        run = run.about(subject).ok_or_else(|| data::nobody(subject))?;
    }
    if args.how.as_of.is_none() {
        let day = pol::text::date(run.as_of(), lang);
        let known = args.how.known_on;
        let any = (read.entries.iter()).any(|entry| known.is_none_or(|on| entry.recorded <= on));
        let (en, zh) = if !any {
            (
                "the policy's first day, since no entry was on record",
                "即政策施行之日，因为当时一条记录也没有录入",
            )
        } else if args.how.hindsight {
            (
                "the day on which the last entry happened",
                "即最后一条的发生日期",
            )
        } else if known.is_some() {
            (
                "the day on which the last entry known then was recorded",
                "即当时已知的最后一条的录入日期",
            )
        } else {
            (
                "the day on which the last entry was recorded",
                "即最后一条的录入日期",
            )
        };
        reporter.note(&match lang {
            Lang::En => format!("run through {day}, {en} (--as-of DATE for another)"),
            Lang::Zh => format!("运行至{day}，{zh}（可用 --as-of 另定）"),
        });
    }
    data::too_early(&policy, run.as_of(), lang, reporter);
    data::assumed(run.options(), lang, reporter);
    // What people open from a folder needs the mark by which spreadsheets tell UTF-8; a pipe does not.
    let mark = match args.output {
        Some(_) => Mark::Written,
        None => Mark::Omitted,
    };
    let bytes = format::write(&run, format, lang, mark)?;
    let result = args.output.as_deref().map(|path| (path, &*bytes));
    read.write(result, lang, reporter)?;
    if args.output.is_none() {
        output::result(&bytes)?;
    }
    let open = run.broken() || (args.strict && run.undetermined());
    Ok(read.status.and(Status::findings(open)))
}

/// The format that was asked for; a workbook needs a file.
fn chosen(args: &Run) -> Result<Format, Trouble> {
    let by_ending = args.output.as_deref().and_then(format::by_ending);
    let format = args.format.or(by_ending).unwrap_or(Format::Human);
    if format == Format::Xlsx && args.output.is_none() {
        return Err(Trouble::new(
            "a workbook is written to a file, not to standard output",
            "工作簿只能写入文件，不能写到标准输出",
        )
        .help("name it: -o FILE.xlsx", "请指定文件：-o 文件.xlsx"));
    }
    Ok(format)
}

/// A sign of life on a terminal; indicatif shows nothing elsewhere.
fn progress(entries: usize, lang: Lang) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(match lang {
        Lang::En => format!("running {entries} entries"),
        Lang::Zh => format!("正在运行{entries}条"),
    });
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
