//! What can go wrong, in words of both languages.

use crate::register::RegisterError;
use pol_calendar::Date;
use pol_eval::SnapshotError;
use pol_model::{Entry, EntryIx, Fault, Limit, Names, RuleIx};
use pol_plan::{Plan, PlanError};
use std::fmt;

/// What can go wrong in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The crate's plan is not the one that it was generated from.
    Plan(PlanError),
    /// The register, the ledger or the length of the run keeps it from being meaningful.
    Faults(Vec<Trouble>),
    /// A row came when the day on which it was recorded was over.
    DayOver {
        /// The day on which it was recorded.
        recorded: Date,
        /// The last day that is over.
        closed: Date,
    },
    /// A row names a member that the register does not have.
    Stranger,
    /// A row is of a day outside the years that are reckoned with.
    NoSuchYear(Date),
    /// A member cannot be put into the register.
    Register(RegisterError),
    /// Bytes are not taken for a snapshot.
    Snapshot(SnapshotError),
    /// Something is of another policy or of another register.
    Unfit,
}

/// What keeps a run from being meaningful.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What it is.
    pub fault: Fault,
    /// What is wrong and what to do, in English.
    pub en: String,
    /// The same in Chinese.
    pub zh: String,
}

impl From<PlanError> for Error {
    fn from(error: PlanError) -> Self {
        Self::Plan(error)
    }
}

impl From<RegisterError> for Error {
    fn from(error: RegisterError) -> Self {
        Self::Register(error)
    }
}

impl From<SnapshotError> for Error {
    fn from(error: SnapshotError) -> Self {
        Self::Snapshot(error)
    }
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(error) => error.fmt(f),
            Self::Faults(troubles) => {
                let said: Vec<&str> = troubles.iter().map(|trouble| &*trouble.en).collect();
                f.write_str(&said.join("\n"))
            }
            Self::DayOver { recorded, closed } => write!(
                f,
                "a row recorded on {recorded} came when {closed} was already over; give it the day \
                 on which it was really recorded, or run the whole ledger anew"
            ),
            Self::Stranger => f.write_str(
                "a row names a member that this register does not have; take ids from the register \
                 that the run was started with",
            ),
            Self::NoSuchYear(day) => write!(f, "{day} lies outside the years 1900 to 9999"),
            Self::Register(error) => error.fmt(f),
            Self::Snapshot(error) => f.write_str(&snapshot(error).0),
            Self::Unfit => f.write_str(
                "this is of another policy or of another register than this crate was made for",
            ),
        }
    }
}

impl Error {
    /// What is wrong and what to do, in Chinese; [`fmt::Display`] says it in English.
    pub fn in_chinese(&self) -> String {
        match self {
            Self::Plan(error) => error.in_chinese(),
            Self::Faults(troubles) => {
                let said: Vec<&str> = troubles.iter().map(|trouble| &*trouble.zh).collect();
                said.join("\n")
            }
            Self::DayOver { recorded, closed } => format!(
                "录入日期为{recorded}的记录到达时，{closed}已经结束；请填写实际的录入日期，或者用整本台账重新运行"
            ),
            Self::Stranger => "记录涉及的对象不在名册中；请使用运行所用名册给出的编号".to_owned(),
            Self::NoSuchYear(day) => format!("{day}不在1900年至9999年之间"),
            Self::Register(error) => error.in_chinese(),
            Self::Snapshot(error) => snapshot(error).1,
            Self::Unfit => "内容属于另一政策或另一份名册，与本程序不符".to_owned(),
        }
    }
}

fn snapshot(error: &SnapshotError) -> (String, String) {
    match error {
        SnapshotError::Unreadable(why) => (
            format!("these bytes are no saved state: {why}; run the whole ledger anew"),
            format!("这些字节不是保存的状态：{why}；请用整本台账重新运行"),
        ),
        SnapshotError::Version(version) => (
            format!(
                "the state was saved in form {version}, which this version does not read; run the \
                 whole ledger anew"
            ),
            format!("状态以第{version}版格式保存，本版本无法读取；请用整本台账重新运行"),
        ),
        SnapshotError::Policy { of, wanted } => (
            format!(
                "the state is of the policy `{}` ({}), not of `{}` ({}); go on with the crate that \
                 it was saved with",
                of.0, of.1, wanted.0, wanted.1
            ),
            format!(
                "状态属于政策`{}`（{}），不属于`{}`（{}）；请用保存时的程序继续",
                of.0, of.1, wanted.0, wanted.1
            ),
        ),
        SnapshotError::Register => (
            "the state was saved with another register; go on with that register".to_owned(),
            "保存状态时用的是另一份名册；请用当时的名册继续".to_owned(),
        ),
    }
}

