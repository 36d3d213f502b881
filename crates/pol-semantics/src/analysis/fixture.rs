//! A small policy for tests: township, three kinds of entry, a ladder of three statuses.

use crate::hir::{
    Action, Aggregate, Enum, Event, EventSource, Expr, ExprKind, Function, Imposition, Kind,
    Ladder, Named, Outcome, Pattern, Policy, Rule, Trigger, Type, Window,
};
use pol_calendar::{Calendars, Date};
use pol_model::{BodyIx, EnumIx, EventIx, KindIx, LadderIx, Number, OutcomeIx, RuleIx, Value};
use pol_syntax::Span;
use pol_syntax::ast::BinaryOp;

pub(super) const CARD: LadderIx = LadderIx(0);
pub(super) const CLEAR: u16 = 0;
pub(super) const YELLOW: u16 = 1;
pub(super) const RED: u16 = 2;
pub(super) const FREEZE: OutcomeIx = OutcomeIx(0);

/// Events `finding`, `notice`, `reply`; outcome `freeze`; ladder `card`: clear < yellow < red.
pub(super) fn policy(rules: Vec<Rule>) -> Policy {
    let day = Date::from_ymd_opt(2023, 8, 7).unwrap();
    Policy {
        named: named("p"),
        sources: vec![],
        effective: day,
        counting_from: day,
        calendars: Calendars::default(),
        kinds: vec![Kind {
            named: named("township"),
            attributes: vec![],
            within: None,
            opened: None,
        }],
        bodies: vec![named("office")],
        units: vec![],
        enums: vec![Enum {
            name: "card".into(),
            values: ["clear", "yellow", "red"].map(named).into(),
            ordered: true,
        }],
        events: ["finding", "notice", "reply"]
            .map(|name| Event {
                named: named(name),
                of: vec![],
                fields: vec![],
            })
            .into(),
        params: vec![],
        readings: vec![],
        defines: vec![],
        catalogues: vec![],
        phases: vec![],
        ladders: vec![Ladder {
            named: named("card"),
            subjects: vec![KindIx(0)],
            statuses: EnumIx(0),
        }],
        outcomes: vec![Outcome {
            named: named("freeze"),
            fields: vec![],
            concerns: None,
            lasts: true,
        }],
        duties: vec![],
        rules,
        nevers: vec![],
        prose: vec![],
        tests: vec![],
        strata: vec![],
        holes: vec![],
    }
}

pub(super) fn named(name: &str) -> Named {
    Named {
        name: name.into(),
        label: None,
        cites: vec![],
        span: Span::default(),
    }
}

pub(super) fn rule(name: &str, trigger: Trigger, then: Vec<Action>) -> Rule {
    Rule {
        named: named(name),
        subjects: vec![KindIx(0)],
        in_principle: false,
        trigger,
        condition: None,
        counting_again: false,
        decided_by: None,
        then,
        otherwise: vec![],
    }
}

pub(super) fn decided(rule: Rule) -> Rule {
    Rule {
        decided_by: Some(BodyIx(0)),
        ..rule
    }
}

pub(super) fn on(source: EventSource) -> Trigger {
    Trigger::On(vec![pattern(source)])
}

pub(super) fn pattern(source: EventSource) -> Pattern {
    Pattern {
        source,
        within_it: false,
        filter: None,
        span: Span::default(),
    }
}

pub(super) fn event(name: &str) -> EventSource {
    EventSource::Event(event_ix(name))
}

pub(super) fn event_ix(name: &str) -> EventIx {
    let at = ["finding", "notice", "reply"]
        .iter()
        .position(|event| *event == name);
    EventIx(u16::try_from(at.unwrap()).unwrap())
}

pub(super) fn status(status: u16) -> EventSource {
    EventSource::Status(CARD, status)
}

pub(super) fn issue(status: u16) -> Action {
    Action::Status(CARD, status)
}

pub(super) fn derive(name: &str) -> Action {
    Action::Event(event_ix(name), vec![])
}

pub(super) fn impose(outcome: OutcomeIx) -> Action {
    Action::Impose(Imposition {
        outcome,
        fields: vec![],
        extent: None,
    })
}

pub(super) fn condition(kind: ExprKind) -> Expr {
    Expr {
        kind,
        ty: Type::Bool,
        span: Span::default(),
    }
}

/// `card OP status`.
pub(super) fn card(op: BinaryOp, status: u16) -> Expr {
    let value = |kind| Expr {
        ty: Type::Enum(EnumIx(0)),
        ..condition(kind)
    };
    condition(ExprKind::Binary(
        op,
        Box::new(value(ExprKind::Standing(CARD))),
        Box::new(value(ExprKind::Const(Value::Symbol(EnumIx(0), status)))),
    ))
}

/// `SOURCE >= threshold` in windows.
pub(super) fn at_least(source: EventSource, threshold: i128, windows: Vec<Window>) -> Expr {
    let number = |kind| Expr {
        ty: Type::Number(None),
        ..condition(kind)
    };
    condition(ExprKind::Binary(
        BinaryOp::Ge,
        Box::new(number(ExprKind::Aggregate(Box::new(Aggregate {
            function: Function::Count,
            over: pattern(source),
            windows,
        })))),
        Box::new(number(ExprKind::Const(Value::Number(Number::whole(
            threshold,
        ))))),
    ))
}

/// The names of the rules of each stratum.
pub(super) fn names(policy: &Policy, strata: &[Vec<RuleIx>]) -> Vec<Vec<String>> {
    let name = |rule: &RuleIx| policy.rules[rule.at()].named.name.clone();
    strata
        .iter()
        .map(|stratum| stratum.iter().map(name).collect())
        .collect()
}
