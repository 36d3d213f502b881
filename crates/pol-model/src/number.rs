//! Exact numbers.

use num_rational::Ratio;
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, Zero};
use std::fmt;

/// An exact rational number. Quotients stay quotients: 1 of 3 is a third, and compares as one.
///
/// Numerator and denominator are 128-bit integers; an operation whose result does not fit yields
/// nothing, which a condition takes as unknown. Never a float.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Ratio<i128>);

impl Number {
    /// Nought.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));

    /// A whole number.
    pub const fn whole(n: i128) -> Self {
        Self(Ratio::new_raw(n, 1))
    }

    /// `digits / 10^scale`; nothing if the power does not fit.
    ///
    /// ```
    /// # use pol_model::Number;
    /// assert_eq!(Number::decimal(250, 1), Some(Number::whole(25)));
    /// ```
    pub fn decimal(digits: i128, scale: u32) -> Option<Self> {
        Some(Self(Ratio::new(digits, 10_i128.checked_pow(scale)?)))
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Option<Self> {
        self.0.checked_add(&other.0).map(Self)
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.0.checked_sub(&other.0).map(Self)
    }

    /// The product.
    pub fn times(self, other: Self) -> Option<Self> {
        self.0.checked_mul(&other.0).map(Self)
    }

    /// The quotient; nothing for a division by zero.
    pub fn over(self, other: Self) -> Option<Self> {
        if other.0.is_zero() {
            None
        } else {
            self.0.checked_div(&other.0).map(Self)
        }
    }

    /// The number as an integer, if it is one.
    pub fn to_whole(self) -> Option<i128> {
        self.0.is_integer().then(|| *self.0.numer())
    }

    /// Numerator and denominator, in lowest terms, the denominator positive.
    pub fn parts(self) -> (i128, i128) {
        (*self.0.numer(), *self.0.denom())
    }
}

/// A whole number plainly, a finite decimal as such, anything else as a fraction: `3`, `0.25`, `1/3`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numer, denom) = self.parts();
        if denom == 1 {
            return write!(f, "{numer}");
        }
        for scale in 1..=12_usize {
            let power = 10_i128.pow(u32::try_from(scale).unwrap_or(0));
            if power % denom == 0 {
                let Some(digits) = numer.checked_mul(power / denom) else {
                    break;
                };
                let sign = if digits < 0 { "-" } else { "" };
                let digits = digits.unsigned_abs();
                let power = power.unsigned_abs();
                return write!(f, "{sign}{}.{:0scale$}", digits / power, digits % power);
            }
        }
        write!(f, "{numer}/{denom}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotients_are_exact() {
        let share = Number::whole(2_999_999)
            .over(Number::whole(12_000_000))
            .unwrap();
        assert!(share < Number::decimal(25, 2).unwrap());
        let quarter = Number::whole(1).over(Number::whole(4)).unwrap();
        assert_eq!(quarter, Number::decimal(25, 2).unwrap());
        assert_eq!(Number::ZERO.over(Number::ZERO), None);
    }

    #[test]
    fn overflow_yields_nothing() {
        assert_eq!(Number::whole(i128::MAX).plus(Number::whole(1)), None);
        assert_eq!(Number::whole(i128::MAX).times(Number::whole(2)), None);
    }

    #[test]
    fn prints_exactly() {
        let third = Number::whole(1).over(Number::whole(3)).unwrap();
        assert_eq!(third.to_string(), "1/3");
        assert_eq!(Number::decimal(-25, 2).unwrap().to_string(), "-0.25");
        assert_eq!(Number::decimal(1250, 2).unwrap().to_string(), "12.5");
        assert_eq!(Number::whole(-3).to_string(), "-3");
    }
}
