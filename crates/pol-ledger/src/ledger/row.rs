//! One row to one entry.

use super::columns::{Col, Kind, called, needs_subject};
use crate::problem::{DataError, Problem};
use crate::row::View;
use crate::source::{Cell, Sheet};
use crate::text::{listed, normal, visible};
use crate::value::{Reader, date_of, day_of, time_of, word};
use crate::words::fields;
use chrono::NaiveTime;
use pol_calendar::Date;
use pol_model::{Entry, EntryBody, EventIx, KindIx, Origin, Value, Verdict};
use pol_semantics::hir::{Event, Field, Type};
use pol_syntax::Code;
use std::sync::Arc;

/// How rows of one sheet are read.
pub(super) struct Rows<'a> {
    pub reader: Reader<'a>,
    pub sheet: &'a Sheet,
    /// The kind that the sheet is called after.
    pub kind: Option<Kind>,
    /// True if times have a column of their own.
    pub has_time: bool,
}

/// The three dates of an entry.
struct Dates {
    date: Date,
    time: Option<NaiveTime>,
    recorded: Date,
}

impl Rows<'_> {
    /// The entry of a row, or all that is wrong with it.
    pub fn entry(&self, view: &View<'_, Col>) -> Result<Entry, Vec<DataError>> {
        let mut errors = Vec::new();
        let id = view.read(&Col::Id, &mut errors, word);
        let instead_of = view.read(&Col::InsteadOf, &mut errors, word);
        let dates = self.dates(view, &mut errors);
        let body = match self.kind(view, &mut errors) {
            Some(Kind::Event(event)) => self.event(view, event, &mut errors),
            Some(Kind::Decision) => self.decision(view, &mut errors),
            Some(Kind::Withdrawal) => Self::withdrawal(view, &mut errors),
            None => None,
        };
        match (dates, body) {
            (Some(dates), Some(body)) if errors.is_empty() => Ok(Entry {
                id: id.map(Into::into),
                date: dates.date,
                time: dates.time,
                recorded: dates.recorded,
                body,
                instead_of: instead_of.map(Into::into),
                origin: Origin {
                    file: Arc::clone(&self.sheet.file),
                    sheet: self.sheet.name.clone(),
                    line: view.line(),
                },
            }),
            _ => Err(errors),
        }
    }

    fn dates(&self, view: &View<'_, Col>, errors: &mut Vec<DataError>) -> Option<Dates> {
        let time = view.read(&Col::Time, errors, time_of);
        let date = view.read(&Col::Date, errors, |cell| {
            if self.has_time {
                day_of(cell).map(|date| (date, None))
            } else {
                date_of(cell)
            }
        });
        let recorded = view.read(&Col::Recorded, errors, day_of);
        if view.cell(&Col::Date).is_none() {
            errors.push(view.missing(&Col::Date, "date", "日期"));
        }
        let (date, in_cell) = date?;
        if let Some(recorded) = recorded
            && recorded < date
        {
            let problem = Problem::new(
                Code::DATA_RECORDED,
                format!("recorded on {recorded}, before it happened on {date}"),
                format!("录入日期{recorded}早于发生日期{date}"),
            )
            .help(
                "an entry is recorded on the day it happened or later",
                "录入日期不得早于日期",
            );
            errors.push(view.error(problem, &Col::Recorded));
        }
        Some(Dates {
            date,
            time: time.or(in_cell),
            recorded: recorded.unwrap_or(date),
        })
    }

    fn kind(&self, view: &View<'_, Col>, errors: &mut Vec<DataError>) -> Option<Kind> {
        let words = self.reader.words;
        let written = view.read(&Col::Kind, errors, |cell| Kind::find(words, &word(cell)?));
        match (written, self.kind) {
            (Some(written), Some(of_sheet)) if written != of_sheet => {
                let ((en, zh), (sheet_en, sheet_zh)) =
                    (written.called(words), of_sheet.called(words));
                let problem = Problem::new(
                    Code::DATA_MISPLACED,
                    format!("`{en}` stands on the sheet of `{sheet_en}`"),
                    format!("`{zh}`写在了`{sheet_zh}`表中"),
                )
                .help(
                    "move the row to its sheet, or give the sheet a name that is no kind of entry",
                    "请移到相应的表中，或把表名改成与事项不同的名称",
                );
                errors.push(view.error(problem, &Col::Kind));
                None
            }
            (Some(kind), _) => Some(kind),
            (None, of_sheet) if view.cell(&Col::Kind).is_none() => {
                if of_sheet.is_none() {
                    errors.push(view.missing(&Col::Kind, "kind", "事项"));
                }
                of_sheet
            }
            (None, _) => None,
        }
    }

    fn event(
        &self,
        view: &View<'_, Col>,
        event: EventIx,
        errors: &mut Vec<DataError>,
    ) -> Option<EntryBody> {
        let declared = self.reader.words.event(event)?;
        self.misplaced(view, Kind::Event(event), &[Col::Of], errors);
        let by_id = Some((event, None));
        let opens = |kind: &pol_semantics::hir::Kind| kind.opened == by_id;
        if self.reader.words.policy.kinds.iter().any(opens) && view.cell(&Col::Id).is_none() {
            errors.push(view.missing(&Col::Id, "id", "编号"));
        }
        let of = view.read(&Col::Of, errors, |cell| self.subjects(declared, cell));
        if view.cell(&Col::Of).is_none() && needs_subject(declared) {
            errors.push(view.missing(&Col::Of, "of", "对象"));
        }
        let mut values: Vec<Option<Value>> = vec![None; declared.fields.len()];
        let mut given = vec![false; declared.fields.len()];
        for (at, column, cell) in view.cells() {
            let Some(Col::Field(meant)) = &column.is else {
                continue;
            };
            let Some((_, field)) = meant.iter().find(|(of, _)| *of == event) else {
                let (name, title) = (declared.named.display(), visible(&column.title));
                let problem = Problem::new(
                    Code::DATA_MISPLACED,
                    format!("`{name}` has no field `{title}`"),
                    format!("`{name}`没有字段`{title}`"),
                )
                .help("leave the cell empty", "请留空");
                errors.push(view.error_at(problem, at, column, cell));
                continue;
            };
            let (Some(field_of), Some(value), Some(given)) = (
                declared.fields.get(field.at()),
                values.get_mut(field.at()),
                given.get_mut(field.at()),
            ) else {
                continue;
            };
            if *given {
                let name = field_of.named.display();
                let problem = Problem::new(
                    Code::DATA_DOUBLE_COLUMN,
                    format!("`{name}` is filled in in two columns"),
                    format!("`{name}`在两列中都填了"),
                );
                errors.push(view.error_at(problem, at, column, cell));
                continue;
            }
            *given = true;
            match self.reader.field(field_of, cell) {
                Ok(read) => *value = Some(read),
                Err(problem) => errors.push(view.error_at(problem, at, column, cell)),
            }
        }
        for (at, field) in fields(&declared.fields) {
            let (Some(value), Some(false)) = (values.get_mut(at.at()), given.get(at.at())) else {
                continue;
            };
            *value = absent(field);
            if value.is_none() && !field.optional {
                let wanted = Col::Field(vec![(event, at)]);
                let name = field.named.display();
                errors.push(view.missing(&wanted, name, name));
            }
        }
        Some(EntryBody::Event {
            event,
            of: of.unwrap_or_default(),
            fields: values,
        })
    }

    /// The members that an entry's `of` names.
    fn subjects(&self, event: &Event, cell: &Cell) -> Result<Vec<pol_model::MemberIx>, Problem> {
        let kinds: Vec<KindIx> = event
            .of
            .iter()
            .filter(|of| !of.every)
            .map(|of| of.kind)
            .collect();
        if !kinds.is_empty() {
            return self.reader.members(&kinds, cell);
        }
        let name = event.named.display();
        let problem = Problem::new(
            Code::DATA_MISPLACED,
            format!("`{name}` takes nothing in `of`"),
            format!("`{name}`不填对象"),
        );
        let named: Vec<&str> = event
            .fields
            .iter()
            .filter(|field| matches!(field.ty, Type::Member(_)))
            .map(|field| field.named.display())
            .collect();
        Err(if event.of.is_empty() && !named.is_empty() {
            let named = listed(named, 10);
            problem.help(
                format!("leave it empty; whom it is about stands in {named}"),
                format!("请留空；涉及的对象填在 {named}"),
            )
        } else {
            problem.help("leave it empty", "请留空")
        })
    }

    fn decision(&self, view: &View<'_, Col>, errors: &mut Vec<DataError>) -> Option<EntryBody> {
        let words = self.reader.words;
        let taken = [Col::Of, Col::By, Col::Rule, Col::Verdict];
        self.misplaced(view, Kind::Decision, &taken, errors);
        let body = view.read(&Col::By, errors, |cell| {
            words
                .bodies
                .one(Code::DATA_UNKNOWN_NAME, &word(cell)?, "body", "机构")
        });
        let rule = view.read(&Col::Rule, errors, |cell| {
            let rule = words
                .rules
                .one(Code::DATA_UNKNOWN_NAME, &word(cell)?, "rule", "规则")?;
            self.decides(rule, body)?;
            Ok(rule)
        });
        let every: Vec<KindIx> = (0_u16..)
            .zip(&words.policy.kinds)
            .map(|(at, _)| KindIx(at))
            .collect();
        let of = view.read(&Col::Of, errors, |cell| {
            let members = self.reader.members(&every, cell)?;
            match members.as_slice() {
                [one] => Ok(*one),
                _ => Err(Problem::new(
                    Code::DATA_SEVERAL,
                    "a decision is about one subject",
                    "一项决定只针对一个对象",
                )
                .help("write a row for each", "请分行填写")),
            }
        });
        if let (Some(rule), Some(of)) = (rule, of) {
            self.reaches(view, rule, of, errors);
        }
        let verdict = view.read(&Col::Verdict, errors, |cell| verdict(&word(cell)?));
        for (column, en, zh) in [
            (Col::By, "by", "决定机构"),
            (Col::Of, "of", "对象"),
            (Col::Verdict, "verdict", "决定"),
        ] {
            if view.cell(&column).is_none() {
                errors.push(view.missing(&column, en, zh));
            }
        }
        Some(EntryBody::Decision {
            body: body?,
            rule,
            of: of?,
            verdict: verdict?,
        })
    }

    /// Refuses a rule that the body does not decide.
    fn decides(
        &self,
        rule: pol_model::RuleIx,
        body: Option<pol_model::BodyIx>,
    ) -> Result<(), Problem> {
        let policy = self.reader.words.policy;
        let (Some(declared), Some(body)) = (policy.rules.get(rule.at()), body) else {
            return Ok(());
        };
        let name = declared.named.display();
        match declared.decided_by {
            Some(decider) if decider == body => Ok(()),
            Some(decider) => {
                let decider = policy.bodies.get(decider.at()).map_or("", |b| b.display());
                Err(Problem::new(
                    Code::DATA_WRONG_KIND,
                    format!("`{name}` is decided by `{decider}`"),
                    format!("`{name}`由`{decider}`决定"),
                ))
            }
            None => Err(Problem::new(
                Code::DATA_WRONG_KIND,
                format!("`{name}` acts by itself; nobody decides it"),
                format!("`{name}`自动生效，不需要决定"),
            )),
        }
    }

    /// Refuses a rule that is not for subjects of this kind.
    fn reaches(
        &self,
        view: &View<'_, Col>,
        rule: pol_model::RuleIx,
        of: pol_model::MemberIx,
        errors: &mut Vec<DataError>,
    ) {
        let words = self.reader.words;
        let (Some(declared), Some(kind)) = (
            words.policy.rules.get(rule.at()),
            self.reader.members.kind(of),
        ) else {
            return;
        };
        if declared.subjects.is_empty() || declared.subjects.contains(&kind) {
            return;
        }
        let name = declared.named.display();
        let kind = words.kind(kind).map_or("", |named| named.display());
        let problem = Problem::new(
            Code::DATA_WRONG_KIND,
            format!("`{name}` is no rule for a `{kind}`"),
            format!("`{name}`不适用于`{kind}`"),
        );
        errors.push(view.error(problem, &Col::Rule));
    }

    fn withdrawal(view: &View<'_, Col>, errors: &mut Vec<DataError>) -> Option<EntryBody> {
        for (at, column, cell) in view.cells() {
            let taken = [
                Col::Id,
                Col::Date,
                Col::Time,
                Col::Recorded,
                Col::Kind,
                Col::Ref,
                Col::InsteadOf,
            ];
            if column.is.as_ref().is_some_and(|is| !taken.contains(is)) {
                errors.push(not_taken(view, at, column, cell, ("withdrawal", "撤回")));
            }
        }
        let entry = view.read(&Col::Ref, errors, word);
        if view.cell(&Col::Ref).is_none() {
            errors.push(view.missing(&Col::Ref, "ref", "撤回编号"));
        }
        Some(EntryBody::Withdrawal {
            entry: entry?.into(),
        })
    }

    /// Refuses what stands in columns that this kind of row does not take; an event's fields have
    /// their own check.
    fn misplaced(
        &self,
        view: &View<'_, Col>,
        kind: Kind,
        taken: &[Col],
        errors: &mut Vec<DataError>,
    ) {
        let of_any = [
            Col::Id,
            Col::Date,
            Col::Time,
            Col::Recorded,
            Col::Kind,
            Col::InsteadOf,
        ];
        for (at, column, cell) in view.cells() {
            let Some(is) = &column.is else { continue };
            let field_of_event = matches!((is, kind), (Col::Field(_), Kind::Event(_)));
            if field_of_event || of_any.contains(is) || taken.contains(is) {
                continue;
            }
            let name = kind.called(self.reader.words);
            errors.push(not_taken(view, at, column, cell, name));
        }
    }
}

