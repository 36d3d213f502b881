//! The constants of the calendar of China are those of `data/china.toml`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use toml::Value;
use toml::value::Array;

/// Writes the table from the data. A difference is mended at once, and still fails: the change must
/// be seen and committed.
#[test]
fn table_is_the_data() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = fs::read_to_string(root.join("data/china.toml")).unwrap();
    let table = root.join("src/china/table.rs");
    let wanted = render(&data.parse::<toml::Table>().unwrap());
    if fs::read_to_string(&table).unwrap() != wanted {
        fs::write(&table, wanted).unwrap();
        panic!("src/china/table.rs was stale and has been written anew: run the tests again");
    }
}

fn render(data: &toml::Table) -> String {
    let mut out = String::from(
        "//! Generated from data/china.toml by `cargo test -p pol-calendar`; do not edit.\n\n\
         use super::{Notice, day, off};\n\n\
         #[rustfmt::skip]\n\
         pub(super) const NOTICES: &[Notice] = &[\n",
    );
    for notice in array(&data["notice"]) {
        let title = notice["title"].as_str().unwrap();
        let number = notice
            .get("number")
            .map(|number| format!("（{}）", number.as_str().unwrap()));
        let source = format!("{title}{}", number.unwrap_or_default());
        writeln!(out, "    Notice {{ source: {source:?}, holidays: &[").unwrap();
        for holiday in array(&notice["holidays"]) {
            let work: Vec<String> = holiday
                .get("work")
                .map(|work| array(work).iter().map(day).collect())
                .unwrap_or_default();
            let (first, last) = (day(&holiday["first"]), day(&holiday["last"]));
            let name = holiday["name"].as_str().unwrap();
            writeln!(
                out,
                "        off({first}, {last}, &[{}]), // {name}",
                work.join(", ")
            )
            .unwrap();
        }
        out.push_str("    ] },\n");
    }
    out.push_str("];\n");
    out
}

fn array(value: &Value) -> &Array {
    value.as_array().unwrap()
}

fn day(value: &Value) -> String {
    let date = value.as_datetime().unwrap().date.unwrap();
    format!("day({}, {}, {})", date.year, date.month, date.day)
}
