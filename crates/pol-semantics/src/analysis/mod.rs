//! What the policy says as a whole: the order in which rules look, the cycles that forbid a day to
//! end, and what a careful reader would ask its author.
//!
//! In: a typed policy, every name of which is resolved. Out: its strata, and findings in the order
//! of the text. Never reads a ledger: a finding is reported if some ledger shows it. The graphs look
//! at the kinds of events alone, not at what a `where` asks of them, so they may see a dependency
//! too many, never one too few. Nothing here depends on the order of declarations but the order of
//! the findings.

mod clauses;
mod cycles;
mod effects;
#[cfg(test)]
mod fixture;
mod happening;
mod lints;
mod reads;
mod strata;

use crate::hir::Policy;
use pol_syntax::Diagnostic;

/// Fills in the strata of a policy and reports what it says as a whole.
pub(crate) fn analyse(policy: &mut Policy) -> Vec<Diagnostic> {
    policy.strata = strata::strata(policy);
    let mut findings = cycles::cycles(policy);
    findings.extend(clauses::clauses(policy));
    findings.extend(lints::lints(policy));
    findings.sort_by_key(|finding| (finding.span(), finding.code));
    findings
}
