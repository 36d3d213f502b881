//! Conditions and values.

use super::{Draft, Field, Scope, Sort};

const SIGNS: [&str; 4] = [">=", ">=", ">", "<"];

impl Draft {
    /// A condition on events with these fields, as it stands at a clause or in parentheses.
    pub(super) fn filter(&mut self, fields: &[Field], kind: Option<usize>) -> Option<String> {
        let scope = Scope {
            kinds: kind.into_iter().collect(),
            fields: fields.to_vec(),
            counts: false,
            fires: false,
        };
        let one = self.filter_part(&scope)?;
        if self.choices.chance(20)
            && let Some(two) = self.filter_part(&scope)
        {
            let word = *self.choices.pick(&["and", "or"]);
            return Some(format!("({one} {word} {two})"));
        }
        Some(one)
    }

    fn filter_part(&mut self, scope: &Scope) -> Option<String> {
        let operands = self.operands(scope);
        if operands.is_empty() {
            return None;
        }
        // What only acts have is asked of them, as is what members have that a field names.
        let own =
            |text: &str| matches!(text, "was" | "now" | "last_day") || text.starts_with("whom.");
        let rare: Vec<&(String, Sort)> = operands.iter().filter(|(text, _)| own(text)).collect();
        let plain = |one: &&(String, Sort)| one.1 != Sort::Date;
        let plain: Vec<&(String, Sort)> = operands.iter().filter(plain).collect();
        let (text, sort) = if !rare.is_empty() && self.choices.chance(40) {
            (*self.choices.pick(&rare)).clone()
        } else if !plain.is_empty() && self.choices.chance(70) {
            (*self.choices.pick(&plain)).clone()
        } else {
            self.choices.pick(&operands).clone()
        };
        let part = self.about(scope, &text, &sort);
        if self.choices.chance(10) {
            return Some(format!("not ({part})"));
        }
        Some(part)
    }

    /// What can be compared here without counting.
    fn operands(&self, scope: &Scope) -> Vec<(String, Sort)> {
        let mut operands: Vec<(String, Sort)> = Vec::new();
        for field in scope.fields.iter().filter(|field| !field.several) {
            if let Sort::Member(kind) = field.sort {
                for attribute in &self.kinds[kind].attributes {
                    let text = format!("{}.{}", field.name, attribute.name);
                    operands.push((text, attribute.sort.clone()));
                }
            } else {
                operands.push((field.name.clone(), field.sort.clone()));
            }
        }
        if let [kind] = scope.kinds[..] {
            for outer in self.outwards(kind) {
                let kind = &self.kinds[outer];
                for attribute in &kind.attributes {
                    let text = format!("{}.{}", kind.name, attribute.name);
                    operands.push((text, attribute.sort.clone()));
                }
            }
        }
        for term in &self.terms {
            if self.fits(term, scope) {
                operands.push((term.name.clone(), term.sort.clone()));
            }
        }
        for reading in &self.readings {
            let answers = vec![format!("{reading}_a"), format!("{reading}_b")];
            let sort = Sort::Listed((*reading).to_owned(), answers);
            operands.push(((*reading).to_owned(), sort));
        }
        operands
    }

    pub(super) fn fits(&self, term: &super::Term, scope: &Scope) -> bool {
        let kind = term
            .kind
            .is_none_or(|kind| matches!(scope.kinds[..], [one] if self.outwards(one).contains(&kind) && (!term.counts || one == kind)));
        let field = term.field.as_ref().is_none_or(|field| {
            scope
                .fields
                .iter()
                .any(|here| here.name == field.name && here.sort == field.sort && !here.several)
        });
        kind && field && (scope.counts || !term.counts)
    }

    /// Something that is said of a value.
    pub(super) fn about(&mut self, scope: &Scope, text: &str, sort: &Sort) -> String {
        match sort {
            Sort::YesNo => match self.choices.below(3) {
                0 => format!("not {text}"),
                1 => format!("{text} is yes"),
                _ => text.to_owned(),
            },
            Sort::Listed(..) | Sort::Text => match self.choices.below(4) {
                0 => format!("{text} is not {}", self.literal(sort)),
                1 if matches!(sort, Sort::Listed(..)) => {
                    format!("{text} in ({}, {})", self.literal(sort), self.literal(sort))
                }
                _ => format!("{text} is {}", self.literal(sort)),
            },
            Sort::Span => format!("{text} is {}", self.literal(sort)),
            Sort::Member(_) => format!("{text} is {text}"),
            Sort::Scale | Sort::Ladder(_) => match self.choices.below(5) {
                0 => format!("{text} in ({}, {})", self.literal(sort), self.literal(sort)),
                1 => format!("{text} is not {}", self.literal(sort)),
                2 => format!("{text} is {}", self.literal(sort)),
                _ => {
                    let sign = *self.choices.pick(&[">=", ">=", "<=", "<", ">"]);
                    format!("{text} {sign} {}", self.value(scope, sort, Some(text)))
                }
            },
            Sort::Number | Sort::Unit | Sort::Money | Sort::Share | Sort::Date => {
                let sign = *self.choices.pick(&SIGNS);
                format!("{text} {sign} {}", self.value(scope, sort, Some(text)))
            }
        }
    }

