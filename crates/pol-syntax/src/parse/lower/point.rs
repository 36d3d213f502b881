//! Points in time.

use super::event::period_zh;
use super::{Lower, P, child, children, first, has};
use crate::Text;
use crate::ast::{Node, Point, PointBase, Sign};
use crate::diagnostic::Code;
use pol_grammar::Rule;
use pol_grammar::keywords::{PeriodForm, table};
use unicode_normalization::UnicodeNormalization;

impl Lower {
    /// The points of a list.
    pub(super) fn points(&mut self, pair: &P<'_>) -> Option<Vec<Node<Point>>> {
        children(pair, Rule::point)
            .map(|point| self.point(&point))
            .collect()
    }

    fn point(&mut self, pair: &P<'_>) -> Option<Node<Point>> {
        let base = self.point_base(&first(pair)?)?;
        let offsets = children(pair, Rule::offset)
            .map(|offset| {
                let back = has(&offset, Rule::minus) || has(&offset, Rule::before_span_zh);
                let sign = if back { Sign::Minus } else { Sign::Plus };
                let span = match child(&offset, Rule::span) {
                    Some(span) => self.duration_value(&span)?,
                    None => self.atom(&child(&offset, Rule::duration)?)?,
                };
                Some((sign, span))
            })
            .collect::<Option<_>>()?;
        Some(Node::new(Point { base, offsets }, self.span(pair)))
    }

    fn point_base(&mut self, pair: &P<'_>) -> Option<PointBase> {
        Some(match pair.as_rule() {
            Rule::date => PointBase::Date(self.date(pair).value),
            Rule::each_year_day => {
                let (month, day) = self.month_and_day(pair)?;
                PointBase::EachYear(month, day)
            }
            Rule::each_month_day => {
                let integer = pair
                    .clone()
                    .into_inner()
                    .flatten()
                    .find(|inner| inner.as_rule() == Rule::integer)?;
                let day = self.integer(&integer);
                if !(1..=31).contains(&day) {
                    self.no_such_day(pair);
                }
                PointBase::EachMonth(day)
            }
            Rule::each_week_day => PointBase::EachWeek(weekday(pair)?),
            Rule::end_of_each => PointBase::EndOfEach(match first_period(pair)?.as_rule() {
                Rule::period => self.period(&child(pair, Rule::period)?)?,
                Rule::end_of_each_period_zh => period_zh(
                    &child(pair, Rule::end_of_each_period_zh)?,
                    PeriodForm::EndOfEach,
                )?,
                _ => self.cycle(&child(pair, Rule::cycle_of_zh)?)?,
            }),
            Rule::end_of_phase => PointBase::EndOf(self.name(&child(pair, Rule::name)?)),
            Rule::field_of => {
                let (field, event) = self.field_of_names(pair)?;
                if field.value == "end" {
                    PointBase::EndOf(event)
                } else {
                    PointBase::FieldOf(field, event)
                }
            }
            Rule::path => PointBase::Attribute(self.atom(pair)?),
            _ => return None,
        })
    }

    /// `06-30 of each year`, 每年6月30日: 29 February is taken, in other years it is the 28th.
    fn month_and_day(&mut self, pair: &P<'_>) -> Option<(u32, u32)> {
        let text: String = first(pair)?.as_str().nfkc().collect();
        let mut parts = text
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|part| part.parse::<u32>().ok());
        let (month, day) = (parts.next()?, parts.next()?);
        // 2024 is a leap year.
        if chrono::NaiveDate::from_ymd_opt(2024, month, day).is_none() {
            self.no_such_day(pair);
        }
        Some((month, day))
    }

    fn no_such_day(&mut self, pair: &P<'_>) {
        let written = pair.as_str().trim_end();
        self.report(
            Code::BAD_DATE,
            self.span(pair),
            Text::new(
                format!("there is no day `{written}`"),
                format!("没有 `{written}` 这一天"),
            ),
            Text::new("no calendar has it", "日历上没有"),
            Some(Text::new(
                "for the last day write `end of each month` or `end of each year`",
                "要表示最后一天，请写 `每月末` 或 `每年末`",
            )),
        );
    }
}

fn first_period<'i>(pair: &P<'i>) -> Option<P<'i>> {
    pair.clone().into_inner().find(|inner| {
        matches!(
            inner.as_rule(),
            Rule::period | Rule::end_of_each_period_zh | Rule::end_of_each_cycle_zh
        )
    })
}

/// The day of the week, Monday 1.
fn weekday(pair: &P<'_>) -> Option<u32> {
    let word = pair
        .clone()
        .into_inner()
        .flatten()
        .find(|inner| matches!(inner.as_rule(), Rule::weekday_en | Rule::weekday_zh))?;
    let index = table().weekdays.iter().position(|day| {
        day.english == word.as_str() || day.chinese.iter().any(|zh| zh == word.as_str())
    })?;
    u32::try_from(index + 1).ok()
}
