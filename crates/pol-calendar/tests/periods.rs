//! Periods: by hand, day by day over two centuries, and on arbitrary cycles.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::num::NonZeroU32;

use chrono::{Days, Months};
use pol_calendar::{CycleLength, Date, DateError, Datelike, Duration, Period, Span, Weekday};
use proptest::prelude::*;

const PERIODS: [Period; 6] = [
    Period::Day,
    Period::Week,
    Period::Month,
    Period::Quarter,
    Period::Half,
    Period::Year,
];

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

fn span(first: Date, last: Date) -> Span {
    Span::new(first, last).unwrap()
}

fn cycle(duration: Duration, anchor: Date) -> Period {
    Period::Cycle {
        length: CycleLength::of(duration).unwrap(),
        anchor,
    }
}

#[test]
fn by_hand() {
    let date = day(2024, 2, 29); // a Thursday
    let table = [
        (Period::Day, date, date),
        (Period::Week, day(2024, 2, 26), day(2024, 3, 3)),
        (Period::Month, day(2024, 2, 1), date),
        (Period::Quarter, day(2024, 1, 1), day(2024, 3, 31)),
        (Period::Half, day(2024, 1, 1), day(2024, 6, 30)),
        (Period::Year, day(2024, 1, 1), day(2024, 12, 31)),
        (
            cycle(Duration::Months(12), day(2023, 8, 15)),
            day(2023, 8, 15),
            day(2024, 8, 14),
        ),
        (
            cycle(Duration::Days(10), day(2024, 2, 10)),
            day(2024, 2, 20),
            date,
        ),
    ];
    for (period, first, last) in table {
        assert_eq!(period.containing(date), span(first, last), "{period:?}");
    }
    assert_eq!(
        Period::Month.previous(day(2024, 3, 31)),
        Ok(span(day(2024, 2, 1), date))
    );
    assert_eq!(
        Period::Half.next(date),
        Ok(span(day(2024, 7, 1), day(2024, 12, 31)))
    );
    assert_eq!(
        Period::Quarter.previous(date),
        Ok(span(day(2023, 10, 1), day(2023, 12, 31)))
    );
    assert_eq!(
        Period::Week.next(date),
        Ok(span(day(2024, 3, 4), day(2024, 3, 10)))
    );
    assert!(Period::Month.is_last_day(date) && !Period::Month.is_last_day(day(2024, 2, 28)));
    assert!(Period::Month.is_last_day(day(2023, 2, 28)));
    assert!(Period::Week.is_last_day(day(2024, 3, 3)));
}

/// Each calendar period against what its name says, for every day from 1900 to 2100.
#[test]
fn day_by_day() {
    for date in span(day(1900, 1, 1), day(2100, 12, 31)).days() {
        for period in PERIODS {
            let holding = period.containing(date);
            assert!(holding.contains(date), "{period:?} of {date}");
            let (first, after) = (holding.first, holding.last + Days::new(1));
            let (begins, months): (fn(Date) -> bool, u32) = match period {
                Period::Day => (|_| true, 0),
                Period::Week => (|date| date.weekday() == Weekday::Mon, 0),
                Period::Month => (|date| date.day() == 1, 1),
                Period::Quarter => (|date| date.day() == 1 && date.month() % 3 == 1, 3),
                Period::Half => (|date| date.day() == 1 && date.month() % 6 == 1, 6),
                Period::Year => (|date| date.ordinal() == 1, 12),
                Period::Cycle { .. } => unreachable!("no cycle in the list"),
            };
            assert!(begins(first) && begins(after), "{period:?} of {date}");
            // Nothing between begins one: the span is one period, not several.
            let length = match period {
                Period::Day => first + Days::new(1),
                Period::Week => first + Days::new(7),
                _ => first + Months::new(months),
            };
            assert_eq!(after, length, "{period:?} of {date}");
            assert_eq!(period.is_last_day(date), begins(date + Days::new(1)));
        }
    }
}

/// `cycle of 1 month from 31 January 2024` runs both ways, cut at each month's end from the anchor.
#[test]
fn a_cycle_is_cut_from_its_anchor_each_time() {
    let monthly = cycle(Duration::Months(1), day(2024, 1, 31));
    let table = [
        (day(2024, 1, 31), day(2024, 1, 31), day(2024, 2, 28)),
        (day(2024, 2, 29), day(2024, 2, 29), day(2024, 3, 30)),
        (day(2024, 3, 30), day(2024, 2, 29), day(2024, 3, 30)),
        (day(2024, 4, 1), day(2024, 3, 31), day(2024, 4, 29)),
        (day(2024, 1, 30), day(2023, 12, 31), day(2024, 1, 30)),
        (day(2023, 12, 30), day(2023, 11, 30), day(2023, 12, 30)),
        (day(2023, 3, 15), day(2023, 2, 28), day(2023, 3, 30)),
    ];
    for (date, first, last) in table {
        assert_eq!(monthly.containing(date), span(first, last), "{date}");
    }
    let leap = cycle(Duration::Years(1), day(2024, 2, 29));
    assert_eq!(
        leap.containing(day(2024, 2, 28)),
        span(day(2023, 2, 28), day(2024, 2, 28))
    );
    assert_eq!(
        leap.containing(day(2025, 2, 28)),
        span(day(2025, 2, 28), day(2026, 2, 27))
    );
}

