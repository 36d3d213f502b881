//! The syntax tree of Pol: parsing with recovery, diagnostics, printing in both spellings.
