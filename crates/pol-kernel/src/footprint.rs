//! What effects read and write, all that they set off included: so that it is known whom they stir,
//! and which of them give the same in any order within a day.

use crate::condition::{Cond, CondIx, room};
use crate::reason::Reason;
use crate::tables::{Act, Effect, RuleTable, Sort, Tables, Way};
use std::collections::BTreeSet;

/// What is read, written, and only added to, as bits of cells: counters, ladders, outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Footprint {
    reads: u128,
    writes: u128,
    adds: u128,
}

impl Footprint {
    fn conflicts(self, other: Self) -> bool {
        let changes = |of: Self| of.writes | of.adds;
        self.reads & changes(other) != 0
            || other.reads & changes(self) != 0
            || self.writes & changes(other) != 0
            || other.writes & changes(self) != 0
    }
}

/// How many groups of effects a row can mark.
const GROUPS: usize = 15;

/// Fills in whom each effect stirs, and with which others its order matters.
pub(crate) fn mark(tables: &mut Tables) -> Result<(), Reason> {
    let cells = Cells {
        counters: tables.layout.counters.len(),
        ladders: tables.issues.len(),
        outcomes: tables.events - tables.outcomes,
    };
    if cells.counters + cells.ladders + cells.outcomes > 128 {
        return Err(room("cells"));
    }
    let reads: Vec<u128> = tables
        .rules
        .iter()
        .map(|rule| {
            let conditions = rule.condition.iter();
            conditions.fold(0, |cells_read, condition| {
                cells_read | cells.read(tables, *condition)
            })
        })
        .collect();
    let stirred = |changed: u128| {
        let (mut stirs, mut watched) = (0, false);
        for (rule, reads) in tables.rules.iter().zip(&reads) {
            if reads & changed == 0 {
                continue;
            }
            match rule.way {
                Way::At(bit) => stirs |= 1 << bit,
                Way::When(_) | Way::While(_) => watched = true,
                Way::On => {}
            }
        }
        (stirs, watched)
    };
    let of_ladder = (0..cells.ladders).map(|ladder| stirred(cells.ladder(ladder)));
    let of_ladder = of_ladder.collect();
    let of_outcome = (0..cells.outcomes).map(|outcome| stirred(cells.outcome(outcome)));
    let of_outcome = of_outcome.collect();
    let mut footprints = Vec::new();
    let mut changed = Vec::new();
    for effect in &tables.effects {
        changed.push(stirred(changed_by(tables, effect)));
        let mut footprint = Footprint::default();
        cells.follow(tables, &reads, effect, &mut footprint, &mut BTreeSet::new());
        footprints.push(footprint);
    }
    // Effects of one footprint make a group; those for which there is no room share the last one.
    let mut groups: Vec<Footprint> = Vec::new();
    let mut of = Vec::new();
    for footprint in &footprints {
        let known = groups.iter().position(|group| group == footprint);
        of.push(known.unwrap_or_else(|| {
            if groups.len() == GROUPS {
                let last = &mut groups[GROUPS - 1];
                last.reads |= footprint.reads;
                last.writes |= footprint.writes;
                last.adds |= footprint.adds;
                GROUPS - 1
            } else {
                groups.push(*footprint);
                groups.len() - 1
            }
        }));
    }
    let bits = |sort: Sort| matches!(sort, Sort::Bits | Sort::WideBits);
    let idempotent: Vec<bool> = tables
        .effects
        .iter()
        .map(|effect| {
            let counts = &tables.counts[effect.counts.0 as usize..effect.counts.1 as usize];
            let mut counts = counts.iter();
            effect.asks.0 == effect.asks.1
                && effect.resets.0 == effect.resets.1
                && counts.all(|one| bits(tables.layout.counters[usize::from(one.counter)].sort))
        })
        .collect();
    for (at, effect) in tables.effects.iter_mut().enumerate() {
        (effect.stirs, effect.watched) = changed[at];
        effect.mark = 1 << of[at];
        effect.conflicts = groups
            .iter()
            .enumerate()
            .filter(|(_, group)| group.conflicts(groups[of[at]]))
            .fold(0, |bits, (place, _)| bits | 1 << place);
        // Where its own kind is met with again on a day, that alone makes the subject irregular.
        effect.repeats = !idempotent[at] && effect.conflicts & effect.mark == 0;
    }
    tables.of_ladder = of_ladder;
    tables.of_outcome = of_outcome;
    Ok(())
}

