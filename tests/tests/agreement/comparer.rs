//! The comparer notices every difference: each part of a report is changed in turn.

use pol_model::{
    Date, DutyIx, EntryIx, Fault, FieldIx, InForce, LadderIx, MemberIx, Number, OpenDuty,
    OpenProposal, OutcomeIx, Record, Report, RuleIx, StandingLine, State, Step, Value, What,
};
use pol_tests::agreement::differences;

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2024, 1, day).expect("a day of January")
}

fn report() -> Report {
    let first = Record {
        date: day(3),
        known: day(4),
        step: Step::Entries,
        subject: Some(MemberIx(0)),
        what: What::Status(LadderIx(0), 1),
        state: State::Issued {
            was: Some(0),
            now: Some(1),
        },
        fields: vec![(FieldIx(0), Value::Number(Number::whole(2)))],
        rule: Some(RuleIx(0)),
        evidence: vec![EntryIx(0), EntryIx(1)],
        assumed: false,
        due: None,
    };
    let second = Record {
        what: What::Outcome(OutcomeIx(0)),
        state: State::Began {
            until: Some(day(20)),
        },
        ..first.clone()
    };
    Report {
        records: vec![first, second],
        standings: vec![StandingLine {
            subject: MemberIx(0),
            ladder: LadderIx(0),
            status: 1,
            since: Some(day(3)),
        }],
        in_force: vec![InForce {
            subject: MemberIx(0),
            outcome: OutcomeIx(0),
            from: day(4),
            until: Some(day(20)),
            rule: RuleIx(0),
        }],
        duties: vec![OpenDuty {
            subject: Some(MemberIx(0)),
            duty: DutyIx(0),
            from: day(3),
            last_day: day(30),
            missed: false,
        }],
        proposals: vec![OpenProposal {
            subject: MemberIx(0),
            rule: RuleIx(1),
            date: day(3),
            evidence: vec![EntryIx(1)],
            lost: false,
        }],
    }
}

#[test]
fn equal_reports_do_not_differ() {
    assert!(differences(&Ok(report()), &Ok(report())).is_empty());
    let faults = vec![Fault::RecordedEarly(EntryIx(0)), Fault::Hole(1)];
    let turned = vec![Fault::Hole(1), Fault::RecordedEarly(EntryIx(0))];
    assert!(differences(&Err(faults), &Err(turned)).is_empty());
}

/// A planted fault, and the place under which it must be told.
type Planted = (&'static str, fn(&mut Report));

#[test]
fn every_planted_fault_is_noticed() {
    let faults: &[Planted] = &[
        ("date", |it| it.records[1].date = day(5)),
        ("known", |it| it.records[1].known = day(5)),
        ("step", |it| it.records[1].step = Step::Close),
        ("record", |it| it.records[1].subject = Some(MemberIx(1))),
        ("record", |it| it.records[1].subject = None),
        ("record", |it| {
            it.records[1].what = What::Outcome(OutcomeIx(1));
        }),
        ("state", |it| it.records[1].state = State::Lost),
        ("state", |it| {
            it.records[1].state = State::Began { until: None }
        }),
        ("state", |it| {
            it.records[0].state = State::Issued {
                was: Some(0),
                now: Some(2),
            };
        }),
        ("fields", |it| it.records[1].fields.clear()),
        ("fields", |it| {
            it.records[1].fields[0].1 = Value::Number(Number::ZERO);
        }),
        ("rule", |it| it.records[1].rule = None),
        ("evidence", |it| it.records[1].evidence.truncate(1)),
        ("evidence", |it| it.records[1].evidence.reverse()),
        ("assumed", |it| it.records[1].assumed = true),
        ("due", |it| it.records[1].due = Some(day(4))),
        ("only in the first", |it| it.records.truncate(1)),
        ("only in the second", |it| {
            it.records.push(it.records[0].clone());
        }),
        ("order", |it| it.records.reverse()),
        ("standing", |it| it.standings[0].status = 2),
        ("standing", |it| it.standings[0].since = None),
        ("standing", |it| it.standings.clear()),
        ("in force", |it| it.in_force[0].from = day(5)),
        ("in force", |it| it.in_force[0].until = None),
        ("in force", |it| it.in_force[0].rule = RuleIx(1)),
        ("in force", |it| it.in_force.clear()),
        ("duty", |it| it.duties[0].missed = true),
        ("duty", |it| it.duties[0].last_day = day(29)),
        ("duty", |it| it.duties[0].from = day(4)),
        ("duty", |it| it.duties[0].subject = None),
        ("proposal", |it| it.proposals[0].date = day(4)),
        ("proposal", |it| it.proposals[0].evidence.clear()),
        ("proposal", |it| it.proposals[0].lost = true),
        ("proposal", |it| it.proposals.clear()),
    ];
    for (at, (place, plant)) in faults.iter().enumerate() {
        let mut faulty = report();
        plant(&mut faulty);
        let found = differences(&Ok(report()), &Ok(faulty));
        let told = found.iter().any(|one| one.place.contains(place));
        assert!(told, "planted fault {at}, {place}: {found:#?}");
    }
}

#[test]
fn faults_are_compared() {
    let one = || Err(vec![Fault::Hole(0)]);
    let other = || Err(vec![Fault::Hole(1)]);
    let more = || Err(vec![Fault::Hole(0), Fault::Hole(1)]);
    assert_eq!(differences(&one(), &other()).len(), 1);
    assert_eq!(differences(&one(), &more()).len(), 1);
    assert_eq!(differences(&Ok(report()), &one()).len(), 1);
}
