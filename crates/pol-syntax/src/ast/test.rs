//! Tests inside a policy: members, dated entries, and what is expected.

use super::{ActState, Expr, Name, Node, Quoted};
use chrono::{NaiveDate, NaiveTime};

/// `test "…"`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// What it shows.
    pub label: Quoted,
    /// Its lines, in order.
    pub steps: Vec<Node<Step>>,
}

/// One line of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `given township T01 { class = second }, township T02 …`.
    Given(Vec<GivenMember>),
    /// `2023-09-04 inspection of T01 { … } as e1 recorded 2023-09-06 instead of e0`.
    Entry(TestEntry),
    /// `2023-09-04 withdrawn e1`.
    Withdrawal(Withdrawal),
    /// `2023-10-12 leading_group approves RULE of T01`.
    Decision(Decision),
    /// `expect …`.
    Expect(Expect),
}

/// A member that a test supposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenMember {
    /// Its kind.
    pub kind: Name,
    /// Its id.
    pub id: Name,
    /// The member that it lies within.
    pub within: Option<Name>,
    /// Attributes, a standing (`card = yellow`) and its start (`card since = 2023-07-01`).
    pub fields: Vec<GivenField>,
}

/// A value that a test supposes of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenField {
    /// The attribute or ladder.
    pub name: Name,
    /// `card since`.
    pub since: bool,
    /// The value.
    pub value: Expr,
}

/// An entry of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestEntry {
    /// The day it happened.
    pub date: Node<NaiveDate>,
    /// The time, which only orders entries of one day.
    pub time: Option<Node<NaiveTime>>,
    /// The kind of entry.
    pub event: Name,
    /// `of T01, T02`.
    pub of: Vec<Name>,
    /// Its fields; a field of several values has a list.
    pub fields: Vec<(Name, Vec<Expr>)>,
    /// What stands behind it.
    pub tail: EntryTail,
}

/// What may stand behind an entry of a test.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryTail {
    /// `as e1`.
    pub id: Option<Name>,
    /// `recorded D`.
    pub recorded: Option<Node<NaiveDate>>,
    /// `instead of e0`.
    pub instead_of: Option<Name>,
}

/// `2023-12-01 withdrawn e1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The day of the withdrawal.
    pub date: Node<NaiveDate>,
    /// The id of the entry that is withdrawn.
    pub entry: Name,
    /// What stands behind it.
    pub tail: EntryTail,
}

/// A body's decision in a test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The day of the decision.
    pub date: Node<NaiveDate>,
    /// Who decides.
    pub body: Name,
    /// Approves or declines.
    pub approves: bool,
    /// The rule; none where the subject has one open proposal of that body.
    pub rule: Option<Name>,
    /// The subject.
    pub of: Name,
    /// What stands behind it.
    pub tail: EntryTail,
}

/// `expect [no] [on] D …`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expect {
    /// The day; none: any day of the test.
    pub date: Option<Node<NaiveDate>>,
    /// What is expected.
    pub items: Vec<Node<ExpectItem>>,
}

/// One thing that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectItem {
    /// `no`: it must not be so.
    pub no: bool,
    /// A status, outcome, event, duty, ladder or rule.
    pub name: Name,
    /// Whose; none: of any subject.
    pub of: Option<Name>,
    /// What about it.
    pub check: Check,
}

/// What is expected of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// It happens on the day: a status is issued, an outcome is imposed, an event is born.
    Happens(Vec<(Name, Expr)>),
    /// `monthly_report missed`, `yellow lost`.
    State(ActState),
    /// `card of T01 is red`: the standing at the day's end.
    Is(Expr),
    /// `promotion_freeze of T01 in force`.
    InForce,
    /// `RULE proposed of T01`: a proposal is opened or renewed.
    Proposed,
    /// `RULE undetermined of T01`.
    Undetermined,
}
