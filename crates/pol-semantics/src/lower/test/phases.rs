//! The phases that a test supposes: `given phase campaign { from = D, to = D }`.
//!
//! They stand for what a register says of a phase `from register`; several of one name are several
//! spans. A kind of subject called `phase` wins.

use super::Lowering;
use crate::findings;
use crate::names::{Declared, Space};
use pol_calendar::Date;
use pol_model::PhaseIx;
use pol_syntax::ast::{GivenMember, Name};

/// What a phase is called here, in either spelling.
const KIND: [&str; 2] = ["phase", "阶段"];
const FROM: [&str; 2] = ["from", "首日"];
const TO: [&str; 2] = ["to", "末日"];

impl Lowering<'_> {
    /// Takes what is given as a phase; false if it is a member.
    pub(super) fn given_phase(&mut self, given: &GivenMember) -> bool {
        let kind = given.kind.value.as_str();
        if !KIND.contains(&kind) || !self.names.all(Space::Who, kind).is_empty() {
            return false;
        }
        let wanted = ("a phase `from register`", "`取自 名册`的阶段");
        let phase = self.named(Space::Term, &given.id, wanted, |found| match found {
            Declared::Phase(phase) if self.policy.phases[phase.at()].from_register => Some(phase),
            _ => None,
        });
        let span = self.span_of(given);
        if let (Some(phase), Some(span)) = (self.keep(phase), span) {
            self.lay_phase(phase, span);
        }
        true
    }

    fn span_of(&mut self, given: &GivenMember) -> Option<(Date, Option<Date>)> {
        let (mut from, mut to): (Option<(Date, _)>, Option<(Date, _)>) = (None, None);
        let mut whole = true;
        for field in &given.fields {
            let name: &Name = &field.name;
            let place = if FROM.contains(&name.value.as_str()) && !field.since {
                &mut from
            } else if TO.contains(&name.value.as_str()) && !field.since {
                &mut to
            } else {
                let known = FROM.into_iter().chain(TO);
                let near = crate::nearest::nearest(&name.value, known);
                let mut finding =
                    findings::unknown(name, ("an end of a phase", "阶段的起止"), near);
                if near.is_none() {
                    finding = finding.with_help(pol_syntax::Text::new(
                        "a phase has its first day in `from` and its last in `to`",
                        "阶段的首日写`首日`，末日写`末日`",
                    ));
                }
                self.findings.push(finding);
                whole = false;
                continue;
            };
            if place.is_some() {
                self.findings
                    .push(findings::given_twice(name, given.id.span));
                whole = false;
                continue;
            }
            match self.day(&field.value) {
                Ok(day) => *place = Some((day, field.value.span)),
                Err(finding) => {
                    self.findings.push(finding);
                    whole = false;
                }
            }
        }
        if let (Some((first, first_span)), Some((last, last_span))) = (from, to)
            && last < first
        {
            self.findings
                .push(findings::backwards(first_span, last_span));
            return None;
        }
        match from {
            Some((first, _)) if whole => Some((first, to.map(|(last, _)| last))),
            None if whole => {
                let kind = &given.kind.value;
                self.findings
                    .push(findings::lacks(&given.id, kind, &["from"]));
                None
            }
            _ => None,
        }
    }

    fn lay_phase(&mut self, phase: PhaseIx, span: (Date, Option<Date>)) {
        let spans = self.register.phases.entry(phase).or_default();
        spans.push(span);
        spans.sort_unstable();
    }
}
