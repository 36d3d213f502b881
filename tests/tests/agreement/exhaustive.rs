//! All ledgers of up to four entries over two subjects, two kinds and three dates, for a handful of
//! small policies: the days lie around a month's end.

use super::{plan, told};
use pol::Policy;
use pol::{Register, hir};
use pol_model::{Date, Entry, EntryBody, EventIx, MemberIx, Options, Origin};
use pol_tests::agreement::{CONTESTS, Evaluator, Given, differences};
use std::sync::Arc;

const HEAD: &str = "policy small
  effective 2024-01-29
  calendar china
subject county
subject township within county
event finding of township
event visit of township
ladder card for township
  clear < yellow < red
outcome warning
outcome freeze
outcome bar
";

pub(super) const POLICIES: &[&str] = &[
    "rule up
  for township
  on finding
  if finding >= 2 in month since last time
  then yellow
rule higher
  for township
  on visit
  if card is yellow
  then red
rule down
  for township
  when card >= yellow held 3 days
  then clear
",
    "rule monthly
  for township
  at end of each month
  if finding >= 2 in any month since last time
  then card = card + 1, warning for 2 days
rule repeated
  for township
  on card
  if card >= 2 in year
  counting again
  then freeze
",
    "duty answer
  of township
  within 2 days of finding
  met by visit
rule missed
  for township
  on answer missed
  then yellow
rule excused
  for township
  on answer met
  if card is yellow
  then clear
",
    "rule fresh
  for township
  when finding >= 2 since visit
  then warning until visit
rule row
  for township
  when run of finding where date > 2024-01-30 >= 2
  then red
rule barred
  for township
  while warning in force or card is red
  then bar
",
    "rule covered
  for county
  at end of each month
  if share of township where (visit in month) >= 100%
  then freeze
rule first
  for township
  on 2024-02-03
  if rank of distinct date of finding in last 5 days among township where (finding) is 1
  then warning
rule crowded
  for county
  when finding within it >= 3 in last 2 days
  then bar for 3 days
",
    "rule unanswered
  for township
  2 days after finding unless visit
  then freeze
rule freed
  for township
  on visit
  if freeze in force
  then end freeze, warning
rule quiet
  for township
  when not (finding in last 3 days) held 2 days
  then bar
",
];

/// One ledger in so many is tried where little time is, more of them in a long run, and all in one of
/// a million pairs.
pub(super) fn one_in(many: usize) -> usize {
    match plan().pairs {
        0..5_000 => many,
        5_000..1_000_000 => (many / 40).max(1),
        _ => 1,
    }
}

/// All entries that there can be.
pub(super) fn alphabet() -> Vec<Entry> {
    let mut entries = Vec::new();
    for member in [1, 2] {
        for event in [0, 1] {
            for date in ["2024-01-30", "2024-01-31", "2024-02-01"] {
                let date: Date = date.parse().expect("a day");
                entries.push(Entry {
                    id: None,
                    date,
                    time: None,
                    recorded: date,
                    body: EntryBody::Event {
                        event: EventIx(event),
                        of: vec![MemberIx(member)],
                        fields: Vec::new(),
                    },
                    instead_of: None,
                    origin: Origin::default(),
                });
            }
        }
    }
    entries
}

/// All choices of up to `most` of `bound` things, each any number of times, in order.
pub(super) fn choices(bound: usize, most: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    let mut longest = all.clone();
    for _ in 0..most {
        longest = longest
            .iter()
            .flat_map(|shorter: &Vec<usize>| {
                let first = shorter.last().copied().unwrap_or(0);
                (first..bound).map(move |next| {
                    let mut longer = shorter.clone();
                    longer.push(next);
                    longer
                })
            })
            .collect();
        all.extend(longest.iter().cloned());
    }
    all
}

/// A small policy, and two townships of a county.
pub(super) fn small(rules: &str) -> (Policy, Register) {
    let policy = Policy::compile("small.pol", format!("{HEAD}{rules}"));
    let policy = policy.unwrap_or_else(|findings| panic!("{rules}{findings:#?}"));
    let register = b"id,kind,within\nc,county,\nt1,township,c\nt2,township,c\n";
    let register = policy.register_from_csv("register.csv", register);
    (policy, register.expect("the register is sound"))
}

/// These of the entries that there can be, with ids.
pub(super) fn entries_of(ledger: &[usize], alphabet: &[Entry]) -> Vec<Entry> {
    let entries = ledger.iter().enumerate().map(|(at, which)| Entry {
        id: Some(Arc::from(format!("e{at}"))),
        ..alphabet[*which].clone()
    });
    entries.collect()
}

/// Two evaluators say the same of a small ledger.
pub(super) fn judge(
    judge: &dyn Evaluator,
    other: &dyn Evaluator,
    policy: &hir::Policy,
    register: &Register,
    entries: &[Entry],
) {
    let options = Options::through("2024-02-08".parse().expect("a day"));
    let given = Given {
        policy,
        register,
        entries,
        options: &options,
    };
    let (said, again) = (judge.evaluate(given), other.evaluate(given));
    let found = differences(&said, &again);
    let other = other.name();
    assert!(found.is_empty(), "{other}\n{entries:#?}\n{}", told(&found));
}

#[test]
fn all_small_ledgers_agree() {
    let alphabet = alphabet();
    let ledgers = choices(alphabet.len(), 4);
    // 12 kinds of entry: 1 + 12 + 78 + 364 + 1365.
    assert_eq!(ledgers.len(), 1820);
    std::thread::scope(|scope| {
        for rules in POLICIES {
            let (alphabet, ledgers) = (&alphabet, &ledgers);
            scope.spawn(move || {
                let (policy, register) = small(rules);
                for (at, contest) in CONTESTS.iter().enumerate() {
                    let (first, other) = (contest.judge, contest.other);
                    // The judge is asked about all of them; the others where there is time.
                    let some = if at == 0 { 1 } else { one_in(97) };
                    for ledger in ledgers.iter().step_by(some) {
                        let entries = entries_of(ledger, alphabet);
                        judge(first, other, policy.hir(), &register, &entries);
                    }
                }
            });
        }
    });
}
