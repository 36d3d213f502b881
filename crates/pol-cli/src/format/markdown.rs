//! Tables in Markdown, for reports and reviews.

use super::nothing;
use crate::table;
use pol::text::Section;
use pol::{Lang, Run};
use std::fmt::Write as _;

pub fn write(run: &Run<'_>, lang: Lang) -> String {
    let mut text = format!("# {}\n\n", run.policy().title());
    for line in run.head(lang) {
        let _ = writeln!(text, "- {line}");
    }
    let timeline = run.timeline(lang);
    if timeline.rows.is_empty() {
        let _ = writeln!(text, "\n{}", nothing(lang));
    } else {
        block(&mut text, &timeline);
    }
    for section in run.sections(lang) {
        block(&mut text, &section);
    }
    text
}

fn block(text: &mut String, section: &Section) {
    let table = table::markdown(&section.header, &section.texts());
    let _ = writeln!(text, "\n## {}\n\n{table}", section.title);
}
