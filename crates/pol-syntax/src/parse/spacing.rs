//! Words that stand together without the spaces that tell them apart.

use super::{offset, words};
use crate::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use pol_grammar::keywords::is_reserved;

/// Keywords that run together with what stands beside them.
pub(super) fn run_together(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let here = (at, words::word_at(text, at));
    let before = words::word_before(text, at);
    let (begin, word, spaced) = [here, before].into_iter().find_map(|(begin, word)| {
        let (parts, _) = split(word)?;
        // Numbers may touch keywords: 最近12个月.
        let apart = parts.windows(2).any(|pair| {
            !pair[0].ends_with(char::is_numeric) && !pair[1].starts_with(char::is_numeric)
        });
        apart.then(|| (begin, word, parts.join(" ")))
    })?;
    let span = Span::new(start + offset(begin), start + offset(begin + word.len()));
    Some(hides_keywords(span, word, &spaced))
}

/// A name that hides keywords, with the spacing that shows them.
pub(super) fn hides_keywords(span: Span, word: &str, spaced: &str) -> Diagnostic {
    Diagnostic::error(
        Code::RUN_TOGETHER,
        Text::new(
            format!("`{word}` is read as one name, though it holds keywords"),
            format!("`{word}` 会被读作一个名称，但其中含有关键词"),
        ),
        span,
        Text::new("words are separated by spaces", "词与词之间须用空格隔开"),
    )
    .with_help(Text::new(
        format!("write `{spaced}`"),
        format!("请写 `{spaced}`"),
    ))
}

/// The spacing of a name that holds so many keywords or more.
pub(super) fn spaced(word: &str, least: usize) -> Option<String> {
    let (parts, keywords) = split(word)?;
    (keywords >= least).then(|| parts.join(" "))
}

/// A run of Chinese characters cut at the keywords that it hides, and how many they are; none if it
/// hides none.
fn split(word: &str) -> Option<(Vec<&str>, usize)> {
    if word.is_ascii() || word.chars().count() < 3 {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    let mut name_from = 0;
    let mut at = 0;
    let mut keywords = 0;
    while at < word.len() {
        let rest = &word[at..];
        let longest = words::chinese_words()
            .filter(|keyword| rest.starts_with(keyword))
            .max_by_key(|keyword| keyword.len());
        // One character alone is a keyword only where a word may begin or end.
        let taken = longest.filter(|keyword| {
            keyword.chars().count() > 1
                || is_reserved(keyword)
                    && (at == 0
                        || at == name_from
                        || rest.len() == keyword.len()
                        || *keyword == "的")
        });
        if let Some(keyword) = taken {
            if name_from < at {
                parts.push(&word[name_from..at]);
            }
            parts.push(&word[at..at + keyword.len()]);
            at += keyword.len();
            name_from = at;
            keywords += 1;
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    if name_from < word.len() {
        parts.push(&word[name_from..]);
    }
    (keywords > 0 && parts.len() > 1).then_some((parts, keywords))
}
