//! Parameters: a value, or a table by attributes, values in bands, and dates.

use super::{Lowering, Progress, broken};
use crate::builtin;
use crate::findings;
use crate::hir::{BinaryOp, DateRow, Expr, ExprKind, FieldKey, Table, TableKey, TableRow, Type};
use crate::names::{Declared, Space};
use crate::scope::{Needs, Scope};
use crate::types::{common, is_ordered};
use pol_calendar::{Date, FIRST_YEAR};
use pol_model::{ParamIx, Value};
use pol_syntax::ast::{self, Name};
use pol_syntax::{Span, Text};

/// What one level of a table goes by.
#[derive(Clone, Copy)]
enum Level {
    /// The day.
    Day,
    /// A value: its place in `by`, and its type.
    Value(usize, Type),
}

/// What is known of a table while its rows are read.
struct Reading<'n> {
    name: &'n Name,
    levels: Vec<Level>,
    /// The type of the values so far, with the place of the one that said it.
    ty: Option<(Type, Span)>,
}

impl Lowering<'_> {
    pub(super) fn lower_params(&mut self) {
        for at in 0..self.source.params.len() {
            let name = self.source.params[at].head.name.clone();
            self.ensure_param(ParamIx(super::index(at)), &name);
        }
    }

    /// Lowers a parameter, if it is not lowered yet: what it needs. Nothing in a circle, which is
    /// reported.
    pub(super) fn ensure_param(&mut self, param: ParamIx, asked: &Name) -> Option<Needs> {
        match self.params[param.at()].clone() {
            Progress::Done(needs) => return Some(needs),
            Progress::Doing => {
                self.circle(asked);
                return None;
            }
            Progress::Todo if self.too_deep(asked) => return None,
            Progress::Todo => {}
        }
        self.params[param.at()] = Progress::Doing;
        let declared = self.source.params[param.at()];
        let owner = self.begin(&declared.head.name.value);
        let mut by = Vec::new();
        let mut levels = Vec::new();
        for expr in &declared.by {
            if self.is_the_day(expr) {
                levels.push(Level::Day);
            } else {
                let lowered = self.expr(&Scope::template(), expr, None);
                levels.push(Level::Value(by.len(), lowered.ty));
                by.push(lowered);
            }
        }
        let mut reading = Reading {
            name: &declared.head.name,
            levels,
            ty: None,
        };
        let table = self.table(&mut reading, &declared.value, 0);
        let ty = reading.ty.map_or(Type::Error, |(ty, _)| ty);
        let lowered = &mut self.policy.params[param.at()];
        lowered.by = by;
        lowered.table = table;
        lowered.ty = ty;
        let needs = self.finish(owner);
        self.params[param.at()] = Progress::Done(needs.clone());
        Some(needs)
    }

    /// `by date`, unless the policy uses the name for something of its own.
    fn is_the_day(&self, expr: &ast::Expr) -> bool {
        matches!(&expr.value, ast::ExprKind::Name(name)
            if builtin::field_named(name) == Some(FieldKey::Date)
                && self.names.find(Space::Term, name).is_none())
    }

    fn table(
        &mut self,
        reading: &mut Reading<'_>,
        table: &ast::Node<ast::Table>,
        depth: usize,
    ) -> Table {
        let rows = match &table.value {
            ast::Table::Value(expr) => return Table::Value(self.leaf(reading, expr)),
            ast::Table::Rows(rows) => rows,
        };
        let dates = rows
            .iter()
            .flat_map(|row| &row.keys)
            .any(|key| matches!(key.value, ast::TableKey::Dates(..)));
        match (reading.levels.get(depth).copied(), dates) {
            (Some(Level::Day), _) => self.day_rows(reading, rows, depth + 1),
            (_, true) => self.day_rows(reading, rows, depth),
            (Some(Level::Value(by, ty)), false) => {
                self.value_rows(reading, rows, (by, ty), depth, table.span)
            }
            (None, false) => {
                let span = rows
                    .first()
                    .and_then(|row| row.keys.first())
                    .map_or(table.span, |key| key.span);
                let levels = reading.levels.len();
                self.report(findings::too_deep(reading.name, levels, span));
                Table::Value(broken(table.span))
            }
        }
    }

    /// A value; all values of a table have one type.
    fn leaf(&mut self, reading: &mut Reading<'_>, expr: &ast::Expr) -> Expr {
        let said = reading.ty.map(|(ty, _)| ty);
        let want = said.or_else(|| self.statuses_of(expr));
        let value = self.expr(&Scope::template(), expr, want);
        // A hole has the type of the other values.
        if value.kind == ExprKind::Hole || value.ty == Type::Error {
            return value;
        }
        match reading.ty {
            None => reading.ty = Some((value.ty, value.span)),
            Some((ty, first)) => match common(&self.policy, ty, value.ty) {
                Some(both) if both != ty => reading.ty = Some((both, value.span)),
                Some(_) => {}
                None => {
                    let (left, right) = ((first, ty), (value.span, value.ty));
                    let finding = findings::mismatch(&self.policy, left, right);
                    self.report(finding);
                }
            },
        }
        value
    }

    /// In a table the name of a status is the status, not the count of its events: what a document
    /// fixes counts nothing.
    fn statuses_of(&self, expr: &ast::Expr) -> Option<Type> {
        let ast::ExprKind::Name(name) = &expr.value else {
            return None;
        };
        match self.names.find(Space::Term, name)? {
            Declared::Status(ladder, _) => {
                Some(Type::Enum(self.policy.ladders[ladder.at()].statuses))
            }
            _ => None,
        }
    }

    fn day_rows(
        &mut self,
        reading: &mut Reading<'_>,
        rows: &[ast::TableRow],
        depth: usize,
    ) -> Table {
        let mut lowered = Vec::new();
        for row in rows {
            let otherwise = |key: &ast::Node<ast::TableKey>| key.value == ast::TableKey::Else;
            let spans = if row.keys.iter().any(otherwise) {
                Vec::new()
            } else {
                row.keys
                    .iter()
                    .filter_map(|key| self.day_key(&key.value, key.span))
                    .collect()
            };
            let table = self.table(reading, &row.value, depth);
            lowered.push(DateRow { spans, table });
        }
        Table::Dates(lowered)
    }

    /// The days that a key means; nothing for `else`, and for a mistake, which is reported.
    fn day_key(&mut self, key: &ast::TableKey, at: Span) -> Option<(Date, Option<Date>)> {
        let ever = Date::from_ymd_opt(FIRST_YEAR, 1, 1).unwrap_or_default();
        match key {
            ast::TableKey::Else => None,
            ast::TableKey::Dates(from, until) => {
                if until.is_some_and(|until| until < *from) {
                    self.report(findings::backwards(at, at));
                }
                Some((*from, *until))
            }
            ast::TableKey::Is(expr) => {
                let day = self.fixed_day(expr)?;
                Some((day, Some(day)))
            }
            ast::TableKey::Band(op, expr) => {
                let day = self.fixed_day(expr)?;
                let span = match op {
                    BinaryOp::Ge => (day, None),
                    BinaryOp::Gt => (day.succ_opt()?, None),
                    BinaryOp::Le => (ever, Some(day)),
                    BinaryOp::Lt => (ever, Some(day.pred_opt()?)),
                    _ => return None,
                };
                Some(span)
            }
        }
    }

    fn fixed_day(&mut self, expr: &ast::Expr) -> Option<Date> {
        match crate::literal::constant(&self.policy, &self.names, expr, Type::Date) {
            Ok(value) => value.as_date(),
            Err(finding) => {
                self.report(finding);
                None
            }
        }
    }

    fn value_rows(
        &mut self,
        reading: &mut Reading<'_>,
        rows: &[ast::TableRow],
        (by, ty): (usize, Type),
        depth: usize,
        span: Span,
    ) -> Table {
        let mut seen: Vec<(Value, Span)> = Vec::new();
        let mut complete = false;
        let mut lowered = Vec::new();
        for row in rows {
            let mut keys = Vec::new();
            let mut otherwise = false;
            for key in &row.keys {
                match &key.value {
                    ast::TableKey::Else => otherwise = true,
                    // Spans of dates have been told apart before.
                    ast::TableKey::Dates(..) => {}
                    ast::TableKey::Is(expr) => {
                        let lowered = self.key(expr, ty);
                        if let ExprKind::Const(value) = &lowered.kind
                            && lowered.ty != Type::Error
                        {
                            let first = seen.iter().find(|(other, _)| other == value);
                            if let Some((_, first)) = first {
                                let first = *first;
                                self.report(findings::key_twice(key.span, first));
                            }
                            seen.push((value.clone(), key.span));
                        }
                        keys.push(TableKey::Is(lowered));
                    }
                    ast::TableKey::Band(op, expr) => {
                        if !is_ordered(&self.policy, ty) {
                            let finding = findings::no_order(&self.policy, key.span, ty);
                            self.report(finding);
                        }
                        complete = true;
                        keys.push(TableKey::Band(*op, self.key(expr, ty)));
                    }
                }
            }
            if otherwise {
                complete = true;
                keys.clear();
            }
            let table = self.table(reading, &row.value, depth + 1);
            lowered.push(TableRow { keys, table });
        }
        if !complete {
            self.missing_rows(reading.name, ty, &seen, span);
        }
        Table::Rows(by, lowered)
    }

    /// A key: a fixed value, or a hole.
    fn key(&mut self, expr: &ast::Expr, ty: Type) -> Expr {
        if ty == Type::Error {
            return broken(expr.span);
        }
        let key = self.value_of(&Scope::template(), expr, ty);
        if !matches!(key.kind, ExprKind::Const(_) | ExprKind::Hole) {
            let finding = findings::not_fixed(&self.policy, expr.span, ty);
            self.report(finding);
            return broken(expr.span);
        }
        key
    }

    fn missing_rows(&mut self, name: &Name, ty: Type, seen: &[(Value, Span)], span: Span) {
        let all: Vec<(Value, Text)> = match ty {
            Type::Bool => vec![
                (Value::Bool(true), Text::new("yes", "是")),
                (Value::Bool(false), Text::new("no", "否")),
            ],
            Type::Enum(ix) => (0..)
                .zip(&self.policy.enums[ix.at()].values)
                .map(|(place, value)| {
                    let named = Text::new(value.name.clone(), value.name.clone());
                    (Value::Symbol(ix, place), named)
                })
                .collect(),
            _ => return,
        };
        let missing: Vec<Text> = all
            .into_iter()
            .filter(|(value, _)| seen.iter().all(|(other, _)| other != value))
            .map(|(_, named)| named)
            .collect();
        // A table whose keys are wrong has been reported.
        if !missing.is_empty() && !seen.is_empty() {
            let finding = findings::missing_rows(name, &missing, span);
            self.report(finding);
        }
    }
}
