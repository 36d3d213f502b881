//! The facade that embedders use: compile, load, run, explain.
