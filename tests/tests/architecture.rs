//! What the documents say of the project's shape is so.

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};
use pol_tests::documents::{Document, root};
use std::collections::{BTreeMap, BTreeSet};

type Arrows = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_crate_table_is_that_of_the_manifests() {
    assert_eq!(table(), manifests());
}

#[test]
fn arrows_point_one_way() {
    let arrows = manifests();
    let mut done: BTreeSet<&str> = BTreeSet::new();
    while done.len() < arrows.len() {
        let free: Vec<&str> = arrows
            .iter()
            .filter(|(name, needs)| {
                !done.contains(name.as_str())
                    && needs.iter().all(|need| done.contains(need.as_str()))
            })
            .map(|(name, _)| name.as_str())
            .collect();
        assert!(!free.is_empty(), "crates need each other in a circle");
        done.extend(free);
    }
}

#[test]
fn paths_that_documents_name_are_there() {
    let mut missing = Vec::new();
    for document in ["ARCHITECTURE.md", "docs/adding-a-construct.md"] {
        for path in quoted(&Document::read(document).text) {
            let is_path = path.contains('/') && !path.contains(' ');
            if is_path && !root().join(path).exists() {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn decisions_are_numbered_one_after_another() {
    let folder = root().join("docs/decisions");
    let mut numbers: Vec<u32> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .map(|name| name[..4].parse().unwrap())
        .collect();
    numbers.sort_unstable();
    let count = u32::try_from(numbers.len()).unwrap();
    assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
}

/// The rows of ARCHITECTURE.md: crate, and what it needs.
fn table() -> Arrows {
    let text = Document::read("ARCHITECTURE.md").text;
    let rows = text.lines().filter(|line| line.starts_with("| `pol"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').collect();
        let name = quoted(cells[0]).next().unwrap_or_default();
        let needs = quoted(cells[1]).map(str::to_owned).collect();
        (name.to_owned(), needs)
    })
    .collect()
}

/// What the crates of the workspace need of each other to be built.
fn manifests() -> Arrows {
    let metadata = metadata();
    let ours: BTreeSet<&str> = metadata
        .workspace_packages()
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    metadata
        .workspace_packages()
        .iter()
        .map(|package| {
            let needs = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal)
                .filter(|dependency| ours.contains(dependency.name.as_str()))
                .map(|dependency| dependency.name.clone())
                .collect();
            (package.name.to_string(), needs)
        })
        .collect()
}

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo describes its own workspace")
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}
