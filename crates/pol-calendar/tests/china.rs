//! The calendar of China: by hand, and against two lists made by others.
//!
//! Both lists have been wrong. The days on which they differ from the notices are named here one by
//! one, so that a list that mends or breaks a day makes a test fail.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chinese_holiday::{Ymd, chinese_holiday};
use pol_calendar::{
    CalendarIx, Calendars, Date, Datelike, DayKind, Duration, Span, Weekday, WorkingCalendar, add,
    sub,
};

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}

fn works(date: Date) -> bool {
    WorkingCalendar::china().is_working_day(date).unwrap()
}

/// Every day that the calendar knows.
fn days() -> impl Iterator<Item = Date> {
    Span::new(day(2004, 1, 1), day(2026, 12, 31))
        .unwrap()
        .days()
}

fn working_days(count: u32) -> Duration {
    Duration::WorkingDays {
        count,
        calendar: CalendarIx::DEFAULT,
    }
}

/// The days on which another list and the calendar disagree.
fn differences(other: impl Fn(Date) -> Option<bool>) -> Vec<Date> {
    let china = WorkingCalendar::china();
    days()
        .filter(|&date| {
            other(date).is_some_and(|other| other != china.is_working_day(date).unwrap())
        })
        .collect()
}

#[test]
fn crate_chinese_holiday_agrees_but_for_two_days_of_2016() {
    let listed = |date: Date| {
        // The crate panics after this day: the notice for 2027 could still move what follows.
        if date > day(2026, 12, 25) {
            return None;
        }
        let year = u16::try_from(date.year()).unwrap();
        let (month, day) = (
            u8::try_from(date.month()).unwrap(),
            u8::try_from(date.day()).unwrap(),
        );
        Some(chinese_holiday(Ymd::new(year, month, day)).is_workday())
    };
    // The notice for 2016: `10月8日（星期六）、10月9日（星期日）上班`; the crate leaves the 9th out.
    // The notice for 2017: `1月1日放假，1月2日（星期一）补休`; the crate has 30 December off as well.
    assert_eq!(differences(listed), [day(2016, 10, 9), day(2016, 12, 30)]);
    assert!(works(day(2016, 10, 9)) && works(day(2016, 12, 30)));
}

#[test]
fn package_chinesecalendar_agrees_but_for_one_day_of_2005() {
    let extract = include_str!("data/chinesecalendar-1.11.csv");
    let rows: Vec<(Date, bool)> = extract
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let (date, kind) = line.split_once(',').unwrap();
            assert!(["off", "work"].contains(&kind), "{line}");
            (date.parse().unwrap(), kind == "work")
        })
        .collect();
    assert_eq!(rows.len(), 771);
    let listed = |date: Date| {
        let special = rows.iter().find(|row| row.0 == date).map(|row| row.1);
        let weekend = [Weekday::Sat, Weekday::Sun].contains(&date.weekday());
        Some(special.unwrap_or(!weekend))
    };
    // The notice for 2006: `12月31日(星期六)上班`; the package leaves it out.
    assert_eq!(differences(listed), [day(2005, 12, 31)]);
    assert!(works(day(2005, 12, 31)));
}

#[test]
fn knows_2004_to_2026_and_names_the_source_of_each_year() {
    let china = WorkingCalendar::china();
    assert_eq!(
        china.years().collect::<Vec<_>>(),
        (2004..=2026).collect::<Vec<_>>()
    );
    for year in china.years() {
        let source = &china.year(year).unwrap().source;
        assert!(
            source.starts_with(&format!("国务院办公厅关于{year}年部分节假日安排的通知")),
            "{source}"
        );
    }
    // 2005 owes its last day to the notice for 2006, and 2019 its Labour Day to a change.
    assert_eq!(
        china.year(2005).unwrap().source,
        "国务院办公厅关于2005年部分节假日安排的通知（国办发明电〔2004〕52号）；\
         国务院办公厅关于2006年部分节假日安排的通知（国办发明电〔2005〕35号）"
    );
    assert!(
        china
            .year(2019)
            .unwrap()
            .source
            .ends_with("国务院办公厅关于调整2019年劳动节假期安排的通知（国办发明电〔2019〕3号）")
    );
}

#[test]
fn make_up_days_are_weekend_days_and_no_day_is_both() {
    let china = WorkingCalendar::china();
    let mut count = 0;
    for plan in china.years().map(|year| china.year(year).unwrap()) {
        assert!(plan.holidays.is_disjoint(&plan.make_up));
        for date in &plan.make_up {
            assert!(
                [Weekday::Sat, Weekday::Sun].contains(&date.weekday()),
                "{date}"
            );
            assert_eq!(china.day_kind(*date), Ok(DayKind::MakeUp));
            count += 1;
        }
    }
    // The 150 that chinesecalendar lists, and 31 December 2005.
    assert_eq!(count, 151);
}

