//! What conditions and clauses read, through definitions, sets, catalogues and parameters.

use super::happening::happenings;
use crate::hir::{
    Action, Catalogue, DefineBody, Duty, DutyTime, EventSource, Expr, ExprKind, Extent, Limit,
    Pattern, Period, Point, PointBase, Policy, Rule, Table, TableKey, Trigger, Type, Window,
};
use pol_model::{CatalogueIx, DefineIx, KindIx, LadderIx, OutcomeIx, ParamIx, ReadingIx, UnitIx};
use std::collections::BTreeSet;

/// Everything that some clauses read.
#[derive(Debug)]
pub(super) struct Reads<'p> {
    policy: &'p Policy,
    /// The happenings that they count or look for.
    pub counted: BTreeSet<EventSource>,
    /// The happenings that they wait for: triggers, ends, what duties begin and end with.
    pub awaited: BTreeSet<EventSource>,
    /// The ladders whose standing they read.
    pub ladders: BTreeSet<LadderIx>,
    /// The outcomes that they ask to be in force.
    pub in_force: BTreeSet<OutcomeIx>,
    /// The parameters that they use.
    pub params: BTreeSet<ParamIx>,
    /// The definitions that they use.
    pub defines: BTreeSet<DefineIx>,
    /// The catalogues that they use.
    pub catalogues: BTreeSet<CatalogueIx>,
    /// The readings that they ask.
    pub readings: BTreeSet<ReadingIx>,
    /// The units of their values.
    pub units: BTreeSet<UnitIx>,
    /// The kinds of subject that they name.
    pub kinds: BTreeSet<KindIx>,
}

impl<'p> Reads<'p> {
    /// Nothing read yet.
    pub fn none(policy: &'p Policy) -> Self {
        Self {
            policy,
            counted: BTreeSet::new(),
            awaited: BTreeSet::new(),
            ladders: BTreeSet::new(),
            in_force: BTreeSet::new(),
            params: BTreeSet::new(),
            defines: BTreeSet::new(),
            catalogues: BTreeSet::new(),
            readings: BTreeSet::new(),
            units: BTreeSet::new(),
            kinds: BTreeSet::new(),
        }
    }

    /// What a rule reads: its trigger, its condition, the values of its actions.
    pub fn of_rule(policy: &'p Policy, rule: &'p Rule) -> Self {
        let mut reads = Self::none(policy);
        reads.rule(rule);
        reads
    }

    /// What the whole policy reads.
    pub fn of_policy(policy: &'p Policy) -> Self {
        let mut reads = Self::none(policy);
        policy.rules.iter().for_each(|rule| reads.rule(rule));
        policy.duties.iter().for_each(|duty| reads.duty(duty));
        for never in &policy.nevers {
            reads.expr(&never.condition);
        }
        for define in &policy.defines {
            reads.define_body(&define.body);
        }
        for param in &policy.params {
            reads.ty(param.ty);
            param.by.iter().for_each(|by| reads.expr(by));
            reads.table(&param.table);
        }
        for catalogue in &policy.catalogues {
            reads.catalogue(catalogue);
        }
        let fields = policy.events.iter().map(|event| &event.fields);
        let fields = fields.chain(policy.outcomes.iter().map(|outcome| &outcome.fields));
        let fields = fields.chain(policy.kinds.iter().map(|kind| &kind.attributes));
        for field in fields.flatten() {
            reads.ty(field.ty);
        }
        reads
    }

    fn rule(&mut self, rule: &'p Rule) {
        match &rule.trigger {
            Trigger::On(patterns) => self.awaits(patterns),
            Trigger::At(points) => self.points(points),
            Trigger::When(condition) | Trigger::While(condition) => self.expr(condition),
            // The rule looks back for its event, and for what happened in between.
            Trigger::After(span, events, unless) => {
                self.expr(span);
                self.awaits(events);
                events
                    .iter()
                    .chain(unless)
                    .for_each(|event| self.pattern(event));
            }
        }
        rule.condition
            .iter()
            .for_each(|condition| self.expr(condition));
        for action in rule.then.iter().chain(&rule.otherwise) {
            self.action(action);
        }
    }

