//! Why something happened to a subject, and why something else has not happened yet, in words.

mod proof;
mod waiting;

use crate::names::{Names, rule_of};
use crate::text::{date, display};
use crate::{Date, Lang, Policy, Run, RunError, clause_words};
use pol_model::{Entry, Record, RuleIx, What};
use pol_reference::{DutyProof, Explanation, FiringProof};
use pol_semantics::hir::Named;
use pol_syntax::{SourceFile, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The explanation of one subject on the last day of a run.
#[derive(Debug, Clone)]
pub struct Explained<'a> {
    policy: &'a Policy,
    names: Names<'a>,
    proofs: Explanation,
}

impl<'a> Run<'a> {
    /// Explains where a subject stands on the last day, by its id or name; none if the register has
    /// no such subject. The run is made once more for it.
    ///
    /// # Errors
    /// As [`Policy::run`].
    pub fn explain(&self, subject: &str) -> Result<Option<Explained<'a>>, Vec<RunError>> {
        let Some(member) = self.member(subject) else {
            return Ok(None);
        };
        let policy = self.policy;
        let proofs = pol_reference::explain(
            policy.hir(),
            self.register,
            self.entries,
            &self.options,
            member,
        )
        .map_err(|faults| self.names().errors(&faults))?;
        Ok(Some(Explained {
            policy,
            names: Names {
                policy: policy.hir(),
                register: self.register,
                entries: self.entries,
            },
            proofs,
        }))
    }
}

/// The texts of documents, by their names in the policy, for quotations.
pub type Documents = BTreeMap<String, String>;

impl Explained<'_> {
    /// The proofs behind the words.
    pub fn proofs(&self) -> &Explanation {
        &self.proofs
    }

    /// The explanation in words: what happened on the day and why, what runs, and what else could
    /// have happened and why it did not. Clauses are quoted from the documents that are handed in.
    pub fn text(&self, lang: Lang, documents: &Documents) -> String {
        let mut page = Page {
            explained: self,
            lang,
            documents,
            quoted: BTreeSet::new(),
            text: String::new(),
        };
        page.head();
        page.happened();
        page.duties();
        page.waiting();
        page.text
    }
}

/// The explanation as it is written, line by line.
struct Page<'a> {
    explained: &'a Explained<'a>,
    lang: Lang,
    documents: &'a Documents,
    /// Clauses that were quoted already.
    quoted: BTreeSet<(usize, String)>,
    text: String,
}

