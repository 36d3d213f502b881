//! Whole numbers between two bounds, as fields like `clause: 1..15` hold them.

use crate::field::Scalar;
use pol_model::{Number, Value};
use std::fmt;

/// A whole number from `LEAST` to `GREATEST`, both included.
///
/// ```
/// use pol_runtime::Whole;
/// assert_eq!(Whole::<1, 15>::of::<3>().get(), 3);
/// assert!(Whole::<1, 15>::try_from(16).is_err());
/// ```
///
/// A number that is out of range does not compile:
///
/// ```compile_fail
/// pol_runtime::Whole::<1, 15>::of::<16>();
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Whole<const LEAST: i64, const GREATEST: i64>(i64);

impl<const LEAST: i64, const GREATEST: i64> Whole<LEAST, GREATEST> {
    /// A number that is known when the program is compiled.
    #[must_use]
    pub const fn of<const NUMBER: i64>() -> Self {
        const { assert!(LEAST <= NUMBER && NUMBER <= GREATEST, "out of range") }
        Self(NUMBER)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// A number that a field does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfRange {
    /// The number.
    pub number: i64,
    /// The least that is taken.
    pub least: i64,
    /// The greatest that is taken.
    pub greatest: i64,
}

impl OutOfRange {
    /// What is wrong, in Chinese; [`fmt::Display`] says it in English.
    pub fn in_chinese(&self) -> String {
        let (least, greatest) = (self.least, self.greatest);
        format!("{}不在{least}到{greatest}之间", self.number)
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, greatest) = (self.least, self.greatest);
        write!(f, "{} is not between {least} and {greatest}", self.number)
    }
}

impl std::error::Error for OutOfRange {}

impl<const LEAST: i64, const GREATEST: i64> TryFrom<i64> for Whole<LEAST, GREATEST> {
    type Error = OutOfRange;

    fn try_from(number: i64) -> Result<Self, OutOfRange> {
        if (LEAST..=GREATEST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(OutOfRange {
                number,
                least: LEAST,
                greatest: GREATEST,
            })
        }
    }
}

impl<const LEAST: i64, const GREATEST: i64> Scalar for Whole<LEAST, GREATEST> {
    fn into_value(self) -> Value {
        Value::Number(Number::whole(self.0.into()))
    }

    fn from_value(value: &Value) -> Option<Self> {
        let whole = value.as_number()?.to_whole()?;
        Self::try_from(i64::try_from(whole).ok()?).ok()
    }
}
