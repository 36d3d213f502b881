//! Names that are used and declared nowhere, though they hold keywords: 任一年度自上次以来挂牌情形.
//!
//! The grammar takes such a run of characters for one name. That is right where the name is
//! declared; where it is not, the message proposes the spacing.

use super::pieces::Form;
use super::{mistakes, offset};
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
                | Rule::calendars => self.declare(&inner),
                Rule::name => {
                    let word = inner.as_str();
                    if !word.is_ascii() && word.chars().count() >= SHORTEST {
                        let from = start + inner.as_span().start();
                        let span = Span::new(offset(from), offset(from + word.len()));
                        self.used.entry(word.to_owned()).or_insert(span);
                    }
                }
                _ => {}
            }
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
        self.used
            .iter()
            .filter(|(name, _)| !self.declared.contains(*name))
            .filter_map(|(name, span)| {
                let spaced = mistakes::spacing(name, least)?;
                Some(mistakes::hides_keywords(*span, name, &spaced))
            })
            .collect()
    }
}
