//! What a condition speaks of while it is evaluated.

use crate::history::{Happening, HappeningIx, Tick, View};
use pol_calendar::Date;
use pol_model::{LadderIx, MemberIx, RuleIx};

/// What a condition speaks of: whom, on which day, with which record, about which event.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'s> {
    /// The subject; none where a body alone is concerned.
    pub subject: Option<MemberIx>,
    /// The day of the run.
    pub day: Date,
    /// The day around which windows lie.
    pub around: Date,
    /// The record.
    pub view: View,
    /// The event whose fields are spoken of: that of a `where`, else the trigger.
    pub event: Option<&'s Happening>,
    /// What triggered the rule.
    pub trigger: Option<HappeningIx>,
    /// The rule that asks, for `since last time`.
    pub rule: Option<RuleIx>,
    /// How the rule looks at `in any PERIOD`.
    pub looking: Looking,
    /// Ladders that are seen as an earlier moment left them: the rule moves them together with others.
    pub found: Option<(&'s [LadderIx], Tick)>,
    /// True where further entries are asked to make the condition false rather than true: under `not`.
    pub negative: bool,
}

/// How a rule looks at the spans of `in any PERIOD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Looking {
    /// At those that hold the trigger's date.
    AtTrigger,
    /// At the present one, and at passed ones with an entry since the moment of the last look.
    Scheduled(Option<Tick>),
    /// At any.
    Watching,
}

impl<'s> Scope<'s> {
    /// The plain scope of a subject on a day.
    pub(crate) const fn of(subject: Option<MemberIx>, day: Date, view: View) -> Self {
        Self {
            subject,
            day,
            around: day,
            view,
            event: None,
            trigger: None,
            rule: None,
            looking: Looking::Watching,
            found: None,
            negative: false,
        }
    }

    /// The scope of a `where` about an event.
    pub(crate) const fn about(self, event: &'s Happening) -> Self {
        Self {
            event: Some(event),
            ..self
        }
    }

    /// The same scope for another member.
    pub(crate) const fn for_member(self, member: MemberIx) -> Self {
        Self {
            subject: Some(member),
            ..self
        }
    }

    /// The scope under a `not`.
    pub(crate) const fn negated(self) -> Self {
        Self {
            negative: !self.negative,
            ..self
        }
    }

    /// The day whose attributes count: the event's own in conditions on it, else the day.
    pub(crate) fn attribute_day(&self) -> Date {
        self.event.map_or(self.day, |event| event.date)
    }
}
