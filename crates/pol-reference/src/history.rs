//! What a run has on record, and how it is looked at.
//!
//! Nothing here is ever deleted. What is withdrawn or taken back is marked with the day from which
//! it is gone, so that every earlier day can still be seen as it was known then.

use pol_calendar::Date;
use pol_model::{DutyIx, EntryIx, EventIx, LadderIx, MemberIx, OutcomeIx, RuleIx, Value};
use pol_semantics::hir::{ActState, EventSource, Extent};

/// A moment of the run: every happening and firing has its own, in the order in which they come.
pub(crate) type Tick = u64;

/// Where a happening stands in [`History::happenings`].
pub(crate) type HappeningIx = usize;

/// Where a firing stands in [`History::firings`].
pub(crate) type FiringIx = usize;

/// Something that happened: an entry that was taken, or an act.
#[derive(Debug, Clone)]
pub(crate) struct Happening {
    /// What it is.
    pub what: Occurrence,
    /// The day it happened.
    pub date: Date,
    /// The day it became known.
    pub known: Date,
    /// When it was taken; none for a correction that waits for its turn.
    pub taken: Option<Tick>,
    /// Of a correction: when the entry that it corrects was taken.
    pub place: Option<Tick>,
    /// Whom it is about.
    pub subjects: Vec<MemberIx>,
    /// Values of its declared fields.
    pub fields: Vec<Option<Value>>,
    /// The entry that it is, or that brought it about.
    pub entry: Option<EntryIx>,
    /// The firing that made it.
    pub firing: Option<FiringIx>,
    /// The decision's date, where a decision made it or set off what made it.
    pub decided: Option<Date>,
    /// The day from which it is withdrawn or taken back.
    pub gone: Option<Date>,
}

impl Happening {
    /// The place in which it stands among others: by the day it happened, then by the moment it was
    /// taken; a correction in the place of what it corrects.
    pub fn order(&self) -> (Date, Option<Tick>) {
        (self.date, self.place.or(self.taken))
    }
}

/// What a happening is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Occurrence {
    /// An entry or a derived event.
    Event(EventIx),
    /// An issue of a status.
    Status {
        /// On which ladder.
        ladder: LadderIx,
        /// Which status is issued.
        status: u16,
        /// How it moves the ladder.
        way: Way,
        /// The standing before.
        was: u16,
        /// The standing after.
        now: u16,
    },
    /// An imposition of an outcome.
    Outcome(OutcomeIx),
    /// What became of a duty.
    Duty(DutyIx, ActState, Date),
    /// The basis of a happening of that source is lost.
    Lost(EventSource),
}

/// How an issue moves its ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Up to the status, never down.
    Raise,
    /// To the status, up or down; the bottom status is issued so.
    Set,
}

/// A firing of a rule to effect: one that acted, or whose proposal was approved or refused.
#[derive(Debug, Clone)]
pub(crate) struct Firing {
    /// The rule.
    pub rule: RuleIx,
    /// For whom.
    pub subject: MemberIx,
    /// What it rested on.
    pub basis: Basis,
    /// When it took effect.
    pub effect: Tick,
    /// True if it did its `then`: only such a firing uses anything up.
    pub approved: bool,
    /// The decision's entry.
    pub decision: Option<EntryIx>,
    /// The proposal that was decided.
    pub proposal: Option<usize>,
    /// True if it stood without basis from the first, or lost it.
    pub baseless: bool,
    /// The day from which it is taken back.
    pub gone: Option<Date>,
}

/// What a firing or proposal rests on: everything that is needed to look at it again.
#[derive(Debug, Clone)]
pub(crate) struct Basis {
    /// The day on which the rule looked.
    pub day: Date,
    /// What it saw: all that was taken before.
    pub seen: Tick,
    /// What triggered it.
    pub trigger: Option<HappeningIx>,
    /// When the rule had looked before, for scheduled rules.
    pub looked: Option<Tick>,
    /// The entries that its condition counted.
    pub evidence: Vec<EntryIx>,
}

/// A proposal to a body.
#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    /// The rule.
    pub rule: RuleIx,
    /// About whom.
    pub subject: MemberIx,
    /// What it rests on; of the last renewal.
    pub basis: Basis,
    /// True while it waits.
    pub open: bool,
    /// True if its basis is lost.
    pub lost: bool,
}

