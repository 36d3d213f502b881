//! Tables in Markdown, for reports and reviews.

use super::{nothing, timeline, timeline_title};
use crate::table;
use pol::{Lang, Run};
use std::fmt::Write as _;

pub fn write(run: &Run<'_>, lang: Lang) -> String {
    let mut text = format!("# {}\n\n", run.policy().title());
    for line in run.head(lang) {
        let _ = writeln!(text, "- {line}");
    }
    let (header, rows) = timeline(run, lang);
    if rows.is_empty() {
        let _ = writeln!(text, "\n{}", nothing(lang));
    } else {
        block(&mut text, timeline_title(lang), &header, &rows);
    }
    for section in run.sections(lang) {
        block(&mut text, &section.title, &section.header, &section.rows);
    }
    text
}

fn block(text: &mut String, title: &str, header: &[String], rows: &[Vec<String>]) {
    let _ = writeln!(text, "\n## {title}\n\n{}", table::markdown(header, rows));
}