fn not_taken(
    view: &View<'_, Col>,
    at: u32,
    column: &crate::header::Column<Col>,
    cell: &Cell,
    (en, zh): (&str, &str),
) -> DataError {
    let title = visible(&column.title);
    let problem = Problem::new(
        Code::DATA_MISPLACED,
        format!("`{en}` takes nothing in `{title}`"),
        format!("`{zh}`不填`{title}`"),
    )
    .help("leave the cell empty", "请留空");
    view.error_at(problem, at, column, cell)
}

/// What a field holds that is not filled in.
fn absent(field: &Field) -> Option<Value> {
    match &field.default {
        Some(default) => Some(default.clone()),
        None if field.several => Some(Value::List(Vec::new())),
        None => None,
    }
}

/// Words for an approval.
pub(crate) const APPROVES: [&str; 5] = ["approve", "approves", "approved", "批准", "同意"];
/// Words for a refusal.
pub(crate) const DECLINES: [&str; 6] = [
    "decline",
    "declines",
    "declined",
    "否决",
    "不批准",
    "不同意",
];

fn verdict(typed: &str) -> Result<Verdict, Problem> {
    let word = normal(typed).to_lowercase();
    if APPROVES.contains(&word.as_str()) {
        return Ok(Verdict::Approve);
    }
    if DECLINES.contains(&word.as_str()) {
        return Ok(Verdict::Decline);
    }
    let shown = visible(typed);
    Err(Problem::new(
        Code::DATA_CHOICE,
        format!("`{shown}` is not a verdict"),
        format!("`{shown}`不是决定"),
    )
    .help("write `approve` or `decline`", "请填`批准`或`否决`"))
}

/// The words of a fixed column, for messages that name it.
pub(super) fn title(column: &Col) -> (&'static str, &'static str) {
    called(column)
}
