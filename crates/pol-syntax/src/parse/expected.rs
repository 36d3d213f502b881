//! What the parser expected, in groups that a reader knows instead of rules of the grammar.

use crate::Text;
use pol_grammar::Rule;
use pol_grammar::keywords::{self, table};

/// A group with the rank in which it is named.
type Group = (u8, Text);

fn text(en: &str, zh: &str) -> Text {
    Text::new(en, zh)
}

/// The groups of the expected rules, the most telling first, without repetition.
pub(super) fn groups(rules: &[Rule]) -> Vec<Text> {
    let mut groups: Vec<Group> = rules.iter().filter_map(|rule| group(*rule)).collect();
    groups.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.en.cmp(&b.1.en)));
    groups.dedup_by(|a, b| a.1 == b.1);
    // Signs of arithmetic and further windows can follow almost everything: they tell nothing
    // where something else was expected.
    let telling = groups.iter().filter(|group| group.0 < 8).count();
    let keep = if telling > 0 {
        telling.min(7)
    } else {
        groups.len().min(7)
    };
    groups.truncate(keep);
    groups.into_iter().map(|(_, text)| text).collect()
}

/// `A, B or C`.
pub(super) fn list(groups: &[Text]) -> Text {
    let join = |texts: Vec<&str>, comma: &str, or: &str| match texts.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{}{or}{last}", before.join(comma)),
        None => String::new(),
    };
    Text::new(
        join(
            groups.iter().map(|group| group.en.as_str()).collect(),
            ", ",
            " or ",
        ),
        join(
            groups.iter().map(|group| group.zh.as_str()).collect(),
            "、",
            "或",
        ),
    )
}

/// True if nothing but the declaration's end, or more of the same, could stand here.
pub(super) fn only_end(rules: &[Rule]) -> bool {
    rules.contains(&Rule::EOI)
        && rules
            .iter()
            .all(|rule| *rule == Rule::EOI || group(*rule).is_none_or(|group| group.0 >= 4))
}

fn group(rule: Rule) -> Option<Group> {
    Some(match rule {
        Rule::EOI => (9, text("the end of the declaration", "声明的结束")),
        Rule::name | Rule::labelled | Rule::names | Rule::expected_name | Rule::field => {
            (0, text("a name", "名称"))
        }
        Rule::member_id | Rule::member => (0, text("a member's id", "对象的编号")),
        Rule::event_name
        | Rule::event_pattern
        | Rule::event_patterns
        | Rule::event_pattern_where
        | Rule::event_set => (0, text("the name of an event", "事项的名称")),
        Rule::string | Rule::title | Rule::text_file | Rule::clause | Rule::record_value => {
            (1, text("a text in quotes", "引号中的文字"))
        }
        Rule::label => (6, text("a display name in quotes", "引号中的显示名称")),
        Rule::date | Rule::expect_day => (
            1,
            text("a date such as `2023-08-07`", "日期，如 `2023年8月7日`"),
        ),
        Rule::date_span => (
            1,
            text(
                "dates such as `2023-01-01 to 2023-12-31`",
                "起止日期，如 `2023年1月1日 至 2023年12月31日`",
            ),
        ),
        Rule::number | Rule::integer | Rule::decimal => (1, text("a number", "数")),
        Rule::duration | Rule::span => (
            1,
            text("a span of time such as `2 months`", "时长，如 `2个月`"),
        ),
        Rule::point | Rule::points | Rule::at_points | Rule::duty_on | Rule::duty_by => (
            1,
            text(
                "a point in time such as `end of each quarter`",
                "时点，如 `每季度末`",
            ),
        ),
        Rule::trigger => (
            1,
            text(
                "a trigger (`on`, `at`, `when`, `while`)",
                "触发条件（`遇`、`于`、`当`、`在 … 期间`）",
            ),
        ),
        Rule::duty_time | Rule::duty_within | Rule::duty_each => (
            1,
            text(
                "when it is owed (`each month`, `by`, `within … of`)",
                "何时应履行（`每月`、`… 前`、`自 … 起 … 内`）",
            ),
        ),
        _ => return inner_group(rule),
    })
}

