//! What the lines suppose.

use pol_syntax::ast::{
    Action, Aggregate, AggregateFunction, BinaryOp, Counts, EventRef, Expr, ExprKind, Extent, Name,
    NumberLiteral, OneLiner, Window,
};

/// Everything that the lines speak of, in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Inferred {
    pub kinds: Vec<Name>,
    pub units: Vec<(Name, Option<Counts>)>,
    pub events: Vec<(Name, EventShape)>,
    pub statuses: Vec<Name>,
    pub outcomes: Vec<Name>,
    /// The ladder's name, where a condition compares it with a status.
    pub ladder: Option<Name>,
}

/// What is supposed of a kind of entry.
#[derive(Debug, Default)]
pub(super) struct EventShape {
    pub about: Vec<Name>,
    pub fields: Vec<(Name, Shape)>,
}

/// What is supposed of a field.
#[derive(Debug)]
pub(super) enum Shape {
    /// A type of this name.
    Named(String),
    /// One of these values.
    Values(Vec<Name>),
}

impl Inferred {
    /// What a line issues.
    pub fn issues(&mut self, line: &OneLiner) {
        add(&mut self.kinds, &line.subject);
        for action in &line.then {
            match action {
                Action::Issue(issue) if issue.extent.is_none() && issue.fields.is_empty() => {
                    if !holds(&self.outcomes, &issue.name) {
                        add(&mut self.statuses, &issue.name);
                    }
                }
                Action::Issue(issue) => self.outcome(&issue.name),
                Action::End(name) => self.outcome(name),
                Action::Set(ladder, value) => {
                    self.ladder.get_or_insert_with(|| ladder.clone());
                    if let ExprKind::Name(name) = &value.value {
                        add(&mut self.statuses, &Name::new(name.clone(), value.span));
                    }
                }
            }
        }
    }

    fn outcome(&mut self, name: &Name) {
        self.statuses.retain(|status| status.value != name.value);
        add(&mut self.outcomes, name);
    }

    /// What a line asks for.
    pub fn line(&mut self, line: &OneLiner) {
        self.condition(&line.condition, &line.subject);
        for action in &line.then {
            if let Action::Issue(issue) = action {
                match &issue.extent {
                    Some(Extent::Until(pattern)) => self.event(&pattern.event, &line.subject),
                    Some(Extent::ForEvents(_, event)) => self.event(event, &line.subject),
                    _ => {}
                }
            }
        }
    }

