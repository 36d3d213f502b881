//! The register: who there is, since when, with which attributes and standings.

use crate::{AttrIx, KindIx, LadderIx, MemberIx, PhaseIx, Value};
use pol_calendar::Date;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All members, in the register's order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Register {
    /// The members; [`MemberIx`] is the place in this list.
    pub members: Vec<Member>,
    /// The spans of phases `from register`, in order of their dates, both ends included; none as an
    /// end: open.
    pub phases: BTreeMap<PhaseIx, Vec<(Date, Option<Date>)>>,
}

impl Register {
    /// The member at a place. Indices come from this register.
    pub fn member(&self, member: MemberIx) -> &Member {
        &self.members[member.at()]
    }

    /// The member of an id.
    pub fn find(&self, id: &str) -> Option<MemberIx> {
        let at = self.members.iter().position(|member| &*member.id == id)?;
        u32::try_from(at).ok().map(MemberIx)
    }

    /// All members' indices.
    pub fn indices(&self) -> impl Iterator<Item = MemberIx> + use<> {
        (0..u32::try_from(self.members.len()).unwrap_or(u32::MAX)).map(MemberIx)
    }

    /// Puts members into the order of their ids, in which rules act: never that of the register's rows.
    pub fn in_turn(&self, members: &mut [MemberIx]) {
        members.sort_by(|a, b| {
            let (a, b) = (self.member(*a), self.member(*b));
            a.id.cmp(&b.id).then_with(|| a.kind.cmp(&b.kind))
        });
    }

    /// The order of values, members by their ids: that of the register's rows never matters.
    pub fn compare(&self, a: &Value, b: &Value) -> Ordering {
        match (a, b) {
            (Value::Member(a), Value::Member(b)) => self.member(*a).id.cmp(&self.member(*b).id),
            (Value::List(a), Value::List(b)) => {
                let mut pairs = a.iter().zip(b).map(|(a, b)| self.compare(a, b));
                pairs
                    .find(|order| order.is_ne())
                    .unwrap_or_else(|| a.len().cmp(&b.len()))
            }
            _ => a.cmp(b),
        }
    }

    /// The member itself and those that it lies within, innermost first. Ends even if the register
    /// were a circle.
    pub fn outwards(&self, member: MemberIx) -> impl Iterator<Item = MemberIx> + '_ {
        std::iter::successors(Some(member), |inner| self.member(*inner).within)
            .take(self.members.len())
    }
}

/// One member.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Member {
    /// Its id.
    pub id: Arc<str>,
    /// Its kind.
    pub kind: KindIx,
    /// Its display name.
    pub name: Option<Arc<str>>,
    /// The member that it lies within.
    pub within: Option<MemberIx>,
    /// When it belongs; empty: always.
    pub memberships: Vec<Membership>,
    /// For each attribute of its kind its values, in order of their dates.
    pub attributes: Vec<Vec<Dated<Option<Value>>>>,
    /// Standings that were there before the record begins.
    pub standings: Vec<Standing>,
}

impl Member {
    /// True if it belongs on a day.
    pub fn belongs(&self, day: Date) -> bool {
        self.memberships.is_empty() || self.memberships.iter().any(|span| span.holds(day))
    }

    /// An attribute's value on a day; none where it is absent.
    pub fn attribute(&self, attribute: AttrIx, day: Date) -> Option<&Value> {
        let values = self.attributes.get(attribute.at())?;
        let dated = values
            .iter()
            .rev()
            .find(|dated| dated.from.is_none_or(|from| from <= day))?;
        dated.value.as_ref()
    }
}

/// A stretch of membership, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Membership {
    /// First day; none: from ever.
    pub from: Option<Date>,
    /// Last day; none: to this day.
    pub until: Option<Date>,
}

impl Membership {
    /// True if the day lies within.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A value from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Dated<T> {
    /// First day; none: from ever.
    pub from: Option<Date>,
    /// The value.
    pub value: T,
}

/// A standing that was there before the record begins: no event, but its clock runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Standing {
    /// On which ladder.
    pub ladder: LadderIx,
    /// Which status.
    pub status: u16,
    /// Since when; none: since the day the member or the policy starts.
    pub since: Option<Date>,
}
