//! Reading: policies and data from files or standard input.

use crate::status::Trouble;
use pol::{Checked, Documents, Lang, Policy, Text};
use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// A file's bytes; `-` is standard input.
pub fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    let read = if is_stdin(path) {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| unread(&name(path), &error))
}

/// A file that cannot be read.
pub fn unread(name: &str, error: &std::io::Error) -> Trouble {
    let trouble = Trouble::new(
        format!("cannot read `{name}`: {error}"),
        format!("无法读取 `{name}`：{error}"),
    );
    if error.kind() == std::io::ErrorKind::NotFound {
        trouble.help("check the name and the folder", "请核对文件名和所在文件夹")
    } else {
        trouble
    }
}

/// Reads and compiles a policy, with all that was found.
pub fn check(path: &Path) -> Result<Checked, Trouble> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let beside = |name: &str| {
        std::fs::read(folder.join(name)).map_err(|error| {
            let name = folder.join(name);
            let name = name.display();
            Text::new(
                format!("cannot read `{name}`: {error}"),
                format!("无法读取 `{name}`：{error}"),
            )
        })
    };
    Ok(Policy::check_bytes(name(path), &read(path)?, &beside))
}

/// The language of the first policy among the arguments, if one can be read.
pub fn language_of(args: &[OsString]) -> Option<Lang> {
    args.iter()
        .map(Path::new)
        .filter(|path| path.extension().is_some_and(|end| end == "pol"))
        .find_map(|path| std::fs::read_to_string(path).ok())
        .map(|text| pol::language_of(&text))
}

/// The texts of the documents that the policy names and that lie where it says. One that cannot be
/// read is not quoted; nothing else depends on it.
pub fn documents(policy: &Policy, path: &Path) -> Documents {
    let folder = path.parent().unwrap_or(Path::new(""));
    let sources = policy.hir().sources.iter();
    sources
        .filter_map(|source| {
            let text = std::fs::read_to_string(folder.join(source.text.as_ref()?)).ok()?;
            Some((source.named.name.clone(), text))
        })
        .collect()
}

/// What messages call a file.
pub fn name(path: &Path) -> String {
    if is_stdin(path) {
        "<stdin>".to_owned()
    } else {
        path.display().to_string()
    }
}

/// True for `-`.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The first of these files that lies beside the policy. Beside `plan.zh.pol`, `register.zh.csv`
/// comes before `register.csv`: the two spellings of one policy may have data of their own.
pub fn beside(policy: &Path, names: &[&str]) -> Option<PathBuf> {
    let folder = if is_stdin(policy) {
        Path::new("")
    } else {
        policy.parent().unwrap_or(Path::new(""))
    };
    let spelling = policy
        .file_stem()
        .and_then(|stem| Path::new(stem).extension());
    let own = spelling.into_iter().flat_map(|spelling| {
        names.iter().filter_map(move |name| {
            let (stem, format) = name.rsplit_once('.')?;
            Some(format!("{stem}.{}.{format}", spelling.to_str()?))
        })
    });
    own.chain(names.iter().map(ToString::to_string))
        .map(|name| folder.join(name))
        .find(|path| path.is_file())
}
