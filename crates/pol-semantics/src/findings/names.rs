//! `POL02xx`: names.

use crate::names::{Declared, Place};
use pol_syntax::ast::Name;
use pol_syntax::{Code, Diagnostic, Span, Text};

/// What kind of thing a name was looked for as, with its article.
pub(crate) type Wanted = (&'static str, &'static str);

/// Nothing of the kind is declared under this name.
pub(crate) fn unknown(name: &Name, wanted: Wanted, nearest: Option<&str>) -> Diagnostic {
    let (en, zh) = wanted;
    let word = &name.value;
    let finding = Diagnostic::error(
        Code::UNKNOWN_NAME,
        Text::new(
            format!("no {} is called `{word}`", without_article(en)),
            format!("没有叫`{word}`的{zh}"),
        ),
        name.span,
        Text::new(format!("{en} is wanted here"), format!("此处应为{zh}")),
    );
    match nearest {
        Some(near) => finding.with_help(Text::new(
            format!("did you mean `{near}`?"),
            format!("是不是`{near}`？"),
        )),
        None => finding.with_help(Text::new(
            format!("declare `{word}`, or use a name that is declared"),
            format!("请先声明`{word}`，或改用已声明的名称"),
        )),
    }
}

/// No such unit is declared.
pub(crate) fn unknown_unit(unit: &Name, nearest: Option<&str>) -> Diagnostic {
    let finding = unknown(unit, ("a unit", "单位"), nearest);
    let word = &unit.value;
    match nearest {
        Some(_) => finding,
        None => finding.with_help(Text::new(
            format!("leave it out, or declare it: `unit {word}`"),
            format!("请不写单位，或先声明：`单位 {word}`"),
        )),
    }
}

/// A declaration, a field or a value has no such member.
pub(crate) fn unknown_field(
    name: &Name,
    of: &str,
    known: &[&str],
    nearest: Option<&str>,
) -> Diagnostic {
    let word = &name.value;
    let finding = Diagnostic::error(
        Code::UNKNOWN_FIELD,
        Text::new(
            format!("`{of}` has no `{word}`"),
            format!("`{of}`没有`{word}`"),
        ),
        name.span,
        Text::new(
            format!("not a field of `{of}`"),
            format!("不是`{of}`的字段"),
        ),
    );
    if let Some(near) = nearest {
        finding.with_help(Text::new(
            format!("did you mean `{near}`?"),
            format!("是不是`{near}`？"),
        ))
    } else if known.is_empty() {
        finding.with_help(Text::new(
            format!("`{of}` has no fields; declare `{word}` there"),
            format!("`{of}`没有字段；请在那里声明`{word}`"),
        ))
    } else {
        finding.with_help(Text::new(
            format!("it has {}", list(known, ", ")),
            format!("它有{}", list(known, "、")),
        ))
    }
}

/// A value is none of an enumeration's.
pub(crate) fn unknown_value(
    name: &Name,
    of: &str,
    known: &[&str],
    nearest: Option<&str>,
) -> Diagnostic {
    let word = &name.value;
    let finding = Diagnostic::error(
        Code::UNKNOWN_NAME,
        Text::new(
            format!("`{of}` has no value `{word}`"),
            format!("`{of}`没有取值`{word}`"),
        ),
        name.span,
        Text::new(
            format!("not a value of `{of}`"),
            format!("不是`{of}`的取值"),
        ),
    );
    match nearest {
        Some(near) => finding.with_help(Text::new(
            format!("did you mean `{near}`?"),
            format!("是不是`{near}`？"),
        )),
        None => finding.with_help(Text::new(
            format!("its values are {}", list(known, ", ")),
            format!("它的取值有{}", list(known, "、")),
        )),
    }
}

/// A name is declared twice in one space.
pub(crate) fn duplicate(name: &Name, first: Place) -> Diagnostic {
    let word = &name.value;
    let sort = first.declared.sort();
    twice(name.span, word, first.span).with_help(Text::new(
        format!(
            "`{word}` is {} already; give one of them another name",
            sort.en
        ),
        format!("`{word}`已经是{}；请给其中一个换个名称", sort.zh),
    ))
}

/// A field, value or key stands twice in one list.
pub(crate) fn listed_twice(name: &Name, first: Span) -> Diagnostic {
    twice(name.span, &name.value, first).with_help(Text::new(
        "leave one of them out, or give it another name",
        "请去掉其中一个，或换个名称",
    ))
}

fn twice(span: Span, word: &str, first: Span) -> Diagnostic {
    Diagnostic::error(
        Code::DUPLICATE,
        Text::new(
            format!("`{word}` is declared twice"),
            format!("`{word}`声明了两次"),
        ),
        span,
        Text::new("declared again here", "此处又声明一次"),
    )
    .with_label(first, Text::new("first declared here", "最初在此声明"))
}

/// Two names differ in letters that look the same.
pub(crate) fn look_alike(name: &str, span: Span, other: &str, first: Span) -> Diagnostic {
    Diagnostic::warning(
        Code::LOOK_ALIKE,
        Text::new(
            format!("`{name}` and `{other}` look alike and are two names"),
            format!("`{name}`与`{other}`看起来一样，却是两个名称"),
        ),
        span,
        Text::new("this name", "此名称"),
    )
    .with_label(first, Text::new("looks like this one", "与此名称相似"))
    .with_help(Text::new(
        "write both with the same letters, or give one of them another name",
        "请用同样的字写，或给其中一个换个名称",
    ))
}

