//! Parts of a plan as parts of the syntax tree, from which the printer makes text.

use crate::data::{ActState, FieldType, Plan};
use crate::node::{
    Accumulator, FieldKey, Function, Node, NodeIx, Pattern, PatternIx, Period, Rank, Source, Window,
};
use pol_calendar::{CalendarIx, CycleLength, Duration};
use pol_model::compute::{Arithmetic, Comparison};
use pol_model::{AttrIx, FieldIx, PhaseIx, Value};
use pol_syntax::Span;
use pol_syntax::ast::{
    self, Aggregate, AggregateFunction, BinaryOp, DurationLiteral, DurationUnit, EventPattern,
    EventRef, Expr, ExprKind, Name, Share, Spelling,
};

/// Makes parts of the syntax tree.
#[derive(Clone, Copy)]
pub(super) struct Tree<'p> {
    pub plan: &'p Plan,
    pub spelling: Spelling,
}

/// The events whose fields a condition may name.
pub(super) type Scope<'p> = Option<&'p Source>;

/// Nothing that is made here stands in a text.
pub(super) const NOWHERE: Span = Span { start: 0, end: 0 };

/// A part of the tree that stands nowhere.
pub(super) fn placed<T>(value: T) -> ast::Node<T> {
    ast::Node::new(value, NOWHERE)
}

pub(super) fn name(name: &str) -> Name {
    placed(name.to_owned())
}

impl<'p> Tree<'p> {
    /// A condition or value.
    pub fn expr(self, at: NodeIx, scope: Scope<'p>) -> Expr {
        let inner = |at: &NodeIx| Box::new(self.expr(*at, scope));
        let binary = |op, left, right| ExprKind::Binary(op, inner(left), inner(right));
        placed(match self.plan.node(at) {
            Node::Const(value) => self.value(value),
            Node::Field(key) => ExprKind::Name(self.field(key, scope)),
            Node::FieldAttr(key, attribute) => ExprKind::Path(
                placed(self.field(key, scope)),
                placed(self.attribute_of(key, *attribute, scope)),
            ),
            Node::Attr(kind, attribute) => {
                let kind = &self.plan.kinds[kind.at()];
                ExprKind::Path(name(&kind.name), name(&kind.attributes[attribute.at()]))
            }
            Node::Standing(ladder) => ExprKind::Name(self.plan.ladders[ladder.at()].name.clone()),
            Node::Reading(reading) => ExprKind::Name(self.plan.reading_names[reading.at()].clone()),
            Node::Param(param) => ExprKind::Name(self.plan.param(*param).name.clone()),
            Node::Not(of) => ExprKind::Not(inner(of)),
            Node::Negate(of) => ExprKind::Negate(inner(of)),
            Node::And(left, right) => binary(BinaryOp::And, left, right),
            Node::Or(left, right) => binary(BinaryOp::Or, left, right),
            Node::Compare(comparison, left, right) => binary(compared(*comparison), left, right),
            Node::Reckon(how, left, right) => binary(reckoned(*how), left, right),
            Node::In(value, among) => ExprKind::In(inner(value), self.exprs(among, scope)),
            Node::Higher(values) => ExprKind::HigherOf(self.exprs(values, scope)),
            Node::Lower(values) => ExprKind::LowerOf(self.exprs(values, scope)),
            Node::Held(clock, length) => {
                let condition = self.plan.clocks[clock.at()].condition;
                ExprKind::Held(inner(&condition), inner(length))
            }
            Node::InForce(outcome) => {
                ExprKind::InForce(name(&self.plan.outcomes[outcome.at()].name))
            }
            Node::During(phases) => ExprKind::During(self.phases(phases)),
            Node::Accumulated(at) | Node::Any(at) => {
                let accumulator = &self.plan.accumulators[at.at()];
                ExprKind::Aggregate(Box::new(self.aggregate(accumulator)))
            }
            Node::Share(kind, filter) | Node::Members(kind, filter) => {
                ExprKind::Share(Box::new(Share {
                    counted: matches!(self.plan.node(at), Node::Members(..)),
                    kind: name(&self.plan.kinds[kind.at()].name),
                    filter: self.expr(*filter, None),
                }))
            }
            Node::Rank(rank) => self.rank(rank),
        })
    }

    fn exprs(self, list: &[NodeIx], scope: Scope<'p>) -> Vec<Expr> {
        list.iter().map(|at| self.expr(*at, scope)).collect()
    }

    fn rank(self, rank: &Rank) -> ExprKind {
        ExprKind::Rank(Box::new(ast::Rank {
            value: self.expr(rank.value, None),
            among: name(&self.plan.kinds[rank.among.at()].name),
            filter: rank.filter.map(|filter| self.expr(filter, None)),
            from_last: rank.from_last,
        }))
    }

