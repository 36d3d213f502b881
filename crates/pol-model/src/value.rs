//! The values that fields, attributes and conditions hold.

use crate::{EnumIx, MemberIx, Number};
use pol_calendar::{Date, Duration};
use std::sync::Arc;

/// A value. Units are checked before a run and are not carried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Value {
    /// Yes or no.
    Bool(bool),
    /// A number, an amount, a share.
    Number(Number),
    /// A civil day.
    Date(Date),
    /// A span of time.
    Duration(Duration),
    /// The value at a place of an enumeration; scales compare by the place.
    Symbol(EnumIx, u16),
    /// Any text.
    Text(Arc<str>),
    /// A member of the register.
    Member(MemberIx),
    /// The values of a field of several.
    List(Vec<Value>),
}

impl Value {
    /// The number, if it is one.
    pub const fn as_number(&self) -> Option<Number> {
        if let Self::Number(number) = self {
            Some(*number)
        } else {
            None
        }
    }

    /// The day, if it is one.
    pub const fn as_date(&self) -> Option<Date> {
        if let Self::Date(date) = self {
            Some(*date)
        } else {
            None
        }
    }

    /// The members that a value names: one, several, or none.
    pub fn members(&self) -> impl Iterator<Item = MemberIx> + '_ {
        let several = if let Self::List(values) = self {
            values.as_slice()
        } else {
            std::slice::from_ref(self)
        };
        several.iter().filter_map(|value| {
            if let Self::Member(member) = value {
                Some(*member)
            } else {
                None
            }
        })
    }
}
