//! A whole ledger.

use crate::blocks::{Blocks, Place};
use crate::layout::Layout;
use crate::rows::{Rows, Stopped};
use crate::schema::Schema;
use crate::subjects::Subjects;
use crate::unread::{Stop, Unread, Why};
use pol_calendar::Date;
use pol_kernel::{Letters, Row};
use std::collections::HashSet;
use std::io::Read;

const UTF8_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];

/// What a ledger is read with.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// The words of the policy.
    pub schema: &'a Schema,
    /// How entries are spelled.
    pub letters: &'a Letters,
    /// Who there is.
    pub subjects: &'a Subjects,
    /// The day from which days are counted.
    pub since: Date,
}

impl Reader<'_> {
    /// Reads a ledger and hands its rows on, in the order of the file, a few at a time. Returns how
    /// many they were.
    ///
    /// # Errors
    /// The first thing that was not understood; what was handed on before it is void.
    pub fn read(self, source: impl Read, take: &mut impl FnMut(&[Row])) -> Result<u64, Stop> {
        let mut blocks = Blocks::new(source);
        let mut block = Vec::new();
        let Some(place) = blocks.next(&mut block)? else {
            return Err(unread(Why::Header, 0));
        };
        let (layout, from) = self.layout(block.get(..place.stop).unwrap_or_default())?;
        let mut rows = Rows::new(&layout, self.subjects, self.since);
        let mut ids = HashSet::new();
        let mut count = 0;
        let mut counted = |rows: &[Row]| {
            count += rows.len() as u64;
            take(rows);
        };
        let mut place = Some((place, from));
        while let Some((here, from)) = place {
            rows.block(&block, from, here.stop, &mut counted)
                .map_err(|at| stopped(at, here))?;
            for id in rows.ids.drain(..) {
                if !ids.insert(id) {
                    return Err(unread(Why::Id, here.at));
                }
            }
            place = blocks.next(&mut block)?.map(|place| (place, 0));
        }
        Ok(count)
    }

    /// How rows are read, from the header, and where the first one begins.
    pub(crate) fn layout(self, block: &[u8]) -> Result<(Layout, usize), Stop> {
        let (header, from) = header(block);
        let layout = Layout::new(self.schema, self.letters, self.subjects, header)
            .map_err(|why| unread(why, 0))?;
        Ok((layout, from))
    }
}

/// The first line of a file without its mark, and where the next line begins.
pub(crate) fn header(block: &[u8]) -> (&[u8], usize) {
    let text = block.strip_prefix(UTF8_MARK).unwrap_or(block);
    let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
    let header = text.get(..end).unwrap_or_default();
    let header = header.strip_suffix(b"\r").unwrap_or(header);
    (header, block.len() - text.len() + end + 1)
}

pub(crate) fn unread(why: Why, at: u64) -> Stop {
    Stop::Unread(Unread { why, at })
}

/// Where the rows of a block stopped being understood.
pub(crate) fn stopped((why, at): Stopped, place: Place) -> Stop {
    unread(why, place.at + at as u64)
}
