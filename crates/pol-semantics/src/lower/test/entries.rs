//! The dated lines of a test: entries, withdrawals, decisions.

use super::Lowering;
use crate::findings;
use crate::hir::{Event, Field};
use crate::names::{Declared, Space};
use crate::nearest::nearest;
use pol_calendar::Date;
use pol_model::{BodyIx, Entry, EntryBody, EventIx, MemberIx, Origin, RuleIx, Value, Verdict};
use pol_syntax::ast::{self, Decision, EntryTail, Name, Node, Step, TestEntry};
use pol_syntax::{Diagnostic, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The ids of a test's lines: where each stands, and whether it withdraws.
type Ids<'t> = BTreeMap<&'t str, (Span, bool)>;

impl Lowering<'_> {
    /// The entries in the order of the lines, each with its place.
    pub(super) fn entries(&mut self, test: &ast::Test) -> (Vec<Entry>, Vec<Span>) {
        let ids = self.ids(test);
        let mut entries = Vec::new();
        let mut places = Vec::new();
        for step in &test.steps {
            let (date, time, tail, body) = match &step.value {
                Step::Given(_) | Step::Expect(_) => continue,
                Step::Entry(entry) => {
                    let body = self.event_body(entry);
                    (&entry.date, entry.time.as_ref(), &entry.tail, body)
                }
                Step::Withdrawal(withdrawal) => {
                    let target = self.target(&withdrawal.entry, &ids);
                    let body = target.map(|entry| EntryBody::Withdrawal { entry });
                    (&withdrawal.date, None, &withdrawal.tail, body)
                }
                Step::Decision(decision) => {
                    let body = self.decision_body(decision);
                    (&decision.date, None, &decision.tail, body)
                }
            };
            let instead_of = match &tail.instead_of {
                Some(corrected) => self.target(corrected, &ids),
                None => None,
            };
            let recorded = self.recorded(date, tail);
            let Some(body) = body else {
                continue;
            };
            places.push(step.span);
            entries.push(Entry {
                id: tail.id.as_ref().map(|id| Arc::from(id.value.as_str())),
                date: date.value,
                time: time.map(|time| time.value),
                recorded,
                body,
                instead_of,
                origin: Origin::default(),
            });
        }
        (entries, places)
    }

    fn ids<'t>(&mut self, test: &'t ast::Test) -> Ids<'t> {
        let mut ids = Ids::new();
        for step in &test.steps {
            let (tail, withdraws) = match &step.value {
                Step::Given(_) | Step::Expect(_) => continue,
                Step::Entry(entry) => (&entry.tail, false),
                Step::Withdrawal(withdrawal) => (&withdrawal.tail, true),
                Step::Decision(decision) => (&decision.tail, false),
            };
            if let Some(id) = &tail.id {
                match ids.get(id.value.as_str()) {
                    Some((first, _)) => self.findings.push(findings::listed_twice(id, *first)),
                    None => {
                        ids.insert(&id.value, (id.span, withdraws));
                    }
                }
            }
        }
        ids
    }

    /// The entry that a withdrawal or correction names. A withdrawal cannot be undone.
    fn target(&mut self, id: &Name, ids: &Ids<'_>) -> Option<Arc<str>> {
        match ids.get(id.value.as_str()) {
            Some((_, false)) => Some(Arc::from(id.value.as_str())),
            Some((first, true)) => {
                self.findings
                    .push(findings::withdraws_withdrawal(id, *first));
                None
            }
            None => {
                let near = nearest(&id.value, ids.keys().copied());
                self.findings.push(findings::no_such_entry(id, near));
                None
            }
        }
    }

    fn recorded(&mut self, date: &Node<Date>, tail: &EntryTail) -> Date {
        match &tail.recorded {
            Some(recorded) => {
                if recorded.value < date.value {
                    self.findings
                        .push(findings::recorded_before(recorded.span, date.span));
                }
                recorded.value
            }
            None => date.value,
        }
    }

    fn event_body(&mut self, entry: &TestEntry) -> Option<EntryBody> {
        let found = self.event(&entry.event);
        let event = self.keep(found)?;
        let declared = &self.policy.events[event.at()];
        let of = self.about(entry, declared);
        let record = entry
            .fields
            .iter()
            .map(|(name, values)| (name, values.as_slice()));
        let written = self.record(&declared.named.name, &declared.fields, record);
        let mut missing = Vec::new();
        let mut fields = Vec::new();
        for (at, field) in declared.fields.iter().enumerate() {
            fields.push(match written.iter().find(|(ix, _)| ix.at() == at) {
                Some((_, value)) => value.clone(),
                None => absent(field).unwrap_or_else(|()| {
                    missing.push(field.named.name.as_str());
                    None
                }),
            });
        }
        if !missing.is_empty() {
            self.findings.push(findings::lacks(
                &entry.event,
                &declared.named.name,
                &missing,
            ));
        }
        Some(EntryBody::Event { event, of, fields })
    }

    fn event(&self, name: &Name) -> Result<EventIx, Diagnostic> {
        self.named(
            Space::Term,
            name,
            ("an event", "事项"),
            |found| match found {
                Declared::Event(event) => Some(event),
                _ => None,
            },
        )
    }

    /// Whom an entry is about, besides the members that its fields name.
    fn about(&mut self, entry: &TestEntry, event: &Event) -> Vec<MemberIx> {
        let kinds: Vec<_> = event
            .of
            .iter()
            .filter(|of| !of.every)
            .map(|of| of.kind)
            .collect();
        let known: Vec<_> = kinds.iter().map(|kind| self.kind_name(*kind)).collect();
        if kinds.is_empty() != entry.of.is_empty() {
            let finding = match entry.of.first() {
                None => findings::about_nobody(&entry.event, &known),
                Some(of) => findings::about_somebody(of, &entry.event.value),
            };
            self.findings.push(finding);
            return Vec::new();
        }
        let mut of = Vec::new();
        for id in &entry.of {
            let Some(member) = self.keep(self.member(id)) else {
                continue;
            };
            let kind = self.kind_of(member);
            if kinds.contains(&kind) {
                of.push(member);
            } else {
                let finding = findings::not_for(&entry.event, self.kind_name(kind), &known);
                self.findings.push(finding);
            }
        }
        of
    }

    fn decision_body(&mut self, decision: &Decision) -> Option<EntryBody> {
        let body = self.keep(self.body(&decision.body));
        let rule = match &decision.rule {
            Some(name) => Some(self.keep(self.rule(name))?),
            None => None,
        };
        let of = self.keep(self.member(&decision.of));
        if let (Some(body), Some(rule), Some(name)) = (body, rule, &decision.rule) {
            let declared = &self.policy.rules[rule.at()];
            if declared.decided_by != Some(body) {
                let decides = declared
                    .decided_by
                    .map(|body| &self.policy.bodies[body.at()]);
                let finding =
                    findings::does_not_decide(&decision.body, name, decides.map(|by| &*by.name));
                self.findings.push(finding);
            }
        }
        if let (Some(rule), Some(of), Some(name)) = (rule, of, &decision.rule) {
            self.reaches(rule, of, name);
        }
        Some(EntryBody::Decision {
            body: body?,
            rule,
            of: of?,
            verdict: if decision.approves {
                Verdict::Approve
            } else {
                Verdict::Decline
            },
        })
    }

    /// Reports that a rule is not for members of this one's kind, if it is not.
    pub(super) fn reaches(&mut self, rule: RuleIx, member: MemberIx, name: &Name) {
        let subjects = &self.policy.rules[rule.at()].subjects;
        let kind = self.kind_of(member);
        if !subjects.is_empty() && !subjects.contains(&kind) {
            let known: Vec<_> = subjects.iter().map(|kind| self.kind_name(*kind)).collect();
            let finding = findings::not_for(name, self.kind_name(kind), &known);
            self.findings.push(finding);
        }
    }

    fn body(&self, name: &Name) -> Result<BodyIx, Diagnostic> {
        self.named(Space::Who, name, ("a body", "机构"), |found| match found {
            Declared::Body(body) => Some(body),
            _ => None,
        })
    }

    pub(super) fn rule(&self, name: &Name) -> Result<RuleIx, Diagnostic> {
        self.named(Space::Rule, name, ("a rule", "规则"), |found| match found {
            Declared::Rule(rule) => Some(rule),
            _ => None,
        })
    }
}

/// What a field holds that an entry leaves out; an error where it must not.
fn absent(field: &Field) -> Result<Option<Value>, ()> {
    match &field.default {
        Some(default) => Ok(Some(default.clone())),
        None if field.several => Ok(Some(Value::List(Vec::new()))),
        None if field.optional => Ok(None),
        None => Err(()),
    }
}
