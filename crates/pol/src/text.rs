//! A run in words that an office reads, in Chinese or English, with display names.
//!
//! Chinese shows every display name; English shows a display name unless it is in Chinese and the
//! name is not. Dates are `2023年10月12日` in Chinese and `2023-10-12` in English.

mod head;
mod missing;
mod open;
mod section;
mod timeline;
mod wording;

pub use section::Section;
pub use timeline::Line;

use crate::names::Names;
use crate::{Date, Lang};
use pol_calendar::{CalendarIx, Calendars, Datelike, Duration};
use pol_model::{MemberIx, Number, Value};
use pol_semantics::hir::{self, Named, Type};

/// A date as the language writes it.
pub fn date(date: Date, lang: Lang) -> String {
    match lang {
        Lang::En => date.to_string(),
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// A span of time as the language writes it.
pub(crate) fn duration(duration: Duration, calendars: &Calendars, lang: Lang) -> String {
    let (count, en, zh) = match duration {
        Duration::Days(count) => (count, "day".to_owned(), "天".to_owned()),
        Duration::Weeks(count) => (count, "week".to_owned(), "周".to_owned()),
        Duration::Months(count) => (count, "month".to_owned(), "个月".to_owned()),
        Duration::Years(count) => (count, "year".to_owned(), "年".to_owned()),
        Duration::WorkingDays { count, calendar } => {
            let named = calendars
                .get(calendar)
                .filter(|_| calendar != CalendarIx::DEFAULT);
            match named {
                Some(named) => (
                    count,
                    format!("{} day", named.name()),
                    format!("个工作日（{}）", named.name()),
                ),
                None => (count, "working day".to_owned(), "个工作日".to_owned()),
            }
        }
    };
    match lang {
        Lang::Zh => format!("{count}{zh}"),
        Lang::En if count == 1 => format!("{count} {en}"),
        Lang::En => format!("{count} {en}s"),
    }
}

/// The name that a language shows.
pub(crate) fn display(named: &Named, lang: Lang) -> &str {
    match (&named.label, lang) {
        (Some(label), Lang::Zh) => label,
        (Some(label), Lang::En) if is_chinese(&named.name) || !is_chinese(label) => label,
        _ => &named.name,
    }
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}'))
}

/// Items as a language lists them.
pub(crate) fn list<S: AsRef<str>>(items: &[S], lang: Lang) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    items.join(comma(lang))
}

pub(crate) const fn comma(lang: Lang) -> &'static str {
    match lang {
        Lang::En => ", ",
        Lang::Zh => "、",
    }
}

impl Names<'_> {
    /// Name and id of a member.
    pub(crate) fn member_text(self, member: MemberIx) -> String {
        let Some(member) = self.register.members.get(member.at()) else {
            return String::new();
        };
        match &member.name {
            Some(name) => format!("{} {name}", member.id),
            None => member.id.to_string(),
        }
    }

    /// A value of a field, with its unit.
    pub(crate) fn value_text(
        self,
        value: &Value,
        field: Option<&hir::Field>,
        lang: Lang,
    ) -> String {
        match value {
            Value::Bool(yes) => match (yes, lang) {
                (true, Lang::En) => "yes".to_owned(),
                (false, Lang::En) => "no".to_owned(),
                (true, Lang::Zh) => "是".to_owned(),
                (false, Lang::Zh) => "否".to_owned(),
            },
            Value::Number(number) => self.number_text(*number, field.map(|field| field.ty), lang),
            Value::Date(day) => date(*day, lang),
            Value::Duration(span) => duration(*span, &self.policy.calendars, lang),
            Value::Symbol(set, place) => display(self.symbol(*set, *place), lang).to_owned(),
            Value::Text(text) => text.to_string(),
            Value::Member(member) => self.member_text(*member),
            Value::List(values) => {
                let texts: Vec<String> = values
                    .iter()
                    .map(|value| self.value_text(value, field, lang))
                    .collect();
                list(&texts, lang)
            }
        }
    }

    fn number_text(self, number: Number, ty: Option<Type>, lang: Lang) -> String {
        match ty {
            Some(Type::Share) => {
                let percent = number.times(Number::whole(100));
                percent.map_or_else(|| number.to_string(), |percent| format!("{percent}%"))
            }
            Some(Type::Number(Some(unit))) => {
                let unit = display(&self.policy.units[unit.at()].named, lang);
                match lang {
                    Lang::En => format!("{number} {unit}"),
                    Lang::Zh => format!("{number}{unit}"),
                }
            }
            _ => number.to_string(),
        }
    }
}
