//! Tests inside policies: one step a line.

use super::layout::Doc;
use super::page::Page;
use super::{CLAUSE, PrintError, Printed, Printer};
use crate::ast::{
    Check, Decision, EntryTail, Expect, ExpectItem, Expr, GivenField, GivenMember, Name, Step,
    Test, TestEntry, Withdrawal,
};

impl Printer<'_> {
    pub(super) fn test(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        test: &Test,
    ) -> Result<(), PrintError> {
        let w = self.words;
        let head = format!("{} {}", w.kw("test"), w.quoted(&test.label.value)?);
        page.put(Some(pos), 0, CLAUSE, Doc::text(head));
        for step in &test.steps {
            let line = match &step.value {
                Step::Given(members) => {
                    let members =
                        self.list(members, |it| it.kind.span.start, |it| self.given(it))?;
                    Doc::text(format!("{} ", w.kw("given"))).and(members)
                }
                Step::Entry(entry) => self.entry(entry)?,
                Step::Withdrawal(withdrawal) => self.withdrawal(withdrawal)?,
                Step::Decision(decision) => self.decision(decision)?,
                Step::Expect(expect) => self.expect(expect)?,
            };
            page.put(Some(step.span.start), CLAUSE, CLAUSE + 2, line);
        }
        Ok(())
    }

    /// `township T01 within C { class = second }`.
    fn given(&self, member: &GivenMember) -> Printed {
        let w = self.words;
        let mut doc = Doc::text(format!("{} {}", member.kind.value, w.id(&member.id)?));
        if let Some(within) = &member.within {
            doc.push(format!(" {} {}", w.kw("within"), w.id(within)?));
        }
        let name = |field: &GivenField| {
            let mut name = field.name.value.clone();
            if field.since {
                name = format!("{name} {}", w.kw("since"));
            }
            (field.name.span.start, name)
        };
        let record = self.record_of(&member.fields, name, |it| self.value(&it.value))?;
        Ok(doc.and(record))
    }

    fn entry(&self, entry: &TestEntry) -> Printed {
        let w = self.words;
        let mut doc = Doc::text(format!("{} ", w.date(entry.date.value)));
        if let Some(time) = &entry.time {
            doc.push(format!("{} ", super::words::Words::time(time.value)));
        }
        doc.push(&entry.event.value);
        if !entry.of.is_empty() {
            doc.push(format!(" {} ", self.about()));
            doc.add(self.list(&entry.of, |it| it.span.start, |it| Ok(Doc::text(w.id(it)?)))?);
        }
        doc.add(self.record(&entry.fields, |values: &Vec<Expr>| self.values(values))?);
        Ok(doc.with(self.tail(&entry.tail)?))
    }

    fn withdrawal(&self, withdrawal: &Withdrawal) -> Printed {
        let w = self.words;
        let date = w.date(withdrawal.date.value);
        let entry = w.id(&withdrawal.entry)?;
        let tail = self.tail(&withdrawal.tail)?;
        Ok(Doc::text(format!(
            "{date} {} {entry}{tail}",
            w.kw("withdrawn")
        )))
    }

    fn decision(&self, decision: &Decision) -> Printed {
        let w = self.words;
        let verb = if decision.approves {
            "approves"
        } else {
            "declines"
        };
        let date = w.date(decision.date.value);
        let mut line = format!("{date} {} {}", decision.body.value, w.kw(verb));
        if let Some(rule) = &decision.rule {
            line.push(' ');
            line.push_str(&rule.value);
        }
        line.push_str(&self.of(&decision.of)?);
        line.push_str(&self.tail(&decision.tail)?);
        Ok(Doc::text(line))
    }

    fn about(&self) -> &'static str {
        self.words
            .pick(self.words.kw("of_en"), self.words.kw("about_zh"))
    }

    /// ` of T01`.
    fn of(&self, subject: &Name) -> Result<String, PrintError> {
        Ok(format!(" {} {}", self.about(), self.words.id(subject)?))
    }

    /// ` as e1 recorded D instead of e0`.
    fn tail(&self, tail: &EntryTail) -> Result<String, PrintError> {
        let w = self.words;
        let mut words = vec![String::new()];
        if let Some(id) = &tail.id {
            words.extend([w.kw("as").to_owned(), w.id(id)?]);
        }
        if let Some(recorded) = &tail.recorded {
            words.extend([w.kw("recorded").to_owned(), w.date(recorded.value)]);
        }
        if let Some(id) = &tail.instead_of {
            words.extend([w.kw("instead_of").to_owned(), w.id(id)?]);
        }
        Ok(words.join(" "))
    }

    fn expect(&self, expect: &Expect) -> Printed {
        let w = self.words;
        let mut doc = Doc::text(format!("{} ", w.kw("expect")));
        let first = expect.items.first().map(|it| &it.value.check);
        // What is asked of the day's end, not of what happens on it.
        let standing = matches!(first, Some(Check::Is(_) | Check::InForce));
        if let Some(date) = &expect.date {
            if standing && !w.zh() {
                doc.push(format!("{} ", w.kw("on")));
            }
            doc.push(format!("{} ", w.date(date.value)));
        }
        Ok(doc.and(self.list(
            &expect.items,
            |it| it.span.start,
            |it| self.expected(&it.value),
        )?))
    }

    fn expected(&self, item: &ExpectItem) -> Printed {
        let w = self.words;
        let mut doc = Doc::default();
        if item.no {
            doc.push(format!("{} ", w.kw("nothing")));
        }
        doc.push(&item.name.value);
        let state = match &item.check {
            Check::State(state) => Some(self.state(*state)),
            Check::Proposed => Some(w.kw("proposed")),
            Check::Undetermined => Some(w.kw("undetermined")),
            Check::Happens(_) | Check::Is(_) | Check::InForce => None,
        };
        if let Some(state) = state {
            doc.push(format!(" {state}"));
        }
        if let Some(of) = &item.of {
            doc.push(self.of(of)?);
        }
        match &item.check {
            Check::Happens(fields) => {
                doc.add(self.record(fields, |value: &Expr| self.value(value))?);
            }
            Check::Is(value) => {
                doc.push(format!(" {} ", w.kw("is")));
                doc.add(self.value(value)?);
            }
            Check::InForce => doc.push(format!(" {}", self.in_force())),
            Check::State(_) | Check::Proposed | Check::Undetermined => {}
        }
        Ok(doc)
    }
}
