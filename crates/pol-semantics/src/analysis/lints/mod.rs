//! What a careful reader would ask the author: warnings and advice, one file for each question.
//!
//! A lint speaks where some ledger shows what it says; where it cannot know, it keeps silent. None
//! of them keeps a policy from running.

mod counts_twice;
mod date_gap;
mod duty_unmet;
mod holes;
mod kind_unreached;
mod ladder_moves;
mod never_fires;
mod outcome_unimposed;
mod possible;
mod rivals;
mod schedule;
mod status_above;
mod unused;
mod window_misses;

use super::happening;
use super::reads::Reads;
use crate::hir::Policy;
use pol_syntax::Diagnostic;

/// Everything that the lints say about a policy.
pub(super) fn lints(policy: &Policy) -> Vec<Diagnostic> {
    let reads = Reads::of_policy(policy);
    let mut findings = ladder_moves::check(policy);
    findings.extend(outcome_unimposed::check(policy));
    findings.extend(duty_unmet::check(policy));
    findings.extend(kind_unreached::check(policy, &reads));
    findings.extend(counts_twice::check(policy));
    findings.extend(status_above::check(policy, &reads));
    findings.extend(rivals::check(policy));
    findings.extend(date_gap::check(policy));
    findings.extend(unused::check(policy, &reads));
    findings.extend(never_fires::check(policy));
    findings.extend(window_misses::check(policy));
    findings.extend(holes::check(policy));
    findings
}

#[cfg(test)]
mod tests;
