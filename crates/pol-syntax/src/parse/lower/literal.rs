//! Names, texts, dates, numbers, durations.

use super::super::lengths;
use super::{Lower, P, child, children, first};
use crate::Text;
use crate::ast::{
    Cite, CitedClause, DurationLiteral, DurationUnit, Expr, ExprKind, Head, Labelled, Name, Node,
    NumberLiteral, Quoted, ShareSign,
};
use crate::diagnostic::Code;
use chrono::{NaiveDate, NaiveTime};
use pol_grammar::Rule;
use unicode_normalization::UnicodeNormalization;

impl Lower {
    /// A name in NFKC.
    pub(super) fn name(&self, pair: &P<'_>) -> Name {
        Node::new(pair.as_str().nfkc().collect(), self.span(pair))
    }

    /// The names of a list.
    pub(super) fn names(&self, pair: &P<'_>) -> Vec<Name> {
        children(pair, Rule::name)
            .map(|name| self.name(&name))
            .collect()
    }

    /// The contents of a pair of quotes; the span is theirs, quotes included.
    pub(super) fn quoted(&self, pair: &P<'_>) -> Quoted {
        let mut inside = pair.as_str().trim_end().chars();
        inside.next();
        inside.next_back();
        Node::new(inside.collect(), self.span(pair))
    }

    /// The quoted text of a rule that holds nothing else.
    pub(super) fn quoted_child(&self, pair: &P<'_>, rule: Rule) -> Option<Quoted> {
        let holder = child(pair, rule)?;
        let string = child(&holder, Rule::string)?;
        Some(self.quoted(&string))
    }

    /// Name, label and citations of a declaration.
    pub(super) fn head(&self, pair: &P<'_>) -> Option<Head> {
        Some(Head {
            name: self.name(&child(pair, Rule::name)?),
            label: self.quoted_child(pair, Rule::label),
            cites: self.cites(pair),
        })
    }

    /// Every citation among the children.
    pub(super) fn cites(&self, pair: &P<'_>) -> Vec<Cite> {
        children(pair, Rule::cites)
            .flat_map(|cites| children(&cites, Rule::cite))
            .filter_map(|cite| {
                Some(Cite {
                    source: self.name(&child(&cite, Rule::name)?),
                    clauses: children(&cite, Rule::clause)
                        .filter_map(|clause| {
                            Some(CitedClause {
                                number: self.quoted(&first(&clause)?),
                                quote: self.quoted_child(&clause, Rule::quote),
                            })
                        })
                        .collect(),
                })
            })
            .collect()
    }

    /// A name with its label.
    pub(super) fn labelled(&self, pair: &P<'_>) -> Option<Labelled> {
        Some(Labelled {
            name: self.name(&child(pair, Rule::name)?),
            label: self.quoted_child(pair, Rule::label),
        })
    }

    /// The labelled names of a list.
    pub(super) fn labelled_list(&self, pair: &P<'_>) -> Option<Vec<Labelled>> {
        children(pair, Rule::labelled)
            .map(|labelled| self.labelled(&labelled))
            .collect()
    }

    /// The id of a member or an entry: a name, or a text where it is none.
    pub(super) fn member_id(&self, pair: &P<'_>) -> Option<Name> {
        let inner = first(pair)?;
        Some(if inner.as_rule() == Rule::string {
            self.quoted(&inner)
        } else {
            self.name(&inner)
        })
    }

