//! The register: who there is, with typed attributes and typed ids.

use crate::declared::{Declared, Ladder};
use crate::entry::Row;
use crate::fault::Error;
use crate::id::{Id, Kind, StandsOn};
use crate::policy::{Policy, Subjects};
use pol_calendar::{Date, in_range};
use pol_model::{
    self as model, Dated, Entry, EntryBody, KindIx, LadderIx, MemberIx, Membership, PhaseIx,
    Standing, Value,
};
use pol_plan::FieldType;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// All members of a policy's kinds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register<P> {
    model: model::Register,
    by_id: BTreeMap<Arc<str>, MemberIx>,
    policy: PhantomData<P>,
}

/// A member to be put into a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member<K: Kind> {
    id: Arc<str>,
    name: Option<Arc<str>>,
    within: Option<Id<K::Within>>,
    memberships: Vec<Membership>,
    attributes: Vec<Vec<Dated<Option<Value>>>>,
    standings: Vec<Standing>,
}

impl<K: Kind> Member<K> {
    /// A member that always belongs, with attributes that stay.
    pub fn new(id: impl Into<Arc<str>>, attributes: K) -> Self {
        let values = attributes.into_values().into_iter();
        let since_ever = |value| vec![Dated { from: None, value }];
        Self {
            id: id.into(),
            name: None,
            within: None,
            memberships: Vec::new(),
            attributes: values.map(since_ever).collect(),
            standings: Vec::new(),
        }
    }

    /// With a display name.
    #[must_use]
    pub fn name(self, name: impl Into<Arc<str>>) -> Self {
        let name = Some(name.into());
        Self { name, ..self }
    }

    /// Within another member.
    #[must_use]
    pub fn within(self, outer: Id<K::Within>) -> Self {
        let within = Some(outer);
        Self { within, ..self }
    }

    /// Belonging from a day to another, both included; none: from ever, to this day. May be said
    /// several times.
    #[must_use]
    pub fn belonging(mut self, from: Option<Date>, until: Option<Date>) -> Self {
        self.memberships.push(Membership { from, until });
        self
    }

    /// With other attributes from a day on. To be said in order of the days.
    #[must_use]
    pub fn from(mut self, day: Date, attributes: K) -> Self {
        let values = attributes.into_values();
        for (dated, value) in self.attributes.iter_mut().zip(values) {
            let from = Some(day);
            dated.push(Dated { from, value });
        }
        self
    }

    /// With a standing from before the record begins; none: since the day that the member or the
    /// policy starts.
    #[must_use]
    pub fn standing<L: Ladder>(mut self, status: L, since: Option<Date>) -> Self
    where
        K: StandsOn<L>,
    {
        let ladder: LadderIx = L::LADDER;
        self.standings.retain(|standing| standing.ladder != ladder);
        // The bottom status is no standing.
        if status.place() > 0 {
            self.standings.push(Standing {
                ladder,
                status: status.place(),
                since,
            });
        }
        self
    }
}

/// Why a member is not put into a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RegisterError {
    /// The id is another member's.
    RepeatedId(Arc<str>),
    /// The member that it lies within belongs to another register.
    Stranger(Arc<str>),
    /// There are as many members as a register can have.
    Full,
}

impl RegisterError {
    /// What is wrong, in Chinese; [`fmt::Display`] says it in English.
    pub fn in_chinese(&self) -> String {
        match self {
            Self::RepeatedId(id) => format!("编号`{id}`已经属于另一个对象"),
            Self::Stranger(id) => format!("`{id}`隶属的对象不在这份名册中"),
            Self::Full => "名册中的对象已达上限".to_owned(),
        }
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RepeatedId(id) => write!(f, "the id `{id}` is another member's"),
            Self::Stranger(id) => {
                write!(
                    f,
                    "`{id}` lies within a member that is not in this register"
                )
            }
            Self::Full => f.write_str("a register can have no more members"),
        }
    }
}

impl std::error::Error for RegisterError {}

impl<P> Default for Register<P> {
    fn default() -> Self {
        Self {
            model: model::Register::default(),
            by_id: BTreeMap::new(),
            policy: PhantomData,
        }
    }
}

impl<P: Policy> Register<P> {
    /// A register without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a member into it.
    ///
    /// # Errors
    /// The id is another member's, or what it lies within is of another register.
    pub fn add<K: Kind>(&mut self, member: Member<K>) -> Result<Id<K>, RegisterError> {
        let within = member.within.map(Id::member);
        let lies = |outer: MemberIx| self.kind(outer) == Some(<K::Within as Kind>::KIND);
        if !within.is_none_or(lies) {
            return Err(RegisterError::Stranger(member.id));
        }
        let place = self.insert(model::Member {
            id: member.id,
            kind: K::KIND,
            name: member.name,
            within,
            memberships: member.memberships,
            attributes: member.attributes,
            standings: member.standings,
        })?;
        Ok(Id::new(place))
    }

    fn insert(&mut self, member: model::Member) -> Result<MemberIx, RegisterError> {
        if self.by_id.contains_key(&member.id) {
            return Err(RegisterError::RepeatedId(member.id));
        }
        let place = u32::try_from(self.model.members.len()).map_err(|_| RegisterError::Full)?;
        let place = MemberIx(place);
        self.by_id.insert(Arc::clone(&member.id), place);
        self.model.members.push(member);
        Ok(place)
    }

