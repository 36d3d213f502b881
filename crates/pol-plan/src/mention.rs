//! What each part of a plan mentions by name or place.
//!
//! One list of mentions serves all who follow them: the invariants, the plan as text, the bounds.

use crate::data::{
    Action, Catalogue, Duty, DutyTime, Extent, Limit, Never, Param, Plan, Point, PointBase, Rule,
    Trigger,
};
use crate::node::{
    Accumulator, AccumulatorIx, ClockIx, Function, Node, NodeIx, Pattern, PatternIx, Period,
    Source, Window,
};
use pol_calendar::{CalendarIx, Duration};
use pol_model::{
    AttrIx, BodyIx, CatalogueIx, DutyIx, EnumIx, EventIx, FieldIx, KindIx, LadderIx, OutcomeIx,
    ParamIx, PhaseIx, ReadingIx, Value,
};
use std::collections::BTreeSet;

/// Something that a part of a plan mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mention {
    Node(NodeIx),
    Pattern(PatternIx),
    Accumulator(AccumulatorIx),
    Clock(ClockIx),
    Param(ParamIx),
    Kind(KindIx),
    Attr(KindIx, AttrIx),
    Body(BodyIx),
    Event(EventIx),
    EventField(EventIx, FieldIx),
    Catalogue(CatalogueIx),
    Enum(EnumIx),
    Symbol(EnumIx, u16),
    Reading(ReadingIx),
    Phase(PhaseIx),
    /// A ladder whose issues are meant, or that is moved.
    Ladder(LadderIx),
    /// A ladder on which a standing is read.
    Standing(LadderIx),
    Status(LadderIx, u16),
    /// An outcome whose impositions are meant, or that is imposed or ended.
    Outcome(OutcomeIx),
    /// An outcome that is asked to be in force.
    InForce(OutcomeIx),
    OutcomeField(OutcomeIx, FieldIx),
    Duty(DutyIx),
    Calendar(CalendarIx),
    LastTime,
}

/// Everything that some parts mention, and that what they mention mentions, to the end.
pub(crate) fn closure(plan: &Plan, from: impl IntoIterator<Item = Mention>) -> BTreeSet<Mention> {
    let mut seen = BTreeSet::new();
    let mut open: Vec<Mention> = from.into_iter().collect();
    while let Some(mention) = open.pop() {
        if seen.insert(mention) {
            open.extend(plan.mentions(mention));
        }
    }
    seen
}

impl Plan {
    /// What is mentioned where a mention leads. Nothing where it leads nowhere.
    pub(crate) fn mentions(&self, mention: Mention) -> Vec<Mention> {
        match mention {
            Mention::Node(at) => self.nodes.get(at.at()).map(of_node),
            Mention::Pattern(at) => self.patterns.get(at.at()).map(of_pattern),
            Mention::Accumulator(at) => self.accumulators.get(at.at()).map(of_accumulator),
            Mention::Clock(at) => self.clocks.get(at.at()).map(|clock| {
                let ladders = clock.ladders.iter().copied().map(Mention::Standing);
                std::iter::once(Mention::Node(clock.condition))
                    .chain(ladders)
                    .collect()
            }),
            Mention::Param(at) => self.params.get(at.at()).map(of_param),
            Mention::Catalogue(at) => self.catalogues.get(at.at()).map(of_catalogue),
            _ => None,
        }
        .unwrap_or_default()
    }
}

pub(crate) fn of_node(node: &Node) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = node.parts().into_iter().map(Mention::Node).collect();
    match node {
        Node::Const(value) => of_value(value, &mut mentions),
        Node::Attr(kind, attribute) => mentions.push(Mention::Attr(*kind, *attribute)),
        Node::Standing(ladder) => mentions.push(Mention::Standing(*ladder)),
        Node::Reading(reading) => mentions.push(Mention::Reading(*reading)),
        Node::Param(param) => mentions.push(Mention::Param(*param)),
        Node::Held(clock, _) => mentions.push(Mention::Clock(*clock)),
        Node::InForce(outcome) => mentions.push(Mention::InForce(*outcome)),
        Node::During(phases) => mentions.extend(phases.iter().copied().map(Mention::Phase)),
        Node::Accumulated(at) | Node::Any(at) => mentions.push(Mention::Accumulator(*at)),
        Node::Share(kind, condition) | Node::Members(kind, condition) => {
            mentions.extend([Mention::Kind(*kind), Mention::Node(*condition)]);
        }
        Node::Rank(rank) => {
            mentions.extend([Mention::Kind(rank.among), Mention::Node(rank.value)]);
            mentions.extend(rank.filter.map(Mention::Node));
        }
        Node::Field(_)
        | Node::FieldAttr(..)
        | Node::Not(_)
        | Node::Negate(_)
        | Node::And(..)
        | Node::Or(..)
        | Node::Compare(..)
        | Node::Reckon(..)
        | Node::In(..)
        | Node::Higher(_)
        | Node::Lower(_) => {}
    }
    mentions
}

