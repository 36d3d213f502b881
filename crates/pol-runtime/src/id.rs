//! Typed ids: a member of a register, with its kind.

use pol_model::{KindIx, MemberIx, Value};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// A kind of subject: its attributes, as the register gives them.
pub trait Kind: Sized {
    /// Which kind.
    const KIND: KindIx;

    /// The kind that its members lie within; [`Nowhere`] if they lie within none.
    type Within: Kind;

    /// The values of its attributes, in the order of declaration.
    fn into_values(self) -> Vec<Option<Value>>;

    /// The attributes of a member that comes with an entry: defaults, where they are declared.
    fn defaults() -> Vec<Option<Value>> {
        Vec::new()
    }
}

/// Members of this kind stand on a ladder.
pub trait StandsOn<L> {}

/// No kind: nothing lies within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nowhere {}

impl Kind for Nowhere {
    const KIND: KindIx = KindIx(u16::MAX);

    type Within = Self;

    fn into_values(self) -> Vec<Option<Value>> {
        match self {}
    }
}

/// A member of a register. It belongs to the register that gave it.
pub struct Id<K> {
    member: MemberIx,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    pub(crate) const fn new(member: MemberIx) -> Self {
        Self {
            member,
            kind: PhantomData,
        }
    }

    /// Its place in the register.
    pub const fn member(self) -> MemberIx {
        self.member
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.member.0)
    }
}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.member == other.member
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.member.cmp(&other.member)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.member.hash(state);
    }
}

impl<K: Kind> crate::field::Scalar for Id<K> {
    fn into_value(self) -> Value {
        Value::Member(self.member)
    }

    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Member(member) = value {
            Some(Self::new(*member))
        } else {
            None
        }
    }
}
