//! Programs by others, measured beside: they are found by the environment, never built here.

use std::io;
use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder of built programs.
pub(crate) struct Peers(PathBuf);

impl Peers {
    /// The folder that `POL_BENCH_PEERS` names.
    pub(crate) fn found() -> Option<Self> {
        std::env::var_os("POL_BENCH_PEERS").map(|folder| Self(folder.into()))
    }

    fn run(&self, program: &str, words: &[&str]) -> io::Result<Output> {
        Command::new(self.0.join(program)).args(words).output()
    }

    /// Where a program lies.
    pub(crate) fn program(&self, name: &str) -> String {
        self.0.join(name).to_string_lossy().into_owned()
    }

    /// The least number of nanoseconds that a program prints before some words: what it took when
    /// nobody disturbed it.
    pub(crate) fn printed(
        &self,
        program: &str,
        words: &[&str],
        before: &str,
    ) -> io::Result<Option<f64>> {
        let output = self.run(program, words)?;
        let text = String::from_utf8_lossy(&output.stdout);
        let printed = text.lines().filter_map(|line| {
            let number = line.split_once(before)?.0.split_whitespace().last()?;
            number.parse::<f64>().ok()
        });
        Ok(printed.min_by(f64::total_cmp))
    }
}
