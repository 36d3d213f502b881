//! Every sentence of the standard has a case: `eval/README.md` says which.
//!
//! Of the chapters that have the same force every row of their tables has a case too.

use pol_tests::documents::root;
use pol_tests::report::compiled;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// A row of the README: a paragraph, chapter or heading; how a sentence begins; its cases.
struct Row {
    key: String,
    begins: String,
    cases: Vec<String>,
}

impl Row {
    /// True if this row speaks of a sentence.
    fn is_of(&self, key: &str, sentence: &str) -> bool {
        let begun = match self.begins.strip_suffix(" …") {
            Some(begins) => sentence.starts_with(begins),
            None => sentence == self.begins,
        };
        self.key == key && begun
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The cells of a line of a table; none of any other line.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.trim_end().strip_suffix('|')?;
    let inner = inner.replace("\\|", "\u{0}");
    let cells = inner.split('|');
    Some(
        cells
            .map(|cell| cell.trim().replace('\u{0}', "|"))
            .collect(),
    )
}

/// The rows of each section of the README.
fn rows() -> BTreeMap<String, Vec<Row>> {
    let mut sections: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut section = String::new();
    for line in read("tests/eval/README.md").lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut section);
        }
        let row: Option<[String; 3]> = cells(line).and_then(|cells| cells.try_into().ok());
        let Some([key, begins, cases]) = row else {
            continue;
        };
        if key.is_empty() || key.starts_with("--") {
            continue;
        }
        let cases = cases.split("<br>").map(str::to_owned).collect();
        let rows = sections.entry(section.clone()).or_default();
        rows.push(Row { key, begins, cases });
    }
    sections
}

/// The sentences of a paragraph: each ends with a full stop before a capital, a quotation or code.
fn sentences(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    let opens = |next: char| next.is_uppercase() || "`\"“*".contains(next);
    while let Some(end) = rest
        .match_indices(". ")
        .map(|(at, _)| at + 1)
        .find(|at| rest[*at..].trim_start().starts_with(opens))
    {
        found.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    found.push(rest.to_owned());
    found
}

/// The sentences of the standard, with their paragraphs: of what is numbered, and of what opens a
/// numbered section.
fn standard() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut section = String::new();
    for line in read("docs/src/en/running.md").lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading
                .split(' ')
                .next()
                .unwrap_or_default()
                .clone_into(&mut section);
            continue;
        }
        let (key, text) = match line.strip_prefix("**") {
            Some(numbered) => {
                let (bold, text) = numbered.split_once("**").expect("bold ends");
                let number = bold.split(' ').next().unwrap_or_default();
                (number.to_owned(), text)
            }
            None => (section.clone(), line),
        };
        let aside = key.is_empty() || text.is_empty() || text.starts_with(['#', '|', '!']);
        if !aside {
            let sentences = sentences(text).into_iter();
            found.extend(sentences.map(|sentence| (key.clone(), sentence)));
        }
    }
    found
}

/// The first cells of the tables of a chapter, with their headings.
fn tables(chapter: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut heading = "";
    let text = read(&format!("docs/src/en/{chapter}"));
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        heading = line.strip_prefix("## ").unwrap_or(heading);
        let is_rule = |line: &str| line.starts_with("|--");
        let names = lines.get(at + 1).is_some_and(|next| is_rule(next));
        if let Some([first, ..]) = cells(line).as_deref()
            && !is_rule(line)
            && !names
        {
            found.push((heading.to_owned(), first.clone()));
        }
    }
    found
}

/// Compares what a chapter says with the rows about it, in order.
fn compare(chapter: &str, said: &[(String, String)], rows: &[Row]) {
    for (at, (key, sentence)) in said.iter().enumerate() {
        let row = rows.get(at);
        assert!(
            row.is_some_and(|row| row.is_of(key, sentence)),
            "{chapter}, {key}: `{sentence}` has no row in tests/eval/README.md where it should stand; \
             there stands `{}`",
            row.map_or("nothing", |row| &row.begins)
        );
    }
    assert_eq!(rows.len(), said.len(), "{chapter}: a row too many");
}

#[test]
fn every_sentence_of_the_standard_has_a_row() {
    let rows = rows();
    compare("running.md", &standard(), &rows["running.md"]);
    for chapter in ["conditions.md", "duties.md"] {
        compare(chapter, &tables(chapter), &rows[chapter]);
    }
    for row in &rows["Sentences of other chapters"] {
        let begins = row.begins.trim_end_matches(" …");
        let chapter = read(&format!("docs/src/en/{}", row.key));
        assert!(chapter.contains(begins), "{}: no `{begins}`", row.key);
    }
}

/// The cases under `eval/`, as they are named in the README.
fn cases() -> BTreeSet<String> {
    let mut cases = BTreeSet::new();
    let folder = root().join("tests/eval");
    insta::glob!("..", "eval/**/*.pol", |path| {
        let text = fs::read_to_string(path).expect("the case is there");
        let policy = compiled(path, &text);
        let folder = folder.canonicalize().expect("the folder is there");
        let file = path.strip_prefix(&folder).expect("it lies there");
        let file = file.with_extension("");
        let file = file.to_string_lossy();
        let labels = policy.hir().tests.iter().map(|test| &test.label);
        cases.extend(labels.map(|label| format!("{file}: {label}")));
    });
    cases
}

/// True if a case that does not lie under `eval/` is there.
fn is_elsewhere(case: &str) -> bool {
    if case.starts_with("check/") {
        return root().join("tests").join(case).is_file();
    }
    case.split_once(".rs: ").is_some_and(|(file, name)| {
        let text = read(&format!("tests/tests/{file}.rs"));
        text.contains(&format!("#[test]\nfn {name}()"))
    })
}

#[test]
fn every_row_has_cases() {
    let cases = cases();
    for row in rows().values().flatten() {
        for case in &row.cases {
            assert!(
                cases.contains(case) || is_elsewhere(case),
                "{}, {}: there is no case `{case}`",
                row.key,
                row.begins
            );
        }
    }
}
