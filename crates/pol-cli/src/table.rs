//! Tables for terminals: as wide as the terminal, or unwrapped where the reader is a program.

use comfy_table::presets::ASCII_MARKDOWN;
use comfy_table::{ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width};
use std::io::IsTerminal as _;

/// The width to write for: the terminal's, else 100.
pub fn terminal_width() -> usize {
    Table::new().width().map_or(100, usize::from)
}

/// Lines above, below and under the heads: rows need none.
const PLAIN: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('─').junction('─'))
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .bottom_border(LineStyle::none().fill('─').junction('─'));

/// Draws a table for people. On a terminal long cells are wrapped; the column that holds the
/// sentences is the last to be narrowed.
pub fn draw(header: &[String], rows: &[Vec<String>], sentences: Option<usize>) -> String {
    let mut table = filled(header, rows);
    if let Some(column) = table.column_mut(0) {
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    if let Some(column) = sentences.and_then(|column| table.column_mut(column)) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Percentage(36)));
    }
    if let Some(last) = table.column_iter_mut().last() {
        // Ids are listed in the last column; in Chinese no blank stands between them.
        last.set_delimiter('、');
    }
    table.load_style(PLAIN);
    table.set_content_arrangement(if std::io::stdout().is_terminal() {
        ContentArrangement::Dynamic
    } else {
        ContentArrangement::Disabled
    });
    table.trim_fmt()
}

/// Writes a table in Markdown.
pub fn markdown(header: &[String], rows: &[Vec<String>]) -> String {
    let safe = |cell: &String| cell.replace('|', "\\|").replace('\n', " ");
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(safe).collect())
        .collect();
    let mut table = filled(header, &rows);
    table.load_style(ASCII_MARKDOWN);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.trim_fmt()
}

fn filled(header: &[String], rows: &[Vec<String>]) -> Table {
    let mut table = Table::new();
    table.set_header(header);
    table.add_rows(rows);
    table
}
