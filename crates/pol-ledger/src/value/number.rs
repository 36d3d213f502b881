//! Numbers, exactly: no exponents, no thousands separators, units checked.

use super::word;
use crate::problem::Problem;
use crate::source::Cell;
use crate::text::{normal, visible};
use pol_model::Number;
use pol_semantics::hir::{Policy, Unit};
use pol_syntax::Code;

/// Measure words of what is measured, not counted: only these take fractions.
const MEASURES: [&str; 24] = [
    "元",
    "万元",
    "亿元",
    "yuan",
    "亩",
    "公顷",
    "平方米",
    "立方米",
    "米",
    "公里",
    "千米",
    "里",
    "吨",
    "公斤",
    "千克",
    "斤",
    "小时",
    "分",
    "hour",
    "km",
    "ha",
    "kg",
    "mu",
    "point",
];

/// A number and what stands behind it.
fn parts(cell: &Cell) -> Result<(Number, String), Problem> {
    let typed = word(cell)?;
    let text = normal(&typed).replace('\u{2212}', "-");
    let shown = || visible(&typed);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.as_str()),
    };
    let whole = digits.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = digits.split_at(whole);
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(after) => after.split_at(after.bytes().take_while(u8::is_ascii_digit).count()),
        None => ("", rest),
    };
    let dangling = digits
        .get(whole.len()..)
        .is_some_and(|rest| rest.starts_with('.'))
        && fraction.is_empty();
    if whole.is_empty() || dangling {
        return Err(not_a_number(&shown(), &text));
    }
    let behind = rest.trim();
    let next_is_digit = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    if let Some(after) = behind.strip_prefix([',', '\''])
        && next_is_digit(after)
    {
        let shown = shown();
        return Err(bad(
            format!("`{shown}`: it is not clear what the comma means"),
            format!("`{shown}`中的逗号意思不明"),
        )
        .help("write the digits without it", "请去掉逗号，直接写数字"));
    }
    if let Some(after) = behind.strip_prefix(['e', 'E'])
        && next_is_digit(after.trim_start_matches(['+', '-']))
    {
        let shown = shown();
        return Err(bad(
            format!("`{shown}` is written with an exponent"),
            format!("`{shown}`是科学计数法"),
        )
        .help(
            "write the number out, such as `1000`",
            "请写出完整的数字，如`1000`",
        ));
    }
    let digits = format!("{whole}{fraction}");
    let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    let number = digits
        .parse::<i128>()
        .ok()
        .and_then(|digits| Number::decimal(if negative { -digits } else { digits }, scale))
        .ok_or_else(|| {
            let shown = shown();
            bad(
                format!("`{shown}` has too many digits"),
                format!("`{shown}`位数太多"),
            )
        })?;
    Ok((number, behind.to_owned()))
}

fn bad(en: String, zh: String) -> Problem {
    Problem::new(Code::DATA_NUMBER, en, zh)
}

fn not_a_number(shown: &str, text: &str) -> Problem {
    let problem = bad(
        format!("`{shown}` is not a number"),
        format!("`{shown}`不是数字"),
    );
    let chinese = text
        .chars()
        .next()
        .is_some_and(|c| "零〇一二两三四五六七八九十百千万半几".contains(c));
    if chinese {
        problem.help("write it in digits, such as `3`", "请用阿拉伯数字，如`3`")
    } else {
        problem.help(
            "write digits only, such as `3` or `2.5`",
            "请只写数字，如`3`或`2.5`",
        )
    }
}

