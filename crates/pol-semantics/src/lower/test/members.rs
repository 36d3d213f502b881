//! The members that a test gives, and those that come with its entries.

use super::Lowering;
use crate::findings;
use crate::hir::{Field, Kind, Type};
use crate::literal::constant;
use crate::names::{Declared, Space};
use crate::nearest::nearest;
use pol_calendar::Date;
use pol_model::{Dated, KindIx, LadderIx, Member, MemberIx, Membership, Standing, Value};
use pol_syntax::ast::{self, Expr, ExprKind, GivenMember, Name, Step, TestEntry};
use pol_syntax::{Diagnostic, Span};
use std::sync::Arc;

impl<'a> Lowering<'a> {
    /// Enters all members into the register: first those that are given, then those that entries
    /// bring. What lies within what is told last, so that the order of the lines does not matter.
    pub(super) fn members(&mut self, test: &ast::Test) {
        let mut within = Vec::new();
        for given in test.steps.iter().filter_map(|step| match &step.value {
            Step::Given(members) => Some(members),
            _ => None,
        }) {
            for member in given {
                if self.given_phase(member) {
                    continue;
                }
                let outer = self.given(member);
                within.extend(outer);
            }
        }
        for step in &test.steps {
            if let Step::Entry(entry) = &step.value {
                within.extend(self.brought(entry));
            }
        }
        for (inner, outer) in within {
            let found = self.member(&outer);
            if let Some(outer_ix) = self.keep(found) {
                self.lay_within(inner, &outer, outer_ix);
            }
        }
    }

    /// The member of an id, or the finding that it is not given.
    pub(super) fn member(&self, id: &Name) -> Result<MemberIx, Diagnostic> {
        self.register.find(&id.value).ok_or_else(|| {
            let known = self.register.members.iter().map(|member| &*member.id);
            findings::not_given(id, nearest(&id.value, known))
        })
    }

    /// The kind of a member.
    pub(super) fn kind_of(&self, member: MemberIx) -> KindIx {
        self.register.member(member).kind
    }

    fn given(&mut self, given: &GivenMember) -> Option<(MemberIx, Name)> {
        let kind = self.keep(self.kind(&given.kind))?;
        let id = &given.id;
        if let Some(first) = self.declared.get(&id.value) {
            self.findings.push(findings::listed_twice(id, *first));
            return None;
        }
        let declared = &self.policy.kinds[kind.at()];
        let attributes = self.attributes(declared, given);
        let standings = self.standings(kind, given);
        let member = Member {
            id: Arc::from(id.value.as_str()),
            kind,
            name: None,
            within: None,
            memberships: Vec::new(),
            attributes,
            standings,
        };
        let ix = self.enter(member, id.span)?;
        given.within.clone().map(|outer| (ix, outer))
    }

    fn kind(&self, name: &Name) -> Result<KindIx, Diagnostic> {
        let wanted = ("a kind of subject", "对象");
        self.named(Space::Who, name, wanted, |found| match found {
            Declared::Kind(kind) => Some(kind),
            _ => None,
        })
    }

    /// The values of a kind's attributes: given, by default, or absent.
    fn attributes(&mut self, kind: &Kind, given: &GivenMember) -> Vec<Vec<Dated<Option<Value>>>> {
        let mut missing = Vec::new();
        let mut values = Vec::new();
        for attribute in &kind.attributes {
            let named =
                |field: &&ast::GivenField| !field.since && field.name.value == attribute.named.name;
            let mut found = given.fields.iter().filter(named);
            let value = match found.next() {
                Some(field) => {
                    let value = self.value(attribute, std::slice::from_ref(&field.value));
                    self.keep(value)
                }
                None if attribute.default.is_some() => attribute.default.clone(),
                None => {
                    if !attribute.optional && !attribute.several {
                        missing.push(attribute.named.name.as_str());
                    }
                    None
                }
            };
            for again in found {
                self.findings
                    .push(findings::given_twice(&again.name, given.id.span));
            }
            values.push(value.map_or_else(Vec::new, |value| {
                vec![Dated {
                    from: None,
                    value: Some(value),
                }]
            }));
        }
        if !missing.is_empty() {
            self.findings
                .push(findings::lacks(&given.id, &kind.named.name, &missing));
        }
        values
    }

    /// The standings that a member had before: `card = yellow, card since = 2023-07-01`.
    fn standings(&mut self, kind: KindIx, given: &GivenMember) -> Vec<Standing> {
        let declared = &self.policy.kinds[kind.at()];
        let mut standings: Vec<Standing> = Vec::new();
        let mut since: Vec<(LadderIx, &Name, Date)> = Vec::new();
        for field in &given.fields {
            let is_attribute = |attribute: &Field| attribute.named.name == field.name.value;
            if !field.since && declared.attributes.iter().any(is_attribute) {
                continue;
            }
            let Some(ladder) = self.keep(self.ladder_of(kind, &field.name)) else {
                continue;
            };
            if field.since {
                if let Some(day) = self.keep(self.day(&field.value)) {
                    since.push((ladder, &field.name, day));
                }
            } else if let Some(status) = self.keep(self.status(ladder, &field.value)) {
                if standings.iter().any(|standing| standing.ladder == ladder) {
                    self.findings
                        .push(findings::given_twice(&field.name, given.id.span));
                    continue;
                }
                standings.push(Standing {
                    ladder,
                    status,
                    since: None,
                });
            }
        }
        for (ladder, name, date) in since {
            match standings.iter_mut().find(|of| of.ladder == ladder) {
                Some(standing) => standing.since = Some(date),
                None => self.findings.push(findings::since_of_nothing(name)),
            }
        }
        standings
    }

