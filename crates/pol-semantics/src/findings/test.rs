//! `POL045x`: tests inside a policy.

use pol_syntax::ast::{Name, Quoted};
use pol_syntax::{Code, Diagnostic, Span, Text};

/// A test expects nothing.
pub(crate) fn expects_nothing(label: &Quoted) -> Diagnostic {
    Diagnostic::warning(
        Code::EXPECTS_NOTHING,
        Text::new(
            "this test expects nothing, so it cannot fail",
            "此用例没有写预期，不可能不通过",
        ),
        label.span,
        Text::new("no `expect` in this test", "其中没有`预期`"),
    )
    .with_help(Text::new(
        "say what must come of it: `expect 2024-03-31 yellow of T01`",
        "请写明应有的结果，例如`预期 2024年3月31日 黄牌 对 T01`",
    ))
}

/// A test speaks of a member that it does not give.
pub(crate) fn not_given(id: &Name, nearest: Option<&str>) -> Diagnostic {
    let word = &id.value;
    let finding = Diagnostic::error(
        Code::UNKNOWN_NAME,
        Text::new(
            format!("this test gives no member `{word}`"),
            format!("此用例没有给出成员`{word}`"),
        ),
        id.span,
        Text::new("used here", "在此使用"),
    );
    finding.with_help(match nearest {
        Some(near) => Text::new(
            format!("did you mean `{near}`?"),
            format!("是不是`{near}`？"),
        ),
        None => Text::new(
            format!("give it at the test's beginning: `given KIND {word}`"),
            format!("请在用例开头给出：`设 对象种类 {word}`"),
        ),
    })
}

/// A withdrawal or correction names an entry that the test does not have.
pub(crate) fn no_such_entry(id: &Name, nearest: Option<&str>) -> Diagnostic {
    let word = &id.value;
    let finding = Diagnostic::error(
        Code::UNKNOWN_NAME,
        Text::new(
            format!("no entry of this test is `{word}`"),
            format!("此用例没有记为`{word}`的事项"),
        ),
        id.span,
        Text::new("named here", "在此提到"),
    );
    finding.with_help(match nearest {
        Some(near) => Text::new(
            format!("did you mean `{near}`?"),
            format!("是不是`{near}`？"),
        ),
        None => Text::new(
            format!("name the entry that is meant: `… as {word}`"),
            format!("请给所指的那一条记名：`… 记为 {word}`"),
        ),
    })
}

/// A member or an entry leaves out what must be given.
pub(crate) fn lacks(name: &Name, of: &str, missing: &[&str]) -> Diagnostic {
    let word = &name.value;
    let quoted: Vec<_> = missing.iter().map(|field| format!("`{field}`")).collect();
    Diagnostic::error(
        Code::MISSING_FIELD,
        Text::new(
            format!("`{word}` lacks {}", quoted.join(", ")),
            format!("`{word}`缺少{}", quoted.join("、")),
        ),
        name.span,
        Text::new(
            format!("every `{of}` has {}", quoted.join(", ")),
            format!("`{of}`必须有{}", quoted.join("、")),
        ),
    )
    .with_help(Text::new(
        format!("give it in braces: `{{ {} = … }}`", missing.join(" = …, ")),
        format!("请在大括号中写明：`｛ {} = … ｝`", missing.join(" = …，")),
    ))
}

/// A field of one value is given several.
pub(crate) fn one_value(field: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TYPES,
        Text::new(
            format!("`{field}` holds one value"),
            format!("`{field}`只有一个值"),
        ),
        span,
        Text::new("a further value", "又写了一个值"),
    )
    .with_help(Text::new(
        format!("write one value, or declare `{field}` with `*`"),
        format!("请只写一个值，或在声明`{field}`时加上`*`"),
    ))
}

/// A text stands without its quotation marks.
pub(crate) fn unquoted(word: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TYPES,
        Text::new("a text stands in quotation marks", "文本要写在引号里"),
        span,
        Text::new(format!("`{word}` is a name"), format!("`{word}`是名称")),
    )
    .with_help(Text::new(
        format!("write `\"{word}\"`"),
        format!("请写`“{word}”`"),
    ))
}

