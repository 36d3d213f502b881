//! The manual is true: its tables are the project's own, its examples are checked and run, its
//! fragments are read, its links lead somewhere, and both languages number the standard alike.
//!
//! `UPDATE=1 cargo test -p pol-tests --test manual` writes what is generated anew.

use pol_grammar::keywords::{Class, Keyword, PeriodForm, Table, table};
use pol_tests::documents::{self, Document, manual_pages};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_keyword_tables_are_those_of_the_grammar() {
    documents::assert_generated("docs/generated/keywords.en.md", &keywords(&ENGLISH));
    documents::assert_generated("docs/generated/keywords.zh.md", &keywords(&CHINESE));
}

#[test]
fn the_chapter_of_codes_has_every_page() {
    let heading = "# 错误代码 · Codes\n\n代码永久不变。`pol rule 代码` 打印同样的内容。\n\n\
                   Codes are stable. `pol rule CODE` prints the same.\n";
    let pages = pol_syntax::diagnostic::CODES
        .iter()
        .map(|(code, _)| format!("\n{{{{#include ../codes/{code}.md}}}}\n"));
    let chapter: String = std::iter::once(heading.to_owned()).chain(pages).collect();
    documents::assert_generated("docs/src/codes.md", &chapter);
}

/// The chapter on embedding shows every signature of the library, as its sources have it.
#[test]
fn the_signatures_are_those_of_the_library() {
    let files = [
        "policy", "data", "run", "lines", "live", "explain", "spelling",
    ];
    let shown = files.map(|file| {
        let source = Document::read(&format!("crates/pol/src/{file}.rs")).text;
        signatures(&source)
    });
    documents::assert_generated("docs/generated/signatures.txt", &shown.concat());
}

