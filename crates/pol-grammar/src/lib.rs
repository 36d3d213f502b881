//! The pest grammar of Pol and its keyword table; nothing else, since the derive is slow to compile.
//!
//! Promises: [`PolParser`] reads one piece of a text (a declaration, a line of the one-line form)
//! with the rule of that name; keyword rules come from the table in [`keywords`]. Refuses to cut a
//! text into pieces, to bound its depth and to build a tree: that is `pol-syntax`.

pub mod keywords;
mod parser;

pub use parser::{PolParser, Rule};
