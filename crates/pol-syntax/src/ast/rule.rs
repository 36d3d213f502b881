//! Rules, duties, actions: section 5 of the language.

use super::{EventPattern, EventRef, Expr, Head, Name, Node, Period, Point, Quoted};

/// `rule`. Its clauses come in one order, which is the order of the fields here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Name, display name, citations.
    pub head: Head,
    /// `for township, department`.
    pub subjects: Vec<Name>,
    /// `in principle`.
    pub in_principle: bool,
    /// What makes it look.
    pub trigger: Node<Trigger>,
    /// `if C`.
    pub condition: Option<Expr>,
    /// `counting again`.
    pub counting_again: bool,
    /// `decided by BODY`.
    pub decided_by: Option<Name>,
    /// `then …`.
    pub then: Vec<Action>,
    /// `otherwise …`: if refused.
    pub otherwise: Vec<Action>,
}

/// What makes a rule look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// `on E where P, F`.
    On(Vec<EventPattern>),
    /// `at POINT`, `on POINT`.
    At(Vec<Node<Point>>),
    /// `when C`.
    When(Expr),
    /// `while C`.
    While(Expr),
    /// `during PHASE, PHASE` with two names or more; with one it is a `While` of a name.
    During(Vec<Name>),
    /// `2 months after E, F unless G`.
    After(Expr, Vec<EventPattern>, Vec<EventPattern>),
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A status, an outcome, or a derived event, by the kind of its name.
    Issue(Issue),
    /// `LADDER = VALUE`.
    Set(Name, Expr),
    /// `end OUTCOME`.
    End(Name),
}

/// `OUTCOME { field = value } for DURATION`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What is issued.
    pub name: Name,
    /// Its fields.
    pub fields: Vec<(Name, Expr)>,
    /// How long it is in force.
    pub extent: Option<Extent>,
}

/// How long an outcome is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// `for 1 month`; a value that is a duration.
    For(Expr),
    /// `for 2 E`: so many events.
    ForEvents(Expr, EventRef),
    /// `until end of year`.
    UntilEndOf(Period),
    /// `until end of PHASE`.
    UntilEndOfPhase(Name),
    /// `until E`.
    Until(EventPattern),
}

/// `duty`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Name, display name, citations.
    pub head: Head,
    /// About whom it is owed, if not about its bearer.
    pub about: Vec<Name>,
    /// Who bears it: kinds of subject or bodies.
    pub of: Vec<Name>,
    /// To whom.
    pub to: Vec<Name>,
    /// `in principle`.
    pub in_principle: bool,
    /// When it is owed.
    pub time: Node<DutyTime>,
    /// `while C` or `during PHASE`.
    pub span: Option<DutySpan>,
    /// `extended by E to V`, `extended by E for D`.
    pub extended: Vec<Node<Extension>>,
    /// `met by E, F where P`.
    pub met_by: Vec<EventPattern>,
}

/// What moves the last day of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The event that moves it.
    pub by: EventPattern,
    /// Where to.
    pub limit: Limit,
}

/// Where the last day of a duty is moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// `to V`: to a date.
    To(Expr),
    /// `for D`: so much further.
    For(Expr),
}

/// When a duty is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyTime {
    /// `each month`.
    Each(Period),
    /// `by POINT`.
    By(Vec<Node<Point>>),
    /// `on POINT`: that day only.
    On(Vec<Node<Point>>),
    /// `within D of E where P, F`.
    Within(Expr, Vec<EventPattern>),
}

/// While what a duty runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutySpan {
    /// `while C`; a single name may be a phase.
    While(Expr),
    /// `during PHASE, PHASE`.
    During(Vec<Name>),
}

/// `never "…" C`: what no ledger may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Never {
    /// What it says, in words.
    pub label: Quoted,
    /// `for township`: the kinds of subject; none: every kind that the condition fits.
    pub subjects: Vec<Name>,
    /// The condition that must not come true.
    pub condition: Expr,
}
