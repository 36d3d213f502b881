//! The result of a run in each format. Formats for programs keep the policy's names, formats for
//! people show display names in one language.

mod csv;
mod human;
mod json;
mod markdown;
mod workbook;

use crate::args::Format;
use crate::status::Trouble;
use pol::{Lang, Mark, Run};
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

/// The bytes of a run's result; `mark` is for CSV.
pub fn write(run: &Run<'_>, format: Format, lang: Lang, mark: Mark) -> Result<Vec<u8>, Trouble> {
    match format {
        Format::Human => Ok(human::write(run, lang).into_bytes()),
        Format::Json => json::whole(run),
        Format::Jsonl => json::lines(run),
        Format::Csv => Ok(csv::write(run, mark)),
        Format::Lines => Ok(run.outcome_lines()),
        Format::Xlsx => workbook::write(run, lang),
        Format::Md => Ok(markdown::write(run, lang).into_bytes()),
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
