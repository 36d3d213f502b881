//! What the sheets of a template are: for each column its header, what it takes, and what it means.

use crate::header::Meaning;
use crate::ledger::columns::{self, Col, called, needs_subject};
use crate::register;
use crate::words::{Vocabulary, fields, numbered};
use pol_model::EventIx;
use pol_semantics::hir::{Action, Event, Field, Named, Type};
use pol_syntax::Lang;
use rust_xlsxwriter::utility::check_sheet_name;
use std::collections::BTreeSet;

/// A sheet to be filled in.
pub(super) struct Layout {
    pub name: String,
    pub columns: Vec<Column>,
}

/// A column of it.
pub(super) struct Column {
    pub header: String,
    pub required: bool,
    pub takes: Takes,
    /// What it means, in the template's language.
    pub meaning: String,
}

/// What a column takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Takes {
    /// Any text.
    Text,
    /// A day.
    Date,
    /// Anything that needs no format.
    Plain,
    /// One of these, and nothing else.
    Choice(Vec<String>),
    /// A member of the register.
    Member,
}

/// Words in the template's language.
pub(super) struct Speaker<'a> {
    pub words: &'a Vocabulary<'a>,
    pub lang: Lang,
}

impl Speaker<'_> {
    /// One of two texts.
    pub fn say(&self, en: &str, zh: &str) -> String {
        match self.lang {
            Lang::En => en.to_owned(),
            Lang::Zh => zh.to_owned(),
        }
    }

    /// A declared thing: by name in English, by display name in Chinese.
    pub fn name<'n>(&self, named: &'n Named) -> &'n str {
        match self.lang {
            Lang::En => &named.name,
            Lang::Zh => named.display(),
        }
    }

    fn fixed(&self, column: &Col) -> String {
        let (en, zh) = called(column);
        self.say(en, zh)
    }
}

/// All sheets to be filled in: the kinds of entry, decisions, withdrawals.
pub(super) fn sheets(speaker: &Speaker<'_>) -> Vec<Layout> {
    let words = speaker.words;
    let derived = derived(words);
    let mut taken: BTreeSet<String> = register::SHEETS
        .into_iter()
        .chain(register::ASIDE)
        .map(str::to_lowercase)
        .collect();
    let mut sheets = Vec::new();
    for (event, named) in numbered(&words.policy.events, |event| &event.named, EventIx) {
        let Some(declared) = words.event(event).filter(|_| !derived.contains(&event)) else {
            continue;
        };
        let wanted = [speaker.name(named), named.name.as_str()];
        let found = wanted.into_iter().find(|name| {
            check_sheet_name(name).is_ok()
                && !taken.contains(&name.to_lowercase())
                && words.events.find(name) == [event]
        });
        let mut columns = of_event(speaker, event, declared);
        let name = if let Some(name) = found {
            name.to_owned()
        } else {
            // A sheet that cannot be called after its kind says the kind in each row.
            let kind = speaker.name(named).to_owned();
            let at = 3.min(columns.len());
            columns.insert(at, kind_column(speaker, kind));
            format!("{} {}", speaker.say("kind", "事项"), event.0 + 1)
        };
        taken.insert(name.to_lowercase());
        sheets.push(Layout { name, columns });
    }
    if !words.policy.bodies.is_empty() {
        sheets.push(Layout {
            name: speaker.say("decision", "决定"),
            columns: of_decision(speaker),
        });
    }
    sheets.push(Layout {
        name: speaker.say("withdrawal", "撤回"),
        columns: of_withdrawal(speaker),
    });
    sheets
}

