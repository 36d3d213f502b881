//! What a policy's words come to, worked out by hand from the standard.

use pol_calendar::{Calendars, Date, Period as Calendar};
use pol_model::{
    EnumIx, EventIx, FieldIx, KindIx, LadderIx, Number, OutcomeIx, PhaseIx, ReadingIx, UnitIx,
    Value,
};
use pol_semantics::hir::{
    Action, BinaryOp, DefineBody, EventSource, Expr, ExprKind, FieldKey, Function, Period, Policy,
    Table, TableKey, Trigger, Type, Window,
};
use pol_syntax::parse;

/// The policy of a text without errors.
fn policy(body: &str) -> Policy {
    let text = format!("policy p\n  effective 2024-01-01\n{body}");
    whole(&text)
}

fn whole(text: &str) -> Policy {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, []);
    let analysis = pol_semantics::analyse(&parsed.file);
    analysis
        .policy
        .unwrap_or_else(|| panic!("{:#?}", analysis.diagnostics))
}

fn number(n: i128) -> ExprKind {
    ExprKind::Const(Value::Number(Number::whole(n)))
}

fn sides(expr: &Expr) -> (BinaryOp, &Expr, &Expr) {
    match &expr.kind {
        ExprKind::Binary(op, left, right) => (*op, left, right),
        other => panic!("{other:?} has no sides"),
    }
}

fn value(policy: &Policy, define: usize) -> &Expr {
    match &policy.defines[define].body {
        DefineBody::Value(expr) => expr,
        DefineBody::Events(_) => panic!("a set"),
    }
}

const CARD: &str = "subject township { class: first | second }\nsubject department\n\
    event finding of township { clause: 1..15, authority: authority?, farms: number }\n\
    scale authority = county < city < province\n\
    ladder card for township clear < yellow < red\n";

fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).expect("there is such a day")
}

#[test]
fn shares_are_exact() {
    let policy = policy("define a = 25%\ndefine b = 2.5‰\ndefine c = 0.10");
    let of =
        |digits, scale| ExprKind::Const(Value::Number(Number::decimal(digits, scale).unwrap()));
    assert_eq!(value(&policy, 0).kind, of(25, 2));
    assert_eq!(value(&policy, 0).ty, Type::Share);
    assert_eq!(value(&policy, 1).kind, of(25, 4));
    assert_eq!(value(&policy, 2).kind, of(1, 1));
    assert_eq!(value(&policy, 2).ty, Type::Number(None));
}

/// Beside a ladder a status is the status, elsewhere it counts its events.
#[test]
fn a_status_by_what_stands_beside_it() {
    let policy = policy(&format!(
        "{CARD}define stands = card >= yellow\ndefine turned = yellow <= card\n\
         define counted = red >= 2 in year where was < red\ndefine up = card is yellow + 1"
    ));
    let yellow = ExprKind::Const(Value::Symbol(EnumIx(1), 1));
    let standing = ExprKind::Standing(LadderIx(0));
    let (_, left, right) = sides(value(&policy, 0));
    assert_eq!((&left.kind, &right.kind), (&standing, &yellow));
    let (_, left, right) = sides(value(&policy, 1));
    assert_eq!((&left.kind, &right.kind), (&yellow, &standing));

    let (op, left, right) = sides(value(&policy, 2));
    assert_eq!((op, &right.kind), (BinaryOp::Ge, &number(2)));
    let ExprKind::Aggregate(count) = &left.kind else {
        panic!("a count");
    };
    assert_eq!(count.function, Function::Count);
    assert_eq!(count.over.source, EventSource::Status(LadderIx(0), 2));
    assert_eq!(
        count.windows,
        [Window::In(Period::Calendar(Calendar::Year))]
    );
    let (op, was, red) = sides(count.over.filter.as_ref().unwrap());
    assert_eq!(
        (op, &was.kind),
        (BinaryOp::Lt, &ExprKind::Field(FieldKey::Was))
    );
    assert_eq!(red.kind, ExprKind::Const(Value::Symbol(EnumIx(1), 2)));

    let (_, _, next) = sides(value(&policy, 3));
    assert_eq!(next.ty, Type::Enum(EnumIx(1)));
    assert_eq!(sides(next).1.kind, yellow);
    assert_eq!(sides(next).2.kind, number(1));
}

