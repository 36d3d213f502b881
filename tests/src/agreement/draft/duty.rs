//! Duties of every time form.

use super::source::Source;
use super::{Draft, Duty, Scope, Sort};

impl Draft {
    pub(super) fn duties(&mut self) {
        for name in ["check", "monthly"] {
            if self.choices.chance(40) {
                self.duty(name);
            }
        }
    }

    fn duty(&mut self, name: &'static str) {
        let kind = self.choices.below(self.kinds.len());
        // What makes it owed or met must be below what it makes happen.
        let level = u32::try_from(self.choices.between(2, 6)).unwrap_or(2);
        let causes: Vec<Source> = self
            .sources(kind)
            .into_iter()
            .filter(|source| source.level < level)
            .collect();
        if causes.is_empty() {
            return;
        }
        let cause = self.choices.pick(&causes).clone();
        let within = self.choices.chance(45);
        let mut bearer = self.kinds[kind].name;
        if within && cause.about == [kind] && self.choices.chance(40) {
            bearer = self.bodies.first().copied().unwrap_or(bearer);
        }
        let mut text = format!("duty {name}");
        if self.choices.chance(20) {
            let about = self.kinds[kind].name;
            let other = self.choices.below(self.kinds.len());
            bearer = self.kinds[other].name;
            text = format!("{text}\n  for {about}");
        }
        text = format!("{text}\n  of {bearer}");
        if self.choices.chance(20)
            && let Some(body) = self.bodies.last()
        {
            text = format!("{text} to {body}");
        }
        text.push_str("\n  ");
        if self.choices.chance(12) {
            text.push_str("in principle ");
        }
        let scope = Scope {
            kinds: vec![kind],
            fields: Vec::new(),
            counts: true,
            fires: false,
        };
        let of_event = Scope {
            fields: cause.fields.clone(),
            counts: false,
            ..scope.clone()
        };
        let time = if within {
            let length = self.length(&of_event);
            format!("within {length} of {}", self.pattern(&cause, kind))
        } else {
            match self.choices.below(3) {
                0 => format!("by {}", self.points(&[kind])),
                1 => format!("on {}", self.points(&[kind])),
                _ => format!("each {}", self.period(&scope)),
            }
        };
        text.push_str(&time);
        if self.choices.chance(40) {
            if !self.phases.is_empty() && self.choices.chance(40) {
                text = format!("{text} during {}", self.phases[0]);
            } else {
                text = format!("{text} while {}", self.condition(&scope));
            }
        }
        if self.choices.chance(20) {
            let by = self.choices.pick(&causes).clone();
            let days: Vec<String> = by
                .fields
                .iter()
                .filter(|field| field.sort == Sort::Date && !field.optional)
                .map(|field| field.name.clone())
                .collect();
            let limit = if self.choices.chance(50) && !days.is_empty() {
                format!("to {} + 10 days", self.choices.pick(&days))
            } else {
                format!("for {}", self.span())
            };
            let by = self.pattern(&by, kind);
            text = format!("{text}\n  extended by {by} {limit}");
        }
        let meets: Vec<Source> = causes
            .iter()
            .filter(|source| source.text != cause.text)
            .cloned()
            .collect();
        let met_by = if meets.is_empty() { &causes } else { &meets };
        let met_by = met_by.clone();
        let mut met = vec![self.choices.pick(&met_by).clone()];
        if self.choices.chance(20) {
            met.push(self.choices.pick(&met_by).clone());
        }
        let met: Vec<String> = met.iter().map(|one| self.pattern(one, kind)).collect();
        text = format!("{text}\n  met by {}", met.join(", "));
        self.say(text);
        self.duties.push(Duty { name, kind, level });
    }
}
