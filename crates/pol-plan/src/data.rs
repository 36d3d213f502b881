//! What a plan holds.

use crate::node::{
    Accumulator, Clock, ClockIx, FieldKey, Node, NodeIx, Pattern, PatternIx, Period,
};
use crate::reads::Reads;
use pol_calendar::{Calendars, Date};
use pol_model::{
    BodyIx, DutyIx, EnumIx, EventIx, FieldIx, KindIx, LadderIx, Names, NeverIx, OutcomeIx, ParamIx,
    PhaseIx, RuleIx, Value,
};
use serde::{Deserialize, Serialize};

/// A policy made ready for evaluators that are fast. Every index of the typed policy means the same
/// thing here.
///
/// Names are the policy's names, never its display names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Plan {
    /// The policy's name.
    pub name: String,
    /// The first day on which rules fire.
    pub effective: Date,
    /// The day from which the record counts as complete.
    pub counting_from: Date,
    /// Its working-day calendars.
    pub calendars: Calendars,
    /// Kinds of subject.
    pub kinds: Vec<Kind>,
    /// Bodies, by name.
    pub bodies: Vec<String>,
    /// For each enumeration the place of its last value.
    pub tops: Vec<u16>,
    /// The names of enumerations and their values.
    pub enums: Vec<Enumeration>,
    /// Kinds of entry and derived events.
    pub events: Vec<EventKind>,
    /// For each reading the enumeration of its answers.
    pub readings: Vec<EnumIx>,
    /// The names of readings.
    pub reading_names: Vec<String>,
    /// Parameters.
    pub params: Vec<Param>,
    /// Catalogues.
    pub catalogues: Vec<Catalogue>,
    /// Phases.
    pub phases: Vec<Phase>,
    /// Ladders.
    pub ladders: Vec<Ladder>,
    /// Outcomes.
    pub outcomes: Vec<Outcome>,
    /// Duties.
    pub duties: Vec<Duty>,
    /// Rules.
    pub rules: Vec<Rule>,
    /// The order in which rules look, stratum by stratum.
    pub strata: Vec<Vec<RuleIx>>,
    /// Properties of every ledger.
    pub nevers: Vec<Never>,
    /// Conditions and values in postorder.
    pub nodes: Vec<Node>,
    /// Patterns.
    pub patterns: Vec<Pattern>,
    /// Aggregates.
    pub accumulators: Vec<Accumulator>,
    /// Clocks; a clock comes after those that its condition asks.
    pub clocks: Vec<Clock>,
    /// For each clock what can change its condition.
    pub clock_reads: Vec<Reads>,
}

/// A kind of subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Kind {
    /// Its name.
    pub name: String,
    /// The names of its attributes.
    pub attributes: Vec<String>,
    /// The kind of entry with which a member comes, and the field that names it (none: the id).
    pub opened: Option<(EventIx, Option<FieldIx>)>,
}

/// A kind of entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct EventKind {
    /// Its name.
    pub name: String,
    /// Whom it is about.
    pub of: Vec<EventOf>,
    /// The names of its fields.
    pub fields: Vec<String>,
    /// What each field holds.
    pub holds: Vec<FieldType>,
    /// Of each field of whole numbers the least and the greatest that it takes, where that is said.
    pub ranges: Vec<Option<(i64, i64)>>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// Yes or no.
    Bool,
    /// A number, an amount, a share.
    Number,
    /// A civil day.
    Date,
    /// A span of time.
    Duration,
    /// A value of an enumeration.
    Choice(EnumIx),
    /// Any text.
    Text,
    /// A member of a kind.
    Member(KindIx),
}

/// An enumeration: a scale, the statuses of a ladder, the answers of a reading, the values of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Enumeration {
    /// What it belongs to: the scale, the ladder, `verification.result`.
    pub name: String,
    /// The names of its values; of an ordered one, the lowest first.
    pub values: Vec<String>,
}

/// One term of an event's `of`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct EventOf {
    /// The kind of subject.
    pub kind: KindIx,
    /// Every member of the kind sees it: the entry names none.
    pub every: bool,
    /// The kind whose members within the subject see it too.
    pub and_every: Option<KindIx>,
}

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ActState {
    /// Its basis is lost.
    Lost,
    /// A duty is born.
    Owed,
    /// A duty is met.
    Met,
    /// A duty is missed.
    Missed,
    /// A duty is released.
    Released,
}

/// Before or behind a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// `+ D`, 后D.
    Plus,
    /// `- D`, 前D.
    Minus,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Param {
    /// Its name.
    pub name: String,
    /// What the levels of its table go by.
    pub by: Vec<NodeIx>,
    /// Its value or table.
    pub table: Table,
}

