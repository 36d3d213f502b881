//! The one-line form: its declarations are inferred from its lines.
//!
//! `township finding ≥ 3 in year → yellow` says that there are townships and findings about them,
//! and a ladder with a yellow status. What is issued bare is a status, in the order of the text the
//! higher one; what is issued with fields or for a time, or ended, is an outcome. Each line is a
//! rule that acts when its condition becomes true. The policy is in force from the year 2000 on.

mod inferred;

use inferred::{EventShape, Inferred};
use pol_calendar::Date;
use pol_syntax::ast::{
    Declaration, Event, EventOf, Field, File, Head, Labelled, Ladder, Multiplicity, Name, Node,
    OneLiner, Outcome, Policy, Rule, Spelling, Subject, Trigger, TypeExpr, Unit,
};
use std::collections::BTreeMap;

/// The year from which the lines are in force.
const FROM: i32 = 2000;

/// The declarations that the lines of a file come to.
pub(crate) fn expand(file: &File) -> Vec<Node<Declaration>> {
    let Some(first) = file.one_liners.first() else {
        return Vec::new();
    };
    // A line has few keywords; its names say more.
    let words = if first.value.subject.value.is_ascii() {
        Words::of(file.spelling)
    } else {
        Words::of(Spelling::Chinese)
    };
    let at = first.value.subject.span;
    let name = |text: &str| Name::new(text.to_owned(), at);
    let mut inferred = Inferred::default();
    for line in &file.one_liners {
        inferred.issues(&line.value);
    }
    for line in &file.one_liners {
        inferred.line(&line.value);
    }
    let mut declarations = vec![Declaration::Policy(Policy {
        head: head(name(words.policy)),
        sources: Vec::new(),
        effective: Date::from_ymd_opt(FROM, 1, 1).map(|from| Node::new(from, at)),
        counting_from: None,
        calendars: Vec::new(),
    })];
    declarations.extend(inferred.kinds.iter().map(|kind| {
        Declaration::Subject(Subject {
            head: head(kind.clone()),
            attributes: Vec::new(),
            within: None,
            opened: None,
        })
    }));
    declarations.extend(inferred.units.iter().map(|(unit, counts)| {
        Declaration::Unit(Unit {
            head: head(unit.clone()),
            counts: *counts,
        })
    }));
    declarations.extend(
        inferred
            .events
            .iter()
            .map(|(event, shape)| event_of(event, shape)),
    );
    if !inferred.statuses.is_empty() {
        let bottom = name(words.bottom);
        let statuses = std::iter::once(bottom).chain(inferred.statuses.iter().cloned());
        declarations.push(Declaration::Ladder(Ladder {
            head: head(
                inferred
                    .ladder
                    .clone()
                    .unwrap_or_else(|| name(words.ladder)),
            ),
            subjects: inferred.kinds.clone(),
            statuses: statuses.map(bare).collect(),
        }));
    }
    declarations.extend(inferred.outcomes.iter().map(|outcome| {
        Declaration::Outcome(Outcome {
            head: head(outcome.clone()),
            fields: Vec::new(),
            concerns: None,
        })
    }));
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    for line in &file.one_liners {
        let rule = rule(&line.value, &mut used);
        declarations.push(Declaration::Rule(rule));
    }
    declarations
        .into_iter()
        .map(|declaration| Node::new(declaration, at))
        .collect()
}

/// Names that the lines do not give.
struct Words {
    policy: &'static str,
    ladder: &'static str,
    bottom: &'static str,
}

impl Words {
    const fn of(spelling: Spelling) -> Self {
        match spelling {
            Spelling::English => Self {
                policy: "policy",
                ladder: "standing",
                bottom: "clear",
            },
            Spelling::Chinese => Self {
                policy: "政策",
                ladder: "状态",
                bottom: "无",
            },
        }
    }
}

fn event_of(event: &Name, shape: &EventShape) -> Declaration {
    let fields = shape.fields.iter().map(|(field, ty)| Field {
        name: field.clone(),
        label: None,
        ty: match ty {
            inferred::Shape::Named(ty) => TypeExpr::Named(Name::new(ty.clone(), field.span)),
            inferred::Shape::Values(values) => {
                TypeExpr::Values(values.iter().cloned().map(bare).collect())
            }
        },
        multiplicity: Multiplicity::Optional,
        default: None,
    });
    let of = shape.about.iter().map(|kind| EventOf {
        every: false,
        kind: kind.clone(),
        and_every: None,
    });
    Declaration::Event(Event {
        head: head(event.clone()),
        of: of.collect(),
        fields: fields.collect(),
    })
}

/// A rule is named after what it issues first; a further one of that name is numbered.
fn rule(line: &OneLiner, used: &mut BTreeMap<String, u32>) -> Rule {
    let issued = line
        .then
        .first()
        .map_or(&line.subject, |action| inferred::issued(action));
    let count = used.entry(issued.value.clone()).or_default();
    *count += 1;
    let name = match *count {
        1 => issued.value.clone(),
        more => format!("{}_{more}", issued.value),
    };
    Rule {
        head: head(Name::new(name, issued.span)),
        subjects: vec![line.subject.clone()],
        in_principle: false,
        trigger: Node::new(Trigger::When(line.condition.clone()), line.condition.span),
        condition: None,
        counting_again: false,
        decided_by: None,
        then: line.then.clone(),
        otherwise: Vec::new(),
    }
}

const fn head(name: Name) -> Head {
    Head {
        name,
        label: None,
        cites: Vec::new(),
    }
}

const fn bare(name: Name) -> Labelled {
    Labelled { name, label: None }
}
