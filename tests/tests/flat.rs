//! The flat machine against the judge, on policies written to be flat and ledgers made by chance.
//!
//! `FLAT_PAIRS=20000 cargo test --release -p pol-tests --test flat -- --nocapture` tries more.

use chrono::Days;
use pol::Policy;
use pol_calendar::Date;
use pol_kernel::{Flat, replay};
use pol_model::{EntryBody, MemberIx};
use pol_plan::Plan;
use pol_tests::agreement::{
    Bare, Choices, Evaluator, Ground, Incremental, Machine, Pair, differences, of_machine,
};
use pol_tests::documents::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn policies() -> Vec<(String, Policy)> {
    let mut files: Vec<PathBuf> = fs::read_dir(root().join("tests/flat"))
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    files.sort();
    let read = files.into_iter().map(|file| {
        let text = fs::read_to_string(&file).expect("the policy is there");
        let name = file.display().to_string();
        let policy = Policy::compile(&*name, text.clone()).expect("it compiles");
        (text, policy)
    });
    read.collect()
}

/// Adds the entries of another pair, so many days later, about members of the same kinds.
fn join(pair: &mut Pair, more: &Pair, days: u64) {
    for entry in &more.entries {
        let mut entry = entry.clone();
        entry.date = entry.date + Days::new(days);
        entry.recorded = entry.recorded + Days::new(days);
        entry.id = entry.id.map(|id| format!("{id}-{days}").into());
        if let EntryBody::Event { of, .. } = &mut entry.body {
            let members = &pair.register.members;
            let alike = of.iter().map(|member| {
                let kind = more.register.member(*member).kind;
                let mut others = (0_u32..).zip(members);
                others.find(|(_, other)| other.kind == kind)
            });
            let alike: Option<Vec<MemberIx>> = alike
                .map(|found| found.map(|(at, _)| MemberIx(at)))
                .collect();
            let Some(alike) = alike else { continue };
            *of = alike;
            pair.entries.push(entry);
        }
    }
    pair.options.as_of = pair.options.as_of.max(more.options.as_of + Days::new(days));
}

/// Makes a ledger one of which most subjects are regular.
fn make_plain(pair: &mut Pair, from: Date) {
    for member in &mut pair.register.members {
        member.memberships.clear();
        member.standings.clear();
        for values in &mut member.attributes {
            values.truncate(1);
            for dated in values {
                dated.from = None;
            }
        }
    }
    pair.entries.retain(|entry| {
        entry.date >= from
            && entry.instead_of.is_none()
            && matches!(&entry.body, EntryBody::Event { of, .. } if of.len() == 1)
    });
    // Most entries are the only one of their subject and day, and know all that is asked.
    let mut days = BTreeSet::new();
    let mut at = 0;
    pair.entries.retain(|entry| {
        at += 1;
        let EntryBody::Event { of, fields, .. } = &entry.body else {
            return false;
        };
        let alone = days.insert((of.clone(), entry.date));
        (alone || at % 6 == 0) && (fields.iter().all(Option::is_some) || at % 9 == 0)
    });
    for (at, entry) in pair.entries.iter_mut().enumerate() {
        entry.recorded = entry.date;
        entry.id = entry.id.take().map(|_| format!("e{at}").into());
    }
    pair.options.hindsight = false;
    pair.options.assume_approved = false;
    pair.options.known_on = None;
}

#[test]
#[expect(clippy::print_stderr, reason = "the shares are to be read")]
fn the_machine_says_what_the_evaluator_says_of_regular_subjects() {
    let pairs = std::env::var("FLAT_PAIRS").ok();
    let pairs: u64 = pairs.map_or(60, |text| text.parse().expect("a whole number"));
    for (lane, (text, policy)) in (0_u64..).zip(policies()) {
        let plan = Plan::of(policy.hir());
        let name = &plan.name;
        let flat = Flat::of(&plan);
        assert!(flat.is_ok(), "{lane} {name}: {flat:?}");
        let ground = Ground::of(policy.hir(), &text);
        let mut choices = Choices::new(7, lane);
        let (mut regular, mut members, mut said, mut refused) = (0, 0, 0, 0);
        for at in 0..pairs {
            let mut pair = ground.pair(policy.hir(), &mut choices);
            // Every fourth ledger stands as it is, with all that makes a subject irregular.
            if at % 4 > 0 {
                for later in 1..=30 {
                    let more = ground.pair(policy.hir(), &mut choices);
                    join(&mut pair, &more, later * 9);
                }
                make_plain(&mut pair, policy.hir().counting_from);
            }
            let given = pair.given(policy.hir());
            let judge = Bare(Incremental).evaluate(given);
            let other = Machine(Incremental).evaluate(given);
            let found = differences(&judge, &other);
            let first: Vec<String> = found.iter().take(6).map(ToString::to_string).collect();
            assert!(
                found.is_empty(),
                "policy {lane}, pair {at}:\n{}\n{:#?}",
                first.join("\n"),
                pair.entries
            );
            match of_machine(given) {
                Some((records, irregular)) => {
                    members += given.register.members.len();
                    regular += given.register.members.len() - irregular.len();
                    said += records.len();
                }
                None => refused += 1,
            }
        }
        eprintln!(
            "policy {lane}: {regular} of {members} subjects regular, {said} records, {refused} of \
             {pairs} ledgers refused"
        );
    }
}

#[test]
fn one_decision_is_what_a_whole_run_says_of_the_subject() {
    let mut decided = 0;
    for (lane, (text, policy)) in (0_u64..).zip(policies()) {
        let plan = Plan::of(policy.hir());
        let flat = Flat::of(&plan).expect("it is flat");
        let ground = Ground::of(policy.hir(), &text);
        let mut choices = Choices::new(19, lane);
        for _ in 0..12 {
            let mut pair = ground.pair(policy.hir(), &mut choices);
            for later in 1..=30 {
                let more = ground.pair(policy.hir(), &mut choices);
                join(&mut pair, &more, later * 9);
            }
            make_plain(&mut pair, policy.hir().counting_from);
            let (register, options) = (&pair.register, &pair.options);
            let whole = replay(&plan, &flat, register, &pair.entries, options).expect("plain");
            let mut machine = pol_kernel::Machine::new(&plan, &flat, register, options)
                .expect("it runs on this register");
            let mut rows: Vec<pol_kernel::Row> = pair
                .entries
                .iter()
                .filter_map(|entry| pol_kernel::row(&plan, &machine, entry))
                .collect();
            rows.sort_by_key(|row| row.day);
            for subject in (0_u32..).take(register.members.len()) {
                let own = rows.iter().filter(|row| row.subject == subject);
                let own: Vec<pol_kernel::Row> = own.copied().collect();
                let alone = machine.decide(subject, &own);
                if whole.irregular.contains(&subject) {
                    continue;
                }
                let mut alone = alone.expect("it is regular in the whole ledger");
                let said = whole.said.iter().filter(|said| said.subject == subject);
                let mut said: Vec<pol_kernel::Said> = said.copied().collect();
                alone.sort_unstable();
                said.sort_unstable();
                assert_eq!(alone, said, "policy {lane}, subject {subject}");
                decided += alone.len();
            }
        }
    }
    assert!(decided > 300, "{decided} outcomes");
}
