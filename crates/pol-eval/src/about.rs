//! Whom an entry is about.

use pol_calendar::Date;
use pol_model::{Entry, EntryBody, EventIx, MemberIx, Register, Value};
use pol_plan::{EventOf, Plan};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Plan and register, as far as they say whom an entry is about.
#[derive(Debug, Clone)]
pub(crate) struct About<'a> {
    plan: &'a Plan,
    register: &'a Register,
    /// The members by id, where some come with entries.
    ids: Arc<BTreeMap<Arc<str>, MemberIx>>,
}

impl<'a> About<'a> {
    /// For a plan and a register.
    pub(crate) fn of(plan: &'a Plan, register: &'a Register) -> Self {
        let come = plan.kinds.iter().any(|kind| kind.opened.is_some());
        let members = register.indices().filter(|_| come);
        let ids = members.map(|member| (register.member(member).id.clone(), member));
        Self {
            plan,
            register,
            ids: Arc::new(ids.collect()),
        }
    }

    /// The plan.
    pub(crate) const fn plan(&self) -> &'a Plan {
        self.plan
    }

    /// The register.
    pub(crate) const fn register(&self) -> &'a Register {
        self.register
    }

    /// Whom an entry is about: the subjects that it names, and the members that see it.
    pub(crate) fn subjects(&self, entry: &Entry) -> Vec<MemberIx> {
        let (event, of, fields) = match &entry.body {
            EntryBody::Event { event, of, fields } => (*event, of, fields),
            EntryBody::Decision { of, .. } => return vec![*of],
            EntryBody::Withdrawal { .. } => return Vec::new(),
        };
        let mut subjects: Vec<MemberIx> = of.clone();
        for value in fields.iter().flatten() {
            if let Value::Member(_) | Value::List(_) = value {
                subjects.extend(value.members());
            }
        }
        let terms = &self.plan.events[event.at()].of;
        self.onlookers(terms, of, entry.date, &mut subjects);
        self.opened_by(event, entry, &mut subjects);
        if subjects.len() > 1 {
            subjects.sort_unstable();
            subjects.dedup();
        }
        subjects
    }

    /// The members that come with an entry.
    fn opened_by(&self, event: EventIx, entry: &Entry, subjects: &mut Vec<MemberIx>) {
        let EntryBody::Event { fields, .. } = &entry.body else {
            return;
        };
        let kinds = self.plan.kinds.iter().filter_map(|kind| kind.opened);
        let ids = kinds
            .filter(|(opens, _)| *opens == event)
            .filter_map(|(_, field)| match field {
                None => entry.id.as_ref(),
                Some(field) => match fields.get(field.at()) {
                    Some(Some(Value::Text(id))) => Some(id),
                    _ => None,
                },
            });
        subjects.extend(ids.filter_map(|id| self.ids.get(id)));
    }

    /// The members that see an event `of every K`, or within a subject of `of K and every L`.
    fn onlookers(
        &self,
        terms: &[EventOf],
        of: &[MemberIx],
        date: Date,
        subjects: &mut Vec<MemberIx>,
    ) {
        if terms
            .iter()
            .all(|term| !term.every && term.and_every.is_none())
        {
            return;
        }
        let register = self.register;
        let sees = |member: MemberIx| {
            let kind = register.member(member).kind;
            terms.iter().any(|term| {
                let within = || register.outwards(member).any(|outer| of.contains(&outer));
                (term.every && kind == term.kind) || (term.and_every == Some(kind) && within())
            })
        };
        let belong = register
            .indices()
            .filter(|member| register.member(*member).belongs(date));
        subjects.extend(belong.filter(|member| sees(*member)));
    }
}
