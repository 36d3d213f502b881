//! Declarations: section 3 of the language, rules and duties apart.

use super::{
    Cite, Duty, EventPattern, Expr, Head, Labelled, Name, Never, Node, Quoted, Rule, Test,
};

use chrono::NaiveDate;

/// One declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declaration {
    /// `policy`.
    Policy(Policy),
    /// `prose`.
    Prose(Prose),
    /// `subject`.
    Subject(Subject),
    /// `body`.
    Body(Head),
    /// `scale`.
    Scale(Scale),
    /// `unit`.
    Unit(Unit),
    /// `event`.
    Event(Event),
    /// `param`.
    Param(Param),
    /// `reading`.
    Reading(Reading),
    /// `define`.
    Define(Define),
    /// `catalogue`.
    Catalogue(Catalogue),
    /// `phase`.
    Phase(Phase),
    /// `ladder`.
    Ladder(Ladder),
    /// `outcome`.
    Outcome(Outcome),
    /// `duty`.
    Duty(Duty),
    /// `rule`.
    Rule(Rule),
    /// `never`.
    Never(Never),
    /// `test`.
    Test(Test),
}

/// `policy`: name, title, sources, start, calendars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Name and title.
    pub head: Head,
    /// The documents.
    pub sources: Vec<Source>,
    /// `effective D`.
    pub effective: Option<Node<NaiveDate>>,
    /// `counting from D0`.
    pub counting_from: Option<Node<NaiveDate>>,
    /// `calendar`, the default one first.
    pub calendars: Vec<Calendar>,
}

/// `school from "school.toml"`: a calendar of working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// Its name.
    pub name: Name,
    /// The file of its days, beside the policy; none: a calendar that the language has.
    pub file: Option<Quoted>,
}

/// `source plan "…" text "file"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name that citations use.
    pub name: Name,
    /// The document's number or title.
    pub title: Option<Quoted>,
    /// The file of its text, beside the policy.
    pub text: Option<Quoted>,
}

/// `prose "…" cites plan "一"`: clauses that compute nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// What they say, in short.
    pub text: Quoted,
    /// Which they are.
    pub cites: Vec<Cite>,
}

/// `subject`: a kind of subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Name, display name, citations.
    pub head: Head,
    /// Its attributes.
    pub attributes: Vec<Field>,
    /// The kind that it lies within.
    pub within: Option<Name>,
    /// `opened by E` or `opened by F of E`.
    pub opened: Option<Opened>,
}

/// `opened by F of E`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The kind of entry with which a member comes.
    pub event: Name,
    /// The field that names the member; none: the entry's id.
    pub field: Option<Name>,
}

/// `scale`: an ordered enumeration, lowest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// Name, display name, citations.
    pub head: Head,
    /// Its values, lowest first.
    pub values: Vec<Labelled>,
}

/// `unit`: a measure word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Name, display name, citations.
    pub head: Head,
    /// What counts yield it.
    pub counts: Option<Counts>,
}

/// What a unit is yielded by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counts {
    /// `counts kinds`: distinct values.
    Kinds,
    /// `counts occurrences`: events.
    Occurrences,
}

/// `event`: a kind of entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Name, display name, citations.
    pub head: Head,
    /// Whom it is about, besides the subjects that its fields name.
    pub of: Vec<EventOf>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One term of `of township, every village, club and every player`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventOf {
    /// `every`: all members of the kind see it.
    pub every: bool,
    /// The kind of subject.
    pub kind: Name,
    /// `and every player`: the kind whose members within the subject see it too.
    pub and_every: Option<Name>,
}

/// A field of an event, an outcome, or an attribute of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its display name.
    pub label: Option<Quoted>,
    /// Its type.
    pub ty: TypeExpr,
    /// `?`, `*` or neither.
    pub multiplicity: Multiplicity,
    /// `= V`.
    pub default: Option<Expr>,
}

/// How many values a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Multiplicity {
    /// One.
    One,
    /// `?`: none or one.
    Optional,
    /// `*`: any number.
    Several,
}

/// A type as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeExpr {
    /// A built-in type, a unit, a scale, a kind of subject.
    Named(Name),
    /// `1..15`.
    Range(Node<(i64, i64)>),
    /// `a "…" | b "…"`: two values or more; one bare name is always a type.
    Values(Vec<Labelled>),
}

/// `param`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Name, display name, citations.
    pub head: Head,
    /// `by township.class, authority`: attributes and values that the table's levels go by.
    pub by: Vec<Expr>,
    /// Its value or table.
    pub value: Node<Table>,
}

/// A value, or a table of values read from above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// A value.
    Value(Expr),
    /// `{ keys = value, keys { … } }`.
    Rows(Vec<TableRow>),
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The keys that lead here.
    pub keys: Vec<Node<TableKey>>,
    /// What they lead to.
    pub value: Node<Table>,
}

/// A key of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKey {
    /// The value itself.
    Is(Expr),
    /// `<= 3`: a band.
    Band(super::BinaryOp, Expr),
    /// `2023-01-01 to 2023-12-31`, `2024-01-01 to ?`: the date that is looked up lies in it.
    Dates(NaiveDate, Option<NaiveDate>),
    /// `else`.
    Else,
}

/// `reading`: an open question and its answers, the default first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Name, question, citations.
    pub head: Head,
    /// The answers.
    pub answers: Vec<Labelled>,
}

/// `define`: a named condition, value, or set of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// Name, display name, citations.
    pub head: Head,
    /// What it stands for.
    pub body: DefineBody,
}

/// What a definition stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefineBody {
    /// A set of events: written with a `where` at clause level or with a comma.
    Events(Vec<EventPattern>),
    /// A condition or value; a bare name of an event is a set as well.
    Expr(Expr),
}

/// `catalogue`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Name, display name, citations.
    pub head: Head,
    /// The kind of entry that it sorts.
    pub from: Name,
    /// The fields that give item and branch.
    pub by: Vec<Name>,
    /// What every entry must satisfy, unless its item has a `where` of its own.
    pub filter: Option<Expr>,
    /// Its items.
    pub items: Vec<CatalogueItem>,
}

/// An item of a catalogue, or a branch of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueItem {
    /// Its number or name.
    pub key: Expr,
    /// Its text.
    pub label: Option<Quoted>,
    /// What it cites.
    pub cites: Vec<Cite>,
    /// `where P`: in place of the catalogue's.
    pub filter: Option<Expr>,
    /// `if P`: on top.
    pub condition: Option<Expr>,
    /// `unless P`: on top.
    pub unless: Option<Expr>,
    /// Its branches.
    pub branches: Vec<CatalogueItem>,
}

/// `phase`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Name, display name, citations.
    pub head: Head,
    /// Where its dates come from.
    pub dates: PhaseDates,
}

/// Where a phase's dates come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhaseDates {
    /// Spans of dates, both ends included.
    Spans(Vec<PhaseSpan>),
    /// `from register`.
    FromRegister,
}

/// A span of a phase; none is a hole, or (as an end) open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhaseSpan {
    /// First day.
    pub from: Option<Node<NaiveDate>>,
    /// Last day.
    pub to: Option<Node<NaiveDate>>,
}

/// `ladder`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Name, display name, citations.
    pub head: Head,
    /// The kinds of subject that stand on it.
    pub subjects: Vec<Name>,
    /// Its statuses, the bottom one first.
    pub statuses: Vec<Labelled>,
}

/// `outcome`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Name, display name, citations.
    pub head: Head,
    /// Its fields.
    pub fields: Vec<Field>,
    /// `concerns "…"`: whom it meets.
    pub concerns: Option<Quoted>,
}
