//! Bounds as text, for people.

use super::Shown;
use crate::bounds::{Bounds, Held, Steps, SubjectBound};
use crate::data::Plan;
use crate::node::{Accumulator, AccumulatorIx, Function};
use pol_syntax::Lang;

impl Plan {
    /// Its [bounds](Plan::bounds) as text, in the words and keywords of a language.
    pub fn bounds_to_text(&self, lang: Lang) -> String {
        let mut writer = Writer {
            shown: Shown::new(self, lang),
            text: String::new(),
        };
        writer.whole(&self.bounds());
        writer.text
    }
}

struct Writer<'p> {
    shown: Shown<'p>,
    text: String,
}

impl Writer<'_> {
    fn line(&mut self, indent: usize, line: &str) {
        self.text.extend(std::iter::repeat_n(' ', indent));
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn whole(&mut self, bounds: &Bounds) {
        let (plan, words) = (self.shown.plan, self.shown.words);
        self.line(0, &words.bounds_of(&plan.name));
        self.line(0, &words.digest(plan.digest()));
        self.line(0, words.step());
        self.line(0, words.withdrawal());
        self.line(0, "");
        self.line(0, words.of_entries());
        for entry in &bounds.entries {
            self.line(2, &entry.event);
            self.steps(&entry.steps);
            if entry.patterns == 0 {
                continue;
            }
            self.line(4, &words.touched(entry.patterns, entry.aggregates));
            if !entry.rules.is_empty() {
                self.line(4, &words.rules_that_look(&entry.rules));
            }
            if !entry.duties.is_empty() {
                self.line(4, &words.duties_asked(&entry.duties));
            }
        }
        if !bounds.days.is_empty() {
            self.line(0, "");
            self.line(0, words.of_days());
        }
        for day in &bounds.days {
            self.line(2, &day.rule);
            self.steps(&day.steps);
        }
        self.line(0, "");
        self.line(0, words.of_subjects());
        for subject in &bounds.subjects {
            self.line(2, &subject.kind);
            self.subject(subject);
        }
    }

    fn steps(&mut self, steps: &Steps) {
        let words = self.shown.words;
        self.line(4, &words.at_most_steps(steps.fixed));
        self.more_steps(4, steps);
    }

    fn more_steps(&mut self, indent: usize, steps: &Steps) {
        let words = self.shown.words;
        for (list, times) in self.lists(&steps.searched) {
            self.line(indent, &words.searched(times, &list));
        }
        for (list, times) in self.lists(&steps.anew) {
            self.line(indent, &words.anew(times, &list));
        }
        for (kind, steps) in &steps.members {
            self.line(indent, &words.for_each(kind, steps.fixed));
            self.more_steps(indent + 2, steps);
        }
    }

    /// Lists and how often they are gone over; those of the same words are one.
    fn lists(&self, of: &[(AccumulatorIx, usize)]) -> Vec<(String, usize)> {
        let mut lists: Vec<(String, usize)> = Vec::new();
        for (at, times) in of {
            let said = self.list(*at);
            match lists.iter_mut().find(|(list, _)| *list == said) {
                Some((_, all)) => *all = all.saturating_add(*times),
                None => lists.push((said, *times)),
            }
        }
        lists
    }

    /// The list that is kept of an aggregate, in words.
    fn list(&self, at: AccumulatorIx) -> String {
        let plan = self.shown.plan;
        let (shown, words) = (self.shown, self.shown.words);
        let accumulator = &plan.accumulators[at.at()];
        let events = shown.events(accumulator.over);
        match Held::of(plan, at) {
            Held::Numbers(_) => shown.aggregate(at),
            Held::EachValue => match &accumulator.function {
                Function::Distinct(key) | Function::Same(key) => {
                    let scope = Some(&plan.pattern(accumulator.over).source);
                    let field = shown.tree.field(key, scope);
                    let counted = Accumulator {
                        function: Function::Count,
                        ..accumulator.clone()
                    };
                    words.each_value(&field, &shown.aggregated(&counted))
                }
                _ => shown.aggregate(at),
            },
            Held::Within(length) => words.entries_within(&events, &shown.condition(length)),
            Held::LastEvents(count) => words.last_entries(&events, &shown.condition(count)),
            Held::SinceLastEvents(count, since) => {
                words.entries_since(&events, &shown.condition(count), &shown.events(since))
            }
            Held::Every => words.every_entry(&events),
        }
    }

    fn subject(&mut self, subject: &SubjectBound) {
        let words = self.shown.words;
        self.line(4, &words.at_most_numbers(subject.fixed()));
        for line in words.kept(subject) {
            self.line(4, &format!("- {line}"));
        }
        let (mut bounded, mut unbounded) = (Vec::new(), Vec::new());
        for (at, held) in &subject.aggregates {
            let list = match held {
                Held::Numbers(_) => continue,
                held if held.unbounded() => &mut unbounded,
                _ => &mut bounded,
            };
            let said = self.list(*at);
            if !list.contains(&said) {
                list.push(said);
            }
        }
        let waiting = subject.timers.iter().filter(|timer| timer.of_each_event);
        unbounded.extend(waiting.map(|timer| words.each_waits(&timer.name)));
        if !bounded.is_empty() {
            self.line(4, words.lists());
        }
        for list in bounded {
            self.line(4, &format!("- {list}"));
        }
        if !unbounded.is_empty() {
            self.line(4, words.without_bound());
        }
        for list in unbounded {
            self.line(4, &format!("- {list}"));
        }
    }
}
