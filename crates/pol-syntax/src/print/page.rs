//! The lines as they are printed, with the comments and blank lines of the source between them.
//!
//! Promises: every comment comes out once, before the line that it stood before or behind the line
//! that it stood behind; of blank lines one is kept.

use super::layout::Doc;
use super::origin::Origin;
use crate::ast::Comment;

/// Lines, and how far the comments of the source have been placed.
pub(super) struct Page<'a> {
    lines: Vec<String>,
    comments: &'a [Comment],
    next: usize,
    origin: &'a Origin<'a>,
    /// False where a comment can no longer go behind the last line.
    open: bool,
    /// False at the beginning of a file or a block, where no blank line stands.
    spaced: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(comments: &'a [Comment], origin: &'a Origin<'a>) -> Self {
        Self {
            lines: Vec::new(),
            comments,
            next: 0,
            origin,
            open: false,
            spaced: false,
        }
    }

    /// Prints a text that stands at a place of the source, over as many lines as it needs. Groups
    /// of its own level continue at `base`.
    pub(super) fn put(&mut self, pos: Option<u32>, indent: usize, base: usize, doc: Doc) {
        if let Some(pos) = pos {
            self.comments_before(pos, indent);
            self.blank_before(pos);
        }
        for line in doc.lines(indent, base) {
            if let Some(pos) = line.pos {
                let indent = line.text.len() - line.text.trim_start().len();
                self.comments_before(pos, indent);
            }
            self.push(line.text.trim_end().to_owned());
        }
    }

    /// Prints the line that opens a block.
    pub(super) fn put_opening(&mut self, pos: Option<u32>, indent: usize, base: usize, doc: Doc) {
        self.put(pos, indent, base, doc);
        self.spaced = false;
    }

    /// Prints the line that closes a block, whose bracket stands at a place of the source.
    pub(super) fn put_closing(&mut self, pos: Option<u32>, indent: usize, text: &str) {
        if let Some(pos) = pos {
            self.comments_before(pos, indent + 2);
        }
        self.push(" ".repeat(indent) + text);
    }

    /// Adds a sign to the last line.
    pub(super) fn append(&mut self, sign: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.push_str(sign);
        }
    }

    /// Prints the comments that stand before a place.
    pub(super) fn comments_before(&mut self, pos: u32, indent: usize) {
        while let Some(comment) = self.comments.get(self.next) {
            if comment.span.start >= pos {
                break;
            }
            self.next += 1;
            self.comment(comment, indent);
        }
    }

    /// Prints the comments that end a declaration: those before the next one that are indented, as
    /// it is.
    pub(super) fn comments_within(&mut self, end: u32, indent: usize) {
        while let Some(comment) = self.comments.get(self.next) {
            let outside = comment.own_line && !self.origin.is_indented(comment.span.start);
            if comment.span.start >= end || outside {
                break;
            }
            self.next += 1;
            self.comment(comment, indent);
        }
    }

    fn comment(&mut self, comment: &Comment, indent: usize) {
        let text = format!("//{}", comment.text.trim_end());
        match self.lines.last_mut() {
            Some(line) if !comment.own_line && self.open => {
                line.push_str("  ");
                line.push_str(&text);
                self.open = false;
            }
            _ => {
                self.blank_before(comment.span.start);
                self.push(" ".repeat(indent) + &text);
                self.open = false;
            }
        }
    }

    fn blank_before(&mut self, pos: u32) {
        if self.spaced && self.origin.blank_before(pos) {
            self.lines.push(String::new());
            self.open = false;
        }
    }

    fn push(&mut self, line: String) {
        self.lines.push(line);
        self.open = true;
        self.spaced = true;
    }

    /// The whole text, the comments that are left at its end.
    pub(super) fn finish(mut self) -> String {
        self.comments_before(u32::MAX, 0);
        let mut text = self.lines.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text
    }
}
