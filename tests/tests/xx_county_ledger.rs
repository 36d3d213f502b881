//! The sample ledger of the county without a name: its turning points, worked out by hand from the plan,
//! and the same in both spellings.

use pol_tests::samples::{Sample, assert_turns};

const SAMPLE: Sample<'_> = Sample {
    folder: "xx-county",
    policy: "example.en.pol",
    register: "register.csv",
    ledger: "ledger.csv",
    as_of: "2024-12-31",
};

/// All that is found, said, missed or lost; with each yellow card comes a circular.
const TURNS: &[&str] = &[
    // The first phase ends on 5 March: one town of two has a plan. The second on the 20th.
    "2024-03-05 C01 town_missing issued",
    "2024-03-06 T02 town_plan missed",
    "2024-03-17 P2 measures_lacking issued",
    "2024-03-21 P5 list_problems missed",
    // P2: bad in March and in April, no effect at the round after the interview of 18 April.
    "2024-03-12 P2 yellow issued",
    "2024-04-11 P2 yellow issued",
    "2024-04-11 P2 interview issued",
    "2024-05-14 P2 without_effect proposed",
    "2024-05-27 P2 accountability issued",
    // P3: bad in March, not seen in April, bad in May: two rounds in a row. Effect in June.
    "2024-03-13 P3 yellow issued",
    "2024-04-30 P3 not_seen issued",
    "2024-04-30 C01 round_incomplete issued",
    "2024-05-15 P3 yellow issued",
    "2024-05-15 P3 interview issued",
    // P4: bad in June and in August, with a good round between.
    "2024-06-14 P4 yellow issued",
    "2024-08-14 P4 yellow issued",
    // P5: three in a row are two interviews.
    "2024-10-16 P5 yellow issued",
    "2024-11-13 P5 yellow issued",
    "2024-11-13 P5 interview issued",
    "2024-12-13 P5 yellow issued",
    "2024-12-13 P5 interview issued",
    // Problems: W03 is struck off on 30 June itself, W02 three days later. W04 comes back.
    "2024-04-20 W01 done from open",
    "2024-05-10 W01 closed from done",
    "2024-06-10 W02 done from open",
    "2024-07-03 W02 closed from done",
    "2024-05-15 W03 done from open",
    "2024-06-30 W03 closed from done",
    "2024-04-25 W04 done from open",
    "2024-05-30 W04 closed from done",
    "2024-08-14 W04 open from closed",
    "2024-09-02 W04 done from open",
    "2024-09-12 W04 closed from done",
    "2024-06-01 W05 done from open",
    "2024-06-20 W05 closed from done",
    "2024-06-30 P2 not_cleared issued",
    "2024-06-30 P2 still_poor issued",
    // Reports: 28 July is a Sunday, and the report of the 29th is of the next month. That of 28 October was recorded on the
    // 30th. None came of S2 in November.
    "2024-07-29 S2 report_28 missed",
    "2024-10-29 S1 report_28 missed",
    "2024-10-30 S1 report_28 lost",
    "2024-11-29 S2 report_28 missed",
];

#[test]
fn the_turning_points_are_those_of_the_plan() {
    assert_turns(&SAMPLE.turns(&["circular"]), TURNS);
}

#[test]
fn spelling_and_form_change_nothing() {
    let zh = Sample {
        policy: "example.zh.pol",
        register: "register.zh.xlsx",
        ledger: "ledger.zh.xlsx",
        ..SAMPLE
    };
    assert_eq!(zh.shape(), SAMPLE.shape());
}
