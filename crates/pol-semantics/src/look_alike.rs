//! Names that look alike: written with different letters that a reader cannot tell apart.
//!
//! Two names are alike if Unicode's table of confusable characters brings them to one skeleton.

use crate::findings;
use crate::hir::Policy;
use crate::names::{Names, Space};
use pol_syntax::{Diagnostic, Span};
use std::collections::BTreeMap;
use unicode_security::confusable_detection::skeleton;

/// A warning for each name that looks like one declared before it.
pub(crate) fn look_alikes(policy: &Policy, names: &Names) -> Vec<Diagnostic> {
    let spaces = [
        Space::Term,
        Space::Type,
        Space::Who,
        Space::Rule,
        Space::Source,
    ];
    let declared = spaces
        .into_iter()
        .flat_map(|space| names.of_space(space))
        .map(|(name, place)| (place.span, name));
    let values = policy
        .enums
        .iter()
        .flat_map(|of| &of.values)
        .map(|value| (value.span, value.name.as_str()));
    let fields = policy
        .kinds
        .iter()
        .map(|kind| &kind.attributes)
        .chain(policy.events.iter().map(|event| &event.fields))
        .chain(policy.outcomes.iter().map(|outcome| &outcome.fields))
        .flatten()
        .map(|field| (field.named.span, field.named.name.as_str()));
    let mut all: Vec<(Span, &str)> = declared.chain(values).chain(fields).collect();
    all.sort_unstable();
    all.dedup();

    let mut seen: BTreeMap<String, (Span, &str)> = BTreeMap::new();
    let mut reported: BTreeMap<&str, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for (span, name) in all {
        let (first, other) = *seen.entry(skeleton(name).collect()).or_insert((span, name));
        if other != name && reported.insert(name, other).is_none() {
            findings.push(findings::look_alike(name, span, other, first));
        }
    }
    findings
}
