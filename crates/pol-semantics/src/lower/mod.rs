//! From the syntax tree to the typed policy.

pub(crate) mod test;
