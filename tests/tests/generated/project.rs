//! A project of generated crates, and a program that runs them all.

use crate::subjects::Subject;
use pol_codegen::{Runtime, Settings, generate, string};
use pol_tests::documents::root;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A project on disk.
pub struct Project {
    folder: PathBuf,
    crates: usize,
}

impl Project {
    /// Writes a crate for each policy, its pairs, and the program.
    pub fn write(name: &str, subjects: &[Subject]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let project = Self {
            folder,
            crates: subjects.len(),
        };
        let runtime = root().join("crates/pol-runtime").display().to_string();
        let mut calls = String::new();
        let mut needed = String::new();
        for (at, subject) in subjects.iter().enumerate() {
            let settings = Settings {
                file: "policy.pol".to_owned(),
                runtime: Runtime::Path(runtime.clone()),
                documents: subject.documents.clone(),
            };
            let files = generate(&subject.policy, &settings);
            for (path, content) in files.iter() {
                // Several policies may have one name; here each crate has its own.
                let content = if path == "Cargo.toml" {
                    renamed(content, at)
                } else {
                    content.to_owned()
                };
                project.put(&format!("p{at}/{path}"), &content);
            }
            let pairs = serde_json::to_string(&subject.pairs).expect("pairs are data");
            project.put(&format!("pairs{at}.json"), &pairs);
            let file = string(
                &project
                    .folder
                    .join(format!("pairs{at}.json"))
                    .display()
                    .to_string(),
            );
            let _ = writeln!(
                calls,
                "    found.extend(agree::differences::<p{at}::Register>({file}));"
            );
            let _ = writeln!(needed, "p{at} = {{ path = \"../p{at}\" }}");
        }
        project.program(&calls, &needed, &runtime);
        project
    }

    fn program(&self, calls: &str, needed: &str, runtime: &str) {
        let count = self.crates;
        self.put(
            "program/src/main.rs",
            &format!(
                "//! Runs generated policies.\n\nmod agree;\n\nfn main() {{\n    \
                 let mut found: Vec<String> = Vec::new();\n{calls}    \
                 for one in &found {{\n        println!(\"{{one}}\");\n    }}\n    \
                 if found.is_empty() {{\n        println!(\"{count} policies agree\");\n    }}\n}}\n"
            ),
        );
        let agree = fs::read_to_string(root().join("tests/generated/agree.rs"));
        self.put("program/src/agree.rs", &agree.expect("the file is there"));
        self.put(
            "program/Cargo.toml",
            &format!(
                "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\npol-runtime = {{ path = {} }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
                 serde_json = \"1\"\n{needed}",
                string(runtime)
            ),
        );
        let members: Vec<String> = (0..count).map(|at| format!("\"p{at}\"")).collect();
        let workspace =
            fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is there");
        let workspace: toml::Table = workspace.parse().expect("the manifest can be read");
        let profile: toml::Table = workspace
            .into_iter()
            .filter(|(name, _)| name == "profile")
            .collect();
        self.put(
            "Cargo.toml",
            &format!(
                "[workspace]\nresolver = \"3\"\nmembers = [\"program\", {}]\n\n{}",
                members.join(", "),
                toml::to_string(&profile).expect("profiles are data")
            ),
        );
        // What was built for this workspace is used again.
        let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock is there");
        self.put("Cargo.lock", &lock);
    }

    /// Asks `rustfmt` whether it would change anything.
    pub fn is_formatted(&self) {
        let files = (0..self.crates).map(|at| self.folder.join(format!("p{at}/src/lib.rs")));
        let mut rustfmt = Command::new("rustfmt");
        rustfmt.args(["--edition", "2024", "--check"]).args(files);
        succeeded(&rustfmt.output().expect("rustfmt is there"));
    }

    /// Builds everything, a warning being an error, and runs the program: what it prints.
    pub fn run(&self) -> String {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([
                "run",
                "--offline",
                "--quiet",
                "-p",
                "program",
                "--target-dir",
            ])
            .arg(target.unwrap_or(Path::new("target")))
            .current_dir(&self.folder);
        let ran = cargo.output().expect("cargo is there");
        succeeded(&ran);
        let warned = String::from_utf8_lossy(&ran.stderr);
        assert!(!warned.contains("/src/"), "{warned}");
        String::from_utf8(ran.stdout).expect("it prints text")
    }

    /// Writes a file, if it is not there as it is: what did not change is not built again.
    fn put(&self, path: &str, content: &str) {
        let path = self.folder.join(path);
        if fs::read_to_string(&path).is_ok_and(|there| there == content) {
            return;
        }
        let parent = path.parent().expect("it lies in a folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        fs::write(&path, content).expect("the file can be written");
    }
}

fn renamed(manifest: &str, at: usize) -> String {
    let lines = manifest.lines().map(|line| {
        if line.starts_with("name = ") {
            format!("name = \"p{at}\"\n")
        } else {
            format!("{line}\n")
        }
    });
    lines.collect()
}

#[track_caller]
fn succeeded(output: &Output) {
    let told = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success(), "{}", told.concat());
}
