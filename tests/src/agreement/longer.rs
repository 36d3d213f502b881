//! Runs that know more than they are asked: through a later day, or with one more member. Of what
//! was asked they must say the same.

use super::evaluator::{Evaluator, Said};
use super::pair::later;
use pol::hir::Policy;
use pol_model::{Entry, MemberIx, Options, Register, Report};
use pol_plan::{Node, Plan};
use std::sync::Arc;

/// An evaluator of which only the records are taken, not what is open at the end.
#[derive(Debug, Clone, Copy)]
pub struct Records<E>(pub E);

impl<E: Evaluator> Evaluator for Records<E> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        let report = self.0.evaluate(policy, register, entries, options)?;
        Ok(Report {
            records: report.records,
            ..Report::default()
        })
    }
}

/// An evaluator that runs on for some weeks. What was said on a day is never rewritten for that day.
#[derive(Debug, Clone, Copy)]
pub struct Longer<E>(pub E);

impl<E: Evaluator> Evaluator for Longer<E> {
    fn name(&self) -> &'static str {
        "longer"
    }

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        let mut longer = options.clone();
        longer.as_of = later(options.as_of, 40);
        let Ok(mut report) = self.0.evaluate(policy, register, entries, &longer) else {
            // What is wrong may be wrong later only.
            return Records(&self.0).evaluate(policy, register, entries, options);
        };
        report
            .records
            .retain(|record| record.known <= options.as_of);
        Ok(Report {
            records: report.records,
            ..Report::default()
        })
    }
}

/// An evaluator that is given one more member of each kind, about whom nothing is on record. Where
/// members are not compared with each other, nothing changes for the others.
#[derive(Debug, Clone, Copy)]
pub struct Crowded<E>(pub E);

impl<E: Evaluator> Evaluator for Crowded<E> {
    fn name(&self) -> &'static str {
        "crowded"
    }

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        let mut crowded = register.clone();
        let compares =
            |node: &Node| matches!(node, Node::Rank(_) | Node::Share(..) | Node::Members(..));
        if !Plan::of(policy).nodes.iter().any(compares) {
            for kind in 0..policy.kinds.len() {
                let of_kind = |member: &&pol_model::Member| member.kind.at() == kind;
                if let Some(like) = register.members.iter().find(of_kind) {
                    let mut stranger = like.clone();
                    stranger.id = Arc::from(format!("stranger{kind}"));
                    crowded.members.push(stranger);
                }
            }
        }
        let known = |member: MemberIx| member.at() < register.members.len();
        let mut report = self.0.evaluate(policy, &crowded, entries, options)?;
        let about = |subject: Option<MemberIx>| subject.is_none_or(known);
        report.records.retain(|record| about(record.subject));
        report.standings.retain(|line| known(line.subject));
        report.in_force.retain(|line| known(line.subject));
        report.duties.retain(|line| about(line.subject));
        report.proposals.retain(|line| known(line.subject));
        Ok(report)
    }
}

impl<E: Evaluator + ?Sized> Evaluator for &E {
    fn name(&self) -> &'static str {
        (**self).name()
    }

    fn evaluate(
        &self,
        policy: &Policy,
        register: &Register,
        entries: &[Entry],
        options: &Options,
    ) -> Said {
        (**self).evaluate(policy, register, entries, options)
    }
}
