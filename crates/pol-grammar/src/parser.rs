//! The derived parser.
#![allow(
    missing_docs,
    reason = "the derive names one variant per grammar rule; the grammar documents them"
)]

/// The parser of `grammar/pol.pest`, with one [`Rule`] per rule of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "../../../grammar/keywords.pest"]
#[grammar = "../../../grammar/pol.pest"]
pub struct PolParser;
