//! Typed rules and duties.

use super::{Expr, Named, Pattern, Period};
use pol_calendar::Date;
use pol_model::{BodyIx, EventIx, FieldIx, KindIx, LadderIx, OutcomeIx, PhaseIx};
use pol_syntax::Span;
pub use pol_syntax::ast::Sign;

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name.
    pub named: Named,
    /// For which kinds of subject.
    pub subjects: Vec<KindIx>,
    /// A breach is noted, not missed.
    pub in_principle: bool,
    /// What makes it look.
    pub trigger: Trigger,
    /// What must hold.
    pub condition: Option<Expr>,
    /// It says that it counts again what it counted before.
    pub counting_again: bool,
    /// Who decides; none: it acts by itself.
    pub decided_by: Option<BodyIx>,
    /// What it does.
    pub then: Vec<Action>,
    /// What it does if refused.
    pub otherwise: Vec<Action>,
}

/// What makes a rule look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// At each such event.
    On(Vec<Pattern>),
    /// At the close of such days.
    At(Vec<Point>),
    /// When a condition becomes true.
    When(Expr),
    /// No firing but an interval.
    While(Expr),
    /// At the close of the day that lies so long after an event, unless another happened meanwhile.
    After(Expr, Vec<Pattern>, Vec<Pattern>),
}

/// A point in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Where it starts from.
    pub base: PointBase,
    /// What is added or taken away, in order.
    pub offsets: Vec<(Sign, Expr)>,
    /// Where it stands.
    pub span: Span,
}

/// Where a point starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    FieldOf(super::FieldKey, Pattern),
    /// A date attribute of the subject.
    Attribute(Expr),
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Issues a status: raises only; the bottom status takes off the ladder.
    Status(LadderIx, u16),
    /// Sets the standing, up or down.
    Set(LadderIx, Expr),
    /// Imposes an outcome.
    Impose(Imposition),
    /// Ends an outcome.
    End(OutcomeIx),
    /// Makes a derived event.
    Event(EventIx, Vec<(FieldIx, Expr)>),
}

/// An outcome to impose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imposition {
    /// Which.
    pub outcome: OutcomeIx,
    /// Its fields.
    pub fields: Vec<(FieldIx, Expr)>,
    /// How long; none: of a moment, or in a `while` rule as long as the condition holds, or (where
    /// the outcome lasts) until it is ended.
    pub extent: Option<Extent>,
}

/// How long an outcome is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// So long from the act's day.
    For(Expr),
    /// For so many events.
    ForEvents(Expr, Pattern),
    /// To the end of the act's period.
    UntilEndOf(Period),
    /// To the end of the phase's span that holds the act's day.
    UntilEndOfPhase(PhaseIx),
    /// Until an event.
    Until(Pattern),
}

/// Who bears a duty, or to whom it is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// Each member of a kind.
    Kind(KindIx),
    /// A body.
    Body(BodyIx),
}

/// A duty. It is owed about a subject: one of the kinds that it names; else the bearer itself where a
/// kind bears it; else the subject of the cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duty {
    /// Its name.
    pub named: Named,
    /// About whom it is owed, where that is said.
    pub about: Vec<KindIx>,
    /// Who bears it.
    pub of: Vec<Bearer>,
    /// To whom.
    pub to: Vec<Bearer>,
    /// A breach is noted, not missed.
    pub in_principle: bool,
    /// When it is owed.
    pub time: DutyTime,
    /// Runs while this holds.
    pub condition: Option<Expr>,
    /// Runs during these phases; empty: always.
    pub phases: Vec<PhaseIx>,
    /// What moves its last day.
    pub extended: Vec<Extension>,
    /// What meets it: any of them.
    pub met_by: Vec<Pattern>,
}

/// What moves the last day of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The event that moves it.
    pub by: Pattern,
    /// Where to, in the scope of that event.
    pub limit: Limit,
}

/// Where the last day of a duty is moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// To a date.
    To(Expr),
    /// So much further.
    For(Expr),
}

impl Duty {
    /// The kinds of subject about which it is owed; none: whom its cause concerns.
    pub fn kinds(&self) -> Vec<KindIx> {
        if !self.about.is_empty() {
            return self.about.clone();
        }
        let kinds = self.of.iter().filter_map(|bearer| match bearer {
            Bearer::Kind(kind) => Some(*kind),
            Bearer::Body(_) => None,
        });
        kinds.collect()
    }
}

/// When a duty is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyTime {
    /// In each period.
    Each(Period),
    /// By each of these points.
    By(Vec<Point>),
    /// On each of these points only.
    On(Vec<Point>),
    /// Within so long of an event.
    Within(Expr, Vec<Pattern>),
}

/// What no ledger may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Never {
    /// What it says; the name is empty.
    pub named: Named,
    /// The kinds of subject that it is asked of.
    pub subjects: Vec<KindIx>,
    /// What must not come true at the close of any day.
    pub condition: Expr,
}
