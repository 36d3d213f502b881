//! Outcome records: what a run says, one line a happening.

use crate::{
    BodyIx, DutyIx, EntryIx, EventIx, FieldIx, LadderIx, MemberIx, NeverIx, OutcomeIx, RuleIx,
    Value,
};
use pol_calendar::Date;

/// One thing that a run says. Records come in order of `known`, then `step`, then subject id, then
/// keys that do not depend on the order of declarations.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Record {
    /// The day it happened.
    pub date: Date,
    /// The day of the run on which it was said.
    pub known: Date,
    /// The step of that day.
    pub step: Step,
    /// About whom.
    pub subject: Option<MemberIx>,
    /// What it is.
    pub what: What,
    /// What became of it.
    pub state: State,
    /// Values that it carries.
    pub fields: Vec<(FieldIx, Value)>,
    /// The rule that brought it about.
    pub rule: Option<RuleIx>,
    /// The entries that its condition counted, and its trigger's entry.
    pub evidence: Vec<EntryIx>,
    /// True if a decision was assumed.
    pub assumed: bool,
    /// The day on which it was due, where that became known only later.
    pub due: Option<Date>,
}

/// The four steps of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Step {
    /// What lapses when the day begins.
    Open,
    /// What the day's entries bring about.
    Entries,
    /// Scheduled and watching rules.
    Close,
    /// Intervals and duties, by the standing that the day leaves.
    Settle,
}

/// What a record speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum What {
    /// A status of a ladder.
    Status(LadderIx, u16),
    /// A declared outcome.
    Outcome(OutcomeIx),
    /// A derived event.
    Event(EventIx),
    /// A duty.
    Duty(DutyIx),
    /// A rule's proposal to the body that decides.
    Proposal(RuleIx),
    /// A condition that could not be decided: of a rule.
    Undetermined(RuleIx),
    /// A condition that could not be decided: of a duty's span.
    UndeterminedDuty(DutyIx),
    /// An entry that is not counted.
    SetAside(EntryIx),
    /// A decision that finds no proposal.
    Decision(BodyIx, Option<RuleIx>),
    /// A property that does not hold.
    Never(NeverIx),
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum State {
    /// A status, an outcome of a moment or an event was issued; a status with the standing before.
    Issued {
        /// The status before; none for outcomes and events.
        was: Option<u16>,
        /// The standing that it leaves; none for outcomes and events.
        now: Option<u16>,
    },
    /// An outcome came into force.
    Began {
        /// Its last day, where it is known.
        until: Option<Date>,
    },
    /// An outcome is no longer in force.
    Ended {
        /// Its last day in force.
        until: Date,
    },
    /// An outcome that was over before it was known.
    Over {
        /// The last day that it would have been in force.
        until: Date,
    },
    /// A duty was born.
    Owed {
        /// Its last day.
        last_day: Date,
    },
    /// A duty was met.
    Met,
    /// A duty was missed.
    Missed {
        /// True where the duty stands in principle: a breach is noted, not missed.
        in_principle: bool,
    },
    /// A duty was released.
    Released,
    /// A proposal was opened.
    Proposed,
    /// An open proposal was renewed.
    Renewed,
    /// A proposal was approved, on the decision's date.
    Approved,
    /// A proposal was refused.
    Refused,
    /// A decision without basis.
    WithoutBasis(Setback),
    /// The basis of an act or proposal is lost.
    Lost,
    /// An act was taken back with the decision that made it.
    TakenBack,
    /// It could not be decided.
    Unknown(Vec<Cause>),
    /// It was set aside.
    Aside(Setback),
    /// A property was broken.
    Broken,
}

/// Why something was set aside or stands without basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Setback {
    /// It happened before the record begins.
    BeforeStart,
    /// It happened while the subject was no member.
    NotMember,
    /// No proposal was open.
    NoProposal,
    /// The proposal's basis was lost.
    BasisLost,
    /// It was withdrawn by the day it was recorded.
    Withdrawn,
    /// Decisions are assumed in this run.
    Assumed,
}

/// What a condition lacked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Cause {
    /// An optional field is absent.
    Absent {
        /// The field's name.
        field: String,
        /// The entry that lacks it.
        entry: Option<EntryIx>,
    },
    /// An attribute has no value on the day.
    NoAttribute {
        /// The attribute's name.
        attribute: String,
        /// The day.
        day: Date,
    },
    /// A division by zero.
    DivisionByZero {
        /// The entry whose numbers were divided.
        entry: Option<EntryIx>,
    },
    /// A number that does not fit.
    Overflow,
    /// A year that the working-day calendar does not have.
    MissingYear {
        /// The calendar.
        calendar: String,
        /// The year.
        year: i32,
    },
    /// A value that no row of a table covers.
    NoRow {
        /// The parameter.
        param: String,
    },
    /// The highest or latest of nothing.
    OfNothing {
        /// The event.
        event: String,
    },
    /// The window begins before the record does.
    BeforeRecord {
        /// The event.
        event: String,
        /// The day from which the record counts as complete.
        from: Date,
    },
    /// An entry that may or may not qualify.
    MayQualify {
        /// The catalogue.
        catalogue: String,
        /// The entry.
        entry: EntryIx,
    },
    /// A date that cannot be computed.
    DateRange,
    /// A subject has no value to be ranked by.
    NoRank,
}
