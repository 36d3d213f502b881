//! Parameters, definitions, catalogues.

use super::source::Source;
use super::{Draft, Field, Scope, Sort, Term};

impl Draft {
    pub(super) fn params(&mut self) {
        let count = self.choices.below(4);
        for at in 0..count {
            let name = ["line", "limit", "bar_line", "level_line"][at];
            let sort = match self.choices.below(5) {
                0 | 1 => Sort::Span,
                2 if !self.scale.is_empty() => Sort::Scale,
                _ => Sort::Number,
            };
            let (text, kind, field) = self.table(&sort);
            self.say(format!("param {name}{text}"));
            self.terms.push(Term {
                name: name.to_owned(),
                sort,
                kind,
                field,
                counts: false,
            });
        }
    }

    /// A table, and what it goes by.
    fn table(&mut self, sort: &Sort) -> (String, Option<usize>, Option<Field>) {
        match self.choices.below(7) {
            0 => {
                let (one, two) = (self.literal(sort), self.literal(sort));
                let table = format!(
                    " by date {{\n  2023-01-01 to 2024-01-31 = {one}\n  2024-02-01 to ? = {two}\n}}"
                );
                (table, None, None)
            }
            1 => {
                let classes: Vec<(usize, Field)> = self.classes();
                if classes.is_empty() {
                    return (format!(" = {}", self.literal(sort)), None, None);
                }
                let (kind, field) = self.choices.pick(&classes).clone();
                let Sort::Listed(_, values) = &field.sort else {
                    return (format!(" = {}", self.literal(sort)), None, None);
                };
                let last = usize::from(self.choices.chance(20));
                let rows: Vec<String> = values[last..]
                    .iter()
                    .map(|value| format!("{value} = {}", self.literal(sort)))
                    .collect();
                let by = format!("{}.{}", self.kinds[kind].name, field.name);
                let table = format!(" by {by} {{ {} }}", rows.join(", "));
                (table, Some(kind), None)
            }
            2 => {
                let field = self
                    .events
                    .iter()
                    .flat_map(|event| &event.fields)
                    .find(|field| field.sort == Sort::Number && !field.several)
                    .cloned();
                let Some(field) = field else {
                    return (format!(" = {}", self.literal(sort)), None, None);
                };
                let (one, two) = (self.literal(sort), self.literal(sort));
                let rest = if self.choices.chance(75) {
                    format!(", else = {two}")
                } else {
                    String::new()
                };
                let table = format!(" by {} {{ <= 2 = {one}{rest} }}", field.name);
                (table, None, Some(field))
            }
            3 => {
                let field = self
                    .events
                    .iter()
                    .flat_map(|event| &event.fields)
                    .find(|field| field.sort == Sort::YesNo && !field.several)
                    .cloned();
                let Some(field) = field else {
                    return (format!(" = {}", self.literal(sort)), None, None);
                };
                let (one, two) = (self.literal(sort), self.literal(sort));
                let table = format!(" by {} {{ yes = {one}, no = {two} }}", field.name);
                (table, None, Some(field))
            }
            4 => {
                let classes = self.classes();
                let numbered = self
                    .events
                    .iter()
                    .flat_map(|event| &event.fields)
                    .find(|field| field.sort == Sort::Number && !field.several)
                    .cloned();
                let (Some((kind, class)), Some(field)) = (classes.first().cloned(), numbered)
                else {
                    return (format!(" = {}", self.literal(sort)), None, None);
                };
                let (one, two, three) =
                    (self.literal(sort), self.literal(sort), self.literal(sort));
                let by = format!("{}.{}, {}", self.kinds[kind].name, class.name, field.name);
                let table = format!(
                    " by {by} {{ first {{ <= 1 = {one}, else = {two} }}, second = {three} }}"
                );
                (table, Some(kind), Some(field))
            }
            _ => (format!(" = {}", self.literal(sort)), None, None),
        }
    }

    fn classes(&self) -> Vec<(usize, Field)> {
        self.kinds
            .iter()
            .enumerate()
            .flat_map(|(at, kind)| kind.attributes.iter().map(move |field| (at, field.clone())))
            .filter(|(_, field)| matches!(field.sort, Sort::Listed(..)))
            .collect()
    }

