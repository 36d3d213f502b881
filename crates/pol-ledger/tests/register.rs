//! Registers: members, spans, standings, and every mistake at its line and column.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

mod common;

use common::{day, messages, policy, register};
use pol_ledger::{DataErrors, Input, LoadedRegister, read_register, register_from_values};
use pol_model::{AttrIx, EnumIx, LadderIx, MemberIx, Membership, PhaseIx, Standing, Value};
use serde_json::json;

fn read(text: &str) -> Result<LoadedRegister, DataErrors> {
    read_register(&policy(), Input::new("r.csv", text.as_bytes()))
}

fn errors(text: &str) -> Vec<String> {
    messages(&read(text).unwrap_err())
}

#[test]
fn members_lie_within_others() {
    let register = register();
    let village = register.find("V02").unwrap();
    let outwards: Vec<_> = register.outwards(village).collect();
    assert_eq!(outwards, [village, MemberIx(1)]);
    let class = register
        .member(MemberIx(1))
        .attribute(AttrIx(0), day(2023, 8, 7));
    assert_eq!(class, Some(&Value::Symbol(EnumIx(0), 1)));
}

#[test]
fn a_class_that_changes() {
    let text = "id,kind,name,class,from,until\n\
        T01,township,嘉定镇,first,,2023-12-31\n\
        T01,township,,second,2024-01-01,\n\
        T02,township,大阿镇,first,2023-09-01,2024-08-31\n";
    let register = read(text).unwrap().register;
    let first = register.member(MemberIx(0));
    let class = |day| first.attribute(AttrIx(0), day).cloned();
    assert_eq!(class(day(2023, 12, 31)), Some(Value::Symbol(EnumIx(0), 0)));
    assert_eq!(class(day(2024, 1, 1)), Some(Value::Symbol(EnumIx(0), 1)));
    assert_eq!(first.memberships, [], "the two spans leave no day out");
    let span = Membership {
        from: Some(day(2023, 9, 1)),
        until: Some(day(2024, 8, 31)),
    };
    assert_eq!(register.member(MemberIx(1)).memberships, [span]);
}

#[test]
fn standings_from_before() {
    let text =
        "编号,种类,类别,挂牌,挂牌 自\nT01,乡镇,一类,黄牌,2023年6月1日\nT02,乡镇,一类,无牌,\n";
    let register = read(text).unwrap().register;
    let yellow = Standing {
        ladder: LadderIx(0),
        status: 1,
        since: Some(day(2023, 6, 1)),
    };
    assert_eq!(register.member(MemberIx(0)).standings, [yellow]);
    assert_eq!(
        register.member(MemberIx(1)).standings,
        [],
        "the bottom is no standing"
    );
}

#[test]
fn each_mistake_stands_at_its_line_and_column() {
    let head = "id,kind,name,within,class,from,until,card,card since";
    let cases: &[(&[&str], &str)] = &[
        (&[",township,x,,first,,,,"], "r.csv:2:1: `id` is missing"),
        (&["T1,,x,,first,,,,"], "r.csv:2:2: `kind` is missing"),
        (
            &["T1,townsip,x,,first,,,,"],
            "r.csv:2:2: no kind of subject is called `townsip`",
        ),
        (&["T1,township,x,,,,,,"], "r.csv:2:5: `类别` is missing"),
        (
            &["T1,township,x,,third,,,,"],
            "r.csv:2:5: no value of `类别` is called `third`",
        ),
        (
            &["D1,department,x,,first,,,,"],
            "r.csv:2:5: a `部门` has no `class`",
        ),
        (
            &["T1,township,x,,first,2024-02-30,,,"],
            "r.csv:2:6: `2024-02-30`: there is no day 30 in 2024-02, which has 29 days",
        ),
        (
            &["T1,township,x,,first,2024-02-02,2024-02-01,,"],
            "r.csv:2:7: the last day, 2024-02-01, lies before the first, 2024-02-02",
        ),
        (
            &["T1,township,x,,first,,,blue,"],
            "r.csv:2:8: no status of `挂牌` is called `blue`",
        ),
        (
            &["T1,township,x,,first,,,,2023-06-01"],
            "r.csv:2:8: `挂牌` is missing",
        ),
        (
            &["D1,department,x,,,,,yellow,"],
            "r.csv:2:8: a `部门` does not stand on `挂牌`",
        ),
        (&["V1,village,x,,,,,,"], "r.csv:2:4: `within` is missing"),
        (
            &["V1,village,x,T9,,,,,"],
            "r.csv:2:4: `T9` is not in the register as one of `乡镇`",
        ),
        (
            &["D1,department,x,T1,,,,,", "T1,township,y,,first,,,,"],
            "r.csv:2:4: this kind of subject lies within no other",
        ),
        (
            &["T1,township,x,,first,,,,", "T1,department,x,,,,,,"],
            "r.csv:3:1: `T1` is a `部门` here and a `乡镇` on line 2",
        ),
        (
            &["T1,township,x,,first,,,,", "T1,township,y,,first,,,,"],
            "r.csv:3:1: `T1` is called `y` here and `x` on line 2",
        ),
        (
            &["T1,township,x,,first,,,,", "T1,township,x,,second,,,,"],
            "r.csv:3:1: the rows of `T1` on lines 2 and 3 overlap: both hold from the beginning",
        ),
        (
            &[
                "T1,township,x,,first,2023-01-01,2023-12-31,,",
                "T1,township,x,,second,2023-12-31,,,",
            ],
            "r.csv:3:1: the rows of `T1` on lines 2 and 3 overlap: both hold on 2023-12-31",
        ),
    ];
    for (rows, expected) in cases {
        let text = format!("{head}\n{}\n", rows.join("\n"));
        assert_eq!(errors(&text), [*expected], "{text}");
    }
}

