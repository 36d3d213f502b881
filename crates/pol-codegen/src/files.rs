//! The files of a generated crate on disk.
//!
//! Promises: a folder that is new appears whole or not at all, and each file of one that is there
//! does; a file that somebody else wrote, or changed since, is never overwritten. What was written
//! stands in [`RECORD`], with the digest of each file.

use pol::Text;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Where it stands what was written.
pub(crate) const RECORD: &str = ".pol-build.json";

/// The files of a crate: paths with `/`, and contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    policy: String,
    contents: BTreeMap<String, String>,
}

/// A file that is not as it would be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Its path in the folder.
    pub path: String,
    /// What is wrong with it.
    pub why: Text,
}

/// Why a crate is not written.
#[derive(Debug)]
pub enum WriteError {
    /// A file or folder cannot be read or written.
    Unwritable(PathBuf, io::ErrorKind),
    /// These files were written by somebody else, or changed since.
    Foreign(Vec<PathBuf>),
}

impl WriteError {
    /// What is wrong.
    pub fn message(&self) -> Text {
        match self {
            Self::Unwritable(path, why) => {
                let path = path.display();
                Text::new(
                    format!("cannot write `{path}`: {why}"),
                    format!("无法写入 `{path}`：{why}"),
                )
            }
            Self::Foreign(paths) => {
                let names: Vec<String> = paths
                    .iter()
                    .map(|path| path.display().to_string())
                    .collect();
                Text::new(
                    format!(
                        "`{}` would be overwritten, and was not generated as it is",
                        names.join("`, `")
                    ),
                    format!("`{}` 将被覆盖，而其内容不是生成的", names.join("`、`")),
                )
            }
        }
    }

    /// What to do.
    pub fn help(&self) -> Text {
        match self {
            Self::Unwritable(..) => Text::new(
                "check the folder and who may write there",
                "请核对文件夹和写入权限",
            ),
            Self::Foreign(_) => Text::new(
                "name another folder, or move what is there away",
                "请另选文件夹，或移走原有文件",
            ),
        }
    }
}

/// What was written into a folder.
#[derive(Default, Serialize, Deserialize)]
struct Record {
    policy: String,
    files: BTreeMap<String, String>,
}

impl Files {
    pub(crate) fn new(policy: &str) -> Self {
        Self {
            policy: policy.to_owned(),
            contents: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, path: &str, content: String) {
        self.contents.insert(path.to_owned(), content);
    }

    /// Paths and contents.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.contents.iter();
        all.map(|(path, content)| (path.as_str(), content.as_str()))
    }

    /// Writes them into a folder.
    ///
    /// # Errors
    /// A file that is there was not written by this, or something cannot be written.
    pub fn write(&self, folder: &Path) -> Result<(), WriteError> {
        let before = record(folder)?;
        let foreign = self.foreign(folder, &before)?;
        if !foreign.is_empty() {
            return Err(WriteError::Foreign(foreign));
        }
        if folder.exists() {
            self.renew(folder, &before)
        } else {
            self.found(folder)
        }
    }

    /// Files in the way that were not written by this, or were changed since.
    fn foreign(&self, folder: &Path, before: &Record) -> Result<Vec<PathBuf>, WriteError> {
        let mut foreign = Vec::new();
        for (path, content) in &self.contents {
            let place = folder.join(path);
            let Some(there) = read(&place)? else {
                continue;
            };
            let ours = before.files.get(path) == Some(&digest(&there));
            if !ours && there != content.as_bytes() {
                foreign.push(place);
            }
        }
        Ok(foreign)
    }

