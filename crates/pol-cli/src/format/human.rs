//! Tables for people: the timeline, then what is open on the last day.

use super::nothing;
use crate::table;
use pol::{Lang, Run};

/// The column of the timeline that says what follows.
const WHAT_FOLLOWS: usize = 2;

pub fn write(run: &Run<'_>, lang: Lang) -> String {
    let mut text = format!("{}\n", run.policy().title());
    for line in run.head(lang) {
        text.push_str(&line);
        text.push('\n');
    }
    let timeline = run.timeline(lang);
    if timeline.rows.is_empty() {
        text.push('\n');
        text.push_str(nothing(lang));
        text.push('\n');
    } else {
        let mut rows = timeline.texts();
        each_day_once(&mut rows);
        block(
            &mut text,
            &timeline.title,
            &timeline.header,
            &rows,
            Some(WHAT_FOLLOWS),
        );
    }
    for section in run.sections(lang) {
        let day = pol::text::date(run.as_of(), lang);
        let title = match lang {
            Lang::En => format!("{} on {day}", section.title),
            Lang::Zh => format!("{day}：{}", section.title),
        };
        block(&mut text, &title, &section.header, &section.texts(), None);
    }
    text
}

/// Leaves a day out where the row above has the same: days then stand out.
fn each_day_once(rows: &mut [Vec<String>]) {
    let mut above = String::new();
    for day in rows.iter_mut().filter_map(|row| row.first_mut()) {
        if *day == above {
            day.clear();
        } else {
            above.clone_from(day);
        }
    }
}

fn block(
    text: &mut String,
    title: &str,
    header: &[String],
    rows: &[Vec<String>],
    sentences: Option<usize>,
) {
    text.push('\n');
    text.push_str(title);
    text.push('\n');
    text.push_str(&table::draw(header, rows, sentences));
    text.push('\n');
}
