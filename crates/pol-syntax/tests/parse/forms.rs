//! Every form of the language in both spellings and both word orders: the trees are equal.

use super::read;

/// The same declaration, in English and in Chinese; names are the same in both.
fn equal(english: &str, chinese: &str) {
    let (one, other) = (read(english), read(chinese));
    assert_eq!(one.declarations.len(), 1, "{english}");
    assert_eq!(
        one.declarations, other.declarations,
        "\n{english}\n{chinese}"
    );
}

/// The same condition, in the `if` of a rule.
fn condition(english: &str, chinese: &str) {
    equal(
        &format!("rule r\n  for k\n  on e\n  if {english}\n  then s"),
        &format!("规则 r\n  适用 k\n  遇 e\n  若 {chinese}\n  则 s"),
    );
}

/// The same trigger of a rule.
fn trigger(english: &str, chinese: &str) {
    equal(
        &format!("rule r\n  for k\n  {english}\n  then s"),
        &format!("规则 r\n  适用 k\n  {chinese}\n  则 s"),
    );
}

/// The same time of a duty.
fn duty(english: &str, chinese: &str) {
    equal(
        &format!("duty d\n  of k to b\n  {english}\n  met by e"),
        &format!("职责 d\n  由 k 向 b\n  {chinese}\n  以 e 完成"),
    );
}

/// The same actions.
fn actions(english: &str, chinese: &str) {
    equal(
        &format!("rule r\n  for k\n  on e\n  then {english}"),
        &format!("规则 r\n  适用 k\n  遇 e\n  则 {chinese}"),
    );
}

#[test]
fn policies() {
    equal(
        "policy p \"t\"\n  source s \"n\" text \"f\"\n  source s2\n  effective 2023-08-07 counting from 2023-01-01\n  calendar china, school from \"f.toml\"",
        "政策 p “t”\n  文件 s “n” 原文 “f”\n  来源 s2\n  施行 2023年8月7日 计自 2023/1/1\n  日历 china、school 取自 “f.toml”",
    );
    equal(
        "prose \"x\" cites s \"一\" says \"y\", \"二\", t \"三\"",
        "说明 “x” 依据 s “一” 载明 “y”、“二”，t “三”",
    );
}

#[test]
fn subjects_and_events() {
    equal("subject a within b opened by e", "对象 a 隶属 b 由 e 产生");
    equal("subject a opened by f of e", "对象 a 由 e 的 f 产生");
    equal(
        "subject a \"甲\" { class: x \"y\" | z, day: date }",
        "对象 a “甲” ｛ class：x “y” ｜ z\n  day：date ｝",
    );
    equal("event e of k", "事项 e 对 k");
    equal("event e \"l\" of every k", "事项 e “l” 对 各 k");
    equal("event e of k and every l, m", "事项 e 对 k 及 每名 l、m");
    equal(
        "event e {\n  a: t?\n  b: t* , c \"l\": 1..15\n  d: x | y?\n  e: yes/no = no\n  f: number = 0\n  g: number = 3 item\n}",
        "事项 e ｛\n  a：t？\n  b：t＊，c “l”：１..15\n  d：x ｜ y？\n  e：yes/no = 否\n  f：number = 0\n  g：number ＝ 3 item\n｝",
    );
    equal("body b \"l\" cites s \"1\"", "机构 b “l” 依据 s “1”");
    equal(
        "scale s \"l\" = a \"x\" < b < c",
        "等级 s “l” = a “x” ＜ b < c",
    );
    equal("unit u counts kinds", "单位 u 计 种类");
    equal("unit u \"l\" counts occurrences", "单位 u “l” 计 发生");
}

