//! Tests inside a policy: what they become, and what is said of their mistakes.

use pol_calendar::Date;
use pol_model::{EntryBody, MemberIx, Number, Register, Value, Verdict};
use pol_semantics::hir::{ActState, Check, Test};
use pol_syntax::{SourceFile, parse};

const POLICY: &str = r"
policy p
  effective 2024-01-01
  calendar china
subject county
subject township within county { class: first | second }
subject department
body group
body office
unit household
event finding {
  township: township
  departments: department*
  clause: 1..15
  households: household?
  share: share?
  note: text?
  grave: yes/no = no
}
event notice of township, department { deadline: date }
ladder card for township clear < yellow < red
outcome freeze { up_to: date }
duty answer of township within 7 days of notice met by finding
rule first for township
  at end of each quarter
  if card is clear and finding >= 3 in quarter
  decided by group
  then yellow
rule worse for township
  on notice
  if card is yellow
  then red, freeze { up_to = 2024-12-31 } until end of year
rule removed for township
  on answer missed
  then clear
";

/// The findings about a test: code, the words at the first place, message.
fn mistakes(lines: &str) -> Vec<String> {
    let text = format!(
        "{POLICY}test \"t\"\n  given county C, township T01 within C {{ class = first }}, department D01\n{lines}\n"
    );
    let file = SourceFile::new("p.pol", text.as_str());
    let parsed = parse(&text);
    assert_eq!(parsed.diagnostics, []);
    let analysis = pol_semantics::analyse(&parsed.file);
    let found = &analysis.diagnostics;
    assert_eq!(
        analysis.policy.is_none(),
        found.iter().any(pol_syntax::Diagnostic::is_error)
    );
    found
        .iter()
        .map(|one| {
            format!(
                "{} `{}` {}",
                one.code,
                file.slice(one.span()),
                one.message.en
            )
        })
        .collect()
}

#[test]
fn entries_bring_members() {
    let text = "policy p
  effective 2024-01-01
subject township
subject case within township opened by complaint
subject task opened by number of order
event complaint of township
event order of township { number: text }
event reply of case
event done of task
outcome closed
outcome thanks
rule answered for case
  on reply
  then closed
rule finished for task
  on done
  then thanks
test \"cases and tasks come with their entries\"
  given township T01
  2024-02-03 reply of C1
  2024-02-01 complaint of T01 as C1
  2024-02-02 order of T01 { number = \"7/2024\" }
  2024-02-04 done of \"7/2024\"
  expect 2024-02-03 closed of C1
test \"a case without a name\"
  given township T01
  2024-02-01 complaint of T01
  expect no closed
";
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, []);
    let analysis = pol_semantics::analyse(&parsed.file);
    let found: Vec<_> = analysis
        .diagnostics
        .iter()
        .map(|one| &*one.message.en)
        .collect();
    assert_eq!(found, ["this `complaint` brings a `case` that has no name"]);

    let text = &text[..text.find("test \"a case").expect("it is there")];
    let parsed = parse(text);
    let policy = pol_semantics::analyse(&parsed.file)
        .policy
        .expect("no mistakes");
    let register = &policy.tests[0].register;
    assert_eq!(ids(register), ["T01", "C1", "7/2024"]);
    let [_, case, task] = register.members.as_slice() else {
        panic!("three members");
    };
    assert_eq!(
        case.within,
        Some(MemberIx(0)),
        "within whom the complaint is about"
    );
    assert_eq!(task.within, None, "tasks are declared within nothing");
    let from: Vec<_> = [case, task].map(|member| member.memberships[0].from).into();
    assert_eq!(from, [Some(day(2024, 2, 1)), Some(day(2024, 2, 2))]);
}

