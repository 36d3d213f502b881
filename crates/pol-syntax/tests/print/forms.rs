//! Every form in both spellings, the names being the same: each prints as the other.

use super::formatted;
use pol_syntax::ast::Spelling;

/// One form: English lines and the Chinese ones.
fn same(english: &str, chinese: &str) {
    let english = english.trim_start_matches('\n');
    let chinese = chinese.trim_start_matches('\n');
    for text in [english, chinese] {
        assert_eq!(formatted(text, Spelling::English), english);
        assert_eq!(formatted(text, Spelling::Chinese), chinese);
    }
}

#[test]
fn declarations() {
    same(
        r#"
policy p "甲" cites s "一"
  source s "乙" text "a.md"
  source t
  effective 2024-01-31 counting from 2023-12-01
  calendar china, school from "school.toml"

prose "丙" cites s "一" says "子丑", "二", t "三" says "寅"
subject a within b opened by e
subject b opened by f of e { x: number?, y "丁": date* }
subject c
body d "戊"
scale k = low < high "己"
unit u counts kinds
unit v counts occurrences
event e of a, every b, a and every b { x: money = 2.50, y: share, z: 1..15 }
event f of every a {
  x: yes/no = no
  y: p | q "庚"?
  z: duration
  t: text
}
reading r "辛" cites s "四" = one "壬" | two
define g = e where x > 3, f
define h = e where x or y
define i = x > 3 and e
phase j 2024-01-01 to 2024-02-01, 2024-06-01 to ?
phase l from register
outcome o concerns "癸" { x: a }
never "子" for a, b red where was is clear
ladder m for a, b
  clear < yellow < red "丑"
"#,
        r"
政策 p “甲” 依据 s “一”
  文件 s “乙” 原文 “a.md”
  文件 t
  施行 2024年1月31日 计自 2023年12月1日
  日历 china、school 取自 “school.toml”

说明 “丙” 依据 s “一” 载明 “子丑”、“二”、t “三” 载明 “寅”
对象 a 隶属 b 由 e 产生
对象 b 由 e 的 f 产生 ｛ x：数？，y “丁”：日期* ｝
对象 c
机构 d “戊”
等级 k = low < high “己”
单位 u 计 种类
单位 v 计 发生
事项 e 对 a、各 b、a 及 各 b ｛ x：金额 = 2.50，y：比例，z：1..15 ｝
事项 f 对 各 a ｛
  x：是否 = 否
  y：p | q “庚”？
  z：时长
  t：文本
｝
读法 r “辛” 依据 s “四” = one “壬” | two
定义 g = e 其中 x > 3、f
定义 h = e 其中 x 或 y
定义 i = x > 3 且 e
阶段 j 2024年1月1日 至 2024年2月1日、2024年6月1日 至 ？
阶段 l 取自 名册
结果 o 涉及 “癸” ｛ x：a ｝
绝无 “子” 适用 a、b red 其中 原状态 为 clear
阶梯 m 适用 a、b
  clear < yellow < red “丑”
",
    );
}

#[test]
fn tables() {
    same(
        r#"
param a = 3 户
param b = ?
param c = "甲"
param d by x.k, y { p { <= 3 = 30 days, 4 户, > 5, else = V }, q, r = 25% }
param e {
  2023-01-01 to 2023-12-31 = 7800 yuan,
  2024-01-01 to ? {
    >= 10 = a + 1,
    < k = b
  }
}
"#,
        r"
参数 a = 3户
参数 b = ？
参数 c = “甲”
参数 d 按 x.k、y ｛ p ｛ 3以下 = 30日，4户、> 5、其余 = V ｝，q、r = 25% ｝
参数 e ｛
  2023年1月1日 至 2023年12月31日 = 7800 yuan，
  2024年1月1日 至 ？ ｛
    10以上 = a + 1，
    < k = b
  ｝
｝
",
    );
}

#[test]
fn catalogues() {
    same(
        r#"
catalogue k "甲" cites s "三" from e by f, g
  where x >= city and not y
{
   1 "乙" if x and y unless z
  // 注
   9 "丙" cites s "三.9" where a or b {
     a "丁"     if x >= 1
     b "戊己庚" unless y
  }
  10 if z
}

catalogue l from e by f {
  1 "乙"
}
"#
        .replace(
            "     b \"戊己庚\" unless y\n  }",
            "     b \"戊己庚\" unless y\n   }",
        )
        .as_str(),
        r"
清单 k “甲” 依据 s “三” 取自 e 按 f、g
  其中 x ≥ city 且 非 y
｛
   1 “乙” 若 x 且 y 除非 z
  // 注
   9 “丙” 依据 s “三.9” 其中 a 或 b ｛
     a “丁” 若 x ≥ 1
     b “戊己庚” 除非 y
   ｝
  10 若 z
｝

清单 l 取自 e 按 f ｛
  1 “乙”
｝
",
    );
}

