//! Printing a tree: the examples as they stand, every form in both spellings, comments, and
//! generated policies.

#[path = "print/mod.rs"]
mod cases;
