//! The names that a policy declares, and what each of them stands for.
//!
//! Names live in spaces, by what asks for them: one name may be a field, a kind of subject and a
//! rule at once, but never two things of one space. Statuses share the space of terms; two ladders
//! may have a status of the same name.

use pol_model::{
    BodyIx, CatalogueIx, DefineIx, DutyIx, EnumIx, EventIx, KindIx, LadderIx, OutcomeIx, ParamIx,
    PhaseIx, ReadingIx, RuleIx, UnitIx,
};
use pol_syntax::{Span, Text};
use std::collections::BTreeMap;

/// What a declared name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Declared {
    Kind(KindIx),
    Body(BodyIx),
    Unit(UnitIx),
    Scale(EnumIx),
    Event(EventIx),
    Param(ParamIx),
    Reading(ReadingIx),
    Define(DefineIx),
    Catalogue(CatalogueIx),
    Phase(PhaseIx),
    Ladder(LadderIx),
    Status(LadderIx, u16),
    Outcome(OutcomeIx),
    Duty(DutyIx),
    Rule(RuleIx),
    Source(usize),
}

/// Where a name is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Space {
    /// What conditions, triggers and actions speak of.
    Term,
    /// Types of fields.
    Type,
    /// Measure words behind numbers.
    Unit,
    /// Kinds of subject and bodies.
    Who,
    /// Rules.
    Rule,
    /// Documents.
    Source,
}

impl Space {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Term,
        Self::Type,
        Self::Unit,
        Self::Who,
        Self::Rule,
        Self::Source,
    ];
}

impl Declared {
    /// The spaces in which the name is taken.
    const fn spaces(self) -> &'static [Space] {
        match self {
            Self::Kind(_) => &[Space::Type, Space::Who],
            Self::Body(_) => &[Space::Who],
            Self::Unit(_) => &[Space::Type, Space::Unit],
            Self::Scale(_) => &[Space::Type],
            Self::Event(_)
            | Self::Param(_)
            | Self::Reading(_)
            | Self::Define(_)
            | Self::Catalogue(_)
            | Self::Phase(_)
            | Self::Ladder(_)
            | Self::Status(..)
            | Self::Outcome(_)
            | Self::Duty(_) => &[Space::Term],
            Self::Rule(_) => &[Space::Rule],
            Self::Source(_) => &[Space::Source],
        }
    }

    /// What it is, for messages, with its article.
    pub(crate) fn sort(self) -> Text {
        let (en, zh) = match self {
            Self::Kind(_) => ("a kind of subject", "对象"),
            Self::Body(_) => ("a body", "机构"),
            Self::Unit(_) => ("a unit", "单位"),
            Self::Scale(_) => ("a scale", "等级"),
            Self::Event(_) => ("an event", "事项"),
            Self::Param(_) => ("a parameter", "参数"),
            Self::Reading(_) => ("a reading", "读法"),
            Self::Define(_) => ("a definition", "定义"),
            Self::Catalogue(_) => ("a catalogue", "清单"),
            Self::Phase(_) => ("a phase", "阶段"),
            Self::Ladder(_) => ("a ladder", "阶梯"),
            Self::Status(..) => ("a status", "状态"),
            Self::Outcome(_) => ("an outcome", "结果"),
            Self::Duty(_) => ("a duty", "职责"),
            Self::Rule(_) => ("a rule", "规则"),
            Self::Source(_) => ("a source", "文件"),
        };
        Text::new(en, zh)
    }
}

/// A declared name and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// What it stands for.
    pub declared: Declared,
    /// Where its name stands.
    pub span: Span,
}

/// All names of a policy.
#[derive(Debug, Default)]
pub(crate) struct Names {
    by_name: BTreeMap<(Space, String), Vec<Place>>,
}

impl Names {
    /// Declares a name. Where it is taken in one of its spaces, the first declaration stays and is
    /// handed back.
    pub(crate) fn declare(
        &mut self,
        name: &str,
        declared: Declared,
        span: Span,
    ) -> Result<(), Place> {
        let mut taken = None;
        for space in declared.spaces() {
            let places = self.by_name.entry((*space, name.to_owned())).or_default();
            let clash = places
                .iter()
                .find(|place| !may_share(place.declared, declared));
            match clash {
                Some(place) => taken = taken.or(Some(*place)),
                None => places.push(Place { declared, span }),
            }
        }
        taken.map_or(Ok(()), Err)
    }

    /// Everything that a name stands for in a space: nothing, one thing, or statuses of several
    /// ladders.
    pub(crate) fn all(&self, space: Space, name: &str) -> &[Place] {
        self.by_name
            .get(&(space, name.to_owned()))
            .map_or(&[], Vec::as_slice)
    }

    /// What a name stands for in a space; of several statuses the first.
    pub(crate) fn find(&self, space: Space, name: &str) -> Option<Declared> {
        self.all(space, name).first().map(|place| place.declared)
    }

    /// A kind of subject.
    pub(crate) fn kind(&self, name: &str) -> Option<KindIx> {
        match self.find(Space::Who, name) {
            Some(Declared::Kind(kind)) => Some(kind),
            _ => None,
        }
    }

    /// The names of a space, with their places, for suggestions.
    pub(crate) fn of_space(&self, space: Space) -> impl Iterator<Item = (&str, Place)> {
        self.by_name
            .iter()
            .filter(move |((at, _), _)| *at == space)
            .filter_map(|((_, name), places)| Some((name.as_str(), *places.first()?)))
    }
}

/// Two ladders may each have a `clear`.
fn may_share(one: Declared, other: Declared) -> bool {
    matches!(
        (one, other),
        (Declared::Status(a, _), Declared::Status(b, _)) if a != b
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_taken_in_its_spaces_only() {
        let mut names = Names::default();
        let span = Span::new(0, 3);
        assert_eq!(
            names.declare("red", Declared::Unit(UnitIx(0)), span),
            Ok(())
        );
        assert_eq!(
            names.declare("red", Declared::Rule(RuleIx(0)), span),
            Ok(())
        );
        assert_eq!(
            names.declare("red", Declared::Event(EventIx(0)), span),
            Ok(())
        );
        let taken = Place {
            declared: Declared::Event(EventIx(0)),
            span,
        };
        assert_eq!(
            names.declare("red", Declared::Status(LadderIx(0), 1), Span::new(9, 12)),
            Err(taken)
        );
        assert_eq!(names.all(Space::Term, "red"), &[taken]);
    }

    #[test]
    fn ladders_may_share_a_status() {
        let mut names = Names::default();
        let span = Span::default();
        for ladder in [0, 1] {
            let status = Declared::Status(LadderIx(ladder), 0);
            assert_eq!(names.declare("clear", status, span), Ok(()));
        }
        assert_eq!(names.all(Space::Term, "clear").len(), 2);
        let twice = Declared::Status(LadderIx(1), 2);
        assert!(names.declare("clear", twice, span).is_err());
    }
}
