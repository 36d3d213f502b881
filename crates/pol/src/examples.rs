//! Runs the tests that a policy declares, and says what was expected and what came.

use crate::names::Names;
use crate::text::{self, Line};
use crate::{Lang, Policy, RunError, Text};
use pol_calendar::Date;
use pol_model::{FieldIx, MemberIx, Options, Record, Report, State, Value, What};
use pol_semantics::hir::{ActState, Action, Check, Expectation, Test};
use pol_syntax::Span;
use std::collections::BTreeMap;

/// What came of one test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// What the test shows.
    pub label: String,
    /// Where its label stands.
    pub span: Span,
    /// How many expectations it has.
    pub expectations: usize,
    /// What kept it from running; empty where it ran.
    pub errors: Vec<RunError>,
    /// The expectations that were not met, and the properties that were broken.
    pub failures: Vec<Failure>,
}

impl TestResult {
    /// True if it ran, every expectation was met, and no property was broken.
    pub fn passed(&self) -> bool {
        self.errors.is_empty() && self.failures.is_empty()
    }
}

/// An expectation that was not met, or a property that was broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where the expectation stands; of a property, where the test's label does.
    pub span: Span,
    /// What was expected.
    pub expected: Text,
    /// What came instead: what happened to the subject in that matter or on that day, in order.
    pub came: Vec<Text>,
}

pub(crate) fn run(policy: &Policy, filter: Option<&str>) -> Vec<TestResult> {
    let wanted = |test: &&Test| filter.is_none_or(|part| test.label.contains(part));
    policy
        .hir()
        .tests
        .iter()
        .filter(wanted)
        .map(|test| {
            let mut errors = Vec::new();
            let mut failures = Vec::new();
            match Examined::new(policy, test) {
                Ok(examined) => failures = examined.failures(),
                Err(found) => errors = found,
            }
            TestResult {
                label: test.label.clone(),
                span: test.span,
                expectations: test.expectations.len(),
                errors,
                failures,
            }
        })
        .collect()
}

/// A test with its runs: the whole one, and one to the end of each day whose state is asked for.
struct Examined<'a> {
    test: &'a Test,
    names: Names<'a>,
    whole: Report,
    days: BTreeMap<Date, Report>,
}

impl<'a> Examined<'a> {
    fn new(policy: &'a Policy, test: &'a Test) -> Result<Self, Vec<RunError>> {
        let names = Names {
            policy: policy.hir(),
            register: &test.register,
            entries: &test.entries,
        };
        let evaluate = |as_of| {
            let options = Options::through(as_of);
            pol_reference::evaluate(policy.hir(), &test.register, &test.entries, &options)
                .map_err(|faults| names.errors(&faults))
        };
        let whole = evaluate(test.as_of)?;
        let mut days = BTreeMap::new();
        for expectation in &test.expectations {
            if let (Check::Standing(..) | Check::InForce(_), Some(day)) =
                (&expectation.check, expectation.date)
                && day != test.as_of
                && !days.contains_key(&day)
            {
                days.insert(day, evaluate(day)?);
            }
        }
        Ok(Self {
            test,
            names,
            whole,
            days,
        })
    }

    /// The expectations that are not met, and the properties that are broken.
    fn failures(&self) -> Vec<Failure> {
        let records = self.whole.records.iter();
        let broken = records.filter(|record| matches!(record.state, State::Broken));
        let broken = broken.map(|record| Failure {
            span: self.test.span,
            expected: both(|lang| {
                let name = self.names.declared(record.what);
                let name = name.map_or("", |named| text::display(named, lang));
                match lang {
                    Lang::En => format!("never {name}"),
                    Lang::Zh => format!("绝无 {name}"),
                }
            }),
            came: vec![self.told(record)],
        });
        let unmet = self
            .test
            .expectations
            .iter()
            .filter(|expectation| self.holds(expectation) == expectation.no);
        unmet
            .map(|expectation| Failure {
                span: expectation.span,
                expected: both(|lang| self.expected(expectation, lang)),
                came: self.came(expectation),
            })
            .chain(broken)
            .collect()
    }

