//! Conditions and values, each once.

use super::Lowering;
use crate::data::{DateRow, Param, Table, TableKey, TableRow};
use crate::node::{Clock, ClockIx, FieldKey, Node, NodeIx, Period, Rank};
use pol_model::compute::{Arithmetic, Comparison};
use pol_model::{LadderIx, Value};
use pol_semantics::hir::{self, BinaryOp, DefineBody, Expr, ExprKind, Type};

impl Lowering<'_> {
    /// Parameters: their tables come first, so that conditions may name them.
    pub(crate) fn params(&mut self) {
        let policy = self.policy;
        for param in &policy.params {
            let by = param.by.iter().map(|by| self.expr(by)).collect();
            let table = self.table(&param.table);
            self.plan.params.push(Param {
                name: param.named.name.clone(),
                by,
                table,
            });
        }
    }

    fn table(&mut self, table: &hir::Table) -> Table {
        match table {
            hir::Table::Value(value) => Table::Value(self.expr(value)),
            hir::Table::Rows(by, rows) => Table::Rows(
                *by,
                rows.iter()
                    .map(|row| TableRow {
                        keys: row.keys.iter().map(|key| self.key(key)).collect(),
                        table: self.table(&row.table),
                    })
                    .collect(),
            ),
            hir::Table::Dates(rows) => Table::Dates(
                rows.iter()
                    .map(|row| DateRow {
                        spans: row.spans.clone(),
                        table: self.table(&row.table),
                    })
                    .collect(),
            ),
        }
    }

    fn key(&mut self, key: &hir::TableKey) -> TableKey {
        let (op, bound) = match key {
            hir::TableKey::Is(bound) => (BinaryOp::Is, bound),
            hir::TableKey::Band(op, bound) => (*op, bound),
        };
        TableKey {
            comparison: comparison(op).unwrap_or(Comparison::Is),
            bound: self.expr(bound),
        }
    }

    pub(crate) fn optional(&mut self, expr: Option<&Expr>) -> Option<NodeIx> {
        expr.map(|expr| self.expr(expr))
    }

    fn all(&mut self, exprs: &[Expr]) -> Vec<NodeIx> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    /// The place of a condition or value. A definition is put in where it is used.
    pub(crate) fn expr(&mut self, expr: &Expr) -> NodeIx {
        let node = match &expr.kind {
            ExprKind::Const(value) => Node::Const(value.clone()),
            // No policy with a hole is run; its plan can still be looked at.
            ExprKind::Hole => Node::Const(Value::List(Vec::new())),
            ExprKind::Field(key) => Node::Field(field(key)),
            ExprKind::FieldAttr(key, attribute) => Node::FieldAttr(field(key), *attribute),
            ExprKind::Attr(kind, attribute) => Node::Attr(*kind, *attribute),
            ExprKind::Standing(ladder) => Node::Standing(*ladder),
            ExprKind::Reading(reading) => Node::Reading(*reading),
            ExprKind::Param(param) => Node::Param(*param),
            ExprKind::Define(define) => match &self.policy.defines[define.at()].body {
                DefineBody::Value(value) => return self.expr(value),
                DefineBody::Events(_) => Node::Const(Value::Bool(false)),
            },
            ExprKind::Not(inner) => Node::Not(self.expr(inner)),
            ExprKind::Negate(inner) => Node::Negate(self.expr(inner)),
            ExprKind::Binary(op, left, right) => {
                let (left, right) = (self.expr(left), self.expr(right));
                binary(*op, left, right)
            }
            ExprKind::In(value, among) => Node::In(self.expr(value), self.all(among)),
            ExprKind::Higher(values) => Node::Higher(self.all(values)),
            ExprKind::Lower(values) => Node::Lower(self.all(values)),
            ExprKind::Held(condition, duration) => {
                let clock = self.clock(condition);
                Node::Held(clock, self.expr(duration))
            }
            ExprKind::InForce(outcome) => Node::InForce(*outcome),
            ExprKind::During(phases) => Node::During(phases.clone()),
            ExprKind::Aggregate(aggregate) => {
                let accumulator = self.accumulator(aggregate);
                if expr.ty == Type::Bool {
                    Node::Any(accumulator)
                } else {
                    Node::Accumulated(accumulator)
                }
            }
            ExprKind::Share(kind, condition) => Node::Share(*kind, self.expr(condition)),
            ExprKind::Members(kind, condition) => Node::Members(*kind, self.expr(condition)),
            ExprKind::Rank(rank) => Node::Rank(Rank {
                value: self.expr(&rank.value),
                among: rank.among,
                filter: self.optional(rank.filter.as_ref()),
                from_last: rank.from_last,
            }),
        };
        self.node(node)
    }

    /// The place of a node: that of an equal one, or a new one.
    pub(crate) fn node(&mut self, node: Node) -> NodeIx {
        NodeIx(place(&mut self.plan.nodes, node))
    }

    /// The clock of a condition, and the ladders that it reads.
    pub(crate) fn clock(&mut self, condition: &Expr) -> ClockIx {
        let node = self.expr(condition);
        let mut ladders = Vec::new();
        self.ladders_of(node, &mut ladders);
        ladders.sort_unstable();
        ladders.dedup();
        let clock = Clock {
            condition: node,
            ladders,
        };
        ClockIx(place(&mut self.plan.clocks, clock))
    }

    fn ladders_of(&self, node: NodeIx, ladders: &mut Vec<LadderIx>) {
        match self.plan.node(node) {
            Node::Standing(ladder) => ladders.push(*ladder),
            Node::Held(clock, _) => ladders.extend(&self.plan.clocks[clock.at()].ladders),
            _ => {}
        }
        for part in self.plan.node(node).parts() {
            self.ladders_of(part, ladders);
        }
    }

    pub(crate) fn period(&mut self, period: &hir::Period) -> Period {
        match period {
            hir::Period::Calendar(stretch) => Period::Calendar(*stretch),
            hir::Period::Cycle(length, anchor) => {
                Period::Cycle(self.expr(length), self.expr(anchor))
            }
        }
    }
}

