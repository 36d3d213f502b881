//! At which standing, or under which answer, a condition may hold.

use crate::hir::{BinaryOp, DefineBody, Expr, ExprKind, Policy};
use pol_model::{EnumIx, Value};
use std::collections::BTreeSet;

/// The values of one thing, a standing or a reading, at which a condition may hold and those at
/// which it surely does, whatever else is so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Possible {
    /// It may hold.
    pub may: BTreeSet<u16>,
    /// It surely holds.
    pub must: BTreeSet<u16>,
}

/// Of what the values are looked at: an expression that yields it, and its enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// The standing on a ladder, or a reading.
    pub is: ExprKind,
    /// Its values.
    pub values: EnumIx,
}

impl Subject {
    /// All values.
    pub fn all(&self, policy: &Policy) -> BTreeSet<u16> {
        let count = policy.enums[self.values.at()].values.len();
        (0..count).filter_map(|at| u16::try_from(at).ok()).collect()
    }

    /// At which values a condition may hold.
    pub fn possible(&self, policy: &Policy, condition: &Expr) -> Possible {
        let all = self.all(policy);
        match &condition.kind {
            ExprKind::Binary(BinaryOp::And, left, right) => {
                let (left, right) = (self.possible(policy, left), self.possible(policy, right));
                Possible {
                    may: &left.may & &right.may,
                    must: &left.must & &right.must,
                }
            }
            ExprKind::Binary(BinaryOp::Or, left, right) => {
                let (left, right) = (self.possible(policy, left), self.possible(policy, right));
                Possible {
                    may: &left.may | &right.may,
                    must: &left.must | &right.must,
                }
            }
            ExprKind::Binary(op, left, right) => self
                .compared(*op, left, right, &all)
                .or_else(|| self.compared(mirrored(*op)?, right, left, &all))
                .map_or_else(|| unknown(&all), exactly),
            ExprKind::Not(inner) => {
                let inner = self.possible(policy, inner);
                Possible {
                    may: &all - &inner.must,
                    must: &all - &inner.may,
                }
            }
            ExprKind::In(value, set) if value.kind == self.is => {
                let places: Option<BTreeSet<u16>> = set.iter().map(place).collect();
                places.map_or_else(|| unknown(&all), |places| exactly(&places & &all))
            }
            ExprKind::Held(inner, _) => Possible {
                may: self.possible(policy, inner).may,
                must: BTreeSet::new(),
            },
            ExprKind::Define(define) => match &policy.defines[define.at()].body {
                DefineBody::Value(value) => self.possible(policy, value),
                DefineBody::Events(_) => unknown(&all),
            },
            ExprKind::Const(Value::Bool(true)) => exactly(all),
            ExprKind::Const(Value::Bool(false)) => exactly(BTreeSet::new()),
            _ => unknown(&all),
        }
    }

    fn compared(
        &self,
        op: BinaryOp,
        left: &Expr,
        right: &Expr,
        all: &BTreeSet<u16>,
    ) -> Option<BTreeSet<u16>> {
        let bound = place(right).filter(|_| left.kind == self.is)?;
        let holds = |value: &u16| match op {
            BinaryOp::Is => Some(*value == bound),
            BinaryOp::IsNot => Some(*value != bound),
            BinaryOp::Lt => Some(*value < bound),
            BinaryOp::Le => Some(*value <= bound),
            BinaryOp::Gt => Some(*value > bound),
            BinaryOp::Ge => Some(*value >= bound),
            BinaryOp::Or
            | BinaryOp::And
            | BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Mul
            | BinaryOp::Div => None,
        };
        let mut found = BTreeSet::new();
        for value in all {
            if holds(value)? {
                found.insert(*value);
            }
        }
        Some(found)
    }
}

fn exactly(values: BTreeSet<u16>) -> Possible {
    Possible {
        may: values.clone(),
        must: values,
    }
}

fn unknown(all: &BTreeSet<u16>) -> Possible {
    Possible {
        may: all.clone(),
        must: BTreeSet::new(),
    }
}

fn place(expr: &Expr) -> Option<u16> {
    match expr.kind {
        ExprKind::Const(Value::Symbol(_, place)) => Some(place),
        _ => None,
    }
}

/// The comparison with its sides exchanged.
const fn mirrored(op: BinaryOp) -> Option<BinaryOp> {
    match op {
        BinaryOp::Is | BinaryOp::IsNot => Some(op),
        BinaryOp::Lt => Some(BinaryOp::Gt),
        BinaryOp::Le => Some(BinaryOp::Ge),
        BinaryOp::Gt => Some(BinaryOp::Lt),
        BinaryOp::Ge => Some(BinaryOp::Le),
        BinaryOp::Or
        | BinaryOp::And
        | BinaryOp::Add
        | BinaryOp::Sub
        | BinaryOp::Mul
        | BinaryOp::Div => None,
    }
}
