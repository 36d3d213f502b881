//! `POL03xx`: types and units.

use super::names::{list, unknown};
use crate::hir::{Policy, Type};
use crate::types::describe;
use pol_syntax::ast::{Name, Quoted};
use pol_syntax::{Code, Diagnostic, Span, Text};

/// A value of one type stands where another is wanted.
pub(crate) fn wrong_type(policy: &Policy, span: Span, found: Type, wanted: Type) -> Diagnostic {
    let code = code_of(found, wanted);
    let (found, wanted) = (describe(policy, found), describe(policy, wanted));
    Diagnostic::error(
        code,
        Text::new(
            format!("{} stands where {} is wanted", found.en, wanted.en),
            format!("此处应为{}，写的却是{}", wanted.zh, found.zh),
        ),
        span,
        Text::new(format!("this is {}", found.en), format!("这是{}", found.zh)),
    )
    .with_help(Text::new(
        format!("write {}", wanted.en),
        format!("请写{}", wanted.zh),
    ))
}

/// Two sides do not fit together.
pub(crate) fn mismatch(policy: &Policy, left: (Span, Type), right: (Span, Type)) -> Diagnostic {
    let code = code_of(left.1, right.1);
    let (one, other) = (describe(policy, left.1), describe(policy, right.1));
    let help = if code == Code::UNITS {
        Text::new(
            "use the same unit on both sides, or leave it out of the number",
            "两边请用同一单位，或不写数后面的单位",
        )
    } else if left.1 == Type::Bool && matches!(right.1, Type::Number(_) | Type::Share) {
        // `finding where exposed >= 1`: the comparison went to the condition, not to the count.
        Text::new(
            "if what satisfies a condition is counted, put the condition in parentheses: `where (…) >= 3`",
            "如果数的是满足条件的，请把条件放进括号：`其中 （…） ≥ 3`",
        )
    } else {
        Text::new(
            format!("put {} on both sides, or {}", one.en, other.en),
            format!("两边应同为{}，或同为{}", one.zh, other.zh),
        )
    };
    let message = Text::new(
        format!("{} does not fit {}", other.en, one.en),
        format!("{}与{}对不上", other.zh, one.zh),
    );
    Diagnostic::error(
        code,
        message,
        right.0,
        Text::new(format!("this is {}", other.en), format!("这是{}", other.zh)),
    )
    .with_label(
        left.0,
        Text::new(format!("this is {}", one.en), format!("这是{}", one.zh)),
    )
    .with_help(help)
}

const fn code_of(one: Type, other: Type) -> Code {
    match (one, other) {
        (Type::Number(_) | Type::Money, Type::Number(_) | Type::Money) => Code::UNITS,
        _ => Code::TYPES,
    }
}

/// A value stands alone where a condition is wanted.
pub(crate) fn not_a_condition(policy: &Policy, span: Span, found: Type) -> Diagnostic {
    let share = found == Type::Share;
    let found = describe(policy, found);
    Diagnostic::error(
        Code::NOT_A_CONDITION,
        Text::new(
            format!("{} is no condition", found.en),
            format!("{}不是条件", found.zh),
        ),
        span,
        Text::new(
            format!("this is {}, and nothing is said of it", found.en),
            format!("这是{}，没有说它怎样", found.zh),
        ),
    )
    .with_help(if share {
        Text::new(
            "compare it, and put what stands behind `where` in parentheses: `share of village where (visit in year) >= 50%`",
            "请加上比较，例如`村 中 本年度 走访 的 占比 ≥ 50%`",
        )
    } else {
        Text::new(
            "compare it: `… >= 3`, `… is yellow`",
            "请加上比较，例如`… ≥ 3`、`… 为 黄牌`",
        )
    })
}

/// A number outside what can stand there.
pub(crate) fn out_of_range(span: Span, least: i64, greatest: i64) -> Diagnostic {
    Diagnostic::error(
        Code::OUT_OF_RANGE,
        Text::new(
            format!("only whole numbers from {least} to {greatest} can stand here"),
            format!("此处只能是{least}至{greatest}的整数"),
        ),
        span,
        Text::new("outside of it", "超出范围"),
    )
    .with_help(Text::new(
        "write a number within, or widen the range where the field is declared",
        "请写范围以内的数，或在字段声明处放宽范围",
    ))
}

