//! Names, types and units: from the syntax tree to the typed policy.