/// The register's sheet.
pub(super) fn register_sheet(speaker: &Speaker<'_>) -> Layout {
    let words = speaker.words;
    let kinds = &words.policy.kinds;
    let plain = |en: &str, zh: &str, required, takes, meaning| Column {
        header: speaker.say(en, zh),
        required,
        takes,
        meaning,
    };
    let names = kinds
        .iter()
        .map(|kind| speaker.name(&kind.named).to_owned());
    let mut columns = vec![
        plain(
            "id",
            "编号",
            true,
            Takes::Text,
            speaker.say(
                "its id, by which the ledger may name it",
                "编号，台账中可用来指它",
            ),
        ),
        plain(
            "kind",
            "种类",
            true,
            Takes::Choice(names.collect()),
            speaker.say("the kind of subject", "哪一类对象"),
        ),
        plain(
            "name",
            "名称",
            false,
            Takes::Text,
            speaker.say("its display name", "显示名称"),
        ),
    ];
    if kinds.iter().any(|kind| kind.within.is_some()) {
        let meaning = speaker.say("the member that it lies within", "所隶属的对象");
        columns.push(plain("within", "隶属", false, Takes::Member, meaning));
    }
    for attribute in kinds.iter().flat_map(|kind| &kind.attributes) {
        let header = speaker.name(&attribute.named).to_owned();
        if columns.iter().all(|column| column.header != header) {
            columns.push(of_field(speaker, attribute, header));
        }
    }
    for (_, ladder) in register::ladders(words) {
        let name = speaker.name(&ladder.named);
        let statuses = choices(speaker, ladder.statuses);
        columns.push(Column {
            header: name.to_owned(),
            required: false,
            takes: Takes::Choice(statuses),
            meaning: speaker.say(
                "its standing before the record begins",
                "记录开始之前已有的档次",
            ),
        });
        columns.push(Column {
            header: format!("{name}{}", speaker.say(" since", " 自")),
            required: false,
            takes: Takes::Date,
            meaning: speaker.say("since when it has that standing", "该档次自何日起"),
        });
    }
    let first = speaker.say(
        "first day that it belongs, or that this row's values hold",
        "属于名册的首日，或本行各值的首日",
    );
    columns.push(plain("from", "起", false, Takes::Date, first));
    let last = speaker.say("last day; empty: to this day", "末日；空着即至今");
    columns.push(plain("until", "止", false, Takes::Date, last));
    Layout {
        name: speaker.say(register::SHEETS[1], register::SHEETS[0]),
        columns,
    }
}

/// The kinds of event that rules bring about: nobody enters them.
fn derived(words: &Vocabulary<'_>) -> BTreeSet<EventIx> {
    let rules = words.policy.rules.iter();
    rules
        .flat_map(|rule| rule.then.iter().chain(&rule.otherwise))
        .filter_map(|action| match action {
            Action::Event(event, _) => Some(*event),
            Action::Status(..) | Action::Set(..) | Action::Impose(_) | Action::End(_) => None,
        })
        .collect()
}

fn kind_column(speaker: &Speaker<'_>, kind: String) -> Column {
    Column {
        header: speaker.fixed(&Col::Kind),
        required: true,
        takes: Takes::Choice(vec![kind]),
        meaning: speaker.say("the kind of entry", "事项的种类"),
    }
}

/// The columns that every sheet of entries begins with.
fn dated(speaker: &Speaker<'_>) -> Vec<Column> {
    let column = |column: &Col, required, takes, en: &str, zh: &str| Column {
        header: speaker.fixed(column),
        required,
        takes,
        meaning: speaker.say(en, zh),
    };
    vec![
        column(
            &Col::Id,
            false,
            Takes::Text,
            "its id, by which withdrawals and corrections name it",
            "编号，撤回和更正用它来指",
        ),
        column(
            &Col::Date,
            true,
            Takes::Date,
            "the day it happened",
            "发生之日",
        ),
        column(
            &Col::Time,
            false,
            Takes::Plain,
            "the time, such as 9:30; it only orders the entries of one day",
            "时间，如9:30；只用来排同一天的先后",
        ),
        column(
            &Col::Recorded,
            false,
            Takes::Date,
            "the day it was recorded; empty: the day it happened",
            "录入之日；空着即发生之日",
        ),
    ]
}

fn corrects(speaker: &Speaker<'_>) -> Column {
    Column {
        header: speaker.fixed(&Col::InsteadOf),
        required: false,
        takes: Takes::Text,
        meaning: speaker.say(
            "the id of the entry that this one corrects",
            "本行更正哪一条，写其编号",
        ),
    }
}

fn of_event(speaker: &Speaker<'_>, event: EventIx, declared: &Event) -> Vec<Column> {
    let mut columns = dated(speaker);
    if declared.of.iter().any(|of| !of.every) {
        let kinds: Vec<&str> = declared
            .of
            .iter()
            .filter(|of| !of.every)
            .filter_map(|of| speaker.words.kind(of.kind))
            .map(|named| speaker.name(named))
            .collect();
        let kinds = kinds.join(&speaker.say(", ", "、"));
        columns.push(Column {
            header: speaker.fixed(&Col::Of),
            required: needs_subject(declared),
            takes: Takes::Member,
            meaning: speaker.say(
                &format!("whom it is about ({kinds}), by id or name; several are separated by `;`"),
                &format!("关于谁（{kinds}），写编号或名称；几个之间用“、”隔开"),
            ),
        });
    }
    let known = columns::known(speaker.words);
    for (field, of_it) in fields(&declared.fields) {
        let qualified = format!("{}.{}", declared.named.name, of_it.named.name);
        let wanted = [speaker.name(&of_it.named), of_it.named.name.as_str()];
        let means_it = |header: &&str| match known.meaning(header) {
            Some(Meaning::Column(Col::Field(meant))) => {
                meant.iter().find(|(of, _)| *of == event) == Some(&(event, field))
            }
            _ => false,
        };
        let header = wanted.into_iter().find(means_it).unwrap_or(&qualified);
        columns.push(of_field(speaker, of_it, header.to_owned()));
    }
    columns.push(corrects(speaker));
    columns
}

