//! Tests inside a policy, ready to run: the register and ledger that they suppose, and what they
//! expect.

use super::ActState;
use pol_calendar::Date;
use pol_model::{
    DutyIx, Entry, EventIx, FieldIx, LadderIx, MemberIx, OutcomeIx, Register, RuleIx, Value,
};
use pol_syntax::Span;

/// A test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// What it shows.
    pub label: String,
    /// Where its label stands.
    pub span: Span,
    /// The members that it supposes.
    pub register: Register,
    /// Its entries, whose origin is empty: they stand at `places`.
    pub entries: Vec<Entry>,
    /// Where each entry stands in the policy.
    pub places: Vec<Span>,
    /// What it expects.
    pub expectations: Vec<Expectation>,
    /// The last day that it speaks of: the run goes through it.
    pub as_of: Date,
}

/// One expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The day; none: any day of the test.
    pub date: Option<Date>,
    /// True if it must not be so.
    pub no: bool,
    /// Whose; none: of any subject.
    pub subject: Option<MemberIx>,
    /// What.
    pub check: Check,
    /// Where it stands.
    pub span: Span,
}

/// What is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// A status is issued.
    Status(LadderIx, u16),
    /// An outcome is imposed or begins, with these fields.
    Outcome(OutcomeIx, Vec<(FieldIx, Value)>),
    /// A derived event is born.
    Event(EventIx, Vec<(FieldIx, Value)>),
    /// Something becomes of a duty.
    Duty(DutyIx, ActState),
    /// The basis of a status is lost.
    StatusLost(LadderIx, u16),
    /// The basis of an outcome is lost.
    OutcomeLost(OutcomeIx),
    /// The standing at the day's end.
    Standing(LadderIx, u16),
    /// An outcome is in force at the day's end.
    InForce(OutcomeIx),
    /// A proposal is opened or renewed.
    Proposed(RuleIx),
    /// A rule is undetermined.
    Undetermined(RuleIx),
}
