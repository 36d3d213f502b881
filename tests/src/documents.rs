//! The documents of the project, as Markdown to be looked into.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::fs;
use std::path::{Path, PathBuf};

/// The root of the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// One Markdown file.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its path from the root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A fenced block of code.
#[derive(Debug, Clone)]
pub struct Block {
    /// What stands after the fence.
    pub info: String,
    /// The code.
    pub text: String,
}

impl Document {
    /// Reads a file by its path from the root.
    ///
    /// # Panics
    /// If it cannot be read: a test names a file that is not there.
    pub fn read(path: &str) -> Self {
        let text = fs::read_to_string(root().join(path));
        let text = text.unwrap_or_else(|error| panic!("{path}: {error}"));
        Self {
            path: path.to_owned(),
            text,
        }
    }

    /// Its fenced blocks, in order.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        for event in self.events() {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    open = Some(Block {
                        info: info.to_string(),
                        text: String::new(),
                    });
                }
                Event::Text(text) => {
                    if let Some(block) = &mut open {
                        block.text.push_str(&text);
                    }
                }
                Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
                _ => {}
            }
        }
        blocks
    }

    /// What its links and pictures point at.
    pub fn links(&self) -> Vec<String> {
        self.events()
            .filter_map(|event| match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    Some(dest_url.to_string())
                }
                _ => None,
            })
            .collect()
    }

    /// The files that it includes when the book is made.
    pub fn includes(&self) -> Vec<String> {
        self.text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("{{#include ")?.strip_suffix("}}"))
            .map(str::to_owned)
            .collect()
    }

    /// The anchors of its headings, as the book makes them.
    pub fn anchors(&self) -> Vec<String> {
        let mut anchors = Vec::new();
        let mut heading: Option<String> = None;
        for event in self.events() {
            match event {
                Event::Start(Tag::Heading { level, .. }) if level > HeadingLevel::H1 => {
                    heading = Some(String::new());
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    anchors.extend(heading.take().map(|heading| anchor(&heading)));
                }
                _ => {}
            }
        }
        anchors
    }

    /// A path beside this document.
    pub fn beside(&self, path: &str) -> PathBuf {
        let here = root().join(&self.path);
        here.parent().unwrap_or(&here).join(path)
    }

    /// Follows a link to a file of the project and, where it has one, to its heading.
    ///
    /// # Errors
    /// What is missing. Links to other hosts are not followed.
    pub fn follow(&self, link: &str) -> Result<(), String> {
        if link.contains("://") {
            return Ok(());
        }
        let (path, heading) = link.split_once('#').unwrap_or((link, ""));
        let target = if path.is_empty() {
            root().join(&self.path)
        } else {
            self.beside(path)
        };
        if !target.exists() {
            return Err("no such file".to_owned());
        }
        if heading.is_empty() {
            return Ok(());
        }
        let text = fs::read_to_string(&target).map_err(|error| error.to_string())?;
        let path = target.display().to_string();
        let anchors = Self { path, text }.anchors();
        if anchors.iter().any(|anchor| anchor == heading) {
            Ok(())
        } else {
            Err(format!("no such heading; there are {}", anchors.join(", ")))
        }
    }

    fn events(&self) -> impl Iterator<Item = Event<'_>> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES)
    }
}

/// The pages of the manual.
pub fn manual_pages() -> Vec<Document> {
    ["docs/src", "docs/src/en", "docs/src/zh"]
        .iter()
        .flat_map(|folder| markdown_in(folder))
        .collect()
}

/// Every document that people are pointed to.
pub fn all() -> Vec<Document> {
    let folders = [
        ".",
        "docs",
        "docs/decisions",
        "docs/codes",
        "docs/generated",
    ];
    folders
        .iter()
        .flat_map(|folder| markdown_in(folder))
        .chain(manual_pages())
        .chain(policies())
        .collect()
}

/// The example policies of the manual: file name and text, by name.
pub fn examples() -> Vec<(String, String)> {
    files_in("docs/examples", "pol")
        .into_iter()
        .map(|path| Document::read(&path))
        .map(|example| (example.path, example.text))
        .collect()
}

/// Compares a generated file with what it should be; with `UPDATE=1` writes it.
///
/// # Panics
/// If they differ.
pub fn assert_generated(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == text,
        "{path} is stale: run the test with UPDATE=1, and read the difference"
    );
}

fn policies() -> Vec<Document> {
    let folder = root().join("policies");
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
        .iter()
        .flat_map(|name| markdown_in(&format!("policies/{name}")))
        .collect()
}

fn markdown_in(folder: &str) -> Vec<Document> {
    files_in(folder, "md")
        .iter()
        .map(|path| Document::read(path))
        .collect()
}

fn files_in(folder: &str, extension: &str) -> Vec<String> {
    let mut paths: Vec<String> = fs::read_dir(root().join(folder))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .filter_map(|path| Some(format!("{folder}/{}", path.file_name()?.to_str()?)))
        .collect();
    paths.sort();
    paths
}

/// As mdBook makes it: letters and digits in lower case, blanks as hyphens, all else left out.
fn anchor(heading: &str) -> String {
    heading
        .trim()
        .chars()
        .filter_map(|c| match c {
            c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c.to_ascii_lowercase()),
            c if c.is_whitespace() => Some('-'),
            _ => None,
        })
        .collect()
}
