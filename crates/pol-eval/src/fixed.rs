//! What can be told without a record: of a member, an entry, an issue of a status.
//!
//! Promises: the answer that a run would give, by the same code. Refuses: conditions that ask the
//! record or the day; whoever asks sees to that.

use crate::part::Part;
use crate::record::{Happening, Issue, Occurrence};
use crate::scope::Scope;
use crate::world::World;
use pol_calendar::{Date, Span};
use pol_model::{
    Entry, EntryBody, EntryIx, EventIx, LadderIx, MemberIx, Options, OutcomeIx, Quantity, Register,
    Tri, Value,
};
use pol_plan::{NodeIx, PatternIx, Plan, Point};

/// A plan, members and entries that nothing has happened to.
pub struct Fixed<'a> {
    world: World<'a>,
}

/// Something that a pattern may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// An entry.
    Entry(EntryIx),
    /// An issue of a status.
    Issue {
        /// On which ladder.
        ladder: LadderIx,
        /// Which status.
        status: u16,
        /// The standing before.
        was: u16,
        /// The standing after.
        now: u16,
    },
    /// An imposition of an outcome without fields.
    Outcome(OutcomeIx),
    /// A derived event without fields.
    Event(EventIx),
}

impl<'a> Fixed<'a> {
    /// What can be told of these members and entries.
    pub fn new(
        plan: &'a Plan,
        register: &'a Register,
        entries: &'a [Entry],
        options: &Options,
    ) -> Self {
        Self {
            world: World::new(
                plan,
                register,
                Part::everyone(register),
                entries.into(),
                options,
            ),
        }
    }

    /// Whether a condition holds for a member; under `not` if `negative`.
    pub fn truth(&self, node: NodeIx, of: MemberIx, about: Option<Seen>, negative: bool) -> Tri {
        let happening = about.map(|seen| self.happening(seen, of));
        let scope = Scope {
            event: happening.as_ref(),
            negative,
            ..self.scope(Some(of))
        };
        self.world.truth(node, &scope).tri
    }

    /// The value of a node for a member, if it is known.
    pub fn value(&self, node: NodeIx, of: Option<MemberIx>, about: Option<Seen>) -> Option<Value> {
        let happening = about.zip(of).map(|(seen, of)| self.happening(seen, of));
        let scope = Scope {
            event: happening.as_ref(),
            ..self.scope(of)
        };
        match self.world.quantity(node, &scope) {
            Quantity::Known(value) => Some(value),
            Quantity::Between(_) | Quantity::Unknown(_) => None,
        }
    }

    /// Whether a pattern means something that is about a member.
    pub fn means(&self, pattern: PatternIx, seen: Seen, of: MemberIx) -> Tri {
        let happening = self.happening(seen, of);
        let scope = self.scope(Some(of));
        self.world.matches(pattern, &happening, &scope).tri
    }

    /// The days within a span on which a point lies, for a point that is the same for everyone.
    pub fn days(&self, point: &Point, within: Span) -> Option<Vec<Date>> {
        let days = self
            .world
            .occurrences(point, None, within, &self.scope(None));
        days.ok()
    }

    fn scope(&self, of: Option<MemberIx>) -> Scope<'static> {
        let day = self.world.plan.counting_from;
        Scope::of(of, day, self.world.present(day))
    }

    fn happening(&self, seen: Seen, of: MemberIx) -> Happening {
        let what = match seen {
            Seen::Entry(entry) => match &self.world.entries[entry.at()].body {
                EntryBody::Event { event, .. } => Occurrence::Event(*event),
                // Decisions and withdrawals are no events: no kind of entry has this place.
                EntryBody::Decision { .. } | EntryBody::Withdrawal { .. } => {
                    Occurrence::Event(EventIx(u16::MAX))
                }
            },
            Seen::Issue {
                ladder,
                status,
                was,
                now,
            } => Occurrence::Status(Issue {
                ladder,
                status,
                raises: status > 0,
                was,
                now,
            }),
            Seen::Outcome(outcome) => Occurrence::Outcome(outcome),
            Seen::Event(event) => Occurrence::Event(event),
        };
        let entry = match seen {
            Seen::Entry(entry) => Some(entry),
            Seen::Issue { .. } | Seen::Outcome(_) | Seen::Event(_) => None,
        };
        let day = self.world.plan.counting_from;
        Happening {
            subjects: vec![of],
            entry,
            ..Happening::on(what, day, day)
        }
    }
}
