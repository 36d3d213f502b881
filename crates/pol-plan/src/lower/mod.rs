//! From the typed policy to the plan.

mod condition;
mod events;
mod rules;

use crate::data::{Enumeration, EventKind, EventOf, FieldType, Kind, Ladder, Outcome, Phase, Plan};
use crate::reads::Reads;
use pol_semantics::hir::{self, Policy};

impl Plan {
    /// The plan of a policy that checks. Holes stand in it as values that nobody knows; an evaluator
    /// refuses a policy with holes before it looks at the plan.
    pub fn of(policy: &Policy) -> Self {
        let mut lowering = Lowering {
            policy,
            plan: frame(policy),
        };
        lowering.params();
        lowering.catalogues();
        lowering.rules();
        lowering.duties();
        lowering.nevers();
        let mut plan = lowering.plan;
        plan.clock_reads = plan
            .clocks
            .iter()
            .map(|clock| {
                let mut reads = Reads::of(&plan, [clock.condition]);
                reads.ladders.extend(&clock.ladders);
                reads
            })
            .collect();
        plan
    }
}

/// A plan in the making.
pub(crate) struct Lowering<'p> {
    pub policy: &'p Policy,
    pub plan: Plan,
}

/// What a plan takes over as it stands.
fn frame(policy: &Policy) -> Plan {
    let ended = |at: usize| {
        let mut actions = policy
            .rules
            .iter()
            .flat_map(|rule| rule.then.iter().chain(&rule.otherwise));
        actions.any(|action| matches!(action, hir::Action::End(outcome) if outcome.at() == at))
    };
    Plan {
        name: policy.named.name.clone(),
        effective: policy.effective,
        counting_from: policy.counting_from,
        calendars: policy.calendars.clone(),
        kinds: policy
            .kinds
            .iter()
            .map(|kind| Kind {
                name: kind.named.name.clone(),
                attributes: names(&kind.attributes),
                opened: kind.opened,
            })
            .collect(),
        bodies: policy.bodies.iter().map(|body| body.name.clone()).collect(),
        tops: policy
            .enums
            .iter()
            .map(|values| u16::try_from(values.values.len().saturating_sub(1)).unwrap_or(u16::MAX))
            .collect(),
        enums: enums(policy),
        events: events(policy),
        readings: policy
            .readings
            .iter()
            .map(|reading| reading.answers)
            .collect(),
        reading_names: policy
            .readings
            .iter()
            .map(|reading| reading.named.name.clone())
            .collect(),
        params: Vec::new(),
        catalogues: Vec::new(),
        phases: policy
            .phases
            .iter()
            .map(|phase| Phase {
                name: phase.named.name.clone(),
                spans: phase.spans.clone(),
                from_register: phase.from_register,
            })
            .collect(),
        ladders: ladders(policy),
        outcomes: policy
            .outcomes
            .iter()
            .enumerate()
            .map(|(at, outcome)| Outcome {
                name: outcome.named.name.clone(),
                fields: names(&outcome.fields),
                ended: ended(at),
            })
            .collect(),
        duties: Vec::new(),
        rules: Vec::new(),
        strata: policy.strata.clone(),
        nevers: Vec::new(),
        nodes: Vec::new(),
        patterns: Vec::new(),
        accumulators: Vec::new(),
        clocks: Vec::new(),
        clock_reads: Vec::new(),
    }
}

fn names(fields: &[hir::Field]) -> Vec<String> {
    fields
        .iter()
        .map(|field| field.named.name.clone())
        .collect()
}

fn enums(policy: &Policy) -> Vec<Enumeration> {
    let enums = policy.enums.iter().map(|one| Enumeration {
        name: one.name.clone(),
        values: one.values.iter().map(|value| value.name.clone()).collect(),
    });
    enums.collect()
}

fn events(policy: &Policy) -> Vec<EventKind> {
    let events = policy.events.iter().map(|event| EventKind {
        name: event.named.name.clone(),
        of: event
            .of
            .iter()
            .map(|term| EventOf {
                kind: term.kind,
                every: term.every,
                and_every: term.and_every,
            })
            .collect(),
        fields: names(&event.fields),
        holds: event.fields.iter().map(holds).collect(),
        ranges: event.fields.iter().map(|field| field.range).collect(),
    });
    events.collect()
}

fn holds(field: &hir::Field) -> FieldType {
    match field.ty {
        hir::Type::Bool => FieldType::Bool,
        hir::Type::Number(_) | hir::Type::Share | hir::Type::Money => FieldType::Number,
        hir::Type::Date => FieldType::Date,
        hir::Type::Duration => FieldType::Duration,
        hir::Type::Enum(of) => FieldType::Choice(of),
        hir::Type::Member(kind) => FieldType::Member(kind),
        // No policy with an error in it has a plan.
        hir::Type::Text | hir::Type::Error => FieldType::Text,
    }
}

fn ladders(policy: &Policy) -> Vec<Ladder> {
    let ladders = policy.ladders.iter().map(|ladder| Ladder {
        name: ladder.named.name.clone(),
        subjects: ladder.subjects.clone(),
        statuses: ladder.statuses,
        status_names: policy.enums[ladder.statuses.at()]
            .values
            .iter()
            .map(|status| status.name.clone())
            .collect(),
    });
    ladders.collect()
}