/// A number too large or too fine to be kept exactly.
pub(crate) fn too_large(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::OUT_OF_RANGE,
        Text::new(
            "this number is too large or too fine to be kept exactly",
            "此数过大或过细，无法精确保存",
        ),
        span,
        Text::new("at most some 38 digits in all", "总共至多约38位数字"),
    )
    .with_help(Text::new("write fewer digits", "请少写几位"))
}

/// Only a fixed value can stand here.
pub(crate) fn not_fixed(policy: &Policy, span: Span, wanted: Type) -> Diagnostic {
    let wanted = describe(policy, wanted);
    Diagnostic::error(
        Code::NOT_FIXED,
        Text::new("only a fixed value can stand here", "此处只能写固定的值"),
        span,
        Text::new("this has to be worked out", "这需要推算"),
    )
    .with_help(Text::new(
        format!("write {} itself", wanted.en),
        format!("请直接写{}", wanted.zh),
    ))
}

/// A name stands where only a fixed value can stand.
pub(crate) fn name_for_value(policy: &Policy, name: &Name, wanted: Type) -> Diagnostic {
    let word = &name.value;
    let wanted = describe(policy, wanted);
    Diagnostic::error(
        Code::NOT_FIXED,
        Text::new(
            format!("`{word}` stands where {} is wanted", wanted.en),
            format!("此处应为{}，写的却是`{word}`", wanted.zh),
        ),
        name.span,
        Text::new("only a fixed value can stand here", "此处只能写固定的值"),
    )
    .with_help(Text::new(
        format!("write {} itself", wanted.en),
        format!("请直接写{}", wanted.zh),
    ))
}

/// A calendar that there is not.
pub(crate) fn unknown_calendar(name: &Name, nearest: Option<&str>, known: &[&str]) -> Diagnostic {
    let finding = unknown(name, ("a calendar", "日历"), nearest);
    if nearest.is_some() {
        return finding;
    }
    finding.with_help(Text::new(
        format!("the calendars that can be named are {}", list(known, ", ")),
        format!("可用的日历有{}", list(known, "、")),
    ))
}

/// A calendar that the language does not have, and that names no file of its days.
pub(crate) fn calendar_without_days(name: &Name, nearest: Option<&str>) -> Diagnostic {
    let finding = unknown(name, ("a calendar", "日历"), nearest);
    if nearest.is_some() {
        return finding;
    }
    let word = &name.value;
    finding.with_help(Text::new(
        format!("say where its days stand: `calendar {word} from \"{word}.toml\"`"),
        format!("请写明日历数据所在的文件：`日历 {word} 取自 “{word}.toml”`"),
    ))
}

/// A calendar of the language, with a file.
pub(crate) fn calendar_taken(name: &Name, file: Span) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::CALENDAR,
        Text::new(
            format!("the language has the calendar `{word}` itself"),
            format!("日历`{word}`是语言自带的"),
        ),
        file,
        Text::new("its days come from no file", "它的数据不取自文件"),
    )
    .with_label(
        name.span,
        Text::new("this name is taken", "这个名称已有所指"),
    )
    .with_help(Text::new(
        "give your calendar another name, or leave the file out",
        "请给自己的日历另取名称，或去掉文件",
    ))
}

/// A calendar whose file was not handed over with the policy.
pub(crate) fn calendar_not_given(name: &Name, file: &Quoted) -> Diagnostic {
    let (word, path) = (&name.value, &file.value);
    Diagnostic::error(
        Code::CALENDAR,
        Text::new(
            format!("the days of the calendar `{word}` were not given"),
            format!("没有提供日历`{word}`的数据"),
        ),
        file.span,
        Text::new("this file was not read", "没有读取这个文件"),
    )
    .with_help(Text::new(
        format!("hand `{path}` over together with the policy"),
        format!("请将`{path}`与政策一并提供"),
    ))
}

