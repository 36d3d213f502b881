//! Parameters, phases, and shares and ranks among members.

use crate::condition::compare;
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::{Date, Span};
use pol_model::{Cause, KindIx, MemberIx, Number, ParamIx, PhaseIx, Tri, Value};
use pol_model::{Quantity, Truth};
use pol_semantics::hir::{BinaryOp, Expr, Param, Rank, Table, TableKey, TableRow};

impl World<'_> {
    /// The value of a parameter in a scope.
    pub(crate) fn param(&self, param: ParamIx, scope: &Scope<'_>) -> Quantity {
        let param = &self.policy.params[param.at()];
        self.table(param, &param.table, scope)
    }

    fn table(&self, param: &Param, table: &Table, scope: &Scope<'_>) -> Quantity {
        let none = || {
            Quantity::Unknown(vec![Cause::NoRow {
                param: param.named.name.clone(),
            }])
        };
        match table {
            Table::Value(value) => self.quantity(value, scope),
            Table::Rows(by, rows) => {
                let Some(by) = param.by.get(*by) else {
                    return none();
                };
                let value = self.quantity(by, scope);
                if let Quantity::Unknown(causes) = value {
                    return Quantity::Unknown(causes);
                }
                // Read from above: an undecided row before one that fits leaves it open.
                for row in rows {
                    match self.leads(row, &value, scope) {
                        Truth { tri: Tri::Yes, .. } => return self.table(param, &row.table, scope),
                        Truth { tri: Tri::No, .. } => {}
                        Truth {
                            tri: Tri::Unknown,
                            causes,
                        } => return Quantity::Unknown(causes),
                    }
                }
                none()
            }
            Table::Dates(rows) => {
                let day = scope.attribute_day();
                let holds = |(from, to): &(Date, Option<Date>)| {
                    *from <= day && to.is_none_or(|to| day <= to)
                };
                let row = rows
                    .iter()
                    .find(|row| row.spans.is_empty() || row.spans.iter().any(holds));
                row.map_or_else(none, |row| self.table(param, &row.table, scope))
            }
        }
    }

    fn leads(&self, row: &TableRow, value: &Quantity, scope: &Scope<'_>) -> Truth {
        if row.keys.is_empty() {
            return Truth::of(true);
        }
        row.keys.iter().fold(Truth::of(false), |found, key| {
            let (op, bound) = match key {
                TableKey::Is(bound) => (BinaryOp::Is, bound),
                TableKey::Band(op, bound) => (*op, bound),
            };
            found.or(compare(
                op,
                value.clone(),
                self.quantity(bound, scope),
                scope,
            ))
        })
    }

    /// The spans of a phase, from the policy or from the register.
    pub(crate) fn phase_spans(&self, phase: PhaseIx) -> &[(Date, Option<Date>)] {
        let declared = &self.policy.phases[phase.at()];
        if declared.from_register {
            self.register.phases.get(&phase).map_or(&[], Vec::as_slice)
        } else {
            &declared.spans
        }
    }

    /// The span of a phase that holds a day; an open end is the calendar's own.
    pub(crate) fn phase_span(&self, phase: PhaseIx, day: Date) -> Option<Span> {
        self.phase_spans(phase)
            .iter()
            .filter_map(|(from, to)| Span::new(*from, to.unwrap_or(Date::MAX)))
            .find(|span| span.contains(day))
    }

    /// The share of members within the subject that satisfy a condition.
    pub(crate) fn share(&self, kind: KindIx, condition: &Expr, scope: &Scope<'_>) -> Quantity {
        let found = self.satisfying(kind, condition, scope);
        let part = |n: i128| Number::whole(n).over(Number::whole(found.all));
        match (part(found.sure), part(found.possible)) {
            (Some(low), Some(high)) => settled(low, high, found.causes),
            _ => Quantity::Unknown(vec![Cause::DivisionByZero { entry: None }]),
        }
    }

    /// How many members within the subject satisfy a condition.
    pub(crate) fn members(&self, kind: KindIx, condition: &Expr, scope: &Scope<'_>) -> Quantity {
        let found = self.satisfying(kind, condition, scope);
        let (low, high) = (Number::whole(found.sure), Number::whole(found.possible));
        settled(low, high, found.causes)
    }

    fn satisfying(&self, kind: KindIx, condition: &Expr, scope: &Scope<'_>) -> Satisfying {
        let mut found = Satisfying::default();
        for member in self.ranked(kind, scope) {
            let within = scope
                .subject
                .is_none_or(|subject| self.register.outwards(member).any(|m| m == subject));
            if !within {
                continue;
            }
            found.all += 1;
            let truth = self.truth(condition, &scope.for_member(member));
            found.sure += i128::from(truth.tri == Tri::Yes);
            found.possible += i128::from(truth.tri != Tri::No);
            if truth.tri == Tri::Unknown {
                found.causes.extend(truth.causes);
            }
        }
        found
    }

    /// The subject's place among its kind; ties share the better place from either end.
    pub(crate) fn rank(&self, rank: &Rank, scope: &Scope<'_>) -> Quantity {
        // Who has no value has no place, and takes nobody's.
        let values: Vec<(MemberIx, Value)> = self
            .ranked(rank.among, scope)
            .filter(|member| {
                let scope = scope.for_member(*member);
                rank.filter
                    .as_ref()
                    .is_none_or(|filter| self.truth(filter, &scope).holds())
            })
            .filter_map(|member| {
                let value = self.quantity(&rank.value, &scope.for_member(member));
                value.known().cloned().map(|value| (member, value))
            })
            .collect();
        let own = values
            .iter()
            .find(|(member, _)| Some(*member) == scope.subject);
        let Some((_, own)) = own else {
            return Quantity::Unknown(vec![Cause::NoRank]);
        };
        let better = values.iter().filter(|(_, value)| {
            if rank.from_last {
                value < own
            } else {
                value > own
            }
        });
        Quantity::number(Number::whole(
            i128::try_from(better.count()).unwrap_or(i128::MAX - 1) + 1,
        ))
    }

    fn ranked<'s>(
        &'s self,
        kind: KindIx,
        scope: &'s Scope<'_>,
    ) -> impl Iterator<Item = MemberIx> + 's {
        self.register
            .indices()
            .filter(move |member| self.concerns(&[kind], *member, scope.day))
    }
}

/// Of the members within a subject: how many there are, how many surely and how many possibly satisfy
/// a condition, and why not all can be told.
#[derive(Default)]
struct Satisfying {
    all: i128,
    sure: i128,
    possible: i128,
    causes: Vec<Cause>,
}

fn settled(low: Number, high: Number, causes: Vec<Cause>) -> Quantity {
    pol_model::Between {
        low,
        high,
        causes,
        uncovered: None,
    }
    .settle()
}
