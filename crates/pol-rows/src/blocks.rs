//! A file in blocks that end with a row.

use crate::unread::{Stop, Unread, Why};
use std::io::{ErrorKind, Read};

/// How much is read at once; a longer row is not understood.
pub(crate) const SIZE: usize = 256 << 10;

/// So many bytes more may be looked at behind the last row.
const BEYOND: usize = 64;

/// Where the rows of a block are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its number.
    pub number: u64,
    /// Where it begins in the file.
    pub at: u64,
    /// Where its last row ends.
    pub stop: usize,
}

/// The blocks of a file, one by one.
pub(crate) struct Blocks<R> {
    source: R,
    /// What was read behind the last row.
    rest: Vec<u8>,
    at: u64,
    number: u64,
    over: bool,
}

impl<R: Read> Blocks<R> {
    pub fn new(source: R) -> Self {
        Self {
            source,
            rest: Vec::new(),
            at: 0,
            number: 0,
            over: false,
        }
    }

    /// How many blocks were read.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Reads the next block into this one; none: there is no more. The last row of a file ends with a
    /// line feed whether the file has one there or not.
    pub fn next(&mut self, block: &mut Vec<u8>) -> Result<Option<Place>, Stop> {
        block.resize(SIZE + BEYOND, 0);
        let mut filled = self.rest.len();
        if let Some(start) = block.get_mut(..filled) {
            start.copy_from_slice(&self.rest);
        }
        while !self.over && filled < SIZE {
            let Some(free) = block.get_mut(filled..SIZE) else {
                break;
            };
            match self.source.read(free) {
                Ok(0) => self.over = true,
                Ok(more) => filled += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        if filled == 0 {
            return Ok(None);
        }
        let read = block.get(..filled).unwrap_or_default();
        let stop = match memchr::memrchr(b'\n', read) {
            Some(last) if !self.over || last + 1 == filled => last + 1,
            _ if self.over => {
                if let Some(end) = block.get_mut(filled) {
                    *end = b'\n';
                }
                filled + 1
            }
            _ => {
                return Err(Stop::Unread(Unread {
                    why: Why::Shape,
                    at: self.at,
                }));
            }
        };
        self.rest.clear();
        self.rest
            .extend_from_slice(block.get(stop..filled).unwrap_or_default());
        let place = Place {
            number: self.number,
            at: self.at,
            stop,
        };
        self.number += 1;
        self.at += stop as u64;
        Ok(Some(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Hands out a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(into.len()).min(self.0.len());
            let (now, later) = self.0.split_at(count);
            into[..count].copy_from_slice(now);
            self.0 = later;
            Ok(count)
        }
    }

    proptest! {
        #[test]
        fn all_bytes_come_once_and_in_order(
            lines in prop::collection::vec("[a-z\r]{0,40}", 0..40),
            repeated in 1_usize..2000,
            drops in 1_usize..100_000,
            ended: bool,
        ) {
            let mut file = lines.join("\n").repeat(repeated).into_bytes();
            if ended {
                file.push(b'\n');
            }
            let mut blocks = Blocks::new(Drops(&file, drops));
            let (mut block, mut all, mut number) = (Vec::new(), Vec::new(), 0);
            while let Ok(Some(place)) = blocks.next(&mut block) {
                prop_assert_eq!(place.number, number);
                prop_assert_eq!(place.at, all.len() as u64);
                prop_assert_eq!(block[place.stop - 1], b'\n');
                all.extend_from_slice(&block[..place.stop]);
                number += 1;
            }
            if !file.is_empty() && !file.ends_with(b"\n") {
                file.push(b'\n');
            }
            prop_assert_eq!(all, file);
        }
    }
}
