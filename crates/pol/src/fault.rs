//! What keeps a run from being meaningful, in words.

use crate::names::Names;
use pol_model::{EntryIx, Fault, Limit, Origin, RuleIx};
use pol_semantics::hir::Named;
use pol_syntax::{Code, Span, Text};

/// What keeps a run from being meaningful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunError {
    /// Its stable code, `POL06xx`.
    pub code: Code,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub help: Option<Text>,
    /// The entries that it concerns, by where they were read.
    pub origins: Vec<Origin>,
    /// The place in the policy that it concerns.
    pub span: Option<Span>,
}

impl RunError {
    pub(crate) fn new(code: Code, message: Text, help: Text) -> Self {
        Self {
            code,
            message,
            help: Some(help),
            origins: Vec::new(),
            span: None,
        }
    }

    fn at(self, span: Span) -> Self {
        Self {
            span: Some(span),
            ..self
        }
    }
}

impl Names<'_> {
    /// What evaluators found, in words.
    pub(crate) fn errors(&self, faults: &[Fault]) -> Vec<RunError> {
        faults.iter().map(|fault| self.error(fault)).collect()
    }

    fn error(&self, fault: &Fault) -> RunError {
        match fault {
            Fault::Hole(at) => self.hole(*at),
            Fault::PhaseWithoutDates(phase) => without_dates(&self.policy.phases[phase.at()].named),
            Fault::TooLong { as_of } => self.too_long(*as_of),
            Fault::RepeatedId { first, second } => self.repeated(*first, *second),
            Fault::RecordedEarly(entry) => self.recorded_early(*entry),
            Fault::WithdrawsNothing { entry, id } => self.of_nothing(*entry, id),
            Fault::WithdrawsWithdrawal { entry, withdrawal } => {
                self.of_withdrawal(*entry, *withdrawal)
            }
            Fault::TwoProposals { entry, rules } => self.two_proposals(*entry, rules),
            Fault::WhichRule { entry, rules } => self.which_rule(*entry, rules),
            Fault::Undated { limit, missing } => {
                let named = match limit {
                    Limit::Rule(rule) => &self.policy.rules[rule.at()].named,
                    Limit::Duty(duty) => &self.policy.duties[duty.at()].named,
                };
                undated(named, missing.as_ref())
            }
        }
    }

    fn about(&self, error: RunError, entries: &[EntryIx]) -> RunError {
        let origins = entries
            .iter()
            .map(|entry| self.entries[entry.at()].origin.clone())
            .collect();
        RunError { origins, ..error }
    }

    fn hole(&self, at: usize) -> RunError {
        let hole = &self.policy.holes[at];
        RunError::new(
            Code::HOLE_RUN,
            Text::new(
                format!(
                    "`{}` leaves a value open: the policy does not run",
                    hole.declaration
                ),
                format!("`{}` 有一处尚未填写，政策不能运行", hole.declaration),
            ),
            Text::new("write the value in place of `?`", "请在 `?` 处填写数值"),
        )
        .at(hole.span)
    }

    fn too_long(&self, as_of: pol_calendar::Date) -> RunError {
        let (name, from) = (&self.policy.named.name, self.policy.effective);
        RunError::new(
            Code::RUN_TOO_LONG,
            Text::new(
                format!("a run of `{name}` from {from} to {as_of} is longer than 100 years"),
                format!("`{name}` 从 {from} 运行到 {as_of} 超过了 100 年"),
            ),
            Text::new("run to an earlier day", "请运行到较早的日期"),
        )
    }

    fn repeated(&self, first: EntryIx, second: EntryIx) -> RunError {
        let id = self.entries[second.at()].id.as_deref().unwrap_or_default();
        let error = RunError::new(
            Code::REPEATED_ID,
            Text::new(
                format!("the id `{id}` stands at two entries that differ"),
                format!("编号 `{id}` 出现在两条内容不同的记录上"),
            ),
            Text::new("give each entry an id of its own", "请给每条记录各自的编号"),
        );
        self.about(error, &[first, second])
    }

    fn recorded_early(&self, entry: EntryIx) -> RunError {
        let read = &self.entries[entry.at()];
        let error = RunError::new(
            Code::RECORDED_EARLY,
            Text::new(
                format!(
                    "an entry of {} is recorded on {}, before it happened",
                    read.date, read.recorded
                ),
                format!(
                    "发生于 {} 的记录录入于 {}，早于发生日期",
                    read.date, read.recorded
                ),
            ),
            Text::new("correct one of the two dates", "请更正其中一个日期"),
        );
        self.about(error, &[entry])
    }

    fn of_nothing(&self, entry: EntryIx, id: &str) -> RunError {
        let error = RunError::new(
            Code::WITHDRAWS_NOTHING,
            Text::new(
                format!("`{id}` is withdrawn or corrected, but no entry has this id"),
                format!("撤回或更正的编号 `{id}` 没有对应的记录"),
            ),
            Text::new(
                "name the id of an entry of this ledger",
                "请填写本台账中已有记录的编号",
            ),
        );
        self.about(error, &[entry])
    }

    fn of_withdrawal(&self, entry: EntryIx, withdrawal: EntryIx) -> RunError {
        let id = self.entries[withdrawal.at()]
            .id
            .as_deref()
            .unwrap_or_default();
        let error = RunError::new(
            Code::WITHDRAWS_WITHDRAWAL,
            Text::new(
                format!("`{id}` is itself a withdrawal and cannot be withdrawn"),
                format!("`{id}` 本身是撤回记录，不能再撤回"),
            ),
            Text::new(
                "enter again what was withdrawn by mistake",
                "如系误撤，请重新录入原记录",
            ),
        );
        self.about(error, &[entry, withdrawal])
    }

    fn rule_names(&self, rules: &[RuleIx]) -> (String, String) {
        let names: Vec<&str> = rules
            .iter()
            .map(|rule| &*self.policy.rules[rule.at()].named.name)
            .collect();
        (names.join("`, `"), names.join("`、`"))
    }

    fn two_proposals(&self, entry: EntryIx, rules: &[RuleIx]) -> RunError {
        let (list, zh) = self.rule_names(rules);
        let error = RunError::new(
            Code::TWO_PROPOSALS,
            Text::new(
                format!("a decision names no rule, and several proposals are open: `{list}`"),
                format!("决定没有写明规则，而待决的提议有几项：`{zh}`"),
            ),
            Text::new("name the rule in the decision", "请在决定中写明规则"),
        );
        self.about(error, &[entry])
    }

    fn which_rule(&self, entry: EntryIx, rules: &[RuleIx]) -> RunError {
        let (list, zh) = self.rule_names(rules);
        let error = RunError::new(
            Code::TWO_PROPOSALS,
            Text::new(
                format!(
                    "an approval names no rule, no proposal is open, and it could mean any of `{list}`"
                ),
                format!("批准没有写明规则，也没有待决的提议，可能指 `{zh}` 中的任何一项"),
            ),
            Text::new("name the rule in the decision", "请在决定中写明规则"),
        );
        self.about(error, &[entry])
    }
}

/// A phase that takes its dates from the register, which does not give them.
fn without_dates(named: &Named) -> RunError {
    let name = named.display();
    RunError::new(
        Code::PHASE_WITHOUT_DATES,
        Text::new(
            format!("the register does not say when the phase `{name}` is"),
            format!("名册没有写明阶段 `{name}` 的起止日期"),
        ),
        Text::new(
            format!(
                "add a row to the register: kind `phase`, id `{name}`, and its first day in `from`"
            ),
            format!("请在名册中增加一行：种类为`阶段`，编号为`{name}`，并填写起始日期"),
        ),
    )
    .at(named.span)
}

/// A limit that could not be dated.
fn undated(named: &Named, missing: Option<&(String, i32)>) -> RunError {
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
    RunError::new(code, message, help).at(named.span)
}
