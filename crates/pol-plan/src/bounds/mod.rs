//! Bounds, reckoned from the plan alone: how much work an entry makes, and how much is kept of a
//! subject.
//!
//! A step is one part of a condition that is asked, one pattern that an entry is held against, or
//! one aggregate that takes it up. Promises: an evaluator that keeps what the plan shares needs no
//! more steps than are said here, for each subject that the entry concerns, what follows from it on
//! the same day included. Refuses: to count the record itself, which holds every entry once, for
//! evidence, for late entries and for withdrawals; one that comes late or is withdrawn makes its
//! subject's later days be gone over once more.

mod cost;
mod held;
mod links;
mod touched;

use crate::causes::Cause;
use crate::data::{Action, Duty, DutyTime, Extent, FieldType, Imposition, Plan, Rule, Trigger};
use crate::mention::{self, Mention, closure};
use crate::node::{AccumulatorIx, ClockIx, Source};
use cost::Cost;
pub use held::Held;
use links::Links;
use pol_model::{EventIx, KindIx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use touched::Touched;

/// The bounds of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Bounds {
    /// What an entry of each kind makes to do, for each subject that it concerns.
    pub entries: Vec<EntryBound>,
    /// What a rule that looks when a day comes makes to do, for each subject whose day it is.
    pub days: Vec<DayBound>,
    /// What is kept of a subject of each kind.
    pub subjects: Vec<SubjectBound>,
}

/// What an entry makes to do, for each subject that it concerns, all that follows from it on its day
/// included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct EntryBound {
    /// The kind of entry or derived event.
    pub event: String,
    /// How many patterns it is held against.
    pub patterns: usize,
    /// How many aggregates may take up it or what follows from it, or be cut by it.
    pub aggregates: usize,
    /// The rules that may look.
    pub rules: Vec<String>,
    /// The duties that may be born, met, moved or asked again.
    pub duties: Vec<String>,
    /// At most so many steps.
    pub steps: Steps,
}

/// What a rule makes to do on a day on which it looks though nothing is recorded, for each subject
/// whose day it is, all that follows included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct DayBound {
    /// The rule.
    pub rule: String,
    /// At most so many steps.
    pub steps: Steps,
}

/// A number of steps: `fixed`; and so many times the logarithm of the length of each list that is
/// searched; and so many times the length of each list whose entries are asked anew; and so many
/// steps for each member of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Steps {
    /// Steps that do not depend on the record.
    pub fixed: usize,
    /// Aggregates whose lists are searched, by their places in the plan, and how often.
    pub searched: Vec<(AccumulatorIx, usize)>,
    /// Aggregates whose entries are asked anew, and how often.
    pub anew: Vec<(AccumulatorIx, usize)>,
    /// Kinds of subject, and what each of their members takes.
    pub members: Vec<(String, Steps)>,
}

/// What is kept of a subject of a kind, beside its entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct SubjectBound {
    /// The kind of subject.
    pub kind: String,
    /// Its ladders: a standing and since when, each.
    pub ladders: usize,
    /// Since when conditions have held.
    pub clocks: usize,
    /// What waits for days.
    pub timers: Vec<Timer>,
    /// Outcomes that may be in force.
    pub outcomes: usize,
    /// Proposals that may be open.
    pub proposals: usize,
    /// When rules last fired, for `since last time`.
    pub marks: usize,
    /// The aggregates that its rules, duties and properties ask, and what is kept of each.
    pub aggregates: Vec<(AccumulatorIx, Held)>,
}

/// A rule or duty that waits for a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Timer {
    /// Its name.
    pub name: String,
    /// It waits for a day of each of its events that has come and is not settled; else for one day.
    pub of_each_event: bool,
}

impl SubjectBound {
    /// How many numbers and dates are kept, whatever the record holds; lists come on top.
    pub fn fixed(&self) -> usize {
        let of_aggregates = self.aggregates.iter().map(|(_, held)| held.fixed());
        2 * self.ladders
            + self.clocks
            + self
                .timers
                .iter()
                .filter(|timer| !timer.of_each_event)
                .count()
            + 2 * self.outcomes
            + self.proposals
            + self.marks
            + of_aggregates.sum::<usize>()
    }
}