#[test]
fn circles_are_told_once_for_each_member() {
    let mut policy = policy();
    policy.kinds[2].within = Some(pol_model::KindIx(2));
    let text = "id,kind,within\nA,village,B\nB,village,C\nC,village,A\n";
    let found = read_register(&policy, Input::new("r.csv", text.as_bytes())).unwrap_err();
    assert_eq!(
        messages(&found),
        ["r.csv:2:3: this member lies within itself: A → B → C → A"]
    );
}

#[test]
fn equal_rows_count_once() {
    let loaded = read("id,kind,class\nT1,township,first\nT1,township,first\n").unwrap();
    assert_eq!(loaded.register.members.len(), 1);
    assert_eq!(
        loaded.notes[0].text.en,
        "the same as line 2; it counts once"
    );
}

#[test]
fn rows_that_the_caller_holds() {
    let rows = [
        json!({"id": "T01", "kind": "township", "name": "嘉定镇", "class": "一类"}),
        json!({"编号": "V01", "种类": "村", "隶属": "嘉定镇"}),
    ];
    let rows: Vec<_> = rows
        .iter()
        .filter_map(|row| row.as_object().cloned())
        .collect();
    let register = register_from_values(&policy(), "memory", &rows)
        .unwrap()
        .register;
    assert_eq!(register.member(MemberIx(1)).within, Some(MemberIx(0)));
}

#[test]
fn phases_from_the_register() {
    let text = "policy p\n  effective 2024-01-01\nsubject township\n\
        phase campaign \"攻坚\" from register\nphase winter 2024-12-01 to 2025-02-28\n";
    let policy = pol_semantics::analyse(&pol_syntax::parse(text).file).policy;
    let policy = policy.unwrap();
    let read = |text: &str| read_register(&policy, Input::new("r.csv", text.as_bytes()));
    let text = "id,kind,from,until\n\
        T01,township,,\n\
        campaign,phase,2025-06-01,\n\
        攻坚,阶段,2024-06-01,2024-09-30\n";
    let register = read(text).unwrap().register;
    assert_eq!(register.members.len(), 1, "a phase is no member");
    let spans = [
        (day(2024, 6, 1), Some(day(2024, 9, 30))),
        (day(2025, 6, 1), None),
    ];
    assert_eq!(register.phases[&PhaseIx(0)], spans);

    // An open row ends where the next begins, as a member's does.
    let text = "id,kind,from,until\ncampaign,phase,2024-06-01,\ncampaign,phase,2025-06-01,\n";
    let register = read(text).unwrap().register;
    let first = register.phases[&PhaseIx(0)][0];
    assert_eq!(first, (day(2024, 6, 1), Some(day(2025, 5, 31))));

    let text = "id,kind,name,from,until\n\
        campain,phase,,2024-06-01,\n\
        campaign,phase,,,2024-06-01\n\
        winter,phase,,2024-06-01,\n\
        campaign,phase,x,2024-06-01,2024-05-31\n\
        campaign,phase,,2024-06-01,2024-06-30\n\
        campaign,phase,,2024-06-30,\n";
    let found = messages(&read(text).unwrap_err());
    let starts = [
        "r.csv:2:1: no phase is called `campain`",
        "r.csv:3:4: `from` is missing",
        "r.csv:4:1: the policy itself says when the phase `winter` is",
        "r.csv:5:5: the last day, 2024-05-31, lies before the first, 2024-06-01",
        "r.csv:5:3: a phase has no `name`",
        "r.csv:7:4: this span overlaps the one on line 6: both hold on 2024-06-30",
    ];
    for start in starts {
        assert!(
            found.iter().any(|message| message.starts_with(start)),
            "{start}: {found:#?}"
        );
    }
    assert_eq!(found.len(), starts.len(), "{found:#?}");
}
