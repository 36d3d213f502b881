//! The entries that a condition counted.

use crate::history::HappeningIx;
use crate::scope::Scope;
use crate::world::World;
use pol_runtime::EntryIx;
use pol_semantics::hir::{BinaryOp, DefineBody, Expr, ExprKind};
use std::collections::BTreeSet;

impl World<'_> {
    /// The entries behind a condition that holds: those that its aggregates counted, on the sides
    /// that hold. What stands under `not` counts nothing.
    pub(crate) fn evidence(&self, expr: &Expr, scope: &Scope<'_>) -> Vec<EntryIx> {
        let mut happenings = BTreeSet::new();
        self.collect_evidence(expr, scope, &mut happenings);
        let entries: BTreeSet<EntryIx> = happenings
            .into_iter()
            .filter_map(|index| self.history.happenings[index].entry)
            .collect();
        entries.into_iter().collect()
    }

    fn collect_evidence(&self, expr: &Expr, scope: &Scope<'_>, found: &mut BTreeSet<HappeningIx>) {
        match &expr.kind {
            ExprKind::Aggregate(aggregate) => found.extend(self.counted(aggregate, scope).events),
            ExprKind::Binary(BinaryOp::Or, left, right) => {
                for side in [left, right] {
                    if self.truth(side, scope).holds() {
                        self.collect_evidence(side, scope, found);
                    }
                }
            }
            ExprKind::Binary(_, left, right) => {
                self.collect_evidence(left, scope, found);
                self.collect_evidence(right, scope, found);
            }
            ExprKind::Define(define) => {
                if let DefineBody::Value(value) = &self.policy.defines[define.at()].body {
                    self.collect_evidence(value, scope, found);
                }
            }
            ExprKind::In(inner, _) | ExprKind::Held(inner, _) | ExprKind::Negate(inner) => {
                self.collect_evidence(inner, scope, found);
            }
            ExprKind::Higher(values) | ExprKind::Lower(values) => {
                for value in values {
                    self.collect_evidence(value, scope, found);
                }
            }
            ExprKind::Const(_)
            | ExprKind::Hole
            | ExprKind::Field(_)
            | ExprKind::FieldAttr(..)
            | ExprKind::Attr(..)
            | ExprKind::Standing(_)
            | ExprKind::Reading(_)
            | ExprKind::Param(_)
            | ExprKind::Not(_)
            | ExprKind::InForce(_)
            | ExprKind::During(_)
            | ExprKind::Share(..)
            | ExprKind::Rank(_) => {}
        }
    }
}