impl Plan {
    /// What the plan bounds.
    pub fn bounds(&self) -> Bounds {
        let links = Links::new(self);
        let events = (0..).map(EventIx).take(self.events.len());
        let kinds = (0..).map(KindIx).take(self.kinds.len());
        let by_day = self.rules.iter().filter(|rule| self.looks_by_day(rule));
        Bounds {
            entries: events
                .map(|event| self.entry_bound(&links, event))
                .collect(),
            days: by_day.map(|rule| self.day_bound(&links, rule)).collect(),
            subjects: kinds.map(|kind| self.subject_bound(kind)).collect(),
        }
    }

    /// True if a rule looks when a day comes, though nothing is recorded on it.
    fn looks_by_day(&self, rule: &Rule) -> bool {
        match rule.trigger {
            Trigger::On(_) => false,
            Trigger::At(_) | Trigger::After { .. } => true,
            Trigger::When(condition) | Trigger::While(condition) => {
                self.causes(condition).into_iter().any(|cause| {
                    matches!(
                        cause,
                        Cause::Window(_)
                            | Cause::Held(..)
                            | Cause::PhaseBegins(_)
                            | Cause::PhaseEnds(_)
                            | Cause::Attribute(..)
                            | Cause::Row(_)
                            | Cause::Member(_)
                    )
                })
            }
        }
    }

    fn day_bound(&self, links: &Links<'_>, rule: &Rule) -> DayBound {
        let mut cost = self.cost(&Touched::by_firing(links, rule));
        cost.times(self, 1, mention::of_looking(rule));
        cost.times(self, 1, mention::of_actions(rule));
        DayBound {
            rule: rule.name.clone(),
            steps: cost.steps(self),
        }
    }

    /// The steps of all that is touched.
    fn cost(&self, touched: &Touched) -> Cost {
        let mut cost = Cost::default();
        for (pattern, times) in &touched.patterns {
            let mut once = Cost::default();
            once.pattern(self, *pattern);
            cost.add(once, *times);
        }
        for (accumulator, times) in &touched.accumulators {
            let mut once = Cost::default();
            once.taken_up(self, *accumulator);
            cost.add(once, *times);
        }
        for (rule, times) in &touched.rules {
            let rule = self.rule(*rule);
            cost.times(self, *times, mention::of_looking(rule));
            cost.times(self, *times, mention::of_actions(rule));
        }
        for (duty, times) in &touched.duties {
            cost.times(self, *times, mention::of_running(&self.duties[duty.at()]));
        }
        for never in &touched.nevers {
            cost.times(self, 1, mention::of_never(&self.nevers[never.at()]));
        }
        cost
    }

    fn entry_bound(&self, links: &Links<'_>, event: EventIx) -> EntryBound {
        let touched = Touched::by(links, event);
        EntryBound {
            event: self.events[event.at()].name.clone(),
            patterns: touched.patterns.len(),
            aggregates: touched.accumulators.len(),
            rules: touched
                .rules
                .keys()
                .map(|rule| self.rule(*rule).name.clone())
                .collect(),
            duties: touched
                .duties
                .keys()
                .map(|duty| self.duties[duty.at()].name.clone())
                .collect(),
            steps: self.cost(&touched).steps(self),
        }
    }

