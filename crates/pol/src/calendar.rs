//! Calendars of working days that lie in a file of their own, beside the policy: TOML.
//!
//! ```toml
//! weekend = ["saturday", "sunday"]   # these, unless said
//!
//! [2024]
//! source = "the school's plan for 2024"
//! off = [2024-06-10, { from = 2024-07-08, to = 2024-08-30 }]
//! make_up = [2024-08-31]
//! ```
//!
//! Promises: every mistake of the file at once, each at its place. Refuses a day that changes
//! nothing (a single day off on a weekend, a make-up day that is worked anyhow): such a line is
//! mostly a mistyped date.

use crate::{Code, Diagnostic, SourceFile, Span, Text};
use chrono::{Datelike as _, NaiveDate, Weekday};
use pol_calendar::{FIRST_YEAR, LAST_YEAR, WorkingCalendar, YearPlan};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The calendar of a file, or all that is wrong with it in the order of the text.
pub(crate) fn read(name: &str, file: &SourceFile) -> Result<WorkingCalendar, Vec<Diagnostic>> {
    let mut reader = Reader {
        text: file.text(),
        weekend: vec![Weekday::Sat, Weekday::Sun],
        findings: Vec::new(),
    };
    let years = reader.years();
    if !reader.findings.is_empty() {
        reader.findings.sort_by_key(Diagnostic::span);
        return Err(reader.findings);
    }
    let empty = WorkingCalendar::new(name, reader.weekend);
    Ok(years.into_iter().fold(empty, |calendar, (year, plan)| {
        calendar
            .with_year(year, plan)
            .expect("days of other years, and days in both lists, were refused")
    }))
}

struct Reader<'a> {
    text: &'a str,
    weekend: Vec<Weekday>,
    findings: Vec<Diagnostic>,
}

/// The days of one year as they are read, each with its place.
struct Year {
    number: i32,
    plan: YearPlan,
    seen: BTreeMap<NaiveDate, Range<usize>>,
}

