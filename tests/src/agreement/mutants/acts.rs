//! Faults that an evaluator may have in how it understands rules, duties, tables and declarations.

use super::places::{
    Fault, actions, duties, emptied, extents, first_only, longer, places, points, rules,
};
use super::walk::Place;
use pol::hir::{Action, DutyTime, Expr, ExprKind, Extent, PointBase, Table, Trigger};
use pol_model::Value;

/// All of them.
pub(super) const FAULTS: &[Fault] = &[
    ("the last action is left out", |it| {
        actions(it, |actions| actions.len() > 1 && actions.pop().is_some())
    }),
    ("nothing is ended", |it| {
        actions(it, |actions| {
            let before = actions.len();
            actions.retain(|action| !matches!(action, Action::End(_)));
            actions.len() < before
        })
    }),
    ("a status is set, not raised", |it| {
        let enums: Vec<_> = it.ladders.iter().map(|ladder| ladder.statuses).collect();
        actions(it, |actions| {
            let mut changed = false;
            for action in actions {
                if let Action::Status(ladder, status) = *action
                    && status > 0
                {
                    let statuses = enums[ladder.at()];
                    let value = Expr {
                        kind: ExprKind::Const(Value::Symbol(statuses, status)),
                        ty: pol::hir::Type::Enum(statuses),
                        span: pol_syntax::Span::default(),
                    };
                    *action = Action::Set(ladder, value);
                    changed = true;
                }
            }
            changed
        })
    }),
    ("a status is one higher", |it| {
        actions(it, |actions| {
            let mut changed = false;
            for action in actions {
                if let Action::Status(_, status @ 1) = action {
                    *status += 1;
                    changed = true;
                }
            }
            changed
        })
    }),
    ("an outcome has no extent", |it| {
        extents(it, |extent| extent.take().is_some())
    }),
    ("for is one longer", |it| {
        extents(it, |extent| match extent {
            Some(Extent::For(length)) => longer(length, 1),
            _ => false,
        })
    }),
    ("for is one shorter", |it| {
        extents(it, |extent| match extent {
            Some(Extent::For(length)) => longer(length, -1),
            _ => false,
        })
    }),
    ("for events is until the event", |it| {
        extents(it, |extent| {
            if let Some(Extent::ForEvents(_, pattern)) = extent {
                *extent = Some(Extent::Until(pattern.clone()));
                return true;
            }
            false
        })
    }),
    ("a condition is left out", |it| {
        rules(it, |rule| rule.condition.take().is_some())
    }),
    ("nobody decides", |it| {
        rules(it, |rule| rule.decided_by.take().is_some())
    }),
    ("a refusal does nothing", |it| {
        rules(it, |rule| emptied(&mut rule.otherwise))
    }),
    ("a refusal does what an approval does", |it| {
        rules(it, |rule| {
            let changed = rule.decided_by.is_some() && rule.otherwise != rule.then;
            if changed {
                rule.otherwise.clone_from(&rule.then);
            }
            changed
        })
    }),
    ("only the first event triggers", |it| {
        rules(it, |rule| match &mut rule.trigger {
            Trigger::On(patterns) | Trigger::After(_, patterns, _) => first_only(patterns),
            _ => false,
        })
    }),
    ("nothing prevents", |it| {
        rules(it, |rule| match &mut rule.trigger {
            Trigger::After(_, _, unless) => emptied(unless),
            _ => false,
        })
    }),
    ("after is at once", |it| {
        rules(it, |rule| {
            if let Trigger::After(_, patterns, _) = &rule.trigger {
                rule.trigger = Trigger::On(patterns.clone());
                return true;
            }
            false
        })
    }),
    ("when is while the condition holds", |it| {
        rules(it, |rule| {
            if let Trigger::When(condition) = &rule.trigger
                && rule.decided_by.is_none()
            {
                rule.trigger = Trigger::While(condition.clone());
                return true;
            }
            false
        })
    }),
    ("only the first point", |it| {
        rules(it, |rule| match &mut rule.trigger {
            Trigger::At(points) => first_only(points),
            _ => false,
        })
    }),
    ("a point has no offset", |it| {
        points(it, |point| emptied(&mut point.offsets))
    }),
    ("a day of the month is the next", |it| {
        points(it, |point| match &mut point.base {
            PointBase::EachMonth(day) if *day < 31 => {
                *day += 1;
                true
            }
            _ => false,
        })
    }),
    ("a weekday is the next", |it| {
        points(it, |point| match &mut point.base {
            PointBase::EachWeek(day) => {
                *day = *day % 7 + 1;
                true
            }
            _ => false,
        })
    }),
    ("a day of the year is the next", |it| {
        points(it, |point| match &mut point.base {
            PointBase::EachYear(_, day) if *day < 28 => {
                *day += 1;
                true
            }
            _ => false,
        })
    }),
    ("a fixed day is the next", |it| {
        points(it, |point| match &mut point.base {
            PointBase::Date(day) => {
                *day = day.succ_opt().unwrap_or(*day);
                true
            }
            _ => false,
        })
    }),
    ("a duty is never suspended", |it| {
        duties(it, |duty| duty.condition.take().is_some())
    }),
    ("a duty runs beside its phase", |it| {
        duties(it, |duty| emptied(&mut duty.phases))
    }),
    ("a duty is never extended", |it| {
        duties(it, |duty| emptied(&mut duty.extended))
    }),
    ("a duty is met by the first only", |it| {
        duties(it, |duty| first_only(&mut duty.met_by))
    }),
    ("a duty is never met", |it| {
        duties(it, |duty| emptied(&mut duty.met_by))
    }),
    ("in principle is strict", |it| {
        duties(it, |duty| std::mem::take(&mut duty.in_principle))
    }),
    ("strict is in principle", |it| {
        duties(it, |duty| !std::mem::replace(&mut duty.in_principle, true))
    }),
    ("by a point is on it", |it| {
        duties(it, |duty| {
            if let DutyTime::By(points) = &duty.time {
                duty.time = DutyTime::On(points.clone());
                return true;
            }
            false
        })
    }),
    ("on a point is by it", |it| {
        duties(it, |duty| {
            if let DutyTime::On(points) = &duty.time {
                duty.time = DutyTime::By(points.clone());
                return true;
            }
            false
        })
    }),
    ("a property is turned round", |it| {
        let mut changed = false;
        for never in &mut it.nevers {
            let inner = never.condition.clone();
            never.condition.kind = ExprKind::Not(Box::new(inner));
            changed = true;
        }
        changed
    }),
    ("the last row of a table is left out", |it| {
        places(it, |place| match place {
            Place::Table(Table::Rows(_, rows)) => rows.pop().is_some(),
            Place::Table(Table::Dates(rows)) => rows.pop().is_some(),
            _ => false,
        })
    }),
    ("the rows of a table in another order", |it| {
        places(it, |place| match place {
            Place::Table(Table::Rows(_, rows)) => {
                let ordered = rows.iter().any(|row| row.keys.is_empty());
                if ordered {
                    rows.reverse();
                }
                ordered
            }
            _ => false,
        })
    }),
    ("dates of a table a day later", |it| {
        places(it, |place| {
            let Place::Table(Table::Dates(rows)) = place else {
                return false;
            };
            for (from, until) in rows.iter_mut().flat_map(|row| &mut row.spans) {
                *from = from.succ_opt().unwrap_or(*from);
                *until = until.and_then(|until| until.succ_opt());
            }
            true
        })
    }),
    ("a phase ends a day sooner", |it| {
        let mut changed = false;
        for (_, until) in it.phases.iter_mut().flat_map(|phase| &mut phase.spans) {
            changed |= until.is_some();
            *until = until.and_then(|until| until.pred_opt());
        }
        changed
    }),
    ("a phase begins a day later", |it| {
        let mut changed = false;
        for (from, _) in it.phases.iter_mut().flat_map(|phase| &mut phase.spans) {
            *from = from.succ_opt().unwrap_or(*from);
            changed = true;
        }
        changed
    }),
    ("everything of a kind qualifies", |it| {
        let mut changed = false;
        for item in it.catalogues.iter_mut().flat_map(|one| &mut one.items) {
            for branch in &mut item.branches {
                changed |= branch.condition.take().is_some();
            }
        }
        changed
    }),
    ("branches are not told apart", |it| {
        let mut changed = false;
        for item in it.catalogues.iter_mut().flat_map(|one| &mut one.items) {
            changed |= first_only(&mut item.branches);
        }
        changed
    }),
    ("of every is of none", |it| {
        let mut changed = false;
        for of in it.events.iter_mut().flat_map(|event| &mut event.of) {
            changed |= std::mem::take(&mut of.every);
        }
        changed
    }),
    ("of one and every is of one", |it| {
        let mut changed = false;
        for of in it.events.iter_mut().flat_map(|event| &mut event.of) {
            changed |= of.and_every.take().is_some();
        }
        changed
    }),
    ("rules look in the opposite order", |it| {
        it.strata.reverse();
        it.strata.len() > 1
    }),
    ("rules look in the order of the text", |it| {
        let before = std::mem::take(&mut it.strata);
        let mut rules = before.concat();
        rules.sort_unstable();
        it.strata = vec![rules];
        it.strata.concat() != before.concat()
    }),
    ("rules act a day later", |it| {
        it.effective = it.effective.succ_opt().unwrap_or(it.effective);
        true
    }),
    ("the record is complete from the start only", |it| {
        let changed = it.counting_from < it.effective;
        it.counting_from = it.effective;
        changed
    }),
];
