//! A cell to a value of a declared type, exactly or not at all.

mod date;
mod number;

use crate::problem::Problem;
use crate::source::Cell;
use crate::text::visible;
use crate::words::{Members, Vocabulary};
use pol_calendar::{CalendarIx, Duration};
use pol_model::{KindIx, MemberIx, Value};
use pol_semantics::hir::{Field, Type};
use pol_syntax::Code;

pub(crate) use date::{date_of, day_of, time_of};

/// What a value is read with.
pub(crate) struct Reader<'a> {
    pub words: &'a Vocabulary<'a>,
    pub members: &'a Members,
}

impl Reader<'_> {
    /// The value of a filled cell for a field or attribute.
    pub fn field(&self, field: &Field, cell: &Cell) -> Result<Value, Problem> {
        if !field.several {
            return self.single(field, cell);
        }
        let mut values = Vec::new();
        for part in self.parts(field, cell) {
            let value = self.single(field, &part)?;
            if values.contains(&value) {
                return Err(twice(&part));
            }
            values.push(value);
        }
        Ok(Value::List(values))
    }

    /// The members that a cell names.
    pub fn members(&self, kinds: &[KindIx], cell: &Cell) -> Result<Vec<MemberIx>, Problem> {
        let whole = self.members.find(&word(cell)?, kinds, self.words);
        let parts = split(cell);
        if whole.is_ok() || parts.len() < 2 {
            return whole.map(|member| vec![member]);
        }
        let mut members = Vec::new();
        for part in parts {
            let member = self.members.find(&word(&part)?, kinds, self.words)?;
            if members.contains(&member) {
                return Err(twice(&part));
            }
            members.push(member);
        }
        Ok(members)
    }

    /// The parts of a cell of several values; a name that itself holds a separator is one.
    fn parts(&self, field: &Field, cell: &Cell) -> Vec<Cell> {
        if self.single(field, cell).is_ok() && field.ty != Type::Text {
            vec![cell.clone()]
        } else {
            split(cell)
        }
    }

    /// One value; a cell with separators that cannot be read is most likely several.
    fn single(&self, field: &Field, cell: &Cell) -> Result<Value, Problem> {
        refuse_faults(cell)?;
        if field.ty == Type::Text && matches!(cell, Cell::List(parts) if parts.len() > 1) {
            return Err(several(cell));
        }
        self.typed(field, cell).map_err(|problem| {
            if split(cell).len() < 2 {
                problem
            } else {
                several(cell)
            }
        })
    }

    fn typed(&self, field: &Field, cell: &Cell) -> Result<Value, Problem> {
        let value = match field.ty {
            Type::Bool => Value::Bool(yes_or_no(cell)?),
            Type::Number(unit) => {
                let unit = unit.and_then(|unit| self.words.policy.units.get(unit.at()));
                Value::Number(number::counted(cell, unit, self.words.policy)?)
            }
            Type::Share => Value::Number(number::share(cell)?),
            Type::Money => Value::Number(number::money(cell)?),
            Type::Date => Value::Date(day_of(cell)?),
            Type::Duration => Value::Duration(self.duration(cell)?),
            Type::Enum(list) => {
                let typed = word(cell)?;
                let words = self.words.enums.get(list.at());
                let words = words.ok_or_else(|| choice_of_nothing(&typed))?;
                let name = field.named.display();
                let at = words.one(
                    Code::DATA_CHOICE,
                    &typed,
                    &format!("value of `{name}`"),
                    &format!("`{name}`取值"),
                )?;
                Value::Symbol(list, at)
            }
            Type::Text | Type::Error => Value::Text(cell.shown().trim().into()),
            Type::Member(kind) => {
                let typed = word(cell)?;
                let found = self.members.find(&typed, &[kind], self.words);
                Value::Member(found?)
            }
        };
        if let (Some((least, most)), Value::Number(number)) = (field.range, &value) {
            number::in_range(*number, least, most)?;
        }
        Ok(value)
    }

    fn duration(&self, cell: &Cell) -> Result<Duration, Problem> {
        let typed = word(cell)?;
        let wrong = || {
            let shown = visible(&typed);
            Problem::new(
                Code::DATA_NUMBER,
                format!("`{shown}` is not a span of time"),
                format!("`{shown}`不是时长"),
            )
            .help(
                "write it as `30 days`, `2 weeks`, `1 month`, `1 year` or `7 working days`",
                "写作`30天`、`2周`、`1个月`、`1年`或`7个工作日`",
            )
        };
        let normal = crate::text::normal(&typed);
        let digits = normal.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = normal.split_at(digits);
        let count: u32 = count.parse().map_err(|_| wrong())?;
        match unit.trim().to_lowercase().as_str() {
            "日" | "天" | "day" | "days" => Ok(Duration::Days(count)),
            "周" | "个星期" | "week" | "weeks" => Ok(Duration::Weeks(count)),
            "个月" | "month" | "months" => Ok(Duration::Months(count)),
            "年" | "year" | "years" => Ok(Duration::Years(count)),
            "个工作日" | "工作日" | "working day" | "working days" => {
                Ok(Duration::WorkingDays {
                    count,
                    calendar: CalendarIx::DEFAULT,
                })
            }
            _ => self
                .days_of_a_calendar(count, unit.trim())
                .ok_or_else(wrong),
        }
    }

    /// `10 school days`, 10个工作日（校历）: the unit without its number.
    fn days_of_a_calendar(&self, count: u32, unit: &str) -> Option<Duration> {
        let name = unit
            .strip_suffix("days")
            .or_else(|| unit.strip_suffix("day"))
            .or_else(|| {
                let name = unit.strip_prefix('个').unwrap_or(unit);
                name.strip_prefix("工作日(")?.strip_suffix(')')
            })?;
        let calendar = self.words.policy.calendars.find(name.trim())?;
        Some(Duration::WorkingDays { count, calendar })
    }
}

