//! Every construct of the grammar and every keyword occurs in a runnable example of the manual, in
//! each spelling: a reader who looks for a form finds it used. `examples.rs` runs the examples.

use pest::Parser as _;
use pest::iterators::Pair;
use pol_grammar::keywords::table;
use pol_grammar::{PolParser, Rule};
use pol_tests::documents::{self, examples};
use std::collections::{BTreeMap, BTreeSet};

/// A piece of a policy is read by exactly one of these.
const DECLARATIONS: [Rule; 20] = [
    Rule::policy,
    Rule::prose,
    Rule::subject,
    Rule::body,
    Rule::scale,
    Rule::unit,
    Rule::event,
    Rule::param,
    Rule::reading,
    Rule::define,
    Rule::catalogue,
    Rule::phase,
    Rule::ladder,
    Rule::outcome,
    Rule::never,
    Rule::duty,
    Rule::rule_declaration,
    Rule::one_liner,
    Rule::test,
    Rule::EOI,
];

/// Rules that only look ahead, or stand within an atomic one: they never name a piece of a text.
const UNSEEN: [&str; 8] = [
    "aggregate_follows",
    "by_follows",
    "digit_follows",
    "field_follows",
    "kw_later_zh",
    "label_follows",
    "period_word",
    "span_ahead",
];

/// Rules of the English order alone, beside those that end in `_en`.
const ENGLISH: [&str; 18] = [
    "aggregate",
    "from_last",
    "higher",
    "month_day",
    "month_word",
    "period",
    "rank",
    "run",
    "share_not",
    "span_named",
    "week_word",
    "where_higher",
    "window_during",
    "window_in",
    "window_since",
    "within_it",
    "year_word",
    "yes_no_type",
];

#[test]
fn every_construct_occurs_in_a_runnable_example_of_each_spelling() {
    let mut missing = Vec::new();
    for (spelling, other) in [("en", "_zh"), ("zh", "_en")] {
        let used = used(spelling);
        for construct in constructs() {
            let foreign = construct.ends_with(other)
                || spelling == "zh" && ENGLISH.contains(&construct.as_str());
            if !foreign && !used.rules.contains(&construct) {
                missing.push(format!("{spelling}: {construct}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_period_and_measure_of_time_occurs_in_both_spellings() {
    let (english, chinese) = (used("en"), used("zh"));
    let mut missing = Vec::new();
    for period in &table().periods {
        if !english.words.contains(&period.english) {
            missing.push(format!("en: {}", period.english));
        }
    }
    for word in &table().durations {
        for (used, words) in [(&english, &word.english), (&chinese, &word.chinese)] {
            if !words.iter().any(|word| used.words.contains(word)) {
                missing.push(words.join(" "));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// The lookup table of phrases promises that each form stands in an example.
#[test]
fn every_form_in_the_chapter_of_phrases_stands_in_an_example() {
    let mut missing = Vec::new();
    for spelling in ["en", "zh"] {
        let ending = format!(".{spelling}.pol");
        let texts: Vec<String> = examples()
            .into_iter()
            .filter(|(name, _)| name.ends_with(&ending))
            .map(|(_, text)| words(&text))
            .collect();
        let page = documents::Document::read(&format!("docs/src/{spelling}/phrases.md"));
        let forms = forms(&page.text);
        assert!(
            forms.len() > 80,
            "{} holds {} forms",
            page.path,
            forms.len()
        );
        for form in forms {
            if !texts.iter().any(|text| text.contains(&words(&form))) {
                missing.push(format!("{spelling}: {form}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_policy_of_the_gallery_is_named_where_readers_look() {
    let files = std::fs::read_dir(documents::root().join("policies/gallery")).unwrap();
    let names: BTreeSet<String> = files
        .filter_map(|file| file.unwrap().file_name().into_string().ok())
        .filter(|name| {
            std::path::Path::new(name)
                .extension()
                .is_some_and(|it| it == "pol")
        })
        .filter_map(|name| Some(name.split_once('.')?.0.to_owned()))
        .collect();
    assert!(names.len() >= 6, "the gallery is found");
    let pages = [
        "README.md",
        "README.zh.md",
        "docs/src/en/phrases.md",
        "docs/src/zh/phrases.md",
    ];
    for page in pages.map(documents::Document::read) {
        for name in &names {
            let named = page.text.contains(&format!("`{name}`"));
            assert!(named, "{} does not name {name}", page.path);
        }
    }
}

/// What stands in backticks in the tables of a page, the links of whole policies apart.
fn forms(page: &str) -> Vec<String> {
    page.lines()
        .filter(|line| line.starts_with("| ") && !line.contains("](../../../policies/"))
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

/// A text with each run of blanks and line breaks as one blank.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the examples of one spelling use.
#[derive(Default)]
struct Used {
    rules: BTreeSet<String>,
    words: BTreeSet<String>,
}

fn used(spelling: &str) -> Used {
    let mut used = Used::default();
    let ending = format!(".{spelling}.pol");
    for (name, text) in examples() {
        if name.ends_with(&ending) {
            for piece in pieces(&text) {
                let pairs = DECLARATIONS
                    .iter()
                    .find_map(|rule| PolParser::parse(*rule, &piece).ok());
                let pairs = pairs.unwrap_or_else(|| panic!("{name} does not read:\n{piece}"));
                pairs.for_each(|pair| used.add(pair));
            }
        }
    }
    used
}

impl Used {
    fn add(&mut self, pair: Pair<'_, Rule>) {
        self.rules.insert(format!("{:?}", pair.as_rule()));
        self.words.insert(pair.as_str().to_owned());
        pair.into_inner().for_each(|inner| self.add(inner));
    }
}

/// Cuts a text at the words of column 0, as the language does.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with("//")) {
        let opens = line.starts_with(char::is_alphabetic);
        match pieces.last_mut() {
            Some(piece) if !opens => {
                piece.push('\n');
                piece.push_str(line);
            }
            _ if opens => pieces.push(line.to_owned()),
            _ => {}
        }
    }
    pieces
}

/// The rules of the grammar that name a piece of a text: all but the silent ones and `UNSEEN`.
fn constructs() -> BTreeSet<String> {
    let grammar: BTreeMap<String, bool> = ["grammar/pol.pest", "grammar/keywords.pest"]
        .iter()
        .flat_map(|path| named(&documents::Document::read(path).text))
        .collect();
    assert!(grammar.len() > 250, "the rules of the grammar are read");
    grammar
        .into_iter()
        .filter(|(name, silent)| !silent && !UNSEEN.contains(&name.as_str()))
        .map(|(name, _)| name)
        .collect()
}

/// The rules that a grammar defines, and whether each is silent.
fn named(grammar: &str) -> Vec<(String, bool)> {
    grammar
        .lines()
        .filter_map(|line| {
            let (name, body) = line.split_once(" = ")?;
            let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let silent = body.starts_with("_{");
            plain.then(|| (name.to_owned(), silent))
        })
        .collect()
}
