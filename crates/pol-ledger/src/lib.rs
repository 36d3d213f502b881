//! Registers and ledgers in, outcome tables out.