fn choice_of_nothing(typed: &str) -> Problem {
    let shown = visible(typed);
    Problem::new(
        Code::DATA_CHOICE,
        format!("`{shown}` is not a value of this field"),
        format!("`{shown}`不是此字段的取值"),
    )
}

fn twice(part: &Cell) -> Problem {
    let shown = visible(&part.shown());
    Problem::new(
        Code::DATA_SEVERAL,
        format!("`{shown}` is named twice"),
        format!("`{shown}`重复"),
    )
}

fn several(cell: &Cell) -> Problem {
    let shown = visible(&cell.shown());
    Problem::new(
        Code::DATA_SEVERAL,
        format!("`{shown}` are several values; this column takes one"),
        format!("`{shown}`是几个值，此列只能填一个"),
    )
    .help("write a row for each", "请分行填写")
}

/// The word that a cell holds; numbers and dates are words too, where names look like them.
pub(crate) fn word(cell: &Cell) -> Result<String, Problem> {
    refuse_faults(cell)?;
    if let Cell::List(parts) = cell
        && parts.len() > 1
    {
        return Ok(cell.shown());
    }
    if let Cell::Text(text) = cell {
        return Ok(text.trim().to_owned());
    }
    Ok(cell.shown().trim().to_owned())
}

fn refuse_faults(cell: &Cell) -> Result<(), Problem> {
    match cell {
        Cell::Fault(shown) | Cell::Alien(shown) | Cell::Inexact(shown) => {
            Err(fault(cell, &visible(shown)))
        }
        _ => Ok(()),
    }
}

/// What is wrong with a cell that holds no value.
fn fault(cell: &Cell, shown: &str) -> Problem {
    match cell {
        Cell::Fault(_) => Problem::new(
            Code::DATA_CELL,
            format!("the cell holds the spreadsheet's error `{shown}`"),
            format!("单元格是表格软件的错误值`{shown}`"),
        )
        .help(
            "mend its formula, or type the value",
            "请修正公式，或直接填写内容",
        ),
        Cell::Inexact(_) => Problem::new(
            Code::DATA_NUMBER,
            format!("the number `{shown}` has more digits than its cell holds exactly"),
            format!("数字`{shown}`的位数超过单元格能准确保存的位数"),
        )
        .help(
            "format the cell as text and type it again",
            "请把单元格设为文本格式后重新填写",
        ),
        _ => Problem::new(
            Code::DATA_CELL,
            format!("`{shown}` is no value that a cell can hold"),
            format!("`{shown}`不是单元格能有的值"),
        ),
    }
}

fn split(cell: &Cell) -> Vec<Cell> {
    match cell {
        Cell::List(parts) => parts.clone(),
        Cell::Text(text) => text
            .split([';', '；', '、'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| Cell::Text(part.into()))
            .collect(),
        other => vec![other.clone()],
    }
}

fn yes_or_no(cell: &Cell) -> Result<bool, Problem> {
    if let Cell::Bool(yes) = cell {
        return Ok(*yes);
    }
    match crate::text::normal(&word(cell)?).to_lowercase().as_str() {
        "是" | "yes" | "true" => Ok(true),
        "否" | "no" | "false" => Ok(false),
        other => {
            let shown = visible(other);
            Err(Problem::new(
                Code::DATA_CHOICE,
                format!("`{shown}` is neither yes nor no"),
                format!("`{shown}`既不是“是”也不是“否”"),
            )
            .help("write `yes` or `no`", "请填`是`或`否`"))
        }
    }
}
