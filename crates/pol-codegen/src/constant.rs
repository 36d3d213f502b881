//! Constants of a policy as expressions in Rust.

use crate::layout::string;
use crate::lexicon::Lexicon;
use pol::hir::Field;
use pol_calendar::{Datelike, Duration};
use pol_model::Value;

/// What a field holds where nothing is given; none if it must be given.
pub(crate) fn presumed(lexicon: &Lexicon, field: &Field) -> Option<String> {
    match &field.default {
        Some(value) => Some(expression(lexicon, field, value)),
        None if field.several => Some("Vec::new()".to_owned()),
        None if field.optional => Some("None".to_owned()),
        None => None,
    }
}

/// A constant of the type that a field has.
fn expression(lexicon: &Lexicon, field: &Field, value: &Value) -> String {
    match value {
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => match (field.range, number.parts()) {
            (Some(_), (whole, _)) => format!("Whole::of::<{whole}>()"),
            (None, (whole, 1)) => format!("Number::whole({})", grouped(whole)),
            (None, (over, under)) => {
                let (over, under) = (grouped(over), grouped(under));
                format!("pol_runtime::constant::ratio({over}, {under})")
            }
        },
        Value::Date(day) => format!(
            "pol_runtime::constant::date({}, {}, {})",
            day.year(),
            day.month(),
            day.day()
        ),
        Value::Duration(duration) => match duration {
            Duration::Days(count) => format!("Duration::Days({count})"),
            Duration::Weeks(count) => format!("Duration::Weeks({count})"),
            Duration::Months(count) => format!("Duration::Months({count})"),
            Duration::Years(count) => format!("Duration::Years({count})"),
            Duration::WorkingDays { count, calendar } => {
                format!(
                    "pol_runtime::constant::working_days({count}, {})",
                    calendar.0
                )
            }
        },
        Value::Symbol(set, place) => {
            let set = lexicon.enums.get(set.at()).and_then(Option::as_ref);
            let variant =
                set.and_then(|set| Some((&set.name, set.variants.get(usize::from(*place))?)));
            variant.map_or_else(String::new, |(name, variant)| format!("{name}::{variant}"))
        }
        Value::Text(text) => format!("{}.into()", string(text)),
        Value::Member(_) => "None".to_owned(),
        Value::List(values) => {
            let values = values.iter().map(|value| expression(lexicon, field, value));
            format!("vec![{}]", values.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A whole number with `_` between thousands, as clippy wants long ones.
fn grouped(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "-" } else { "" };
    if digits.len() < 6 {
        return format!("{sign}{digits}");
    }
    let lead = digits.len() % 3;
    let (first, rest) = digits.split_at(lead);
    let thousands = rest
        .as_bytes()
        .chunks(3)
        .map(|group| String::from_utf8_lossy(group).into_owned());
    let groups = std::iter::once(first.to_owned())
        .filter(|first| !first.is_empty())
        .chain(thousands);
    format!("{sign}{}", groups.collect::<Vec<_>>().join("_"))
}
