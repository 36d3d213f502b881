//! Fields of events, attributes of subjects, and records of values.

use super::head::{padded, widen};
use super::layout::{Anchor, Doc};
use super::page::Page;
use super::{PrintError, Printed, Printer};
use crate::ast::{Expr, ExprKind, Field, Multiplicity, Name, TypeExpr};
use crate::print::words::Words;

impl Printer<'_> {
    /// Prints a line, which ends in a blank, with fields in braces behind it: on the line if the
    /// author had them there and they fit, else one a line. The closing brace stands before `end`.
    pub(super) fn with_fields(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        head: Doc,
        fields: &[Field],
        end: u32,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let Some(first) = fields.first() else {
            page.put(Some(pos), 0, super::CLAUSE, head);
            return Ok(());
        };
        let first_pos = first.name.span.start;
        let brace = self.origin.closing_brace(pos, end);
        if !self.starts_line(first_pos) && !self.has_comment(first_pos, brace) {
            let mut block = Doc::text(format!("{} ", w.lbrace()));
            for (index, field) in fields.iter().enumerate() {
                if index > 0 {
                    block.push(format!("{}{}", w.comma(), w.pick(" ", "")));
                }
                block.add(self.field(field, (0, 0))?);
            }
            block.push(format!(" {}", w.rbrace()));
            let line = head.clone().with(block.flat());
            if fits(&line, 0) {
                page.put(Some(pos), 0, super::CLAUSE, line);
                return Ok(());
            }
        }
        page.put_opening(Some(pos), 0, super::CLAUSE, head.with(w.lbrace()));
        let columns = self.field_columns(fields)?;
        for (index, field) in fields.iter().enumerate() {
            let mut line = self.field(field, columns)?;
            // The word of a state would be taken for one of the default before it.
            let next = fields.get(index + 1);
            if field.default.is_some() && next.is_some_and(|it| Words::is_keyword(&it.name.value)) {
                line.push(w.comma());
            }
            page.put(Some(field.name.span.start), 2, 4, line);
        }
        page.put_closing(brace, 0, w.rbrace());
        Ok(())
    }

    /// True if comments stand in a block.
    pub(super) fn has_comment(&self, from: u32, brace: Option<u32>) -> bool {
        brace.is_some_and(|brace| self.origin.has_comment(from, brace))
    }

    fn field_columns(&self, fields: &[Field]) -> Result<(usize, usize), PrintError> {
        let mut columns = (0, 0);
        if self.words.zh() {
            return Ok(columns);
        }
        for field in fields {
            match &field.label {
                Some(label) => {
                    widen(&mut columns.0, &field.name.value);
                    let label = self.words.quoted(&label.value)?;
                    widen(&mut columns.1, &format!("{label}:"));
                }
                None => widen(&mut columns.0, &format!("{}:", field.name.value)),
            }
        }
        Ok(columns)
    }

    /// `clause "情形": 1..15`.
    fn field(&self, field: &Field, columns: (usize, usize)) -> Printed {
        let w = self.words;
        let name = &field.name.value;
        let opening = match (&field.label, w.zh()) {
            (Some(label), true) => format!("{name} {}：", w.quoted(&label.value)?),
            (None, true) => format!("{name}："),
            (Some(label), false) => {
                let label = w.quoted(&label.value)? + ":";
                padded(name, columns.0) + &padded(&label, columns.1)
            }
            (None, false) => padded(&format!("{name}:"), columns.0),
        };
        let mut doc = Doc::text(opening);
        match &field.ty {
            TypeExpr::Named(name) => doc.push(&name.value),
            TypeExpr::Range(range) => doc.push(format!("{}..{}", range.value.0, range.value.1)),
            TypeExpr::Values(values) => doc.add(self.alternatives(values)?),
        }
        match field.multiplicity {
            Multiplicity::One => {}
            Multiplicity::Optional => doc.push(w.hole()),
            Multiplicity::Several => doc.push("*"),
        }
        if let Some(default) = &field.default {
            doc.push(" = ");
            doc.add(self.before_name(default, self.value(default)?)?);
        }
        Ok(doc)
    }

    /// ` { f = V, g = V }` behind what it belongs to; nothing without fields.
    pub(super) fn record<T>(&self, fields: &[(Name, T)], print: impl Fn(&T) -> Printed) -> Printed {
        self.record_of(
            fields,
            |(name, _)| (name.span.start, name.value.clone()),
            |(_, value)| print(value),
        )
    }

    /// A record of anything that has a place, a name and a value.
    pub(super) fn record_of<T>(
        &self,
        fields: &[T],
        name: impl Fn(&T) -> (u32, String),
        value: impl Fn(&T) -> Printed,
    ) -> Printed {
        let w = self.words;
        let mut doc = Doc::default();
        if fields.is_empty() {
            return Ok(doc);
        }
        doc.push(format!(" {} ", w.lbrace()));
        doc.open(Anchor::Here);
        for (index, field) in fields.iter().enumerate() {
            let (pos, name) = name(field);
            if index > 0 {
                doc.brk(self.record_break(pos));
            }
            doc.push(format!("{name} = "));
            doc.add(value(field)?);
        }
        doc.close();
        Ok(doc.with(format!(" {}", w.rbrace())))
    }

    /// The values of a record's field.
    pub(super) fn values(&self, values: &[Expr]) -> Printed {
        self.list(values, |it| it.span.start, |it| self.value(it))
    }

    /// True for a literal number, which may take 以上 behind it.
    pub(super) fn is_number(expr: &Expr) -> bool {
        matches!(expr.value, ExprKind::Number(_))
    }
}

/// True if a line is not too wide to stay one.
pub(super) fn fits(line: &Doc, indent: usize) -> bool {
    use unicode_width::UnicodeWidthStr;
    indent + line.flat().width() <= super::layout::TOLERATED
}
