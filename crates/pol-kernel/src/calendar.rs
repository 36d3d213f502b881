//! The calendar as tables over days.

use crate::condition::room;
use crate::make::Filling;
use crate::reason::Reason;
use pol_calendar::{Date, Span};
use pol_plan::Trigger;
use std::collections::BTreeMap;

impl Filling<'_, '_> {
    /// The days of periods, lengths and looks, from the first through the last.
    pub(crate) fn days(&mut self) -> Result<(), Reason> {
        let plan = self.making.plan;
        let first = plan.counting_from;
        let span = |last: Date| u16::try_from((last - first).num_days()).ok();
        let last = self.making.options.as_of.max(first);
        self.tables.last = span(last).ok_or_else(|| room("days"))?;
        self.tables.effective = if plan.effective > last {
            u16::MAX
        } else {
            span(plan.effective.max(first)).ok_or_else(|| room("days"))?
        };
        let all: Vec<Date> = first.iter_days().take_while(|day| *day <= last).collect();
        let days = &mut self.tables.days;
        let number = |day: Date| {
            let number = (day - first).num_days();
            u16::try_from(number.max(0)).unwrap_or(u16::MAX)
        };
        for period in &days.periods {
            let mut stretch = 0_u16;
            let mut before: Option<Span> = None;
            let mut of = Vec::with_capacity(all.len());
            let mut ends = Vec::with_capacity(all.len());
            for day in &all {
                let span = match before {
                    Some(span) if span.contains(*day) => span,
                    _ => period.containing(*day),
                };
                if before.is_some_and(|before| before != span) {
                    stretch = stretch.saturating_add(1);
                }
                before = Some(span);
                of.push(stretch);
                ends.push(number(span.last));
            }
            days.stretch.push(of);
            days.ends.push(ends);
        }
        for length in &self.tables.conditions.lengths {
            let later = all.iter().map(|day| {
                pol_calendar::add(*day, *length, &plan.calendars).map_or(u16::MAX, number)
            });
            days.later.push(later.collect());
        }
        self.covered(first);
        let within = Span::new(plan.effective.max(first), last);
        let mut all_looks: BTreeMap<u16, Vec<u16>> = BTreeMap::new();
        for (place, rule) in (0_u16..).zip(self.making.flat.rules()) {
            let (Trigger::At(points), Some(within)) = (&plan.rule(rule).trigger, within) else {
                continue;
            };
            let mut looks: Vec<u16> = Vec::new();
            for point in points {
                let lie = self
                    .fixed
                    .days(point, within)
                    .ok_or_else(|| room("points"))?;
                looks.extend(lie.into_iter().map(number));
            }
            looks.sort_unstable();
            looks.dedup();
            for day in looks {
                all_looks.entry(day).or_default().push(place);
            }
        }
        self.tables.looks = all_looks.into_iter().collect();
        Ok(())
    }

    /// From which day on the window of each counter is covered by the record.
    fn covered(&mut self, first: Date) {
        let before = first.pred_opt().unwrap_or(first);
        for counting in &mut self.tables.layout.counters {
            counting.covered = if let Some(period) = counting.period {
                let period = self.tables.days.periods[usize::from(period)];
                let span = period.containing(first);
                if span.first < first {
                    let next = (span.last - first).num_days() + 1;
                    u16::try_from(next).unwrap_or(u16::MAX)
                } else {
                    0
                }
            } else if let Some(length) = counting.last {
                let length = self.tables.conditions.lengths[usize::from(length)];
                let reached = pol_calendar::add(before, length, &self.making.plan.calendars);
                let reached = reached.map_or(i64::MAX, |day| (day - first).num_days());
                u16::try_from(reached.max(0)).unwrap_or(u16::MAX)
            } else {
                0
            };
        }
    }
}