/// Something is not for subjects of this kind.
pub(crate) fn not_for(name: &Name, kind: &str, known: &[&str]) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::NOT_OF_THE_SUBJECT,
        Text::new(
            format!("`{word}` is not for a `{kind}`"),
            format!("`{word}`不适用于`{kind}`"),
        ),
        name.span,
        Text::new(
            format!("it is for {}", quoted(known, ", ")),
            format!("它适用于{}", quoted(known, "、")),
        ),
    )
    .with_help(Text::new(
        format!("name a member of {}", quoted(known, " or ")),
        format!("请写{}的成员", quoted(known, "或")),
    ))
}

/// A member is said to lie within one of another kind.
pub(crate) fn not_within(outer: &Name, kind: &str, outer_kind: &str, known: &[&str]) -> Diagnostic {
    let word = &outer.value;
    let help = if known.is_empty() {
        Text::new(
            format!("leave `within` out: `{kind}` is not declared within anything"),
            format!("请去掉`隶属`：`{kind}`的声明没有写隶属"),
        )
    } else {
        Text::new(
            format!("name a member of {}", quoted(known, " or ")),
            format!("请写{}的成员", quoted(known, "或")),
        )
    };
    line(
        Text::new(
            format!("a `{kind}` does not lie within a `{outer_kind}`"),
            format!("`{kind}`不隶属于`{outer_kind}`"),
        ),
        outer.span,
        Text::new(
            format!("`{word}` is a `{outer_kind}`"),
            format!("`{word}`是`{outer_kind}`"),
        ),
        help,
    )
}

/// `card since` stands without `card`.
pub(crate) fn since_of_nothing(name: &Name) -> Diagnostic {
    let word = &name.value;
    line(
        Text::new(
            format!("`{word}` has a beginning and no standing"),
            format!("`{word}`只写了起始日，没有写状态"),
        ),
        name.span,
        Text::new("since then, but which standing?", "自此日起是什么状态？"),
        Text::new(format!("add `{word} = …`"), format!("请加上`{word} = …`")),
    )
}

/// An entry that brings a member has no id to name it by.
pub(crate) fn opens_without_id(event: &Name, kind: &str) -> Diagnostic {
    let word = &event.value;
    line(
        Text::new(
            format!("this `{word}` brings a `{kind}` that has no name"),
            format!("此`{word}`产生的`{kind}`没有编号"),
        ),
        event.span,
        Text::new("without an id", "没有编号"),
        Text::new("give it an id: `… as C01`", "请给它编号：`… 记为 C01`"),
    )
}

/// A withdrawal or correction names a withdrawal.
pub(crate) fn withdraws_withdrawal(id: &Name, first: Span) -> Diagnostic {
    let word = &id.value;
    line(
        Text::new(
            format!("`{word}` is a withdrawal, which stays"),
            format!("`{word}`是撤回，不能再撤回或更正"),
        ),
        id.span,
        Text::new("named here", "在此提到"),
        Text::new(
            "enter anew what was withdrawn",
            "请把被撤回的内容重新录入一条",
        ),
    )
    .with_label(first, Text::new("the withdrawal", "这条撤回"))
}

/// An entry is recorded before it happened.
pub(crate) fn recorded_before(recorded: Span, happened: Span) -> Diagnostic {
    line(
        Text::new(
            "this entry is recorded before it happened",
            "此条的录入日早于发生日",
        ),
        recorded,
        Text::new("recorded on this day", "于此日录入"),
        Text::new(
            "the day in front is the day it happened; `recorded` is the same day or later",
            "行首是发生日；`录于`应为同日或更晚",
        ),
    )
    .with_label(happened, Text::new("happened on this day", "于此日发生"))
}

/// An entry does not say whom it is about.
pub(crate) fn about_nobody(event: &Name, known: &[&str]) -> Diagnostic {
    let word = &event.value;
    line(
        Text::new(
            format!("this `{word}` is about nobody"),
            format!("此`{word}`没有写对谁"),
        ),
        event.span,
        Text::new(
            format!("it is about {}", quoted(known, " or ")),
            format!("它针对{}", quoted(known, "或")),
        ),
        Text::new(
            format!("add whom: `{word} of T01`"),
            format!("请写明对谁：`{word} 对 T01`"),
        ),
    )
}