/// The name stands for something that cannot stand here.
pub(crate) fn wrong_sort(name: &Name, found: Place, wanted: Wanted) -> Diagnostic {
    let word = &name.value;
    let sort = found.declared.sort();
    let (en, zh) = wanted;
    Diagnostic::error(
        Code::WRONG_SORT,
        Text::new(
            format!("`{word}` is {}, not {en}", sort.en),
            format!("`{word}`是{}，不是{zh}", sort.zh),
        ),
        name.span,
        Text::new(format!("{en} is wanted here"), format!("此处应为{zh}")),
    )
    .with_label(
        found.span,
        Text::new(
            format!("declared here as {}", sort.en),
            format!("在此声明为{}", sort.zh),
        ),
    )
    .with_help(if matches!(found.declared, Declared::Rule(_)) {
        Text::new(
            format!("name {en}; what happens when a rule fires is what it issues behind `then`"),
            format!("请写{zh}；规则触发时发生的，是它在`则`后面发出的事项"),
        )
    } else {
        Text::new(
            format!("name {en} that is declared"),
            format!("请写已声明的{zh}"),
        )
    })
}

/// The name may mean several things here.
pub(crate) fn ambiguous(name: &Name, candidates: &[&str]) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::AMBIGUOUS,
        Text::new(
            format!("`{word}` may mean several things here"),
            format!("此处的`{word}`可以指几样东西"),
        ),
        name.span,
        Text::new(
            format!("of {}", list(candidates, " or of ")),
            format!("属于{}", list(candidates, "或")),
        ),
    )
    .with_help(Text::new(
        "give one of them another name",
        "请给其中一个换个名称",
    ))
}

/// A definition or parameter goes back to itself.
pub(crate) fn circular(name: &Name, path: &[String]) -> Diagnostic {
    let word = &name.value;
    let way = path
        .iter()
        .map(|step| format!("`{step}`"))
        .collect::<Vec<_>>()
        .join(" → ");
    Diagnostic::error(
        Code::CIRCULAR,
        Text::new(
            format!("`{word}` is defined by itself: {way}"),
            format!("`{word}`用自己来定义自己：{way}"),
        ),
        name.span,
        Text::new("the circle closes here", "在此绕回"),
    )
    .with_help(Text::new(
        "define one of them without the others",
        "请让其中一个不依赖其他各个",
    ))
}

/// Parameters and definitions lean on each other in a row that is too long.
pub(crate) fn leans_too_deep(name: &Name, deepest: usize) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::LIMIT,
        Text::new(
            format!("definitions lean on each other more than {deepest} deep"),
            format!("定义层层引用，超过{deepest}层"),
        ),
        name.span,
        Text::new(
            format!("`{word}` is one too many"),
            format!("到`{word}`超过了限度"),
        ),
    )
    .with_help(Text::new(
        "say what it stands for directly",
        "请直接写出它所代表的内容",
    ))
}

/// There is no `policy` declaration.
pub(crate) fn no_policy(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NO_HEADER,
        Text::new(
            "the policy does not say its name and start",
            "政策没有写明名称和施行日期",
        ),
        span,
        Text::new("no `policy` declaration before this", "此前没有`政策`声明"),
    )
    .with_help(Text::new(
        "begin with `policy NAME` and, indented below it, `effective 2024-01-01`",
        "开头请写`政策 名称`，下一行缩进写`施行 2024年1月1日`",
    ))
}

/// The `policy` declaration does not say from which day it is effective.
pub(crate) fn no_start(policy: &Name) -> Diagnostic {
    let word = &policy.value;
    Diagnostic::error(
        Code::NO_HEADER,
        Text::new(
            format!("policy `{word}` does not say from which day it is effective"),
            format!("政策`{word}`没有写明施行日期"),
        ),
        policy.span,
        Text::new("no `effective` in this declaration", "此声明中没有`施行`"),
    )
    .with_help(Text::new(
        "add `effective 2024-01-01`, with the day from which it is in force",
        "请加上`施行 2024年1月1日`，写明从哪天起执行",
    ))
}

/// `counting from` lies after `effective`.
pub(crate) fn counts_too_late(span: Span, effective: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NO_HEADER,
        Text::new(
            "counting begins after the policy is effective",
            "计数的起点晚于施行日期",
        ),
        span,
        Text::new("this day is later", "此日较晚"),
    )
    .with_label(
        effective,
        Text::new("effective from this day", "自此日施行"),
    )
    .with_help(Text::new(
        "`counting from` names an earlier day, or is left out",
        "`计自`应为较早的日期，或不写",
    ))
}

pub(super) fn list(words: &[&str], between: &str) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(between)
}

fn without_article(words: &str) -> &str {
    words
        .strip_prefix("a ")
        .or_else(|| words.strip_prefix("an "))
        .unwrap_or(words)
}

/// No type has this name.
pub(crate) fn unknown_type(name: &Name, nearest: Option<&str>) -> Diagnostic {
    let finding = unknown(name, ("a type", "类型"), nearest);
    if nearest.is_some() {
        return finding;
    }
    finding.with_help(Text::new(
        "write a type such as `number`, `date`, `yes/no`, a unit, a scale, a kind of subject, or two values or more: `a | b`",
        "请写`数`、`日期`、`是否`等类型，或单位、等级、对象，或两个以上的取值：`甲 | 乙`",
    ))
}
