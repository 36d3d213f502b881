//! POL0413: a duty that nothing can meet.

use crate::hir::Policy;
use pol_syntax::{Code, Diagnostic, Text};

pub(super) fn check(policy: &Policy) -> Vec<Diagnostic> {
    policy
        .duties
        .iter()
        .filter(|duty| duty.met_by.is_empty())
        .map(|duty| {
            let name = &duty.named.name;
            Diagnostic::warning(
                Code::DUTY_NEVER_MET,
                Text::new(
                    format!("nothing meets `{name}`, so it is missed every time"),
                    format!("没有事项能完成`{name}`，每次都会逾期"),
                ),
                duty.named.span,
                Text::new("no `met by` in this duty", "此职责没有写以什么完成"),
            )
            .with_help(Text::new(
                "say which event meets it: `met by E`",
                "请写明哪个事项算完成：`以 E 完成`",
            ))
        })
        .collect()
}
