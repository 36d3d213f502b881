//! Words, punctuation and literals in one spelling. Every keyword comes from the one keyword table.

use super::PrintError;
use crate::ast::{DurationUnit, Name, NumberLiteral, ShareSign, Spelling};
use chrono::{Datelike, NaiveDate, NaiveTime};
use pest::Parser;
use pol_grammar::keywords::{self, PeriodForm, keyword};
use pol_grammar::{PolParser, Rule};
use unicode_width::UnicodeWidthStr;

/// The words of one spelling.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub spelling: Spelling,
}

impl Words {
    /// True for Chinese.
    pub(super) fn zh(self) -> bool {
        self.spelling == Spelling::Chinese
    }

    /// One of two, by the spelling.
    pub(super) fn pick<T>(self, english: T, chinese: T) -> T {
        match self.spelling {
            Spelling::English => english,
            Spelling::Chinese => chinese,
        }
    }

    /// A keyword, by its name in the table.
    pub(super) fn kw(self, name: &'static str) -> &'static str {
        keyword(name).map_or(name, |keyword| match self.spelling {
            Spelling::English => keyword.print_english(),
            Spelling::Chinese => keyword.print_chinese(),
        })
    }

    /// Keywords one after the other.
    pub(super) fn kws(self, names: &[&'static str]) -> String {
        let words: Vec<&str> = names.iter().map(|name| self.kw(name)).collect();
        words.join(" ")
    }

    /// A sign of comparison: `>=`, and in Chinese the sign that is one character wide.
    pub(super) fn sign(self, name: &'static str) -> &'static str {
        let symbols = keyword(name).map_or(&[][..], |keyword| keyword.symbols.as_slice());
        let short = symbols
            .iter()
            .find(|sign| self.zh() && !sign.is_ascii() && sign.width() == 1);
        short
            .or_else(|| symbols.first())
            .map_or(name, String::as_str)
    }

    /// The arrow of the one-line form.
    pub(super) fn arrow() -> &'static str {
        keyword("then")
            .and_then(|keyword| keyword.symbols.first())
            .map_or("→", String::as_str)
    }

    /// Between the members of a list: names, events, clauses, actions.
    pub(super) fn list_comma(self) -> &'static str {
        self.pick(",", "、")
    }

    /// Between the fields of a record.
    pub(super) fn comma(self) -> &'static str {
        self.pick(",", "，")
    }

    pub(super) fn lbrace(self) -> &'static str {
        self.pick("{", "｛")
    }

    pub(super) fn rbrace(self) -> &'static str {
        self.pick("}", "｝")
    }

    pub(super) fn lparen(self) -> &'static str {
        self.pick("(", "（")
    }

    pub(super) fn rparen(self) -> &'static str {
        self.pick(")", "）")
    }

    pub(super) fn hole(self) -> &'static str {
        self.pick("?", "？")
    }

    /// A text in quotes: those of the spelling, or whichever it does not hold.
    pub(super) fn quoted(self, text: &str) -> Result<String, PrintError> {
        let pairs = self.pick(
            [('"', '"'), ('“', '”'), ('＂', '＂')],
            [('“', '”'), ('"', '"'), ('＂', '＂')],
        );
        if text.contains(['\n', '\r']) {
            return Err(PrintError::Unquotable(text.to_owned()));
        }
        pairs
            .into_iter()
            .find(|(_, close)| !text.contains(*close))
            .map(|(open, close)| format!("{open}{text}{close}"))
            .ok_or_else(|| PrintError::Unquotable(text.to_owned()))
    }

    /// An id: as a name if it can be one, else in quotes.
    pub(super) fn id(self, id: &Name) -> Result<String, PrintError> {
        let is_name = PolParser::parse(Rule::name, &id.value)
            .is_ok_and(|mut pairs| pairs.next().is_some_and(|pair| pair.as_str() == id.value));
        if is_name {
            Ok(id.value.clone())
        } else {
            self.quoted(&id.value)
        }
    }

    /// True for a word that is a keyword somewhere.
    pub(super) fn is_keyword(word: &str) -> bool {
        keywords::table()
            .keywords
            .iter()
            .any(|keyword| keyword.spellings().any(|spelling| spelling == word))
    }

    pub(super) fn date(self, date: NaiveDate) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        match self.spelling {
            Spelling::English => format!("{year:04}-{month:02}-{day:02}"),
            Spelling::Chinese => format!("{year:04}年{month}月{day}日"),
        }
    }

    pub(super) fn time(time: NaiveTime) -> String {
        time.format("%H:%M").to_string()
    }

    pub(super) fn number(self, number: &NumberLiteral) -> String {
        let mut text = decimal(number);
        match number.share {
            Some(ShareSign::Percent) => text.push('%'),
            Some(ShareSign::Permille) => text.push('‰'),
            None => {}
        }
        if let Some(unit) = &number.unit {
            if !self.zh() || unit.value.starts_with(|first: char| first.is_ascii()) {
                text.push(' ');
            }
            text.push_str(&unit.value);
        }
        text
    }

    pub(super) fn duration(self, count: u32, unit: &DurationUnit) -> String {
        let name = match unit {
            DurationUnit::Days => "day",
            DurationUnit::Weeks => "week",
            DurationUnit::Months => "month",
            DurationUnit::Years => "year",
            DurationUnit::WorkingDays(Some(_)) if !self.zh() => "day",
            DurationUnit::WorkingDays(_) => "working_day",
        };
        let measure = keywords::table()
            .durations
            .iter()
            .find(|measure| measure.name == name);
        let word = |words: &[String], at: usize| {
            let word = words.get(at).or_else(|| words.first());
            word.map_or_else(|| name.to_owned(), Clone::clone)
        };
        if self.zh() {
            let word = measure.map_or_else(|| name.to_owned(), |it| word(&it.chinese, 0));
            return match unit {
                DurationUnit::WorkingDays(Some(calendar)) => {
                    format!("{count}{word}（{}）", calendar.value)
                }
                _ => format!("{count}{word}"),
            };
        }
        let at = usize::from(count == 1);
        let word = measure.map_or_else(|| name.to_owned(), |it| word(&it.english, at));
        match unit {
            DurationUnit::WorkingDays(Some(calendar)) => {
                format!("{count} {} {word}", calendar.value)
            }
            _ => format!("{count} {word}"),
        }
    }

    /// The word of a period in a form: the English one serves all.
    pub(super) fn period(self, name: &'static str, form: PeriodForm) -> &'static str {
        let period = keywords::table().periods.iter().find(|it| it.name == name);
        let Some(period) = period else { return name };
        match self.spelling {
            Spelling::English => &period.english,
            Spelling::Chinese => period.chinese(form).first().map_or(name, String::as_str),
        }
    }

    /// A day of the week, 1 is Monday: `friday`, and 五 for 每周五.
    pub(super) fn weekday(self, day: u32) -> &'static str {
        let index = usize::try_from(day.saturating_sub(1)).unwrap_or_default();
        let Some(weekday) = keywords::table().weekdays.get(index) else {
            return "";
        };
        match self.spelling {
            Spelling::English => &weekday.english,
            Spelling::Chinese => weekday.chinese.first().map_or("", String::as_str),
        }
    }
}

/// The digits with their point: 250 with scale 2 is 2.50.
fn decimal(number: &NumberLiteral) -> String {
    let scale = usize::from(number.scale);
    let digits = number.digits.unsigned_abs().to_string();
    let padded = format!("{digits:0>width$}", width = scale + 1);
    let sign = if number.digits < 0 { "-" } else { "" };
    let (whole, fraction) = padded.split_at(padded.len() - scale);
    if scale == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}
