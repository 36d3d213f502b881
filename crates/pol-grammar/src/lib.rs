//! The pest grammar of Pol and its keyword table.
