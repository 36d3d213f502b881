//! A run that goes on: entries come one by one, outcomes as soon as their day is over.

use crate::names::Names;
use crate::open::Open;
use crate::{Date, Entry, Outcome, Policy, Register, RunError, RunOptions, Text};
use pol_eval::{Closed, Evaluator, SnapshotError};
use pol_syntax::Code;

/// A run that goes on.
///
/// Entries may come in any order, as long as the day on which each was recorded is not over. What is
/// said of a day is said when it is over: the outcomes of all days together are those of
/// [`Policy::run`] on all the entries.
pub struct Live<'a> {
    policy: &'a Policy,
    register: &'a Register,
    evaluator: Evaluator<'a>,
}

impl<'a> Live<'a> {
    pub(crate) fn start(
        policy: &'a Policy,
        register: &'a Register,
        options: &RunOptions,
    ) -> Result<Self, Vec<RunError>> {
        let options = crate::run::resolve(policy, &[], options)?;
        let names = Names {
            policy: policy.hir(),
            register,
            entries: &[],
        };
        policy
            .hir()
            .runnable(register, policy.hir().effective)
            .map_err(|faults| names.errors(&faults))?;
        Ok(Self {
            policy,
            register,
            evaluator: policy.program().evaluator(register, options),
        })
    }

    pub(crate) fn resume(
        policy: &'a Policy,
        register: &'a Register,
        state: &[u8],
    ) -> Result<Self, RunError> {
        let evaluator = Evaluator::restore(policy.plan(), register, state).map_err(refused)?;
        Ok(Self {
            policy,
            register,
            evaluator,
        })
    }

    /// Takes an entry; one that has come before is not taken again.
    ///
    /// # Errors
    /// The day on which it was recorded is over (POL0611). The entry is not taken.
    pub fn take(&mut self, entry: Entry) -> Result<(), RunError> {
        self.evaluator.take(entry).map_err(too_late)
    }

    /// Lets a day and all days before it be over, and says what follows of them.
    ///
    /// # Errors
    /// As [`Policy::run`]; nothing is said then.
    pub fn advance_to(&mut self, day: Date) -> Result<Vec<Outcome>, Vec<RunError>> {
        let policy = self.policy.hir();
        if let Err(faults) = policy.runnable(self.register, day) {
            return Err(self.names().errors(&faults));
        }
        match self.evaluator.advance_to(day) {
            Ok(records) => {
                let names = self.names();
                Ok(records.iter().map(|record| names.outcome(record)).collect())
            }
            Err(faults) => Err(self.names().errors(&faults)),
        }
    }

    /// The last day that is over.
    pub fn closed(&self) -> Option<Date> {
        self.evaluator.closed()
    }

    /// What is open on the last day that is over.
    ///
    /// # Errors
    /// As [`Policy::run`], withdrawals of what never came included.
    pub fn open(&mut self) -> Result<Open, Vec<RunError>> {
        match self.evaluator.open() {
            Ok(report) => Ok(Open::of(&report, self.names())),
            Err(faults) => Err(self.names().errors(&faults)),
        }
    }

    /// The whole state as bytes, for [`Policy::resume`].
    ///
    /// # Errors
    /// What the writer says (POL0612).
    pub fn snapshot(&self) -> Result<Vec<u8>, RunError> {
        self.evaluator.snapshot().map_err(refused)
    }

    fn names(&self) -> Names<'_> {
        Names {
            policy: self.policy.hir(),
            register: self.register,
            entries: self.evaluator.entries(),
        }
    }
}

fn too_late(late: Closed) -> RunError {
    let (recorded, closed) = (late.entry.recorded, late.closed);
    RunError {
        origins: vec![late.entry.origin],
        ..RunError::new(
            Code::DAY_OVER,
            Text::new(
                format!("an entry recorded on {recorded} came when {closed} was already over"),
                format!("录入日期为 {recorded} 的记录到达时，{closed} 已经结束"),
            ),
            Text::new(
                "give it the day on which it was really recorded, or run the whole ledger anew",
                "请填写实际的录入日期，或者用整本台账重新运行",
            ),
        )
    }
}

fn refused(error: SnapshotError) -> RunError {
    let (message, help) = match error {
        SnapshotError::Unreadable(why) => (
            Text::new(
                format!("these bytes are no saved state: {why}"),
                format!("这些字节不是保存的状态：{why}"),
            ),
            again(),
        ),
        SnapshotError::Version(version) => (
            Text::new(
                format!("the state was saved in form {version}, which this version does not read"),
                format!("状态以第 {version} 版格式保存，本版本无法读取"),
            ),
            again(),
        ),
        SnapshotError::Policy { of, wanted } => (
            Text::new(
                format!(
                    "the state is of the policy `{}` ({}), not of `{}` ({})",
                    of.0, of.1, wanted.0, wanted.1
                ),
                format!(
                    "状态属于政策 `{}`（{}），不属于 `{}`（{}）",
                    of.0, of.1, wanted.0, wanted.1
                ),
            ),
            Text::new(
                "go on with the policy and calendars that it was saved with, or run the whole ledger anew",
                "请用保存时的政策和日历继续，或者用整本台账重新运行",
            ),
        ),
        SnapshotError::Register => (
            Text::new(
                "the state was saved with another register",
                "保存状态时用的是另一份名册",
            ),
            Text::new(
                "go on with that register, or run the whole ledger anew",
                "请用当时的名册继续，或者用整本台账重新运行",
            ),
        ),
    };
    RunError::new(Code::OTHER_STATE, message, help)
}

fn again() -> Text {
    Text::new("run the whole ledger anew", "请用整本台账重新运行")
}
