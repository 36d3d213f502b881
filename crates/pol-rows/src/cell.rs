//! Cells to what they add to a letter.

use crate::bytes::{hash, mixed};
use crate::schema::{Cells, Empty, FieldSchema};
use crate::unread::Why;
use pol_kernel::{Digits, DigitsOf};
use std::collections::BTreeMap;

/// The longest text of a cell; the general reader has the same limit.
pub(crate) const LONGEST: usize = 32 << 10;

/// What a cell adds to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Spelled {
    /// To the letter.
    pub letter: u32,
    /// To the amount.
    pub amount: i64,
    /// To the hash of the content.
    pub content: u64,
}

impl Spelled {
    /// Both together; none if the amount does not fit.
    pub fn and(self, other: Self) -> Self {
        Self {
            letter: self.letter.wrapping_add(other.letter),
            amount: self.amount.wrapping_add(other.amount),
            content: self.content.wrapping_add(other.content),
        }
    }
}

/// A field, ready to be read.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    cells: Read,
    empty: Option<Spelled>,
    spelling: Spelling,
}

#[derive(Debug, Clone)]
enum Read {
    Words(BTreeMap<Box<[u8]>, Spelled>),
    Whole(i64, i64),
    Text,
    Foreign,
}

/// How a value is spelled.
#[derive(Debug, Clone)]
struct Spelling {
    /// Which field it is of, for the hash.
    seed: u64,
    stride: u32,
    absent: u32,
    of: Option<Of>,
    is_amount: bool,
}

#[derive(Debug, Clone)]
enum Of {
    Place,
    /// The breaks, rounded down, and whether that is exact.
    Breaks(Vec<(i128, bool)>),
}

impl Spelling {
    fn new(seed: u64, digits: Option<&Digits>, is_amount: bool) -> Self {
        Self {
            seed,
            stride: digits.map_or(0, |digits| digits.stride),
            absent: digits.map_or(0, |digits| digits.absent),
            of: digits.map(|digits| match &digits.of {
                DigitsOf::Symbols | DigitsOf::Bool => Of::Place,
                DigitsOf::Numbers(breaks) => Of::Breaks(
                    breaks
                        .iter()
                        .map(|number| {
                            let (numer, denom) = number.parts();
                            (numer.div_euclid(denom), denom == 1)
                        })
                        .collect(),
                ),
            }),
            is_amount,
        }
    }

    fn value(&self, value: i64) -> Option<Spelled> {
        let digit = match &self.of {
            None => 0,
            Some(Of::Place) => u32::try_from(value).ok()?,
            Some(Of::Breaks(breaks)) => {
                let value = i128::from(value);
                let below = breaks.partition_point(|(floor, _)| *floor < value);
                let on = breaks.get(below) == Some(&(value, true));
                u32::try_from(2 * below + usize::from(on)).ok()?
            }
        };
        Some(Spelled {
            letter: digit * self.stride,
            amount: if self.is_amount { value } else { 0 },
            content: mixed(self.seed, value.cast_unsigned()),
        })
    }

    fn absent(&self) -> Option<Spelled> {
        // A sum does not know what to do with an amount that is not there.
        (!self.is_amount).then_some(Spelled {
            letter: self.absent * self.stride,
            amount: 0,
            content: mixed(self.seed, u64::MAX).rotate_left(32),
        })
    }
}

impl Field {
    /// A field of a kind of entry; none if its words cannot be spelled.
    pub fn new(
        schema: &FieldSchema,
        seed: u64,
        digits: Option<&Digits>,
        is_amount: bool,
    ) -> Option<Self> {
        let spelling = Spelling::new(seed, digits, is_amount);
        let cells = match &schema.cells {
            Cells::Words(words) => Read::Words(
                words
                    .iter()
                    .map(|(word, value)| Some((word.as_bytes().into(), spelling.value(*value)?)))
                    .collect::<Option<_>>()?,
            ),
            Cells::Whole(least, most) => Read::Whole(*least, *most),
            Cells::Text => Read::Text,
            Cells::Foreign => Read::Foreign,
        };
        let empty = match schema.empty {
            Empty::Missing => None,
            Empty::Absent => spelling.absent(),
            Empty::Value(value) => Some(spelling.value(value)?),
        };
        Some(Self {
            cells,
            empty,
            spelling,
        })
    }

