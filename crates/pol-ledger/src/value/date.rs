//! Days and times of day, as spreadsheets hold them and as people write them.

use super::word;
use crate::problem::Problem;
use crate::source::Cell;
use crate::text::{normal, visible};
use chrono::{NaiveDate, NaiveTime};
use pol_calendar::{Date, FIRST_YEAR, LAST_YEAR, in_range};
use pol_syntax::Code;

/// The day of a cell that holds no time.
pub(crate) fn day_of(cell: &Cell) -> Result<Date, Problem> {
    let (date, time) = date_of(cell)?;
    if time.is_some() {
        let shown = visible(&cell.shown());
        return Err(bad(
            format!("`{shown}` holds a time; only the day is taken here"),
            format!("`{shown}`带有时间，此处只填日期"),
        )
        .help(format!("write `{date}`"), format!("请写`{date}`")));
    }
    Ok(date)
}

/// The day of a cell, and the time where it holds one.
pub(crate) fn date_of(cell: &Cell) -> Result<(Date, Option<NaiveTime>), Problem> {
    let (date, time) = match cell {
        Cell::Stamp(stamp) => {
            let time = stamp.time();
            (stamp.date(), (time != NaiveTime::MIN).then_some(time))
        }
        Cell::Number(number) => return Err(serial(number)),
        other => written(&word(other)?)?,
    };
    if in_range(date) {
        return Ok((date, time));
    }
    Err(bad(
        format!("`{date}` lies outside the years {FIRST_YEAR} to {LAST_YEAR}"),
        format!("`{date}`不在{FIRST_YEAR}年至{LAST_YEAR}年之间"),
    ))
}

/// The time of day of a cell.
pub(crate) fn time_of(cell: &Cell) -> Result<NaiveTime, Problem> {
    if let Cell::Clock(time) = cell {
        return Ok(*time);
    }
    let typed = word(cell)?;
    clock(&normal(&typed)).ok_or_else(|| {
        let shown = visible(&typed);
        bad(
            format!("`{shown}` is not a time of day"),
            format!("`{shown}`不是时间"),
        )
        .help("write it as `9:30` or `14:05`", "请写作`9:30`或`14:05`")
    })
}

fn bad(en: String, zh: String) -> Problem {
    Problem::new(Code::DATA_DATE, en, zh)
}

fn not_a_date(typed: &str) -> Problem {
    let shown = visible(typed);
    bad(
        format!("`{shown}` is not a date"),
        format!("`{shown}`不是日期"),
    )
    .help(
        "write it as `2023-08-07`, `2023/8/7`, `2023.8.7` or `2023年8月7日`",
        "请写作`2023-08-07`、`2023/8/7`、`2023.8.7`或`2023年8月7日`",
    )
}

/// A number where a date is wanted is mostly a date whose cell lost its format.
fn serial(number: &str) -> Problem {
    let problem = bad(
        format!("the cell holds the number `{number}`, not a date"),
        format!("单元格是数字`{number}`，不是日期"),
    );
    let day = number
        .parse::<u64>()
        .ok()
        .filter(|days| (36_526..=73_050).contains(days))
        .and_then(|days| {
            NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))
        });
    match day {
        Some(day) => problem.help(
            format!("formatted as a date it would be {day}: format the cell as a date"),
            format!("设为日期格式后是{day}：请把单元格设为日期格式"),
        ),
        None => problem.help("type it as `2023-08-07`", "请写作`2023-08-07`"),
    }
}

/// A written date, with a time behind it or without.
fn written(typed: &str) -> Result<(Date, Option<NaiveTime>), Problem> {
    let text = normal(typed);
    let (day, time) = match text.split_once(['T', ' ']) {
        // `2023 年 8 月 7 日` is one date, however it is spaced.
        Some(_) if text.contains('年') => match text.rsplit_once('日') {
            Some((day, time)) => (format!("{}日", day.replace(' ', "")), time.trim()),
            None => (text.replace(' ', ""), ""),
        },
        Some((day, time)) => (day.to_owned(), time.trim()),
        None => (text.clone(), ""),
    };
    let (year, month, day) = figures(&day).ok_or_else(|| not_a_date(typed))?;
    let time = if time.is_empty() {
        None
    } else {
        let time = clock(time).ok_or_else(|| not_a_date(typed))?;
        (time != NaiveTime::MIN).then_some(time)
    };
    NaiveDate::from_ymd_opt(year, month, day)
        .map(|date| (date, time))
        .ok_or_else(|| no_such_day(typed, year, month, day))
}

