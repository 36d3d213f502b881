//! Numbers and what is measured by them, as people write them: 3月 for a span, 七个工作日, 3次且…,
//! a name that ends in 以上.

use super::{offset, spacing, words};
use crate::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::Span;
use pol_grammar::keywords::{keyword, table};

/// Numerals from one to a hundred and more; 两 is two before a measure word.
const NUMERALS: &str = "一二三四五六七八九十两百千";

/// What may touch the end of a measure: 7个工作日内, 3次以上.
const TOUCHING: [&str; 9] = [
    "之日起",
    "以上",
    "以下",
    "以前",
    "以后",
    "之前",
    "之后",
    "内",
    "前",
];

/// Words of one character that may hide behind a number: 3次且挂牌.
const JOINING: [char; 4] = ['且', '或', '则', '的'];

/// The mistakes that show where parsing went no further.
pub(super) fn known(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    month(text, start, at)
        .or_else(|| bound_in_name(text, start, at))
        .or_else(|| in_words(text, start, at))
        .or_else(|| joined(text, start, at))
}

/// A number touches 月, whether parsing stopped there or only behind it.
fn month(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let (begin, before) = words::word_before(text, at);
    let end = if words::word_at(text, at) == "月" {
        at + "月".len()
    } else {
        begin + before.len()
    };
    let written = &text[begin..end];
    let number = written.strip_suffix('月')?;
    if number.is_empty() || !number.chars().all(char::is_numeric) {
        return None;
    }
    let span = Span::new(start + offset(begin), start + offset(end));
    Some(month_for_months(span, number, written))
}

/// `3月` is March.
pub(super) fn month_for_months(span: Span, number: &str, written: &str) -> Diagnostic {
    Diagnostic::error(
        Code::MONTH_FOR_MONTHS,
        Text::new(
            format!("`{written}` names a month of the year, not a span of time"),
            format!("`{written}` 是月份，不是时长"),
        ),
        span,
        Text::new("a span is meant?", "此处应是时长？"),
    )
    .with_help(Text::new(
        format!("for a span of time write `{number}个月` or `{number} months`"),
        format!("表示时长请写 `{number}个月`"),
    ))
}

/// 七个工作日内, 三次以上: numbers are written in digits.
fn in_words(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let here = (at, words::word_at(text, at));
    let before = words::word_before(text, at);
    [here, before].into_iter().find_map(|(begin, word)| {
        let digits = in_digits(word, |_| false)?;
        let span = Span::new(start + offset(begin), start + offset(begin + word.len()));
        Some(numeral(span, word, &digits))
    })
}

/// A word that begins with a numeral, in digits, if what follows measures time or is a unit.
pub(super) fn in_digits(word: &str, is_unit: impl Fn(&str) -> bool) -> Option<String> {
    let rest = word.trim_start_matches(|c| NUMERALS.contains(c));
    let numeral = &word[..word.len() - rest.len()];
    let measure = TOUCHING
        .iter()
        .find_map(|end| rest.strip_suffix(end))
        .unwrap_or(rest);
    let measures_time = table()
        .durations
        .iter()
        .any(|unit| unit.chinese.iter().any(|word| word == measure));
    let times = keyword("times_zh").is_some_and(|it| it.chinese.iter().any(|zh| zh == measure));
    (measures_time || times || is_unit(measure)).then_some(())?;
    Some(format!("{}{rest}", value(numeral)?))
}

/// The value of a Chinese numeral below ten thousand.
fn value(numeral: &str) -> Option<u32> {
    if numeral.chars().count() > 8 {
        return None;
    }
    let mut sum: u32 = 0;
    let mut digit = None;
    for c in numeral.chars() {
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '两' => {
                digit = Some(2);
                continue;
            }
            c => {
                let at = "一二三四五六七八九".chars().position(|d| d == c)?;
                digit = Some(u32::try_from(at).ok()? + 1);
                continue;
            }
        };
        sum += digit.take().unwrap_or(1) * place;
    }
    let value = sum + digit.unwrap_or(0);
    (value > 0).then_some(value)
}

/// 三个月: numbers are written in digits.
pub(super) fn numeral(span: Span, word: &str, digits: &str) -> Diagnostic {
    Diagnostic::error(
        Code::BAD_NUMBER,
        Text::new(
            format!("`{word}` is read as a name: numbers are written in digits"),
            format!("`{word}` 会被读作名称：数须用数字书写"),
        ),
        span,
        Text::new("a number?", "是数吗？"),
    )
    .with_help(Text::new(
        format!("write `{digits}`"),
        format!("请写 `{digits}`"),
    ))
}

/// 3次且挂牌: the unit of a number has swallowed the word that joins two conditions.
fn joined(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let here = (at, words::word_at(text, at));
    let before = words::word_before(text, at);
    [here, before].into_iter().find_map(|(begin, word)| {
        let spaced = unjoined(word)?;
        let span = Span::new(start + offset(begin), start + offset(begin + word.len()));
        Some(spacing::hides_keywords(span, word, &spaced))
    })
}

/// A number with its unit and more, cut at the joining word that it hides.
pub(super) fn unjoined(word: &str) -> Option<String> {
    let rest = word.trim_start_matches(char::is_numeric);
    if rest.len() == word.len() {
        return None;
    }
    let (before, joining) = rest
        .char_indices()
        .skip(1)
        .find(|(_, c)| JOINING.contains(c))?;
    let (unit, behind) = rest.split_at(before);
    let behind = &behind[joining.len_utf8()..];
    let number = &word[..word.len() - rest.len()];
    let spaced = format!("{number}{unit} {joining} {behind}");
    Some(spaced.trim_end().to_owned())
}

/// 规则 三次以上: 以上 and 以下 end a value, never a name.
fn bound_in_name(text: &str, start: u32, at: usize) -> Option<Diagnostic> {
    let end = words::word_at(text, at);
    let (begin, name) = words::word_before(text, at);
    let first = words::first_word(text);
    let declares = words::skip_space(text, words::skip_space(text, 0) + first.len()) == begin;
    if !matches!(end, "以上" | "以下") || begin + name.len() != at || !declares {
        return None;
    }
    let span = Span::new(start + offset(begin), start + offset(at + end.len()));
    Some(
        Diagnostic::error(
            Code::RESERVED_NAME,
            Text::new(
                format!("a name cannot end in `{end}`"),
                format!("名称不能以 `{end}` 结尾"),
            ),
            span,
            Text::new(
                format!("`{end}` is read as a word of its own"),
                format!("`{end}` 会单独读作一个词"),
            ),
        )
        .with_help(Text::new(
            "choose another name, or write the words in quotes behind it",
            format!("请换一个名称；原话可写在名称后的引号里：`“{name}{end}”`"),
        )),
    )
}
