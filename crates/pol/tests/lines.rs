//! Lines from two files, beside those of a run that holds both.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use pol::{Date, File, How, Lines, LinesError, Mode, Policy, RunOptions, State};
use proptest::prelude::*;
use std::fmt::Write;
use std::io::{self, Read};
use std::num::NonZero;
use std::sync::LazyLock;

const TEXT: &str = r#"
policy order "Order"
  effective 2024-01-01

subject market "Market" { size "Size": small | large }

event finding "Finding" of market { grade "Grade": 1..5, shown "Shown": yes/no }
event visit   "Visit"   of market { passed "Passed": yes/no }

param line by market.size { small = 2, large = 3 }

ladder card "Card" for market
  clear < yellow < red

outcome watched "Watched"
outcome closed  "Closed"

rule warned
  for market
  at end of each month
  if card is clear and finding where (grade >= line) in year since yellow >= 2
  then yellow

rule failed
  for market
  on visit where not passed
  if card >= yellow held 10 days
  then red, watched for 20 days

rule lifted
  for market
  on visit where passed
  if card >= yellow held 10 days
  then clear

rule shut
  for market
  on red
  if red in year is 2
  then closed
"#;

static POLICY: LazyLock<Policy> = LazyLock::new(|| {
    Policy::compile("order.pol", TEXT).unwrap_or_else(|findings| panic!("{findings:#?}"))
});

const LAST: Date = Date::from_ymd_opt(2024, 12, 31).unwrap();

const REGISTER: &str = "\
id,name,size
M1,East Gate,small
M2,,large
a-market-with-a-long-id,,small
a-market-with-another,,large
镇,嘉定,small
";

fn opened(bytes: &[u8]) -> Box<dyn Read + Send> {
    Box::new(io::Cursor::new(bytes.to_vec()))
}

fn lines(register: &str, ledger: &str, threads: usize) -> Result<Lines, LinesError> {
    let register = || Ok(opened(register.as_bytes()));
    let ledger = || Ok(opened(ledger.as_bytes()));
    POLICY.outcome_lines(
        File {
            name: "register.csv",
            open: &register,
        },
        File {
            name: "ledger.csv",
            open: &ledger,
        },
        &RunOptions {
            threads: NonZero::new(threads),
            ..RunOptions::through(LAST)
        },
    )
}

/// The same from a run that holds everything.
fn held(register: &str, ledger: &str) -> Option<String> {
    let register = POLICY
        .register_from_csv("register.csv", register.as_bytes())
        .ok()?;
    let input = pol::Input::new("ledger.csv", ledger.as_bytes());
    let loaded = POLICY.read_ledger(&register, input, Mode::Strict).ok()?;
    let options = RunOptions::through(LAST);
    let run = POLICY
        .run(&loaded.register, &loaded.entries, &options)
        .unwrap();
    let mut lines = "date,known,subject,what,name,state,until\n".to_owned();
    for outcome in run.outcomes() {
        let until = match &outcome.state {
            State::Began { until } => *until,
            State::Ended { until } | State::Over { until } => Some(*until),
            _ => None,
        };
        writeln!(
            lines,
            "{},{},{},{},{},{},{}",
            outcome.date,
            outcome.known,
            outcome.subject.unwrap_or_default(),
            outcome.what.as_str(),
            outcome.name,
            outcome.state.as_str(),
            until.map(|day| day.to_string()).unwrap_or_default()
        )
        .unwrap();
    }
    Some(lines)
}

