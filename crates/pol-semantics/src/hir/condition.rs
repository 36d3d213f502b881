//! Typed conditions and values.

use super::Type;
use pol_model::{
    AttrIx, CatalogueIx, DefineIx, DutyIx, EventIx, FieldIx, KindIx, LadderIx, OutcomeIx, ParamIx,
    PhaseIx, ReadingIx, Value,
};
use pol_syntax::Span;
pub use pol_syntax::ast::ActState;
pub use pol_syntax::ast::BinaryOp;

/// A condition or value with its type and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it says.
    pub kind: ExprKind,
    /// What it yields; a condition yields [`Type::Bool`].
    pub ty: Type,
    /// Where it stands.
    pub span: Span,
}

impl Expr {
    /// Its direct parts that speak in the same scope: of the same subject, day and event. What an
    /// aggregate, a share or a rank asks of others is none of them.
    pub fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Not(inner) | ExprKind::Negate(inner) => vec![&**inner],
            ExprKind::Binary(_, left, right) | ExprKind::Held(left, right) => {
                vec![&**left, &**right]
            }
            ExprKind::In(value, among) => std::iter::once(&**value).chain(among).collect(),
            ExprKind::Higher(values) | ExprKind::Lower(values) => values.iter().collect(),
            ExprKind::Const(_)
            | ExprKind::Hole
            | ExprKind::Field(_)
            | ExprKind::FieldAttr(..)
            | ExprKind::Attr(..)
            | ExprKind::Standing(_)
            | ExprKind::Reading(_)
            | ExprKind::Param(_)
            | ExprKind::Define(_)
            | ExprKind::InForce(_)
            | ExprKind::During(_)
            | ExprKind::Aggregate(_)
            | ExprKind::Share(..)
            | ExprKind::Members(..)
            | ExprKind::Rank(_) => Vec::new(),
        }
    }
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// A value.
    Const(Value),
    /// A value that the document leaves open.
    Hole,
    /// A field of the event in scope: the one that a `where` speaks of, else the trigger.
    Field(FieldKey),
    /// An attribute of the member that a field of the event in scope names, as of the event's day.
    FieldAttr(FieldKey, AttrIx),
    /// An attribute of a subject of a kind, found in this order: a field of the event in scope that
    /// names one; the subjects of that event; the subject itself; those that it lies within. Of
    /// several that an event names or is about, the subject itself or what it lies within, if it is
    /// one of them; else the first that is named, else the first by id. In
    /// conditions on an event as of the event's day, elsewhere as of the day.
    Attr(KindIx, AttrIx),
    /// The subject's standing on a ladder.
    Standing(LadderIx),
    /// The answer that the run takes.
    Reading(ReadingIx),
    /// A parameter.
    Param(ParamIx),
    /// A definition that stands for a condition or value.
    Define(DefineIx),
    /// The opposite.
    Not(Box<Expr>),
    /// The negative.
    Negate(Box<Expr>),
    /// Two sides and what stands between them. Values of scales compare by place; a scale less a
    /// scale counts steps; a scale plus a number is so many steps on, held at the ends.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// One of several.
    In(Box<Expr>, Vec<Expr>),
    /// The higher of several.
    Higher(Vec<Expr>),
    /// The lower of several.
    Lower(Vec<Expr>),
    /// `C held D`.
    Held(Box<Expr>, Box<Expr>),
    /// An outcome is in force for the subject.
    InForce(OutcomeIx),
    /// The day lies in one of these phases.
    During(Vec<PhaseIx>),
    /// Over events.
    Aggregate(Box<Aggregate>),
    /// The share of members within the subject that satisfy a condition.
    Share(KindIx, Box<Expr>),
    /// How many members within the subject satisfy a condition.
    Members(KindIx, Box<Expr>),
    /// The subject's place among its kind.
    Rank(Box<Rank>),
}

/// A field of an event, whichever sort of event it is.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// An aggregate over events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// What is computed.
    pub function: Function,
    /// Over which events.
    pub over: Pattern,
    /// The windows, which intersect; none: all on record.
    pub windows: Vec<Window>,
}

/// What an aggregate computes.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// How many of the latest events in a row satisfy the pattern's filter.
    Run,
}

/// Events: a source, those within the subject or its own, and what they must satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Which events.
    pub source: EventSource,
    /// Those of subjects within the subject as well.
    pub within_it: bool,
    /// What they must satisfy.
    pub filter: Option<Expr>,
    /// Where the name stands.
    pub span: Span,
}

/// Which events.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventSource {
    /// Entries and derived events of a kind.
    Event(EventIx),
    /// Entries that qualify in a catalogue.
    Catalogue(CatalogueIx),
    /// A set of events.
    Set(DefineIx),
    /// Issues of one status.
    Status(LadderIx, u16),
    /// Issues of any status of a ladder.
    Ladder(LadderIx),
    /// Impositions of an outcome.
    Outcome(OutcomeIx),
    /// What became of a duty. `Lost` is the missed duty whose miss lost its basis.
    Duty(DutyIx, ActState),
    /// Acts of the source whose basis is lost.
    Lost(Box<EventSource>),
}

/// A window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// `in PERIOD`.
    In(Period),
    /// `in previous PERIOD`.
    Previous(Period),
    /// `in any PERIOD`.
    AnyPeriod(Period),
    /// `in any 3 years`.
    AnySpan(Expr),
    /// `in last D`.
    Last(Expr),
    /// `in last 5 E`: from the fifth last of these events on, up to the day around which windows lie.
    LastEvents(Expr, Pattern),
    /// `during PHASE`.
    During(Vec<PhaseIx>),
    /// `since E`.
    Since(Pattern),
    /// `since last time`.
    SinceLastTime,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Period {
    /// A period that the calendar has.
    Calendar(pol_calendar::Period),
    /// `cycle of D from X`, X a date or a date attribute.
    Cycle(Box<Expr>, Box<Expr>),
}

/// A place among a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// What is compared, in each member's own scope.
    pub value: Expr,
    /// Among whom.
    pub among: KindIx,
    /// Which of them.
    pub filter: Option<Expr>,
    /// Counted from the last place.
    pub from_last: bool,
}