/// The first mistake of a line that is followed by an expectation.
fn mistake(line: &str) -> String {
    let mut found = mistakes(&format!("  {line}\n  expect no red"));
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn test(lines: &str) -> Test {
    let text = format!("{POLICY}test \"t\"\n{lines}\n");
    let parsed = parse(&text);
    assert_eq!(parsed.diagnostics, []);
    let analysis = pol_semantics::analyse(&parsed.file);
    assert_eq!(analysis.diagnostics, []);
    analysis.policy.expect("no mistakes").tests.remove(0)
}

fn day(y: i32, m: u32, d: u32) -> Date {
    Date::from_ymd_opt(y, m, d).expect("there is such a day")
}

fn ids(register: &Register) -> Vec<&str> {
    register.members.iter().map(|member| &*member.id).collect()
}

#[test]
fn members_have_attributes_standings_and_a_place() {
    let test = test(
        "  given township T01 within C { class = second, card = yellow, card since = 2023-07-01 }
  given county C
  expect no red of T01",
    );
    assert_eq!(ids(&test.register), ["T01", "C"]);
    let township = test.register.member(MemberIx(0));
    assert_eq!(township.within, Some(MemberIx(1)));
    let Some(Value::Symbol(_, class)) = &township.attributes[0][0].value else {
        panic!("the class is a value of an enumeration");
    };
    assert_eq!(*class, 1);
    let standing = &township.standings[0];
    assert_eq!(
        (standing.status, standing.since),
        (1, Some(day(2023, 7, 1)))
    );
    assert_eq!(
        test.as_of,
        day(2024, 1, 1),
        "no day is named: the first one"
    );
}

#[test]
fn entries_have_values_defaults_and_ids() {
    let test = test(
        "  given township T01 { class = first }, department D01, department D02
  2024-02-01 09:30 finding { township = T01, departments = D01, D02, clause = 3, share = 2.5% } as e1 recorded 2024-02-05
  2024-02-02 finding { township = T01, clause = 4, households = 3 household } instead of e1
  2024-03-01 withdrawn e1
  expect no red",
    );
    let entry = &test.entries[0];
    assert_eq!(entry.id.as_deref(), Some("e1"));
    assert_eq!(
        (entry.date, entry.recorded),
        (day(2024, 2, 1), day(2024, 2, 5))
    );
    assert_eq!(
        entry.time.map(|time| time.to_string()),
        Some("09:30:00".into())
    );
    let EntryBody::Event { of, fields, .. } = &entry.body else {
        panic!("an event");
    };
    assert_eq!(of, &[]);
    let share = Number::decimal(25, 3).unwrap();
    assert_eq!(
        fields,
        &[
            Some(Value::Member(MemberIx(0))),
            Some(Value::List(vec![
                Value::Member(MemberIx(1)),
                Value::Member(MemberIx(2))
            ])),
            Some(Value::Number(Number::whole(3))),
            None,
            Some(Value::Number(share)),
            None,
            Some(Value::Bool(false)),
        ]
    );
    let EntryBody::Event { fields, .. } = &test.entries[1].body else {
        panic!("an event");
    };
    assert_eq!(fields[1], Some(Value::List(vec![])), "several may be none");
    assert_eq!(test.entries[1].instead_of.as_deref(), Some("e1"));
    assert_eq!(
        test.entries[2].body,
        EntryBody::Withdrawal { entry: "e1".into() }
    );
    assert_eq!(test.places.len(), 3);
    assert_eq!(test.as_of, day(2024, 3, 1));
}

#[test]
fn decisions_may_leave_out_the_rule() {
    let test = test(
        "  given township T01 { class = first }
  2024-04-01 group declines first of T01 recorded 2024-04-03
  2024-04-02 group approves of T01
  expect no red",
    );
    let decisions: Vec<_> = test
        .entries
        .iter()
        .map(|entry| match entry.body {
            EntryBody::Decision { rule, verdict, .. } => (rule.is_some(), verdict),
            _ => panic!("a decision"),
        })
        .collect();
    assert_eq!(
        decisions,
        [(true, Verdict::Decline), (false, Verdict::Approve)]
    );
    assert_eq!(test.as_of, day(2024, 4, 3), "the day it was recorded");
}

fn tell(check: &Check) -> String {
    match check {
        Check::Status(_, status) => format!("status {status}"),
        Check::Outcome(_, fields) => format!("outcome with {}", fields.len()),
        Check::Event(_, fields) => format!("event with {}", fields.len()),
        Check::Duty(_, ActState::Missed) => "duty missed".to_owned(),
        Check::Duty(..) => "duty".to_owned(),
        Check::StatusLost(_, status) => format!("status {status} lost"),
        Check::OutcomeLost(_) => "outcome lost".to_owned(),
        Check::Standing(_, status) => format!("standing {status}"),
        Check::InForce(_) => "outcome in force".to_owned(),
        Check::Proposed(_) => "proposed".to_owned(),
        Check::Undetermined(_) => "undetermined".to_owned(),
    }
}

#[test]
fn expectations_of_every_kind() {
    let test = test(
        "  given township T01 { class = first }
  expect 2024-04-01 yellow of T01, freeze of T01 { up_to = 2024-12-31 }, no finding
  expect answer missed of T01, yellow lost of T01, freeze lost of T01
  expect on 2024-05-01 card of T01 is red, no freeze of T01 in force
  expect first proposed of T01, worse undetermined of T01",
    );
    let told: Vec<_> = test
        .expectations
        .iter()
        .map(|expected| {
            let no = if expected.no { "no " } else { "" };
            let whose = if expected.subject.is_some() {
                " of T01"
            } else {
                ""
            };
            format!("{no}{}{whose}", tell(&expected.check))
        })
        .collect();
    assert_eq!(
        told,
        [
            "status 1 of T01",
            "outcome with 1 of T01",
            "no event with 0",
            "duty missed of T01",
            "status 1 lost of T01",
            "outcome lost of T01",
            "standing 2 of T01",
            "no outcome in force of T01",
            "proposed of T01",
            "undetermined of T01",
        ]
    );
    assert_eq!(test.expectations[3].date, None);
    assert_eq!(test.as_of, day(2024, 5, 1));
}

#[test]
fn members_must_be_given_and_fit() {
    assert_eq!(
        mistake("2024-02-01 notice of T02 { deadline = 2024-03-01 }"),
        "POL0201 `T02` this test gives no member `T02`"
    );
    assert_eq!(
        mistake("2024-02-01 notice of C { deadline = 2024-03-01 }"),
        "POL0311 `notice` `notice` is not for a `county`"
    );
    assert_eq!(
        mistake("2024-02-01 finding { township = D01, clause = 1 }"),
        "POL0301 `D01` a `department` stands where a `township` is wanted"
    );
    assert_eq!(
        mistake("given township T01 { class = first }"),
        "POL0202 `T01` `T01` is declared twice"
    );
    assert_eq!(
        mistake("given village V01"),
        "POL0201 `village` no kind of subject is called `village`"
    );
    assert_eq!(
        mistake("given office O1"),
        "POL0204 `office` `office` is a body, not a kind of subject"
    );
    assert_eq!(
        mistake("given department D02 within C"),
        "POL0451 `C` a `department` does not lie within a `county`"
    );
}

#[test]
fn attributes_and_standings_are_checked() {
    assert_eq!(
        mistake("given township T02"),
        "POL0450 `T02` `T02` lacks `class`"
    );
    assert_eq!(
        mistake("given township T02 { class = third }"),
        "POL0201 `third` `township.class` has no value `third`"
    );
    assert_eq!(
        mistake("given township T02 { class = first, size = 3 }"),
        "POL0207 `size` `township` has no `size`"
    );
    assert_eq!(
        mistake("given township T02 { class = first, card = green }"),
        "POL0201 `green` `card` has no value `green`"
    );
    assert_eq!(
        mistake("given department D02 { card = yellow }"),
        "POL0311 `card` `card` is not for a `department`"
    );
    assert_eq!(
        mistake("given township T02 { class = first, card since = 2023-01-01 }"),
        "POL0451 `card` `card` has a beginning and no standing"
    );
    assert_eq!(
        mistake("given township T02 { class = first, card = red, card = red }"),
        "POL0312 `card` `card` is given twice"
    );
}

#[test]
fn values_are_checked_as_those_of_a_ledger() {
    let finding =
        |field: &str| mistake(&format!("2024-02-01 finding {{ township = T01, {field} }}"));
    assert_eq!(
        finding("clause = 16"),
        "POL0308 `16` only whole numbers from 1 to 15 can stand here"
    );
    assert_eq!(
        finding("clause = 1.5"),
        "POL0308 `1.5` only whole numbers from 1 to 15 can stand here"
    );
    assert_eq!(
        finding("clause = first"),
        "POL0307 `first` `first` stands where a number is wanted"
    );
    assert_eq!(
        finding("clause = 1, households = 25%"),
        "POL0301 `25%` a share stands where a number of `household` is wanted"
    );
    assert_eq!(
        finding("clause = 1, note = grave"),
        "POL0301 `grave` a text stands in quotation marks"
    );
    assert_eq!(
        finding("clause = 1, 2"),
        "POL0301 `2` `clause` holds one value"
    );
    assert_eq!(
        finding("clause = 1, clause = 2"),
        "POL0312 `clause` `clause` is given twice"
    );
    assert_eq!(
        finding("clause = 1, claus = 2"),
        "POL0207 `claus` `finding` has no `claus`"
    );
    assert_eq!(
        mistake("2024-02-01 finding { departments = D01 }"),
        "POL0450 `finding` `finding` lacks `township`, `clause`"
    );
}

#[test]
fn entries_say_whom_they_are_about() {
    assert_eq!(
        mistake("2024-02-01 notice { deadline = 2024-03-01 }"),
        "POL0451 `notice` this `notice` is about nobody"
    );
    assert_eq!(
        mistake("2024-02-01 finding of T01 { township = T01, clause = 1 }"),
        "POL0451 `T01` `finding` takes no `of`"
    );
    assert_eq!(
        mistake("2024-02-01 findin"),
        "POL0201 `findin` no event is called `findin`"
    );
    assert_eq!(
        mistake("2024-02-01 yellow of T01"),
        "POL0204 `yellow` `yellow` is a status, not an event"
    );
}

#[test]
fn days_and_ids_are_checked() {
    let entry = "2024-02-01 notice of T01 { deadline = 2024-03-01 }";
    assert_eq!(
        mistake(&format!("{entry} recorded 2024-01-31")),
        "POL0451 `2024-01-31` this entry is recorded before it happened"
    );
    assert_eq!(
        mistake("2024-02-01 withdrawn e9"),
        "POL0201 `e9` no entry of this test is `e9`"
    );
    assert_eq!(
        mistake(&format!("{entry} instead of e9")),
        "POL0201 `e9` no entry of this test is `e9`"
    );
    assert_eq!(
        mistake(&format!(
            "{entry} as e1\n  2024-02-02 withdrawn e1 as w1\n  2024-02-03 withdrawn w1"
        )),
        "POL0451 `w1` `w1` is a withdrawal, which stays"
    );
    assert_eq!(
        mistake(&format!("{entry} as e1\n  {entry} as e1")),
        "POL0202 `e1` `e1` is declared twice"
    );
}

#[test]
fn decisions_are_checked() {
    assert_eq!(
        mistake("2024-04-01 office approves first of T01"),
        "POL0451 `office` `office` does not decide `first`"
    );
    assert_eq!(
        mistake("2024-04-01 group approves worse of T01"),
        "POL0451 `group` `group` does not decide `worse`"
    );
    assert_eq!(
        mistake("2024-04-01 group approves first of D01"),
        "POL0311 `first` `first` is not for a `department`"
    );
    assert_eq!(
        mistake("2024-04-01 grup approves first of T01"),
        "POL0201 `grup` no body is called `grup`"
    );
    assert_eq!(
        mistake("2024-04-01 group approves frist of T01"),
        "POL0201 `frist` no rule is called `frist`"
    );
}

/// The mistake of an expectation.
fn expected(expectation: &str) -> String {
    let mut found = mistakes(&format!("  expect {expectation}"));
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

#[test]
fn expectations_are_checked() {
    assert_eq!(
        expected("first of T01"),
        "POL0452 `first` `first` is a rule, and what is expected of it is not said"
    );
    assert_eq!(
        expected("answer of T01"),
        "POL0452 `answer` `answer` is a duty, and what becomes of it is not said"
    );
    assert_eq!(
        expected("card of T01"),
        "POL0452 `card` `card` is a ladder, and the standing is not said"
    );
    assert_eq!(
        expected("worse proposed of T01"),
        "POL0452 `worse` `worse` is never proposed: nobody decides it"
    );
    assert_eq!(
        expected("yellow of D01"),
        "POL0311 `yellow` `yellow` is not for a `department`"
    );
    assert_eq!(
        expected("no redd of T01"),
        "POL0201 `redd` no status, outcome or event is called `redd`"
    );
    assert_eq!(
        expected("freeze of T01 { up_tp = 2024-12-31 }"),
        "POL0207 `up_tp` `freeze` has no `up_tp`"
    );
    assert_eq!(
        expected("card of T01 is blue"),
        "POL0201 `blue` `card` has no value `blue`"
    );
    assert_eq!(
        expected("yellow missed of T01"),
        "POL0204 `yellow` `yellow` is a status, not a duty"
    );
    assert_eq!(
        expected("yellow of T01 in force"),
        "POL0204 `yellow` `yellow` is a status, not an outcome"
    );
    assert_eq!(
        expected("yellow of T09"),
        "POL0201 `T09` this test gives no member `T09`"
    );
}

#[test]
fn what_does_not_happen_may_be_said_of_anyone() {
    assert_eq!(
        mistakes("  expect no yellow of D01, no first proposed of D01"),
        [""; 0]
    );
}

#[test]
fn a_test_must_expect_something() {
    assert_eq!(
        mistakes("  2024-02-01 notice of T01 { deadline = 2024-03-01 }"),
        ["POL0453 `\"t\"` this test expects nothing, so it cannot fail"]
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let found = mistakes(
        "  2024-02-01 finding { township = T02, clause = 16 }
  2024-02-01 withdrawn e1
  expect first of T01",
    );
    assert_eq!(found.len(), 4, "{found:?}");
}
