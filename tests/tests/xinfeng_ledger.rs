//! The sample ledger of the Xinfeng plan: its turning points, worked out by hand from the plan, and
//! the same whichever spelling of the policy reads whichever form of the ledger.

use pol::{Input, Mode, Outcome, Policy, RunOptions, State};
use std::fs;

/// What a reader of the ledger must find: each move of a card, each consequence that is not of every
/// card, each failed duty, each refusal of a proposal, each lost basis.
const TURNS: &[&str] = &[
    // 县乡村振兴局: situation 5 three times by 30 September; 嘉定镇 and 古陂镇: three situations each.
    "2023-10-12 D01 yellow from clear",
    "2023-10-12 T01 yellow from clear",
    "2023-10-12 T03 yellow from clear",
    // Verified as insufficient and as done on paper: red.
    "2023-12-25 T01 verified refused",
    "2023-12-25 T01 red from yellow",
    "2023-12-27 D01 clear from yellow",
    "2023-12-27 T03 verified refused",
    "2023-12-27 T03 red from yellow",
    "2024-01-08 T07 yellow from clear",
    "2024-01-08 T09 yellow from clear",
    // 小江镇: a finding behind the card is withdrawn, then the decision.
    "2024-01-19 T07 yellow lost",
    "2024-01-25 T07 yellow taken back",
    "2024-03-08 T01 clear from red",
    // 古陂镇 fails again under red; 大阿镇 is red over a false rectification.
    "2024-03-11 T03 verified refused",
    "2024-03-11 T03 red from red",
    "2024-03-20 T09 verified refused",
    "2024-03-20 T09 red from yellow",
    "2024-03-20 T09 accountability issued",
    // 县教体局 is proposed and refused. 西牛镇's third finding was recorded in January.
    "2024-04-09 D09 first_card_department refused",
    "2024-04-09 T04 yellow from clear",
    "2024-04-09 T12 yellow from clear",
    "2024-04-09 T15 yellow from clear",
    "2024-04-15 U02 yellow from clear",
    // The verification of 21 May was in time, but recorded on 23 May, a day after the last one.
    "2024-05-23 T03 on_site_check missed",
    "2024-05-23 T03 on_site_check lost",
    "2024-05-27 T03 clear from red",
    "2024-05-31 T09 clear from red",
    // 崇仙乡: no report in the month to 8 June, no verification by 21 June.
    "2024-06-09 T15 monthly_report missed",
    "2024-06-14 U02 premature issued",
    "2024-06-22 T15 on_site_check missed",
    "2024-06-24 T04 clear from yellow",
    "2024-06-24 T12 clear from yellow",
    "2024-07-01 U02 clear from yellow",
    "2024-07-02 T15 clear from yellow",
    "2024-07-09 D09 yellow from clear",
    "2024-07-09 T09 yellow from clear",
    "2024-07-09 T09 deputy_interview issued",
    "2024-07-10 T01 first_card_township refused",
    "2024-07-15 T13 yellow from clear",
    // 大阿镇: the second red card of the year.
    "2024-09-24 T09 verified refused",
    "2024-09-24 T09 red from yellow",
    "2024-09-24 T09 chief_interview issued",
    "2024-09-24 T09 one_vote_veto until 2024-12-31",
    "2024-10-09 D09 monthly_report missed",
    "2024-10-09 T13 clear from yellow",
    // 大桥镇: the second yellow card of the year.
    "2024-10-11 T04 yellow from clear",
    "2024-10-11 T04 deputy_interview issued",
    "2024-10-14 T01 yellow from clear",
    "2024-12-10 T09 clear from red",
    "2024-12-27 T04 verified refused",
    "2024-12-27 T04 red from yellow",
    "2024-12-30 T01 clear from yellow",
];

fn outcomes(policy: &str, ledger: &str) -> Vec<Outcome> {
    let folder = pol_tests::documents::root().join("policies/xinfeng");
    let read = |name: &str| fs::read(folder.join(name)).expect("the file is there");
    let text = String::from_utf8(read(policy)).expect("the policy is UTF-8");
    let policy = Policy::compile(policy, text).expect("the policy compiles");
    let register = policy
        .register_from_csv("register.csv", &read("register.csv"))
        .expect("the register is sound");
    let bytes = read(ledger);
    let loaded = policy
        .read_ledger(&register, Input::new(ledger, &bytes), Mode::Strict)
        .expect("the ledger is sound");
    assert!(
        loaded.entries.len() >= 300,
        "{ledger} holds {} entries",
        loaded.entries.len()
    );
    let end = "2024-12-31".parse().expect("a day");
    policy
        .run(&loaded.register, &loaded.entries, &RunOptions::through(end))
        .expect("the ledger can be run")
        .outcomes()
}

/// The outcome as a line of [`TURNS`]; none where it is no turning point.
fn turn(outcome: &Outcome) -> Option<String> {
    let of_every_card = ["suspension", "exam_bar", "eligible", "admitted"];
    if of_every_card.contains(&&*outcome.name) {
        return None;
    }
    let state = match &outcome.state {
        State::Issued { was: Some(was), .. } => format!("from {was}"),
        State::Began { until: Some(until) } => format!("until {until}"),
        state @ (State::Issued { .. }
        | State::Lost
        | State::TakenBack
        | State::Refused
        | State::Missed { .. }) => state.as_str().to_owned(),
        _ => return None,
    };
    let subject = outcome.subject.as_deref()?;
    Some(format!(
        "{} {subject} {} {state}",
        outcome.known, outcome.name
    ))
}

#[test]
fn the_turning_points_are_those_of_the_plan() {
    let mut came: Vec<String> = outcomes("xinfeng.en.pol", "ledger.csv")
        .iter()
        .filter_map(turn)
        .collect();
    let mut expected = TURNS.to_vec();
    came.sort_unstable();
    expected.sort_unstable();
    assert_eq!(came, expected);
}

#[test]
fn spelling_and_form_change_nothing() {
    let shape = |outcomes: Vec<Outcome>| {
        let mut lines: Vec<String> = outcomes
            .iter()
            .map(|outcome| {
                let mut evidence = outcome.evidence.clone();
                evidence.sort_unstable();
                format!(
                    "{} {} {:?} {} {} {evidence:?}",
                    outcome.known,
                    outcome.date,
                    outcome.subject,
                    outcome.what.as_str(),
                    outcome.state.as_str(),
                )
            })
            .collect();
        lines.sort_unstable();
        lines
    };
    let first = shape(outcomes("xinfeng.en.pol", "ledger.csv"));
    for (policy, ledger) in [
        ("xinfeng.en.pol", "ledger.xlsx"),
        ("xinfeng.zh.pol", "ledger.csv"),
        ("xinfeng.zh.pol", "ledger.xlsx"),
    ] {
        assert_eq!(
            shape(outcomes(policy, ledger)),
            first,
            "{policy} with {ledger}"
        );
    }
}