/// A value, or rows read from above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// A value.
    Value(NodeIx),
    /// Rows by the `by` at a place of [`Param::by`].
    Rows(usize, Vec<TableRow>),
    /// Rows by the day.
    Dates(Vec<DateRow>),
}

/// A row by a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct TableRow {
    /// Any of these leads here; none: `else`.
    pub keys: Vec<TableKey>,
    /// What it leads to.
    pub table: Table,
}

/// A key of a row: how the value compares to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct TableKey {
    /// How.
    pub comparison: pol_model::compute::Comparison,
    /// To what.
    pub bound: NodeIx,
}

/// A row by dates, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct DateRow {
    /// First day and last; several spans may lead here, none at all: `else`.
    pub spans: Vec<(Date, Option<Date>)>,
    /// What it leads to.
    pub table: Table,
}

/// A catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Catalogue {
    /// Its name.
    pub name: String,
    /// The kind of entry that it sorts.
    pub event: EventIx,
    /// The field that gives the item.
    pub item: FieldIx,
    /// The field that gives the branch.
    pub branch: Option<FieldIx>,
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Item {
    /// The value of the item field.
    pub key: Value,
    /// Its branches.
    pub branches: Vec<Branch>,
}

/// A branch of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Branch {
    /// The value of the branch field.
    pub key: Option<Value>,
    /// What an entry must satisfy.
    pub condition: Option<NodeIx>,
}

/// A phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Phase {
    /// Its name.
    pub name: String,
    /// Its spans.
    pub spans: Vec<(Date, Option<Date>)>,
    /// True if its dates come from the register.
    pub from_register: bool,
}

/// A ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Ladder {
    /// Its name.
    pub name: String,
    /// The kinds of subject that stand on it.
    pub subjects: Vec<KindIx>,
    /// Its statuses.
    pub statuses: EnumIx,
    /// Their names, the bottom one first.
    pub status_names: Vec<String>,
}

/// An outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Outcome {
    /// Its name.
    pub name: String,
    /// The names of its fields.
    pub fields: Vec<String>,
    /// True if some rule ends it: imposed without an extent it lasts.
    pub ended: bool,
}

/// A property of every ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Never {
    /// What it says.
    pub name: String,
    /// The kinds of subject that it is asked of.
    pub subjects: Vec<KindIx>,
    /// What must not come true.
    pub condition: NodeIx,
    /// What can change it.
    pub reads: Reads,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Rule {
    /// Its name.
    pub name: String,
    /// For which kinds of subject.
    pub subjects: Vec<KindIx>,
    /// What makes it look.
    pub trigger: Trigger,
    /// What must hold.
    pub condition: Option<NodeIx>,
    /// Who decides.
    pub decided_by: Option<BodyIx>,
    /// What it does.
    pub then: Vec<Action>,
    /// What it does if refused.
    pub otherwise: Vec<Action>,
    /// The ladders that its `then` moves.
    pub moves: Vec<LadderIx>,
    /// What can change the answer to its condition: of a watching or `while` rule its whole one, of
    /// a scheduled rule its `if`.
    pub reads: Reads,
}

/// What makes a rule look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// At each such event.
    On(Vec<PatternIx>),
    /// At the close of such days.
    At(Vec<Point>),
    /// When a condition becomes true.
    When(NodeIx),
    /// No firing but an interval.
    While(NodeIx),
    /// At the close of the day that lies so long after an event, unless another happened.
    After {
        /// How long.
        delay: NodeIx,
        /// After which events.
        from: Vec<PatternIx>,
        /// Unless one of these happened.
        unless: Vec<PatternIx>,
    },
}

/// A point in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Point {
    /// Where it starts from.
    pub base: PointBase,
    /// What is added or taken away, in order.
    pub offsets: Vec<(Sign, NodeIx)>,
}

/// Where a point starts from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PointBase {
    /// A date.
    Date(Date),
    /// Month and day of each year.
    EachYear(u32, u32),
    /// A day of each month, or the month's last.
    EachMonth(u32),
    /// A weekday, 1 for Monday.
    EachWeek(u32),
    /// The last day of each period.
    EndOfEach(Period),
    /// The last day of each span of a phase.
    EndOfPhase(PhaseIx),
    /// A date field of events about the subject.
    FieldOf(FieldKey, PatternIx),
    /// A date attribute of the subject.
    Attribute(NodeIx),
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Issues a status: raises only; the bottom status takes off the ladder.
    Status(LadderIx, u16),
    /// Sets the standing, up or down.
    Set(LadderIx, NodeIx),
    /// Imposes an outcome.
    Impose(Imposition),
    /// Ends an outcome.
    End(OutcomeIx),
    /// Makes a derived event.
    Event(EventIx, Vec<(FieldIx, NodeIx)>),
}