#[test]
fn parameters() {
    equal("param x = 3 item", "参数 x = 3item");
    equal("param x = ?", "参数 x = ？");
    equal(
        "param x \"l\" by k { a { <= 3 = 30 days, else = 60 days }, b, c = 90 days }",
        "参数 x “l” 按 k ｛ a ｛ 3以下 = 30日，其余 = 60天 ｝，b、c = 90日 ｝",
    );
    equal(
        "param x by k { <= 3 household = 1, >= 5 = 2 }",
        "参数 x 按 k ｛ ≤ 3household = 1，5以上 = 2 ｝",
    );
    equal(
        "param x { 2023-01-01 to 2023-12-31 = 7800 yuan\n  2024-01-01 to ? = 8000 yuan }",
        "参数 x ｛ 2023年1月1日 至 2023年12月31日 = 7800yuan\n  自 2024年1月1日 至 ？ = 8000 yuan ｝",
    );
    equal(
        "param x by a.b, c { y = 1 { } }"
            .replace(" = 1 { }", " { z = 1 }")
            .as_str(),
        "参数 x 按 a.b、c ｛ y ｛ z = 1 ｝ ｝",
    );
    equal(
        "reading q \"w\" cites s \"1\" = a \"x\" | b",
        "读法 q “w” 依据 s “1” = a “x” ｜ b",
    );
}

#[test]
fn definitions_catalogues_phases() {
    equal(
        "define x = e where a >= 1 and b, f",
        "定义 x = e 其中 a ≥ 1 且 b、f",
    );
    equal(
        "define x = e, f where not b or c is d",
        "定义 x = e、f 其中 非 b 或 c 为 d",
    );
    equal(
        "define x = e in year >= 2 and a",
        "定义 x = 本年度 e ≥ 2 且 a",
    );
    equal("define x = during p", "定义 x = 在 p 期间");
    equal(
        "phase p 2024-01-01 to 2024-02-01, 2024-06-01 to ?",
        "阶段 p 自 2024年1月1日 至 2024年2月1日、2024年6月1日 至 ？",
    );
    equal("phase p \"l\" from register", "阶段 p “l” 取自 名册");
    equal(
        "catalogue c \"l\" from e by f, g cites s \"1\"\n  where a >= b or d\n{\n  1 \"x\" if h in year >= 2 unless i\n  2 {\n    a \"y\" if during p\n    b \"z\" where j is k\n  }\n}",
        "清单 c “l” 取自 e 按 f、g 依据 s “1”\n  其中 a ≥ b 或 d\n｛\n  1 “x” 若 本年度 h ≥ 2 除非 i\n  2 ｛\n    a “y” 若 在 p 期间\n    b “z” 其中 j 为 k\n  ｝\n｝",
    );
    equal(
        "ladder l \"x\" for a, b\n  s \"y\" < t < u",
        "阶梯 l “x” 适用 a、b\n  s “y” < t < u",
    );
    equal(
        "outcome o \"l\" { f: t } concerns \"w\" cites s \"1\"",
        "结果 o “l” ｛ f：t ｝ 涉及 “w” 依据 s “1”",
    );
    equal(
        "never \"l\" for k red where was is clear",
        "绝无 “l” 适用 k red 其中 was 为 clear",
    );
}

#[test]
fn points() {
    trigger("at 06-30 of each year", "每年6月30日");
    trigger("at day 28 of each month", "每月28日");
    trigger("at friday of each week", "每周五");
    trigger("at end of each quarter", "每季度末");
    trigger(
        "at end of each quarter, end of each half",
        "于 每季末、每半年末",
    );
    trigger("at end of p", "p 结束");
    trigger("on deadline of notice", "notice 的 deadline");
    trigger(
        "on 2024-03-01, 2024-05-01 - 20 working days",
        "于 2024年3月1日、2024年5月1日前20个工作日",
    );
    trigger(
        "at end of each year - 20 working days",
        "每年末前20个工作日",
    );
    trigger("at end of each month + 3 days", "每月末后3日");
    trigger("at end of p + allowed", "于 p 结束 + allowed");
    trigger(
        "at end of each cycle of 12 months from founded",
        "每周期末（自 founded 起 每12个月）",
    );
    trigger(
        "at end of each cycle of 2 years from a.b",
        "每周期末（自 a.b 起 每 2年）",
    );
}

