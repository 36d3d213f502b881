//! Registers and ledgers by chance, for a policy that is typed.

mod ledger;
mod register;
mod variant;

use super::choices::Choices;
use super::evaluator::Given;
use chrono::Days;
use pol::hir::Policy;
use pol_model::{Date, Entry, Options, Register};

pub use variant::{Variant, variants};

/// What a policy is run on.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Who there is, those that come with entries included.
    pub register: Register,
    /// What happened.
    pub entries: Vec<Entry>,
    /// How it is run.
    pub options: Options,
}

impl Pair {
    /// The pair with the policy that is run on it.
    pub fn given<'g>(&'g self, policy: &'g Policy) -> Given<'g> {
        Given {
            policy,
            register: &self.register,
            entries: &self.entries,
            options: &self.options,
        }
    }
}

/// The days about which a policy is likely to have something to say.
#[derive(Debug)]
pub struct Ground {
    /// The first day on which entries happen.
    first: Date,
    /// Lengths of time that the policy names, in days.
    spans: Vec<i64>,
    /// Days that the policy names, and ends of months.
    days: Vec<Date>,
    /// Words of the policy, to see what it speaks of.
    words: Vec<String>,
}

impl Ground {
    /// Reads what a policy names from its text.
    pub fn of(policy: &Policy, text: &str) -> Self {
        let words: Vec<&str> = text
            .split(|c: char| c.is_whitespace() || "(){},".contains(c))
            .filter(|word| !word.is_empty())
            .collect();
        let mut spans = vec![1, 30];
        for pair in words.windows(2) {
            let Ok(count) = pair[0].parse::<i64>() else {
                continue;
            };
            let length = match pair[1].trim_end_matches('s') {
                "day" | "working" => 1,
                "week" => 7,
                "month" => 30,
                "year" => 365,
                _ => continue,
            };
            spans.push((count * length).min(120));
        }
        let mut days: Vec<Date> = words.iter().filter_map(|word| word.parse().ok()).collect();
        // What a policy names counts as much as all ends of months.
        days.extend(days.clone());
        let ends = [
            "2023-12-31",
            "2024-01-31",
            "2024-02-29",
            "2024-03-31",
            "2024-04-30",
        ];
        days.extend(ends.iter().filter_map(|day| day.parse::<Date>().ok()));
        days.push(policy.effective);
        Self {
            first: policy.counting_from,
            spans,
            days,
            words: words.into_iter().map(str::to_owned).collect(),
        }
    }

    /// A register and a ledger.
    pub fn pair(&self, policy: &Policy, choices: &mut Choices) -> Pair {
        let register = register::register(policy, choices);
        let length = choices.between(25, 130);
        let as_of = later(policy.effective, length);
        let mut options = Options::through(as_of);
        for reading in 0..policy.readings.len() {
            if choices.chance(40) {
                let at = u16::try_from(reading).unwrap_or(0);
                options.readings.insert(pol_model::ReadingIx(at), 1);
            }
        }
        match choices.below(100) {
            0..=3 => options.hindsight = true,
            4..=7 => options.assume_approved = true,
            8..=9 => options.known_on = Some(later(policy.effective, choices.between(5, 60))),
            _ => {}
        }
        let mut pair = Pair {
            register,
            entries: Vec::new(),
            options,
        };
        ledger::fill(self, policy, &mut pair, choices);
        pair
    }
}

/// So many days later, or earlier.
pub(super) fn later(day: Date, days: i64) -> Date {
    let many = Days::new(days.unsigned_abs());
    let moved = if days < 0 {
        day.checked_sub_days(many)
    } else {
        day.checked_add_days(many)
    };
    moved.unwrap_or(day)
}
