//! The entries that a condition counted.

use crate::history::HappeningIx;
use crate::scope::Scope;
use crate::world::World;
use pol_model::EntryIx;
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
            ExprKind::Define(define) => {
                if let DefineBody::Value(value) = &self.policy.defines[define.at()].body {
                    self.collect_evidence(value, scope, found);
                }
            }
            // What stands under `not` counts nothing.
            ExprKind::Not(_) => {}
            _ => {
                for part in expr.parts() {
                    self.collect_evidence(part, scope, found);
                }
            }
        }
    }
}