    fn action(&mut self, action: &'p Action) {
        let fields = match action {
            Action::Status(..) | Action::End(_) => return,
            Action::Set(_, value) => return self.expr(value),
            Action::Event(_, fields) => fields,
            Action::Impose(imposition) => {
                match &imposition.extent {
                    Some(Extent::For(span)) => self.expr(span),
                    Some(Extent::ForEvents(count, events)) => {
                        self.expr(count);
                        self.awaits(std::slice::from_ref(events));
                    }
                    Some(Extent::UntilEndOf(period)) => self.period(period),
                    Some(Extent::Until(event)) => self.awaits(std::slice::from_ref(event)),
                    Some(Extent::UntilEndOfPhase(_)) | None => {}
                }
                &imposition.fields
            }
        };
        for (_, value) in fields {
            self.expr(value);
        }
    }

    fn duty(&mut self, duty: &'p Duty) {
        match &duty.time {
            DutyTime::Each(period) => self.period(period),
            DutyTime::By(points) | DutyTime::On(points) => self.points(points),
            DutyTime::Within(span, events) => {
                self.expr(span);
                self.awaits(events);
            }
        }
        duty.condition
            .iter()
            .for_each(|condition| self.expr(condition));
        for extension in &duty.extended {
            self.awaits(std::slice::from_ref(&extension.by));
            let (Limit::To(limit) | Limit::For(limit)) = &extension.limit;
            self.expr(limit);
        }
        self.awaits(&duty.met_by);
    }

    /// A condition or value.
    pub fn expr(&mut self, expr: &'p Expr) {
        self.ty(expr.ty);
        match &expr.kind {
            ExprKind::Const(_)
            | ExprKind::Hole
            | ExprKind::Field(_)
            | ExprKind::FieldAttr(..)
            | ExprKind::During(_) => {}
            ExprKind::Attr(kind, _) => {
                self.kinds.insert(*kind);
            }
            ExprKind::Standing(ladder) => {
                self.ladders.insert(*ladder);
            }
            ExprKind::Reading(reading) => {
                self.readings.insert(*reading);
            }
            ExprKind::Param(param) => self.param(*param),
            ExprKind::Define(define) => self.define(*define),
            ExprKind::Not(inner) | ExprKind::Negate(inner) => self.expr(inner),
            ExprKind::Binary(_, left, right) | ExprKind::Held(left, right) => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::In(value, set) => {
                self.expr(value);
                self.exprs(set);
            }
            ExprKind::Higher(values) | ExprKind::Lower(values) => self.exprs(values),
            ExprKind::InForce(outcome) => {
                self.in_force.insert(*outcome);
            }
            ExprKind::Aggregate(aggregate) => {
                self.pattern(&aggregate.over);
                aggregate
                    .windows
                    .iter()
                    .for_each(|window| self.window(window));
            }
            ExprKind::Share(kind, filter) | ExprKind::Members(kind, filter) => {
                self.kinds.insert(*kind);
                self.expr(filter);
            }
            ExprKind::Rank(rank) => {
                self.kinds.insert(rank.among);
                self.expr(&rank.value);
                rank.filter.iter().for_each(|filter| self.expr(filter));
            }
        }
    }

