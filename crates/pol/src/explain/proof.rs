//! Conditions taken apart: each part with its verdict, what was counted, and in which window.

use super::Page;
use crate::Lang;
use crate::names::Names;
use crate::text::{comma, display, list};
use pol_model::{EntryBody, EntryIx, Tri, Value, Verdict};
use pol_reference::{CountedEvent, Finding, Found, Proof};

impl Page<'_> {
    /// A condition with its parts.
    pub(super) fn proof(&mut self, proof: &Proof, indent: usize) {
        match &proof.finding {
            Finding::Condition { holds, causes } => {
                match self.joined(proof) {
                    Some(Join::All) => {
                        for part in &proof.parts {
                            self.proof(part, indent);
                        }
                        return;
                    }
                    Some(Join::Any) => return self.alternatives(proof, *holds, indent),
                    None => {}
                }
                let words = self.words(proof.span);
                let missing: Vec<String> = causes
                    .iter()
                    .map(|cause| self.names().missing(cause).text(self.lang))
                    .collect();
                let missing = if missing.is_empty() {
                    String::new()
                } else {
                    format!("{}{}", self.pick(": ", "："), list(&missing, self.lang))
                };
                let plain = self.plain_values(proof);
                self.line(indent, &format!("{} {words}{plain}{missing}", mark(*holds)));
                if plain.is_empty() && !self.asks_a_reading(proof) {
                    for part in &proof.parts {
                        self.value(part, indent + 4);
                    }
                }
            }
            Finding::Held { holds, since, from } => {
                let words = self.words(proof.span);
                let clock = match (since, from, self.lang) {
                    (Some(since), Some(from), Lang::En) => {
                        format!(
                            ": since {}, long enough from {} on",
                            self.date(*since),
                            self.date(*from)
                        )
                    }
                    (Some(since), Some(from), Lang::Zh) => {
                        format!("：自{}起，{}满", self.date(*since), self.date(*from))
                    }
                    (Some(since), None, Lang::En) => format!(": since {}", self.date(*since)),
                    (Some(since), None, Lang::Zh) => format!("：自{}起", self.date(*since)),
                    (None, _, Lang::En) => ": does not hold now".to_owned(),
                    (None, _, Lang::Zh) => "：现不成立".to_owned(),
                };
                self.line(indent, &format!("{} {words}{clock}", mark(*holds)));
            }
            Finding::Value(_) | Finding::Aggregate { .. } => self.value(proof, indent),
        }
    }

    /// Conditions of which one is enough. Those that a reading rules out are left out.
    fn alternatives(&mut self, proof: &Proof, holds: Tri, indent: usize) {
        let mut ways = Vec::new();
        self.ways(proof, &mut ways);
        let open: Vec<&Proof> = ways
            .iter()
            .copied()
            .filter(|way| !self.fails_by_reading(way))
            .collect();
        let shown = if open.is_empty() { ways } else { open };
        if let [only] = shown[..] {
            return self.proof(only, indent);
        }
        let text = self.pick("one of these:", "下列之一：");
        self.line(indent, &format!("{} {text}", mark(holds)));
        for way in shown {
            if self.joined(way) == Some(Join::All) {
                let text = self.pick("all of these:", "同时：");
                let verdict = mark(super::waiting::holds(way));
                self.line(indent + 2, &format!("{verdict} {text}"));
                self.proof(way, indent + 4);
            } else {
                self.proof(way, indent + 2);
            }
        }
    }

    /// The alternatives of nested `or`s, in order.
    fn ways<'p>(&self, proof: &'p Proof, ways: &mut Vec<&'p Proof>) {
        if self.joined(proof) == Some(Join::Any) {
            for part in &proof.parts {
                self.ways(part, ways);
            }
        } else {
            ways.push(proof);
        }
    }

    /// The values of a comparison on its own line, where they are plain ones.
    fn plain_values(&self, proof: &Proof) -> String {
        if self.asks_a_reading(proof) {
            return String::new();
        }
        let values: Option<Vec<String>> = proof
            .parts
            .iter()
            .map(|part| match &part.finding {
                Finding::Value(found) if part.parts.is_empty() => {
                    Some(format!("{} = {}", self.words(part.span), self.found(found)))
                }
                _ => None,
            })
            .collect();
        match (values, self.lang) {
            (Some(values), Lang::En) if !values.is_empty() => format!("  ({})", values.join(", ")),
            (Some(values), Lang::Zh) if !values.is_empty() => format!("（{}）", values.join("，")),
            _ => String::new(),
        }
    }

    /// A value of a comparison: what it comes to and, of an aggregate, what it counted.
    fn value(&mut self, proof: &Proof, indent: usize) {
        match &proof.finding {
            Finding::Condition { .. } | Finding::Held { .. } => self.proof(proof, indent),
            Finding::Value(found) => {
                let (words, found) = (self.words(proof.span), self.found(found));
                self.line(indent, &format!("{words} = {found}"));
                for part in &proof.parts {
                    self.value(part, indent + 2);
                }
            }
            Finding::Aggregate {
                value,
                events,
                windows,
            } => {
                let (words, found) = (self.words(proof.span), self.found(value));
                let window = self.windows(windows);
                self.line(indent, &format!("{words} = {found}{window}"));
                for event in events {
                    let text = self.counted(event);
                    self.line(indent + 2, &text);
                }
            }
        }
    }

    fn windows(&self, windows: &[(Option<crate::Date>, Option<crate::Date>)]) -> String {
        let windows: Vec<String> = windows
            .iter()
            .filter_map(|(first, last)| {
                let first = first.map(|day| self.date(day));
                let last = last.map(|day| self.date(day));
                match (first, last, self.lang) {
                    (Some(first), Some(last), Lang::En) => Some(format!("{first} to {last}")),
                    (Some(first), Some(last), Lang::Zh) => Some(format!("{first}至{last}")),
                    (Some(first), None, Lang::En) => Some(format!("from {first}")),
                    (Some(first), None, Lang::Zh) => Some(format!("{first}起")),
                    (None, Some(last), Lang::En) => Some(format!("until {last}")),
                    (None, Some(last), Lang::Zh) => Some(format!("至{last}")),
                    (None, None, _) => None,
                }
            })
            .collect();
        match (windows.is_empty(), self.lang) {
            (true, _) => String::new(),
            (false, Lang::En) => format!("  ({})", windows.join(", ")),
            (false, Lang::Zh) => format!("（{}）", windows.join("，")),
        }
    }

    fn counted(&self, event: &CountedEvent) -> String {
        if let (None, Some(entry)) = (event.act, event.entry) {
            return self.entry_text(entry);
        }
        let named = event.act.and_then(|what| self.names().declared(what));
        let name = named.map_or("", |named| display(named, self.lang));
        let entry = event.entry.map_or_else(String::new, |entry| {
            let id = self.names().entry(entry);
            match self.lang {
                Lang::En => format!(" (entry {id})"),
                Lang::Zh => format!("（条目{id}）"),
            }
        });
        format!("{} {name}{entry}", self.date(event.date))
    }

    /// An entry: its id, its day, its kind, and what its row says.
    pub(super) fn entry_text(&self, entry: EntryIx) -> String {
        let id = self.names().entry(entry);
        let Some(entry) = self.entry(entry) else {
            return id;
        };
        let day = self.date(entry.date);
        let recorded = if entry.recorded == entry.date {
            String::new()
        } else {
            let recorded = self.date(entry.recorded);
            match self.lang {
                Lang::En => format!(", recorded {recorded}"),
                Lang::Zh => format!("，{recorded}录入"),
            }
        };
        let body = self.names().body_text(&entry.body, self.lang);
        format!("{id}  {day}{recorded}  {body}")
    }

    fn found(&self, found: &Found) -> String {
        let missing = |causes: &[pol_model::Cause]| {
            let texts: Vec<String> = causes
                .iter()
                .map(|cause| self.names().missing(cause).text(self.lang))
                .collect();
            match (texts.is_empty(), self.lang) {
                (true, _) => String::new(),
                (false, Lang::En) => format!(" ({})", list(&texts, self.lang)),
                (false, Lang::Zh) => format!("（{}）", list(&texts, self.lang)),
            }
        };
        match (found, self.lang) {
            (Found::Known(value), lang) => self.names().value_text(value, None, lang),
            (Found::Between(low, high, _), _) if low == high => low.to_string(),
            (Found::Between(low, high, causes), Lang::En) => {
                format!("{low} to {high}{}", missing(causes))
            }
            (Found::Between(low, high, causes), Lang::Zh) => {
                format!("{low}至{high}{}", missing(causes))
            }
            (Found::Unknown(causes), Lang::En) => format!("unknown{}", missing(causes)),
            (Found::Unknown(causes), Lang::Zh) => format!("不明{}", missing(causes)),
        }
    }

    /// How the parts of a condition are joined; none for one that has no conditions as parts.
    pub(super) fn joined(&self, proof: &Proof) -> Option<Join> {
        let [first, second] = proof.parts.as_slice() else {
            return None;
        };
        let is_condition = |part: &Proof| {
            matches!(
                part.finding,
                Finding::Condition { .. } | Finding::Held { .. }
            )
        };
        if !is_condition(first) || !is_condition(second) {
            return None;
        }
        let between = pol_syntax::Span::new(first.span.end, second.span.start);
        let words = self.words(between);
        let says = |word: &str| {
            words
                .split(|c: char| !c.is_alphabetic())
                .any(|it| it == word)
        };
        Some(if says("or") || words.contains('或') {
            Join::Any
        } else {
            Join::All
        })
    }
}

