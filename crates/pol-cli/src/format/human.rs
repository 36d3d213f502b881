//! Tables for people: the timeline, then what is open on the last day.

use super::{nothing, timeline, timeline_title};
use crate::table;
use pol::{Lang, Run};

pub fn write(run: &Run<'_>, lang: Lang) -> String {
    let mut text = format!("{}\n", run.policy().title());
    for line in run.head(lang) {
        text.push_str(&line);
        text.push('\n');
    }
    let (header, rows) = timeline(run, lang);
    if rows.is_empty() {
        text.push('\n');
        text.push_str(nothing(lang));
        text.push('\n');
    } else {
        block(&mut text, timeline_title(lang), &header, &rows);
    }
    for section in run.sections(lang) {
        let title = match lang {
            Lang::En => section.title,
            Lang::Zh => format!(
                "截至{}：{}",
                pol::text::date(run.as_of(), lang),
                section.title
            ),
        };
        block(&mut text, &title, &section.header, &section.rows);
    }
    text
}

fn block(text: &mut String, title: &str, header: &[String], rows: &[Vec<String>]) {
    text.push('\n');
    text.push_str(title);
    text.push('\n');
    text.push_str(&table::draw(header, rows));
    text.push('\n');
}
