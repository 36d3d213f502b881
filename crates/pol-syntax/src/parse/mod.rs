//! From text to tree, with recovery.
//!
//! A text is looked over once for what would mislead the parser (its size, brackets, quotes,
//! invisible characters), cut at the words of column 0, and each piece is parsed on its own. So a
//! file with five mistakes reports five, each at its place, and keeps every declaration that can be
//! read. Promises an answer for every text: no panic, no hang, no recursion without a bound.

mod expected;
mod faults;
mod hints;
mod lengths;
mod lower;
mod mistakes;
mod names;
mod pieces;
mod problem;
mod scan;
mod spacing;
mod steps;
mod words;

use crate::Parsed;
use crate::ast::{File, Spelling};
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use lower::Lower;
use names::Names;
use pest::Parser;
use pest::iterators::Pair;
use pieces::{Form, Piece};
use pol_grammar::{PolParser, Rule};

/// How many messages one text may get: more help nobody.
const MESSAGES: usize = 100;

/// Reads a text. Both spellings give the same tree.
pub fn parse(text: &str) -> Parsed {
    let scan = match scan::scan(text) {
        Ok(scan) => scan,
        Err(diagnostic) => {
            return Parsed {
                file: File::default(),
                diagnostics: vec![*diagnostic],
            };
        }
    };
    let mut reader = Reader {
        text,
        form: scan.form,
        file: File {
            comments: scan.comments,
            ..File::default()
        },
        diagnostics: scan.diagnostics,
        names: Names::default(),
        english: 0,
        chinese: 0,
    };
    for piece in &scan.pieces {
        if reader.diagnostics.len() >= MESSAGES {
            break;
        }
        if !piece.broken {
            reader.piece(piece);
        }
    }
    reader
        .diagnostics
        .extend(reader.names.run_together(scan.form));
    let mut file = reader.file;
    // A line may do without any keyword that tells: `乡镇 本年度 检查 ≥ 3次 → 黄牌`.
    let first_name = file
        .one_liners
        .first()
        .map(|line| &line.value.subject.value);
    let tie = reader.chinese == reader.english;
    if reader.chinese > reader.english || tie && first_name.is_some_and(|name| !name.is_ascii()) {
        file.spelling = Spelling::Chinese;
    }
    let mut diagnostics = reader.diagnostics;
    diagnostics.sort_by_key(Diagnostic::span);
    diagnostics.truncate(MESSAGES);
    Parsed { file, diagnostics }
}

/// What is built up while the pieces are read.
struct Reader<'t> {
    text: &'t str,
    form: Form,
    file: File,
    diagnostics: Vec<Diagnostic>,
    names: Names,
    english: usize,
    chinese: usize,
}

impl Reader<'_> {
    /// Reads a piece; where a declaration is indented in it, what stands before and behind as well.
    fn piece(&mut self, piece: &Piece) {
        let mut start = piece.start;
        while let Some(next) = self.one(start, piece.end) {
            if next <= start || self.diagnostics.len() >= MESSAGES {
                break;
            }
            start = next;
        }
    }

    /// Reads the declaration that begins at a byte. Returns where a further one begins that was
    /// indented by mistake.
    fn one(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text.get(start..end)?;
        let rule = match self.form {
            Form::OneLiners => Rule::one_liner,
            Form::Declarations => {
                if let Some(rule) = words::declaration_rule(words::first_word(text)) {
                    rule
                } else {
                    self.guess_spelling(text);
                    let problem = problem::unknown_declaration(text, offset(start));
                    self.diagnostics.push(problem);
                    return None;
                }
            }
        };
        match PolParser::parse(rule, text) {
            Ok(mut pairs) => {
                if let Some(pair) = pairs.next() {
                    self.lower(&pair, start);
                }
                None
            }
            Err(error) => {
                self.guess_spelling(text);
                let at = problem::position(&error).min(text.len());
                if let Some(indented) = mistakes::indented_declaration(text, at) {
                    self.diagnostics
                        .push(mistakes::indented(text, indented, offset(start)));
                    // What stands before it may be whole.
                    if let Ok(mut pairs) = PolParser::parse(rule, &text[..indented])
                        && let Some(pair) = pairs.next()
                    {
                        self.lower(&pair, start);
                    }
                    return Some(start + indented);
                }
                self.diagnostics
                    .push(problem::diagnose(text, offset(start), &error));
                if rule == Rule::test {
                    self.other_steps(text, start, at);
                }
                None
            }
        }
    }

    /// Reads a test without the step that is wrong at a byte, and says what else is wrong in it.
    fn other_steps(&mut self, text: &str, start: usize, at: usize) {
        let mut rest = steps::without(text, at);
        let mut lacks_names = false;
        for _ in 0..steps::MOST {
            let Some(steps::Rest {
                text,
                lacks_names: lacks,
            }) = rest
            else {
                return;
            };
            lacks_names |= lacks;
            match PolParser::parse(Rule::test, &text) {
                // Without its names the rest would only seem to be wrong.
                Ok(_) if lacks_names => return,
                Ok(mut pairs) => {
                    if let Some(pair) = pairs.next() {
                        self.lower(&pair, start);
                    }
                    return;
                }
                Err(error) => {
                    self.diagnostics
                        .push(problem::diagnose(&text, offset(start), &error));
                    rest = steps::without(&text, problem::position(&error));
                }
            }
        }
    }

    fn lower(&mut self, pair: &Pair<'_, Rule>, start: usize) {
        self.count_spelling(pair);
        self.names.take(pair, start);
        let mut lower = Lower::new(offset(start));
        let read = if self.form == Form::OneLiners {
            lower
                .one_liner(pair)
                .map(|line| self.file.one_liners.push(line))
        } else {
            lower
                .piece(pair)
                .map(|declaration| self.file.declarations.push(declaration))
        };
        if read.is_none() && lower.diagnostics.is_empty() {
            let span = pair.as_span();
            let span = Span::new(offset(start + span.start()), offset(start + span.end()));
            self.diagnostics.push(problem::unreadable(span));
        }
        self.diagnostics.append(&mut lower.diagnostics);
    }

    /// Of a piece that cannot be read, the first word tells.
    fn guess_spelling(&mut self, text: &str) {
        if words::first_word(text).is_ascii() {
            self.english += 1;
        } else {
            self.chinese += 1;
        }
    }

    fn count_spelling(&mut self, pair: &Pair<'_, Rule>) {
        for word in pair.clone().into_inner().flatten() {
            let keyword = (Rule::kw_policy..=Rule::kw_withdrawn).contains(&word.as_rule());
            match word.as_str().chars().next() {
                Some(c) if keyword && c.is_ascii_alphabetic() => self.english += 1,
                Some(c) if keyword && c.is_alphabetic() => self.chinese += 1,
                _ => {}
            }
        }
    }
}

/// A byte of the text as spans count it; a text is at most 4 MiB.
fn offset(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
