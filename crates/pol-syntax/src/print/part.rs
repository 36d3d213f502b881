//! Parts of a policy printed by themselves, for tools that show one.

use super::layout::Anchor;
use super::origin::Origin;
use super::page::Page;
use super::words::Words;
use super::{PrintError, Printer};
use crate::ast::{Declaration, EventPattern, Expr, Node, Spelling};

/// A part that can stand by itself.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A condition or value, on one line.
    Condition(&'a Expr),
    /// Events with what they must satisfy, on one line.
    Events(&'a EventPattern),
    /// A declaration, in the standard form.
    Declaration(&'a Node<Declaration>),
}

/// Prints a part in a spelling. Names stay, built-in ones too.
///
/// # Errors
/// A text in it that cannot be quoted.
pub fn print_part(part: Part<'_>, spelling: Spelling) -> Result<String, PrintError> {
    let origin = Origin::new("", &[]);
    let printer = Printer {
        words: Words { spelling },
        origin: &origin,
        one_line: false,
    };
    Ok(match part {
        Part::Condition(condition) => printer.condition(condition)?.flat(),
        Part::Events(events) => printer.pattern(events, Anchor::Here)?.flat(),
        Part::Declaration(declaration) => {
            let mut page = Page::new(&[], &origin);
            printer.declarations(&mut page, std::slice::from_ref(declaration))?;
            page.finish()
        }
    })
}