    /// True if what is spoken of is so, whether it was hoped for or not.
    fn holds(&self, expectation: &Expectation) -> bool {
        let whose = |subject: MemberIx| expectation.subject.is_none_or(|asked| asked == subject);
        let report = expectation
            .date
            .and_then(|day| self.days.get(&day))
            .unwrap_or(&self.whole);
        match &expectation.check {
            Check::Standing(ladder, status) => report.standings.iter().any(|line| {
                whose(line.subject) && line.ladder == *ladder && line.status == *status
            }),
            Check::InForce(outcome) => report
                .in_force
                .iter()
                .any(|line| whose(line.subject) && line.outcome == *outcome),
            check => self.whole.records.iter().any(|record| {
                says(record, check)
                    && expectation.date.is_none_or(|day| day == record.date)
                    && (expectation.subject.is_none() || expectation.subject == record.subject)
            }),
        }
    }

    fn came(&self, expectation: &Expectation) -> Vec<Text> {
        let whose = |record: &&Record| {
            expectation.subject.is_none() || record.subject == expectation.subject
        };
        let near = |record: &&Record| {
            concerns(record, &expectation.check)
                || expectation.date == Some(record.date)
                || !expectation.no && self.kept_from(record, &expectation.check)
        };
        let records = self.whole.records.iter().filter(whose).filter(near);
        let said: Vec<Text> = records.map(|record| self.told(record)).collect();
        let state = self.state(expectation);
        state.into_iter().chain(said).collect()
    }

    /// True if a record says that a rule which would have brought the thing about could not decide.
    fn kept_from(&self, record: &Record, check: &Check) -> bool {
        let What::Undetermined(rule) = record.what else {
            return false;
        };
        let rule = &self.names.policy.rules[rule.at()];
        rule.then.iter().any(|action| match (action, check) {
            (Action::Status(ladder, status), Check::Status(wanted, place)) => {
                (ladder, status) == (wanted, place)
            }
            (Action::Status(ladder, _) | Action::Set(ladder, _), Check::Standing(wanted, _))
            | (Action::Set(ladder, _), Check::Status(wanted, _)) => ladder == wanted,
            (Action::Impose(imposed), Check::Outcome(wanted, _) | Check::InForce(wanted)) => {
                imposed.outcome == *wanted
            }
            (Action::Event(event, _), Check::Event(wanted, _)) => event == wanted,
            _ => false,
        })
    }

    /// A record as a line.
    fn told(&self, record: &Record) -> Text {
        both(|lang| {
            let Line {
                known,
                subject,
                happening,
                ..
            } = self.names.line(record, lang);
            format!("{} {subject} {happening}", text::date(known, lang))
        })
    }

    /// How the subject stood, where that was the question.
    fn state(&self, expectation: &Expectation) -> Option<Text> {
        let Check::Standing(ladder, _) = expectation.check else {
            return None;
        };
        let day = expectation.date.unwrap_or(self.test.as_of);
        let report = self.days.get(&day).unwrap_or(&self.whole);
        let line = report.standings.iter().find(|line| {
            line.ladder == ladder && expectation.subject.is_none_or(|who| who == line.subject)
        });
        let status = line.map_or(0, |line| line.status);
        Some(both(|lang| {
            let status = text::display(self.names.status(ladder, status), lang);
            let day = text::date(day, lang);
            match lang {
                Lang::En => format!("{day} stands at {status}"),
                Lang::Zh => format!("{day} 状态为{status}"),
            }
        }))
    }

    fn expected(&self, expectation: &Expectation, lang: Lang) -> String {
        let what = self.check_text(&expectation.check, lang);
        let mut text = String::new();
        if let Some(day) = expectation.date {
            text.push_str(&text::date(day, lang));
            text.push(' ');
        }
        if let Some(member) = expectation.subject {
            text.push_str(self.names.subject(member));
            text.push(' ');
        }
        if expectation.no {
            text.push_str(match lang {
                Lang::En => "no ",
                Lang::Zh => "无 ",
            });
        }
        text + &what
    }

