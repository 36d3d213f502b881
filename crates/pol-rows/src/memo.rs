//! What the ends of rows were read as before, by their bytes.
//!
//! Of most ledgers the cells behind date and subject are the same few again and again. An end that
//! was read before costs one look; one that was not is read cell by cell and put in the place of
//! another. Equal bytes of one kind are read the same, so this is never wrong.

use crate::bytes::{before, first, mixed, word};
use crate::cell::Spelled;

const WORDS: u32 = 6;
/// Most ends have no more.
const SHORT: u32 = 4;
const PLACES: usize = 1 << 13;

/// After so many ends it is asked whether looking pays.
const TRIAL: u32 = 1 << 13;

/// An end and what it was read as.
#[derive(Debug, Clone, Copy)]
struct Known {
    words: [u64; WORDS as usize],
    spelled: Spelled,
    /// The kind that stood before the end, and the kind of the row.
    before: u16,
    event: u16,
    len: u32,
}

/// An end that is to be looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct End {
    from: usize,
    place: usize,
    before: u16,
    len: u32,
}

impl Known {
    /// True if it has these bytes. They are read once more: they are near, and copies are not.
    #[inline]
    fn is(&self, end: &End, block: &[u8]) -> bool {
        let mut differ = u64::from(self.len ^ end.len) | u64::from(self.before ^ end.before);
        // Without a question after each word: how many there are differs from row to row.
        for (at, known) in (0_u32..SHORT).zip(&self.words) {
            let left = end.len.saturating_sub(8 * at);
            differ |= known ^ first(word(block, end.from + 8 * at as usize), left);
        }
        if end.len > 8 * SHORT {
            for (at, known) in (0_u32..).zip(&self.words).skip(SHORT as usize) {
                let left = end.len.saturating_sub(8 * at);
                differ |= known ^ first(word(block, end.from + 8 * at as usize), left);
            }
        }
        differ == 0
    }
}

impl End {
    /// How many bytes it has.
    pub fn len(&self) -> usize {
        self.len as usize
    }
}

/// The ends that were read before.
#[derive(Debug, Clone)]
pub(crate) struct Memo {
    known: Vec<Known>,
    looked: u32,
    found: u32,
    /// So many more ends are not looked up.
    resting: u32,
}

/// For a row whose kind stands in its end.
pub(crate) const NO_KIND: u16 = u16::MAX;

impl Memo {
    pub fn new() -> Self {
        let nothing = Known {
            words: [0; WORDS as usize],
            spelled: Spelled::default(),
            before: NO_KIND,
            event: 0,
            len: u32::MAX,
        };
        Self {
            known: vec![nothing; PLACES],
            looked: 0,
            found: 0,
            resting: 0,
        }
    }

    /// The end that begins here; none: it is too long to be known.
    #[inline]
    pub fn end(&mut self, block: &[u8], at: usize, kind: u16) -> Option<End> {
        if self.resting > 0 {
            self.resting -= 1;
            return None;
        }
        let mut hash = u64::from(kind);
        for words in 0..WORDS {
            let word = word(block, at + 8 * words as usize);
            let Some(last) = before(word, b'\n') else {
                hash = mixed(hash, word);
                continue;
            };
            let place = mixed(hash, first(word, last)) >> (64 - PLACES.trailing_zeros());
            return Some(End {
                from: at,
                place: usize::try_from(place).unwrap_or(0),
                before: kind,
                len: 8 * words + last,
            });
        }
        None
    }

    /// What it was read as, and the row's kind.
    #[inline]
    pub fn find(&mut self, end: &End, block: &[u8]) -> Option<(Spelled, u16)> {
        if self.looked == TRIAL {
            self.judge();
        }
        self.looked += 1;
        let known = self
            .known
            .get(end.place)
            .filter(|known| known.is(end, block));
        let known = known.or_else(|| {
            let other = self.known.get(end.place ^ 1);
            other.filter(|known| known.is(end, block))
        })?;
        self.found += 1;
        Some((known.spelled, known.event))
    }

    #[cold]
    fn judge(&mut self) {
        if self.found < TRIAL / 2 {
            self.resting = 16 * TRIAL;
        }
        (self.looked, self.found) = (0, 0);
    }

    /// Keeps what an end was read as, in the place of the older of two.
    pub fn keep(&mut self, end: &End, block: &[u8], spelled: Spelled, event: u16) {
        let mut words = [0; WORDS as usize];
        let (mut at, mut left) = (end.from, end.len);
        for to in &mut words {
            *to = first(word(block, at), left);
            at += 8;
            left = left.saturating_sub(8);
        }
        self.known.swap(end.place, end.place ^ 1);
        if let Some(place) = self.known.get_mut(end.place) {
            *place = Known {
                words,
                spelled,
                before: end.before,
                event,
                len: end.len,
            };
        }
    }
}
