//! The one keyword table of Pol, read from `grammar/keywords.toml`.
//!
//! Promises: the grammar's keyword rules are generated from this table (a test compares), so what
//! is listed here is what the parser takes. The printer, completion and the manual read it too.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The keywords.
    #[serde(rename = "keyword")]
    pub keywords: Vec<Keyword>,
    /// The periods: day to year, and the cycle.
    #[serde(rename = "period")]
    pub periods: Vec<Period>,
    /// What a span of time is measured in.
    #[serde(rename = "duration")]
    pub durations: Vec<Word>,
    /// The days of the week, Monday first.
    #[serde(rename = "weekday")]
    pub weekdays: Vec<Weekday>,
    /// Built-in names, which are no keywords.
    #[serde(rename = "builtin")]
    pub builtins: Vec<Builtin>,
    /// What each [`Keyword::place`] says, in Chinese.
    pub places: BTreeMap<String, String>,
}

/// A keyword with its spellings; the first of each is printed, the others are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keyword {
    /// Its name; the grammar's rule is `kw_` and this name.
    pub name: String,
    /// English spellings.
    pub english: Vec<String>,
    /// Signs that belong to no language.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Chinese spellings.
    pub chinese: Vec<String>,
    /// Whether it may be a name elsewhere.
    pub class: Class,
    /// True if it opens a declaration.
    #[serde(default)]
    pub declares: bool,
    /// Where it stands, for the manual.
    pub place: String,
}

/// Whether a keyword may be a name elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Class {
    /// Never a name.
    #[serde(rename = "reserved")]
    Reserved,
    /// A keyword only where the grammar asks for one.
    #[serde(rename = "opening")]
    Opening,
    /// As opening, and never the unit of a number before it on its line.
    #[serde(rename = "no unit")]
    OpeningNoUnit,
}

/// A period with its word in every form that has one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Its name.
    pub name: String,
    /// The English word, which serves all forms.
    pub english: String,
    /// `in PERIOD`.
    pub here: Vec<String>,
    /// `in previous PERIOD`.
    pub previous: Vec<String>,
    /// `in any PERIOD`.
    pub any: Vec<String>,
    /// `each PERIOD`.
    pub each: Vec<String>,
    /// `end of each PERIOD`.
    pub end_of_each: Vec<String>,
    /// `until end of PERIOD`.
    pub last_day: Vec<String>,
}

/// The forms in which a period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodForm {
    /// `in PERIOD`.
    Here,
    /// `in previous PERIOD`.
    Previous,
    /// `in any PERIOD`.
    Any,
    /// `each PERIOD`.
    Each,
    /// `end of each PERIOD`.
    EndOfEach,
    /// `until end of PERIOD`.
    LastDay,
}

impl Period {
    /// The Chinese words of one form, the printed one first.
    pub fn chinese(&self, form: PeriodForm) -> &[String] {
        match form {
            PeriodForm::Here => &self.here,
            PeriodForm::Previous => &self.previous,
            PeriodForm::Any => &self.any,
            PeriodForm::Each => &self.each,
            PeriodForm::EndOfEach => &self.end_of_each,
            PeriodForm::LastDay => &self.last_day,
        }
    }
}

impl PeriodForm {
    /// Every form.
    pub const ALL: [Self; 6] = [
        Self::Here,
        Self::Previous,
        Self::Any,
        Self::Each,
        Self::EndOfEach,
        Self::LastDay,
    ];

    /// Its name in the table and in the grammar's rules.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::Previous => "previous",
            Self::Any => "any",
            Self::Each => "each",
            Self::EndOfEach => "end_of_each",
            Self::LastDay => "last_day",
        }
    }
}

/// A word in both spellings; the first of each is printed, the others are accepted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// Its name.
    pub name: String,
    /// English spellings; of a measure the first is the plural, the second the singular.
    pub english: Vec<String>,
    /// Chinese spellings.
    pub chinese: Vec<String>,
}

/// A day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weekday {
    /// Its name.
    pub name: String,
    /// The English word.
    pub english: String,
    /// What follows 每周.
    pub chinese: Vec<String>,
}

/// A built-in name.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Builtin {
    /// What it names.
    pub kind: BuiltinKind,
    /// Its name in every later stage.
    pub name: String,
    /// The English word.
    pub english: String,
    /// The Chinese word.
    pub chinese: String,
}

/// What a built-in name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuiltinKind {
    /// A type.
    Type,
    /// A field that every event, or every issue, has.
    Field,
}

impl Keyword {
    /// The spelling that is printed in English; in Chinese where there is no English one.
    pub fn print_english(&self) -> &str {
        first(&self.english)
            .or_else(|| first(&self.symbols))
            .or_else(|| first(&self.chinese))
            .unwrap_or_default()
    }

    /// The spelling that is printed in Chinese; in English where there is no Chinese one.
    pub fn print_chinese(&self) -> &str {
        first(&self.chinese)
            .or_else(|| first(&self.symbols))
            .or_else(|| first(&self.english))
            .unwrap_or_default()
    }

    /// Every spelling, signs included.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.english
            .iter()
            .chain(&self.symbols)
            .chain(&self.chinese)
            .map(String::as_str)
    }
}

fn first(words: &[String]) -> Option<&str> {
    words.first().map(String::as_str)
}

/// The table of `grammar/keywords.toml`.
///
/// # Panics
///
/// Never in a build whose tests pass: the table is part of the program and a test reads it.
pub fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../grammar/keywords.toml"))
            .expect("the keyword table is part of the program and read by its tests")
    });
    &TABLE
}

/// The keyword of a name.
pub fn keyword(name: &str) -> Option<&'static Keyword> {
    table().keywords.iter().find(|keyword| keyword.name == name)
}

/// True for a word that is never a name.
pub fn is_reserved(word: &str) -> bool {
    table().keywords.iter().any(|keyword| {
        keyword.class == Class::Reserved && keyword.spellings().any(|spelling| spelling == word)
    })
}
