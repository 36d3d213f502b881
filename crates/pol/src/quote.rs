//! Quotations: whether the words that a citation quotes stand in the clause that it names.
//!
//! Words are compared in NFKC, without white space and without the marks of Markdown; all quotation
//! marks are one. `…` in a quotation stands for words left out. A clause's words are its heading's
//! and its own, not those of the clauses below it.

use crate::clause::{Clause, full_width, read};
use crate::coverage::citing;
use crate::{Code, Diagnostic, Documents, Policy, Text};
use pol_semantics::hir;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization as _;

/// A quotation whose words do not stand in the clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Misquoted {
    /// The document's name in the policy.
    pub source: String,
    /// The clause that is cited.
    pub clause: String,
    /// The words.
    pub words: String,
    /// A clause in which they do stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in: Option<String>,
}

/// What is wrong with a quotation.
enum Fault {
    /// The source names no text, or none that was given.
    NoText,
    /// The text has no such clause.
    NoClause,
    /// The words are not in it; perhaps they are in another.
    Elsewhere(Option<String>),
}

impl Policy {
    /// The quotations that do not hold, as findings about the policy; `documents` are the texts of
    /// its documents by name. One that cannot be compared is a warning.
    ///
    /// ```
    /// let text = r#"
    /// policy p
    ///   source plan "plan" text "plan.md"
    ///   effective 2024-01-01
    /// subject township cites plan "二" says "全县16个乡(镇)……有任务的单位"
    /// prose "aims" cites plan "一" says "依法处罚"
    /// "#;
    /// let policy = pol::Policy::compile("p.pol", text).unwrap();
    /// let plan = "## 一、总则\n\n依法。\n\n## 二、对象\n\n全县 16 个乡（镇）和有任务的单位。\n";
    /// let documents = [("plan".to_owned(), plan.to_owned())].into_iter().collect();
    /// let found = policy.misquoted(&documents);
    /// assert_eq!(found.len(), 1);
    /// assert_eq!(found[0].message.en, "these words do not stand in `一` of `plan`");
    /// ```
    pub fn misquoted(&self, documents: &Documents) -> Vec<Diagnostic> {
        let hir = self.hir();
        faults(hir, documents)
            .into_iter()
            .map(|(cite, quote, fault)| finding(hir, cite, quote, fault))
            .collect()
    }
}

/// The quotations of a document that was given whose words do not stand where it is said.
pub(crate) fn misquoted(policy: &hir::Policy, documents: &Documents) -> Vec<Misquoted> {
    faults(policy, documents)
        .into_iter()
        .filter_map(|(cite, quote, fault)| match fault {
            Fault::NoText => None,
            Fault::NoClause => Some((cite, quote, None)),
            Fault::Elsewhere(stands_in) => Some((cite, quote, stands_in)),
        })
        .map(|(cite, quote, stands_in)| Misquoted {
            source: source_name(policy, cite).to_owned(),
            clause: cite.clause.clone(),
            words: quote.words.clone(),
            stands_in,
        })
        .collect()
}

fn faults<'p>(
    policy: &'p hir::Policy,
    documents: &Documents,
) -> Vec<(&'p hir::Cite, &'p hir::Quote, Fault)> {
    let texts: BTreeMap<&str, Vec<(String, String)>> = documents
        .iter()
        .map(|(name, text)| (name.as_str(), read(text).iter().map(words).collect()))
        .collect();
    let declared = citing(policy).into_iter().map(|(_, cites)| cites);
    let prose = policy.prose.iter().map(|prose| prose.cites.as_slice());
    // Items that cite nothing have their catalogue's citation: a quotation is told by its place.
    let mut quotes: BTreeMap<_, (&hir::Cite, &hir::Quote)> = BTreeMap::new();
    for cite in declared
        .chain(prose)
        .chain([policy.named.cites.as_slice()])
        .flatten()
    {
        if let Some(quote) = &cite.quote {
            quotes.insert(quote.span, (cite, quote));
        }
    }
    let faults = quotes.into_values().filter_map(|(cite, quote)| {
        let Some(clauses) = texts.get(source_name(policy, cite)) else {
            return Some((cite, quote, Fault::NoText));
        };
        let number = full_width(&cite.clause);
        let wanted = plain(&quote.words);
        let fault = match clauses.iter().find(|(clause, _)| *clause == number) {
            None => Fault::NoClause,
            Some((_, words)) if holds(words, &wanted) => return None,
            Some(_) => {
                let other = clauses.iter().find(|(_, words)| holds(words, &wanted));
                Fault::Elsewhere(other.map(|(clause, _)| clause.clone()))
            }
        };
        Some((cite, quote, fault))
    });
    faults.collect()
}

