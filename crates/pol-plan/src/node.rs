//! Conditions in postorder, and what they count.

use crate::data::ActState;
use pol_model::compute::{Arithmetic, Comparison};
use pol_model::{
    AttrIx, CatalogueIx, DutyIx, EventIx, FieldIx, KindIx, LadderIx, OutcomeIx, ParamIx, PhaseIx,
    ReadingIx, Value,
};
use serde::{Deserialize, Serialize};

macro_rules! place {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
            pub struct $name(pub u32);

            impl $name {
                /// The index for a list.
                pub const fn at(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

place! {
    /// Where a condition or value stands in [`crate::Plan::nodes`]; its parts stand before it.
    NodeIx;
    /// Where a pattern stands in [`crate::Plan::patterns`].
    PatternIx;
    /// Where an aggregate stands in [`crate::Plan::accumulators`].
    AccumulatorIx;
    /// Where the clock of a `held` condition stands in [`crate::Plan::clocks`].
    ClockIx;
}

/// A condition or value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// A value.
    Const(Value),
    /// A field of the event in scope.
    Field(FieldKey),
    /// An attribute of the member that a field of the event in scope names.
    FieldAttr(FieldKey, AttrIx),
    /// An attribute of the subject of a kind that the scope means.
    Attr(KindIx, AttrIx),
    /// The subject's standing on a ladder.
    Standing(LadderIx),
    /// The answer that the run takes.
    Reading(ReadingIx),
    /// A parameter.
    Param(ParamIx),
    /// The opposite.
    Not(NodeIx),
    /// The negative.
    Negate(NodeIx),
    /// Both.
    And(NodeIx, NodeIx),
    /// Either.
    Or(NodeIx, NodeIx),
    /// A comparison.
    Compare(Comparison, NodeIx, NodeIx),
    /// What is reckoned.
    Reckon(Arithmetic, NodeIx, NodeIx),
    /// One of several.
    In(NodeIx, Vec<NodeIx>),
    /// The higher of several.
    Higher(Vec<NodeIx>),
    /// The lower of several.
    Lower(Vec<NodeIx>),
    /// A clock has run for a duration.
    Held(ClockIx, NodeIx),
    /// An outcome is in force for the subject.
    InForce(OutcomeIx),
    /// The day lies in one of these phases.
    During(Vec<PhaseIx>),
    /// The value of an aggregate.
    Accumulated(AccumulatorIx),
    /// An aggregate alone as a condition: at least one, or its own yes.
    Any(AccumulatorIx),
    /// The share of members within the subject that satisfy a condition.
    Share(KindIx, NodeIx),
    /// How many members within the subject satisfy a condition.
    Members(KindIx, NodeIx),
    /// The subject's place among its kind.
    Rank(Rank),
}

impl Node {
    /// Its direct parts that speak in the same scope.
    pub fn parts(&self) -> Vec<NodeIx> {
        match self {
            Self::Not(inner) | Self::Negate(inner) | Self::Held(_, inner) => vec![*inner],
            Self::And(left, right)
            | Self::Or(left, right)
            | Self::Compare(_, left, right)
            | Self::Reckon(_, left, right) => vec![*left, *right],
            Self::In(value, among) => std::iter::once(*value)
                .chain(among.iter().copied())
                .collect(),
            Self::Higher(values) | Self::Lower(values) => values.clone(),
            Self::Const(_)
            | Self::Field(_)
            | Self::FieldAttr(..)
            | Self::Attr(..)
            | Self::Standing(_)
            | Self::Reading(_)
            | Self::Param(_)
            | Self::InForce(_)
            | Self::During(_)
            | Self::Accumulated(_)
            | Self::Any(_)
            | Self::Share(..)
            | Self::Members(..)
            | Self::Rank(_) => Vec::new(),
        }
    }
}

/// A field of an event, whichever sort of event it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldKey {
    /// A declared field of a kind of entry, or of an outcome.
    Declared(FieldIx),
    /// A field that all members of a set of events declare, by name; of each its own.
    Named(String),
    /// The day it happened.
    Date,
    /// The day it was recorded, of an act the day it was known.
    Recorded,
    /// The standing before a status was issued.
    Was,
    /// The standing that an issue left.
    Now,
    /// The last day of a duty.
    LastDay,
}

/// Events: a source, and what they must satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Pattern {
    /// The author's name for the source.
    pub name: String,
    /// Which events.
    pub source: Source,
    /// Those of subjects within the subject as well.
    pub within_it: bool,
    /// What they must satisfy.
    pub filter: Option<NodeIx>,
    /// True if whether an event is one of them depends on nothing but the event, so that it is asked
    /// once, when the event comes.
    pub settled: bool,
}

/// Which events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Entries and derived events of a kind.
    Event(EventIx),
    /// Entries that qualify in a catalogue.
    Catalogue(CatalogueIx),
    /// Any of several patterns.
    Set(Vec<PatternIx>),
    /// Issues of one status.
    Status(LadderIx, u16),
    /// Issues of any status of a ladder.
    Ladder(LadderIx),
    /// Impositions of an outcome.
    Outcome(OutcomeIx),
    /// What became of a duty.
    Duty(DutyIx, ActState),
    /// Acts of the source whose basis is lost.
    Lost(Box<Source>),
}

/// An aggregate, once for all that ask it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Accumulator {
    /// What is computed.
    pub function: Function,
    /// Over which events.
    pub over: PatternIx,
    /// The windows, which intersect; none: all on record.
    pub windows: Vec<Window>,
}

/// What an aggregate computes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// How many events.
    Count,
    /// How many values of a field.
    Distinct(FieldKey),
    /// The most events that share one value of a field.
    Same(FieldKey),
    /// The sum of a field.
    Sum(FieldKey),
    /// The highest value of a field.
    Max(FieldKey),
    /// The value of a field in the latest event.
    Latest(FieldKey),
    /// How many of the latest events in a row satisfy a condition.
    Run(Option<NodeIx>),
}

/// A window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// `in PERIOD`.
    In(Period),
    /// `in previous PERIOD`.
    Previous(Period),
    /// `in any PERIOD`.
    AnyPeriod(Period),
    /// `in any 3 years`.
    AnySpan(NodeIx),
    /// `in last D`.
    Last(NodeIx),
    /// `in last 5 E`.
    LastEvents(NodeIx, PatternIx),
    /// `during PHASE`.
    During(Vec<PhaseIx>),
    /// `since E`.
    Since(PatternIx),
    /// `since last time`.
    SinceLastTime,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A period that the calendar has.
    Calendar(pol_calendar::Period),
    /// `cycle of D from X`: the length, and where it starts.
    Cycle(NodeIx, NodeIx),
}

/// A place among a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Rank {
    /// What is compared, in each member's own scope.
    pub value: NodeIx,
    /// Among whom.
    pub among: KindIx,
    /// Which of them.
    pub filter: Option<NodeIx>,
    /// Counted from the last place.
    pub from_last: bool,
}

/// Since when a condition has held without a break.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Clock {
    /// The condition.
    pub condition: NodeIx,
    /// The ladders that it reads: each issue starts the clock anew.
    pub ladders: Vec<LadderIx>,
}
