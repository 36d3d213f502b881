//! Everything that a machine looks up: what each letter and each act does to a row.

use crate::condition::{CondIx, Conditions};
use crate::letter::Letters;
use pol_calendar::Period;
use pol_model::{EventIx, KindIx, MemberIx, OutcomeIx, RuleIx};

/// Subjects between which no rule distinguishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Class {
    /// Their kind.
    pub kind: KindIx,
    /// One of them.
    pub model: MemberIx,
}

/// The class of a subject that is left to the incremental evaluator.
pub(crate) const IRREGULAR: u8 = u8::MAX;
/// What something does to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Effect {
    /// What it counts in, as a stretch of [`Tables::counts`].
    pub counts: (u32, u32),
    /// The counters that it starts anew, as a stretch of [`Tables::resets`].
    pub resets: (u32, u32),
    /// The rules that it triggers, as a stretch of [`Tables::asks`].
    pub asks: (u32, u32),
    /// The scheduled rules that read what it changes, as bits.
    pub stirs: u64,
    /// True if a watching rule reads what it changes.
    pub watched: bool,
    /// True if it cannot be told what it is.
    pub unclear: bool,
    /// The group of effects to which it belongs, as a bit.
    pub mark: u16,
    /// The groups with which the order within a day matters, as bits.
    pub conflicts: u16,
    /// True if coming twice makes a difference.
    pub repeats: bool,
}

/// An event that a counter counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    pub counter: u8,
    /// The place of the value, for `distinct` and `same`.
    pub value: u8,
}

/// A rule that is asked when something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ask {
    /// The rule's place in the order of looking.
    pub rule: u16,
    pub condition: CondIx,
    /// The ladders that move once it has been asked, as bits.
    pub settles: u64,
}

/// An act of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Issues a status.
    Issue { ladder: u8, status: u16 },
    /// Imposes an outcome for the moment.
    Moment(OutcomeIx),
    /// Imposes an outcome until it is ended.
    Open(OutcomeIx),
    /// Imposes an outcome for a length.
    For { outcome: OutcomeIx, length: u8 },
    /// Imposes an outcome to the end of a period.
    UntilEndOf { outcome: OutcomeIx, period: u8 },
    /// Ends an outcome.
    End(OutcomeIx),
    /// Brings about a derived event.
    Event(EventIx),
}

/// A rule, for each class of subjects.
#[derive(Debug, Clone, Default)]
pub(crate) struct RuleTable {
    /// Its condition, by class; that of `when`, `if` and `while` together. Fixed at no where the rule
    /// does not concern the class.
    pub condition: Vec<CondIx>,
    /// True for a class that the rule concerns.
    pub concerns: Vec<bool>,
    /// True for a class for which the answer may become yes though nothing changes the row.
    pub restless: Vec<bool>,
    /// Its acts, by class.
    pub then: Vec<Vec<Act>>,
    /// The counters that its firing starts anew.
    pub last_time: Vec<u8>,
    /// The ladders that it moves, as bits.
    pub moves: u64,
    /// How it is set off.
    pub way: Way,
}

/// How a rule is set off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Way {
    /// By events.
    #[default]
    On,
    /// At points in time; its bit among scheduled rules.
    At(u8),
    /// By its condition becoming true; its bit among watching rules.
    When(u8),
    /// It lasts while its condition holds; its bit among watching rules.
    While(u8),
}

/// A counter's place in the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counting {
    /// Its first word.
    pub word: usize,
    pub sort: Sort,
    /// The place of its period among the tables.
    pub period: Option<u8>,
    /// The place of its rolling length among the lengths.
    pub last: Option<u8>,
    /// The first day on which its window is covered by the record.
    pub covered: u16,
    /// True if something starts it anew with a day that no longer counts.
    pub since: bool,
}

/// How a counter is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A number in a word.
    Number,
    /// A sum in two words.
    Sum,
    /// Bits in a word.
    Bits,
    /// Bits in two words.
    WideBits,
    /// A list of days and values beside the rows; its place.
    List(u8, Listed),
}

impl Sort {
    /// How many words it takes; the last holds the period and the day since which it counts.
    pub(crate) const fn words(self) -> usize {
        match self {
            Self::Number | Self::Bits => 2,
            Self::Sum | Self::WideBits => 3,
            Self::List(..) => 1,
        }
    }
}

/// What a list is reckoned to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listed {
    Number,
    Sum,
    Distinct,
    Same,
}

/// A clock's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Clocking {
    pub word: usize,
    pub ladder: u8,
    /// The statuses for which it runs, as bits, by class.
    pub runs: Vec<u64>,
}

/// Where things stand in a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    /// How many words a row has.
    pub words: usize,
    /// Bits of scheduled rules that are to be asked.
    pub stirred: usize,
    /// Bits of watching rules that held.
    pub held: usize,
    /// The standing on each ladder.
    pub ladders: Vec<usize>,
    pub clocks: Vec<Clocking>,
    pub counters: Vec<Counting>,
    /// How many lists stand beside each row.
    pub lists: usize,
    /// True if outcomes last.
    pub intervals: bool,
}

/// Everything that a machine looks up.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub classes: Vec<Class>,
    pub letters: Letters,
    pub conditions: Conditions,
    pub effects: Vec<Effect>,
    pub counts: Vec<Count>,
    pub resets: Vec<u8>,
    pub asks: Vec<Ask>,
    /// The effect of each letter: a row of letters for each class.
    pub of_letter: Vec<u16>,
    /// The effects of acts, a row for each class: statuses from each standing, outcomes, events.
    pub of_act: Vec<u16>,
    /// Where the acts of each ladder begin in a row of [`Self::of_act`], and how many statuses it has.
    pub issues: Vec<(usize, usize)>,
    pub outcomes: usize,
    pub events: usize,
    pub acts: usize,
    /// For each ladder the scheduled rules that read it, as bits, and whether a watching one does.
    pub of_ladder: Vec<(u64, bool)>,
    /// The same for each outcome.
    pub of_outcome: Vec<(u64, bool)>,
    /// The rules in the order in which they look.
    pub rules: Vec<RuleTable>,
    /// Their places in the policy.
    pub named: Vec<RuleIx>,
    /// The strata, by places in the order.
    pub strata: Vec<Vec<u16>>,
    pub layout: Layout,
    pub days: Days,
    /// The days on which scheduled rules look, in order, and which of them do, by places.
    pub looks: Vec<(u16, Vec<u16>)>,
    /// The first day on which rules fire.
    pub effective: u16,
    /// The last day.
    pub last: u16,
}

/// The calendar as tables over days.
#[derive(Debug, Default)]
pub(crate) struct Days {
    pub periods: Vec<Period>,
    /// For each period and day the number of the stretch that holds it.
    pub stretch: Vec<Vec<u16>>,
    /// For each period and day the stretch's last day.
    pub ends: Vec<Vec<u16>>,
    /// For each length and day the day that lies so much later.
    pub later: Vec<Vec<u16>>,
}

/// How long a list is.
pub(crate) fn len<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// A place as a bit.
pub(crate) const fn bit(place: usize) -> u64 {
    if place < 64 { 1 << place } else { 0 }
}