    /// A folder that is new: made beside its place, and put there.
    fn found(&self, folder: &Path) -> Result<(), WriteError> {
        let beside = match folder.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let failed = |error: &io::Error| WriteError::Unwritable(folder.to_owned(), error.kind());
        fs::create_dir_all(beside).map_err(|error| failed(&error))?;
        let new = tempfile::tempdir_in(beside).map_err(|error| failed(&error))?;
        // What stands in a folder of its own is to be read as other folders are.
        let inner = new.path().join("crate");
        for (path, content) in self
            .contents
            .iter()
            .chain([(&RECORD.to_owned(), &self.record())])
        {
            let place = inner.join(path);
            let parent = place.parent().unwrap_or(&inner);
            fs::create_dir_all(parent).map_err(|error| failed(&error))?;
            fs::write(&place, content).map_err(|error| failed(&error))?;
        }
        fs::rename(&inner, folder).map_err(|error| failed(&error))
    }

    /// A folder that is there: every file is made beside its place before the first is put there.
    fn renew(&self, folder: &Path, before: &Record) -> Result<(), WriteError> {
        let record = (RECORD.to_owned(), self.record());
        let mut waiting = Vec::new();
        for (path, content) in self.contents.iter().chain([(&record.0, &record.1)]) {
            let place = folder.join(path);
            if read(&place)?.as_deref() == Some(content.as_bytes()) {
                continue;
            }
            let failed = |error: io::Error| WriteError::Unwritable(place.clone(), error.kind());
            let parent = place.parent().unwrap_or(folder);
            fs::create_dir_all(parent).map_err(failed)?;
            let mut file = tempfile::NamedTempFile::new_in(parent).map_err(failed)?;
            readable_by_others(file.as_file()).map_err(failed)?;
            file.write_all(content.as_bytes()).map_err(failed)?;
            waiting.push((file, place.clone()));
        }
        for (file, place) in waiting {
            let put = file.persist(&place);
            put.map_err(|error| WriteError::Unwritable(place, error.error.kind()))?;
        }
        for (path, was) in &before.files {
            let place = folder.join(path);
            let left = !self.contents.contains_key(path);
            if left && read(&place)?.is_some_and(|there| digest(&there) == *was) {
                let removed = fs::remove_file(&place);
                removed.map_err(|error| WriteError::Unwritable(place, error.kind()))?;
            }
        }
        Ok(())
    }

    /// Files that are not as they would be written.
    ///
    /// # Errors
    /// Something cannot be read.
    pub fn stale(&self, folder: &Path) -> Result<Vec<Stale>, WriteError> {
        let mut stale = Vec::new();
        let mut found = |path: &str, en: &str, zh: &str| {
            stale.push(Stale {
                path: path.to_owned(),
                why: Text::new(en, zh),
            });
        };
        for (path, content) in &self.contents {
            match read(&folder.join(path))? {
                None => found(path, "is missing", "缺少"),
                Some(there) if there != content.as_bytes() => {
                    found(path, "is not what the policy gives", "与政策不一致");
                }
                Some(_) => {}
            }
        }
        for path in record(folder)?.files.keys() {
            if !self.contents.contains_key(path) && folder.join(path).exists() {
                found(
                    path,
                    "is no longer part of the crate",
                    "已不属于生成的程序包",
                );
            }
        }
        Ok(stale)
    }

    fn record(&self) -> String {
        let digests = self.contents.iter();
        let record = Record {
            policy: self.policy.clone(),
            files: digests
                .map(|(path, content)| (path.clone(), digest(content.as_bytes())))
                .collect(),
        };
        serde_json::to_string_pretty(&record).map_or_else(|_| String::new(), |json| json + "\n")
    }
}

/// What was written into a folder before; nothing where nothing was, or where that cannot be told.
fn record(folder: &Path) -> Result<Record, WriteError> {
    let there = read(&folder.join(RECORD))?;
    let record = there.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    Ok(record.unwrap_or_default())
}

/// A file's bytes, if it is there.
fn read(path: &Path) -> Result<Option<Vec<u8>>, WriteError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::Unwritable(path.to_owned(), error.kind())),
    }
}

fn digest(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Temporary files are their owner's alone; what was generated is to be read as other files are.
#[cfg(unix)]
fn readable_by_others(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_file: &fs::File) -> io::Result<()> {
    Ok(())
}
