//! How much one policy may hold.
//!
//! Far more than any document says; less than what indices can name, and than what would keep an
//! author waiting.

use pol_syntax::ast::{Declaration, Node};
use pol_syntax::{Code, Diagnostic, Text};

/// How many findings are reported at once: more help nobody.
pub(crate) const FINDINGS: usize = 100;

/// How many declarations and fields a policy may have.
const DECLARATIONS: usize = 20_000;

/// How many parameters, definitions or kinds of subject may lean on each other in a row.
pub(crate) const DEEPEST: usize = 64;

/// The finding for a policy that holds more than it may.
pub(crate) fn too_much(declarations: &[Node<Declaration>]) -> Option<Diagnostic> {
    let mut count = 0_usize;
    let beyond = declarations.iter().find(|declaration| {
        let fields = match &declaration.value {
            Declaration::Subject(subject) => subject.attributes.len(),
            Declaration::Event(event) => event.fields.len(),
            Declaration::Outcome(outcome) => outcome.fields.len(),
            _ => 0,
        };
        count += 1 + fields;
        count > DECLARATIONS
    })?;
    let finding = Diagnostic::error(
        Code::LIMIT,
        Text::new(
            format!("a policy has at most {DECLARATIONS} declarations and fields"),
            format!("一份政策至多有{DECLARATIONS}项声明和字段"),
        ),
        beyond.span,
        Text::new("the first one too many", "从此处起超出"),
    );
    Some(finding.with_help(Text::new(
        "write policies of their own for parts that do not need each other",
        "互不相干的部分，请分成几份政策",
    )))
}
