//! JSON: the whole run as one object, or one outcome on each line.

use super::impossible;
use crate::status::Trouble;
use pol::{Open, Outcome, Run, RunOptions};
use serde::Serialize;

/// A whole run.
#[derive(Serialize)]
struct Whole<'a> {
    /// The policy's name.
    policy: &'a str,
    /// How the run was made; `as_of` is its last day.
    run: &'a RunOptions,
    /// Everything that was said, in order.
    outcomes: Vec<Outcome>,
    /// What is open on the last day.
    open: Open,
}

pub fn whole(run: &Run<'_>) -> Result<Vec<u8>, Trouble> {
    let whole = Whole {
        policy: run.policy().name(),
        run: run.options(),
        outcomes: run.outcomes(),
        open: run.open(),
    };
    let mut bytes = serde_json::to_vec_pretty(&whole).map_err(|error| impossible(&error))?;
    bytes.push(b'\n');
    Ok(bytes)
}

pub fn lines(run: &Run<'_>) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    for outcome in run.outcomes() {
        serde_json::to_writer(&mut bytes, &outcome).map_err(|error| impossible(&error))?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}