fn source_name<'p>(policy: &'p hir::Policy, cite: &hir::Cite) -> &'p str {
    let source = policy.sources.get(cite.source);
    source.map_or("", |source| source.named.name.as_str())
}

/// A clause's number and its words, as they are compared.
fn words(clause: &Clause) -> (String, String) {
    let words = format!("{}{}", clause.title, clause.words);
    (clause.number.clone(), plain(&words))
}

/// Words without what does not count.
fn plain(words: &str) -> String {
    words
        .nfkc()
        .filter(|c| !c.is_whitespace() && *c != '*')
        .map(|c| match c {
            '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '\'' => '"',
            c => c,
        })
        .collect()
}

/// True if the parts of a quotation stand there, one after another.
fn holds(words: &str, quote: &str) -> bool {
    let parts = quote.split("...").map(|part| part.trim_start_matches('.'));
    let mut rest = Some(words);
    for part in parts.filter(|part| !part.is_empty()) {
        rest = rest.and_then(|rest| rest.split_once(part)).map(|it| it.1);
    }
    rest.is_some()
}

fn finding(policy: &hir::Policy, cite: &hir::Cite, quote: &hir::Quote, fault: Fault) -> Diagnostic {
    let source = source_name(policy, cite);
    let clause = &cite.clause;
    let (message, label, help) = match fault {
        Fault::NoText => {
            let message = Text::new(
                format!("these words of `{source}` cannot be compared: there is no text of it"),
                format!("没有`{source}`的原文，无法核对所引的话"),
            );
            let label = Text::new("nothing to compare with", "无从核对");
            let named = policy.sources.get(cite.source);
            let help = match named.and_then(|source| source.text.as_ref()) {
                Some(path) => Text::new(
                    format!("put `{path}` beside the policy, as text in UTF-8"),
                    format!("请把`{path}`放在政策文件旁边，存为UTF-8文本"),
                ),
                None => Text::new(
                    format!("name its text: `source {source} text \"sources/…\"`"),
                    format!("请写明原文：`文件 {source} 原文 “sources/…”`"),
                ),
            };
            return Diagnostic::warning(Code::MISQUOTED, message, quote.span, label)
                .with_help(help);
        }
        Fault::NoClause => (
            Text::new(
                format!("the text of `{source}` has no clause `{clause}` to quote"),
                format!("`{source}`的原文里没有`{clause}`这一条"),
            ),
            Text::new("quoted from where?", "引自哪里？"),
            Text::new(
                "mend the clause's number, as the document has it",
                "请按文件改正条款的编号",
            ),
        ),
        Fault::Elsewhere(other) => (
            Text::new(
                format!("these words do not stand in `{clause}` of `{source}`"),
                format!("`{source}`的`{clause}`里没有这些话"),
            ),
            Text::new("not in that clause", "条款里没有"),
            match other {
                Some(other) => Text::new(
                    format!("they stand in `{other}`: cite that clause"),
                    format!("这些话在`{other}`里：请引该条"),
                ),
                None => Text::new(
                    "copy the words from the document; `…` stands for what is left out",
                    "请照录文件的原话；略去的文字写作`……`",
                ),
            },
        ),
    };
    Diagnostic::error(Code::MISQUOTED, message, quote.span, label).with_help(help)
}