/// An event alone is at least one; without `for` a property is asked of all kinds that fit.
#[test]
fn an_event_alone_and_whom_it_fits() {
    let policy = policy(&format!(
        "{CARD}never \"no red at once\" red where was is clear"
    ));
    let never = &policy.nevers[0];
    let (op, count, one) = sides(&never.condition);
    assert_eq!((op, &one.kind), (BinaryOp::Ge, &number(1)));
    assert!(matches!(count.kind, ExprKind::Aggregate(_)));
    assert_eq!(never.condition.ty, Type::Bool);
    assert_eq!(never.subjects, [KindIx(0)]);
}

#[test]
fn counts_have_the_units_that_the_policy_says() {
    let policy = policy(&format!(
        "{CARD}unit item counts kinds\nunit time counts occurrences\nunit point\n\
         event penalty of township {{ points: point }}\n\
         define a = finding in year\ndefine b = same clause of finding\n\
         define c = distinct clause of finding\ndefine d = sum points of penalty in last 12 months\n\
         define e = latest authority of finding"
    ));
    let types: Vec<Type> = [1, 2, 3, 4]
        .into_iter()
        .map(|at| value(&policy, at).ty)
        .collect();
    assert_eq!(
        types,
        [
            Type::Number(Some(UnitIx(1))),
            Type::Number(Some(UnitIx(0))),
            Type::Number(Some(UnitIx(2))),
            Type::Enum(EnumIx(0)),
        ]
    );
    assert_eq!(value(&policy, 0).ty, Type::Number(Some(UnitIx(1))));
}

/// The innermost `where`, every `if`, and none of the `unless`.
#[test]
fn conditions_of_branches() {
    let policy = policy(
        "subject township\n\
         event finding of township { clause: 1..15, part: a | b, x: yes/no, y: yes/no, z: yes/no }\n\
         catalogue listed from finding by clause, part where x\n{\n \
         1 \"one\" if y { a \"first\" if z b \"second\" unless z }\n \
         2 \"two\" where y\n \
         3 \"three\"\n}",
    );
    let field = |at| ExprKind::Field(FieldKey::Declared(FieldIx(at)));
    let (x, y, z) = (field(2), field(3), field(4));
    let items = &policy.catalogues[0].items;
    assert_eq!(items[0].key, Value::Number(Number::whole(1)));
    let first = &items[0].branches[0];
    assert_eq!(first.key, Some(Value::Symbol(EnumIx(0), 0)));
    let (and, rest, last) = sides(first.condition.as_ref().unwrap());
    assert_eq!((and, &last.kind), (BinaryOp::And, &z));
    let (and, one, two) = sides(rest);
    assert_eq!((and, &one.kind, &two.kind), (BinaryOp::And, &x, &y));
    let (_, _, last) = sides(items[0].branches[1].condition.as_ref().unwrap());
    let ExprKind::Not(inner) = &last.kind else {
        panic!("none of the `unless`");
    };
    assert_eq!(inner.kind, z);
    assert_eq!(items[1].branches[0].condition.as_ref().unwrap().kind, y);
    assert_eq!(items[2].branches[0].condition.as_ref().unwrap().kind, x);
    assert_eq!(items[2].branches[0].key, None);
}

#[test]
fn definitions_are_values_or_sets() {
    let policy = policy(&format!(
        "{CARD}define grave = finding where authority >= city\ndefine any = grave, red\n\
         define again = any\ndefine often = finding >= 3\ndefine stands = card"
    ));
    let sets: Vec<bool> = policy
        .defines
        .iter()
        .map(|define| matches!(define.body, DefineBody::Events(_)))
        .collect();
    assert_eq!(sets, [true, true, true, false, false]);
    assert_eq!(value(&policy, 4).kind, ExprKind::Standing(LadderIx(0)));
}

