//! Writing: results to standard output or to files that appear whole or not at all.

use crate::status::Trouble;
use serde::Serialize;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

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
    whole(path, bytes).map_err(|error| {
        // The error's own words name the temporary file, which is nobody's concern.
        let (path, error) = (path.display(), error.kind());
        Trouble::new(
            format!("cannot write `{path}`: {error}"),
            format!("无法写入 `{path}`：{error}"),
        )
    })
}

fn whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link is followed, so that the file behind it changes and the link stays.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(bytes)?;
    if let Ok(metadata) = std::fs::metadata(&target) {
        temporary
            .as_file()
            .set_permissions(metadata.permissions())?;
    } else {
        readable_by_others(temporary.as_file())?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// Temporary files are their owner's alone; a new result is to be read as other files are.
#[cfg(unix)]
fn readable_by_others(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
}