#[test]
fn triggers() {
    for (english, chinese) in [
        ("on e where x and y, f lost", "遇 e 其中 x 且 y、f 依据丧失"),
        ("on e within it", "遇 所辖 e"),
        ("on m missed, m met", "遇 m 逾期、m 已履行"),
        ("at end of each year", "每年末"),
        ("in principle at end of each month", "原则上 每月末"),
        ("on 06-30 of each year", "每年6月30日"),
        ("on day 28 of each month", "每月28日"),
        ("on friday of each week", "每周五"),
        ("at end of sweep", "于 sweep 结束"),
        (
            "on 2024-02-09, end of each quarter",
            "于 2024年2月9日、每季度末",
        ),
        ("on f of e + 3 days", "于 e 的 f 后3日"),
        ("on f of e - 20 working days", "于 e 的 f 前20个工作日"),
        ("on f of e + allowed", "于 e 的 f + allowed"),
        (
            "at end of each cycle of 12 months from start + 1 day",
            "每周期末（自 start 起 每12个月） 后1日",
        ),
        ("when x >= y held 2 months", "当 x ≥ y 已满 2个月"),
        ("while x >= y and z", "在 x ≥ y 且 z 期间"),
        ("while sweep", "在 sweep 期间"),
        ("during sweep, dive", "在 sweep、dive 期间"),
        (
            "2 months after e, f where x unless g",
            "自 e、f 其中 x 起 满 2个月 除非 g",
        ),
        ("allowed after e", "自 e 起 满 allowed"),
    ] {
        same(
            &format!("rule r\n  for a, b\n  {english}\n  then c\n"),
            &format!("规则 r\n  适用 a、b\n  {chinese}\n  则 c\n"),
        );
    }
}

#[test]
fn actions() {
    for (english, chinese) in [
        ("yellow, m = red, end o", "yellow、m 调整为 red、终止 o"),
        (
            "o { f = 3 户, g = a.b } for 1 month",
            "o ｛ f = 3户，g = a.b ｝ 为期 1个月",
        ),
        ("o for allowed", "o 为期 allowed"),
        ("o for 2 e", "o 为期 2次 e"),
        ("o until end of year", "o 至 年末"),
        ("o until end of month, p", "o 至 本月末、p"),
        ("o until end of sweep", "o 至 sweep 结束"),
        ("o until e where x and y, p", "o 至 e 其中 x 且 y、p"),
    ] {
        same(
            &format!(
                "rule r\n  for a\n  on e\n  counting again\n  decided by b\n  then {english}\n  otherwise x\n"
            ),
            &format!(
                "规则 r\n  适用 a\n  遇 e\n  重复计数\n  由 b 决定\n  则 {chinese}\n  不同意则 x\n"
            ),
        );
    }
}

#[test]
fn duties() {
    for (english, chinese) in [
        ("each month while x >= y", "每月 在 x ≥ y 期间"),
        ("each week during sweep, dive", "每周 在 sweep、dive 期间"),
        (
            "each cycle of 3 months from 2024-01-01",
            "每周期（自 2024年1月1日 起 每3个月）",
        ),
        ("by end of each quarter", "每季度末 前"),
        ("by 2024-02-09, end of each year", "2024年2月9日、每年末 前"),
        (
            "by end of sweep - 3 days while x",
            "不迟于 sweep 结束 前3日 在 x 期间",
        ),
        ("on 2024-02-09", "于 2024年2月9日"),
        ("on day 5 of each month", "每月5日"),
        ("within 7 working days of e", "自 e 起 7个工作日内"),
        (
            "within 10 school days of e where x, f",
            "自 e 其中 x、f 起 10个工作日（school）内",
        ),
        (
            "in principle within allowed of e",
            "原则上 自 e 起 allowed 内",
        ),
    ] {
        same(
            &format!("duty d\n  of a, b to c\n  {english}\n  met by e, f where x or y\n"),
            &format!("职责 d\n  由 a、b 向 c\n  {chinese}\n  以 e、f 其中 x 或 y 完成\n"),
        );
    }
}

