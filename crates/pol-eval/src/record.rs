//! What an evaluator has on record, each thing where it will be looked for.
//!
//! A happening is listed once under every pattern that means it, for every member that sees it, so
//! that no condition searches the whole record. Nothing is deleted: what is withdrawn is marked with
//! the day from which it is gone, so that acts can be looked at again as of their day.

use crate::part::{Part, Seats};
use pol_calendar::Date;
use pol_model::{Cause, DutyIx, EntryIx, EventIx, LadderIx, MemberIx, OutcomeIx, RuleIx, Value};
use pol_plan::{ActState, Extent, PatternIx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A moment of the run: every happening and firing has its own.
pub(crate) type Tick = u64;
/// Where a happening stands in [`Record::happenings`].
pub(crate) type HappeningIx = usize;
/// Where a firing stands in [`Record::firings`].
pub(crate) type FiringIx = usize;
/// Where an interval stands in [`Record::intervals`].
pub(crate) type IntervalIx = usize;
/// Where an obligation stands in [`Record::obligations`].
pub(crate) type ObligationIx = usize;
/// A member, or nobody in particular where a body alone is concerned.
pub(crate) type Subject = Option<MemberIx>;

/// Something that happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// Of an act: values of its declared fields. Those of an entry stay in the ledger.
    pub fields: Vec<Option<Value>>,
    /// The entry that it is, or that brought it about.
    pub entry: Option<EntryIx>,
    /// The firing that made it.
    pub firing: Option<FiringIx>,
    /// The decision's date, where a decision stands behind it.
    pub decided: Option<Date>,
    /// The day from which it is withdrawn or taken back.
    pub gone: Option<Date>,
}

impl Happening {
    /// One that happens and becomes known on a day, of nobody and nothing else yet.
    pub(crate) fn on(what: Occurrence, date: Date, known: Date) -> Self {
        Self {
            what,
            date,
            known,
            taken: None,
            place: None,
            subjects: Vec::new(),
            fields: Vec::new(),
            entry: None,
            firing: None,
            decided: None,
            gone: None,
        }
    }

    /// Its place among others: by the day, then by the moment; a correction in the place of what it
    /// corrects.
    pub(crate) fn order(&self) -> (Date, Option<Tick>) {
        (self.date, self.place.or(self.taken))
    }
}

/// What a happening is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Occurrence {
    /// An entry or a derived event.
    Event(EventIx),
    /// An issue of a status.
    Status(Issue),
    /// An imposition of an outcome.
    Outcome(OutcomeIx),
    /// What became of a duty, and its last day.
    Duty(DutyIx, ActState, Date),
    /// The basis of an act is lost.
    Lost(Act),
}

/// An issue of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Issue {
    /// On which ladder.
    pub ladder: LadderIx,
    /// Which status.
    pub status: u16,
    /// True if it moves the ladder up only.
    pub raises: bool,
    /// The standing before.
    pub was: u16,
    /// The standing after.
    pub now: u16,
}

/// An act whose basis can be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Act {
    /// A derived event.
    Event(EventIx),
    /// An issue of a status.
    Status(LadderIx, u16),
    /// An imposition of an outcome.
    Outcome(OutcomeIx),
    /// What became of a duty.
    Duty(DutyIx, ActState),
}

/// A happening under a pattern.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Listed {
    /// Which.
    pub happening: HappeningIx,
    /// Whether the pattern means it.
    pub meant: Meant,
}

/// Whether a pattern means a happening.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Meant {
    /// It does.
    Yes,
    /// It may.
    Unknown(Vec<Cause>),
    /// It depends on more than the happening, and is asked each time.
    Ask,
}

/// A firing of a rule to effect.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Firing {
    /// The rule.
    pub rule: RuleIx,
    /// For whom.
    pub subject: MemberIx,
    /// What it rested on.
    pub basis: Basis,
    /// When it took effect.
    pub effect: Tick,
    /// True if it did its `then`.
    pub approved: bool,
    /// The decision's entry.
    pub decision: Option<EntryIx>,
    /// The proposal that was decided.
    pub proposal: Option<usize>,
    /// True if it stood without basis from the first, or lost it.
    pub baseless: bool,
    /// The day from which it is taken back.
    pub gone: Option<Date>,
    /// What it made.
    pub acts: Vec<HappeningIx>,
}

/// What a firing or proposal rests on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Basis {
    /// The day on which the rule looked.
    pub day: Date,
    /// All that was taken before this moment was seen.
    pub seen: Tick,
    /// What triggered it.
    pub trigger: Option<HappeningIx>,
    /// When the rule had looked before, for scheduled rules.
    pub looked: Option<Tick>,
    /// The entries that its condition counted.
    pub evidence: Vec<EntryIx>,
}

/// A proposal to a body.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Obligation {
    /// Which duty.
    pub duty: DutyIx,
    /// About whom.
    pub subject: Subject,
    /// First day on which it can be met.
    pub from: Date,
    /// The last day that its own time names.
    pub due: Date,
    /// Its last day, with what has moved it.
    pub last: Date,
    /// The happening that started it.
    pub cause: Option<HappeningIx>,
    /// The day from which its periods are counted.
    pub clock: Option<Date>,
    /// What became of it.
    pub fate: Fate,
    /// The happening that met it.
    pub met_by: Option<HappeningIx>,
}