    pub fn value(self, value: &Value) -> ExprKind {
        match value {
            Value::Bool(yes) => ExprKind::Bool(*yes),
            Value::Number(number) => ExprKind::Name(number.to_string()),
            Value::Date(date) => ExprKind::Date(*date),
            Value::Duration(duration) => ExprKind::Duration(self.duration(*duration)),
            Value::Symbol(of, place) => {
                ExprKind::Name(self.plan.enums[of.at()].values[usize::from(*place)].clone())
            }
            Value::Text(text) => ExprKind::Text(text.to_string()),
            Value::Member(member) => ExprKind::Name(member.at().to_string()),
            // A hole is the only list that stands in a plan.
            Value::List(_) => ExprKind::Hole,
        }
    }

    fn duration(self, duration: Duration) -> DurationLiteral {
        let (count, unit) = match duration {
            Duration::Days(count) => (count, DurationUnit::Days),
            Duration::Weeks(count) => (count, DurationUnit::Weeks),
            Duration::Months(count) => (count, DurationUnit::Months),
            Duration::Years(count) => (count, DurationUnit::Years),
            Duration::WorkingDays { count, calendar } => {
                let named = (calendar != CalendarIx::DEFAULT)
                    .then(|| self.plan.calendars.get(calendar))
                    .flatten();
                let calendar = named.map(|calendar| name(calendar.name()));
                (count, DurationUnit::WorkingDays(calendar))
            }
        };
        DurationLiteral { count, unit }
    }

    /// The name of a field.
    pub fn field(self, key: &FieldKey, scope: Scope<'p>) -> String {
        let word = |english: &str, chinese: &str| match self.spelling {
            Spelling::English => english.to_owned(),
            Spelling::Chinese => chinese.to_owned(),
        };
        match key {
            FieldKey::Declared(field) => self.declared(*field, scope),
            FieldKey::Named(name) => name.clone(),
            FieldKey::Date => word("date", "日期"),
            FieldKey::Recorded => word("recorded", "录入日"),
            FieldKey::Was => word("was", "原状态"),
            FieldKey::Now => word("now", "现状态"),
            FieldKey::LastDay => word("last_day", "截止日"),
        }
    }

    fn declared(self, field: FieldIx, scope: Scope<'p>) -> String {
        let fields = scope.and_then(|source| self.plan.fields(source));
        let named = fields.and_then(|fields| fields.get(field.at()));
        // No condition names a field of an event that it does not speak of.
        named.map_or_else(|| format!("#{}", field.at()), Clone::clone)
    }

    /// The name of an attribute of the member that a field names.
    fn attribute_of(self, key: &FieldKey, attribute: AttrIx, scope: Scope<'p>) -> String {
        let kind = scope.and_then(|source| self.plan.member_kind(source, key));
        let named = kind.and_then(|kind| self.plan.kinds[kind.at()].attributes.get(attribute.at()));
        named.map_or_else(|| format!("#{}", attribute.at()), Clone::clone)
    }

    pub fn phases(self, phases: &[PhaseIx]) -> Vec<Name> {
        let names = phases
            .iter()
            .map(|phase| name(&self.plan.phases[phase.at()].name));
        names.collect()
    }

    /// Events with what they must satisfy.
    pub fn events(self, at: PatternIx) -> EventPattern {
        let pattern = self.plan.pattern(at);
        EventPattern {
            event: event(pattern),
            filter: pattern
                .filter
                .map(|filter| self.expr(filter, Some(&pattern.source))),
        }
    }

    pub fn aggregate(self, accumulator: &Accumulator) -> Aggregate {
        let over = self.plan.pattern(accumulator.over);
        let scope = Some(&over.source);
        let field = |key: &FieldKey| placed(self.field(key, scope));
        let (function, filter) = match &accumulator.function {
            Function::Count => (AggregateFunction::Count, over.filter),
            Function::Distinct(key) => (AggregateFunction::Distinct(field(key)), over.filter),
            Function::Same(key) => (AggregateFunction::Same(field(key)), over.filter),
            Function::Sum(key) => (AggregateFunction::Sum(field(key)), over.filter),
            Function::Max(key) => (AggregateFunction::Max(field(key)), over.filter),
            Function::Latest(key) => (AggregateFunction::Latest(field(key)), over.filter),
            Function::Run(filter) => (AggregateFunction::Run, *filter),
        };
        let windows = accumulator.windows.iter();
        Aggregate {
            function,
            event: event(over),
            filter: filter.map(|filter| self.expr(filter, scope)),
            windows: windows.map(|window| placed(self.window(window))).collect(),
        }
    }

    fn window(self, window: &Window) -> ast::Window {
        match window {
            Window::In(period) => ast::Window::In(self.period(period)),
            Window::Previous(period) => ast::Window::Previous(self.period(period)),
            Window::AnyPeriod(period) => ast::Window::AnyPeriod(self.period(period)),
            Window::AnySpan(length) => ast::Window::AnySpan(self.expr(*length, None)),
            Window::Last(length) => ast::Window::Last(self.expr(*length, None)),
            Window::LastEvents(count, pattern) => {
                ast::Window::LastEvents(self.expr(*count, None), event(self.plan.pattern(*pattern)))
            }
            Window::During(phases) => ast::Window::During(self.phases(phases)),
            Window::Since(pattern) => ast::Window::Since(event(self.plan.pattern(*pattern))),
            Window::SinceLastTime => ast::Window::SinceLastTime,
        }
    }

