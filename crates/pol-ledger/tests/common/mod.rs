//! A small policy, and a register for it.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use pol_calendar::{Calendars, Date};
use pol_ledger::{DataErrors, Input, Loaded, Mode, read_ledger, read_register};
use pol_model::{BodyIx, EnumIx, KindIx, Register, UnitIx, Value};
use pol_semantics::hir::{
    Enum, Event, EventOf, Field, Kind, Ladder, Named, Policy, Rule, Trigger, Type, Unit,
};
use pol_syntax::{Lang, Span};

pub fn named(name: &str, label: &str) -> Named {
    Named {
        name: name.to_owned(),
        label: (!label.is_empty()).then(|| label.to_owned()),
        cites: Vec::new(),
        span: Span::default(),
    }
}

fn field(name: &str, label: &str, ty: Type) -> Field {
    Field {
        named: named(name, label),
        ty,
        range: None,
        optional: true,
        several: false,
        default: None,
    }
}

fn of(kind: u16) -> EventOf {
    EventOf {
        kind: KindIx(kind),
        every: false,
        and_every: None,
    }
}

fn choices(name: &str, values: &[(&str, &str)], ordered: bool) -> Enum {
    Enum {
        name: name.to_owned(),
        values: values
            .iter()
            .map(|(name, label)| named(name, label))
            .collect(),
        ordered,
    }
}

fn rule(name: &str, label: &str, decided_by: Option<BodyIx>) -> Rule {
    Rule {
        named: named(name, label),
        subjects: vec![KindIx(0)],
        in_principle: false,
        trigger: Trigger::At(Vec::new()),
        condition: None,
        counting_again: false,
        decided_by,
        then: Vec::new(),
        otherwise: Vec::new(),
    }
}

fn kinds() -> Vec<Kind> {
    let kind = |name, label, attributes, within| Kind {
        named: named(name, label),
        attributes,
        within,
        opened: None,
    };
    let class = Field {
        optional: false,
        ..field("class", "类别", Type::Enum(EnumIx(0)))
    };
    vec![
        kind("township", "乡镇", vec![class], None),
        kind("department", "部门", Vec::new(), None),
        kind("village", "村", Vec::new(), Some(KindIx(0))),
        Kind {
            opened: Some((pol_model::EventIx(3), None)),
            ..kind("issue", "问题", Vec::new(), Some(KindIx(0)))
        },
    ]
}

fn events() -> Vec<Event> {
    let inspection = vec![
        field("township", "乡镇", Type::Member(KindIx(0))),
        Field {
            several: true,
            ..field("departments", "责任部门", Type::Member(KindIx(1)))
        },
        Field {
            range: Some((1, 15)),
            optional: false,
            ..field("clause", "情形", Type::Number(None))
        },
        field("level", "级别", Type::Enum(EnumIx(1))),
        field("households", "户数", Type::Number(Some(UnitIx(0)))),
        field("income", "收入", Type::Number(Some(UnitIx(2)))),
        field("rate", "占比", Type::Share),
        field("due", "期限", Type::Date),
        field("allowed", "时限", Type::Duration),
        field("cost", "金额", Type::Money),
        field("document", "文号", Type::Text),
        Field {
            default: Some(Value::Bool(false)),
            ..field("exposed", "媒体曝光", Type::Bool)
        },
    ];
    let result = Field {
        optional: false,
        ..field("result", "结论", Type::Enum(EnumIx(2)))
    };
    let event = |name, label, of, fields| Event {
        named: named(name, label),
        of,
        fields,
    };
    let every = EventOf {
        every: true,
        ..of(0)
    };
    vec![
        event("inspection", "检查", Vec::new(), inspection),
        event("verification", "实地核查", vec![of(0), of(1)], vec![result]),
        event("collation", "汇总", vec![every], Vec::new()),
        event("reported", "发现问题", vec![of(0)], Vec::new()),
        event("mended", "问题整改", vec![of(3)], Vec::new()),
    ]
}

pub fn policy() -> Policy {
    let day = Date::from_ymd_opt(2023, 8, 7).unwrap();
    let unit = |name, label| Unit {
        named: named(name, label),
        counts: None,
    };
    Policy {
        named: named("small", ""),
        sources: Vec::new(),
        effective: day,
        counting_from: day,
        calendars: Calendars::default(),
        kinds: kinds(),
        bodies: vec![named("group", "领导小组"), named("office", "办公室")],
        units: vec![
            unit("household", "户"),
            unit("time", "次"),
            unit("yuan", "元"),
        ],
        enums: vec![
            choices("class", &[("first", "一类"), ("second", "二类")], false),
            choices("level", &[("county", "县级"), ("city", "市级")], true),
            choices("result", &[("passed", "合格"), ("failed", "不合格")], false),
            choices(
                "card",
                &[("clear", "无牌"), ("yellow", "黄牌"), ("red", "红牌")],
                true,
            ),
        ],
        events: events(),
        params: Vec::new(),
        readings: Vec::new(),
        defines: Vec::new(),
        catalogues: Vec::new(),
        phases: Vec::new(),
        ladders: vec![Ladder {
            named: named("card", "挂牌"),
            subjects: vec![KindIx(0)],
            statuses: EnumIx(3),
        }],
        outcomes: Vec::new(),
        duties: Vec::new(),
        rules: vec![
            rule("first_yellow", "首次黄牌（乡镇）", Some(BodyIx(0))),
            rule("automatic", "自动", None),
        ],
        nevers: Vec::new(),
        prose: Vec::new(),
        tests: Vec::new(),
        strata: Vec::new(),
        holes: Vec::new(),
    }
}

pub const REGISTER: &str = "\
编号,种类,名称,隶属,类别
T01,乡镇,嘉定镇,,一类
T02,乡镇,大阿镇,,二类
T03,乡镇,小江镇,,一类
D01,部门,县林业局,,
D02,部门,县水利局,,
V01,村,东村,嘉定镇,
V02,村,东村,大阿镇,
";

pub fn register() -> Register {
    read_register(&policy(), Input::new("register.csv", REGISTER.as_bytes()))
        .map_err(|errors| errors.render(Lang::En))
        .unwrap()
        .register
}

/// A ledger of CSV text, read strictly.
pub fn load(text: &str) -> Result<Loaded, DataErrors> {
    read_ledger(
        &policy(),
        &register(),
        Input::new("l.csv", text.as_bytes()),
        Mode::Strict,
    )
}

/// The messages of a ledger that cannot be read, as `place: message`, in English.
pub fn errors(text: &str) -> Vec<String> {
    messages(&load(text).unwrap_err())
}

pub fn messages(errors: &DataErrors) -> Vec<String> {
    let errors = errors.errors.iter();
    errors
        .map(|error| format!("{}: {}", error.place, error.message.en))
        .collect()
}

pub fn day(year: i32, month: u32, day: u32) -> Date {
    Date::from_ymd_opt(year, month, day).unwrap()
}
