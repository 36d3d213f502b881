//! Numbers as data: whole ones as `3`, others as fractions in lowest terms, `1/4`, always in a string,
//! so that no reader makes a float of them.

use crate::Number;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.parts() {
            (whole, 1) => serializer.collect_str(&whole),
            (numer, denom) => serializer.collect_str(&format_args!("{numer}/{denom}")),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        fraction(&text).ok_or_else(|| {
            let wanted = "a whole number or a fraction in lowest terms, such as \"3\" or \"1/4\"";
            D::Error::custom(format!("`{text}` is not {wanted}"))
        })
    }
}

fn fraction(text: &str) -> Option<Number> {
    let Some((numer, denom)) = text.split_once('/') else {
        return text.parse().ok().map(Number::whole);
    };
    let parts: (i128, i128) = (numer.parse().ok()?, denom.parse().ok()?);
    if parts.1 <= 1 {
        return None;
    }
    let number = Number::whole(parts.0).over(Number::whole(parts.1))?;
    (number.parts() == parts).then_some(number)
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An exact number: whole, or a fraction in lowest terms.",
            "type": "string",
            "pattern": "^-?[0-9]+(/[0-9]+)?$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_exactly_and_read_back() {
        let written = [
            (Number::whole(3), "\"3\""),
            (
                Number::whole(i128::MIN),
                "\"-170141183460469231731687303715884105728\"",
            ),
            (Number::decimal(25, 2).unwrap(), "\"1/4\""),
            (Number::decimal(-1, 1).unwrap(), "\"-1/10\""),
        ];
        for (number, text) in written {
            assert_eq!(serde_json::to_string(&number).unwrap(), text);
            assert_eq!(serde_json::from_str::<Number>(text).unwrap(), number);
        }
    }

    #[test]
    fn what_is_no_exact_number_is_refused() {
        let least = i128::MIN;
        for text in [
            "1/0",
            "2/4",
            "3/1",
            "1/-4",
            "0.25",
            "",
            "1/",
            &format!("{least}/{least}"),
        ] {
            let json = serde_json::to_string(text).unwrap();
            assert!(serde_json::from_str::<Number>(&json).is_err(), "{text}");
        }
        assert!(
            serde_json::from_str::<Number>("3").is_err(),
            "a number that is no string"
        );
        let third = format!("{least}/3");
        let json = serde_json::to_string(&third).unwrap();
        assert!(
            serde_json::from_str::<Number>(&json).is_ok(),
            "the least numerator there is"
        );
    }
}