#[test]
fn triggers() {
    trigger("on e where a and b, f lost", "遇 e 其中 a 且 b、f 依据丧失");
    trigger(
        "on d missed, d owed, d met, d released",
        "遇 d 逾期、d 应履行、d 已履行、d 免除",
    );
    trigger("on e within it", "遇 所辖 e");
    trigger("when a is b", "当 a 为 b 时");
    trigger("when a is b held 2 months", "当 a 为 b 已满2个月");
    trigger("while a >= b", "在 a ≥ b 期间");
    trigger("while p", "在 p 期间");
    trigger("during p", "在 p 期间");
    trigger("during p, q", "在 p、q 期间");
    trigger(
        "2 months after e where a, f unless g, h",
        "自 e 其中 a、f 起 满2个月 除非 g、h",
    );
    trigger("allowed after e", "自 e 起 满 allowed");
    trigger("? after e", "自 e 之日起 满 ？");
    trigger("in principle at end of each year", "原则上 每年末");
}

#[test]
fn duties() {
    duty("each month", "每月");
    duty("each month while a >= b", "每月 在 a ≥ b 期间");
    duty("each month while a >= b", "在 a ≥ b 期间 每月");
    duty("each quarter during p, q", "每季度 在 p、q 期间");
    duty(
        "each cycle of 6 months from 2024-01-01",
        "每周期（自 2024年1月1日 起 每6个月）",
    );
    duty("by 06-30 of each year", "每年6月30日前");
    duty("by end of each quarter", "不迟于 每季度末");
    duty("by end of each year - 3 days", "不迟于 每年末前3日");
    duty("by end of each year - 3 days", "每年末前3日 前");
    duty("on day 28 of each month", "每月28日");
    duty("on day 28 of each month", "于 每月28日");
    duty(
        "within 7 working days of e where a, f",
        "自 e 其中 a、f 起 7个工作日内",
    );
    duty(
        "in principle within 10 school days of e",
        "原则上 自 e 起 10个工作日（school）内",
    );
    duty("within allowed of e", "自 e 起 allowed 内");
    duty("by k.expires - 30 days", "k.expires 前30日 前");
    duty(
        "within 15 days of e extended by f where a > 3 to b extended by g for 2 months",
        "自 e 起 15日内 经 f 其中 a > 3 延至 b 经 g 延长 2个月",
    );
    equal(
        "duty d\n  for l\n  of k to b\n  each month",
        "职责 d\n  适用 l\n  由 k 向 b\n  每月",
    );
    equal(
        "duty d \"l\" cites s \"1\"\n  of k\n  on end of p\n  met by e where a and b, f within it",
        "职责 d “l” 依据 s “1”\n  由 k\n  于 p 结束\n  以 e 其中 a 且 b、所辖 f 完成",
    );
}

#[test]
fn clauses_and_actions() {
    equal(
        "rule r \"l\" cites s \"1\"\n  for k, l\n  on e\n  if a\n  counting again\n  decided by b\n  then s\n  otherwise t",
        "规则 r “l” 依据 s “1”\n  适用 k、l\n  遇 e\n  若 a\n  重复计数\n  由 b 决定\n  则 s\n  不同意则 t",
    );
    actions("l = v", "l 调整为 v");
    actions("l = l + 1", "l 定为 l + 1");
    actions(
        "x { f = 1, g = \"t\" } for 2 months",
        "x ｛ f = 1，g = “t” ｝ 为期 2个月",
    );
    actions("x for allowed, y for ?", "x 为期 allowed、y 为期 ？");
    actions("x for 2 match", "x 为期 2次 match");
    actions("x for 2 match", "x 为期2场 match");
    actions("x until end of year", "x 至 年末");
    actions(
        "x until end of cycle of 12 months from a",
        "x 至 本周期末（自 a 起 每12个月）",
    );
    actions("x until end of p", "x 至 p 结束");
    actions("x until e where a and b", "x 至 e 其中 a 且 b");
    actions("end x, end y", "终止 x、解除 y");
    equal(
        "rule r\n  for k\n  on e\n  -> s",
        "规则 r\n  适用 k\n  遇 e\n  → s",
    );
}

