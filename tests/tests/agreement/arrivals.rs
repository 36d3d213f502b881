//! After each single step, in whatever order entries come, a run that goes on says what a fresh run
//! of what has come says: small ledgers, every order of arrival, with a state that is written and read
//! again before each step.

use super::exhaustive::{POLICIES, alphabet, choices, entries_of, judge, one_in, small};
use pol::hir;
use pol_eval::Evaluator;
use pol_model::{Date, Entry, EntryBody, MemberIx, Options, Register, Report};
use pol_plan::Plan;
use pol_tests::agreement::{Incremental, Places, REFERENCE};
use std::sync::Arc;

#[test]
fn every_order_of_arrival_says_the_same() {
    let ledgers = choices(alphabet().len(), 4);
    let ledgers: Vec<Vec<Entry>> = ledgers
        .iter()
        .map(|ledger| entries_of(ledger, &alphabet()))
        .collect();
    assert_eq!(ledgers.len(), 1820);
    try_all(&ledgers, one_in(397));
}

#[test]
fn so_do_late_entries_withdrawals_and_corrections() {
    let ledgers = changed();
    // 16 kinds of entry: 16 + 136 ledgers, each with one of 3 withdrawals or 16 corrections.
    assert_eq!(ledgers.len(), (16 + 136) * (3 + 16));
    try_all(&ledgers, one_in(797));
}

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// One or two entries, some of them late, and a withdrawal or a correction of the first.
fn changed() -> Vec<Vec<Entry>> {
    let days = ["2024-01-30", "2024-01-31", "2024-02-01"].map(day);
    let mut late: Vec<Entry> = Vec::new();
    for entry in alphabet().into_iter().filter(|entry| entry.date == days[0]) {
        for (date, recorded) in [(0, 0), (0, 1), (0, 2), (1, 2)] {
            late.push(Entry {
                date: days[date],
                recorded: days[recorded],
                ..entry.clone()
            });
        }
    }
    let withdrawals = days.iter().map(|recorded| Entry {
        date: *recorded,
        recorded: *recorded,
        body: EntryBody::Withdrawal {
            entry: Arc::from("e0"),
        },
        ..late[0].clone()
    });
    let corrections = late.iter().map(|entry| Entry {
        instead_of: Some(Arc::from("e0")),
        ..entry.clone()
    });
    let last: Vec<Entry> = withdrawals.chain(corrections).collect();
    let mut ledgers = Vec::new();
    for ledger in choices(late.len(), 2).iter().filter(|one| !one.is_empty()) {
        for change in &last {
            let mut entries = entries_of(ledger, &late);
            entries.push(Entry {
                id: Some(Arc::from("w")),
                ..change.clone()
            });
            ledgers.push(entries);
        }
    }
    ledgers
}

fn try_all(ledgers: &[Vec<Entry>], one_in: usize) {
    std::thread::scope(|scope| {
        for rules in POLICIES {
            scope.spawn(move || {
                let (policy, register) = small(rules);
                let plan = Plan::of(policy.hir());
                for entries in ledgers.iter().step_by(one_in) {
                    judge(&REFERENCE, &Incremental, policy.hir(), &register, entries);
                    let ground = Ground::of(&plan, policy.hir(), &register, entries);
                    let first = Evaluator::new(&plan, &register, Options::through(ground.end()));
                    let state = first.snapshot().expect("it can be written");
                    ground.go_on(&state, &[], 0, &[]);
                }
            });
        }
    });
}

/// What a ledger comes to, day by day.
struct Ground<'a> {
    plan: &'a Plan,
    register: &'a Register,
    entries: &'a [Entry],
    /// The days that are closed one after another, and what a fresh run through each says.
    days: Vec<(Date, Report)>,
}

impl<'a> Ground<'a> {
    fn of(
        plan: &'a Plan,
        policy: &hir::Policy,
        register: &'a Register,
        entries: &'a [Entry],
    ) -> Self {
        let closed = ["2024-01-30", "2024-01-31", "2024-02-01", "2024-02-08"].map(day);
        let fresh = |day: Date| {
            policy.runnable(register, day).expect("it can be run");
            let report = pol_eval::evaluate(plan, register, entries, &Options::through(day));
            let order: Vec<usize> = (0..entries.len()).collect();
            let places = Places::of(register.indices().collect(), entries, &order);
            places.report(report.expect("the ledger is sound"))
        };
        Self {
            plan,
            register,
            entries,
            days: closed.map(|day| (day, fresh(day))).to_vec(),
        }
    }

    fn end(&self) -> Date {
        self.days[self.days.len() - 1].0
    }

    /// Takes each step that is possible, and goes on from it: any entry that has not come comes, or
    /// the next day is over, once all that is recorded on it has come.
    fn go_on(&self, state: &[u8], order: &[usize], over: usize, said: &[pol_model::Record]) {
        let restore =
            || Evaluator::restore(self.plan, self.register, state).expect("it is read again");
        for at in (0..self.entries.len()).filter(|at| !order.contains(at)) {
            let mut evaluator = restore();
            let taken = evaluator.take(self.entries[at].clone());
            taken.expect("its day is not over yet");
            let order = [order, &[at]].concat();
            if over > 0 {
                self.compare(&mut evaluator, &order, over - 1, said);
            }
            let state = evaluator.snapshot().expect("it can be written");
            self.go_on(&state, &order, over, said);
        }
        let Some((next, _)) = self.days.get(over) else {
            return;
        };
        let mut waiting = (0..self.entries.len()).filter(|at| !order.contains(at));
        if waiting.any(|at| self.entries[at].recorded <= *next) {
            return;
        }
        let mut evaluator = restore();
        let more = evaluator.advance_to(*next).expect("the ledger is sound");
        let said = [said, &more].concat();
        self.compare(&mut evaluator, order, over, &said);
        let state = evaluator.snapshot().expect("it can be written");
        self.go_on(&state, order, over + 1, &said);
    }

    /// What was said up to a day, and what is open on it, is what a fresh run says.
    fn compare(
        &self,
        evaluator: &mut Evaluator<'_>,
        order: &[usize],
        over: usize,
        said: &[pol_model::Record],
    ) {
        // A withdrawal may have come before what it withdraws: a fresh run would refuse it.
        let Ok(mut report) = evaluator.open() else {
            return;
        };
        report.records = said.to_vec();
        let members: Vec<MemberIx> = self.register.indices().collect();
        let report = Places::of(members, self.entries, order).report(report);
        let (day, fresh) = &self.days[over];
        assert_eq!(
            fresh, &report,
            "through {day}, in the order {order:?}: {:#?}",
            self.entries
        );
    }
}
