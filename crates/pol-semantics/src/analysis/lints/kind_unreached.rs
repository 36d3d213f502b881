//! POL0414: a kind of subject that no rule reaches.
//!
//! A kind may be there for others' sake: they lie within it, fields name its members, conditions
//! read its attributes or count its shares. Such a kind is not reported.

use super::Reads;
use crate::hir::{Bearer, Policy};
use pol_model::KindIx;
use pol_syntax::{Code, Diagnostic, Text};
use std::collections::BTreeSet;

pub(super) fn check(policy: &Policy, reads: &Reads<'_>) -> Vec<Diagnostic> {
    if policy.rules.is_empty() || policy.rules.iter().any(|rule| rule.subjects.is_empty()) {
        return Vec::new();
    }
    let mut reached: BTreeSet<KindIx> = reads.kinds.clone();
    reached.extend(policy.rules.iter().flat_map(|rule| &rule.subjects));
    reached.extend(policy.nevers.iter().flat_map(|never| &never.subjects));
    reached.extend(policy.kinds.iter().filter_map(|kind| kind.within));
    for duty in &policy.duties {
        reached.extend(&duty.about);
        reached.extend(duty.of.iter().chain(&duty.to).filter_map(|who| match who {
            Bearer::Kind(kind) => Some(*kind),
            Bearer::Body(_) => None,
        }));
    }
    for of in policy.events.iter().flat_map(|event| &event.of) {
        reached.extend(of.and_every);
        reached.extend(of.every.then_some(of.kind));
    }
    (0..)
        .map(KindIx)
        .zip(&policy.kinds)
        .filter(|(ix, _)| !reached.contains(ix))
        .map(|(_, kind)| {
            let name = &kind.named.name;
            Diagnostic::warning(
                Code::KIND_UNREACHED,
                Text::new(
                    format!("no rule and no duty reaches a `{name}`"),
                    format!("没有规则或职责涉及`{name}`"),
                ),
                kind.named.span,
                Text::new("nothing ever happens to it", "对它什么都不会发生"),
            )
            .with_help(Text::new(
                format!("write a rule `for {name}`, or leave the kind out"),
                format!("请写一条`适用 {name}`的规则，或去掉这一种类"),
            ))
        })
        .collect()
}
