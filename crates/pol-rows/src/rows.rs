//! Rows of a block, one after the other.

use crate::bytes::{before, cell_end, first, hash, mixed, word};
use crate::cell::{Spelled, text, unquoted};
use crate::day::day;
use crate::layout::{Layout, Part};
use crate::memo::{Memo, NO_KIND};
use crate::subjects::{Subjects, key};
use crate::unread::Why;
use pol_calendar::Date;
use pol_kernel::Row;

/// So many rows are looked up together: their subjects lie far apart in memory, and the machine
/// fetches several places at once.
const TOGETHER: usize = 64;

/// Where a row stopped being understood, in bytes from the beginning of its block.
pub(crate) type Stopped = (Why, usize);

/// Reads rows.
pub(crate) struct Rows<'a> {
    layout: &'a Layout,
    subjects: &'a Subjects,
    since: Date,
    memo: Memo,
    /// The last date as it was written, with the comma behind it.
    written: [u8; 11],
    day: u16,
    read: Vec<Row>,
    waiting: Vec<Waiting>,
    /// Ids of entries, as hashes.
    pub ids: Vec<u64>,
    /// Fields among the first cells: their columns, and where they stand.
    fields: Vec<(usize, usize, usize)>,
    cells: Vec<Cell>,
}

/// What a row's subject will be found by.
struct Waiting {
    key: u64,
    from: usize,
    to: usize,
    event: u16,
}

impl<'a> Rows<'a> {
    pub fn new(layout: &'a Layout, subjects: &'a Subjects, since: Date) -> Self {
        Self {
            layout,
            subjects,
            since,
            memo: Memo::new(),
            written: [0; 11],
            day: 0,
            read: Vec::with_capacity(TOGETHER),
            waiting: Vec::with_capacity(TOGETHER),
            ids: Vec::new(),
            fields: Vec::new(),
            cells: Vec::new(),
        }
    }

    /// Reads all rows of a block, in order.
    pub fn block(
        &mut self,
        block: &[u8],
        from: usize,
        stop: usize,
        take: &mut impl FnMut(&[Row]),
    ) -> Result<(), Stopped> {
        let mut at = from;
        while at < stop {
            at = self.row(block, at).map_err(|why| (why, at))?;
            if self.read.len() == TOGETHER {
                self.settle(block, take)?;
            }
        }
        self.settle(block, take)
    }

    /// Finds the subjects of the rows that wait, and hands the rows on.
    fn settle(&mut self, block: &[u8], take: &mut impl FnMut(&[Row])) -> Result<(), Stopped> {
        for (row, waiting) in self.read.iter_mut().zip(&self.waiting) {
            row.subject = self.subjects.guess(waiting.key);
        }
        for (row, waiting) in self.read.iter_mut().zip(&self.waiting) {
            let id = || block.get(waiting.from..waiting.to).unwrap_or_default();
            let found = self.subjects.settle(row.subject, waiting.key, id);
            row.subject = found.ok_or((Why::Subject, waiting.from))?;
        }
        if self.layout.sorts_subjects {
            self.check_kinds()?;
        }
        take(&self.read);
        self.read.clear();
        self.waiting.clear();
        Ok(())
    }

    /// Refuses subjects of kinds that the rows are not about.
    fn check_kinds(&self) -> Result<(), Stopped> {
        for (row, waiting) in self.read.iter().zip(&self.waiting) {
            let event = self.layout.event(waiting.event);
            let event = event.map_err(|why| (why, waiting.from))?;
            let kind = self.subjects.kind(row.subject);
            if !kind.is_some_and(|kind| event.of.contains(&kind)) {
                return Err((Why::Subject, waiting.from));
            }
        }
        Ok(())
    }

    /// Reads one row, and says where the next one begins.
    #[inline]
    fn row(&mut self, block: &[u8], from: usize) -> Result<usize, Why> {
        match block.get(from) {
            Some(b'\n') => return Ok(from + 1),
            Some(b'\r') if block.get(from + 1) == Some(&b'\n') => return Ok(from + 2),
            _ => {}
        }
        let layout = self.layout;
        let mut begun = Begun {
            at: from,
            ..Begun::default()
        };
        self.fields.clear();
        for (column, part) in layout.start.iter().enumerate() {
            match part {
                Part::Date if self.same_date(block, begun.at) => begun.at += self.written.len(),
                Part::Of if begun.short_id(block) => {}
                _ => self.cell(block, column, *part, &mut begun)?,
            }
        }
        if begun.ended != layout.end.is_empty() {
            return Err(Why::Shape);
        }
        if begun.recorded.is_some_and(|recorded| recorded != self.day) {
            return Err(Why::Recorded);
        }
        let (mut spelled, event) = if begun.ended {
            let base = layout.event(begun.kind)?.base;
            (base.ok_or(Why::Value)?, begun.kind)
        } else {
            let end = self.memo.end(block, begun.at, begun.kind);
            let known = end.as_ref().and_then(|end| {
                let known = self.memo.find(end, block)?;
                begun.at += end.len() + 1;
                Some(known)
            });
            if let Some(known) = known {
                known
            } else {
                let (spelled, event) = self.end(block, &mut begun)?;
                if let Some(end) = &end {
                    self.memo.keep(end, block, spelled, event);
                }
                (spelled, event)
            }
        };
        if !self.fields.is_empty() {
            let fields = layout.event(event)?;
            for (column, from, to) in &self.fields {
                let cell = block.get(*from..*to).unwrap_or_default();
                spelled = spelled.and(fields.cell(*column, cell)?);
            }
        }
        let content = if begun.has_id {
            0
        } else {
            let day = mixed(spelled.content, u64::from(self.day));
            mixed(day, begun.key).max(1)
        };
        self.read.push(Row {
            day: self.day,
            subject: 0,
            letter: spelled.letter,
            amount: spelled.amount,
            content,
        });
        self.waiting.push(Waiting {
            key: begun.key,
            from: begun.id.0,
            to: begun.id.1,
            event,
        });
        Ok(begun.at)
    }

