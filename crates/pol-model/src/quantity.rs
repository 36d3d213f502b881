//! What evaluation yields: truths and quantities that may be unknown, with what they lack.

use crate::{Cause, Number, Tri, Value};

/// Yes, no, or unknown with what is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Truth {
    /// The verdict.
    pub tri: Tri,
    /// What an unknown lacks; empty otherwise.
    pub causes: Vec<Cause>,
}

impl Truth {
    /// It is known.
    pub const fn known(tri: Tri) -> Self {
        Self {
            tri,
            causes: Vec::new(),
        }
    }

    /// It is unknown.
    pub const fn unknown(causes: Vec<Cause>) -> Self {
        Self {
            tri: Tri::Unknown,
            causes,
        }
    }

    /// Yes or no.
    pub fn of(holds: bool) -> Self {
        Self::known(Tri::from(holds))
    }

    /// True only for yes.
    pub const fn holds(&self) -> bool {
        self.tri.holds()
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let tri = self.tri.and(other.tri);
        Self::joined(tri, self, other)
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let tri = self.tri.or(other.tri);
        Self::joined(tri, self, other)
    }

    /// The opposite.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            tri: self.tri.negated(),
            causes: self.causes,
        }
    }

    fn joined(tri: Tri, one: Self, other: Self) -> Self {
        if tri == Tri::Unknown {
            let mut causes = one.causes;
            causes.extend(other.causes);
            Self { tri, causes }
        } else {
            Self::known(tri)
        }
    }
}

/// A value, or what is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Quantity {
    /// It is this.
    Known(Value),
    /// A count or sum that lies between two numbers.
    Between(Between),
    /// It is unknown.
    Unknown(Vec<Cause>),
}

/// A count or sum that is not known to the last.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Between {
    /// At least this.
    pub low: Number,
    /// At most this, as far as the record goes.
    pub high: Number,
    /// Why it may be more than `low`.
    pub causes: Vec<Cause>,
    /// Why entries from before the record might add to it; none if the window is covered.
    pub uncovered: Option<Cause>,
}

impl Quantity {
    /// A number.
    pub const fn number(number: Number) -> Self {
        Self::Known(Value::Number(number))
    }

    /// Nothing where a computation does not fit.
    pub fn or_unknown(number: Option<Number>, cause: Cause) -> Self {
        number.map_or_else(|| Self::Unknown(vec![cause]), Self::number)
    }

    /// The value, if it is known.
    pub const fn known(&self) -> Option<&Value> {
        if let Self::Known(value) = self {
            Some(value)
        } else {
            None
        }
    }

    /// The bounds of a number; the causes of an unknown otherwise.
    pub fn bounds(self) -> Result<Between, Vec<Cause>> {
        match self {
            Self::Known(Value::Number(number)) => Ok(Between {
                low: number,
                high: number,
                causes: Vec::new(),
                uncovered: None,
            }),
            Self::Between(between) => Ok(between),
            Self::Known(_) => Err(Vec::new()),
            Self::Unknown(causes) => Err(causes),
        }
    }
}

impl Between {
    /// A plain number where nothing is open.
    pub fn settle(self) -> Quantity {
        if self.low == self.high && self.uncovered.is_none() {
            Quantity::number(self.low)
        } else {
            Quantity::Between(self)
        }
    }
}
