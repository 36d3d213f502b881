//! The findings of this stage: one function for each sentence that an author may see.

mod names;
mod types;

pub(crate) use names::*;
pub(crate) use types::*;
