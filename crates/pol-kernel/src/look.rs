//! The day's end: scheduled rules, watching rules, and what lasts while a condition holds.

use crate::condition::Answer;
use crate::machine::{Machine, as_place};
use crate::said::Told;
use crate::tables::{Act, IRREGULAR, Way};
use pol_model::Step;

impl Machine {
    /// Asks the scheduled rules of a day.
    pub(crate) fn look(&mut self, rules: &[u16]) {
        let mut subjects: Vec<u32> = Vec::new();
        for rule in rules {
            let rule = &self.tables.rules[usize::from(*rule)];
            if let Way::At(at) = rule.way {
                subjects.append(&mut self.stirred[usize::from(at)]);
            }
            if let (Some(alone), true) = (self.alone, rule.restless.contains(&true)) {
                subjects.push(as_place(alone));
            } else if rule.restless.contains(&true) {
                let classes = (0_u32..).zip(&self.rows.classes);
                let restless = classes
                    .filter(|(_, class)| rule.restless.get(usize::from(**class)) == Some(&true));
                subjects.extend(restless.map(|(subject, _)| subject));
            }
        }
        subjects.sort_unstable();
        subjects.dedup();
        for subject in subjects {
            self.look_at(rules, subject as usize);
        }
    }

    fn look_at(&mut self, rules: &[u16], subject: usize) {
        let class = self.rows.classes[subject];
        if class == IRREGULAR {
            return;
        }
        self.hear(subject, class);
        let class_at = usize::from(class);
        for (place, &at) in rules.iter().enumerate() {
            let rule = &self.tables.rules[usize::from(at)];
            let (Way::At(way), true) = (rule.way, rule.concerns[class_at]) else {
                continue;
            };
            // A rule before it may have stirred it at this very moment.
            if self.rows.stirred(subject) >> way & 1 != 0 || rule.restless[class_at] {
                match self.answer(rule.condition[class_at], subject) {
                    Answer::Yes => {
                        self.fire(usize::from(at), subject, class);
                        // Whoever fired is asked again at the next look.
                        self.stirred[usize::from(way)].push(as_place(subject));
                    }
                    Answer::No => self.rows.unstir(subject, way),
                    Answer::Unknown => return self.leave(as_place(subject)),
                }
            }
            let later = rules[place + 1..].iter().fold(0, |later, other| {
                let other = &self.tables.rules[usize::from(*other)];
                later
                    | if other.concerns[class_at] {
                        other.moves
                    } else {
                        0
                    }
            });
            let settles = self.tables.rules[usize::from(at)].moves & !later;
            self.settle(settles, subject, class);
            self.drain(subject, class);
        }
        self.settle(u64::MAX, subject, class);
        self.drain(subject, class);
    }

    /// Asks the watching rules about a subject, round after round, then what lasts.
    pub(crate) fn look_again(&mut self, subject: usize) {
        let class = self.rows.classes[subject];
        if class == IRREGULAR {
            return;
        }
        self.step = Step::Close;
        let mut fired = 0_u64;
        loop {
            let mut any = false;
            for stratum in 0..self.tables.strata.len() {
                while self.round(stratum, subject, class, &mut fired) {
                    any = true;
                }
            }
            if !any {
                break;
            }
        }
        let class_at = usize::from(class);
        for at in 0..self.tables.rules.len() {
            let rule = &self.tables.rules[at];
            if let (Way::When(way), true) = (rule.way, rule.concerns[class_at]) {
                match self.answer(rule.condition[class_at], subject) {
                    Answer::Unknown => return self.leave(as_place(subject)),
                    answer => self.rows.hold(subject, way, answer == Answer::Yes),
                }
            }
        }
        self.rows.unwatch(subject);
        self.step = Step::Settle;
        for at in 0..self.tables.rules.len() {
            let rule = &self.tables.rules[at];
            if let (Way::While(_), true) = (rule.way, rule.concerns[class_at]) {
                match self.answer(rule.condition[class_at], subject) {
                    Answer::Unknown => return self.leave(as_place(subject)),
                    answer => self.last(at, subject, class, answer == Answer::Yes),
                }
            }
        }
        self.drain(subject, class);
        self.come_back(subject, class);
    }

    /// One round of a stratum: all whose condition becomes true fire on what the round before left.
    fn round(&mut self, stratum: usize, subject: usize, class: u8, fired: &mut u64) -> bool {
        let held = self.rows.held(subject);
        let mut becoming = Vec::new();
        for &at in &self.tables.strata[stratum] {
            let rule = &self.tables.rules[usize::from(at)];
            if let Way::When(way) = rule.way
                && rule.concerns[usize::from(class)]
                && (held | *fired) >> way & 1 == 0
            {
                match self.answer(rule.condition[usize::from(class)], subject) {
                    Answer::Yes => becoming.push((usize::from(at), way)),
                    Answer::No => {}
                    Answer::Unknown => {
                        self.leave(as_place(subject));
                        return false;
                    }
                }
            }
        }
        for (at, way) in &becoming {
            *fired |= 1 << way;
            self.fire(*at, subject, class);
        }
        self.settle(u64::MAX, subject, class);
        self.drain(subject, class);
        !becoming.is_empty()
    }

    /// Begins or ends what lasts while a rule's condition holds.
    fn last(&mut self, at: usize, subject: usize, class: u8, holds: bool) {
        let running = self.rows.runs(subject, at);
        if holds == running {
            return;
        }
        if !holds {
            for outcome in self.rows.end_bound(subject, at) {
                self.say(subject, Told::Ended(outcome));
                self.stir_outcome(outcome, subject);
            }
            return;
        }
        for act in self.tables.rules[at].then[usize::from(class)].clone() {
            let outcome = match act {
                Act::Moment(outcome)
                | Act::Open(outcome)
                | Act::For { outcome, .. }
                | Act::UntilEndOf { outcome, .. } => outcome,
                Act::Issue { .. } | Act::End(_) | Act::Event(_) => continue,
            };
            self.signal(self.tables.outcomes + outcome.at(), subject, class);
            self.rows.begin(subject, outcome, None, Some(at));
            self.stir_outcome(outcome, subject);
            self.say(subject, Told::Began(outcome, None));
        }
    }

    /// Notes the day on which an answer about a subject may change by itself.
    fn come_back(&mut self, subject: usize, class: u8) {
        let turns = self.tables.rules.iter().filter(|rule| {
            matches!(rule.way, Way::When(_) | Way::While(_)) && rule.concerns[usize::from(class)]
        });
        let next = turns
            .filter_map(|rule| self.turn(rule.condition[usize::from(class)], subject))
            .min();
        if let Some(next) = next.filter(|next| *next <= self.tables.last) {
            self.timers.entry(next).or_default().push(as_place(subject));
        }
    }
}