    /// A date; one that no calendar has is reported, and the month's last day stands in its place.
    pub(super) fn date(&mut self, pair: &P<'_>) -> Node<NaiveDate> {
        let text: String = pair.as_str().nfkc().collect();
        let mut parts = text
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|part| part.parse::<u32>().ok());
        let mut next = || parts.next().unwrap_or_default();
        let (year, month, day) = (next(), next(), next());
        let year = i32::try_from(year).unwrap_or_default();
        let span = self.span(pair);
        if let Some(date) = NaiveDate::from_ymd_opt(year, month, day).filter(|_| year > 0) {
            return Node::new(date, span);
        }
        let written = pair.as_str();
        let last = (28..=31)
            .rev()
            .find_map(|day| NaiveDate::from_ymd_opt(year.max(1), month, day));
        let (label, help) = match last {
            Some(last) if day > 28 => {
                use chrono::Datelike;
                let day = last.day();
                (
                    Text::new(
                        format!("month {month} of {year} has {day} days"),
                        format!("{year} 年 {month} 月只有 {day} 天"),
                    ),
                    Text::new(
                        format!("write a day from 1 to {day}"),
                        format!("请写 1 日到 {day} 日之间的日期"),
                    ),
                )
            }
            Some(_) => (
                Text::new("a month has no such day", "没有这样的日子"),
                Text::new("days are counted from 1", "日从 1 起数"),
            ),
            None => (
                Text::new("a year has no such month", "没有这样的月份"),
                Text::new(
                    "write year, month and day: `2023-08-07`",
                    "请按年、月、日书写：`2023年8月7日`",
                ),
            ),
        };
        self.report(
            Code::BAD_DATE,
            span,
            Text::new(
                format!("there is no date `{written}`"),
                format!("没有 `{written}` 这一天"),
            ),
            label,
            Some(help),
        );
        Node::new(last.unwrap_or(NaiveDate::MIN), span)
    }

    /// The time of an entry.
    pub(super) fn clock(&mut self, pair: &P<'_>) -> Node<NaiveTime> {
        let text: String = pair.as_str().nfkc().collect();
        let mut parts = text.split(':').filter_map(|part| part.parse::<u32>().ok());
        let mut next = || parts.next().unwrap_or_default();
        let (hour, minute) = (next(), next());
        let span = self.span(pair);
        if let Some(time) = NaiveTime::from_hms_opt(hour, minute, 0) {
            return Node::new(time, span);
        }
        let written = pair.as_str();
        self.report(
            Code::BAD_DATE,
            span,
            Text::new(
                format!("there is no time `{written}`"),
                format!("没有 `{written}` 这个时刻"),
            ),
            Text::new(
                "hours go to 23, minutes to 59",
                "小时最大为 23，分钟最大为 59",
            ),
            None,
        );
        Node::new(NaiveTime::MIN, span)
    }

    /// A whole number that must fit its place.
    pub(super) fn integer<T>(&mut self, pair: &P<'_>) -> T
    where
        T: std::str::FromStr + Default,
    {
        let digits: String = pair.as_str().nfkc().collect();
        self.refuse_leading_zero(pair, &digits);
        digits.parse().unwrap_or_else(|_| {
            self.too_large(pair);
            T::default()
        })
    }

    fn too_large(&mut self, pair: &P<'_>) {
        let written = pair.as_str().trim_end();
        self.report(
            Code::BAD_NUMBER,
            self.span(pair),
            Text::new(
                format!("the number `{written}` is too large"),
                format!("数 `{written}` 过大"),
            ),
            Text::new("too many digits", "位数过多"),
            Some(Text::new(
                "write it in a larger unit",
                "请换用更大的单位书写",
            )),
        );
    }

    fn refuse_leading_zero(&mut self, pair: &P<'_>, digits: &str) {
        let mut chars = digits.chars();
        if chars.next() != Some('0') || !chars.next().is_some_and(|c| c.is_ascii_digit()) {
            return;
        }
        let trimmed = digits.trim_start_matches('0');
        let trimmed = if trimmed.starts_with('.') || trimmed.is_empty() {
            format!("0{trimmed}")
        } else {
            trimmed.to_owned()
        };
        self.report(
            Code::BAD_NUMBER,
            self.span(pair),
            Text::new(
                format!("the number `{digits}` begins with a zero"),
                format!("数 `{digits}` 以零开头"),
            ),
            Text::new("a zero too many", "多了一个零"),
            Some(Text::new(
                format!(
                    "write `{trimmed}`; a day of each year is written `06-30 of each year` after `at` or `on`"
                ),
                format!("请写 `{trimmed}`；每年的某一天写作 `每年6月30日`"),
            )),
        );
    }

    /// A number with its unit or sign of share.
    pub(super) fn number(&mut self, pair: &P<'_>) -> Option<NumberLiteral> {
        let decimal = child(pair, Rule::decimal)?;
        let text: String = decimal.as_str().nfkc().collect();
        self.refuse_leading_zero(&decimal, &text);
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction}");
        // Eighteen digits leave room for exact products of two in an i128.
        let fits = digits.trim_start_matches('0').len() <= 18 && fraction.len() <= 18;
        let digits = if fits {
            digits.parse().unwrap_or_default()
        } else {
            self.too_large(&decimal);
            0
        };
        let share = if super::has(pair, Rule::percent) {
            Some(ShareSign::Percent)
        } else if super::has(pair, Rule::permille) {
            Some(ShareSign::Permille)
        } else {
            None
        };
        let unit = child(pair, Rule::unit_name).map(|unit| self.name(&unit));
        if let Some(unit) = &unit {
            self.refuse_odd_unit(pair, &text, unit);
        }
        Some(NumberLiteral {
            digits,
            scale: if fits {
                u8::try_from(fraction.len()).unwrap_or_default()
            } else {
                0
            },
            share,
            unit,
        })
    }

    /// `3月` is March, `1e3` is no way to write a number here.
    fn refuse_odd_unit(&mut self, pair: &P<'_>, number: &str, unit: &Name) {
        let written = pair.as_str();
        if unit.value == "月" {
            let span = self.span(pair);
            self.diagnostics
                .push(lengths::month_for_months(span, number, written));
        }
        let exponent = unit
            .value
            .strip_prefix(['e', 'E'])
            .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()));
        if exponent && !written.contains(char::is_whitespace) {
            self.report(
                Code::BAD_NUMBER,
                self.span(pair),
                Text::new(
                    format!("`{written}` is not a number here"),
                    format!("`{written}` 不是这里可用的数"),
                ),
                Text::new("powers of ten are written out", "10 的幂须写全"),
                Some(Text::new(
                    "write all digits: `1000`",
                    "请写出全部数字：`1000`",
                )),
            );
        }
    }

    /// `2 months`, 7个工作日（校历）.
    pub(super) fn duration(&mut self, pair: &P<'_>) -> Option<DurationLiteral> {
        let count = self.integer(&child(pair, Rule::integer)?);
        let unit = pair.clone().into_inner().nth(1)?;
        let unit = match unit.as_rule() {
            Rule::span_day => DurationUnit::Days,
            Rule::span_week => DurationUnit::Weeks,
            Rule::span_month => DurationUnit::Months,
            Rule::span_year => DurationUnit::Years,
            Rule::span_working_day => DurationUnit::WorkingDays(None),
            Rule::span_working_named_zh | Rule::span_named => {
                DurationUnit::WorkingDays(Some(self.name(&child(&unit, Rule::name)?)))
            }
            _ => return None,
        };
        Some(DurationLiteral { count, unit })
    }

    /// `?`, a duration, or a value of that type.
    pub(super) fn duration_value(&mut self, pair: &P<'_>) -> Option<Expr> {
        let inner = pair
            .clone()
            .into_inner()
            .find(|inner| !matches!(inner.as_rule(), Rule::lparen | Rule::rparen))?;
        if inner.as_rule() == Rule::sum {
            self.expression(&inner)
        } else {
            self.atom(&inner)
        }
    }

    /// A value without parts that are conditions.
    pub(super) fn atom(&mut self, pair: &P<'_>) -> Option<Expr> {
        let kind = match pair.as_rule() {
            Rule::date => ExprKind::Date(self.date(pair).value),
            Rule::duration => ExprKind::Duration(self.duration(pair)?),
            Rule::number => ExprKind::Number(self.number(pair)?),
            Rule::integer => ExprKind::Number(NumberLiteral {
                digits: i128::from(self.integer::<i64>(pair)),
                scale: 0,
                share: None,
                unit: None,
            }),
            Rule::string => ExprKind::Text(self.quoted(pair).value),
            Rule::hole => ExprKind::Hole,
            Rule::kw_yes => ExprKind::Bool(true),
            Rule::kw_no => ExprKind::Bool(false),
            Rule::name => ExprKind::Name(self.name(pair).value),
            Rule::path => {
                let mut names = self.names(pair).into_iter();
                ExprKind::Path(names.next()?, names.next()?)
            }
            Rule::field_of => self.field_of(pair)?,
            _ => return None,
        };
        Some(Node::new(kind, self.span(pair)))
    }

    /// `F of E`, `E 的 F`.
    pub(super) fn field_of_names(&self, pair: &P<'_>) -> Option<(Name, Name)> {
        let order = if pair.as_rule() == Rule::field_of {
            first(pair)?
        } else {
            pair.clone()
        };
        let mut names = self.names(&order).into_iter();
        let (one, other) = (names.next()?, names.next()?);
        Some(if order.as_rule() == Rule::field_of_en {
            (one, other)
        } else {
            (other, one)
        })
    }

    fn field_of(&self, pair: &P<'_>) -> Option<ExprKind> {
        let (field, event) = self.field_of_names(pair)?;
        Some(ExprKind::FieldOf(field, event))
    }
}
