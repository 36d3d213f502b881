//! Rules, and what no ledger may show.

use super::source::Source;
use super::{Draft, Field, Scope, Sort};

/// Over every level.
const ANY: u32 = u32::MAX;
/// The highest level: there is always an outcome of it.
const HIGHEST: u32 = 9;

impl Draft {
    pub(super) fn rules(&mut self) {
        let mut names = vec!["ash", "birch", "cedar", "elm", "fir", "oak"];
        self.choices.shuffle(&mut names);
        let count = self
            .choices
            .weighted(&[(1, 1), (5, 2), (6, 3), (4, 4), (2, 5), (1, 6)]);
        for (at, name) in names.into_iter().take(count).enumerate() {
            if at == 0 && self.choices.chance(60) {
                self.plain_rule(name);
            } else {
                self.rule(name);
            }
        }
        if self.choices.chance(15) {
            let kind = self.choices.below(self.kinds.len());
            let scope = Self::scope_of(vec![kind], Vec::new(), false);
            let condition = self.condition(&scope);
            let name = self.kinds[kind].name;
            self.say(format!("never \"broken\"\n  for {name}\n  ({condition})"));
        }
    }

    fn scope_of(kinds: Vec<usize>, fields: Vec<Field>, fires: bool) -> Scope {
        Scope {
            kinds,
            fields,
            counts: true,
            fires,
        }
    }

    /// A rule that fires often, so that others find something: at an entry, at most counted.
    fn plain_rule(&mut self, name: &str) {
        let kind = match self.ladders.first() {
            Some(ladder) => *self.choices.pick(&ladder.kinds.clone()),
            None => self.choices.below(self.kinds.len()),
        };
        let entered: Vec<Source> = self
            .sources(kind)
            .into_iter()
            .filter(|source| source.level == 0)
            .collect();
        if entered.is_empty() {
            return self.rule(name);
        }
        let source = self.choices.pick(&entered).clone();
        let (whom, event) = (self.kinds[kind].name, &source.text);
        let mut text = format!("rule {name}\n  for {whom}\n  on {event}");
        if self.choices.chance(40) {
            let window = *self
                .choices
                .pick(&["in month", "in last 30 days", "since last time"]);
            text = format!("{text}\n  if {event} >= 2 {window}");
        }
        let scope = Self::scope_of(vec![kind], source.fields.clone(), true);
        let actions = self.actions(&scope, 1, 2);
        self.say(format!("{text}\n  then {actions}"));
    }

    fn rule(&mut self, name: &str) {
        let mut kinds = vec![self.choices.below(self.kinds.len())];
        if self.choices.chance(12) {
            kinds = (0..self.kinds.len()).collect();
        }
        let names: Vec<&str> = kinds.iter().map(|kind| self.kinds[*kind].name).collect();
        let mut text = format!("rule {name}\n  for {}", names.join(", "));
        if self.choices.chance(8) {
            text.push_str("\n  in principle");
        }
        match self
            .choices
            .weighted(&[(42, 0), (20, 1), (18, 2), (8, 3), (12, 4)])
        {
            1 => self.scheduled(text, kinds),
            2 => self.watching(text, kinds),
            3 => self.lasting(text, kinds),
            4 => self.after(text, kinds),
            _ => self.on_events(text, kinds),
        }
    }

    /// Sources that all of these kinds see, below a level.
    fn triggers(&mut self, kinds: &[usize], below: u32) -> Vec<Source> {
        let mut found: Vec<Source> = Vec::new();
        let count = if self.choices.chance(15) { 2 } else { 1 };
        for _ in 0..count {
            let source = self.source(kinds[0], below);
            let source =
                source.filter(|source| kinds.iter().all(|kind| source.about.contains(kind)));
            found.extend(source);
        }
        found
    }

    fn patterns(&mut self, sources: &[Source], kinds: &[usize]) -> String {
        let patterns: Vec<String> = sources
            .iter()
            .map(|source| {
                if let [kind] = kinds {
                    self.pattern(source, *kind)
                } else {
                    source.text.clone()
                }
            })
            .collect();
        patterns.join(", ")
    }

    fn on_events(&mut self, mut text: String, kinds: Vec<usize>) {
        let sources = self.triggers(&kinds, HIGHEST);
        if sources.is_empty() {
            return self.watching(text, kinds);
        }
        let level = sources.iter().map(|source| source.level).max().unwrap_or(0);
        text = format!("{text}\n  on {}", self.patterns(&sources, &kinds));
        let lists: Vec<Vec<Field>> = sources.iter().map(|source| source.fields.clone()).collect();
        let scope = Self::scope_of(kinds, Self::common(&lists), true);
        self.rest(text, &scope, 60, level + 1, 2);
    }

    fn scheduled(&mut self, mut text: String, kinds: Vec<usize>) {
        let points = self.points(&kinds);
        let word = if points.starts_with("end of") {
            "at"
        } else {
            "on"
        };
        text = format!("{text}\n  {word} {points}");
        let scope = Self::scope_of(kinds, Vec::new(), true);
        self.rest(text, &scope, 90, 0, 2);
    }