    /// Gives a phase whose dates come from the register a span, both ends included; none as its end:
    /// open.
    pub fn phase(&mut self, phase: P::Phase, from: Date, until: Option<Date>) {
        let spans = self.model.phases.entry(PhaseIx(phase.place())).or_default();
        spans.push((from, until));
        spans.sort_unstable();
    }

    /// Puts the members into it that come with a row: subjects that are `opened by` its kind. A run
    /// knows the members that were there when it started.
    ///
    /// # Errors
    /// There are as many members as a register can have, or the crate's plan cannot be read.
    pub fn come_with(&mut self, row: &Row<P::Entry>) -> Result<(), Error> {
        let plan = P::program().plan()?;
        let entry = row.clone().into_model();
        let EntryBody::Event { event, of, fields } = &entry.body else {
            return Ok(());
        };
        for (kind, declared) in (0_u16..).map(KindIx).zip(&plan.kinds) {
            let id = match declared.opened {
                Some((opens, None)) if opens == *event => entry.id.clone(),
                Some((opens, Some(field))) if opens == *event => {
                    match fields.get(field.at()).and_then(Option::as_ref) {
                        Some(Value::Text(id)) => Some(Arc::clone(id)),
                        _ => None,
                    }
                }
                _ => None,
            };
            let Some(id) = id.filter(|id| !self.by_id.contains_key(id)) else {
                continue;
            };
            let defaults = P::defaults(kind).into_iter();
            let dated = |value: Option<Value>| Dated { from: None, value };
            let outer = P::within(kind);
            let within = of.first().copied();
            self.insert(model::Member {
                id,
                kind,
                name: None,
                within: within.filter(|of| outer.is_some() && self.kind(*of) == outer),
                memberships: vec![Membership {
                    from: Some(entry.date),
                    until: None,
                }],
                attributes: defaults
                    .map(|value| value.map(|value| dated(Some(value))).into_iter().collect())
                    .collect(),
                standings: Vec::new(),
            })?;
        }
        Ok(())
    }

    /// The member of an id; none if there is none of this kind.
    pub fn find<K: Kind>(&self, id: &str) -> Option<Id<K>> {
        let place = *self.by_id.get(id)?;
        (self.kind(place) == Some(K::KIND)).then(|| Id::new(place))
    }

    /// A member as a subject, whatever its kind.
    pub fn subject(&self, member: MemberIx) -> Option<P::Subject> {
        P::Subject::of(self.kind(member)?, member)
    }

    /// The id of a subject; none if it is of another register.
    pub fn id(&self, subject: impl Subjects) -> Option<&str> {
        let member = self.model.members.get(subject.member().at())?;
        Some(&member.id)
    }

    /// The display name of a subject, where it has one.
    pub fn name(&self, subject: impl Subjects) -> Option<&str> {
        let member = self.model.members.get(subject.member().at())?;
        member.name.as_deref()
    }

    /// All subjects, in the order in which they came.
    pub fn subjects(&self) -> impl Iterator<Item = P::Subject> {
        let all = self.model.indices();
        all.filter_map(|member| self.subject(member))
    }

    /// The register as an evaluator reads it.
    pub const fn model(&self) -> &model::Register {
        &self.model
    }

    /// A register that was read elsewhere, with the kinds and attributes of this policy.
    ///
    /// # Errors
    /// It is of another policy, or an id stands twice.
    pub fn from_model(register: &model::Register) -> Result<Self, Error> {
        let mut read = Self::new();
        for member in &register.members {
            if P::Subject::of(member.kind, MemberIx(0)).is_none() {
                return Err(Error::Unfit);
            }
            read.insert(member.clone())?;
        }
        for (phase, spans) in &register.phases {
            P::Phase::at(phase.0).ok_or(Error::Unfit)?;
            read.model.phases.insert(*phase, spans.clone());
        }
        let there = |member: MemberIx| member.at() < register.members.len();
        let outers = register.members.iter().filter_map(|member| member.within);
        if outers.into_iter().all(there) {
            Ok(read)
        } else {
            Err(Error::Unfit)
        }
    }

    fn kind(&self, member: MemberIx) -> Option<KindIx> {
        Some(self.model.members.get(member.at())?.kind)
    }

    /// Whether an entry speaks of this register's members and of days that there are.
    pub(crate) fn knows(&self, entry: &Entry) -> Result<(), Error> {
        if !in_range(entry.date) || !in_range(entry.recorded) {
            return Err(Error::NoSuchYear(entry.date.max(entry.recorded)));
        }
        let plan = P::program().plan()?;
        let known = match &entry.body {
            EntryBody::Withdrawal { .. } => true,
            EntryBody::Decision { of, .. } => self.kind(*of).is_some(),
            EntryBody::Event { event, of, fields } => {
                let declared = &plan.events.get(event.at()).ok_or(Error::Unfit)?;
                let fits = |of: &MemberIx| {
                    let kind = self.kind(*of);
                    declared.of.iter().any(|term| Some(term.kind) == kind)
                };
                let holds = |(value, holds): (&Option<Value>, &FieldType)| match holds {
                    FieldType::Member(kind) => {
                        let members = value.iter().flat_map(Value::members);
                        members.into_iter().all(|of| self.kind(of) == Some(*kind))
                    }
                    _ => true,
                };
                of.iter().all(fits) && fields.iter().zip(&declared.holds).all(holds)
            }
        };
        if known { Ok(()) } else { Err(Error::Stranger) }
    }
}
