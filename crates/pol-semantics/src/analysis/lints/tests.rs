use super::lints;
use crate::analysis::fixture::*;
use crate::hir::{
    Action, DateRow, EventSource, Expr, ExprKind, FieldKey, Hole, Kind, Param, Pattern, Period,
    Point, PointBase, Policy, Rule, Table, Trigger, Type, Window,
};
use pol_calendar::{Date, Duration, Period as Calendar};
use pol_model::{EnumIx, OutcomeIx, Value};
use pol_syntax::ast::BinaryOp;
use pol_syntax::{Code, Severity, Span};

/// The codes of what the lints say.
fn codes(policy: &Policy) -> Vec<Code> {
    let found = lints(policy);
    found.iter().map(|finding| finding.code).collect()
}

/// Rules that use the whole fixture, so that only what a test adds is reported.
fn sound() -> Vec<Rule> {
    vec![
        rule("off", on(event("reply")), vec![issue(CLEAR)]),
        rule("up", on(event("notice")), vec![issue(RED)]),
        rule(
            "freezing",
            Trigger::While(card(BinaryOp::Ge, YELLOW)),
            vec![impose(FREEZE)],
        ),
        with_condition(
            rule("first", on(event("notice")), vec![issue(YELLOW)]),
            card(BinaryOp::Is, CLEAR),
        ),
    ]
}

fn with_condition(rule: Rule, condition: Expr) -> Rule {
    Rule {
        condition: Some(condition),
        ..rule
    }
}

fn both(left: Expr, right: Expr) -> Expr {
    condition(ExprKind::Binary(
        BinaryOp::And,
        Box::new(left),
        Box::new(right),
    ))
}

fn not(inner: Expr) -> Expr {
    condition(ExprKind::Not(Box::new(inner)))
}

/// The sound rules and one more.
fn codes_with(rule: Rule) -> Vec<Code> {
    let mut rules = sound();
    rules.push(rule);
    codes(&policy(rules))
}

fn at(base: PointBase) -> Trigger {
    Trigger::At(vec![Point {
        base,
        offsets: vec![],
        span: Span::default(),
    }])
}

fn end_of_each(period: Calendar) -> Trigger {
    at(PointBase::EndOfEach(Period::Calendar(period)))
}

fn within(period: Calendar) -> Vec<Window> {
    vec![Window::In(Period::Calendar(period))]
}

fn last(span: Duration) -> Vec<Window> {
    let kind = ExprKind::Const(Value::Duration(span));
    vec![Window::Last(Expr {
        ty: Type::Duration,
        ..condition(kind)
    })]
}

/// `TRIGGER if finding >= 3 WINDOWS then freeze`.
fn counting(trigger: Trigger, windows: Vec<Window>) -> Rule {
    let condition = at_least(event("finding"), 3, windows);
    with_condition(rule("counting", trigger, vec![impose(FREEZE)]), condition)
}

#[test]
fn a_sound_policy_is_not_disturbed() {
    assert_eq!(codes(&policy(sound())), []);
    assert_eq!(codes(&policy(vec![])), [Code::OUTCOME_NEVER_IMPOSED]);
}

#[test]
fn statuses_are_entered_and_left() {
    let only_yellow = vec![
        rule("first", on(event("notice")), vec![issue(YELLOW)]),
        rule("f", on(event("notice")), vec![impose(FREEZE)]),
    ];
    let found = lints(&policy(only_yellow));
    let found_codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(
        found_codes,
        [Code::STATUS_NEVER_ENTERED, Code::STATUS_NEVER_LEFT]
    );
    assert_eq!(found[0].message.en, "no rule ever issues `red`");
    assert_eq!(found[1].severity, Severity::Advice);
}

#[test]
fn a_computed_standing_may_be_any() {
    let next = condition(ExprKind::Standing(CARD));
    let set = Action::Set(CARD, next);
    let rules = vec![rule("step", on(event("notice")), vec![set, impose(FREEZE)])];
    assert_eq!(codes(&policy(rules)), []);
}

#[test]
fn an_outcome_that_is_only_ended_is_not_imposed() {
    let mut rules = sound();
    rules.retain(|rule| rule.named.name != "freezing");
    rules.push(rule(
        "thaw",
        on(event("reply")),
        vec![Action::End(OutcomeIx(0))],
    ));
    assert_eq!(codes(&policy(rules)), [Code::OUTCOME_NEVER_IMPOSED]);
}

