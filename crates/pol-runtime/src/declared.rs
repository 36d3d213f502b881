//! What a policy declares, as enumerations that know their names.

use crate::id::{Id, Kind};
use pol_model::{EnumIx, LadderIx, MemberIx, RuleIx};
use std::fmt::Debug;
use std::hash::Hash;

/// One of several things that a policy declares.
pub trait Declared: Copy + Debug + Eq + Hash + Send + Sync + 'static {
    /// All of them, in the order of declaration.
    const ALL: &'static [Self];

    /// Its place in that order.
    fn place(self) -> u16;

    /// The name that the policy gives it.
    fn name(self) -> &'static str;

    /// Its display name, else its name.
    fn display(self) -> &'static str {
        self.name()
    }

    /// The one at a place.
    fn at(place: u16) -> Option<Self> {
        Self::ALL.get(usize::from(place)).copied()
    }
}

/// A value of an enumeration: of a scale, of a ladder, of a field.
pub trait Symbol: Declared {
    /// Which enumeration.
    const ENUM: EnumIx;
}

/// A status of a ladder; the bottom one is the first.
pub trait Ladder: Symbol {
    /// Which ladder.
    const LADDER: LadderIx;
}

/// A rule whose actions a body decides on.
pub trait Proposed: Declared {
    /// The rule that it stands for.
    type Rule: Declared;
    /// The bodies of the policy.
    type Body: Declared;

    /// The rule that proposes.
    fn rule(self) -> Self::Rule;

    /// The body that decides.
    fn body(self) -> Self::Body;
}

/// The proposal of a rule, if a body decides on it.
pub(crate) fn proposal<T: Proposed>(rule: RuleIx) -> Option<T> {
    let mut all = T::ALL.iter().copied();
    all.find(|proposal| proposal.rule().place() == rule.0)
}

/// A variant that holds what stands at a place.
pub fn variant<T: Declared, V>(place: u16, variant: fn(T) -> V) -> Option<V> {
    T::at(place).map(variant)
}

/// A variant that holds the id of a member.
pub fn id<K: Kind, V>(member: MemberIx, variant: fn(Id<K>) -> V) -> Option<V> {
    Some(variant(Id::new(member)))
}
