//! What is read and checked, but not evaluated yet: the one list of it.
//!
//! Whoever teaches the reference evaluator a construct takes it off [`NOT_YET`].

use pol_syntax::{Code, Diagnostic, Span, Text};

/// A construct that an evaluator must know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Construct {
    /// `rank of V among K`.
    Rank,
    /// `share of K where P`.
    Share,
    /// `subject K opened by E`.
    OpenedBy,
    /// `phase P from register`.
    PhaseFromRegister,
    /// `for 2 E`.
    ForEvents,
    /// `of every K`, `of K and every L`.
    Every,
}

/// What the reference evaluator does not evaluate yet.
const NOT_YET: &[Construct] = &[Construct::PhaseFromRegister];

/// The finding for a construct that is not evaluated yet.
pub(crate) fn not_yet(construct: Construct, span: Span) -> Option<Diagnostic> {
    if !NOT_YET.contains(&construct) {
        return None;
    }
    let (en, zh) = match construct {
        Construct::Rank => ("rank of … among …", "在 … 中 按 … 排名"),
        Construct::Share => ("share of … where …", "… 中 … 的 占比"),
        Construct::OpenedBy => ("opened by", "由 … 产生"),
        Construct::PhaseFromRegister => ("from register", "取自 名册"),
        Construct::ForEvents => ("for NUMBER EVENT", "为期 …次 事项"),
        Construct::Every => ("of every", "对 各"),
    };
    let finding = Diagnostic::error(
        Code::NOT_YET,
        Text::new(
            format!("`{en}` is not evaluated yet"),
            format!("`{zh}`尚不能计算"),
        ),
        span,
        Text::new(
            "read and checked, but not computed",
            "可以读取和检查，尚不能计算",
        ),
    );
    Some(finding.with_help(Text::new(
        "leave it out for now; a later edition will evaluate it",
        "目前请先不用；以后的版本会支持",
    )))
}
