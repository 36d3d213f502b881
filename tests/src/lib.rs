//! The corpus that every evaluator shares, and what the promises about the whole workspace are tested with.

pub mod agreement;
pub mod documents;
pub mod report;
pub mod runs;
pub mod samples;
