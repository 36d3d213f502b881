//! Windows: which of the events on record an aggregate looks at.

use crate::history::{Happening, HappeningIx, Tick};
use crate::scope::{Looking, Scope};
use crate::world::World;
use pol_calendar::{CycleLength, Date, Duration, Period as Stretch, Span};
use pol_model::{Cause, Number, Quantity, Value};
use pol_semantics::hir::{Expr, Pattern, Period, Window};

/// What a window asks of a happening.
pub(crate) enum Bound {
    /// That it happened within these days.
    Days(Span),
    /// That the duration from its day is not over on the day around which windows lie.
    Rolling(Duration),
    /// That it happened within a phase.
    Phases(Vec<pol_model::PhaseIx>),
    /// That it happened after this day.
    After(Date),
    /// That it happened no earlier than this one, if there is one, and no later than the day around
    /// which windows lie.
    From(Option<HappeningIx>),
    /// That it was not on record at this moment.
    NotOnRecord(Tick),
    /// Nothing: no such event has happened, the rule has not fired.
    Nothing,
}

/// How the events that are left fall into the spans of `in any`.
pub(crate) enum Spread {
    /// By the periods of the calendar.
    Periods(Stretch),
    /// By spans of a length, each beginning with an event.
    Spans(Duration),
}

/// The windows of an aggregate, made ready for a scope.
pub(crate) struct Frame {
    /// What each asks.
    pub bounds: Vec<Bound>,
    /// `in any`; several of them are taken in turn, the first is spread.
    pub spread: Vec<Spread>,
}

