//! The meaning of a policy: every name resolved, every type and unit checked.
//!
//! In: the syntax tree. Out: the typed policy ([`hir::Policy`]) that every evaluator reads, or the
//! findings that keep it from being one, all at once. Never reads a ledger, a file or a clock.

pub mod hir;

mod analysis;
mod builtin;
mod findings;
mod gather;
mod limit;
mod literal;
mod look_alike;
mod lower;
mod names;
mod nearest;
mod one_line;
mod runnable;
mod scope;
mod types;

use lower::Lowering;
use pol_calendar::Calendars;
use pol_syntax::Diagnostic;
use pol_syntax::ast::{self, Declaration};

/// What came of analysing a policy.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The typed policy; none if there is an error.
    pub policy: Option<hir::Policy>,
    /// What is wrong or doubtful, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Resolves every name of a policy and checks every type and unit. Several mistakes are reported at
/// once, and each of them once.
///
/// A calendar whose days lie in a file of its own is reported as not given: [`analyse_with`].
pub fn analyse(file: &ast::File) -> Analysis {
    analyse_with(file, &Calendars::default())
}

/// The same with the calendars whose days lie beside the policy, by the names that it gives them.
pub fn analyse_with(file: &ast::File, calendars: &Calendars) -> Analysis {
    let inferred;
    let declarations = if file.one_liners.is_empty() {
        &file.declarations
    } else {
        inferred = one_line::expand(file);
        &inferred
    };
    if let Some(finding) = limit::too_much(declarations) {
        return Analysis {
            policy: None,
            diagnostics: vec![finding],
        };
    }
    let mut lowering = Lowering::run(declarations, calendars);
    let is_sound = |findings: &[Diagnostic]| !findings.iter().any(Diagnostic::is_error);
    let sound = is_sound(&lowering.findings);
    if sound {
        let mut lints = analysis::analyse(&mut lowering.policy);
        if !file.one_liners.is_empty() {
            // A line cannot say more than it says: there is nothing to be done about a warning.
            lints.retain(Diagnostic::is_error);
        }
        lowering.findings.extend(lints);
    }
    for declaration in declarations {
        if let Declaration::Test(test) = &declaration.value {
            let (test, mut findings) = lower::test::lower(&lowering.policy, &lowering.names, test);
            lowering.policy.tests.push(test);
            if !sound {
                // The rest may follow from the policy's own mistakes.
                findings.retain(gather::is_misspelt);
            }
            lowering.findings.extend(findings);
        }
    }
    let Lowering {
        mut policy,
        names,
        findings: mut diagnostics,
        ..
    } = lowering;
    diagnostics.extend(look_alike::look_alikes(&policy, &names));
    let diagnostics = gather::in_order(diagnostics);
    policy.holes.sort_by_key(|hole| hole.span);
    policy.holes.dedup();
    let policy = is_sound(&diagnostics).then_some(policy);
    Analysis {
        policy,
        diagnostics,
    }
}
