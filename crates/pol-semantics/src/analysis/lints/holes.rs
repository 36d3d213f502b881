//! POL0480: values that the document leaves open.

use crate::hir::Policy;
use pol_syntax::{Code, Diagnostic, Label, Severity, Text};

pub(super) fn check(policy: &Policy) -> Option<Diagnostic> {
    if policy.holes.is_empty() {
        return None;
    }
    let labels = policy.holes.iter().map(|hole| {
        let name = &hole.declaration;
        Label {
            span: hole.span,
            text: Text::new(
                format!("`{name}` waits for this value"),
                format!("`{name}`等待填写"),
            ),
        }
    });
    let count = policy.holes.len();
    let (en, zh) = if count == 1 {
        ("one value is left open".to_owned(), "有1处留空".to_owned())
    } else {
        (
            format!("{count} values are left open"),
            format!("有{count}处留空"),
        )
    };
    Some(Diagnostic {
        code: Code::HOLES,
        severity: Severity::Advice,
        message: Text::new(
            format!("{en}: the policy checks, and does not run before they are filled"),
            format!("{zh}：政策可以检查，填好之前不能运行"),
        ),
        labels: labels.collect(),
        help: Some(Text::new(
            "put the document's value in place of `?` as soon as there is one",
            "文件明确之后，请把`？`换成具体的值",
        )),
    })
}
