//! The columns of a ledger, and the kinds of its rows.

use crate::header::Known;
use crate::problem::Problem;
use crate::text::normal;
use crate::words::{Vocabulary, fields, numbered};
use pol_model::{EventIx, FieldIx};
use pol_semantics::hir::Event;
use pol_syntax::Code;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Col {
    Id,
    Date,
    Time,
    Recorded,
    Kind,
    Of,
    By,
    Rule,
    Verdict,
    Ref,
    InsteadOf,
    /// A field, of the kinds of entry that have one of this name.
    Field(Vec<(EventIx, FieldIx)>),
}

/// The fixed columns with their headers, English and Chinese first.
pub(crate) const FIXED: [(Col, &[&str]); 11] = [
    (Col::Id, &["id", "编号"]),
    (Col::Date, &["date", "日期"]),
    (Col::Kind, &["kind", "事项"]),
    (Col::Of, &["of", "对象"]),
    (Col::Time, &["time", "时间"]),
    (Col::Recorded, &["recorded", "录入日期", "录入日"]),
    (Col::By, &["by", "决定机构"]),
    (Col::Rule, &["rule", "规则"]),
    (Col::Verdict, &["verdict", "决定"]),
    (Col::Ref, &["ref", "撤回编号"]),
    (Col::InsteadOf, &["instead_of", "更正编号", "instead of"]),
];

/// What a fixed column is called in both languages.
pub(crate) fn called(column: &Col) -> (&'static str, &'static str) {
    FIXED
        .iter()
        .find(|(fixed, _)| fixed == column)
        .map_or(("", ""), |(_, spellings)| (spellings[0], spellings[1]))
}

/// All headers of a policy's ledger. The fixed ones win; a field whose name one of them takes is
/// reached as `event.field`, as is every other.
pub(crate) fn known(words: &Vocabulary<'_>) -> Known<Col> {
    let mut known = Known::new();
    for (column, spellings) in FIXED {
        for spelling in spellings {
            known.add(spelling, column.clone());
        }
    }
    for (event, _) in numbered(&words.policy.events, |event| &event.named, EventIx) {
        let Some(declared) = words.event(event) else {
            continue;
        };
        for (field, declared_field) in fields(&declared.fields) {
            let meant = (event, field);
            for spelling in spellings(&declared_field.named) {
                match known.get_mut(spelling) {
                    Some(Col::Field(all)) if all.contains(&meant) => {}
                    Some(Col::Field(all)) => all.push(meant),
                    Some(_) => {}
                    None => known.add(spelling, Col::Field(vec![meant])),
                }
            }
        }
    }
    // Last, so that suggestions and lists name the short headers first.
    for (event, named) in numbered(&words.policy.events, |event| &event.named, EventIx) {
        for (field, declared) in words
            .event(event)
            .into_iter()
            .flat_map(|event| fields(&event.fields))
        {
            for of in spellings(named) {
                for spelling in spellings(&declared.named) {
                    known.add_silently(
                        &format!("{of}.{spelling}"),
                        Col::Field(vec![(event, field)]),
                    );
                }
            }
        }
    }
    known
}

fn spellings(named: &pol_semantics::hir::Named) -> impl Iterator<Item = &str> {
    [Some(named.name.as_str()), named.label.as_deref()]
        .into_iter()
        .flatten()
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Event(EventIx),
    Decision,
    Withdrawal,
}

const DECISIONS: [&str; 3] = ["decision", "决定", "decisions"];
const WITHDRAWALS: [&str; 3] = ["withdrawal", "撤回", "withdrawals"];

impl Kind {
    /// The kind that a word names. What the policy declares wins over the built-in words.
    pub fn find(words: &Vocabulary<'_>, typed: &str) -> Result<Self, Problem> {
        if let Some(built_in) = Self::built_in(words, typed) {
            return Ok(built_in);
        }
        let found = words
            .events
            .one(Code::DATA_UNKNOWN_KIND, typed, "kind of entry", "事项");
        found.map(Self::Event).map_err(|problem| {
            let near = crate::text::nearest(typed, DECISIONS.into_iter().chain(WITHDRAWALS));
            if near.is_some() {
                problem.did_you_mean(near)
            } else {
                problem
            }
        })
    }

    /// The kind that a sheet is called after.
    pub fn of_sheet(words: &Vocabulary<'_>, name: &str) -> Option<Self> {
        Self::built_in(words, name).or_else(|| match words.events.find(name) {
            [one] => Some(Self::Event(*one)),
            _ => None,
        })
    }

    /// The kind that a sheet was probably to be called after.
    pub fn near_sheet<'a>(words: &'a Vocabulary<'_>, name: &str) -> Option<&'a str> {
        let built_in = DECISIONS.into_iter().chain(WITHDRAWALS);
        words
            .events
            .nearest(name)
            .or_else(|| crate::text::nearest(name, built_in))
    }

    fn built_in(words: &Vocabulary<'_>, typed: &str) -> Option<Self> {
        if !words.events.find(typed).is_empty() {
            return None;
        }
        let typed = normal(typed).to_lowercase();
        if DECISIONS.contains(&typed.as_str()) {
            Some(Self::Decision)
        } else if WITHDRAWALS.contains(&typed.as_str()) {
            Some(Self::Withdrawal)
        } else {
            None
        }
    }

    /// What the kind is called, in English and in Chinese.
    pub fn called<'a>(self, words: &Vocabulary<'a>) -> (&'a str, &'a str) {
        match self {
            Self::Event(event) => {
                let name = words.event(event).map_or("", |event| event.named.display());
                (name, name)
            }
            Self::Decision => ("decision", "决定"),
            Self::Withdrawal => ("withdrawal", "撤回"),
        }
    }
}

/// True if an entry of this kind must name whom it is about.
pub(crate) fn needs_subject(event: &Event) -> bool {
    !event.of.is_empty() && event.of.iter().all(|of| !of.every)
}

#[cfg(test)]
mod tests {
    use super::{DECISIONS, FIXED, WITHDRAWALS};
    use crate::header::REMARKS;
    use crate::ledger::row::{APPROVES, DECLINES};

    /// Whoever is told only some of the words finds out the others by chance.
    #[test]
    fn the_manual_lists_every_word_that_is_accepted() {
        let pages = [
            include_str!("../../../../docs/src/en/ledgers.md"),
            include_str!("../../../../docs/src/zh/ledgers.md"),
        ];
        let headers = FIXED.into_iter().flat_map(|(_, words)| words);
        let register = crate::register::columns::FIXED.into_iter();
        let words: Vec<&str> = headers
            .chain(register.flat_map(|(_, words)| words))
            .chain(DECISIONS.iter().chain(&WITHDRAWALS))
            .chain(APPROVES.iter().chain(&DECLINES))
            .chain(&REMARKS)
            .copied()
            .collect();
        for page in pages {
            let table = page.split("###").nth(1).expect("the section of synonyms");
            for word in &words {
                assert!(table.contains(&format!("`{word}`")), "{word}");
            }
        }
    }
}
