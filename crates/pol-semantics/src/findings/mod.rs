//! The findings of this stage: one function for each sentence that an author may see.

mod names;
mod test;
mod types;

pub(crate) use names::*;
pub(crate) use test::*;
pub(crate) use types::*;