    /// A ladder on which members of a kind stand.
    fn ladder_of(&self, kind: KindIx, name: &Name) -> Result<LadderIx, Diagnostic> {
        if let Some(Declared::Ladder(ladder)) = self.names.find(Space::Term, &name.value) {
            self.stands_on(kind, ladder, name)?;
            return Ok(ladder);
        }
        let of = &self.policy.kinds[kind.at()];
        let attributes = of.attributes.iter().map(|attribute| &attribute.named.name);
        let ladders = self.policy.ladders.iter().map(|ladder| &ladder.named.name);
        let known: Vec<&str> = attributes.chain(ladders).map(String::as_str).collect();
        let near = nearest(&name.value, known.iter().copied());
        Err(findings::unknown_field(name, &of.named.name, &known, near))
    }

    /// The finding that members of a kind do not stand on a ladder, if they do not.
    pub(super) fn stands_on(
        &self,
        kind: KindIx,
        ladder: LadderIx,
        name: &Name,
    ) -> Result<(), Diagnostic> {
        let subjects = &self.policy.ladders[ladder.at()].subjects;
        if subjects.is_empty() || subjects.contains(&kind) {
            return Ok(());
        }
        let known: Vec<_> = subjects.iter().map(|kind| self.kind_name(*kind)).collect();
        Err(findings::not_for(name, self.kind_name(kind), &known))
    }

    /// A status of a ladder, by name.
    pub(super) fn status(&self, ladder: LadderIx, value: &Expr) -> Result<u16, Diagnostic> {
        let wanted = Type::Enum(self.policy.ladders[ladder.at()].statuses);
        match constant(self.policy, self.names, value, wanted)? {
            Value::Symbol(_, status) => Ok(status),
            _ => Err(findings::not_fixed(self.policy, value.span, wanted)),
        }
    }

    pub(super) fn day(&self, value: &Expr) -> Result<Date, Diagnostic> {
        let day = constant(self.policy, self.names, value, Type::Date)?;
        day.as_date()
            .ok_or_else(|| findings::not_fixed(self.policy, value.span, Type::Date))
    }

    pub(super) fn kind_name(&self, kind: KindIx) -> &'a str {
        &self.policy.kinds[kind.at()].named.name
    }

    /// The members that an entry brings: those of kinds that are `opened by` it.
    fn brought(&mut self, entry: &TestEntry) -> Vec<(MemberIx, Name)> {
        let Some(Declared::Event(event)) = self.names.find(Space::Term, &entry.event.value) else {
            return Vec::new();
        };
        let mut within = Vec::new();
        for (ix, kind) in (0..).map(KindIx).zip(&self.policy.kinds) {
            let Some((_, field)) = kind.opened.filter(|(opens, _)| *opens == event) else {
                continue;
            };
            let id = match field {
                None => entry.tail.id.clone(),
                Some(field) => {
                    let field = &self.policy.events[event.at()].fields[field.at()].named.name;
                    let given = entry.fields.iter().find(|(name, _)| name.value == *field);
                    given.and_then(|(_, values)| values.first()).and_then(id_in)
                }
            };
            let Some(id) = id else {
                if field.is_none() {
                    self.findings
                        .push(findings::opens_without_id(&entry.event, &kind.named.name));
                }
                continue;
            };
            if self.declared.contains_key(&id.value) {
                continue;
            }
            let defaults = kind.attributes.iter().map(|attribute| {
                let value = attribute.default.clone();
                value.map_or_else(Vec::new, |value| {
                    vec![Dated {
                        from: None,
                        value: Some(value),
                    }]
                })
            });
            let member = Member {
                id: Arc::from(id.value.as_str()),
                kind: ix,
                name: None,
                within: None,
                memberships: vec![Membership {
                    from: Some(entry.date.value),
                    until: None,
                }],
                attributes: defaults.collect(),
                standings: Vec::new(),
            };
            let inner = self.enter(member, id.span);
            let outer = entry.of.first().filter(|_| kind.within.is_some());
            within.extend(inner.zip(outer.cloned()));
        }
        within
    }

    fn enter(&mut self, member: Member, span: Span) -> Option<MemberIx> {
        let ix = MemberIx(u32::try_from(self.register.members.len()).ok()?);
        self.declared.insert(member.id.to_string(), span);
        self.register.members.push(member);
        Some(ix)
    }

    fn lay_within(&mut self, inner: MemberIx, outer: &Name, outer_ix: MemberIx) {
        let (kind, outer_kind) = (self.kind_of(inner), self.kind_of(outer_ix));
        if self.policy.kinds[kind.at()].within == Some(outer_kind) {
            self.register.members[inner.at()].within = Some(outer_ix);
        } else {
            let known: Vec<_> = self.policy.kinds[kind.at()]
                .within
                .map(|within| self.kind_name(within))
                .into_iter()
                .collect();
            let finding = findings::not_within(
                outer,
                self.kind_name(kind),
                self.kind_name(outer_kind),
                &known,
            );
            self.findings.push(finding);
        }
    }
}

/// The id that a value names.
fn id_in(value: &Expr) -> Option<Name> {
    match &value.value {
        ExprKind::Name(id) | ExprKind::Text(id) => Some(Name::new(id.clone(), value.span)),
        _ => None,
    }
}
