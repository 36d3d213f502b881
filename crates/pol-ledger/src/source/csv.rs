//! Comma-separated values.

use super::{Row, Sheet, Sheets, Tally, text_cell};
use crate::problem::{Place, Problem};
use pol_syntax::Code;

/// Reads a text; tabs part the cells if the first line has tabs and no commas.
pub(super) fn read(file: &str, text: &str) -> Sheets {
    let first = text.lines().next().unwrap_or_default();
    let tabs = first.contains('\t') && !first.contains(',');
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if tabs { b'\t' } else { b',' })
        .from_reader(text.as_bytes());
    let fail = |problem: Problem, line: u32, column: usize| {
        let place = Place {
            file: file.into(),
            line,
            column: u32::try_from(column).unwrap_or(0),
            ..Place::default()
        };
        Box::new(problem.at(place, None))
    };
    let mut rows = Vec::new();
    let mut tally = Tally::default();
    let mut lines = Lines::new(text);
    let mut record = ::csv::StringRecord::new();
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let line = lines.of_record(start);
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let problem = Problem::new(
                    Code::DATA_FORMAT,
                    format!("the file cannot be read as CSV: {error}"),
                    format!("文件不能按CSV读取：{error}"),
                );
                return Err(fail(problem, line, 0));
            }
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        if end >= text.len() && unclosed(text.get(start..).unwrap_or_default(), tabs) {
            let problem = Problem::new(
                Code::DATA_FORMAT,
                "a quotation mark is opened here and never closed",
                "此行有引号没有配对",
            );
            return Err(fail(
                problem.help(
                    "close it, or double it if it belongs to the text",
                    "请补上引号；引号属于内容的，写成两个",
                ),
                line,
                0,
            ));
        }
        let filled = record.iter().filter(|value| !value.is_empty()).count();
        let mut cells = Vec::with_capacity(filled);
        for (column, value) in (0_u32..).zip(record.iter()) {
            match text_cell(value) {
                Ok(Some(cell)) => cells.push((column, cell)),
                Ok(None) => {}
                Err(problem) => {
                    let column = usize::try_from(column).map_or(0, |column| column + 1);
                    return Err(fail(problem, line, column));
                }
            }
        }
        if cells.is_empty() {
            continue;
        }
        let row = Row { line, cells };
        tally.row(&row).map_err(|problem| fail(problem, line, 0))?;
        rows.push(row);
    }
    Ok(vec![Sheet {
        file: file.into(),
        name: None,
        keys: None,
        rows,
        merged: Vec::new(),
    }])
}

/// True if the last record ends within a quoted cell.
fn unclosed(record: &str, tabs: bool) -> bool {
    enum At {
        Start,
        Bare,
        Quoted,
        Closed,
    }
    let parts = if tabs { '\t' } else { ',' };
    let mut at = At::Start;
    for c in record.chars() {
        at = match at {
            At::Quoted if c == '"' => At::Closed,
            At::Quoted => At::Quoted,
            At::Start | At::Closed if c == '"' => At::Quoted,
            _ if c == parts || c == '\n' || c == '\r' => At::Start,
            _ => At::Bare,
        };
    }
    matches!(at, At::Quoted)
}

/// Counts the line on which each record begins, blank lines before it included.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: 1,
        }
    }

    /// The line of the record that is read next from an offset.
    fn of_record(&mut self, start: usize) -> u32 {
        let start = start.min(self.text.len());
        let mut blank = start;
        while matches!(self.text.get(blank), Some(b'\n' | b'\r')) {
            blank += 1;
        }
        let passed = self.text.get(self.at..blank).unwrap_or_default();
        let breaks = passed.split(|byte| *byte == b'\n').count() - 1;
        self.line = self
            .line
            .saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        self.at = self.at.max(blank);
        self.line
    }
}
