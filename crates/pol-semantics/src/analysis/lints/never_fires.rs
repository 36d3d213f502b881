//! POL0419: a rule whose condition contradicts itself, so that it can never fire.

use super::Reads;
use super::possible::Subject;
use crate::hir::{Expr, ExprKind, Policy, Trigger};
use pol_syntax::{Code, Diagnostic, Span, Text};

pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for rule in &policy.rules {
        let watched = match &rule.trigger {
            Trigger::When(condition) | Trigger::While(condition) => Some(condition),
            Trigger::On(_) | Trigger::At(_) | Trigger::After(..) => None,
        };
        let conditions: Vec<_> = watched.into_iter().chain(&rule.condition).collect();
        if let Some((subject, span)) = contradiction(policy, &conditions) {
            let (name, subject) = (&rule.named.name, name_of(policy, &subject));
            let finding = Diagnostic::warning(
                Code::NEVER_FIRES,
                Text::new(
                    format!("`{name}` can never fire"),
                    format!("`{name}`永远不会触发"),
                ),
                span,
                Text::new(
                    format!("no value of `{subject}` satisfies this"),
                    format!("`{subject}`取什么值都不满足"),
                ),
            );
            findings.push(finding.with_help(Text::new(
                "the parts of the condition exclude each other; join them by `or`, or mend one",
                "条件的几个部分互相排斥；请用`或`连接，或改正其中一个",
            )));
        }
    }
    findings
}

/// The standing or reading that would have to be two things at once.
fn contradiction(policy: &Policy, conditions: &[&Expr]) -> Option<(Subject, Span)> {
    let mut reads = Reads::none(policy);
    for condition in conditions {
        reads.expr(condition);
    }
    let standings = reads.ladders.iter().map(|ladder| Subject {
        is: ExprKind::Standing(*ladder),
        values: policy.ladders[ladder.at()].statuses,
    });
    let readings = reads.readings.iter().map(|reading| Subject {
        is: ExprKind::Reading(*reading),
        values: policy.readings[reading.at()].answers,
    });
    standings.chain(readings).find_map(|subject| {
        let mut may = subject.all(policy);
        let mut place: Option<Span> = None;
        for condition in conditions {
            may = &may & &subject.possible(policy, condition).may;
            place = Some(place.map_or(condition.span, |place| place.to(condition.span)));
        }
        place.filter(|_| may.is_empty()).map(|span| (subject, span))
    })
}

fn name_of<'p>(policy: &'p Policy, subject: &Subject) -> &'p str {
    &policy.enums[subject.values.at()].name
}
