//! Rows that were set aside, with their reasons.

use crate::problem::DataError;
use crate::table::Mark;
use csv::WriterBuilder;
use pol_syntax::Lang;
use std::sync::Arc;

/// A row that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// All that is wrong with it; the first names the row.
    pub reasons: Vec<DataError>,
    /// Its filled cells under their headers.
    pub cells: Vec<(Arc<str>, String)>,
}

/// What stands before a row's own cells, in English and in Chinese. Nobody reads it back.
pub(crate) const REJECTED: [[&str; 4]; 2] = [
    ["rejected file", "rejected sheet", "rejected line", "reason"],
    ["原文件", "原表", "原行号", "退回原因"],
];

/// The rejects as CSV in UTF-8 with a byte order mark, as spreadsheets open it: file, sheet, line
/// and reason, then the row's own cells under their headers, ready to be mended and read again.
pub fn rejects_csv(rejects: &[Reject], lang: Lang) -> Vec<u8> {
    let mut headers: Vec<&str> = Vec::new();
    for (title, _) in rejects.iter().flat_map(|reject| &reject.cells) {
        if !headers.contains(&&**title) {
            headers.push(title);
        }
    }
    let [en, zh] = REJECTED;
    let own = match lang {
        Lang::En => en,
        Lang::Zh => zh,
    };
    let mut rows: Vec<Vec<String>> = vec![
        own.iter()
            .chain(&headers)
            .map(|title| (*title).to_owned())
            .collect(),
    ];
    for reject in rejects {
        let place = reject.reasons.first().map(|error| &error.place);
        let reasons: Vec<String> = reject
            .reasons
            .iter()
            .map(|error| reason(error, lang))
            .collect();
        let mut row = vec![
            place
                .map(|place| place.file.to_string())
                .unwrap_or_default(),
            place
                .and_then(|place| place.sheet.as_deref())
                .unwrap_or_default()
                .to_owned(),
            place
                .map(|place| place.line.to_string())
                .unwrap_or_default(),
            reasons.join(match lang {
                Lang::En => "; ",
                Lang::Zh => "；",
            }),
        ];
        for header in &headers {
            let cell = reject.cells.iter().find(|(title, _)| **title == **header);
            row.push(cell.map(|(_, text)| text.clone()).unwrap_or_default());
        }
        rows.push(row);
    }
    write_rows(&rows, Mark::Written)
}

/// One reason on one line: the column, what is wrong, what to do.
fn reason(error: &DataError, lang: Lang) -> String {
    let message = error.message.get(lang);
    let help = error.help.as_ref().map(|help| help.get(lang));
    let text = match (help, lang) {
        (None, _) => message.to_owned(),
        (Some(help), Lang::En) => format!("{message} ({help})"),
        (Some(help), Lang::Zh) => format!("{message}（{help}）"),
    };
    match (&error.place.header, lang) {
        (None, _) => text,
        (Some(header), Lang::En) => format!("{header}: {text}"),
        (Some(header), Lang::Zh) => format!("{header}：{text}"),
    }
}

/// Rows of text as CSV.
pub(crate) fn write_rows(rows: &[Vec<String>], mark: Mark) -> Vec<u8> {
    let start = match mark {
        Mark::Written => vec![0xEF, 0xBB, 0xBF],
        Mark::Omitted => Vec::new(),
    };
    let mut writer = WriterBuilder::new().flexible(true).from_writer(start);
    for row in rows {
        // INVARIANT: writing to memory does not fail, and rows may be of any length.
        if writer.write_record(row).is_err() {
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}
