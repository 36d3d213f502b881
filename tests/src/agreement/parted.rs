//! The incremental evaluator with the register in parts, on several threads.

use super::evaluator::{Called, Said};
use pol_eval::Program;
use pol_plan::Plan;
use std::num::NonZero;

/// The incremental evaluator in the smallest parts, and in somewhat larger ones, on one to four
/// threads. What differs from the first of them is told.
pub const PARTED: Called = Called("parted", |given| {
    let (register, options) = (given.register, given.options);
    given.policy.runnable(register, options.as_of)?;
    let program = Program::owning(Plan::of(given.policy));
    let run = |size: usize, threads: usize| -> Said {
        let threads = NonZero::new(threads).expect("one at least");
        let parted = program.in_parts_of(size);
        parted.evaluate(register, given.entries, options, threads)
    };
    let first = run(1, 1);
    let others = [(1, 2), (1, 4), (4, 1), (4, 3)];
    let mut others = others.into_iter().map(|(size, threads)| run(size, threads));
    others.find(|other| *other != first).unwrap_or(first)
});
