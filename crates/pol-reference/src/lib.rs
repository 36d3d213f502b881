//! The reference evaluator of Pol: the judge of all others.
