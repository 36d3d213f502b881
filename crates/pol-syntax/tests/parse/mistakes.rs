//! Mistakes, each with its place (counted by hand), its message and what to do.

use super::report;
use pol_syntax::ast::Declaration;
use pol_syntax::{Code, Parsed, SourceFile, parse};

/// The only finding of a text: `line:column CODE`.
fn only(text: &str) -> String {
    let parsed = parse(text);
    assert_eq!(
        parsed.diagnostics.len(),
        1,
        "{text}\n{}",
        report(text, &parsed)
    );
    places(text, &parsed)
}

/// Every finding of a text: `line:column CODE`, one a line.
fn places(text: &str, parsed: &Parsed) -> String {
    let file = SourceFile::new("case.pol", text);
    let lines = parsed.diagnostics.iter().map(|diagnostic| {
        let at = file.line_column(diagnostic.span().start);
        format!("{}:{} {}", at.line, at.column, diagnostic.code)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The help of the first finding in both languages.
fn help(text: &str) -> String {
    let help = parse(text).diagnostics.swap_remove(0).help;
    let help = help.expect("the message says what to do");
    format!("{} | {}", help.en, help.zh)
}

/// The label of the first finding in both languages.
fn label(text: &str) -> String {
    let label = parse(text).diagnostics.swap_remove(0).labels.swap_remove(0);
    format!("{} | {}", label.text.en, label.text.zh)
}

/// A rule whose fourth line is given.
fn rule(line: &str) -> String {
    format!("rule r\n  for k\n  on e\n  {line}\n  then s")
}

/// The same in Chinese.
fn rule_zh(line: &str) -> String {
    format!("规则 r\n  适用 k\n  遇 e\n  {line}\n  则 s")
}

#[test]
fn words_in_column_0() {
    assert_eq!(only("polcy p"), "1:1 POL0103");
    assert_eq!(
        help("polcy p"),
        "did you mean `policy`? | 是否应为 `policy`？"
    );
    assert_eq!(only("规侧 r\n  适用 k"), "1:1 POL0103");
    assert_eq!(help("规侧 r"), "did you mean `规则`? | 是否应为 `规则`？");
    assert_eq!(
        help("规则首次黄牌\n  适用 k"),
        "did you mean `规则 首次黄牌`? | 是否应为 `规则 首次黄牌`？"
    );
    assert_eq!(only("body b\nfrobnicate\nbody c"), "2:1 POL0103");
    assert!(
        help("body b\ntownship finding >= 3 in year -> yellow")
            .contains("form a file of their own")
    );
}

#[test]
fn indentation() {
    let text = "subject a\n  subject b\nbody c";
    assert_eq!(only(text), "2:3 POL0106");
    assert_eq!(parse(text).file.declarations.len(), 3, "all three are read");
    let text = "rule r\nfor k\n  on e\n  then s";
    assert_eq!(only(text), "2:1 POL0106");
    assert_eq!(parse(text).file.declarations.len(), 1, "the rule is read");
    assert_eq!(only("规则 r\n  适用 k\n每季度末\n  则 s"), "3:1 POL0106");
    assert_eq!(only("test \"x\"\n2023-01-01 e of m"), "2:1 POL0106");
    assert_eq!(only("  policy p"), "1:3 POL0106");
}

#[test]
fn words_inside() {
    assert_eq!(only(&rule("iff a is b")), "4:3 POL0110");
    assert_eq!(only(&rule("if a is b adn c")), "4:13 POL0110");
    assert_eq!(
        help(&rule("if a is b adn c")),
        "did you mean `and`? | 是否应为 `and`？"
    );
    assert_eq!(
        only("duty d\n  of k\n  each moth\n  met by f"),
        "3:8 POL0110"
    );
    assert_eq!(only(&rule("if a && b")), "4:8 POL0110");
    assert_eq!(help(&rule("if a != b")), "write `is not` | 请写 `不为`");
    assert_eq!(only(&rule_zh("若 户数 大于等于 3户")), "4:8 POL0110");
    assert_eq!(
        help(&rule_zh("若 户数 大于等于 3户")),
        "write `>=` | 请写 `≥`"
    );
    assert_eq!(help(&rule_zh("若 挂牌 是 黄牌")), "write `is` | 请写 `为`");
    assert_eq!(only(&rule_zh("如果 挂牌 为 黄牌")), "4:3 POL0110");
    assert_eq!(only("body if"), "1:6 POL0117");
    assert_eq!(only("body 若"), "1:6 POL0117");
}

#[test]
fn what_was_expected() {
    assert_eq!(only(&rule("if a b")), "4:8 POL0102");
    assert_eq!(
        label(&rule("if a b")),
        "expected a comparison (`is`, `>=`, `<` …), `and` or `or` | 应为比较（`为`、`≥`、`<` …）、`且`或`或`"
    );
    // The value is missing: what stands there is the next clause.
    assert_eq!(only(&rule("if a is")), "5:3 POL0102");
    assert_eq!(
        label(&rule("if a is")),
        "expected a value or `not` | 应为值或`非`"
    );
    assert_eq!(only("unit u counts"), "1:14 POL0102");
    assert_eq!(
        label("unit u counts"),
        "expected `kinds` or `occurrences` | 应为`种类`或`发生`"
    );
    assert_eq!(only("body b c"), "1:8 POL0102");
    assert_eq!(only("event e { a b }"), "1:13 POL0102");
    assert_eq!(
        only("duty d\n  of k\n  within 7 working days e\n  met by f"),
        "3:25 POL0102"
    );
    assert_eq!(
        label("duty d\n  of k\n  each month\n  met f"),
        "expected `by` | 应为`by`"
    );
    assert_eq!(
        only("规则 r\n  适用 k\n  自 e 起 2个月\n  则 s"),
        "3:9 POL0102"
    );
    assert_eq!(
        label("规则 r\n  适用 k\n  自 e 起 2个月\n  则 s"),
        "expected `满` | 应为`满`"
    );
    assert_eq!(
        only("test \"x\"\n  given k\n  2023-01-01 e of m"),
        "3:3 POL0102"
    );
    assert_eq!(only(&rule("if (a, b)")), "4:6 POL0102");
    assert_eq!(only(&rule("if a + 1 >= 2 in year")), "4:17 POL0116");
}

#[test]
fn what_to_do() {
    let zh = |text: &str| help(text).split_once(" | ").unwrap().1.to_owned();
    assert_eq!(only(&rule_zh("若 a ≥ 1，b > 3")), "4:10 POL0102");
    assert_eq!(
        zh(&rule_zh("若 a ≥ 1，b > 3")),
        "条件之间用 `且` 或 `或` 连接"
    );
    assert_eq!(zh(&rule_zh("若 a。")), "行末不写句号");
    assert_eq!(
        zh("规则 r\n  遇 e\n  则 s；t"),
        "后果之间、名称之间用 `、` 隔开"
    );
    assert_eq!(
        zh("阶梯 l 适用 k\n  a > b"),
        "请从低到高书写，中间用 `<`：`未挂牌 < 黄牌 < 红牌`"
    );
    assert_eq!(
        zh("阶梯 l 适用 k\n  a、b"),
        "请从低到高书写，中间用 `<`：`未挂牌 < 黄牌 < 红牌`"
    );
    assert_eq!(zh("事项 e ｛ 情形：1-15 ｝"), "范围写作 `1..15`");
    assert_eq!(
        zh("参数 p 按 k ｛ 一类：3户 ｝"),
        "给值用 `=`；`：` 只用来说明字段的类型"
    );
    assert_eq!(
        zh("用例 “x”\n  9月4日 e 对 m"),
        "请写全年、月、日：`2023年8月7日`"
    );
    assert_eq!(
        zh("政策 p\n  施行 2023年8月"),
        "请写全年、月、日：`2023年8月7日`"
    );
    assert_eq!(only("规则 r\n  遇 e\n  则 s 到 年末"), "3:7 POL0110");
    assert_eq!(only("规则 r\n  遇 e\n  则 s 1个月"), "3:7 POL0102");
    assert_eq!(
        zh("规则 r\n  遇 e\n  则 s 1个月"),
        "时长之前写 `为期`：`为期 1个月`"
    );
    // The list goes on to nothing; the declaration has no name; the window is not closed.
    assert_eq!(only("规则 r\n  适用 k、\n  遇 e\n  则 s"), "2:7 POL0102");
    assert_eq!(only("政策\n  施行 2023年8月7日"), "1:1 POL0102");
    assert_eq!(
        label(&rule_zh("若 最近12个月 检查 ≥ 3")),
        "expected `内` | 应为`内`"
    );
}

#[test]
fn equals_is_no_comparison() {
    assert_eq!(only(&rule("if a = b")), "4:8 POL0112");
    assert_eq!(only(&rule("if a == b")), "4:8 POL0112");
    assert_eq!(only(&rule_zh("若 a ＝ b")), "4:7 POL0112");
    assert_eq!(help(&rule("if a = b")), "write `a is b` | 请写 `a 为 b`");
}

#[test]
fn points_say_of_each() {
    assert_eq!(
        only("rule r\n  for k\n  at end of year\n  then s"),
        "3:6 POL0114"
    );
    assert_eq!(only("规则 r\n  适用 k\n  年末\n  则 s"), "3:3 POL0114");
    assert!(help("规则 r\n  适用 k\n  年末\n  则 s").contains("请写 `每年末`"));
    assert!(
        help("duty d\n  of k\n  by end of month\n  met by e").contains("write `end of each month`")
    );
}

#[test]
fn keywords_run_together() {
    let hidden = rule_zh("若 任一年度自上次以来挂牌情形的不同情形 ≥ 3 项");
    assert_eq!(only(&hidden), "4:5 POL0107");
    assert!(help(&hidden).ends_with("请写 `任一年度 自 上次 以来 挂牌情形 的 不同 情形`"));
    assert_eq!(only(&rule_zh("若挂牌 为 未挂牌")), "4:3 POL0107");
    assert!(help(&rule_zh("若挂牌 为 未挂牌")).ends_with("请写 `若 挂牌`"));
    assert_eq!(only("乡镇 本年度检查 ≥ 3次 → 黄牌"), "1:4 POL0107");
    // A name that is declared may hold what it likes.
    assert_eq!(
        places(
            "",
            &parse("结果 自上次以来不得评优\n规则 r\n  适用 k\n  遇 e\n  则 自上次以来不得评优")
        ),
        ""
    );
}

#[test]
fn dates_and_numbers() {
    assert_eq!(only("policy p\n  effective 2023-02-30"), "2:13 POL0108");
    assert_eq!(
        label("policy p\n  effective 2023-02-30"),
        "month 2 of 2023 has 28 days | 2023 年 2 月只有 28 天"
    );
    assert_eq!(only("政策 p\n  施行 2023年13月1日"), "2:6 POL0108");
    assert_eq!(
        only("规则 r\n  适用 k\n  每年2月30日\n  则 s"),
        "3:3 POL0108"
    );
    assert_eq!(only("policy p\n  effective 2023.8.7"), "2:13 POL0108");
    assert_eq!(
        help("policy p\n  effective 2023.8.7"),
        "write `2023-08-07` | 请写 `2023年8月7日`"
    );
    assert_eq!(only(&rule_zh("若 a 已满 三个月")), "4:10 POL0109");
    assert!(help(&rule_zh("若 a 已满 三个月")).ends_with("请写 `3个月`"));
    assert!(help(&rule_zh("若 a 已满 二十五日")).ends_with("请写 `25日`"));
    assert_eq!(only("单位 项\n定义 a = b ≥ 三项"), "2:12 POL0109");
    assert_eq!(only(&rule("if a >= 06-30")), "4:11 POL0109");
    assert_eq!(only(&rule("if a >= 1e3")), "4:11 POL0109");
    assert_eq!(only(&rule("if a >= 99999999999999999999")), "4:11 POL0109");
    assert_eq!(only(&rule("if a held 99999999999 days")), "4:13 POL0109");
    assert_eq!(only(&rule_zh("若 a 已满 3月")), "4:10 POL0113");
    assert_eq!(
        only("rule r\n  for k\n  on e\n  then s for 3月"),
        "4:14 POL0113"
    );
    assert!(help(&rule_zh("若 a 已满 3月")).ends_with("请写 `3个月`"));
}

/// What follows a length in words or 月 for 个月 does not hide the mistake.
#[test]
fn lengths_as_people_write_them() {
    let held = "规则 r\n  适用 k\n  当 a 为 b 已满 3月 时\n  则 s";
    assert_eq!(only(held), "3:14 POL0113");
    assert!(help(held).ends_with("请写 `3个月`"));
    let after = "规则 r\n  适用 k\n  自 e 起 满 2月 除非 f\n  则 s";
    assert_eq!(only(after), "3:11 POL0113");
    assert!(help(after).ends_with("请写 `2个月`"));
    let within = "职责 d\n  由 k\n  自 e 起 七个工作日内\n  以 f 完成";
    assert_eq!(only(within), "3:9 POL0109");
    assert!(help(within).ends_with("请写 `7个工作日内`"));
    assert!(help(&rule_zh("若 本年度 e 三次以上")).ends_with("请写 `3次`"));
}

#[test]
fn a_unit_that_swallows_a_word() {
    let stuck = rule_zh("若 本年度 检查>=3次且挂牌 为 未挂牌");
    assert_eq!(only(&stuck), "4:13 POL0107");
    assert!(help(&stuck).ends_with("请写 `3次 且 挂牌`"));
    assert!(help(&rule_zh("若 本年度 检查>=3次且挂牌")).ends_with("请写 `3次 且 挂牌`"));
    // A declared unit may hold what it likes.
    let declared = "单位 公里的路\n定义 a = b ≥ 3公里的路";
    assert_eq!(places("", &parse(declared)), "");
}

#[test]
fn a_name_ends_in_no_bound() {
    let name = "规则 三次以上\n  适用 k\n  遇 e\n  则 s";
    assert_eq!(only(name), "1:4 POL0117");
    assert!(help(name).ends_with("`“三次以上”`"));
}

/// A mistake in one step leaves the others: each is reported, and what is right stays in the tree.
#[test]
fn each_step_of_a_test_has_its_own_mistake() {
    let text = "test \"t\"\n  given k A\n  2024-01-10 e A\n  2024-01-11 e of A\n  \
                expct x of A\n  2024-01-12 e of A,\n        B { f = }\n  expect x of A\n";
    let parsed = parse(text);
    assert_eq!(
        places(text, &parsed),
        "3:16 POL0102\n5:3 POL0110\n7:17 POL0102"
    );
    let Declaration::Test(test) = &parsed.file.declarations[0].value else {
        panic!("the test is kept");
    };
    assert_eq!(test.steps.len(), 3);
    // Without the members the rest would only seem to be wrong: it is read for its mistakes alone.
    let text = "test \"t\"\n  given k A { = }\n  expect x of A\n  expect of\n";
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics.len(), 2, "{}", report(text, &parsed));
    assert!(parsed.file.declarations.is_empty());
}

/// A step that ends too early shows at the next, which is not taken for the culprit.
#[test]
fn a_step_that_ends_too_early_is_one_mistake() {
    let text = "用例 “t”\n  设 k A\n  2024年1月10日 e 对\n  2024年1月11日 e 对 A\n  2024年1月12日 e\n  预期 x 对 A\n";
    let parsed = parse(text);
    assert_eq!(places(text, &parsed), "4:3 POL0102");
    let Declaration::Test(test) = &parsed.file.declarations[0].value else {
        panic!("the test is kept");
    };
    assert_eq!(test.steps.len(), 4);
}

#[test]
fn rows_of_a_table_have_one_bound() {
    for row in ["10..20", "10-20", "10～20", "10…20"] {
        let table = format!("param p by f {{ < 10 = 1, {row} = 2, else = 3 }}");
        assert!(help(&table).starts_with("a row has one bound"), "{row}");
    }
}

#[test]
fn brackets_and_quotes() {
    assert_eq!(only("event e {\n  a: t\n  b: t\nbody c"), "1:9 POL0104");
    // The brace of the first item is the one that is missing, as the indentation tells.
    let text = "catalogue c from e by f\n{\n  1 \"x\" {\n    a \"y\"\n  2 \"z\"\n}\nbody b";
    assert_eq!(only(text), "3:9 POL0104");
    assert_eq!(only(&rule("if (a is b")), "4:6 POL0104");
    assert_eq!(only(&rule("if a) is b")), "4:7 POL0104");
    assert_eq!(only("event e { a: t )"), "1:16 POL0104");
    assert_eq!(only("prose \"x\nbody b"), "1:7 POL0105");
    assert_eq!(only("prose “x\"\nbody b"), "1:7 POL0105");
    assert_eq!(only("prose x”\nbody b"), "1:8 POL0105");
    assert_eq!(only("body b \u{202E}c"), "1:8 POL0115");
    assert_eq!(only("body b // a\u{2066}b"), "1:12 POL0115");
    assert_eq!(
        places("", &parse("body b “a\u{2066}b”")),
        "",
        "texts may hold them"
    );
}

#[test]
fn clauses_of_a_rule() {
    assert_eq!(
        only("rule r\n  for k\n  on e\n  then s\n  then t"),
        "5:3 POL0111"
    );
    assert_eq!(
        only("rule r\n  for k\n  if a\n  on e\n  then s"),
        "4:3 POL0111"
    );
    assert_eq!(only("rule r\n  for k\n  on e"), "1:6 POL0111");
    assert_eq!(only("rule r\n  for k\n  then s"), "1:6 POL0111");
}

/// Five mistakes in one file: each is reported at its place, and what is right is kept.
#[test]
fn five_mistakes_five_messages() {
    let text = "policy p\n  effective 2023-02-30\nsubject k\nbdy b\nrule r\n  for k\n  on e\n  if a = b\n  then s\nevent e {\n  f: t\nunit u\nprose \"x\n";
    let parsed = parse(text);
    assert_eq!(
        places(text, &parsed),
        "2:13 POL0108\n4:1 POL0103\n8:8 POL0112\n10:9 POL0104\n13:7 POL0105"
    );
    let kept: Vec<bool> = parsed
        .file
        .declarations
        .iter()
        .map(|node| {
            matches!(
                node.value,
                Declaration::Policy(_) | Declaration::Subject(_) | Declaration::Unit(_)
            )
        })
        .collect();
    assert_eq!(kept, [true, true, true]);
}

/// Messages are shown in the language of the text, also where none of it can be read.
#[test]
fn unreadable_texts_have_a_spelling() {
    use pol_syntax::ast::Spelling;
    assert_eq!(parse("规侧 r").file.spelling, Spelling::Chinese);
    assert_eq!(
        parse("规则 r\n  适用 k\n  若 a =").file.spelling,
        Spelling::Chinese
    );
    assert_eq!(parse("rul r").file.spelling, Spelling::English);
}

/// Every message has both languages, and a place within the text.
#[test]
fn messages_are_whole() {
    for text in [
        "polcy p",
        "body if",
        &rule("if a = b"),
        &rule("if a b"),
        "event e {",
        "prose \"x",
        "body b\n  c",
    ] {
        for diagnostic in parse(text).diagnostics {
            assert!(!diagnostic.message.en.is_empty() && !diagnostic.message.zh.is_empty());
            assert!(
                diagnostic
                    .message
                    .en
                    .starts_with(|c: char| c == '`' || c.is_lowercase())
            );
            assert!(!diagnostic.message.en.ends_with('.'));
            assert!(
                diagnostic
                    .labels
                    .iter()
                    .all(|label| label.span.range().end <= text.len())
            );
            assert_ne!(diagnostic.code, Code::LIMIT);
        }
    }
}
