//! What is asked where it has no answer: `POL0305`, `POL0306`, `POL0311`, `POL0313`.

use crate::hir::Named;
use crate::names::Place;
use pol_syntax::ast::Name;
use pol_syntax::{Code, Diagnostic, Span, Text};

/// A condition on an event counts, or asks for a standing.
pub(crate) fn not_of_the_event(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NOT_OF_THE_EVENT,
        Text::new(
            "a condition on an event speaks of its fields only",
            "事项的条件只能说它的字段",
        ),
        span,
        Text::new(
            "this counts events, or asks for a standing",
            "这里在计数，或在问当前状态",
        ),
    )
    .with_help(Text::new(
        "say it in the rule's `if`; here only fields, attributes, parameters and readings can stand",
        "请写在规则的`若`里；此处只能写字段、属性、参数和读法",
    ))
}

/// A parameter or definition asks for a field that the event here does not have.
pub(crate) fn needs_field(asked: &Name, field: &str, place: Span) -> Diagnostic {
    let word = &asked.value;
    Diagnostic::error(
        Code::NO_EVENT,
        Text::new(
            format!("`{word}` asks for the field `{field}`, which there is none of here"),
            format!("`{word}`要用字段`{field}`，此处没有"),
        ),
        asked.span,
        Text::new(
            format!("no event with `{field}` here"),
            format!("此处没有带`{field}`的事项"),
        ),
    )
    .with_label(place, Text::new("asked for here", "在此用到"))
    .with_help(Text::new(
        format!("use `{word}` in the `where` of an event that has `{field}`"),
        format!("请在带`{field}`的事项的`其中`里使用`{word}`"),
    ))
}

/// A field that not every triggering event has.
pub(crate) fn not_common(name: &Name) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::NO_EVENT,
        Text::new(
            format!("not every event here has the field `{word}`"),
            format!("此处的事项并非都有字段`{word}`"),
        ),
        name.span,
        Text::new(
            "only fields that all of them have, with one type",
            "只能用各事项都有且类型相同的字段",
        ),
    )
    .with_help(Text::new(
        "write a rule for each event, or give all of them the field",
        "请分事项各写一条规则，或让各事项都有此字段",
    ))
}

/// A field is asked for where there is no event.
pub(crate) fn no_event(name: &Name, event: Option<&str>) -> Diagnostic {
    let word = &name.value;
    let message = match event {
        Some(event) => Text::new(
            format!("`{word}` is a field of `{event}`, and there is no event here"),
            format!("`{word}`是`{event}`的字段，此处没有事项"),
        ),
        None => Text::new(
            format!("`{word}` is a field of an event, and there is no event here"),
            format!("`{word}`是事项的字段，此处没有事项"),
        ),
    };
    let event = event.unwrap_or("EVENT");
    Diagnostic::error(
        Code::NO_EVENT,
        message,
        name.span,
        Text::new("of which event?", "哪个事项的？"),
    )
    .with_help(Text::new(
        format!("say which event: `latest {word} of {event}`, or `{event} where {word} …`"),
        format!("请写明事项：`{event} 的 最近一次 {word}`，或`{event} 其中 {word} …`"),
    ))
}

/// An attribute is named without whose it is.
pub(crate) fn bare_attribute(name: &Name, kind: &str) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::UNKNOWN_NAME,
        Text::new(
            format!("`{word}` is an attribute of `{kind}` and is named with it"),
            format!("`{word}`是`{kind}`的属性，要连着写"),
        ),
        name.span,
        Text::new("whose?", "谁的？"),
    )
    .with_help(Text::new(
        format!("write `{kind}.{word}`"),
        format!("请写`{kind}.{word}`"),
    ))
}

/// An attribute of a kind that is not concerned here.
pub(crate) fn not_of_the_subject(kind: &Name, span: Span) -> Diagnostic {
    let word = &kind.value;
    Diagnostic::error(
        Code::NOT_OF_THE_SUBJECT,
        Text::new(
            format!("there is no `{word}` here to have this attribute"),
            format!("此处没有`{word}`，也就没有这个属性"),
        ),
        span,
        Text::new(
            "neither the subject nor what it lies within",
            "既不是所指对象，也不是它所隶属的",
        ),
    )
    .with_help(Text::new(
        format!(
            "write it where a `{word}` is concerned, or take an attribute of the subject itself"
        ),
        format!("请写在涉及`{word}`的地方，或用对象自身的属性"),
    ))
}

/// A ladder on which the subject does not stand.
pub(crate) fn not_on_the_ladder(ladder: &Named, kind: &Named, span: Span) -> Diagnostic {
    let (ladder_name, kind_name) = (&ladder.name, &kind.name);
    Diagnostic::error(
        Code::NOT_OF_THE_SUBJECT,
        Text::new(
            format!("a `{kind_name}` does not stand on `{ladder_name}`"),
            format!("`{kind_name}`不在阶梯`{ladder_name}`上"),
        ),
        span,
        Text::new(
            format!("this speaks of `{ladder_name}`"),
            format!("这里说的是`{ladder_name}`"),
        ),
    )
    .with_label(
        ladder.span,
        Text::new("the ladder says for whom it is", "阶梯写明了适用对象"),
    )
    .with_help(Text::new(
        format!("add `{kind_name}` to the ladder's `for`, or leave it out of this one"),
        format!("请在阶梯的`适用`中加上`{kind_name}`，或在此处去掉它"),
    ))
}