#[test]
fn a_kind_is_reached_by_rules_or_through_others() {
    let village = Kind {
        named: named("village"),
        attributes: vec![],
        within: Some(pol_model::KindIx(0)),
        opened: None,
    };
    let mut policy = policy(sound());
    policy.kinds.push(village);
    assert_eq!(codes(&policy), [Code::KIND_UNREACHED]);
    policy.rules[0].subjects = vec![pol_model::KindIx(1)];
    for rule in &mut policy.rules[1..] {
        rule.subjects = vec![pol_model::KindIx(1)];
    }
    // Villages lie within townships: these are there for the villages' sake.
    assert_eq!(codes(&policy), []);
}

#[test]
fn a_window_that_outlasts_the_step_counts_twice() {
    let quarter_ends = || end_of_each(Calendar::Quarter);
    let year = || within(Calendar::Year);
    assert_eq!(
        codes_with(counting(quarter_ends(), year())),
        [Code::COUNTS_TWICE]
    );
    assert_eq!(
        codes_with(counting(quarter_ends(), vec![])),
        [Code::COUNTS_TWICE]
    );
    assert_eq!(
        codes_with(counting(quarter_ends(), within(Calendar::Quarter))),
        []
    );
    assert_eq!(
        codes_with(counting(end_of_each(Calendar::Year), year())),
        []
    );
    let once = Date::from_ymd_opt(2024, 12, 31).unwrap();
    assert_eq!(codes_with(counting(at(PointBase::Date(once)), year())), []);
}

#[test]
fn what_says_how_it_counts_is_not_asked() {
    let mut windows = within(Calendar::Year);
    windows.push(Window::SinceLastTime);
    let quarter_ends = || end_of_each(Calendar::Quarter);
    assert_eq!(codes_with(counting(quarter_ends(), windows)), []);
    let again = Rule {
        counting_again: true,
        ..counting(quarter_ends(), within(Calendar::Year))
    };
    assert_eq!(codes_with(again), []);
}

#[test]
fn rolling_windows_are_measured_against_the_step() {
    let year_ends = || end_of_each(Calendar::Year);
    let twelve = last(Duration::Months(12));
    assert_eq!(codes_with(counting(year_ends(), twelve)), []);
    let more = last(Duration::Months(18));
    assert_eq!(
        codes_with(counting(year_ends(), more)),
        [Code::COUNTS_TWICE]
    );
}

#[test]
fn a_watching_rule_counts_twice_only_if_it_can_cease_to_hold() {
    let count = |windows| at_least(event("finding"), 3, windows);
    let when = |condition| rule("watch", Trigger::When(condition), vec![impose(FREEZE)]);
    assert_eq!(codes_with(when(count(within(Calendar::Year)))), []);
    let with_standing = both(card(BinaryOp::Is, CLEAR), count(within(Calendar::Year)));
    assert_eq!(codes_with(when(with_standing)), [Code::COUNTS_TWICE]);
    let rolling = count(last(Duration::Months(12)));
    assert_eq!(codes_with(when(rolling)), [Code::COUNTS_TWICE]);
}

#[test]
fn a_rule_on_what_it_counts_is_not_asked() {
    let year = || within(Calendar::Year);
    assert_eq!(codes_with(counting(on(event("finding")), year())), []);
    assert_eq!(
        codes_with(counting(on(event("reply")), year())),
        [Code::COUNTS_TWICE]
    );
}

#[test]
fn whether_there_is_any_is_no_count() {
    let any = at_least(event("finding"), 1, within(Calendar::Year));
    let asking = rule("ask", on(event("reply")), vec![impose(FREEZE)]);
    assert_eq!(codes_with(with_condition(asking, any)), []);
    let few = not(at_least(event("finding"), 3, within(Calendar::Year)));
    let asking = rule("ask", on(event("reply")), vec![impose(FREEZE)]);
    assert_eq!(codes_with(with_condition(asking, few)), []);
}

#[test]
fn a_status_below_the_standing_is_a_warning_where_it_is_heard() {
    let bare = || rule("lower", on(event("finding")), vec![issue(YELLOW)]);
    let mut rules = sound();
    rules.push(bare());
    let found = lints(&policy(rules));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, Code::STATUS_ABOVE);
    assert_eq!(found[0].severity, Severity::Advice);

    let mut rules = sound();
    rules.push(bare());
    rules.push(rule("heard", on(status(YELLOW)), vec![impose(FREEZE)]));
    assert_eq!(lints(&policy(rules))[0].severity, Severity::Warning);
}

