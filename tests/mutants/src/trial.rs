//! A fault is tried: do the tests notice it?

use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What is run, in this order, until something fails: a test, and which of its functions.
const STAGES: &[(&str, &str)] = &[
    (
        "evaluators",
        "the_incremental_evaluator_says_what_the_reference_says",
    ),
    ("agreement", "evaluators_agree"),
    ("agreement", "cases_that_differed_once_agree"),
    ("agreement", "exhaustive::all_small_ledgers_agree"),
    ("live", ""),
];

/// A fault that makes a run endless is noticed as well.
const PATIENCE: Duration = Duration::from_secs(300);

/// The tests, built with all faults asleep.
pub struct Trial {
    tree: PathBuf,
    stages: Vec<(&'static str, PathBuf, &'static str)>,
}

impl Trial {
    /// Builds the tests.
    pub fn build(tree: &Path) -> Result<Self> {
        let mut cargo = Command::new("cargo");
        cargo
            .current_dir(tree)
            .args(["test", "--release", "-p", "pol-tests", "--no-run"]);
        for (test, _) in STAGES {
            cargo.args(["--test", test]);
        }
        let built = cargo.stdout(Stdio::null()).output()?;
        let said = String::from_utf8_lossy(&built.stderr);
        if !built.status.success() {
            return Err(Error::other(format!("the faults cannot be built:\n{said}")));
        }
        let mut stages = Vec::new();
        for (test, function) in STAGES {
            let line = said
                .lines()
                .find(|line| line.contains(&format!("/{test}.rs (")));
            let path = line.and_then(|line| line.rsplit_once('(')?.1.strip_suffix(')'));
            let path =
                path.ok_or_else(|| Error::other(format!("{test} was not built:\n{said}")))?;
            stages.push((*test, tree.join(path), *function));
        }
        Ok(Self {
            tree: tree.to_owned(),
            stages,
        })
    }

    /// The first test that fails with a fault awake; none if none does.
    pub fn notices(&self, fault: Option<usize>) -> Result<Option<&'static str>> {
        for (test, path, function) in &self.stages {
            if !self.passes(path, function, fault)? {
                return Ok(Some(test));
            }
        }
        Ok(None)
    }

    fn passes(&self, path: &Path, function: &str, fault: Option<usize>) -> Result<bool> {
        let mut command = Command::new(path);
        if !function.is_empty() {
            command.args([function, "--exact"]);
        }
        command
            .current_dir(self.tree.join("tests"))
            .env("CARGO_MANIFEST_DIR", self.tree.join("tests"))
            .env("AGREEMENT_PAIRS", "1500")
            .env("AGREEMENT_SMALL", "0")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if let Some(fault) = fault {
            command.env("POL_FAULT", fault.to_string());
        }
        let mut running = command.spawn()?;
        let start = Instant::now();
        loop {
            if let Some(status) = running.try_wait()? {
                return Ok(status.success());
            }
            if start.elapsed() > PATIENCE {
                running.kill()?;
                running.wait()?;
                return Ok(false);
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
