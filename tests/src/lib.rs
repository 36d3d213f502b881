//! The corpus that every evaluator shares.
