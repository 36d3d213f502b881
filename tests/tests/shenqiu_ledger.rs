//! The sample ledger of the Shenqiu action: its turning points, worked out by hand from the notice, and
//! the same whichever spelling of the policy reads whichever form of the ledger.

use pol_tests::samples::{Sample, assert_turns};

const SAMPLE: Sample<'_> = Sample {
    folder: "shenqiu",
    policy: "shenqiu.en.pol",
    register: "register.csv",
    ledger: "ledger.csv",
    as_of: "2023-01-01",
};

/// What follows from every monitored household, every result and every rectification, and what is
/// proposed before it is decided.
const OF_MANY: &[&str] = &[
    "first_in_line",
    "result_of_year",
    "settled",
    "recall proposed",
    "honour_unit proposed",
    "honour_person proposed",
];

/// What a reader of the ledger must find: all that is found, said, missed or lost, but for what follows
/// from every monitored household, every result and every rectification.
const TURNS: &[&str] = &[
    // Screening: not insured, at 6900 yuan exactly, grade C, 6899 yuan, no tap water.
    "2022-09-16 H12 problem_found issued",
    "2022-09-16 H12 to_insure began",
    "2022-09-16 H21 problem_found issued",
    "2022-09-18 H22 problem_found issued",
    "2022-09-18 H22 to_rebuild began",
    "2022-09-18 H23 problem_found issued",
    "2022-09-19 H32 problem_found issued",
    "2022-09-19 H32 to_connect began",
    "2022-09-19 D02 report_daily missed",
    // Out of school, though not for health; aid for one of two pupils; no card; benefits late.
    "2022-09-21 H42 problem_found issued",
    "2022-09-22 D02 sector_found issued",
    "2022-09-24 H61 problem_found issued",
    "2022-09-24 V03 cleaners_short issued",
    "2022-09-25 H63 problem_found issued",
    "2022-11-10 H63 problem_found issued",
    // One household of eighteen is screened two days late.
    "2022-09-25 V05 not_all_screened issued",
    "2022-09-25 T05 not_all_screened issued",
    "2022-09-26 D03 screen_sector missed",
    // The report of the 24th was recorded on the 26th; those of the holiday were never made.
    "2022-09-25 T05 report_daily missed",
    "2022-09-26 T05 report_daily lost",
    "2022-10-02 T03 report_daily missed",
    "2022-10-03 T03 report_daily missed",
    "2022-10-04 T03 report_daily missed",
    "2022-09-29 W2 water_unfit issued",
    "2022-10-01 W2 test_quarterly missed",
    "2023-01-01 W3 test_quarterly missed",
    // Before and after the province's values were published.
    "2022-09-29 C1 idle_share unknown",
    "2022-10-09 C1 loans_low issued",
    "2022-10-09 C1 relieved_slow issued",
    "2022-11-09 C1 too_idle issued",
    "2022-12-09 C1 county_slow issued",
    // September: 90, 89, 88, 88, 80, 85.
    "2022-09-30 T01 commended issued",
    "2022-09-30 T02 commended issued",
    "2022-09-30 T03 commended issued",
    "2022-09-30 T04 commended issued",
    "2022-09-30 T05 self_criticism issued",
    // October: 92, 90, 85, none, 84, 83.
    "2022-10-31 T01 commended issued",
    "2022-10-31 T02 commended issued",
    "2022-10-31 T03 commended issued",
    "2022-10-31 T06 self_criticism issued",
    // November: 90, 79 (corrected from 88), 86, 85, 84, 80.
    "2022-11-30 T01 commended issued",
    "2022-11-30 T03 commended issued",
    "2022-11-30 T04 commended issued",
    "2022-11-30 T02 self_criticism issued",
    // December: 91, 90, 89, 85, 70, 70.
    "2022-12-31 T01 commended issued",
    "2022-12-31 T02 commended issued",
    "2022-12-31 T03 commended issued",
    "2022-12-31 T05 self_criticism issued",
    "2022-12-31 T06 self_criticism issued",
    // Visits.
    "2022-10-01 P02 visit_on_friday missed",
    "2022-11-05 P05 visit_on_friday missed",
    "2022-10-10 S04 visit_weekly missed",
    "2022-12-01 T06 review_monthly missed",
    "2022-12-31 T05 not_all_visited issued",
    // Posts, funds, recall, honours, opinions.
    "2022-10-09 T04 posts_wrong issued",
    "2022-10-14 T02 funds_idle issued",
    "2022-10-14 M01 recalled issued",
    "2022-10-15 F03 recall refused",
    "2022-11-18 E1 leading_unit issued",
    "2022-11-18 E2 kind_person issued",
    "2022-10-25 T02 opinion_raised issued",
    "2022-10-27 T05 opinion_raised issued",
    "2022-10-29 T05 opinion_raised lost",
    // Issues: late by two days, never rectified, found not to hold, in time but not before 20 October.
    "2022-10-13 Q02 settle_in_time missed",
    "2022-10-13 Q02 issue_overdue issued",
    "2022-10-16 Q06 settle_in_time missed",
    "2022-10-16 Q06 issue_overdue issued",
    "2022-10-18 Q04 answers_for_it issued",
    "2022-10-18 Q04 pending from settled",
    "2022-10-19 T02 not_all_settled issued",
    "2022-10-19 T03 not_all_settled issued",
    "2022-10-19 D02 not_all_settled issued",
    // The end of the action.
    "2022-11-30 V05 accounts_unclear issued",
    "2022-12-31 V02 income_short issued",
    "2022-12-31 V04 not_all_content issued",
    "2022-12-31 T06 papers_missing issued",
    "2022-12-31 J4 assets_open issued",
    "2023-01-01 D03 train missed",
];

#[test]
fn the_turning_points_are_those_of_the_notice() {
    assert_turns(&SAMPLE.turns(OF_MANY), TURNS);
}

#[test]
fn spelling_and_form_change_nothing() {
    let zh = Sample {
        policy: "shenqiu.zh.pol",
        register: "register.zh.xlsx",
        ledger: "ledger.zh.xlsx",
        ..SAMPLE
    };
    assert_eq!(zh.shape(), SAMPLE.shape());
}