/// Working days are counted, and no calendar is named.
pub(crate) fn no_calendar(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::UNKNOWN_NAME,
        Text::new(
            "working days need a calendar, and the policy names none",
            "计算工作日需要日历，政策没有写明",
        ),
        span,
        Text::new("counted by which calendar?", "按哪个日历计算？"),
    )
    .with_help(Text::new(
        "add `calendar china` to the `policy` declaration",
        "请在`政策`声明中加上`日历 china`",
    ))
}

/// A range that holds no number.
pub(crate) fn empty_range(span: Span, least: i64, greatest: i64) -> Diagnostic {
    Diagnostic::error(
        Code::OUT_OF_RANGE,
        Text::new(
            format!("no number lies between {least} and {greatest}"),
            format!("{least}至{greatest}之间没有数"),
        ),
        span,
        Text::new("the first is the greater one", "前一个数较大"),
    )
    .with_help(Text::new(
        format!("write `{greatest}..{least}`"),
        format!("请写`{greatest}..{least}`"),
    ))
}

/// A span of dates that ends before it begins.
pub(crate) fn backwards(from: Span, to: Span) -> Diagnostic {
    Diagnostic::error(
        Code::OUT_OF_RANGE,
        Text::new("this span ends before it begins", "起止日期颠倒"),
        to,
        Text::new("the last day", "截止日"),
    )
    .with_label(from, Text::new("the first day", "起始日"))
    .with_help(Text::new(
        "write the earlier day first",
        "请把较早的日期写在前面",
    ))
}

/// Values without an order are compared by size.
pub(crate) fn no_order(policy: &Policy, span: Span, ty: Type) -> Diagnostic {
    let named = describe(policy, ty);
    let help = match ty {
        Type::Enum(_) => Text::new(
            "compare with `is` or `in`, or declare a `scale` with the values in order",
            "请用`为`或`属于`，或按高低次序声明一个`等级`",
        ),
        Type::Duration => Text::new(
            "a month has 28 to 31 days; compare the dates that they lead to",
            "一个月有28至31天；请比较由此推出的日期",
        ),
        _ => Text::new("compare with `is` or `is not`", "请用`为`或`不为`"),
    };
    Diagnostic::error(
        Code::NO_ORDER,
        Text::new(
            format!("{} is neither more nor less than another", named.en),
            format!("{}之间没有大小高低", named.zh),
        ),
        span,
        Text::new("compared by size here", "此处比较大小"),
    )
    .with_help(help)
}

/// Something that is no number stands in a sum or product.
pub(crate) fn no_arithmetic(policy: &Policy, span: Span, ty: Type) -> Diagnostic {
    let named = describe(policy, ty);
    let help = if ty == Type::Bool {
        Text::new(
            "if a count is meant, put it in parentheses with its `where`: `(E where P) * 20`",
            "若要用次数计算，请把事项连同`其中`放进括号：`（E 其中 P） * 20`",
        )
    } else {
        Text::new(
            "reckon with numbers, or add a span of time to a date",
            "请用数来计算，或在日期上加减时长",
        )
    };
    Diagnostic::error(
        Code::TYPES,
        Text::new(
            format!("{} cannot be reckoned with", named.en),
            format!("{}不能参与计算", named.zh),
        ),
        span,
        Text::new(format!("this is {}", named.en), format!("这是{}", named.zh)),
    )
    .with_help(help)
}

/// A number of days is compared with a span of time: months and years have no fixed number of days.
pub(crate) fn days_and_span(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::TYPES,
        Text::new(
            "a number of days is not compared with a span of time",
            "天数不能与时长比较",
        ),
        span,
        Text::new(
            "a date less a date is a number of days",
            "日期减日期得出天数",
        ),
    )
    .with_help(Text::new(
        "write the number alone, or add the span: `birthday + 16 years <= date`",
        "请只写数，或改为加上时长，例如`出生日期 + 16年 ≤ 日期`",
    ))
}
