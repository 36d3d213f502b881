//! Typed values of fields and attributes, and the values that an evaluator reads.

use crate::declared::Symbol;
use pol_calendar::{Date, Duration};
use pol_model::{Number, Value};
use std::sync::Arc;

/// One value.
pub trait Scalar: Sized {
    /// The value that an evaluator reads.
    fn into_value(self) -> Value;

    /// The typed value; none if it is of another type.
    fn from_value(value: &Value) -> Option<Self>;
}

/// What a field holds: a value, perhaps a value, or several.
pub trait Field: Sized {
    /// What an evaluator reads; none where it is absent.
    fn put(self) -> Option<Value>;

    /// What a field holds; none if that is of another type.
    fn get(value: Option<&Value>) -> Option<Self>;
}

impl<T: Scalar> Field for T {
    fn put(self) -> Option<Value> {
        Some(self.into_value())
    }

    fn get(value: Option<&Value>) -> Option<Self> {
        T::from_value(value?)
    }
}

impl<T: Scalar> Field for Option<T> {
    fn put(self) -> Option<Value> {
        self.map(Scalar::into_value)
    }

    fn get(value: Option<&Value>) -> Option<Self> {
        match value {
            None => Some(None),
            Some(value) => T::from_value(value).map(Some),
        }
    }
}

impl<T: Scalar> Field for Vec<T> {
    fn put(self) -> Option<Value> {
        let values = self.into_iter().map(Scalar::into_value);
        Some(Value::List(values.collect()))
    }

    fn get(value: Option<&Value>) -> Option<Self> {
        match value {
            None => Some(Vec::new()),
            Some(Value::List(values)) => values.iter().map(T::from_value).collect(),
            Some(one) => Some(vec![T::from_value(one)?]),
        }
    }
}

impl<T: Symbol> Scalar for T {
    fn into_value(self) -> Value {
        Value::Symbol(T::ENUM, self.place())
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Symbol(set, place) if *set == T::ENUM => T::at(*place),
            _ => None,
        }
    }
}

macro_rules! scalar {
    ($($ty:ty, $variant:ident;)*) => {
        $(
            impl Scalar for $ty {
                fn into_value(self) -> Value {
                    Value::$variant(self)
                }

                fn from_value(value: &Value) -> Option<Self> {
                    if let Value::$variant(value) = value {
                        Some(value.clone())
                    } else {
                        None
                    }
                }
            }
        )*
    };
}

scalar! {
    bool, Bool;
    Number, Number;
    Date, Date;
    Duration, Duration;
    Arc<str>, Text;
}
