//! Makes the tables: classes of subjects, rules, and the rest in the modules beside.

use crate::condition::{Answer, Cond, CondIx, Folding, room};
use crate::flat::{Counts, Flat};
use crate::reason::Reason;
use crate::spelling::{Spelling, models};
use crate::tables::{Act, Class, IRREGULAR, RuleTable, Tables, Way, bit};
use pol_calendar::Period;
use pol_eval::Fixed;
use pol_model::compute::Comparison;
use pol_model::{Entry, KindIx, MemberIx, Options, Register, RuleIx, Value};
use pol_plan::{Action, Extent, Node, NodeIx, Plan, Trigger};
use std::collections::BTreeMap;

/// How many classes there may be.
const CLASSES: usize = 200;
/// How many letters all classes together may have.
const CELLS: usize = 1 << 21;

/// Makes the tables.
pub(crate) struct Making<'p> {
    pub plan: &'p Plan,
    pub flat: &'p Flat,
    pub register: &'p Register,
    pub options: &'p Options,
}

impl Making<'_> {
    /// The tables, and the class of each member.
    pub(crate) fn tables(&self) -> Result<(Tables, Vec<u8>), Reason> {
        let attributes: Vec<NodeIx> = (0_u32..)
            .map(NodeIx)
            .zip(&self.plan.nodes)
            .filter(|(_, node)| matches!(node, Node::Attr(..)))
            .map(|(at, _)| at)
            .collect();
        let none = Fixed::new(self.plan, self.register, &[], self.options);
        let (classes, of) = self.classes(&none, &attributes)?;
        let models_of: Vec<MemberIx> = classes.iter().map(|class| class.model).collect();
        let letters = Spelling::new(self.plan, self.flat, &none, &models_of).letters()?;
        if classes.len() * letters.count as usize > CELLS {
            return Err(room("letters"));
        }
        let entries = models(self.plan, &letters);
        let fixed = Fixed::new(self.plan, self.register, &entries, self.options);
        let mut filling = Filling {
            making: self,
            fixed: &fixed,
            entries: &entries,
            values: vec![BTreeMap::new(); self.flat.counters.len()],
            tables: Tables {
                classes,
                letters,
                ..Tables::default()
            },
        };
        filling.fill()?;
        let mut tables = filling.tables;
        crate::footprint::mark(&mut tables)?;
        Ok((tables, of))
    }

    /// The classes of members, and that of each.
    fn classes(
        &self,
        fixed: &Fixed<'_>,
        attributes: &[NodeIx],
    ) -> Result<(Vec<Class>, Vec<u8>), Reason> {
        let mut known: BTreeMap<(KindIx, Vec<Option<Value>>), u8> = BTreeMap::new();
        let mut classes = Vec::new();
        let mut of = Vec::with_capacity(self.register.members.len());
        for (at, member) in self.register.indices().zip(&self.register.members) {
            let dated = self.register.outwards(at).any(|at| {
                let member = self.register.member(at);
                !member.memberships.is_empty()
                    || member.attributes.iter().any(|values| {
                        !matches!(
                            values.as_slice(),
                            [] | [pol_model::Dated { from: None, .. }]
                        )
                    })
            });
            if dated || !member.standings.is_empty() {
                of.push(IRREGULAR);
                continue;
            }
            let values = attributes
                .iter()
                .map(|node| fixed.value(*node, Some(at), None));
            let key = (member.kind, values.collect());
            if let Some(class) = known.get(&key) {
                of.push(*class);
                continue;
            }
            let class = u8::try_from(classes.len()).map_err(|_| room("classes"))?;
            if classes.len() >= CLASSES {
                return Err(room("classes"));
            }
            classes.push(Class {
                kind: member.kind,
                model: at,
            });
            known.insert(key, class);
            of.push(class);
        }
        Ok((classes, of))
    }
}

/// Fills the tables.
pub(crate) struct Filling<'m, 'f> {
    pub making: &'m Making<'m>,
    pub fixed: &'f Fixed<'m>,
    pub entries: &'f [Entry],
    /// For each counter the places of the values that it tells apart.
    pub values: Vec<BTreeMap<Value, u8>>,
    pub tables: Tables,
}

impl Filling<'_, '_> {
    fn fill(&mut self) -> Result<(), Reason> {
        self.rules()?;
        self.effects()?;
        self.layout()?;
        self.days()
    }

    // ── Rules ──

    fn rules(&mut self) -> Result<(), Reason> {
        let plan = self.making.plan;
        let flat = self.making.flat;
        let (mut scheduled, mut watching) = (0_u8, 0_u8);
        for stratum in &flat.strata {
            let mut places = Vec::new();
            for rule in stratum {
                places.push(u16::try_from(self.tables.rules.len()).map_err(|_| room("rules"))?);
                let next = |bit: &mut u8| {
                    let at = *bit;
                    *bit += 1;
                    (at < 32).then_some(at).ok_or_else(|| room("rules"))
                };
                let way = match plan.rule(*rule).trigger {
                    Trigger::On(_) | Trigger::After { .. } => Way::On,
                    Trigger::At(_) => Way::At(next(&mut scheduled)?),
                    Trigger::When(_) => Way::When(next(&mut watching)?),
                    Trigger::While(_) => Way::While(next(&mut watching)?),
                };
                let table = self.rule(*rule, way)?;
                self.tables.rules.push(table);
                self.tables.named.push(*rule);
            }
            self.tables.strata.push(places);
        }
        Ok(())
    }