#[test]
fn counts_and_windows() {
    condition("e", "e");
    condition("e >= 3 in year where a is b", "本年度 e ≥ 3 其中 a 为 b");
    condition("e in year where a is b >= 3", "本年度 e 其中 a 为 b ≥ 3");
    condition("e >= 3 in year where a is b", "本年 e 其中 a 为 b 不少于3");
    condition("e >= 3 item", "e 3item以上");
    condition("e <= 3 item", "e 3item以下");
    condition("a >= city", "a city以上");
    condition("e in previous month > 3", "上月 e 超过 3");
    condition("e in any quarter < 3", "任一季度 e 不足 3");
    condition("f >= 3 in last 5 e", "最近5次 e 内 f ≥ 3");
    condition(
        "sum g of f in last 2 e within it since last time > 1",
        "最近2次 所辖 e 内 自 上次 以来 f 的 g 合计 > 1",
    );
    condition("e in last 12 months <= 3", "最近12个月内 e 不超过 3");
    condition("e in last allowed is 3", "最近 allowed 内 e 为 3");
    condition("e in any 3 years is not 3", "任意3年内 e 不为 3");
    condition("e since f >= 1", "自 f 以来 e ≥ 1");
    condition("e since f lost >= 1", "自 f 失据 以来 e ≥ 1");
    condition(
        "e in any year since last time >= 1",
        "任一年度 自 上次 以来 e ≥ 1",
    );
    condition("e during p, q >= 1", "在 p、q 期间 e ≥ 1");
    condition(
        "e in cycle of 12 months from a >= 1",
        "本周期（自 a 起 每12个月） e ≥ 1",
    );
    condition(
        "e in previous cycle of 1 year from a >= 1",
        "上周期（自 a 起 每1年） e ≥ 1",
    );
    condition(
        "e in any cycle of 1 year from 2024-01-01 >= 1",
        "任一周期（自 2024-01-01 起 每1年） e ≥ 1",
    );
    condition("e within it >= 1 in day", "当日 所辖 e ≥ 1");
    condition("d missed in half >= 2", "本半年 d 未履行 ≥ 2");
}

#[test]
fn aggregates() {
    condition(
        "distinct f of e in any year since last time >= 3",
        "任一年度 自 上次 以来 e 的 不同 f ≥ 3",
    );
    condition(
        "same f of e in year where (a) >= 3",
        "本年度 e 其中 a 的 同一 f ≥ 3",
    );
    condition("latest f of e is x", "e 的 最近一次 f 为 x");
    condition("max f of e > 1", "e 的 最高 f > 1");
    condition(
        "sum f of e in last 12 months > 1",
        "最近12个月内 e 的 f 合计 > 1",
    );
    condition("run of e where (not a) >= 2", "e 其中 非 a 的 连续次数 ≥ 2");
    condition(
        "share of k where (e in year) >= 100%",
        "k 中 本年度 e 的 占比 ≥ 100％",
    );
    condition("share of k where a is b < 2‰", "k 中 a 为 b 的 占比 < 2‰");
    condition(
        "share of k where (e >= 2 in year or a) < 50%",
        "k 中 本年度 e ≥ 2 或 a 的 占比 < 50%",
    );
    condition(
        "count of k where (a is b and e in year) >= 3",
        "k 中 a 为 b 且 本年度 e 的 个数 ≥ 3",
    );
    condition("rank of a among k <= 3", "在 k 中 按 a 排名 ≤ 3");
    condition(
        "rank from last of sum f of e among k where b is c <= 3",
        "在 k 其中 b 为 c 中 按 e 的 f 合计 倒数排名 ≤ 3",
    );
    condition("higher of (a, b + 1) >= 2", "（a、b + 1）孰高 ≥ 2");
    condition("lower of (a, b) >= 2", "（a、b）较低者 ≥ 2");
}

