//! One look over the whole text before anything is parsed: size, invisible characters, quotes,
//! brackets, comments, and the cuts at column 0.

use super::pieces::{Form, Piece, form, starts_in_column_0};
use super::{faults, mistakes, offset, words};
use crate::Text;
use crate::ast::Comment;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// The largest text that is read.
const BYTES: usize = 4 * 1024 * 1024;
/// The largest declaration.
const PIECE: usize = 128 * 1024;
/// The longest line.
const LINE: usize = 20_000;
/// How deep brackets may lie in each other, and how many words that open a part may stand in one
/// piece without brackets.
const DEPTH: usize = 64;

/// What the look over a text found.
pub(super) struct Scan {
    pub form: Form,
    pub pieces: Vec<Piece>,
    pub comments: Vec<Comment>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Looks over a text. An error is one that leaves nothing to read.
pub(super) fn scan(text: &str) -> Result<Scan, Box<Diagnostic>> {
    if text.len() > BYTES {
        return Err(Box::new(faults::limit(
            Span::new(0, 0),
            Text::new(
                format!("the file has {} bytes, more than {BYTES}", text.len()),
                format!("文件有 {} 字节，超过 {BYTES} 字节", text.len()),
            ),
            Text::new(
                "a policy of this size is a mistake of export: check what the file holds",
                "这样大的政策文件多半是导出有误，请检查文件内容",
            ),
        )));
    }
    let form = form(text);
    let mut scanner = Scanner {
        text,
        scan: Scan {
            form,
            pieces: Vec::new(),
            comments: Vec::new(),
            diagnostics: Vec::new(),
        },
        piece: None,
        open: Vec::new(),
        suspect: None,
        prefixes: 0,
        outer_prefixes: 0,
        openers: 0,
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if scanner.scan.diagnostics.len() >= super::MESSAGES {
            scanner.piece = None;
            break;
        }
        scanner.line(start, line);
        start += line.len();
    }
    scanner.close(text.len());
    Ok(scanner.scan)
}

/// An open bracket.
struct Open {
    sign: char,
    at: usize,
    indent: usize,
    /// How many prefixes stand directly before it.
    prefixes: usize,
}

struct Scanner<'t> {
    text: &'t str,
    scan: Scan,
    /// The piece at hand.
    piece: Option<Piece>,
    /// Its open brackets.
    open: Vec<Open>,
    /// An opening bracket whose closing one stands at another indentation: perhaps another's.
    suspect: Option<usize>,
    /// How many `not` and minus signs stand in a row.
    prefixes: usize,
    /// How many stand before the open brackets.
    outer_prefixes: usize,
    /// How many words the piece has that open a part without brackets.
    openers: usize,
}

