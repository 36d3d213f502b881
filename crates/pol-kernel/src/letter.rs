//! Letters: what filters can tell of an entry, as one number.
//!
//! Fields whose values fall into few classes between which no filter distinguishes, each class a
//! digit. Two entries of one letter are the same to every rule.

use pol_model::{FieldIx, Number, Value};

/// How the entries of a policy are spelled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letters {
    /// For each kind of entry.
    pub kinds: Vec<KindLetters>,
    /// How many letters there are.
    pub count: u32,
}

/// How the entries of a kind are spelled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KindLetters {
    /// The first letter of the kind.
    pub first: u32,
    /// For each field how it takes part; none: no rule looks at it.
    pub fields: Vec<Option<Digits>>,
    /// The field whose amount is summed.
    pub amount: Option<FieldIx>,
}

/// How a field takes part in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digits {
    /// What a digit is multiplied by.
    pub stride: u32,
    /// How many digits there are, that of an absent value included.
    pub count: u32,
    /// The digit of an absent value: the last.
    pub absent: u32,
    /// How values become digits.
    pub of: DigitsOf,
}

/// How values become digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DigitsOf {
    /// The place of a value of an enumeration.
    Symbols,
    /// No is 0, yes is 1.
    Bool,
    /// Of a number: `2i + 1` where it is the i-th of these, else twice the number of those below it.
    /// They are in order.
    Numbers(Vec<Number>),
}

impl Digits {
    /// The digit of a value; nothing for a value of another type.
    pub fn digit(&self, value: Option<&Value>) -> Option<u32> {
        let digit = match (&self.of, value) {
            (_, None) => self.absent,
            (DigitsOf::Symbols, Some(Value::Symbol(_, place))) => u32::from(*place),
            (DigitsOf::Bool, Some(Value::Bool(yes))) => u32::from(*yes),
            (DigitsOf::Numbers(breaks), Some(Value::Number(number))) => {
                let (place, found) = match breaks.binary_search(number) {
                    Ok(place) => (place, 1),
                    Err(place) => (place, 0),
                };
                u32::try_from(2 * place + found).ok()?
            }
            _ => return None,
        };
        (digit < self.count).then_some(digit)
    }
}

impl KindLetters {
    /// The letter of an entry with these fields; nothing if one of them is of another type.
    pub fn letter(&self, fields: &[Option<Value>]) -> Option<u32> {
        let mut letter = self.first;
        for (digits, value) in self.fields.iter().zip(fields) {
            if let Some(digits) = digits {
                letter += digits.digit(value.as_ref())? * digits.stride;
            }
        }
        Some(letter)
    }

    /// The amount of an entry with these fields; nothing if it is no whole number that fits.
    pub fn amount(&self, fields: &[Option<Value>]) -> Option<i64> {
        let Some(field) = self.amount else {
            return Some(0);
        };
        let number = fields.get(field.at())?.as_ref()?.as_number()?;
        i64::try_from(number.to_whole()?).ok()
    }
}

/// One entry, as the machine takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// The day it happened and was recorded, counted from the day from which the record is complete.
    pub day: u16,
    /// The place of its subject in the register.
    pub subject: u32,
    /// What filters can tell of it.
    pub letter: u32,
    /// Its amount, where its kind has one that is summed.
    pub amount: i64,
    /// A hash of its content, for an entry without id, so that one that comes twice is known; nought
    /// for one whose id has been seen to be its own.
    pub content: u64,
}
