//! Events with their states, conditions, and the windows over them; periods.

use super::{Lower, P, child, children, first, has};
use crate::ast::{ActState, EventPattern, EventRef, Expr, ExprKind, Name, Node, Period, Window};
use pol_grammar::Rule;
use pol_grammar::keywords::{PeriodForm, table};

impl Lower {
    /// `finding within it`, `yellow lost`.
    pub(super) fn event_ref(&self, pair: &P<'_>) -> Option<EventRef> {
        Some(EventRef {
            name: self.name(&child(pair, Rule::name)?),
            state: child(pair, Rule::state).and_then(|state| act_state(&first(&state)?)),
            within_it: has(pair, Rule::kw_inner_zh) || has(pair, Rule::within_it),
        })
    }

    /// An event with the `where` of a clause.
    pub(super) fn event_pattern(&mut self, pair: &P<'_>) -> Option<EventPattern> {
        let event = self.event_ref(&child(pair, Rule::event_name)?)?;
        let filter = match child(pair, Rule::where_clause) {
            Some(clause) => Some(self.where_clause(&clause)?),
            None => None,
        };
        Some(EventPattern { event, filter })
    }

    /// The events of a list.
    pub(super) fn event_patterns(&mut self, pair: &P<'_>) -> Option<Vec<EventPattern>> {
        pair.clone()
            .into_inner()
            .filter(|inner| {
                matches!(
                    inner.as_rule(),
                    Rule::event_pattern | Rule::event_pattern_where
                )
            })
            .map(|pattern| self.event_pattern(&pattern))
            .collect()
    }

    /// `where P` of a clause.
    pub(super) fn where_clause(&mut self, pair: &P<'_>) -> Option<Expr> {
        self.expression(&child(pair, Rule::where_or)?)
    }

    /// A window in either order.
    pub(super) fn window(&mut self, pair: &P<'_>) -> Option<Node<Window>> {
        let inner = first(pair)?;
        let window = match inner.as_rule() {
            Rule::window_in => self.window_in(&inner)?,
            Rule::window_since | Rule::since_zh => match child(&inner, Rule::event_name) {
                Some(event) => Window::Since(self.event_ref(&event)?),
                None => Window::SinceLastTime,
            },
            Rule::window_during | Rule::amid_window_zh => Window::During(self.during(&inner)?),
            Rule::last_zh => match child(&inner, Rule::last_events_zh) {
                Some(events) => self.last_events(&events)?,
                None => Window::Last(self.duration_value(&child(&inner, Rule::span)?)?),
            },
            Rule::any_span_zh => Window::AnySpan(self.duration_value(&child(&inner, Rule::span)?)?),
            Rule::here_period_zh => Window::In(period_zh(&inner, PeriodForm::Here)?),
            Rule::previous_period_zh => Window::Previous(period_zh(&inner, PeriodForm::Previous)?),
            Rule::any_period_zh => Window::AnyPeriod(period_zh(&inner, PeriodForm::Any)?),
            Rule::here_cycle_zh => Window::In(self.cycle(&child(pair, Rule::cycle_of_zh)?)?),
            Rule::previous_cycle_zh => {
                Window::Previous(self.cycle(&child(pair, Rule::cycle_of_zh)?)?)
            }
            Rule::any_cycle_zh => Window::AnyPeriod(self.cycle(&child(pair, Rule::cycle_of_zh)?)?),
            _ => return None,
        };
        Some(Node::new(window, self.span(pair)))
    }

    /// `5 inspection`, 5次 检查.
    fn last_events(&mut self, pair: &P<'_>) -> Option<Window> {
        let count = self.atom(&child(pair, Rule::integer)?)?;
        Some(Window::LastEvents(
            count,
            self.event_ref(&child(pair, Rule::event_name)?)?,
        ))
    }

    fn window_in(&mut self, pair: &P<'_>) -> Option<Window> {
        if let Some(events) = child(pair, Rule::last_events_en) {
            return self.last_events(&events);
        }
        let period = match child(pair, Rule::period) {
            Some(period) => Some(self.period(&period)?),
            None => None,
        };
        let span = match child(pair, Rule::span) {
            Some(span) => Some(self.duration_value(&span)?),
            None => None,
        };
        let any = has(pair, Rule::kw_any_en);
        match (period, span) {
            (Some(period), None) if any => Some(Window::AnyPeriod(period)),
            (Some(period), None) if has(pair, Rule::kw_previous_en) => {
                Some(Window::Previous(period))
            }
            (Some(period), None) => Some(Window::In(period)),
            (None, Some(span)) if any => Some(Window::AnySpan(span)),
            (None, Some(span)) => Some(Window::Last(span)),
            _ => None,
        }
    }

    /// An English period, cycles included.
    pub(super) fn period(&mut self, pair: &P<'_>) -> Option<Period> {
        let inner = first(pair)?;
        if inner.as_rule() == Rule::cycle_of_en {
            return self.cycle(&inner);
        }
        let word = table()
            .periods
            .iter()
            .find(|period| period.english == inner.as_str())?;
        plain_period(&word.name)
    }

    /// `cycle of D from X`, （自 X 起 每 D）.
    pub(super) fn cycle(&mut self, pair: &P<'_>) -> Option<Period> {
        let length = self.duration_value(&child(pair, Rule::span)?)?;
        let start = self.atom(&first(&child(pair, Rule::cycle_start)?)?)?;
        Some(Period::Cycle(Box::new(length), Box::new(start)))
    }

    /// The phases of `during`.
    pub(super) fn during(&self, pair: &P<'_>) -> Option<Vec<Name>> {
        Some(self.names(&child(pair, Rule::names)?))
    }
}

/// A Chinese period word of one form.
pub(super) fn period_zh(pair: &P<'_>, form: PeriodForm) -> Option<Period> {
    let word = pair.as_str();
    let period = table()
        .periods
        .iter()
        .find(|period| period.chinese(form).iter().any(|spelling| spelling == word))?;
    plain_period(&period.name)
}

fn plain_period(name: &str) -> Option<Period> {
    Some(match name {
        "day" => Period::Day,
        "week" => Period::Week,
        "month" => Period::Month,
        "quarter" => Period::Quarter,
        "half" => Period::Half,
        "year" => Period::Year,
        _ => return None,
    })
}

/// The state that a word names.
pub(super) fn act_state(word: &P<'_>) -> Option<ActState> {
    Some(match word.as_rule() {
        Rule::kw_lost => ActState::Lost,
        Rule::kw_owed => ActState::Owed,
        Rule::kw_met => ActState::Met,
        Rule::kw_missed => ActState::Missed,
        Rule::kw_released => ActState::Released,
        _ => return None,
    })
}

/// A bare name of an event stands in the tree as a name.
pub(super) fn bare(event: &EventRef) -> Option<ExprKind> {
    (event.state.is_none() && !event.within_it).then(|| ExprKind::Name(event.name.value.clone()))
}

/// The windows among the children.
pub(super) fn windows<'i>(pair: &P<'i>) -> impl Iterator<Item = P<'i>> + use<'i> {
    pair.clone()
        .into_inner()
        .filter(|inner| matches!(inner.as_rule(), Rule::window_zh | Rule::window_en))
}

/// The conditions behind the events among the children.
pub(super) fn filters<'i>(pair: &P<'i>) -> impl Iterator<Item = P<'i>> + use<'i> {
    children(pair, Rule::where_short)
}
