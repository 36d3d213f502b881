//! The meaning of a policy: every name resolved, every type and unit checked.
//!
//! In: the syntax tree. Out: the typed policy ([`hir::Policy`]) that every evaluator reads, or the
//! findings that keep it from being one, all at once. Never reads a ledger, a file or a clock.

pub mod hir;

mod analysis;
mod builtin;
mod findings;
mod literal;
mod lower;
mod names;
mod nearest;
mod not_yet;
mod scope;
mod types;

use lower::Lowering;
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
pub fn analyse(file: &ast::File) -> Analysis {
    let mut lowering = Lowering::run(&file.declarations);
    let sound = |findings: &[Diagnostic]| !findings.iter().any(Diagnostic::is_error);
    if sound(&lowering.findings) {
        let lints = analysis::analyse(&mut lowering.policy);
        lowering.findings.extend(lints);
    }
    for declaration in &file.declarations {
        if let Declaration::Test(test) = &declaration.value {
            let (test, findings) = lower::test::lower(&lowering.policy, &lowering.names, test);
            lowering.policy.tests.push(test);
            lowering.findings.extend(findings);
        }
    }
    let Lowering {
        policy,
        findings: mut diagnostics,
        ..
    } = lowering;
    diagnostics.sort_by_key(|finding| (finding.span(), std::cmp::Reverse(finding.severity)));
    diagnostics.dedup();
    Analysis {
        policy: sound(&diagnostics).then_some(policy),
        diagnostics,
    }
}