    fn watching(&mut self, mut text: String, kinds: Vec<usize>) {
        let scope = Self::scope_of(kinds, Vec::new(), true);
        text = format!("{text}\n  when {}", self.condition(&scope));
        self.rest(text, &scope, 15, 0, 2);
    }

    fn lasting(&mut self, mut text: String, kinds: Vec<usize>) {
        let scope = Self::scope_of(kinds, Vec::new(), false);
        let condition = if self.choices.chance(15) && !self.phases.is_empty() {
            format!("during {}", self.phases[0])
        } else {
            format!("while {}", self.condition(&scope))
        };
        text = format!("{text}\n  {condition}");
        if self.choices.chance(20) {
            text = format!("{text}\n  if {}", self.condition(&scope));
        }
        let at = self.choices.below(self.outcomes.len());
        let outcome = self.outcomes[at].clone();
        let record = self.record(&outcome.fields, &scope);
        text = format!("{text}\n  then {}{record}", outcome.name);
        self.say(text);
    }

    fn after(&mut self, mut text: String, kinds: Vec<usize>) {
        let sources = self.triggers(&kinds, ANY);
        if sources.is_empty() {
            return self.watching(text, kinds);
        }
        // A delay may close a circle, but one that issues twice what it waits for would double with
        // each turn: so only one rule may, and it issues one thing.
        let level = sources.iter().map(|source| source.level).max().unwrap_or(0);
        let circle = level > 0 && (level >= HIGHEST || self.choices.chance(40));
        if circle && self.circle {
            return self.watching(text, kinds);
        }
        self.circle |= circle;
        let (issues, most) = match level {
            0 => (0, 2),
            _ if circle => (0, 1),
            _ => (level + 1, 2),
        };
        let lists: Vec<Vec<Field>> = sources.iter().map(|source| source.fields.clone()).collect();
        let scope = Self::scope_of(kinds.clone(), Self::common(&lists), true);
        let of_event = Scope {
            counts: false,
            ..scope.clone()
        };
        let length = self.length(&of_event);
        text = format!(
            "{text}\n  {length} after {}",
            self.patterns(&sources, &kinds)
        );
        if self.choices.chance(50) {
            let unless = self.triggers(&kinds, ANY);
            if !unless.is_empty() {
                text = format!("{text} unless {}", self.patterns(&unless, &kinds));
            }
        }
        self.rest(text, &scope, 30, issues, most);
    }

    /// Points in time.
    pub(super) fn points(&mut self, kinds: &[usize]) -> String {
        let first = self.point(kinds);
        if self.choices.chance(12) {
            return format!("{first}, {}", self.point(kinds));
        }
        first
    }

    fn point(&mut self, kinds: &[usize]) -> String {
        let bare = Scope {
            kinds: Vec::new(),
            fields: Vec::new(),
            counts: false,
            fires: false,
        };
        let base = match self.choices.weighted(&[
            (40, 0),
            (10, 1),
            (8, 2),
            (10, 3),
            (8, 4),
            (8, 5),
            (16, 6),
        ]) {
            1 => self.day(),
            2 => (*self.choices.pick(&[
                "01-31 of each year",
                "02-29 of each year",
                "02-10 of each year",
            ]))
            .to_owned(),
            3 => (*self.choices.pick(&[
                "day 28 of each month",
                "day 31 of each month",
                "day 5 of each month",
            ]))
            .to_owned(),
            4 => (*self
                .choices
                .pick(&["friday of each week", "monday of each week"]))
            .to_owned(),
            5 if !self.phases.is_empty() => format!("end of {}", self.phases[0]),
            6 if self.choices.chance(50) => self
                .dated_attribute(kinds)
                .unwrap_or_else(|| "end of each month".to_owned()),
            6 => match self.dated_source(kinds) {
                Some(text) => text,
                None => "end of each month".to_owned(),
            },
            _ => {
                let period = self.period(&bare);
                format!("end of each {period}")
            }
        };
        if !self.choices.chance(20) {
            return base;
        }
        let sign = *self.choices.pick(&["+", "-"]);
        let span = *self
            .choices
            .pick(&["1 day", "3 days", "5 days", "2 working days"]);
        format!("{base} {sign} {span}")
    }

    /// `township.founded`.
    fn dated_attribute(&self, kinds: &[usize]) -> Option<String> {
        let [kind] = kinds else { return None };
        let dated = self.kinds[*kind]
            .attributes
            .iter()
            .find(|attribute| attribute.sort == Sort::Date)?;
        Some(format!("{}.{}", self.kinds[*kind].name, dated.name))
    }

    /// `deadline of notice`.
    fn dated_source(&mut self, kinds: &[usize]) -> Option<String> {
        let dated = |source: &Source| {
            source
                .fields
                .iter()
                .any(|field| field.sort == Sort::Date && field.name != "recorded")
                && !source.text.contains(' ')
                && kinds.iter().all(|kind| source.about.contains(kind))
        };
        let mut sources: Vec<Source> = self.sources(kinds[0]).into_iter().filter(dated).collect();
        if self.choices.chance(80) {
            sources.retain(|source| source.fields.iter().any(|field| field.name == "deadline"));
        }
        if sources.is_empty() {
            return None;
        }
        let source = self.choices.pick(&sources).clone();
        let own = source.fields.iter().any(|field| field.name == "deadline");
        let field = if own { "deadline" } else { "date" };
        Some(format!("{field} of {}", source.text))
    }

