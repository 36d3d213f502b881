//! `grammar/keywords.pest` is what the keyword table says. `UPDATE=1 cargo test -p pol-grammar`
//! writes it anew.

use pol_grammar::keywords::{Class, Keyword, PeriodForm, table};
use std::fmt::Write;
use std::path::Path;

const HEADER: &str = "\
// Generated from keywords.toml: `UPDATE=1 cargo test -p pol-grammar` writes it anew; a test fails if it is stale.

digit = _{ '0'..'9' | '０'..'９' }
letter = _{ !digit ~ XID_CONTINUE }

/// Where a Chinese word ends: numbers may touch it, and 内 前 后 以上 以下 may follow at once.
end_zh = _{ !letter | &(touching ~ !letter) }
";

/// The spellings as one choice, the longest first so that none hides another.
fn choice<'a>(words: impl IntoIterator<Item = &'a String>) -> String {
    let mut words: Vec<&str> = words.into_iter().map(String::as_str).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let quoted: Vec<String> = words
        .iter()
        .map(|word| {
            let parts: Vec<String> = word.split(' ').map(|part| format!("{part:?}")).collect();
            if parts.len() == 1 {
                parts.concat()
            } else {
                format!("({})", parts.join(" ~ blank+ ~ "))
            }
        })
        .collect();
    quoted.join(" | ")
}

/// The body of an atomic rule: English words end at any letter or digit, Chinese ones at `end_zh`.
fn alternatives(english: &[String], symbols: &[String], chinese: &[String]) -> String {
    let mut parts = Vec::new();
    if !english.is_empty() {
        parts.push(format!("({}) ~ !XID_CONTINUE", choice(english)));
    }
    if !symbols.is_empty() {
        parts.push(choice(symbols));
    }
    if !chinese.is_empty() {
        parts.push(format!("({}) ~ end_zh", choice(chinese)));
    }
    parts.join(" | ")
}

fn spellings_where(pick: impl Fn(&Keyword) -> bool) -> Vec<String> {
    let mut words: Vec<String> = table()
        .keywords
        .iter()
        .filter(|keyword| pick(keyword))
        .flat_map(|keyword| keyword.english.iter().chain(&keyword.chinese).cloned())
        .collect();
    words.sort();
    words.dedup();
    words
}

fn generate() -> String {
    let table = table();
    let mut out = HEADER.to_owned();
    let mut line = |text: String| writeln!(out, "{text}").expect("a string takes all");

    let touching = [
        "inside_zh",
        "before_zh",
        "later_zh",
        "at_least_zh",
        "at_most_zh",
        "from_end_zh",
    ];
    line(format!(
        "touching = _{{ {} }}",
        choice(&spellings_where(|k| touching.contains(&k.name.as_str())))
    ));
    line("\n/// Never a name, as a whole word.".into());
    line(format!(
        "reserved = _{{ {} }}",
        choice(&spellings_where(
            |k| k.class == Class::Reserved && k.name != "in_principle"
        ))
    ));
    line("\n/// Never the unit of a number, though a name elsewhere.".into());
    line(format!(
        "no_unit = _{{ {} }}",
        choice(&spellings_where(|k| k.class == Class::OpeningNoUnit))
    ));
    line(String::new());
    for keyword in &table.keywords {
        line(format!(
            "kw_{} = @{{ {} }}",
            keyword.name,
            alternatives(&keyword.english, &keyword.symbols, &keyword.chinese)
        ));
    }

    line("\n// Periods: the English word serves all forms.".into());
    let (cycle, plain): (Vec<_>, Vec<_>) = table.periods.iter().partition(|p| p.name == "cycle");
    let english: Vec<String> = plain.iter().map(|period| period.english.clone()).collect();
    line(format!(
        "period_en = @{{ {} }}",
        alternatives(&english, &[], &[])
    ));
    for form in PeriodForm::ALL {
        for (kind, periods) in [("period", &plain), ("cycle", &cycle)] {
            let words: Vec<String> = periods
                .iter()
                .flat_map(|period| period.chinese(form).to_vec())
                .collect();
            line(format!(
                "{}_{kind}_zh = @{{ {} }}",
                form.name(),
                alternatives(&[], &[], &words)
            ));
        }
    }

    line("\n// What durations count.".into());
    for unit in &table.durations {
        line(format!(
            "span_{} = @{{ {} }}",
            unit.name,
            alternatives(&unit.english, &[], &unit.chinese)
        ));
    }

    line("\n// Days of the week.".into());
    let english: Vec<String> = table
        .weekdays
        .iter()
        .map(|day| day.english.clone())
        .collect();
    let chinese: Vec<String> = table
        .weekdays
        .iter()
        .flat_map(|day| day.chinese.clone())
        .collect();
    line(format!(
        "weekday_en = @{{ {} }}",
        alternatives(&english, &[], &[])
    ));
    line(format!(
        "weekday_zh = @{{ {} }}",
        alternatives(&[], &[], &chinese)
    ));
    out
}

#[test]
fn keyword_rules_are_those_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../grammar/keywords.pest");
    let fresh = generate();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).expect("the grammar's folder can be written");
    }
    let stored = std::fs::read_to_string(&path).expect("keywords.pest is checked in");
    assert_eq!(stored, fresh, "stale: run with UPDATE=1");
}

/// The language's promise to authors: this many words cannot be names, and no more.
#[test]
fn reserved_words_are_few() {
    let reserved = spellings_where(|k| k.class == Class::Reserved);
    let (english, chinese): (Vec<_>, Vec<_>) = reserved.iter().partition(|word| word.is_ascii());
    assert!(english.len() <= 34, "{english:?}");
    assert!(chinese.len() <= 70, "{} {chinese:?}", chinese.len());
}

#[test]
fn names_of_keywords_are_unique_and_each_has_a_spelling() {
    let mut names: Vec<&str> = table().keywords.iter().map(|k| k.name.as_str()).collect();
    assert!(table().keywords.iter().all(|k| k.spellings().count() > 0));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}
