//! Conditions, values, parameters, shares and places.

use crate::record::{Gone, Subject, View};
use crate::scope::Scope;
use crate::world::World;
use pol_model::compute::{self, Comparison};
use pol_model::{
    Between, Cause, EntryIx, EnumIx, KindIx, LadderIx, MemberIx, Number, OutcomeIx, ParamIx,
    Quantity, Tri, Truth, Value,
};
use pol_plan::{Node, NodeIx, Param, Rank, Table, TableRow};
use std::cmp::Ordering;
use std::collections::BTreeSet;

impl World<'_> {
    /// Whether a condition holds.
    pub(crate) fn truth(&self, node: NodeIx, scope: &Scope<'_>) -> Truth {
        match self.plan.node(node) {
            Node::Not(inner) => self.truth(*inner, &scope.negated()).negated(),
            Node::And(left, right) => match self.truth(*left, scope) {
                no if no.tri == Tri::No => no,
                left => left.and(self.truth(*right, scope)),
            },
            Node::Or(left, right) => match self.truth(*left, scope) {
                yes if yes.tri == Tri::Yes => yes,
                left => left.or(self.truth(*right, scope)),
            },
            Node::Compare(comparison, left, right) => {
                let (left, right) = (self.quantity(*left, scope), self.quantity(*right, scope));
                compute::compare(*comparison, left, right, scope.negative)
            }
            Node::In(value, among) => {
                let value = self.quantity(*value, scope);
                let mut found = Truth::of(false);
                for one in among {
                    let one = self.quantity(*one, scope);
                    let is = compute::compare(Comparison::Is, value.clone(), one, scope.negative);
                    found = found.or(is);
                    if found.holds() {
                        break;
                    }
                }
                found
            }
            Node::Held(clock, duration) => self.held(*clock, *duration, scope),
            Node::InForce(outcome) => {
                let subject = scope.subject;
                Truth::of(subject.is_some_and(|subject| self.in_force(*outcome, subject, scope)))
            }
            Node::During(phases) => Truth::of(self.in_phases(phases, scope.day)),
            Node::Any(accumulator) => match self.accumulated(*accumulator, scope) {
                // `latest improved of round` is a yes or no of its own.
                Quantity::Known(Value::Bool(known)) => Truth::of(known),
                count => {
                    let one = Quantity::number(Number::whole(1));
                    compute::compare(Comparison::Ge, count, one, scope.negative)
                }
            },
            _ => match self.quantity(node, scope) {
                Quantity::Known(Value::Bool(known)) => Truth::of(known),
                Quantity::Unknown(causes) => Truth::unknown(causes),
                Quantity::Known(_) | Quantity::Between(_) => Truth::of(false),
            },
        }
    }

    /// The value of a node.
    pub(crate) fn quantity(&self, node: NodeIx, scope: &Scope<'_>) -> Quantity {
        match self.plan.node(node) {
            Node::Const(value) => Quantity::Known(value.clone()),
            Node::Field(key) => self.field(key, scope),
            Node::FieldAttr(key, attribute) => match self.field(key, scope) {
                Quantity::Known(Value::Member(member)) => self.attribute(member, *attribute, scope),
                other => other,
            },
            Node::Attr(kind, attribute) => match self.subject_of_kind(*kind, scope) {
                Some(member) => self.attribute(member, *attribute, scope),
                None => self.no_attribute(*kind, *attribute, scope),
            },
            Node::Standing(ladder) => {
                let status = scope
                    .subject
                    .map_or(0, |subject| self.standing(*ladder, subject, scope));
                Quantity::Known(Value::Symbol(
                    self.plan.ladders[ladder.at()].statuses,
                    status,
                ))
            }
            Node::Reading(reading) => Quantity::Known(self.answer(*reading)),
            Node::Param(param) => self.param(*param, scope),
            Node::Negate(inner) => {
                let nought = Quantity::number(Number::ZERO);
                let inner = self.quantity(*inner, scope);
                self.reckon(compute::Arithmetic::Sub, nought, inner, scope)
            }
            Node::Reckon(how, left, right) => {
                let (left, right) = (self.quantity(*left, scope), self.quantity(*right, scope));
                self.reckon(*how, left, right, scope)
            }
            Node::Higher(values) => self.extreme(values, Ordering::Greater, scope),
            Node::Lower(values) => self.extreme(values, Ordering::Less, scope),
            Node::Accumulated(accumulator) => self.accumulated(*accumulator, scope),
            Node::Share(kind, condition) => self.satisfying(*kind, *condition, true, scope),
            Node::Members(kind, condition) => self.satisfying(*kind, *condition, false, scope),
            Node::Rank(rank) => self.rank(rank, scope),
            Node::Not(_)
            | Node::And(..)
            | Node::Or(..)
            | Node::Compare(..)
            | Node::In(..)
            | Node::Held(..)
            | Node::InForce(_)
            | Node::During(_)
            | Node::Any(_) => {
                let truth = self.truth(node, scope);
                match truth.tri {
                    Tri::Yes => Quantity::Known(Value::Bool(true)),
                    Tri::No => Quantity::Known(Value::Bool(false)),
                    Tri::Unknown => Quantity::Unknown(truth.causes),
                }
            }
        }
    }

    fn reckon(
        &self,
        how: compute::Arithmetic,
        left: Quantity,
        right: Quantity,
        scope: &Scope<'_>,
    ) -> Quantity {
        let top = |scale: EnumIx| usize::from(self.plan.tops[scale.at()]);
        let entry = Self::entry_in(scope);
        compute::arithmetic(how, left, right, entry, &self.plan.calendars, top)
    }

    fn extreme(&self, values: &[NodeIx], wanted: Ordering, scope: &Scope<'_>) -> Quantity {
        let mut best: Option<Value> = None;
        for value in values {
            match self.quantity(*value, scope) {
                Quantity::Known(value) => {
                    if best.as_ref().is_none_or(|best| value.cmp(best) == wanted) {
                        best = Some(value);
                    }
                }
                Quantity::Between(between) => return Quantity::Unknown(between.causes),
                Quantity::Unknown(causes) => return Quantity::Unknown(causes),
            }
        }
        best.map_or(Quantity::Unknown(Vec::new()), Quantity::Known)
    }

    /// The standing of a subject in a scope.
    fn standing(&self, ladder: LadderIx, subject: MemberIx, scope: &Scope<'_>) -> u16 {
        let limit = match scope.found {
            Some((ladders, moment)) if ladders.contains(&ladder) => moment.min(scope.view.limit),
            _ => scope.view.limit,
        };
        let view = View {
            limit,
            ..scope.view
        };
        self.standing_on(ladder, subject, view)
    }

    /// The standing on a given record: the one that the subject came with, moved by every issue.
    pub(crate) fn standing_on(&self, ladder: LadderIx, subject: MemberIx, view: View) -> u16 {
        let standings = self.register.member(subject).standings.iter().rev();
        let mut came = standings.filter(|standing| standing.ladder == ladder);
        let mut stands = came.next().map_or(0, |standing| standing.status);
        for (happening, issue) in self.issues(ladder, subject) {
            if view.shows(happening) {
                stands = if issue.raises {
                    stands.max(issue.status)
                } else {
                    issue.status
                };
            }
        }
        stands
    }

    /// True if an outcome is in force for a subject on the scope's day.
    fn in_force(&self, outcome: OutcomeIx, subject: MemberIx, scope: &Scope<'_>) -> bool {
        let mut found = false;
        for at in &self.record.account(Some(subject)).intervals {
            let interval = &self.record.intervals[*at];
            let gone = self.record.happenings[interval.imposed].gone;
            let shown = scope
                .view
                .shows_made(interval.made, gone.filter(|_| scope.view.gone == Gone::Now));
            if interval.outcome == outcome
                && shown
                && interval.from <= scope.day
                && interval.last.is_none_or(|last| scope.day <= last)
            {
                found = true;
                if let Some(last) = interval.last {
                    self.changes_after(last);
                }
            }
        }
        found
    }

    /// The value of a parameter in a scope.
    fn param(&self, param: ParamIx, scope: &Scope<'_>) -> Quantity {
        let param = self.plan.param(param);
        self.table(param, &param.table, scope)
    }

    fn table(&self, param: &Param, table: &Table, scope: &Scope<'_>) -> Quantity {
        let no_row = || {
            let param = param.name.clone();
            Quantity::Unknown(vec![Cause::NoRow { param }])
        };
        match table {
            Table::Value(value) => self.quantity(*value, scope),
            Table::Rows(by, rows) => {
                let Some(by) = param.by.get(*by) else {
                    return no_row();
                };
                let value = self.quantity(*by, scope);
                if let Quantity::Unknown(causes) = value {
                    return Quantity::Unknown(causes);
                }
                // Read from above: an undecided row before one that fits leaves it open.
                for row in rows {
                    let leads = self.leads(row, &value, scope);
                    match leads.tri {
                        Tri::Yes => return self.table(param, &row.table, scope),
                        Tri::No => {}
                        Tri::Unknown => return Quantity::Unknown(leads.causes),
                    }
                }
                no_row()
            }
            Table::Dates(rows) => {
                let day = scope.attribute_day();
                if scope.event.is_none() {
                    for (from, to) in rows.iter().flat_map(|row| &row.spans) {
                        if *from > day {
                            self.changes(*from);
                        } else if let Some(to) = to.filter(|to| *to >= day) {
                            self.changes_after(to);
                        }
                    }
                }
                let row = rows.iter().find(|row| {
                    let mut spans = row.spans.iter();
                    row.spans.is_empty()
                        || spans.any(|(from, to)| *from <= day && to.is_none_or(|to| day <= to))
                });
                row.map_or_else(no_row, |row| self.table(param, &row.table, scope))
            }
        }
    }

    fn leads(&self, row: &TableRow, value: &Quantity, scope: &Scope<'_>) -> Truth {
        if row.keys.is_empty() {
            return Truth::of(true);
        }
        row.keys.iter().fold(Truth::of(false), |found, key| {
            let bound = self.quantity(key.bound, scope);
            found.or(compute::compare(
                key.comparison,
                value.clone(),
                bound,
                scope.negative,
            ))
        })
    }

    /// The members within the subject that satisfy a condition: how many, or which share.
    fn satisfying(
        &self,
        kind: KindIx,
        condition: NodeIx,
        share: bool,
        scope: &Scope<'_>,
    ) -> Quantity {
        let (mut sure, mut possible, mut all) = (0_i128, 0_i128, 0_i128);
        let mut causes = Vec::new();
        for member in self.ranked(kind, scope) {
            let mut outer = self.register.outwards(member);
            if scope
                .subject
                .is_some_and(|subject| !outer.any(|one| one == subject))
            {
                continue;
            }
            all += 1;
            let truth = self.truth(condition, &scope.for_member(member));
            sure += i128::from(truth.tri == Tri::Yes);
            possible += i128::from(truth.tri != Tri::No);
            causes.extend(truth.causes);
        }
        let whole = if share { all } else { 1 };
        let part = |n: i128| Number::whole(n).over(Number::whole(whole));
        let (Some(low), Some(high)) = (part(sure), part(possible)) else {
            return Quantity::Unknown(vec![Cause::DivisionByZero { entry: None }]);
        };
        Between {
            low,
            high,
            causes,
            uncovered: None,
        }
        .settle()
    }

    /// The subject's place among its kind; ties share the better place from either end.
    fn rank(&self, rank: &Rank, scope: &Scope<'_>) -> Quantity {
        // Who has no value has no place, and takes nobody's.
        let value = |member: MemberIx| {
            let scope = scope.for_member(member);
            let asked = rank
                .filter
                .is_none_or(|filter| self.truth(filter, &scope).holds());
            let value = asked.then(|| self.quantity(rank.value, &scope));
            value.and_then(|value| value.known().cloned())
        };
        let values: Vec<(MemberIx, Value)> = self
            .ranked(rank.among, scope)
            .filter_map(|member| Some((member, value(member)?)))
            .collect();
        let own = values
            .iter()
            .find(|(member, _)| Some(*member) == scope.subject);
        let Some((_, own)) = own else {
            return Quantity::Unknown(vec![Cause::NoRank]);
        };
        let better = values.iter().filter(|(_, value)| {
            if rank.from_last {
                value < own
            } else {
                value > own
            }
        });
        let place = i128::try_from(better.count()).unwrap_or(i128::MAX - 1) + 1;
        Quantity::number(Number::whole(place))
    }

    /// The members of a kind that belong on the scope's day; who does may change with the day.
    fn ranked(&self, kind: KindIx, scope: &Scope<'_>) -> impl Iterator<Item = MemberIx> {
        self.register.indices().filter(move |member| {
            let member = self.register.member(*member);
            if member.kind != kind {
                return false;
            }
            for membership in &member.memberships {
                if let Some(from) = membership.from.filter(|from| *from > scope.day) {
                    self.changes(from);
                }
                if let Some(until) = membership.until.filter(|until| *until >= scope.day) {
                    self.changes_after(until);
                }
            }
            member.belongs(scope.day)
        })
    }

    /// The entries behind a condition that holds: those that its aggregates counted, on the sides
    /// that hold. What stands under `not` counts nothing.
    pub(crate) fn evidence(&self, node: NodeIx, scope: &Scope<'_>) -> BTreeSet<EntryIx> {
        let mut found = BTreeSet::new();
        self.collect_evidence(node, scope, &mut found);
        found
    }

    fn collect_evidence(&self, node: NodeIx, scope: &Scope<'_>, found: &mut BTreeSet<EntryIx>) {
        match self.plan.node(node) {
            Node::Accumulated(accumulator) | Node::Any(accumulator) => {
                let counted = self.counted(*accumulator, scope).events;
                let entries = counted
                    .into_iter()
                    .filter_map(|event| self.record.happenings[event].entry);
                found.extend(entries);
            }
            Node::Or(left, right) => {
                for side in [*left, *right] {
                    if self.truth(side, scope).holds() {
                        self.collect_evidence(side, scope, found);
                    }
                }
            }
            Node::Not(_) => {}
            Node::Held(clock, duration) => {
                let condition = self.plan.clocks[clock.at()].condition;
                self.collect_evidence(condition, scope, found);
                self.collect_evidence(*duration, scope, found);
            }
            other => {
                for part in other.parts() {
                    self.collect_evidence(part, scope, found);
                }
            }
        }
    }

    /// The issues of a ladder for a subject, as they came.
    pub(crate) fn issues(
        &self,
        ladder: LadderIx,
        subject: MemberIx,
    ) -> impl DoubleEndedIterator<Item = (&crate::record::Happening, crate::record::Issue)> {
        let account = self.record.account(Subject::Some(subject));
        account.issues.iter().filter_map(move |at| {
            let happening = &self.record.happenings[*at];
            match happening.what {
                crate::record::Occurrence::Status(issue) if issue.ladder == ladder => {
                    Some((happening, issue))
                }
                _ => None,
            }
        })
    }
}
