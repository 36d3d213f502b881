//! Rows: the few words that are kept of each subject, and what does not fit into words.

use crate::tables::{Count, Layout, Listed, Sort, Tables};
use pol_model::OutcomeIx;
use std::collections::{BTreeSet, VecDeque};

/// An outcome in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Interval {
    outcome: OutcomeIx,
    /// The first day on which it is over; none: it lasts until it is ended.
    end: Option<u16>,
    /// The rule while whose condition holds it lasts.
    bound: Option<usize>,
}

/// The rows of all subjects.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    /// The class of each subject.
    pub classes: Vec<u8>,
    /// That which each had at first.
    first: Vec<u8>,
    layout: Layout,
    words: Vec<u32>,
    /// Days and values of counters that are no number, for each subject.
    lists: Vec<VecDeque<(u16, i64)>>,
    /// What is in force for each subject.
    intervals: Vec<Vec<Interval>>,
}

/// The bit of a mark that says that watching rules are to be asked.
const WATCHED: u16 = 1 << 15;

impl Rows {
    pub(crate) fn new(tables: &Tables, classes: Vec<u8>) -> Self {
        let layout = tables.layout.clone();
        let count = classes.len();
        Self {
            words: vec![0; count * layout.words],
            lists: vec![VecDeque::new(); count * layout.lists],
            intervals: vec![Vec::new(); if layout.intervals { count } else { 0 }],
            layout,
            first: classes.clone(),
            classes,
        }
    }

    /// Makes the row of a subject what it was at first; its class.
    pub(crate) fn anew(&mut self, subject: usize) -> Option<u8> {
        let class = *self.first.get(subject)?;
        self.classes[subject] = class;
        let words = self.layout.words;
        self.words[subject * words..(subject + 1) * words].fill(0);
        let lists = self.layout.lists;
        for list in &mut self.lists[subject * lists..(subject + 1) * lists] {
            list.clear();
        }
        if let Some(intervals) = self.intervals.get_mut(subject) {
            intervals.clear();
        }
        Some(class)
    }

    #[inline]
    pub(crate) fn get(&self, subject: usize, word: usize) -> u32 {
        self.words[subject * self.layout.words + word]
    }

    /// Something of a subject's row, for it to be fetched.
    pub(crate) fn touch(&self, subject: usize) -> u32 {
        let begin = subject * self.layout.words;
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        word(begin) ^ word((begin + self.layout.words).saturating_sub(1))
    }

    #[inline]
    pub(crate) fn set(&mut self, subject: usize, word: usize, value: u32) {
        self.words[subject * self.layout.words + word] = value;
    }

    // ── The day: its number, and what was heard on it ──

    /// Notes that something is heard of a subject; true if it is the first today.
    #[inline]
    pub(crate) fn hear(&mut self, subject: usize, today: u16) -> bool {
        let word = self.get(subject, 0);
        if low(word) == today {
            return false;
        }
        self.set(subject, 0, u32::from(today));
        true
    }

    /// The groups of effects that were heard of today.
    #[inline]
    pub(crate) fn marks(&self, subject: usize) -> u16 {
        high(self.get(subject, 0)) & !WATCHED
    }

    #[inline]
    pub(crate) fn mark(&mut self, subject: usize, mark: u16) {
        let word = self.get(subject, 0);
        self.set(subject, 0, word | u32::from(mark) << 16);
    }

    /// Notes that watching rules are to be asked; true if that is new.
    #[inline]
    pub(crate) fn watch(&mut self, subject: usize) -> bool {
        let new = high(self.get(subject, 0)) & WATCHED == 0;
        self.mark(subject, WATCHED);
        new
    }

    pub(crate) fn unwatch(&mut self, subject: usize) {
        let word = self.get(subject, 0);
        self.set(subject, 0, word & !(u32::from(WATCHED) << 16));
    }

    // ── Bits of rules ──

    #[inline]
    pub(crate) fn stirred(&self, subject: usize) -> u32 {
        match self.layout.stirred {
            0 => 0,
            word => self.get(subject, word),
        }
    }

    pub(crate) fn stir(&mut self, subject: usize, stirs: u32) {
        let word = self.layout.stirred;
        self.set(subject, word, self.get(subject, word) | stirs);
    }

    pub(crate) fn unstir(&mut self, subject: usize, way: u8) {
        let word = self.layout.stirred;
        self.set(subject, word, self.get(subject, word) & !(1 << way));
    }

    #[inline]
    pub(crate) fn held(&self, subject: usize) -> u64 {
        match self.layout.held {
            0 => 0,
            word => u64::from(self.get(subject, word)),
        }
    }

