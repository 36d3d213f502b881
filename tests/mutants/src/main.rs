//! Plants faults into the fast evaluators, one at a time, and counts those that the tests notice.
//!
//! `cargo run -p pol-mutants` takes every sixth fault of the files in `sources.toml`; `-- 1` all of
//! them. The sources are copied below `target/mutants` and built once, with all faults in them; which
//! one is awake is told to each run. Survivors that are known stand in `survivors.toml`, with why.

mod plant;
mod trial;

use plant::Fault;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use trial::Trial;

/// Where faults are planted.
#[derive(Deserialize)]
struct Sources {
    files: Vec<String>,
}

/// Faults that nobody notices, and why that is right.
#[derive(Deserialize)]
struct Survivors {
    survivor: Vec<Survivor>,
}

#[derive(Deserialize)]
struct Survivor {
    file: String,
    right: String,
    wrong: String,
    why: String,
}

/// What is appended to a crate in which faults are planted.
const QUESTION: &str = "
/// True if the fault of this number is the one that this process runs with.
pub(crate) fn planted_fault(number: usize) -> bool {
    static AWAKE: std::sync::OnceLock<Option<usize>> = std::sync::OnceLock::new();
    *AWAKE.get_or_init(|| std::env::var(\"POL_FAULT\").ok()?.parse().ok()) == Some(number)
}
";

#[expect(clippy::print_stdout, reason = "what is missed is to be read")]
fn main() -> Result<ExitCode> {
    let every = std::env::args().nth(1).map_or(Ok(6), |text| text.parse());
    let every: usize = every.map_err(Error::other)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()?;
    let tree = root.join("target/mutants");
    copy(&root, &tree)?;
    let faults = plant_all(&root, &tree, every)?;
    let trial = Trial::build(&tree)?;
    if let Some(stage) = trial.notices(None)? {
        return Err(Error::other(format!("{stage} fails without any fault")));
    }
    let known: Survivors = read(&root.join("tests/mutants/survivors.toml"))?;
    let mut by_stage: BTreeMap<&str, usize> = BTreeMap::new();
    let mut survived = Vec::new();
    for (number, fault) in faults.iter().enumerate() {
        let stage = trial.notices(Some(number))?;
        println!(
            "{number:4} {:10} {}",
            stage.unwrap_or("nobody"),
            told(fault)
        );
        match stage {
            Some(stage) => *by_stage.entry(stage).or_default() += 1,
            None => survived.push(fault),
        }
    }
    let caught: usize = by_stage.values().sum();
    println!(
        "{caught} of {} faults are noticed: {by_stage:?}",
        faults.len()
    );
    for fault in &survived {
        let is = |one: &&Survivor| {
            (&one.file, &one.right, &one.wrong) == (&fault.file, &fault.right, &fault.wrong)
        };
        let why = known.survivor.iter().find(is).map_or("?", |one| &*one.why);
        println!("survives: {}\n  {why}", told(fault));
    }
    let enough = caught * 100 >= faults.len() * 95;
    Ok(if enough {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn told(fault: &Fault) -> String {
    let wrong = if fault.wrong.is_empty() {
        "nothing"
    } else {
        &fault.wrong
    };
    format!("{}:{}: {} -> {wrong}", fault.file, fault.line, fault.right)
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    toml::from_str(&fs::read_to_string(path)?).map_err(Error::other)
}

/// Copies what is under version control, as it is now.
fn copy(root: &Path, tree: &Path) -> Result<()> {
    let listed = Command::new("git")
        .arg("-C")
        .arg(root)
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .output()?;
    let files = String::from_utf8(listed.stdout).map_err(Error::other)?;
    for file in files.split_terminator('\0') {
        let (from, to) = (root.join(file), tree.join(file));
        if from.is_file() {
            put(&to, &fs::read(from)?)?;
        }
    }
    Ok(())
}

/// Writes a file, unless it is as it should be: what does not change is not built again.
fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Plants every so-many-th fault of each file. Which ones does not depend on other files.
fn plant_all(root: &Path, tree: &Path, every: usize) -> Result<Vec<Fault>> {
    let sources: Sources = read(&root.join("tests/mutants/sources.toml"))?;
    let mut faults = Vec::new();
    let mut crates: Vec<PathBuf> = Vec::new();
    for file in &sources.files {
        let source = fs::read_to_string(root.join(file))?;
        let mut met = 0;
        let planted = plant::planted(file, &source, &mut |fault| {
            met += 1;
            if met % every != 0 {
                return None;
            }
            faults.push(fault.clone());
            Some(faults.len() - 1)
        });
        let planted = planted.map_err(|error| Error::new(ErrorKind::InvalidData, error))?;
        put(&tree.join(file), planted.as_bytes())?;
        let library = library_of(file);
        if !crates.contains(&library) {
            crates.push(library);
        }
    }
    for library in crates {
        let path = tree.join(library);
        let source = fs::read_to_string(&path)?;
        put(&path, format!("{source}{QUESTION}").as_bytes())?;
    }
    Ok(faults)
}

/// The root of the crate to which a file belongs.
fn library_of(file: &str) -> PathBuf {
    let (before, _) = file.split_once("/src/").unwrap_or((file, ""));
    Path::new(before).join("src/lib.rs")
}