/// What became of a duty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// None: as it is known now. Otherwise all that is gone by now is left out, with corrections in
    /// the place of what they correct.
    pub gone: Gone,
}

/// What a view leaves out as withdrawn or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gone {
    /// What was gone by that day.
    By(Date),
    /// All that is gone by now.
    Now,
}

impl View {
    /// True if a happening is on this record.
    pub(crate) fn shows(self, happening: &Happening) -> bool {
        let seen = |moment: Option<Tick>| moment.is_some_and(|moment| moment < self.limit);
        match self.gone {
            Gone::By(day) => seen(happening.taken) && happening.gone.is_none_or(|gone| gone > day),
            Gone::Now => happening.gone.is_none() && seen(happening.order().1),
        }
    }

    /// True if something that was made at a moment and may be gone is seen.
    pub(crate) fn shows_made(self, made: Tick, gone: Option<Date>) -> bool {
        let left = match self.gone {
            Gone::By(day) => gone.is_none_or(|gone| gone > day),
            Gone::Now => gone.is_none(),
        };
        left && made < self.limit
    }
}

/// The account of a member of whom nothing is known.
static NOTHING: Account = Account {
    lists: BTreeMap::new(),
    issues: Vec::new(),
    intervals: Vec::new(),
    proposals: Vec::new(),
    firings: BTreeMap::new(),
    obligations: BTreeMap::new(),
};

/// What belongs to one member.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Account {
    /// For each pattern what it means, by day.
    pub lists: BTreeMap<PatternIx, Vec<Listed>>,
    /// The issues of statuses, as they came.
    pub issues: Vec<HappeningIx>,
    /// The intervals of its outcomes.
    pub intervals: Vec<IntervalIx>,
    /// The proposals about it.
    pub proposals: Vec<usize>,
    /// For each rule its firings to effect.
    pub firings: BTreeMap<RuleIx, Vec<FiringIx>>,
    /// For each duty its obligations.
    pub obligations: BTreeMap<DutyIx, Vec<ObligationIx>>,
}

/// Everything on record.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Record {
    /// All happenings, in the order in which they came.
    pub happenings: Vec<Happening>,
    /// All firings to effect.
    pub firings: Vec<Firing>,
    /// All proposals.
    pub proposals: Vec<Proposal>,
    /// All intervals of outcomes.
    pub intervals: Vec<Interval>,
    /// All duties that were born.
    pub obligations: Vec<Obligation>,
    /// What belongs to each member; the last account is nobody's in particular.
    accounts: Vec<Account>,
    /// Whose account lies where.
    #[serde(skip)]
    seats: Seats,
    /// For each day on which anything was looked at, the moment of its close.
    pub closes: BTreeMap<Date, Tick>,
    clock: Tick,
}

impl Record {
    /// A record for some members, with nothing on it.
    pub(crate) fn new(part: &Part) -> Self {
        Self {
            accounts: vec![Account::default(); part.len() + 1],
            seats: part.seats.clone(),
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

    /// What belongs to a member, or to nobody in particular. Of members of other parts nothing is
    /// known.
    pub(crate) fn account(&self, subject: Subject) -> &Account {
        let place = self.seats.place(subject, self.accounts.len());
        place.map_or(&NOTHING, |place| &self.accounts[place])
    }

    /// The same, to be changed.
    pub(crate) fn account_mut(&mut self, subject: Subject) -> &mut Account {
        let place = self.place(subject);
        &mut self.accounts[place]
    }

    fn place(&self, subject: Subject) -> usize {
        let place = self.seats.place(subject, self.accounts.len());
        place.expect("what happens in a part is about its members")
    }

    /// What a pattern means for a member, by day.
    pub(crate) fn listed(&self, pattern: PatternIx, subject: Subject) -> &[Listed] {
        let lists = &self.account(subject).lists;
        lists.get(&pattern).map_or(&[], Vec::as_slice)
    }

    /// Puts a happening under a pattern.
    pub(crate) fn list(&mut self, pattern: PatternIx, subject: Subject, listed: Listed) {
        let place = self.place(subject);
        let date = self.happenings[listed.happening].date;
        let list = self.accounts[place].lists.entry(pattern).or_default();
        let no_later = |one: &Listed| self.happenings[one.happening].date <= date;
        if list.last().is_none_or(no_later) {
            list.push(listed);
        } else {
            let at = list.partition_point(no_later);
            list.insert(at, listed);
        }
    }

    /// The moment of the close of a day, or of the last day before it on which anything was looked at.
    pub(crate) fn closed(&self, day: Date) -> Tick {
        let last = self.closes.range(..=day).next_back();
        last.map_or(0, |(_, tick)| *tick)
    }

    /// Marks the close of a day.
    pub(crate) fn close_day(&mut self, day: Date) {
        let now = self.now();
        self.closes.insert(day, now);
    }

    /// The first day of the run, once it is over.
    pub(crate) fn first_day(&self) -> Option<Date> {
        self.closes.keys().next().copied()
    }

    /// The obligations of a duty about a subject.
    pub(crate) fn owed(&self, duty: DutyIx, subject: Subject) -> &[ObligationIx] {
        let owed = &self.account(subject).obligations;
        owed.get(&duty).map_or(&[], Vec::as_slice)
    }
}