    fn exprs(&mut self, exprs: &'p [Expr]) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    /// Events that are counted or looked for.
    fn pattern(&mut self, pattern: &'p Pattern) {
        self.counted
            .extend(happenings(self.policy, &pattern.source));
        self.inside(pattern);
    }

    /// Events that are waited for.
    fn awaits(&mut self, patterns: &'p [Pattern]) {
        for pattern in patterns {
            self.awaited
                .extend(happenings(self.policy, &pattern.source));
            self.inside(pattern);
        }
    }

    /// What a pattern asks of its events.
    fn inside(&mut self, pattern: &'p Pattern) {
        self.source(&pattern.source);
        pattern.filter.iter().for_each(|filter| self.expr(filter));
    }

    fn source(&mut self, source: &'p EventSource) {
        match source {
            EventSource::Catalogue(catalogue) => {
                if self.catalogues.insert(*catalogue) {
                    self.catalogue(&self.policy.catalogues[catalogue.at()]);
                }
            }
            EventSource::Set(define) => self.define(*define),
            EventSource::Lost(of) => self.source(of),
            EventSource::Event(_)
            | EventSource::Status(..)
            | EventSource::Ladder(_)
            | EventSource::Outcome(_)
            | EventSource::Duty(..) => {}
        }
    }

    fn catalogue(&mut self, catalogue: &'p Catalogue) {
        for branch in catalogue.items.iter().flat_map(|item| &item.branches) {
            branch
                .condition
                .iter()
                .for_each(|condition| self.expr(condition));
        }
    }

    fn define(&mut self, define: DefineIx) {
        if self.defines.insert(define) {
            self.define_body(&self.policy.defines[define.at()].body);
        }
    }

    fn define_body(&mut self, body: &'p DefineBody) {
        match body {
            DefineBody::Value(value) => self.expr(value),
            DefineBody::Events(patterns) => {
                for pattern in patterns {
                    self.inside(pattern);
                }
            }
        }
    }

    fn param(&mut self, param: ParamIx) {
        if self.params.insert(param) {
            let param = &self.policy.params[param.at()];
            param.by.iter().for_each(|by| self.expr(by));
            self.table(&param.table);
        }
    }

    fn table(&mut self, table: &'p Table) {
        match table {
            Table::Value(value) => self.expr(value),
            Table::Rows(_, rows) => {
                for row in rows {
                    for key in &row.keys {
                        let (TableKey::Is(value) | TableKey::Band(_, value)) = key;
                        self.expr(value);
                    }
                    self.table(&row.table);
                }
            }
            Table::Dates(rows) => rows.iter().for_each(|row| self.table(&row.table)),
        }
    }

    fn window(&mut self, window: &'p Window) {
        match window {
            Window::In(period) | Window::Previous(period) | Window::AnyPeriod(period) => {
                self.period(period);
            }
            Window::AnySpan(span) | Window::Last(span) => self.expr(span),
            Window::LastEvents(count, event) => {
                self.expr(count);
                self.pattern(event);
            }
            Window::Since(event) => self.pattern(event),
            Window::During(_) | Window::SinceLastTime => {}
        }
    }

    fn points(&mut self, points: &'p [Point]) {
        for point in points {
            match &point.base {
                PointBase::EndOfEach(period) => self.period(period),
                PointBase::FieldOf(_, event) => self.pattern(event),
                PointBase::Attribute(attribute) => self.expr(attribute),
                PointBase::Date(_)
                | PointBase::EachYear(..)
                | PointBase::EachMonth(_)
                | PointBase::EachWeek(_)
                | PointBase::EndOfPhase(_) => {}
            }
            point.offsets.iter().for_each(|(_, span)| self.expr(span));
        }
    }

    fn period(&mut self, period: &'p Period) {
        if let Period::Cycle(length, start) = period {
            self.expr(length);
            self.expr(start);
        }
    }

    fn ty(&mut self, ty: Type) {
        match ty {
            Type::Number(Some(unit)) => {
                self.units.insert(unit);
            }
            Type::Member(kind) => {
                self.kinds.insert(kind);
            }
            Type::Bool
            | Type::Number(None)
            | Type::Share
            | Type::Money
            | Type::Date
            | Type::Duration
            | Type::Enum(_)
            | Type::Text
            | Type::Error => {}
        }
    }
}