/// Corner 19: `each month while C` from 31 January 2024; and the same from 10 December.
#[test]
fn full_periods_counted_from_a_day() {
    let month = |k| Period::Month.nth_from(day(2024, 1, 31), k);
    assert_eq!(month(0), Ok(span(day(2024, 1, 31), day(2024, 2, 28))));
    assert_eq!(month(1), Ok(span(day(2024, 2, 29), day(2024, 3, 30))));
    assert_eq!(month(2), Ok(span(day(2024, 3, 31), day(2024, 4, 29))));
    let from = day(2023, 12, 10);
    assert_eq!(
        Period::Month.nth_from(from, 1),
        Ok(span(day(2024, 1, 10), day(2024, 2, 9)))
    );
    assert_eq!(
        Period::Week.nth_from(from, 0),
        Ok(span(from, day(2023, 12, 16)))
    );
    assert_eq!(
        Period::Quarter.nth_from(from, 1),
        Ok(span(day(2024, 3, 10), day(2024, 6, 9)))
    );
    assert_eq!(
        Period::Day.nth_from(from, 3),
        Ok(Span::day(day(2023, 12, 13)))
    );
    let ten = cycle(Duration::Days(10), day(1999, 9, 9));
    assert_eq!(
        ten.nth_from(from, 1),
        Ok(span(day(2023, 12, 20), day(2023, 12, 29)))
    );
}

#[test]
fn lengths_that_make_no_cycle() {
    let working = Duration::WorkingDays {
        count: 5,
        calendar: pol_calendar::CalendarIx::DEFAULT,
    };
    let none = [
        Duration::Months(0),
        Duration::Weeks(0),
        working,
        Duration::Years(u32::MAX),
        Duration::Weeks(u32::MAX),
    ];
    for duration in none {
        assert_eq!(CycleLength::of(duration), None, "{duration:?}");
    }
    assert_eq!(
        CycleLength::of(Duration::Weeks(2)),
        CycleLength::of(Duration::Days(14))
    );
}

#[test]
fn the_ends_of_time_are_errors_and_never_panics() {
    let last = day(9999, 12, 31);
    assert_eq!(Period::Year.containing(last), span(day(9999, 1, 1), last));
    assert_eq!(
        Period::Year.next(last),
        Err(DateError::OutOfRange { from: last })
    );
    let first = day(1900, 1, 1);
    assert_eq!(
        Period::Month.previous(first),
        Err(DateError::OutOfRange { from: first })
    );
    assert_eq!(
        Period::Year.nth_from(last, 1),
        Err(DateError::OutOfRange { from: last })
    );

    let lengths = [1, 7, 12, u32::MAX].map(|n| NonZeroU32::new(n).unwrap());
    let dates = [Date::MIN, first, day(2000, 2, 29), last, Date::MAX];
    for date in dates {
        for period in PERIODS {
            assert!(
                period.containing(date).contains(date),
                "{period:?} of {date}"
            );
        }
        for anchor in dates {
            for length in lengths
                .iter()
                .flat_map(|&n| [CycleLength::Days(n), CycleLength::Months(n)])
            {
                let period = Period::Cycle { length, anchor };
                assert!(
                    period.containing(date).contains(date),
                    "{period:?} of {date}"
                );
                for k in [0, 1, u32::MAX] {
                    let _ = (
                        period.next(date),
                        period.previous(date),
                        period.nth_from(date, k),
                    );
                }
            }
        }
    }
}

proptest! {
    /// A cycle of months, against its boundaries written out one by one from the anchor.
    #[test]
    fn cycles_of_months(anchor in 0u64..73_000, offset in -3650i64..3650, n in 1u32..40) {
        let anchor = day(1910, 1, 1) + Days::new(anchor);
        let date = anchor + chrono::TimeDelta::days(offset);
        let holding = cycle(Duration::Months(n), anchor).containing(date);

        let ahead = (0..=121).map(|k| anchor + Months::new(k * n));
        let back = (1..=121).map(|k| anchor - Months::new(k * n));
        let mut boundaries: Vec<Date> = ahead.chain(back).collect();
        boundaries.sort();
        let next = boundaries.partition_point(|boundary| *boundary <= date);
        prop_assert_eq!(holding.first, boundaries[next - 1]);
        prop_assert_eq!(holding.last + Days::new(1), boundaries[next]);
    }

    /// The spans of any period follow on each other without a gap.
    #[test]
    fn spans_follow_on_each_other(date in 0u64..73_000, anchor in 0u64..73_000, n in 1u32..500) {
        let date = day(1910, 1, 1) + Days::new(date);
        let anchor = day(1910, 1, 1) + Days::new(anchor);
        let cycles = [cycle(Duration::Days(n), anchor), cycle(Duration::Months(n % 36 + 1), anchor)];
        for period in PERIODS.into_iter().chain(cycles) {
            let here = period.containing(date);
            prop_assert!(here.contains(date));
            if let Ok(next) = period.next(date) {
                prop_assert_eq!(next.first, here.last + Days::new(1));
                prop_assert_eq!(period.containing(next.first), next);
                prop_assert_eq!(period.previous(next.last), Ok(here));
            }
        }
    }
}
