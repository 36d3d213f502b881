//! A ledger on several threads: each reads blocks, and each takes the rows of its own subjects, in the
//! order of the file.
//!
//! Promises: every part is handed the same rows in the same order as one thread would hand it, in
//! memory that does not grow with the file.

use crate::blocks::{Blocks, Place};
use crate::ledger::{Reader, stopped, unread};
use crate::rows::Rows;
use crate::unread::{Stop, Why};
use pol_kernel::Row;
use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How far the reading may be ahead of the slowest part, in blocks.
const AHEAD: u64 = 8;

/// What a block holds for one part.
#[derive(Default)]
struct Piece {
    rows: Vec<Row>,
    ids: Vec<u64>,
}

/// What the threads share.
struct Shared<R> {
    blocks: Blocks<R>,
    /// For each part the pieces that it has not taken, by block.
    waiting: Vec<BTreeMap<u64, Piece>>,
    /// Pieces that were taken: what they held is gone, their room is used again.
    spare: Vec<Piece>,
    /// For each part the block that it takes next.
    next: Vec<u64>,
    /// First and last day of blocks that were read before one that comes before them.
    days: BTreeMap<u64, Option<(u16, u16)>>,
    /// Up to here blocks were read, and the last day in them.
    in_order: u64,
    day: u16,
    count: u64,
    over: bool,
    stopped: Option<Stop>,
}

impl<R: Read> Shared<R> {
    /// Notes the days of a block; false if the file goes back in time.
    fn dated(&mut self, number: u64, days: Option<(u16, u16)>) -> bool {
        self.days.insert(number, days);
        while let Some(days) = self.days.remove(&self.in_order) {
            self.in_order += 1;
            if let Some((first, last)) = days {
                if first < self.day {
                    return false;
                }
                self.day = last;
            }
        }
        true
    }

    fn slowest(&self) -> u64 {
        self.next.iter().copied().min().unwrap_or(0)
    }
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that panics ends the whole reading when it is joined.
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reader<'_> {
    /// Reads a ledger on as many threads as there are parts. Subject and row go to the part whose
    /// range of subjects holds it: each part begins at one of these subjects, in order, the first at
    /// nought.
    ///
    /// # Errors
    /// Something that was not understood; what was handed on before it is void.
    pub fn read_in_parts<T: FnMut(&[Row]) + Send>(
        self,
        source: impl Read + Send,
        begin: &[u32],
        parts: &mut [T],
    ) -> Result<u64, Stop> {
        let mut blocks = Blocks::new(source);
        let mut block = Vec::new();
        let Some(first) = blocks.next(&mut block)? else {
            return Err(unread(Why::Header, 0));
        };
        let (layout, from) = self.layout(block.get(..first.stop).unwrap_or_default())?;
        let shared = Mutex::new(Shared {
            blocks,
            waiting: parts.iter().map(|_| BTreeMap::new()).collect(),
            spare: Vec::new(),
            next: vec![0; parts.len()],
            days: BTreeMap::new(),
            in_order: 0,
            day: 0,
            count: 0,
            over: false,
            stopped: None,
        });
        let changed = Condvar::new();
        let mut first = Some((block, first, from));
        std::thread::scope(|threads| {
            for (number, take) in parts.iter_mut().enumerate() {
                let worker = Worker {
                    number,
                    begin,
                    rows: Rows::new(&layout, self.subjects, self.since),
                    ids: HashSet::new(),
                    shared: &shared,
                    changed: &changed,
                };
                let first = first.take();
                threads.spawn(move || worker.run(first, take));
            }
        });
        let shared = shared.into_inner().unwrap_or_else(PoisonError::into_inner);
        match shared.stopped {
            Some(stop) => Err(stop),
            None => Ok(shared.count),
        }
    }
}

/// One thread.
struct Worker<'w, R> {
    number: usize,
    begin: &'w [u32],
    rows: Rows<'w>,
    ids: HashSet<u64>,
    shared: &'w Mutex<Shared<R>>,
    changed: &'w Condvar,
}

/// Lets the others end if a thread panics.
struct Alarm<'w, R>(&'w Mutex<Shared<R>>, &'w Condvar);

impl<R> Drop for Alarm<'_, R> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let gone = std::io::Error::other("a thread ended early");
            lock(self.0).stopped.get_or_insert(Stop::Io(gone));
            self.1.notify_all();
        }
    }
}

