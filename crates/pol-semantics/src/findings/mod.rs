//! The findings of this stage: one function for each sentence that an author may see.

mod action;
mod names;
mod scope;
mod table;
mod test;
mod types;

pub(crate) use action::*;
pub(crate) use names::*;
pub(crate) use scope::*;
pub(crate) use table::*;
pub(crate) use test::*;
pub(crate) use types::*;
