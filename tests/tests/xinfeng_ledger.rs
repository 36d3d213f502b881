//! The sample ledger of the Xinfeng plan: its turning points, worked out by hand from the plan, and
//! the same whichever spelling of the policy reads whichever form of the ledger.

use pol_tests::samples::{Sample, assert_turns};

const SAMPLE: Sample<'_> = Sample {
    folder: "xinfeng",
    policy: "xinfeng.en.pol",
    register: "register.csv",
    ledger: "ledger.csv",
    as_of: "2024-12-31",
};

/// What follows from every card, and what is proposed before it is decided.
const OF_EVERY_CARD: &[&str] = &[
    "suspension",
    "exam_bar",
    "eligible",
    "admitted",
    "no_honours",
    "no_rank_promotion",
    "promotion_freeze",
    "verified proposed",
    "first_card_township proposed",
    "first_card_department proposed",
];

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

#[test]
fn the_turning_points_are_those_of_the_plan() {
    assert_turns(&SAMPLE.turns(OF_EVERY_CARD), TURNS);
}

#[test]
fn spelling_and_form_change_nothing() {
    let first = SAMPLE.shape();
    for (policy, ledger) in [
        ("xinfeng.en.pol", "ledger.xlsx"),
        ("xinfeng.zh.pol", "ledger.csv"),
        ("xinfeng.zh.pol", "ledger.xlsx"),
    ] {
        let other = Sample {
            policy,
            ledger,
            ..SAMPLE
        };
        assert_eq!(other.shape(), first, "{policy} with {ledger}");
    }
}