#[test]
fn every_example_reads() {
    let mut wrong = Vec::new();
    for (name, text) in documents::examples() {
        for found in pol_syntax::parse(&text).diagnostics {
            wrong.push(format!("{name}: {}: {found:?}", found.message.en));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_example_has_its_twin_in_the_other_spelling() {
    let names: BTreeSet<String> = documents::examples()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    for name in &names {
        let twin = if name.contains(".en.") {
            name.replace(".en.", ".zh.")
        } else {
            name.replace(".zh.", ".en.")
        };
        assert!(names.contains(&twin), "{name} has no twin");
    }
}

#[test]
fn every_policy_in_the_manual_is_a_file_or_a_fragment_that_reads() {
    let mut wrong = Vec::new();
    let readme = ["README.md", "README.zh.md"].map(Document::read);
    for page in manual_pages().into_iter().chain(readme) {
        for block in page.blocks() {
            match block.info.as_str() {
                "pol" if !block.text.trim().starts_with("{{#include ") => {
                    wrong.push(format!(
                        "{}: neither a file nor a fragment:\n{}",
                        page.path, block.text
                    ));
                }
                "pol,fragment" => {
                    for found in pol_syntax::parse(&block.text).diagnostics {
                        wrong.push(format!(
                            "{}: {}\n{}",
                            page.path, found.message.en, block.text
                        ));
                    }
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    for page in documents::all() {
        for link in page.links() {
            if let Err(why) = page.follow(&link) {
                wrong.push(format!("{}: {link}: {why}", page.path));
            }
        }
        for include in page.includes() {
            if !page.beside(&include).is_file() {
                wrong.push(format!(
                    "{}: includes {include}, which is not there",
                    page.path
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_chapter_stands_in_the_contents() {
    let contents = Document::read("docs/src/SUMMARY.md");
    let listed: BTreeSet<String> = contents.links().into_iter().collect();
    for page in manual_pages() {
        let name = page.path.trim_start_matches("docs/src/");
        assert!(
            name == "SUMMARY.md" || listed.contains(name),
            "{name} is not in the contents"
        );
    }
}

#[test]
fn both_languages_number_the_standard_alike() {
    let numbers = |path: &str| -> Vec<String> {
        let text = Document::read(path).text;
        text.lines()
            .filter_map(|line| line.strip_prefix("**"))
            .map(|line| {
                let end = line.find(|c: char| !c.is_ascii_digit() && c != '.');
                line[..end.unwrap_or(line.len())].to_owned()
            })
            .collect()
    };
    let english = numbers("docs/src/en/running.md");
    assert!(english.len() > 50, "the paragraphs are numbered");
    assert_eq!(english, numbers("docs/src/zh/running.md"));
    let once: BTreeSet<&String> = english.iter().collect();
    assert_eq!(once.len(), english.len(), "each number stands once");
}

#[test]
fn both_languages_have_the_same_corners() {
    let rows = |path: &str| -> BTreeMap<u32, BTreeSet<String>> {
        Document::read(path)
            .text
            .lines()
            .filter_map(|line| {
                let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
                let number = cells.first()?.trim().parse().ok()?;
                let see = cells.last()?.split([',', '、']).map(str::trim);
                let paragraphs = see.filter(|cell| cell.starts_with(|c: char| c.is_ascii_digit()));
                Some((number, paragraphs.map(str::to_owned).collect()))
            })
            .collect()
    };
    let english = rows("docs/src/en/corners.md");
    assert_eq!(english.len(), 32);
    assert_eq!(english, rows("docs/src/zh/corners.md"));
    let standard = Document::read("docs/src/en/running.md").text;
    for paragraph in english.values().flatten() {
        assert!(
            standard.contains(&format!("**{paragraph}")),
            "paragraph {paragraph} is in the standard"
        );
    }
}

/// The public functions of a source that `cargo fmt` has laid out, with what is said of each
/// first, under the `impl` that they belong to.
fn signatures(source: &str) -> String {
    let mut out = String::new();
    let mut said: Vec<&str> = Vec::new();
    let mut whole = false;
    let mut within: Option<&str> = None;
    let mut shown = false;
    let mut open = false;
    for line in source.lines() {
        let code = line.trim_start();
        if open {
            open = !ends_signature(&mut out, line);
        } else if line.starts_with("impl") {
            (within, shown) = (Some(line), false);
        } else if line == "}" {
            if shown && within.is_some() {
                out += "}\n\n";
            }
            (within, shown) = (None, false);
        } else if let Some(text) = code.strip_prefix("///") {
            whole |= text.is_empty();
            if !whole {
                said.push(line);
            }
        } else if code.starts_with("pub fn") || code.starts_with("pub const fn") {
            if let (Some(head), false) = (within, shown) {
                out.extend([head, "\n"]);
            }
            for line in said.drain(..) {
                out.extend([line, "\n"]);
            }
            (shown, whole) = (true, false);
            open = !ends_signature(&mut out, line);
            if within.is_none() && !open {
                out += "\n";
            }
        } else if !code.starts_with("#[") {
            said.clear();
            whole = false;
        }
    }
    out
}

/// Adds a line of a signature; true if it is the last.
fn ends_signature(out: &mut String, line: &str) -> bool {
    let last = line.strip_suffix(" {");
    out.push_str(last.unwrap_or(line));
    out.push_str(if last.is_some() { ";\n" } else { "\n" });
    last.is_some()
}

/// The words of the generated tables in one language.
struct Words {
    columns: &'static [&'static str],
    classes: [&'static str; 3],
    english_first: bool,
    periods: &'static str,
    forms: [&'static str; 6],
    measures: &'static str,
    weekdays: &'static str,
    builtins: &'static str,
}

const ENGLISH: Words = Words {
    columns: &["English", "Chinese", "class", "where it stands"],
    classes: ["reserved", "opening", "no unit"],
    english_first: true,
    periods: "Periods",
    forms: [
        "`in …`",
        "`in previous …`",
        "`in any …`",
        "`each …`",
        "`end of each …`",
        "`until end of …`",
    ],
    measures: "Measures of time",
    weekdays: "Days of the week",
    builtins: "Built-in names, which are no keywords",
};

const CHINESE: Words = Words {
    columns: &["中文", "英文", "类别", "用处"],
    classes: ["保留", "开头", "非单位"],
    english_first: false,
    periods: "历期",
    forms: ["之内", "前一个", "任一", "每", "每……末", "至……末"],
    measures: "时间的量词",
    weekdays: "星期",
    builtins: "内置名称（不是关键词）",
};

fn keywords(words: &Words) -> String {
    let Table {
        keywords,
        periods,
        durations,
        weekdays,
        builtins,
        places: _,
    } = table();
    let mut out = row(words.columns.iter().copied());
    out += &rule(words.columns.len());
    for keyword in keywords {
        out += &keyword_row(words, keyword);
    }
    heading(&mut out, words.periods);
    out += &row(std::iter::once("").chain(words.forms));
    out += &rule(words.forms.len() + 1);
    for period in periods {
        let forms = PeriodForm::ALL.map(|form| code(period.chinese(form)));
        let english = format!("`{}`", period.english);
        out += &row(std::iter::once(english.as_str()).chain(forms.iter().map(String::as_str)));
    }
    heading(&mut out, words.measures);
    out += &pairs_head(words);
    for word in durations {
        out += &pair(words, &code(&word.english), &code(&word.chinese));
    }
    heading(&mut out, words.weekdays);
    out += &pairs_head(words);
    for day in weekdays {
        let chinese: Vec<String> = day.chinese.iter().map(|end| format!("周{end}")).collect();
        out += &pair(
            words,
            &code(std::slice::from_ref(&day.english)),
            &code(&chinese),
        );
    }
    heading(&mut out, words.builtins);
    out += &pairs_head(words);
    for builtin in builtins {
        let english = std::slice::from_ref(&builtin.english);
        out += &pair(
            words,
            &code(english),
            &code(std::slice::from_ref(&builtin.chinese)),
        );
    }
    out
}

fn keyword_row(words: &Words, keyword: &Keyword) -> String {
    let class = match keyword.class {
        Class::Reserved => words.classes[0],
        Class::Opening => words.classes[1],
        Class::OpeningNoUnit => words.classes[2],
    };
    let signs: Vec<String> = keyword
        .english
        .iter()
        .chain(&keyword.symbols)
        .cloned()
        .collect();
    let (english, chinese) = (code(&signs), code(&keyword.chinese));
    if words.english_first {
        row([english.as_str(), &chinese, class, &keyword.place])
    } else {
        row([chinese.as_str(), &english, class, place_zh(keyword)])
    }
}

fn place_zh(keyword: &Keyword) -> &'static str {
    let place = table().places.get(&keyword.place);
    place.unwrap_or_else(|| {
        panic!(
            "`places` in keywords.toml has no Chinese for {:?}",
            keyword.place
        )
    })
}

fn heading(out: &mut String, title: &str) {
    for line in ["\n### ", title, "\n\n"] {
        out.push_str(line);
    }
}

fn pairs_head(words: &Words) -> String {
    row(words.columns[..2].iter().copied()) + &rule(2)
}

fn pair(words: &Words, english: &str, chinese: &str) -> String {
    if words.english_first {
        row([english, chinese])
    } else {
        row([chinese, english])
    }
}

fn code(words: &[String]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(" ")
}

fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<&str> = cells.into_iter().collect();
    format!("| {} |\n", cells.join(" | "))
}

fn rule(columns: usize) -> String {
    format!("|{}\n", "---|".repeat(columns))
}
