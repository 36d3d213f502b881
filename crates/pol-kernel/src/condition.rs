//! Conditions with everything that is fixed for a class of subjects worked out.

use crate::flat::Flat;
use crate::reason::{Reason, Why};
use crate::tables::Class;
use pol_calendar::Duration;
use pol_eval::Fixed;
use pol_model::compute::{self, Comparison};
use pol_model::{LadderIx, Quantity, RuleIx, Tri, Value};
use pol_plan::{ClockIx, Node, NodeIx, Plan};
use std::collections::BTreeMap;

/// Where a condition stands in its list.
pub(crate) type CondIx = u16;

/// A condition on a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cond {
    /// It is this, always.
    Fixed(Answer),
    /// The opposite.
    Not(CondIx),
    /// Both.
    And(CondIx, CondIx),
    /// Either.
    Or(CondIx, CondIx),
    /// The standing on a ladder is one of these, as bits.
    Standing {
        /// The ladder's place in the row.
        ladder: u8,
        /// The statuses.
        among: u64,
    },
    /// A clock has run for so long.
    Held {
        /// The clock's place in the row.
        clock: u8,
        /// The length's place in the tables.
        length: u8,
    },
    /// An outcome is in force.
    InForce {
        /// Which.
        outcome: u16,
    },
    /// How a counter compares.
    Count {
        /// Which counter.
        counter: u8,
        /// How.
        comparison: Comparison,
        /// To what, as a place in the list of bounds.
        bound: u16,
        /// The answer that entries from before the record could overturn; none: none could.
        fragile: Option<bool>,
    },
}

/// Yes, no or unknown, as three values that have an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answer {
    /// It does not hold.
    No,
    /// It holds.
    Yes,
    /// It cannot be decided.
    Unknown,
}

impl From<Tri> for Answer {
    fn from(tri: Tri) -> Self {
        match tri {
            Tri::Yes => Self::Yes,
            Tri::No => Self::No,
            Tri::Unknown => Self::Unknown,
        }
    }
}

impl Answer {
    pub(crate) const fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    pub(crate) const fn negated(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// All conditions, each once.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    pub list: Vec<Cond>,
    known: BTreeMap<Cond, CondIx>,
    /// What counters are compared with.
    pub bounds: Vec<i64>,
    /// The lengths that clocks, windows and outcomes run.
    pub lengths: Vec<Duration>,
}

impl Conditions {
    fn put(&mut self, cond: Cond) -> Result<CondIx, Reason> {
        if let Some(at) = self.known.get(&cond) {
            return Ok(*at);
        }
        let at = CondIx::try_from(self.list.len()).map_err(|_| room("conditions"))?;
        self.list.push(cond);
        self.known.insert(cond, at);
        Ok(at)
    }

    fn bound(&mut self, bound: i64) -> Result<u16, Reason> {
        u16::try_from(place(&mut self.bounds, bound)).map_err(|_| room("bounds"))
    }

    /// The place of a length.
    pub fn length(&mut self, length: Duration) -> Result<u8, Reason> {
        u8::try_from(place(&mut self.lengths, length)).map_err(|_| room("lengths"))
    }

    /// The place of what always answers the same.
    pub fn fixed(&mut self, answer: Answer) -> Result<CondIx, Reason> {
        self.put(Cond::Fixed(answer))
    }

    /// Both, one of which may be fixed.
    pub fn both(&mut self, left: CondIx, right: CondIx) -> Result<CondIx, Reason> {
        match (self.list[usize::from(left)], self.list[usize::from(right)]) {
            (Cond::Fixed(Answer::No), _) | (_, Cond::Fixed(Answer::Yes)) => Ok(left),
            (_, Cond::Fixed(Answer::No)) | (Cond::Fixed(Answer::Yes), _) => Ok(right),
            _ => self.put(Cond::And(left, right)),
        }
    }

    fn either(&mut self, left: CondIx, right: CondIx) -> Result<CondIx, Reason> {
        match (self.list[usize::from(left)], self.list[usize::from(right)]) {
            (Cond::Fixed(Answer::Yes), _) | (_, Cond::Fixed(Answer::No)) => Ok(left),
            (_, Cond::Fixed(Answer::Yes)) | (Cond::Fixed(Answer::No), _) => Ok(right),
            _ => self.put(Cond::Or(left, right)),
        }
    }

