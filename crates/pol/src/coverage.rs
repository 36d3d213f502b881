//! Which clauses of the documents a policy accounts for, and which it forgets.
//!
//! The clauses are read from the document's own numbering, as [`clause_words`](crate::clause_words)
//! does: headings `## 四、…` and `### （一）…`, paragraphs `1. …` below them; of a heading the words
//! that stand under it before the first clause below.
//!
//! A citation accounts for the clause that it names and its own words, not for the clauses below it.
//! Two things account for more: `prose` for all that lies below the clause, and a catalogue that
//! cites a clause for the items below it that carry the numbers of its own items. A heading without
//! words of its own is accounted for by the clauses below it. Refuses to read meaning: whether a
//! declaration says what its clause says is for tests and people.

use crate::clause::{Clause, full_width, read};
use crate::{Documents, Policy};
use pol_semantics::hir;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a policy makes of its documents, clause by clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// The policy's name.
    pub policy: String,
    /// Every numbered clause of the documents whose text was given, in order.
    pub clauses: Vec<Covered>,
    /// The clauses that nothing accounts for.
    pub unaccounted: Vec<crate::Cite>,
    /// Citations of clauses that the text does not have.
    pub unfounded: Vec<Unfounded>,
    /// Quotations whose words do not stand in the clause that they name.
    pub misquoted: Vec<crate::Misquoted>,
    /// Documents that name a text which was not given.
    pub unread: Vec<String>,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Covered {
    /// The document's name in the policy.
    pub source: String,
    /// The clause as the document numbers it.
    pub clause: String,
    /// Its first words.
    pub words: String,
    /// What became of it.
    pub fate: Fate,
    /// The names of the declarations that account for it; of `prose` its text.
    pub by: Vec<String>,
}

/// What became of a clause.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Fate {
    /// A declaration cites it.
    Encoded,
    /// The policy says that it computes nothing.
    Prose,
    /// A heading that says nothing itself: see the clauses below it.
    Heading,
    /// Nothing speaks of it.
    Unaccounted,
}

/// A citation of a clause that the text does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unfounded {
    /// The document's name in the policy.
    pub source: String,
    /// The clause that is cited.
    pub clause: String,
    /// Who cites it.
    pub by: Vec<String>,
}

impl Coverage {
    /// True if every clause is accounted for, every citation is founded, every quotation holds and
    /// every text was read.
    pub fn is_whole(&self) -> bool {
        self.unaccounted.is_empty()
            && self.unfounded.is_empty()
            && self.misquoted.is_empty()
            && self.unread.is_empty()
    }
}

/// Who cites a clause.
#[derive(Default)]
struct Citations<'a> {
    /// Declarations, by clause.
    encoded: BTreeMap<String, Vec<String>>,
    /// Lines of prose, by clause.
    prose: BTreeMap<String, Vec<String>>,
    /// Catalogues that stand for the items of a clause, by the clause and the item's number.
    items: BTreeMap<(String, &'a str), String>,
}

impl Policy {
    /// Which clauses of the documents are accounted for; `documents` are their texts by name.
    ///
    /// ```
    /// let text = r#"
    /// policy p
    ///   source plan "plan" text "plan.md"
    ///   effective 2024-01-01
    /// prose "aims" cites plan "一"
    /// subject township cites plan "二", "九"
    /// "#;
    /// let policy = pol::Policy::compile("p.pol", text).unwrap();
    /// let plan = "## 一、总则\n\n1. 依法。\n\n## 二、对象\n\n全县乡镇。\n\n1. 镇。\n\n2. 乡。\n";
    /// let documents = [("plan".to_owned(), plan.to_owned())].into_iter().collect();
    /// let coverage = policy.coverage(&documents);
    /// let open: Vec<_> = coverage.unaccounted.iter().map(|it| &*it.clause).collect();
    /// assert_eq!(open, ["二.1", "二.2"], "prose covers what lies below, a citation does not");
    /// assert_eq!(coverage.unfounded[0].clause, "九");
    /// ```
    pub fn coverage(&self, documents: &Documents) -> Coverage {
        let hir = self.hir();
        let mut coverage = Coverage {
            policy: hir.named.name.clone(),
            clauses: Vec::new(),
            unaccounted: Vec::new(),
            unfounded: Vec::new(),
            misquoted: crate::quote::misquoted(hir, documents),
            unread: Vec::new(),
        };
        for (at, source) in hir.sources.iter().enumerate() {
            if source.text.is_none() {
                continue;
            }
            let name = &source.named.name;
            let Some(text) = documents.get(name) else {
                coverage.unread.push(name.clone());
                continue;
            };
            coverage.document(name, &read(text), &citations(hir, at));
        }
        coverage
    }
}

