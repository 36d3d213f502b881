//! Names that are used and declared nowhere, though they are no names: 任一年度自上次以来挂牌情形
//! holds keywords, 三个月 a number.
//!
//! The grammar takes such a run of characters for one name. That is right where the name is
//! declared; where it is not, the message says how it was meant.

use super::pieces::Form;
use super::{lengths, offset, spacing};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use pest::iterators::Pair;
use pol_grammar::Rule;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest characters of a name that may hide keywords.
const SHORTEST: usize = 4;

/// The names of a text.
#[derive(Default)]
pub(super) struct Names {
    declared: BTreeSet<String>,
    /// Where each name stands first.
    used: BTreeMap<String, Span>,
    /// The units of numbers, each with the first number that has it.
    units: BTreeMap<String, (String, Span)>,
}

impl Names {
    /// Takes the names of a declaration that starts at a byte of the text.
    pub(super) fn take(&mut self, pair: &Pair<'_, Rule>, start: usize) {
        self.declare(pair);
        for inner in pair.clone().into_inner().flatten() {
            match inner.as_rule() {
                Rule::field
                | Rule::labelled
                | Rule::source
                | Rule::item_key
                | Rule::member_id
                | Rule::calendar => self.declare(&inner),
                Rule::name => {
                    let word = inner.as_str();
                    if !word.is_ascii() && word.chars().nth(1).is_some() {
                        let from = start + inner.as_span().start();
                        let span = Span::new(offset(from), offset(from + word.len()));
                        self.used.entry(word.to_owned()).or_insert(span);
                    }
                }
                Rule::number => self.measured(&inner, start),
                _ => {}
            }
        }
    }

    fn measured(&mut self, number: &Pair<'_, Rule>, start: usize) {
        let units = number.clone().into_inner();
        let unit = units.into_iter().find(|it| it.as_rule() == Rule::unit_name);
        if let Some(unit) = unit {
            let (span, written) = (number.as_span(), number.as_str().to_owned());
            let span = Span::new(offset(start + span.start()), offset(start + span.end()));
            let unit = unit.as_str().to_owned();
            self.units.entry(unit).or_insert((written, span));
        }
    }

    fn declare(&mut self, pair: &Pair<'_, Rule>) {
        let names = pair.clone().into_inner();
        if let Some(name) = names
            .into_iter()
            .find(|inner| inner.as_rule() == Rule::name)
        {
            self.declared.insert(name.as_str().to_owned());
        }
    }

    /// The messages. One-liners declare nothing, so one keyword is enough there.
    pub(super) fn run_together(&self, form: Form) -> Vec<Diagnostic> {
        let least = match form {
            Form::Declarations => 2,
            Form::OneLiners => 1,
        };
        let units = self.units.iter().filter_map(|(unit, (written, span))| {
            let spaced = lengths::unjoined(written)?;
            (!self.declared.contains(unit))
                .then(|| spacing::hides_keywords(*span, written, &spaced))
        });
        let names = self
            .used
            .iter()
            .filter(|(name, _)| !self.declared.contains(*name))
            .filter_map(|(name, span)| {
                let digits = lengths::in_digits(name, |unit| self.declared.contains(unit));
                if let Some(digits) = digits {
                    return Some(lengths::numeral(*span, name, &digits));
                }
                let spaced = spacing::spaced(name, least)?;
                (name.chars().count() >= SHORTEST)
                    .then(|| spacing::hides_keywords(*span, name, &spaced))
            });
        names.chain(units).collect()
    }
}