    fn condition(&mut self, expr: &Expr, subject: &Name) {
        match &expr.value {
            ExprKind::Name(name) => self.name(&Name::new(name.clone(), expr.span), subject),
            ExprKind::Number(literal) => self.unit(literal, None),
            ExprKind::Binary(op, left, right) => {
                let ladder = match (&left.value, &right.value) {
                    (ExprKind::Name(left), ExprKind::Name(right)) => {
                        (!matches!(op, BinaryOp::And | BinaryOp::Or) && self.is_status(right))
                            .then_some(left)
                    }
                    _ => None,
                };
                if let Some(ladder) = ladder {
                    let name = Name::new(ladder.clone(), left.span);
                    self.ladder.get_or_insert(name);
                    return;
                }
                if let ExprKind::Number(literal) = &right.value {
                    self.unit(literal, counts(left));
                }
                self.condition(left, subject);
                self.condition(right, subject);
            }
            ExprKind::Not(inner) | ExprKind::Negate(inner) | ExprKind::Held(inner, _) => {
                self.condition(inner, subject);
            }
            ExprKind::In(value, _) => self.condition(value, subject),
            ExprKind::HigherOf(values) | ExprKind::LowerOf(values) => {
                for value in values {
                    self.condition(value, subject);
                }
            }
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate, subject),
            ExprKind::Bool(_)
            | ExprKind::Date(_)
            | ExprKind::Duration(_)
            | ExprKind::Text(_)
            | ExprKind::Hole
            | ExprKind::Path(..)
            | ExprKind::FieldOf(..)
            | ExprKind::InForce(_)
            | ExprKind::During(_)
            | ExprKind::Share(_)
            | ExprKind::Rank(_) => {}
        }
    }

    fn is_status(&self, name: &str) -> bool {
        self.statuses.iter().any(|status| status.value == name)
    }

    /// A name in a condition: events, unless it is issued, or the ladder's.
    fn name(&mut self, name: &Name, subject: &Name) {
        let issued = holds(&self.statuses, name) || holds(&self.outcomes, name);
        let is_ladder = self
            .ladder
            .as_ref()
            .is_some_and(|ladder| ladder.value == name.value);
        if issued || is_ladder {
            return;
        }
        let at = self
            .events
            .iter()
            .position(|(event, _)| event.value == name.value);
        let at = at.unwrap_or_else(|| {
            self.events.push((name.clone(), EventShape::default()));
            self.events.len() - 1
        });
        add(&mut self.events[at].1.about, subject);
    }

    fn event(&mut self, event: &EventRef, subject: &Name) {
        self.name(&event.name, subject);
    }

    fn aggregate(&mut self, aggregate: &Aggregate, subject: &Name) {
        self.event(&aggregate.event, subject);
        let event = &aggregate.event.name;
        let field = match &aggregate.function {
            AggregateFunction::Count | AggregateFunction::Run => None,
            AggregateFunction::Distinct(field)
            | AggregateFunction::Same(field)
            | AggregateFunction::Latest(field) => Some((field, "text")),
            AggregateFunction::Sum(field) | AggregateFunction::Max(field) => {
                Some((field, "number"))
            }
        };
        if let Some((field, ty)) = field {
            self.field(event, field, Shape::Named(ty.to_owned()));
        }
        if let Some(filter) = &aggregate.filter {
            self.filter(event, filter);
        }
        for window in &aggregate.windows {
            if let Window::Since(since) | Window::LastEvents(_, since) = &window.value {
                self.event(since, subject);
            }
        }
    }

    /// What a `where` supposes of fields.
    fn filter(&mut self, event: &Name, filter: &Expr) {
        match &filter.value {
            ExprKind::Name(name) => {
                let field = Name::new(name.clone(), filter.span);
                self.field(event, &field, Shape::Named("yes/no".to_owned()));
            }
            ExprKind::Not(inner) => self.filter(event, inner),
            ExprKind::Binary(BinaryOp::And | BinaryOp::Or, left, right) => {
                self.filter(event, left);
                self.filter(event, right);
            }
            ExprKind::Binary(_, left, right) => self.compared(event, left, &[right]),
            ExprKind::In(value, set) => {
                let set: Vec<&Expr> = set.iter().collect();
                self.compared(event, value, &set);
            }
            _ => {}
        }
    }

    fn compared(&mut self, event: &Name, field: &Expr, with: &[&Expr]) {
        let ExprKind::Name(name) = &field.value else {
            return;
        };
        let field = Name::new(name.clone(), field.span);
        let mut values = Vec::new();
        for value in with {
            match &value.value {
                ExprKind::Name(name) => values.push(Name::new(name.clone(), value.span)),
                ExprKind::Number(literal) => {
                    self.unit(literal, None);
                    let ty = match (&literal.unit, literal.share) {
                        (Some(unit), _) => unit.value.clone(),
                        (None, Some(_)) => "share".to_owned(),
                        (None, None) => "number".to_owned(),
                    };
                    self.field(event, &field, Shape::Named(ty));
                }
                ExprKind::Date(_) => self.field(event, &field, Shape::Named("date".to_owned())),
                ExprKind::Bool(_) => self.field(event, &field, Shape::Named("yes/no".to_owned())),
                ExprKind::Text(_) => self.field(event, &field, Shape::Named("text".to_owned())),
                _ => {}
            }
        }
        if !values.is_empty() {
            self.field(event, &field, Shape::Values(values));
        }
    }

    /// Supposes a field of an event; what is said of it first stands, further values are added.
    fn field(&mut self, event: &Name, field: &Name, shape: Shape) {
        if crate::builtin::field_named(&field.value).is_some() {
            return;
        }
        let Some((_, event)) = self
            .events
            .iter_mut()
            .find(|(name, _)| name.value == event.value)
        else {
            return;
        };
        match event
            .fields
            .iter_mut()
            .find(|(name, _)| name.value == field.value)
        {
            None => event.fields.push((field.clone(), shape)),
            Some((_, Shape::Values(known))) => {
                if let Shape::Values(values) = shape {
                    for value in &values {
                        add(known, value);
                    }
                }
            }
            Some((_, known @ Shape::Named(_))) => {
                // `same x` says nothing of the type of x that a comparison would not say better.
                if matches!(known, Shape::Named(ty) if ty == "text") {
                    *known = shape;
                }
            }
        }
    }

    fn unit(&mut self, literal: &NumberLiteral, counts: Option<Counts>) {
        let Some(unit) = &literal.unit else {
            return;
        };
        match self
            .units
            .iter_mut()
            .find(|(known, _)| known.value == unit.value)
        {
            None => self.units.push((unit.clone(), counts)),
            Some((_, known)) => *known = known.or(counts),
        }
    }
}

/// What the unit behind a comparison counts.
fn counts(left: &Expr) -> Option<Counts> {
    match &left.value {
        ExprKind::Name(_) => Some(Counts::Occurrences),
        ExprKind::Aggregate(aggregate) => match aggregate.function {
            AggregateFunction::Distinct(_) => Some(Counts::Kinds),
            AggregateFunction::Count | AggregateFunction::Same(_) | AggregateFunction::Run => {
                Some(Counts::Occurrences)
            }
            AggregateFunction::Sum(_)
            | AggregateFunction::Max(_)
            | AggregateFunction::Latest(_) => None,
        },
        _ => None,
    }
}

/// What an action names.
pub(super) const fn issued(action: &Action) -> &Name {
    match action {
        Action::Issue(issue) => &issue.name,
        Action::Set(name, _) | Action::End(name) => name,
    }
}

fn holds(names: &[Name], name: &Name) -> bool {
    names.iter().any(|known| known.value == name.value)
}

fn add(names: &mut Vec<Name>, name: &Name) {
    if !holds(names, name) {
        names.push(name.clone());
    }
}
