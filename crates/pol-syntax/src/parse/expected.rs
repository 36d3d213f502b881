//! What the parser expected, in groups that a reader knows instead of rules of the grammar.

use crate::Text;
use pol_grammar::Rule;
use pol_grammar::keywords::{self, table};

/// A group with the rank in which it is named, in either language; a word that only one language
/// has is left out of lists in the other.
struct Group {
    rank: u8,
    en: Option<String>,
    zh: Option<String>,
}

/// From this rank on, groups can follow almost everything (signs of arithmetic, further windows)
/// and tell nothing where something else was expected.
const COMMON: u8 = 8;
/// No list is longer.
const LONGEST: usize = 7;

/// What was expected, as `A, B or C`, the most telling first, without repetition.
pub(super) fn list(rules: &[Rule]) -> Text {
    // What a number's unit could have been is not what was missing.
    let unit = rules.contains(&Rule::span_day);
    let mut groups: Vec<Group> = rules
        .iter()
        .filter(|rule| !(unit && **rule == Rule::name))
        .filter_map(|rule| group(*rule))
        .collect();
    groups.sort_by(|a, b| a.rank.cmp(&b.rank).then_with(|| a.en.cmp(&b.en)));
    // Where all that was expected has a word in the other language only, that word is named.
    let lacks = |word: fn(&Group) -> &Option<String>| {
        !groups
            .iter()
            .any(|group| group.rank < COMMON && word(group).is_some())
    };
    let (no_en, no_zh) = (lacks(|group| &group.en), lacks(|group| &group.zh));
    let en = groups.iter().map(|group| {
        let other = group.zh.as_deref().filter(|_| no_en);
        (group.rank, group.en.as_deref().or(other))
    });
    let zh = groups.iter().map(|group| {
        let other = group.en.as_deref().filter(|_| no_zh);
        (group.rank, group.zh.as_deref().or(other))
    });
    Text::new(join(en, ", ", " or "), join(zh, "、", "或"))
}

fn join<'g>(groups: impl Iterator<Item = (u8, Option<&'g str>)>, comma: &str, or: &str) -> String {
    let mut named: Vec<(u8, &str)> = Vec::new();
    for (rank, text) in groups {
        if let Some(text) = text
            && named.iter().all(|(_, before)| *before != text)
        {
            named.push((rank, text));
        }
    }
    let telling = named.iter().filter(|(rank, _)| *rank < COMMON).count();
    named.truncate(if telling > 0 { telling } else { named.len() }.min(LONGEST));
    let texts: Vec<&str> = named.into_iter().map(|(_, text)| text).collect();
    match texts.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{}{or}{last}", before.join(comma)),
        None => String::new(),
    }
}

fn text(rank: u8, en: &str, zh: &str) -> Group {
    Group {
        rank,
        en: Some(en.to_owned()),
        zh: Some(zh.to_owned()),
    }
}

