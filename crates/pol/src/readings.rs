//! What hangs on the declared readings: the policy run once for each other answer.
//!
//! Each alternative is run alone, everything else as the run asked for has it, and set against that
//! run subject by subject. Two runs agree on a day if they say the same on it; which rule says so,
//! and by which clauses, is no difference, and a proposal is compared by what it would bring about.
//! Of each subject the first day on which they disagree is told: what comes later may follow from it.
//! Decisions in the ledger were taken under one reading; `assume_approved` compares without them.

use crate::{Date, Lang, Outcome, Policy, Run, RunError, RunOptions, Text};
use pol_model::{Entry, MemberIx, Record, Register, RuleIx, What};
use pol_semantics::hir::Action;
use serde::Serialize;
use std::collections::BTreeMap;

/// One answer to one reading, set against the answer of the run.
#[derive(Debug, Clone, Serialize)]
pub struct Alternative {
    /// The reading's name.
    pub reading: String,
    /// What it asks.
    pub question: String,
    /// The answer of the run: the default, unless the run asked for another.
    pub default: String,
    /// The other answer.
    pub alternative: String,
    /// The subjects whose outcomes differ, in the register's order; what is about nobody comes first.
    pub differences: Vec<Difference>,
    /// What the answers are called, for people.
    #[serde(skip)]
    pub labels: (String, String),
}

/// A subject of which the two runs disagree.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Its id; none: what is about no subject.
    pub subject: Option<String>,
    /// Its display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The first day of the runs on which they say different things.
    pub day: Date,
    /// What the run says on that day and the other does not.
    pub under_default: Vec<Said>,
    /// What the other says on that day and the run does not.
    pub under_alternative: Vec<Said>,
}

/// Something that one of the runs says.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// As data.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// In words.
    #[serde(skip)]
    pub words: Text,
}

impl Policy {
    /// Runs each other answer to each reading and tells what changes; an answer on which nothing
    /// hangs comes without differences.
    ///
    /// # Errors
    /// What keeps the run, or one of the others, from being meaningful.
    pub fn compare_readings(
        &self,
        register: &Register,
        entries: &[Entry],
        options: &RunOptions,
    ) -> Result<Vec<Alternative>, Vec<RunError>> {
        let hir = self.hir();
        let base = self.run(register, entries, options)?;
        let mut alternatives = Vec::new();
        for reading in &hir.readings {
            let answers = &hir.enums[reading.answers.at()].values;
            let named = &reading.named;
            let asked = [Some(&named.name), named.label.as_ref()]
                .into_iter()
                .flatten()
                .find_map(|name| options.readings.get(name));
            let Some(taken) = answers.iter().find(|answer| match asked {
                Some(asked) => answer.name == *asked || answer.label.as_ref() == Some(asked),
                None => true,
            }) else {
                continue;
            };
            for answer in answers.iter().filter(|answer| answer.name != taken.name) {
                let mut other = base.options().clone();
                if let Some(label) = &named.label {
                    other.readings.remove(label);
                }
                other
                    .readings
                    .insert(named.name.clone(), answer.name.clone());
                let run = self.run(register, entries, &other)?;
                alternatives.push(Alternative {
                    reading: named.name.clone(),
                    question: named.display().to_owned(),
                    default: taken.name.clone(),
                    alternative: answer.name.clone(),
                    differences: differences(&base, &run),
                    labels: (taken.display().to_owned(), answer.display().to_owned()),
                });
            }
        }
        Ok(alternatives)
    }
}

/// What is said about each subject, day by day.
type Days<'a> = BTreeMap<Option<MemberIx>, BTreeMap<Date, Vec<&'a Record>>>;

fn by_subject<'a>(run: &'a Run<'_>) -> Days<'a> {
    let mut days = Days::new();
    for record in run.records() {
        let of = days.entry(record.subject).or_default();
        of.entry(record.known).or_default().push(record);
    }
    days
}

fn differences(base: &Run<'_>, other: &Run<'_>) -> Vec<Difference> {
    let (said, otherwise) = (by_subject(base), by_subject(other));
    let mut subjects: Vec<_> = said.keys().chain(otherwise.keys()).copied().collect();
    subjects.sort_unstable();
    subjects.dedup();
    let (nothing, nobody) = (BTreeMap::new(), Vec::new());
    let differs = |subject: Option<MemberIx>| {
        let ours = said.get(&subject).unwrap_or(&nothing);
        let theirs = otherwise.get(&subject).unwrap_or(&nothing);
        let mut days: Vec<Date> = ours.keys().chain(theirs.keys()).copied().collect();
        days.sort_unstable();
        days.into_iter().find_map(|day| {
            let ours = ours.get(&day).unwrap_or(&nobody);
            let theirs = theirs.get(&day).unwrap_or(&nobody);
            let under_default = without(base, ours, theirs);
            let under_alternative = without(other, theirs, ours);
            if under_default.is_empty() && under_alternative.is_empty() {
                return None;
            }
            let member = subject.map(|subject| base.register.member(subject));
            Some(Difference {
                subject: member.map(|member| member.id.to_string()),
                name: member.and_then(|member| member.name.as_deref().map(ToOwned::to_owned)),
                day,
                under_default,
                under_alternative,
            })
        })
    };
    subjects.into_iter().filter_map(differs).collect()
}

/// The records of a run that have no like among those of the other; each like is used once.
fn without(run: &Run<'_>, records: &[&Record], others: &[&Record]) -> Vec<Said> {
    let mut left: Vec<&Record> = others.to_vec();
    let mut alone = Vec::new();
    for record in records {
        match left.iter().position(|other| alike(run, record, other)) {
            Some(at) => {
                left.swap_remove(at);
            }
            None => alone.push(said(run, record)),
        }
    }
    alone
}

fn alike(run: &Run<'_>, a: &Record, b: &Record) -> bool {
    a.date == b.date
        && a.state == b.state
        && a.fields == b.fields
        && brings(run, a.what) == brings(run, b.what)
}

/// What something is about; of a proposal or an undetermined rule, what would come of it.
fn brings(run: &Run<'_>, what: What) -> (bool, Vec<What>) {
    let of_rule = |rule: RuleIx| {
        let actions = run.policy().hir().rules[rule.at()].then.iter();
        let effects = actions.map(|action| match action {
            Action::Status(ladder, status) => What::Status(*ladder, *status),
            Action::Impose(imposition) => What::Outcome(imposition.outcome),
            Action::Event(event, _) => What::Event(*event),
            // What these do depends on more than they name.
            Action::Set(..) | Action::End(_) => what,
        });
        effects.collect()
    };
    match what {
        What::Proposal(rule) => (true, of_rule(rule)),
        What::Undetermined(rule) => (false, of_rule(rule)),
        what => (true, vec![what]),
    }
}

fn said(run: &Run<'_>, record: &Record) -> Said {
    let names = run.names();
    let words = |lang| names.line(record, lang).happening;
    Said {
        outcome: names.outcome(record),
        words: Text::new(words(Lang::En), words(Lang::Zh)),
    }
}