    pub(crate) fn hold(&mut self, subject: usize, way: u8, holds: bool) {
        let word = self.layout.held;
        let others = self.get(subject, word) & !(1 << way);
        self.set(subject, word, others | u32::from(holds) << way);
    }

    // ── Outcomes in force ──

    pub(crate) fn begin(
        &mut self,
        subject: usize,
        outcome: OutcomeIx,
        end: Option<u16>,
        bound: Option<usize>,
    ) {
        self.intervals[subject].push(Interval {
            outcome,
            end,
            bound,
        });
    }

    /// Ends all of an outcome that no condition bears; how many they were.
    pub(crate) fn end(&mut self, subject: usize, outcome: OutcomeIx) -> usize {
        let intervals = &mut self.intervals[subject];
        let before = intervals.len();
        intervals.retain(|one| one.outcome != outcome || one.bound.is_some());
        before - intervals.len()
    }

    /// What is over on a day.
    pub(crate) fn lapsed(&mut self, subject: usize, today: u16) -> Vec<OutcomeIx> {
        self.take(subject, |one| one.end.is_some_and(|end| end <= today))
    }

    /// True if something lasts while a rule's condition holds.
    pub(crate) fn runs(&self, subject: usize, rule: usize) -> bool {
        let mut intervals = self.intervals[subject].iter();
        intervals.any(|one| one.bound == Some(rule))
    }

    pub(crate) fn end_bound(&mut self, subject: usize, rule: usize) -> Vec<OutcomeIx> {
        self.take(subject, |one| one.bound == Some(rule))
    }

    fn take(&mut self, subject: usize, is: impl Fn(&Interval) -> bool) -> Vec<OutcomeIx> {
        let mut taken = Vec::new();
        self.intervals[subject].retain(|one| {
            if is(one) {
                taken.push(one.outcome);
                return false;
            }
            true
        });
        taken
    }

    pub(crate) fn in_force(&self, subject: usize, outcome: OutcomeIx) -> bool {
        let mut intervals = self.intervals.get(subject).into_iter().flatten();
        intervals.any(|one| one.outcome == outcome)
    }

    // ── Counters ──

    /// Counts an event; whether that changed anything. Nothing if a sum does not fit.
    #[inline]
    pub(crate) fn count(
        &mut self,
        tables: &Tables,
        today: u16,
        subject: usize,
        count: Count,
        amount: i64,
    ) -> Option<bool> {
        let counting = self.layout.counters[usize::from(count.counter)];
        let base = subject * self.layout.words + counting.word;
        if let Sort::List(place, listed) = counting.sort {
            let word = self.words[base];
            if counting.since && high(word) == today + 1 {
                return Some(false);
            }
            self.prune(tables, today, subject, count.counter);
            let value = match listed {
                Listed::Number => 0,
                Listed::Sum => amount,
                Listed::Distinct | Listed::Same => i64::from(count.value),
            };
            let at = subject * self.layout.lists + usize::from(place);
            self.lists[at].push_back((today, value));
            return Some(true);
        }
        let last = base + counting.sort.words() - 1;
        let mut key = self.words[last];
        if counting.since && high(key) == today + 1 {
            return Some(false);
        }
        if let Some(period) = counting.period {
            let stretch = tables.days.stretch[usize::from(period)][usize::from(today)];
            if low(key) != stretch {
                self.words[base..last].fill(0);
                key = (key & 0xffff_0000) | u32::from(stretch);
                self.words[last] = key;
            }
        }
        match counting.sort {
            Sort::Number => {
                self.words[base] = self.words[base].checked_add(1)?;
                Some(true)
            }
            Sort::Sum => {
                let sum = self.sum(base).checked_add(amount)?;
                let bytes = sum.to_le_bytes();
                let (low, high) = bytes.split_at(4);
                self.words[base] = u32::from_le_bytes(low.try_into().ok()?);
                self.words[base + 1] = u32::from_le_bytes(high.try_into().ok()?);
                Some(amount != 0)
            }
            Sort::Bits | Sort::WideBits => {
                let word = base + usize::from(count.value / 32);
                let bit = 1 << (count.value % 32);
                let new = self.words[word] & bit == 0;
                self.words[word] |= bit;
                Some(new)
            }
            Sort::List(..) => None,
        }
    }

    /// Starts a counter anew; what happens on `today`, if it is given, no longer counts.
    pub(crate) fn reset(
        &mut self,
        tables: &Tables,
        subject: usize,
        counter: u8,
        today: Option<u16>,
    ) {
        let counting = tables.layout.counters[usize::from(counter)];
        let base = subject * self.layout.words + counting.word;
        let last = base + counting.sort.words() - 1;
        self.words[base..last].fill(0);
        if let Sort::List(place, _) = counting.sort {
            self.lists[subject * self.layout.lists + usize::from(place)].clear();
        }
        if let Some(today) = today {
            let key = u32::from(low(self.words[last]));
            self.words[last] = key | (u32::from(today) + 1) << 16;
        }
    }

