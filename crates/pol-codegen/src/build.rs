//! Policies in build scripts: read, compiled, and generated as a module.

use crate::files::WriteError;
use crate::names::snake;
use crate::whole::{Settings, generate_module};
use pol::{Documents, Lang, Policy, Text, plain};
use std::path::{Path, PathBuf};
use std::{env, fmt, fs, io};

/// A policy that was read from a file.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The policy.
    pub policy: Policy,
    /// The texts of the documents that it names and that lie beside it.
    pub documents: Documents,
    /// Every file that was read, the policy's own first.
    pub read: Vec<PathBuf>,
}

/// Why a policy is not compiled into a crate.
#[derive(Debug)]
pub enum BuildError {
    /// A file cannot be read.
    Unreadable(PathBuf, io::ErrorKind),
    /// The policy has errors, each told on a line.
    Findings(Vec<String>),
    /// The module cannot be written.
    Unwritten(WriteError),
    /// This is no build script: `OUT_DIR` is not set.
    NoBuildScript,
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, why) => write!(f, "cannot read `{}`: {why}", path.display()),
            Self::Findings(found) => f.write_str(&found.join("\n")),
            Self::Unwritten(error) => f.write_str(&error.message().en),
            Self::NoBuildScript => f.write_str("`OUT_DIR` is not set: call this in a build script"),
        }
    }
}

impl std::error::Error for BuildError {}

/// Reads and compiles a policy, with the calendars and documents that lie beside it.
///
/// # Errors
/// The file cannot be read, or the policy has errors or holes.
pub fn compile(path: &Path) -> Result<Compiled, BuildError> {
    let unreadable = |error: io::Error| BuildError::Unreadable(path.to_owned(), error.kind());
    let bytes = fs::read(path).map_err(unreadable)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = |name: &str| {
        let file = folder.join(name);
        fs::read(&file).map_err(|error| {
            let file = file.display();
            Text::new(
                format!("cannot read `{file}`: {error}"),
                format!("无法读取 `{file}`：{error}"),
            )
        })
    };
    let checked = Policy::check_bytes(path.display().to_string(), &bytes, &beside);
    let Some(policy) = checked.policy else {
        let errors = checked.findings().filter(|(finding, _)| finding.is_error());
        let told = errors.map(|(finding, file)| plain(finding, file, Lang::En));
        return Err(BuildError::Findings(told.collect()));
    };
    let holes = policy.holes();
    if !holes.is_empty() {
        let told = holes
            .iter()
            .map(|hole| plain(&pol::run_finding(hole), policy.file(), Lang::En));
        return Err(BuildError::Findings(told.collect()));
    }
    let mut documents = Documents::new();
    let mut read = vec![path.to_owned()];
    for source in &policy.hir().sources {
        let Some(file) = source.text.as_ref().map(|file| folder.join(file)) else {
            continue;
        };
        if let Ok(text) = fs::read_to_string(&file) {
            documents.insert(source.named.name.clone(), text);
            read.push(file);
        }
    }
    read.extend(policy.calendar_files().iter().map(|file| folder.join(file)));
    Ok(Compiled {
        policy,
        documents,
        read,
    })
}

/// In a build script: compiles a policy and writes it as a module into `OUT_DIR`, called after the
/// policy. The crate takes it with `pol_runtime::include_policy!("xinfeng");`, and is built anew when
/// the policy, or a file that lies beside it, changes.
///
/// ```no_run
/// fn main() -> Result<(), pol_codegen::BuildError> {
///     pol_codegen::build("policies/xinfeng.pol")
/// }
/// ```
///
/// # Errors
/// The policy cannot be read or has errors or holes, or the module cannot be written.
#[expect(clippy::print_stdout, reason = "a build script speaks to cargo so")]
pub fn build(policy: impl AsRef<Path>) -> Result<(), BuildError> {
    let out = env::var_os("OUT_DIR").ok_or(BuildError::NoBuildScript)?;
    println!("cargo::rerun-if-changed={}", policy.as_ref().display());
    let compiled = compile(policy.as_ref())?;
    for file in &compiled.read {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    let name = snake(compiled.policy.name());
    let file = policy.as_ref().file_name().unwrap_or_default();
    let settings = Settings {
        file: file.to_string_lossy().into_owned(),
        documents: compiled.documents,
        ..Settings::default()
    };
    let plan = format!("include_str!(concat!(env!(\"OUT_DIR\"), \"/{name}.plan.json\"))");
    let module = generate_module(&compiled.policy, &settings, Some(&plan));
    let out = Path::new(&out);
    for (path, content) in [
        (format!("{name}.rs"), module),
        (
            format!("{name}.plan.json"),
            compiled.policy.plan().to_json(),
        ),
    ] {
        let path = out.join(path);
        fs::write(&path, content)
            .map_err(|error| BuildError::Unwritten(WriteError::Unwritable(path, error.kind())))?;
    }
    Ok(())
}
