//! What machines said, in the order in which a run tells it, and as lines.

use crate::subjects::Subjects;
use chrono::Days;
use pol_calendar::Date;
use pol_kernel::{Said, Told};
use pol_model::Step;
use std::collections::BTreeMap;

/// What the things are called that a machine says, and which of two is told first.
#[derive(Debug, Clone)]
pub struct Telling {
    /// By ladder and status.
    statuses: Vec<Vec<Called>>,
    events: Vec<Called>,
    outcomes: Vec<Called>,
    /// The end of an outcome is told before all that begins.
    ends: Vec<u16>,
}

#[derive(Debug, Clone, Default)]
struct Called {
    name: Box<str>,
    rank: u16,
}

/// One thing that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'t> {
    /// The day on which it happens and is known.
    pub day: u16,
    /// The step of that day.
    pub step: Step,
    /// The subject's id.
    pub subject: &'t [u8],
    /// `status`, `event` or `outcome`.
    pub what: &'static str,
    /// Its name in the policy.
    pub name: &'t str,
    /// `issued`, `began`, `ended` or `over`.
    pub state: &'static str,
    /// The last day in force, where there is one and it is known.
    pub until: Option<u16>,
}

impl Telling {
    /// With the names of the statuses of each ladder, of derived events and of outcomes, each in the
    /// order of declaration. None if two things of a sort have one name: nothing says which is first.
    pub fn new(ladders: &[&[String]], events: &[&str], outcomes: &[&str]) -> Option<Self> {
        let mut ranks: BTreeMap<(u8, u8, &str), u16> = BTreeMap::new();
        let statuses = ladders.iter().copied().flatten();
        let statuses = statuses.map(|name| (4, 3, name.as_str()));
        let events_of = events.iter().map(|name| (5, 3, *name));
        let ends = outcomes.iter().map(|name| (6, 0, *name));
        let others = outcomes.iter().map(|name| (6, 3, *name));
        for place in statuses.chain(events_of).chain(ends).chain(others) {
            if ranks.insert(place, 0).is_some() {
                return None;
            }
        }
        for (rank, place) in ranks.values_mut().enumerate() {
            *place = u16::try_from(rank).ok()?;
        }
        let rank = |sort, became, name: &str| ranks.get(&(sort, became, name)).copied();
        let called = |sort, name: &str| Called {
            name: name.into(),
            rank: rank(sort, 3, name).unwrap_or_default(),
        };
        Some(Self {
            statuses: ladders
                .iter()
                .map(|names| names.iter().map(|name| called(4, name)).collect())
                .collect(),
            events: events.iter().map(|name| called(5, name)).collect(),
            outcomes: outcomes.iter().map(|name| called(6, name)).collect(),
            ends: outcomes
                .iter()
                .map(|name| rank(6, 0, name).unwrap_or_default())
                .collect(),
        })
    }

    /// Hands on all that was said, in order. Each list is what one machine said, by day.
    pub fn tell<'t>(
        &'t self,
        said: &[Vec<Said>],
        subjects: &'t Subjects,
        each: &mut impl FnMut(Line<'t>),
    ) {
        let mut left: Vec<&[Said]> = said.iter().map(Vec::as_slice).collect();
        let mut today: Vec<(u128, Said)> = Vec::new();
        let short = !subjects.compared();
        while let Some(day) = left.iter().filter_map(|said| Some(said.first()?.day)).min() {
            today.clear();
            for said in &mut left {
                let count = said.iter().take_while(|said| said.day == day).count();
                let (now, later) = said.split_at(count);
                today.extend(now.iter().map(|said| (self.order(said, subjects), *said)));
                *said = later;
            }
            if short {
                today.sort_unstable_by_key(|(order, _)| *order);
            } else {
                today.sort_unstable_by(|(one, a), (other, b)| {
                    let ids = || subjects.id(a.subject).cmp(subjects.id(b.subject));
                    (one >> 80)
                        .cmp(&(other >> 80))
                        .then_with(ids)
                        .then(one.cmp(other))
                });
            }
            for (_, said) in &today {
                each(self.line(said, subjects));
            }
        }
    }

    /// Step, the first eight bytes of the id, rank.
    fn order(&self, said: &Said, subjects: &Subjects) -> u128 {
        let mut id = [0; 8];
        for (to, from) in id.iter_mut().zip(subjects.id(said.subject)) {
            *to = *from;
        }
        let (called, _, _) = self.called(said.told);
        let rank = match said.told {
            Told::Ended(outcome) => self.ends.get(outcome.at()).copied().unwrap_or_default(),
            _ => called.map_or(0, |called| called.rank),
        };
        let step = match said.step {
            Step::Open => 0_u128,
            Step::Entries => 1,
            Step::Close => 2,
            Step::Settle => 3,
        };
        step << 80 | u128::from(u64::from_be_bytes(id)) << 16 | u128::from(rank)
    }

    fn called(&self, told: Told) -> (Option<&Called>, &'static str, &'static str) {
        match told {
            Told::Issued { ladder, status, .. } => {
                let statuses = self.statuses.get(ladder.at());
                let called = statuses.and_then(|statuses| statuses.get(usize::from(status)));
                (called, "status", "issued")
            }
            Told::Event(event) => (self.events.get(event.at()), "event", "issued"),
            Told::Moment(outcome) => (self.outcomes.get(outcome.at()), "outcome", "issued"),
            Told::Began(outcome, _) => (self.outcomes.get(outcome.at()), "outcome", "began"),
            Told::Over(outcome) => (self.outcomes.get(outcome.at()), "outcome", "over"),
            Told::Ended(outcome) => (self.outcomes.get(outcome.at()), "outcome", "ended"),
        }
    }

    fn line<'t>(&'t self, said: &Said, subjects: &'t Subjects) -> Line<'t> {
        let (called, what, state) = self.called(said.told);
        Line {
            day: said.day,
            step: said.step,
            subject: subjects.id(said.subject),
            what,
            name: called.map_or("", |called| &called.name),
            state,
            until: match said.told {
                Told::Began(_, until) => until,
                Told::Over(_) | Told::Ended(_) => said.day.checked_sub(1),
                Told::Issued { .. } | Told::Event(_) | Told::Moment(_) => None,
            },
        }
    }
}

/// Days as they are written; the one that was asked for last is at hand.
#[derive(Debug, Clone)]
pub struct Written {
    since: Date,
    day: Option<u16>,
    text: String,
}

impl Written {
    /// Days counted from this one.
    pub fn new(since: Date) -> Self {
        Self {
            since,
            day: None,
            text: String::new(),
        }
    }

    /// A day, as `2023-08-07`.
    pub fn day(&mut self, day: u16) -> &str {
        if self.day != Some(day) {
            self.day = Some(day);
            let date = self.since.checked_add_days(Days::new(day.into()));
            self.text = date.map(|date| date.to_string()).unwrap_or_default();
        }
        &self.text
    }
}
