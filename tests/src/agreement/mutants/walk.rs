//! Everything in a typed policy that can be changed, in turn.

use pol::hir::{
    Action, Aggregate, DefineBody, DutyTime, Expr, ExprKind, Extent, Imposition, Limit, Pattern,
    Period, Point, PointBase, Policy, Rank, Table, TableKey, Trigger, Window,
};

/// A place that can be changed.
pub(super) enum Place<'a> {
    /// A condition or value.
    Expr(&'a mut Expr),
    /// Events and what they must satisfy.
    Pattern(&'a mut Pattern),
    /// An aggregate over events.
    Aggregate(&'a mut Aggregate),
    /// A period of the calendar.
    Period(&'a mut Period),
    /// A point in time.
    Point(&'a mut Point),
    /// A place among a kind.
    Rank(&'a mut Rank),
    /// A length of time that is fixed.
    Length(&'a mut Expr),
    /// The actions of a rule, or those after a refusal.
    Actions(&'a mut Vec<Action>),
    /// An outcome to impose.
    Imposition(&'a mut Imposition),
    /// A table of a parameter.
    Table(&'a mut Table),
}

/// Goes through a policy.
pub(super) struct Walk<'f>(pub &'f mut dyn FnMut(Place<'_>));

impl Walk<'_> {
    pub fn policy(&mut self, policy: &mut Policy) {
        for rule in &mut policy.rules {
            match &mut rule.trigger {
                Trigger::On(patterns) => self.patterns(patterns),
                Trigger::At(points) => self.points(points),
                Trigger::When(condition) | Trigger::While(condition) => self.expr(condition),
                Trigger::After(length, patterns, unless) => {
                    self.length(length);
                    self.patterns(patterns);
                    self.patterns(unless);
                }
            }
            if let Some(condition) = &mut rule.condition {
                self.expr(condition);
            }
            for actions in [&mut rule.then, &mut rule.otherwise] {
                for action in actions.iter_mut() {
                    self.action(action);
                }
                (self.0)(Place::Actions(actions));
            }
        }
        for duty in &mut policy.duties {
            match &mut duty.time {
                DutyTime::Each(period) => self.period(period),
                DutyTime::By(points) | DutyTime::On(points) => self.points(points),
                DutyTime::Within(length, patterns) => {
                    self.length(length);
                    self.patterns(patterns);
                }
            }
            if let Some(condition) = &mut duty.condition {
                self.expr(condition);
            }
            self.patterns(&mut duty.met_by);
            for extension in &mut duty.extended {
                self.pattern(&mut extension.by);
                match &mut extension.limit {
                    Limit::To(value) => self.expr(value),
                    Limit::For(length) => self.length(length),
                }
            }
        }
        for never in &mut policy.nevers {
            self.expr(&mut never.condition);
        }
        for param in &mut policy.params {
            self.table(&mut param.table);
        }
        for define in &mut policy.defines {
            match &mut define.body {
                DefineBody::Value(value) => self.expr(value),
                DefineBody::Events(patterns) => self.patterns(patterns),
            }
        }
        for catalogue in &mut policy.catalogues {
            for branch in catalogue
                .items
                .iter_mut()
                .flat_map(|item| &mut item.branches)
            {
                if let Some(condition) = &mut branch.condition {
                    self.expr(condition);
                }
            }
        }
    }

    fn action(&mut self, action: &mut Action) {
        match action {
            Action::Status(..) | Action::End(_) => {}
            Action::Set(_, value) => self.expr(value),
            Action::Event(_, fields) => {
                for (_, value) in fields {
                    self.expr(value);
                }
            }
            Action::Impose(imposition) => {
                for (_, value) in &mut imposition.fields {
                    self.expr(value);
                }
                match &mut imposition.extent {
                    Some(Extent::For(length)) => self.length(length),
                    Some(Extent::ForEvents(count, pattern)) => {
                        self.expr(count);
                        self.pattern(pattern);
                    }
                    Some(Extent::UntilEndOf(period)) => self.period(period),
                    Some(Extent::Until(pattern)) => self.pattern(pattern),
                    Some(Extent::UntilEndOfPhase(_)) | None => {}
                }
                (self.0)(Place::Imposition(imposition));
            }
        }
    }

    fn patterns(&mut self, patterns: &mut [Pattern]) {
        for pattern in patterns {
            self.pattern(pattern);
        }
    }

    fn pattern(&mut self, pattern: &mut Pattern) {
        if let Some(filter) = &mut pattern.filter {
            self.expr(filter);
        }
        (self.0)(Place::Pattern(pattern));
    }

    fn points(&mut self, points: &mut [Point]) {
        for point in points {
            for (_, length) in &mut point.offsets {
                self.length(length);
            }
            match &mut point.base {
                PointBase::EndOfEach(period) => self.period(period),
                PointBase::FieldOf(_, pattern) => self.pattern(pattern),
                PointBase::Attribute(day) => self.expr(day),
                PointBase::Date(_)
                | PointBase::EachYear(..)
                | PointBase::EachMonth(_)
                | PointBase::EachWeek(_)
                | PointBase::EndOfPhase(_) => {}
            }
            (self.0)(Place::Point(point));
        }
    }

    fn period(&mut self, period: &mut Period) {
        if let Period::Cycle(length, start) = period {
            self.length(length);
            self.expr(start);
        }
        (self.0)(Place::Period(period));
    }

    fn length(&mut self, length: &mut Expr) {
        self.expr(length);
        (self.0)(Place::Length(length));
    }

    fn table(&mut self, table: &mut Table) {
        match table {
            Table::Value(value) => self.expr(value),
            Table::Rows(_, rows) => {
                for row in rows {
                    for key in &mut row.keys {
                        let (TableKey::Is(value) | TableKey::Band(_, value)) = key;
                        self.expr(value);
                    }
                    self.table(&mut row.table);
                }
            }
            Table::Dates(rows) => {
                for row in rows {
                    self.table(&mut row.table);
                }
            }
        }
        (self.0)(Place::Table(table));
    }

    fn window(&mut self, window: &mut Window) {
        match window {
            Window::In(period) | Window::Previous(period) | Window::AnyPeriod(period) => {
                self.period(period);
            }
            Window::AnySpan(length) | Window::Last(length) => self.length(length),
            Window::Since(pattern) => self.pattern(pattern),
            Window::LastEvents(count, pattern) => {
                self.expr(count);
                self.pattern(pattern);
            }
            Window::During(_) | Window::SinceLastTime => {}
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        match &mut expr.kind {
            ExprKind::Not(inner)
            | ExprKind::Negate(inner)
            | ExprKind::Share(_, inner)
            | ExprKind::Members(_, inner) => self.expr(inner),
            ExprKind::Binary(_, left, right) => {
                self.expr(left);
                self.expr(right);
            }
            ExprKind::Held(condition, length) => {
                self.expr(condition);
                self.length(length);
            }
            ExprKind::In(value, among) => {
                self.expr(value);
                for one in among {
                    self.expr(one);
                }
            }
            ExprKind::Higher(values) | ExprKind::Lower(values) => {
                for value in values {
                    self.expr(value);
                }
            }
            ExprKind::Aggregate(aggregate) => {
                self.pattern(&mut aggregate.over);
                for window in &mut aggregate.windows {
                    self.window(window);
                }
                (self.0)(Place::Aggregate(aggregate));
            }
            ExprKind::Rank(rank) => {
                self.expr(&mut rank.value);
                if let Some(filter) = &mut rank.filter {
                    self.expr(filter);
                }
                (self.0)(Place::Rank(rank));
            }
            ExprKind::Const(_)
            | ExprKind::Hole
            | ExprKind::Field(_)
            | ExprKind::FieldAttr(..)
            | ExprKind::Attr(..)
            | ExprKind::Standing(_)
            | ExprKind::Reading(_)
            | ExprKind::Param(_)
            | ExprKind::Define(_)
            | ExprKind::InForce(_)
            | ExprKind::During(_) => {}
        }
        (self.0)(Place::Expr(expr));
    }
}