    /// True if a counter was started anew by a day.
    pub(crate) fn since(&self, subject: usize, counter: u8) -> bool {
        let counting = self.layout.counters[usize::from(counter)];
        let last = counting.word + counting.sort.words() - 1;
        counting.since && high(self.get(subject, last)) != 0
    }

    /// What a counter shows on a day.
    #[inline]
    pub(crate) fn value(&self, tables: &Tables, today: u16, subject: usize, counter: u8) -> i64 {
        let counting = self.layout.counters[usize::from(counter)];
        let base = subject * self.layout.words + counting.word;
        if let Sort::List(_, listed) = counting.sort {
            return self.listed(tables, today, subject, counter, listed);
        }
        if let Some(period) = counting.period {
            let last = base + counting.sort.words() - 1;
            let stretch = tables.days.stretch[usize::from(period)][usize::from(today)];
            if low(self.words[last]) != stretch {
                return 0;
            }
        }
        match counting.sort {
            Sort::Number => i64::from(self.words[base]),
            Sort::Sum => self.sum(base),
            Sort::Bits => i64::from(self.words[base].count_ones()),
            Sort::WideBits => {
                i64::from(self.words[base].count_ones() + self.words[base + 1].count_ones())
            }
            Sort::List(..) => 0,
        }
    }

    #[inline]
    fn sum(&self, base: usize) -> i64 {
        let (low, high) = (u64::from(self.words[base]), u64::from(self.words[base + 1]));
        (low | high << 32).cast_signed()
    }

    /// The days and values of a list that still count.
    fn live<'r>(
        &'r self,
        tables: &'r Tables,
        today: u16,
        subject: usize,
        counter: u8,
    ) -> impl Iterator<Item = (u16, i64)> + 'r {
        let counting = self.layout.counters[usize::from(counter)];
        let list = match counting.sort {
            Sort::List(place, _) => self
                .lists
                .get(subject * self.layout.lists + usize::from(place)),
            _ => None,
        };
        let counts = move |day: u16| match (counting.period, counting.last) {
            (Some(period), _) => {
                let stretch = &tables.days.stretch[usize::from(period)];
                stretch[usize::from(day)] == stretch[usize::from(today)]
            }
            (_, Some(length)) => tables.days.later[usize::from(length)][usize::from(day)] > today,
            (None, None) => true,
        };
        list.into_iter()
            .flatten()
            .copied()
            .filter(move |(day, _)| counts(*day))
    }

    fn listed(
        &self,
        tables: &Tables,
        today: u16,
        subject: usize,
        counter: u8,
        listed: Listed,
    ) -> i64 {
        let live = self.live(tables, today, subject, counter);
        match listed {
            Listed::Number => i64::try_from(live.count()).unwrap_or(i64::MAX),
            Listed::Sum => live.fold(0, |sum: i64, (_, amount)| sum.saturating_add(amount)),
            Listed::Distinct => {
                let values: BTreeSet<i64> = live.map(|(_, value)| value).collect();
                i64::try_from(values.len()).unwrap_or(i64::MAX)
            }
            Listed::Same => {
                let mut counts = [0_i64; 64];
                for (_, value) in live {
                    if let Some(count) = usize::try_from(value)
                        .ok()
                        .and_then(|value| counts.get_mut(value))
                    {
                        *count += 1;
                    }
                }
                counts.into_iter().max().unwrap_or(0)
            }
        }
    }

    /// The first day after today on which a list holds less.
    pub(crate) fn holds_less(
        &self,
        tables: &Tables,
        today: u16,
        subject: usize,
        counter: u8,
        length: u8,
    ) -> Option<u16> {
        let later = &tables.days.later[usize::from(length)];
        self.live(tables, today, subject, counter)
            .map(|(day, _)| later[usize::from(day)])
            .min()
    }

    /// Forgets what no longer counts.
    fn prune(&mut self, tables: &Tables, today: u16, subject: usize, counter: u8) {
        let live = self.live(tables, today, subject, counter).count();
        let counting = self.layout.counters[usize::from(counter)];
        if let Sort::List(place, _) = counting.sort {
            let list = &mut self.lists[subject * self.layout.lists + usize::from(place)];
            // Days come in order, so that what still counts stands at the end.
            let gone = list.len() - live;
            list.drain(..gone);
        }
    }
}

const fn low(word: u32) -> u16 {
    (word & 0xffff) as u16
}

const fn high(word: u32) -> u16 {
    (word >> 16) as u16
}
