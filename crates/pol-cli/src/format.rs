//! The result of a run in each format. Formats for programs keep the policy's names, formats for
//! people show display names in one language.

mod csv;
mod human;
mod json;
mod markdown;
mod workbook;

use crate::args::Format;
use crate::status::Trouble;
use pol::{Lang, Run};
use std::path::Path;

/// The format that a file's ending names.
pub fn by_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "json" => Some(Format::Json),
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "csv" => Some(Format::Csv),
        "xlsx" => Some(Format::Xlsx),
        "md" => Some(Format::Md),
        _ => None,
    }
}

/// The bytes of a run's result.
pub fn write(run: &Run<'_>, format: Format, lang: Lang) -> Result<Vec<u8>, Trouble> {
    match format {
        Format::Human => Ok(human::write(run, lang).into_bytes()),
        Format::Json => json::whole(run),
        Format::Jsonl => json::lines(run),
        Format::Csv => csv::write(run),
        Format::Xlsx => workbook::write(run, lang),
        Format::Md => Ok(markdown::write(run, lang).into_bytes()),
    }
}

/// The timeline as a table: heads and rows.
fn timeline(run: &Run<'_>, lang: Lang) -> (Vec<String>, Vec<Vec<String>>) {
    let header = match lang {
        Lang::En => [
            "date",
            "subject",
            "what follows",
            "clause",
            "how",
            "entries",
        ],
        Lang::Zh => ["日期", "对象", "结果", "依据条款", "方式", "所据条目"],
    };
    let rows = run.lines(lang).into_iter().map(|line| {
        let subject = if line.subject_name == line.subject {
            line.subject
        } else {
            format!("{} {}", line.subject, line.subject_name)
        };
        vec![
            pol::text::date(line.known, lang),
            subject,
            line.happening,
            line.clauses,
            line.how,
            line.evidence,
        ]
    });
    (header.map(ToOwned::to_owned).to_vec(), rows.collect())
}

/// The title of the timeline.
const fn timeline_title(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "timeline",
        Lang::Zh => "逐日结果",
    }
}

/// What is said where the timeline is empty.
const fn nothing(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Nothing follows from this ledger.",
        Lang::Zh => "按此台账没有任何结果。",
    }
}

fn impossible(error: &impl std::fmt::Display) -> Trouble {
    Trouble::new(
        format!("cannot write the result: {error}"),
        format!("无法写出结果：{error}"),
    )
}
