//! Values and records of tests, checked as those of a ledger are.

use super::Lowering;
use crate::findings;
use crate::hir::{Field, Type};
use crate::literal::constant;
use crate::nearest::nearest;
use pol_model::{FieldIx, Value};
use pol_syntax::Diagnostic;
use pol_syntax::ast::{Expr, ExprKind, Name};

impl Lowering<'_> {
    /// What a field holds: one value, or the list of a field of several.
    pub(super) fn value(&self, field: &Field, values: &[Expr]) -> Result<Value, Diagnostic> {
        if field.several {
            let values = values.iter().map(|value| self.single(field, value));
            return Ok(Value::List(values.collect::<Result<_, _>>()?));
        }
        match values {
            [value] => self.single(field, value),
            [_, second, ..] => Err(findings::one_value(&field.named.name, second.span)),
            [] => Err(findings::one_value(&field.named.name, field.named.span)),
        }
    }

    fn single(&self, field: &Field, value: &Expr) -> Result<Value, Diagnostic> {
        match (field.ty, &value.value) {
            (Type::Member(kind), ExprKind::Name(id) | ExprKind::Text(id)) => {
                let id = Name::new(id.clone(), value.span);
                let member = self.member(&id)?;
                let found = self.kind_of(member);
                if found == kind {
                    Ok(Value::Member(member))
                } else {
                    let wanted = Type::Member(kind);
                    let found = Type::Member(found);
                    Err(findings::wrong_type(self.policy, value.span, found, wanted))
                }
            }
            (Type::Text, ExprKind::Name(word)) => Err(findings::unquoted(word, value.span)),
            (ty, _) => {
                let fixed = constant(self.policy, self.names, value, ty)?;
                match (field.range, fixed.as_number()) {
                    (Some((least, greatest)), Some(number)) => {
                        let within = number.to_whole().is_some_and(|whole| {
                            (i128::from(least)..=i128::from(greatest)).contains(&whole)
                        });
                        if within {
                            Ok(fixed)
                        } else {
                            Err(findings::out_of_range(value.span, least, greatest))
                        }
                    }
                    _ => Ok(fixed),
                }
            }
        }
    }

    /// The fields of a record that are declared, each once, with their values as written.
    pub(super) fn record<'r>(
        &mut self,
        of: &str,
        fields: &[Field],
        record: impl IntoIterator<Item = (&'r Name, &'r [Expr])>,
    ) -> Vec<(FieldIx, Option<Value>)> {
        let mut seen: Vec<(FieldIx, &Name)> = Vec::new();
        let mut values = Vec::new();
        for (name, written) in record {
            let Some((ix, field)) = (0..)
                .map(FieldIx)
                .zip(fields)
                .find(|(_, field)| field.named.name == name.value)
            else {
                let known: Vec<_> = fields
                    .iter()
                    .map(|field| field.named.name.as_str())
                    .collect();
                let near = nearest(&name.value, known.iter().copied());
                self.findings
                    .push(findings::unknown_field(name, of, &known, near));
                continue;
            };
            if let Some((_, first)) = seen.iter().find(|(seen, _)| *seen == ix) {
                self.findings.push(findings::given_twice(name, first.span));
                continue;
            }
            seen.push((ix, name));
            let value = self.value(field, written);
            values.push((ix, self.keep(value)));
        }
        values
    }
}