    /// A catalogue of an event that has items.
    pub(super) fn catalogue(&mut self) {
        let fitting: Vec<super::Event> = self
            .events
            .iter()
            .filter(|event| event.fields.iter().any(|field| field.name == "clause"))
            .cloned()
            .collect();
        if fitting.is_empty() || !self.choices.chance(45) {
            return;
        }
        let event = self.choices.pick(&fitting).clone();
        let branched = event.fields.iter().any(|field| field.name == "branch");
        let mut fields = event.fields.clone();
        fields.push(super::source::built_in("date", Sort::Date));
        let by = if branched { "clause, branch" } else { "clause" };
        let mut text = format!("catalogue situation from {} by {by}", event.name);
        if self.choices.chance(50)
            && let Some(filter) = self.filter(&fields, None)
        {
            text = format!("{text}\n  where {filter}");
        }
        text.push_str("\n{\n");
        let items = self.choices.between(1, 3);
        for item in 1..=items {
            text = format!("{text}  {item} \"item {item}\"{}", self.item(&fields));
            if branched && self.choices.chance(50) {
                let (one, two) = (self.item(&fields), self.item(&fields));
                text = format!("{text} {{\n    a \"branch a\"{one}\n    b \"branch b\"{two}\n  }}");
            }
            text.push('\n');
        }
        text.push('}');
        self.say(text);
        self.views.push(Source {
            text: "situation".to_owned(),
            fields: with_recorded(fields),
            about: event.about.clone(),
            level: event.level,
            entered: true,
        });
    }

    fn item(&mut self, fields: &[Field]) -> String {
        let mut text = String::new();
        if self.choices.chance(15)
            && let Some(filter) = self.filter(fields, None)
        {
            text = format!("{text} where ({filter})");
        }
        if self.choices.chance(40)
            && let Some(filter) = self.filter(fields, None)
        {
            text = format!("{text} if ({filter})");
        }
        if self.choices.chance(20)
            && let Some(filter) = self.filter(fields, None)
        {
            text = format!("{text} unless ({filter})");
        }
        text
    }

    /// Named sets of events.
    pub(super) fn sets(&mut self) {
        for name in ["grave", "settled"] {
            if !self.choices.chance(35) {
                continue;
            }
            let kind = self.choices.below(self.kinds.len());
            let Some(one) = self.source(kind, u32::MAX) else {
                continue;
            };
            let mut set = vec![one];
            if self.choices.chance(50)
                && let Some(two) = self.source(kind, u32::MAX)
            {
                set.push(two);
            }
            // The name of a ladder alone is the standing, and no set.
            let ladder = |source: &Source| self.ladders.iter().any(|one| one.name == source.text);
            if set.len() == 1 && ladder(&set[0]) {
                continue;
            }
            let patterns: Vec<String> = set
                .iter()
                .map(|source| match self.filter(&source.fields, None) {
                    Some(filter) if self.choices.chance(60) => {
                        format!("{} where {filter}", source.text)
                    }
                    _ => source.text.clone(),
                })
                .collect();
            self.say(format!("define {name} = {}", patterns.join(", ")));
            let lists: Vec<Vec<Field>> = set.iter().map(|source| source.fields.clone()).collect();
            let about = set[0]
                .about
                .iter()
                .copied()
                .filter(|kind| set.iter().all(|source| source.about.contains(kind)))
                .collect();
            self.views.push(Source {
                text: name.to_owned(),
                fields: Self::common(&lists),
                about,
                level: set.iter().map(|source| source.level).max().unwrap_or(0),
                entered: true,
            });
        }
    }

    /// Named conditions and values.
    pub(super) fn defines(&mut self) {
        for name in ["pressed", "burdened"] {
            if !self.choices.chance(30) {
                continue;
            }
            let kind = self.choices.below(self.kinds.len());
            let scope = Scope {
                kinds: vec![kind],
                fields: Vec::new(),
                counts: true,
                fires: false,
            };
            let condition = self.condition(&scope);
            self.say(format!("define {name} = ({condition})"));
            self.terms.push(Term {
                name: name.to_owned(),
                sort: Sort::YesNo,
                kind: Some(kind),
                field: None,
                counts: true,
            });
        }
    }
}

fn with_recorded(mut fields: Vec<Field>) -> Vec<Field> {
    fields.push(super::source::built_in("recorded", Sort::Date));
    fields
}