impl Scanner<'_> {
    fn line(&mut self, start: usize, line: &str) {
        let visible = line.trim_start_matches('\u{FEFF}');
        let at = start + line.len() - visible.len();
        if starts_in_column_0(visible) {
            self.column_0(at, visible);
        } else if self.piece.is_none() {
            self.indented_start(at, visible);
        }
        if line.len() > LINE {
            self.refuse(faults::limit(
                Span::new(offset(start), offset(start)),
                Text::new(
                    format!("this line has {} bytes, more than {LINE}", line.len()),
                    format!("这一行有 {} 字节，超过 {LINE} 字节", line.len()),
                ),
                Text::new("break the line", "请分行书写"),
            ));
        }
        let content = visible.trim_end_matches(['\n', '\r']);
        self.content(at, content, indent(content));
    }

    /// A line that begins in column 0 begins a piece, unless a clause was meant.
    fn column_0(&mut self, at: usize, line: &str) {
        let word = words::word_at(line, 0);
        let clause = self.scan.form == Form::Declarations
            && self.piece.is_some()
            && !words::declares(word)
            && (words::opens_clause(word)
                || word.starts_with(|c: char| c.is_ascii_digit())
                || line.starts_with("->")
                || line.starts_with('→'));
        if !clause {
            self.close(at);
            self.piece = Some(Piece {
                start: at,
                end: at,
                broken: false,
            });
            return;
        }
        let shown = match word {
            "" if line.starts_with("->") => "->",
            "" => "→",
            word => word,
        };
        self.scan
            .diagnostics
            .push(faults::clause_in_column_0(at, shown));
    }

    /// What stands indented before the first declaration.
    fn indented_start(&mut self, at: usize, line: &str) {
        let content = line.trim_start_matches(|c: char| words::is_blank(c) || c == '\n');
        if content.is_empty() || content.starts_with("//") || content.starts_with("／／") {
            return;
        }
        let start = at + line.len() - content.len();
        let word = words::word_at(content, 0);
        if words::declares(word) {
            self.scan
                .diagnostics
                .push(mistakes::indented(content, 0, offset(start)));
        }
        self.piece = Some(Piece {
            start,
            end: start,
            broken: false,
        });
    }

    /// Ends the piece at hand.
    fn close(&mut self, end: usize) {
        if let Some(first) = self.open.first() {
            let first_at = first.at;
            let culprit = self
                .open
                .iter()
                .find(|open| Some(open.at) == self.suspect)
                .map_or(self.suspect.unwrap_or(first_at), |open| open.at);
            let sign = self.text[culprit..].chars().next().unwrap_or('{');
            let last = self.text[..end].trim_end().len();
            self.refuse(faults::unclosed_bracket(culprit, sign, last));
        }
        self.open.clear();
        self.suspect = None;
        self.prefixes = 0;
        self.outer_prefixes = 0;
        self.openers = 0;
        if let Some(piece) = &self.piece
            && end - piece.start > PIECE
        {
            let start = piece.start;
            let word = words::word_at(self.text, start);
            self.refuse(faults::limit(
                Span::new(offset(start), offset(start + word.len())),
                Text::new(
                    format!(
                        "this declaration has {} bytes, more than {PIECE}",
                        end - start
                    ),
                    format!("这个声明有 {} 字节，超过 {PIECE} 字节", end - start),
                ),
                Text::new("divide it", "请将其拆分"),
            ));
        }
        if let Some(mut piece) = self.piece.take() {
            piece.end = end;
            self.scan.pieces.push(piece);
        }
    }

    /// Reports a fault that leaves the piece at hand unreadable; only its first.
    fn refuse(&mut self, diagnostic: Diagnostic) {
        match &mut self.piece {
            Some(piece) if piece.broken => {}
            Some(piece) => {
                piece.broken = true;
                self.scan.diagnostics.push(diagnostic);
            }
            None => {
                let start = diagnostic.span().start as usize;
                self.piece = Some(Piece {
                    start,
                    end: start,
                    broken: true,
                });
                self.scan.diagnostics.push(diagnostic);
            }
        }
    }

    /// The characters of a line.
    fn content(&mut self, start: usize, line: &str, indent: usize) {
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            let rest = &line[at..];
            if rest.starts_with("//") || rest.starts_with("／／") {
                self.comment(start, line, at);
                return;
            }
            if let Some(closing) = closing_quote(c) {
                let inside = at + c.len_utf8();
                if let Some(length) = line[inside..].find(closing) {
                    at = inside + length + closing.len_utf8();
                } else {
                    self.refuse(faults::unclosed_quote(
                        start + at,
                        c,
                        closing,
                        start + line.len(),
                    ));
                    return;
                }
                self.prefixes = 0;
                continue;
            }
            if words::is_word_char(c) {
                let word = words::word_at(line, at);
                self.word(start + at, word);
                at += word.len();
                continue;
            }
            self.sign(start + at, c, indent, line[..at].trim().is_empty());
            at += c.len_utf8();
        }
    }

    fn word(&mut self, at: usize, word: &str) {
        if matches!(word, "not" | "非" | "并非") {
            self.prefix(at);
        } else {
            self.prefixes = 0;
        }
        if matches!(
            word,
            "share" | "count" | "rank" | "中" | "排名" | "倒数排名"
        ) {
            self.openers += 1;
            if self.openers > DEPTH {
                self.refuse(faults::limit(
                    Span::new(offset(at), offset(at + word.len())),
                    Text::new(
                        format!("more than {DEPTH} shares, counts of members and ranks in one declaration"),
                        format!("一个声明里的占比、个数和排名超过 {DEPTH} 处"),
                    ),
                    Text::new(
                        "give some of them names with `define`",
                        "请用 `定义` 为其中一些命名",
                    ),
                ));
            }
        }
    }

    fn prefix(&mut self, at: usize) {
        self.prefixes += 1;
        if self.prefixes + self.outer_prefixes > DEPTH {
            self.refuse(faults::limit(
                Span::new(offset(at), offset(at)),
                Text::new(
                    format!("more than {DEPTH} negations in each other"),
                    format!("层层的否定超过 {DEPTH} 个"),
                ),
                Text::new("two of them cancel out", "两个否定互相抵消"),
            ));
        }
    }

    fn sign(&mut self, at: usize, c: char, indent: usize, first_on_line: bool) {
        match c {
            '(' | '（' | '{' | '｛' => {
                self.open.push(Open {
                    sign: c,
                    at,
                    indent,
                    prefixes: self.prefixes,
                });
                self.outer_prefixes += self.prefixes;
                self.prefixes = 0;
                if self.open.len() > DEPTH {
                    self.open.truncate(1);
                    self.refuse(faults::limit(
                        Span::new(offset(at), offset(at + c.len_utf8())),
                        Text::new(
                            format!("brackets lie more than {DEPTH} deep in each other"),
                            format!("括号嵌套超过 {DEPTH} 层"),
                        ),
                        Text::new(
                            "give parts of it names with `define`",
                            "请用 `定义` 为其中各部分命名",
                        ),
                    ));
                }
            }
            ')' | '）' | '}' | '｝' => self.closing_bracket(at, c, indent, first_on_line),
            '-' | '−' | '－' => self.prefix(at),
            '”' | '’' => self.refuse(faults::stray_quote(at, c)),
            c if is_invisible(c) => self.refuse(faults::invisible(at, c)),
            c if c.is_whitespace() => {}
            _ => self.prefixes = 0,
        }
    }

    fn closing_bracket(&mut self, at: usize, c: char, indent: usize, first_on_line: bool) {
        let Some(open) = self.open.pop() else {
            self.refuse(faults::stray_bracket(at, c));
            return;
        };
        self.outer_prefixes = self.outer_prefixes.saturating_sub(open.prefixes);
        self.prefixes = 0;
        if is_brace(open.sign) != is_brace(c) {
            self.refuse(faults::crossed(open.at, open.sign, at, c));
        } else if first_on_line && open.indent != indent && self.suspect.is_none() {
            self.suspect = Some(open.at);
        }
    }

    fn comment(&mut self, start: usize, line: &str, at: usize) {
        for (index, c) in line[at..].char_indices() {
            if is_invisible(c) {
                self.refuse(faults::invisible(start + at + index, c));
            }
        }
        self.scan.comments.push(Comment {
            text: line[at..].chars().skip(2).collect(),
            span: Span::new(offset(start + at), offset(start + line.len())),
            own_line: line[..at].trim().is_empty(),
        });
    }
}

/// How far a line is indented, in characters.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).count()
}

fn closing_quote(c: char) -> Option<char> {
    Some(match c {
        '"' => '"',
        '“' => '”',
        '＂' => '＂',
        _ => return None,
    })
}

fn is_brace(c: char) -> bool {
    matches!(c, '{' | '}' | '｛' | '｝')
}

/// Controls of writing direction and characters without width.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
    )
}
