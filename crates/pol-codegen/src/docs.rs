//! Documentation of a declared thing: its display name, its name in the policy, the clauses that it
//! cites, and their words.

use pol::hir::{Cite, Named, Policy};
use pol::{Documents, clause_words};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The most letters of a clause that are quoted.
const LONGEST: usize = 240;

/// The width of a line of a quotation.
const WIDTH: usize = 88;

/// Where words come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Docs<'a> {
    pub policy: &'a Policy,
    pub documents: &'a Documents,
}

impl Docs<'_> {
    /// The lines of a declared thing that is called `rust` in Rust.
    pub fn of(self, named: &Named, rust: &str) -> Vec<String> {
        let mut lines = title(named);
        let called = !named.name.is_empty() && named.label.is_some() && !alike(rust, &named.name);
        if called || !named.cites.is_empty() {
            let mut sentences = Vec::new();
            if called {
                sentences.push(format!("`{}` in the policy.", named.name));
            }
            if !named.cites.is_empty() {
                sentences.push(format!("Cites {}.", self.cites(&named.cites)));
            }
            lines.push(String::new());
            lines.push(sentences.join(" "));
        }
        for cite in &named.cites {
            let Some(words) = self.words(cite) else {
                continue;
            };
            lines.push(String::new());
            let clause = prose(&cite.clause);
            let mut first = format!("**{clause}** ");
            for line in words.lines() {
                let quoted = format!("{}{}", std::mem::take(&mut first), prose(line));
                lines.extend(wrapped(&quoted).into_iter().map(|line| format!("> {line}")));
            }
        }
        lines
    }

    /// `信巩字〔2023〕7号 三, 四（一）; 赣办字〔2019〕29号 一`
    fn cites(self, cites: &[Cite]) -> String {
        let mut told: Vec<(usize, Vec<&str>)> = Vec::new();
        for cite in cites {
            match told.iter_mut().find(|(source, _)| *source == cite.source) {
                Some((_, clauses)) => clauses.push(&cite.clause),
                None => told.push((cite.source, vec![&cite.clause])),
            }
        }
        let of_source = told.into_iter().map(|(source, clauses)| {
            let source = self.policy.sources.get(source);
            let source = source.map_or("", |source| source.named.display());
            prose(&format!("{source} {}", clauses.join(", ")))
        });
        of_source.collect::<Vec<_>>().join("; ")
    }

    /// The words that a citation quotes, else those of its clause.
    fn words(self, cite: &Cite) -> Option<String> {
        if let Some(quote) = &cite.quote {
            return Some(quote.words.clone());
        }
        let source = self.policy.sources.get(cite.source)?;
        let text = self.documents.get(&source.named.name)?;
        let words = clause_words(text, &cite.clause)?.replace("**", "");
        let mut letters = words.chars();
        let begin: String = letters.by_ref().take(LONGEST).collect();
        Some(if letters.next().is_some() {
            format!("{begin}…")
        } else {
            begin
        })
    }
}

/// The display name of a declared thing.
pub(crate) fn title(named: &Named) -> Vec<String> {
    vec![prose(named.display())]
}

/// A text in lines, broken behind a punctuation mark or a blank as far as there is one.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text;
    while rest.width() > WIDTH {
        let mut width = 0;
        let (mut fits, mut nice) = (0, 0);
        for (at, letter) in rest.char_indices() {
            width += letter.width().unwrap_or(0);
            if width > WIDTH {
                break;
            }
            fits = at + letter.len_utf8();
            if " ，。；：、）”".contains(letter) {
                nice = fits;
            }
        }
        let end = if nice > 0 { nice } else { fits };
        let (line, after) = rest.split_at(end);
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    if !rest.is_empty() {
        lines.push(rest.to_owned());
    }
    lines
}

/// True if a name in Rust is the policy's own in other letters.
fn alike(rust: &str, name: &str) -> bool {
    let letters = |name: &str| {
        let plain = name.trim_start_matches("r#").chars();
        plain
            .filter(|letter| *letter != '_')
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    letters(rust) == letters(name)
}

/// Words as they stand in a comment in Markdown.
pub(crate) fn prose(words: &str) -> String {
    let mut text = String::new();
    for (at, letter) in words.trim().chars().enumerate() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' => text.push('\\'),
            '#' | '-' | '+' if at == 0 => text.push('\\'),
            control if control.is_control() => continue,
            _ => {}
        }
        text.push(letter);
    }
    text
}
