//! Runs that know more than they are asked: through a later day, or with one more member. Of what
//! was asked they must say the same.

use super::evaluator::{Evaluator, Given, Said};
use super::pair::later;
use pol_model::{MemberIx, Report};
use pol_plan::{Node, Plan};
use std::sync::Arc;

/// An evaluator of which only the records are taken, not what is open at the end.
#[derive(Debug, Clone, Copy)]
pub struct Records<E>(pub E);

impl<E: Evaluator> Evaluator for Records<E> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn evaluate(&self, given: Given<'_>) -> Said {
        let report = self.0.evaluate(given)?;
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

    fn evaluate(&self, given: Given<'_>) -> Said {
        let last = given.options.as_of;
        let mut longer = given.options.clone();
        longer.as_of = later(last, 40);
        let options = &longer;
        let Ok(mut report) = self.0.evaluate(Given { options, ..given }) else {
            // What is wrong may be wrong later only.
            return Records(&self.0).evaluate(given);
        };
        report.records.retain(|record| record.known <= last);
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

    fn evaluate(&self, given: Given<'_>) -> Said {
        let Given {
            policy, register, ..
        } = given;
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
        let mut report = self.0.evaluate(Given {
            register: &crowded,
            ..given
        })?;
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

    fn evaluate(&self, given: Given<'_>) -> Said {
        (**self).evaluate(given)
    }
}
