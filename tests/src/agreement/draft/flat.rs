//! Policies whose rules look at one subject alone, on entries that alone say whether they are meant:
//! what the flat machine runs.

use super::Draft;

impl Draft {
    /// A policy of plain rules.
    pub(super) fn flat_policy(&mut self) {
        let effective = self.one_of(&[
            "2024-01-01",
            "2024-01-10",
            "2024-01-10 counting from 2023-12-20",
        ]);
        self.say(format!("policy generated\n  effective {effective}"));
        self.say("subject township { class: first | second }");
        self.say("scale grade = low < mid < high");
        self.say(
            "event finding of township { item: 1..6, grade: grade, points: 0..40 }\n\
             event visit of township { result: good | poor }\n\
             event strike of township",
        );
        self.say("ladder card for township\n  clear < yellow < red");
        self.say("ladder flag for township\n  down < up");
        self.say("outcome warning\noutcome freeze\noutcome talk");
        let mut names = vec!["ash", "birch", "cedar", "elm", "fir", "oak"];
        self.choices.shuffle(&mut names);
        let count = self.choices.weighted(&[(1, 1), (3, 2), (4, 3), (3, 4)]);
        for (at, name) in names.into_iter().take(count).enumerate() {
            let rule = self.flat_rule(at == 0);
            self.say(format!("rule {name}\n  for township\n{rule}"));
        }
    }

    fn one_of<'a>(&mut self, among: &[&'a str]) -> &'a str {
        self.choices.pick::<&'a str>(among)
    }

    fn flat_rule(&mut self, first: bool) -> String {
        let kind = if first {
            self.choices.below(2)
        } else {
            self.choices.below(6)
        };
        let trigger = match kind {
            0 => self.flat_trigger(),
            1 => {
                let point = ["end of each month", "end of each week", "end of each month"];
                format!("  at {}", self.one_of(&point))
            }
            2 => "  on card".to_owned(),
            3 => {
                let held = self.one_of(&["10 days", "1 month", "2 weeks"]);
                let standing = self.flat_status();
                let status = self.one_of(&["clear", "down", "flag = up"]);
                return format!("  when {standing} held {held}\n  then {status}");
            }
            4 => {
                let standing = self.flat_status();
                let outcome = self.one_of(&["freeze", "talk"]);
                return format!("  while {standing}\n  then {outcome}");
            }
            _ => "  on strike".to_owned(),
        };
        let mut condition = self.flat_condition();
        if self.choices.chance(35) {
            let word = self.one_of(&["and", "or"]);
            let more = self.flat_condition();
            condition = format!("({condition}) {word} ({more})");
        }
        // What sets off a rule is not set off by it.
        let actions: &[&str] = match kind {
            0 | 1 => &[
                "yellow",
                "red",
                "card = card + 1",
                "clear",
                "up",
                "strike",
                "warning for 10 days",
                "warning until end of month",
                "freeze",
                "yellow, strike",
            ],
            2 => &["strike", "up", "warning for 1 month", "talk"],
            _ => &["up", "down", "talk", "warning for 2 weeks", "end warning"],
        };
        let action = self.one_of(actions);
        format!("{trigger}\n  if {condition}\n  counting again\n  then {action}")
    }

    fn flat_trigger(&mut self) -> String {
        let event = self.flat_event();
        format!("  on {event}")
    }

    /// An entry, and what it must say.
    fn flat_event(&mut self) -> String {
        let events = [
            "finding",
            "visit",
            "finding where grade >= mid",
            "finding where item in (1, 2, 5)",
            "finding where points > 10 and grade is not low",
            "visit where result is poor",
            "finding where township.class is first",
        ];
        self.one_of(&events).to_owned()
    }

    fn flat_status(&mut self) -> &'static str {
        self.one_of(&[
            "card is yellow",
            "card >= yellow",
            "flag is up",
            "card is red",
        ])
    }

    fn flat_condition(&mut self) -> String {
        let window = self.one_of(&[
            "in month",
            "in quarter",
            "in year",
            "in last 30 days",
            "in last 2 weeks",
            "since yellow",
            "in year since yellow",
        ]);
        let least = self.choices.between(1, 4);
        let sign = self.one_of(&[">=", ">=", ">", "is", "<"]);
        match self.choices.below(8) {
            0 => format!("distinct item of finding {window} {sign} {least}"),
            1 => format!("sum points of finding {window} {sign} {}", least * 20),
            2 => format!("max points of finding {window} >= {}", least * 9),
            3 => self.flat_status().to_owned(),
            4 => format!(
                "{} in month >= {least}",
                self.one_of(&["yellow", "card", "strike", "warning"])
            ),
            5 => self
                .one_of(&["warning in force", "not freeze in force"])
                .to_owned(),
            6 => format!("not visit {window}"),
            _ => format!(
                "{} {window} {sign} {least}",
                self.one_of(&["finding", "visit"])
            ),
        }
    }
}