    /// True if the date of the row before stands here again.
    #[inline]
    fn same_date(&self, block: &[u8], at: usize) -> bool {
        let here = block.get(at..).and_then(|rest| rest.first_chunk());
        here.is_some_and(|here| *here == self.written)
    }

    /// Reads one of the first cells.
    fn cell(
        &mut self,
        block: &[u8],
        column: usize,
        part: Part,
        begun: &mut Begun,
    ) -> Result<(), Why> {
        let cell = begun.next(block)?;
        let bytes = cell.of(block);
        match part {
            Part::Date => {
                let day = day(bytes, self.since).ok_or(Why::Date)?;
                if day < self.day {
                    return Err(Why::Order);
                }
                self.day = day;
                self.written = [0; 11];
                if let Some(written) = block.get(cell.from..cell.from + self.written.len())
                    && cell.to == cell.from + 10
                    && written.ends_with(b",")
                {
                    self.written.copy_from_slice(written);
                }
            }
            Part::Of => {
                begun.key = key(bytes);
                begun.id = (cell.from, cell.to);
            }
            Part::Id | Part::Recorded if bytes.is_empty() => {}
            Part::Id => {
                if text(bytes)?.len() != bytes.len() {
                    return Err(Why::Id);
                }
                begun.has_id = true;
                self.ids.push(hash(bytes));
            }
            Part::Kind => begun.kind = self.layout.kind(bytes)?,
            Part::Recorded => {
                begun.recorded = Some(day(bytes, self.since).ok_or(Why::Recorded)?);
            }
            Part::Field => self.fields.push((column, cell.from, cell.to)),
            Part::Empty | Part::Remark => ignored(part, bytes)?,
        }
        Ok(())
    }

    /// Reads the cells behind those that differ from row to row.
    #[cold]
    fn end(&mut self, block: &[u8], begun: &mut Begun) -> Result<(Spelled, u16), Why> {
        let layout = self.layout;
        let mut kind = begun.kind;
        self.cells.clear();
        for part in &layout.end {
            let cell = begun.next(block)?;
            if *part == Part::Kind {
                kind = layout.kind(cell.of(block))?;
            }
            self.cells.push(cell);
        }
        if !begun.ended {
            return Err(Why::Shape);
        }
        let event = layout.event(kind)?;
        let mut spelled = event.base.ok_or(Why::Value)?;
        let columns = layout.start.len()..;
        for ((column, part), cell) in columns.zip(&layout.end).zip(&self.cells) {
            let bytes = cell.of(block);
            match part {
                Part::Kind => {}
                Part::Field => spelled = spelled.and(event.cell(column, bytes)?),
                part => ignored(*part, bytes)?,
            }
        }
        Ok((spelled, kind))
    }
}

/// What was read of a row.
struct Begun {
    at: usize,
    /// True if the row ended with the last cell.
    ended: bool,
    kind: u16,
    key: u64,
    id: (usize, usize),
    has_id: bool,
    recorded: Option<u16>,
}

impl Default for Begun {
    fn default() -> Self {
        Self {
            at: 0,
            ended: false,
            kind: NO_KIND,
            key: 0,
            id: (0, 0),
            has_id: false,
            recorded: None,
        }
    }
}

/// Where the content of a cell stands.
#[derive(Debug, Clone, Copy)]
struct Cell {
    from: usize,
    to: usize,
}

impl Cell {
    fn of(self, block: &[u8]) -> &[u8] {
        block.get(self.from..self.to).unwrap_or_default()
    }
}

impl Begun {
    /// The next cell.
    fn next(&mut self, block: &[u8]) -> Result<Cell, Why> {
        if self.ended {
            return Err(Why::Shape);
        }
        let (to, more) = cell_end(block, self.at).ok_or(Why::Shape)?;
        let raw = block.get(self.at..to).unwrap_or_default();
        let raw = match raw.strip_suffix(b"\r") {
            Some(bare) if !more => bare,
            _ => raw,
        };
        let bytes = unquoted(raw)?;
        // What is longer than its content has a quotation mark before it.
        let from = self.at + usize::from(bytes.len() < raw.len());
        self.ended = !more;
        self.at = to + 1;
        Ok(Cell {
            from,
            to: from + bytes.len(),
        })
    }

    /// Reads an id of up to seven bytes without quotation marks.
    #[inline]
    fn short_id(&mut self, block: &[u8]) -> bool {
        let eight = word(block, self.at);
        match before(eight, b',') {
            Some(len) if eight & 0xFF != u64::from(b'"') && !self.ended => {
                let to = self.at + len as usize;
                self.key = first(eight, len);
                self.id = (self.at, to);
                self.at = to + 1;
                true
            }
            _ => false,
        }
    }
}

/// A cell that is not read.
fn ignored(part: Part, cell: &[u8]) -> Result<(), Why> {
    match (part, cell) {
        (_, []) => Ok(()),
        (Part::Remark, _) => text(cell).map(drop),
        _ => Err(Why::Value),
    }
}