/// A stretch over which an outcome is in force.
#[derive(Debug, Clone)]
pub(crate) struct Interval {
    /// Which outcome.
    pub outcome: OutcomeIx,
    /// For whom.
    pub subject: MemberIx,
    /// The rule that imposed it.
    pub rule: RuleIx,
    /// First day in force.
    pub from: Date,
    /// Last day, where it is known.
    pub last: Option<Date>,
    /// When it was made.
    pub made: Tick,
    /// The happening that imposed it.
    pub imposed: HappeningIx,
    /// True once its end was said.
    pub closed: bool,
    /// True if it lasts while the rule's condition holds.
    pub bound: bool,
    /// How long it was imposed for.
    pub extent: Option<Extent>,
}

/// A duty that was born.
#[derive(Debug, Clone)]
pub(crate) struct Obligation {
    /// Which duty.
    pub duty: DutyIx,
    /// About whom; none where a body bears it alone.
    pub subject: Option<MemberIx>,
    /// First day on which it can be met.
    pub from: Date,
    /// The last day that its own time names.
    pub due: Date,
    /// Its last day, with what has moved it.
    pub last: Date,
    /// The happening that started it.
    pub cause: Option<HappeningIx>,
    /// The day from which its periods are counted, where they are counted from a day.
    pub clock: Option<Date>,
    /// What became of it.
    pub fate: Fate,
    /// The happening that met it.
    pub met_by: Option<HappeningIx>,
}

/// What became of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It runs.
    Open,
    /// It was met.
    Met,
    /// Its last day is over.
    Missed,
    /// It lapsed.
    Released,
}

/// How the record is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    /// Only what was taken before.
    pub limit: Tick,
    /// What is gone.
    pub gone: Gone,
}

/// What a view leaves out as withdrawn or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gone {
    /// What was gone by that day: the record as it was known then.
    By(Date),
    /// All that is gone by now, with corrections in the place of what they correct.
    Now,
}

impl View {
    /// True if a happening is on this record.
    pub(crate) fn shows(self, happening: &Happening) -> bool {
        match self.gone {
            Gone::By(day) => {
                happening.gone.is_none_or(|gone| gone > day)
                    && happening.taken.is_some_and(|taken| taken < self.limit)
            }
            Gone::Now => {
                happening.gone.is_none()
                    && happening
                        .place
                        .or(happening.taken)
                        .is_some_and(|place| place < self.limit)
            }
        }
    }

    /// True if something that was made at a moment and may be gone is seen.
    pub(crate) fn shows_made(self, made: Tick, gone: Option<Date>) -> bool {
        made < self.limit
            && match self.gone {
                Gone::By(day) => gone.is_none_or(|gone| gone > day),
                Gone::Now => gone.is_none(),
            }
    }
}

/// Everything on record.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// All happenings, in the order in which they were taken; corrections where they were read.
    pub happenings: Vec<Happening>,
    /// The happenings about each member.
    by_subject: Vec<Vec<HappeningIx>>,
    /// All firings to effect.
    pub firings: Vec<Firing>,
    /// All proposals.
    pub proposals: Vec<Proposal>,
    /// All intervals of outcomes.
    pub intervals: Vec<Interval>,
    /// All duties that were born.
    pub obligations: Vec<Obligation>,
    /// For each day that is over, the moment of its close.
    closes: std::collections::BTreeMap<Date, Tick>,
    clock: Tick,
}

impl History {
    /// A record for so many members, with nothing on it.
    pub(crate) fn new(members: usize) -> Self {
        Self {
            by_subject: vec![Vec::new(); members],
            ..Self::default()
        }
    }

    /// A new moment.
    pub(crate) fn tick(&mut self) -> Tick {
        self.clock += 1;
        self.clock
    }

    /// The moment after everything so far.
    pub(crate) const fn now(&self) -> Tick {
        self.clock + 1
    }

    /// Puts a happening on record.
    pub(crate) fn add(&mut self, happening: Happening) -> HappeningIx {
        let index = self.happenings.len();
        for subject in &happening.subjects {
            if let Some(list) = self.by_subject.get_mut(subject.at()) {
                list.push(index);
            }
        }
        self.happenings.push(happening);
        index
    }

    /// The happenings about a member, as indices in the order of the record.
    pub(crate) fn about(&self, subject: MemberIx) -> &[HappeningIx] {
        self.by_subject.get(subject.at()).map_or(&[], Vec::as_slice)
    }

    /// Marks the close of a day.
    pub(crate) fn close(&mut self, day: Date) {
        let now = self.now();
        self.closes.insert(day, now);
    }

    /// The moment of a day's close: of the last day that is over by then; none before the first.
    pub(crate) fn closed(&self, day: Date) -> Option<Tick> {
        self.closes.range(..=day).next_back().map(|(_, tick)| *tick)
    }

    /// The first day of the run, once it is over.
    pub(crate) fn first_day(&self) -> Option<Date> {
        self.closes.keys().next().copied()
    }
}
