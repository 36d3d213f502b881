//! How far apart the days lie on which a scheduled rule looks, measured in calendar periods.

use crate::hir::{Period, Point, PointBase};
use pol_calendar::{Duration, Period as Calendar};

/// Calendar periods by length; weeks take no part in months, but two month ends are never in one
/// week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
}

impl Step {
    /// The step of a calendar period; none for a cycle.
    pub const fn of(period: &Period) -> Option<Self> {
        match period {
            Period::Calendar(Calendar::Day) => Some(Self::Day),
            Period::Calendar(Calendar::Week) => Some(Self::Week),
            Period::Calendar(Calendar::Month) => Some(Self::Month),
            Period::Calendar(Calendar::Quarter) => Some(Self::Quarter),
            Period::Calendar(Calendar::Half) => Some(Self::Half),
            Period::Calendar(Calendar::Year) => Some(Self::Year),
            Period::Calendar(Calendar::Cycle { .. }) | Period::Cycle(..) => None,
        }
    }

    /// True if a span of time is no longer than every such period, give or take a month's end.
    pub fn covers(self, span: Duration) -> bool {
        let days = match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month | Self::Quarter | Self::Half | Self::Year => 28 * self.months(),
        };
        match span {
            Duration::Days(n) => n <= days,
            Duration::Weeks(n) => n.checked_mul(7).is_some_and(|n| n <= days),
            Duration::Months(n) => n <= self.months(),
            Duration::Years(n) => n.checked_mul(12).is_some_and(|n| n <= self.months()),
            // Working days are fewer than days.
            Duration::WorkingDays { count, .. } => count.saturating_mul(2) <= days,
        }
    }

    const fn months(self) -> u32 {
        match self {
            Self::Day | Self::Week => 0,
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }
}

/// The longest period of which no two of the points' days share one; none where that cannot be
/// told. A single date comes once only, and is none of these.
pub(super) fn step(points: &[Point]) -> Option<Step> {
    if let [point] = points {
        return match &point.base {
            PointBase::EachYear(..) => Some(Step::Year),
            PointBase::EachMonth(_) => Some(Step::Month),
            PointBase::EachWeek(_) => Some(Step::Week),
            PointBase::EndOfEach(period) => Step::of(period),
            PointBase::Date(_)
            | PointBase::EndOfPhase(_)
            | PointBase::FieldOf(..)
            | PointBase::Attribute(_) => None,
        };
    }
    let months: Option<Vec<u32>> = points
        .iter()
        .map(|point| match point.base {
            PointBase::EachYear(month, _) if point.offsets.is_empty() => month.checked_sub(1),
            _ => None,
        })
        .collect();
    let months = months?;
    [Step::Half, Step::Quarter, Step::Month]
        .into_iter()
        .find(|step| {
            let mut keys: Vec<_> = months.iter().map(|month| month / step.months()).collect();
            keys.sort_unstable();
            keys.windows(2).all(|pair| pair[0] != pair[1])
        })
}
