//! `pol readings`: what hangs on each declared reading.

use super::coverage::block;
use super::data;
use crate::args::{Readings, Table};
use crate::output;
use crate::report::{Reporter, Sink};
use crate::status::{Status, Trouble};
use pol::readings::{Alternative, Difference, Said};
use pol::{Lang, Policy};
use std::fmt::Write as _;

/// Runs the policy once for each answer and writes what differs; a difference is no finding.
pub fn run(args: &Readings, reporter: &Reporter) -> Result<Status, Trouble> {
    let Some(policy) = data::policy(&args.policy, reporter)? else {
        return Ok(Status::Findings);
    };
    let Some(read) = data::read(&policy, &args.policy, &args.data, reporter, Sink::Remark)? else {
        return Ok(Status::Findings);
    };
    read.write(None, reporter.lang(policy.lang()), reporter)?;
    let lang = reporter.lang(policy.lang());
    let options = data::options(&args.how)?;
    let compared = policy.compare_readings(&read.register, &read.entries, &options);
    let compared = match compared {
        Ok(compared) => compared,
        Err(errors) => return reporter.run_errors(&errors, &policy),
    };
    let bytes = match args.format {
        Table::Human => text(&compared, &policy, lang, false).into_bytes(),
        Table::Md => text(&compared, &policy, lang, true).into_bytes(),
        Table::Json => output::json(&compared)?,
    };
    output::result(&bytes)?;
    Ok(read.status)
}

fn text(compared: &[Alternative], policy: &Policy, lang: Lang, markdown: bool) -> String {
    let pick = |en: &str, zh: &str| match lang {
        Lang::En => en.to_owned(),
        Lang::Zh => zh.to_owned(),
    };
    let hashes = if markdown { "# " } else { "" };
    let mut text = format!("{hashes}{}\n", policy.title());
    if compared.is_empty() {
        let none = pick("The policy declares no readings.", "政策没有写明读法。");
        let _ = writeln!(text, "\n{none}");
    }
    for alternative in compared {
        let (taken, other) = &alternative.labels;
        let title = match lang {
            Lang::En => format!(
                "{} ({}): {} instead of {}",
                alternative.question,
                alternative.reading,
                alternative.alternative,
                alternative.default
            ),
            Lang::Zh => format!("{}：改为“{other}”，不取“{taken}”", alternative.question),
        };
        let hashes = if markdown { "## " } else { "" };
        let _ = writeln!(text, "\n{hashes}{title}");
        if alternative.differences.is_empty() {
            let none = pick("nothing differs", "结果相同");
            let _ = writeln!(text, "{}{none}", if markdown { "\n" } else { "" });
            continue;
        }
        let header = [
            pick("subject", "对象"),
            pick("first day", "首次不同"),
            pick("as the run has it", "按现读法"),
            pick("otherwise", "改读之后"),
        ];
        let row = |difference: &Difference| {
            vec![
                subject(difference, lang),
                pol::text::date(difference.day, lang),
                sayings(&difference.under_default, lang),
                sayings(&difference.under_alternative, lang),
            ]
        };
        let rows: Vec<Vec<String>> = alternative.differences.iter().map(row).collect();
        block(&mut text, &header, &rows, markdown);
    }
    text
}

fn subject(difference: &Difference, lang: Lang) -> String {
    match (&difference.subject, &difference.name) {
        (Some(id), Some(name)) => format!("{id} {name}"),
        (Some(id), None) => id.clone(),
        (None, _) => match lang {
            Lang::En => "-".to_owned(),
            Lang::Zh => "—".to_owned(),
        },
    }
}

/// What one run alone says on the day.
fn sayings(said: &[Said], lang: Lang) -> String {
    let sayings: Vec<&str> = said.iter().map(|said| said.words.get(lang)).collect();
    match lang {
        Lang::En if sayings.is_empty() => "nothing".to_owned(),
        Lang::Zh if sayings.is_empty() => "无".to_owned(),
        Lang::En => sayings.join("; "),
        Lang::Zh => sayings.join("；"),
    }
}