#[test]
fn conditions() {
    for (english, chinese) in [
        (
            "a and b or not c and (d or e)",
            "a 且 b 或 非 c 且 （d 或 e）",
        ),
        ("not (a and b)", "非 （a 且 b）"),
        ("a and (b and c)", "a 且 （b 且 c）"),
        (
            "a - b - c * (d + e) / -f >= 3 户",
            "a - b - c * （d + e） / -f ≥ 3户",
        ),
        ("a - (b - c) < 25%", "a - （b - c） < 25%"),
        ("a is not b", "a 不为 b"),
        ("(a is b) is c", "（a 为 b） 为 c"),
        ("a in (b, c)", "a 属于 （b、c）"),
        ("higher of (a, b + 1) > 2‰", "（a、b + 1）孰高 > 2‰"),
        ("lower of (a, b) is ?", "（a、b）孰低 为 ？"),
        ("o in force and not p in force", "o 有效 且 非 p 有效"),
        ("a held allowed", "a 已满 allowed"),
        ("during sweep, dive", "在 sweep、dive 期间"),
        ("f of e is yes", "e 的 f 为 是"),
        ("a.k is no", "a.k 为 否"),
        (
            "date + 16 years > 2024-02-29",
            "日期 + 16年 > 2024年2月29日",
        ),
        ("e in year >= 3 次", "本年度 e ≥ 3次"),
        (
            "e >= 3 次 in year where was < red",
            "本年度 e ≥ 3次 其中 原状态 < red",
        ),
        (
            "e >= 3 in year where (x or y) and z",
            "本年度 e ≥ 3 其中 （x 或 y） 且 z",
        ),
        (
            "e where (x) in year + 1 >= 3",
            "本年度 e 其中 （x） + 1 ≥ 3",
        ),
        (
            "distinct f of e in any year since last time >= 3 项",
            "任一年度 自 上次 以来 e 的 不同 f ≥ 3项",
        ),
        (
            "same f of e where (x and y) in previous month >= 3",
            "上月 e 其中 （x 且 y） 的 同一 f ≥ 3",
        ),
        ("latest f of e is g", "e 的 最近一次 f 为 g"),
        ("max f of e since g > 3", "自 g 以来 e 的 最高 f > 3"),
        (
            "sum f of e in last 12 months > 3",
            "最近12个月内 e 的 f 合计 > 3",
        ),
        (
            "sum f of e in last allowed > 3",
            "最近 allowed 内 e 的 f 合计 > 3",
        ),
        ("e in any 3 years >= 3", "任意3年内 e ≥ 3"),
        ("e during sweep >= 3", "在 sweep 期间 e ≥ 3"),
        ("run of e where (not x) >= 2", "e 其中 非 x 的 连续次数 ≥ 2"),
        (
            "e in cycle of 12 months from start > 1",
            "本周期（自 start 起 每12个月） e > 1",
        ),
        ("e lost since last time", "自 上次 以来 e 依据丧失"),
        ("e within it in day where x is y", "当日 所辖 e 其中 x 为 y"),
        (
            "share of k where (e in year) >= 100%",
            "k 中 本年度 e 的 占比 ≥ 100%",
        ),
        (
            "rank of sum f of e among k where (x > 1) <= 3",
            "在 k 其中 x > 1 中 按 e 的 f 合计 排名 ≤ 3",
        ),
        (
            "rank from last of v among k <= 3",
            "在 k 中 按 v 倒数排名 ≤ 3",
        ),
    ] {
        same(
            &format!("rule r\n  for a\n  on e\n  if {english}\n  then c\n"),
            &format!("规则 r\n  适用 a\n  遇 e\n  若 {chinese}\n  则 c\n"),
        );
    }
}

#[test]
fn tests() {
    same(
        r#"
test "甲"
  given a T01 within T02 { k = x, m = yellow, m since = 2023-07-01 }, a "2-1"
  2023-09-04 10:30 e of T01, "2-1" { f = T01, g = x, y, h = 3 户 } as e1 recorded 2023-09-06
  2023-09-05 e of T01 as e2 instead of e1
  2023-09-05 withdrawn e2 recorded 2023-09-07
  2023-09-06 b approves r of T01
  2023-09-06 b declines of T01
  expect 2023-09-07 yellow of T01 { f = 3 }, o of T01
  expect on 2023-09-07 m of T01 is yellow, no o of T01 in force
  expect 2023-09-08 no d missed of T01
  expect r proposed of T01, r undetermined of T01
  expect no o
"#,
        r"
用例 “甲”
  设 a T01 隶属 T02 ｛ k = x，m = yellow，m 自 = 2023年7月1日 ｝、a “2-1”
  2023年9月4日 10:30 e 对 T01、“2-1” ｛ f = T01，g = x、y，h = 3户 ｝ 记为 e1 录于 2023年9月6日
  2023年9月5日 e 对 T01 记为 e2 更正 e1
  2023年9月5日 撤回 e2 录于 2023年9月7日
  2023年9月6日 b 批准 r 对 T01
  2023年9月6日 b 否决 对 T01
  预期 2023年9月7日 yellow 对 T01 ｛ f = 3 ｝、o 对 T01
  预期 2023年9月7日 m 对 T01 为 yellow、无 o 对 T01 有效
  预期 2023年9月8日 无 d 逾期 对 T01
  预期 r 提议 对 T01、r 无法判定 对 T01
  预期 无 o
",
    );
}