impl World<'_> {
    /// Makes windows ready.
    ///
    /// # Errors
    /// What keeps them from being computed.
    pub(crate) fn frame(&self, windows: &[Window], scope: &Scope<'_>) -> Result<Frame, Vec<Cause>> {
        let mut frame = Frame {
            bounds: Vec::new(),
            spread: Vec::new(),
        };
        for window in windows {
            match window {
                Window::In(period) => {
                    frame.bounds.push(Bound::Days(
                        self.stretch(period, scope)?.containing(scope.around),
                    ));
                }
                Window::Previous(period) => {
                    let previous = self.stretch(period, scope)?.previous(scope.around);
                    frame
                        .bounds
                        .push(Bound::Days(previous.map_err(|_| vec![Cause::DateRange])?));
                }
                Window::AnyPeriod(period) => frame
                    .spread
                    .push(Spread::Periods(self.stretch(period, scope)?)),
                Window::AnySpan(length) => frame
                    .spread
                    .push(Spread::Spans(self.duration(length, scope)?)),
                Window::Last(length) => frame
                    .bounds
                    .push(Bound::Rolling(self.duration(length, scope)?)),
                Window::LastEvents(count, pattern) => {
                    frame.bounds.push(self.last_events(count, pattern, scope)?);
                }
                Window::During(phases) => frame.bounds.push(Bound::Phases(phases.clone())),
                Window::Since(pattern) => frame.bounds.push(self.since(pattern, scope)),
                Window::SinceLastTime => frame.bounds.push(self.since_last_time(scope)),
            }
        }
        Ok(frame)
    }

    /// The stretches that a period divides the calendar into.
    pub(crate) fn stretch(
        &self,
        period: &Period,
        scope: &Scope<'_>,
    ) -> Result<Stretch, Vec<Cause>> {
        match period {
            Period::Calendar(stretch) => Ok(*stretch),
            Period::Cycle(length, anchor) => {
                let length = self.duration(length, scope)?;
                let length = CycleLength::of(length).ok_or_else(|| vec![Cause::DateRange])?;
                let anchor = self.day_value(anchor, scope)?;
                Ok(Stretch::Cycle { length, anchor })
            }
        }
    }

    /// The day that an expression yields.
    pub(crate) fn day_value(&self, expr: &Expr, scope: &Scope<'_>) -> Result<Date, Vec<Cause>> {
        match self.quantity(expr, scope) {
            pol_model::Quantity::Known(Value::Date(date)) => Ok(date),
            pol_model::Quantity::Unknown(causes) => Err(causes),
            pol_model::Quantity::Known(_) | pol_model::Quantity::Between(_) => {
                Err(vec![Cause::DateRange])
            }
        }
    }

    /// `since E`: after the day of the latest E; in a rule that E triggers, of the E before.
    fn since(&self, pattern: &Pattern, scope: &Scope<'_>) -> Bound {
        let latest = self
            .about(scope.subject, pattern.within_it)
            .into_iter()
            .filter(|index| scope.trigger != Some(*index))
            .map(|index| &self.history.happenings[index])
            .filter(|happening| scope.view.shows(happening) && happening.date <= scope.around)
            .filter(|happening| self.matches(pattern, happening, scope).holds())
            .map(|happening| happening.date)
            .max();
        latest.map_or(Bound::Nothing, Bound::After)
    }

    /// `in last 5 E`: from the fifth last E on.
    fn last_events(
        &self,
        count: &Expr,
        pattern: &Pattern,
        scope: &Scope<'_>,
    ) -> Result<Bound, Vec<Cause>> {
        let count = match self.quantity(count, scope) {
            Quantity::Known(value) => value.as_number().and_then(Number::to_whole),
            Quantity::Unknown(causes) => return Err(causes),
            Quantity::Between(_) => None,
        };
        let mut latest: Vec<HappeningIx> = self
            .about(scope.subject, pattern.within_it)
            .into_iter()
            .filter(|index| {
                let happening = &self.history.happenings[*index];
                scope.view.shows(happening)
                    && happening.date <= scope.around
                    && self.matches(pattern, happening, scope).holds()
            })
            .collect();
        latest.sort_by_key(|index| self.history.happenings[*index].order());
        let first = count
            .and_then(|count| usize::try_from(count).ok())
            .and_then(|count| latest.len().checked_sub(count))
            .and_then(|first| latest.get(first));
        Ok(Bound::From(first.copied()))
    }

    /// `since last time`: what was not on record when the rule last fired to effect.
    fn since_last_time(&self, scope: &Scope<'_>) -> Bound {
        let last = self.history.firings.iter().filter(|firing| {
            firing.approved
                && Some(firing.rule) == scope.rule
                && Some(firing.subject) == scope.subject
                && scope.view.shows_made(firing.effect, firing.gone)
        });
        let last = last.max_by_key(|firing| firing.effect);
        last.map_or(Bound::Nothing, |firing| {
            Bound::NotOnRecord(firing.basis.seen)
        })
    }

    /// True if a happening lies in a window.
    pub(crate) fn lies_in(&self, bound: &Bound, happening: &Happening, scope: &Scope<'_>) -> bool {
        match bound {
            Bound::Days(span) => span.contains(happening.date),
            Bound::Rolling(length) => {
                happening.date <= scope.around
                    && self.reaches(happening.date, *length, scope.around)
            }
            Bound::Phases(phases) => phases
                .iter()
                .any(|phase| self.phase_span(*phase, happening.date).is_some()),
            Bound::After(day) => happening.date > *day,
            Bound::From(first) => {
                happening.date <= scope.around
                    && first.is_none_or(|first| {
                        happening.order() >= self.history.happenings[first].order()
                    })
            }
            Bound::NotOnRecord(moment) => happening
                .place
                .or(happening.taken)
                .is_some_and(|taken| taken >= *moment),
            Bound::Nothing => true,
        }
    }

    /// True if a day still lies in the duration from another: before the day E + D.
    fn reaches(&self, from: Date, length: Duration, day: Date) -> bool {
        self.shift(from, pol_semantics::hir::Sign::Plus, length)
            .is_ok_and(|end| day < end)
    }

    /// Why a window may miss entries from before the record; none if it is covered. The windows
    /// intersect, so that one that begins on record covers all; a window without beginning does too.
    pub(crate) fn uncovered(&self, frame: &Frame, spread: Option<Date>, scope: &Scope<'_>) -> bool {
        let complete = self.policy.counting_from;
        let before = complete.pred_opt().unwrap_or(complete);
        let begins_before = |bound: &Bound| match bound {
            Bound::Days(span) => Some(span.first < complete),
            Bound::Rolling(length) => Some(self.reaches(before, *length, scope.around)),
            Bound::Phases(phases) => Some(phases.iter().any(|phase| {
                self.phase_spans(*phase)
                    .first()
                    .is_some_and(|(from, _)| *from < complete)
            })),
            Bound::After(_) | Bound::From(Some(_)) | Bound::NotOnRecord(_) => Some(false),
            Bound::From(None) | Bound::Nothing => None,
        };
        let mut begun: Vec<bool> = frame.bounds.iter().filter_map(begins_before).collect();
        begun.extend(spread.map(|first| first < complete));
        !begun.is_empty() && begun.into_iter().all(|before| before)
    }

    /// The spans of `in any` that the rule looks at, as first and last day, earliest first.
    pub(crate) fn spans(
        &self,
        spread: &Spread,
        events: &[HappeningIx],
        scope: &Scope<'_>,
    ) -> Vec<Span> {
        let dates = events
            .iter()
            .map(|index| self.history.happenings[*index].date);
        let mut spans: Vec<Span> = match spread {
            Spread::Periods(stretch) => dates
                .chain([scope.around])
                .map(|date| stretch.containing(date))
                .collect(),
            Spread::Spans(length) => dates
                .filter_map(|first| {
                    let end = self
                        .shift(first, pol_semantics::hir::Sign::Plus, *length)
                        .ok()?;
                    Span::new(first, end.pred_opt()?)
                })
                .collect(),
        };
        spans.sort_by_key(|span| span.first);
        spans.dedup();
        spans.retain(|span| match scope.looking {
            Looking::Watching => true,
            Looking::AtTrigger => span.contains(scope.around),
            Looking::Scheduled(looked) => {
                span.contains(scope.around)
                    || events
                        .iter()
                        .map(|index| &self.history.happenings[*index])
                        .any(|happening| {
                            span.contains(happening.date)
                                && happening.place.or(happening.taken).is_some_and(|taken| {
                                    looked.is_none_or(|looked| taken >= looked)
                                })
                        })
            }
        });
        spans
    }
}
