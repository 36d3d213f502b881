//! What the trees of the forms that could be read in two ways look like, worked out from the
//! language's rules: equal spellings alone would not show a wrong reading that both share.

use super::read;
use pol_syntax::ast::{
    Action, AggregateFunction, BinaryOp, Declaration, DefineBody, DurationUnit, DutyTime, Expr,
    ExprKind, Extent, PointBase, Rule, Sign, TableKey, Trigger, Window,
};

fn rule(text: &str) -> Rule {
    let mut file = read(text);
    match file.declarations.swap_remove(0).value {
        Declaration::Rule(rule) => rule,
        other => panic!("{other:?}"),
    }
}

fn condition(text: &str) -> Expr {
    rule(&format!("rule r\n  for k\n  on e\n  if {text}\n  then s"))
        .condition
        .expect("the rule has an `if`")
}

/// A condition in a short form that shows what binds to what.
fn show(expr: &Expr) -> String {
    match &expr.value {
        ExprKind::Name(name) => name.clone(),
        ExprKind::Number(number) => number.digits.to_string(),
        ExprKind::Binary(op, left, right) => {
            let sign = match op {
                BinaryOp::Or => "or",
                BinaryOp::And => "and",
                BinaryOp::Is => "is",
                BinaryOp::IsNot => "isnot",
                BinaryOp::Lt => "<",
                BinaryOp::Le => "<=",
                BinaryOp::Gt => ">",
                BinaryOp::Ge => ">=",
                BinaryOp::Add => "+",
                BinaryOp::Sub => "-",
                BinaryOp::Mul => "*",
                BinaryOp::Div => "/",
            };
            format!("[{} {sign} {}]", show(left), show(right))
        }
        ExprKind::Not(inner) => format!("not{}", show(inner)),
        ExprKind::Negate(inner) => format!("neg{}", show(inner)),
        ExprKind::Held(inner, _) => format!("held[{}]", show(inner)),
        ExprKind::InForce(name) => format!("force[{}]", name.value),
        ExprKind::Aggregate(aggregate) => {
            let filter = aggregate.filter.as_ref().map(show).unwrap_or_default();
            format!(
                "{}({filter};{})",
                aggregate.event.name.value,
                aggregate.windows.len()
            )
        }
        ExprKind::Share(share) => {
            let what = if share.counted { "count" } else { "share" };
            format!("{what}({};{})", share.kind.value, show(&share.filter))
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn what_binds_to_what() {
    let cases = [
        ("a or b and not c is d", "[a or [b and not[c is d]]]"),
        ("not a >= b held 2 months", "notheld[[a >= b]]"),
        ("a - b - c * d / e", "[[a - b] - [[c * d] / e]]"),
        ("(a - b) / b >= 2", "[[[a - b] / b] >= 2]"),
        ("a >= -b", "[a >= negb]"),
        ("x in force or y in force", "[force[x] or force[y]]"),
        // What follows `and` stands outside the `where` of a condition.
        ("e where a is b and c", "[e([a is b];0) and c]"),
        (
            "e where (a is b and c) >= 2",
            "[e([[a is b] and c];0) >= 2]",
        ),
        ("e where not a in year >= 2", "[e(nota;1) >= 2]"),
        ("e >= 2 in year where was < red", "[e([was < red];1) >= 2]"),
        // The window goes to the name behind the comparison, where there is one.
        ("red >= threshold in year", "[red >= threshold(;1)]"),
        ("red >= 2 in year", "[red(;1) >= 2]"),
        ("red in year >= 2 since last time", "[red(;2) >= 2]"),
        ("share of k where (e in year) >= 2", "[share(k;e(;1)) >= 2]"),
        ("share of k where a >= 2", "share(k;[a >= 2])"),
    ];
    for (text, expected) in cases {
        assert_eq!(show(&condition(text)), expected, "{text}");
    }
}

#[test]
fn where_of_a_clause_takes_and() {
    let Trigger::On(events) = rule("rule r\n  for k\n  on e where a and b or c, f\n  then s")
        .trigger
        .value
    else {
        panic!("an event triggers");
    };
    assert_eq!(events.len(), 2);
    assert_eq!(show(events[0].filter.as_ref().unwrap()), "[[a and b] or c]");
    assert_eq!(events[1].filter, None);
}

#[test]
fn aggregates_in_chinese_order() {
    let text = "规则 r\n  适用 k\n  遇 e\n  若 任一年度 自 上次 以来 挂牌情形 其中 级别 ≥ 市级 的 不同 情形 ≥ 3 项\n  则 s";
    let expr = rule(text).condition.unwrap();
    let ExprKind::Binary(BinaryOp::Ge, left, right) = expr.value else {
        panic!("a comparison");
    };
    let ExprKind::Aggregate(aggregate) = left.value else {
        panic!("an aggregate");
    };
    assert!(
        matches!(&aggregate.function, AggregateFunction::Distinct(field) if field.value == "情形")
    );
    assert_eq!(aggregate.event.name.value, "挂牌情形");
    assert_eq!(show(aggregate.filter.as_ref().unwrap()), "[级别 >= 市级]");
    let windows: Vec<&Window> = aggregate.windows.iter().map(|node| &node.value).collect();
    assert!(matches!(
        windows[..],
        [Window::AnyPeriod(_), Window::SinceLastTime]
    ));
    // Spans are those of the words, without the white space behind them.
    assert_eq!(
        &text[left.span.range()],
        "任一年度 自 上次 以来 挂牌情形 其中 级别 ≥ 市级 的 不同 情形"
    );
    assert_eq!(&text[right.span.range()], "3 项");
    assert_eq!(&text[aggregate.windows[1].span.range()], "自 上次 以来");
}

#[test]
fn spans_of_clauses_and_declarations() {
    let text = "body b // first\n\nrule r // second\n  for k\n  while a  // third\n  then s // fourth\n\nbody c\n";
    let file = read(text);
    let slices: Vec<&str> = file
        .declarations
        .iter()
        .map(|node| &text[node.span.range()])
        .collect();
    assert_eq!(slices[0], "body b");
    assert!(slices[1].starts_with("rule r") && slices[1].ends_with("then s"));
    assert_eq!(slices[2], "body c");
    let Declaration::Rule(rule) = &file.declarations[1].value else {
        panic!("a rule");
    };
    assert_eq!(&text[rule.trigger.span.range()], "while a");
    let comments: Vec<(&str, bool)> = file
        .comments
        .iter()
        .map(|c| (c.text.as_str(), c.own_line))
        .collect();
    assert_eq!(
        comments,
        [
            (" first", false),
            (" second", false),
            (" third", false),
            (" fourth", false)
        ]
    );
    assert_eq!(&text[file.comments[2].span.range()], "// third");
}

#[test]
fn numbers_and_names() {
    let ExprKind::Binary(_, name, number) = condition("Ａｂ１ >= ２.５０%").value else {
        panic!("a comparison");
    };
    assert_eq!(
        name.value,
        ExprKind::Name("Ab1".into()),
        "names are compared in NFKC"
    );
    let ExprKind::Number(number) = number.value else {
        panic!("a number");
    };
    assert_eq!((number.digits, number.scale), (250, 2));
    assert!(number.share.is_some() && number.unit.is_none());

    // The unit stands on the line of its number.
    let two = read("param x by k { a = 3\n  b = 4 item\n}");
    let Declaration::Param(param) = &two.declarations[0].value else {
        panic!("a parameter");
    };
    let pol_syntax::ast::Table::Rows(rows) = &param.value.value else {
        panic!("a table");
    };
    assert_eq!(rows.len(), 2);
}

#[test]
fn points_and_durations() {
    let Trigger::At(points) = rule("规则 r\n  适用 k\n  每年6月30日前20个工作日、每周五\n  则 s")
        .trigger
        .value
    else {
        panic!("points");
    };
    assert_eq!(points[0].value.base, PointBase::EachYear(6, 30));
    let (sign, span) = &points[0].value.offsets[0];
    assert_eq!(*sign, Sign::Minus);
    let ExprKind::Duration(duration) = &span.value else {
        panic!("a duration");
    };
    assert_eq!(
        (duration.count, &duration.unit),
        (20, &DurationUnit::WorkingDays(None))
    );
    assert_eq!(points[1].value.base, PointBase::EachWeek(5));

    let file = read("duty d\n  of k\n  within 10 school days of e");
    let Declaration::Duty(duty) = &file.declarations[0].value else {
        panic!("a duty");
    };
    let DutyTime::Within(span, events) = &duty.time.value else {
        panic!("within");
    };
    assert_eq!(events[0].event.name.value, "e");
    let ExprKind::Duration(duration) = &span.value else {
        panic!("a duration");
    };
    assert!(
        matches!(&duration.unit, DurationUnit::WorkingDays(Some(name)) if name.value == "school")
    );
}

#[test]
fn lengths_of_outcomes() {
    let extent = |text: &str| match rule(&format!("rule r\n  for k\n  on e\n  then x {text}"))
        .then
        .swap_remove(0)
    {
        Action::Issue(issue) => issue.extent,
        other => panic!("{other:?}"),
    };
    assert!(
        matches!(extent("for 2 match"), Some(Extent::ForEvents(_, event)) if event.name.value == "match")
    );
    assert!(matches!(extent("for 2 months"), Some(Extent::For(_))));
    assert!(matches!(
        extent("until end of year"),
        Some(Extent::UntilEndOf(_))
    ));
    assert!(matches!(
        extent("until end of campaign"),
        Some(Extent::UntilEndOfPhase(_))
    ));
    assert!(matches!(extent("until removal"), Some(Extent::Until(_))));
    assert!(extent("").is_none());
}

#[test]
fn sets_of_events_and_values() {
    let body = |text: &str| {
        let mut file = read(&format!("define d = {text}"));
        match file.declarations.swap_remove(0).value {
            Declaration::Define(define) => define.body,
            other => panic!("{other:?}"),
        }
    };
    assert!(matches!(body("e where a and b"), DefineBody::Events(events) if events.len() == 1));
    assert!(matches!(body("e, f where a"), DefineBody::Events(events) if events.len() == 2));
    assert!(matches!(body("e"), DefineBody::Expr(_)));
    assert!(matches!(
        body("e in year where a is b"),
        DefineBody::Expr(_)
    ));
}

#[test]
fn keys_of_tables() {
    let file = read("param x { 2023-01-01 to ? = 1, <= 3 item = 2, 5以上 = 3, else = 4 }");
    let Declaration::Param(param) = &file.declarations[0].value else {
        panic!("a parameter");
    };
    let pol_syntax::ast::Table::Rows(rows) = &param.value.value else {
        panic!("a table");
    };
    let keys: Vec<&TableKey> = rows.iter().map(|row| &row.keys[0].value).collect();
    assert!(matches!(keys[0], TableKey::Dates(_, None)));
    assert!(matches!(keys[1], TableKey::Band(BinaryOp::Le, _)));
    assert!(matches!(keys[2], TableKey::Band(BinaryOp::Ge, _)));
    assert!(matches!(keys[3], TableKey::Else));
}