impl Coverage {
    fn document(&mut self, source: &str, clauses: &[Clause], citations: &Citations<'_>) {
        let known: BTreeSet<&str> = clauses.iter().map(|clause| &*clause.number).collect();
        for clause in clauses {
            let (fate, by) = fate(clause, citations);
            if fate == Fate::Unaccounted {
                self.unaccounted.push(crate::Cite {
                    source: source.to_owned(),
                    clause: clause.number.clone(),
                });
            }
            self.clauses.push(Covered {
                source: source.to_owned(),
                clause: clause.number.clone(),
                words: gist(clause),
                fate,
                by,
            });
        }
        let mut strangers: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (clause, by) in citations.encoded.iter().chain(&citations.prose) {
            if !known.contains(clause.as_str()) {
                let names = strangers.entry(clause).or_default();
                names.extend(by.iter().cloned());
            }
        }
        self.unfounded
            .extend(strangers.into_iter().map(|(clause, by)| Unfounded {
                source: source.to_owned(),
                clause: clause.to_owned(),
                by,
            }));
    }
}

/// The first words of a clause: its heading's, else its own.
fn gist(clause: &Clause) -> String {
    const LONGEST: usize = 24;
    let own = clause.words.lines().next().unwrap_or_default();
    let words = if clause.title.is_empty() {
        own
    } else {
        &clause.title
    };
    let mut gist: String = words.chars().take(LONGEST).collect();
    if words.chars().count() > LONGEST {
        gist.push('…');
    }
    gist
}

fn fate(clause: &Clause, citations: &Citations<'_>) -> (Fate, Vec<String>) {
    let item = clause
        .around
        .first()
        .and_then(|outer| citations.items.get(&(outer.clone(), &clause.label)));
    let declared = citations.encoded.get(&clause.number);
    let by: Vec<String> = declared
        .into_iter()
        .flatten()
        .chain(item)
        .cloned()
        .collect();
    if !by.is_empty() {
        return (Fate::Encoded, by);
    }
    let mut outwards = std::iter::once(&clause.number).chain(&clause.around);
    match outwards.find_map(|number| citations.prose.get(number)) {
        Some(by) => (Fate::Prose, by.clone()),
        None if clause.divided && clause.words.is_empty() => (Fate::Heading, Vec::new()),
        None => (Fate::Unaccounted, Vec::new()),
    }
}

/// Everything in a policy that cites a source.
fn citations(policy: &hir::Policy, source: usize) -> Citations<'_> {
    let of_source = |cites: &[hir::Cite]| -> Vec<String> {
        let own = cites.iter().filter(|cite| cite.source == source);
        own.map(|cite| full_width(&cite.clause)).collect()
    };
    let mut citations = Citations::default();
    for (name, cites) in citing(policy) {
        for clause in of_source(cites) {
            let by = citations.encoded.entry(clause).or_default();
            if !by.contains(&name) {
                by.push(name.clone());
            }
        }
    }
    for prose in &policy.prose {
        for clause in of_source(&prose.cites) {
            let by = citations.prose.entry(clause).or_default();
            by.push(prose.text.clone());
        }
    }
    for catalogue in &policy.catalogues {
        let own = &catalogue.named;
        for item in catalogue
            .items
            .iter()
            .filter(|item| inherits(item, catalogue))
        {
            for clause in of_source(&own.cites) {
                let place = (clause, item.named.name.as_str());
                citations
                    .items
                    .insert(place, of_item(catalogue, &item.named));
            }
        }
    }
    citations
}

/// True if an item has no citation of its own; it then has its catalogue's.
fn inherits(item: &hir::Item, catalogue: &hir::Catalogue) -> bool {
    item.named.cites == catalogue.named.cites
}

fn of_item(catalogue: &hir::Catalogue, item: &hir::Named) -> String {
    format!("{} {}", catalogue.named.name, item.name)
}

/// All that may cite a clause, by name, in the order of the sorts of declaration.
pub(crate) fn citing(policy: &hir::Policy) -> Vec<(String, &[hir::Cite])> {
    let declared = std::iter::empty()
        .chain(policy.kinds.iter().map(|it| &it.named))
        .chain(&policy.bodies)
        .chain(policy.units.iter().map(|it| &it.named))
        .chain(policy.events.iter().map(|it| &it.named))
        .chain(policy.params.iter().map(|it| &it.named))
        .chain(policy.readings.iter().map(|it| &it.named))
        .chain(policy.defines.iter().map(|it| &it.named))
        .chain(policy.catalogues.iter().map(|it| &it.named))
        .chain(policy.phases.iter().map(|it| &it.named))
        .chain(policy.ladders.iter().map(|it| &it.named))
        .chain(policy.outcomes.iter().map(|it| &it.named))
        .chain(policy.duties.iter().map(|it| &it.named))
        .chain(policy.rules.iter().map(|it| &it.named));
    let mut citing: Vec<(String, &[hir::Cite])> = declared
        .map(|named| (named.name.clone(), named.cites.as_slice()))
        .collect();
    for never in &policy.nevers {
        citing.push((never.named.display().to_owned(), &never.named.cites));
    }
    for catalogue in &policy.catalogues {
        for item in &catalogue.items {
            if !inherits(item, catalogue) {
                citing.push((of_item(catalogue, &item.named), &item.named.cites));
            }
            for branch in &item.branches {
                if branch.named.cites != item.named.cites {
                    let name = format!("{}{}", of_item(catalogue, &item.named), branch.named.name);
                    citing.push((name, &branch.named.cites));
                }
            }
        }
    }
    citing
}
