//! Events that can be spoken of: what they are called, and what they carry.

use super::{Draft, Field, Sort};

/// Events under a name.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub text: String,
    pub fields: Vec<Field>,
    /// The kinds whose members see them.
    pub about: Vec<usize>,
    /// What an `on` rule that they trigger must stay above.
    pub level: u32,
    /// It has a windowed count of its own: not what became of a duty.
    pub entered: bool,
}

/// A field that every event has.
pub(super) fn built_in(name: &str, sort: Sort) -> Field {
    Field {
        name: name.to_owned(),
        sort,
        optional: false,
        several: false,
        fallback: None,
    }
}

fn dated(mut fields: Vec<Field>) -> Vec<Field> {
    fields.push(built_in("date", Sort::Date));
    fields.push(built_in("recorded", Sort::Date));
    fields
}

impl Draft {
    /// All events that a member of a kind sees.
    pub(super) fn sources(&self, kind: usize) -> Vec<Source> {
        let sees = |source: &Source| source.about.contains(&kind);
        let mut all: Vec<Source> = Vec::new();
        for event in &self.events {
            all.push(Source {
                text: event.name.to_owned(),
                fields: dated(event.fields.clone()),
                about: event.about.clone(),
                level: event.level,
                entered: !event.derived,
            });
        }
        all.extend(self.views.iter().cloned());
        all.extend(self.acts(kind));
        all.retain(sees);
        all
    }

    /// What rules bring about for a kind, and what becomes of it.
    fn acts(&self, kind: usize) -> Vec<Source> {
        let mut all = Vec::new();
        let about = vec![kind];
        let mut act = |text: String, fields: Vec<Field>, level: u32| {
            for state in ["", " lost"] {
                all.push(Source {
                    text: format!("{text}{state}"),
                    fields: dated(fields.clone()),
                    about: about.clone(),
                    level,
                    entered: false,
                });
            }
        };
        for (at, ladder) in self.ladders.iter().enumerate() {
            if !ladder.kinds.contains(&kind) {
                continue;
            }
            let fields = vec![
                built_in("was", Sort::Ladder(at)),
                built_in("now", Sort::Ladder(at)),
            ];
            act(ladder.name.to_owned(), fields.clone(), ladder.level);
            for status in &ladder.statuses {
                act((*status).to_owned(), fields.clone(), ladder.level);
            }
        }
        for outcome in &self.outcomes {
            act(
                outcome.name.to_owned(),
                outcome.fields.clone(),
                outcome.level,
            );
        }
        for duty in self.duties.iter().filter(|duty| duty.kind == kind) {
            for state in ["owed", "met", "missed", "released", "lost"] {
                all.push(Source {
                    text: format!("{} {state}", duty.name),
                    fields: dated(vec![built_in("last_day", Sort::Date)]),
                    about: about.clone(),
                    level: duty.level,
                    entered: false,
                });
            }
        }
        all
    }

    /// One of the events that a kind sees, entered ones first of all and lost ones last; none over a
    /// level.
    pub(super) fn source(&mut self, kind: usize, below: u32) -> Option<Source> {
        let all = self.sources(kind).into_iter();
        let all: Vec<Source> = all.filter(|source| source.level < below).collect();
        let of = |wanted: fn(&Source) -> bool| -> Vec<Source> {
            all.iter()
                .filter(|source| wanted(source))
                .cloned()
                .collect()
        };
        let entered = of(|source| source.entered);
        let acts = of(|source| !source.entered && !source.text.ends_with(" lost"));
        let among = match self.choices.below(100) {
            0..=69 if !entered.is_empty() => &entered,
            0..=89 if !acts.is_empty() => &acts,
            _ => &all,
        };
        (!among.is_empty()).then(|| self.choices.pick(among).clone())
    }

    /// A source with what its events must satisfy, for a clause.
    pub(super) fn pattern(&mut self, source: &Source, kind: usize) -> String {
        if self.choices.chance(40)
            && let Some(filter) = self.filter(&source.fields, Some(kind))
        {
            return format!("{} where {filter}", source.text);
        }
        source.text.clone()
    }
}
