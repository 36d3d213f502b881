//! Parts of a register that never learn of each other.
//!
//! Members are tied to each other where one can see what happens to the other: by an entry about
//! both, by a pattern or condition about members within a subject, by a rank among a kind. Groups of
//! tied members are put together into parts of some size, in the order of the register, so that
//! the parts are the same however many threads run them. Too many ties cost time; a tie too few would
//! be a wrong answer.

use crate::about::About;
use crate::part::{Part, Seats};
use petgraph::unionfind::UnionFind;
use pol_model::{Arrivals, Entry, EntryIx, KindIx, MemberIx, Register};
use pol_plan::{Duty, DutyTime, Node, Plan};
use std::sync::Arc;

/// How many members and entries a part holds at least. Each part looks at its days by itself: small
/// parts look at more days in all, large ones hold more at a time.
pub(crate) const SIZE: usize = 12_000;

/// The parts of a register, each with the entries that are told in it.
pub(crate) struct Parts {
    /// Who belongs to each part.
    pub members: Vec<Part>,
    /// The entries of each part.
    pub arrivals: Vec<Arrivals>,
}

/// Members tied to each other.
struct Ties<'a> {
    plan: &'a Plan,
    register: &'a Register,
    groups: UnionFind<usize>,
}

impl Parts {
    /// The parts of a register for a plan and its entries, each of at least so many members and
    /// entries; the entries, if there is only one part.
    pub(crate) fn of(
        size: usize,
        about: &About<'_>,
        entries: &[Entry],
        arrivals: Arrivals,
    ) -> Result<Self, Arrivals> {
        let (plan, register) = (about.plan(), about.register());
        let count = arrivals
            .days
            .values()
            .map(|day| day.events.len() + day.decisions.len());
        let weight = register.members.len() + count.sum::<usize>();
        if weight < 2 * size || register.members.len() < 2 || !can_be_parted(plan) {
            return Err(arrivals);
        }
        let mut ties = Ties {
            plan,
            register,
            groups: UnionFind::new(register.members.len()),
        };
        ties.by_the_plan();
        let Some(homes) = ties.by_entries(about, entries, &arrivals) else {
            return Err(arrivals);
        };
        let groups = ties.groups.into_labeling();
        let mut weights = vec![1_usize; groups.len()];
        for home in homes.iter().flatten() {
            weights[home.at()] += 1;
        }
        let seats = seats(&groups, &weights, size);
        let parts = seats.iter().map(|(part, _)| part + 1).max().unwrap_or(1);
        if parts < 2 {
            return Err(arrivals);
        }
        let seats: Arc<[(u32, u32)]> = seats.into();
        let mut members = vec![Vec::new(); parts as usize];
        for member in register.indices() {
            members[seats[member.at()].0 as usize].push(member);
        }
        let part_of = |entry: EntryIx| {
            let home = homes.get(entry.at()).copied().flatten();
            home.map_or(0, |home| seats[home.at()].0 as usize)
        };
        let arrivals = arrivals.deal(parts as usize, part_of);
        let seated = |(part, members)| {
            let all = Arc::clone(&seats);
            Part::new(members, Seats::Of { part, all })
        };
        Ok(Self {
            members: (0_u32..).zip(members).map(seated).collect(),
            arrivals,
        })
    }
}

/// False if something is owed by nobody in particular: then every entry may meet it.
fn can_be_parted(plan: &Plan) -> bool {
    let of_nobody = |duty: &Duty| duty.kinds.is_empty() && duty.condition.is_none();
    // A duty that an event starts is about the subjects of the event.
    let started = |duty: &Duty| matches!(duty.time, DutyTime::Within(..));
    let mut duties = plan.duties.iter();
    duties.all(|duty| !of_nobody(duty) || started(duty))
}

impl Ties<'_> {
    /// Ties that the plan makes between members, whatever happens.
    fn by_the_plan(&mut self) {
        let mut within = self.plan.patterns.iter().any(|pattern| pattern.within_it);
        for node in &self.plan.nodes {
            match node {
                Node::Share(..) | Node::Members(..) => within = true,
                Node::Rank(rank) => self.kind(rank.among),
                _ => {}
            }
        }
        if within {
            for (at, member) in self.register.members.iter().enumerate() {
                if let Some(outer) = member.within {
                    self.groups.union(at, outer.at());
                }
            }
        }
    }

    fn kind(&mut self, kind: KindIx) {
        let mut first = None;
        for (at, member) in self.register.members.iter().enumerate() {
            if member.kind == kind {
                self.groups.union(*first.get_or_insert(at), at);
            }
        }
    }

    /// Ties that entries make, and for each entry one of those that it is about. None if an entry about
    /// nobody is corrected to one about somebody.
    fn by_entries(
        &mut self,
        about: &About<'_>,
        entries: &[Entry],
        arrivals: &Arrivals,
    ) -> Option<Vec<Option<MemberIx>>> {
        let mut homes = vec![None; entries.len()];
        let days = arrivals.days.values();
        let taken = days.flat_map(|day| day.events.iter().chain(&day.decisions));
        let withdrawals = arrivals.days.values().flat_map(|day| &day.withdrawals);
        let withdrawn = withdrawals.clone().map(|(old, _)| old);
        for at in taken.chain(withdrawn) {
            homes[at.at()] = self.tied(about.subjects(&entries[at.at()]));
        }
        for (old, correction) in withdrawals {
            let new = correction.and_then(|correction| homes[correction.at()]);
            match (homes[old.at()], new) {
                (Some(old), Some(new)) => {
                    self.groups.union(old.at(), new.at());
                }
                (None, Some(_)) => return None,
                (_, None) => {}
            }
        }
        Some(homes)
    }

    /// Ties some members to each other; the first of them.
    fn tied(&mut self, members: Vec<MemberIx>) -> Option<MemberIx> {
        let mut members = members.into_iter();
        let first = members.next()?;
        for other in members {
            self.groups.union(first.at(), other.at());
        }
        Some(first)
    }
}

/// For each member its part and its place in it: groups in the order of their first members, as many
/// in a part as make its size.
fn seats(groups: &[usize], weights: &[usize], size: usize) -> Vec<(u32, u32)> {
    let mut of_group = vec![0_usize; groups.len()];
    for (group, weight) in groups.iter().zip(weights) {
        of_group[*group] += weight;
    }
    let mut part_of_group: Vec<Option<u32>> = vec![None; groups.len()];
    let (mut part, mut held) = (0_u32, 0_usize);
    let mut taken: Vec<u32> = vec![0];
    let mut seats = Vec::with_capacity(groups.len());
    for group in groups {
        let of = *part_of_group[*group].get_or_insert_with(|| {
            if held >= size {
                part += 1;
                held = 0;
                taken.push(0);
            }
            held += of_group[*group];
            part
        });
        let place = &mut taken[of as usize];
        seats.push((of, *place));
        *place += 1;
    }
    seats
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_stay_together_and_parts_fill_up_in_order() {
        // Members 0 and 3 are one group of weight 5, 1 and 2 stand alone, 4 and 5 are a group.
        let seats = seats(&[0, 1, 2, 0, 4, 4], &[4, 1, 1, 1, 1, 1], 5);
        assert_eq!(seats, [(0, 0), (1, 0), (1, 1), (0, 1), (1, 2), (1, 3)]);
    }
}
