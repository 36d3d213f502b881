//! One row of a table, with the places of its cells.

use crate::header::{Column, Table, number};
use crate::problem::{DataError, Place, Problem};
use crate::source::{Cell, Row};
use crate::text::visible;
use pol_syntax::Code;
use std::sync::Arc;

/// A row under its header.
pub(crate) struct View<'t, C> {
    table: &'t Table<'t, C>,
    row: &'t Row,
}

impl<'t, C: Clone + PartialEq> View<'t, C> {
    pub const fn new(table: &'t Table<'t, C>, row: &'t Row) -> Self {
        Self { table, row }
    }

    /// True if nothing of it is read: a row that is only numbered, or holds a remark.
    pub fn is_blank(&self) -> bool {
        self.cells().all(|(_, column, _)| column.is.is_none())
    }

    pub const fn line(&self) -> u32 {
        self.row.line
    }

    /// The filled cells with their columns.
    pub fn cells(&self) -> impl Iterator<Item = (u32, &'t Column<C>, &'t Cell)> {
        self.row.cells.iter().filter_map(|(at, cell)| {
            let column = self.table.columns.get(at)?;
            Some((*at, column, cell))
        })
    }

    /// The filled cell of a column.
    pub fn cell(&self, wanted: &C) -> Option<&'t Cell> {
        self.cells()
            .find(|(_, column, _)| column.is.as_ref() == Some(wanted))
            .map(|(_, _, cell)| cell)
    }

    /// The row as a place.
    pub fn whole(&self) -> Place {
        self.table.sheet.place(self.row.line, 0, None)
    }

    /// The place of a column in this row, filled or not.
    pub fn place(&self, wanted: &C) -> Place {
        match self.table.column_of(wanted) {
            Some((at, title)) => {
                let column = number(self.table.sheet, at);
                self.table.sheet.place(self.row.line, column, Some(title))
            }
            None => self.whole(),
        }
    }

    /// What is wrong with the cell of a column.
    pub fn error(&self, problem: Problem, wanted: &C) -> DataError {
        let cell = self.cell(wanted).map(|cell| visible(&cell.shown()));
        problem.at(self.place(wanted), cell)
    }

    /// What is wrong with a cell.
    pub fn error_at(
        &self,
        problem: Problem,
        at: u32,
        column: &Column<C>,
        cell: &Cell,
    ) -> DataError {
        let place = self.table.sheet.place(
            self.row.line,
            number(self.table.sheet, at),
            Some(Arc::clone(&column.title)),
        );
        problem.at(place, Some(visible(&cell.shown())))
    }

    /// The cell of a column, read; an error is noted and yields nothing.
    pub fn read<T>(
        &self,
        wanted: &C,
        errors: &mut Vec<DataError>,
        read: impl FnOnce(&Cell) -> Result<T, Problem>,
    ) -> Option<T> {
        match read(self.cell(wanted)?) {
            Ok(value) => Some(value),
            Err(problem) => {
                errors.push(self.error(problem, wanted));
                None
            }
        }
    }

    /// Notes that a column is not filled.
    pub fn missing(&self, wanted: &C, en: &str, zh: &str) -> DataError {
        let problem = Problem::new(
            Code::DATA_MISSING,
            format!("`{en}` is missing"),
            format!("缺少`{zh}`"),
        );
        let has_column = self.table.has(wanted);
        let problem = if has_column {
            problem
        } else {
            problem.help(format!("add a column `{en}`"), format!("请增加`{zh}`列"))
        };
        problem.at(self.place(wanted), None)
    }
}
