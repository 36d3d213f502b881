//! Rules, duties, actions and the properties of every ledger: one clause a line, in their order.

use super::layout::{Anchor, Doc};
use super::origin::Place;
use super::page::Page;
use super::{CLAUSE, PrintError, Printed, Printer};
use crate::ast::{
    Action, Duty, DutySpan, DutyTime, Expr, Extension, Extent, Issue, Limit, Name, Never, Rule,
    Trigger,
};
use pol_grammar::keywords::{Keyword, PeriodForm, keyword};

impl Printer<'_> {
    pub(super) fn rule(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        rule: &Rule,
    ) -> Result<(), PrintError> {
        let w = self.words;
        page.put(Some(pos), 0, CLAUSE, self.head("rule", &rule.head)?);
        self.clause_for(page, &rule.subjects);
        let trigger = self
            .in_principle(rule.in_principle)
            .and(self.trigger(&rule.trigger.value)?);
        self.clause(page, Some(rule.trigger.span.start), trigger);
        if let Some(condition) = &rule.condition {
            let line = Doc::text(format!("{} ", w.kw("if"))).and(self.condition(condition)?);
            self.clause(page, Some(condition.span.start), line);
        }
        if rule.counting_again {
            let words = w.pick(
                w.kws(&["counting_en", "again_en"]),
                w.kw("again_zh").to_owned(),
            );
            self.clause(page, self.counting_again_pos(rule), Doc::text(words));
        }
        if let Some(body) = &rule.decided_by {
            let line = w.pick(
                format!("{} {}", w.kws(&["decided_en", "by_en"]), body.value),
                format!("{} {} {}", w.kw("by_zh"), body.value, w.kw("decide_zh")),
            );
            self.clause(page, Some(body.span.start), Doc::text(line));
        }
        for (word, actions) in [("then", &rule.then), ("otherwise", &rule.otherwise)] {
            if let Some(first) = actions.first() {
                let line = Doc::text(format!("{} ", w.kw(word))).and(self.actions(actions)?);
                self.clause(page, Some(action_place(first).pos), line);
            }
        }
        Ok(())
    }

    /// Prints a clause on its line.
    fn clause(&self, page: &mut Page<'_>, pos: Option<u32>, line: Doc) {
        page.put(pos, CLAUSE, self.continued(CLAUSE), line);
    }

    fn clause_for(&self, page: &mut Page<'_>, subjects: &[Name]) {
        if let Some(first) = subjects.first() {
            let line = Doc::text(format!("{} ", self.words.kw("for"))).and(self.names(subjects));
            self.clause(page, Some(first.span.start), line);
        }
    }

    /// Where `counting again` stands, which the tree does not say.
    fn counting_again_pos(&self, rule: &Rule) -> Option<u32> {
        let from = match &rule.condition {
            Some(condition) => condition.span.start,
            None => rule.trigger.span.start,
        };
        let to = match (&rule.decided_by, rule.then.first()) {
            (Some(body), _) => body.span.start,
            (None, Some(action)) => action_place(action).pos,
            (None, None) => return None,
        };
        let words: Vec<&str> = ["counting_en", "again_zh"]
            .iter()
            .filter_map(|name| keyword(name))
            .flat_map(Keyword::spellings)
            .collect();
        self.origin.last_word(&words, from, to)
    }

    fn in_principle(&self, in_principle: bool) -> Doc {
        if in_principle {
            Doc::text(format!("{} ", self.words.kw("in_principle")))
        } else {
            Doc::default()
        }
    }

    fn trigger(&self, trigger: &Trigger) -> Printed {
        let w = self.words;
        match trigger {
            Trigger::On(patterns) => {
                Ok(Doc::text(format!("{} ", w.kw("on"))).and(self.patterns(patterns)?))
            }
            Trigger::At(points) => self.at_points(points),
            Trigger::When(condition) => {
                Ok(Doc::text(format!("{} ", w.kw("when"))).and(self.condition(condition)?))
            }
            Trigger::While(condition) => self.while_holds(condition),
            Trigger::During(phases) => Ok(self.during(phases)),
            Trigger::After(length, events, unless) => {
                let events = self.patterns(events)?;
                let length = self.span(length)?;
                let mut doc = if w.zh() {
                    Doc::text(format!("{} ", w.kw("from_zh")))
                        .and(events)
                        .with(format!(" {} ", w.kws(&["from_end_zh", "full_zh"])))
                        .and(length)
                } else {
                    length.with(format!(" {} ", w.kw("after_en"))).and(events)
                };
                if !unless.is_empty() {
                    doc.push(format!(" {} ", w.kw("unless")));
                    doc.add(self.patterns(unless)?);
                }
                Ok(doc)
            }
        }
    }

    /// `yellow, suspension for 1 month`.
    pub(super) fn actions(&self, actions: &[Action]) -> Printed {
        self.list(actions, action_place, |it| self.action(it))
    }

    fn action(&self, action: &Action) -> Printed {
        let w = self.words;
        match action {
            Action::Issue(issue) => self.issue(issue),
            Action::Set(ladder, value) => {
                let sets = w.pick("=", w.kw("set_zh"));
                Ok(Doc::text(format!("{} {sets} ", ladder.value)).and(self.value(value)?))
            }
            Action::End(outcome) => {
                let end = w.pick(w.kw("end_en"), w.kw("stop_zh"));
                Ok(Doc::text(format!("{end} {}", outcome.value)))
            }
        }
    }

    fn issue(&self, issue: &Issue) -> Printed {
        let mut doc = Doc::text(&issue.name.value);
        doc.add(self.record(&issue.fields, |value: &Expr| self.value(value))?);
        if let Some(extent) = &issue.extent {
            doc.push(" ");
            doc.add(self.extent(extent)?);
        }
        Ok(doc)
    }

    fn extent(&self, extent: &Extent) -> Printed {
        let w = self.words;
        let until = format!("{} ", w.kw("until"));
        Ok(match extent {
            Extent::For(length) => {
                Doc::text(format!("{} ", w.kw("lasting"))).and(self.span(length)?)
            }
            Extent::ForEvents(count, event) => {
                let times = w.pick("", w.kw("times_zh"));
                Doc::text(format!("{} ", w.kw("lasting")))
                    .and(self.value(count)?)
                    .with(format!("{times} {}", self.event(event)))
            }
            Extent::UntilEndOf(period) => {
                let period = self.period(period, PeriodForm::LastDay)?;
                if w.zh() {
                    Doc::text(until).and(period)
                } else {
                    Doc::text(format!("{until}{} ", w.kws(&["end_en", "of_en"]))).and(period)
                }
            }
            Extent::UntilEndOfPhase(phase) => Doc::text(until).with(self.end_of(&phase.value)),
            Extent::Until(pattern) => Doc::text(until).and(self.pattern(pattern, Anchor::Here)?),
        })
    }

    pub(super) fn duty(
        &self,
        page: &mut Page<'_>,
        pos: u32,
        duty: &Duty,
    ) -> Result<(), PrintError> {
        let w = self.words;
        page.put(Some(pos), 0, CLAUSE, self.head("duty", &duty.head)?);
        self.clause_for(page, &duty.about);
        if let Some(first) = duty.of.first() {
            let word = w.pick(w.kw("of_en"), w.kw("by_zh"));
            let mut line = Doc::text(format!("{word} ")).and(self.names(&duty.of));
            if !duty.to.is_empty() {
                line.push(format!(" {} ", w.kw("to")));
                line.add(self.names(&duty.to));
            }
            self.clause(page, Some(first.span.start), line);
        }
        let mut line = self
            .in_principle(duty.in_principle)
            .and(self.duty_time(&duty.time.value)?);
        match &duty.span {
            None => {}
            Some(DutySpan::While(condition)) => {
                line.push(" ");
                line.add(self.while_holds(condition)?);
            }
            Some(DutySpan::During(phases)) => {
                line.push(" ");
                line.add(self.during(phases));
            }
        }
        self.clause(page, Some(duty.time.span.start), line);
        for extension in &duty.extended {
            let line = self.extension(&extension.value)?;
            self.clause(page, Some(extension.span.start), line);
        }
        if let Some(first) = duty.met_by.first() {
            let events = self.patterns(&duty.met_by)?;
            let line = if w.zh() {
                Doc::text(format!("{} ", w.kw("with_zh")))
                    .and(events)
                    .with(format!(" {}", w.kw("done_zh")))
            } else {
                Doc::text(format!("{} ", w.kws(&["met_en", "by_en"]))).and(events)
            };
            self.clause(page, Some(first.event.name.span.start), line);
        }
        Ok(())
    }

    fn extension(&self, extension: &Extension) -> Printed {
        let w = self.words;
        let (english, chinese, limit) = match &extension.limit {
            Limit::To(date) => ("to", "put_off_zh", self.value(date)?),
            Limit::For(length) => ("lasting", "prolong_zh", self.span(length)?),
        };
        let opening = w.pick(
            w.kws(&["extended_en", "by_en"]),
            w.kw("through_zh").to_owned(),
        );
        Ok(Doc::text(format!("{opening} "))
            .and(self.pattern(&extension.by, Anchor::Here)?)
            .with(format!(" {} ", w.pick(w.kw(english), w.kw(chinese))))
            .and(limit))
    }

    fn duty_time(&self, time: &DutyTime) -> Printed {
        let w = self.words;
        match time {
            DutyTime::Each(period) => {
                let word = self.period(period, PeriodForm::Each)?;
                Ok(if w.zh() {
                    word
                } else {
                    Doc::text(format!("{} ", w.kw("each"))).and(word)
                })
            }
            DutyTime::By(points) => self.by_points(points),
            DutyTime::On(points) => self.at_points(points),
            DutyTime::Within(length, events) => {
                let events = self.patterns(events)?;
                Ok(if w.zh() {
                    Doc::text(format!("{} ", w.kw("from_zh")))
                        .and(events)
                        .with(format!(" {} ", w.kw("from_end_zh")))
                        .and(self.within_span_zh(length)?)
                } else {
                    Doc::text(format!("{} ", w.kw("within_en")))
                        .and(self.span(length)?)
                        .with(format!(" {} ", w.kw("of_en")))
                        .and(events)
                })
            }
        }
    }

    pub(super) fn never(&self, never: &Never) -> Printed {
        let w = self.words;
        let label = w.quoted(&never.label.value)?;
        let mut doc = Doc::text(format!("{} {label} ", w.kw("never")));
        if !never.subjects.is_empty() {
            doc.push(format!("{} ", w.kw("for")));
            doc.add(self.names(&never.subjects));
            doc.push(" ");
        }
        Ok(doc.and(self.condition(&never.condition)?))
    }
}

/// Where an action begins.
fn action_place(action: &Action) -> Place {
    match action {
        Action::Issue(issue) => issue.name.span.start.into(),
        Action::Set(name, _) => name.span.start.into(),
        Action::End(name) => Place {
            pos: name.span.start,
            behind: &["end_en", "stop_zh"],
        },
    }
}