    fn opposite(&mut self, inner: CondIx) -> Result<CondIx, Reason> {
        match self.list[usize::from(inner)] {
            Cond::Fixed(answer) => self.fixed(answer.negated()),
            _ => self.put(Cond::Not(inner)),
        }
    }
}

fn place<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter()
        .position(|one| *one == value)
        .unwrap_or_else(|| {
            list.push(value);
            list.len() - 1
        })
}

/// There is more of something than a row has room for.
pub(crate) fn room(what: &str) -> Reason {
    Reason {
        why: Why::Room,
        name: what.to_owned(),
    }
}

/// Folds the conditions of a rule for a class of subjects.
pub(crate) struct Folding<'f, 'p> {
    pub plan: &'p Plan,
    pub flat: &'f Flat,
    pub fixed: &'f Fixed<'p>,
    pub class: &'f Class,
    pub rule: RuleIx,
    pub conditions: &'f mut Conditions,
}

impl Folding<'_, '_> {
    /// A condition, under `not` if `negative`.
    pub(crate) fn condition(&mut self, node: NodeIx, negative: bool) -> Result<CondIx, Reason> {
        match self.plan.node(node) {
            Node::Not(inner) => {
                let inner = self.condition(*inner, !negative)?;
                self.conditions.opposite(inner)
            }
            Node::And(left, right) => {
                let left = self.condition(*left, negative)?;
                let right = self.condition(*right, negative)?;
                self.conditions.both(left, right)
            }
            Node::Or(left, right) => {
                let left = self.condition(*left, negative)?;
                let right = self.condition(*right, negative)?;
                self.conditions.either(left, right)
            }
            Node::Compare(comparison, left, right) => {
                match (self.plan.node(*left), self.plan.node(*right)) {
                    (Node::Accumulated(counter), _) => {
                        self.count(*counter, *comparison, *right, negative)
                    }
                    (_, Node::Accumulated(counter)) => {
                        self.count(*counter, turned(*comparison), *left, negative)
                    }
                    (Node::Standing(ladder), _) | (_, Node::Standing(ladder)) => {
                        self.standing(node, *ladder, negative)
                    }
                    _ => self.told(node, negative),
                }
            }
            Node::In(value, _) => match self.plan.node(*value) {
                Node::Standing(ladder) => self.standing(node, *ladder, negative),
                _ => self.told(node, negative),
            },
            Node::Any(counter) => {
                let counter = self.counter(*counter)?;
                self.compared(counter, Comparison::Ge, 1, negative)
            }
            Node::Held(clock, length) => {
                let ladder = self.flat.clocks.get(clock);
                let on_it = |ladder: &LadderIx| {
                    self.plan.ladders[ladder.at()]
                        .subjects
                        .contains(&self.class.kind)
                };
                if ladder.is_some_and(on_it) {
                    self.held(*clock, *length)
                } else {
                    self.told(node, negative)
                }
            }
            Node::InForce(outcome) => self.conditions.put(Cond::InForce { outcome: outcome.0 }),
            _ => self.told(node, negative),
        }
    }

    /// What is the same on every day and record.
    fn told(&mut self, node: NodeIx, negative: bool) -> Result<CondIx, Reason> {
        let tri = self.fixed.truth(node, self.class.model, None, negative);
        self.conditions.fixed(tri.into())
    }

    fn counter(&self, at: pol_plan::AccumulatorIx) -> Result<u8, Reason> {
        let counter = self.flat.counted.get(&(self.rule, at)).copied();
        counter
            .and_then(|counter| u8::try_from(counter).ok())
            .ok_or_else(|| room("counters"))
    }

    fn count(
        &mut self,
        counter: pol_plan::AccumulatorIx,
        comparison: Comparison,
        bound: NodeIx,
        negative: bool,
    ) -> Result<CondIx, Reason> {
        let counter = self.counter(counter)?;
        let Some(Value::Number(number)) = self.fixed.value(bound, Some(self.class.model), None)
        else {
            return self.conditions.fixed(Answer::Unknown);
        };
        if let Some(bound) = number
            .to_whole()
            .and_then(|whole| i64::try_from(whole).ok())
        {
            return self.compared(counter, comparison, bound, negative);
        }
        Err(Reason {
            why: Why::Condition,
            name: self.plan.rule(self.rule).name.clone(),
        })
    }

