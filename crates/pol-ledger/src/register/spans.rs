//! Several rows of one member: the spans of its membership and of its attributes' values.

use crate::problem::Problem;
use crate::text::visible;
use pol_calendar::Date;
use pol_model::{Dated, Membership, Value};
use pol_syntax::Code;

/// What one row says: from when to when these values hold.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub from: Option<Date>,
    pub until: Option<Date>,
    pub values: Vec<Option<Value>>,
    pub line: u32,
}

/// Two rows that both speak of one day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overlap {
    pub line: u32,
    other: u32,
    day: Option<Date>,
}

impl Overlap {
    pub fn problem(&self, id: &str) -> Problem {
        let (id, other) = (visible(id), self.other);
        let (en, zh) = match self.day {
            Some(day) => (format!("both hold on {day}"), format!("都包含{day}")),
            None => (
                "both hold from the beginning".to_owned(),
                "都没有起始日期".to_owned(),
            ),
        };
        Problem::new(
            Code::DATA_ROWS,
            format!(
                "the rows of `{id}` on lines {other} and {} overlap: {en}",
                self.line
            ),
            format!("`{id}`在第{other}行和第{}行的时段重叠：{zh}", self.line),
        )
        .help(
            "give the rows `from` and `until` that do not overlap, or another id",
            "请写明互不重叠的起止日期，或改用不同的编号",
        )
    }
}

type Merged = (Vec<Membership>, Vec<Vec<Dated<Option<Value>>>>);

/// Orders the spans, cuts open ones where the next begins, and tells membership and values.
pub(super) fn merge(mut spans: Vec<Span>, attributes: usize) -> Result<Merged, Overlap> {
    spans.sort_by_key(|span| (span.from, span.line));
    for at in 1..spans.len() {
        let (before, after) = spans.split_at_mut(at);
        let (Some(before), Some(after)) = (before.last_mut(), after.first()) else {
            continue;
        };
        let overlap = Overlap {
            line: before.line.max(after.line),
            other: before.line.min(after.line),
            day: after.from,
        };
        let Some(from) = after
            .from
            .filter(|from| before.from.is_none_or(|b| b < *from))
        else {
            return Err(overlap);
        };
        match before.until {
            Some(until) if until >= from => return Err(overlap),
            Some(_) => {}
            None => before.until = from.pred_opt(),
        }
    }
    Ok((memberships(&spans), values(&spans, attributes)))
}

fn memberships(spans: &[Span]) -> Vec<Membership> {
    let mut merged: Vec<Membership> = Vec::new();
    for span in spans {
        let follows = merged
            .last()
            .and_then(|last| last.until?.succ_opt())
            .is_some_and(|next| span.from == Some(next));
        match merged.last_mut() {
            Some(last) if follows => last.until = span.until,
            _ => merged.push(Membership {
                from: span.from,
                until: span.until,
            }),
        }
    }
    let always = Membership {
        from: None,
        until: None,
    };
    merged.retain(|membership| *membership != always);
    merged
}

fn values(spans: &[Span], attributes: usize) -> Vec<Vec<Dated<Option<Value>>>> {
    (0..attributes)
        .map(|at| {
            let mut dated: Vec<Dated<Option<Value>>> = Vec::new();
            let mut ended: Option<Date> = None;
            for span in spans {
                // Between two spans there is no value, were anyone to ask.
                if let Some(day) = ended.filter(|day| span.from != Some(*day)) {
                    dated.push(Dated {
                        from: Some(day),
                        value: None,
                    });
                }
                dated.push(Dated {
                    from: span.from,
                    value: span.values.get(at).cloned().flatten(),
                });
                ended = span.until.and_then(|until| until.succ_opt());
            }
            dated.dedup_by(|later, earlier| later.value == earlier.value);
            dated
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> Date {
        Date::from_ymd_opt(2024, month, day).unwrap()
    }

    fn span(from: Option<Date>, until: Option<Date>, value: bool, line: u32) -> Span {
        Span {
            from,
            until,
            values: vec![Some(Value::Bool(value))],
            line,
        }
    }

    #[test]
    fn one_row_without_dates_belongs_always() {
        let (memberships, values) = merge(vec![span(None, None, true, 2)], 1).unwrap();
        assert_eq!(memberships, []);
        let always = Dated {
            from: None,
            value: Some(Value::Bool(true)),
        };
        assert_eq!(values, [vec![always]]);
    }

    #[test]
    fn a_later_row_takes_over_from_an_open_one() {
        let rows = vec![
            span(Some(day(3, 1)), None, false, 3),
            span(None, None, true, 2),
        ];
        let (memberships, values) = merge(rows, 1).unwrap();
        assert_eq!(memberships, [], "the two spans together leave no day out");
        let says: Vec<_> = values[0].iter().map(|dated| dated.from).collect();
        assert_eq!(says, [None, Some(day(3, 1))]);
    }

    #[test]
    fn a_gap_is_a_gap() {
        let rows = vec![
            span(Some(day(1, 1)), Some(day(1, 31)), true, 2),
            span(Some(day(3, 1)), Some(day(3, 31)), true, 3),
        ];
        let (memberships, values) = merge(rows, 1).unwrap();
        assert_eq!(memberships.len(), 2);
        let says: Vec<_> = values[0]
            .iter()
            .map(|dated| (dated.from, dated.value.is_some()))
            .collect();
        let expected = [
            (Some(day(1, 1)), true),
            (Some(day(2, 1)), false),
            (Some(day(3, 1)), true),
        ];
        assert_eq!(says, expected);
    }

    #[test]
    fn overlaps_are_refused() {
        let rows = vec![
            span(Some(day(1, 1)), Some(day(3, 1)), true, 2),
            span(Some(day(3, 1)), None, false, 3),
        ];
        let overlap = merge(rows, 1).unwrap_err();
        assert_eq!(
            (overlap.other, overlap.line, overlap.day),
            (2, 3, Some(day(3, 1)))
        );
        assert!(
            merge(
                vec![span(None, None, true, 2), span(None, None, false, 3)],
                1
            )
            .is_err()
        );
    }
}
