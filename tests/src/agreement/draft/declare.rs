//! What a policy declares before its duties and rules.

use super::source::built_in;
use super::{Draft, Event, Field, Kind, Ladder, Outcome, Sort};

impl Draft {
    pub(super) fn declare(&mut self) {
        self.header();
        self.subjects();
        self.small_things();
        self.events();
        self.ladders();
        self.outcomes();
        self.params();
        self.catalogue();
        self.sets();
        self.defines();
    }

    fn header(&mut self) {
        let effective = *self.choices.pick(&[
            "2024-01-01",
            "2024-01-01",
            "2023-12-20",
            "2024-01-31",
            "2024-02-15",
        ]);
        let counting = if self.choices.chance(35) {
            let from = *self
                .choices
                .pick(&["2023-12-01", "2023-11-15", "2023-12-15"]);
            format!(" counting from {from}")
        } else {
            String::new()
        };
        self.say(format!(
            "policy generated\n  effective {effective}{counting}\n  calendar china"
        ));
    }

    fn subjects(&mut self) {
        let shapes: &[&[(&'static str, Option<usize>)]] = &[
            &[("township", None)],
            &[("township", None)],
            &[("county", None), ("township", Some(0))],
            &[("township", None), ("village", Some(0))],
            &[("township", None), ("department", None)],
            &[
                ("county", None),
                ("township", Some(0)),
                ("village", Some(1)),
            ],
        ];
        for (name, within) in *self.choices.pick(shapes) {
            let attributes = self.attributes(name);
            let mut text = format!("subject {name}");
            if let Some(outer) = within {
                let outer: &Kind = &self.kinds[*outer];
                text = format!("{text} within {}", outer.name);
            }
            text.push_str(&self.listed(&attributes));
            self.say(text);
            self.kinds.push(Kind {
                name,
                within: *within,
                attributes,
            });
        }
    }

    fn attributes(&mut self, owner: &str) -> Vec<Field> {
        let mut attributes = Vec::new();
        let values = vec!["first".to_owned(), "second".to_owned()];
        let all = [
            (45, "class", Sort::Listed(format!("{owner}.class"), values)),
            (30, "founded", Sort::Date),
            (25, "size", Sort::Number),
            (15, "remote", Sort::YesNo),
            (12, "grace", Sort::Span),
        ];
        for (often, name, sort) in all {
            if self.choices.chance(often) {
                let mut attribute = built_in(name, sort);
                attribute.optional = self.choices.chance(20);
                attributes.push(attribute);
            }
        }
        attributes
    }

    /// The record of fields as it is declared, with a blank before it.
    fn listed(&self, fields: &[Field]) -> String {
        if fields.is_empty() {
            return String::new();
        }
        let fields: Vec<String> = fields
            .iter()
            .map(|field| {
                let sort = match &field.sort {
                    Sort::YesNo => "yes/no".to_owned(),
                    Sort::Number if field.name == "clause" => "1..3".to_owned(),
                    Sort::Number => "number".to_owned(),
                    Sort::Unit => "item".to_owned(),
                    Sort::Money => "money".to_owned(),
                    Sort::Share => "share".to_owned(),
                    Sort::Date => "date".to_owned(),
                    Sort::Span => "duration".to_owned(),
                    Sort::Listed(_, values) => values.join(" | "),
                    Sort::Scale => "grading".to_owned(),
                    Sort::Ladder(at) => self.ladders[*at].name.to_owned(),
                    Sort::Text => "text".to_owned(),
                    Sort::Member(kind) => self.kinds[*kind].name.to_owned(),
                };
                let mark = match (field.several, field.optional) {
                    (true, _) => "*",
                    (_, true) => "?",
                    _ => "",
                };
                let fallback = field
                    .fallback
                    .map_or_else(String::new, |value| format!(" = {value}"));
                format!("{}: {sort}{mark}{fallback}", field.name)
            })
            .collect();
        format!(" {{ {} }}", fields.join(", "))
    }

    fn small_things(&mut self) {
        if self.choices.chance(50) {
            self.scale = vec!["low", "middle", "high"];
            self.say("scale grading = low < middle < high");
        }
        if self.choices.chance(40) {
            self.unit = true;
            self.say("unit item \"items\"");
        }
        if self.choices.chance(25) {
            self.say("unit time counts occurrences");
            if self.choices.chance(50) {
                self.say("unit sort counts kinds");
            }
        }
        for body in ["office", "group"] {
            if self.choices.chance(50) {
                self.bodies.push(body);
                self.say(format!("body {body}"));
            }
        }
        if self.choices.chance(20) {
            self.readings.push("asked");
            self.say("reading asked \"which?\" = asked_a \"one\" | asked_b \"other\"");
        }
        if self.choices.chance(40) {
            self.phases.push("campaign");
            let spans = *self.choices.pick(&[
                "2024-01-10 to 2024-02-10",
                "2024-02-01 to ?",
                "2024-01-05 to 2024-01-20, 2024-02-15 to 2024-03-31",
                "from register",
            ]);
            self.say(format!("phase campaign {spans}"));
        }
    }

    fn events(&mut self) {
        let names = ["finding", "notice", "report", "visit", "stop"];
        let count = 2 + self.choices.below(4);
        for (at, name) in names.into_iter().take(count).enumerate() {
            let fields = self.event_fields(name, at == 0);
            self.event(name, fields);
        }
        if self.choices.chance(15) {
            self.cases();
        }
        if self.choices.chance(30) {
            let kind = self.choices.below(self.kinds.len());
            let mut fields = Vec::new();
            if self.choices.chance(50) {
                fields.push(built_in("amount", Sort::Number));
            }
            let level = self.level();
            let listed = self.listed(&fields);
            self.say(format!("event signal of {}{listed}", self.kinds[kind].name));
            self.events.push(Event {
                name: "signal",
                fields,
                about: vec![kind],
                derived: true,
                level,
            });
        }
    }

    /// A kind whose members come with entries, and what happens to them.
    fn cases(&mut self) {
        let named = |event: &Event| !event.fields.iter().any(|field| field.name == "number");
        let opening: Vec<usize> = (0..self.events.len())
            .filter(|at| self.events[*at].about.len() == 1 && named(&self.events[*at]))
            .filter(|at| {
                self.pieces.iter().any(|piece| {
                    let head = format!(
                        "event {} of {}",
                        self.events[*at].name, self.kinds[self.events[*at].about[0]].name
                    );
                    *piece == head || piece.starts_with(&format!("{head} {{"))
                })
            })
            .collect();
        if opening.is_empty() {
            return;
        }
        let at = *self.choices.pick(&opening);
        let outer = self.events[at].about[0];
        let (event, within) = (self.events[at].name, self.kinds[outer].name);
        self.say(format!("subject case within {within} opened by {event}"));
        let kind = self.kinds.len();
        self.kinds.push(Kind {
            name: "case",
            within: Some(outer),
            attributes: Vec::new(),
        });
        self.events[at].about.push(kind);
        self.say("event closed of case");
        self.events.push(Event {
            name: "closed",
            fields: Vec::new(),
            about: vec![kind],
            derived: false,
            level: 0,
        });
    }

    /// A level for what rules bring about.
    fn level(&mut self) -> u32 {
        u32::try_from(self.choices.between(1, 5)).unwrap_or(1)
    }

    fn event_fields(&mut self, owner: &str, rich: bool) -> Vec<Field> {
        let often = if rich { 100 } else { 40 };
        let values = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let results = Sort::Listed(format!("{owner}.result"), values(&["good", "bad", "mixed"]));
        let branches = Sort::Listed(format!("{owner}.branch"), values(&["a", "b"]));
        let tags = Sort::Listed(format!("{owner}.tags"), values(&["x", "y", "z"]));
        let all = [
            (50, "clause", Sort::Number),
            (30, "branch", branches),
            (40, "points", Sort::Number),
            (30, "sampled", Sort::Number),
            (40, "grade", Sort::Scale),
            (25, "deadline", Sort::Date),
            (25, "fake", Sort::YesNo),
            (40, "result", results),
            (12, "note", Sort::Text),
            (15, "households", Sort::Unit),
            (12, "ratio", Sort::Share),
            (8, "cost", Sort::Money),
            (10, "wait", Sort::Span),
            (12, "tags", tags),
        ];
        let mut fields = Vec::new();
        for (share, name, sort) in all {
            let missing = (sort == Sort::Scale && self.scale.is_empty())
                || (sort == Sort::Unit && !self.unit)
                || (name == "branch" && !fields.iter().any(|field: &Field| field.name == "clause"));
            if missing || !self.choices.chance(share * often / 100) {
                continue;
            }
            let mut field = built_in(name, sort);
            match name {
                "branch" => field.optional = true,
                "tags" => field.several = true,
                "clause" => {}
                "fake" => field.fallback = Some("no"),
                "points" if self.choices.chance(25) => field.fallback = Some("1"),
                _ => field.optional = self.choices.chance(35),
            }
            fields.push(field);
        }
        fields
    }

    fn event(&mut self, name: &'static str, mut fields: Vec<Field>) {
        let kind = self.choices.below(self.kinds.len());
        let mut about = vec![kind];
        let inner = (0..self.kinds.len()).find(|inner| self.kinds[*inner].within == Some(kind));
        let own = self.kinds[kind].name;
        let of = match self.choices.below(100) {
            0..=11 => {
                let name = *self.choices.pick(&["whom", own]);
                let mut member = built_in(name, Sort::Member(kind));
                member.optional = self.choices.chance(40);
                fields.insert(0, member);
                if self.choices.chance(50) {
                    let other = self.choices.below(self.kinds.len());
                    let mut others = built_in("others", Sort::Member(other));
                    others.several = true;
                    fields.insert(1, others);
                    about.push(other);
                }
                String::new()
            }
            12..=17 => format!(" of every {own}"),
            18..=27 if inner.is_some() => {
                let inner = inner.unwrap_or(kind);
                about.push(inner);
                format!(" of {own} and every {}", self.kinds[inner].name)
            }
            28..=37 if self.kinds.len() > 1 => {
                let other = (kind + 1) % self.kinds.len();
                about.push(other);
                format!(" of {own}, {}", self.kinds[other].name)
            }
            _ => format!(" of {own}"),
        };
        about.sort_unstable();
        about.dedup();
        let listed = self.listed(&fields);
        self.say(format!("event {name}{of}{listed}"));
        self.events.push(Event {
            name,
            fields,
            about,
            derived: false,
            level: 0,
        });
    }

    fn ladders(&mut self) {
        let all: [(&str, &[&str]); 2] = [
            ("card", &["clear", "yellow", "red"]),
            ("list", &["off", "watched", "named", "barred"]),
        ];
        for (often, (name, statuses)) in [75, 25].into_iter().zip(all) {
            if !self.choices.chance(often) {
                continue;
            }
            let mut kinds = vec![self.choices.below(self.kinds.len())];
            if self.choices.chance(30) {
                kinds = (0..self.kinds.len()).collect();
            }
            let names: Vec<&str> = kinds.iter().map(|kind| self.kinds[*kind].name).collect();
            let statuses = statuses.to_vec();
            let ladder = format!(
                "ladder {name} for {}\n  {}",
                names.join(", "),
                statuses.join(" < ")
            );
            self.say(ladder);
            let level = self.level();
            self.ladders.push(Ladder {
                name,
                statuses,
                kinds,
                level,
            });
        }
    }

    fn outcomes(&mut self) {
        let names = ["warning", "freeze", "fine", "exam_bar"];
        let count = 1 + self.choices.below(4);
        for (at, name) in names.into_iter().take(count).enumerate() {
            let mut fields = Vec::new();
            if name == "fine" {
                fields.push(built_in("amount", Sort::Number));
            }
            if self.choices.chance(15) && !self.scale.is_empty() {
                let mut weight = built_in("weight", Sort::Scale);
                weight.optional = true;
                fields.push(weight);
            }
            let listed = self.listed(&fields);
            self.say(format!("outcome {name}{listed}"));
            // The first is above all, so that every rule has something to do.
            let level = if at == 0 { 9 } else { self.level() };
            self.outcomes.push(Outcome {
                name,
                fields,
                level,
            });
        }
    }
}