/// How conditions are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// All must hold.
    All,
    /// One is enough.
    Any,
}

const fn mark(holds: Tri) -> &'static str {
    match holds {
        Tri::Yes => "✓",
        Tri::No => "✗",
        Tri::Unknown => "?",
    }
}

impl Names<'_> {
    /// What an entry says, with the values of its row.
    fn body_text(self, body: &EntryBody, lang: Lang) -> String {
        match body {
            EntryBody::Event { event, fields, .. } => {
                let event = &self.policy.events[event.at()];
                let values: Vec<String> = event
                    .fields
                    .iter()
                    .zip(fields)
                    .filter_map(|(field, value)| {
                        let value = value.as_ref().filter(|value| !is_plain(value, field))?;
                        let name = display(&field.named, lang);
                        let value = self.value_text(value, Some(field), lang);
                        Some(match lang {
                            Lang::En => format!("{name} {value}"),
                            Lang::Zh => format!("{name}：{value}"),
                        })
                    })
                    .collect();
                let name = display(&event.named, lang);
                match (values.is_empty(), lang) {
                    (true, _) => name.to_owned(),
                    (false, Lang::En) => format!("{name} ({})", values.join(comma(lang))),
                    (false, Lang::Zh) => format!("{name}（{}）", values.join("，")),
                }
            }
            EntryBody::Decision { body, verdict, .. } => {
                let body = display(self.body(*body), lang);
                match (verdict, lang) {
                    (Verdict::Approve, Lang::En) => format!("{body} approves"),
                    (Verdict::Decline, Lang::En) => format!("{body} declines"),
                    (Verdict::Approve, Lang::Zh) => format!("{body}批准"),
                    (Verdict::Decline, Lang::Zh) => format!("{body}否决"),
                }
            }
            EntryBody::Withdrawal { entry } => match lang {
                Lang::En => format!("withdraws {entry}"),
                Lang::Zh => format!("撤回{entry}"),
            },
        }
    }
}

/// A default that was filled in, or an empty list: the row does not say it.
fn is_plain(value: &Value, field: &pol_semantics::hir::Field) -> bool {
    field.default.as_ref() == Some(value)
        || matches!(value, Value::List(values) if values.is_empty())
}
