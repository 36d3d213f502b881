//! POL0421: two rules that fight over one ladder at one moment.
//!
//! Rules that a body decides take no part: a decision comes after the entries of its day. A fight is
//! told only where one of the rules acts whenever the other does at that standing; what rests on
//! counts, filters and attributes may exclude each other, and is left alone.

use super::possible::Subject;
use crate::analysis::happening::happenings;
use crate::hir::{
    Action, EventSource, ExprKind, Pattern, Period, Point, PointBase, Policy, Rule, Trigger,
};
use pol_calendar::Period as Calendar;
use pol_model::{LadderIx, Value};
use pol_syntax::{Code, Diagnostic, Text};
use std::collections::BTreeSet;

pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (at, ladder) in (0..).map(LadderIx).take(policy.ladders.len()).enumerate() {
        let statuses = policy.ladders[at].statuses;
        let standing = Subject {
            is: ExprKind::Standing(ladder),
            values: statuses,
        };
        let movers: Vec<Mover<'_>> = policy
            .rules
            .iter()
            .filter_map(|rule| Mover::of(policy, rule, ladder, &standing))
            .collect();
        for (at, one) in movers.iter().enumerate() {
            for other in &movers[at + 1..] {
                let kinds = &one.rule.subjects;
                if !kinds.iter().any(|kind| other.rule.subjects.contains(kind)) {
                    continue;
                }
                let all = standing.all(policy);
                if meet(one, other)
                    && let Some(from) = all.iter().find(|from| one.fights(other, **from))
                {
                    findings.push(fight(policy, ladder, one, other, *from));
                }
            }
        }
    }
    findings
}

/// A rule that moves a ladder by itself.
struct Mover<'p> {
    rule: &'p Rule,
    /// Where it leads: to the status at least, or to it exactly.
    to: u16,
    raises: bool,
    /// The standings at which it may act, and those at which it surely does.
    may: BTreeSet<u16>,
    must: BTreeSet<u16>,
    /// The happenings that it waits for; of a scheduled rule none.
    on: Vec<(&'p Pattern, BTreeSet<EventSource>)>,
}

impl<'p> Mover<'p> {
    fn of(policy: &Policy, rule: &'p Rule, ladder: LadderIx, standing: &Subject) -> Option<Self> {
        if rule.decided_by.is_some() {
            return None;
        }
        let (to, raises) = rule.then.iter().find_map(|action| match action {
            Action::Status(of, status) if *of == ladder => Some((*status, *status > 0)),
            Action::Set(of, value) if *of == ladder => match value.kind {
                ExprKind::Const(Value::Symbol(_, status)) => Some((status, false)),
                _ => None,
            },
            _ => None,
        })?;
        let on = match &rule.trigger {
            Trigger::On(patterns) => patterns
                .iter()
                .map(|pattern| (pattern, happenings(policy, &pattern.source)))
                .collect(),
            Trigger::At(_) => Vec::new(),
            Trigger::When(_) | Trigger::While(_) | Trigger::After(..) => return None,
        };
        let all = standing.all(policy);
        let (may, must) = match &rule.condition {
            Some(condition) => {
                let possible = standing.possible(policy, condition);
                (possible.may, possible.must)
            }
            None => (all.clone(), all),
        };
        Some(Self {
            rule,
            to,
            raises,
            may,
            must,
            on,
        })
    }

    /// Where it leads from a standing, if it acts.
    fn leads(&self, from: u16) -> u16 {
        if self.raises {
            from.max(self.to)
        } else {
            self.to
        }
    }

    /// True if both act at one moment and want different things of it.
    fn fights(&self, other: &Self, from: u16) -> bool {
        let both = self.must.contains(&from) && other.may.contains(&from)
            || other.must.contains(&from) && self.may.contains(&from);
        let (one, two) = (self.leads(from), other.leads(from));
        both && one != two && one != from && two != from && !(self.raises && other.raises)
    }
}

/// True if one moment surely sets off both: an event that one of them takes without asking, or a
/// point in time.
fn meet(one: &Mover<'_>, other: &Mover<'_>) -> bool {
    if let (Trigger::At(points), Trigger::At(others)) = (&one.rule.trigger, &other.rule.trigger) {
        let coincide = |point| others.iter().any(|other| coincide(point, other));
        return points.iter().any(coincide);
    }
    let takes_all = |pattern: &Pattern| {
        pattern.filter.is_none() && matches!(pattern.source, EventSource::Event(_))
    };
    one.on.iter().any(|(pattern, own)| {
        other.on.iter().any(|(another, theirs)| {
            !own.is_disjoint(theirs) && (takes_all(pattern) || takes_all(another))
        })
    })
}

/// True if two points lie on one day again and again.
fn coincide(one: &Point, other: &Point) -> bool {
    if !one.offsets.is_empty() || !other.offsets.is_empty() {
        return false;
    }
    let turns = |period: &Period| {
        matches!(
            period,
            Period::Calendar(Calendar::Month | Calendar::Quarter | Calendar::Half | Calendar::Year)
        )
    };
    match (&one.base, &other.base) {
        (PointBase::EndOfEach(one), PointBase::EndOfEach(other)) => {
            one == other || turns(one) && turns(other)
        }
        (PointBase::FieldOf(..) | PointBase::Attribute(_), _) => false,
        (one, other) => one == other,
    }
}

fn names(policy: &Policy, ladder: LadderIx, status: u16) -> &str {
    let statuses = policy.ladders[ladder.at()].statuses;
    let status = policy.enums[statuses.at()].values.get(usize::from(status));
    status.map_or("", |status| &status.name)
}

fn fight(
    policy: &Policy,
    ladder: LadderIx,
    one: &Mover<'_>,
    other: &Mover<'_>,
    from: u16,
) -> Diagnostic {
    let (a, b) = (&one.rule.named, &other.rule.named);
    let from = names(policy, ladder, from);
    let leads = |mover: &Mover<'_>| names(policy, ladder, mover.to).to_owned();
    let label = |mover: &Mover<'_>| {
        Text::new(
            format!("leads from `{from}` to `{}`", leads(mover)),
            format!("从`{from}`到`{}`", leads(mover)),
        )
    };
    Diagnostic::warning(
        Code::RIVALS,
        Text::new(
            format!(
                "`{}` and `{}` move `{}` at one moment",
                a.name,
                b.name,
                policy.ladders[ladder.at()].named.name
            ),
            format!(
                "`{}`和`{}`会同时变动`{}`",
                a.name,
                b.name,
                policy.ladders[ladder.at()].named.name
            ),
        ),
        b.span,
        label(other),
    )
    .with_label(a.span, label(one))
    .with_help(Text::new(
        "one moment moves a ladder once, and the higher status wins; ask in one of them for what \
         the other does not take",
        "同一时刻只变动一次，以较高的状态为准；请在其中一条中写明另一条不管的条件",
    ))
}
