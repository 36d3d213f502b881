//! Why a file is left to the general reader.

use std::fmt;
use std::io;

/// The first thing that the fast reader did not understand. That is no mistake in the file: the
/// general reader reads it and reports what is wrong, if anything is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unread {
    /// Why.
    pub why: Why,
    /// Where its row begins, in bytes from the beginning of the file.
    pub at: u64,
}

/// What was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The header: a word, a column that is there twice or not at all, or a title above it.
    Header,
    /// A row with more or fewer cells than the header, or a longer one than is ever read.
    Shape,
    /// A cell in quotation marks that holds a separator or a quotation mark.
    Quotes,
    /// A date in another spelling, with a time, or outside the days that are counted.
    Date,
    /// A row that is earlier than the one before.
    Order,
    /// A row that was recorded on another day.
    Recorded,
    /// A kind of entry that is spelled otherwise, or left to the general reader.
    Kind,
    /// A subject that is not in the register under this id, or none.
    Subject,
    /// An id that comes twice, or is spelled in a way that people might not see.
    Id,
    /// A value that is spelled otherwise, missing, or of a field that the kind does not have.
    Value,
    /// Bytes that are not UTF-8.
    Encoding,
    /// A register that says more than ids and values that hold always.
    Register,
}

/// What keeps a file from being read fast.
#[derive(Debug)]
pub enum Stop {
    /// It is left to the general reader.
    Unread(Unread),
    /// It could not be read at all.
    Io(io::Error),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Unread> for Stop {
    fn from(unread: Unread) -> Self {
        Self::Unread(unread)
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(Unread { why, at }) => write!(f, "byte {at}: {why:?}"),
            Self::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Stop {}