/// An event is issued about a subject that it is not about.
pub(crate) fn not_about(event: &Named, kind: &Named, span: Span) -> Diagnostic {
    let (event_name, kind_name) = (&event.name, &kind.name);
    Diagnostic::error(
        Code::NOT_OF_THE_SUBJECT,
        Text::new(
            format!("`{event_name}` is not about a `{kind_name}`"),
            format!("`{event_name}`不涉及`{kind_name}`"),
        ),
        span,
        Text::new(
            format!("issued here about a `{kind_name}`"),
            format!("此处对`{kind_name}`发出"),
        ),
    )
    .with_label(
        event.span,
        Text::new("the event says whom it is about", "事项写明了涉及的对象"),
    )
    .with_help(Text::new(
        format!("add `{kind_name}` to the event's `of`, or leave it out of the rule's `for`"),
        format!("请在事项的`对`后加上`{kind_name}`，或在规则的`适用`中去掉它"),
    ))
}

/// A rule or property that fits no kind of subject.
pub(crate) fn fits_nobody(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::NOT_OF_THE_SUBJECT,
        Text::new(
            "there is no kind of subject that all of this speaks of",
            "没有哪类对象适合这里所说的全部内容",
        ),
        span,
        Text::new("for whom?", "适用于谁？"),
    )
    .with_help(Text::new(
        "add `for` with the kinds of subject, and see that its ladders and events are theirs",
        "请用`适用`写明对象，并核对其中的阶梯和事项确属这些对象",
    ))
}

/// `deadline of notice` where the event is no trigger.
pub(crate) fn not_the_trigger(field: &Name, event: &Name, span: Span) -> Diagnostic {
    let (field, event) = (&field.value, &event.value);
    Diagnostic::error(
        Code::NO_EVENT,
        Text::new(
            format!("`{event}` does not trigger this, so it has no `{field}` here"),
            format!("此处不由`{event}`触发，没有它的`{field}`"),
        ),
        span,
        Text::new("of which one?", "哪一次的？"),
    )
    .with_help(Text::new(
        format!("write `latest {field} of {event}`, or let `on {event}` trigger it"),
        format!("请写`{event} 的 最近一次 {field}`，或由`遇 {event}`触发"),
    ))
}

/// A window that belongs to a value instead of the count before it.
pub(crate) fn window_of_a_value(name: &Name, found: Place) -> Diagnostic {
    let word = &name.value;
    let sort = found.declared.sort();
    Diagnostic::error(
        Code::WINDOW,
        Text::new(
            format!("`{word}` is {}, and a window stands with it", sort.en),
            format!("`{word}`是{}，却带着期限", sort.zh),
        ),
        name.span,
        Text::new("the window belongs to this name", "期限跟着这个名称"),
    )
    .with_label(found.span, Text::new("declared here", "在此声明"))
    .with_help(Text::new(
        format!("put the window before the comparison: `… in year >= {word}`"),
        format!("请把期限写在事项前面：`本年度 … ≥ {word}`"),
    ))
}

/// `since last time` where nothing fires.
pub(crate) fn no_last_time(span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WINDOW,
        Text::new("there is no last time here", "此处没有“上次”可言"),
        span,
        Text::new("only a rule can have fired before", "只有规则才有上一次"),
    )
    .with_help(Text::new(
        "use `since EVENT`, or another window",
        "请用`自 事项 以来`，或别的期限",
    ))
}

/// A cycle of nothing, or of working days.
pub(crate) fn no_cycle(length: Span, whole: Span) -> Diagnostic {
    Diagnostic::error(
        Code::WINDOW,
        Text::new(
            "a cycle is made of whole days, weeks, months or years",
            "周期应为整天、整周、整月或整年",
        ),
        length,
        Text::new("not a length that comes round", "不是可以循环的长度"),
    )
    .with_label(whole, Text::new("in this cycle", "在此周期中"))
    .with_help(Text::new(
        "write for example `cycle of 12 months from 2024-04-01`",
        "例如写`本周期（自 2024年4月1日 起 每12个月）`",
    ))
}

/// A duty alone is no event.
pub(crate) fn duty_alone(name: &Name) -> Diagnostic {
    let word = &name.value;
    Diagnostic::error(
        Code::WRONG_SORT,
        Text::new(
            format!("`{word}` is a duty; what became of it is the event"),
            format!("`{word}`是职责；职责的结局才是事项"),
        ),
        name.span,
        Text::new(
            "owed, met, missed, released?",
            "应履行、已履行、逾期，还是免除？",
        ),
    )
    .with_help(Text::new(
        format!("write `{word} missed`, `{word} met`, `{word} owed` or `{word} released`"),
        format!("请写`{word} 逾期`、`{word} 已履行`、`{word} 应履行`或`{word} 免除`"),
    ))
}