#[test]
fn the_one_line_form() {
    same(
        "township finding >= 3 in year → yellow\ntown a > 1 and b → red for 1 month // 注\n"
            .replace(" //", "  //")
            .as_str(),
        "township 本年度 finding ≥ 3 → yellow\ntown a > 1 且 b → red 为期 1个月  // 注\n",
    );
}

#[test]
fn built_in_names_are_translated() {
    same(
        r"
event e { a: date, b: number?, c: text, d: share, f: money, g: duration, h: yes/no }
define i = e where recorded - date > 3 days
param p by last_day { else = now }
rule r
  on m where was < now
  if sum last_day of e > 3 and last_day of w is x.date
  then o { last_day = date }
",
        r"
事项 e ｛ a：日期，b：数？，c：文本，d：比例，f：金额，g：时长，h：是否 ｝
定义 i = e 其中 录入日 - 日期 > 3日
参数 p 按 截止日 ｛ 其余 = 现状态 ｝
规则 r
  遇 m 其中 原状态 < 现状态
  若 e 的 截止日 合计 > 3 且 w 的 截止日 为 x.日期
  则 o ｛ 截止日 = 日期 ｝
",
    );
}

#[test]
fn built_in_names_that_the_policy_declares_stay() {
    // `date` names a field of the policy's own here, but the type is still the built-in one.
    same(
        "event e { date: date }\nrule r\n  on e where date > recorded\n  then c\n",
        "事项 e ｛ date：日期 ｝\n规则 r\n  遇 e 其中 date > 录入日\n  则 c\n",
    );
    // 数 would be the unit.
    same(
        "unit 数\nevent e { a: number, b: 数 }\n",
        "单位 数\n事项 e ｛ a：number，b：数 ｝\n",
    );
}

#[test]
fn texts_keep_their_quotes() {
    same(
        "prose \"“甲”乙\"\nprose “say \"hi\"”\nprose \"丙\"\n",
        "说明 \"“甲”乙\"\n说明 “say \"hi\"”\n说明 “丙”\n",
    );
}

#[test]
fn what_cannot_be_quoted_is_refused() {
    for text in ["a\nb", "\"”＂"] {
        let prose = pol_syntax::ast::Prose {
            text: pol_syntax::ast::Node::new(text.to_owned(), pol_syntax::Span::default()),
            cites: Vec::new(),
        };
        let declaration = pol_syntax::ast::Declaration::Prose(prose);
        let file = pol_syntax::ast::File {
            declarations: vec![pol_syntax::ast::Node::new(
                declaration,
                pol_syntax::Span::default(),
            )],
            ..Default::default()
        };
        assert_eq!(
            pol_syntax::print(&file, "", Spelling::English),
            Err(pol_syntax::PrintError::Unquotable(text.to_owned()))
        );
    }
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    let error = pol_syntax::format("rule r\n  on\n", None).unwrap_err();
    assert!(matches!(error, pol_syntax::FormatError::Unreadable(it) if it.len() == 1));
}

#[test]
fn a_name_that_becomes_a_keyword_is_refused() {
    // 占比 closes a share in Chinese: `e 的 占比` cannot be the field of that name.
    let text = "rule r\n  on e\n  if 占比 of e > 3\n  then c\n";
    let error = pol_syntax::format(text, Some(Spelling::Chinese)).unwrap_err();
    let line = "若 e 的 占比 > 3".to_owned();
    assert_eq!(error, pol_syntax::FormatError::Changed(line));
    assert_eq!(formatted(text, Spelling::English), text);
}

#[test]
fn fields_that_do_not_fit_stand_one_a_line_without_a_blank_line() {
    let text = "policy p\n  effective 2024-01-01\n\n\
        event daily_report \"report of the day\" of township, department \
        { found \"found\": number = 0, settled \"settled\": number = 0, left \"left open\": number = 0 }\n";
    let once = formatted(text, Spelling::English);
    assert!(once.contains("number = 0\n  settled"), "{once}");
    assert_eq!(formatted(&once, Spelling::English), once);
}

#[test]
fn subjects_narrowed_by_an_event_are_ranked_in_both_orders() {
    same(
        r"
rule r
  for k
  at end of each month
  if rank of sum f of e in month among k where (e in month) <= 3
  then o
",
        r"
规则 r
  适用 k
  每月末
  若 在 k 其中 （本月 e） 中 按 本月 e 的 f 合计 排名 ≤ 3
  则 o
",
    );
}

#[test]
fn a_count_that_a_definition_would_take_for_events() {
    same(
        "
define a = (e where (x > 3) is 1)
define b = (e where (x > 3) >= 2 and f)
define c = e where (x > 3) in year >= 2
",
        "
定义 a = （e 其中 （x > 3） 为 1）
定义 b = （e 其中 （x > 3） ≥ 2 且 f）
定义 c = 本年度 e 其中 （x > 3） ≥ 2
",
    );
}