fn no_such_day(typed: &str, year: i32, month: u32, day: u32) -> Problem {
    let shown = visible(typed);
    let first = NaiveDate::from_ymd_opt(year, month, 1);
    let Some(first) = first else {
        return bad(
            format!("`{shown}`: there is no month {month}"),
            format!("`{shown}`：没有{month}月"),
        );
    };
    let days = first
        .checked_add_months(chrono::Months::new(1))
        .map_or(31, |next| next.signed_duration_since(first).num_days());
    bad(
        format!("`{shown}`: there is no day {day} in {year}-{month:02}, which has {days} days"),
        format!("`{shown}`：{year}年{month}月只有{days}天，没有{day}日"),
    )
}

/// Year, month and day as written; the year has four digits and comes first.
fn figures(text: &str) -> Option<(i32, u32, u32)> {
    let (year, month, day) = if let Some((year, rest)) = text.split_once('年') {
        let (month, rest) = rest.split_once('月')?;
        (
            year,
            month,
            rest.strip_suffix('日').or(rest.strip_suffix('号'))?,
        )
    } else {
        let mark = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let mut parts = text.split(mark);
        let three = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        three
    };
    let figure = |text: &str, least: usize, most: usize| {
        let fits = (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = i32::try_from(figure(year, 4, 4)?).ok()?;
    Some((year, figure(month, 1, 2)?, figure(day, 1, 2)?))
}

/// `9:30`, `09:30:15`, `9时30分`.
fn clock(text: &str) -> Option<NaiveTime> {
    let text = text.replace(['时', '点'], ":").replace(['分', '秒'], ":");
    let mut parts = text.trim_end_matches(':').split(':');
    let mut figure = |most: u32| {
        let part = parts.next()?.trim();
        let fits = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        let figure: u32 = fits.then(|| part.parse().ok()).flatten()?;
        (figure <= most).then_some(figure)
    };
    let (hour, minute) = (figure(23)?, figure(59)?);
    let second = match parts.next() {
        None => 0,
        Some(part) => part
            .parse()
            .ok()
            .filter(|second| part.len() == 2 && *second < 60)?,
    };
    if parts.next().is_some() {
        return None;
    }
    NaiveTime::from_hms_opt(hour, minute, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(Date, Option<NaiveTime>), String> {
        date_of(&Cell::Text(text.into())).map_err(|problem| problem.message.en)
    }

    #[test]
    fn written_dates() {
        let day = NaiveDate::from_ymd_opt(2023, 8, 7).unwrap();
        for text in [
            "2023-08-07",
            "2023/8/7",
            "2023.8.7",
            "2023年8月7日",
            "２０２３－０８－０７",
            " 2023 年 8 月 7 日 ",
            "2023-08-07 00:00:00",
        ] {
            assert_eq!(read(text), Ok((day, None)), "{text}");
        }
        let time = NaiveTime::from_hms_opt(9, 30, 0);
        for text in [
            "2023-08-07 9:30",
            "2023-08-07T09:30:00",
            "2023年8月7日 9时30分",
        ] {
            assert_eq!(read(text), Ok((day, time)), "{text}");
        }
    }

    #[test]
    fn days_that_are_not() {
        assert_eq!(
            read("2023-02-30").unwrap_err(),
            "`2023-02-30`: there is no day 30 in 2023-02, which has 28 days"
        );
        assert_eq!(
            read("2024-02-30").unwrap_err(),
            "`2024-02-30`: there is no day 30 in 2024-02, which has 29 days"
        );
        assert_eq!(
            read("2023-13-01").unwrap_err(),
            "`2023-13-01`: there is no month 13"
        );
        for text in [
            "8/7/2023",
            "23-8-7",
            "20230807",
            "2023-8",
            "yesterday",
            "2023-08-07x",
            "2023年8月",
        ] {
            assert_eq!(read(text).unwrap_err(), format!("`{text}` is not a date"));
        }
    }
}
