//! Parameters with their tables, and lists of alternatives.

use super::fields::fits;
use super::head::Columns;
use super::layout::{Anchor, Break, Doc, Fill};
use super::page::Page;
use super::{PrintError, Printed, Printer};
use crate::ast::{BinaryOp, Expr, Labelled, Param, Table, TableKey, TableRow};

impl Printer<'_> {
    /// `param x by k { a = V, b = V }`.
    pub(super) fn param(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        param: &Param,
        columns: Columns,
        end: u32,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let mut head = self.head_in_columns("param", &param.head, columns, true)?;
        if !param.by.is_empty() {
            head.push(format!("{} ", w.kw("by")));
            head.add(self.list(&param.by, |it| it.span.start, |it| self.value(it))?);
            head.push(" ");
        }
        self.table(page, pos, 0, head, &param.value.value, end)
    }

    /// A value or rows, behind what they belong to.
    fn table(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        indent: usize,
        head: Doc,
        table: &Table,
        end: u32,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let rows = match table {
            Table::Value(value) => {
                let line = head.with("= ").and(self.value(value)?);
                page.put(Some(pos), indent, indent + 2, line);
                return Ok(());
            }
            Table::Rows(rows) => rows,
        };
        let first = rows.first().map_or(pos, row_pos);
        let brace = self.origin.closing_brace(pos, end);
        if !self.starts_line(first) && !self.has_comment(first, brace) {
            let line = head.clone().with(self.table_flat(table)?.flat());
            if fits(&line, indent) {
                page.put(Some(pos), indent, indent + 2, line);
                return Ok(());
            }
        }
        page.put_opening(Some(pos), indent, indent + 2, head.with(w.lbrace()));
        for (index, row) in rows.iter().enumerate() {
            let last = index + 1 == rows.len();
            let next = rows.get(index + 1).map(row_pos).or(brace).unwrap_or(end);
            let keys = self.keys(&row.keys)?.with(" ");
            self.table(page, row_pos(row), indent + 2, keys, &row.value.value, next)?;
            if !last {
                page.append(w.comma());
            }
        }
        page.put_closing(brace, indent, w.rbrace());
        Ok(())
    }

    /// `{ a = V, b { … } }` in one line, or `= V`.
    fn table_flat(&self, table: &Table) -> Printed {
        let w = self.words;
        let rows = match table {
            Table::Value(value) => return Ok(Doc::text("= ").and(self.value(value)?)),
            Table::Rows(rows) => rows,
        };
        let mut doc = Doc::text(format!("{} ", w.lbrace()));
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                doc.push(format!("{}{}", w.comma(), w.pick(" ", "")));
            }
            doc.add(self.keys(&row.keys)?.with(" "));
            doc.add(self.table_flat(&row.value.value)?);
        }
        Ok(doc.with(format!(" {}", w.rbrace())))
    }

    fn keys(&self, keys: &[crate::ast::Node<TableKey>]) -> Printed {
        self.list(keys, |it| it.span.start, |it| self.key(&it.value))
    }

    fn key(&self, key: &TableKey) -> Printed {
        let w = self.words;
        Ok(match key {
            TableKey::Is(value) => self.value(value)?,
            TableKey::Band(op, value) => self.band(*op, value)?,
            TableKey::Dates(from, to) => {
                let to = to.map_or_else(|| w.hole().to_owned(), |to| w.date(to));
                Doc::text(format!("{} {} {to}", w.date(*from), w.kw("span")))
            }
            TableKey::Else => Doc::text(w.kw("else")),
        })
    }

    /// `<= 3`; in Chinese 3以下, where it is a number.
    fn band(&self, op: BinaryOp, value: &Expr) -> Printed {
        let w = self.words;
        let behind = match op {
            BinaryOp::Ge => "at_least_zh",
            BinaryOp::Le => "at_most_zh",
            _ => "",
        };
        let bound = self.value(value)?;
        if w.zh() && !behind.is_empty() && Self::is_number(value) {
            let gap = if bound
                .flat()
                .ends_with(|last: char| last.is_ascii_alphabetic())
            {
                " "
            } else {
                ""
            };
            return Ok(bound.with(gap).with(w.kw(behind)));
        }
        Ok(Doc::text(format!("{} ", self.operator(op))).and(bound))
    }

    /// `a "…" | b "…"`.
    pub(super) fn alternatives(&self, values: &[Labelled]) -> Printed {
        self.separated(values, "|")
    }

    /// `a "…" < b "…"`.
    pub(super) fn ordered(&self, values: &[Labelled]) -> Printed {
        self.separated(values, "<")
    }

    fn separated(&self, values: &[Labelled], sign: &str) -> Printed {
        let mut doc = Doc::default();
        doc.open(Anchor::Here);
        for (index, value) in values.iter().enumerate() {
            let pos = value.name.span.start;
            if index > 0 {
                doc.brk(Break {
                    flat: format!(" {sign} "),
                    end: String::new(),
                    start: format!("{sign} "),
                    fill: Fill::Full,
                    broken: self.starts_line(pos),
                    pos,
                });
            }
            doc.push(self.labelled(value)?);
        }
        doc.close();
        Ok(doc)
    }
}

/// Where a row begins.
fn row_pos(row: &TableRow) -> u32 {
    row.keys.first().map_or(0, |key| key.span.start)
}
