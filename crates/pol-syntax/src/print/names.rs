//! The names of a tree that may be built-in ones, and those that the policy declares.

use crate::ast::{
    Action, Aggregate, AggregateFunction, Catalogue, CatalogueItem, Check, Declaration, Define,
    DefineBody, Duty, DutySpan, DutyTime, EventPattern, Expr, ExprKind, Extent, Field, File, Head,
    Labelled, Limit, Name, Node, Period, Point, PointBase, Rule, Step, Table, TableKey, Trigger,
    TypeExpr, Window,
};

/// What a name does where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It declares something that conditions may speak of.
    Declares,
    /// It declares something that is a type as well.
    DeclaresType,
    /// It is a type.
    Type,
    /// It may be a field of an event.
    Field,
}

/// Shows every name that declares something, is a type or may be a field.
pub(super) fn visit_names(file: &mut File, see: &mut impl FnMut(Role, &mut Name)) {
    let mut visit = Visit { see };
    for line in &mut file.one_liners {
        visit.expr(&mut line.value.condition);
        visit.actions(&mut line.value.then);
    }
    for declaration in &mut file.declarations {
        visit.declaration(&mut declaration.value);
    }
}

struct Visit<'a, F> {
    see: &'a mut F,
}

impl<F: FnMut(Role, &mut Name)> Visit<'_, F> {
    fn head(&mut self, role: Role, head: &mut Head) {
        (self.see)(role, &mut head.name);
    }

    fn field_name(&mut self, name: &mut Name) {
        (self.see)(Role::Field, name);
    }

    fn labelled(&mut self, values: &mut [Labelled]) {
        for value in values {
            (self.see)(Role::Declares, &mut value.name);
        }
    }

    fn declaration(&mut self, declaration: &mut Declaration) {
        match declaration {
            Declaration::Policy(_) | Declaration::Prose(_) => {}
            Declaration::Subject(it) => {
                self.head(Role::DeclaresType, &mut it.head);
                self.fields(&mut it.attributes);
                if let Some(field) = it.opened.as_mut().and_then(|it| it.field.as_mut()) {
                    self.field_name(field);
                }
            }
            Declaration::Body(head) => self.head(Role::Declares, head),
            Declaration::Scale(it) => {
                self.head(Role::DeclaresType, &mut it.head);
                self.labelled(&mut it.values);
            }
            Declaration::Unit(it) => self.head(Role::DeclaresType, &mut it.head),
            Declaration::Event(it) => {
                self.head(Role::Declares, &mut it.head);
                self.fields(&mut it.fields);
            }
            Declaration::Param(it) => {
                self.head(Role::Declares, &mut it.head);
                self.exprs(&mut it.by);
                self.table(&mut it.value.value);
            }
            Declaration::Reading(it) => {
                self.head(Role::Declares, &mut it.head);
                self.labelled(&mut it.answers);
            }
            Declaration::Define(it) => self.define(it),
            Declaration::Catalogue(it) => self.catalogue(it),
            Declaration::Phase(it) => self.head(Role::Declares, &mut it.head),
            Declaration::Ladder(it) => {
                self.head(Role::Declares, &mut it.head);
                self.labelled(&mut it.statuses);
            }
            Declaration::Outcome(it) => {
                self.head(Role::Declares, &mut it.head);
                self.fields(&mut it.fields);
            }
            Declaration::Duty(it) => self.duty(it),
            Declaration::Rule(it) => self.rule(it),
            Declaration::Never(it) => self.expr(&mut it.condition),
            Declaration::Test(it) => {
                for step in &mut it.steps {
                    self.step(&mut step.value);
                }
            }
        }
    }

    fn fields(&mut self, fields: &mut [Field]) {
        for field in fields {
            (self.see)(Role::Declares, &mut field.name);
            match &mut field.ty {
                TypeExpr::Named(name) => (self.see)(Role::Type, name),
                TypeExpr::Values(values) => self.labelled(values),
                TypeExpr::Range(_) => {}
            }
            self.option(field.default.as_mut());
        }
    }

    fn table(&mut self, table: &mut Table) {
        match table {
            Table::Value(value) => self.expr(value),
            Table::Rows(rows) => {
                for row in rows {
                    for key in &mut row.keys {
                        match &mut key.value {
                            TableKey::Is(value) | TableKey::Band(_, value) => self.expr(value),
                            TableKey::Dates(..) | TableKey::Else => {}
                        }
                    }
                    self.table(&mut row.value.value);
                }
            }
        }
    }

    fn define(&mut self, define: &mut Define) {
        self.head(Role::Declares, &mut define.head);
        match &mut define.body {
            DefineBody::Events(patterns) => self.patterns(patterns),
            DefineBody::Expr(expr) => self.expr(expr),
        }
    }

    fn catalogue(&mut self, catalogue: &mut Catalogue) {
        self.head(Role::Declares, &mut catalogue.head);
        for field in &mut catalogue.by {
            self.field_name(field);
        }
        self.option(catalogue.filter.as_mut());
        self.items(&mut catalogue.items);
    }

    fn items(&mut self, items: &mut [CatalogueItem]) {
        for item in items {
            self.option(item.filter.as_mut());
            self.option(item.condition.as_mut());
            self.option(item.unless.as_mut());
            self.items(&mut item.branches);
        }
    }

    fn rule(&mut self, rule: &mut Rule) {
        self.head(Role::Declares, &mut rule.head);
        match &mut rule.trigger.value {
            Trigger::On(patterns) => self.patterns(patterns),
            Trigger::At(points) => self.points(points),
            Trigger::When(condition) | Trigger::While(condition) => self.expr(condition),
            Trigger::During(_) => {}
            Trigger::After(span, events, unless) => {
                self.expr(span);
                self.patterns(events);
                self.patterns(unless);
            }
        }
        self.option(rule.condition.as_mut());
        self.actions(&mut rule.then);
        self.actions(&mut rule.otherwise);
    }

    fn actions(&mut self, actions: &mut [Action]) {
        for action in actions {
            match action {
                Action::Issue(issue) => {
                    for (name, value) in &mut issue.fields {
                        self.field_name(name);
                        self.expr(value);
                    }
                    match &mut issue.extent {
                        Some(Extent::For(value) | Extent::ForEvents(value, _)) => self.expr(value),
                        Some(Extent::UntilEndOf(period)) => self.period(period),
                        Some(Extent::Until(pattern)) => self.pattern(pattern),
                        Some(Extent::UntilEndOfPhase(_)) | None => {}
                    }
                }
                Action::Set(_, value) => self.expr(value),
                Action::End(_) => {}
            }
        }
    }

    fn duty(&mut self, duty: &mut Duty) {
        self.head(Role::Declares, &mut duty.head);
        match &mut duty.time.value {
            DutyTime::Each(period) => self.period(period),
            DutyTime::By(points) | DutyTime::On(points) => self.points(points),
            DutyTime::Within(span, events) => {
                self.expr(span);
                self.patterns(events);
            }
        }
        if let Some(DutySpan::While(condition)) = &mut duty.span {
            self.expr(condition);
        }
        for extension in &mut duty.extended {
            let extension = &mut extension.value;
            self.patterns(std::slice::from_mut(&mut extension.by));
            let (Limit::To(limit) | Limit::For(limit)) = &mut extension.limit;
            self.expr(limit);
        }
        self.patterns(&mut duty.met_by);
    }

    fn step(&mut self, step: &mut Step) {
        match step {
            Step::Given(members) => {
                for field in members.iter_mut().flat_map(|it| &mut it.fields) {
                    self.expr(&mut field.value);
                }
            }
            Step::Entry(entry) => {
                for (name, values) in &mut entry.fields {
                    self.field_name(name);
                    self.exprs(values);
                }
            }
            Step::Expect(expect) => {
                for item in &mut expect.items {
                    match &mut item.value.check {
                        Check::Happens(fields) => {
                            for (name, value) in fields {
                                self.field_name(name);
                                self.expr(value);
                            }
                        }
                        Check::Is(value) => self.expr(value),
                        Check::State(_)
                        | Check::InForce
                        | Check::Proposed
                        | Check::Undetermined => {}
                    }
                }
            }
            Step::Withdrawal(_) | Step::Decision(_) => {}
        }
    }

    fn points(&mut self, points: &mut [Node<Point>]) {
        for point in points {
            match &mut point.value.base {
                PointBase::FieldOf(field, _) => self.field_name(field),
                PointBase::EndOfEach(period) => self.period(period),
                PointBase::Date(_)
                | PointBase::EachYear(..)
                | PointBase::EachMonth(_)
                | PointBase::EachWeek(_)
                | PointBase::EndOf(_) => {}
                PointBase::Attribute(path) => self.expr(path),
            }
            for (_, span) in &mut point.value.offsets {
                self.expr(span);
            }
        }
    }

    fn period(&mut self, period: &mut Period) {
        if let Period::Cycle(length, start) = period {
            self.expr(length);
            self.expr(start);
        }
    }

    fn patterns(&mut self, patterns: &mut [EventPattern]) {
        for pattern in patterns {
            self.pattern(pattern);
        }
    }

    fn pattern(&mut self, pattern: &mut EventPattern) {
        self.option(pattern.filter.as_mut());
    }

    fn option(&mut self, expr: Option<&mut Expr>) {
        if let Some(expr) = expr {
            self.expr(expr);
        }
    }

    fn exprs(&mut self, exprs: &mut [Expr]) {
        for expr in exprs {
            self.expr(expr);
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        match &mut expr.value {
            ExprKind::Name(name) => {
                let mut node = Name::new(std::mem::take(name), expr.span);
                (self.see)(Role::Field, &mut node);
                *name = node.value;
            }
            ExprKind::Path(_, field) | ExprKind::FieldOf(field, _) => self.field_name(field),
            ExprKind::Not(inner) | ExprKind::Negate(inner) => self.expr(inner),
            ExprKind::Binary(_, left, right) | ExprKind::Held(left, right) => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::In(value, members) => {
                self.expr(value);
                self.exprs(members);
            }
            ExprKind::HigherOf(values) | ExprKind::LowerOf(values) => self.exprs(values),
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate),
            ExprKind::Share(share) => self.expr(&mut share.filter),
            ExprKind::Rank(rank) => {
                self.expr(&mut rank.value);
                self.option(rank.filter.as_mut());
            }
            ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::Date(_)
            | ExprKind::Duration(_)
            | ExprKind::Text(_)
            | ExprKind::Hole
            | ExprKind::InForce(_)
            | ExprKind::During(_) => {}
        }
    }

    fn aggregate(&mut self, aggregate: &mut Aggregate) {
        match &mut aggregate.function {
            AggregateFunction::Distinct(field)
            | AggregateFunction::Same(field)
            | AggregateFunction::Sum(field)
            | AggregateFunction::Max(field)
            | AggregateFunction::Latest(field) => self.field_name(field),
            AggregateFunction::Count | AggregateFunction::Run => {}
        }
        self.option(aggregate.filter.as_mut());
        for window in &mut aggregate.windows {
            match &mut window.value {
                Window::In(period) | Window::Previous(period) | Window::AnyPeriod(period) => {
                    self.period(period);
                }
                Window::AnySpan(span) | Window::Last(span) | Window::LastEvents(span, _) => {
                    self.expr(span);
                }
                Window::During(_) | Window::Since(_) | Window::SinceLastTime => {}
            }
        }
    }
}
