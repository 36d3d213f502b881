//! The tool as it is called: what it prints where, and with which exit code it ends.

mod calendars;
mod clauses;
mod crates;
mod data;
mod files;
mod format;
mod language;
mod policies;

use assert_cmd::Command;
use std::path::{Path, PathBuf};

/// The tool, in English unless a test asks for another language.
fn pol() -> Command {
    let mut command = Command::cargo_bin("pol").expect("the tool is built");
    command.env_clear().env("LANG", "en_GB.UTF-8");
    command
}

/// What the tool wrote, and how it ended.
struct Ended {
    code: i32,
    out: String,
    err: String,
}

fn run(args: &[&str]) -> Ended {
    ended(pol().args(args))
}

fn ended(command: &mut Command) -> Ended {
    let output = command.output().expect("the tool can be started");
    Ended {
        code: output.status.code().expect("the tool ends by itself"),
        out: String::from_utf8(output.stdout).expect("results are text"),
        err: String::from_utf8(output.stderr).expect("remarks are text"),
    }
}

/// A folder with the files of `pol init`.
fn fresh(lang: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("plan");
    let made = run(&["init", "--lang", lang, path.to_str().expect("a plain path")]);
    assert_eq!(made.code, 0, "{}", made.err);
    (folder, path)
}

fn path(folder: &Path, name: &str) -> String {
    folder.join(name).to_str().expect("a plain path").to_owned()
}
