//! Subjects by id.
//!
//! Holds ids that are spelled in one way only: visible ASCII without comma and quotation mark, and
//! Chinese characters. Whoever has another id has it looked up by the general reader. Ids of up to
//! eight bytes stand in the table itself; of longer ones their hash does, and the id is compared.
//!
//! The hash is the same in every run. Whoever makes up ids that meet in the table is noticed: after
//! [`REACH`] steps the register is left to the general reader, whose maps do not hash.

use crate::bytes::{hash, mixed};
use crate::unread::Why;
use pol_model::{KindIx, Register};

/// How far from its place an id may lie.
const REACH: usize = 256;

/// A place of the table.
#[derive(Debug, Clone, Copy)]
struct Slot {
    key: u64,
    subject: u32,
}

/// Nobody's place in the register.
const NOBODY: u32 = u32::MAX;

const FREE: Slot = Slot {
    key: 0,
    subject: NOBODY,
};

/// Who there is: ids and kinds, by place in the register.
#[derive(Debug, Clone, Default)]
pub struct Subjects {
    ids: Vec<u8>,
    ends: Vec<u32>,
    kinds: Vec<KindIx>,
    /// The one kind, while there is but one.
    only: Option<KindIx>,
    slots: Vec<Slot>,
    /// True if the table alone does not tell ids apart.
    compared: bool,
}

impl Subjects {
    /// The members of a register.
    ///
    /// # Errors
    /// If an id may be spelled in several ways, or several mean one member.
    pub fn of(register: &Register) -> Result<Self, Why> {
        let mut subjects = Self::default();
        for member in &register.members {
            subjects.add(member.id.as_bytes(), member.kind)?;
        }
        subjects.ready()?;
        Ok(subjects)
    }

    /// Adds a subject; its place is the next one.
    pub(crate) fn add(&mut self, id: &[u8], kind: KindIx) -> Result<(), Why> {
        if !is_plain(id) {
            return Err(Why::Register);
        }
        self.ids.extend_from_slice(id);
        let end = u32::try_from(self.ids.len()).map_err(|_| Why::Register)?;
        match self.only {
            None if self.ends.is_empty() => self.only = Some(kind),
            Some(only) if only != kind => {
                self.kinds = vec![only; self.ends.len()];
                self.only = None;
                self.kinds.push(kind);
            }
            Some(_) => {}
            None => self.kinds.push(kind),
        }
        self.ends.push(end);
        self.compared |= id.len() > 8;
        Ok(())
    }

    /// Makes the table.
    pub(crate) fn ready(&mut self) -> Result<(), Why> {
        let count = self.ends.len();
        self.ids.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.slots = vec![FREE; 2 * count + REACH];
        for subject in (0_u32..).take(count) {
            let id = self.id(subject);
            let key = key(id);
            let place = self.place(key);
            let near = self.slots.get_mut(place..place + REACH);
            let Some(near) = near else {
                return Err(Why::Register);
            };
            let slot = near
                .iter_mut()
                .find(|slot| slot.key == key || slot.key == 0);
            match slot {
                Some(slot) if slot.key == 0 => *slot = Slot { key, subject },
                _ => return Err(Why::Register),
            }
        }
        Ok(())
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The id of a subject; nothing where there is none.
    pub fn id(&self, subject: u32) -> &[u8] {
        let at = subject as usize;
        let end = self.ends.get(at).map_or(0, |end| *end as usize);
        let start = match at.checked_sub(1) {
            Some(before) => self.ends.get(before).map_or(0, |end| *end as usize),
            None => 0,
        };
        self.ids.get(start..end).unwrap_or_default()
    }

    /// The kind of a subject.
    pub fn kind(&self, subject: u32) -> Option<KindIx> {
        match self.only {
            Some(_) => self.only,
            None => self.kinds.get(subject as usize).copied(),
        }
    }

    /// True if some ids are longer than what the table holds of them.
    pub(crate) fn compared(&self) -> bool {
        self.compared
    }

    /// The one kind of all subjects; none: there are several, or no subjects.
    pub(crate) fn only_kind(&self) -> Option<KindIx> {
        self.only
    }

    #[inline]
    fn place(&self, key: u64) -> usize {
        let places = (self.slots.len() - REACH) as u128;
        let spread = mixed(key ^ (key >> 29), 0);
        usize::try_from((u128::from(spread) * places) >> 64).unwrap_or(0)
    }

    /// The subject in the place where one of this key belongs first, or in the next; [`NOBODY`] if
    /// others stand there. Nothing here depends on what is found, so that many lookups wait for memory
    /// together.
    #[inline]
    pub(crate) fn guess(&self, key: u64) -> u32 {
        let places = self.slots.get(self.place(key)..);
        let [first, second] = places
            .and_then(|places| places.first_chunk())
            .copied()
            .unwrap_or([FREE; 2]);
        let if_same = |slot: Slot| slot.subject | u32::from(slot.key != key).wrapping_neg();
        if_same(first).min(if_same(second))
    }

    /// The subject of an id that has this key, after a guess.
    #[inline]
    pub(crate) fn settle<'i>(
        &self,
        guess: u32,
        key: u64,
        id: impl Fn() -> &'i [u8],
    ) -> Option<u32> {
        let subject = if guess == NOBODY {
            self.search(key)?
        } else {
            guess
        };
        (!self.compared || self.id(subject) == id()).then_some(subject)
    }

    /// The subject of an id.
    pub fn find(&self, id: &[u8]) -> Option<u32> {
        let subject = self.search(key(id))?;
        (self.id(subject) == id).then_some(subject)
    }

    fn search(&self, key: u64) -> Option<u32> {
        let place = self.place(key);
        let near = self.slots.get(place..place + REACH)?;
        let slot = near.iter().find(|slot| slot.key == key || slot.key == 0)?;
        (slot.key == key && key != 0).then_some(slot.subject)
    }
}

/// What an id is looked up by: itself, if it is short; else its hash.
pub(crate) fn key(id: &[u8]) -> u64 {
    if id.len() > 8 {
        return hash(id).max(1);
    }
    let mut eight = [0; 8];
    for (to, from) in eight.iter_mut().zip(id) {
        *to = *from;
    }
    u64::from_le_bytes(eight)
}

/// True for an id that is compared byte by byte whoever reads it.
pub(crate) fn is_plain(id: &[u8]) -> bool {
    if id
        .iter()
        .all(|byte| matches!(byte, b'!' | b'#'..=b'+' | b'-'..=b'~'))
    {
        return !id.is_empty();
    }
    let plain = |c: char| matches!(c, '!' | '#'..='+' | '-'..='~' | '\u{4E00}'..='\u{9FFF}');
    std::str::from_utf8(id).is_ok_and(|id| id.chars().all(plain))
}
