//! The meaning of a policy: every name resolved, every type and unit checked.
//!
//! In: the syntax tree. Out: the typed policy ([`hir::Policy`]) that every evaluator reads, or the
//! findings that keep it from being one, all at once. Never reads a ledger, a file or a clock.

mod analysis;
pub mod hir;

mod findings;
mod literal;
mod names;
mod nearest;
mod types;