    fn rule(&mut self, at: RuleIx, way: Way) -> Result<RuleTable, Reason> {
        let plan = self.making.plan;
        let rule = plan.rule(at);
        let counters = self.making.flat.counters.iter().enumerate();
        let mut table = RuleTable {
            last_time: counters
                .filter(|(_, counter)| counter.rule == Some(at))
                .map(|(place, _)| u8::try_from(place).map_err(|_| room("counters")))
                .collect::<Result<_, _>>()?,
            moves: rule
                .moves
                .iter()
                .fold(0, |bits, ladder| bits | bit(ladder.at())),
            way,
            ..RuleTable::default()
        };
        for class in self.tables.classes.clone() {
            let condition = self.condition(at, &class)?;
            table.concerns.push(rule.subjects.contains(&class.kind));
            table.restless.push(self.restless(condition, false));
            table.condition.push(condition);
            let then = rule.then.iter().map(|action| self.act(action, &class));
            table.then.push(then.collect::<Result<_, _>>()?);
        }
        Ok(table)
    }

    fn condition(&mut self, at: RuleIx, class: &Class) -> Result<CondIx, Reason> {
        let rule = self.making.plan.rule(at);
        if !rule.subjects.contains(&class.kind) {
            return self.tables.conditions.fixed(Answer::No);
        }
        let watched = match rule.trigger {
            Trigger::When(condition) | Trigger::While(condition) => Some(condition),
            Trigger::On(_) | Trigger::At(_) | Trigger::After { .. } => None,
        };
        let mut folding = Folding {
            plan: self.making.plan,
            flat: self.making.flat,
            fixed: self.fixed,
            class,
            rule: at,
            conditions: &mut self.tables.conditions,
        };
        let mut all = folding.conditions.fixed(Answer::Yes)?;
        for node in watched.into_iter().chain(rule.condition) {
            let one = folding.condition(node, false)?;
            all = folding.conditions.both(all, one)?;
        }
        Ok(all)
    }

    /// True if a condition may become true though nothing changes the row: a clock runs on, a window
    /// goes on and holds less.
    fn restless(&self, condition: CondIx, negative: bool) -> bool {
        match self.tables.conditions.list[usize::from(condition)] {
            // The end of an outcome stirs whoever asks for it.
            Cond::Fixed(_) | Cond::Standing { .. } | Cond::InForce { .. } => false,
            Cond::Not(inner) => self.restless(inner, !negative),
            Cond::And(left, right) | Cond::Or(left, right) => {
                self.restless(left, negative) || self.restless(right, negative)
            }
            Cond::Held { .. } => !negative,
            Cond::Count {
                counter,
                comparison,
                ..
            } => {
                let counter = &self.making.flat.counters[usize::from(counter)];
                let ends = counter.period.is_some() || counter.last.is_some();
                let grows = match comparison {
                    Comparison::Ge | Comparison::Gt => !negative,
                    Comparison::Lt | Comparison::Le => negative,
                    Comparison::Is | Comparison::IsNot => false,
                };
                // Negative amounts make a sum go both ways.
                let sums = matches!(counter.counts, Counts::Sum(_));
                ends && (!grows || sums)
            }
        }
    }

    fn act(&mut self, action: &Action, class: &Class) -> Result<Act, Reason> {
        Ok(match action {
            Action::Status(ladder, status) => Act::Issue {
                ladder: u8::try_from(ladder.at()).map_err(|_| room("ladders"))?,
                status: *status,
            },
            Action::End(outcome) => Act::End(*outcome),
            Action::Event(event, _) => Act::Event(*event),
            Action::Impose(imposition) => {
                let outcome = imposition.outcome;
                match &imposition.extent {
                    None if self.making.plan.outcomes[outcome.at()].ended => Act::Open(outcome),
                    None => Act::Moment(outcome),
                    Some(Extent::For(length)) => {
                        match self.fixed.value(*length, Some(class.model), None) {
                            Some(Value::Duration(length)) if !working(length) => {
                                let length = self.tables.conditions.length(length)?;
                                Act::For { outcome, length }
                            }
                            _ => return Err(room("lengths")),
                        }
                    }
                    Some(Extent::UntilEndOf(pol_plan::Period::Calendar(period))) => {
                        let period = self.period(*period)?;
                        Act::UntilEndOf { outcome, period }
                    }
                    Some(_) => return Err(room("extents")),
                }
            }
            Action::Set(..) => return Err(room("actions")),
        })
    }

    pub(crate) fn period(&mut self, period: Period) -> Result<u8, Reason> {
        let periods = &mut self.tables.days.periods;
        let at = periods.iter().position(|one| *one == period);
        let at = at.unwrap_or_else(|| {
            periods.push(period);
            periods.len() - 1
        });
        u8::try_from(at).map_err(|_| room("periods"))
    }
}

/// True if a length goes by a calendar of working days.
pub(crate) fn working(length: pol_calendar::Duration) -> bool {
    matches!(length, pol_calendar::Duration::WorkingDays { .. })
}
