//! Exact values, entries, registers and outcome records shared by every evaluator.