    /// A fixed value.
    pub(super) fn literal(&mut self, sort: &Sort) -> String {
        match sort {
            Sort::YesNo => (*self.choices.pick(&["yes", "no"])).to_owned(),
            Sort::Number | Sort::Money => {
                (*self.choices.pick(&["0", "1", "2", "2", "3", "1.5"])).to_owned()
            }
            Sort::Unit => (*self.choices.pick(&["1", "2 item", "3 item", "2"])).to_owned(),
            Sort::Share => (*self.choices.pick(&["25%", "50%", "100%", "5‰"])).to_owned(),
            Sort::Date => self.day(),
            Sort::Span => self.span(),
            Sort::Listed(_, values) => self.choices.pick(values).clone(),
            Sort::Scale => {
                let scale = self.scale.clone();
                (*self.choices.pick(&scale)).to_owned()
            }
            Sort::Ladder(at) => {
                let statuses = self.ladders[*at].statuses.clone();
                (*self.choices.pick(&statuses)).to_owned()
            }
            Sort::Text => (*self.choices.pick(&["\"a\"", "\"b\"", "\"甲\""])).to_owned(),
            Sort::Member(_) => String::new(),
        }
    }

    /// A value of a sort; not the one beside which it stands.
    pub(super) fn value(&mut self, scope: &Scope, sort: &Sort, beside: Option<&str>) -> String {
        let others: Vec<String> = self
            .operands(scope)
            .into_iter()
            .filter(|(text, other)| other == sort && Some(text.as_str()) != beside)
            .map(|(text, _)| text)
            .collect();
        let known = !others.is_empty() && self.choices.chance(45);
        let base = if known {
            self.choices.pick(&others).clone()
        } else {
            self.literal(sort)
        };
        if !self.choices.chance(if known { 45 } else { 20 }) {
            return base;
        }
        match sort {
            Sort::Number if known => match self.choices.below(5) {
                0 => format!("{base} * 2"),
                1 => format!("{base} / {}", self.choices.pick(&others)),
                2 => format!("-{base}"),
                3 => format!("{base} - 1"),
                _ => format!("higher of ({base}, {})", self.literal(sort)),
            },
            Sort::Number => format!("lower of ({base}, {})", self.literal(sort)),
            Sort::Date => {
                let sign = *self.choices.pick(&["+", "-"]);
                format!("{base} {sign} {}", self.span())
            }
            Sort::Scale if known => match self.choices.below(3) {
                0 => format!("{base} + 1"),
                1 => format!("{base} - 1"),
                _ => format!("lower of ({base}, {})", self.literal(sort)),
            },
            _ => base,
        }
    }

    /// A condition on a subject.
    pub(super) fn condition(&mut self, scope: &Scope) -> String {
        let joined = self.depth > 0 && self.choices.chance(self.depth * 12);
        if !joined {
            return self.simple(scope);
        }
        self.depth -= 1;
        let parts: Vec<String> = (0..2).map(|_| self.condition(scope)).collect();
        self.depth += 1;
        let word = self.choices.weighted(&[(3, " and "), (2, " or ")]);
        format!("({})", parts.join(word))
    }

    fn simple(&mut self, scope: &Scope) -> String {
        let sort = self.choices.weighted(&[
            (40, 0),
            (18, 1),
            (8, 2),
            (5, 3),
            (5, 4),
            (8, 5),
            (9, 6),
            (4, 7),
        ]);
        let said = match sort {
            0 => self.counted(scope),
            1 => self.standing(scope),
            2 => self.held(scope),
            3 => self.in_force(scope),
            4 => self.during(),
            5 => {
                let operands = self.operands(scope);
                (!operands.is_empty()).then(|| {
                    let (text, sort) = self.choices.pick(&operands).clone();
                    self.about(scope, &text, &sort)
                })
            }
            6 => self.among(scope),
            _ => {
                let inner = self.simple(scope);
                Some(format!("not ({inner})"))
            }
        };
        match said {
            Some(said) => said,
            None => (0..8)
                .find_map(|_| self.counted(scope))
                .unwrap_or_else(|| "1 < 2".to_owned()),
        }
    }

    fn standing(&mut self, scope: &Scope) -> Option<String> {
        let ladders: Vec<usize> = (0..self.ladders.len())
            .filter(|at| {
                let stands = &self.ladders[*at].kinds;
                scope.kinds.iter().all(|kind| stands.contains(kind))
            })
            .collect();
        if ladders.is_empty() {
            return None;
        }
        let at = *self.choices.pick(&ladders);
        let name = self.ladders[at].name;
        let bottom = self.ladders[at].statuses[0];
        if self.choices.chance(12) {
            return Some(format!("{name} - {bottom} >= 1"));
        }
        Some(self.about(scope, name, &Sort::Ladder(at)))
    }

    fn held(&mut self, scope: &Scope) -> Option<String> {
        if self.depth == 0 {
            return None;
        }
        self.depth -= 1;
        let inner = if self.choices.chance(70) {
            self.standing(scope)
        } else {
            Some(self.condition(scope))
        };
        self.depth += 1;
        Some(format!("({}) held {}", inner?, self.length(scope)))
    }

    fn in_force(&mut self, _: &Scope) -> Option<String> {
        let names: Vec<&str> = self.outcomes.iter().map(|outcome| outcome.name).collect();
        (!names.is_empty()).then(|| format!("{} in force", self.choices.pick(&names)))
    }

    fn during(&mut self) -> Option<String> {
        let phases = self.phases.clone();
        (!phases.is_empty()).then(|| format!("during {}", self.choices.pick(&phases)))
    }

    /// A length of time, fixed or a value of that sort.
    pub(super) fn length(&mut self, scope: &Scope) -> String {
        if self.choices.chance(25) {
            let spans: Vec<String> = self
                .operands(scope)
                .into_iter()
                .filter(|(_, sort)| *sort == Sort::Span)
                .map(|(text, _)| text)
                .collect();
            if !spans.is_empty() {
                return self.choices.pick(&spans).clone();
            }
        }
        self.span()
    }
}