/// Where cells stand among the bits.
#[derive(Clone, Copy)]
struct Cells {
    counters: usize,
    ladders: usize,
    outcomes: usize,
}

impl Cells {
    const fn ladder(self, at: usize) -> u128 {
        1 << (self.counters + at)
    }

    const fn outcome(self, at: usize) -> u128 {
        1 << (self.counters + self.ladders + at)
    }

    fn read(self, tables: &Tables, condition: CondIx) -> u128 {
        match tables.conditions.list[usize::from(condition)] {
            Cond::Fixed(_) => 0,
            Cond::Not(inner) => self.read(tables, inner),
            Cond::And(left, right) | Cond::Or(left, right) => {
                self.read(tables, left) | self.read(tables, right)
            }
            Cond::Standing { ladder, .. } => self.ladder(usize::from(ladder)),
            Cond::Held { clock, .. } => {
                let clock = &tables.layout.clocks[usize::from(clock)];
                self.ladder(usize::from(clock.ladder))
            }
            Cond::InForce { outcome } => self.outcome(usize::from(outcome)),
            Cond::Count { counter, .. } => 1 << counter,
        }
    }

    fn follow(
        self,
        tables: &Tables,
        reads: &[u128],
        effect: &Effect,
        footprint: &mut Footprint,
        seen: &mut BTreeSet<u16>,
    ) {
        let counts = &tables.counts[effect.counts.0 as usize..effect.counts.1 as usize];
        for one in counts {
            footprint.adds |= 1 << one.counter;
        }
        let resets = &tables.resets[effect.resets.0 as usize..effect.resets.1 as usize];
        for counter in resets {
            footprint.writes |= 1 << counter;
        }
        let asks = &tables.asks[effect.asks.0 as usize..effect.asks.1 as usize];
        for ask in asks {
            if seen.insert(ask.rule) {
                let rule = &tables.rules[usize::from(ask.rule)];
                footprint.reads |= reads[usize::from(ask.rule)];
                self.fire(tables, reads, rule, footprint, seen);
            }
        }
    }

    fn fire(
        self,
        tables: &Tables,
        reads: &[u128],
        rule: &RuleTable,
        footprint: &mut Footprint,
        seen: &mut BTreeSet<u16>,
    ) {
        for counter in &rule.last_time {
            footprint.writes |= 1 << counter;
        }
        for act in rule.then.iter().flatten() {
            let acts = match act {
                Act::Issue { ladder, status } => {
                    let (first, statuses) = tables.issues[usize::from(*ladder)];
                    // What an issue does depends on the standing before.
                    footprint.reads |= self.ladder(usize::from(*ladder));
                    footprint.writes |= self.ladder(usize::from(*ladder));
                    let from = first + usize::from(*status) * statuses;
                    from..from + statuses
                }
                Act::Moment(outcome) => {
                    let at = tables.outcomes + outcome.at();
                    at..at + 1
                }
                Act::Open(outcome)
                | Act::For { outcome, .. }
                | Act::UntilEndOf { outcome, .. }
                | Act::End(outcome) => {
                    footprint.writes |= self.outcome(outcome.at());
                    let at = tables.outcomes + outcome.at();
                    at..at + 1
                }
                Act::Event(event) => {
                    let at = tables.events + event.at();
                    at..at + 1
                }
            };
            for class in 0..tables.classes.len() {
                for act in acts.clone() {
                    let effect = tables.of_act[class * tables.acts + act];
                    let effect = &tables.effects[usize::from(effect)];
                    self.follow(tables, reads, effect, footprint, seen);
                }
            }
        }
    }
}

/// The counters that an effect itself changes.
fn changed_by(tables: &Tables, effect: &Effect) -> u128 {
    let counts = &tables.counts[effect.counts.0 as usize..effect.counts.1 as usize];
    let resets = &tables.resets[effect.resets.0 as usize..effect.resets.1 as usize];
    let counts = counts.iter().map(|one| one.counter);
    counts
        .chain(resets.iter().copied())
        .fold(0, |cells, counter| cells | 1 << counter)
}
