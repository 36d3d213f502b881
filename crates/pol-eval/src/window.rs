//! Windows: which of the events on record an aggregate looks at, and when that changes by itself.

use crate::record::{Happening, HappeningIx, Tick};
use crate::scope::{Looking, Scope};
use crate::world::World;
use chrono::Days;
use pol_calendar::{CycleLength, Date, Duration, Period as Stretch, Span};
use pol_model::{Cause, Number, PhaseIx, Quantity};
use pol_plan::{NodeIx, PatternIx, Period, Sign, Window};

/// What a window asks of a happening.
pub(crate) enum Bound {
    /// That it happened within these days.
    Days(Span),
    /// That the duration from its day is not over on the day around which windows lie.
    Rolling(Duration),
    /// That it happened within a phase.
    Phases(Vec<PhaseIx>),
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
#[derive(Default)]
pub(crate) struct Frame {
    /// What each asks.
    pub bounds: Vec<Bound>,
    /// `in any`.
    pub spread: Vec<Spread>,
    /// The last day of each calendar window that goes on to the next.
    pub turns: Vec<Date>,
    /// The first day from which an event counts now or after the next turn.
    pub reach: Option<Date>,
}

impl Frame {
    /// Adds a bound, before whose first day nothing counts.
    fn bound(&mut self, bound: Bound, first: Option<Date>) {
        self.bounds.push(bound);
        self.reach = self.reach.max(first);
    }
}

/// How many days a duration reaches at most; of working days, where the calendar does not say, at
/// least one in three, a holiday of half a month aside.
fn longest(length: Duration) -> Days {
    Days::new(match length {
        Duration::Days(count) => u64::from(count),
        Duration::Weeks(count) => u64::from(count) * 7,
        Duration::Months(count) => u64::from(count) * 31,
        Duration::Years(count) => u64::from(count) * 366,
        Duration::WorkingDays { count, .. } => u64::from(count) * 3 + 15,
    })
}

impl World<'_> {
    /// Makes windows ready.
    ///
    /// # Errors
    /// What keeps them from being computed.
    pub(crate) fn frame(&self, windows: &[Window], scope: &Scope<'_>) -> Result<Frame, Vec<Cause>> {
        let mut frame = Frame::default();
        for window in windows {
            match window {
                Window::In(period) => {
                    let span = self.stretch(period, scope)?.containing(scope.around);
                    frame.turns.push(span.last);
                    frame.bound(Bound::Days(span), Some(span.first));
                }
                Window::Previous(period) => {
                    let stretch = self.stretch(period, scope)?;
                    let previous = stretch.previous(scope.around);
                    let previous = previous.map_err(|_| vec![Cause::DateRange])?;
                    frame.turns.push(stretch.containing(scope.around).last);
                    frame.bound(Bound::Days(previous), Some(previous.first));
                }
                Window::AnyPeriod(period) => {
                    let stretch = self.stretch(period, scope)?;
                    frame.turns.push(stretch.containing(scope.around).last);
                    frame.spread.push(Spread::Periods(stretch));
                }
                Window::AnySpan(length) => {
                    let length = self.duration(*length, scope)?;
                    frame.spread.push(Spread::Spans(length));
                }
                Window::Last(length) => {
                    let length = self.duration(*length, scope)?;
                    let first = self.farthest(scope.around, Sign::Minus, length);
                    frame.bound(Bound::Rolling(length), Some(first));
                }
                Window::LastEvents(count, pattern) => {
                    let bound = self.last_events(*count, *pattern, scope)?;
                    frame.bound(bound, None);
                }
                Window::During(phases) => frame.bound(Bound::Phases(phases.clone()), None),
                Window::Since(pattern) => {
                    let bound = self.since(*pattern, scope);
                    frame.bound(bound, None);
                }
                Window::SinceLastTime => frame.bound(self.since_last_time(scope), None),
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
                let length = self.duration(*length, scope)?;
                let length = CycleLength::of(length).ok_or_else(|| vec![Cause::DateRange])?;
                let anchor = self.day_value(*anchor, scope)?;
                Ok(Stretch::Cycle { length, anchor })
            }
        }
    }

    /// `since E`: after the day of the latest E; in a rule that E triggers, of the E before.
    fn since(&self, pattern: PatternIx, scope: &Scope<'_>) -> Bound {
        let mut certain = self
            .meant(pattern, scope.subject, scope)
            .rev()
            .filter(|(at, doubt)| doubt.is_none() && scope.trigger != Some(*at))
            .map(|(at, _)| self.record.happenings[at].date)
            .filter(|date| *date <= scope.around);
        certain.next().map_or(Bound::Nothing, Bound::After)
    }

