//! Mistakes that officials make, each with a message of its own.

use super::{expected, lengths, offset, problem, spacing, words};
use crate::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use pol_grammar::Rule;
use pol_grammar::keywords::{is_reserved, table};

/// The message of a known mistake at the byte where parsing went no further.
pub(super) fn known(text: &str, start: u32, at: usize, rules: &[Rule]) -> Option<Diagnostic> {
    let at = words::skip_space(text, at);
    equals(text, start, at, rules)
        .or_else(|| nameless(text, start, at))
        .or_else(|| several_names(text, start, at))
        .or_else(|| lengths::known(text, start, at))
        .or_else(|| dotted_date(text, start, at))
        .or_else(|| synonym(text, start, at))
        .or_else(|| point_without_each(text, start, at))
        .or_else(|| spacing::run_together(text, start, at))
        .or_else(|| misspelt(text, start, at, rules))
        .or_else(|| reserved_name(text, start, at, rules))
}

/// `if class = first`: `=` only ever sets.
fn equals(text: &str, start: u32, at: usize, rules: &[Rule]) -> Option<Diagnostic> {
    let sign = text.get(at..)?;
    let length = if sign.starts_with("==") {
        2
    } else if sign.starts_with('=') {
        1
    } else if sign.starts_with('＝') {
        '＝'.len_utf8()
    } else {
        return None;
    };
    if rules.contains(&Rule::sets) {
        return None;
    }
    Some(
        Diagnostic::error(
            Code::EQUALS_COMPARES,
            Text::new(
                "`=` does not compare: it only ever sets",
                "`=` 不表示比较，只表示设定",
            ),
            Span::new(start + offset(at), start + offset(at + length)),
            Text::new("a comparison is expected", "此处应为比较"),
        )
        .with_help(comparison(
            text.get(..at).unwrap_or_default(),
            text.get(at + length..).unwrap_or_default(),
        )),
    )
}

/// What to write for `=`, in the author's own words where they stand on both sides.
fn comparison(before: &str, behind: &str) -> Text {
    let between = |c: char| c.is_whitespace() || "{}()｛｝（）,，、；;".contains(c);
    let left = before
        .rsplit('\n')
        .next()
        .and_then(|line| line.rsplit(between).find(|word| !word.is_empty()));
    let right = behind
        .split('\n')
        .next()
        .and_then(|line| line.split(between).find(|word| !word.is_empty()));
    match (left, right) {
        (Some(left), Some(right)) => Text::new(
            format!("write `{left} is {right}`"),
            format!("请写 `{left} 为 {right}`"),
        ),
        _ => Text::new("write `is`: `card is clear`", "请写 `为`：`挂牌 为 未挂牌`"),
    }
}

/// Words and signs that people write for a keyword: what is written, what is meant in English, in
/// Chinese. Longer ones stand before those that they begin with.
const SYNONYMS: [(&str, &str, &str); 27] = [
    ("到", "until", "至"),
    ("直到", "until", "至"),
    ("直至", "until", "至"),
    ("&&", "and", "且"),
    ("||", "or", "或"),
    ("!=", "is not", "不为"),
    ("<>", "is not", "不为"),
    ("≠", "is not", "不为"),
    ("equals", "is", "为"),
    ("equal", "is", "为"),
    ("are", "is", "为"),
    ("has", "where", "其中"),
    ("with", "where", "其中"),
    ("per", "in", "本年度"),
    ("大于等于", ">=", "≥"),
    ("小于等于", "<=", "≤"),
    ("大于", ">", ">"),
    ("小于", "<", "<"),
    ("等于", "is", "为"),
    ("不等于", "is not", "不为"),
    ("不是", "is not", "不为"),
    ("是", "is", "为"),
    ("并且", "and", "且"),
    ("而且", "and", "且"),
    ("或者", "or", "或"),
    ("如果", "if", "若"),
    ("那么", "then", "则"),
];

/// The line of a declaration's word ends before its name, so that the next line's word was taken.
fn nameless(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let opening = words::skip_space(text, 0);
    let word = words::first_word(text);
    let end = opening + word.len();
    let next = words::skip_space(text, end);
    let clause = words::word_at(text, next);
    if at < next || !text[end..next].contains('\n') || !words::opens_clause(clause) {
        return None;
    }
    Some(
        Diagnostic::error(
            Code::UNEXPECTED,
            Text::new(
                format!("the declaration `{word}` has no name"),
                format!("声明 `{word}` 没有名称"),
            ),
            Span::new(start + offset(opening), start + offset(end)),
            Text::new("a name is expected behind it", "其后应有名称"),
        )
        .with_help(Text::new(
            format!("write `{word} NAME`"),
            format!("请写 `{word} 名称`"),
        )),
    )
}

