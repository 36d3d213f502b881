//! From a policy to a Rust crate of its own.
//!
//! [`generate`] makes the files of a crate: the policy's own types, with the clauses that they cite as
//! their documentation, and its plan. [`generate_module`] makes the same as one file, to be included
//! in a crate that has other things to do; [`build`] does that in a build script. Names are made by
//! the rule that stands in the manual, chapter Embedding.
//!
//! Promises: the same policy gives the same bytes; what is generated is formatted as `rustfmt` does
//! it, compiles without a warning, clippy's pedantic ones included, and depends on `pol-runtime`
//! alone. Refuses: policies with errors or holes, and to overwrite what it did not write.

mod build;
mod choices;
mod constant;
mod docs;
mod entries;
mod files;
mod layout;
mod lexicon;
mod listed;
mod module;
mod names;
mod outcomes;
mod policy;
mod subjects;
mod whole;

pub use build::{BuildError, Compiled, build, compile};
pub use files::{Files, Stale, WriteError};
pub use layout::string;
pub use whole::{Runtime, Settings, generate, generate_module};

use docs::Docs;
use lexicon::Lexicon;
use pol::hir::Policy;
use pol::plan::Plan;

/// What a crate is generated from.
pub(crate) struct Generator<'a> {
    pub policy: &'a Policy,
    pub plan: &'a Plan,
    pub lexicon: Lexicon,
    pub docs: Docs<'a>,
}