/// What stands inside clauses.
fn inner_group(rule: Rule) -> Option<Group> {
    Some(match rule {
        Rule::condition
        | Rule::conjunction
        | Rule::negation
        | Rule::comparison
        | Rule::where_or
        | Rule::where_and
        | Rule::where_not
        | Rule::where_comparison
        | Rule::where_group
        | Rule::where_negation
        | Rule::share_filter => (0, text("a condition", "条件")),
        Rule::sum
        | Rule::product
        | Rule::factor
        | Rule::where_sum
        | Rule::where_product
        | Rule::where_factor
        | Rule::table_value
        | Rule::default
        | Rule::key_value => (0, text("a value", "值")),
        Rule::comparison_sign
        | Rule::compared
        | Rule::where_compared
        | Rule::is_tail
        | Rule::where_is
        | Rule::is_not
        | Rule::kw_is
        | Rule::kw_ge
        | Rule::kw_le
        | Rule::kw_gt
        | Rule::kw_lt => (
            2,
            text(
                "a comparison (`is`, `>=`, `<` …)",
                "比较（`为`、`≥`、`<` …）",
            ),
        ),
        Rule::where_short | Rule::where_clause => (5, text("`where`", "`其中`")),
        Rule::action | Rule::actions | Rule::issue | Rule::set_action => (
            0,
            text("what follows: a status or an outcome", "后果：状态或结果"),
        ),
        Rule::range | Rule::values | Rule::yes_no_type => (0, text("a type", "类型")),
        Rule::fields | Rule::record | Rule::branches | Rule::table => (5, text("`{`", "`｛`")),
        Rule::row | Rule::row_key | Rule::band => (0, text("a key of the table", "表的键")),
        Rule::item | Rule::item_key => (0, text("an item's number", "情形的序号")),
        Rule::given | Rule::expect | Rule::entry | Rule::withdrawal | Rule::decision => (
            1,
            text(
                "a line of the test: `given`, a dated entry, or `expect`",
                "用例的一行：`设`、带日期的记录或 `预期`",
            ),
        ),
        Rule::period | Rule::period_en => (1, text("a period such as `year`", "周期，如 `本年度`")),
        Rule::clock | Rule::state | Rule::expected_state | Rule::within_it | Rule::of_events_zh => {
            return None;
        }
        _ => return other(rule),
    })
}

/// Keywords and signs.
fn other(rule: Rule) -> Option<Group> {
    let name = format!("{rule:?}");
    if let Some(name) = name.strip_prefix("kw_") {
        let keyword = keywords::keyword(name)?;
        let rank = match name {
            "and" | "or" | "held" => 7,
            "in_en" | "since" | "during_en" | "amid_zh" | "inner_zh" | "of_zh" => 8,
            _ => 3,
        };
        let text = Text::new(
            format!("`{}`", keyword.print_english()),
            format!("`{}`", keyword.print_chinese()),
        );
        return Some((rank, text));
    }
    let clause = match rule {
        Rule::for_subjects => "for",
        Rule::if_clause | Rule::item_if => "if",
        Rule::item_unless | Rule::unless_events => "unless",
        Rule::then_clause => "then",
        Rule::otherwise_clause => "otherwise",
        Rule::cites => "cites",
        Rule::concerns => "concerns",
        Rule::met_by => "met_en",
        Rule::decided_by => "decided_en",
        Rule::source => "source",
        Rule::effective => "effective",
        Rule::calendars => "calendar",
        Rule::bearers => "of_en",
        Rule::keys | Rule::catalogue_by => "by",
        Rule::catalogue_from | Rule::from_register => "from",
        Rule::entry_id => "as",
        Rule::entry_recorded => "recorded",
        Rule::entry_instead => "instead_of",
        _ => "",
    };
    if let Some(keyword) = keywords::keyword(clause) {
        let zh = match clause {
            "met_en" => "以 … 完成",
            "decided_en" => "由 … 决定",
            "of_en" => "由",
            _ => keyword.print_chinese(),
        };
        let en = match clause {
            "met_en" => "met by",
            "decided_en" => "decided by",
            _ => keyword.print_english(),
        };
        return Some((4, Text::new(format!("`{en}`"), format!("`{zh}`"))));
    }
    let (rank, en, zh) = match rule {
        Rule::lbrace => (3, "{", "｛"),
        Rule::rbrace => (3, "}", "｝"),
        Rule::lparen => (3, "(", "（"),
        Rule::rparen => (3, ")", "）"),
        Rule::colon => (3, ":", "："),
        Rule::sets => (3, "=", "="),
        Rule::below => (3, "<", "<"),
        Rule::bar => (3, "|", "|"),
        Rule::comma => (6, ",", "、"),
        Rule::question | Rule::hole => (8, "?", "？"),
        Rule::plus => (8, "+", "+"),
        Rule::minus => (8, "-", "-"),
        Rule::times => (8, "*", "×"),
        Rule::divide => (8, "/", "/"),
        _ => return None,
    };
    Some((rank, Text::new(format!("`{en}`"), format!("`{zh}`"))))
}

/// Every spelling of the keywords of the table, for suggestions.
pub(super) fn spellings() -> impl Iterator<Item = &'static str> {
    table()
        .keywords
        .iter()
        .flat_map(|keyword| keyword.english.iter().chain(&keyword.chinese))
        .map(String::as_str)
        .filter(|spelling| !spelling.contains(' '))
}