fn of_decision(speaker: &Speaker<'_>) -> Vec<Column> {
    let policy = speaker.words.policy;
    let bodies = policy
        .bodies
        .iter()
        .map(|body| speaker.name(body).to_owned());
    let rules = policy.rules.iter().filter(|rule| rule.decided_by.is_some());
    let rules = rules.map(|rule| speaker.name(&rule.named).to_owned());
    let mut columns = dated(speaker);
    let column = |column: &Col, required, takes, en: &str, zh: &str| Column {
        header: speaker.fixed(column),
        required,
        takes,
        meaning: speaker.say(en, zh),
    };
    let verdicts = vec![
        speaker.say("approve", "批准"),
        speaker.say("decline", "否决"),
    ];
    columns.extend([
        column(
            &Col::Of,
            true,
            Takes::Member,
            "about whom, by id or name; one in each row",
            "关于谁，写编号或名称，每行一个",
        ),
        column(
            &Col::By,
            true,
            Takes::Choice(bodies.collect()),
            "the body that decided",
            "决定的机构",
        ),
        column(
            &Col::Rule,
            false,
            Takes::Choice(rules.collect()),
            "the rule whose proposal it decides; may be left out where one proposal is open",
            "决定的是哪条规则的提请；只有一件待决的可空",
        ),
        column(
            &Col::Verdict,
            true,
            Takes::Choice(verdicts),
            "how it decided",
            "批准还是否决",
        ),
        corrects(speaker),
    ]);
    columns
}

fn of_withdrawal(speaker: &Speaker<'_>) -> Vec<Column> {
    let mut columns = dated(speaker);
    columns.push(Column {
        header: speaker.fixed(&Col::Ref),
        required: true,
        takes: Takes::Text,
        meaning: speaker.say(
            "the id of the entry that is withdrawn",
            "撤回哪一条，写其编号",
        ),
    });
    columns
}

fn of_field(speaker: &Speaker<'_>, field: &Field, header: String) -> Column {
    let (takes, mut meaning) = taken(speaker, field);
    if field.several {
        meaning.push_str(&speaker.say("; several are separated by `;`", "；几个之间用“、”隔开"));
    }
    if let Some((least, most)) = field.range {
        meaning.push_str(&speaker.say(
            &format!(" from {least} to {most}"),
            &format!("，{least}至{most}"),
        ));
    }
    Column {
        header,
        required: !field.optional && field.default.is_none() && !field.several,
        takes: if field.several { Takes::Text } else { takes },
        meaning,
    }
}

fn taken(speaker: &Speaker<'_>, field: &Field) -> (Takes, String) {
    let words = speaker.words;
    match field.ty {
        Type::Bool => {
            let both = vec![speaker.say("yes", "是"), speaker.say("no", "否")];
            (Takes::Choice(both), speaker.say("yes or no", "是或否"))
        }
        Type::Number(None) => (Takes::Plain, speaker.say("a number", "数")),
        Type::Number(Some(unit)) => {
            let unit = words.policy.units.get(unit.at());
            let unit = unit.map_or("", |unit| speaker.name(&unit.named));
            let meaning = speaker.say(&format!("a number of {unit}"), &format!("数，单位：{unit}"));
            (Takes::Plain, meaning)
        }
        Type::Share => (
            Takes::Plain,
            speaker.say("a share, such as 25%", "比例，如25%"),
        ),
        Type::Money => (
            Takes::Plain,
            speaker.say("an amount in yuan", "金额，单位：元"),
        ),
        Type::Date => (Takes::Date, speaker.say("a date", "日期")),
        Type::Duration => {
            let meaning = speaker.say("a span of time, such as 30 days", "时长，如30天");
            (Takes::Text, meaning)
        }
        Type::Enum(list) => {
            let values = choices(speaker, list);
            let meaning = values.join(&speaker.say(", ", "、"));
            (
                Takes::Choice(values),
                speaker.say("one of: ", "取值：") + &meaning,
            )
        }
        Type::Text | Type::Error => (Takes::Text, speaker.say("any text", "文字")),
        Type::Member(kind) => {
            let kind = words.kind(kind).map_or("", |named| speaker.name(named));
            let meaning = speaker.say(
                &format!("a {kind} of the register, by id or name"),
                &format!("名册中的{kind}，写编号或名称"),
            );
            (Takes::Member, meaning)
        }
    }
}

fn choices(speaker: &Speaker<'_>, list: pol_model::EnumIx) -> Vec<String> {
    let list = speaker.words.policy.enums.get(list.at());
    list.map(|list| {
        let values = list.values.iter();
        values.map(|value| speaker.name(value).to_owned()).collect()
    })
    .unwrap_or_default()
}