#[test]
fn a_bounded_status_is_not_reported() {
    let lower = || rule("lower", on(event("finding")), vec![issue(YELLOW)]);
    for bound in [
        card(BinaryOp::Is, CLEAR),
        card(BinaryOp::Lt, RED),
        not(card(BinaryOp::Gt, YELLOW)),
        both(
            card(BinaryOp::IsNot, RED),
            at_least(event("reply"), 1, vec![]),
        ),
    ] {
        assert_eq!(codes_with(with_condition(lower(), bound)), []);
    }
    let loose = condition(ExprKind::Binary(
        BinaryOp::Or,
        Box::new(card(BinaryOp::Is, CLEAR)),
        Box::new(at_least(event("reply"), 1, vec![])),
    ));
    assert_eq!(
        codes_with(with_condition(lower(), loose)),
        [Code::STATUS_ABOVE]
    );
}

#[test]
fn an_issue_from_below_bounds_the_standing() {
    let was_below = Expr {
        kind: ExprKind::Binary(
            BinaryOp::Lt,
            Box::new(condition(ExprKind::Field(FieldKey::Was))),
            Box::new(condition(ExprKind::Const(Value::Symbol(EnumIx(0), YELLOW)))),
        ),
        ..condition(ExprKind::Hole)
    };
    let from_below = Pattern {
        filter: Some(was_below),
        ..pattern(EventSource::Status(CARD, YELLOW))
    };
    let rule = |pattern| rule("again", Trigger::On(vec![pattern]), vec![issue(YELLOW)]);
    assert_eq!(codes_with(rule(from_below)), []);
    assert_eq!(
        codes_with(rule(pattern(EventSource::Status(CARD, YELLOW)))),
        [Code::STATUS_ABOVE]
    );
}

#[test]
fn contradictions_never_fire() {
    let never = both(card(BinaryOp::Is, CLEAR), card(BinaryOp::Ge, YELLOW));
    let watch = |condition| rule("watch", Trigger::When(condition), vec![impose(FREEZE)]);
    assert_eq!(codes_with(watch(never)), [Code::NEVER_FIRES]);
    let split = with_condition(watch(card(BinaryOp::Is, RED)), card(BinaryOp::Lt, RED));
    assert_eq!(codes_with(split), [Code::NEVER_FIRES]);
    let held = not(card(BinaryOp::Is, RED));
    assert_eq!(codes_with(watch(held)), []);
}

#[test]
fn a_window_within_the_step_misses_what_came_before() {
    let found = codes_with(counting(
        end_of_each(Calendar::Year),
        within(Calendar::Quarter),
    ));
    assert_eq!(found, [Code::WINDOW_MISSES]);
}

/// A parameter by date.
fn by_date(rows: &[(Date, Option<Date>)]) -> Param {
    let value = || {
        Table::Value(Expr {
            ty: Type::Number(None),
            ..condition(ExprKind::Hole)
        })
    };
    Param {
        named: named("line"),
        ty: Type::Number(None),
        by: vec![],
        table: Table::Dates(
            rows.iter()
                .map(|span| DateRow {
                    spans: vec![*span],
                    table: value(),
                })
                .collect(),
        ),
    }
}

fn gaps(rows: &[(Date, Option<Date>)]) -> Vec<String> {
    let mut policy = policy(sound());
    policy.params = vec![by_date(rows)];
    lints(&policy)
        .into_iter()
        .filter(|finding| finding.code == Code::DATE_GAP)
        .map(|finding| finding.message.en)
        .collect()
}

#[test]
fn dates_leave_gaps() {
    let day = |y, m, d| Date::from_ymd_opt(y, m, d).unwrap();
    let year = |y| (day(y, 1, 1), Some(day(y, 12, 31)));
    assert_eq!(gaps(&[year(2023)]), [""; 0]);
    assert_eq!(gaps(&[year(2024), year(2023)]), [""; 0]);
    assert_eq!(
        gaps(&[year(2023), year(2025)]),
        ["`line` has no value from 2024-01-01 to 2024-12-31"]
    );
    // The policy counts from 7 August 2023.
    assert_eq!(
        gaps(&[(day(2023, 9, 1), None)]),
        ["`line` has no value from 2023-08-07 to 2023-08-31"]
    );
    // A long row covers what later rows leave out.
    let long = (day(2023, 1, 1), Some(day(2026, 12, 31)));
    assert_eq!(gaps(&[long, year(2024), year(2026)]), [""; 0]);
}

#[test]
fn what_nothing_uses_and_what_is_open() {
    let day = Date::from_ymd_opt(2023, 1, 1).unwrap();
    let mut policy = policy(sound());
    policy.params = vec![by_date(&[(day, None)])];
    policy.holes = vec![Hole {
        declaration: "line".into(),
        span: Span::default(),
    }];
    assert_eq!(codes(&policy), [Code::UNUSED, Code::HOLES]);
}
