//! The fast way in and out: plain CSV to rows for the flat machine.
//!
//! Promises: a file that is read is read as the general reader reads it, row by row and value by
//! value, in memory that does not grow with the number of rows. Refuses: everything else. At the
//! first thing that it does not understand to the byte it stops and says where, and the general
//! reader reads the file instead; so it reports no mistakes, and lets none pass.
//!
//! Limits of the general reader on the size of a file are not its own: it never holds one.

mod blocks;
mod bytes;
mod cell;
mod day;
mod layout;
mod ledger;
mod memo;
mod outcomes;
mod part;
mod parted;
mod register;
mod rows;
mod schema;
mod subjects;
mod unread;

pub use ledger::Reader;
pub use outcomes::{Line, Telling, Written};
pub use part::{ledger_about, register_about};
pub use register::{Members, Shape};
pub use schema::{
    Cells, Column, Empty, EventSchema, FieldSchema, RegisterColumn, RegisterSchema, Schema,
};
pub use subjects::Subjects;
pub use unread::{Stop, Unread, Why};