impl Reader<'_> {
    fn years(&mut self) -> BTreeMap<i32, YearPlan> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let span = error.span().unwrap_or_default();
            self.unreadable(error.message(), span);
        }
        let readable = self.findings.is_empty();
        let table = table.get_ref();
        for (key, value) in table {
            if &**key.get_ref() == "weekend" {
                self.weekend = self.weekend(value);
            }
        }
        let mut years = BTreeMap::new();
        for (key, value) in in_order(table) {
            let word: &str = key.get_ref();
            if word == "weekend" {
                continue;
            }
            let year = word
                .parse()
                .ok()
                .filter(|year| word.len() == 4 && (FIRST_YEAR..=LAST_YEAR).contains(year));
            match (year, value.get_ref()) {
                (Some(year), DeValue::Table(table)) => {
                    let plan = self.year(year, key.span(), table);
                    years.insert(year, plan);
                }
                (Some(year), _) => self.report(
                    Text::new(
                        format!("`{year}` holds no days"),
                        format!("`{year}`下面没有日子"),
                    ),
                    value.span(),
                    Text::new(
                        format!("write `[{year}]` on a line of its own, and its days below"),
                        format!("请单独一行写`[{year}]`，其下写这一年的日子"),
                    ),
                ),
                (None, _) => self.report(
                    Text::new(
                        format!("`{word}` is neither a year nor `weekend`"),
                        format!("`{word}`既不是年份，也不是`weekend`"),
                    ),
                    key.span(),
                    Text::new(
                        format!("a year is written `[2024]`, from {FIRST_YEAR} to {LAST_YEAR}"),
                        format!("年份写作`[2024]`，{FIRST_YEAR}至{LAST_YEAR}年"),
                    ),
                ),
            }
        }
        if years.is_empty() && readable && self.findings.is_empty() {
            self.report(
                Text::new("the calendar has no year", "日历里没有任何年份"),
                0..self.text.len().min(1),
                Text::new(
                    "write `[2024]`, and below it `source`, `off` and `make_up`",
                    "请写`[2024]`，其下写`source`、`off`和`make_up`",
                ),
            );
        }
        years
    }

    fn year(&mut self, year: i32, place: Range<usize>, table: &DeTable<'_>) -> YearPlan {
        let mut read = Year {
            number: year,
            plan: YearPlan::default(),
            seen: BTreeMap::new(),
        };
        for (key, value) in in_order(table) {
            match &**key.get_ref() {
                "source" => match value.get_ref().as_str() {
                    Some(source) => source.trim().clone_into(&mut read.plan.source),
                    None => self.not(value, "a text in quotes", "引号里的文字"),
                },
                "off" => self.days(&mut read, value, true),
                "make_up" => self.days(&mut read, value, false),
                word => self.report(
                    Text::new(
                        format!("a year of a calendar has no `{word}`"),
                        format!("日历的一年里没有`{word}`这一项"),
                    ),
                    key.span(),
                    Text::new(
                        "a year has `source`, `off` and `make_up`",
                        "一年里可写`source`（来源）、`off`（放假）和`make_up`（调休上班）",
                    ),
                ),
            }
        }
        if read.plan.source.is_empty() {
            self.report(
                Text::new(
                    format!("nothing says where the days of {year} come from"),
                    format!("没有写明{year}年的日子出自哪里"),
                ),
                place,
                Text::new(
                    "add `source = \"…\"`: the notice or plan that fixes them",
                    "请加上`source = \"…\"`：确定这些日子的通知或校历",
                ),
            );
        }
        read.plan
    }

    fn days(&mut self, year: &mut Year, list: &Spanned<DeValue<'_>>, off: bool) {
        let Some(days) = list.get_ref().as_array() else {
            self.not(
                list,
                "a list of days: `[2024-05-01]`",
                "日子的列表：`[2024-05-01]`",
            );
            return;
        };
        for day in days {
            match day.get_ref() {
                DeValue::Table(span) if off => self.stretch(year, day.span(), span),
                _ => {
                    let Some(date) = self.date(day) else { continue };
                    let weekend = self.weekend.contains(&date.weekday());
                    if date.year() == year.number && weekend == off {
                        self.changes_nothing(date, day.span(), off);
                    }
                    self.take(year, date, day.span(), off);
                }
            }
        }
    }

    /// `{ from = 2024-07-08, to = 2024-08-30 }`: both days included, weekends or not.
    fn stretch(&mut self, year: &mut Year, place: Range<usize>, table: &DeTable<'_>) {
        let mut ends = [None, None];
        for (key, value) in table {
            match &**key.get_ref() {
                "from" => ends[0] = Some(self.date(value)),
                "to" => ends[1] = Some(self.date(value)),
                word => {
                    let what = Text::new(
                        format!("a span of days has no `{word}`"),
                        format!("起止日里没有`{word}`这一项"),
                    );
                    self.report(what, key.span(), span_help());
                }
            }
        }
        match ends {
            [Some(Some(from)), Some(Some(to))] if from > to => self.report(
                Text::new(
                    format!("{from} to {to} ends before it begins"),
                    format!("{from}至{to}：结束早于开始"),
                ),
                place,
                Text::new("put the earlier day first", "请把较早的一天写在前面"),
            ),
            [Some(Some(from)), Some(Some(to))] => {
                let strange = [from, to].into_iter().find(|end| end.year() != year.number);
                let days = from.iter_days().take_while(|day| *day <= to);
                for date in strange.into_iter().chain(days) {
                    if !self.take(year, date, place.clone(), true) {
                        // One word on the span is enough.
                        return;
                    }
                }
            }
            [Some(_), Some(_)] => {}
            _ => self.report(
                Text::new("a span of days has two ends", "起止日要写明两头"),
                place,
                span_help(),
            ),
        }
    }

    /// Adds a day; false if it is of another year or stands there already.
    fn take(&mut self, year: &mut Year, date: NaiveDate, place: Range<usize>, off: bool) -> bool {
        if date.year() != year.number {
            self.report(
                Text::new(
                    format!("{date} stands among the days of {}", year.number),
                    format!("{date}列在{}年的日子里", year.number),
                ),
                place,
                Text::new(
                    format!("move it below `[{}]`, or mend the date", date.year()),
                    format!("请移到`[{}]`下面，或改正日期", date.year()),
                ),
            );
            return false;
        }
        if let Some(first) = year.seen.get(&date) {
            let both = if off {
                year.plan.make_up.contains(&date)
            } else {
                year.plan.holidays.contains(&date)
            };
            let text = if both {
                Text::new(
                    format!("{date} is given both as a day off and as a make-up working day"),
                    format!("{date}既列为放假日，又列为调休上班日"),
                )
            } else {
                Text::new(format!("{date} is listed twice"), format!("{date}列了两次"))
            };
            let found = finding(text, place, label_here())
                .with_label(span(first.clone()), Text::new("first here", "最初在此"))
                .with_help(Text::new("leave one of them out", "请去掉其中一个"));
            self.findings.push(found);
            return false;
        }
        year.seen.insert(date, place);
        if off {
            year.plan.holidays.insert(date);
        } else {
            year.plan.make_up.insert(date);
        }
        true
    }

    fn changes_nothing(&mut self, date: NaiveDate, place: Range<usize>, off: bool) {
        let at = usize::try_from(date.weekday().num_days_from_monday()).unwrap_or_default();
        let (en, zh) = WEEKDAYS[at];
        let text = if off {
            Text::new(
                format!("{date} is a {en}, which is no working day anyhow"),
                format!("{date}是{zh}，本来就不是工作日"),
            )
        } else {
            Text::new(
                format!("{date} is a {en}, which is worked anyhow"),
                format!("{date}是{zh}，本来就是工作日"),
            )
        };
        let help = Text::new(
            "check the date; if it is right, leave it out",
            "请核对日期；日期无误的，请去掉",
        );
        self.report(text, place, help);
    }

    fn date(&mut self, value: &Spanned<DeValue<'_>>) -> Option<NaiveDate> {
        let whole = value
            .get_ref()
            .as_datetime()
            .filter(|it| it.time.is_none() && it.offset.is_none());
        let Some(date) = whole.and_then(|it| it.date) else {
            self.not(
                value,
                "a day without quotes: `2024-05-01`",
                "不加引号的日期：`2024-05-01`",
            );
            return None;
        };
        let found =
            NaiveDate::from_ymd_opt(i32::from(date.year), date.month.into(), date.day.into());
        if found.is_none() {
            self.no_such_day(value.span());
        }
        found
    }

    fn weekend(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<Weekday> {
        let mut weekend = Vec::new();
        let Some(days) = value.get_ref().as_array() else {
            self.not(
                value,
                "a list of weekdays: `[\"saturday\", \"sunday\"]`",
                "星期的列表：`[\"周六\", \"周日\"]`",
            );
            return weekend;
        };
        for day in days {
            let word = day.get_ref().as_str().unwrap_or_default().trim();
            let at = WEEKDAYS
                .iter()
                .position(|(en, zh)| en.eq_ignore_ascii_case(word) || *zh == word);
            let weekday = at.and_then(|at| Weekday::try_from(u8::try_from(at).ok()?).ok());
            match weekday {
                Some(weekday) => weekend.push(weekday),
                None => self.not(day, "a weekday: `\"saturday\"`", "星期：`\"周六\"`"),
            }
        }
        weekend
    }

    fn not(&mut self, value: &Spanned<DeValue<'_>>, en: &str, zh: &str) {
        let place = value.span();
        if self
            .findings
            .iter()
            .any(|it| it.span() == span(place.clone()))
        {
            // The format has refused it already.
            return;
        }
        let written = self.text.get(place.clone()).unwrap_or_default();
        let written = written.lines().next().unwrap_or_default();
        self.report(
            Text::new(
                format!("`{written}` stands where something else is wanted"),
                format!("此处不应写`{written}`"),
            ),
            place,
            Text::new(format!("write {en}"), format!("请写{zh}")),
        );
    }

    /// What the format itself refuses; a day that does not exist is among it.
    fn unreadable(&mut self, message: &str, place: Range<usize>) {
        let written = self.text.get(place.clone()).unwrap_or_default().trim();
        let is_date = written.len() >= 8
            && written.starts_with(|c: char| c.is_ascii_digit())
            && written.chars().all(|c| c.is_ascii_digit() || c == '-');
        if is_date {
            self.no_such_day(place);
            return;
        }
        self.report(
            Text::new(
                format!("the file cannot be read as TOML: {message}"),
                format!("文件不合TOML格式：{message}"),
            ),
            place,
            Text::new(
                "days are written `off = [2024-05-01, { from = 2024-07-08, to = 2024-08-30 }]`",
                "日子写作`off = [2024-05-01, { from = 2024-07-08, to = 2024-08-30 }]`",
            ),
        );
    }

    fn no_such_day(&mut self, place: Range<usize>) {
        let written = self.text.get(place.clone()).unwrap_or_default().trim();
        let text = Text::new(
            format!("there is no day `{written}`"),
            format!("没有`{written}`这一天"),
        );
        let help = Text::new(
            "a day is written year-month-day: `2024-05-01`",
            "日期写作年-月-日：`2024-05-01`",
        );
        self.report(text, place, help);
    }

    fn report(&mut self, text: Text, place: Range<usize>, help: Text) {
        self.findings
            .push(finding(text, place, label_here()).with_help(help));
    }
}

type Key<'a> = Spanned<std::borrow::Cow<'a, str>>;

/// What a table holds, in the order of the text.
fn in_order<'t, 'a>(table: &'t DeTable<'a>) -> Vec<(&'t Key<'a>, &'t Spanned<DeValue<'a>>)> {
    let mut pairs: Vec<_> = table.iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    pairs
}

/// From Monday on.
const WEEKDAYS: [(&str, &str); 7] = [
    ("Monday", "周一"),
    ("Tuesday", "周二"),
    ("Wednesday", "周三"),
    ("Thursday", "周四"),
    ("Friday", "周五"),
    ("Saturday", "周六"),
    ("Sunday", "周日"),
];

fn span_help() -> Text {
    Text::new(
        "write `{ from = 2024-07-08, to = 2024-08-30 }`: both days included",
        "请写`{ from = 2024-07-08, to = 2024-08-30 }`：首尾两天都算在内",
    )
}

fn label_here() -> Text {
    Text::new("here", "在此")
}

fn finding(text: Text, place: Range<usize>, label: Text) -> Diagnostic {
    Diagnostic::error(Code::CALENDAR, text, span(place), label)
}

fn span(place: Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(offset(place.start), offset(place.end))
}
