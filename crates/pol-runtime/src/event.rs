//! Kinds of entry as structs, and the values that an evaluator reads and says.

use crate::entry::Of;
use crate::field::Field;
use crate::policy::Subjects;
use pol_model::{EntryBody, EventIx, FieldIx, MemberIx, Register, Value};

/// A kind of entry.
pub trait Event: Sized {
    /// Which kind.
    const EVENT: EventIx;

    /// Whom it is about, and the values of its fields.
    fn into_parts(self) -> Parts;

    /// The entry that an evaluator's entry stands for; none if that is of another kind.
    fn from_parts(parts: &Read<'_>) -> Option<Self>;
}

/// Whom an entry is about, and the values of its fields, in the order of declaration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// The members that it names besides those that its fields name.
    pub of: Vec<MemberIx>,
    /// A value for each field.
    pub fields: Vec<Option<Value>>,
}

/// The same as an evaluator holds it, with the register that its members belong to.
#[derive(Debug, Clone, Copy)]
pub struct Read<'a> {
    pub(crate) register: &'a Register,
    pub(crate) of: &'a [MemberIx],
    pub(crate) fields: &'a [Option<Value>],
}

impl Read<'_> {
    /// What the field at a place holds; none if that is of another type.
    pub fn get<T: Field>(&self, place: usize) -> Option<T> {
        T::get(self.fields.get(place)?.as_ref())
    }

    /// Whom it is about; none if one of them is of a kind that it is never about.
    pub fn of<S: Subjects>(&self) -> Option<Of<S>> {
        let typed = |member: &MemberIx| {
            let kind = self.register.members.get(member.at())?.kind;
            S::of(kind, *member)
        };
        match self.of {
            [one] => typed(one).map(Of::One),
            several => several
                .iter()
                .map(typed)
                .collect::<Option<_>>()
                .map(Of::Several),
        }
    }
}

/// An entry as an evaluator reads it.
pub fn body<E: Event>(entry: E) -> EntryBody {
    let Parts { of, fields } = entry.into_parts();
    EntryBody::Event {
        event: E::EVENT,
        of,
        fields,
    }
}

/// A variant that holds what an evaluator's entry stands for.
pub fn read<E: Event, V>(parts: &Read<'_>, variant: fn(E) -> V) -> Option<V> {
    E::from_parts(parts).map(variant)
}

/// The values that an outcome or a derived event carries.
#[derive(Debug, Clone, Copy)]
pub struct Values<'a>(pub(crate) &'a [(FieldIx, Value)]);

impl Values<'_> {
    /// What the field at a place holds; none if that is of another type.
    pub fn get<T: Field>(&self, place: u16) -> Option<T> {
        let found = self.0.iter().find(|(field, _)| field.0 == place);
        T::get(found.map(|(_, value)| value))
    }
}

/// An outcome or a derived event with the values that it carries.
pub trait Said: Sized {
    /// The one at a place in the order of declaration; none if its values are of other types.
    fn said(place: u16, values: &Values<'_>) -> Option<Self>;

    /// The name that the policy gives it.
    fn name(&self) -> &'static str;
}

/// Values that are carried together.
pub trait Carried: Sized {
    /// The values by their places; none if one is of another type.
    fn carried(values: &Values<'_>) -> Option<Self>;
}

/// A variant that holds values.
pub fn carry<C: Carried, V>(values: &Values<'_>, variant: fn(C) -> V) -> Option<V> {
    C::carried(values).map(variant)
}
