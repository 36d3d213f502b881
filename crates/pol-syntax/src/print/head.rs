//! What begins a declaration: its word, its name, its display name, what it cites; and columns for
//! those that stand together.

use super::layout::{Anchor, Doc};
use super::{PrintError, Printed, Printer};
use crate::ast::{Cite, Declaration, Head, Labelled, Node, Quoted};
use unicode_width::UnicodeWidthStr;

/// A cell that is wider than this does not set the width of its column.
const WIDEST: usize = 40;

/// The widths of the first columns of some lines that stand together; 0 leaves a column ragged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub name: usize,
    pub label: usize,
    pub cites: usize,
}

/// Widens a column for a cell.
pub(super) fn widen(column: &mut usize, cell: &str) {
    let width = cell.width();
    if width <= WIDEST {
        *column = (*column).max(width);
    }
}

/// A cell with blanks up to its column's width, and one more.
pub(super) fn padded(cell: &str, column: usize) -> String {
    let blanks = column.saturating_sub(cell.width()) + 1;
    cell.to_owned() + &" ".repeat(blanks)
}

impl Printer<'_> {
    /// `rule name "label" cites plan "三"` with a blank behind it.
    pub(super) fn head(&self, word: &'static str, head: &Head) -> Printed {
        self.head_in_columns(word, head, Columns::default(), false)
    }

    /// The same in columns; the last cell is padded if more follows than a brace.
    pub(super) fn head_in_columns(
        &self,
        word: &'static str,
        head: &Head,
        columns: Columns,
        more: bool,
    ) -> Printed {
        let mut doc = Doc::text(self.words.kw(word)).with(" ");
        let label = self.label(head.label.as_ref())?;
        let cells = [
            (Doc::text(&head.name.value), columns.name),
            (Doc::text(label), columns.label),
            (self.cites(&head.cites)?, columns.cites),
        ];
        let mut gap = 0;
        for (cell, column) in cells {
            let width = cell.flat().width();
            if width == 0 {
                continue;
            }
            doc.push(" ".repeat(gap));
            doc.add(cell);
            gap = column.saturating_sub(width) + 1;
        }
        Ok(doc.with(" ".repeat(if more { gap } else { 1 })))
    }

    fn label(&self, label: Option<&Quoted>) -> Result<String, PrintError> {
        label.map_or_else(|| Ok(String::new()), |it| self.words.quoted(&it.value))
    }

    /// `cites plan "三", "四（一）"`; nothing where nothing is cited.
    pub(super) fn cites(&self, cites: &[Cite]) -> Printed {
        let mut doc = Doc::default();
        let w = self.words;
        for (index, cite) in cites.iter().enumerate() {
            if index == 0 {
                doc.push(format!("{} ", w.kw("cites")));
                doc.open(Anchor::Here);
            } else {
                doc.brk(self.list_break(cite.source.span.start));
            }
            doc.push(format!("{} ", cite.source.value));
            for (index, clause) in cite.clauses.iter().enumerate() {
                if index > 0 {
                    doc.brk(self.list_break(clause.number.span.start));
                }
                doc.push(w.quoted(&clause.number.value)?);
                if let Some(quote) = &clause.quote {
                    doc.push(format!(" {} {}", w.kw("says"), w.quoted(&quote.value)?));
                }
            }
        }
        if !cites.is_empty() {
            doc.close();
        }
        Ok(doc)
    }

    /// `first "一类"`.
    pub(super) fn labelled(&self, labelled: &Labelled) -> Result<String, PrintError> {
        let name = &labelled.name.value;
        Ok(match &labelled.label {
            Some(label) => format!("{name} {}", self.words.quoted(&label.value)?),
            None => name.clone(),
        })
    }

    /// The columns of declarations of one kind that stand together. Only English ones are set in
    /// columns: Chinese names are of much the same length.
    pub(super) fn columns(&self, group: &[Node<Declaration>]) -> Result<Columns, PrintError> {
        let mut columns = Columns::default();
        if self.words.zh() || group.len() < 2 {
            return Ok(columns);
        }
        for declaration in group {
            let (head, labels, cites) = match &declaration.value {
                Declaration::Subject(it) => (&it.head, false, false),
                Declaration::Body(it) => (it, false, false),
                Declaration::Unit(it) => (&it.head, true, false),
                Declaration::Event(it) => (&it.head, true, true),
                Declaration::Param(it) => (&it.head, true, true),
                Declaration::Reading(it) => (&it.head, false, false),
                Declaration::Define(it) => (&it.head, true, true),
                Declaration::Outcome(it) => (&it.head, true, false),
                Declaration::Policy(_)
                | Declaration::Prose(_)
                | Declaration::Scale(_)
                | Declaration::Catalogue(_)
                | Declaration::Phase(_)
                | Declaration::Ladder(_)
                | Declaration::Duty(_)
                | Declaration::Rule(_)
                | Declaration::Never(_)
                | Declaration::Test(_) => return Ok(Columns::default()),
            };
            widen(&mut columns.name, &head.name.value);
            if labels {
                widen(&mut columns.label, &self.label(head.label.as_ref())?);
            }
            if cites {
                widen(&mut columns.cites, &self.cites(&head.cites)?.flat());
            }
        }
        Ok(columns)
    }
}