/// `while NAME` is a phase or a condition, by what the name is.
#[test]
fn phases_and_conditions() {
    let policy = policy(&format!(
        "{CARD}phase campaign 2024-03-01 to 2024-04-30, 2024-06-01 to ?\n\
         define listed = card >= yellow\noutcome freeze\noutcome notice\noutcome bar\n\
         rule one for township while campaign then freeze\n\
         rule two for township while listed then freeze\n\
         rule three for township when listed then notice, bar for 1 month\n\
         duty report of township each month while campaign met by finding"
    ));
    let campaign = &policy.phases[0].spans;
    assert_eq!(campaign[0], (day(2024, 3, 1), Some(day(2024, 4, 30))));
    assert_eq!(campaign[1], (day(2024, 6, 1), None));
    let during = |at: usize| match &policy.rules[at].trigger {
        Trigger::While(condition) => condition.kind.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(during(0), ExprKind::During(vec![PhaseIx(0)]));
    assert!(matches!(during(1), ExprKind::Define(_)));
    assert_eq!(policy.duties[0].phases, [PhaseIx(0)]);
    assert_eq!(policy.duties[0].condition, None);
    // In force for a time or while something holds; a notice is of a moment.
    let lasts: Vec<bool> = policy
        .outcomes
        .iter()
        .map(|outcome| outcome.lasts)
        .collect();
    assert_eq!(lasts, [true, false, true]);
}

#[test]
fn tables_by_attribute_band_and_date() {
    let policy = policy(&format!(
        "{CARD}unit household\n\
         param limit by township.class, farms {{ first {{ <= 3 = 30 days, else = 60 days }}, second = 90 days }}\n\
         param line by date {{ 2023-01-01 to 2023-12-31 = 7800, 2024-01-01 to ? = 8000, else = ? }}\n\
         define short = finding where farms < line"
    ));
    let limit = &policy.params[0];
    assert_eq!(limit.ty, Type::Duration);
    assert_eq!(
        limit.by[0].kind,
        ExprKind::Attr(KindIx(0), pol_model::AttrIx(0))
    );
    assert_eq!(
        limit.by[1].kind,
        ExprKind::Field(FieldKey::Named("farms".to_owned()))
    );
    let Table::Rows(0, rows) = &limit.table else {
        panic!("rows by class");
    };
    let Table::Rows(1, bands) = &rows[0].table else {
        panic!("rows by farms");
    };
    assert!(
        matches!(&bands[0].keys[..], [TableKey::Band(BinaryOp::Le, three)] if three.kind == number(3))
    );
    assert!(bands[1].keys.is_empty(), "else");
    assert!(matches!(rows[1].table, Table::Value(_)));

    let Table::Dates(rows) = &policy.params[1].table else {
        panic!("rows by date");
    };
    assert_eq!(policy.params[1].by, []);
    assert_eq!(rows[0].spans, [(day(2023, 1, 1), Some(day(2023, 12, 31)))]);
    assert_eq!(rows[1].spans, [(day(2024, 1, 1), None)]);
    assert_eq!(rows[2].spans, []);
    assert_eq!(policy.holes.len(), 1);
    assert_eq!(policy.holes[0].declaration, "line");
}

#[test]
fn readings_answer_by_their_own_values() {
    let policy = policy(&format!(
        "{CARD}reading items \"how\" = kinds_of | city\ndefine a = items is city"
    ));
    let (_, reading, answer) = sides(value(&policy, 0));
    assert_eq!(reading.kind, ExprKind::Reading(ReadingIx(0)));
    assert_eq!(answer.kind, ExprKind::Const(Value::Symbol(EnumIx(2), 1)));
}

#[test]
fn the_fields_of_the_trigger() {
    let policy = policy(&format!(
        "{CARD}event survey of township {{ farms: number, notes: text? }}\noutcome fine {{ amount: number }}\n\
         rule one for township on finding, survey if farms > 3 then fine {{ amount = farms }}\n\
         rule two for township on finding if authority is city and farms of finding > 3 then end fine"
    ));
    let by_name = ExprKind::Field(FieldKey::Named("farms".to_owned()));
    let (_, farms, _) = sides(policy.rules[0].condition.as_ref().unwrap());
    assert_eq!(farms.kind, by_name);
    let Action::Impose(fine) = &policy.rules[0].then[0] else {
        panic!("a fine");
    };
    assert_eq!(
        (fine.fields[0].0, &fine.fields[0].1.kind),
        (FieldIx(0), &by_name)
    );
    let (_, authority, farms) = sides(policy.rules[1].condition.as_ref().unwrap());
    let declared = |at| ExprKind::Field(FieldKey::Declared(FieldIx(at)));
    assert_eq!(sides(authority).1.kind, declared(1));
    assert_eq!(sides(farms).1.kind, declared(2));
    assert_eq!(policy.rules[1].then, [Action::End(OutcomeIx(0))]);
}

/// An event's own field comes before the built-in one of its name.
#[test]
fn built_in_fields_in_both_languages() {
    let policy = whole(
        "政策 p\n  施行 2024年1月1日\n对象 乡镇\n\
         事项 检查 对 乡镇 ｛ 录入日：数 ｝\n阶梯 挂牌 适用 乡镇 未挂牌 < 黄牌\n\
         定义 甲 = 检查 其中 日期 ≥ 2024年3月1日\n定义 乙 = 检查 其中 录入日 > 3\n\
         定义 丙 = 黄牌 其中 原状态 < 黄牌 且 录入日 > 日期",
    );
    let filter = |at: usize| match &policy.defines[at].body {
        DefineBody::Events(patterns) => patterns[0].filter.clone().unwrap(),
        DefineBody::Value(_) => panic!("a value"),
    };
    assert_eq!(sides(&filter(0)).1.kind, ExprKind::Field(FieldKey::Date));
    let own = ExprKind::Field(FieldKey::Declared(FieldIx(0)));
    assert_eq!(sides(&filter(1)).1.kind, own);
    let third = filter(2);
    let (_, was, late) = sides(&third);
    assert_eq!(sides(was).1.kind, ExprKind::Field(FieldKey::Was));
    assert_eq!(sides(late).1.kind, ExprKind::Field(FieldKey::Recorded));
    assert_eq!(sides(late).2.kind, ExprKind::Field(FieldKey::Date));
}

/// Everything of a one-line policy is inferred: who, what, the ladder, the units.
#[test]
fn one_line() {
    let policy = whole("township finding ≥ 3 time in year → yellow\n");
    assert_eq!(policy.kinds[0].named.name, "township");
    assert_eq!(policy.events[0].named.name, "finding");
    assert_eq!(policy.events[0].of[0].kind, KindIx(0));
    let ladder = &policy.ladders[0];
    assert_eq!(ladder.subjects, [KindIx(0)]);
    let statuses: Vec<&str> = policy.enums[ladder.statuses.at()]
        .values
        .iter()
        .map(|status| status.name.as_str())
        .collect();
    assert_eq!(statuses, ["clear", "yellow"]);
    let Trigger::When(condition) = &policy.rules[0].trigger else {
        panic!("when it becomes true");
    };
    let (op, count, three) = sides(condition);
    assert_eq!((op, &three.kind), (BinaryOp::Ge, &number(3)));
    assert_eq!(count.ty, Type::Number(Some(UnitIx(0))));
    let ExprKind::Aggregate(count) = &count.kind else {
        panic!("a count");
    };
    assert_eq!(count.over.source, EventSource::Event(EventIx(0)));
    assert_eq!(policy.rules[0].then, [Action::Status(LadderIx(0), 1)]);
    assert_eq!(policy.effective, day(2000, 1, 1));
    assert_eq!(policy.calendars, Calendars::default());
}
