//! Tables in words: for terminals, Markdown, workbooks.

use super::date;
use crate::{Date, Lang};
use pol_ledger::{OutCell, OutTable};

/// A table with its title, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it shows.
    pub title: String,
    /// The heads of its columns.
    pub header: Vec<String>,
    /// Its rows; as many cells as heads.
    pub rows: Vec<Vec<OutCell>>,
    lang: Lang,
}

impl Section {
    pub(super) fn new(
        lang: Lang,
        title: (&str, &str),
        header: &[(&str, &str)],
        rows: Vec<Vec<OutCell>>,
    ) -> Self {
        let pick = |(en, zh): (&str, &str)| match lang {
            Lang::En => en.to_owned(),
            Lang::Zh => zh.to_owned(),
        };
        Self {
            title: pick(title),
            header: header.iter().map(|head| pick(*head)).collect(),
            rows,
            lang,
        }
    }

    /// The rows as texts, dates as the language writes them.
    pub fn texts(&self) -> Vec<Vec<String>> {
        let text = |cell: &OutCell| match cell {
            OutCell::Date(day) => date(*day, self.lang),
            other => other.to_string(),
        };
        self.rows
            .iter()
            .map(|row| row.iter().map(text).collect())
            .collect()
    }

    /// The same as a sheet of a workbook, where dates stay dates.
    pub fn sheet(&self) -> OutTable {
        OutTable {
            name: self.title.clone(),
            headers: self.header.clone(),
            rows: self.rows.clone(),
        }
    }
}

pub(super) fn text(text: impl Into<String>) -> OutCell {
    let text = text.into();
    if text.is_empty() {
        OutCell::Empty
    } else {
        OutCell::Text(text)
    }
}

pub(super) fn day(day: Option<Date>) -> OutCell {
    day.map_or(OutCell::Empty, OutCell::Date)
}