    /// What an empty cell adds, or a column that is not there.
    pub fn empty(&self) -> Result<Spelled, Why> {
        self.empty.ok_or(Why::Value)
    }

    /// What a filled cell adds.
    pub fn filled(&self, cell: &[u8]) -> Result<Spelled, Why> {
        match &self.cells {
            Read::Words(words) => words.get(cell).copied(),
            Read::Whole(least, most) => digits(cell)
                .filter(|value| (least..=most).contains(&value))
                .and_then(|value| self.spelling.value(value)),
            Read::Text => {
                let text = text(cell)?;
                // Neither letter nor amount can tell texts apart.
                self.spelling.of.is_none().then(|| Spelled {
                    content: mixed(self.spelling.seed, hash(text.as_bytes())),
                    ..Spelled::default()
                })
            }
            Read::Foreign => None,
        }
        .ok_or(Why::Value)
    }
}

/// A text as the general reader takes it: without blanks around it, and not blank. A line break would
/// end the row for other readers.
pub(crate) fn text(cell: &[u8]) -> Result<&str, Why> {
    if cell.contains(&b'\r') {
        return Err(Why::Shape);
    }
    let text = std::str::from_utf8(cell).map_err(|_| Why::Encoding)?.trim();
    if text.is_empty() || cell.len() > LONGEST {
        return Err(Why::Value);
    }
    Ok(text)
}

/// The value of a cell of an attribute; none: there is none.
pub(crate) fn value(schema: &FieldSchema, cell: &[u8]) -> Result<Option<i64>, Why> {
    let value = match (&schema.cells, schema.empty, cell) {
        (_, Empty::Absent, []) => return Ok(None),
        (_, Empty::Value(value), []) => Some(value),
        (_, Empty::Missing, []) | (Cells::Text | Cells::Foreign, _, _) => None,
        (Cells::Words(words), _, _) => {
            let word = std::str::from_utf8(cell).map_err(|_| Why::Encoding)?;
            words.get(word).copied()
        }
        (Cells::Whole(least, most), _, _) => {
            digits(cell).filter(|value| (least..=most).contains(&value))
        }
    };
    value.map(Some).ok_or(Why::Value)
}

/// A number of up to eighteen digits and nothing else.
fn digits(cell: &[u8]) -> Option<i64> {
    if cell.is_empty() || cell.len() > 18 {
        return None;
    }
    cell.iter().try_fold(0_i64, |number, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number * 10 + i64::from(digit))
    })
}

/// The content of a cell: itself, or what stands between the quotation marks around it.
pub(crate) fn unquoted(cell: &[u8]) -> Result<&[u8], Why> {
    let Some(rest) = cell.strip_prefix(b"\"") else {
        return Ok(cell);
    };
    match rest.strip_suffix(b"\"") {
        Some(inner) if !inner.contains(&b'"') => Ok(inner),
        _ => Err(Why::Quotes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pol_model::{Number, Value};
    use proptest::prelude::*;

    #[test]
    fn quotes_are_simple_or_refused() {
        assert_eq!(unquoted(b"a\"b"), Ok(&b"a\"b"[..]));
        assert_eq!(unquoted(b"\"a\""), Ok(&b"a"[..]));
        assert_eq!(unquoted(b"\"\""), Ok(&b""[..]));
        for cell in [&b"\""[..], b"\"a", b"\"a\"\"\"", b"\"a\" "] {
            assert_eq!(unquoted(cell), Err(Why::Quotes));
        }
    }

    proptest! {
        /// The machine's own way from a value to a digit is the standard.
        #[test]
        fn digits_are_those_of_the_machine(
            mut breaks in prop::collection::btree_set((-20_i128..20, 1_i128..4), 0..6),
            value in -10_i64..10,
        ) {
            let breaks: std::collections::BTreeSet<Number> = std::mem::take(&mut breaks)
                .into_iter()
                .filter_map(|(numer, denom)| Number::whole(numer).over(Number::whole(denom)))
                .collect();
            let digits = Digits {
                stride: 7,
                count: 100,
                absent: 99,
                of: DigitsOf::Numbers(breaks.into_iter().collect()),
            };
            let spelled = Spelling::new(1, Some(&digits), false).value(value).unwrap();
            let standard = digits.digit(Some(&Value::Number(Number::whole(value.into())))).unwrap();
            prop_assert_eq!(spelled.letter, standard * 7);
        }
    }
}
