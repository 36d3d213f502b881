//! Collects every declared name, and the lists that need nothing but themselves.

use super::{Lowering, Progress, Source, index, labelled};
use crate::findings;
use crate::hir::{
    Catalogue, Define, DefineBody, Enum, Event, Kind, Ladder, Named, Outcome, Param, Phase, Policy,
    Prose, Reading, Table, Type, Unit,
};
use crate::names::{Declared, Names};
use crate::nearest::nearest;
use pol_calendar::{Calendars, Date, WorkingCalendar};
use pol_model::{
    BodyIx, CatalogueIx, DefineIx, DutyIx, EnumIx, EventIx, FieldIx, KindIx, LadderIx, OutcomeIx,
    ParamIx, PhaseIx, ReadingIx, RuleIx, UnitIx,
};
use pol_syntax::Span;
use pol_syntax::ast::{self, Declaration, Labelled, Name};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Lowering<'a> {
    pub(super) fn collect(
        declarations: &'a [ast::Node<Declaration>],
        calendars: &'a Calendars,
    ) -> Self {
        let mut lowering = Self {
            policy: empty_policy(),
            names: Names::default(),
            calendars,
            findings: Vec::new(),
            source: Source::default(),
            params: Vec::new(),
            defines: Vec::new(),
            trail: Vec::new(),
            owner: String::new(),
        };
        // The header comes first: citations ask for its sources.
        lowering.headers(declarations);
        for declaration in declarations {
            lowering.declaration(&declaration.value);
        }
        lowering.params = vec![Progress::Todo; lowering.source.params.len()];
        lowering.defines = vec![Progress::Todo; lowering.source.defines.len()];
        lowering
    }

    fn headers(&mut self, declarations: &'a [ast::Node<Declaration>]) {
        let mut first: Option<&ast::Policy> = None;
        for declaration in declarations {
            let Declaration::Policy(policy) = &declaration.value else {
                continue;
            };
            if let Some(first) = first {
                let span = first.head.name.span;
                self.report(findings::listed_twice(&policy.head.name, span));
            } else {
                first = Some(policy);
                self.header(policy);
            }
        }
        if first.is_none() {
            let span = declarations.first().map(|first| first.span);
            self.report(findings::no_policy(span.unwrap_or_default()));
        }
    }

    fn header(&mut self, policy: &ast::Policy) {
        for source in &policy.sources {
            let at = self.policy.sources.len();
            self.policy.sources.push(crate::hir::Source {
                named: Named {
                    name: source.name.value.clone(),
                    label: source.title.as_ref().map(|title| title.value.clone()),
                    cites: Vec::new(),
                    span: source.name.span,
                },
                text: source.text.as_ref().map(|text| text.value.clone()),
            });
            self.declare(&source.name, Declared::Source(at));
        }
        self.policy.named = self.named(&policy.head);
        match &policy.effective {
            Some(effective) => self.policy.effective = effective.value,
            None => self.report(findings::no_start(&policy.head.name)),
        }
        self.policy.counting_from = self.policy.effective;
        if let (Some(from), Some(effective)) = (&policy.counting_from, &policy.effective) {
            if from.value > effective.value {
                self.report(findings::counts_too_late(from.span, effective.span));
            } else {
                self.policy.counting_from = from.value;
            }
        }
        for (at, calendar) in policy.calendars.iter().enumerate() {
            self.calendar(calendar, &policy.calendars[..at]);
        }
    }

    fn calendar(&mut self, calendar: &ast::Calendar, before: &[ast::Calendar]) {
        let name = &calendar.name;
        let china = WorkingCalendar::china();
        let built_in = name.value == china.name();
        let found = match &calendar.file {
            None if built_in => china,
            None => {
                let near = nearest(&name.value, [china.name()]);
                self.report(findings::calendar_without_days(name, near));
                return;
            }
            Some(file) if built_in => {
                self.report(findings::calendar_taken(name, file.span));
                return;
            }
            Some(file) => {
                let given = self.calendars.find(&name.value);
                let Some(given) = given.and_then(|ix| self.calendars.get(ix)) else {
                    self.report(findings::calendar_not_given(name, file));
                    // It is there all the same, so that its uses are not reported as well.
                    let _ = self
                        .policy
                        .calendars
                        .push(WorkingCalendar::new(name.value.clone(), []));
                    return;
                };
                given.clone()
            }
        };
        if self.policy.calendars.push(found).is_none() {
            let first = before.iter().find(|first| first.name.value == name.value);
            let first = first.map_or(name.span, |first| first.name.span);
            self.report(findings::listed_twice(name, first));
        }
    }

    fn declare(&mut self, name: &Name, declared: Declared) {
        if let Err(first) = self.names.declare(&name.value, declared, name.span) {
            self.report(findings::duplicate(name, first));
        }
    }

    fn declaration(&mut self, declaration: &'a Declaration) {
        match declaration {
            Declaration::Policy(_) | Declaration::Test(_) => {}
            Declaration::Never(never) => self.source.nevers.push(never),
            Declaration::Prose(prose) => {
                let cites = self.cites(&prose.cites);
                let text = prose.text.value.clone();
                self.policy.prose.push(Prose { text, cites });
            }
            Declaration::Subject(subject) => self.subject(subject),
            Declaration::Body(head) => {
                let declared = Declared::Body(BodyIx(index(self.policy.bodies.len())));
                self.declare(&head.name, declared);
                let named = self.named(head);
                self.policy.bodies.push(named);
            }
            Declaration::Unit(unit) => {
                let declared = Declared::Unit(UnitIx(index(self.policy.units.len())));
                self.declare(&unit.head.name, declared);
                let named = self.named(&unit.head);
                let counts = unit.counts;
                self.policy.units.push(Unit { named, counts });
            }
            Declaration::Scale(scale) => {
                let values = self.enumeration(&scale.head.name.value, &scale.values, true);
                self.declare(&scale.head.name, Declared::Scale(values));
            }
            Declaration::Reading(reading) => {
                let answers = self.enumeration(&reading.head.name.value, &reading.answers, false);
                let declared = Declared::Reading(ReadingIx(index(self.policy.readings.len())));
                self.declare(&reading.head.name, declared);
                let named = self.named(&reading.head);
                self.policy.readings.push(Reading { named, answers });
            }
            Declaration::Ladder(ladder) => self.ladder(ladder),
            Declaration::Event(event) => self.event(event),
            Declaration::Outcome(outcome) => self.outcome(outcome),
            Declaration::Phase(phase) => self.phase(phase),
            Declaration::Catalogue(catalogue) => self.catalogue(catalogue),
            Declaration::Param(param) => self.param(param),
            Declaration::Define(define) => self.define(define),
            Declaration::Duty(duty) => {
                let declared = Declared::Duty(DutyIx(index(self.source.duties.len())));
                self.declare(&duty.head.name, declared);
                self.source.duties.push(duty);
            }
            Declaration::Rule(rule) => {
                let declared = Declared::Rule(RuleIx(index(self.source.rules.len())));
                self.declare(&rule.head.name, declared);
                self.source.rules.push(rule);
            }
        }
    }

    fn subject(&mut self, subject: &'a ast::Subject) {
        let declared = Declared::Kind(KindIx(index(self.policy.kinds.len())));
        self.declare(&subject.head.name, declared);
        let named = self.named(&subject.head);
        self.policy.kinds.push(Kind {
            named,
            attributes: Vec::new(),
            within: None,
            opened: None,
        });
        self.source.kinds.push(subject);
    }

    fn ladder(&mut self, ladder: &'a ast::Ladder) {
        let at = LadderIx(index(self.policy.ladders.len()));
        let statuses = self.enumeration(&ladder.head.name.value, &ladder.statuses, true);
        self.declare(&ladder.head.name, Declared::Ladder(at));
        let mut seen = BTreeSet::new();
        for (place, status) in (0..).zip(&ladder.statuses) {
            // One that stands twice in the ladder is reported with its values.
            if seen.insert(&status.name.value) {
                self.declare(&status.name, Declared::Status(at, place));
            }
        }
        let named = self.named(&ladder.head);
        self.policy.ladders.push(Ladder {
            named,
            subjects: Vec::new(),
            statuses,
        });
        self.source.ladders.push(ladder);
    }

    fn event(&mut self, event: &'a ast::Event) {
        let declared = Declared::Event(EventIx(index(self.policy.events.len())));
        self.declare(&event.head.name, declared);
        let named = self.named(&event.head);
        self.policy.events.push(Event {
            named,
            of: Vec::new(),
            fields: Vec::new(),
        });
        self.source.events.push(event);
    }

    fn outcome(&mut self, outcome: &'a ast::Outcome) {
        let declared = Declared::Outcome(OutcomeIx(index(self.policy.outcomes.len())));
        self.declare(&outcome.head.name, declared);
        let named = self.named(&outcome.head);
        self.policy.outcomes.push(Outcome {
            named,
            fields: Vec::new(),
            concerns: outcome.concerns.as_ref().map(|whom| whom.value.clone()),
            lasts: false,
        });
        self.source.outcomes.push(outcome);
    }

    fn phase(&mut self, phase: &'a ast::Phase) {
        let declared = Declared::Phase(PhaseIx(index(self.policy.phases.len())));
        self.declare(&phase.head.name, declared);
        let named = self.named(&phase.head);
        self.policy.phases.push(Phase {
            named,
            spans: Vec::new(),
            from_register: false,
        });
        self.source.phases.push(phase);
    }

    fn catalogue(&mut self, catalogue: &'a ast::Catalogue) {
        let declared = Declared::Catalogue(CatalogueIx(index(self.policy.catalogues.len())));
        self.declare(&catalogue.head.name, declared);
        let named = self.named(&catalogue.head);
        self.policy.catalogues.push(Catalogue {
            named,
            event: UNKNOWN_EVENT,
            item: FieldIx(0),
            branch: None,
            items: Vec::new(),
        });
        self.source.catalogues.push(catalogue);
    }

    fn param(&mut self, param: &'a ast::Param) {
        let declared = Declared::Param(ParamIx(index(self.policy.params.len())));
        self.declare(&param.head.name, declared);
        let named = self.named(&param.head);
        self.policy.params.push(Param {
            named,
            ty: Type::Error,
            by: Vec::new(),
            table: Table::Value(super::broken(Span::default())),
        });
        self.source.params.push(param);
    }

    fn define(&mut self, define: &'a ast::Define) {
        let declared = Declared::Define(DefineIx(index(self.policy.defines.len())));
        self.declare(&define.head.name, declared);
        let named = self.named(&define.head);
        self.policy.defines.push(Define {
            named,
            body: DefineBody::Events(Vec::new()),
        });
        self.source.defines.push(define);
    }

    /// Adds an enumeration; a value that stands in it twice is reported.
    pub(super) fn enumeration(&mut self, name: &str, values: &[Labelled], ordered: bool) -> EnumIx {
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for value in values {
            if let Some(first) = seen.insert(&value.name.value, value.name.span) {
                self.report(findings::listed_twice(&value.name, first));
            }
        }
        let at = EnumIx(index(self.policy.enums.len()));
        self.policy.enums.push(Enum {
            name: name.to_owned(),
            values: values.iter().map(labelled).collect(),
            ordered,
        });
        at
    }
}

/// The kind of entry of a catalogue until it is known.
pub(super) const UNKNOWN_EVENT: EventIx = EventIx(u16::MAX);

fn empty_policy() -> Policy {
    // Without a date of its own a policy is in force from ever; who declares one is asked for it.
    let ever = Date::from_ymd_opt(pol_calendar::FIRST_YEAR, 1, 1).unwrap_or_default();
    Policy {
        named: Named {
            name: String::new(),
            label: None,
            cites: Vec::new(),
            span: Span::default(),
        },
        sources: Vec::new(),
        effective: ever,
        counting_from: ever,
        calendars: Calendars::default(),
        kinds: Vec::new(),
        bodies: Vec::new(),
        units: Vec::new(),
        enums: Vec::new(),
        events: Vec::new(),
        params: Vec::new(),
        readings: Vec::new(),
        defines: Vec::new(),
        catalogues: Vec::new(),
        phases: Vec::new(),
        ladders: Vec::new(),
        outcomes: Vec::new(),
        duties: Vec::new(),
        rules: Vec::new(),
        nevers: Vec::new(),
        prose: Vec::new(),
        tests: Vec::new(),
        strata: Vec::new(),
        holes: Vec::new(),
    }
}