#[test]
fn conditions() {
    condition(
        "a is b and (c or not d) or e",
        "a 为 b 且 （c 或 非 d） 或 e",
    );
    condition("not not a", "非 并非 a");
    condition("not a >= b held 2 months", "非 a ≥ b 已满 2个月");
    condition("(a and b) held 3 days", "（a 且 b） 已满3日");
    condition("x in force and not y in force", "x 有效 且 非 y 有效");
    condition("x in force held 1 week", "x 有效 已满 1周");
    condition("x in (a, b, 3)", "x 属于 （a、b、3）");
    condition("x is not yes", "x 不为 是");
    condition("during p and a", "在 p 期间 且 a");
    condition(
        "deadline of notice > 2024-01-01",
        "notice 的 deadline 超过 2024年1月1日",
    );
    condition("(a - b) / c * 2 >= -d", "（a - b） ／ c × ２ 达到 -d");
    condition("a.b is c", "a.b 为 c");
    condition("e where (a or b) >= 2", "e 其中 （a 或 b） ≥ 2");
    condition("e where a in (b, c) >= 2", "e 其中 a 属于 （b、c） ≥ 2");
}

#[test]
fn tests() {
    equal(
        "test \"l\"\n  given k m { a = 1, card = yellow, card since = 2023-07-01 }, k n within m\n  2023-09-04 e of m, n { f = x, y, g = 2 } as e1 recorded 2023-09-06\n  2023-09-05 10:30 e of m instead of e1\n  2023-09-06 withdrawn e1\n  2023-09-07 b approves r of m\n  2023-09-08 b declines of m recorded 2023-09-09\n  expect 2023-10-12 s of m\n  expect on 2023-10-13 card of m is red, o of m in force\n  expect no s of n\n  expect no 2023-10-14 s of n, o of n in force\n  expect 2023-10-15 r proposed of m, r undetermined of m, d missed of m\n  expect 2023-10-16 notice of m { allowed = 30 days }",
        "用例 “l”\n  设 k m ｛ a = 1，card = yellow，card 自 = 2023年7月1日 ｝、k n 隶属 m\n  2023年9月4日 e 对 m、n ｛ f = x、y，g = 2 ｝ 记为 e1 录于 2023年9月6日\n  2023年9月5日 10：30 e 对 m 更正 e1\n  2023年9月6日 撤回 e1\n  2023年9月7日 b 批准 r 对 m\n  2023年9月8日 b 不批准 对 m 录于 2023年9月9日\n  预期 2023年10月12日 s 对 m\n  预期 2023年10月13日 m 的 card 为 red、o 对 m 有效\n  预期 无 s 对 n\n  预期 无 2023年10月14日 s 对 n、o 对 n 有效\n  预期 2023年10月15日 r 提议 对 m、r 无法判定 对 m、d 逾期 对 m\n  预期 2023年10月16日 notice 对 m ｛ allowed = 30日 ｝",
    );
}

#[test]
fn one_line_files() {
    let english = read(
        "township finding ≥ 3 in year → yellow\ntownship finding >= 5 in year -> red for 1 month, notice\n",
    );
    let chinese = read(
        "township 本年度 finding ≥ 3 → yellow\n\ntownship 本年度 finding 不少于5 则 red 为期1个月、notice\n",
    );
    assert_eq!(english.one_liners.len(), 2);
    assert!(english.declarations.is_empty());
    assert_eq!(english.one_liners, chinese.one_liners);
}

#[test]
fn opening_words_stay_names() {
    // Statuses 有效, 完成, 结束 and fields `from`, `to`, `end` are possible.
    equal(
        "ladder l for k\n  有效 < 完成 < 结束",
        "阶梯 l 适用 k\n  有效 < 完成 < 结束",
    );
    equal(
        "event e { from: date, to: date, end: date }",
        "事项 e ｛ from：date，to：date，end：date ｝",
    );
    condition("from < to and end is last", "from < to 且 end 为 last");
    condition("以上海为例 is 自然村", "以上海为例 为 自然村");
}
