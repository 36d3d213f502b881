//! The rules that the evaluators are measured on mean what the workload says: worked out by hand on
//! a small ledger, in both spellings and by both evaluators.

use pol::{Date, Evaluator, Policy, RunOptions};
use pol_tests::documents::root;

const REGISTER: &str = "id,class\nA,1\nB,2\nC,1\n";

const LEDGER: &str = "date,of,kind,item,level,households,passed
2023-01-05,B,finding,5,city,2,
2023-01-06,B,finding,5,city,2,
2023-01-10,A,finding,1,city,1,
2023-02-01,B,finding,8,county,1,
2023-02-10,A,finding,3,city,2,
2023-02-11,A,finding,3,province,3,
2023-03-01,B,finding,8,city,1,
2023-03-02,A,card_removed_requested,,,,
2023-03-31,A,finding,16,nation,1,
2023-04-01,A,finding,1,city,1,
2023-04-01,B,finding,12,province,1,
2023-05-30,A,verification,,,,false
2023-05-31,A,verification,,,,false
2023-06-01,A,finding,2,city,1,
2023-07-01,A,finding,4,city,1,
2023-07-31,A,verification,,,,false
2023-09-30,A,verification,,,,false
2023-11-01,C,finding,1,city,1,
2023-11-29,A,verification,,,,true
2023-11-30,A,verification,,,,true
2023-12-01,C,finding,2,city,1,
2024-01-01,C,finding,4,city,1,
2024-01-15,B,verification,,,,false
2024-02-28,A,verification,,,,false
2024-02-29,A,verification,,,,true
2024-03-01,A,finding,1,city,1,
2024-03-02,A,finding,2,city,1,
2024-03-03,A,finding,2,city,1,
";

/// A: the item 3 of two households is below the line of class 1, that of three is not; the third kind
/// comes on the quarter's last day. 31 March and two months are 31 May, 31 July and two months are
/// 30 September, 30 September and two months are 30 November, 31 December and two months are
/// 29 February 2024. What was found under the card counts at the year's end, two kinds in 2024 do not.
/// B: two findings of one item are one kind, the county's does not count; the card stays over
/// 1 January. C: kinds of two years do not add up.
const CARDS: &[&str] = &[
    "2023-03-31 A yellow",
    "2023-05-31 A red",
    "2023-06-30 B yellow",
    "2023-07-31 A red",
    "2023-07-31 A veto",
    "2023-09-30 A red",
    "2023-11-30 A clear",
    "2023-12-31 A interview",
    "2023-12-31 A yellow",
    "2024-01-15 B red",
    "2024-02-29 A clear",
];

const QUARTERS: &[&str] = &["2023-03-31 A y0", "2023-06-30 B y0"];

/// The words of the Chinese spelling.
const WORDS: &[(&str, &str)] = &[
    ("黄牌", "yellow"),
    ("红牌", "red"),
    ("未挂牌", "clear"),
    ("一票否决", "veto"),
    ("约谈", "interview"),
    ("三项达标", "y0"),
];

fn said(file: &str, evaluator: Evaluator) -> Vec<String> {
    let text =
        std::fs::read_to_string(root().join("benches").join(file)).expect("the policy is there");
    let policy = Policy::compile(file, text).expect("the policy compiles");
    let register = policy
        .register_from_csv("register", REGISTER.as_bytes())
        .expect("the register can be read");
    let loaded = policy
        .ledger_from_csv(&register, "ledger", LEDGER.as_bytes())
        .expect("the ledger can be read");
    let options = RunOptions {
        evaluator,
        ..RunOptions::through(Date::from_ymd_opt(2024, 12, 31).expect("there is such a day"))
    };
    let run = policy
        .run(&loaded.register, &loaded.entries, &options)
        .expect("the run is meaningful");
    let word = |name: &str| {
        let known = WORDS.iter().find(|(chinese, _)| *chinese == name);
        known.map_or(name.to_owned(), |(_, english)| (*english).to_owned())
    };
    let mut said: Vec<String> = run
        .outcomes()
        .iter()
        .map(|one| {
            let subject = one.subject.as_deref().unwrap_or_default();
            format!("{} {subject} {}", one.date, word(&one.name))
        })
        .collect();
    said.sort();
    said
}

#[test]
fn cards_come_and_go_as_the_workload_says() {
    for file in ["w1.en.pol", "w1.zh.pol"] {
        assert_eq!(said(file, Evaluator::Reference), CARDS, "{file}");
        assert_eq!(said(file, Evaluator::Incremental), CARDS, "{file}");
    }
}

#[test]
fn quarters_count_as_the_workload_says() {
    for file in ["y0.en.pol", "y0.zh.pol"] {
        assert_eq!(said(file, Evaluator::Reference), QUARTERS, "{file}");
        assert_eq!(said(file, Evaluator::Incremental), QUARTERS, "{file}");
    }
}
