//! Durations added and taken away, worked out by hand.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use pol_calendar::{
    CalendarError, CalendarIx, Calendars, Date, DateError, Datelike, Duration, Weekday,
    WorkingCalendar, YearPlan, add, sub,
};
use proptest::prelude::*;

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

fn plus(date: Date, duration: Duration) -> Date {
    add(date, duration, &Calendars::default()).unwrap()
}

fn minus(date: Date, duration: Duration) -> Date {
    sub(date, duration, &Calendars::default()).unwrap()
}

#[test]
fn months_go_to_the_same_day_or_the_last() {
    let table = [
        (day(2023, 1, 31), 1, day(2023, 2, 28)),
        (day(2024, 1, 31), 1, day(2024, 2, 29)),
        (day(2024, 1, 30), 1, day(2024, 2, 29)),
        (day(2024, 1, 29), 1, day(2024, 2, 29)),
        (day(2024, 1, 28), 1, day(2024, 2, 28)),
        (day(2024, 2, 29), 12, day(2025, 2, 28)),
        (day(2024, 2, 29), 48, day(2028, 2, 29)),
        (day(2023, 3, 31), 1, day(2023, 4, 30)),
        (day(2023, 4, 30), 1, day(2023, 5, 30)),
        (day(2023, 2, 28), 1, day(2023, 3, 28)),
        (day(2023, 10, 31), 4, day(2024, 2, 29)),
        (day(1999, 12, 31), 2, day(2000, 2, 29)),
        (day(1900, 1, 31), 1, day(1900, 2, 28)),
        (day(2023, 12, 15), 1, day(2024, 1, 15)),
        (day(2023, 5, 31), 0, day(2023, 5, 31)),
    ];
    for (from, months, to) in table {
        assert_eq!(
            plus(from, Duration::Months(months)),
            to,
            "{from} + {months} months"
        );
    }
    let back = [
        (day(2023, 3, 31), 1, day(2023, 2, 28)),
        (day(2024, 3, 31), 1, day(2024, 2, 29)),
        (day(2024, 1, 31), 2, day(2023, 11, 30)),
        (day(2024, 1, 15), 1, day(2023, 12, 15)),
    ];
    for (from, months, to) in back {
        assert_eq!(
            minus(from, Duration::Months(months)),
            to,
            "{from} - {months} months"
        );
    }
}

#[test]
fn days_weeks_and_years() {
    assert_eq!(plus(day(2023, 2, 28), Duration::Days(1)), day(2023, 3, 1));
    assert_eq!(plus(day(2024, 2, 28), Duration::Days(1)), day(2024, 2, 29));
    assert_eq!(plus(day(2023, 12, 25), Duration::Weeks(1)), day(2024, 1, 1));
    assert_eq!(plus(day(2024, 2, 29), Duration::Years(4)), day(2028, 2, 29));
    assert_eq!(plus(day(2024, 2, 29), Duration::Years(3)), day(2027, 2, 28));
    assert_eq!(minus(day(2024, 3, 1), Duration::Days(1)), day(2024, 2, 29));
    assert_eq!(
        minus(day(2024, 1, 1), Duration::Weeks(2)),
        day(2023, 12, 18)
    );
    assert_eq!(
        minus(day(2024, 2, 29), Duration::Years(1)),
        day(2023, 2, 28)
    );
}

/// Corner 20: `held 2 months` from the last days of December and of August.
#[test]
fn two_months_held_from_month_ends() {
    let table = [
        (day(2023, 12, 29), day(2024, 2, 29)),
        (day(2023, 12, 30), day(2024, 2, 29)),
        (day(2023, 12, 31), day(2024, 2, 29)),
        (day(2024, 12, 31), day(2025, 2, 28)),
        (day(2024, 8, 31), day(2024, 10, 31)),
    ];
    for (from, to) in table {
        assert_eq!(plus(from, Duration::Months(2)), to, "{from}");
    }
}

/// Corner 21: on the day E + 3 years a deadline is still kept, a window has just let E go, `held` is
/// just true. And a window reckoned backwards would be another one.
#[test]
fn the_day_itself() {
    let event = day(2021, 3, 31);
    let limit = plus(event, Duration::Years(3));
    assert_eq!(limit, day(2024, 3, 31));
    let kept = |today: Date| today <= limit;
    let in_window = |today: Date| today < limit;
    let held = |today: Date| today >= limit;
    assert!(kept(limit) && !kept(day(2024, 4, 1)));
    assert!(!in_window(limit) && in_window(day(2024, 3, 30)));
    assert!(held(limit) && !held(day(2024, 3, 30)));

    // `in last 1 month` on 28 February: 31 January + 1 month is that day, so it is gone, although a
    // month back from 28 February is 28 January, which lies before it.
    assert_eq!(
        plus(day(2023, 1, 31), Duration::Months(1)),
        day(2023, 2, 28)
    );
    assert_eq!(
        minus(day(2023, 2, 28), Duration::Months(1)),
        day(2023, 1, 28)
    );
}

