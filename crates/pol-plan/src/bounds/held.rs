//! What is kept of an aggregate for each subject.

use crate::data::{FieldType, Plan};
use crate::node::{AccumulatorIx, Function, NodeIx, PatternIx, Window};
use serde::{Deserialize, Serialize};

/// What is kept of an aggregate for each subject, beside the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// So many numbers, whatever the record holds: counts of a period, a best so far, the period.
    Numbers(usize),
    /// A number for each value of a field that occurs in the window: as many as there are.
    EachValue,
    /// The entries that lie within a length of time.
    Within(NodeIx),
    /// So many of the last events.
    LastEvents(NodeIx),
    /// The entries since so many of the last events of another kind: as many as there are.
    SinceLastEvents(NodeIx, PatternIx),
    /// Every entry, because whether it counts can change: as many as there are.
    Every,
}

impl Held {
    /// What is kept of an aggregate.
    pub(crate) fn of(plan: &Plan, at: AccumulatorIx) -> Self {
        let accumulator = &plan.accumulators[at.at()];
        let over = plan.pattern(accumulator.over);
        if !over.settled {
            return Self::Every;
        }
        let mut best = 0;
        for window in &accumulator.windows {
            match window {
                Window::Last(length) | Window::AnySpan(length) => return Self::Within(*length),
                Window::LastEvents(count, events) if *events == accumulator.over => {
                    return Self::LastEvents(*count);
                }
                Window::LastEvents(count, events) => {
                    return Self::SinceLastEvents(*count, *events);
                }
                // The period that runs, and the one before or the best before.
                Window::Previous(_) | Window::AnyPeriod(_) => best = 1,
                Window::In(_) | Window::During(_) | Window::Since(_) | Window::SinceLastTime => {}
            }
        }
        let of_each = match &accumulator.function {
            Function::Count
            | Function::Sum(_)
            | Function::Max(_)
            | Function::Latest(_)
            | Function::Run(_) => 1,
            Function::Distinct(key) | Function::Same(key) => match plan.holds(&over.source, key) {
                Some(FieldType::Choice(of)) => plan.enums[of.at()].values.len(),
                Some(FieldType::Bool) => 2,
                _ => return Self::EachValue,
            },
        };
        let period = usize::from(!accumulator.windows.is_empty());
        Self::Numbers(of_each * (1 + best) + period)
    }

    /// How many numbers are kept whatever the record holds.
    pub fn fixed(&self) -> usize {
        match self {
            Self::Numbers(numbers) => *numbers,
            Self::EachValue
            | Self::Within(_)
            | Self::LastEvents(_)
            | Self::SinceLastEvents(..)
            | Self::Every => 0,
        }
    }

    /// True where nothing but the record bounds how much is kept.
    pub const fn unbounded(&self) -> bool {
        matches!(
            self,
            Self::EachValue | Self::SinceLastEvents(..) | Self::Every
        )
    }
}