/// Rules that a reader knows by one name: rank, rules, English, Chinese.
const GROUPS: &[(u8, &[Rule], &str, &str)] = &[
    (9, &[Rule::EOI], "the end of the declaration", "声明的结束"),
    (
        0,
        &[
            Rule::name,
            Rule::labelled,
            Rule::names,
            Rule::expected_name,
            Rule::field,
        ],
        "a name",
        "名称",
    ),
    (
        0,
        &[Rule::member_id, Rule::member],
        "a member's id",
        "对象的编号",
    ),
    (
        0,
        &[
            Rule::event_name,
            Rule::event_pattern,
            Rule::event_patterns,
            Rule::event_pattern_where,
            Rule::event_set,
        ],
        "the name of an event",
        "事项的名称",
    ),
    (
        0,
        &[
            Rule::condition,
            Rule::conjunction,
            Rule::negation,
            Rule::comparison,
            Rule::where_or,
            Rule::where_and,
            Rule::where_not,
            Rule::where_comparison,
            Rule::where_group,
            Rule::where_negation,
            Rule::share_filter,
        ],
        "a condition",
        "条件",
    ),
    (
        0,
        &[
            Rule::sum,
            Rule::product,
            Rule::factor,
            Rule::where_sum,
            Rule::where_product,
            Rule::where_factor,
            Rule::table_value,
            Rule::default,
            Rule::key_value,
        ],
        "a value",
        "值",
    ),
    (
        0,
        &[Rule::action, Rule::actions, Rule::issue, Rule::set_action],
        "what follows: a status or an outcome",
        "后果：状态或结果",
    ),
    (
        0,
        &[Rule::range, Rule::values, Rule::yes_no_type],
        "a type",
        "类型",
    ),
    (
        0,
        &[Rule::row, Rule::row_key, Rule::band],
        "a key of the table",
        "表的键",
    ),
    (
        0,
        &[Rule::item, Rule::item_key],
        "an item's number",
        "情形的序号",
    ),
    (
        1,
        &[
            Rule::string,
            Rule::title,
            Rule::text_file,
            Rule::clause,
            Rule::record_value,
        ],
        "a text in quotes",
        "引号中的文字",
    ),
    (
        1,
        &[Rule::date, Rule::expect_day],
        "a date such as `2023-08-07`",
        "日期（如 `2023年8月7日`）",
    ),
    (
        1,
        &[Rule::date_span],
        "dates such as `2023-01-01 to 2023-12-31`",
        "起止日期（如 `2023年1月1日 至 2023年12月31日`）",
    ),
    (
        1,
        &[Rule::number, Rule::integer, Rule::decimal],
        "a number",
        "数",
    ),
    (
        1,
        &[Rule::duration, Rule::span],
        "a span of time such as `2 months`",
        "时长（如 `2个月`）",
    ),
    (
        1,
        &[
            Rule::point,
            Rule::points,
            Rule::at_points,
            Rule::duty_on,
            Rule::duty_by,
        ],
        "a point in time such as `end of each quarter`",
        "时点（如 `每季度末`）",
    ),
    (
        1,
        &[Rule::trigger],
        "a trigger (`on`, `at`, `when`, `while`)",
        "触发条件（`遇`、`于`、`当`、`在 … 期间`）",
    ),
    (
        1,
        &[Rule::duty_time, Rule::duty_within, Rule::duty_each],
        "when it is owed (`each month`, `by`, `within … of`)",
        "何时应履行（`每月`、`… 前`、`自 … 起 … 内`）",
    ),
    (
        1,
        &[
            Rule::given,
            Rule::expect,
            Rule::entry,
            Rule::withdrawal,
            Rule::decision,
        ],
        "a line of the test (`given`, a dated entry, `expect`)",
        "用例的一行（`设`、带日期的记录、`预期`）",
    ),
    (
        1,
        &[Rule::period, Rule::period_en],
        "a period such as `year`",
        "周期（如 `本年度`）",
    ),
    (
        2,
        &[
            Rule::comparison_sign,
            Rule::compared,
            Rule::where_compared,
            Rule::is_tail,
            Rule::where_is,
            Rule::is_not,
            Rule::kw_is,
            Rule::kw_ge,
            Rule::kw_le,
            Rule::kw_gt,
            Rule::kw_lt,
        ],
        "a comparison (`is`, `>=`, `<` …)",
        "比较（`为`、`≥`、`<` …）",
    ),
    (
        5,
        &[Rule::where_short, Rule::where_clause],
        "`where`",
        "`其中`",
    ),
    (
        5,
        &[
            Rule::fields,
            Rule::record,
            Rule::branches,
            Rule::table,
            Rule::lbrace,
        ],
        "`{`",
        "`｛`",
    ),
    (
        6,
        &[Rule::label],
        "a display name in quotes",
        "引号中的显示名称",
    ),
    (3, &[Rule::rbrace], "`}`", "`｝`"),
    (3, &[Rule::dots], "`..`", "`..`"),
    (2, &[Rule::of_member, Rule::of_members], "`of`", "`对`"),
    (3, &[Rule::extent], "`for` or `until`", "`为期` 或 `至`"),
    (1, &[Rule::until_period], "`end of year`", "`年末`"),
    (8, &[Rule::lparen], "`(`", "`（`"),
    (3, &[Rule::rparen], "`)`", "`）`"),
    (3, &[Rule::colon], "`:`", "`：`"),
    (3, &[Rule::sets], "`=`", "`=`"),
    (3, &[Rule::below], "`<`", "`<`"),
    (3, &[Rule::bar], "`|`", "`|`"),
    (6, &[Rule::comma], "`,`", "`、`"),
    (8, &[Rule::question, Rule::hole], "`?`", "`？`"),
    (8, &[Rule::plus], "`+`", "`+`"),
    (8, &[Rule::minus], "`-`", "`-`"),
    (8, &[Rule::times], "`*`", "`×`"),
    (8, &[Rule::divide], "`/`", "`/`"),
];

