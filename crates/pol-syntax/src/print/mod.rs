//! The printer: a tree as text, in either spelling.
//!
//! Promises: every keyword comes from the keyword table, its first spelling; names stay, built-in
//! ones are translated unless the policy declares the same name; every comment is kept, and single
//! blank lines; the author's line breaks in conditions, lists and records stay as long as lines do
//! not grow too wide; printing what was printed changes nothing. [`format`] proves that the printed
//! text gives the tree that it was made from, and refuses otherwise. Refuses: to know what a name
//! means, so that it prints policies which do not type-check.

mod builtins;
mod catalogue;
mod declarations;
mod events;
mod expr;
mod fields;
mod head;
mod layout;
mod names;
mod narrowing;
mod origin;
mod page;
mod part;
mod points;
mod proof;
mod rules;
mod tables;
mod test;
mod words;

use crate::ast::{File, Name, Node, OneLiner, Spelling};
use crate::diagnostic::Text;
pub use part::{Part, print_part};
pub use proof::{FormatError, format};

use layout::{Anchor, Break, Doc, Fill};
use origin::{Origin, Place};
use page::Page;
use words::Words;

/// Why a tree cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintError {
    /// A text that holds every sort of closing quotes, or a line's end.
    Unquotable(String),
}

impl PrintError {
    /// What is wrong, in both languages.
    pub fn text(&self) -> Text {
        match self {
            Self::Unquotable(text) => Text::new(
                format!("`{text}` holds a line's end or every sort of quotes and cannot be quoted"),
                format!("`{text}` 含有换行，或含有各种引号，无法加引号"),
            ),
        }
    }
}

/// Prints a tree in a spelling. The source that it was read from tells how its author laid it out;
/// without one (an empty text) it is laid out anew.
pub fn print(file: &File, source: &str, spelling: Spelling) -> Result<String, PrintError> {
    let file = builtins::translated(file, spelling);
    let origin = Origin::new(source, &file.comments);
    let printer = Printer {
        words: Words { spelling },
        origin: &origin,
        one_line: !file.one_liners.is_empty(),
    };
    let mut page = Page::new(&file.comments, &origin);
    for line in &file.one_liners {
        printer.one_liner(&mut page, line)?;
    }
    printer.declarations(&mut page, &file.declarations)?;
    Ok(page.finish())
}

/// What printing a construct gives.
type Printed = Result<Doc, PrintError>;

/// Prints constructs in one spelling, after the layout of their source.
struct Printer<'a> {
    words: Words,
    origin: &'a Origin<'a>,
    /// True for a file in the one-line form.
    one_line: bool,
}

/// The column of a declaration's clauses.
const CLAUSE: usize = 2;

impl Printer<'_> {
    fn one_liner(&self, page: &mut Page<'_>, line: &Node<OneLiner>) -> Result<(), PrintError> {
        let OneLiner {
            subject,
            condition,
            then,
        } = &line.value;
        let doc = Doc::text(format!("{} ", subject.value))
            .and(self.condition(condition)?)
            .with(format!(" {} ", Words::arrow()))
            .and(self.actions(then)?);
        page.put(Some(line.span.start), 0, 0, Doc::text(doc.flat()));
        Ok(())
    }

    /// True if the author began a line at a place.
    fn starts_line(&self, place: impl Into<Place>) -> bool {
        self.origin.starts_line(place)
    }

    /// The column at which a condition goes on that begins behind a word at a column.
    fn continued(&self, indent: usize) -> usize {
        self.words.pick(indent + 1, indent)
    }

    /// A break behind the comma of a list.
    fn list_break(&self, place: impl Into<Place>) -> Break {
        self.comma_break(self.words.list_comma(), place.into())
    }

    /// A break behind the comma of a record.
    fn record_break(&self, pos: u32) -> Break {
        self.comma_break(self.words.comma(), pos.into())
    }

    fn comma_break(&self, comma: &str, place: Place) -> Break {
        Break {
            flat: comma.to_owned() + self.words.pick(" ", ""),
            end: comma.to_owned(),
            start: String::new(),
            fill: Fill::Full,
            broken: self.starts_line(place),
            pos: place.pos,
        }
    }

    /// Members with commas between them.
    fn list<T, P: Into<Place>>(
        &self,
        members: &[T],
        place: impl Fn(&T) -> P,
        print: impl Fn(&T) -> Printed,
    ) -> Printed {
        let mut doc = Doc::default();
        doc.open(Anchor::Here);
        for (index, member) in members.iter().enumerate() {
            if index > 0 {
                doc.brk(self.list_break(place(member)));
            }
            doc.add(print(member)?);
        }
        doc.close();
        Ok(doc)
    }

    fn names(&self, names: &[Name]) -> Doc {
        let mut doc = Doc::default();
        doc.open(Anchor::Here);
        for (index, name) in names.iter().enumerate() {
            if index > 0 {
                doc.brk(self.list_break(name.span.start));
            }
            doc.push(&name.value);
        }
        doc.close();
        doc
    }
}