    /// `in last 5 E`: from the fifth last E on.
    fn last_events(
        &self,
        count: NodeIx,
        pattern: PatternIx,
        scope: &Scope<'_>,
    ) -> Result<Bound, Vec<Cause>> {
        let count = match self.quantity(count, scope) {
            Quantity::Known(value) => value.as_number().and_then(Number::to_whole),
            Quantity::Unknown(causes) => return Err(causes),
            Quantity::Between(_) => None,
        };
        let mut latest: Vec<HappeningIx> = self
            .meant(pattern, scope.subject, scope)
            .filter(|(at, doubt)| {
                doubt.is_none() && self.record.happenings[*at].date <= scope.around
            })
            .map(|(at, _)| at)
            .collect();
        latest.sort_by_key(|at| self.record.happenings[*at].order());
        let first = count
            .and_then(|count| usize::try_from(count).ok())
            .and_then(|count| latest.len().checked_sub(count))
            .and_then(|first| latest.get(first));
        Ok(Bound::From(first.copied()))
    }

    /// `since last time`: what was not on record when the rule last fired to effect.
    fn since_last_time(&self, scope: &Scope<'_>) -> Bound {
        let fired = scope
            .rule
            .and_then(|rule| self.record.account(scope.subject).firings.get(&rule));
        let mut fired = fired
            .into_iter()
            .flatten()
            .rev()
            .map(|at| &self.record.firings[*at]);
        let last = fired
            .find(|firing| firing.approved && scope.view.shows_made(firing.effect, firing.gone));
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
                let first = first.map(|first| self.record.happenings[first].order());
                happening.date <= scope.around
                    && first.is_none_or(|first| happening.order() >= first)
            }
            Bound::NotOnRecord(moment) => happening.order().1.is_some_and(|taken| taken >= *moment),
            Bound::Nothing => true,
        }
    }

    /// The farthest day from which a duration can lead to a day.
    pub(crate) fn farthest(&self, day: Date, sign: Sign, length: Duration) -> Date {
        if let Duration::WorkingDays { .. } = length
            && let Ok(exact) = self.shift(day, sign, length)
        {
            return exact;
        }
        let days = longest(length);
        match sign {
            Sign::Plus => day.checked_add_days(days).unwrap_or(Date::MAX),
            Sign::Minus => day.checked_sub_days(days).unwrap_or(Date::MIN),
        }
    }

    /// True if a day still lies in the duration from another; that changes when it is over.
    fn reaches(&self, from: Date, length: Duration, day: Date) -> bool {
        let end = self.shift(from, Sign::Plus, length);
        let reached = end.as_ref().is_ok_and(|end| day < *end);
        if reached && let Ok(end) = end {
            self.changes(end);
        }
        reached
    }

    /// True if the windows may miss entries from before the record: they intersect, so that one that
    /// begins on record covers all; a window without beginning does too.
    pub(crate) fn uncovered(&self, frame: &Frame, spread: Option<Date>, scope: &Scope<'_>) -> bool {
        let complete = self.plan.counting_from;
        let before = complete.pred_opt().unwrap_or(complete);
        let begins_before = |bound: &Bound| match bound {
            Bound::Days(span) => Some(span.first < complete),
            Bound::Rolling(length) => Some(self.reaches(before, *length, scope.around)),
            Bound::Phases(phases) => Some(phases.iter().any(|phase| {
                let first = self.phase_spans(*phase).first();
                first.is_some_and(|(from, _)| *from < complete)
            })),
            Bound::After(_) | Bound::From(Some(_)) | Bound::NotOnRecord(_) => Some(false),
            Bound::From(None) | Bound::Nothing => None,
        };
        let mut begun: Vec<bool> = frame.bounds.iter().filter_map(begins_before).collect();
        begun.extend(spread.map(|first| first < complete));
        !begun.is_empty() && begun.into_iter().all(|before| before)
    }

    /// The spans of `in any` that the rule looks at, earliest first.
    pub(crate) fn spans(
        &self,
        spread: &Spread,
        events: &[HappeningIx],
        scope: &Scope<'_>,
    ) -> Vec<Span> {
        let dates = events.iter().map(|at| self.record.happenings[*at].date);
        let mut spans: Vec<Span> = match spread {
            Spread::Periods(stretch) => dates
                .chain([scope.around])
                .map(|date| stretch.containing(date))
                .collect(),
            Spread::Spans(length) => dates
                .filter_map(|first| {
                    let end = self.shift(first, Sign::Plus, *length).ok()?;
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
                // Which spans are looked at again depends on the last look.
                self.changes_after(scope.day);
                let recent = |at: &HappeningIx| {
                    let happening = &self.record.happenings[*at];
                    let after = |taken| looked.is_none_or(|looked| taken >= looked);
                    span.contains(happening.date) && happening.order().1.is_some_and(after)
                };
                span.contains(scope.around) || events.iter().any(recent)
            }
        });
        spans
    }
}