#[test]
fn a_year_that_is_missing_is_an_error_that_names_it() {
    let china = WorkingCalendar::china();
    let missing = china.is_working_day(day(2027, 1, 4)).unwrap_err();
    assert_eq!(
        missing.en(),
        "calendar `china` has no working days for the year 2027"
    );
    assert_eq!(missing.zh(), "日历`china`没有2027年的工作日数据");
    assert_eq!(
        china.is_working_day(day(2003, 12, 31)).unwrap_err().year,
        2003
    );

    let calendars = Calendars::from(china);
    // 31 December 2026 is the last day known: 30 December + 1 is reached, + 2 is not.
    assert_eq!(
        add(day(2026, 12, 30), working_days(1), &calendars),
        Ok(day(2026, 12, 31))
    );
    let error = add(day(2026, 12, 30), working_days(2), &calendars).unwrap_err();
    assert_eq!(error.zh(), "日历`china`没有2027年的工作日数据");
    // The day counted from need not be known, only the days counted.
    assert_eq!(
        add(day(2003, 12, 31), working_days(1), &calendars),
        Ok(day(2004, 1, 2))
    );
}

/// `中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。`
#[test]
fn national_day_2023() {
    for date in Span::new(day(2023, 9, 29), day(2023, 10, 6))
        .unwrap()
        .days()
    {
        assert!(!works(date), "{date}");
    }
    assert!(works(day(2023, 9, 28)) && works(day(2023, 10, 7)) && works(day(2023, 10, 8)));

    // `within 7 working days` of Wednesday 27 September: 28 September is day 1, 7 October day 2,
    // the 8th 3, the 9th to the 12th 4 to 7.
    let calendars = Calendars::from(WorkingCalendar::china());
    assert_eq!(
        add(day(2023, 9, 27), working_days(7), &calendars),
        Ok(day(2023, 10, 12))
    );
    // From a day off it is the same: day 1 is the first working day after it.
    assert_eq!(
        add(day(2023, 9, 30), working_days(1), &calendars),
        Ok(day(2023, 10, 7))
    );
    assert_eq!(
        add(day(2023, 9, 30), working_days(0), &calendars),
        Ok(day(2023, 9, 30))
    );
    // Back from Monday 9 October: 8, 7 October, 28 September.
    assert_eq!(
        sub(day(2023, 10, 9), working_days(3), &calendars),
        Ok(day(2023, 9, 28))
    );
    assert_eq!(
        sub(day(2023, 10, 1), working_days(1), &calendars),
        Ok(day(2023, 9, 28))
    );
}

/// `春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。` The eve, 9 February,
/// is only recommended for leave.
#[test]
fn spring_festival_2024() {
    let china = WorkingCalendar::china();
    let kinds = [
        (day(2024, 2, 3), DayKind::Weekend),
        (day(2024, 2, 4), DayKind::MakeUp),
        (day(2024, 2, 9), DayKind::Working),
        (day(2024, 2, 10), DayKind::Holiday),
        (day(2024, 2, 16), DayKind::Holiday),
        (day(2024, 2, 17), DayKind::Holiday),
        (day(2024, 2, 18), DayKind::MakeUp),
        (day(2024, 2, 24), DayKind::Weekend),
    ];
    for (date, kind) in kinds {
        assert_eq!(china.day_kind(date), Ok(kind), "{date}");
    }
    // 7 working days from Thursday 8 February: the 9th, then 18 to 23 February.
    let counted = Span::new(day(2024, 2, 9), day(2024, 2, 23)).unwrap();
    let proof = china.working_days_in(counted).unwrap();
    let by_hand = [(2, 9), (2, 18), (2, 19), (2, 20), (2, 21), (2, 22), (2, 23)];
    assert_eq!(proof, by_hand.map(|(month, date)| day(2024, month, date)));
    let calendars = Calendars::from(china);
    assert_eq!(
        add(day(2024, 2, 8), working_days(7), &calendars),
        Ok(day(2024, 2, 23))
    );
}

/// The notice of 26 January 2020 extended the holiday from 30 January to 2 February, over a Saturday
/// that the notice of November 2019 had made a working day.
#[test]
fn spring_festival_2020_was_extended() {
    let china = WorkingCalendar::china();
    for date in Span::new(day(2020, 1, 24), day(2020, 2, 2)).unwrap().days() {
        assert_eq!(china.day_kind(date), Ok(DayKind::Holiday), "{date}");
    }
    assert_eq!(china.day_kind(day(2020, 1, 19)), Ok(DayKind::MakeUp));
    assert_eq!(china.day_kind(day(2020, 2, 3)), Ok(DayKind::Working));
}

/// `2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。`, and 3 September 2015.
#[test]
fn later_changes_of_2015_and_2019() {
    assert!(
        [(5, 1), (5, 2), (5, 3), (5, 4)]
            .iter()
            .all(|&(m, d)| !works(day(2019, m, d)))
    );
    assert!(works(day(2019, 4, 28)) && works(day(2019, 5, 5)) && works(day(2019, 5, 6)));
    assert!(!works(day(2015, 9, 3)) && !works(day(2015, 9, 4)) && works(day(2015, 9, 6)));
}
