//! What is wrong with a register or ledger, and where: file, sheet, line and column.
//!
//! Promises: every problem names its place and the offending text, invisible characters as code
//! points, in both languages. Refuses: to stop at the first one; [`DataErrors`] holds all of a run,
//! up to [`MAX_ERRORS`], and says how many more there are.

use crate::text::visible;
use pol_syntax::{Code, Lang, Text};
use std::fmt;
use std::sync::Arc;

/// How many errors of one file are kept; the rest is counted. A file of another kind altogether has
/// some in each of its rows, and those would fill the memory.
pub const MAX_ERRORS: usize = 100_000;

/// A place in a file of data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    /// The file's name, as the caller gave it.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The line of the file or the row of the sheet, from 1; 0 for the file as a whole.
    pub line: u32,
    /// The column, from 1; 0 for the line as a whole, and in JSON Lines.
    pub column: u32,
    /// The column's header as it is written.
    pub header: Option<Arc<str>>,
}

impl Place {
    /// The column as a spreadsheet shows it: `A`, `B`, … `AA`.
    pub fn letters(&self) -> String {
        let mut rest = self.column;
        let mut letters = Vec::new();
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
            rest /= 26;
        }
        letters.iter().rev().collect()
    }

    /// The column in words, with its header; none for a line as a whole.
    fn column_in_words(&self, lang: Lang) -> Option<String> {
        let name = match (&self.sheet, self.column) {
            (_, 0) => String::new(),
            (Some(_), _) => self.letters(),
            (None, number) => number.to_string(),
        };
        let header = self.header.as_deref().map(visible);
        match (lang, name.as_str(), header) {
            (_, "", None) => None,
            (Lang::En, "", Some(header)) => Some(format!("column `{header}`")),
            (Lang::En, name, None) => Some(format!("column {name}")),
            (Lang::En, name, Some(header)) => Some(format!("column {name} `{header}`")),
            (Lang::Zh, "", Some(header)) => Some(format!("`{header}`列")),
            (Lang::Zh, name, None) => Some(format!("{name}列")),
            (Lang::Zh, name, Some(header)) => Some(format!("{name}列`{header}`")),
        }
    }
}

/// `ledger.xlsx[台账]:12:7`: what editors and people jump to.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, "[{sheet}]")?;
        }
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
            if self.column > 0 {
                write!(f, ":{}", self.column)?;
            }
        }
        Ok(())
    }
}

/// One thing that keeps data from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataError {
    /// Its stable code.
    pub code: Code,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
    /// Where.
    pub place: Place,
    /// What the cell says, invisible characters as code points.
    pub cell: Option<String>,
}

impl DataError {
    /// The whole message in one language, of one line to three.
    pub fn render(&self, lang: Lang) -> String {
        let mut text = format!("{}: {}: {}", self.place, self.code, self.message.get(lang));
        let cell = self.cell.as_ref().map(|cell| match lang {
            Lang::En => format!("cell `{cell}`"),
            Lang::Zh => format!("内容`{cell}`"),
        });
        let details: Vec<String> = self
            .place
            .column_in_words(lang)
            .into_iter()
            .chain(cell)
            .collect();
        if !details.is_empty() {
            text.push_str("\n  ");
            text.push_str(&details.join(match lang {
                Lang::En => ", ",
                Lang::Zh => "，",
            }));
        }
        if let Some(help) = &self.help {
            text.push_str(match lang {
                Lang::En => "\n  help: ",
                Lang::Zh => "\n  办法：",
            });
            text.push_str(help.get(lang));
        }
        text
    }
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

impl std::error::Error for DataError {}

/// All that is wrong with one file, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataErrors {
    /// The errors, at most [`MAX_ERRORS`].
    pub errors: Vec<DataError>,
    /// How many more there are.
    pub more: usize,
}

impl DataErrors {
    /// True if nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// How many there are in all.
    pub fn len(&self) -> usize {
        self.errors.len() + self.more
    }

    /// Adds an error, or counts it.
    pub(crate) fn push(&mut self, error: DataError) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        } else {
            self.more += 1;
        }
    }

    /// Nothing wrong: the value; else the errors.
    pub(crate) fn or<T>(mut self, value: T) -> Result<T, Self> {
        if self.is_empty() {
            return Ok(value);
        }
        let mut sheets: Vec<Option<Arc<str>>> = Vec::new();
        for error in &self.errors {
            if !sheets.contains(&error.place.sheet) {
                sheets.push(error.place.sheet.clone());
            }
        }
        self.errors.sort_by_key(|error| {
            let sheet = sheets.iter().position(|sheet| *sheet == error.place.sheet);
            (sheet, error.place.line, error.place.column)
        });
        Err(self)
    }

    /// All messages in one language, and how many more there are.
    pub fn render(&self, lang: Lang) -> String {
        self.render_first(self.errors.len(), lang)
    }

    /// The first messages in one language, and how many more there are.
    pub fn render_first(&self, most: usize, lang: Lang) -> String {
        let shown = self.errors.iter().take(most);
        let mut lines: Vec<String> = shown.map(|error| error.render(lang)).collect();
        let more = self.len() - lines.len();
        if more > 0 {
            lines.push(match lang {
                Lang::En => format!("and {more} more"),
                Lang::Zh => format!("另有{more}处"),
            });
        }
        lines.join("\n")
    }
}

impl From<DataError> for DataErrors {
    fn from(error: DataError) -> Self {
        Self {
            errors: vec![error],
            more: 0,
        }
    }
}

impl Extend<DataError> for DataErrors {
    fn extend<T: IntoIterator<Item = DataError>>(&mut self, errors: T) {
        for error in errors {
            self.push(error);
        }
    }
}

impl fmt::Display for DataErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

impl std::error::Error for DataErrors {}

/// Something worth knowing that keeps nothing from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Where.
    pub place: Place,
    /// What.
    pub text: Text,
}

impl Note {
    /// The note in one language.
    pub fn render(&self, lang: Lang) -> String {
        format!("{}: {}", self.place, self.text.get(lang))
    }
}

/// What is wrong with a value, before it is known where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub code: Code,
    pub message: Text,
    pub help: Option<Text>,
}

impl Problem {
    pub fn new(code: Code, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self {
            code,
            message: Text::new(en, zh),
            help: None,
        }
    }

    pub fn help(mut self, en: impl Into<String>, zh: impl Into<String>) -> Self {
        self.help = Some(Text::new(en, zh));
        self
    }

    /// Adds the help that names the nearest known word, if one is near.
    pub fn did_you_mean(self, nearest: Option<&str>) -> Self {
        match nearest {
            Some(near) => self.help(
                format!("did you mean `{near}`?"),
                format!("是否应为`{near}`？"),
            ),
            None => self,
        }
    }

    /// The error at a place.
    pub fn at(self, place: Place, cell: Option<String>) -> DataError {
        DataError {
            code: self.code,
            message: self.message,
            help: self.help,
            place,
            cell,
        }
    }
}
