//! What a test expects.

use super::Lowering;
use crate::findings;
use crate::hir::{ActState, Check, Expectation, Field};
use crate::names::{Declared, Space};
use pol_model::{FieldIx, LadderIx, MemberIx, RuleIx, Value};
use pol_syntax::ast::{self, ExpectItem, Expr, Name, Step};

impl Lowering<'_> {
    /// The expectations in the order of the text.
    pub(super) fn expectations(&mut self, test: &ast::Test) -> Vec<Expectation> {
        let mut expectations = Vec::new();
        for step in &test.steps {
            let Step::Expect(expect) = &step.value else {
                continue;
            };
            for item in &expect.items {
                let subject = match &item.value.of {
                    Some(id) => match self.keep(self.member(id)) {
                        Some(member) => Some(member),
                        None => continue,
                    },
                    None => None,
                };
                if let Some(check) = self.check(&item.value, subject) {
                    expectations.push(Expectation {
                        date: expect.date.as_ref().map(|date| date.value),
                        no: item.value.no,
                        subject,
                        check,
                        span: item.span,
                    });
                }
            }
        }
        expectations
    }

    fn check(&mut self, item: &ExpectItem, subject: Option<MemberIx>) -> Option<Check> {
        let name = &item.name;
        match &item.check {
            ast::Check::Happens(fields) => self.happens(item, fields, subject),
            ast::Check::State(state) => self.becomes(item, *state, subject),
            ast::Check::Is(value) => {
                let wanted = ("a ladder", "阶梯");
                let ladder = self.named(Space::Term, name, wanted, |found| match found {
                    Declared::Ladder(ladder) => Some(ladder),
                    _ => None,
                });
                let ladder = self.keep(ladder)?;
                self.on_ladder(item, ladder, subject);
                let status = self.status(ladder, value);
                Some(Check::Standing(ladder, self.keep(status)?))
            }
            ast::Check::InForce => {
                let wanted = ("an outcome", "结果");
                let outcome = self.named(Space::Term, name, wanted, |found| match found {
                    Declared::Outcome(outcome) => Some(outcome),
                    _ => None,
                });
                Some(Check::InForce(self.keep(outcome)?))
            }
            ast::Check::Proposed => {
                let rule = self.expected_rule(name, subject, item.no)?;
                if self.policy.rules[rule.at()].decided_by.is_none() {
                    self.findings.push(findings::never_proposed(name));
                    return None;
                }
                Some(Check::Proposed(rule))
            }
            ast::Check::Undetermined => {
                let rule = self.expected_rule(name, subject, item.no)?;
                Some(Check::Undetermined(rule))
            }
        }
    }

    fn expected_rule(
        &mut self,
        name: &Name,
        subject: Option<MemberIx>,
        no: bool,
    ) -> Option<RuleIx> {
        let rule = self.keep(self.rule(name))?;
        if let (Some(subject), false) = (subject, no) {
            self.reaches(rule, subject, name);
        }
        Some(rule)
    }

    fn happens(
        &mut self,
        item: &ExpectItem,
        fields: &[(Name, Expr)],
        subject: Option<MemberIx>,
    ) -> Option<Check> {
        let name = &item.name;
        let wanted = ("a status, outcome or event", "状态、结果或事项");
        if self.names.all(Space::Term, &name.value).is_empty()
            && self.names.find(Space::Rule, &name.value).is_some()
        {
            self.findings.push(findings::rule_says_nothing(name));
            return None;
        }
        let found = self.named(Space::Term, name, wanted, |found| match found {
            Declared::Status(..)
            | Declared::Outcome(_)
            | Declared::Event(_)
            | Declared::Duty(_)
            | Declared::Ladder(_) => Some(found),
            _ => None,
        });
        match self.keep(found)? {
            Declared::Outcome(outcome) => {
                let declared = &self.policy.outcomes[outcome.at()].fields;
                let values = self.expected_fields(&name.value, declared, fields);
                Some(Check::Outcome(outcome, values))
            }
            Declared::Event(event) => {
                let declared = &self.policy.events[event.at()].fields;
                let values = self.expected_fields(&name.value, declared, fields);
                Some(Check::Event(event, values))
            }
            Declared::Duty(_) => {
                self.findings.push(findings::duty_says_nothing(name));
                None
            }
            Declared::Ladder(_) => {
                self.findings.push(findings::ladder_says_nothing(name));
                None
            }
            _ => {
                let (ladder, status) = self.expected_status(item, subject)?;
                if !fields.is_empty() {
                    self.findings.push(findings::status_with_fields(name));
                }
                Some(Check::Status(ladder, status))
            }
        }
    }

    fn becomes(
        &mut self,
        item: &ExpectItem,
        state: ActState,
        subject: Option<MemberIx>,
    ) -> Option<Check> {
        let name = &item.name;
        let wanted = if state == ActState::Lost {
            ("a status, outcome or duty", "状态、结果或职责")
        } else {
            ("a duty", "职责")
        };
        let found = self.named(Space::Term, name, wanted, |found| match found {
            Declared::Duty(_) => Some(found),
            Declared::Outcome(_) | Declared::Status(..) if state == ActState::Lost => Some(found),
            _ => None,
        });
        match self.keep(found)? {
            Declared::Duty(duty) => Some(Check::Duty(duty, state)),
            Declared::Outcome(outcome) => Some(Check::OutcomeLost(outcome)),
            _ => {
                let (ladder, status) = self.expected_status(item, subject)?;
                Some(Check::StatusLost(ladder, status))
            }
        }
    }

    /// The status of the subject's ladder, where several ladders have one of this name.
    fn expected_status(
        &mut self,
        item: &ExpectItem,
        subject: Option<MemberIx>,
    ) -> Option<(LadderIx, u16)> {
        let name = &item.name;
        let places = self.names.all(Space::Term, &name.value);
        let statuses: Vec<_> = places
            .iter()
            .filter_map(|place| match place.declared {
                Declared::Status(ladder, status) => Some((ladder, status)),
                _ => None,
            })
            .collect();
        let kind = subject.map(|subject| self.kind_of(subject));
        let fitting: Vec<_> = statuses
            .iter()
            .filter(|(ladder, _)| {
                kind.is_none_or(|kind| self.stands_on(kind, *ladder, name).is_ok())
            })
            .collect();
        match (fitting.as_slice(), statuses.as_slice()) {
            ([one], _) => Some(**one),
            ([], [first, ..]) => {
                self.on_ladder(item, first.0, subject);
                Some(*first)
            }
            _ => {
                let ladders = fitting.iter().map(|(ladder, _)| {
                    let ladder = &self.policy.ladders[ladder.at()];
                    ladder.named.name.as_str()
                });
                let ladders: Vec<_> = ladders.collect();
                self.findings.push(findings::ambiguous(name, &ladders));
                None
            }
        }
    }

    /// Reports that the subject does not stand on the ladder. That something of it does not happen
    /// may be expected all the same.
    fn on_ladder(&mut self, item: &ExpectItem, ladder: LadderIx, subject: Option<MemberIx>) {
        if let (Some(subject), false) = (subject, item.no) {
            let stands = self.stands_on(self.kind_of(subject), ladder, &item.name);
            self.keep(stands);
        }
    }

    fn expected_fields(
        &mut self,
        of: &str,
        declared: &[Field],
        fields: &[(Name, Expr)],
    ) -> Vec<(FieldIx, Value)> {
        let record = fields
            .iter()
            .map(|(name, value)| (name, std::slice::from_ref(value)));
        self.record(of, declared, record)
            .into_iter()
            .filter_map(|(ix, value)| Some((ix, value?)))
            .collect()
    }
}