fn of_value(value: &Value, mentions: &mut Vec<Mention>) {
    match value {
        Value::Symbol(of, place) => mentions.push(Mention::Symbol(*of, *place)),
        Value::Duration(Duration::WorkingDays { calendar, .. }) => {
            mentions.push(Mention::Calendar(*calendar));
        }
        Value::List(values) => {
            for value in values {
                of_value(value, mentions);
            }
        }
        Value::Bool(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::Duration(_)
        | Value::Text(_)
        | Value::Member(_) => {}
    }
}

pub(crate) fn of_pattern(pattern: &Pattern) -> Vec<Mention> {
    let mut mentions = of_source(&pattern.source);
    mentions.extend(pattern.filter.map(Mention::Node));
    mentions
}

fn of_source(source: &Source) -> Vec<Mention> {
    match source {
        Source::Event(event) => vec![Mention::Event(*event)],
        Source::Catalogue(catalogue) => vec![Mention::Catalogue(*catalogue)],
        Source::Set(patterns) => of_patterns(patterns).collect(),
        Source::Status(ladder, status) => vec![Mention::Status(*ladder, *status)],
        Source::Ladder(ladder) => vec![Mention::Ladder(*ladder)],
        Source::Outcome(outcome) => vec![Mention::Outcome(*outcome)],
        Source::Duty(duty, _) => vec![Mention::Duty(*duty)],
        Source::Lost(acts) => of_source(acts),
    }
}

fn of_patterns(patterns: &[PatternIx]) -> impl Iterator<Item = Mention> {
    patterns.iter().copied().map(Mention::Pattern)
}

pub(crate) fn of_accumulator(accumulator: &Accumulator) -> Vec<Mention> {
    let mut mentions = vec![Mention::Pattern(accumulator.over)];
    if let Function::Run(Some(filter)) = accumulator.function {
        mentions.push(Mention::Node(filter));
    }
    for window in &accumulator.windows {
        match window {
            Window::In(period) | Window::Previous(period) | Window::AnyPeriod(period) => {
                of_period(period, &mut mentions);
            }
            Window::AnySpan(length) | Window::Last(length) => mentions.push(Mention::Node(*length)),
            Window::LastEvents(count, pattern) => {
                mentions.extend([Mention::Node(*count), Mention::Pattern(*pattern)]);
            }
            Window::During(phases) => mentions.extend(phases.iter().copied().map(Mention::Phase)),
            Window::Since(pattern) => mentions.push(Mention::Pattern(*pattern)),
            Window::SinceLastTime => mentions.push(Mention::LastTime),
        }
    }
    mentions
}

fn of_period(period: &Period, mentions: &mut Vec<Mention>) {
    if let Period::Cycle(length, anchor) = period {
        mentions.extend([Mention::Node(*length), Mention::Node(*anchor)]);
    }
}

pub(crate) fn of_catalogue(catalogue: &Catalogue) -> Vec<Mention> {
    let event = catalogue.event;
    let mut mentions = vec![
        Mention::Event(event),
        Mention::EventField(event, catalogue.item),
    ];
    mentions.extend(
        catalogue
            .branch
            .map(|branch| Mention::EventField(event, branch)),
    );
    for item in &catalogue.items {
        of_value(&item.key, &mut mentions);
        for branch in &item.branches {
            if let Some(key) = &branch.key {
                of_value(key, &mut mentions);
            }
            mentions.extend(branch.condition.map(Mention::Node));
        }
    }
    mentions
}

pub(crate) fn of_param(param: &Param) -> Vec<Mention> {
    param.parts().into_iter().map(Mention::Node).collect()
}

/// What a rule looks at: its trigger and its condition.
pub(crate) fn of_looking(rule: &Rule) -> Vec<Mention> {
    let mut mentions: Vec<Mention> = match &rule.trigger {
        Trigger::On(patterns) => of_patterns(patterns).collect(),
        Trigger::At(points) => of_points(points),
        Trigger::When(condition) | Trigger::While(condition) => vec![Mention::Node(*condition)],
        Trigger::After {
            delay,
            from,
            unless,
        } => std::iter::once(Mention::Node(*delay))
            .chain(of_patterns(from))
            .chain(of_patterns(unless))
            .collect(),
    };
    mentions.extend(rule.condition.map(Mention::Node));
    mentions
}

/// What a rule's actions mention.
pub(crate) fn of_actions(rule: &Rule) -> Vec<Mention> {
    let actions = rule.then.iter().chain(&rule.otherwise);
    actions.flat_map(of_action).collect()
}

pub(crate) fn of_rule(rule: &Rule) -> Vec<Mention> {
    let mut mentions = of_looking(rule);
    mentions.extend(of_actions(rule));
    mentions.extend(rule.subjects.iter().copied().map(Mention::Kind));
    mentions.extend(rule.decided_by.map(Mention::Body));
    mentions.extend(rule.moves.iter().copied().map(Mention::Ladder));
    mentions
}

fn of_points(points: &[Point]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for point in points {
        match &point.base {
            PointBase::EndOfEach(period) => of_period(period, &mut mentions),
            PointBase::EndOfPhase(phase) => mentions.push(Mention::Phase(*phase)),
            PointBase::FieldOf(_, pattern) => mentions.push(Mention::Pattern(*pattern)),
            PointBase::Attribute(attribute) => mentions.push(Mention::Node(*attribute)),
            PointBase::Date(_)
            | PointBase::EachYear(..)
            | PointBase::EachMonth(_)
            | PointBase::EachWeek(_) => {}
        }
        mentions.extend(
            point
                .offsets
                .iter()
                .map(|(_, length)| Mention::Node(*length)),
        );
    }
    mentions
}

fn of_action(action: &Action) -> Vec<Mention> {
    match action {
        Action::Status(ladder, status) => vec![Mention::Status(*ladder, *status)],
        Action::Set(ladder, value) => vec![Mention::Ladder(*ladder), Mention::Node(*value)],
        Action::Impose(imposition) => {
            let outcome = imposition.outcome;
            let mut mentions = vec![Mention::Outcome(outcome)];
            for (field, value) in &imposition.fields {
                mentions.extend([
                    Mention::OutcomeField(outcome, *field),
                    Mention::Node(*value),
                ]);
            }
            match &imposition.extent {
                Some(Extent::For(length)) => mentions.push(Mention::Node(*length)),
                Some(Extent::ForEvents(count, pattern)) => {
                    mentions.extend([Mention::Node(*count), Mention::Pattern(*pattern)]);
                }
                Some(Extent::UntilEndOf(period)) => of_period(period, &mut mentions),
                Some(Extent::UntilEndOfPhase(phase)) => mentions.push(Mention::Phase(*phase)),
                Some(Extent::Until(pattern)) => mentions.push(Mention::Pattern(*pattern)),
                None => {}
            }
            mentions
        }
        Action::End(outcome) => vec![Mention::Outcome(*outcome)],
        Action::Event(event, fields) => {
            let fields = fields.iter().flat_map(|(field, value)| {
                [Mention::EventField(*event, *field), Mention::Node(*value)]
            });
            std::iter::once(Mention::Event(*event))
                .chain(fields)
                .collect()
        }
    }
}

/// What decides whether a duty runs and, unless an event brings it about, when it is due.
pub(crate) fn of_running(duty: &Duty) -> Vec<Mention> {
    let mut mentions = match &duty.time {
        DutyTime::Each(period) => {
            let mut mentions = Vec::new();
            of_period(period, &mut mentions);
            mentions
        }
        DutyTime::By(points) | DutyTime::On(points) => of_points(points),
        DutyTime::Within(..) => Vec::new(),
    };
    mentions.extend(duty.condition.map(Mention::Node));
    mentions.extend(duty.clock.map(Mention::Clock));
    mentions.extend(duty.phases.iter().copied().map(Mention::Phase));
    mentions
}

pub(crate) fn of_duty(duty: &Duty) -> Vec<Mention> {
    let mut mentions = of_running(duty);
    if let DutyTime::Within(length, patterns) = &duty.time {
        mentions.push(Mention::Node(*length));
        mentions.extend(of_patterns(patterns));
    }
    for (by, limit) in &duty.extended {
        let (Limit::To(moved) | Limit::For(moved)) = limit;
        mentions.extend([Mention::Pattern(*by), Mention::Node(*moved)]);
    }
    mentions.extend(of_patterns(&duty.met_by));
    mentions.extend(duty.kinds.iter().copied().map(Mention::Kind));
    mentions
}

pub(crate) fn of_never(never: &Never) -> Vec<Mention> {
    let kinds = never.subjects.iter().copied().map(Mention::Kind);
    std::iter::once(Mention::Node(never.condition))
        .chain(kinds)
        .collect()
}
