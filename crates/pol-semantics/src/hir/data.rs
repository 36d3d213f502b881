//! What a policy speaks about: subjects, entries, values, and the tables between them.

use super::{Expr, Named, Pattern};
use pol_calendar::Date;
use pol_model::{EnumIx, EventIx, FieldIx, KindIx, UnitIx};
use pol_syntax::ast::Counts;

/// A type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Yes or no.
    Bool,
    /// A number, with its unit or bare.
    Number(Option<UnitIx>),
    /// A share of a whole.
    Share,
    /// An amount of money.
    Money,
    /// A civil day.
    Date,
    /// A span of time.
    Duration,
    /// A value of an enumeration.
    Enum(EnumIx),
    /// Any text.
    Text,
    /// A member of a kind.
    Member(KindIx),
    /// What an error left behind; fits everywhere, so that one mistake is reported once.
    Error,
}

/// A kind of subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kind {
    /// Its name.
    pub named: Named,
    /// Its attributes.
    pub attributes: Vec<Field>,
    /// The kind that it lies within.
    pub within: Option<KindIx>,
    /// The kind of entry with which a member comes, and the field that names it (none: the id).
    pub opened: Option<(EventIx, Option<FieldIx>)>,
}

/// A measure word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub named: Named,
    /// What counts yield it.
    pub counts: Option<Counts>,
}

/// An enumeration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enum {
    /// What it belongs to, for messages: the scale, the ladder, `verification.result`.
    pub name: String,
    /// Its values; of an ordered one, the lowest first.
    pub values: Vec<Named>,
    /// True for scales and ladders.
    pub ordered: bool,
}

/// A field of an event or outcome, or an attribute of a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub named: Named,
    /// The type of one value.
    pub ty: Type,
    /// The least and greatest whole number that it takes.
    pub range: Option<(i64, i64)>,
    /// May be absent.
    pub optional: bool,
    /// Holds any number of values.
    pub several: bool,
    /// Its value where none is given; a constant.
    pub default: Option<pol_model::Value>,
}

/// A kind of entry, entered or derived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name.
    pub named: Named,
    /// The kinds of subject that `of` takes; more than one: any of them.
    pub of: Vec<EventOf>,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// One term of an event's `of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventOf {
    /// The kind of subject.
    pub kind: KindIx,
    /// Every member of the kind sees it: the entry names none.
    pub every: bool,
    /// The kind whose members within the subject see it too.
    pub and_every: Option<KindIx>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Its name.
    pub named: Named,
    /// What it yields.
    pub ty: Type,
    /// What the levels of its table go by, from outside in; date rows go by the day in scope.
    pub by: Vec<Expr>,
    /// Its value or table.
    pub table: Table,
}

/// A value, or rows read from above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// A value; a hole is [`super::ExprKind::Hole`].
    Value(Expr),
    /// Rows by the `by` at a place of [`Param::by`].
    Rows(usize, Vec<TableRow>),
    /// Rows by the day: of the event in scope, else of the run.
    Dates(Vec<DateRow>),
}

/// A row by a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// Any of these leads here; none: `else`.
    pub keys: Vec<TableKey>,
    /// What it leads to.
    pub table: Table,
}

/// A key of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableKey {
    /// The value itself.
    Is(Expr),
    /// All values that compare so.
    Band(super::BinaryOp, Expr),
}

/// A row by dates, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateRow {
    /// First day and last (none: open); several spans may lead here, none at all: `else`.
    pub spans: Vec<(Date, Option<Date>)>,
    /// What it leads to.
    pub table: Table,
}

/// An open question of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its name; the label is the question.
    pub named: Named,
    /// Its answers, the default first.
    pub answers: EnumIx,
}

/// A definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    /// Its name.
    pub named: Named,
    /// What it stands for.
    pub body: DefineBody,
}

/// What a definition stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DefineBody {
    /// A condition or value, evaluated in the scope that asks.
    Value(Expr),
    /// A set of events: a view.
    Events(Vec<Pattern>),
}

/// A catalogue: a view of a kind of entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue {
    /// Its name.
    pub named: Named,
    /// The kind of entry that it sorts.
    pub event: EventIx,
    /// The field that gives the item.
    pub item: FieldIx,
    /// The field that gives the branch.
    pub branch: Option<FieldIx>,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a catalogue. The conditions of the catalogue are already part of its branches' own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The value of the item field.
    pub key: pol_model::Value,
    /// Its key and text, with its citations.
    pub named: Named,
    /// Its branches; an item without branches has one, whose key is none.
    pub branches: Vec<Branch>,
}

/// A branch of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The value of the branch field; none where the item has no branches.
    pub key: Option<pol_model::Value>,
    /// Its key and text, with its citations.
    pub named: Named,
    /// What an entry must satisfy: the `where` of branch, item or catalogue (the innermost), and
    /// every `if`, and none of the `unless`. None: every entry qualifies.
    pub condition: Option<Expr>,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Its name.
    pub named: Named,
    /// Its spans, both ends included; none as an end: open. Empty: from the register.
    pub spans: Vec<(Date, Option<Date>)>,
    /// True if its dates come from the register.
    pub from_register: bool,
}

/// A ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// Its name.
    pub named: Named,
    /// The kinds of subject that stand on it.
    pub subjects: Vec<KindIx>,
    /// Its statuses, the bottom one first.
    pub statuses: EnumIx,
}

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its name.
    pub named: Named,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Whom it meets, in words.
    pub concerns: Option<String>,
    /// True if some rule imposes it for a time or while a condition holds; else it is of a moment.
    pub lasts: bool,
}
