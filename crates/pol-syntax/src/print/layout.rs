//! A piece of text with places where it may be broken, and the choice among them.
//!
//! Promises: breaks that the author made stay; a line that the author wrote stays whole up to
//! [`TOLERATED`] columns, what has to be broken is broken to [`WIDTH`], at the outermost places
//! first. So laying out what was laid out changes nothing. Columns are those of a terminal, in
//! which a Chinese character takes two.

use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// The width that lines are broken to.
pub(super) const WIDTH: usize = 100;

/// The width up to which a line is left as its author wrote it.
pub(super) const TOLERATED: usize = 120;

/// Text with breaks.
#[derive(Debug, Clone, Default)]
pub(super) struct Doc {
    pieces: Vec<Piece>,
    /// The pieces that are breaks which the author did not make.
    fresh: BTreeSet<usize>,
}

#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Open(Anchor),
    Close,
    Break(Break),
}

/// Where the lines of a group begin that is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// At the column that the whole text continues at.
    Base,
    /// At the column at which the group begins.
    Here,
    /// In a parenthesis: so that operands stand under each other.
    Inside,
}

/// How a group is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// Everywhere or nowhere.
    All,
    /// Where the line is full.
    Full,
}

/// A place where a line may end.
#[derive(Debug, Clone)]
pub(super) struct Break {
    /// What stands there in a line.
    pub flat: String,
    /// What ends the line, if broken.
    pub end: String,
    /// What begins the next one.
    pub start: String,
    /// How its group is broken.
    pub fill: Fill,
    /// True if the author broke the line here.
    pub broken: bool,
    /// Where what follows stands in the source.
    pub pos: u32,
}

/// A line with the place in the source that it begins with; none for the first.
pub(super) struct Line {
    pub text: String,
    pub pos: Option<u32>,
    /// True if it begins or ends where the author's did not.
    fresh: bool,
}

impl Doc {
    pub(super) fn text(text: impl Into<String>) -> Self {
        let mut doc = Self::default();
        doc.push(text);
        doc
    }

    pub(super) fn push(&mut self, text: impl Into<String>) {
        self.pieces.push(Piece::Text(text.into()));
    }

    pub(super) fn add(&mut self, other: Self) {
        self.pieces.extend(other.pieces);
    }

    pub(super) fn with(mut self, text: impl Into<String>) -> Self {
        self.push(text);
        self
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.add(other);
        self
    }

    pub(super) fn open(&mut self, anchor: Anchor) {
        self.pieces.push(Piece::Open(anchor));
    }

    pub(super) fn close(&mut self) {
        self.pieces.push(Piece::Close);
    }

    pub(super) fn brk(&mut self, place: Break) {
        self.pieces.push(Piece::Break(place));
    }

    /// The text in one line, whatever its width.
    pub(super) fn flat(&self) -> String {
        self.pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Break(place) => place.flat.as_str(),
                Piece::Open(_) | Piece::Close => "",
            })
            .collect()
    }

    /// The text in lines. The first begins at column `indent`, groups at [`Anchor::Base`] at `base`.
    pub(super) fn lines(mut self, indent: usize, base: usize) -> Vec<Line> {
        loop {
            let (lines, candidates) = self.render(indent, base);
            let mut changed = false;
            for (line, breaks) in lines.iter().zip(&candidates) {
                let width = line.text.width();
                let limit = if line.fresh { WIDTH } else { TOLERATED };
                if width > limit {
                    changed |= self.break_line(breaks, width);
                }
            }
            if !changed {
                return lines;
            }
        }
    }

    /// Breaks one line that is too wide, if it has a place left where it may be broken.
    fn break_line(&mut self, candidates: &[Candidate], width: usize) -> bool {
        let Some(depth) = candidates.iter().map(|it| it.depth).min() else {
            return false;
        };
        // What a break moves to the left of the columns that were measured.
        let mut moved = 0;
        let outermost: Vec<&Candidate> = candidates.iter().filter(|it| it.depth == depth).collect();
        for (at, candidate) in outermost.iter().enumerate() {
            let Some(Piece::Break(place)) = self.pieces.get_mut(candidate.piece) else {
                continue;
            };
            if place.fill == Fill::All {
                place.broken = true;
                self.fresh.insert(candidate.piece);
                continue;
            }
            let next = outermost.get(at + 1).map_or(width, |next| next.column);
            if next.saturating_sub(moved) > WIDTH {
                place.broken = true;
                self.fresh.insert(candidate.piece);
                moved = candidate.column.saturating_sub(candidate.resumes);
            }
        }
        true
    }

    fn render(&self, indent: usize, base: usize) -> (Vec<Line>, Vec<Vec<Candidate>>) {
        let mut lines = Vec::new();
        let mut candidates = vec![Vec::new()];
        let mut text = " ".repeat(indent);
        let mut column = indent;
        let mut pos = None;
        let mut begins_fresh = false;
        let mut anchors: Vec<(Anchor, usize)> = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Text(part) => {
                    text.push_str(part);
                    column += part.width();
                }
                Piece::Open(anchor) => anchors.push((*anchor, column)),
                Piece::Close => {
                    anchors.pop();
                }
                Piece::Break(place) => {
                    let (anchor, at) = anchors.last().copied().unwrap_or((Anchor::Base, base));
                    let resumes = match anchor {
                        Anchor::Base => base,
                        Anchor::Here => at,
                        Anchor::Inside => inside(at, &place.start),
                    };
                    if place.broken {
                        text.push_str(&place.end);
                        let ends_fresh = self.fresh.contains(&index);
                        let fresh = begins_fresh || ends_fresh;
                        lines.push(Line { text, pos, fresh });
                        begins_fresh = ends_fresh;
                        candidates.push(Vec::new());
                        text = " ".repeat(resumes);
                        text.push_str(&place.start);
                        column = resumes + place.start.width();
                        pos = Some(place.pos);
                    } else {
                        text.push_str(&place.flat);
                        column += place.flat.width();
                        if let Some(line) = candidates.last_mut() {
                            line.push(Candidate {
                                piece: index,
                                depth: anchors.len(),
                                column,
                                resumes,
                            });
                        }
                    }
                }
            }
        }
        let fresh = begins_fresh;
        lines.push(Line { text, pos, fresh });
        (lines, candidates)
    }
}

/// A break that is not used yet.
struct Candidate {
    piece: usize,
    depth: usize,
    /// The column behind it.
    column: usize,
    /// The column at which the next line would begin.
    resumes: usize,
}

/// The column of a word that stands before an operand in a parenthesis: in English the operands are
/// flush, in Chinese the word stands under the parenthesis, which is as wide as a character.
fn inside(column: usize, start: &str) -> usize {
    if start.is_ascii() {
        column.saturating_sub(start.width()).max(1)
    } else {
        column.saturating_sub(2).max(1)
    }
}