#[test]
fn the_years_end_at_1900_and_9999() {
    let none = Calendars::default();
    let out = |from| Err(DateError::OutOfRange { from });
    let (first, last) = (day(1900, 1, 1), day(9999, 12, 31));
    assert_eq!(plus(day(9999, 12, 30), Duration::Days(1)), last);
    assert_eq!(add(last, Duration::Days(1), &none), out(last));
    assert_eq!(sub(first, Duration::Days(1), &none), out(first));
    assert_eq!(add(Date::MIN, Duration::Days(0), &none), out(Date::MIN));
    let huge = [
        Duration::Days,
        Duration::Weeks,
        Duration::Months,
        Duration::Years,
    ];
    for duration in huge.map(|unit| unit(u32::MAX)) {
        assert_eq!(add(first, duration, &none), out(first));
        assert_eq!(sub(last, duration, &none), out(last));
    }
    let error = add(last, Duration::Years(1), &none).unwrap_err();
    assert_eq!(
        error.en(),
        "counting from 9999-12-31 leaves the years 1900 to 9999"
    );
    assert_eq!(error.zh(), "从9999-12-31起算的日期超出1900年至9999年的范围");
    assert_eq!(error.to_string(), error.en());
}

#[test]
fn a_calendar_must_be_there() {
    let none = Calendars::default();
    let by = |ix| Duration::WorkingDays {
        count: 1,
        calendar: CalendarIx(ix),
    };
    let error = add(day(2024, 1, 1), by(0), &none).unwrap_err();
    assert_eq!(error, DateError::NoCalendar(CalendarIx(0)));
    assert_eq!(
        error.en(),
        "working days are counted, but the policy names no calendar"
    );
    assert_eq!(error.zh(), "按工作日计算，但政策没有指定日历");
    let china = Calendars::from(WorkingCalendar::china());
    let error = add(day(2024, 1, 1), by(1), &china).unwrap_err();
    assert_eq!(error.en(), "the policy has no calendar number 2");
    assert_eq!(error.zh(), "政策没有第2个日历");
}

/// `10 school days`: a second calendar, with a six-day week and its own holidays.
#[test]
fn a_policy_may_name_several_calendars() {
    let plan = YearPlan {
        source: "校历".to_owned(),
        holidays: [day(2024, 4, 4), day(2024, 4, 5)].into(),
        make_up: [day(2024, 4, 7)].into(),
    };
    let school = WorkingCalendar::new("school", [Weekday::Sun])
        .with_year(2024, plan)
        .unwrap();
    let mut calendars = Calendars::from(WorkingCalendar::china());
    let ix = calendars.push(school).unwrap();
    assert_eq!((ix, calendars.find("school")), (CalendarIx(1), Some(ix)));
    assert_eq!(calendars.find("School"), None);
    assert_eq!(
        calendars
            .iter()
            .map(WorkingCalendar::name)
            .collect::<Vec<_>>(),
        ["china", "school"]
    );

    // From Wednesday 3 April: Saturday 6, Sunday 7 (made up), Monday 8, ... Saturday 13 April is
    // day 8; Sunday is free, so Monday 15 is day 9 and Tuesday 16 day 10.
    let ten = |calendar| Duration::WorkingDays {
        count: 10,
        calendar,
    };
    assert_eq!(
        add(day(2024, 4, 3), ten(ix), &calendars),
        Ok(day(2024, 4, 16))
    );
    // China: Sunday 7 April (made up) is day 1, the week after brings 6, then the 15th is 7, the
    // 18th 10.
    assert_eq!(
        add(day(2024, 4, 3), ten(CalendarIx::DEFAULT), &calendars),
        Ok(day(2024, 4, 18))
    );
}

#[test]
fn a_plan_that_contradicts_itself_is_refused() {
    let calendar = || WorkingCalendar::new("school", [Weekday::Sun]);
    let date = day(2024, 4, 7);
    let plan = |holidays: &[Date], make_up: &[Date]| YearPlan {
        source: String::new(),
        holidays: holidays.iter().copied().collect(),
        make_up: make_up.iter().copied().collect(),
    };
    let error = calendar().with_year(2023, plan(&[], &[date])).unwrap_err();
    assert_eq!(error, CalendarError::OtherYear { year: 2023, date });
    assert_eq!(error.en(), "2024-04-07 stands among the days of 2023");
    assert_eq!(error.zh(), "2024-04-07列在2023年的日子里");
    let error = calendar()
        .with_year(2024, plan(&[date], &[date]))
        .unwrap_err();
    assert_eq!(error, CalendarError::Both(date));
    assert_eq!(
        error.en(),
        "2024-04-07 is given both as a holiday and as a make-up working day"
    );
    assert_eq!(error.zh(), "2024-04-07既列为放假日，又列为调休上班日");
}

proptest! {
    /// However it is counted, the n-th working day after a day has n working days up to it and is
    /// one itself; counting back from it returns to the last working day not after the start.
    #[test]
    fn working_days_count_what_they_say(from in 0u32..8000, count in 1u32..250) {
        let china = WorkingCalendar::china();
        let from = day(2004, 1, 1) + chrono::Days::new(u64::from(from));
        let n = Duration::WorkingDays { count, calendar: CalendarIx::DEFAULT };
        let calendars = Calendars::from(china.clone());
        if let Ok(to) = add(from, n, &calendars) {
            let span = pol_calendar::Span::new(from.succ_opt().unwrap(), to).unwrap();
            let counted = china.working_days_in(span).unwrap();
            prop_assert_eq!(counted.len(), usize::try_from(count).unwrap());
            prop_assert_eq!(counted.last(), Some(&to));
            if china.is_working_day(from).unwrap() {
                prop_assert_eq!(sub(to, n, &calendars), Ok(from));
            }
        } else {
            prop_assert!(from.year() >= 2025, "{from} + {count}");
        }
    }
}