    /// Condition, decision and actions of a rule.
    fn rest(&mut self, mut text: String, scope: &Scope, conditions: u32, level: u32, most: usize) {
        let mut counts = false;
        if self.choices.chance(conditions) {
            let condition = self.condition(scope);
            counts = condition.contains(">=");
            text = format!("{text}\n  if {condition}");
        }
        if counts && self.choices.chance(60) {
            text.push_str("\n  counting again");
        }
        let mut decided = false;
        let bodies = self.bodies.clone();
        if !bodies.is_empty() && self.choices.chance(35) {
            decided = true;
            text = format!("{text}\n  decided by {}", self.choices.pick(&bodies));
        }
        // A decision comes from outside: what it issues closes no circle.
        let level = if decided && self.choices.chance(30) {
            0
        } else {
            level
        };
        text = format!("{text}\n  then {}", self.actions(scope, level, most));
        if decided && self.choices.chance(40) {
            text = format!("{text}\n  otherwise {}", self.actions(scope, level, most));
        }
        self.say(text);
    }

    /// What a rule does: at most so many things of a level or above.
    fn actions(&mut self, scope: &Scope, level: u32, most: usize) -> String {
        let count = self.choices.weighted(&[(3, 1), (1, 2)]).min(most);
        let actions: Vec<String> = (0..count).map(|_| self.action(scope, level)).collect();
        actions.join(", ")
    }

    fn action(&mut self, scope: &Scope, level: u32) -> String {
        let ladders: Vec<usize> = (0..self.ladders.len())
            .filter(|at| {
                let ladder = &self.ladders[*at];
                ladder.level >= level && scope.kinds.iter().all(|kind| ladder.kinds.contains(kind))
            })
            .collect();
        if !ladders.is_empty() && self.choices.chance(60) {
            let at = *self.choices.pick(&ladders);
            return self.status(at, scope);
        }
        let signals: Vec<(&str, Vec<Field>)> = self
            .events
            .iter()
            .filter(|event| {
                event.derived
                    && event.level >= level
                    && scope.kinds.iter().all(|kind| event.about.contains(kind))
            })
            .map(|event| (event.name, event.fields.clone()))
            .collect();
        if !signals.is_empty() && self.choices.chance(60) {
            let (name, fields) = self.choices.pick(&signals).clone();
            return format!("{name}{}", self.record(&fields, scope));
        }
        let outcomes: Vec<usize> = (0..self.outcomes.len())
            .filter(|at| self.outcomes[*at].level >= level)
            .collect();
        let outcome = self.outcomes[*self.choices.pick(&outcomes)].clone();
        if self.choices.chance(12) {
            return format!("end {}", outcome.name);
        }
        let record = self.record(&outcome.fields, scope);
        let extent = self.extent(scope);
        format!("{}{record}{extent}", outcome.name)
    }

    fn status(&mut self, at: usize, scope: &Scope) -> String {
        let ladder = self.ladders[at].clone();
        let status = *self.choices.pick(&ladder.statuses);
        match self.choices.below(8) {
            0 => format!("{} = {} + 1", ladder.name, ladder.name),
            1 => format!("{} = {status}", ladder.name),
            2 => format!("{} = {} - 1", ladder.name, ladder.name),
            3 => {
                let value = self.value(scope, &Sort::Ladder(at), None);
                format!("{} = {value}", ladder.name)
            }
            _ => status.to_owned(),
        }
    }

    fn record(&mut self, fields: &[Field], scope: &Scope) -> String {
        let given: Vec<String> = fields
            .iter()
            .filter(|field| !field.optional || self.choices.chance(50))
            .cloned()
            .collect::<Vec<Field>>()
            .iter()
            .map(|field| format!("{} = {}", field.name, self.value(scope, &field.sort, None)))
            .collect();
        if given.is_empty() {
            String::new()
        } else {
            format!(" {{ {} }}", given.join(", "))
        }
    }

    fn extent(&mut self, scope: &Scope) -> String {
        let bare = Scope {
            kinds: Vec::new(),
            fields: Vec::new(),
            ..scope.clone()
        };
        match self
            .choices
            .weighted(&[(35, 0), (35, 1), (8, 2), (10, 3), (12, 4)])
        {
            1 => format!(" for {}", self.length(scope)),
            2 => match self.source(scope.kinds[0], ANY) {
                Some(source) => format!(" for {} {}", self.choices.between(1, 3), source.text),
                None => String::new(),
            },
            3 if self.choices.chance(30) && !self.phases.is_empty() => {
                format!(" until end of {}", self.phases[0])
            }
            3 => format!(" until end of {}", self.period(&bare)),
            4 => match self.source(scope.kinds[0], ANY) {
                Some(source) => format!(" until {}", self.pattern(&source, scope.kinds[0])),
                None => String::new(),
            },
            _ => String::new(),
        }
    }
}