    fn subject_bound(&self, kind: KindIx) -> SubjectBound {
        let rules: Vec<_> = self
            .rules
            .iter()
            .filter(|rule| rule.subjects.contains(&kind))
            .collect();
        let duties = self
            .duties
            .iter()
            .filter(|duty| self.may_be_about(duty, kind));
        let duties: Vec<_> = duties.collect();
        let nevers = self
            .nevers
            .iter()
            .filter(|never| never.subjects.contains(&kind));
        let asked: Vec<Mention> = rules
            .iter()
            .flat_map(|rule| mention::of_rule(rule))
            .chain(duties.iter().flat_map(|duty| mention::of_duty(duty)))
            .chain(nevers.flat_map(mention::of_never))
            .collect();
        let asked = closure(self, asked);
        let imposed: BTreeSet<_> = rules
            .iter()
            .flat_map(|rule| {
                let holding = matches!(rule.trigger, Trigger::While(_));
                let actions = rule.then.iter().chain(&rule.otherwise);
                actions.filter_map(move |action| match action {
                    Action::Impose(imposition) if holding || self.lasts(imposition) => {
                        Some(imposition.outcome)
                    }
                    _ => None,
                })
            })
            .collect();
        let waiting = rules
            .iter()
            .filter(|rule| matches!(rule.trigger, Trigger::After { .. }))
            .map(|rule| Timer {
                name: rule.name.clone(),
                of_each_event: true,
            });
        let owed = duties.iter().map(|duty| Timer {
            name: duty.name.clone(),
            of_each_event: matches!(duty.time, DutyTime::Within(..)),
        });
        let clock = |mention: &Mention| match mention {
            Mention::Clock(clock) => Some(*clock),
            _ => None,
        };
        let clocks: BTreeSet<ClockIx> = asked.iter().filter_map(clock).collect();
        let aggregates = asked.iter().filter_map(|mention| match mention {
            Mention::Accumulator(at) => Some((*at, Held::of(self, *at))),
            _ => None,
        });
        SubjectBound {
            kind: self.kinds[kind.at()].name.clone(),
            ladders: self
                .ladders
                .iter()
                .filter(|ladder| ladder.subjects.contains(&kind))
                .count(),
            clocks: clocks.len(),
            timers: waiting.chain(owed).collect(),
            outcomes: imposed.len(),
            proposals: rules
                .iter()
                .filter(|rule| rule.decided_by.is_some())
                .count(),
            marks: rules.iter().filter(|rule| rule.reads.last_time).count(),
            aggregates: aggregates.collect(),
        }
    }

    /// True if a duty may be about a kind of subject.
    fn may_be_about(&self, duty: &Duty, kind: KindIx) -> bool {
        match (&duty.time, duty.kinds.as_slice()) {
            // About whomever its cause concerns.
            (DutyTime::Within(_, causes), []) => causes
                .iter()
                .any(|cause| self.may_concern(&self.pattern(*cause).source, kind)),
            (_, kinds) => kinds.contains(&kind),
        }
    }

    /// True if an event of a source may concern a kind of subject.
    fn may_concern(&self, source: &Source, kind: KindIx) -> bool {
        match source {
            Source::Event(event) => {
                let event = &self.events[event.at()];
                let named = |holds: &FieldType| *holds == FieldType::Member(kind);
                event
                    .of
                    .iter()
                    .any(|of| of.kind == kind || of.and_every == Some(kind))
                    || event.holds.iter().any(named)
            }
            Source::Catalogue(catalogue) => {
                let event = self.catalogues[catalogue.at()].event;
                self.may_concern(&Source::Event(event), kind)
            }
            Source::Set(members) => members
                .iter()
                .any(|member| self.may_concern(&self.pattern(*member).source, kind)),
            Source::Status(ladder, _) | Source::Ladder(ladder) => {
                self.ladders[ladder.at()].subjects.contains(&kind)
            }
            Source::Outcome(outcome) => {
                let mut rules = self
                    .rules
                    .iter()
                    .filter(|rule| rule.subjects.contains(&kind));
                let mut imposes = |action: &Action| matches!(action, Action::Impose(imposition) if imposition.outcome == *outcome);
                rules.any(|rule| rule.then.iter().chain(&rule.otherwise).any(&mut imposes))
            }
            Source::Duty(duty, _) => {
                let duty = &self.duties[duty.at()];
                duty.kinds.is_empty() || duty.kinds.contains(&kind)
            }
            Source::Lost(acts) => self.may_concern(acts, kind),
        }
    }

    /// True if an imposition is in force for longer than a moment.
    fn lasts(&self, imposition: &Imposition) -> bool {
        let to_a_day = matches!(
            imposition.extent,
            Some(
                Extent::For(_)
                    | Extent::ForEvents(..)
                    | Extent::UntilEndOf(_)
                    | Extent::UntilEndOfPhase(_)
                    | Extent::Until(_)
            )
        );
        to_a_day || self.outcomes[imposition.outcome.at()].ended
    }
}
