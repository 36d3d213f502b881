//! What to do about something unexpected, where the place and what stands there tell it.

use super::words;
use crate::Text;
use pol_grammar::Rule;
use pol_grammar::keywords;

/// Advice on what stands at a byte.
pub(super) fn help(text: &str, at: usize, rules: &[Rule]) -> Option<Text> {
    let rest = text.get(at..)?;
    let sign = rest.chars().next()?;
    let word = words::word_at(text, at);
    let after = rest[word.len()..].trim_start_matches(words::is_blank);
    let has = |rule| rules.contains(&rule);
    let (en, zh) = match sign {
        '；' | ';' => (
            "separate actions and names by `,`",
            "后果之间、名称之间用 `、` 隔开",
        ),
        '。' => ("a line ends without a full stop", "行末不写句号"),
        ',' | '，' | '、' | '>' | '＞' if has(Rule::below) => ORDER,
        ',' | '，' | '、' if has(Rule::kw_and) || has(Rule::then_clause) => (
            "join conditions by `and` or `or`",
            "条件之间用 `且` 或 `或` 连接",
        ),
        '{' | '｛' if !has(Rule::lbrace) && has(Rule::sum) => (
            "a table stands without `=` before its braces",
            "表格的 `｛` 之前不写 `=`",
        ),
        '.' | '．' | '…' | '-' | '－' | '~' | '～' if has(Rule::sets) && has(Rule::lbrace) => {
            (
                "a row has one bound, and the rows are read from above: `< 3 = …`, `<= 10 = …`, `else = …`",
                "每行只写一个界限，从上往下看：`< 3 = …`、`10以下 = …`、`其余 = …`",
            )
        }
        '-' | '－' | '~' | '～' | '至' if has(Rule::dots) => {
            ("write a range as `1..15`", "范围写作 `1..15`")
        }
        ':' | '：' if has(Rule::sets) => (
            "a value is set by `=`; `:` gives a field its type",
            "给值用 `=`；`：` 只用来说明字段的类型",
        ),
        c if c.is_numeric() && has(Rule::extent) => (
            "write `for` before a length of time: `for 1 month`",
            "时长之前写 `为期`：`为期 1个月`",
        ),
        _ if has(Rule::fields) && after.starts_with([':', '：']) => (
            "fields stand in braces: `{ clause: 1..15 }`",
            "字段写在花括号里：`｛ 情形：1..15 ｝`",
        ),
        c if has(Rule::date) && c.is_numeric() => (
            "write year, month and day: `2023-08-07`",
            "请写全年、月、日：`2023年8月7日`",
        ),
        _ => return None,
    };
    Some(Text::new(en, zh))
}

const ORDER: (&str, &str) = (
    "write the values from the lowest to the highest with `<` between them",
    "请从低到高书写，中间用 `<`：`未挂牌 < 黄牌 < 红牌`",
);

/// Where a name alone was taken for the first word of a longer form, whose second word then failed:
/// the name's place, and what could have stood there.
pub(super) fn misled(text: &str, at: usize, rules: &[Rule]) -> Option<(usize, &'static [Rule])> {
    let (before, word) = words::word_before(text, at);
    let has = |rule| rules.contains(&rule);
    if word.is_empty() || has(Rule::sets) || has(Rule::lbrace) {
        return None;
    }
    if word == "in" && has(Rule::kw_force_en) && !has(Rule::name) {
        // `3 findings in year`: there is nothing before `in` that counts.
        return Some((before, &[Rule::comparison_sign, Rule::kw_and, Rule::kw_or]));
    }
    // 最近12个月 检查: the word that closes the window is missing.
    let (_, first) = words::word_before(text, before);
    let opens_window = |name| {
        keywords::keyword(name).is_some_and(|keyword| {
            keyword
                .chinese
                .iter()
                .any(|zh| first.starts_with(zh.as_str()) && first != zh)
        })
    };
    if opens_window("recent_zh") || opens_window("any_zh") {
        return Some((before, &[Rule::kw_inside_zh]));
    }
    if has(Rule::kw_at_least_zh) {
        return Some((before, &[Rule::comparison_sign, Rule::kw_and, Rule::kw_or]));
    }
    let line = text[..before].rfind('\n').map_or(0, |end| end + 1);
    let opens_line = text[line..before].chars().all(words::is_blank);
    if has(Rule::kw_after_en) {
        let clauses = if opens_line {
            CLAUSES
        } else {
            within(words::first_word(&text[line..]))
        };
        return Some((before, clauses));
    }
    let second = |rule: &Rule| {
        matches!(
            rule,
            Rule::kw_of_en | Rule::kw_of_zh | Rule::kw_ended_zh | Rule::kw_within_en | Rule::state
        )
    };
    (opens_line && !rules.is_empty() && rules.iter().all(second) && starts_duty(text))
        .then_some((before, &[Rule::duty_time]))
}

/// What opens a clause of a rule.
const CLAUSES: &[Rule] = &[
    Rule::trigger,
    Rule::if_clause,
    Rule::decided_by,
    Rule::then_clause,
];

/// What could have gone on within the clause that a word opens.
fn within(opening: &str) -> &'static [Rule] {
    let is = |name| {
        keywords::keyword(name).is_some_and(|k| k.spellings().any(|spelling| spelling == opening))
    };
    if is("for") {
        &[Rule::comma, Rule::trigger]
    } else if is("then") || is("otherwise") {
        &[Rule::extent, Rule::comma, Rule::otherwise_clause]
    } else if is("on") {
        &[
            Rule::where_clause,
            Rule::comma,
            Rule::if_clause,
            Rule::then_clause,
        ]
    } else {
        &[
            Rule::kw_and,
            Rule::kw_or,
            Rule::where_clause,
            Rule::window_en,
        ]
    }
}

fn starts_duty(text: &str) -> bool {
    words::declaration_rule(words::first_word(text)) == Some(Rule::duty)
}
