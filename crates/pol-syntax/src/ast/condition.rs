//! Conditions and values: section 4 of the language.

use super::{Name, Node};
use chrono::NaiveDate;

/// An expression with its place.
pub type Expr = Node<ExprKind>;

/// A condition or a value. Parentheses leave no trace; the printer sets those that are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    /// `yes`, `no`.
    Bool(bool),
    /// `3`, `3 household`, `25%`, `2‰`.
    Number(NumberLiteral),
    /// `2023-08-07`.
    Date(NaiveDate),
    /// `2 months`, `7 working days`.
    Duration(DurationLiteral),
    /// `"…"`.
    Text(String),
    /// `?`: a value that the document leaves open.
    Hole,
    /// A name alone: a field, a status, a ladder, a reading, a parameter, an event (at least one).
    Name(String),
    /// `township.class`: an attribute of the subject that a field refers to, or of a kind of subject.
    Path(Name, Name),
    /// `deadline of notice` where it stands alone: a field of the triggering event of that kind.
    FieldOf(Name, Name),
    /// `not C`.
    Not(Box<Expr>),
    /// `-V`.
    Negate(Box<Expr>),
    /// Two sides and what stands between them.
    Binary(BinaryOp, Box<Expr>, Box<Expr>),
    /// `V in (A, B)`.
    In(Box<Expr>, Vec<Expr>),
    /// `higher of (A, B)`.
    HigherOf(Vec<Expr>),
    /// `lower of (A, B)`.
    LowerOf(Vec<Expr>),
    /// `C held D`.
    Held(Box<Expr>, Box<Expr>),
    /// `OUTCOME in force`.
    InForce(Name),
    /// `during PHASE, PHASE`, as a condition.
    During(Vec<Name>),
    /// Over events: a count, a sum, a run.
    Aggregate(Box<Aggregate>),
    /// `share of K where P`, `count of K where P`.
    Share(Box<Share>),
    /// `rank of V among K where P`.
    Rank(Box<Rank>),
}

/// What stands between two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `or`.
    Or,
    /// `and`.
    And,
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `<`.
    Lt,
    /// `<=`.
    Le,
    /// `>`.
    Gt,
    /// `>=`.
    Ge,
    /// `+`.
    Add,
    /// `-`.
    Sub,
    /// `*`.
    Mul,
    /// `/`.
    Div,
}

/// A number as written: the value exactly, with its unit or sign of share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberLiteral {
    /// Digits before the point and behind it, as one integer: 2.50 is 250 with scale 2.
    pub digits: i128,
    /// How many of the digits stand behind the point.
    pub scale: u8,
    /// `%` or `‰`.
    pub share: Option<ShareSign>,
    /// The unit that follows.
    pub unit: Option<Name>,
}

/// The sign behind a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ShareSign {
    /// `%`.
    Percent,
    /// `‰`.
    Permille,
}

/// A span of time as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationLiteral {
    /// How many.
    pub count: u32,
    /// Of what.
    pub unit: DurationUnit,
}

/// What a duration counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DurationUnit {
    /// Calendar days.
    Days,
    /// Weeks of seven days.
    Weeks,
    /// Calendar months.
    Months,
    /// Years of twelve months.
    Years,
    /// Working days of the named calendar, or of the policy's first one.
    WorkingDays(Option<Name>),
}

/// An aggregate over events. A count with no window, no `where` and no state is written as a bare
/// name and stands in the tree as [`ExprKind::Name`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// What is computed.
    pub function: AggregateFunction,
    /// The events.
    pub event: EventRef,
    /// `where P`.
    pub filter: Option<Expr>,
    /// The windows, which intersect, in the order in which they stand; none: all on record.
    pub windows: Vec<Node<Window>>,
}

/// What an aggregate computes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AggregateFunction {
    /// How many events.
    Count,
    /// How many values of a field.
    Distinct(Name),
    /// The most events that share one value of a field.
    Same(Name),
    /// The sum of a field.
    Sum(Name),
    /// The highest value of a field.
    Max(Name),
    /// The value of a field in the latest event.
    Latest(Name),
    /// How many of the latest events in a row satisfy the `where`.
    Run,
}

/// Which events: a name, the state of an act, and whether events within the subject are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRef {
    /// A kind of entry, catalogue, set, status, ladder, outcome, duty, derived event.
    pub name: Name,
    /// `yellow lost`, `monthly_report missed`.
    pub state: Option<ActState>,
    /// `finding within it`, 所辖 finding.
    pub within_it: bool,
}

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActState {
    /// Its basis is lost.
    Lost,
    /// A duty is born.
    Owed,
    /// A duty is met.
    Met,
    /// A duty is missed.
    Missed,
    /// A duty is released.
    Released,
}

/// A window over events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Window {
    /// `in year`.
    In(Period),
    /// `in previous year`.
    Previous(Period),
    /// `in any year`.
    AnyPeriod(Period),
    /// `in any 3 years`.
    AnySpan(Expr),
    /// `in last 12 months`.
    Last(Expr),
    /// `in last 5 inspection`: from the fifth last on.
    LastEvents(Expr, EventRef),
    /// `during PHASE`.
    During(Vec<Name>),
    /// `since E`.
    Since(EventRef),
    /// `since last time`.
    SinceLastTime,
}

/// A stretch of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// January to June, July to December.
    Half,
    /// A calendar year.
    Year,
    /// `cycle of 12 months from X`.
    Cycle(Box<Expr>, Box<Expr>),
}

/// `share of K where P`, `count of K where P`: members that satisfy P among those within the subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// How many they are, not which part of all.
    pub counted: bool,
    /// The kind of the members.
    pub kind: Name,
    /// What a member must satisfy.
    pub filter: Expr,
}

/// `rank of V among K where P`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rank {
    /// What is compared.
    pub value: Expr,
    /// The kind of the subjects that are ranked.
    pub among: Name,
    /// Which of them.
    pub filter: Option<Expr>,
    /// Counted from the last place.
    pub from_last: bool,
}

/// Events with what they must satisfy: `inspection where P`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPattern {
    /// The events.
    pub event: EventRef,
    /// `where P`, with its `and` and `or`.
    pub filter: Option<Expr>,
}

/// A point in time, with what is added to it or taken from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Where it starts from.
    pub base: PointBase,
    /// Durations to add (true: to subtract), in order.
    pub offsets: Vec<(Sign, Expr)>,
}

/// Before or behind a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// `+ D`, 后D.
    Plus,
    /// `- D`, 前D.
    Minus,
}

/// Where a point starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PointBase {
    /// A date.
    Date(NaiveDate),
    /// `06-30 of each year`: month and day.
    EachYear(u32, u32),
    /// `day 28 of each month`.
    EachMonth(u32),
    /// `friday of each week`: 1 is Monday.
    EachWeek(u32),
    /// `end of each PERIOD`.
    EndOfEach(Period),
    /// `end of PHASE`; the field `end` of an event X reads the same.
    EndOf(Name),
    /// `deadline of notice`: field, event.
    FieldOf(Name, Name),
    /// `ship.built`: a path to a date attribute.
    Attribute(Expr),
}