/// A number, bare or with the unit that the field takes. What is counted is whole and not negative.
pub(super) fn counted(
    cell: &Cell,
    unit: Option<&Unit>,
    policy: &Policy,
) -> Result<Number, Problem> {
    let (number, behind) = parts(cell)?;
    let shown = || visible(&cell.shown());
    if !behind.is_empty() {
        let shown = shown();
        let is = |unit: &Unit| {
            normal(&unit.named.name) == behind
                || unit.named.label.as_deref().map(normal).as_deref() == Some(&behind)
        };
        match unit {
            Some(unit) if is(unit) => {}
            Some(unit) => {
                let wanted = unit.named.display();
                let problem = if policy.units.iter().any(is) {
                    Problem::new(
                        Code::DATA_UNIT,
                        format!("`{shown}` is counted in `{behind}`; this field counts `{wanted}`"),
                        format!("`{shown}`的单位是`{behind}`，此字段的单位是`{wanted}`"),
                    )
                } else {
                    trailing(&shown, &behind)
                };
                return Err(problem.help(
                    format!("write the number alone, or with `{wanted}`"),
                    format!("只写数字，或写上`{wanted}`"),
                ));
            }
            None => {
                return Err(trailing(&shown, &behind).help("write the number alone", "只写数字"));
            }
        }
    }
    let Some(unit) = unit else {
        return Ok(number);
    };
    let word = unit.named.display();
    if number < Number::ZERO {
        let shown = shown();
        return Err(Problem::new(
            Code::DATA_RANGE,
            format!("`{shown}`: a count of `{word}` is never negative"),
            format!("`{shown}`：`{word}`数不能是负数"),
        ));
    }
    let measured = [&unit.named.name, word]
        .iter()
        .any(|name| MEASURES.contains(name));
    if number.to_whole().is_none() && !measured {
        let shown = shown();
        return Err(Problem::new(
            Code::DATA_RANGE,
            format!("`{shown}`: a count of `{word}` is a whole number"),
            format!("`{shown}`：`{word}`数应是整数"),
        ));
    }
    Ok(number)
}

fn trailing(shown: &str, behind: &str) -> Problem {
    let behind = visible(behind);
    bad(
        format!("`{shown}`: `{behind}` behind the number has no meaning here"),
        format!("`{shown}`：数字后面的`{behind}`在此没有意义"),
    )
}

/// A share: `25%`, `2‰`, or a decimal of at most 1.
pub(super) fn share(cell: &Cell) -> Result<Number, Problem> {
    let (number, behind) = parts(cell)?;
    let shown = visible(&cell.shown());
    let divided = match behind.as_str() {
        "%" => number.over(Number::whole(100)),
        "‰" => number.over(Number::whole(1000)),
        "" if number <= Number::whole(1) => Some(number),
        "" => {
            return Err(bad(
                format!("`{shown}`: it is not clear whether this is a percentage"),
                format!("`{shown}`：不清楚是不是百分比"),
            )
            .help(
                format!("write `{shown}%`, or a decimal such as `0.25`"),
                format!("请写`{shown}%`，或小数如`0.25`"),
            ));
        }
        other => return Err(trailing(&shown, other)),
    };
    let share = divided.ok_or_else(|| not_a_number(&shown, ""))?;
    if share < Number::ZERO {
        return Err(Problem::new(
            Code::DATA_RANGE,
            format!("`{shown}`: a share is never negative"),
            format!("`{shown}`：比例不能是负数"),
        ));
    }
    Ok(share)
}

/// An amount of money in 元; `万元` and `亿元` are reckoned out.
pub(super) fn money(cell: &Cell) -> Result<Number, Problem> {
    let (number, behind) = parts(cell)?;
    let shown = visible(&cell.shown());
    let times = match behind.as_str() {
        "" | "元" | "yuan" => 1,
        "万" | "万元" => 10_000,
        "亿" | "亿元" => 100_000_000,
        other => {
            return Err(trailing(&shown, other)
                .help("write the amount in `元` or `万元`", "请写`元`或`万元`"));
        }
    };
    number
        .times(Number::whole(times))
        .ok_or_else(|| not_a_number(&shown, ""))
}

/// Refuses what a field's range leaves out.
pub(super) fn in_range(number: Number, least: i64, most: i64) -> Result<(), Problem> {
    let fits = number
        .to_whole()
        .is_some_and(|whole| (i128::from(least)..=i128::from(most)).contains(&whole));
    if fits {
        return Ok(());
    }
    Err(Problem::new(
        Code::DATA_RANGE,
        format!("`{number}` is not a whole number from {least} to {most}"),
        format!("`{number}`不是{least}到{most}的整数"),
    ))
}
