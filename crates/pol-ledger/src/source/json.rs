//! JSON Lines: one object on each line, its keys being the headers.

use super::{Cell, Row, Sheet, Sheets, Tally, text_cell};
use crate::problem::{Place, Problem};
use crate::text::visible;
use pol_syntax::Code;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Reads a text; blank lines are skipped.
pub(super) fn read(file: &str, text: &str) -> Sheets {
    let mut rows = Rows::new(file);
    for (number, line) in (1_u32..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let object: Object = serde_json::from_str(line).map_err(|error| {
            let problem = Problem::new(
                Code::DATA_FORMAT,
                format!("this line is not a JSON object: {error}"),
                format!("此行不是JSON对象：{error}"),
            );
            rows.fail(
                problem.help(
                    "each line is one object, such as {\"date\": \"2023-08-09\", \"kind\": …}",
                    "每行一个对象，例如 {\"日期\": \"2023-08-09\", \"事项\": …}",
                ),
                number,
            )
        })?;
        rows.push(number, object.0)?;
    }
    Ok(vec![rows.sheet])
}

/// Rows that the caller holds as values; the first is line 1.
pub(crate) fn rows_of_values(
    name: &str,
    values: &[serde_json::Map<String, Value>],
) -> Result<Vec<Sheet>, crate::problem::DataErrors> {
    let mut rows = Rows::new(name);
    for (number, value) in (1_u32..).zip(values) {
        let pairs = value
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()));
        rows.push(number, pairs.collect())
            .map_err(|error| crate::problem::DataErrors::from(*error))?;
    }
    Ok(vec![rows.sheet])
}

/// The rows read so far, and the columns that their keys made.
struct Rows {
    sheet: Sheet,
    columns: BTreeMap<String, u32>,
    tally: Tally,
}

impl Rows {
    fn new(file: &str) -> Self {
        Self {
            sheet: Sheet {
                file: file.into(),
                name: None,
                keys: Some(Vec::new()),
                rows: Vec::new(),
                merged: Vec::new(),
            },
            columns: BTreeMap::new(),
            tally: Tally::default(),
        }
    }

    fn fail(&self, problem: Problem, line: u32) -> Box<crate::problem::DataError> {
        let place = Place {
            file: Arc::clone(&self.sheet.file),
            line,
            ..Place::default()
        };
        Box::new(problem.at(place, None))
    }

    fn push(
        &mut self,
        line: u32,
        pairs: Vec<(String, Value)>,
    ) -> Result<(), Box<crate::problem::DataError>> {
        let mut cells: Vec<(u32, Cell)> = Vec::new();
        for (key, value) in pairs {
            let column = self.column(&key);
            if cells.iter().any(|(other, _)| *other == column) {
                let shown = visible(&key);
                let problem = Problem::new(
                    Code::DATA_DOUBLE_COLUMN,
                    format!("the key `{shown}` stands twice in one object"),
                    format!("同一对象中`{shown}`出现两次"),
                );
                return Err(self.fail(problem, line));
            }
            let cell = cell(value).map_err(|problem| self.fail(problem, line))?;
            cells.extend(cell.map(|cell| (column, cell)));
        }
        if cells.is_empty() {
            return Ok(());
        }
        cells.sort_by_key(|(column, _)| *column);
        let row = Row { line, cells };
        self.tally
            .row(&row)
            .map_err(|problem| self.fail(problem, line))?;
        self.sheet.rows.push(row);
        Ok(())
    }

    fn column(&mut self, key: &str) -> u32 {
        if let Some(column) = self.columns.get(key) {
            return *column;
        }
        let keys = self.sheet.keys.get_or_insert_default();
        let column = u32::try_from(keys.len()).unwrap_or(u32::MAX);
        keys.push(key.into());
        self.columns.insert(key.to_owned(), column);
        column
    }
}

fn cell(value: Value) -> Result<Option<Cell>, Problem> {
    Ok(match value {
        Value::Null => None,
        Value::Bool(yes) => Some(Cell::Bool(yes)),
        Value::String(text) => text_cell(&text)?,
        Value::Number(number) => Some(match number.as_i128() {
            Some(whole) => Cell::Number(whole.to_string().into()),
            // Above 64 bits serde_json holds an approximation.
            None => match number.as_f64() {
                Some(float) if float.abs() < 1e15 => Cell::Number(float.to_string().into()),
                _ => Cell::Inexact(number.to_string().into()),
            },
        }),
        Value::Array(values) => {
            let mut cells = Vec::new();
            for value in values {
                cells.extend(cell(value)?);
            }
            (!cells.is_empty()).then_some(Cell::List(cells))
        }
        Value::Object(_) => Some(Cell::Alien(value.to_string().into())),
    })
}

/// An object whose keys stand in order, doubled ones included, which a map would drop in silence.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}
