//! Everything that an entry can set going on its day.

use super::cost::add;
use super::links::{Happening, Link, Links, Who, happening};
use crate::data::{ActState, Rule, Trigger};
use crate::node::{AccumulatorIx, PatternIx};
use pol_model::{DutyIx, EventIx, NeverIx, RuleIx};
use std::collections::{BTreeMap, BTreeSet};

type Times<T> = BTreeMap<T, usize>;

/// Everything that can be set going, to the end, what follows from what follows included, and how
/// often at most.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// How many events may have to be held against a pattern.
    pub patterns: Times<PatternIx>,
    /// How many events an aggregate may take up or be cut by.
    pub accumulators: Times<AccumulatorIx>,
    /// How often a rule may look.
    pub rules: Times<RuleIx>,
    /// How often a duty may be asked.
    pub duties: Times<DutyIx>,
    pub nevers: BTreeSet<NeverIx>,
}

impl Touched {
    /// What an entry or derived event of a kind can set going. A rule whose proposal a body decides
    /// is taken to act at once.
    pub fn by(links: &Links<'_>, event: EventIx) -> Self {
        Self::following(links, &Times::from([(Happening::Event(event), 1)]))
    }

    /// What a rule that fires can set going.
    pub fn by_firing(links: &Links<'_>, rule: &Rule) -> Self {
        let mut first = Times::new();
        act(rule, 1, &mut first);
        Self::following(links, &first)
    }

    fn following(links: &Links<'_>, first: &Times<Happening>) -> Self {
        let mut happenings = first.clone();
        // Rules that events trigger never form a circle, and a watching rule fires once a day: each
        // round reaches one further link of the longest chain.
        let longest = links.plan.rules.len() + links.plan.duties.len();
        for _ in 0..=longest {
            let (_, mut next) = Self::round(links, &happenings);
            for (happening, times) in first {
                add(next.entry(*happening).or_default(), *times);
            }
            if next == happenings {
                break;
            }
            happenings = next;
        }
        Self::round(links, &happenings).0
    }

    /// What happenings touch, and what that makes happen.
    fn round(links: &Links<'_>, happenings: &Times<Happening>) -> (Self, Times<Happening>) {
        let mut touched = Self::default();
        let mut fires: Times<RuleIx> = Times::new();
        let mut asked: BTreeSet<Who> = BTreeSet::new();
        for (happening, times) in happenings {
            for pattern in links.patterns_of(*happening) {
                add(touched.patterns.entry(*pattern).or_default(), *times);
            }
            asked.extend(links.readers_of(*happening));
        }
        for (pattern, times) in &touched.patterns {
            for link in links.of_pattern(*pattern) {
                match *link {
                    Link::Counts(at) => add(touched.accumulators.entry(at).or_default(), *times),
                    Link::Triggers(at) => {
                        add(touched.rules.entry(at).or_default(), *times);
                        add(fires.entry(at).or_default(), *times);
                    }
                    Link::Stops(at) => add(touched.rules.entry(at).or_default(), *times),
                    Link::Duty(at) => add(touched.duties.entry(at).or_default(), *times),
                    Link::Read(who) => {
                        asked.insert(who);
                    }
                }
            }
        }
        for who in asked {
            match who {
                Who::Rule(at) => {
                    let looks = match links.plan.rule(at).trigger {
                        Trigger::When(_) => links.rounds(at),
                        _ => 1,
                    };
                    add(touched.rules.entry(at).or_default(), looks);
                    add(fires.entry(at).or_default(), 1);
                }
                Who::Duty(at) => add(touched.duties.entry(at).or_default(), 1),
                Who::Never(at) => {
                    touched.nevers.insert(at);
                }
            }
        }
        let mut happens = Times::new();
        for (rule, times) in fires {
            act(links.plan.rule(rule), times, &mut happens);
        }
        for (duty, times) in &touched.duties {
            // A duty is missed on a later day.
            for state in [ActState::Owed, ActState::Met, ActState::Released] {
                happens.insert(Happening::Duty(*duty, state), *times);
            }
        }
        (touched, happens)
    }
}

/// Adds what a rule makes happen that fires so many times.
fn act(rule: &Rule, times: usize, happens: &mut Times<Happening>) {
    for action in rule.then.iter().chain(&rule.otherwise) {
        add(happens.entry(happening(action)).or_default(), times);
    }
}