    fn check_text(&self, check: &Check, lang: Lang) -> String {
        let policy = self.names.policy;
        let named = |what: What| {
            self.names
                .declared(what)
                .map_or_else(String::new, |named| text::display(named, lang).to_owned())
        };
        let status = |ladder, status| text::display(self.names.status(ladder, status), lang);
        let word = |en: &str, zh: &str| match lang {
            Lang::En => format!(" {en}"),
            Lang::Zh => format!(" {zh}"),
        };
        match check {
            Check::Status(ladder, place) => status(*ladder, *place).to_owned(),
            Check::Outcome(outcome, fields) => {
                let what = What::Outcome(*outcome);
                named(what) + &self.fields_text(what, fields, lang)
            }
            Check::Event(event, fields) => {
                let what = What::Event(*event);
                named(what) + &self.fields_text(what, fields, lang)
            }
            Check::Duty(duty, state) => {
                let state = match state {
                    ActState::Lost => word("lost", "依据丧失"),
                    ActState::Owed => word("owed", "应履行"),
                    ActState::Met => word("met", "已履行"),
                    ActState::Missed => word("missed", "逾期"),
                    ActState::Released => word("released", "免除"),
                };
                named(What::Duty(*duty)) + &state
            }
            Check::StatusLost(ladder, place) => {
                status(*ladder, *place).to_owned() + &word("lost", "依据丧失")
            }
            Check::OutcomeLost(outcome) => {
                named(What::Outcome(*outcome)) + &word("lost", "依据丧失")
            }
            Check::Standing(ladder, place) => {
                let name = text::display(&policy.ladders[ladder.at()].named, lang);
                let status = status(*ladder, *place);
                match lang {
                    Lang::En => format!("{name} is {status}"),
                    Lang::Zh => format!("{name} 为 {status}"),
                }
            }
            Check::InForce(outcome) => named(What::Outcome(*outcome)) + &word("in force", "有效"),
            Check::Proposed(rule) => named(What::Proposal(*rule)) + &word("proposed", "提请"),
            Check::Undetermined(rule) => {
                named(What::Undetermined(*rule)) + &word("undetermined", "无法判定")
            }
        }
    }

    fn fields_text(&self, what: What, fields: &[(FieldIx, Value)], lang: Lang) -> String {
        if fields.is_empty() {
            return String::new();
        }
        let values: Vec<String> = fields
            .iter()
            .map(|(at, value)| {
                let field = self.names.field(what, *at);
                let name = field.map_or("", |field| text::display(&field.named, lang));
                format!("{name} = {}", self.names.value_text(value, field, lang))
            })
            .collect();
        format!(" {{ {} }}", text::list(&values, lang))
    }
}

fn both(text: impl Fn(Lang) -> String) -> Text {
    Text::new(text(Lang::En), text(Lang::Zh))
}

/// True if a record says what a check asks for, whenever and of whomever.
fn says(record: &Record, check: &Check) -> bool {
    if !concerns(record, check) {
        return false;
    }
    let carries =
        |fields: &[(FieldIx, Value)]| fields.iter().all(|field| record.fields.contains(field));
    match (check, &record.state) {
        (Check::Status(..), State::Issued { .. })
        | (Check::Duty(_, ActState::Owed), State::Owed { .. })
        | (Check::Duty(_, ActState::Met), State::Met)
        | (Check::Duty(_, ActState::Missed), State::Missed { .. })
        | (Check::Duty(_, ActState::Released), State::Released)
        | (
            Check::Duty(_, ActState::Lost) | Check::StatusLost(..) | Check::OutcomeLost(_),
            State::Lost,
        )
        | (Check::Proposed(_), State::Proposed | State::Renewed)
        | (Check::Undetermined(_), State::Unknown(_)) => true,
        (
            Check::Outcome(_, fields),
            State::Issued { .. } | State::Began { .. } | State::Over { .. },
        )
        | (Check::Event(_, fields), State::Issued { .. }) => carries(fields),
        _ => false,
    }
}

/// True if a record speaks of the thing that a check asks about.
fn concerns(record: &Record, check: &Check) -> bool {
    match (check, record.what) {
        (Check::Status(ladder, status) | Check::StatusLost(ladder, status), What::Status(l, s)) => {
            *ladder == l && *status == s
        }
        (Check::Standing(ladder, _), What::Status(l, _)) => *ladder == l,
        (
            Check::Outcome(outcome, _) | Check::OutcomeLost(outcome) | Check::InForce(outcome),
            What::Outcome(o),
        ) => *outcome == o,
        (Check::Event(event, _), What::Event(e)) => *event == e,
        (Check::Duty(duty, _), What::Duty(d)) => *duty == d,
        (Check::Proposed(rule), What::Proposal(r))
        | (Check::Undetermined(rule), What::Undetermined(r)) => *rule == r,
        _ => false,
    }
}