/// Clauses that are known by the words that open them: rule, English, Chinese.
const CLAUSES: &[(Rule, &str, &str)] = &[
    (Rule::for_subjects, "`for`", "`适用`"),
    (Rule::if_clause, "`if`", "`若`"),
    (Rule::item_if, "`if`", "`若`"),
    (Rule::item_unless, "`unless`", "`除非`"),
    (Rule::unless_events, "`unless`", "`除非`"),
    (Rule::decided_by, "`decided by`", "`由 … 决定`"),
    (Rule::then_clause, "`then`", "`则`"),
    (Rule::otherwise_clause, "`otherwise`", "`不同意则`"),
    (Rule::cites, "`cites`", "`依据`"),
    (Rule::quote, "`says`", "`载明`"),
    (Rule::concerns, "`concerns`", "`涉及`"),
    (Rule::met_by, "`met by`", "`以 … 完成`"),
    (Rule::source, "`source`", "`文件`"),
    (Rule::effective, "`effective`", "`施行`"),
    (Rule::calendars, "`calendar`", "`日历`"),
    (Rule::bearers, "`of`", "`由`"),
    (Rule::keys, "`by`", "`按`"),
    (Rule::catalogue_by, "`by`", "`按`"),
    (Rule::catalogue_from, "`from`", "`取自`"),
    (Rule::calendar_file, "`from`", "`取自`"),
    (Rule::from_register, "`from register`", "`取自 名册`"),
    (Rule::while_clause, "`while`", "`在 … 期间`"),
    (Rule::entry_id, "`as`", "`记为`"),
    (Rule::entry_recorded, "`recorded`", "`录于`"),
    (Rule::entry_instead, "`instead of`", "`更正`"),
];

fn group(rule: Rule) -> Option<Group> {
    if let Some((rank, _, en, zh)) = GROUPS.iter().find(|(_, rules, ..)| rules.contains(&rule)) {
        return Some(text(*rank, en, zh));
    }
    if let Some((_, en, zh)) = CLAUSES.iter().find(|(clause, ..)| *clause == rule) {
        return Some(text(4, en, zh));
    }
    let name = format!("{rule:?}");
    let name = name.strip_prefix("kw_")?;
    let keyword = keywords::keyword(name)?;
    let rank = match name {
        "and" | "or" | "held" => 7,
        "in_en" | "since" | "during_en" | "amid_zh" | "inner_zh" | "of_zh" => COMMON,
        _ => 3,
    };
    let quoted = |word: Option<&String>| word.map(|word| format!("`{word}`"));
    Some(Group {
        rank,
        en: quoted(keyword.english.first().or(keyword.symbols.first())),
        zh: quoted(keyword.chinese.first().or(keyword.symbols.first())),
    })
}

/// The spellings of the keywords that were expected, by themselves or at the head of a clause.
pub(super) fn keywords_of(rules: &[Rule]) -> Vec<&'static str> {
    let heads = |rule: &Rule| -> &'static [&'static str] {
        match rule {
            Rule::trigger => &["on", "at", "when", "while_en", "during_en"],
            Rule::if_clause | Rule::item_if => &["if"],
            Rule::then_clause => &["then"],
            Rule::otherwise_clause => &["otherwise"],
            Rule::for_subjects => &["for"],
            Rule::decided_by => &["decided_en"],
            Rule::cites => &["cites"],
            Rule::given => &["given"],
            Rule::expect => &["expect"],
            Rule::met_by => &["met_en"],
            Rule::is_tail | Rule::where_is | Rule::comparison_sign => &["is"],
            Rule::where_short | Rule::where_clause => &["where"],
            Rule::window_en => &["in_en", "since"],
            Rule::extent => &["lasting", "until"],
            _ => &[],
        }
    };
    rules
        .iter()
        .flat_map(|rule| {
            let own = format!("{rule:?}");
            let own = own.strip_prefix("kw_").and_then(keywords::keyword);
            own.into_iter().chain(
                heads(rule)
                    .iter()
                    .filter_map(|name| keywords::keyword(name)),
            )
        })
        .flat_map(|keyword| keyword.english.iter().chain(&keyword.chinese))
        .map(String::as_str)
        .collect()
}

/// Every word of the language, for suggestions.
pub(super) fn spellings() -> impl Iterator<Item = &'static str> {
    let table = table();
    let keywords = table
        .keywords
        .iter()
        .flat_map(|keyword| keyword.english.iter().chain(&keyword.chinese));
    let measures = table.durations.iter().flat_map(|unit| &unit.english);
    keywords
        .chain(measures)
        .chain(table.periods.iter().map(|period| &period.english))
        .chain(table.weekdays.iter().map(|day| &day.english))
        .map(String::as_str)
        .filter(|spelling| !spelling.contains(' '))
}
