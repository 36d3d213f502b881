//! Declarations in order, and those that are short.

use super::head::Columns;
use super::layout::{Anchor, Break, Doc, Fill};
use super::origin::Place;
use super::page::Page;
use super::{CLAUSE, PrintError, Printed, Printer};
use crate::ast::{
    AggregateFunction, Counts, Declaration, Define, DefineBody, Event, EventOf, Expr, ExprKind,
    Ladder, Node, Opened, Outcome, Phase, PhaseDates, PhaseSpan, Policy, Prose, Reading, Scale,
    Subject, Unit,
};

impl Printer<'_> {
    /// Prints declarations, those that stand together in columns.
    pub(super) fn declarations(
        &self,
        page: &mut Page<'_>,
        declarations: &[Node<Declaration>],
    ) -> Result<(), PrintError> {
        let same_group = |a: &Node<Declaration>, b: &Node<Declaration>| {
            std::mem::discriminant(&a.value) == std::mem::discriminant(&b.value)
                && !self.blank_between(a.span.start, b.span.start)
        };
        let mut rest = declarations;
        for group in declarations.chunk_by(same_group) {
            let columns = self.columns(group)?;
            for declaration in group {
                rest = rest.get(1..).unwrap_or_default();
                let end = rest.first().map_or(u32::MAX, |next| next.span.start);
                self.declaration(page, declaration, columns, end)?;
                page.comments_within(end, CLAUSE);
            }
        }
        Ok(())
    }

    fn declaration(
        &self,
        page: &mut Page<'_>,
        declaration: &Node<Declaration>,
        columns: Columns,
        end: u32,
    ) -> Result<(), PrintError> {
        let pos = declaration.span.start;
        let line = match &declaration.value {
            Declaration::Policy(it) => return self.policy(page, pos, it),
            Declaration::Subject(it) => return self.subject(page, pos, it, columns, end),
            Declaration::Event(it) => return self.event_kind(page, pos, it, columns, end),
            Declaration::Outcome(it) => return self.outcome(page, pos, it, columns, end),
            Declaration::Param(it) => return self.param(page, pos, it, columns, end),
            Declaration::Catalogue(it) => return self.catalogue(page, pos, it, end),
            Declaration::Ladder(it) => return self.ladder(page, pos, it),
            Declaration::Duty(it) => return self.duty(page, pos, it),
            Declaration::Rule(it) => return self.rule(page, pos, it),
            Declaration::Test(it) => return self.test(page, pos, it),
            Declaration::Prose(it) => self.prose(it)?,
            Declaration::Body(it) => self.head_in_columns("body", it, columns, false)?,
            Declaration::Scale(it) => self.scale(it)?,
            Declaration::Unit(it) => self.unit(it, columns)?,
            Declaration::Reading(it) => self.reading(it, columns)?,
            Declaration::Define(it) => self.define(it, columns)?,
            Declaration::Phase(it) => self.phase(it)?,
            Declaration::Never(it) => self.never(it)?,
        };
        page.put(Some(pos), 0, CLAUSE, line);
        Ok(())
    }

    fn policy(&self, page: &mut Page<'_>, pos: u32, policy: &Policy) -> Result<(), PrintError> {
        let w = self.words;
        let head = self.head("policy", &policy.head)?;
        page.put(Some(pos), 0, CLAUSE, head);
        for source in &policy.sources {
            let mut line = Doc::text(format!("{} {}", w.kw("source"), source.name.value));
            if let Some(title) = &source.title {
                line.push(format!(" {}", w.quoted(&title.value)?));
            }
            if let Some(text) = &source.text {
                line.push(format!(" {} {}", w.kw("text"), w.quoted(&text.value)?));
            }
            page.put(Some(source.name.span.start), CLAUSE, CLAUSE + 2, line);
        }
        if let Some(effective) = &policy.effective {
            let mut line = format!("{} {}", w.kw("effective"), w.date(effective.value));
            if let Some(from) = &policy.counting_from {
                let words = w.pick(
                    w.kws(&["counting_en", "from"]),
                    w.kw("counting_from_zh").to_owned(),
                );
                line = format!("{line} {words} {}", w.date(from.value));
            }
            page.put(Some(effective.span.start), CLAUSE, CLAUSE, Doc::text(line));
        }
        if let Some(first) = policy.calendars.first() {
            let mut line = Doc::text(format!("{} ", w.kw("calendar")));
            line.open(Anchor::Here);
            for (index, calendar) in policy.calendars.iter().enumerate() {
                if index > 0 {
                    line.brk(self.list_break(calendar.name.span.start));
                }
                line.push(&calendar.name.value);
                if let Some(file) = &calendar.file {
                    line.push(format!(" {} {}", w.kw("from"), w.quoted(&file.value)?));
                }
            }
            line.close();
            page.put(Some(first.name.span.start), CLAUSE, CLAUSE + 2, line);
        }
        Ok(())
    }

    fn prose(&self, prose: &Prose) -> Printed {
        let w = self.words;
        let text = w.quoted(&prose.text.value)?;
        Ok(Doc::text(format!("{} {text} ", w.kw("prose"))).and(self.cites(&prose.cites)?))
    }

    fn subject(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        subject: &Subject,
        columns: Columns,
        end: u32,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let mut head = self.head_in_columns("subject", &subject.head, columns, true)?;
        if let Some(within) = &subject.within {
            head.push(format!("{} {} ", w.kw("within"), within.value));
        }
        if let Some(opened) = &subject.opened {
            head.push(self.opened(opened) + " ");
        }
        self.with_fields(page, pos, head, &subject.attributes, end)
    }

    /// `opened by F of E`.
    fn opened(&self, opened: &Opened) -> String {
        let w = self.words;
        let by = match &opened.field {
            Some(field) => self.field_of(field, &opened.event),
            None => opened.event.value.clone(),
        };
        w.pick(
            format!("{} {by}", w.kws(&["opened_en", "by_en"])),
            format!("{} {by} {}", w.kw("by_zh"), w.kw("arise_zh")),
        )
    }

    fn scale(&self, scale: &Scale) -> Printed {
        let head = self.head("scale", &scale.head)?;
        let values = self.ordered(&scale.values)?;
        Ok(self.equated(
            head,
            scale.values.first().map(|it| it.name.span.start),
            values,
        ))
    }

    /// `… = V`, which may be broken before the sign. The head ends in a blank.
    fn equated(&self, head: Doc, pos: Option<u32>, value: Doc) -> Doc {
        let pos = pos.unwrap_or_default();
        let mut doc = head;
        doc.brk(Break {
            flat: "= ".to_owned(),
            end: String::new(),
            start: "= ".to_owned(),
            fill: Fill::All,
            broken: self.starts_line(pos),
            pos,
        });
        doc.and(value)
    }

    fn unit(&self, unit: &Unit, columns: Columns) -> Printed {
        let w = self.words;
        let head = self.head_in_columns("unit", &unit.head, columns, true)?;
        Ok(match unit.counts {
            None => head,
            Some(Counts::Kinds) => head.with(w.kws(&["counts", "kinds"])),
            Some(Counts::Occurrences) => head.with(w.kws(&["counts", "occurrences"])),
        })
    }

    fn event_kind(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        event: &Event,
        columns: Columns,
        end: u32,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let mut head = self.head_in_columns("event", &event.head, columns, !event.of.is_empty())?;
        if !event.of.is_empty() {
            head.push(format!("{} ", w.pick(w.kw("of_en"), w.kw("about_zh"))));
            head.add(self.list(
                &event.of,
                |it| Place {
                    pos: it.kind.span.start,
                    behind: if it.every { &["every"] } else { &[] },
                },
                |it| Ok(Doc::text(self.event_of(it))),
            )?);
            head.push(" ");
        }
        self.with_fields(page, pos, head, &event.fields, end)
    }

    /// `club and every player`.
    fn event_of(&self, of: &EventOf) -> String {
        let w = self.words;
        let mut words = Vec::new();
        if of.every {
            words.push(w.kw("every"));
        }
        words.push(&of.kind.value);
        if let Some(kind) = &of.and_every {
            let and = w.pick(w.kw("and"), w.kw("together_zh"));
            words.extend([and, w.kw("every"), &kind.value]);
        }
        words.join(" ")
    }

    fn reading(&self, reading: &Reading, columns: Columns) -> Printed {
        let head = self.head_in_columns("reading", &reading.head, columns, true)?;
        let first = reading.answers.first().map(|it| it.name.span.start);
        Ok(self.equated(head, first, self.alternatives(&reading.answers)?))
    }

    fn define(&self, define: &Define, columns: Columns) -> Printed {
        let head = self.head_in_columns("define", &define.head, columns, true)?;
        Ok(match &define.body {
            DefineBody::Events(patterns) => {
                let first = patterns.first().map(|it| it.event.name.span.start);
                self.equated(head, first, self.patterns(patterns)?)
            }
            DefineBody::Expr(expr) => {
                let value = if begins_as_events(expr) {
                    self.parenthesised(expr)?
                } else {
                    self.expr(expr, super::expr::Level::Or, Anchor::Here)?
                };
                self.equated(head, Some(expr.span.start), value)
            }
        })
    }

    fn phase(&self, phase: &Phase) -> Printed {
        let w = self.words;
        let head = self.head("phase", &phase.head)?;
        match &phase.dates {
            PhaseDates::FromRegister => Ok(head.with(w.kws(&["from", "register"]))),
            PhaseDates::Spans(spans) => {
                let list = self.list(
                    spans,
                    |it| it.from.as_ref().map_or(0, |date| date.span.start),
                    |it| Ok(Doc::text(self.phase_span(it))),
                )?;
                // The tree does not tell where a hole stands, so not whether it begins a line.
                let holes = spans.iter().any(|it| it.from.is_none());
                Ok(head.and(if holes { Doc::text(list.flat()) } else { list }))
            }
        }
    }

    fn phase_span(&self, span: &PhaseSpan) -> String {
        let w = self.words;
        let date = |date: &Option<Node<chrono::NaiveDate>>| {
            date.as_ref()
                .map_or_else(|| w.hole().to_owned(), |date| w.date(date.value))
        };
        format!("{} {} {}", date(&span.from), w.kw("span"), date(&span.to))
    }

    fn ladder(&self, page: &mut Page<'_>, pos: u32, ladder: &Ladder) -> Result<(), PrintError> {
        let mut head = self.head("ladder", &ladder.head)?;
        if !ladder.subjects.is_empty() {
            head.push(format!("{} ", self.words.kw("for")));
            head.add(self.names(&ladder.subjects));
        }
        page.put(Some(pos), 0, CLAUSE, head);
        let first = ladder.statuses.first().map(|it| it.name.span.start);
        page.put(first, CLAUSE, CLAUSE, self.ordered(&ladder.statuses)?);
        Ok(())
    }

    fn outcome(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        outcome: &Outcome,
        columns: Columns,
        end: u32,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let mut head = self.head_in_columns(
            "outcome",
            &outcome.head,
            columns,
            outcome.concerns.is_some(),
        )?;
        if let Some(concerns) = &outcome.concerns {
            head.push(format!(
                "{} {} ",
                w.kw("concerns"),
                w.quoted(&concerns.value)?
            ));
        }
        self.with_fields(page, pos, head, &outcome.fields, end)
    }

    /// True if a blank line stands between two declarations, before the second or its comments.
    fn blank_between(&self, first: u32, second: u32) -> bool {
        self.origin.blank_line_between(first, second)
    }
}

/// True if a value begins with events and a `where`, without a window behind them: in a definition
/// that would be read as a set of events, with all that follows in its `where`.
fn begins_as_events(expr: &Expr) -> bool {
    match &expr.value {
        ExprKind::Binary(_, left, _) | ExprKind::In(left, _) | ExprKind::Held(left, _) => {
            begins_as_events(left)
        }
        ExprKind::Aggregate(aggregate) => {
            aggregate.function == AggregateFunction::Count
                && aggregate.filter.is_some()
                && aggregate.windows.is_empty()
        }
        _ => false,
    }
}
