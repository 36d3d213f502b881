//! Periods and points in time.

use super::events::gap_beside;
use super::expr::Level;
use super::layout::{Anchor, Doc};
use super::{Printed, Printer};
use crate::ast::{ExprKind, Node, Period, Point, PointBase, Sign};
use pol_grammar::keywords::PeriodForm;

impl Printer<'_> {
    /// A period in a form.
    pub(super) fn period(&self, period: &Period, form: PeriodForm) -> Printed {
        let w = self.words;
        let name = match period {
            Period::Day => "day",
            Period::Week => "week",
            Period::Month => "month",
            Period::Quarter => "quarter",
            Period::Half => "half",
            Period::Year => "year",
            Period::Cycle(..) => "cycle",
        };
        let word = w.period(name, form);
        let Period::Cycle(length, start) = period else {
            return Ok(Doc::text(word));
        };
        let start = self.expr(start, Level::Primary, Anchor::Here)?;
        let length_gap = gap_beside(length);
        let length = self.span(length)?;
        Ok(if w.zh() {
            Doc::text(format!("{word}{}{} ", w.lparen(), w.kw("from_zh")))
                .and(start)
                .with(format!(
                    " {} {}{length_gap}",
                    w.kw("from_end_zh"),
                    w.kw("each")
                ))
                .and(length)
                .with(w.rparen())
        } else {
            Doc::text(format!("{word} {} ", w.kw("of_en")))
                .and(length)
                .with(format!(" {} ", w.kw("from")))
                .and(start)
        })
    }

    /// `end of each quarter, 06-30 of each year - 20 working days`.
    pub(super) fn points(&self, points: &[Node<Point>]) -> Printed {
        self.list(points, |it| it.span.start, |it| self.point(&it.value))
    }

    fn point(&self, point: &Point) -> Printed {
        let w = self.words;
        let mut doc = self.point_base(&point.base)?;
        for (sign, length) in &point.offsets {
            doc.push(" ");
            let counted = matches!(length.value, ExprKind::Duration(_));
            doc.push(match (sign, w.zh() && counted) {
                (Sign::Plus, true) => w.kw("later_zh").to_owned(),
                (Sign::Minus, true) => w.kw("before_zh").to_owned(),
                (Sign::Plus, false) => "+ ".to_owned(),
                (Sign::Minus, false) => "- ".to_owned(),
            });
            doc.add(self.span(length)?);
        }
        Ok(doc)
    }

    fn point_base(&self, base: &PointBase) -> Printed {
        let w = self.words;
        let of_each = |period: &'static str| {
            format!(
                "{} {}",
                w.kws(&["of_en", "each"]),
                w.period(period, PeriodForm::Each)
            )
        };
        let each = |period: &'static str| w.period(period, PeriodForm::Each);
        Ok(Doc::text(match base {
            PointBase::Date(date) => w.date(*date),
            PointBase::EachYear(month, day) => w.pick(
                format!("{month:02}-{day:02} {}", of_each("year")),
                format!("{}{month}月{day}日", each("year")),
            ),
            PointBase::EachMonth(day) => w.pick(
                format!("{} {day} {}", w.kw("day_en"), of_each("month")),
                format!("{}{day}日", each("month")),
            ),
            PointBase::EachWeek(day) => w.pick(
                format!("{} {}", w.weekday(*day), of_each("week")),
                format!("{}{}", each("week"), w.weekday(*day)),
            ),
            PointBase::EndOfEach(period) => {
                let period = self.period(period, PeriodForm::EndOfEach)?;
                return Ok(if w.zh() {
                    period
                } else {
                    Doc::text(format!("{} ", w.kws(&["end_en", "of_en", "each"]))).and(period)
                });
            }
            PointBase::EndOf(phase) => self.end_of(&phase.value),
            PointBase::FieldOf(field, event) => self.field_of(field, event),
            PointBase::Attribute(path) => return self.value(path),
        }))
    }

    /// `end of PHASE`.
    pub(super) fn end_of(&self, phase: &str) -> String {
        let w = self.words;
        w.pick(
            format!("{} {phase}", w.kws(&["end_en", "of_en"])),
            format!("{phase} {}", w.kw("ended_zh")),
        )
    }

    /// `at POINT`, `on POINT`; in Chinese 于, left out before 每.
    pub(super) fn at_points(&self, points: &[Node<Point>]) -> Printed {
        let w = self.words;
        let base = points.first().map(|it| &it.value.base);
        let ends = matches!(base, Some(PointBase::EndOfEach(_) | PointBase::EndOf(_)));
        let each = matches!(
            base,
            Some(
                PointBase::EndOfEach(_)
                    | PointBase::EachYear(..)
                    | PointBase::EachMonth(_)
                    | PointBase::EachWeek(_)
            )
        );
        let word = match (w.zh(), ends, each) {
            (true, _, true) => String::new(),
            (true, _, false) | (false, true, _) => format!("{} ", w.kw("at")),
            (false, false, _) => format!("{} ", w.kw("on")),
        };
        Ok(Doc::text(word).and(self.points(points)?))
    }

    /// `by POINT`; in Chinese POINT 前, or 不迟于 POINT where it ends in a duration.
    pub(super) fn by_points(&self, points: &[Node<Point>]) -> Printed {
        let w = self.words;
        let list = self.points(points)?;
        let ends_in_duration = points.last().is_some_and(|it| !it.value.offsets.is_empty());
        Ok(if !w.zh() {
            Doc::text(format!("{} ", w.kw("by_en"))).and(list)
        } else if ends_in_duration {
            Doc::text(format!("{} ", w.kw("not_later_zh"))).and(list)
        } else {
            list.with(format!(" {}", w.kw("before_zh")))
        })
    }
}
