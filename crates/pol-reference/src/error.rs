//! What keeps a run from being meaningful, in words.

use crate::report::RunError;
use pol_calendar::Date;
use pol_runtime::{Cause, Origin, PhaseIx, Register};
use pol_semantics::hir::{Named, Policy};
use pol_syntax::{Code, Text};

impl RunError {
    /// The holes of a policy: it checks, but does not run.
    pub(crate) fn holes(policy: &Policy) -> Vec<Self> {
        let holes = policy.holes.iter().map(|hole| Self {
            code: Code::HOLE_RUN,
            message: Text::new(
                format!(
                    "`{}` leaves a value open: the policy does not run",
                    hole.declaration
                ),
                format!("`{}` 有一处尚未填写，政策不能运行", hole.declaration),
            ),
            help: Some(Text::new(
                "write the value in place of `?`",
                "请在 `?` 处填写数值",
            )),
            origins: Vec::new(),
            span: Some(hole.span),
        });
        holes.collect()
    }

    /// A run over more days than are run.
    pub(crate) fn too_long(policy: &Policy, as_of: Date) -> Self {
        let (name, from) = (&policy.named.name, policy.effective);
        Self {
            code: Code::RUN_TOO_LONG,
            message: Text::new(
                format!("a run of `{name}` from {from} to {as_of} is longer than 100 years"),
                format!("`{name}` 从 {from} 运行到 {as_of} 超过了 100 年"),
            ),
            help: Some(Text::new("run to an earlier day", "请运行到较早的日期")),
            origins: Vec::new(),
            span: None,
        }
    }

    /// Phases that take their dates from the register, which does not give them.
    pub(crate) fn phases_without_dates(policy: &Policy, register: &Register) -> Vec<Self> {
        let phases = (0_u16..).map(PhaseIx).zip(&policy.phases);
        let without = phases.filter(|(phase, declared)| {
            declared.from_register && register.phases.get(phase).is_none_or(Vec::is_empty)
        });
        without
            .map(|(_, declared)| {
                let name = declared.named.display();
                Self {
                    code: Code::PHASE_WITHOUT_DATES,
                    message: Text::new(
                        format!("the register does not say when the phase `{name}` is"),
                        format!("名册没有写明阶段 `{name}` 的起止日期"),
                    ),
                    help: Some(Text::new(
                        format!(
                            "add a row to the register: kind `phase`, id `{name}`, and its first day in `from`"
                        ),
                        format!("请在名册中增加一行：种类为`阶段`，编号为`{name}`，并填写起始日期"),
                    )),
                    origins: Vec::new(),
                    span: Some(declared.named.span),
                }
            })
            .collect()
    }

    /// A limit that could not be dated.
    pub(crate) fn undated(named: &Named, causes: &[Cause]) -> Self {
        let missing = causes.iter().find_map(|cause| match cause {
            Cause::MissingYear { calendar, year } => Some((calendar, year)),
            _ => None,
        });
        let (code, message, help) = match missing {
            Some((calendar, year)) => (
                Code::MISSING_YEAR,
                Text::new(
                    format!(
                        "`{}` asks for a working day of {year}, which the calendar `{calendar}` does not have",
                        named.name
                    ),
                    format!(
                        "`{}` 需要 {year} 年的工作日，而日历 `{calendar}` 没有这一年",
                        named.name
                    ),
                ),
                Text::new(
                    format!(
                        "run to an earlier day, or add {year} to the calendar once it is published"
                    ),
                    format!("请运行到较早的日期，或待 {year} 年的安排公布后补入日历"),
                ),
            ),
            None => (
                Code::UNDATED,
                Text::new(
                    format!("a date of `{}` cannot be computed", named.name),
                    format!("无法算出 `{}` 的日期", named.name),
                ),
                Text::new(
                    "look at its durations and at the dates of its entries",
                    "请检查其中的时长和有关记录的日期",
                ),
            ),
        };
        Self {
            code,
            message,
            help: Some(help),
            origins: Vec::new(),
            span: Some(named.span),
        }
    }

    /// A decision that fits two open proposals.
    pub(crate) fn two_proposals(rules: &[String], origin: Origin) -> Self {
        let list = rules.join("`, `");
        let zh = rules.join("`、`");
        Self {
            code: Code::TWO_PROPOSALS,
            message: Text::new(
                format!("a decision names no rule, and several proposals are open: `{list}`"),
                format!("决定没有写明规则，而待决的提议有几项：`{zh}`"),
            ),
            help: Some(Text::new(
                "name the rule in the decision",
                "请在决定中写明规则",
            )),
            origins: vec![origin],
            span: None,
        }
    }

    /// An approval of which nobody can tell what it approves.
    pub(crate) fn which_rule(rules: &[String], origin: Origin) -> Self {
        let list = rules.join("`, `");
        let zh = rules.join("`、`");
        Self {
            code: Code::TWO_PROPOSALS,
            message: Text::new(
                format!(
                    "an approval names no rule, no proposal is open, and it could mean any of `{list}`"
                ),
                format!("批准没有写明规则，也没有待决的提议，可能指 `{zh}` 中的任何一项"),
            ),
            help: Some(Text::new(
                "name the rule in the decision",
                "请在决定中写明规则",
            )),
            origins: vec![origin],
            span: None,
        }
    }
}
