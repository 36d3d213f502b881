//! How the author laid out the source: where lines begin, where they are blank.
//!
//! Every question has an answer for every place, also outside the text: then nothing was laid out.

use crate::ast::Comment;
use pol_grammar::keywords::{Keyword, keyword};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// As far as it is looked back from a place: what begins a line stands closer to its begin.
const REACH: usize = 2048;

/// What may stand on a line before the place of what begins it, and is never a name.
static CONNECTIVES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let words = ["and", "or", "not", "inner_zh"];
    spellings(&words).chain(["=", "<", "|"]).collect()
});

/// Every spelling of some keywords.
fn spellings(names: &[&str]) -> impl Iterator<Item = &'static str> {
    names
        .iter()
        .filter_map(|name| keyword(name))
        .flat_map(Keyword::spellings)
}

/// Where something stands, as far as the tree tells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The place that the tree gives.
    pub pos: u32,
    /// Keywords that may stand before it, which the tree does not give.
    pub behind: &'static [&'static str],
}

impl From<u32> for Place {
    fn from(pos: u32) -> Self {
        Self { pos, behind: &[] }
    }
}

/// A source text with its comments.
pub(super) struct Origin<'a> {
    text: &'a str,
    comments: &'a [Comment],
}

impl<'a> Origin<'a> {
    pub(super) fn new(text: &'a str, comments: &'a [Comment]) -> Self {
        Self { text, comments }
    }

    /// What stands before a place on its line; none where the line begins out of reach.
    fn before(&self, pos: u32) -> Option<&'a str> {
        let head = self.text.get(..pos as usize)?;
        let from = head.len().saturating_sub(REACH);
        match head
            .as_bytes()
            .get(from..)?
            .iter()
            .rposition(|byte| *byte == b'\n')
        {
            Some(at) => head.get(from + at + 1..),
            None if from == 0 => Some(head),
            None => None,
        }
    }

    /// True if the author began a line with what stands at a place, but for brackets and the words
    /// that connect it to what is before it.
    pub(super) fn starts_line(&self, place: impl Into<Place>) -> bool {
        let Place { pos, behind } = place.into();
        let Some(before) = self.before(pos) else {
            return false;
        };
        if before.len() == pos as usize {
            return false;
        }
        before
            .split(|c: char| c.is_whitespace() || "(（＝＜｜".contains(c))
            .all(|word| {
                word.is_empty()
                    || CONNECTIVES.contains(word)
                    || spellings(behind).any(|known| known == word)
            })
    }

    /// True if what stands at a place does not begin in column 0.
    pub(super) fn is_indented(&self, pos: u32) -> bool {
        self.before(pos).is_some_and(|before| !before.is_empty())
    }

    /// True if the line before that of a place is blank.
    pub(super) fn blank_before(&self, pos: u32) -> bool {
        let Some(before) = self.before(pos) else {
            return false;
        };
        let on_the_head = !before.is_empty() && !before.starts_with(char::is_whitespace);
        if on_the_head || before.contains(['{', '｛']) {
            // It stands in braces or behind the head of its declaration: the blank line is before that.
            return false;
        }
        let end = pos as usize - before.len();
        let lines = self.text.get(..end).unwrap_or_default();
        let Some(lines) = lines.strip_suffix('\n') else {
            return false;
        };
        let start = lines.trim_end_matches([' ', '\t', '\r', '\u{3000}']);
        start.is_empty() || start.ends_with('\n')
    }

    /// True if a blank line stands between two places.
    pub(super) fn blank_line_between(&self, from: u32, to: u32) -> bool {
        let range = self.text.get(from as usize..to as usize);
        // The last line is that of the second place, and not whole.
        range.is_some_and(|range| range.rsplit('\n').skip(1).any(|it| it.trim().is_empty()))
    }

    /// The last closing brace between two places that is not in a comment.
    pub(super) fn closing_brace(&self, from: u32, to: u32) -> Option<u32> {
        let mut end = (to as usize).min(self.text.len());
        let from = from as usize;
        loop {
            let found = self.text.get(from..end)?.rfind(['}', '｝'])? + from;
            let at = u32::try_from(found).ok()?;
            match self.comment_at(at) {
                Some(comment) => end = comment.span.start as usize,
                None => return Some(at),
            }
            if end <= from {
                return None;
            }
        }
    }

    /// The last place between two others at which one of some words stands, but in a comment.
    pub(super) fn last_word(&self, words: &[&str], from: u32, to: u32) -> Option<u32> {
        let range = self.text.get(from as usize..to as usize)?;
        words
            .iter()
            .flat_map(|word| range.rmatch_indices(word))
            .filter_map(|(at, _)| from.checked_add(u32::try_from(at).ok()?))
            .filter(|at| self.comment_at(*at).is_none())
            .max()
    }

    /// True if a comment begins between two places.
    pub(super) fn has_comment(&self, from: u32, to: u32) -> bool {
        let first = self.comments.partition_point(|it| it.span.start < from);
        self.comments
            .get(first)
            .is_some_and(|it| it.span.start < to)
    }

    fn comment_at(&self, pos: u32) -> Option<&Comment> {
        let after = self.comments.partition_point(|it| it.span.start <= pos);
        let comment = self.comments.get(after.checked_sub(1)?)?;
        (pos < comment.span.end).then_some(comment)
    }
}
