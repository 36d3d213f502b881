//! Writing: results to standard output or to files that appear whole or not at all.

use crate::status::Trouble;
use serde::Serialize;
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Writes a result to standard output. A reader that went away has seen what it wanted.
pub fn result(bytes: &[u8]) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Trouble::new(
            format!("cannot write to standard output: {error}"),
            format!("无法写到标准输出：{error}"),
        )),
        _ => Ok(()),
    }
}

/// A result as JSON.
pub fn json(value: &impl Serialize) -> Result<Vec<u8>, Trouble> {
    let mut bytes = serde_json::to_vec_pretty(value).map_err(|error| {
        Trouble::new(
            format!("cannot write the result: {error}"),
            format!("无法写出结果：{error}"),
        )
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Writes a remark to standard error; nobody may be there to read it.
pub fn note(text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "{}", text.trim_end());
}

/// Writes a file as a whole: it is made beside its place and then put there.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    files(&[(path, bytes)])
}

/// Writes several files as wholes: none is put in its place before all are made.
pub fn files(files: &[(&Path, &[u8])]) -> Result<(), Trouble> {
    let mut made = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        made.push((
            path,
            make(path, bytes).map_err(|error| refused(path, &error))?,
        ));
    }
    for (path, made) in made {
        made.put().map_err(|error| refused(path, &error))?;
    }
    Ok(())
}

/// Asks whether a file can be made where it is wanted, before anything is worked out for it. Nothing
/// is left there.
pub fn writable(path: &Path) -> Result<(), Trouble> {
    let target = target(path);
    let asked = match std::fs::metadata(&target) {
        Ok(there) if there.is_dir() => Err(ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => Ok(()),
        _ => tempfile::tempfile_in(folder(&target)).map(drop),
    };
    asked.map_err(|error| refused(path, &error))
}

fn refused(path: &Path, error: &std::io::Error) -> Trouble {
    // The error's own words name the temporary file, which is nobody's concern.
    let (path, error) = (path.display(), error.kind());
    Trouble::new(
        format!("cannot write `{path}`: {error}"),
        format!("无法写入 `{path}`：{error}"),
    )
}

/// A file that is made and not yet in its place.
enum Made<'a> {
    /// It lies beside its place.
    Beside(NamedTempFile, PathBuf),
    /// The place is no file but a device or a pipe: it is written to as it is.
    Straight(File, &'a [u8]),
}

impl Made<'_> {
    fn put(self) -> std::io::Result<()> {
        match self {
            Self::Beside(file, target) => {
                file.persist(&target).map_err(|error| error.error)?;
                Ok(())
            }
            Self::Straight(mut file, bytes) => {
                file.write_all(bytes)?;
                file.flush()
            }
        }
    }
}

fn make<'a>(path: &Path, bytes: &'a [u8]) -> std::io::Result<Made<'a>> {
    let target = target(path);
    let there = std::fs::metadata(&target).ok();
    match &there {
        Some(there) if there.is_dir() => return Err(ErrorKind::IsADirectory.into()),
        Some(there) if !there.is_file() => {
            let file = File::options().write(true).open(&target)?;
            return Ok(Made::Straight(file, bytes));
        }
        _ => {}
    }
    let mut temporary = tempfile::Builder::new()
        .prefix(".pol-")
        .suffix(".part")
        .tempfile_in(folder(&target))?;
    temporary.write_all(bytes)?;
    match there {
        Some(there) => temporary.as_file().set_permissions(there.permissions())?,
        None => readable_by_others(temporary.as_file())?,
    }
    temporary.as_file().sync_all()?;
    Ok(Made::Beside(temporary, target))
}

/// Where a file is put: a link is followed, so that the file behind it changes and the link stays.
fn target(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn folder(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Temporary files are their owner's alone; a new result is to be read as other files are.
#[cfg(unix)]
fn readable_by_others(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_file: &File) -> std::io::Result<()> {
    Ok(())
}
