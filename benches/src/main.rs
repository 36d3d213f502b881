//! One command that measures the evaluators on the workload and prints the table.
//!
//! `cargo run --release -p pol-bench -- DATA…` where each DATA is a folder with `subjects.csv` and
//! `ledger.csv`, the larger ones later; the last one holds about 60 entries for each subject, for
//! single decisions. `POL_BENCH_PEERS` names a folder of programs to measure beside (`ceiling`, `lat`),
//! `POL_BENCH_PYTHON` a Python that has DuckDB and Polars, with `POL_BENCH_SCRIPTS` the folder of their
//! scripts. Promises: ratios of CPU time, taken in one run; checksums beside them. Refuses: to be a test.
#![expect(clippy::print_stdout, reason = "it is a program that prints a table")]

mod cpu;
mod peers;
mod table;
mod whole;
mod workload;

use std::io;
use std::num::NonZero;
use std::path::Path;
use workload::{CARDS, QUARTERS, Rules};

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["replay", "w1", folder, out, threads] => replay(CARDS, folder, out, threads),
        ["replay", "y0", folder, out, threads] => replay(QUARTERS, folder, out, threads),
        ["stream", "w1", folder, out, threads] => stream(CARDS, folder, out, threads),
        ["stream", "y0", folder, out, threads] => stream(QUARTERS, folder, out, threads),
        ["measure", program, words @ ..] => whole::measure(program, words),
        [] => Err(workload::wrong(
            "name the folders with subjects.csv and ledger.csv, that of single decisions last",
        )),
        folders => {
            println!("{}", table::table(folders)?);
            Ok(())
        }
    }
}

/// The whole way: files in, sorted outcomes out.
fn replay(rules: (&str, &str), folder: &str, out: &str, threads: &str) -> io::Result<()> {
    let threads = number(threads)?;
    let rules = Rules::of(rules)?;
    let data = rules.read(Path::new(folder))?;
    let report = rules.evaluate(&data, threads)?;
    std::fs::write(out, rules.lines(&report, &data.register))
}

/// The same row by row, without holding the files; how it was done is said.
fn stream(rules: (&str, &str), folder: &str, out: &str, threads: &str) -> io::Result<()> {
    let lines = Rules::of(rules)?.stream(Path::new(folder), number(threads)?)?;
    std::fs::write(out, lines.csv)?;
    println!("{:?}", lines.how);
    Ok(())
}

fn number(threads: &str) -> io::Result<NonZero<usize>> {
    let threads = threads.parse();
    threads.map_err(|_| workload::wrong("how many threads?"))
}
