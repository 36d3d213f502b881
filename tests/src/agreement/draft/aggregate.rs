//! Counts: over which events, in which windows, and what is said of them.

use super::source::Source;
use super::{Draft, Field, Scope, Sort};

impl Draft {
    /// Events to be counted for the subjects of a scope.
    fn countable(&mut self, scope: &Scope) -> Option<Source> {
        let kind = *scope.kinds.first()?;
        if self.choices.chance(12) {
            let inner: Vec<usize> = (0..self.kinds.len())
                .filter(|inner| self.kinds[*inner].within == Some(kind))
                .collect();
            if !inner.is_empty() && scope.kinds.len() == 1 {
                let inner = *self.choices.pick(&inner);
                let mut source = self.source(inner, u32::MAX)?;
                if !source.text.contains(' ') {
                    source.text.push_str(" within it");
                    return Some(source);
                }
            }
        }
        let others: Vec<usize> = scope.kinds[1..].to_vec();
        let source = self.source(kind, u32::MAX)?;
        others
            .iter()
            .all(|kind| source.about.contains(kind))
            .then_some(source)
    }

    /// A count of some sort with something said of it.
    pub(super) fn counted(&mut self, scope: &Scope) -> Option<String> {
        if !scope.counts {
            return None;
        }
        let source = self.countable(scope)?;
        match self
            .choices
            .weighted(&[(50, 0), (10, 1), (10, 2), (10, 3), (7, 4), (7, 5), (8, 6)])
        {
            0 => Some(self.count(scope, &source)),
            1 => Some(self.over(scope, &source, "distinct", |_| true)),
            2 => Some(self.over(scope, &source, "same", |_| true)),
            3 => Some(self.over(scope, &source, "sum", |sort| {
                matches!(sort, Sort::Number | Sort::Unit | Sort::Money)
            })),
            4 => Some(self.over(scope, &source, "max", |sort| {
                matches!(sort, Sort::Number | Sort::Scale | Sort::Date)
            })),
            5 => Some(self.over(scope, &source, "latest", |sort| {
                !matches!(sort, Sort::Member(_))
            })),
            _ => self.run(scope, &source),
        }
    }

    fn count(&mut self, scope: &Scope, source: &Source) -> String {
        let narrowed = self.narrowed(scope, source);
        let threshold = *self.choices.pick(&[1, 1, 2, 2, 3]);
        let sign = self
            .choices
            .weighted(&[(8, ">="), (1, "<"), (1, "is"), (1, ">")]);
        let text = &source.text;
        match self.choices.below(4) {
            0 if !text.contains(' ') && narrowed.is_empty() => {
                format!("({text}) {sign} {threshold}")
            }
            1 if !text.contains(' ') => format!("{text}{narrowed}"),
            2 => format!("{text}{narrowed} {sign} {threshold}"),
            _ => format!("{text} {sign} {threshold}{narrowed}"),
        }
    }

    /// `distinct F of E`, and what is said of it.
    fn over(
        &mut self,
        scope: &Scope,
        source: &Source,
        word: &str,
        fits: impl Fn(&Sort) -> bool,
    ) -> String {
        let fields: Vec<Field> = source
            .fields
            .iter()
            .filter(|field| {
                fits(&field.sort) && (!field.several || matches!(word, "distinct" | "same"))
            })
            .cloned()
            .collect();
        if fields.is_empty() {
            return self.count(scope, source);
        }
        let field = self.choices.pick(&fields).clone();
        let narrowed = self.narrowed(scope, source);
        let text = format!("{word} {} of {}{narrowed}", field.name, source.text);
        let bare = Scope {
            fields: Vec::new(),
            kinds: Vec::new(),
            ..scope.clone()
        };
        match word {
            "distinct" | "same" => {
                let threshold = *self.choices.pick(&[1, 2, 2, 3]);
                format!("{text} >= {threshold}")
            }
            "sum" if self.choices.chance(20) => {
                format!(
                    "{text} >= sum {} of {} in previous month",
                    field.name, source.text
                )
            }
            "latest" if field.sort == Sort::YesNo => format!("{text} is yes"),
            _ => self.about(&bare, &text, &field.sort),
        }
    }

    fn run(&mut self, scope: &Scope, source: &Source) -> Option<String> {
        let kind = scope.kinds.first().copied();
        let filter = self.filter(&source.fields, kind)?;
        let windows = self.windows(scope);
        let threshold = *self.choices.pick(&[1, 2, 2, 3]);
        Some(format!(
            "run of {} where ({filter}){windows} >= {threshold}",
            source.text
        ))
    }

    /// A `where` and windows, as they stand behind the events.
    fn narrowed(&mut self, scope: &Scope, source: &Source) -> String {
        let mut narrowed = String::new();
        if self.choices.chance(25)
            && let Some(filter) = self.filter(&source.fields, scope.kinds.first().copied())
        {
            narrowed = format!(" where ({filter})");
        }
        narrowed + &self.windows(scope)
    }

