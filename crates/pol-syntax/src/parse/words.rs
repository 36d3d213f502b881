//! Words of a text, and the keyword table as the parser's messages look at it.

use pol_grammar::Rule;
use pol_grammar::keywords::{self, Keyword, PeriodForm, table};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// White space within a line.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\u{3000}' | '\u{A0}' | '\u{FEFF}')
}

/// True for what a name or a number consists of.
pub(super) fn is_word_char(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// The word that a text begins with, after white space and comments; empty before a sign.
pub(super) fn first_word(text: &str) -> &str {
    word_at(text, skip_space(text, 0))
}

/// The first byte from `at` on that is neither white space nor in a comment.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    let mut at = at;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start_matches(|c: char| is_blank(c) || c == '\n');
        at += rest.len() - trimmed.len();
        if !(trimmed.starts_with("//") || trimmed.starts_with("／／")) {
            return at;
        }
        at += trimmed.find('\n').unwrap_or(trimmed.len());
    }
}

/// The word that begins at a byte.
pub(super) fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| !is_word_char(c)).unwrap_or(rest.len());
    &rest[..end]
}

/// The word before a byte, with the byte at which it begins; white space between is passed over.
pub(super) fn word_before(text: &str, at: usize) -> (usize, &str) {
    let before = text
        .get(..at)
        .unwrap_or_default()
        .trim_end_matches(|c: char| is_blank(c) || c == '\n');
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word_char(*c))
        .last()
        .map_or(before.len(), |(start, _)| start);
    (start, &before[start..])
}

/// True for a word that opens a declaration.
pub(super) fn declares(word: &str) -> bool {
    declaration_rule(word).is_some()
}

/// The grammar's rule for the declaration that a word opens.
pub(super) fn declaration_rule(word: &str) -> Option<Rule> {
    static RULES: LazyLock<BTreeMap<&str, Rule>> = LazyLock::new(|| {
        let declaring = table().keywords.iter().filter(|keyword| keyword.declares);
        declaring
            .filter_map(|keyword| Some((keyword, rule_of(&keyword.name)?)))
            .flat_map(|(keyword, rule)| keyword.spellings().map(move |word| (word, rule)))
            .collect()
    });
    RULES.get(word).copied()
}

fn rule_of(name: &str) -> Option<Rule> {
    Some(match name {
        "policy" => Rule::policy,
        "subject" => Rule::subject,
        "body" => Rule::body,
        "scale" => Rule::scale,
        "unit" => Rule::unit,
        "event" => Rule::event,
        "param" => Rule::param,
        "reading" => Rule::reading,
        "define" => Rule::define,
        "catalogue" => Rule::catalogue,
        "phase" => Rule::phase,
        "ladder" => Rule::ladder,
        "outcome" => Rule::outcome,
        "duty" => Rule::duty,
        "rule" => Rule::rule_declaration,
        "never" => Rule::never,
        "prose" => Rule::prose,
        "test" => Rule::test,
        _ => return None,
    })
}

/// The keywords that open a clause.
const CLAUSES: [&str; 27] = [
    "source",
    "effective",
    "calendar",
    "cites",
    "concerns",
    "for",
    "on",
    "at",
    "when",
    "while_en",
    "during_en",
    "amid_zh",
    "from_zh",
    "if",
    "counting_en",
    "again_zh",
    "decided_en",
    "by_zh",
    "then",
    "otherwise",
    "each",
    "within_en",
    "met_en",
    "with_zh",
    "given",
    "expect",
    "where",
];

/// True for a word that opens a clause, but no declaration: it was meant to be indented.
pub(super) fn opens_clause(word: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        let keywords = CLAUSES
            .iter()
            .filter_map(|name| keywords::keyword(name))
            .flat_map(Keyword::spellings);
        let points = table()
            .periods
            .iter()
            .flat_map(|period| &period.end_of_each);
        keywords.chain(points.map(String::as_str)).collect()
    });
    WORDS.contains(word)
}

/// Every Chinese spelling that a run of characters may hide, with what it is: keywords and periods.
pub(super) fn chinese_words() -> impl Iterator<Item = &'static str> {
    let keywords = table()
        .keywords
        .iter()
        .flat_map(|keyword| &keyword.chinese)
        .map(String::as_str);
    let periods = table().periods.iter().flat_map(|period| {
        PeriodForm::ALL
            .into_iter()
            .flat_map(|form| period.chinese(form))
            .map(String::as_str)
    });
    keywords.chain(periods)
}
