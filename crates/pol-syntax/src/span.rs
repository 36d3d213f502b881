//! Places in a text: byte spans, and the lines and columns that people and editors count.

use unicode_segmentation::UnicodeSegmentation;

/// A span of bytes in one text, end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from one byte to another, end excluded.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span as a range of `usize`, for slicing.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place as people count it: line and column from 1, columns in characters as an editor shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in user-perceived characters (grapheme clusters).
    pub column: u32,
}

/// A text with its name and the starts of its lines.
#[derive(Debug, Clone)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

impl SourceFile {
    /// A file's name as messages show it, and its text. Texts over 4 GiB are not addressable; the
    /// parser refuses them long before.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, byte)| *byte == b'\n')
                    .map(|(at, _)| u32::try_from(at + 1).unwrap_or(u32::MAX)),
            )
            .collect();
        Self {
            name: name.into(),
            text,
            line_starts,
        }
    }

    /// The name that messages show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words at a span; empty where the span lies outside the text or splits a character.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte.
    pub fn line_column(&self, byte: u32) -> LineColumn {
        let (line, before) = self.line_before(byte);
        LineColumn {
            line,
            column: to_u32(before.graphemes(true).count()) + 1,
        }
    }

    /// Column of a byte in UTF-16 units from 0, as editors' protocols count, with its line from 0.
    pub fn line_utf16(&self, byte: u32) -> (u32, u32) {
        let (line, before) = self.line_before(byte);
        (line - 1, to_u32(before.encode_utf16().count()))
    }

    /// The line (from 1) of a byte and the text of the line before the byte.
    fn line_before(&self, byte: u32) -> (u32, &str) {
        let index = self
            .line_starts
            .partition_point(|start| *start <= byte)
            .saturating_sub(1);
        let start = self.line_starts.get(index).copied().unwrap_or(0) as usize;
        let mut end = (byte as usize).min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        (
            to_u32(index + 1),
            self.text.get(start..end).unwrap_or_default(),
        )
    }
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let file = SourceFile::new("a.pol", "政策 信丰\n  施行 2023\n");
        // 施 stands after a line of 14 bytes and two blanks.
        let byte = u32::try_from(file.text().find("施").unwrap()).unwrap();
        assert_eq!(file.line_column(byte), LineColumn { line: 2, column: 3 });
        let year = u32::try_from(file.text().find("2023").unwrap()).unwrap();
        assert_eq!(file.line_column(year), LineColumn { line: 2, column: 6 });
        assert_eq!(file.line_utf16(year), (1, 5));
    }

    #[test]
    fn places_outside_the_text_are_its_end() {
        let file = SourceFile::new("a.pol", "甲");
        assert_eq!(file.line_column(99), LineColumn { line: 1, column: 2 });
        assert_eq!(file.line_column(1), LineColumn { line: 1, column: 1 });
    }
}
