//! One command that measures the evaluators on the workload and prints the table.
//!
//! `cargo run --release -p pol-bench -- DATA…` where each DATA is a folder with `subjects.csv` and
//! `ledger.csv`; the last one holds about 60 entries for each subject, for single decisions.
//! `POL_BENCH_PEERS` names a folder of programs to measure beside: `ceiling`, `idiomatic`, `lat`.
//! Promises: ratios of CPU time, taken in one run; checksums beside them. Refuses: to be a test.
#![expect(clippy::print_stdout, reason = "it is a program that prints a table")]

mod cpu;
mod peers;
mod table;
mod workload;

use std::io;
use std::path::Path;
use workload::{CARDS, QUARTERS, Rules};

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["replay", "w1", folder, out] => replay(CARDS, folder, out),
        ["replay", "y0", folder, out] => replay(QUARTERS, folder, out),
        ["stream", "w1", threads, folder, out] => stream(CARDS, threads, folder, out),
        ["stream", "y0", threads, folder, out] => stream(QUARTERS, threads, folder, out),
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
fn replay(rules: (&str, &str), folder: &str, out: &str) -> io::Result<()> {
    let rules = Rules::of(rules)?;
    let data = rules.read(Path::new(folder))?;
    let report = rules.evaluate(&data)?;
    std::fs::write(out, rules.lines(&report, &data.register))?;
    println!("{} KiB", cpu::peak());
    Ok(())
}

/// The same row by row, without holding the files; how it was done is said.
fn stream(rules: (&str, &str), threads: &str, folder: &str, out: &str) -> io::Result<()> {
    let threads = threads
        .parse()
        .map_err(|_| workload::wrong("how many threads?"))?;
    let lines = Rules::of(rules)?.stream(Path::new(folder), threads)?;
    std::fs::write(out, lines.csv)?;
    println!("{} KiB, {:?}", cpu::peak(), lines.how);
    Ok(())
}
