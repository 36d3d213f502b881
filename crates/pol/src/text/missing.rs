//! What a condition lacked, in words.

use super::date;
use crate::Lang;
use crate::outcome::Missing;

impl Missing {
    /// What was missing, in words.
    pub fn text(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        match self {
            Self::Field {
                field,
                entry: Some(entry),
            } => {
                if zh {
                    format!("条目 {entry} 没有填 {field}")
                } else {
                    format!("entry {entry} has no {field}")
                }
            }
            Self::Field { field, entry: None } => {
                if zh {
                    format!("没有填 {field}")
                } else {
                    format!("{field} is absent")
                }
            }
            Self::Attribute { attribute, day } => {
                let day = date(*day, lang);
                if zh {
                    format!("{day} 没有 {attribute}")
                } else {
                    format!("no {attribute} on {day}")
                }
            }
            Self::Quotient { entry } => {
                let entry = entry.as_deref().unwrap_or_default();
                if zh {
                    format!("{entry} 除数为零")
                } else {
                    format!("division by zero {entry}").trim_end().to_owned()
                }
            }
            Self::Number => if zh {
                "数值过大"
            } else {
                "a number is too large"
            }
            .to_owned(),
            Self::CalendarYear { calendar, year } => {
                if zh {
                    format!("日历 {calendar} 没有{year}年")
                } else {
                    format!("calendar {calendar} has no year {year}")
                }
            }
            Self::TableRow { param } => {
                if zh {
                    format!("参数 {param} 没有适用的一行")
                } else {
                    format!("no row of {param} applies")
                }
            }
            Self::Event { event } => {
                if zh {
                    format!("没有 {event} 可取值")
                } else {
                    format!("there is no {event} to take it from")
                }
            }
            Self::Record { event, from } => {
                let from = date(*from, lang);
                if zh {
                    format!("{event} 的记录自{from}起才完整")
                } else {
                    format!("the record of {event} is complete only from {from}")
                }
            }
            Self::Qualification { catalogue, entry } => {
                if zh {
                    format!("条目 {entry} 是否属于 {catalogue} 无法判定")
                } else {
                    format!("entry {entry} may or may not belong to {catalogue}")
                }
            }
            Self::Date => if zh {
                "日期超出范围"
            } else {
                "a date is out of range"
            }
            .to_owned(),
            Self::Rank => if zh {
                "没有可排名的值"
            } else {
                "no value to rank by"
            }
            .to_owned(),
        }
    }
}