/// `body office, county`: a declaration names one thing.
fn several_names(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let sign = text.get(at..)?.chars().next()?;
    let mut before = text.get(..at)?.split_whitespace();
    let (word, _) = (before.next()?, before.next()?);
    if !matches!(sign, ',' | '，' | '、') || before.next().is_some() || !words::declares(word) {
        return None;
    }
    let next = words::word_at(text, words::skip_space(text, at + sign.len_utf8()));
    let more = if next.is_empty() { "…" } else { next };
    Some(
        Diagnostic::error(
            Code::UNEXPECTED,
            Text::new(
                format!("one `{word}` declares one name"),
                format!("一个`{word}`只声明一个名称"),
            ),
            Span::new(start + offset(at), start + offset(at + sign.len_utf8())),
            Text::new("no other name can follow", "后面不能再写名称"),
        )
        .with_help(Text::new(
            format!("on a line of its own write `{word} {more}`"),
            format!("请另起一行写 `{word} {more}`"),
        )),
    )
}

/// `&&`, 大于等于, 如果: the language has one word for each of these.
fn synonym(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let word = words::word_at(text, at);
    let rest = text.get(at..)?;
    let (written, en, zh) = SYNONYMS.iter().find(|(written, ..)| {
        if word.is_empty() {
            rest.starts_with(written)
        } else {
            word == *written
        }
    })?;
    Some(
        Diagnostic::error(
            Code::MISSPELT,
            Text::new(
                format!("`{written}` is no word of the language"),
                format!("`{written}` 不是语言中的词"),
            ),
            Span::new(start + offset(at), start + offset(at + written.len())),
            Text::new("another word is meant", "此处应用另一个词"),
        )
        .with_help(Text::new(format!("write `{en}`"), format!("请写 `{zh}`"))),
    )
}

/// `2023.8.7` is read as far as the second point.
fn dotted_date(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let part = |c: char| c.is_ascii_digit() || c == '.';
    let begin = text[..at]
        .char_indices()
        .rev()
        .take_while(|(_, c)| part(*c))
        .last()
        .map_or(at, |(begin, _)| begin);
    let rest = &text[begin..];
    let written = &rest[..rest.find(|c| !part(c)).unwrap_or(rest.len())];
    let parts: Vec<&str> = written.split('.').collect();
    let [year, month, day] = parts[..] else {
        return None;
    };
    if year.len() != 4 || !(1..=2).contains(&month.len()) || !(1..=2).contains(&day.len()) {
        return None;
    }
    Some(
        Diagnostic::error(
            Code::BAD_DATE,
            Text::new(
                format!("`{written}` is no way to write a date here"),
                format!("日期不能写作 `{written}`"),
            ),
            Span::new(start + offset(begin), start + offset(begin + written.len())),
            Text::new("a date?", "是日期吗？"),
        )
        .with_help(Text::new(
            format!("write `{year}-{month:0>2}-{day:0>2}`"),
            format!("请写 `{year}年{month}月{day}日`"),
        )),
    )
}

/// `at end of year`: a point is the end of each year.
fn point_without_each(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let word = words::word_at(text, at);
    let period = table()
        .periods
        .iter()
        .find(|period| period.english == word || period.last_day.iter().any(|zh| zh == word))?;
    let begin = if period.english == word {
        let (of, before) = words::word_before(text, at);
        let (end, first) = words::word_before(text, of);
        if before != "of" || first != "end" {
            return None;
        }
        end
    } else {
        at
    };
    let zh = period.end_of_each.first()?;
    let english = &period.english;
    let written = text[begin..at + word.len()].trim();
    Some(
        Diagnostic::error(
            Code::POINT_WITHOUT_EACH,
            Text::new(
                format!("`{written}` does not say of which {english}"),
                format!("`{written}` 没有说明是哪一个周期"),
            ),
            Span::new(start + offset(begin), start + offset(at + word.len())),
            Text::new("a point in time is expected", "此处应为时点"),
        )
        .with_help(Text::new(
            format!("write `end of each {english}`; `end of {english}` stands only after `until`"),
            format!(
                "请写 `{zh}`；`{}` 只用在 `至` 之后",
                period.last_day.first()?
            ),
        )),
    )
}

