//! Names that are used and declared nowhere, though they are no names: 任一年度自上次以来挂牌情形
//! holds keywords, 三个月 a number.
//!
//! The grammar takes such a run of characters for one name. That is right where the name is
//! declared; where it is not, the message says how it was meant.

use super::pieces::Form;
use super::{offset, spacing};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use pest::iterators::Pair;
use pol_grammar::Rule;
use pol_grammar::keywords::table;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest characters of a name that may hide keywords.
const SHORTEST: usize = 4;
/// Numerals from one to a hundred and more; 两 is two before a measure word.
const NUMERALS: &str = "一二三四五六七八九十两百千";

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
                | Rule::calendar => self.declare(&inner),
                Rule::name => {
                    let word = inner.as_str();
                    if !word.is_ascii() && word.chars().nth(1).is_some() {
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
                if let Some(digits) = self.in_digits(name) {
                    return Some(spacing::numeral(*span, name, &digits));
                }
                let spaced = spacing::spaced(name, least)?;
                (name.chars().count() >= SHORTEST)
                    .then(|| spacing::hides_keywords(*span, name, &spaced))
            })
            .collect()
    }

    /// 三个月 in digits, if what follows the numeral measures time or is a declared unit.
    fn in_digits(&self, name: &str) -> Option<String> {
        let rest = name.trim_start_matches(|c| NUMERALS.contains(c));
        let numeral = &name[..name.len() - rest.len()];
        let measures = table()
            .durations
            .iter()
            .any(|unit| unit.chinese.iter().any(|word| word == rest));
        if !measures && !self.declared.contains(rest) {
            return None;
        }
        Some(format!("{}{rest}", value(numeral)?))
    }
}

/// The value of a Chinese numeral below ten thousand.
fn value(numeral: &str) -> Option<u32> {
    if numeral.chars().count() > 8 {
        return None;
    }
    let mut sum: u32 = 0;
    let mut digit = None;
    for c in numeral.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '两' => {
                digit = Some(2);
                continue;
            }
            c => {
                let at = "一二三四五六七八九".chars().position(|d| d == c)?;
                digit = Some(u32::try_from(at).ok()? + 1);
                continue;
            }
        };
        sum += digit.take().unwrap_or(1) * place;
    }
    let value = sum + digit.unwrap_or(0);
    (value > 0).then_some(value)
}