impl Page<'_> {
    fn names(&self) -> Names<'_> {
        self.explained.names
    }

    fn day(&self) -> Date {
        self.explained.proofs.day
    }

    fn pick(&self, en: &'static str, zh: &'static str) -> &'static str {
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    fn date(&self, day: Date) -> String {
        date(day, self.lang)
    }

    fn line(&mut self, indent: usize, text: &str) {
        let _ = writeln!(self.text, "{:indent$}{text}", "");
    }

    fn title(&mut self, text: &str) {
        self.text.push('\n');
        self.line(0, text);
    }

    /// The author's words at a place, on one line.
    fn words(&self, span: pol_syntax::Span) -> String {
        let file = self.explained.policy.file();
        let text = file.slice(enclosed(file, span));
        let words: Vec<&str> = text
            .lines()
            .map(|line| line.split("//").next().unwrap_or_default())
            .flat_map(str::split_whitespace)
            .collect();
        words.join(" ")
    }

    fn head(&mut self) {
        let proofs = &self.explained.proofs;
        let who = self.names().member_text(proofs.subject);
        let day = self.date(self.day());
        self.line(0, &format!("{who}{}{day}", self.pick(", ", "，")));
        let standings = proofs.report.standings.iter();
        for line in standings.filter(|line| line.subject == proofs.subject) {
            let ladder = &self.names().policy.ladders[line.ladder.at()].named;
            let name = display(ladder, self.lang).to_owned();
            let status = display(self.names().status(line.ladder, line.status), self.lang);
            let text = match (line.since.map(|day| self.date(day)), self.lang) {
                (Some(since), Lang::En) => format!("{name}: {status} since {since}"),
                (Some(since), Lang::Zh) => format!("{name}：{status}，自{since}"),
                (None, Lang::En) => format!("{name}: {status}"),
                (None, Lang::Zh) => format!("{name}：{status}"),
            };
            self.line(0, &text);
        }
    }

    /// What was said on the day, rule by rule, each with its proof; else what was said last.
    fn happened(&mut self) {
        let records = &self.explained.proofs.records;
        let last = records.iter().map(|record| record.known).max();
        let Some(day) = last else {
            self.title(self.pick("Nothing has happened yet.", "至今没有任何结果。"));
            return;
        };
        let title = match (day == self.day(), self.lang) {
            (true, Lang::En) => "What happened on this day, and why".to_owned(),
            (true, Lang::Zh) => "当天的结果和理由".to_owned(),
            (false, Lang::En) => {
                format!("Nothing happened on this day; last, on {}", self.date(day))
            }
            (false, Lang::Zh) => format!("当天没有结果；最近一次是{}", self.date(day)),
        };
        self.title(&title);
        let said: Vec<Record> = records
            .iter()
            .filter(|record| record.known == day)
            .cloned()
            .collect();
        let mut told: Vec<Option<RuleIx>> = Vec::new();
        for record in &said {
            let rule = rule_of(record);
            if told.contains(&rule) && rule.is_some() {
                continue;
            }
            let together: Vec<&Record> = said
                .iter()
                .filter(|other| match rule {
                    Some(_) => rule_of(other) == rule,
                    None => std::ptr::eq(*other, record),
                })
                .collect();
            told.push(rule);
            for other in &together {
                let line = self.names().line(other, self.lang);
                let how = if line.how.is_empty() {
                    String::new()
                } else {
                    format!("{}{}", self.pick("; ", "；"), line.how)
                };
                self.line(2, &format!("{}{how}", line.happening));
            }
            match rule {
                Some(rule) => self.because(rule, day),
                None => self.declared(record),
            }
        }
    }

    /// The rule, its clauses, and what its condition counted.
    fn because(&mut self, rule: RuleIx, day: Date) {
        let named = self.names().rule(rule).clone();
        self.cited(&named, 4);
        let proofs = &self.explained.proofs.firings;
        let decided_on = |proof: &FiringProof| {
            let entry = proof.decision.and_then(|entry| self.entry(entry));
            entry.map(|entry| entry.recorded)
        };
        let proof = proofs
            .iter()
            .filter(|proof| proof.rule == rule && proof.day <= day)
            .rfind(|proof| proof.day == day || decided_on(proof).is_none_or(|on| on >= day))
            .cloned();
        let Some(proof) = proof else {
            let now = &self.explained.proofs.rules;
            let conditions = now
                .iter()
                .find(|proof| proof.rule == rule)
                .map(|proof| proof.conditions.clone());
            for condition in conditions.unwrap_or_default() {
                self.proof(&condition, 6);
            }
            return;
        };
        let on = self.date(proof.day);
        self.line(
            4,
            &match self.lang {
                Lang::En => format!("as of {on}:"),
                Lang::Zh => format!("按{on}的记录："),
            },
        );
        if let Some(entry) = proof.trigger {
            let text = format!("{}{}", self.pick("on ", "遇 "), self.entry_text(entry));
            self.line(6, &text);
        }
        for condition in &proof.conditions {
            self.proof(condition, 6);
        }
        if let Some(entry) = proof.decision {
            let text = format!(
                "{}{}",
                self.pick("decision ", "决定 "),
                self.entry_text(entry)
            );
            self.line(6, &text);
        }
    }

    fn declared(&mut self, record: &Record) {
        if let Some(named) = self.names().declared(record.what).cloned() {
            self.cited(&named, 4);
        }
        let evidence = record.evidence.clone();
        for entry in evidence {
            let text = self.entry_text(entry);
            self.line(6, &text);
        }
        if let What::Duty(duty) = record.what {
            let proof = self.explained.proofs.duties.iter().find(|proof| {
                proof.duty == duty && (proof.from..=proof.last_day).contains(&record.date)
            });
            if let Some(days) = proof.cloned().and_then(|proof| self.working_days(&proof)) {
                self.line(6, &days);
            }
        }
    }

    /// Name and clauses of what is declared; each clause is quoted once.
    fn cited(&mut self, named: &Named, indent: usize) {
        let policy = self.explained.names.policy;
        let name = display(named, self.lang).to_owned();
        let clauses: Vec<&str> = named.cites.iter().map(|cite| &*cite.clause).collect();
        let clauses = clauses.join(self.pick(", ", "、"));
        let text = match (clauses.is_empty(), self.lang) {
            (true, Lang::En) => format!("rule `{name}`"),
            (true, Lang::Zh) => format!("规则“{name}”"),
            (false, Lang::En) => format!("`{name}`, clause {clauses}"),
            (false, Lang::Zh) => format!("“{name}”，依据{clauses}"),
        };
        self.line(indent, &text);
        for cite in &named.cites {
            if !self.quoted.insert((cite.source, cite.clause.clone())) {
                continue;
            }
            let Some(source) = policy.sources.get(cite.source) else {
                continue;
            };
            let document = self.documents.get(&source.named.name);
            let Some(words) = document.and_then(|text| clause_words(text, &cite.clause)) else {
                continue;
            };
            let text = match self.lang {
                Lang::En => format!("{} {}: {words}", source.named.display(), cite.clause),
                Lang::Zh => format!("{}{}：“{words}”", source.named.display(), cite.clause),
            };
            let text = text.replace("**", "");
            for line in text.lines() {
                self.line(indent + 2, &format!("│ {line}"));
            }
        }
    }

    /// Duties that run or were missed, with the days that were counted.
    fn duties(&mut self) {
        use pol_reference::DutyFate::{Missed, Open};
        let open = self.explained.proofs.duties.iter();
        let open: Vec<DutyProof> = open
            .filter(|proof| matches!(proof.fate, Open | Missed))
            .cloned()
            .collect();
        if open.is_empty() {
            return;
        }
        self.title(self.pick("Duties that run or were missed", "应履行和逾期的职责"));
        for proof in open {
            let duty = &self.names().policy.duties[proof.duty.at()].named;
            let name = display(duty, self.lang).to_owned();
            let (from, last) = (self.date(proof.from), self.date(proof.last_day));
            let fate = match proof.fate {
                Missed => self.pick("missed", "逾期"),
                _ => self.pick("due", "应履行"),
            };
            let text = match self.lang {
                Lang::En => format!("{name}: {fate}, {from} to {last}"),
                Lang::Zh => format!("{name}：{fate}，{from}至{last}"),
            };
            self.line(2, &text);
            if let Some(days) = self.working_days(&proof) {
                self.line(4, &days);
            }
        }
    }

    fn working_days(&self, proof: &DutyProof) -> Option<String> {
        if proof.working_days.is_empty() {
            return None;
        }
        let days: Vec<String> = proof
            .working_days
            .iter()
            .map(|day| self.date(*day))
            .collect();
        let list = days.join(self.pick(", ", "、"));
        Some(format!("{}{list}", self.pick("working days: ", "工作日：")))
    }

    fn entry(&self, entry: pol_model::EntryIx) -> Option<&Entry> {
        self.explained.names.entries.get(entry.at())
    }
}

/// A span with the parentheses whose other halves it holds: that of a sum begins behind the one that
/// opens its first part.
fn enclosed(file: &SourceFile, span: Span) -> Span {
    let (mut unopened, mut unclosed) = (0_u32, 0_u32);
    for sign in file.slice(span).chars() {
        match sign {
            '(' | '（' => unclosed += 1,
            ')' | '）' if unclosed > 0 => unclosed -= 1,
            ')' | '）' => unopened += 1,
            _ => {}
        }
    }
    let (mut start, mut end) = (span.start, span.end);
    for _ in 0..unopened {
        let before = file
            .text()
            .get(..start as usize)
            .unwrap_or_default()
            .trim_end();
        let Some(outside) = before.strip_suffix(['(', '（']) else {
            return span;
        };
        start = u32::try_from(outside.len()).unwrap_or(start);
    }
    for _ in 0..unclosed {
        let behind = file.text().get(end as usize..).unwrap_or_default();
        let Some(outside) = behind.trim_start().strip_prefix([')', '）']) else {
            return span;
        };
        end = u32::try_from(file.text().len() - outside.len()).unwrap_or(end);
    }
    Span::new(start, end)
}
