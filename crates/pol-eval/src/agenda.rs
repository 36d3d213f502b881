//! What is due on which day, and whose answers may have changed.

use crate::dispatch::Asker;
use crate::record::{IntervalIx, ObligationIx, Subject};
use pol_calendar::Date;
use pol_model::{MemberIx, RuleIx};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is due on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Due {
    /// An outcome's last day was yesterday.
    Interval(IntervalIx),
    /// A duty's last day was yesterday.
    Obligation(ObligationIx),
    /// An answer may change by itself.
    Look(Asker, Subject),
    /// A point lies here for all subjects of a rule.
    Together(RuleIx),
    /// A point may lie here for a subject of a rule.
    Alone(RuleIx, MemberIx),
    /// A member joins or leaves.
    Membership(MemberIx),
    /// Something is to be looked at though nothing else is due.
    Again,
}

/// What is due, and who is to be asked.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Agenda {
    days: BTreeMap<Date, BTreeSet<Due>>,
    /// For each asker and subject the day on which it is due to be asked again.
    looks: BTreeMap<(Asker, Subject), Date>,
    /// For each asker the subjects about which its answer may have changed.
    open: BTreeMap<Asker, BTreeSet<Subject>>,
    /// Scheduled rules' subjects whose answer may change by itself from a day on; they are asked when
    /// the rule looks.
    asleep: BTreeMap<RuleIx, BTreeMap<Date, BTreeSet<MemberIx>>>,
}

impl Agenda {
    /// Notes what is due on a day.
    pub(crate) fn note(&mut self, day: Date, due: Due) {
        self.days.entry(day).or_default().insert(due);
    }

    /// Notes that an answer may change on a day; the end of time is never.
    pub(crate) fn look(&mut self, day: Date, asker: Asker, subject: Subject) {
        if day == Date::MAX {
            self.looks.remove(&(asker, subject));
        } else if self.looks.insert((asker, subject), day) != Some(day) {
            self.note(day, Due::Look(asker, subject));
        }
    }

    /// The next day on which anything is due.
    pub(crate) fn next(&self) -> Option<Date> {
        self.days.keys().next().copied()
    }

    /// Takes what is due by a day. An answer that was since found to change on another day only is
    /// left out.
    pub(crate) fn take(&mut self, day: Date) -> BTreeSet<Due> {
        let mut due = BTreeSet::new();
        while let Some(entry) = self.days.first_entry().filter(|entry| *entry.key() <= day) {
            let (on, noted) = entry.remove_entry();
            for one in noted {
                match one {
                    Due::Look(asker, subject) => {
                        if self.looks.get(&(asker, subject)) == Some(&on) {
                            self.looks.remove(&(asker, subject));
                            self.ask(asker, subject);
                        }
                    }
                    other => {
                        due.insert(other);
                    }
                }
            }
        }
        due
    }

    /// Notes that an answer may have changed.
    pub(crate) fn ask(&mut self, asker: Asker, subject: Subject) {
        self.open.entry(asker).or_default().insert(subject);
    }

    /// Those about whom an answer may have changed.
    pub(crate) fn open(&self, asker: Asker) -> impl Iterator<Item = Subject> + '_ {
        self.open.get(&asker).into_iter().flatten().copied()
    }

    /// Takes those about whom an answer may have changed.
    pub(crate) fn take_open(&mut self, asker: Asker) -> BTreeSet<Subject> {
        self.open.remove(&asker).unwrap_or_default()
    }

    /// True if somebody, or nobody in particular, is still to be asked about.
    pub(crate) fn is_open(&self, asker: Asker, subject: Subject) -> bool {
        let open = self.open.get(&asker);
        open.is_some_and(|open| open.contains(&subject))
    }

    /// True if anyone is still to be asked.
    pub(crate) fn any_open(&self, asker: Asker) -> bool {
        self.open.get(&asker).is_some_and(|open| !open.is_empty())
    }

    /// Puts a scheduled rule's subject to sleep until a day; to the end of time: until it is touched.
    pub(crate) fn sleep(&mut self, rule: RuleIx, until: Date, subject: MemberIx) {
        if until < Date::MAX {
            let asleep = self.asleep.entry(rule).or_default();
            asleep.entry(until).or_default().insert(subject);
        }
    }

    /// Takes the subjects about whom a scheduled rule is to be asked on a day.
    pub(crate) fn awake(&mut self, rule: RuleIx, day: Date) -> BTreeSet<MemberIx> {
        let mut awake: BTreeSet<MemberIx> = self
            .take_open(Asker::Rule(rule))
            .into_iter()
            .flatten()
            .collect();
        if let Some(asleep) = self.asleep.get_mut(&rule) {
            while let Some(entry) = asleep.first_entry().filter(|entry| *entry.key() <= day) {
                awake.extend(entry.remove());
            }
        }
        awake
    }
}