    pub(super) fn windows(&mut self, scope: &Scope) -> String {
        let mut windows = String::new();
        if self.choices.chance(75) {
            windows.push_str(&self.span_window(scope));
        }
        if scope.fires && self.choices.chance(25) {
            windows.push_str(" since last time");
        } else if self.choices.chance(15)
            && let Some(kind) = scope.kinds.first().copied()
            && let Some(event) = self.source(kind, u32::MAX)
        {
            windows = format!("{windows} since {}", event.text);
        }
        windows
    }

    fn span_window(&mut self, scope: &Scope) -> String {
        match self
            .choices
            .weighted(&[(35, 0), (10, 1), (25, 2), (12, 3), (10, 4), (8, 5)])
        {
            0 => format!(" in {}", self.period(scope)),
            1 => format!(" in previous {}", self.period(scope)),
            2 if self.choices.chance(25) => match self.source(scope.kinds[0], u32::MAX) {
                Some(event) => format!(" in last {} {}", self.choices.between(1, 3), event.text),
                None => " in last 10 days".to_owned(),
            },
            2 => format!(" in last {}", self.length(scope)),
            3 => format!(" in any {}", self.period(scope)),
            4 => {
                let spans = ["10 days", "30 days", "1 month", "2 months", "2 weeks"];
                format!(" in any {}", self.choices.pick(&spans))
            }
            _ => {
                let phases = self.phases.clone();
                if phases.is_empty() {
                    " in month".to_owned()
                } else {
                    format!(" during {}", self.choices.pick(&phases))
                }
            }
        }
    }

    pub(super) fn period(&mut self, scope: &Scope) -> String {
        let plain = self.choices.weighted(&[
            (25, "month"),
            (20, "quarter"),
            (20, "year"),
            (8, "week"),
            (5, "half"),
            (5, "day"),
            (12, ""),
        ]);
        if !plain.is_empty() {
            return plain.to_owned();
        }
        let length =
            *self
                .choices
                .pick(&["10 days", "1 month", "2 months", "3 weeks", "12 months"]);
        let mut start = self.day();
        if let [kind] = scope.kinds[..]
            && self.choices.chance(40)
            && let Some(founded) = self.kinds[kind]
                .attributes
                .iter()
                .find(|attribute| attribute.sort == Sort::Date)
        {
            start = format!("{}.{}", self.kinds[kind].name, founded.name);
        }
        format!("cycle of {length} from {start}")
    }

    /// What is said of the members within the subject, or of its place among its kind.
    pub(super) fn among(&mut self, scope: &Scope) -> Option<String> {
        let [kind] = scope.kinds[..] else { return None };
        if self.depth == 0 || !scope.counts {
            return None;
        }
        self.depth -= 1;
        let said = self.among_members(kind);
        self.depth += 1;
        said
    }

    fn among_members(&mut self, kind: usize) -> Option<String> {
        let members = |kind| Scope {
            kinds: vec![kind],
            fields: Vec::new(),
            counts: true,
            fires: false,
        };
        let inner: Vec<usize> = (0..self.kinds.len())
            .filter(|inner| self.kinds[*inner].within == Some(kind))
            .collect();
        if !inner.is_empty() && self.choices.chance(60) {
            let inner = *self.choices.pick(&inner);
            let condition = self.condition(&members(inner));
            let name = self.kinds[inner].name;
            if self.choices.chance(50) {
                let line = *self.choices.pick(&[">= 1", ">= 2", "< 1"]);
                return Some(format!("count of {name} where ({condition}) {line}"));
            }
            let line = *self.choices.pick(&[">= 50%", ">= 100%", "> 0%", "< 50%"]);
            return Some(format!("share of {name} where ({condition}) {line}"));
        }
        let scope = members(kind);
        let source = self.source(kind, u32::MAX)?;
        let windows = self.windows(&scope);
        let numeric = source
            .fields
            .iter()
            .find(|field| matches!(field.sort, Sort::Number | Sort::Unit) && !field.several);
        let value = match numeric {
            Some(field) => {
                let word = self.choices.weighted(&[(3, "sum"), (1, "max")]);
                format!("{word} {} of {}{windows}", field.name, source.text)
            }
            None => format!("distinct date of {}{windows}", source.text),
        };
        let last = self.choices.weighted(&[(2, ""), (1, " from last")]);
        let filter = if self.choices.chance(40) {
            format!(" where ({})", self.condition(&scope))
        } else {
            String::new()
        };
        let place = *self.choices.pick(&["<= 1", "is 1", "<= 2"]);
        Some(format!(
            "rank{last} of {value} among {}{filter} {place}",
            self.kinds[kind].name
        ))
    }
}
