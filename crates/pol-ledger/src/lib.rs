//! Registers and ledgers in, outcome tables out.
//!
//! In: bytes of CSV, XLSX or JSON Lines (or rows that the caller holds), and the policy whose
//! kinds, fields and choices they follow. Out: a [`Register`](pol_model::Register), entries, or
//! all that is wrong, with file, sheet, line and column, in both languages.
//!
//! Promises: what cannot be read exactly is an error, or set aside with its reason; nothing is
//! dropped in silence, and what is left out on purpose is told in a note. No panic on any bytes.
//! Refuses: files, clocks, guesses. Limits: [`MAX_BYTES`], [`MAX_UNPACKED`], [`MAX_ROWS`], [`MAX_CELLS`],
//! [`MAX_CELL`], [`MAX_ERRORS`].
//!
//! Source: the manual, chapter Registers and ledgers.

mod header;
mod input;
mod ledger;
mod plain;
mod problem;
mod register;
mod row;
mod source;
mod table;
mod template;
mod text;
mod value;
mod words;

pub use input::{Encoding, Format, Input, MAX_BYTES, MAX_CELL, MAX_CELLS, MAX_ROWS, MAX_UNPACKED};
pub use ledger::{Loaded, Mode, Reject, ledger_from_values, read_ledger, rejects_csv};
pub use plain::{ledger_schema, register_schema, value_of};
pub use problem::{DataError, DataErrors, MAX_ERRORS, Note, Place};
pub use register::{LoadedRegister, read_register, register_from_values};
pub use table::{Mark, OutCell, OutTable, WriteError, write_csv, write_xlsx};
pub use template::template;