/// A ledger by day; a few of its rows are what a few words a subject do not hold, or what is not
/// plain.
fn ledger() -> impl Strategy<Value = String> {
    let of = prop::sample::select(
        &[
            "M1",
            "M2",
            "a-market-with-a-long-id",
            "a-market-with-another",
            "镇",
        ][..],
    );
    let finding = (1..=5, prop::bool::ANY).prop_map(|(grade, shown)| {
        format!("finding,{grade},{},", if shown { "yes" } else { "否" })
    });
    let visit = prop::bool::ANY.prop_map(|passed| format!("visit,,,{passed}"));
    let what = prop_oneof![3 => finding, 1 => visit];
    let row = (0_u64..366, of, what);
    let odd = prop::option::weighted(
        0.2,
        prop::sample::select(
            &[
                "2024-12-31,,M1,finding,2户,yes,",
                "2024-12-31,2024-12-31,East Gate,visit,,,yes",
                "2024-12-31,,M2,finding,9,yes,",
                "2023-12-31,,M2,finding,3,yes,",
            ][..],
        ),
    );
    (prop::collection::vec(row, 0..120), odd).prop_map(|(mut rows, odd)| {
        rows.sort_by_key(|(day, ..)| *day);
        let mut text = "date,recorded,of,kind,grade,shown,passed\n".to_owned();
        for (day, of, what) in rows {
            let date = Date::from_ymd_opt(2024, 1, 1).unwrap() + chrono::Days::new(day);
            writeln!(text, "{date},,{of},{what}").unwrap();
        }
        text.extend(odd);
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn lines_are_those_of_a_run_that_holds_everything(ledger in ledger(), threads in 1_usize..4) {
        match (lines(REGISTER, &ledger, threads), held(REGISTER, &ledger)) {
            (Ok(lines), Some(held)) => prop_assert_eq!(String::from_utf8(lines.csv).unwrap(), held),
            (Err(LinesError::Data(_)), None) => {}
            (lines, held) => prop_assert!(false, "{lines:?} but {held:?}"),
        }
    }
}

#[test]
fn a_plain_ledger_takes_the_short_way() {
    let ledger = "date,of,kind,grade,shown,passed
2024-01-05,M1,finding,2,yes,
2024-01-06,镇,finding,3,no,
2024-01-07,M1,finding,3,yes,
2024-02-09,M1,visit,,,no
2024-02-10,M1,visit,,,no
2024-02-20,M1,visit,,,no
";
    // Two findings in January, a card at its end; the visit after nine days counts for nothing, the
    // one after ten days makes it red and begins a new clock, which the last visit has waited for.
    let expected = "date,known,subject,what,name,state,until
2024-01-31,2024-01-31,M1,status,yellow,issued,
2024-02-10,2024-02-10,M1,status,red,issued,
2024-02-10,2024-02-10,M1,outcome,watched,began,2024-02-29
2024-02-20,2024-02-20,M1,status,red,issued,
2024-02-20,2024-02-20,M1,outcome,closed,issued,
";
    let lines = lines(REGISTER, ledger, 2).unwrap();
    assert_eq!(lines.how, How::Flat { apart: 0 });
    let told = String::from_utf8(lines.csv).unwrap();
    assert!(told.starts_with(expected), "{told}");
    assert_eq!(held(REGISTER, ledger), Some(told));
}

#[test]
fn a_subject_apart_stands_in_its_place() {
    // Two visits of one day, one passed and one not: which is first a few words do not say.
    let ledger = "date,of,kind,grade,shown,passed
2024-01-05,M1,finding,2,yes,
2024-01-05,M2,finding,3,yes,
2024-01-06,M2,finding,4,yes,
2024-01-07,M1,finding,3,yes,
2024-02-12,M1,visit,,,no
2024-02-12,M1,visit,,,yes
2024-02-12,M2,visit,,,no
";
    let lines = lines(REGISTER, ledger, 1).unwrap();
    assert_eq!(lines.how, How::Flat { apart: 1 });
    let told = String::from_utf8(lines.csv).unwrap();
    assert_eq!(held(REGISTER, ledger), Some(told));
}

#[test]
fn what_is_not_plain_is_read_as_ever() {
    let ledger = "日期,对象,事项,Grade,Shown\n2024/1/5,East Gate,Finding,2,yes\n";
    let read = lines(REGISTER, ledger, 1).unwrap();
    assert!(matches!(read.how, How::Whole(_)), "{:?}", read.how);
    let told = String::from_utf8(read.csv).unwrap();
    assert_eq!(held(REGISTER, ledger), Some(told));
    let wrong = lines(REGISTER, "date,of,kind,grade\n2024-01-05,M1,finding,9\n", 1);
    let Err(LinesError::Data(errors)) = wrong else {
        panic!("{wrong:?}")
    };
    assert_eq!(
        errors.len(),
        2,
        "grade is out of range and `shown` is missing: {errors}"
    );
}

/// A ledger of several blocks: 160 entries a day, of 160 subjects.
fn large() -> (String, String) {
    let mut register = "id,size\n".to_owned();
    for subject in 0..160 {
        writeln!(register, "market-number-{subject},large").unwrap();
    }
    let mut ledger = "date,of,kind,grade,shown,passed,note\n".to_owned();
    for day in 0..80_u64 {
        let date = Date::from_ymd_opt(2024, 1, 1).unwrap() + chrono::Days::new(day);
        for subject in 0..160_u64 {
            let what = match (subject * 7 + day) % 11 {
                0..=6 => format!("finding,{},yes,", 1 + (subject + day) % 5),
                left => format!("visit,,,{}", if left == 7 { "yes" } else { "no" }),
            };
            writeln!(ledger, "{date},market-number-{subject},{what},seen by two").unwrap();
        }
    }
    (register, ledger)
}

#[test]
fn any_number_of_threads_writes_the_same() {
    let (register, ledger) = large();
    let one = lines(&register, &ledger, 1).unwrap();
    assert_eq!(one.how, How::Flat { apart: 0 });
    assert!(one.csv.len() > 10_000);
    for threads in [2, 3, 7] {
        assert_eq!(lines(&register, &ledger, threads).unwrap(), one);
    }
    assert_eq!(held(&register, &ledger).unwrap().into_bytes(), one.csv);
}

#[test]
fn a_ledger_that_goes_back_in_time_is_read_as_ever() {
    let (register, mut ledger) = large();
    ledger.push_str("2024-01-01,market-number-7,visit,,,no,\n");
    for threads in [1, 2] {
        let read = lines(&register, &ledger, threads).unwrap();
        assert!(matches!(read.how, How::Whole(_)), "{:?}", read.how);
    }
}
