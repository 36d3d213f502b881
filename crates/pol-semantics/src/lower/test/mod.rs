//! Tests inside a policy: from their lines to a register, entries and expectations.
//!
//! Promises: what a test supposes and enters is checked as a register and a ledger would be, and
//! every mistake is reported at its place, all at once. Refuses: to know what a run makes of it.
//! Values must be fixed ones; nothing is worked out here.

mod entries;
mod expectations;
mod members;
mod phases;
mod values;

use crate::findings;
use crate::hir::{Policy, Test};
use crate::names::{Declared, Names, Space};
use crate::nearest::nearest;
use pol_calendar::Date;
use pol_model::Register;
use pol_syntax::ast::{self, Name, Node, Step};
use pol_syntax::{Diagnostic, Span};
use std::collections::BTreeMap;

/// A test of a policy that is lowered but for its tests, with the mistakes that were found. With a
/// mistake among them the test is not whole, and must not be run.
pub(crate) fn lower(policy: &Policy, names: &Names, test: &ast::Test) -> (Test, Vec<Diagnostic>) {
    let mut lowering = Lowering {
        policy,
        names,
        register: Register::default(),
        declared: BTreeMap::new(),
        findings: Vec::new(),
    };
    lowering.members(test);
    let (entries, places) = lowering.entries(test);
    let expectations = lowering.expectations(test);
    if expectations.is_empty() && lowering.findings.is_empty() {
        lowering
            .findings
            .push(findings::expects_nothing(&test.label));
    }
    let test = Test {
        label: test.label.value.clone(),
        span: test.label.span,
        register: lowering.register,
        entries,
        places,
        expectations,
        as_of: last_day(test).unwrap_or(policy.effective),
    };
    (test, lowering.findings)
}

/// What the parts of the lowering share.
struct Lowering<'a> {
    policy: &'a Policy,
    names: &'a Names,
    register: Register,
    /// Where each member was given, by id.
    declared: BTreeMap<String, Span>,
    findings: Vec<Diagnostic>,
}

impl Lowering<'_> {
    /// What a name stands for in a space, if it is what is wanted.
    fn named<T>(
        &self,
        space: Space,
        name: &Name,
        wanted: findings::Wanted,
        take: impl Fn(Declared) -> Option<T>,
    ) -> Result<T, Diagnostic> {
        let Some(place) = self.names.all(space, &name.value).first() else {
            let known = self
                .names
                .of_space(space)
                .filter(|(_, place)| take(place.declared).is_some())
                .map(|(name, _)| name);
            return Err(findings::unknown(name, wanted, nearest(&name.value, known)));
        };
        take(place.declared).ok_or_else(|| findings::wrong_sort(name, *place, wanted))
    }

    /// The value, or nothing and a finding more.
    fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|finding| self.findings.push(finding)).ok()
    }
}

/// The last day that a line or an expectation stands under. Dates inside of records do not count.
fn last_day(test: &ast::Test) -> Option<Date> {
    test.steps
        .iter()
        .flat_map(|step| {
            let (date, tail) = match &step.value {
                Step::Given(_) => (None, None),
                Step::Entry(entry) => (Some(&entry.date), Some(&entry.tail)),
                Step::Withdrawal(withdrawal) => (Some(&withdrawal.date), Some(&withdrawal.tail)),
                Step::Decision(decision) => (Some(&decision.date), Some(&decision.tail)),
                Step::Expect(expect) => (expect.date.as_ref(), None),
            };
            date.into_iter()
                .chain(tail.and_then(|tail| tail.recorded.as_ref()))
        })
        .map(|date: &Node<Date>| date.value)
        .max()
}
