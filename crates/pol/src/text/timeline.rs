//! The timeline: one line for each thing that a run says.

use super::section::{Section, day, text};
use super::{comma, date, display, list};
use crate::names::{Names, rule_of};
use crate::outcome::Missing;
use crate::{Date, Lang, Run};
use pol_runtime::{Record, RuleIx, Setback, State, What};
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

fn nameless(what: What, lang: Lang) -> String {
    let (en, zh) = match what {
        What::SetAside(_) => ("entry", "条目"),
        _ => ("", ""),
    };
    match lang {
        Lang::En => en.to_owned(),
        Lang::Zh => zh.to_owned(),
    }
}

/// A status that was issued: a step, or a re-issue that moves nothing.
fn moved(status: &str, was: &str, now: &str, lang: Lang) -> String {
    match lang {
        Lang::En if was == now => format!("{status} issued again (stays {now})"),
        Lang::Zh if was == now => format!("{status}（再次，仍为{now}）"),
        Lang::En => format!("{status} (was {was})"),
        Lang::Zh => format!("{status}（原为{was}）"),
    }
}

fn became(name: &str, state: &State, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    match state {
        State::Issued { .. } => name.to_owned(),
        State::Began { until: Some(until) } => {
            let until = date(*until, lang);
            if zh {
                format!("{name}，至{until}")
            } else {
                format!("{name}, until {until}")
            }
        }
        State::Began { until: None } => {
            if zh {
                format!("{name}，开始")
            } else {
                format!("{name}, from here on")
            }
        }
        State::Ended { until } => {
            let until = date(*until, lang);
            if zh {
                format!("{name}，结束（最后一日{until}）")
            } else {
                format!("{name} ended (last day {until})")
            }
        }
        State::Over { until } => {
            let until = date(*until, lang);
            if zh {
                format!("{name}，得知时已过期（至{until}）")
            } else {
                format!("{name}, over before it was known (until {until})")
            }
        }
        State::Owed { last_day } => {
            let last_day = date(*last_day, lang);
            if zh {
                format!("{name}：应履行，截止{last_day}")
            } else {
                format!("{name}: owed, last day {last_day}")
            }
        }
        State::Missed { in_principle: true } => {
            if zh {
                format!("{name}：逾期（原则上，仅记录）")
            } else {
                format!("{name}: overdue (in principle: noted only)")
            }
        }
        State::WithoutBasis(why) => {
            let why = setback(*why, lang);
            if zh {
                format!("{name}：决定无依据（{why}）")
            } else {
                format!("{name}: decision without basis ({why})")
            }
        }
        State::Aside(why) => {
            let why = setback(*why, lang);
            if zh {
                format!("{name}：搁置（{why}）")
            } else {
                format!("{name}: set aside ({why})")
            }
        }
        State::Met
        | State::Missed { .. }
        | State::Released
        | State::Proposed
        | State::Renewed
        | State::Approved
        | State::Refused
        | State::Lost
        | State::TakenBack
        | State::Unknown(_)
        | State::Broken => {
            let word = word(state, lang);
            if zh {
                format!("{name}：{word}")
            } else {
                format!("{name}: {word}")
            }
        }
    }
}

/// What became of it, where one word says it.
fn word(state: &State, lang: Lang) -> &'static str {
    let (en, zh) = match state {
        State::Met => ("met", "已履行"),
        State::Missed { .. } => ("missed", "逾期"),
        State::Released => ("released", "免除"),
        State::Proposed => ("proposed", "提请"),
        State::Renewed => ("proposed again", "再次提请"),
        State::Approved => ("approved", "批准"),
        State::Refused => ("refused", "否决"),
        State::Lost => ("basis lost", "依据丧失"),
        State::TakenBack => ("taken back with the decision", "随决定撤销"),
        State::Unknown(_) => ("undetermined", "无法判定"),
        State::Broken => ("broken", "被违反"),
        State::Issued { .. }
        | State::Began { .. }
        | State::Ended { .. }
        | State::Over { .. }
        | State::Owed { .. }
        | State::WithoutBasis(_)
        | State::Aside(_) => ("", ""),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

fn setback(setback: Setback, lang: Lang) -> &'static str {
    let (en, zh) = match setback {
        Setback::BeforeStart => ("it happened before the record begins", "发生在起算日之前"),
        Setback::NotMember => ("the subject was no member that day", "当日不在名册内"),
        Setback::NoProposal => ("no proposal was open", "没有待决的提请"),
        Setback::BasisLost => ("the proposal had lost its basis", "提请的依据已丧失"),
        Setback::Withdrawn => ("it had been withdrawn", "已被撤回"),
        Setback::Assumed => ("this run assumes the decisions", "本次运行以假定代替决定"),
    };
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

impl Missing {
    /// What was missing, in words.
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::Field {
                field,
                entry: Some(entry),
            } => {
                if zh {
                    format!("条目 {entry} 没有填 {field}")
                } else {
                    format!("entry {entry} has no {field}")
                }
            }
            Self::Field { field, entry: None } => {
                if zh {
                    format!("没有填 {field}")
                } else {
                    format!("{field} is absent")
                }
            }
            Self::Attribute { attribute, day } => {
                let day = date(*day, lang);
                if zh {
                    format!("{day} 没有 {attribute}")
                } else {
                    format!("no {attribute} on {day}")
                }
            }
            Self::Quotient { entry } => {
                let entry = entry.as_deref().unwrap_or_default();
                if zh {
                    format!("{entry} 除数为零")
                } else {
                    format!("division by zero {entry}").trim_end().to_owned()
                }
            }
            Self::Number => if zh {
                "数值过大"
            } else {
                "a number is too large"
            }
            .to_owned(),
            Self::CalendarYear { calendar, year } => {
                if zh {
                    format!("日历 {calendar} 没有{year}年")
                } else {
                    format!("calendar {calendar} has no year {year}")
                }
            }
            Self::TableRow { param } => {
                if zh {
                    format!("参数 {param} 没有适用的一行")
                } else {
                    format!("no row of {param} applies")
                }
            }
            Self::Event { event } => {
                if zh {
                    format!("没有 {event} 可取值")
                } else {
                    format!("there is no {event} to take it from")
                }
            }
            Self::Record { event, from } => {
                let from = date(*from, lang);
                if zh {
                    format!("{event} 的记录自{from}起才完整")
                } else {
                    format!("the record of {event} is complete only from {from}")
                }
            }
            Self::Qualification { catalogue, entry } => {
                if zh {
                    format!("条目 {entry} 是否属于 {catalogue} 无法判定")
                } else {
                    format!("entry {entry} may or may not belong to {catalogue}")
                }
            }
            Self::Date => if zh {
                "日期超出范围"
            } else {
                "a date is out of range"
            }
            .to_owned(),
            Self::Rank => if zh {
                "没有可排名的值"
            } else {
                "no value to rank by"
            }
            .to_owned(),
        }
    }
}