    fn compared(
        &mut self,
        counter: u8,
        comparison: Comparison,
        bound: i64,
        negative: bool,
    ) -> Result<CondIx, Reason> {
        // As `compute::compare` has it of a side whose window is not covered.
        let overturned = match comparison {
            Comparison::Ge | Comparison::Gt => negative,
            Comparison::Lt | Comparison::Le => !negative,
            Comparison::Is | Comparison::IsNot => true,
        };
        let bound = self.conditions.bound(bound)?;
        self.conditions.put(Cond::Count {
            counter,
            comparison,
            bound,
            fragile: overturned.then_some(!negative),
        })
    }

    /// A condition on the standing on one ladder, as the statuses for which it holds.
    fn standing(
        &mut self,
        node: NodeIx,
        ladder: LadderIx,
        negative: bool,
    ) -> Result<CondIx, Reason> {
        let declared = &self.plan.ladders[ladder.at()];
        if !declared.subjects.contains(&self.class.kind) {
            return self.told(node, negative);
        }
        let Some(among) = self.statuses(node, ladder) else {
            return self.conditions.fixed(Answer::Unknown);
        };
        let ladder = u8::try_from(ladder.at()).map_err(|_| room("ladders"))?;
        self.conditions.put(Cond::Standing { ladder, among })
    }

    /// The statuses for which a condition on one ladder holds, as bits; nothing if it cannot be told
    /// of one.
    fn statuses(&self, node: NodeIx, ladder: LadderIx) -> Option<u64> {
        let count = self.plan.ladders[ladder.at()].status_names.len();
        let mut among = 0;
        for status in 0..u16::try_from(count.min(64)).ok()? {
            if self.holds_at(node, ladder, status)? {
                among |= 1 << status;
            }
        }
        (count <= 64).then_some(among)
    }

    fn holds_at(&self, node: NodeIx, ladder: LadderIx, status: u16) -> Option<bool> {
        let value = |node: NodeIx| match self.plan.node(node) {
            Node::Standing(_) => {
                let statuses = self.plan.ladders[ladder.at()].statuses;
                Some(Value::Symbol(statuses, status))
            }
            _ => self.fixed.value(node, Some(self.class.model), None),
        };
        let compared = |comparison, left, right| {
            let left = Quantity::Known(value(left)?);
            let right = Quantity::Known(value(right)?);
            Some(compute::compare(comparison, left, right, false).holds())
        };
        match self.plan.node(node) {
            Node::Not(inner) => Some(!self.holds_at(*inner, ladder, status)?),
            Node::And(left, right) => Some(
                self.holds_at(*left, ladder, status)? && self.holds_at(*right, ladder, status)?,
            ),
            Node::Or(left, right) => Some(
                self.holds_at(*left, ladder, status)? || self.holds_at(*right, ladder, status)?,
            ),
            Node::Compare(comparison, left, right) => compared(*comparison, *left, *right),
            Node::In(asked, among) => {
                let mut found = false;
                for one in among {
                    found |= compared(Comparison::Is, *asked, *one)?;
                }
                Some(found)
            }
            _ => match value(node)? {
                Value::Bool(yes) => Some(yes),
                _ => None,
            },
        }
    }

    fn held(&mut self, clock: ClockIx, length: NodeIx) -> Result<CondIx, Reason> {
        let place = self.flat.clocks.keys().position(|one| *one == clock);
        let place = place.and_then(|place| u8::try_from(place).ok());
        let Some(Value::Duration(length)) = self.fixed.value(length, Some(self.class.model), None)
        else {
            return self.conditions.fixed(Answer::Unknown);
        };
        if matches!(length, Duration::WorkingDays { .. }) {
            return Err(Reason {
                why: Why::Clock,
                name: self.plan.rule(self.rule).name.clone(),
            });
        }
        let length = self.conditions.length(length)?;
        let clock = place.ok_or_else(|| room("clocks"))?;
        self.conditions.put(Cond::Held { clock, length })
    }

    /// For which statuses of its ladder a clock runs; none: it cannot be told.
    pub(crate) fn runs_at(&self, clock: ClockIx, ladder: LadderIx) -> Option<u64> {
        self.statuses(self.plan.clocks[clock.at()].condition, ladder)
    }
}

fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Lt => Comparison::Gt,
        Comparison::Le => Comparison::Ge,
        Comparison::Gt => Comparison::Lt,
        Comparison::Ge => Comparison::Le,
        same @ (Comparison::Is | Comparison::IsNot) => same,
    }
}
