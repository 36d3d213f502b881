//! The timeline: one line for each thing that a run says.

use super::section::{Section, day, text};
use super::wording::{became, moved, nameless};
use super::{comma, date, display, list};
use crate::names::{Names, overdue, rule_of};
use crate::{Date, Lang, Run};
use pol_model::{Record, RuleIx, State, What};
use pol_semantics::hir::Named;
use std::fmt::Write as _;

/// One thing that a run says, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The day on which it was said.
    pub known: Date,
    /// The day it happened.
    pub date: Date,
    /// The subject's id; empty where there is none.
    pub subject: String,
    /// The subject's name; its id where it has none.
    pub subject_name: String,
    /// What happened.
    pub happening: String,
    /// The clauses that it rests on.
    pub clauses: String,
    /// Who brought it about: a rule by itself, a body's decision, or a proposal that waits.
    pub how: String,
    /// The entries that it stands on.
    pub evidence: String,
}

impl Run<'_> {
    /// The timeline in words.
    pub fn lines(&self, lang: Lang) -> Vec<Line> {
        let names = self.names();
        self.report
            .records
            .iter()
            .map(|record| names.line(record, lang))
            .collect()
    }

    /// The timeline as a table.
    pub fn timeline(&self, lang: Lang) -> Section {
        let rows = self.lines(lang).into_iter().map(|line| {
            let subject = if line.subject_name == line.subject {
                line.subject
            } else {
                format!("{} {}", line.subject, line.subject_name)
            };
            vec![
                day(Some(line.known)),
                text(subject),
                text(line.happening),
                text(line.clauses),
                text(line.how),
                text(line.evidence),
            ]
        });
        Section::new(
            lang,
            ("timeline", "逐日结果"),
            &[
                ("date", "日期"),
                ("subject", "对象"),
                ("what follows", "结果"),
                ("clause", "依据条款"),
                ("how", "方式"),
                ("entries", "所据条目"),
            ],
            rows.collect(),
        )
    }
}

impl Names<'_> {
    pub(crate) fn line(self, record: &Record, lang: Lang) -> Line {
        let member = record
            .subject
            .and_then(|member| self.register.members.get(member.at()));
        let subject = member.map_or_else(String::new, |member| member.id.to_string());
        let name = member.and_then(|member| member.name.as_deref());
        let outcome = self.outcome(record);
        Line {
            known: record.known,
            date: record.date,
            subject_name: name.map_or_else(|| subject.clone(), ToOwned::to_owned),
            subject,
            happening: self.happening(record, &outcome.state, lang),
            clauses: self.clauses(record, lang),
            how: self.how(record, lang),
            evidence: list(&outcome.evidence, lang),
        }
    }

    fn happening(self, record: &Record, state: &crate::State, lang: Lang) -> String {
        let name = self.declared(record.what).map_or_else(
            || nameless(record.what, lang),
            |named| self.shown(named, record, lang),
        );
        let mut text = match (record.what, &record.state) {
            (What::Status(ladder, status), State::Issued { was, now }) => {
                let place = |place: Option<u16>| {
                    display(self.status(ladder, place.unwrap_or(status)), lang).to_owned()
                };
                moved(&name, &place(*was), &place(*now), lang)
            }
            (_, state_of_it) => became(&name, state_of_it, lang),
        };
        if let What::Outcome(outcome) = record.what
            && let Some(whom) = &self.policy.outcomes[outcome.at()].concerns
        {
            let _ = match lang {
                Lang::En => write!(text, " [{whom}]"),
                Lang::Zh => write!(text, "〔{whom}〕"),
            };
        }
        if let crate::State::Unknown { missing } = state {
            let missing: Vec<String> = missing.iter().map(|it| it.text(lang)).collect();
            let _ = match lang {
                Lang::En => write!(text, ": {}", list(&missing, lang)),
                Lang::Zh => write!(text, "：{}", missing.join("；")),
            };
        }
        if record.date != record.known {
            let day = date(record.date, lang);
            let _ = match lang {
                Lang::En => write!(text, " [of {day}]"),
                Lang::Zh => write!(text, "［{day}之事］"),
            };
        }
        if let Some(due) = overdue(record) {
            let day = date(due, lang);
            let _ = match lang {
                Lang::En => write!(text, " [due on {day}]"),
                Lang::Zh => write!(text, "［应于{day}］"),
            };
        }
        text
    }

    /// A name with the values that the record carries.
    fn shown(self, named: &Named, record: &Record, lang: Lang) -> String {
        let mut text = match record.what {
            What::Never(_) => named.display().to_owned(),
            _ => display(named, lang).to_owned(),
        };
        let values: Vec<String> = record
            .fields
            .iter()
            .filter_map(|(at, value)| {
                let field = self.field(record.what, *at)?;
                let value = self.value_text(value, Some(field), lang);
                Some(match lang {
                    Lang::En => format!("{} {value}", display(&field.named, lang)),
                    Lang::Zh => format!("{}：{value}", display(&field.named, lang)),
                })
            })
            .collect();
        if !values.is_empty() {
            let _ = match lang {
                Lang::En => write!(text, " ({})", list(&values, lang)),
                Lang::Zh => write!(text, "（{}）", list(&values, lang)),
            };
        }
        text
    }

    /// Clauses of the first document bare, of any other with its name.
    pub(crate) fn clauses(self, record: &Record, lang: Lang) -> String {
        let mut texts: Vec<String> = Vec::new();
        let rule = rule_of(record).map(|rule| self.rule(rule));
        for cite in rule
            .into_iter()
            .chain(self.declared(record.what))
            .flat_map(|named| &named.cites)
        {
            let text = match self.policy.sources.get(cite.source) {
                Some(source) if cite.source > 0 => {
                    format!("{} {}", source.named.display(), cite.clause)
                }
                _ => cite.clause.clone(),
            };
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join(comma(lang))
    }

    fn how(self, record: &Record, lang: Lang) -> String {
        let decider = |rule: RuleIx| {
            let body = self.policy.rules[rule.at()].decided_by?;
            Some(display(self.body(body), lang).to_owned())
        };
        let rule = rule_of(record);
        let body = match record.what {
            What::Decision(body, _) => Some(display(self.body(body), lang).to_owned()),
            _ => rule.and_then(decider),
        };
        match (&record.state, body) {
            (_, Some(_)) if record.assumed => match lang {
                Lang::En => "decision assumed".to_owned(),
                Lang::Zh => "假定批准".to_owned(),
            },
            (State::Proposed | State::Renewed, Some(body)) => match lang {
                Lang::En => format!("proposed to {body}"),
                Lang::Zh => format!("提请{body}决定"),
            },
            (
                State::Unknown(_)
                | State::Aside(_)
                | State::Broken
                | State::Lost
                | State::Ended { .. },
                _,
            ) => String::new(),
            (_, Some(body)) => match lang {
                Lang::En => format!("decided by {body}"),
                Lang::Zh => format!("{body}决定"),
            },
            (_, None) if rule.is_some() => match lang {
                Lang::En => "by rule".to_owned(),
                Lang::Zh => "按规则".to_owned(),
            },
            (_, None) => String::new(),
        }
    }
}