/// An entry whose fields name its subjects, or that is about nobody, says `of`.
pub(crate) fn about_somebody(of: &Name, event: &str) -> Diagnostic {
    let word = &of.value;
    line(
        Text::new(
            format!("`{event}` takes no `of`"),
            format!("`{event}`后面不写`对`"),
        ),
        of.span,
        Text::new("nobody is named here", "此处不写对象"),
        Text::new(
            format!("name `{word}` in a field, or declare `event {event} of …`"),
            format!("请在字段中写`{word}`，或声明`事项 {event} 对 …`"),
        ),
    )
}

/// A body decides what another body, or nobody, decides.
pub(crate) fn does_not_decide(body: &Name, rule: &Name, decides: Option<&str>) -> Diagnostic {
    let (word, rule_word) = (&body.value, &rule.value);
    let help = match decides {
        Some(by) => Text::new(
            format!("`{rule_word}` is decided by `{by}`"),
            format!("`{rule_word}`由`{by}`决定"),
        ),
        None => Text::new(
            format!("`{rule_word}` acts by itself; leave the decision out, or say `decided by`"),
            format!("`{rule_word}`无需决定；请去掉这一行，或在规则中写`由 … 决定`"),
        ),
    };
    line(
        Text::new(
            format!("`{word}` does not decide `{rule_word}`"),
            format!("`{rule_word}`不由`{word}`决定"),
        ),
        body.span,
        Text::new("decides here", "在此决定"),
        help,
    )
}

/// A rule that nobody decides is expected to be proposed.
pub(crate) fn never_proposed(rule: &Name) -> Diagnostic {
    let word = &rule.value;
    expectation(
        Text::new(
            format!("`{word}` is never proposed: nobody decides it"),
            format!("`{word}`无需决定，不会有提议"),
        ),
        rule,
        Text::new(
            "expect what the rule does, or let the rule be `decided by` a body",
            "请改为预期规则的结果，或在规则中写`由 … 决定`",
        ),
    )
}

/// A rule is expected, and not said how.
pub(crate) fn rule_says_nothing(rule: &Name) -> Diagnostic {
    let word = &rule.value;
    expectation(
        Text::new(
            format!("`{word}` is a rule, and what is expected of it is not said"),
            format!("`{word}`是规则，没有写预期它怎样"),
        ),
        rule,
        Text::new(
            format!("write `{word} proposed`, `{word} undetermined`, or what the rule does"),
            format!("请写`{word} 提议`、`{word} 无法判定`，或规则的结果"),
        ),
    )
}

/// A duty is expected, and not said what becomes of it.
pub(crate) fn duty_says_nothing(duty: &Name) -> Diagnostic {
    let word = &duty.value;
    expectation(
        Text::new(
            format!("`{word}` is a duty, and what becomes of it is not said"),
            format!("`{word}`是职责，没有写预期它怎样"),
        ),
        duty,
        Text::new(
            format!("write `{word} owed`, `met`, `missed` or `released`"),
            format!("请写`{word} 应履行`、`已履行`、`逾期`或`免除`"),
        ),
    )
}

/// A ladder is expected, and not said at which status.
pub(crate) fn ladder_says_nothing(ladder: &Name) -> Diagnostic {
    let word = &ladder.value;
    expectation(
        Text::new(
            format!("`{word}` is a ladder, and the standing is not said"),
            format!("`{word}`是阶梯，没有写预期哪个状态"),
        ),
        ladder,
        Text::new(
            format!("write `{word} of … is …`, or the status that is issued"),
            format!("请写`{word} 对 … 为 …`，或所发出的状态"),
        ),
    )
}

fn line(message: Text, span: Span, label: Text, help: Text) -> Diagnostic {
    Diagnostic::error(Code::TEST_LINE, message, span, label).with_help(help)
}

fn expectation(message: Text, name: &Name, help: Text) -> Diagnostic {
    let label = Text::new("expected here", "在此预期");
    Diagnostic::error(Code::EXPECTATION, message, name.span, label).with_help(help)
}

fn quoted(words: &[&str], between: &str) -> String {
    let words: Vec<_> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(between)
}