    pub fn period(self, period: &Period) -> ast::Period {
        match period {
            Period::Calendar(period) => self.calendar_period(*period),
            Period::Cycle(length, anchor) => ast::Period::Cycle(
                Box::new(self.expr(*length, None)),
                Box::new(self.expr(*anchor, None)),
            ),
        }
    }

    fn calendar_period(self, period: pol_calendar::Period) -> ast::Period {
        match period {
            pol_calendar::Period::Day => ast::Period::Day,
            pol_calendar::Period::Week => ast::Period::Week,
            pol_calendar::Period::Month => ast::Period::Month,
            pol_calendar::Period::Quarter => ast::Period::Quarter,
            pol_calendar::Period::Half => ast::Period::Half,
            pol_calendar::Period::Year => ast::Period::Year,
            pol_calendar::Period::Cycle { length, anchor } => {
                let length = match length {
                    CycleLength::Days(days) => Duration::Days(days.get()),
                    CycleLength::Months(months) => Duration::Months(months.get()),
                };
                let length = ExprKind::Duration(self.duration(length));
                let anchor = ExprKind::Date(anchor);
                ast::Period::Cycle(Box::new(placed(length)), Box::new(placed(anchor)))
            }
        }
    }
}

/// Events, without what they must satisfy.
pub(super) fn event(pattern: &Pattern) -> EventRef {
    let state = match &pattern.source {
        Source::Lost(_) => Some(ast::ActState::Lost),
        Source::Duty(_, state) => Some(match state {
            ActState::Lost => ast::ActState::Lost,
            ActState::Owed => ast::ActState::Owed,
            ActState::Met => ast::ActState::Met,
            ActState::Missed => ast::ActState::Missed,
            ActState::Released => ast::ActState::Released,
        }),
        _ => None,
    };
    EventRef {
        name: name(&pattern.name),
        state,
        within_it: pattern.within_it,
    }
}

impl Plan {
    /// The names of the fields that events of a source declare.
    pub(crate) fn fields(&self, source: &Source) -> Option<&[String]> {
        match source {
            Source::Event(event) => Some(&self.events[event.at()].fields),
            Source::Catalogue(catalogue) => {
                let event = self.catalogues[catalogue.at()].event;
                Some(&self.events[event.at()].fields)
            }
            Source::Outcome(outcome) => Some(&self.outcomes[outcome.at()].fields),
            Source::Lost(acts) => self.fields(acts),
            Source::Set(members) => members
                .iter()
                .find_map(|member| self.fields(&self.pattern(*member).source)),
            Source::Status(..) | Source::Ladder(_) | Source::Duty(..) => None,
        }
    }

    /// What a field holds, where an entry declares it.
    pub(crate) fn holds(&self, source: &Source, key: &FieldKey) -> Option<FieldType> {
        let event = match source {
            Source::Event(event) => *event,
            Source::Catalogue(catalogue) => self.catalogues[catalogue.at()].event,
            Source::Set(members) => {
                return members
                    .iter()
                    .find_map(|member| self.holds(&self.pattern(*member).source, key));
            }
            _ => return None,
        };
        let event = &self.events[event.at()];
        let at = match key {
            FieldKey::Declared(field) => field.at(),
            FieldKey::Named(name) => event.fields.iter().position(|field| field == name)?,
            FieldKey::Date
            | FieldKey::Recorded
            | FieldKey::Was
            | FieldKey::Now
            | FieldKey::LastDay => {
                return None;
            }
        };
        event.holds.get(at).copied()
    }

    fn member_kind(&self, source: &Source, key: &FieldKey) -> Option<pol_model::KindIx> {
        match self.holds(source, key)? {
            FieldType::Member(kind) => Some(kind),
            _ => None,
        }
    }
}

pub(super) const fn compared(comparison: Comparison) -> BinaryOp {
    match comparison {
        Comparison::Is => BinaryOp::Is,
        Comparison::IsNot => BinaryOp::IsNot,
        Comparison::Lt => BinaryOp::Lt,
        Comparison::Le => BinaryOp::Le,
        Comparison::Gt => BinaryOp::Gt,
        Comparison::Ge => BinaryOp::Ge,
    }
}

const fn reckoned(how: Arithmetic) -> BinaryOp {
    match how {
        Arithmetic::Add => BinaryOp::Add,
        Arithmetic::Sub => BinaryOp::Sub,
        Arithmetic::Mul => BinaryOp::Mul,
        Arithmetic::Div => BinaryOp::Div,
    }
}