/// The place of a thing in a list of different things: that of an equal one, or a new one.
pub(crate) fn place<T: PartialEq>(list: &mut Vec<T>, thing: T) -> u32 {
    let at = list
        .iter()
        .position(|one| *one == thing)
        .unwrap_or_else(|| {
            list.push(thing);
            list.len() - 1
        });
    u32::try_from(at).unwrap_or(u32::MAX)
}

pub(crate) fn field(key: &hir::FieldKey) -> FieldKey {
    match key {
        hir::FieldKey::Declared(field) => FieldKey::Declared(*field),
        hir::FieldKey::Named(name) => FieldKey::Named(name.clone()),
        hir::FieldKey::Date => FieldKey::Date,
        hir::FieldKey::Recorded => FieldKey::Recorded,
        hir::FieldKey::Was => FieldKey::Was,
        hir::FieldKey::Now => FieldKey::Now,
        hir::FieldKey::LastDay => FieldKey::LastDay,
    }
}

const fn comparison(op: BinaryOp) -> Option<Comparison> {
    Some(match op {
        BinaryOp::Is => Comparison::Is,
        BinaryOp::IsNot => Comparison::IsNot,
        BinaryOp::Lt => Comparison::Lt,
        BinaryOp::Le => Comparison::Le,
        BinaryOp::Gt => Comparison::Gt,
        BinaryOp::Ge => Comparison::Ge,
        BinaryOp::Or
        | BinaryOp::And
        | BinaryOp::Add
        | BinaryOp::Sub
        | BinaryOp::Mul
        | BinaryOp::Div => return None,
    })
}

fn binary(op: BinaryOp, left: NodeIx, right: NodeIx) -> Node {
    let reckon = |how| Node::Reckon(how, left, right);
    let compare = |how| Node::Compare(how, left, right);
    match op {
        BinaryOp::Or => Node::Or(left, right),
        BinaryOp::And => Node::And(left, right),
        BinaryOp::Add => reckon(Arithmetic::Add),
        BinaryOp::Sub => reckon(Arithmetic::Sub),
        BinaryOp::Mul => reckon(Arithmetic::Mul),
        BinaryOp::Div => reckon(Arithmetic::Div),
        BinaryOp::Is => compare(Comparison::Is),
        BinaryOp::IsNot => compare(Comparison::IsNot),
        BinaryOp::Lt => compare(Comparison::Lt),
        BinaryOp::Le => compare(Comparison::Le),
        BinaryOp::Gt => compare(Comparison::Gt),
        BinaryOp::Ge => compare(Comparison::Ge),
    }
}