/// A word that is nearly a keyword.
fn misspelt(text: &str, start: u32, at: usize, rules: &[Rule]) -> Option<Diagnostic> {
    let word = words::word_at(text, at);
    if is_reserved(word) {
        return None;
    }
    let here = expected::keywords_of(rules);
    // A short word is near to many: only what was expected here counts.
    let short = word.chars().count() < if word.is_ascii() { 4 } else { 3 };
    let near = nearest(word, here.into_iter());
    let near = if short {
        near
    } else {
        near.or_else(|| nearest(word, expected::spellings()))
    }?;
    Some(
        Diagnostic::error(
            Code::MISSPELT,
            Text::new(
                format!("`{word}` is no word that can stand here"),
                format!("这里不能写 `{word}`"),
            ),
            Span::new(start + offset(at), start + offset(at + word.len())),
            Text::new("misspelt?", "写错了？"),
        )
        .with_help(Text::new(
            format!("did you mean `{near}`?"),
            format!("是否应为 `{near}`？"),
        )),
    )
}

/// The spelling that a word was probably meant to be; none if it is one itself.
pub(super) fn nearest<'s>(word: &str, spellings: impl Iterator<Item = &'s str>) -> Option<&'s str> {
    let length = word.chars().count();
    // Two letters may be wrong in a long word, one in a shorter one, none in a single sign.
    let allowed = match length {
        0 | 1 => return None,
        2..=7 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    for spelling in spellings {
        if spelling == word {
            return None;
        }
        let letters = spelling.chars().count();
        if letters < 2
            || word.is_ascii() != spelling.is_ascii()
            || (!word.is_ascii() && letters != length)
        {
            continue;
        }
        let distance = strsim::damerau_levenshtein(word, spelling);
        // In a short word, half the letters wrong is another word.
        if distance <= allowed.min(letters / 2) && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, spelling));
        }
    }
    best.map(|(_, spelling)| spelling)
}

/// A declaration's word that runs together with its name: 规则首次黄牌.
pub(super) fn declaration_glued(word: &str) -> Option<String> {
    let keyword = table()
        .keywords
        .iter()
        .filter(|keyword| keyword.declares)
        .flat_map(|keyword| &keyword.chinese)
        .map(String::as_str)
        .find(|spelling| word.len() > spelling.len() && word.starts_with(spelling))?;
    Some(format!("{keyword} {}", &word[keyword.len()..]))
}

/// A reserved word where a name is expected.
fn reserved_name(text: &str, start: u32, at: usize, rules: &[Rule]) -> Option<Diagnostic> {
    let named = rules.iter().any(|rule| {
        matches!(
            rule,
            Rule::name | Rule::labelled | Rule::names | Rule::field
        )
    });
    let word = words::word_at(text, at);
    if !named || !is_reserved(word) {
        return None;
    }
    let before = text[..at].trim_end_matches(|c: char| words::is_blank(c) || c == '\n');
    if let Some(comma) = before
        .chars()
        .next_back()
        .filter(|c| matches!(c, ',' | '，' | '、'))
    {
        let end = before.len();
        return Some(
            Diagnostic::error(
                Code::UNEXPECTED,
                Text::new(
                    format!("nothing follows `{comma}`"),
                    format!("`{comma}` 之后没有内容"),
                ),
                Span::new(start + offset(end - comma.len_utf8()), start + offset(end)),
                Text::new("a name is expected behind it", "其后应有名称"),
            )
            .with_help(Text::new(
                "remove it, or add the name",
                "请删去它，或补上名称",
            )),
        );
    }
    let (_, span) = problem::found(text, start, at);
    Some(
        Diagnostic::error(
            Code::RESERVED_NAME,
            Text::new(
                format!("`{word}` is a word of the language and cannot be a name"),
                format!("`{word}` 是语言的保留词，不能用作名称"),
            ),
            span,
            Text::new("a name is expected", "此处应为名称"),
        )
        .with_help(Text::new("choose another name", "请换一个名称")),
    )
}

/// Where a declaration begins that was indented: the word at which parsing went no further, if it
/// is the first of its line and opens a declaration.
pub(super) fn indented_declaration(text: &str, at: usize) -> Option<usize> {
    let at = words::skip_space(text, at);
    let word = words::word_at(text, at);
    let line = text[..at].rfind('\n')? + 1;
    let alone = text[line..at].chars().all(words::is_blank);
    let next = words::skip_space(text, at + word.len());
    let named = text[next..].starts_with(|c: char| words::is_word_char(c) || c == '“' || c == '"');
    (alone && named && words::declares(word)).then_some(at)
}

/// The message for it.
pub(super) fn indented(text: &str, at: usize, start: u32) -> Diagnostic {
    let word = words::word_at(text, at);
    Diagnostic::error(
        Code::INDENTATION,
        Text::new(
            format!("the declaration `{word}` is indented"),
            format!("声明 `{word}` 前有缩进"),
        ),
        Span::new(start + offset(at), start + offset(at + word.len())),
        Text::new("begins in column 0", "应顶格书写"),
    )
    .with_help(Text::new(
        "move the line to the left edge",
        "请将这一行移到行首",
    ))
}
