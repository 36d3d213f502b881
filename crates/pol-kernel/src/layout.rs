//! Where things stand in a row.

use crate::condition::{Folding, room};
use crate::flat::{Counter, Counts};
use crate::make::{Filling, working};
use crate::reason::Reason;
use crate::tables::{Act, Clocking, Counting, Layout, Listed, Sort, Way};
use pol_model::{LadderIx, MemberIx, RuleIx, Value};
use pol_plan::{ClockIx, NodeIx};

/// Hands out the words of a row.
struct Words(usize);

impl Words {
    fn next(&mut self, count: usize) -> usize {
        self.0 += count;
        self.0 - count
    }
}

impl Filling<'_, '_> {
    /// Lays out the row. Its first word holds the day on which the subject was last heard of, and
    /// what was heard.
    pub(crate) fn layout(&mut self) -> Result<(), Reason> {
        let plan = self.making.plan;
        let flat = self.making.flat;
        let mut words = Words(1);
        let mut layout = Layout::default();
        let ways = || self.tables.rules.iter().map(|rule| rule.way);
        if ways().any(|way| matches!(way, Way::At(_))) {
            layout.stirred = words.next(1);
        }
        if ways().any(|way| matches!(way, Way::When(_) | Way::While(_))) {
            layout.held = words.next(1);
        }
        if plan.ladders.len() > 64 {
            return Err(room("ladders"));
        }
        layout.ladders = plan.ladders.iter().map(|_| words.next(1)).collect();
        let lasting = |act: &Act| {
            matches!(
                act,
                Act::Open(_) | Act::For { .. } | Act::UntilEndOf { .. } | Act::End(_)
            )
        };
        let mut acts = self.tables.rules.iter().flat_map(|rule| &rule.then);
        layout.intervals = ways().any(|way| matches!(way, Way::While(_)))
            || acts.any(|acts| acts.iter().any(lasting));
        for (clock, ladder) in &flat.clocks {
            let clocking = self.clocking(*clock, *ladder, words.next(1))?;
            layout.clocks.push(clocking);
        }
        for (at, counter) in flat.counters.iter().enumerate() {
            let sort = self.sort(at, counter, &mut layout.lists)?;
            let counting = self.counting(counter, sort, words.next(sort.words()))?;
            layout.counters.push(counting);
        }
        layout.words = words.0;
        self.tables.layout = layout;
        Ok(())
    }

    fn clocking(
        &mut self,
        clock: ClockIx,
        ladder: LadderIx,
        word: usize,
    ) -> Result<Clocking, Reason> {
        let mut runs = Vec::new();
        for class in self.tables.classes.clone() {
            let folding = Folding {
                plan: self.making.plan,
                flat: self.making.flat,
                fixed: self.fixed,
                class: &class,
                rule: RuleIx(0),
                conditions: &mut self.tables.conditions,
            };
            let known = folding.runs_at(clock, ladder);
            runs.push(known.ok_or_else(|| room("clocks"))?);
        }
        Ok(Clocking {
            word,
            ladder: u8::try_from(ladder.at()).map_err(|_| room("ladders"))?,
            runs,
        })
    }

    /// How a counter is kept: as a number or bits where that will do, else as a list.
    fn sort(&self, at: usize, counter: &Counter, lists: &mut usize) -> Result<Sort, Reason> {
        let listed = match counter.counts {
            Counts::Events => Listed::Number,
            Counts::Sum(_) => Listed::Sum,
            Counts::Distinct(_) => Listed::Distinct,
            Counts::Same(_) => Listed::Same,
        };
        Ok(match listed {
            _ if counter.last.is_some() || listed == Listed::Same => {
                *lists += 1;
                let place = u8::try_from(*lists - 1).map_err(|_| room("lists"))?;
                Sort::List(place, listed)
            }
            Listed::Number => Sort::Number,
            Listed::Sum => Sort::Sum,
            Listed::Distinct if self.values[at].len() <= 32 => Sort::Bits,
            Listed::Distinct | Listed::Same => Sort::WideBits,
        })
    }

    fn counting(&mut self, counter: &Counter, sort: Sort, word: usize) -> Result<Counting, Reason> {
        let period = counter.period.map(|period| self.period(period));
        let last = counter.last.map(|length| self.rolling(length));
        Ok(Counting {
            word,
            sort,
            period: period.transpose()?,
            last: last.transpose()?.flatten(),
            covered: 0,
            since: !counter.since.is_empty(),
        })
    }

    /// The length of a rolling window: one for all classes, so that a list is read in one way.
    fn rolling(&mut self, length: NodeIx) -> Result<Option<u8>, Reason> {
        let classes = self.tables.classes.iter();
        let models: Vec<MemberIx> = classes.map(|class| class.model).collect();
        let value = |model: &MemberIx| self.fixed.value(length, Some(*model), None);
        let first = models.first().map(value);
        match first {
            None => Ok(None),
            Some(Some(Value::Duration(length)))
                if !working(length)
                    && models
                        .iter()
                        .all(|model| value(model) == Some(Value::Duration(length))) =>
            {
                self.tables.conditions.length(length).map(Some)
            }
            Some(_) => Err(room("lengths")),
        }
    }
}