impl<R: Read> Worker<'_, R> {
    fn run(mut self, first: Option<(Vec<u8>, Place, usize)>, take: &mut impl FnMut(&[Row])) {
        let _alarm = Alarm(self.shared, self.changed);
        let mut block = Vec::new();
        let mut given = first.map(|(bytes, place, from)| {
            block = bytes;
            (place, from)
        });
        loop {
            let next = match given.take() {
                Some(first) => Some(first),
                None => self.next_block(&mut block, take),
            };
            let Some((place, from)) = next else { break };
            self.read(&block, place, from);
            self.take_what_waits(take);
        }
        self.take_what_waits(take);
    }

    fn stop(&self, stop: Stop) {
        let mut shared = lock(self.shared);
        shared.stopped.get_or_insert(stop);
        self.changed.notify_all();
    }

    /// The next block that nobody has read; meanwhile what waits is taken. None at the end, when all
    /// that was for this part is taken.
    fn next_block(
        &mut self,
        block: &mut Vec<u8>,
        take: &mut impl FnMut(&[Row]),
    ) -> Option<(Place, usize)> {
        loop {
            self.take_what_waits(take);
            let mut shared = lock(self.shared);
            if shared.stopped.is_some() {
                return None;
            }
            let mine = shared.next.get(self.number).copied().unwrap_or(0);
            let ready = shared
                .waiting
                .get(self.number)
                .is_some_and(|waiting| waiting.contains_key(&mine));
            if ready {
                continue;
            }
            let ahead = shared.blocks.number() >= shared.slowest() + AHEAD;
            if shared.over && mine == shared.blocks.number() {
                return None;
            }
            if shared.over || ahead {
                drop(
                    self.changed
                        .wait(shared)
                        .unwrap_or_else(PoisonError::into_inner),
                );
                continue;
            }
            match shared.blocks.next(block) {
                Ok(Some(place)) => return Some((place, 0)),
                Ok(None) => {
                    shared.over = true;
                    self.changed.notify_all();
                }
                Err(stop) => {
                    drop(shared);
                    self.stop(stop);
                    return None;
                }
            }
        }
    }

    /// Reads a block and lays its rows out for the parts.
    fn read(&mut self, block: &[u8], place: Place, from: usize) {
        let mut pieces: Vec<Piece> = {
            let mut shared = lock(self.shared);
            let spare = || shared.spare.pop().unwrap_or_default();
            std::iter::repeat_with(spare)
                .take(self.begin.len())
                .collect()
        };
        let (mut days, mut count) = (None, 0);
        let begin = self.begin;
        let read = self
            .rows
            .block(block, from, place.stop, &mut |rows: &[Row]| {
                count += rows.len() as u64;
                for row in rows {
                    let (first, _) = days.unwrap_or((row.day, row.day));
                    days = Some((first, row.day));
                    let part = begin.partition_point(|begin| *begin <= row.subject);
                    if let Some(piece) = pieces.get_mut(part.saturating_sub(1)) {
                        piece.rows.push(*row);
                    }
                }
            });
        if let Err(at) = read {
            return self.stop(stopped(at, place));
        }
        for id in self.rows.ids.drain(..) {
            let part = usize::try_from(id % pieces.len().max(1) as u64).unwrap_or(0);
            if let Some(piece) = pieces.get_mut(part) {
                piece.ids.push(id);
            }
        }
        let mut shared = lock(self.shared);
        shared.count += count;
        for (waiting, piece) in shared.waiting.iter_mut().zip(pieces) {
            waiting.insert(place.number, piece);
        }
        if !shared.dated(place.number, days) {
            shared.stopped.get_or_insert(unread(Why::Order, place.at));
        }
        self.changed.notify_all();
    }

    /// Takes the pieces of this part that follow on those that it has taken.
    fn take_what_waits(&mut self, take: &mut impl FnMut(&[Row])) {
        let mut taken: Option<Piece> = None;
        loop {
            let mut piece = {
                let mut shared = lock(self.shared);
                shared.spare.extend(taken.take());
                if shared.stopped.is_some() {
                    return;
                }
                let Some(next) = shared.next.get(self.number).copied() else {
                    return;
                };
                let waiting = shared.waiting.get_mut(self.number);
                let Some(piece) = waiting.and_then(|waiting| waiting.remove(&next)) else {
                    return;
                };
                if let Some(mine) = shared.next.get_mut(self.number) {
                    *mine += 1;
                }
                self.changed.notify_all();
                piece
            };
            for id in piece.ids.drain(..) {
                if !self.ids.insert(id) {
                    return self.stop(unread(Why::Id, 0));
                }
            }
            take(&piece.rows);
            piece.rows.clear();
            taken = Some(piece);
        }
    }
}
