//! Events, aggregates over them, windows.

use super::layout::{Anchor, Break, Doc, Fill};
use super::{Printed, Printer};
use crate::ast::{
    ActState, Aggregate, AggregateFunction, EventPattern, EventRef, Expr, ExprKind, Node, Window,
};
use pol_grammar::keywords::PeriodForm;

impl Printer<'_> {
    /// `inspection`, `yellow lost`, `finding within it`.
    pub(super) fn event(&self, event: &EventRef) -> String {
        let w = self.words;
        let mut text = String::new();
        if event.within_it && w.zh() {
            text = format!("{} ", w.kw("inner_zh"));
        }
        text.push_str(&event.name.value);
        if let Some(state) = event.state {
            text.push(' ');
            text.push_str(self.state(state));
        }
        if event.within_it && !w.zh() {
            text.push(' ');
            text.push_str(&w.kws(&["within_en", "it_en"]));
        }
        text
    }

    pub(super) fn state(&self, state: ActState) -> &'static str {
        self.words.kw(match state {
            ActState::Lost => "lost",
            ActState::Owed => "owed",
            ActState::Met => "met",
            ActState::Missed => "missed",
            ActState::Released => "released",
        })
    }

    /// `inspection where P`.
    pub(super) fn pattern(&self, pattern: &EventPattern, anchor: Anchor) -> Printed {
        let mut doc = Doc::text(self.event(&pattern.event));
        if let Some(filter) = &pattern.filter {
            doc.push(" ");
            doc.add(self.clause_where(filter, anchor)?);
        }
        Ok(doc)
    }

    /// `E where P, F`.
    pub(super) fn patterns(&self, patterns: &[EventPattern]) -> Printed {
        let anchor = match patterns {
            [_] => Anchor::Base,
            _ => Anchor::Here,
        };
        self.list(
            patterns,
            |it| it.event.name.span.start,
            |it| self.pattern(it, anchor),
        )
    }

    /// An aggregate; alone its `where` needs no parenthesis, for nothing follows that it could take.
    pub(super) fn aggregate(&self, aggregate: &Aggregate, alone: bool) -> Printed {
        let w = self.words;
        let event = self.event(&aggregate.event);
        let (first, behind) = self.function(&aggregate.function);
        let filter = |short: bool| -> Printed {
            let Some(filter) = &aggregate.filter else {
                return Ok(Doc::default());
            };
            let doc = if short {
                self.short_where(filter)?
            } else {
                self.enclosed_where(filter)?
            };
            Ok(Doc::text(" ").and(doc))
        };
        if w.zh() {
            let mut doc = self.windows_zh(&aggregate.windows)?.with(event);
            // 的 ends the condition.
            doc.add(filter(alone || !behind.is_empty())?);
            doc.push(behind);
            return Ok(doc);
        }
        let mut doc = Doc::text(first).with(event);
        if alone {
            doc.add(self.windows_en(&aggregate.windows)?);
            doc.add(filter(true)?);
        } else {
            let mut narrowed = Doc::default();
            narrowed.open(Anchor::Here);
            narrowed.add(doc);
            narrowed.add(filter(false)?);
            let mut windows = aggregate.windows.as_slice();
            // A parenthesis is long: the first window may begin a line, also where the author has it
            // behind the events and began one; in the Chinese order it stands before them.
            if let (Some(_), Some((first, rest))) = (&aggregate.filter, windows.split_first()) {
                let pos = first.span.start;
                narrowed.brk(Break {
                    flat: " ".to_owned(),
                    end: String::new(),
                    start: String::new(),
                    fill: Fill::Full,
                    broken: pos > aggregate.event.name.span.start && self.starts_line(pos),
                    pos,
                });
                narrowed.add(self.window_en(&first.value)?);
                windows = rest;
            }
            narrowed.add(self.windows_en(windows)?);
            narrowed.close();
            doc = narrowed;
        }
        Ok(doc)
    }

    /// What stands before the events in English, and behind them in Chinese.
    fn function(&self, function: &AggregateFunction) -> (String, String) {
        let w = self.words;
        let of_field = |word: &'static str, field: &str| {
            let english = format!("{} {field} {} ", w.kw(word), w.kw("of_en"));
            let chinese = format!(" {} {field}", w.kws(&["of_zh", word]));
            (english, chinese)
        };
        match function {
            AggregateFunction::Count => (String::new(), String::new()),
            AggregateFunction::Distinct(field) => of_field("distinct", &field.value),
            AggregateFunction::Same(field) => of_field("same", &field.value),
            AggregateFunction::Max(field) => of_field("max", &field.value),
            AggregateFunction::Latest(field) => of_field("latest", &field.value),
            AggregateFunction::Sum(field) => {
                let (english, _) = of_field("sum", &field.value);
                let chinese = format!(" {} {} {}", w.kw("of_zh"), field.value, w.kw("sum"));
                (english, chinese)
            }
            AggregateFunction::Run => (
                format!("{} ", w.kws(&["run_en", "of_en"])),
                format!(" {}", w.kws(&["of_zh", "run_zh"])),
            ),
        }
    }

    /// A count that is compared with a number, its modifiers behind it.
    pub(super) fn modified(&self, aggregate: &Aggregate, compared: &str) -> Printed {
        let event = self.event(&aggregate.event);
        let mut doc = if self.words.zh() {
            self.windows_zh(&aggregate.windows)?
                .with(event)
                .with(compared)
        } else {
            Doc::text(event)
                .with(compared)
                .and(self.windows_en(&aggregate.windows)?)
        };
        if let Some(filter) = &aggregate.filter {
            doc.push(" ");
            doc.add(self.short_where(filter)?);
        }
        Ok(doc)
    }

    /// Windows behind their events, each with a blank before it.
    fn windows_en(&self, windows: &[Node<Window>]) -> Printed {
        let mut doc = Doc::default();
        for window in windows {
            doc.push(" ");
            doc.add(self.window_en(&window.value)?);
        }
        Ok(doc)
    }

    fn window_en(&self, window: &Window) -> Printed {
        let w = self.words;
        Ok(match window {
            Window::In(period) => {
                Doc::text(format!("{} ", w.kw("in_en"))).and(self.period(period, PeriodForm::Here)?)
            }
            Window::Previous(period) => Doc::text(format!("{} ", w.kws(&["in_en", "previous_en"])))
                .and(self.period(period, PeriodForm::Previous)?),
            Window::AnyPeriod(period) => Doc::text(format!("{} ", w.kws(&["in_en", "any_en"])))
                .and(self.period(period, PeriodForm::Any)?),
            Window::AnySpan(span) => {
                Doc::text(format!("{} ", w.kws(&["in_en", "any_en"]))).and(self.span(span)?)
            }
            Window::Last(span) => {
                Doc::text(format!("{} ", w.kws(&["in_en", "last_en"]))).and(self.span(span)?)
            }
            Window::LastEvents(count, event) => {
                Doc::text(format!("{} ", w.kws(&["in_en", "last_en"])))
                    .and(self.value(count)?)
                    .with(format!(" {}", self.event(event)))
            }
            Window::During(phases) => self.during(phases),
            Window::Since(event) => Doc::text(format!("{} {}", w.kw("since"), self.event(event))),
            Window::SinceLastTime => Doc::text(w.kws(&["since", "last_en", "time_en"])),
        })
    }

    /// Windows before their events, each with a blank behind it.
    fn windows_zh(&self, windows: &[Node<Window>]) -> Printed {
        let w = self.words;
        let since = |what: &str| format!("{} {what} {}", w.kw("since"), w.kw("since_end_zh"));
        let mut doc = Doc::default();
        for window in windows {
            doc.add(match &window.value {
                Window::In(period) => self.period(period, PeriodForm::Here)?,
                Window::Previous(period) => self.period(period, PeriodForm::Previous)?,
                Window::AnyPeriod(period) => self.period(period, PeriodForm::Any)?,
                Window::AnySpan(span) => self.inside("any_zh", span)?,
                Window::Last(span) => self.inside("recent_zh", span)?,
                Window::LastEvents(count, event) => Doc::text(w.kw("recent_zh"))
                    .and(self.value(count)?)
                    .with(format!(
                        "{} {} {}",
                        w.kw("times_zh"),
                        self.event(event),
                        w.kw("inside_zh")
                    )),
                Window::During(phases) => self.during(phases),
                Window::Since(event) => Doc::text(since(&self.event(event))),
                Window::SinceLastTime => Doc::text(since(w.kw("last_time_zh"))),
            });
            doc.push(" ");
        }
        Ok(doc)
    }

    /// 最近12个月内, 任意 期限 内.
    fn inside(&self, word: &'static str, span: &Expr) -> Printed {
        let w = self.words;
        let gap = gap_beside(span);
        Ok(Doc::text(format!("{}{gap}", w.kw(word)))
            .and(self.span(span)?)
            .with(format!("{gap}{}", w.kw("inside_zh"))))
    }

    /// 7个工作日内: a duration touches what follows it.
    pub(super) fn within_span_zh(&self, span: &Expr) -> Printed {
        let gap = gap_beside(span);
        Ok(self
            .span(span)?
            .with(format!("{gap}{}", self.words.kw("inside_zh"))))
    }
}

/// What stands in Chinese between a word and a span: nothing beside a number.
pub(super) fn gap_beside(span: &Expr) -> &'static str {
    match span.value {
        ExprKind::Duration(_) => "",
        _ => " ",
    }
}