/// An outcome to impose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Imposition {
    /// Which.
    pub outcome: OutcomeIx,
    /// Its fields.
    pub fields: Vec<(FieldIx, NodeIx)>,
    /// How long.
    pub extent: Option<Extent>,
}

/// How long an outcome is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// So long from the act's day.
    For(NodeIx),
    /// For so many events.
    ForEvents(NodeIx, PatternIx),
    /// To the end of the act's period.
    UntilEndOf(Period),
    /// To the end of the phase's span that holds the act's day.
    UntilEndOfPhase(PhaseIx),
    /// Until an event.
    Until(PatternIx),
}

/// A duty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
pub struct Duty {
    /// Its name.
    pub name: String,
    /// The kinds of subject about which it is owed; empty: whom its cause concerns.
    pub kinds: Vec<KindIx>,
    /// A breach is noted, not missed.
    pub in_principle: bool,
    /// When it is owed.
    pub time: DutyTime,
    /// Runs while this holds.
    pub condition: Option<NodeIx>,
    /// The clock of its condition, where its periods are counted from it.
    pub clock: Option<ClockIx>,
    /// Runs during these phases; empty: always.
    pub phases: Vec<PhaseIx>,
    /// What moves its last day: to a date, or so much further, in the scope of the event.
    pub extended: Vec<(PatternIx, Limit)>,
    /// What meets it.
    pub met_by: Vec<PatternIx>,
    /// What can change whether it runs and when it is due.
    pub reads: Reads,
}

/// Where the last day of a duty is moved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// To a date.
    To(NodeIx),
    /// So much further.
    For(NodeIx),
}

/// When a duty is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "compile", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DutyTime {
    /// In each period.
    Each(Period),
    /// By each of these points.
    By(Vec<Point>),
    /// On each of these points only.
    On(Vec<Point>),
    /// Within so long of an event.
    Within(NodeIx, Vec<PatternIx>),
}

impl Param {
    /// The values that it goes by and that its table holds.
    pub fn parts(&self) -> Vec<NodeIx> {
        let mut parts = self.by.clone();
        self.table.collect(&mut parts);
        parts
    }
}

impl Table {
    fn collect(&self, parts: &mut Vec<NodeIx>) {
        match self {
            Self::Value(value) => parts.push(*value),
            Self::Rows(_, rows) => {
                for row in rows {
                    parts.extend(row.keys.iter().map(|key| key.bound));
                    row.table.collect(parts);
                }
            }
            Self::Dates(rows) => rows.iter().for_each(|row| row.table.collect(parts)),
        }
    }

    /// True if it goes by the day somewhere.
    pub fn is_dated(&self) -> bool {
        match self {
            Self::Value(_) => false,
            Self::Rows(_, rows) => rows.iter().any(|row| row.table.is_dated()),
            Self::Dates(_) => true,
        }
    }
}

impl Plan {
    /// True if a condition or value, with the parameters that it asks, is made of such nodes alone.
    pub fn is_made_of(&self, node: NodeIx, such: &dyn Fn(&Node) -> bool) -> bool {
        let node = self.node(node);
        let asked = match node {
            Node::Param(param) => self.params.get(param.at()),
            _ => None,
        };
        let mut parts = node.parts();
        parts.extend(asked.map(Param::parts).unwrap_or_default());
        such(node) && parts.into_iter().all(|part| self.is_made_of(part, such))
    }

    /// A condition or value.
    pub fn node(&self, node: NodeIx) -> &Node {
        &self.nodes[node.at()]
    }

    /// A pattern.
    pub fn pattern(&self, pattern: PatternIx) -> &Pattern {
        &self.patterns[pattern.at()]
    }

    /// A rule.
    pub fn rule(&self, rule: RuleIx) -> &Rule {
        &self.rules[rule.at()]
    }

    /// A parameter.
    pub fn param(&self, param: ParamIx) -> &Param {
        &self.params[param.at()]
    }
}

impl Names for Plan {
    fn event(&self, event: EventIx) -> &str {
        &self.events[event.at()].name
    }

    fn rule(&self, rule: RuleIx) -> &str {
        &self.rules[rule.at()].name
    }

    fn body(&self, body: BodyIx) -> &str {
        &self.bodies[body.at()]
    }

    fn status(&self, ladder: LadderIx, status: u16) -> &str {
        &self.ladders[ladder.at()].status_names[usize::from(status)]
    }

    fn outcome(&self, outcome: OutcomeIx) -> &str {
        &self.outcomes[outcome.at()].name
    }

    fn duty(&self, duty: DutyIx) -> &str {
        &self.duties[duty.at()].name
    }

    fn never(&self, never: NeverIx) -> &str {
        &self.nevers[never.at()].name
    }
}