/// What an evaluator found, in words.
pub(crate) fn faults(plan: &Plan, entries: &[Entry], found: Vec<Fault>) -> Error {
    let told = found.into_iter().map(|fault| {
        let (en, zh) = words(plan, entries, &fault);
        Trouble { fault, en, zh }
    });
    Error::Faults(told.collect())
}

fn words(plan: &Plan, entries: &[Entry], fault: &Fault) -> (String, String) {
    let id = |entry: &EntryIx| {
        let entry = entries
            .get(entry.at())
            .and_then(|entry| entry.id.as_deref());
        entry.unwrap_or("?").to_owned()
    };
    match fault {
        Fault::Hole(_) => (
            "the policy leaves a value open; write it in place of `?`".to_owned(),
            "政策有一处尚未填写；请在`?`处填写数值".to_owned(),
        ),
        Fault::PhaseWithoutDates(phase) => {
            let name = plan.phases.get(phase.at()).map_or("?", |phase| &phase.name);
            (
                format!("the register does not say when the phase `{name}` is; give it its days"),
                format!("名册没有写明阶段`{name}`的起止日期；请补充"),
            )
        }
        Fault::TooLong { as_of } => (
            format!("a run to {as_of} is longer than 100 years; run to an earlier day"),
            format!("运行到{as_of}超过了100年；请运行到较早的日期"),
        ),
        Fault::RepeatedId { second, .. } => {
            let id = id(second);
            (
                format!("the id `{id}` stands at two rows that differ; give each an id of its own"),
                format!("编号`{id}`出现在两条内容不同的记录上；请给每条记录各自的编号"),
            )
        }
        Fault::RecordedEarly(entry) => {
            let id = id(entry);
            (
                format!("`{id}` is recorded before it happened; correct one of the two dates"),
                format!("`{id}`的录入日期早于发生日期；请更正其中一个日期"),
            )
        }
        Fault::WithdrawsNothing { id, .. } => (
            format!("`{id}` is withdrawn or corrected, but no row has this id; name one that has"),
            format!("撤回或更正的编号`{id}`没有对应的记录；请填写已有记录的编号"),
        ),
        Fault::WithdrawsWithdrawal { withdrawal, .. } => {
            let id = id(withdrawal);
            (
                format!("`{id}` is itself a withdrawal; enter again what was withdrawn by mistake"),
                format!("`{id}`本身是撤回记录；如系误撤，请重新录入原记录"),
            )
        }
        Fault::TwoProposals { rules, .. } | Fault::WhichRule { rules, .. } => {
            let names = |rule: &RuleIx| plan.rule(*rule).name.as_str();
            let names: Vec<&str> = rules.iter().map(names).collect();
            (
                format!(
                    "a decision names no rule and could mean `{}`; name the rule",
                    names.join("`, `")
                ),
                format!(
                    "决定没有写明规则，可能指`{}`；请写明规则",
                    names.join("`、`")
                ),
            )
        }
        Fault::Undated { limit, missing } => {
            let name = match limit {
                Limit::Rule(rule) => Names::rule(plan, *rule),
                Limit::Duty(duty) => plan.duty(*duty),
            };
            match missing {
                Some((calendar, year)) => (
                    format!(
                        "`{name}` asks for a working day of {year}, which the calendar `{calendar}` \
                         does not have; run to an earlier day"
                    ),
                    format!(
                        "`{name}`需要{year}年的工作日，而日历`{calendar}`没有这一年；请运行到较早的日期"
                    ),
                ),
                None => (
                    format!("a date of `{name}` cannot be computed; look at its durations"),
                    format!("无法算出`{name}`的日期；请检查其中的时长"),
                ),
            }
        }
    }
}
